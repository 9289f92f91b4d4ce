//! Lists of partnerships and twinnings as other people publish them.

use std::path::Path;

use anyhow::{Context, bail};

use crate::domain::directory::Row;
use crate::search::{Finder, NotOne};

/// One line of a list of partnerships.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnershipLine {
    /// Line of the file, the header being the first.
    pub line: u64,
    /// The hromada, by its code or its name.
    pub hromada: String,
    /// The partner, by its GeoNames id or its name with its country.
    pub partner: String,
    /// The year it began as the list writes it; empty where it does not say.
    pub since: String,
}

/// One line of a list of twinnings: each end is a GeoNames id, a name with its
/// country, or `country:name` where the place is in no directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TwinningLine {
    /// Line of the file, the header being the first.
    pub line: u64,
    /// One end.
    pub a: String,
    /// The other end.
    pub b: String,
}

impl PartnershipLine {
    /// The hromada it names.
    ///
    /// # Errors
    /// When it names none, or several.
    pub fn hromada(&self, finder: Finder<'_>) -> Result<Row, NotOne> {
        // The column is of hromadas: namesakes abroad are not meant.
        let named = || finder.identify(&format!("{}, Україна", self.hromada));
        finder.directory.find(&self.hromada).map_or_else(named, Ok)
    }

    /// The partner it names.
    ///
    /// # Errors
    /// When it names none, or several.
    pub fn partner(&self, finder: Finder<'_>) -> Result<Row, NotOne> {
        finder.identify(&self.partner)
    }
}

/// The municipality at one end of a [`TwinningLine`], where it is in the
/// directory.
pub fn listed_end(finder: Finder<'_>, end: &str) -> Option<Row> {
    finder.identify(&end.replace(':', ", ")).ok()
}

/// Opens a CSV file and finds the columns that must be there.
fn open<const N: usize>(
    path: &Path,
    required: [&str; N],
) -> anyhow::Result<(csv::Reader<std::fs::File>, [usize; N], csv::StringRecord)> {
    let file = std::fs::File::open(path)
        .with_context(|| format!("the file {} cannot be opened", path.display()))?;
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(file);
    let headers = reader
        .headers()
        .with_context(|| format!("{} is not a CSV file in UTF-8", path.display()))?
        .clone();
    let mut columns = [0; N];
    for (slot, name) in columns.iter_mut().zip(required) {
        match headers.iter().position(|h| h.trim_start_matches('\u{FEFF}').trim() == name) {
            Some(i) => *slot = i,
            None => bail!(
                "{} has no column “{name}”; its header must name {}",
                path.display(),
                required.join(", ")
            ),
        }
    }
    Ok((reader, columns, headers))
}

/// Reads a list of partnerships: the columns `ua_katottg` and
/// `partner_geonameid`, and `since_year` where it is there.
///
/// # Errors
/// When the file cannot be read or lacks a column.
pub fn partnerships(path: &Path) -> anyhow::Result<Vec<PartnershipLine>> {
    let (reader, [katottg, geonames], headers) = open(path, ["ua_katottg", "partner_geonameid"])?;
    let since = headers.iter().position(|h| h == "since_year");
    let mut lines = Vec::new();
    for record in reader.into_records() {
        let record = record.with_context(|| format!("{} cannot be read", path.display()))?;
        let get = |i: usize| record.get(i).unwrap_or("").trim().to_owned();
        lines.push(PartnershipLine {
            line: record.position().map_or(0, csv::Position::line),
            hromada: get(katottg),
            partner: get(geonames),
            since: since.map_or(String::new(), get),
        });
    }
    Ok(lines)
}

/// Reads a list of twinnings: the columns `a` and `b`.
///
/// # Errors
/// When the file cannot be read or lacks a column.
pub fn twinnings(path: &Path) -> anyhow::Result<Vec<TwinningLine>> {
    let (reader, [a, b], _) = open(path, ["a", "b"])?;
    let mut lines = Vec::new();
    for record in reader.into_records() {
        let record = record.with_context(|| format!("{} cannot be read", path.display()))?;
        let get = |i: usize| record.get(i).unwrap_or("").trim().to_owned();
        lines.push(TwinningLine {
            line: record.position().map_or(0, csv::Position::line),
            a: get(a),
            b: get(b),
        });
    }
    Ok(lines)
}
