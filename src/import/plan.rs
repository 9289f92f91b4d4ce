//! What a file would change, row by row, before anything is written.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::pairs::{PartnershipLine, TwinningLine, listed_end};
use super::profiles::{BadRow, GoodRow, Rows};
use crate::domain::directory::{Directory, Row};
use crate::domain::fact::{Origin, Population};
use crate::domain::municipality::{Municipality, MunicipalityId};
use crate::domain::profile::Profile;
use crate::domain::text;
use crate::domain::tie::{Place, Tie};
use crate::i18n::{Lang, T};
use crate::search::Finder;
use crate::wording;

/// The first year a partnership of towns in Europe is said to be of.
const FIRST_YEAR: i32 = 836;

/// What an import does, or would do.
#[derive(Debug, Default, Serialize)]
pub struct Summary {
    /// Rows that add something.
    pub new: usize,
    /// Rows that change something.
    pub changed: usize,
    /// Rows that say what is there already.
    pub unchanged: usize,
    /// Rows that differ from what a person curated: kept beside it, not shown.
    pub conflicting: usize,
    /// Rows that cannot be used.
    pub invalid: usize,
    /// Rows the file itself says are not of this directory.
    pub skipped: usize,
    /// Whether anything was written.
    pub applied: bool,
    /// Every row that is not unchanged.
    pub rows: Vec<RowLine>,
}

/// What is said of one row.
#[derive(Debug, Serialize)]
pub struct RowLine {
    /// Line of the file, the header being the first.
    pub line: u64,
    /// `new`, `changed`, `conflicting` or `invalid`.
    pub what: &'static str,
    /// Which entry, and what changes or is wrong.
    pub text: String,
}

impl Summary {
    fn add(&mut self, line: u64, what: &'static str, text: String) {
        match what {
            "new" => self.new += 1,
            "changed" => self.changed += 1,
            "unchanged" => self.unchanged += 1,
            "conflicting" => self.conflicting += 1,
            _ => self.invalid += 1,
        }
        if what != "unchanged" {
            self.rows.push(RowLine { line, what, text });
        }
    }

    fn invalid(&mut self, bad: &[BadRow]) {
        for row in bad {
            self.add(row.line, "invalid", row.why.clone());
        }
    }
}

fn english(m: &Municipality) -> String {
    format!("{} ({})", wording::name(T::pages(Lang::En), m), m.slug)
}

/// Compares each row with what is there, and keeps those that change
/// something.
///
/// `known` are the populations of each municipality by their origins.
pub fn judge(
    known: &HashMap<MunicipalityId, Vec<(Origin, Population)>>,
    directory: &Directory,
    rows: Rows,
    summary: &mut Summary,
) -> Vec<(MunicipalityId, GoodRow)> {
    summary.skipped = rows.skipped;
    summary.invalid(&rows.bad);
    let mut changes = Vec::new();
    for good in rows.good {
        let record = directory.record(good.row);
        let m = &record.municipality;
        let facts = known.get(&m.id).map_or(&[][..], Vec::as_slice);
        let of = |origin: Origin| facts.iter().find(|(o, _)| *o == origin).map(|(_, p)| p);
        let mut parts: Vec<String> = Vec::new();
        let mut conflict = false;
        if let Some(new) = &good.wanted.population
            && of(Origin::Imported) != Some(new)
        {
            let from = m.population.as_ref().map_or("unknown".to_owned(), |p| {
                format!("{}{}", if p.estimated { "≈ " } else { "" }, p.value)
            });
            conflict = of(Origin::Curated).is_some_and(|curated| curated.value != new.value);
            parts.push(format!("population {from} → {}", new.value));
        }
        if let Some((control, since)) = good.wanted.control
            && (control, since) != (m.control, m.control_since)
        {
            parts.push(format!("control {} → {}", m.control.as_str(), control.as_str()));
        }
        let past = m.occupied_until.as_ref().map(|past| past.until);
        if let Some(until) = good.wanted.occupied_until.filter(|until| Some(*until) != past) {
            let from = past.map_or("unknown".to_owned(), |past| past.to_string());
            parts.push(format!("occupied until {from} → {until}"));
        }
        if let Some(status) = good.wanted.status.filter(|s| *s != m.status) {
            parts.push(format!("status {} → {}", m.status.as_str(), status.as_str()));
        }
        if good.wanted.profile.is_some() {
            parts.push("profile".to_owned());
        }
        let text = format!("{}: {}", english(m), parts.join(", "));
        if parts.is_empty() {
            summary.add(good.line, "unchanged", text);
            continue;
        }
        let first_statement = good.wanted.profile.is_some() && record.profile == Profile::default();
        let what = match (conflict, first_statement) {
            (true, _) => "conflicting",
            (false, true) => "new",
            (false, false) => "changed",
        };
        summary.add(good.line, what, text);
        changes.push((m.id, good));
    }
    changes
}

