//! The directory that comes with the program: `data/`, embedded.

use std::collections::HashMap;
use std::io::Read;

use anyhow::{Context, anyhow};

use crate::domain::country::Country;
use crate::domain::directory::Names;
use crate::domain::draft::Draft;
use crate::domain::fact::Population;
use crate::domain::geo::Point;
use crate::domain::municipality::{Control, Kind, NameSource, Position, Role};
use crate::domain::region::Region;
use crate::domain::time::PartialDate;
use crate::search::{romanise, slugify};

const HROMADAS: &[u8] = include_bytes!("../../data/hromadas.tsv.gz");
const MUNICIPALITIES: &[u8] = include_bytes!("../../data/municipalities.tsv.gz");
const REGIONS: &str = include_str!("../../data/regions.tsv");
const MERGED: &str = include_str!("../../data/merged.tsv");
const CONTROL: &str = include_str!("../../data/control.tsv");

/// Raised when the same files are to be understood differently, so that
/// databases take them in again.
const READING: u8 = 3;

/// A number that changes when the shipped directory does.
pub fn fingerprint() -> String {
    let files = [HROMADAS, MUNICIPALITIES, MERGED.as_bytes(), CONTROL.as_bytes(), &[READING]];
    let hash = files
        .concat()
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |h, &b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
    format!("{hash:016x}")
}

/// A line of a file by the names of its columns.
struct Line {
    columns: HashMap<String, usize>,
    record: csv::StringRecord,
}

impl Line {
    fn get(&self, column: &str) -> &str {
        self.columns.get(column).and_then(|&i| self.record.get(i)).unwrap_or("")
    }

    fn number<T: std::str::FromStr>(&self, column: &str) -> Option<T> {
        self.get(column).parse().ok()
    }

    /// A list, which the files write with `|` between.
    fn list(&self, column: &str) -> impl Iterator<Item = &str> {
        self.get(column).split('|').filter(|s| !s.is_empty())
    }

    fn lines(&self, column: &str) -> String {
        self.list(column).collect::<Vec<_>>().join("\n")
    }
}

fn read(table: impl Read, each: &mut dyn FnMut(Line) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').quoting(false).from_reader(table);
    let columns: HashMap<String, usize> =
        reader.headers()?.iter().enumerate().map(|(i, h)| (h.to_owned(), i)).collect();
    for record in reader.into_records() {
        let line = Line { columns: columns.clone(), record: record? };
        let position = line.record.position().map_or(0, csv::Position::line);
        each(line).with_context(|| format!("line {position}"))?;
    }
    Ok(())
}

/// All regions, by country and code.
///
/// # Errors
/// When the embedded file is damaged, which a build would not survive.
pub fn regions() -> anyhow::Result<Vec<Region>> {
    let mut regions = Vec::new();
    read(REGIONS.as_bytes(), &mut |line| {
        regions.push(Region {
            country: line.get("country").parse()?,
            code: line.get("code").to_owned(),
            name: line.get("name").to_owned(),
            name_uk: line.get("name_uk").to_owned(),
            other_names: line.lines("other_names"),
        });
        Ok(())
    })
    .context("the shipped regions")?;
    Ok(regions)
}

/// All entries of the shipped directory, hromadas first.
///
/// # Errors
/// When an embedded file is damaged.
pub fn drafts() -> anyhow::Result<Vec<Draft>> {
    let regions: HashMap<(Country, String), Region> =
        regions()?.into_iter().map(|r| ((r.country, r.code.clone()), r)).collect();
    let mut drafts = hromadas().context("the shipped hromadas")?;
    drafts.extend(municipalities().context("the shipped municipalities")?);
    add_merged(&mut drafts).context("the shipped table of merged entries")?;
    give_slugs(&mut drafts, &regions);
    Ok(drafts)
}

/// Who controls a territory that its own government does not, or not in peace.
#[derive(Clone)]
struct Held {
    control: Control,
    since: Option<PartialDate>,
    source: String,
}

impl Held {
    /// What holds where the table says nothing.
    fn by_government() -> Held {
        Held { control: Control::Government, since: None, source: String::new() }
    }
}

/// The table of control, by code: KATOTTG codes of hromadas and raions,
/// `MD.58` for a region elsewhere, a GeoNames id for a place.
struct Controls(HashMap<String, Held>);

