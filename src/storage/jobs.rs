//! Work in the background, held by leases, so that several processes can
//! share it and none is lost when one dies.

use std::time::Duration;

use diesel::prelude::*;

use super::connection::{Conn, DbConn, change, on_each};
use super::error::{StorageError, StorageResult};
use super::schema::jobs;
use crate::domain::time::Moment;

/// The kind of the jobs that write letters with a link for a new password;
/// what they hold is an address as it is looked up, or nothing.
pub const PASSWORD_LETTER: &str = "password-letter";

/// A job that this worker holds until its lease runs out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldJob {
    /// The job's number.
    pub id: i64,
    /// What to do.
    pub kind: String,
    /// With what, in the job's own format.
    pub payload: String,
    /// How often it was begun, this time included.
    pub attempts: i32,
}

/// Puts a job in the queue, not to run before `run_at`.
pub fn add(conn: &mut DbConn, kind: &str, payload: &str, run_at: Moment) -> StorageResult<()> {
    diesel::insert_into(jobs::table)
        .values((
            jobs::kind.eq(kind),
            jobs::payload.eq(payload),
            jobs::run_at.eq(run_at),
            jobs::attempts.eq(0),
        ))
        .execute(conn)?;
    Ok(())
}

/// Puts a job that comes again and again in the queue, unless it is there: of
/// its kind there is one, whoever else begins at the same moment.
pub fn add_once(conn: &mut Conn, kind: &str, run_at: Moment) -> StorageResult<()> {
    change(conn, |conn| {
        on_each!(conn, |c| diesel::insert_into(jobs::table)
            .values((
                jobs::kind.eq(kind),
                jobs::payload.eq(""),
                jobs::run_at.eq(run_at),
                jobs::attempts.eq(0),
            ))
            .on_conflict_do_nothing()
            .execute(c))?;
        Ok(())
    })
}

/// Removes the jobs of a kind that were to be done with one of these.
pub(super) fn remove_with(conn: &mut DbConn, kind: &str, payloads: &[String]) -> StorageResult<()> {
    let meant = jobs::kind.eq(kind).and(jobs::payload.eq_any(payloads.to_vec()));
    diesel::delete(jobs::table.filter(meant)).execute(conn)?;
    Ok(())
}

/// Takes the job of this kind that is due first, if there is one nobody
/// holds. `token` names the worker's hold and must be its own.
///
/// The hold is one conditional update, so two workers cannot take the same
/// job, on either database.
pub fn take(
    conn: &mut Conn,
    kind: &str,
    token: &str,
    now: Moment,
    lease: Duration,
) -> StorageResult<Option<HeldJob>> {
    let until = now + lease;
    loop {
        let due: Option<(i64, String, i32, Option<String>)> = jobs::table
            .filter(jobs::kind.eq(kind).and(jobs::run_at.le(now)))
            .filter(jobs::lease_until.is_null().or(jobs::lease_until.lt(now)))
            .order((jobs::run_at, jobs::id))
            .select((jobs::id, jobs::payload, jobs::attempts, jobs::lease_token))
            .first(&mut **conn)
            .optional()?;
        let Some((id, payload, attempts, _)) = due else { return Ok(None) };
        let taken = change(conn, |c| {
            diesel::update(jobs::table.filter(jobs::id.eq(id)))
                .filter(jobs::attempts.eq(attempts))
                .filter(jobs::lease_until.is_null().or(jobs::lease_until.lt(now)))
                .set((
                    jobs::lease_token.eq(token),
                    jobs::lease_until.eq(until),
                    jobs::attempts.eq(attempts + 1),
                ))
                .execute(c)
                .map_err(StorageError::from)
        })?;
        if taken == 1 {
            let kind = kind.to_owned();
            return Ok(Some(HeldJob { id, kind, payload, attempts: attempts + 1 }));
        }
    }
}

/// Removes a finished job.
///
/// # Errors
/// [`StorageError::Stale`] when the lease ran out and another took the job.
pub fn finish(conn: &mut DbConn, id: i64, token: &str) -> StorageResult<()> {
    let removed =
        diesel::delete(jobs::table.filter(jobs::id.eq(id).and(jobs::lease_token.eq(token))))
            .execute(conn)?;
    if removed == 1 { Ok(()) } else { Err(StorageError::Stale) }
}

/// Gives a job back, to be tried again at `run_at`.
///
/// # Errors
/// [`StorageError::Stale`] when the lease ran out and another took the job.
pub fn give_back(conn: &mut DbConn, id: i64, token: &str, run_at: Moment) -> StorageResult<()> {
    let given =
        diesel::update(jobs::table.filter(jobs::id.eq(id).and(jobs::lease_token.eq(token))))
            .set((
                jobs::lease_token.eq(None::<String>),
                jobs::lease_until.eq(None::<Moment>),
                jobs::run_at.eq(run_at),
            ))
            .execute(conn)?;
    if given == 1 { Ok(()) } else { Err(StorageError::Stale) }
}
