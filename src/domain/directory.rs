//! The whole directory in memory: what every request reads.

use std::collections::HashMap;
use std::sync::Arc;

use super::country::Country;
use super::municipality::{Municipality, MunicipalityId};
use super::profile::Profile;
use super::region::Region;
use super::tie::Tie;

/// The names of a municipality beside those it is shown by, for search. Each
/// field holds one name a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Other spellings and exonyms.
    pub other: String,
    /// Names it had before.
    pub former: String,
    /// Names of places that belong to it.
    pub parts: String,
}

/// A municipality with its names and what it has stated.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The entry itself.
    pub municipality: Municipality,
    /// Names to search by.
    pub names: Names,
    /// What it says of itself.
    pub profile: Profile,
    /// The version of the directory in which something last changed that
    /// everybody may know of.
    pub shown_in: i64,
}

/// Position of a record in a [`Directory`]: valid for that directory only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Row(pub u32);

impl Row {
    /// The position as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// An immutable snapshot of all municipalities, ties and regions.
#[derive(Debug, Default)]
pub struct Directory {
    version: i64,
    records: Vec<Arc<Record>>,
    keys: Arc<Keys>,
    ties: Vec<Tie>,
    ties_of: HashMap<MunicipalityId, Vec<u32>>,
}

/// How many characters of a KATOTTG code say which hromada it is of: country,
/// oblast, raion, hromada. That much is its P-code in humanitarian data.
const PCODE: usize = 9;
/// How many characters a KATOTTG code has.
const KATOTTG: usize = 19;

/// What a municipality is found by.
#[derive(Debug, Default)]
struct Keys {
    by_id: HashMap<MunicipalityId, Row>,
    by_slug: HashMap<String, Row>,
    by_katottg: HashMap<String, Row>,
    by_pcode: HashMap<String, Row>,
    by_geonames: HashMap<i64, Row>,
    regions: HashMap<(Country, String), Region>,
    /// What of it does not stand in the records.
    parts: Vec<(i64, MunicipalityId)>,
    aliases: Vec<(String, MunicipalityId)>,
}

impl Keys {
    fn new(
        records: &[Arc<Record>],
        parts: Vec<(i64, MunicipalityId)>,
        aliases: Vec<(String, MunicipalityId)>,
        regions: Vec<Region>,
    ) -> Keys {
        let mut keys = Keys::default();
        for (i, record) in records.iter().enumerate() {
            let row = Row(i as u32);
            let m = &record.municipality;
            keys.by_id.insert(m.id, row);
            keys.by_slug.insert(m.slug.clone(), row);
            if let Some(code) = &m.katottg {
                keys.by_katottg.insert(code.clone(), row);
                if let Some(pcode) = code.get(..PCODE) {
                    keys.by_pcode.insert(pcode.to_owned(), row);
                }
            }
            if let Some(id) = m.geonames_id {
                keys.by_geonames.insert(id, row);
            }
        }
        for (geonames_id, owner) in &parts {
            if let Some(&row) = keys.by_id.get(owner) {
                keys.by_geonames.entry(*geonames_id).or_insert(row);
            }
        }
        for (slug, owner) in &aliases {
            if let Some(&row) = keys.by_id.get(owner) {
                keys.by_slug.entry(slug.clone()).or_insert(row);
            }
        }
        let regions = regions.into_iter().map(|r| ((r.country, r.code.clone()), r)).collect();
        Keys { regions, parts, aliases, ..keys }
    }
}

/// What a [`Directory`] is made of.
#[derive(Debug, Default)]
pub struct Contents {
    /// The version the database had.
    pub version: i64,
    /// Every entry that has not been merged into another.
    pub records: Vec<Arc<Record>>,
    /// Places that belong to a municipality: GeoNames id and owner.
    pub parts: Vec<(i64, MunicipalityId)>,
    /// Slugs that an entry had before, or that a merged entry had.
    pub aliases: Vec<(String, MunicipalityId)>,
    /// Recorded ties.
    pub ties: Vec<Tie>,
    /// Regions by country and code.
    pub regions: Vec<Region>,
}

impl Directory {
    /// Builds the snapshot. Records are kept in the order of country, region
    /// and id, so that those of one region stand together.
    pub fn new(contents: Contents) -> Directory {
        let Contents { version, mut records, parts, aliases, ties, regions } = contents;
        records.sort_by(|a, b| {
            let key = |r: &Record| (r.municipality.country, r.municipality.id);
            let (ma, mb) = (&a.municipality, &b.municipality);
            (ma.country, &ma.region)
                .cmp(&(mb.country, &mb.region))
                .then_with(|| key(a).cmp(&key(b)))
        });
        let keys = Arc::new(Keys::new(&records, parts, aliases, regions));
        Directory::over(version, records, keys, ties)
    }

