//! All hromadas and all municipalities elsewhere as columns of numbers.
//!
//! The two sides of a pair are called *hromada* and *place* throughout
//! `matching`: a place is a municipality outside Ukraine.

use std::collections::HashMap;

use crate::domain::country::Country;
use crate::domain::directory::{Directory, Row};
use crate::domain::geo::EARTH_RADIUS_KM;
use crate::domain::municipality::{Kind, Municipality, Role, SizeBand};

/// A hromada and a place by their numbers in the [`Field`].
pub type Pair = (u32, u32);

/// A known partnership.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Partnership {
    /// The hromada's number in the field.
    pub hromada: u32,
    /// The place's.
    pub place: u32,
    /// The year it began, where a list says so.
    pub since: Option<i32>,
}

impl Partnership {
    /// The two sides.
    pub fn pair(&self) -> Pair {
        (self.hromada, self.place)
    }
}

/// Classes of hromadas by role: Kyiv, centre of an oblast, city of 50,000 and
/// more, other city, settlement, village.
pub const HROMADA_ROLES: usize = 6;
/// Classes of places by role: capital, seat of a region, of a county, of a
/// district, none.
pub const PLACE_ROLES: usize = 5;

/// Bands of population, and after them one for those of unknown population.
pub const BANDS: usize = SizeBand::ALL.len() + 1;

/// People in a city that is counted among the larger ones.
const LARGE_CITY: i64 = 50_000;

/// Columns over one directory; positions are valid for it alone.
#[derive(Debug)]
pub struct Field {
    /// Rows of the hromadas in the directory.
    pub hromadas: Vec<Row>,
    /// Rows of the places in the directory, those of one country and region
    /// together.
    pub places: Vec<Row>,
    hromada_of: HashMap<Row, u32>,
    place_of: HashMap<Row, u32>,
    /// Unit vectors of the hromadas.
    pub h_vector: Vec<[f32; 3]>,
    /// Unit vectors of the places.
    pub p_vector: Vec<[f32; 3]>,
    /// Natural logarithm of the population; none where unknown.
    pub h_ln_people: Vec<Option<f32>>,
    /// The same of places.
    pub p_ln_people: Vec<Option<f32>>,
    /// ln(rank by population among all hromadas ÷ their number), 0 the last.
    pub h_rank: Vec<f32>,
    /// The same of places within their country.
    pub p_rank: Vec<f32>,
    /// Class of role, below [`HROMADA_ROLES`].
    pub h_role: Vec<u8>,
    /// Class of role, below [`PLACE_ROLES`].
    pub p_role: Vec<u8>,
    /// Oblast of each hromada, a position in `oblasts`.
    pub h_oblast: Vec<u16>,
    /// Codes of the oblasts.
    pub oblasts: Vec<String>,
    /// Country of each place, a position in `countries`.
    pub p_country: Vec<u16>,
    /// The countries.
    pub countries: Vec<Country>,
    /// Region of each place, a position in `regions`.
    pub p_region: Vec<u16>,
    /// The regions, each with its country's position.
    pub regions: Vec<(u16, String)>,
    /// Band of population of each hromada, below [`BANDS`].
    pub h_band: Vec<u8>,
    /// Band of population of each place, below [`BANDS`].
    pub p_band: Vec<u8>,
    /// Whether each hromada is under occupation.
    pub h_occupied: Vec<bool>,
    /// The places from south to north.
    by_latitude: Vec<u32>,
}

/// Numbers the distinct values of a column in their order of appearance.
struct Numbering<K> {
    numbers: HashMap<K, u16>,
    values: Vec<K>,
}

impl<K: Clone + Eq + std::hash::Hash> Numbering<K> {
    fn new() -> Self {
        Numbering { numbers: HashMap::new(), values: Vec::new() }
    }

    fn number(&mut self, value: &K) -> u16 {
        if let Some(&n) = self.numbers.get(value) {
            return n;
        }
        let n = self.values.len() as u16;
        self.numbers.insert(value.clone(), n);
        self.values.push(value.clone());
        n
    }
}