impl Controls {
    fn read() -> anyhow::Result<Controls> {
        let mut controls = HashMap::new();
        read(CONTROL.as_bytes(), &mut |line| {
            let word = line.get("control");
            let held = Held {
                control: Control::parse(word).ok_or_else(|| anyhow!("unknown control “{word}”"))?,
                since: PartialDate::parse(line.get("since")),
                source: line.get("source").to_owned(),
            };
            controls.insert(line.get("code").to_owned(), held);
            Ok(())
        })
        .context("the shipped table of control")?;
        Ok(Controls(controls))
    }

    /// What the table says of the first of these codes that it knows: the
    /// narrower goes before the wider.
    fn of(&self, codes: [&str; 2]) -> Held {
        codes.iter().find_map(|code| self.0.get(*code)).cloned().unwrap_or(Held::by_government())
    }
}

/// The hromadas whose centres are centres of oblasts.
const OBLAST_CENTRES: [&str; 24] = [
    "UA05020030000031457",
    "UA07080170000013585",
    "UA12020010000033698",
    "UA14080030000053877",
    "UA18040190000029215",
    "UA21100230000083101",
    "UA23060070000082704",
    "UA26040190000081578",
    "UA35040210000014072",
    "UA44060010000059164",
    "UA46060250000025047",
    "UA48060150000071713",
    "UA51100270000073549",
    "UA53080370000025447",
    "UA56060470000086729",
    "UA59080270000073662",
    "UA61040490000035010",
    "UA63120270000028556",
    "UA65100150000057191",
    "UA68040470000053519",
    "UA71080490000022110",
    "UA73060610000066784",
    "UA74100390000073425",
    "UA80000000000093317",
];

fn hromada_role(katottg: &str, kind: &str) -> Role {
    match kind {
        "city" => Role::Kyiv,
        _ if OBLAST_CENTRES.contains(&katottg) => Role::OblastCentre,
        "urban" => Role::Urban,
        "settlement" => Role::Settlement,
        _ => Role::Rural,
    }
}

fn population(line: &Line, estimated: bool, source: &str) -> Option<Population> {
    let value: i64 = line.number("population")?;
    (value > 0).then(|| Population {
        value,
        year: line.number("population_year"),
        source: source.to_owned(),
        estimated,
    })
}

fn hromadas() -> anyhow::Result<Vec<Draft>> {
    let controls = Controls::read()?;
    let mut drafts = Vec::new();
    read(flate2::read::GzDecoder::new(HROMADAS), &mut |line| {
        let katottg = line.get("katottg").to_owned();
        let held = controls.of([&katottg, line.get("raion_katottg")]);
        let name = line.get("name").to_owned();
        drafts.push(Draft {
            kind: Kind::Municipality,
            country: Country::UKRAINE,
            region: line.get("oblast_katottg").to_owned(),
            district: line.get("raion").to_owned(),
            geonames_id: line.number("geonames_id"),
            name_en: romanise(&name),
            name_uk: name.clone(),
            name_uk_source: NameSource::Known,
            name_native: String::new(),
            centre: line.get("centre").to_owned(),
            role: hromada_role(&katottg, line.get("type")),
            point: point(&line)?,
            position: Position::parse(line.get("position"))
                .ok_or_else(|| anyhow!("unknown position “{}”", line.get("position")))?,
            settlements: line.number("settlements"),
            population: population(&line, true, "settlements"),
            control: held.control,
            control_since: held.since,
            control_source: held.source,
            names: Names {
                other: line.lines("other_names"),
                former: line.lines("former_names"),
                parts: line.lines("settlement_names"),
            },
            part_ids: Vec::new(),
            slugs: Vec::new(),
            aliases: Vec::new(),
            katottg: Some(katottg),
            name,
        });
        Ok(())
    })?;
    Ok(drafts)
}

fn point(line: &Line) -> anyhow::Result<Point> {
    let degrees = |column: &str| {
        line.number(column).ok_or_else(|| anyhow!("“{}” is no {column}", line.get(column)))
    };
    Ok(Point { lat: degrees("lat")?, lon: degrees("lon")? })
}

