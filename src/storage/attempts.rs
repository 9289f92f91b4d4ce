//! How often something was tried, counted for all processes together.

use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::{Integer, Text, Timestamp};

use super::connection::{Conn, DbConn, change};
use super::error::StorageResult;
use super::schema::attempts;
use crate::domain::time::Moment;

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = Integer)]
    tries: i32,
    #[diesel(sql_type = Timestamp)]
    since: Moment,
}

/// Counts one more try of `key` and says whether it may go on: at most `most`
/// in a window that begins with the first. When it may not, how many seconds
/// to wait.
pub fn count(
    conn: &mut Conn,
    key: &str,
    most: i32,
    window: Duration,
    now: Moment,
) -> StorageResult<Result<(), i64>> {
    let (tries, since) = change(conn, |conn| add(conn, key, 1, window, now))?;
    if tries <= most {
        return Ok(Ok(()));
    }
    Ok(Err((since + window - now).num_seconds().max(1)))
}

/// Adds tries of `key` to those of its window, and begins another where that
/// is over; gives back how many there are now and since when.
///
/// One statement counts, so that two at once are two, on either database.
pub fn add(
    conn: &mut DbConn,
    key: &str,
    tries: i32,
    window: Duration,
    now: Moment,
) -> StorageResult<(i32, Moment)> {
    let counted: Counted = diesel::sql_query(
        "INSERT INTO attempts (key, tries, since) VALUES ($1, $2, $3) \
         ON CONFLICT (key) DO UPDATE SET \
           tries = CASE WHEN attempts.since <= $4 THEN $2 ELSE attempts.tries + $2 END, \
           since = CASE WHEN attempts.since <= $4 THEN $3 ELSE attempts.since END \
         RETURNING tries, since",
    )
    .bind::<Text, _>(key)
    .bind::<Integer, _>(tries)
    .bind::<Timestamp, _>(now)
    .bind::<Timestamp, _>(now - window)
    .get_result(conn)?;
    Ok((counted.tries, counted.since))
}

/// Forgets the tries of a key: what was tried has succeeded.
pub fn forget(conn: &mut DbConn, key: &str) -> StorageResult<()> {
    diesel::delete(attempts::table.find(key)).execute(conn)?;
    Ok(())
}

/// Removes counters whose window began before a moment.
pub fn remove_before(conn: &mut DbConn, moment: Moment) -> StorageResult<usize> {
    Ok(diesel::delete(attempts::table.filter(attempts::since.lt(moment))).execute(conn)?)
}