fn hromada_role(m: &Municipality) -> u8 {
    match m.role {
        Role::Kyiv => 0,
        Role::OblastCentre => 1,
        Role::Urban if m.people() >= LARGE_CITY => 2,
        Role::Urban => 3,
        Role::Settlement => 4,
        _ => 5,
    }
}

fn place_role(role: Role) -> u8 {
    match role {
        Role::Capital => 0,
        Role::RegionSeat => 1,
        Role::CountySeat => 2,
        Role::DistrictSeat => 3,
        _ => NO_ROLE,
    }
}

/// The class of a place that is the seat of nothing.
const NO_ROLE: u8 = PLACE_ROLES as u8 - 1;

/// In some countries every municipality has a seat of the same rank: there a
/// rank that more than half of the places have says nothing of any of them.
fn without_common_ranks(mut roles: Vec<u8>, country: &[u16]) -> Vec<u8> {
    let mut places: HashMap<u16, usize> = HashMap::new();
    let mut of_rank: HashMap<(u16, u8), usize> = HashMap::new();
    for (role, c) in roles.iter().zip(country) {
        *places.entry(*c).or_default() += 1;
        *of_rank.entry((*c, *role)).or_default() += 1;
    }
    for (role, c) in roles.iter_mut().zip(country) {
        if of_rank[&(*c, *role)] * 2 > places[c] {
            *role = NO_ROLE;
        }
    }
    roles
}

fn band(m: &Municipality) -> u8 {
    m.size_band().map_or(BANDS as u8 - 1, |b| b.index() as u8)
}

fn ln_people(m: &Municipality) -> Option<f32> {
    (m.people() > 0).then(|| (m.people() as f32).ln())
}

fn vector(m: &Municipality) -> [f32; 3] {
    m.point.unit_vector().map(|x| x as f32)
}

/// Ranks by population within groups: ln(rank ÷ size of the group). Equal
/// populations are ordered by position, so the result is the same each time.
fn ranks(people: &[i64], group: &[u16]) -> Vec<f32> {
    let mut order: Vec<usize> = (0..people.len()).collect();
    order.sort_by_key(|&i| (group[i], std::cmp::Reverse(people[i]), i));
    let mut size: HashMap<u16, f32> = HashMap::new();
    for g in group {
        *size.entry(*g).or_default() += 1.0;
    }
    let mut ranks = vec![0.0; people.len()];
    let mut within: HashMap<u16, f32> = HashMap::new();
    for i in order {
        let rank = within.entry(group[i]).or_default();
        *rank += 1.0;
        ranks[i] = (*rank / size[&group[i]]).ln();
    }
    ranks
}

/// Kilometres between two unit vectors, by the chord.
pub fn km(a: &[f32; 3], b: &[f32; 3]) -> f32 {
    let (x, y, z) = (a[0] - b[0], a[1] - b[1], a[2] - b[2]);
    let chord = (x * x + y * y + z * z).sqrt();
    // The arc of a chord: for the distances within Europe the series below
    // is right to ten metres and needs no table of arcs.
    (EARTH_RADIUS_KM as f32) * chord * (1.0 + chord * chord / 24.0)
}

