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
///
/// One statement counts, so that two at once are two, on either database.
pub fn count(
    conn: &mut Conn,
    key: &str,
    most: i32,
    window: Duration,
    now: Moment,
) -> StorageResult<Result<(), i64>> {
    let counted = change(conn, |conn| -> StorageResult<Counted> {
        Ok(diesel::sql_query(
            "INSERT INTO attempts (key, tries, since) VALUES ($1, 1, $2) \
             ON CONFLICT (key) DO UPDATE SET \
               tries = CASE WHEN attempts.since <= $3 THEN 1 ELSE attempts.tries + 1 END, \
               since = CASE WHEN attempts.since <= $3 THEN $2 ELSE attempts.since END \
             RETURNING tries, since",
        )
        .bind::<Text, _>(key)
        .bind::<Timestamp, _>(now)
        .bind::<Timestamp, _>(now - window)
        .get_result(conn)?)
    })?;
    if counted.tries <= most {
        return Ok(Ok(()));
    }
    let wait = (counted.since + window - now).num_seconds().max(1);
    Ok(Err(wait))
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
