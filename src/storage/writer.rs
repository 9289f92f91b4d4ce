//! How one process writes to an SQLite file: one transaction after the other,
//! several with one wait for the disk.
//!
//! SQLite lets one transaction write at a time, and whoever comes meanwhile
//! asks again and again until its patience ends; each commit then waits for
//! the disk. So the threads of a process take turns at one connection here,
//! and what already waits shares the commit of the one before: each works
//! behind a savepoint of its own, and nobody is told anything before the disk
//! has it: neither that something is done, nor that somebody else was quicker.
//! This is the group commit of larger databases.
//!
//! A thread that waits for its turn, and then for the disk, does nothing else.
//! So a transaction can be left here as well: whoever has the turn does it,
//! and its asker is told without a thread of its own.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::sync_channel;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::connection::{DatabaseUrl, DbConn, begin, begin_inside, commit, roll_back};
use super::error::{StorageError, StorageResult};

/// How long a thread waits for a turn: no transaction but the first filling
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
}

/// Who writes and what waits.
#[derive(Default)]
struct Queue {
    /// The connection, while nobody writes; opened by the first who does.
    conn: Option<DbConn>,
    busy: bool,
    /// Threads that wait for a turn with a transaction of their own.
    waiting: usize,
    /// What is done and not yet committed.
    open: Option<Batch>,
    /// Transactions that were left here, and when.
    left: VecDeque<(Instant, Left)>,
    /// Whether a thread was called that does what is left.
    called: bool,
}

/// How a commit went, with the reason when it failed.
type Outcome = Result<(), String>;

/// Tells somebody how the commit of a transaction went.
type Tell = Box<dyn FnOnce(&Outcome) + Send>;

/// A transaction that was left: does it behind a savepoint and gives back who
/// is to be told of its commit, or tells them why it cannot be done.
type Left = Box<dyn FnOnce(StorageResult<&mut DbConn>) -> StorageResult<Tell> + Send>;

/// Transactions that are committed together.
struct Batch {
    begun: Instant,
    size: usize,
    /// Who waits for the commit.
    tell: Vec<Tell>,
}

impl Batch {
    fn is_full(&self) -> bool {
        self.size >= MOST_TOGETHER || self.begun.elapsed() >= LONGEST_TOGETHER
    }
}

/// Who asks for a turn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// A thread with a transaction of its own.
    Own,
    /// The thread that does what is left. The others go first: they do that
    /// as well.
    Left,
}

/// How one transaction inside a batch went.
enum Work<T, E> {
    Done(T),
    /// It was undone, by its own will.
    Refused(E),
    Panicked(Box<dyn std::any::Any + Send>),
}

fn not_done(why: &str) -> StorageError {
    StorageError::Unavailable(why.to_owned())
}

impl Writer {
    pub(super) fn new(url: DatabaseUrl) -> Writer {
        Writer { url, queue: Mutex::default(), turn: Condvar::new() }
    }

    /// Runs `work` as a transaction and waits until the disk has it.
    pub(super) fn write<T, E: From<StorageError>>(
        &self,
        work: impl FnOnce(&mut DbConn) -> Result<T, E>,
    ) -> Result<T, E> {
        let Some((mut conn, mut batch)) = self.take_turn(Turn::Own)? else {
            return Err(not_done("a turn was not given").into());
        };
        batch.size += 1;
        let done = match behind_savepoint(&mut conn, work) {
            Ok(done) => done,
            Err(error) => {
                // The whole transaction is in doubt, and with it the connection.
                self.end(None, batch, &Err(error.to_string()));
                return Err(error.into());
            }
        };
        let (tell, told) = sync_channel::<Outcome>(1);
        batch.tell.push(Box::new(move |outcome| {
            // It is received below, whatever happens until then.
            let _ = tell.send(outcome.clone());
        }));
        self.go_on(conn, batch);
        let result = match done {
            Work::Panicked(panic) => resume_unwind(panic),
            Work::Refused(error) => Err(error),
            Work::Done(value) => Ok(value),
        };
        match told.recv() {
            Ok(Ok(())) => result,
            Ok(Err(why)) => Err(not_done(&why).into()),
            Err(_) => Err(not_done("a commit did not end").into()),
        }
    }

