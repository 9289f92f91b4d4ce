//! Maps, drawn on the server from embedded outlines of countries.
//!
//! A map never says more than the table beside it, and never shows a more
//! precise place than the centre of a municipality.

use std::fmt::Write;
use std::io::Read;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::domain::geo::Point;

const OUTLINES: &[u8] = include_bytes!("../../../data/outlines.json.gz");

#[derive(Deserialize)]
struct Outlines {
    countries: Vec<Outline>,
    mesh: Vec<Border>,
}

#[derive(Deserialize)]
struct Outline {
    iso: String,
    rings: Vec<Vec<[f64; 2]>>,
}

#[derive(Deserialize)]
struct Border {
    between: Vec<String>,
    line: Vec<[f64; 2]>,
}

static WORLD: LazyLock<Outlines> = LazyLock::new(|| {
    let mut text = String::new();
    let read = flate2::read::GzDecoder::new(OUTLINES).read_to_string(&mut text);
    let parsed = read
        .map_err(|e| e.to_string())
        .and_then(|_| serde_json::from_str(&text).map_err(|e| e.to_string()));
    parsed.unwrap_or_else(|error| {
        log::error!("the embedded outlines cannot be read: {error}");
        Outlines { countries: Vec::new(), mesh: Vec::new() }
    })
});

/// Countries whose municipalities are not in the directory: drawn as the
/// surroundings.
const OUTSIDE: [&str; 18] = [
    "RU", "BY", "KZ", "AZ", "AM", "IR", "IQ", "SY", "LB", "IL", "PS", "JO", "EG", "LY", "TN", "DZ",
    "MA", "SA",
];

/// A part of Europe on a sheet of `width` × `height` units: Lambert's
/// azimuthal projection, which keeps areas true, about the middle.
#[derive(Clone, Copy)]
pub(crate) struct Projection {
    middle: Point,
    /// Units of the sheet in one radian at the middle.
    scale: f64,
    width: f64,
    height: f64,
    /// Where the middle lies on the sheet.
    origin: (f64, f64),
}

impl Projection {
    /// All of Europe.
    pub(crate) fn europe() -> Projection {
        Projection {
            middle: Point { lat: 51.0, lon: 17.0 },
            scale: 1_060.0,
            width: 760.0,
            height: 600.0,
            origin: (400.0, 345.0),
        }
    }

    /// The surroundings of a point, about 1,200 km wide.
    pub(crate) fn around(point: Point) -> Projection {
        Projection {
            middle: point,
            scale: 2_200.0,
            width: 420.0,
            height: 300.0,
            origin: (210.0, 150.0),
        }
    }

    /// The sheet just large enough for some points.
    pub(crate) fn over(points: &[Point]) -> Projection {
        let Some(first) = points.first() else { return Projection::europe() };
        let edge = |f: fn(f64, f64) -> f64, of: fn(&Point) -> f64| {
            points.iter().map(of).fold(of(first), f)
        };
        let middle = Point {
            lat: (edge(f64::min, |p| p.lat) + edge(f64::max, |p| p.lat)) / 2.0,
            lon: (edge(f64::min, |p| p.lon) + edge(f64::max, |p| p.lon)) / 2.0,
        };
        let sheet =
            Projection { middle, scale: 1.0, width: 760.0, height: 480.0, origin: (0.0, 0.0) };
        let (mut x, mut y) = (0.02_f64, 0.02_f64);
        for p in points {
            let (px, py) = sheet.place(*p);
            (x, y) = (x.max(px.abs()), y.max(py.abs()));
        }
        let scale = (340.0 / x).min(210.0 / y);
        Projection { scale, origin: (380.0, 240.0), ..sheet }
    }

    /// Where a point lies on the sheet.
    pub(crate) fn place(&self, point: Point) -> (f64, f64) {
        let (lat, lon) = (point.lat.to_radians(), (point.lon - self.middle.lon).to_radians());
        let lat0 = self.middle.lat.to_radians();
        let cosine = lat0.sin() * lat.sin() + lat0.cos() * lat.cos() * lon.cos();
        let k = (2.0 / (1.0 + cosine).max(1e-9)).sqrt() * self.scale;
        let x = k * lat.cos() * lon.sin();
        let y = k * (lat0.cos() * lat.sin() - lat0.sin() * lat.cos() * lon.cos());
        (self.origin.0 + x, self.origin.1 - y)
    }