    /// Builds the snapshot after this one, and says whether its places are
    /// the same: equally many at the same positions, which lie where they did,
    /// are found by the same names and keys and have as many people. Regions
    /// stay as they are.
    pub fn renewed(&self, contents: Contents) -> (Directory, bool) {
        let same = self.records.len() == contents.records.len()
            && self.records.iter().zip(&contents.records).all(|(old, new)| is_same_place(old, new))
            && (&self.keys.parts, &self.keys.aliases) == (&contents.parts, &contents.aliases);
        if same {
            let Contents { version, records, ties, .. } = contents;
            return (Directory::over(version, records, Arc::clone(&self.keys), ties), true);
        }
        let regions = self.keys.regions.values().cloned().collect();
        (Directory::new(Contents { regions, ..contents }), false)
    }

    fn over(version: i64, records: Vec<Arc<Record>>, keys: Arc<Keys>, ties: Vec<Tie>) -> Directory {
        let mut ties_of: HashMap<MunicipalityId, Vec<u32>> = HashMap::new();
        for (i, tie) in ties.iter().enumerate() {
            for id in [tie.a.municipality(), tie.b.municipality()].into_iter().flatten() {
                ties_of.entry(id).or_default().push(i as u32);
            }
        }
        Directory { version, records, keys, ties, ties_of }
    }

    /// The version of the database this was read at.
    pub fn version(&self) -> i64 {
        self.version
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is no entry at all.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Every record with its position.
    pub fn rows(&self) -> impl Iterator<Item = (Row, &Arc<Record>)> {
        self.records.iter().enumerate().map(|(i, r)| (Row(i as u32), r))
    }

    /// All records, in order of position.
    pub fn records(&self) -> &[Arc<Record>] {
        &self.records
    }

    /// The record at a position of this directory.
    pub fn record(&self, row: Row) -> &Record {
        &self.records[row.index()]
    }

    /// The municipality at a position of this directory.
    pub fn municipality(&self, row: Row) -> &Municipality {
        &self.records[row.index()].municipality
    }

    /// Where the entry with this id is.
    pub fn by_id(&self, id: MunicipalityId) -> Option<Row> {
        self.keys.by_id.get(&id).copied()
    }

    /// The entry that has, or had, this slug.
    pub fn by_slug(&self, slug: &str) -> Option<Row> {
        self.keys.by_slug.get(slug).copied()
    }

    /// The hromada with this code of the Ukrainian codifier.
    pub fn by_katottg(&self, code: &str) -> Option<Row> {
        self.keys.by_katottg.get(code).copied()
    }

    /// The municipality whose seat, or one of whose places, has this GeoNames
    /// id.
    pub fn by_geonames(&self, id: i64) -> Option<Row> {
        self.keys.by_geonames.get(&id).copied()
    }

    /// The entry meant by a slug, a KATOTTG code or a GeoNames id.
    pub fn find(&self, reference: &str) -> Option<Row> {
        self.by_slug(reference.trim()).or_else(|| self.by_code(reference))
    }

    /// The entry with a KATOTTG code, its own or that of one of its
    /// settlements, with a P-code, or with a GeoNames id.
    pub fn by_code(&self, code: &str) -> Option<Row> {
        let code = code.trim();
        match code.parse() {
            Ok(id) => self.by_geonames(id),
            Err(_) => self.by_codifier(&code.to_uppercase()),
        }
    }

    /// The hromada that has a code of the codifier, or that it lies in.
    fn by_codifier(&self, code: &str) -> Option<Row> {
        if let Some(row) = self.by_katottg(code) {
            return Some(row);
        }
        let digits = code.strip_prefix("UA")?;
        let is_code =
            (PCODE..=KATOTTG).contains(&code.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        self.keys.by_pcode.get(code.get(..PCODE).filter(|_| is_code)?).copied()
    }

    /// All recorded ties.
    pub fn ties(&self) -> &[Tie] {
        &self.ties
    }

    /// The recorded ties of one entry.
    pub fn ties_of(&self, id: MunicipalityId) -> impl Iterator<Item = &Tie> {
        self.ties_of.get(&id).into_iter().flatten().map(|&i| &self.ties[i as usize])
    }

    /// The region with this code.
    pub fn region(&self, country: Country, code: &str) -> Option<&Region> {
        self.keys.regions.get(&(country, code.to_owned()))
    }

    /// The region a municipality lies in.
    pub fn region_of(&self, municipality: &Municipality) -> Option<&Region> {
        self.region(municipality.country, &municipality.region)
    }
}

/// Whether a record is of the place another was of, where it was, found by
/// the same names and with as many people; what it states and how far it has
/// come may be different.
fn is_same_place(old: &Arc<Record>, new: &Arc<Record>) -> bool {
    if Arc::ptr_eq(old, new) {
        return true;
    }
    let (a, b) = (&old.municipality, &new.municipality);
    old.names == new.names
        && (a.id, &a.slug, &a.katottg, a.geonames_id) == (b.id, &b.slug, &b.katottg, b.geonames_id)
        && (&a.name, &a.name_en, &a.name_uk, &a.name_native, &a.centre)
            == (&b.name, &b.name_en, &b.name_uk, &b.name_native, &b.centre)
        && (a.country, &a.region, a.kind, a.role, a.point)
            == (b.country, &b.region, b.kind, b.role, b.point)
        && a.people() == b.people()
}
