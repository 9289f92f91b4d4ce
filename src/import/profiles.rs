//! Files that describe municipalities: official figures, and what they
//! state of themselves.

use std::collections::HashSet;
use std::path::Path;

use anyhow::{Context, bail};
use chrono::{Months, NaiveDate};

use crate::domain::area::SubArea;
use crate::domain::audience::{Audience, Direction};
use crate::domain::country::Country;
use crate::domain::directory::{Directory, Row};
use crate::domain::fact::Population;
use crate::domain::municipality::{Control, SizeBand, Status};
use crate::domain::profile::{
    ENTRY_MONTHS, Entry, Fluency, Format, Language, Level, MAX_ENTRIES, MAX_STATEMENT, Openness,
    Profile,
};
use crate::domain::text;
use crate::domain::time::PartialDate;
use crate::search::Finder;

/// What a row asks for. What a file says nothing of stays as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// The figure of its population.
    pub population: Option<Population>,
    /// Who controls it, since when.
    pub control: Option<(Control, Option<PartialDate>)>,
    /// Until when it was under occupation in the past.
    pub occupied_until: Option<PartialDate>,
    /// What it states of itself.
    pub profile: Option<Profile>,
    /// How far it has come.
    pub status: Option<Status>,
}

/// A row that can be applied.
#[derive(Clone, Debug, PartialEq)]
pub struct GoodRow {
    /// Line of the file.
    pub line: u64,
    /// The municipality meant.
    pub row: Row,
    /// What it asks for.
    pub wanted: Wanted,
}

/// A row that cannot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Line of the file.
    pub line: u64,
    /// What is wrong with it and what to do.
    pub why: String,
}

/// A file, row by row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// Rows that can be applied.
    pub good: Vec<GoodRow>,
    /// Rows that cannot.
    pub bad: Vec<BadRow>,
    /// Rows that the file itself says are not of this directory.
    pub skipped: usize,
}

/// One row by the names of its columns.
struct Cells<'a> {
    headers: &'a [String],
    record: &'a csv::StringRecord,
}