    /// Whether a place on the sheet is inside it.
    pub(crate) fn shows(&self, (x, y): (f64, f64)) -> bool {
        (0.0..=self.width).contains(&x) && (0.0..=self.height).contains(&y)
    }

    /// The sheet's `viewBox`.
    pub(crate) fn view_box(&self) -> String {
        format!("0 0 {} {}", self.width, self.height)
    }
}

/// The countries of a sheet as paths.
#[derive(Clone)]
pub(crate) struct BaseMap {
    /// `viewBox` of the drawing.
    pub(crate) view_box: String,
    /// Surrounding countries.
    pub(crate) outside: String,
    /// Countries of the directory.
    pub(crate) land: String,
    /// Ukraine.
    pub(crate) ukraine: String,
    /// Borders.
    pub(crate) borders: String,
}

/// The margin beyond the sheet that outlines are cut at, so that no cut edge
/// shows.
const MARGIN: f64 = 4.0;

/// Cuts a ring to the half-plane where `inside` is not negative (Sutherland
/// and Hodgman 1974).
fn cut(ring: &[(f64, f64)], inside: impl Fn((f64, f64)) -> f64) -> Vec<(f64, f64)> {
    let mut kept = Vec::with_capacity(ring.len());
    for (i, &a) in ring.iter().enumerate() {
        let b = ring[(i + 1) % ring.len()];
        let (da, db) = (inside(a), inside(b));
        if da >= 0.0 {
            kept.push(a);
        }
        if (da >= 0.0) != (db >= 0.0) {
            let part = da / (da - db);
            kept.push((a.0 + (b.0 - a.0) * part, a.1 + (b.1 - a.1) * part));
        }
    }
    kept
}

impl Projection {
    fn project(&self, line: &[[f64; 2]]) -> Vec<(f64, f64)> {
        line.iter().map(|&[lon, lat]| self.place(Point { lat, lon })).collect()
    }

    fn clip(&self, ring: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
        let (right, bottom) = (self.width + MARGIN, self.height + MARGIN);
        let ring = cut(&ring, |p| p.0 + MARGIN);
        let ring = cut(&ring, |p| right - p.0);
        let ring = cut(&ring, |p| p.1 + MARGIN);
        cut(&ring, |p| bottom - p.1)
    }

    /// Adds a line to a path in whole units, each step relative to the one
    /// before, leaving out what would not be seen.
    fn draw(&self, path: &mut String, line: &[(f64, f64)], closed: bool) {
        let mut rounded: Vec<(i32, i32)> = Vec::with_capacity(line.len());
        for &(x, y) in line {
            let point = (x.round() as i32, y.round() as i32);
            let near = rounded
                .last()
                .is_some_and(|last| (last.0 - point.0).abs() + (last.1 - point.1).abs() < 2);
            if !near {
                rounded.push(point);
            }
        }
        if rounded.len() < if closed { 3 } else { 2 } {
            return;
        }
        let mut last = rounded[0];
        let _ = write!(path, "M{} {}", last.0, last.1);
        let mut command = 'l';
        for &(x, y) in &rounded[1..] {
            let (dx, dy) = (x - last.0, y - last.1);
            let separator = if command == 'l' {
                "l"
            } else if dx < 0 {
                ""
            } else {
                " "
            };
            let between = if dy < 0 { "" } else { " " };
            let _ = write!(path, "{separator}{dx}{between}{dy}");
            command = ' ';
            last = (x, y);
        }
        if closed {
            path.push('z');
        }
    }

