//! Sending the letters that wait in the database.
//!
//! A letter is written in the transaction of what it speaks of
//! ([`crate::storage::mails`]), so none is lost and none speaks of what never
//! happened. Any number of processes send: each takes the next letter by a
//! lease. A process that dies between sending and noting it leaves a letter
//! that is sent once more, with the same `Message-ID`.

pub mod letter;
mod site;
mod smtp;

use std::sync::Arc;
use std::time::Duration;

use crate::auth::token::Token;
use crate::domain::time::{Clock, Moment};
use crate::storage::{self, Db, StorageError, StorageResult, jobs, mails};

pub use site::Site;
pub use smtp::{Failure, Mailer, UnusableServer};

/// For how long a process holds a letter: longer than a server may take for
/// all its answers together, so that no second process sends what the first
/// still sends.
const LEASE: Duration = Duration::from_secs(30 * 60);
/// After how many tries a letter is given up: with the waits between them,
/// after about three days.
const MOST_TRIES: i32 = 20;
/// The first wait after a failure, in seconds; it doubles each time.
const FIRST_WAIT: i64 = 20;
/// The longest wait between tries, in seconds.
const LONGEST_WAIT: i64 = 6 * 60 * 60;
/// How often the queue is looked at when it was empty.
const IDLE: Duration = Duration::from_millis(500);

/// What became of the letter that was next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// There was none to be sent now.
    Nothing,
    /// It was sent.
    Sent,
    /// It was sent before, or its reader is gone.
    Dropped,
    /// It could not be sent and is tried again at that moment.
    Later(Moment),
    /// It cannot be sent and is given up.
    GivenUp,
}

/// How long to wait after so many failed tries, in seconds: doubling, up to
/// six hours.
fn wait(tries: i32) -> i64 {
    let doublings = u32::try_from(tries - 1).unwrap_or(0).min(20);
    FIRST_WAIT.saturating_mul(1 << doublings).min(LONGEST_WAIT)
}

/// Sends the letter that is due first, if one is. `holder` names this sender
/// and must be its own.
///
/// # Errors
/// When the database cannot be asked, or the lease ran out meanwhile; the
/// letter is then sent by whoever takes it next.
pub fn send_next(db: &Db, clock: &dyn Clock, mailer: &Mailer, holder: &str) -> StorageResult<Step> {
    let mut conn = db.conn()?;
    let Some(job) = jobs::take(&mut conn, mails::JOB, holder, clock.now(), LEASE)? else {
        return Ok(Step::Nothing);
    };
    let id = job.payload.parse().map_err(|_| {
        StorageError::Unreadable(format!("“{}” as the number of a letter", job.payload))
    })?;
    let Some(mail) = mails::unsent(&mut conn, id)? else {
        storage::change(&mut conn, |conn| jobs::finish(conn, job.id, holder))?;
        return Ok(Step::Dropped);
    };
    // No connection is held while a server takes its time.
    drop(conn);
    let outcome = mailer.send(&mail);
    let mut conn = db.conn()?;
    let now = clock.now();
    match outcome {
        Ok(()) => storage::change(&mut conn, |conn| {
            mails::sent(conn, id, now)?;
            jobs::finish(conn, job.id, holder)?;
            Ok(Step::Sent)
        }),
        Err(failure) if failure.is_final() || job.attempts >= MOST_TRIES => {
            log::error!("letter {id} is given up after {} tries: {failure}", job.attempts);
            storage::change(&mut conn, |conn| {
                mails::forget_secret(conn, id)?;
                jobs::finish(conn, job.id, holder)
            })?;
            Ok(Step::GivenUp)
        }
        Err(failure) => {
            let again = now + chrono::Duration::seconds(wait(job.attempts));
            log::warn!("letter {id} was not sent and is tried again at {again} UTC: {failure}");
            storage::change(&mut conn, |conn| jobs::give_back(conn, job.id, holder, again))?;
            Ok(Step::Later(again))
        }
    }
}

/// Sends letters for as long as the process lives, in a thread of its own.
///
/// # Errors
/// When the system has no thread or no randomness to give.
pub fn start(db: Db, clock: Arc<dyn Clock>, mailer: Mailer) -> anyhow::Result<()> {
    let holder = Token::new()?.hash();
    std::thread::Builder::new().name("mail".to_owned()).spawn(move || {
        loop {
            match send_next(&db, &*clock, &mailer, &holder) {
                Ok(Step::Nothing) => std::thread::sleep(IDLE),
                Ok(_) => {}
                Err(error) => {
                    log::error!("letters cannot be sent: {error}");
                    std::thread::sleep(IDLE * 20);
                }
            }
        }
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_have_an_end() {
        assert_eq!([1, 2, 3, 20].map(wait), [20, 40, 80, LONGEST_WAIT]);
        let all: i64 = (1..MOST_TRIES).map(wait).sum();
        assert!((2..4).contains(&(all / 86_400)), "given up after {all} seconds");
    }
}