impl Cells<'_> {
    fn get(&self, column: &str) -> Option<String> {
        let i = self.headers.iter().position(|h| h == column)?;
        let value = text::clean_line(self.record.get(i)?);
        (!value.is_empty()).then_some(value)
    }

    fn parsed<T>(
        &self,
        column: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, String> {
        self.get(column)
            .map(|v| parse(&v).ok_or_else(|| format!("“{v}” cannot be used in column {column}")))
            .transpose()
    }

    /// A list, written with `;` or `|` between.
    fn list<T>(
        &self,
        column: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<Vec<T>>, String> {
        self.get(column)
            .map(|v| {
                v.split([';', '|'])
                    .map(str::trim)
                    .filter(|w| !w.is_empty())
                    .map(|w| {
                        parse(w).ok_or_else(|| format!("“{w}” cannot be used in column {column}"))
                    })
                    .collect()
            })
            .transpose()
    }
}

fn read(
    path: &Path,
    required: &[&[&str]],
    each: &mut dyn FnMut(&Cells<'_>) -> Result<Option<(Row, Wanted)>, String>,
) -> anyhow::Result<Rows> {
    let bytes = std::fs::read(path)
        .with_context(|| format!("the file {} cannot be read", path.display()))?;
    let content = String::from_utf8(bytes).map_err(|e| {
        let line =
            e.as_bytes()[..e.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count();
        anyhow::anyhow!(
            "{} is not in UTF-8 (line {}); save it as “CSV UTF-8” and try again",
            path.display(),
            line + 1
        )
    })?;
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(content.trim_start_matches('\u{FEFF}').as_bytes());
    let headers: Vec<String> = reader
        .headers()
        .with_context(|| format!("{} is not a CSV file", path.display()))?
        .iter()
        .map(|h| h.trim().to_lowercase())
        .collect();
    for choice in required {
        if !choice.iter().any(|name| headers.iter().any(|h| h == name)) {
            bail!(
                "{} has no column “{}”; its first line must name the columns, separated by commas",
                path.display(),
                choice.join("” or “")
            );
        }
    }
    let mut rows = Rows::default();
    let mut seen: HashSet<Row> = HashSet::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                rows.bad.push(BadRow { line, why: "cannot be read as CSV".to_owned() });
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() != headers.len() {
            let why = format!("has {} columns, the header {}", record.len(), headers.len());
            rows.bad.push(BadRow { line, why });
            continue;
        }
        match each(&Cells { headers: &headers, record: &record }) {
            Ok(Some((row, wanted))) if seen.insert(row) => {
                rows.good.push(GoodRow { line, row, wanted });
            }
            Ok(Some(_)) => {
                let why = "names a municipality that an earlier row names already".to_owned();
                rows.bad.push(BadRow { line, why });
            }
            Ok(None) => rows.skipped += 1,
            Err(why) => rows.bad.push(BadRow { line, why }),
        }
    }
    Ok(rows)
}

fn year_of(column: &str) -> Option<i32> {
    column.strip_prefix("population_")?.parse().ok()
}

/// A population with its year and source; the column may be `population` or
/// `population_2022`, which says the year.
fn population(cells: &Cells<'_>, source: &str) -> Result<Option<Population>, String> {
    let dated = cells.headers.iter().find(|h| year_of(h).is_some());
    let (column, year) = match dated {
        Some(column) => (column.as_str(), year_of(column)),
        None => ("population", cells.parsed("population_year", |y| y.parse().ok())?),
    };
    let figure = |v: &str| v.replace([' ', '\u{A0}'], "").parse::<i64>().ok();
    let value = cells.parsed(column, |v| figure(v).filter(|p| (1..=50_000_000).contains(p)))?;
    let source = cells.get("population_source").unwrap_or_else(|| source.to_owned());
    Ok(value.map(|value| Population { value, year, source, estimated: false }))
}

/// Reads official figures of hromadas: `katottg`, and any of `population`
/// (or `population_YEAR`), `population_year`, `population_source`, `control`
/// (`government`, `front`, `partly` or `occupied`), `control_since` (`2022`,
/// `2022-05` or `2022-05-20`), `occupied_until` (the same; for an occupation
/// that is over). Rows whose `formed` is 0 are of hromadas that were never formed
/// and are passed over.
///
/// # Errors
/// When the file cannot be read or has no column `katottg`.
pub fn hromadas(
    path: &Path,
    directory: &Directory,
    source: &str,
    today: NaiveDate,
) -> anyhow::Result<Rows> {
    read(path, &[&["katottg"]], &mut |cells| {
        if cells.get("formed").as_deref() == Some("0") {
            return Ok(None);
        }
        let code = cells.get("katottg").ok_or("has no code in column katottg")?;
        let row = directory
            .by_katottg(&code)
            .ok_or_else(|| format!("“{code}” is no hromada of the directory"))?;
        let control = cells.parsed("control", Control::parse)?;
        let since = cells.parsed("control_since", PartialDate::parse)?;
        if since.is_some_and(|since| since.first_day() > Some(today)) {
            return Err("has a control_since in the future".to_owned());
        }
        let until = cells.parsed("occupied_until", PartialDate::parse)?;
        if until.is_some_and(|until| until.first_day() > Some(today)) {
            return Err("has an occupied_until in the future".to_owned());
        }
        if until.is_some() && control == Some(Control::Occupied) {
            return Err("says it is under occupation and was so until a day".to_owned());
        }
        Ok(Some((
            row,
            Wanted {
                population: population(cells, source)?,
                control: control.map(|c| (c, since)),
                occupied_until: until,
                ..Wanted::default()
            },
        )))
    })
}

/// Reads what municipalities state: `id` (slug, KATOTTG code, GeoNames id
/// or a name that no other one bears), and any of `population`, `needs`, `offers`, `exchanges`,
/// `languages`, `interpreter`, `formats`, `openness`, `capacity`,
/// `preferred_countries`, `excluded_countries`, `preferred_sizes`, `status`.
///
/// Lists have `;` between. An entry is `area/subarea`, then `:level`, then
/// `=statement`, the last two if wanted, the most important first:
/// `energy/heating:2=Our schools are cold`. A language is `en:B2`.
///
/// # Errors
/// When the file cannot be read or has no column that names municipalities.
pub fn municipalities(
    path: &Path,
    finder: Finder<'_>,
    source: &str,
    today: NaiveDate,
) -> anyhow::Result<Rows> {
    let ids: &[&str] = &["id", "slug", "katottg", "geonames_id"];
    read(path, &[ids], &mut |cells| {
        let id = ids.iter().find_map(|column| cells.get(column)).ok_or("names no municipality")?;
        let row = finder.identify(&id).map_err(|e| e.to_string())?;
        let old = finder.directory.record(row);
        let country = old.municipality.country;
        let profile = profile(cells, country, &old.profile, today)?;
        Ok(Some((
            row,
            Wanted {
                population: population(cells, source)?,
                status: cells.parsed("status", Status::parse)?,
                profile: (profile != old.profile).then_some(profile),
                control: None,
                occupied_until: None,
            },
        )))
    })
}

/// The profile a row asks for: columns that are missing or empty leave what
/// is there.
fn profile(
    cells: &Cells<'_>,
    country: Country,
    old: &Profile,
    today: NaiveDate,
) -> Result<Profile, String> {
    let mut new = old.clone();
    let columns = [
        ("needs", Direction::Need),
        ("offers", Direction::Offer),
        ("exchanges", Direction::Exchange),
    ];
    let language = cells.get("language").unwrap_or_else(|| "en".to_owned());
    if Language::parse(&language).is_none() {
        return Err(format!("“{language}” is no language known here (column language)"));
    }
    if columns.iter().any(|(column, _)| cells.get(column).is_some()) {
        let mut entries: Vec<Entry> = Vec::new();
        for (column, direction) in columns {
            let Some(text) = cells.get(column) else { continue };
            for item in text.split([';', '|']).map(str::trim).filter(|i| !i.is_empty()) {
                let mut new = entry(item, direction, country, &language, today)
                    .map_err(|why| format!("column {column}: {why}"))?;
                new.rank = entries.len() as u8 + 1;
                if entries.iter().any(|e| e.subarea == new.subarea && e.direction == direction) {
                    return Err(format!("column {column}: {} stands twice", new.subarea));
                }
                // What was not said again does not expire later than before.
                let same = old.entries.iter().find(|e| {
                    (e.direction, e.subarea, e.rank, e.level, &e.statements)
                        == (new.direction, new.subarea, new.rank, new.level, &new.statements)
                });
                entries.push(same.cloned().unwrap_or(new));
            }
        }
        if entries.len() > MAX_ENTRIES {
            return Err(format!(
                "states {} needs and offers; {MAX_ENTRIES} is the most, so leave the least \
                 important out",
                entries.len()
            ));
        }
        new.entries = entries;
    }
    let spoken = |word: &str| {
        let (code, level) = word.split_once(':')?;
        Some((Language::parse(code)?, Fluency::parse(level)?))
    };
    if let Some(mut languages) = cells.list("languages", spoken)? {
        languages.sort();
        languages.dedup_by_key(|(l, _)| *l);
        new.languages = languages;
    }
    if let Some(formats) = cells.list("formats", Format::parse)? {
        new.formats = formats;
    }
    let yes = |word: &str| match word {
        "1" | "yes" | "true" => Some(true),
        "0" | "no" | "false" => Some(false),
        _ => None,
    };
    if let Some(interpreter) = cells.parsed("interpreter", yes)? {
        new.interpreter = interpreter;
    }
    if let Some(openness) = cells.parsed("openness", Openness::parse)? {
        new.openness = Some(openness);
    }
    if let Some(capacity) = cells.parsed("capacity", |c| c.parse().ok().filter(|c| *c <= 3))? {
        new.capacity = Some(capacity);
    }
    let countries = |word: &str| word.parse::<Country>().ok();
    if let Some(list) = cells.list("preferred_countries", countries)? {
        new.preferred_countries = list;
    }
    if let Some(list) = cells.list("excluded_countries", countries)? {
        new.excluded_countries = list;
    }
    if let Some(list) = cells.list("preferred_sizes", SizeBand::parse)? {
        new.preferred_sizes = list;
    }
    Ok(new)
}

fn entry(
    item: &str,
    direction: Direction,
    country: Country,
    language: &str,
    today: NaiveDate,
) -> Result<Entry, String> {
    let (what, statement) = item.split_once('=').map_or((item, ""), |(a, b)| (a, b.trim()));
    let (slug, level) = what.split_once(':').map_or((what, "2"), |(a, b)| (a, b));
    let subarea = SubArea::parse(slug.trim()).ok_or_else(|| {
        format!("“{slug}” is no sub-area; write area/subarea, such as water/supply")
    })?;
    let level = level
        .trim()
        .parse()
        .ok()
        .and_then(Level::new)
        .ok_or_else(|| format!("“{level}” is no level; write 1, 2, 3 or 4"))?;
    if statement.chars().count() > MAX_STATEMENT {
        return Err(format!(
            "the statement on {subarea} is longer than {MAX_STATEMENT} characters"
        ));
    }
    let statements = if statement.is_empty() {
        Vec::new()
    } else {
        vec![(language.to_owned(), statement.to_owned())]
    };
    Ok(Entry {
        direction,
        subarea,
        rank: 1,
        level,
        audience: Audience::default_for(country, direction, subarea),
        expires_on: today.checked_add_months(Months::new(ENTRY_MONTHS)).unwrap_or(today),
        statements,
    })
}
