//! How one process writes to an SQLite file: one transaction after the other,
//! several with one wait for the disk.
//!
//! SQLite lets one transaction write at a time, and whoever comes meanwhile
//! asks again and again until its patience ends; each commit then waits for
//! the disk. So the threads of a process take turns at one connection here,
//! and those who already wait share the commit of the one before them: each
//! works behind a savepoint of its own, and nobody is told that something is
//! done before the disk has it. This is the group commit of larger databases.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use super::connection::{DatabaseUrl, DbConn, begin, begin_inside, commit, roll_back};
use super::error::{StorageError, StorageResult};

/// How long somebody waits for a turn: no transaction but the first filling
/// of a database takes longer.
const PATIENCE: Duration = Duration::from_secs(10);
/// After so many transactions, or so long, the disk is waited for although
/// others wait for a turn: nobody is told of a change much later than alone.
const MOST_TOGETHER: usize = 64;
const LONGEST_TOGETHER: Duration = Duration::from_millis(20);

/// The one way of a process into an SQLite file.
pub(super) struct Writer {
    url: DatabaseUrl,
    queue: Mutex<Queue>,
    turn: Condvar,
    committed: Condvar,
}

/// Who writes and who waits.
#[derive(Default)]
struct Queue {
    /// The connection, while nobody writes; opened by the first who does.
    conn: Option<DbConn>,
    busy: bool,
    waiting: usize,
    /// What is done and not yet committed.
    open: Option<Batch>,
}

/// Transactions that are committed together.
#[derive(Clone)]
struct Batch {
    begun: Instant,
    size: usize,
    /// How the commit went, with the reason when it failed.
    outcome: Arc<OnceLock<Result<(), String>>>,
}

/// How one transaction inside a batch went.
enum Work<T, E> {
    Done(T),
    /// It was undone, by its own will.
    Refused(E),
    Panicked(Box<dyn std::any::Any + Send>),
}

impl Writer {
    pub(super) fn new(url: DatabaseUrl) -> Writer {
        let (turn, committed) = (Condvar::new(), Condvar::new());
        Writer { url, queue: Mutex::default(), turn, committed }
    }

    /// Runs `work` as a transaction and waits until the disk has it.
    pub(super) fn write<T, E: From<StorageError>>(
        &self,
        work: impl FnOnce(&mut DbConn) -> Result<T, E>,
    ) -> Result<T, E> {
        let (mut conn, open) = self.take_turn()?;
        let mut batch = match open {
            Some(batch) => batch,
            None => match begin(&mut conn) {
                Ok(()) => Batch { begun: Instant::now(), size: 0, outcome: Arc::default() },
                Err(error) => {
                    self.give_back(conn);
                    return Err(StorageError::from(error).into());
                }
            },
        };
        batch.size += 1;
        let done = match behind_savepoint(&mut conn, work) {
            Ok(done) => done,
            Err(error) => {
                // The whole transaction is in doubt, and with it the connection.
                self.end(None, &batch, Err(error.to_string()));
                return Err(error.into());
            }
        };
        let outcome = Arc::clone(&batch.outcome);
        self.pass_on(conn, batch);
        match done {
            Work::Panicked(panic) => resume_unwind(panic),
            Work::Refused(error) => Err(error),
            Work::Done(value) => {
                self.wait_for(&outcome)?;
                Ok(value)
            }
        }
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        // Nothing under this lock can panic half-way.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a turn, and opens the connection where there is none.
    fn take_turn(&self) -> StorageResult<(DbConn, Option<Batch>)> {
        let mut queue = self.queue();
        queue.waiting += 1;
        let waited = self.turn.wait_timeout_while(queue, PATIENCE, |queue| queue.busy);
        (queue, _) = waited.unwrap_or_else(PoisonError::into_inner);
        queue.waiting -= 1;
        if queue.busy {
            return Err(StorageError::Unavailable(
                "the database is busy with a long change; try again in a minute".to_owned(),
            ));
        }
        queue.busy = true;
        let (kept, open) = (queue.conn.take(), queue.open.take());
        drop(queue);
        match kept.map_or_else(|| self.url.connect(), Ok) {
            Ok(conn) => Ok((conn, open)),
            Err(error) => {
                let mut queue = self.queue();
                queue.busy = false;
                self.turn.notify_one();
                Err(error)
            }
        }
    }

    /// Gives the turn to the next who waits, or commits when nobody does or
    /// it was put off long enough.
    fn pass_on(&self, mut conn: DbConn, batch: Batch) {
        let long = batch.size >= MOST_TOGETHER || batch.begun.elapsed() >= LONGEST_TOGETHER;
        let mut queue = self.queue();
        if queue.waiting > 0 && !long {
            (queue.conn, queue.open, queue.busy) = (Some(conn), Some(batch), false);
            drop(queue);
            self.turn.notify_one();
            return;
        }
        drop(queue);
        match commit(&mut conn) {
            Ok(()) => self.end(Some(conn), &batch, Ok(())),
            Err(error) => {
                let conn = roll_back(&mut conn).is_ok().then_some(conn);
                self.end(conn, &batch, Err(error.to_string()));
            }
        }
    }

    /// Tells a batch how it ended, and lets the next begin another.
    fn end(&self, conn: Option<DbConn>, batch: &Batch, outcome: Result<(), String>) {
        // A batch ends once, by the one who has the turn.
        let _ = batch.outcome.set(outcome);
        let mut queue = self.queue();
        (queue.conn, queue.busy) = (conn, false);
        drop(queue);
        self.committed.notify_all();
        self.turn.notify_one();
    }

    /// Gives a turn back that led to nothing.
    fn give_back(&self, conn: DbConn) {
        let mut queue = self.queue();
        (queue.conn, queue.busy) = (Some(conn), false);
        drop(queue);
        self.turn.notify_one();
    }

    fn wait_for(&self, outcome: &OnceLock<Result<(), String>>) -> StorageResult<()> {
        let queue = self.queue();
        let waited = self.committed.wait_while(queue, |_| outcome.get().is_none());
        drop(waited.unwrap_or_else(PoisonError::into_inner));
        match outcome.get() {
            Some(Ok(())) => Ok(()),
            Some(Err(why)) => Err(StorageError::Unavailable(why.clone())),
            None => Err(StorageError::Unavailable("a commit did not end".to_owned())),
        }
    }
}

/// Runs one transaction of a batch: what it does is kept or undone alone.
///
/// # Errors
/// When it could be neither: then nothing of the batch is safe to commit.
fn behind_savepoint<T, E>(
    conn: &mut DbConn,
    work: impl FnOnce(&mut DbConn) -> Result<T, E>,
) -> StorageResult<Work<T, E>> {
    begin_inside(conn)?;
    let done = match catch_unwind(AssertUnwindSafe(|| work(conn))) {
        Ok(Ok(value)) => Work::Done(value),
        Ok(Err(error)) => Work::Refused(error),
        Err(panic) => Work::Panicked(panic),
    };
    match done {
        Work::Done(_) => commit(conn)?,
        _ => roll_back(conn)?,
    }
    Ok(done)
}