    /// The countries of this sheet.
    pub(crate) fn base(&self) -> BaseMap {
        let mut map = BaseMap {
            view_box: self.view_box(),
            outside: String::new(),
            land: String::new(),
            ukraine: String::new(),
            borders: String::new(),
        };
        for country in &WORLD.countries {
            let path = match country.iso.as_str() {
                "UA" => &mut map.ukraine,
                iso if OUTSIDE.contains(&iso) => &mut map.outside,
                _ => &mut map.land,
            };
            for ring in &country.rings {
                // The far side of the globe folds over in this projection.
                let far = ring
                    .iter()
                    .any(|[lon, lat]| (lon - self.middle.lon).abs() > 100.0 || *lat < -10.0);
                if far {
                    continue;
                }
                let ring = self.clip(self.project(ring));
                if ring.len() > 2 {
                    self.draw(path, &ring, true);
                }
            }
        }
        for border in WORLD.mesh.iter().filter(|b| b.between.len() == 2) {
            let line = self.project(&border.line);
            for part in line.split(|p| !self.shows(*p)) {
                self.draw(&mut map.borders, part, false);
            }
        }
        map
    }
}

/// The map of all Europe, drawn once.
pub(crate) fn europe() -> &'static BaseMap {
    static EUROPE: LazyLock<BaseMap> = LazyLock::new(|| Projection::europe().base());
    &EUROPE
}

/// Many places as one path of dots, for texture: no links.
pub(crate) fn dots(projection: Projection, points: impl Iterator<Item = Point>) -> String {
    let mut placed: Vec<(i32, i32)> = points
        .map(|p| projection.place(p))
        .filter(|p| projection.shows(*p))
        .map(|(x, y)| (x.round() as i32, y.round() as i32))
        .collect();
    placed.sort_unstable();
    placed.dedup();
    let mut path = String::new();
    for (x, y) in placed {
        let _ = write!(path, "M{x} {y}h0");
    }
    path
}

/// A place on a map that leads somewhere.
pub(crate) struct Spot {
    /// Horizontal place on the sheet.
    pub(crate) x: String,
    /// Vertical place.
    pub(crate) y: String,
    /// Whether it is in Ukraine.
    pub(crate) ukraine: bool,
    /// Where it leads.
    pub(crate) url: String,
    /// What it is called.
    pub(crate) name: String,
}

impl Projection {
    /// A spot for a point, if it is on the sheet.
    pub(crate) fn spot(
        &self,
        point: Point,
        ukraine: bool,
        url: String,
        name: String,
    ) -> Option<Spot> {
        let place = self.place(point);
        self.shows(place).then(|| Spot {
            x: format!("{:.1}", place.0),
            y: format!("{:.1}", place.1),
            ukraine,
            url,
            name,
        })
    }
}

/// An arc from one place to another, bent upwards as a bridge is.
pub(crate) fn arc(projection: Projection, a: Point, b: Point) -> Option<String> {
    let (from, to) = (projection.place(a), projection.place(b));
    if !projection.shows(from) || !projection.shows(to) {
        return None;
    }
    let rise = ((to.0 - from.0).powi(2) + (to.1 - from.1).powi(2)).sqrt() * 0.18;
    let (mx, my) = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0 - rise);
    Some(format!("M{:.0} {:.0}Q{mx:.0} {my:.0} {:.0} {:.0}", from.0, from.1, to.0, to.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn europe_is_drawn_with_ukraine_whole() {
        let map = europe();
        for path in [&map.outside, &map.land, &map.ukraine, &map.borders] {
            assert!(path.starts_with('M'), "a part of the map is empty");
        }
        let simferopol = [34.1, 44.95];
        let ukraine = WORLD.countries.iter().find(|c| c.iso == "UA").expect("Ukraine");
        let inside = |ring: &Vec<[f64; 2]>| {
            let mut odd = false;
            for i in 0..ring.len() {
                let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
                let crosses = (a[1] > simferopol[1]) != (b[1] > simferopol[1])
                    && simferopol[0]
                        < (b[0] - a[0]) * (simferopol[1] - a[1]) / (b[1] - a[1]) + a[0];
                odd ^= crosses;
            }
            odd
        };
        assert!(ukraine.rings.iter().any(inside), "Crimea is not drawn in Ukraine");
    }
}