    /// Leaves `work` here, to be done as a transaction; the answer comes when
    /// the disk has it. With true, a thread is to be called to
    /// [`Writer::do_what_is_left`].
    pub(super) fn leave<T, E>(
        &self,
        work: impl FnOnce(&mut DbConn) -> Result<T, E> + Send + 'static,
    ) -> (oneshot::Receiver<Result<T, E>>, bool)
    where
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel::<Result<T, E>>();
        // Whoever does not wait for the answer any more is not told it.
        let left: Left = Box::new(move |conn| {
            let result = match conn.and_then(|conn| behind_savepoint(conn, work)) {
                Ok(Work::Done(value)) => Ok(value),
                Ok(Work::Refused(error)) => Err(error),
                Ok(Work::Panicked(_)) => Err(not_done("a change panicked").into()),
                Err(error) => {
                    let _ = answer.send(Err(not_done(&error.to_string()).into()));
                    return Err(error);
                }
            };
            Ok(Box::new(move |outcome| {
                let _ = answer.send(match outcome {
                    Ok(()) => result,
                    Err(why) => Err(not_done(why).into()),
                });
            }))
        });
        let mut queue = self.queue();
        queue.left.push_back((Instant::now(), left));
        (answered, !std::mem::replace(&mut queue.called, true))
    }

    /// Does what is left here, until nothing is.
    pub(super) fn do_what_is_left(&self) {
        loop {
            let asked = Instant::now();
            match self.take_turn(Turn::Left) {
                Ok(Some((conn, batch))) => self.go_on(conn, batch),
                Ok(None) => {}
                // What was left later has a try of its own.
                Err(error) => self.refuse_left_before(asked, &error),
            }
            let mut queue = self.queue();
            if queue.left.is_empty() {
                queue.called = false;
                return;
            }
        }
    }

    /// Tells those who left something before a moment why it is not done.
    fn refuse_left_before(&self, moment: Instant, error: &StorageError) {
        loop {
            let mut queue = self.queue();
            if queue.left.front().is_none_or(|(since, _)| *since > moment) {
                return;
            }
            let first = queue.left.pop_front();
            drop(queue);
            let Some((_, left)) = first else { return };
            // It gives back what it was given.
            let _ = left(Err(not_done(&error.to_string())));
        }
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        // Nothing under this lock can panic half-way.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a turn, opens the connection where there is none, and begins
    /// a batch where none is open. None when it was to do what is left, and
    /// the others have.
    fn take_turn(&self, turn: Turn) -> StorageResult<Option<(DbConn, Batch)>> {
        let mut queue = self.queue();
        queue.waiting += usize::from(turn == Turn::Own);
        let must_wait = |queue: &Queue| match turn {
            Turn::Own => queue.busy,
            Turn::Left => !queue.left.is_empty() && (queue.busy || queue.waiting > 0),
        };
        let waited = self.turn.wait_timeout_while(queue, PATIENCE, |queue| must_wait(queue));
        (queue, _) = waited.unwrap_or_else(PoisonError::into_inner);
        let is_taken = must_wait(&queue);
        queue.waiting -= usize::from(turn == Turn::Own);
        if is_taken {
            return Err(not_done("the database is busy with a long change; try again in a minute"));
        }
        if turn == Turn::Left && queue.left.is_empty() {
            return Ok(None);
        }
        queue.busy = true;
        let (kept, open) = (queue.conn.take(), queue.open.take());
        drop(queue);
        let begun = kept.map_or_else(|| self.url.connect(), Ok).and_then(|mut conn| {
            if let Some(batch) = open {
                return Ok(Some((conn, batch)));
            }
            begin(&mut conn)?;
            Ok(Some((conn, Batch { begun: Instant::now(), size: 0, tell: Vec::new() })))
        });
        if begun.is_err() {
            self.free(None);
        }
        begun
    }

    /// Does what is left, gives the turn to the next thread that waits, and
    /// commits when none does or it was put off long enough.
    fn go_on(&self, mut conn: DbConn, mut batch: Batch) {
        let mut queue = self.queue();
        while !batch.is_full() {
            if let Some((_, left)) = queue.left.pop_front() {
                drop(queue);
                batch.size += 1;
                match left(Ok(&mut conn)) {
                    Ok(tell) => batch.tell.push(tell),
                    // Nothing of the batch is safe.
                    Err(error) => return self.end(None, batch, &Err(error.to_string())),
                }
                queue = self.queue();
            } else if queue.waiting > 0 {
                (queue.conn, queue.open, queue.busy) = (Some(conn), Some(batch), false);
                drop(queue);
                self.turn.notify_all();
                return;
            } else {
                break;
            }
        }
        drop(queue);
        match commit(&mut conn) {
            Ok(()) => self.end(Some(conn), batch, &Ok(())),
            Err(error) => {
                let conn = roll_back(&mut conn).is_ok().then_some(conn);
                self.end(conn, batch, &Err(error.to_string()));
            }
        }
    }

    /// Lets the next begin another batch, and tells how this one ended.
    fn end(&self, conn: Option<DbConn>, batch: Batch, outcome: &Outcome) {
        self.free(conn);
        for tell in batch.tell {
            tell(outcome);
        }
    }

    /// Gives a turn back.
    fn free(&self, conn: Option<DbConn>) {
        let mut queue = self.queue();
        (queue.conn, queue.busy) = (conn, false);
        drop(queue);
        self.turn.notify_all();
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