fn municipalities() -> anyhow::Result<Vec<Draft>> {
    let controls = Controls::read()?;
    let mut drafts = Vec::new();
    read(flate2::read::GzDecoder::new(MUNICIPALITIES), &mut |line| {
        let estimated = line.get("population_estimated") == "1";
        let region = format!("{}.{}", line.get("country"), line.get("region"));
        let held = controls.of([line.get("geonames_id"), &region]);
        drafts.push(Draft {
            kind: Kind::Municipality,
            country: line.get("country").parse()?,
            region: line.get("region").to_owned(),
            district: line.get("district").to_owned(),
            katottg: None,
            geonames_id: line.number("geonames_id"),
            name: line.get("name").to_owned(),
            name_en: line.get("name_en").to_owned(),
            name_uk: line.get("name_uk").to_owned(),
            name_uk_source: NameSource::parse(line.get("name_uk_source")).unwrap_or_default(),
            name_native: line.get("name_native_script").to_owned(),
            centre: line.get("seat").to_owned(),
            role: match line.get("feature") {
                "PPLC" => Role::Capital,
                "PPLA" => Role::RegionSeat,
                "PPLA2" => Role::CountySeat,
                "PPLA3" => Role::DistrictSeat,
                _ => Role::Place,
            },
            point: point(&line)?,
            position: Position::parse(line.get("position")).unwrap_or(Position::Centre),
            settlements: None,
            population: population(&line, estimated, line.get("population_source")),
            control: held.control,
            control_since: held.since,
            control_source: held.source,
            names: Names {
                other: line.lines("other_names"),
                former: String::new(),
                parts: line.lines("part_names"),
            },
            part_ids: line.list("part_ids").filter_map(|id| id.parse().ok()).collect(),
            slugs: Vec::new(),
            aliases: Vec::new(),
        });
        Ok(())
    })?;
    Ok(drafts)
}

/// Adds what was an entry of its own in an older directory to the one it was
/// merged into: its code and its name lead there.
fn add_merged(drafts: &mut [Draft]) -> anyhow::Result<()> {
    let at: HashMap<i64, usize> = drafts
        .iter()
        .enumerate()
        .filter_map(|(i, draft)| Some((draft.geonames_id.filter(|_| draft.katottg.is_none())?, i)))
        .collect();
    read(MERGED.as_bytes(), &mut |line| {
        let number = |column| line.number(column).ok_or_else(|| anyhow!("no {column}"));
        let (merged, into): (i64, i64) = (number("geonames_id")?, number("into_geonames_id")?);
        let owner = *at.get(&into).ok_or_else(|| anyhow!("no entry has the id {into}"))?;
        let names = &mut drafts[owner].names.parts;
        let name = line.get("name");
        if names.lines().all(|known| known != name) {
            names.push_str(if names.is_empty() { "" } else { "\n" });
            names.push_str(name);
        }
        drafts[owner].part_ids.push(merged);
        Ok(())
    })
}

/// Gives each draft the slugs it would like: the plain name for the largest
/// of that name, with the region for the others, and one with its code that
/// nobody else can have.
fn give_slugs(drafts: &mut [Draft], regions: &HashMap<(Country, String), Region>) {
    let plain: Vec<String> = drafts
        .iter()
        .map(|d| {
            let name = if d.country.is_ukraine() { &d.centre } else { &d.name };
            slugify(name)
        })
        .collect();
    let people = |d: &Draft| d.population.as_ref().map_or(0, |p| p.value);
    let mut largest: HashMap<&str, usize> = HashMap::new();
    for (i, slug) in plain.iter().enumerate() {
        let champion = largest.entry(slug).or_insert(i);
        if people(&drafts[i]) > people(&drafts[*champion]) {
            *champion = i;
        }
    }
    let champions: Vec<bool> =
        plain.iter().enumerate().map(|(i, slug)| largest[slug.as_str()] == i).collect();
    for (i, draft) in drafts.iter_mut().enumerate() {
        let base = &plain[i];
        let region = regions.get(&(draft.country, draft.region.clone()));
        let code = draft
            .katottg
            .as_ref()
            .map(|k| k.to_lowercase())
            .or(draft.geonames_id.map(|g| g.to_string()))
            .unwrap_or_default();
        if champions[i] && !base.is_empty() {
            draft.slugs.push(base.clone());
        }
        if let Some(region) = region.filter(|_| !base.is_empty()) {
            draft.slugs.push(format!("{base}-{}", slugify(&region.name)));
        }
        draft.slugs.push(format!("{base}-{code}"));
        // Who looks for a municipality by its seat finds it, and so do links
        // from the time when it was listed by its seat.
        if !draft.country.is_ukraine() && !draft.centre.is_empty() {
            let seat = slugify(&draft.centre);
            let of_region = region.map(|region| format!("{seat}-{}", slugify(&region.name)));
            draft.aliases = std::iter::once(seat).chain(of_region).collect();
        }
    }
}
