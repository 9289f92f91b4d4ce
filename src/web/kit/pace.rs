//! How much one visitor may ask of what costs most: searches by name, and
//! files of the whole directory or the log.
//!
//! Reading writes nothing, so these are counted in memory. What is counted
//! often enough to matter is added up with the counts of other processes in
//! the table of tries, beside the threads that answer requests.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::Duration;

use crate::auth::token;
use crate::domain::time::Moment;
use crate::storage::{Db, StorageResult, attempts};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Costly {
    /// A search by name.
    Search,
    /// A file.
    File,
}

impl Costly {
    /// How many one visitor may ask for, in how long. An office where many
    /// search at once from one address stays far below.
    fn most(self) -> (i32, Duration) {
        match self {
            Costly::Search => (600, Duration::minutes(1)),
            Costly::File => (60, Duration::minutes(10)),
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Costly::Search => "search",
            Costly::File => "file",
        }
    }
}

/// A process alone may count up to this part of the limit without telling
/// others.
const UNTOLD: i32 = 4;
/// Most visitors that are counted apart at once; past it those who asked
/// little are forgotten.
const MOST_VISITORS: usize = 50_000;

struct Count {
    costly: Costly,
    since: Moment,
    /// What all processes together have counted, as last heard.
    told: i32,
    /// What this one has counted since.
    untold: i32,
}

impl Count {
    fn is_over(&self, now: Moment) -> bool {
        now - self.since >= self.costly.most().1
    }

    fn matters(&self) -> bool {
        self.told + self.untold >= self.costly.most().0 / UNTOLD
    }
}

/// Who asked how much lately.
#[derive(Default)]
pub(crate) struct Pace {
    counts: Mutex<HashMap<String, Count>>,
}

impl Pace {
    fn counts(&self) -> MutexGuard<'_, HashMap<String, Count>> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts one more, and says how many seconds to wait when it is too much.
    pub(crate) fn count(&self, costly: Costly, whose: &str, now: Moment) -> Result<(), i64> {
        let (most, window) = costly.most();
        // Who somebody is or where from is nobody's to read in the table.
        let key = token::hash(costly.as_str(), whose);
        let mut counts = self.counts();
        if counts.len() >= MOST_VISITORS {
            counts.retain(|_, count| !count.is_over(now) && count.matters());
        }
        let fresh = || Count { costly, since: now, told: 0, untold: 0 };
        let count = counts.entry(key).or_insert_with(fresh);
        if count.is_over(now) {
            *count = fresh();
        }
        count.untold += 1;
        if count.told + count.untold <= most {
            return Ok(());
        }
        Err((count.since + window - now).num_seconds().max(1))
    }

    /// Adds up with other processes what matters, and forgets what is over.
    ///
    /// # Errors
    /// When the database cannot be written; the counts of this process stay.
    pub(crate) fn add_up(&self, db: &Db, now: Moment) -> StorageResult<()> {
        let news: Vec<(String, Costly, i32)> = {
            let mut counts = self.counts();
            counts.retain(|_, count| !count.is_over(now));
            let news = counts.iter().filter(|(_, c)| c.untold > 0 && c.matters());
            let mut news: Vec<_> = news.map(|(key, c)| (key.clone(), c.costly, c.untold)).collect();
            // In one order, so that two processes do not wait for each other.
            news.sort_unstable_by(|a, b| a.0.cmp(&b.0));
            news
        };
        if news.is_empty() {
            return Ok(());
        }
        let sums = db.change(|conn| {
            news.iter()
                .map(|(key, costly, tries)| attempts::add(conn, key, *tries, costly.most().1, now))
                .collect::<StorageResult<Vec<_>>>()
        })?;
        let mut counts = self.counts();
        for ((key, _, added), (told, since)) in news.into_iter().zip(sums) {
            if let Some(count) = counts.get_mut(&key) {
                count.untold -= added;
                (count.told, count.since) = (told, since);
            }
        }
        Ok(())
    }
}
