//! `mosty import`: says row by row what a file would change, and does it.

use anyhow::bail;

use super::open;
use crate::config::{Config, Import, ImportKind};
use crate::domain::curation::ControlFact;
use crate::domain::fact::Origin;
use crate::domain::municipality::{MunicipalityId, PastOccupation};
use crate::domain::tie::Tie;
use crate::domain::time::Moment;
use crate::import::plan::{self, RowLine, Summary, TiePlan};
use crate::import::profiles::{self, GoodRow};
use crate::import::{UNNAMED_SOURCE, pairs};
use crate::storage::{self, DbConn, StorageResult};

/// Lines about single rows that are printed before the rest is only counted.
const PRINTED: usize = 40;

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
            let known = storage::facts::population_facts(&mut conn)?;
            let changes = plan::judge(&known, directory, rows, &mut summary);
            Box::new(move |conn| write_rows(conn, &changes, &source, now))
        }
        ImportKind::Partnerships => {
            let mut plan = TiePlan::new(snapshot.finder(), &source, &mut summary);
            for line in pairs::partnerships(&options.file)? {
                plan.partnership(&line, snapshot.today);
            }
            let (new, dated) = (plan.new, plan.dated);
            Box::new(move |conn| write_ties(conn, &new, &dated, &source, now))
        }
        ImportKind::Twinnings => {
            let mut plan = TiePlan::new(snapshot.finder(), &source, &mut summary);
            for line in pairs::twinnings(&options.file)? {
                plan.twinning(&line);
            }
            let (new, dated) = (plan.new, plan.dated);
            Box::new(move |conn| write_ties(conn, &new, &dated, &source, now))
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
