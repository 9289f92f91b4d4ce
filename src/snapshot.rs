//! What requests read: the directory, the search index and the ranking
//! corpus of one moment, replaced as a whole when the database changes.

use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};

use anyhow::Context;
use arc_swap::{ArcSwap, ArcSwapOption};
use chrono::NaiveDate;

use crate::domain::directory::{Contents, Directory, Row};
use crate::domain::time::Clock;
use crate::import::shipped;
use crate::listing::Listing;
use crate::matching::{Corpus, Exposure, Lists, Match, Settings, Weights};
use crate::search::{Finder, Index};
use crate::storage::{self, Db};

/// One moment of the whole.
pub struct Snapshot {
    /// All municipalities.
    pub directory: Arc<Directory>,
    /// Their names.
    pub index: Arc<Index>,
    /// Everything ranking needs.
    pub corpus: Arc<Corpus>,
    /// The directory as a list.
    pub listing: Arc<Listing>,
    /// The day it was made, by which entries have expired or not.
    pub today: NaiveDate,
    /// The first ten of everybody: assigned for this snapshot, or until that is
    /// done for one before it. Nothing where there was none with the same
    /// places.
    assigned: ArcSwapOption<Assigned>,
}

/// The lists of everybody, with what was measured on them.
struct Assigned {
    lists: Lists,
    exposure: OnceLock<[Exposure; 2]>,
}

impl Assigned {
    fn new(corpus: &Corpus) -> Arc<Assigned> {
        Arc::new(Assigned { lists: Lists::assign(corpus), exposure: OnceLock::new() })
    }
}

impl Snapshot {
    /// Finds municipalities by what people write.
    pub fn finder(&self) -> Finder<'_> {
        Finder { directory: &self.directory, index: &self.index }
    }

    /// The suggestions for a municipality in the order that is shown first.
    /// Never waits for lists to be assigned.
    pub fn suggest(&self, subject: Row, limit: usize) -> Vec<Match> {
        match &*self.assigned.load() {
            Some(assigned) => assigned.lists.suggest(&self.corpus, subject, limit),
            None => Lists::none(&self.corpus).suggest(&self.corpus, subject, limit),
        }
    }

    /// Whether a place stands on as many lists of hromadas as it may.
    pub fn is_on_many_lists(&self, row: Row) -> bool {
        self.assigned.load().as_ref().is_some_and(|assigned| assigned.lists.is_full(row))
    }

    /// How evenly the lists as shown show hromadas, and places. Measured when
    /// first asked for.
    pub fn exposure(&self) -> [Exposure; 2] {
        let assigned = self.assigned.load_full().unwrap_or_else(|| Assigned::new(&self.corpus));
        let measure = |reverse: bool| assigned.lists.exposure(&self.directory, reverse);
        assigned.exposure.get_or_init(|| [measure(true), measure(false)]).clone()
    }
}

/// The present snapshot, and how to renew it.
pub struct Live {
    current: ArcSwap<Snapshot>,
    db: Db,
    clock: Arc<dyn Clock>,
    weights: Weights,
    /// Held while a snapshot is made, so that two do not race.
    renewing: Mutex<()>,
    /// Whether the present snapshot waits for its lists, and who is told.
    unassigned: Mutex<bool>,
    is_unassigned: Condvar,
}

fn read(db: &Db) -> anyhow::Result<Contents> {
    let mut contents = storage::directory::load(db)?;
    contents.regions = shipped::regions()?;
    Ok(contents)
}

fn assemble(
    directory: Directory,
    same_places: Option<&Snapshot>,
    weights: &Weights,
    today: NaiveDate,
) -> Snapshot {
    let directory = Arc::new(directory);
    let settings = Settings { weights, today };
    let index = || match same_places {
        Some(old) => Arc::clone(&old.index),
        None => Arc::new(Index::new(&directory)),
    };
    let listing = || match same_places {
        Some(old) => old.listing.renewed(&directory, today),
        None => Listing::new(&directory, today),
    };
    let corpus = || match same_places {
        Some(old) => old.corpus.renewed(&directory, &settings),
        None => Corpus::new(&directory, &settings),
    };
    let (index, (corpus, listing)) =
        rayon::join(index, || (Arc::new(corpus()), Arc::new(listing())));
    let assigned = same_places.and_then(|old| old.assigned.load_full());
    Snapshot { directory, index, corpus, listing, today, assigned: ArcSwapOption::new(assigned) }
}

impl Live {
    /// Reads everything from the database.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn open(db: Db, clock: Arc<dyn Clock>, weights: Weights) -> anyhow::Result<Live> {
        let today = clock.today();
        let contents = read(&db).context("the directory could not be read from the database")?;
        let snapshot = assemble(Directory::new(contents), None, &weights, today);
        Ok(Live {
            current: ArcSwap::from_pointee(snapshot),
            db,
            clock,
            weights,
            renewing: Mutex::new(()),
            unassigned: Mutex::new(true),
            is_unassigned: Condvar::new(),
        })
    }

    /// The present snapshot. Whoever holds it keeps it whole, also while it
    /// is replaced.
    pub fn now(&self) -> Arc<Snapshot> {
        self.current.load_full()
    }

    /// The database behind it.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// The clock in use.
    pub fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    /// Applies what changed in the database since the present snapshot was
    /// made, if anything did or a new day began. Returns whether it did.
    ///
    /// # Errors
    /// When the database cannot be read; the present snapshot stays.
    pub fn renew(&self) -> anyhow::Result<bool> {
        let _alone = self.renewing.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let present = self.now();
        let today = self.clock.today();
        let state = storage::version::state(&mut *self.db.conn()?)?;
        if state.version == present.directory.version() && today == present.today {
            return Ok(false);
        }
        let mut conn = self.db.conn()?;
        let changes = storage::directory::changes_after(&mut conn, present.directory.version())?;
        let contents = storage::directory::contents_around(&mut conn, &present.directory, changes)?;
        drop(conn);
        let (directory, same_places) = present.directory.renewed(contents);
        let old = same_places.then_some(&*present);
        let snapshot = assemble(directory, old, &self.weights, today);
        self.current.store(Arc::new(snapshot));
        *self.unassigned.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.is_unassigned.notify_all();
        Ok(true)
    }

    /// Assigns the lists of the present snapshot, if that was not done yet.
    pub fn assign_lists(&self) {
        let waiting = {
            let mut unassigned = self.unassigned.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *unassigned, false)
        };
        if waiting {
            let snapshot = self.now();
            snapshot.assigned.store(Some(Assigned::new(&snapshot.corpus)));
        }
    }

    /// Waits until a snapshot has no lists of its own.
    pub fn wait_for_unassigned(&self) {
        let mut unassigned = self.unassigned.lock().unwrap_or_else(PoisonError::into_inner);
        while !*unassigned {
            unassigned =
                self.is_unassigned.wait(unassigned).unwrap_or_else(PoisonError::into_inner);
        }
    }
}
