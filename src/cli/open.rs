//! What nearly every command begins with: the database, brought up to date
//! and filled.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use chrono::Utc;
use indicatif::{ProgressBar, ProgressStyle};

use crate::config::Config;
use crate::domain::time::{Clock, Moment, to_microseconds};
use crate::import::shipped;
use crate::matching::Weights;
use crate::snapshot::Live;
use crate::storage::shipped::apply_shipped;
use crate::storage::{self, Db};

/// The clock of the machine: the only place that reads it.
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        to_microseconds(Utc::now().naive_utc())
    }
}

/// A progress bar on a terminal; nothing anywhere else.
pub(crate) fn progress(len: u64, what: &str) -> ProgressBar {
    let bar = ProgressBar::new(len);
    if let Ok(style) = ProgressStyle::with_template("{msg:<24} {bar:40} {pos}/{len}") {
        bar.set_style(style);
    }
    bar.set_message(what.to_owned());
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// The weights in use.
pub(crate) fn weights(config: &Config) -> anyhow::Result<Weights> {
    match &config.weights {
        None => Ok(Weights::shipped()?),
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("the weights file {} cannot be read", path.display()))?;
            Ok(Weights::parse(&text).with_context(|| path.display().to_string())?)
        }
    }
}

/// Opens the database, migrates it, and takes in the shipped directory if it
/// has not got this one yet.
pub(crate) fn database(config: &Config) -> anyhow::Result<Db> {
    let db = Db::open(&config.database_url)?;
    load_shipped(&db, &SystemClock)?;
    Ok(db)
}

/// Takes in the shipped directory if the database has another or none.
pub(crate) fn load_shipped(db: &Db, clock: &dyn Clock) -> anyhow::Result<()> {
    let fingerprint = shipped::fingerprint();
    let mut conn = db.conn()?;
    if storage::version::state(&mut conn)?.shipped == fingerprint {
        return Ok(());
    }
    let drafts = shipped::drafts()?;
    let bar = progress(drafts.len() as u64, "Loading the directory");
    let applied = apply_shipped(&mut conn, &drafts, &fingerprint, clock.now(), &mut |done| {
        bar.set_position(done as u64);
    })
    .context("the directory could not be loaded")?;
    bar.finish_and_clear();
    log::info!(
        "directory loaded: {} new, {} changed, {} unchanged",
        applied.new,
        applied.changed,
        applied.unchanged
    );
    Ok(())
}

/// Everything a command needs that reads the directory.
pub(crate) fn live(config: &Config) -> anyhow::Result<Live> {
    Live::open(database(config)?, Arc::new(SystemClock), weights(config)?)
}
