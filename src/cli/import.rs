//! `mosty import`: says row by row what a file would change, and does it.

use std::collections::HashMap;

use anyhow::bail;
use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::open;
use crate::config::{Config, Import, ImportKind};
use crate::domain::curation::ControlFact;
use crate::domain::directory::{Directory, Row};
use crate::domain::fact::Origin;
use crate::domain::municipality::{Municipality, MunicipalityId, PastOccupation};
use crate::domain::tie::{Place, Tie};
use crate::domain::time::Moment;
use crate::i18n::{Lang, T};
use crate::import::profiles::{self, BadRow, GoodRow, Rows};
use crate::import::{UNNAMED_SOURCE, pairs};
use crate::search::Finder;
use crate::storage::{self, DbConn, StorageResult};
use crate::wording;

/// Lines about single rows that are printed before the rest is only counted.
const PRINTED: usize = 40;

/// What an import does, or would do.
#[derive(Debug, Default, Serialize)]
struct Summary {
    /// Rows that add something.
    new: usize,
    /// Rows that change something.
    changed: usize,
    /// Rows that say what is there already.
    unchanged: usize,
    /// Rows that differ from what a person curated: kept beside it, not shown.
    conflicting: usize,
    /// Rows that cannot be used.
    invalid: usize,
    /// Rows the file itself says are not of this directory.
    skipped: usize,
    /// Whether anything was written.
    applied: bool,
    rows: Vec<RowLine>,
}

#[derive(Debug, Serialize)]
struct RowLine {
    line: u64,
    what: &'static str,
    text: String,
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

/// Takes a file in.
pub(super) fn run(config: &Config, options: &Import) -> anyhow::Result<()> {
    let live = open::live(config)?;
    let snapshot = live.now();
    let directory = &*snapshot.directory;
    let source = options.source.clone().unwrap_or_else(|| UNNAMED_SOURCE.to_owned());
    let mut summary = Summary::default();
    let now = live.clock().now();
    let mut conn = live.db().conn()?;
    let apply: Box<dyn FnOnce(&mut DbConn) -> StorageResult<()>> = match options.kind {
        ImportKind::Hromadas | ImportKind::Municipalities => {
            let rows = if options.kind == ImportKind::Hromadas {
                profiles::hromadas(&options.file, directory, &source, snapshot.today)?
            } else {
                profiles::municipalities(&options.file, snapshot.finder(), &source, snapshot.today)?
            };
            let changes = judge(&mut conn, directory, rows, &mut summary)?;
            Box::new(move |conn| write_rows(conn, &changes, &source, now))
        }
        ImportKind::Partnerships | ImportKind::Twinnings => {
            let finder = snapshot.finder();
            let (ties, dated) = ties(options, finder, &source, snapshot.today, &mut summary)?;
            Box::new(move |conn| write_ties(conn, &ties, &dated, &source, now))
        }
    };
    let refused = summary.invalid > 0 && !options.skip_invalid;
    let nothing = summary.new + summary.changed + summary.conflicting == 0;
    if !(options.dry_run || refused || nothing) {
        storage::change(&mut conn, apply)?;
        summary.applied = true;
    }
    summary.rows.sort_by_key(|r| r.line);
    report(config, options, &summary)?;
    if refused && !options.dry_run {
        bail!(
            "{} of the rows cannot be used, so nothing was changed; mend them, or take only the \
             others with --skip-invalid",
            summary.invalid
        );
    }
    Ok(())
}

fn report(config: &Config, options: &Import, summary: &Summary) -> anyhow::Result<()> {
    if config.json {
        println!("{}", serde_json::to_string_pretty(summary)?);
        return Ok(());
    }
    // What has to be mended comes first: it may stand at the end of a long
    // file.
    let (bad, good): (Vec<&RowLine>, Vec<&RowLine>) =
        summary.rows.iter().partition(|row| row.what == "invalid");
    for row in bad.into_iter().chain(good).take(PRINTED) {
        println!("line {:>5}  {:<11}  {}", row.line, row.what, row.text);
    }
    if summary.rows.len() > PRINTED {
        println!("… and {} more lines; --json gives them all", summary.rows.len() - PRINTED);
    }
    println!(
        "{}: {} new, {} changed, {} unchanged, {} conflicting, {} invalid, {} skipped",
        if summary.applied {
            "done"
        } else if options.dry_run {
            "would be done"
        } else {
            "nothing was changed"
        },
        summary.new,
        summary.changed,
        summary.unchanged,
        summary.conflicting,
        summary.invalid,
        summary.skipped
    );
    Ok(())
}

fn english(m: &Municipality) -> String {
    format!("{} ({})", wording::name(T::pages(Lang::En), m), m.slug)
}

/// Compares each row with what is there, and keeps those that change
/// something.
fn judge(
    conn: &mut DbConn,
    directory: &Directory,
    rows: Rows,
    summary: &mut Summary,
) -> anyhow::Result<Vec<(MunicipalityId, GoodRow)>> {
    let known = storage::facts::population_facts(conn)?;
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
        let first_statement = good.wanted.profile.is_some()
            && record.profile == crate::domain::profile::Profile::default();
        let what = match (conflict, first_statement) {
            (true, _) => "conflicting",
            (false, true) => "new",
            (false, false) => "changed",
        };
        summary.add(good.line, what, text);
        changes.push((m.id, good));
    }
    Ok(changes)
}