/// Ties of a file, compared with those that are recorded.
pub struct TiePlan<'a> {
    finder: Finder<'a>,
    source: String,
    summary: &'a mut Summary,
    recorded: HashMap<String, Option<i32>>,
    /// The line on which each tie first stands.
    seen: HashMap<String, u64>,
    /// Ties that are not recorded yet.
    pub new: Vec<Tie>,
    /// Recorded ties whose year is new.
    pub dated: Vec<Tie>,
}

impl<'a> TiePlan<'a> {
    /// Begins with the ties of a directory; `source` names the file.
    pub fn new(finder: Finder<'a>, source: &str, summary: &'a mut Summary) -> TiePlan<'a> {
        let ties = finder.directory.ties().iter();
        let recorded = ties.map(|tie| (tie.pair_key(), tie.since)).collect();
        TiePlan {
            finder,
            source: source.to_owned(),
            summary,
            recorded,
            seen: HashMap::new(),
            new: Vec::new(),
            dated: Vec::new(),
        }
    }

    fn id(&self, row: Row) -> MunicipalityId {
        self.finder.directory.municipality(row).id
    }

    fn label(&self, tie: &Tie) -> String {
        let directory = self.finder.directory;
        let end = |place: &Place| match place {
            Place::Listed(id) => directory
                .by_id(*id)
                .map_or(String::new(), |row| english(directory.municipality(row))),
            Place::Outside(name) => name.clone(),
        };
        format!("{} – {}", end(&tie.a), end(&tie.b))
    }

    fn take(&mut self, line: u64, tie: Tie) {
        let key = tie.pair_key();
        let label = self.label(&tie);
        if self.seen.insert(key.clone(), line).is_some() {
            self.summary.add(line, "unchanged", label);
            return;
        }
        match self.recorded.get(&key) {
            None => {
                self.summary.add(line, "new", label);
                self.new.push(tie);
            }
            Some(None) if tie.since.is_some() => {
                self.summary.add(line, "changed", label);
                self.dated.push(tie);
            }
            Some(_) => self.summary.add(line, "unchanged", label),
        }
    }

    /// Takes in a line of a list of partnerships.
    pub fn partnership(&mut self, line: &PartnershipLine, today: NaiveDate) {
        match self.read_partnership(line, today) {
            Ok(tie) => self.take(line.line, tie),
            Err(why) => self.summary.add(line.line, "invalid", why),
        }
    }

    fn read_partnership(&self, line: &PartnershipLine, today: NaiveDate) -> Result<Tie, String> {
        let hromada = line.hromada(self.finder).map_err(|why| why.to_string())?;
        let directory = self.finder.directory;
        if !directory.municipality(hromada).country.is_ukraine() {
            return Err(format!("“{}” is no hromada", line.hromada));
        }
        let partner = line.partner(self.finder).map_err(|why| why.to_string())?;
        if hromada == partner {
            return Err("names a hromada as its own partner".to_owned());
        }
        let year = || line.since.parse().ok().filter(|y| (FIRST_YEAR..=today.year()).contains(y));
        let since = match (line.since.is_empty(), year()) {
            (false, None) => {
                return Err(format!("“{}” is no year a partnership began in", line.since));
            }
            (_, year) => year,
        };
        let (a, b) = (Place::Listed(self.id(hromada)), Place::Listed(self.id(partner)));
        Ok(Tie { a, b, since, source: self.source.clone() })
    }

    /// Takes in a line of a list of twinnings.
    pub fn twinning(&mut self, line: &TwinningLine) {
        let end = |text: &str| match listed_end(self.finder, text) {
            Some(row) => Place::Listed(self.id(row)),
            None => Place::Outside(text::clean_line(text)),
        };
        let (a, b) = (end(&line.a), end(&line.b));
        if line.a.is_empty() || line.b.is_empty() {
            self.summary.add(line.line, "invalid", "names only one place".to_owned());
        } else if a.municipality().is_none() && b.municipality().is_none() {
            let why = format!("neither “{}” nor “{}” is in the directory", line.a, line.b);
            self.summary.add(line.line, "invalid", why);
        } else if a == b {
            // Two places of one municipality.
            self.summary.skipped += 1;
        } else {
            let source = self.source.clone();
            self.take(line.line, Tie { a, b, since: None, source });
        }
    }
}