impl Field {
    /// Reads the columns from a directory.
    pub fn new(directory: &Directory) -> Field {
        let of_kind = |row: &Row, ukraine: bool| {
            let m = directory.municipality(*row);
            m.kind == Kind::Municipality && m.country.is_ukraine() == ukraine
        };
        let rows = || directory.rows().map(|(row, _)| row);
        let hromadas: Vec<Row> = rows().filter(|r| of_kind(r, true)).collect();
        let places: Vec<Row> = rows().filter(|r| of_kind(r, false)).collect();
        let municipality = |row: &Row| directory.municipality(*row);

        let mut oblasts = Numbering::new();
        let h_oblast = hromadas.iter().map(|r| oblasts.number(&municipality(r).region)).collect();
        let mut countries = Numbering::new();
        let mut regions = Numbering::new();
        let mut p_country = Vec::with_capacity(places.len());
        let mut p_region = Vec::with_capacity(places.len());
        for row in &places {
            let m = municipality(row);
            let country = countries.number(&m.country);
            p_country.push(country);
            p_region.push(regions.number(&(country, m.region.clone())));
        }
        let p_people: Vec<i64> = places.iter().map(|r| municipality(r).people()).collect();
        let h_people: Vec<i64> = hromadas.iter().map(|r| municipality(r).people()).collect();
        let p_vector: Vec<[f32; 3]> = places.iter().map(|r| vector(municipality(r))).collect();
        let mut by_latitude: Vec<u32> = (0..places.len() as u32).collect();
        by_latitude.sort_by(|a, b| {
            p_vector[*a as usize][2].total_cmp(&p_vector[*b as usize][2]).then(a.cmp(b))
        });
        let number = |rows: &[Row]| rows.iter().enumerate().map(|(i, r)| (*r, i as u32)).collect();
        Field {
            hromada_of: number(&hromadas),
            place_of: number(&places),
            h_vector: hromadas.iter().map(|r| vector(municipality(r))).collect(),
            p_vector,
            by_latitude,
            h_ln_people: hromadas.iter().map(|r| ln_people(municipality(r))).collect(),
            p_ln_people: places.iter().map(|r| ln_people(municipality(r))).collect(),
            h_rank: ranks(&h_people, &vec![0; h_people.len()]),
            p_rank: ranks(&p_people, &p_country),
            h_role: hromadas.iter().map(|r| hromada_role(municipality(r))).collect(),
            p_role: without_common_ranks(
                places.iter().map(|r| place_role(municipality(r).role)).collect(),
                &p_country,
            ),
            h_band: hromadas.iter().map(|r| band(municipality(r))).collect(),
            p_band: places.iter().map(|r| band(municipality(r))).collect(),
            h_occupied: hromadas.iter().map(|r| municipality(r).is_occupied()).collect(),
            h_oblast,
            oblasts: oblasts.values,
            p_country,
            countries: countries.values,
            p_region,
            regions: regions.values,
            hromadas,
            places,
        }
    }

    /// The number of a hromada among the columns.
    pub fn hromada(&self, row: Row) -> Option<usize> {
        self.hromada_of.get(&row).map(|&i| i as usize)
    }

    /// The number of a place among the columns.
    pub fn place(&self, row: Row) -> Option<usize> {
        self.place_of.get(&row).map(|&i| i as usize)
    }

    /// Whether a hromada has fewer than 10,000 people, by the figure shown.
    pub(super) fn is_small(&self, h: usize) -> bool {
        self.h_band[h] <= SizeBand::From5k as u8
    }

    /// Whether a place is the seat of a district or of something larger.
    pub fn is_seat(&self, p: usize) -> bool {
        self.p_role[p] != NO_ROLE
    }

    /// The places within some kilometres of a point, in no order that means
    /// anything.
    pub fn places_near(&self, point: &[f32; 3], reach: f32) -> impl Iterator<Item = u32> {
        // Latitudes are compared by their sines, which grow no faster than
        // the arc; an exact test follows.
        let band = reach / EARTH_RADIUS_KM as f32;
        let sine = |p: &u32| self.p_vector[*p as usize][2];
        let from = self.by_latitude.partition_point(|p| sine(p) < point[2] - band);
        let to = self.by_latitude.partition_point(|p| sine(p) <= point[2] + band);
        let point = *point;
        self.by_latitude[from..to]
            .iter()
            .copied()
            .filter(move |p| km(&self.p_vector[*p as usize], &point) <= reach)
    }

    /// Kilometres between a hromada and a place.
    pub fn distance(&self, h: usize, p: usize) -> f32 {
        km(&self.h_vector[h], &self.p_vector[p])
    }
}