fn write_rows(
    conn: &mut DbConn,
    changes: &[(MunicipalityId, GoodRow)],
    source: &str,
    at: Moment,
) -> StorageResult<()> {
    let version = storage::version::next_version(conn)?;
    for (id, row) in changes {
        let wanted = &row.wanted;
        if let Some(figure) = &wanted.population {
            storage::facts::put_population(conn, *id, Origin::Imported, figure)?;
        }
        if let Some((control, since)) = wanted.control {
            let source = source.to_owned();
            let said = ControlFact { control, since, source, origin: Origin::Imported };
            storage::facts::set_control(conn, *id, &said)?;
        }
        if let Some(until) = wanted.occupied_until {
            let past = PastOccupation { until, source: source.to_owned() };
            storage::facts::set_occupied_until(conn, *id, &past)?;
        }
        if let Some(profile) = &wanted.profile {
            storage::profiles::put(conn, *id, profile)?;
        }
        if let Some(status) = wanted.status {
            storage::facts::set_status(conn, *id, status, false)?;
        }
        storage::version::touch(conn, *id, version)?;
        storage::facts::record_change(conn, id.0, "imported", source, at)?;
    }
    Ok(())
}

/// Ties of a file that are not recorded yet, and those whose year is new.
fn ties(
    options: &Import,
    finder: Finder<'_>,
    source: &str,
    today: NaiveDate,
    summary: &mut Summary,
) -> anyhow::Result<(Vec<Tie>, Vec<Tie>)> {
    let directory = finder.directory;
    let recorded: HashMap<String, Option<i32>> =
        directory.ties().iter().map(|t| (storage::ties::pair_key(t), t.since)).collect();
    let mut seen: HashMap<String, u64> = HashMap::new();
    let (mut new, mut dated) = (Vec::new(), Vec::new());
    let id = |row: Row| directory.municipality(row).id;
    let label = |tie: &Tie| {
        let end = |p: &Place| match p {
            Place::Listed(id) => directory
                .by_id(*id)
                .map_or(String::new(), |row| english(directory.municipality(row))),
            Place::Outside(name) => name.clone(),
        };
        format!("{} – {}", end(&tie.a), end(&tie.b))
    };
    let mut take = |line: u64, tie: Tie, summary: &mut Summary| {
        let key = storage::ties::pair_key(&tie);
        if seen.insert(key.clone(), line).is_some() {
            summary.add(line, "unchanged", label(&tie));
            return;
        }
        match recorded.get(&key) {
            None => {
                summary.add(line, "new", label(&tie));
                new.push(tie);
            }
            Some(since) if since.is_none() && tie.since.is_some() => {
                summary.add(line, "changed", label(&tie));
                dated.push(tie);
            }
            Some(_) => summary.add(line, "unchanged", label(&tie)),
        }
    };
    let source = source.to_owned();
    // The oldest partnership of towns in Europe is said to be of 836.
    let since = |text: &str| match text {
        "" => Ok(None),
        text => match text.parse::<i32>() {
            Ok(year) if (836..=today.year()).contains(&year) => Ok(Some(year)),
            _ => Err(()),
        },
    };
    if options.kind == ImportKind::Partnerships {
        for line in pairs::partnerships(&options.file)? {
            match (line.hromada(finder), line.partner(finder)) {
                (Ok(h), _) if !directory.municipality(h).country.is_ukraine() => {
                    let why = format!("“{}” is no hromada", line.hromada);
                    summary.add(line.line, "invalid", why);
                }
                (Ok(h), Ok(p)) if h == p => {
                    let why = "names a hromada as its own partner".to_owned();
                    summary.add(line.line, "invalid", why);
                }
                (Ok(_), Ok(_)) if since(&line.since).is_err() => {
                    let why = format!("“{}” is no year a partnership began in", line.since);
                    summary.add(line.line, "invalid", why);
                }
                (Ok(h), Ok(p)) => {
                    let tie = Tie {
                        a: Place::Listed(id(h)),
                        b: Place::Listed(id(p)),
                        since: since(&line.since).unwrap_or_default(),
                        source: source.clone(),
                    };
                    take(line.line, tie, summary);
                }
                (Err(why), _) | (_, Err(why)) => {
                    summary.add(line.line, "invalid", why.to_string());
                }
            }
        }
    } else {
        for line in pairs::twinnings(&options.file)? {
            let end = |text: &str| match pairs::listed_end(finder, text) {
                Some(row) => Place::Listed(id(row)),
                None => Place::Outside(crate::domain::text::clean_line(text)),
            };
            let (a, b) = (end(&line.a), end(&line.b));
            if line.a.is_empty() || line.b.is_empty() {
                summary.add(line.line, "invalid", "names only one place".to_owned());
            } else if a.municipality().is_none() && b.municipality().is_none() {
                let why = format!("neither “{}” nor “{}” is in the directory", line.a, line.b);
                summary.add(line.line, "invalid", why);
            } else if a == b {
                // Two places of one municipality.
                summary.skipped += 1;
            } else {
                take(line.line, Tie { a, b, since: None, source: source.clone() }, summary);
            }
        }
    }
    Ok((new, dated))
}

fn write_ties(
    conn: &mut DbConn,
    new: &[Tie],
    dated: &[Tie],
    source: &str,
    at: Moment,
) -> StorageResult<()> {
    let version = storage::version::next_version(conn)?;
    storage::ties::insert(conn, new)?;
    for tie in dated {
        storage::ties::set_since(conn, tie)?;
    }
    let mut touched: Vec<MunicipalityId> = new
        .iter()
        .chain(dated)
        .flat_map(|tie| [tie.a.municipality(), tie.b.municipality()])
        .flatten()
        .collect();
    touched.sort();
    touched.dedup();
    for id in touched {
        storage::version::touch(conn, id, version)?;
        storage::facts::record_change(conn, id.0, "ties-imported", source, at)?;
    }
    Ok(())
}
