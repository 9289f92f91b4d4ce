//! What the program does by itself beside answering requests: letters that a
//! request only asked for, and clearing away what is over.

pub mod digest;

use std::sync::Arc;
use std::time::Duration;

use crate::auth::token::Token;
use crate::domain::account::{
    ACCOUNT_INVITATION, AccountState, Office, PASSWORD_LINK, SESSION_MINUTES,
};
use crate::domain::time::Moment;
use crate::mail::Site;
use crate::mail::letter::{self, Door, Reader};
use crate::snapshot::{Live, Snapshot};
use crate::storage::sessions::{self, Link, Purpose};
use crate::storage::{DbConn, accounts, attempts, change, jobs, mails, privacy, requests, unsent};

/// The kind of the one job that clears away what is over.
pub const CLEARING: &str = "clearing";
/// The kind of the one job that writes the letters of a week.
pub const WEEKLY: &str = "weekly-letters";
/// The kind of the one job that tells officers what waits.
pub const DAILY: &str = "daily-letters";

/// For how long a process holds a job: longer than any takes.
const LEASE: Duration = Duration::from_secs(15 * 60);
/// How often the queue is looked at when it was empty.
const IDLE: Duration = Duration::from_millis(500);
/// How long letters are kept.
const KEPT_LETTERS: chrono::Duration = chrono::Duration::days(30);

/// How long forms are kept that were begun and not sent.
const KEPT_FORMS: chrono::Duration = chrono::Duration::days(30);
/// How long the words of claims and requests are kept that are decided.
const KEPT_WORDS: chrono::Duration = chrono::Duration::days(365);
/// How long an account is kept whose invitation nobody followed.
const KEPT_UNUSED: chrono::Duration = chrono::Duration::days(30);

/// Writes the letter that somebody asked for, if anybody has the address; call
/// inside a transaction.
fn write_password_letter(
    conn: &mut DbConn,
    site: &Site,
    key: &str,
    now: Moment,
) -> anyhow::Result<()> {
    let Some(id) = accounts::by_email(conn, key)? else { return Ok(()) };
    accounts::hold(conn, id)?;
    let account = accounts::load(conn, id)?;
    let Some(person) = accounts::person(conn, id)? else { return Ok(()) };
    // Who has not accepted the invitation yet gets it again; not to an office,
    // which nobody but an admin gives, and for no longer than it was given.
    let (purpose, topic, works) = match account.state {
        AccountState::Active => (Purpose::Password, "password", PASSWORD_LINK),
        AccountState::Invited if account.office == Office::None => {
            (Purpose::Invitation, "invitation", ACCOUNT_INVITATION)
        }
        AccountState::Invited | AccountState::Suspended | AccountState::Erased => return Ok(()),
    };
    let token = Token::new()?;
    let door = Door { url: site.link(&person.language, &token), secret: true };
    let reader = Reader { account: id, person: &person };
    let mail = letter::write(reader, topic, &[], Some(&door), site.host())?;
    // A new invitation speaks for the claim that the one before spoke for.
    let payload = sessions::payload_of(conn, id, purpose)?;
    let link = Link { purpose, account: id, payload };
    sessions::add_link(conn, &token.hash(), &link, now + works)?;
    mails::add(conn, &mail, now)?;
    Ok(accounts::record(conn, id, "link-asked", None, None, Some(topic), now)?)
}

/// Clears away what is over: sessions, links, counters, letters, forms nobody
/// sent, the words of old claims and requests, accounts nobody ever used; call
/// inside a transaction.
fn clear(conn: &mut DbConn, now: Moment) -> anyhow::Result<()> {
    sessions::remove_begun_before(conn, now - chrono::Duration::minutes(SESSION_MINUTES))?;
    sessions::remove_expired_links(conn, now)?;
    attempts::remove_before(conn, now - chrono::Duration::days(1))?;
    mails::remove_before(conn, now - KEPT_LETTERS)?;
    unsent::remove_before(conn, now - KEPT_FORMS)?;
    privacy::forget_old_claims(conn, now - KEPT_WORDS)?;
    requests::forget_old(conn, now - KEPT_WORDS)?;
    for id in privacy::never_used(conn, now - KEPT_UNUSED, now)? {
        privacy::erase_unused(conn, id, now)?;
    }
    Ok(())
}

/// Does what is due first, if anything is. `holder` names this worker and must
/// be its own. What a job does and the end of the job are one transaction: it
/// is done once, or again from the beginning.
///
/// # Errors
/// When the database cannot be asked; what was begun is done again.
pub fn do_next(live: &Live, site: &Site, holder: &str) -> anyhow::Result<bool> {
    let mut conn = live.db().conn()?;
    let now = live.clock().now();
    if let Some(job) = jobs::take(&mut conn, jobs::PASSWORD_LETTER, holder, now, LEASE)? {
        change(&mut conn, |conn| -> anyhow::Result<()> {
            if !job.payload.is_empty() {
                write_password_letter(conn, site, &job.payload, now)?;
            }
            Ok(jobs::finish(conn, job.id, holder)?)
        })?;
        return Ok(true);
    }
    if let Some(job) = jobs::take(&mut conn, CLEARING, holder, now, LEASE)? {
        change(&mut conn, |conn| -> anyhow::Result<()> {
            clear(conn, now)?;
            Ok(jobs::give_back(conn, job.id, holder, now + chrono::Duration::hours(1))?)
        })?;
        return Ok(true);
    }
    let regular: [(&str, fn(&mut DbConn, &Site, &Snapshot, Moment) -> anyhow::Result<()>, i64); 2] =
        [(WEEKLY, digest::weekly, 7), (DAILY, digest::daily, 1)];
    for (kind, write, days) in regular {
        if let Some(job) = jobs::take(&mut conn, kind, holder, now, LEASE)? {
            live.renew()?;
            change(&mut conn, |conn| -> anyhow::Result<()> {
                write(conn, site, &live.now(), now)?;
                Ok(jobs::give_back(conn, job.id, holder, now + chrono::Duration::days(days))?)
            })?;
            return Ok(true);
        }
    }
    Ok(false)
}

/// Puts the jobs that come again and again in the queue, unless they are
/// there. The first letters come after a week, and after a day.
///
/// # Errors
/// When the database cannot be written.
pub fn add_regular(live: &Live) -> anyhow::Result<()> {
    let (mut conn, now) = (live.db().conn()?, live.clock().now());
    jobs::add_once(&mut conn, CLEARING, now)?;
    jobs::add_once(&mut conn, WEEKLY, now + chrono::Duration::days(7))?;
    jobs::add_once(&mut conn, DAILY, now + chrono::Duration::days(1))?;
    Ok(())
}

/// Does what is due for as long as the process lives, in a thread of its own.
///
/// # Errors
/// When the system has no thread or no randomness to give, or the database
/// cannot be written.
pub fn start(live: Arc<Live>, site: Site) -> anyhow::Result<()> {
    let holder = Token::new()?.hash();
    add_regular(&live)?;
    std::thread::Builder::new().name("jobs".to_owned()).spawn(move || {
        loop {
            match do_next(&live, &site, &holder) {
                Ok(false) => std::thread::sleep(IDLE),
                Ok(true) => {}
                Err(error) => {
                    log::error!("a job cannot be done: {error:#}");
                    std::thread::sleep(IDLE * 20);
                }
            }
        }
    })?;
    Ok(())
}
