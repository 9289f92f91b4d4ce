//! Sessions and links: what somebody holds a token for.

use diesel::prelude::*;

use super::connection::{DbConn, on_each};
use super::error::{StorageError, StorageResult};
use super::schema::{links, people, sessions};
use crate::domain::account::{AccountId, Session};
use crate::domain::time::Moment;
use crate::domain::words::stored_as_words;

/// Begins a session; `hash` is what is stored of its token.
pub fn begin(
    conn: &mut DbConn,
    hash: &str,
    account: AccountId,
    proven: bool,
    device: &str,
    now: Moment,
) -> StorageResult<()> {
    diesel::insert_into(sessions::table)
        .values((
            sessions::token_hash.eq(hash),
            sessions::account_id.eq(account.0),
            sessions::proven.eq(proven),
            sessions::device.eq(device),
            sessions::created_at.eq(now),
            sessions::seen_at.eq(now),
            sessions::proven_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

#[derive(Queryable)]
struct SessionRow {
    id: i64,
    _token_hash: String,
    account_id: i64,
    proven: bool,
    device: String,
    created_at: Moment,
    seen_at: Moment,
    _proven_at: Moment,
}

impl From<SessionRow> for Session {
    fn from(row: SessionRow) -> Session {
        Session {
            id: row.id,
            account: AccountId(row.account_id),
            proven: row.proven,
            device: row.device,
            created_at: row.created_at,
            seen_at: row.seen_at,
        }
    }
}

/// The session of a token, alive or not, and the name of whose it is.
pub fn find(conn: &mut DbConn, hash: &str) -> StorageResult<Option<(Session, String)>> {
    let with_name = sessions::table
        .left_join(people::table.on(people::account_id.eq(sessions::account_id)))
        .filter(sessions::token_hash.eq(hash))
        .select((sessions::all_columns, people::name.nullable()));
    // Asked with every request: on its own kind of connection the statement is
    // written once.
    let row: Option<(SessionRow, Option<String>)> =
        on_each!(conn, |c| with_name.get_result(c)).optional()?;
    Ok(row.map(|(row, name)| (Session::from(row), name.unwrap_or_default())))
}

/// All sessions of an account, the last used first.
pub fn of(conn: &mut DbConn, account: AccountId) -> StorageResult<Vec<Session>> {
    let rows: Vec<SessionRow> = sessions::table
        .filter(sessions::account_id.eq(account.0))
        .order((sessions::seen_at.desc(), sessions::id.desc()))
        .load(conn)?;
    Ok(rows.into_iter().map(Session::from).collect())
}

/// Notes that a session was used.
pub fn seen(conn: &mut DbConn, id: i64, now: Moment) -> StorageResult<()> {
    diesel::update(sessions::table.find(id)).set(sessions::seen_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Ends one session of an account.
///
/// # Errors
/// [`StorageError::NotFound`] when the account has no such session.
pub fn end(conn: &mut DbConn, account: AccountId, id: i64) -> StorageResult<()> {
    let ended = diesel::delete(sessions::table.find(id).filter(sessions::account_id.eq(account.0)))
        .execute(conn)?;
    if ended == 1 { Ok(()) } else { Err(StorageError::NotFound) }
}

/// Removes sessions that began before a moment, whoever's they are.
pub fn remove_begun_before(conn: &mut DbConn, moment: Moment) -> StorageResult<usize> {
    Ok(diesel::delete(sessions::table.filter(sessions::created_at.lt(moment))).execute(conn)?)
}

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To accept an invitation: set the first password.
    Invitation,
    /// To set a new password.
    Password,
    /// To confirm a new address.
    Address,
}
stored_as_words!(Purpose {
    Invitation = "invitation",
    Password = "password",
    Address = "address",
});

/// A link that works once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What for.
    pub purpose: Purpose,
    /// For whom.
    pub account: AccountId,
    /// For a new address, that address.
    pub payload: String,
}

/// Keeps a link until a moment; an older one for the same purpose is void.
pub fn add_link(
    conn: &mut DbConn,
    hash: &str,
    link: &Link,
    expires_at: Moment,
) -> StorageResult<()> {
    diesel::delete(
        links::table
            .filter(links::account_id.eq(link.account.0))
            .filter(links::purpose.eq(link.purpose.as_str())),
    )
    .execute(conn)?;
    diesel::insert_into(links::table)
        .values((
            links::token_hash.eq(hash),
            links::purpose.eq(link.purpose.as_str()),
            links::account_id.eq(link.account.0),
            links::payload.eq(&link.payload),
            links::expires_at.eq(expires_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// What the present link of an account for a purpose holds; empty where there
/// is none.
pub fn payload_of(
    conn: &mut DbConn,
    account: AccountId,
    purpose: Purpose,
) -> StorageResult<String> {
    let found: Option<String> = links::table
        .filter(links::account_id.eq(account.0))
        .filter(links::purpose.eq(purpose.as_str()))
        .select(links::payload)
        .get_result(conn)
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// The link with this hash, if it has not expired.
pub fn find_link(conn: &mut DbConn, hash: &str, now: Moment) -> StorageResult<Option<Link>> {
    let row: Option<(String, i64, String)> = links::table
        .find(hash)
        .filter(links::expires_at.gt(now))
        .select((links::purpose, links::account_id, links::payload))
        .get_result(conn)
        .optional()?;
    row.map(|(purpose, account, payload)| {
        let purpose = Purpose::parse(&purpose).ok_or_else(|| {
            StorageError::Unreadable(format!("the purpose “{purpose}” of a link"))
        })?;
        Ok(Link { purpose, account: AccountId(account), payload })
    })
    .transpose()
}

/// Uses a link up; call inside the transaction of what it is for. Of several
/// requests at once only one gets true.
pub fn use_link(conn: &mut DbConn, hash: &str, now: Moment) -> StorageResult<bool> {
    let used =
        diesel::delete(links::table.find(hash).filter(links::expires_at.gt(now))).execute(conn)?;
    Ok(used == 1)
}

/// Removes links that expired before a moment.
pub fn remove_expired_links(conn: &mut DbConn, now: Moment) -> StorageResult<usize> {
    Ok(diesel::delete(links::table.filter(links::expires_at.lt(now))).execute(conn)?)
}

/// Ends the sessions of an account, all but one if it is named.
pub fn end_sessions(conn: &mut DbConn, id: AccountId, but: Option<i64>) -> StorageResult<()> {
    diesel::delete(
        sessions::table
            .filter(sessions::account_id.eq(id.0))
            .filter(sessions::id.ne(but.unwrap_or(0))),
    )
    .execute(conn)?;
    Ok(())
}
