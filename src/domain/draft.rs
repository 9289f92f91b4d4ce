//! A municipality as a file describes it, before the directory takes it in.

use super::country::Country;
use super::directory::Names;
use super::fact::Population;
use super::geo::Point;
use super::municipality::{Control, Kind, NameSource, Position, Role};
use super::time::PartialDate;

/// What identifies an entry from one file to the next.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// A code of the Ukrainian codifier.
    Katottg(String),
    /// A GeoNames id.
    Geonames(i64),
}

/// A complete description of one entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// What the entry is.
    pub kind: Kind,
    /// Its country.
    pub country: Country,
    /// Code of the region.
    pub region: String,
    /// Raion or district; see `Municipality::district`.
    pub district: String,
    /// Code in the Ukrainian codifier.
    pub katottg: Option<String>,
    /// GeoNames id of the centre or seat.
    pub geonames_id: Option<i64>,
    /// Name in its own language; see `Municipality::name`.
    pub name: String,
    /// English name where it differs.
    pub name_en: String,
    /// Ukrainian name where there is one.
    pub name_uk: String,
    /// Where that is from.
    pub name_uk_source: NameSource,
    /// Name in its own script where that is not Latin.
    pub name_native: String,
    /// Name of the centre or seat; see `Municipality::centre`.
    pub centre: String,
    /// Administrative role.
    pub role: Role,
    /// The centre.
    pub point: Point,
    /// How the centre was found.
    pub position: Position,
    /// Number of settlements.
    pub settlements: Option<i32>,
    /// Population.
    pub population: Option<Population>,
    /// Who controls it.
    pub control: Control,
    /// Since when.
    pub control_since: Option<PartialDate>,
    /// Where that was read.
    pub control_source: String,
    /// Names to search by.
    pub names: Names,
    /// GeoNames ids of the places that belong to it.
    pub part_ids: Vec<i64>,
    /// The wanted slug, and longer ones to fall back to when it is taken, the
    /// last of which is unique.
    pub slugs: Vec<String>,
    /// Further names in addresses that lead to it where no entry has them.
    pub aliases: Vec<String>,
}

impl Draft {
    /// What identifies the entry; the Ukrainian code before the GeoNames id.
    pub fn code(&self) -> Option<Code> {
        match (&self.katottg, self.geonames_id) {
            (Some(code), _) => Some(Code::Katottg(code.clone())),
            (None, Some(id)) => Some(Code::Geonames(id)),
            (None, None) => None,
        }
    }
}
