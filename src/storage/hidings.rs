//! Municipalities that hide everything at once.

use diesel::prelude::*;

use super::connection::DbConn;
use super::error::{StorageError, StorageResult};
use super::schema::{hidings, memberships, municipalities, sessions};
use super::{accounts, events, version};
use crate::domain::account::{AccountId, AccountState, MemberState};
use crate::domain::country::Country;
use crate::domain::event::{NewEvent, Subject};
use crate::domain::municipality::MunicipalityId;
use crate::domain::time::Moment;

/// Why and since when something is hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hiding {
    /// Who hid it.
    pub by: AccountId,
    /// When.
    pub since: Moment,
    /// The officer who agreed to show it again, until a second one does.
    pub agreed_by: Option<AccountId>,
}

/// The municipalities that are hidden now.
pub fn all(conn: &mut DbConn) -> StorageResult<Vec<MunicipalityId>> {
    let ids: Vec<i64> = hidings::table.select(hidings::municipality_id).load(conn)?;
    Ok(ids.into_iter().map(MunicipalityId).collect())
}

/// Whether and since when a municipality is hidden.
pub fn of(conn: &mut DbConn, id: MunicipalityId) -> StorageResult<Option<Hiding>> {
    let row: Option<(i64, Moment, Option<i64>)> = hidings::table
        .find(id.0)
        .select((hidings::hidden_by, hidings::hidden_at, hidings::agreed_by))
        .get_result(conn)
        .optional()?;
    Ok(row.map(|(by, since, agreed)| Hiding {
        by: AccountId(by),
        since,
        agreed_by: agreed.map(AccountId),
    }))
}

fn record(
    conn: &mut DbConn,
    id: MunicipalityId,
    action: &'static str,
    by: AccountId,
    at: Moment,
) -> StorageResult<()> {
    events::record(
        conn,
        &NewEvent {
            subject: Subject::Municipality,
            subject_id: id.0,
            action,
            actor: Some(by.0),
            from: None,
            to: None,
            note: String::new(),
            at,
        },
    )
}

/// Hides everything of a municipality and ends the sessions of its members;
/// call inside a transaction. False when it was hidden already: then the
/// sessions end, and both officers have to agree anew.
pub fn hide(
    conn: &mut DbConn,
    id: MunicipalityId,
    by: AccountId,
    at: Moment,
) -> StorageResult<bool> {
    // Whoever takes the next version goes alone from here on.
    let version = version::next_version(conn)?;
    let members: Vec<i64> = memberships::table
        .filter(memberships::municipality_id.eq(id.0))
        .filter(memberships::state.eq(MemberState::Active.as_str()))
        .select(memberships::account_id)
        .load(conn)?;
    diesel::delete(sessions::table.filter(sessions::account_id.eq_any(members))).execute(conn)?;
    if let Some(hiding) = of(conn, id)? {
        // Whoever hides it again wants it hidden: agreeing begins anew.
        if hiding.agreed_by.is_some() {
            diesel::update(hidings::table.find(id.0))
                .set(hidings::agreed_by.eq(None::<i64>))
                .execute(conn)?;
            record(conn, id, "hidden", by, at)?;
        }
        return Ok(false);
    }
    diesel::insert_into(hidings::table)
        .values((
            hidings::municipality_id.eq(id.0),
            hidings::hidden_by.eq(by.0),
            hidings::hidden_at.eq(at),
        ))
        .execute(conn)?;
    version::touch_quietly(conn, id, version)?;
    record(conn, id, "hidden", by, at)?;
    Ok(true)
}

/// Whether an account looks after a municipality.
fn oversees(conn: &mut DbConn, account: AccountId, id: MunicipalityId) -> StorageResult<bool> {
    let code: String =
        municipalities::table.find(id.0).select(municipalities::country).get_result(conn)?;
    let country: Option<Country> = code.parse().ok();
    let account = accounts::load(conn, account)?;
    Ok(country.is_some_and(|country| account.oversees(country)))
}

/// An officer agrees to show a municipality again; the second one does it.
/// Returns whether it is shown now. Call inside a transaction.
///
/// # Errors
/// [`StorageError::Stale`] when it is not hidden, or the officer has agreed
/// already.
pub fn agree(
    conn: &mut DbConn,
    id: MunicipalityId,
    by: AccountId,
    at: Moment,
) -> StorageResult<bool> {
    let version = version::next_version(conn)?;
    let hiding = of(conn, id)?.ok_or(StorageError::Stale)?;
    // Who agreed first has to look after it still.
    let first = match hiding.agreed_by {
        Some(first) => {
            let held = accounts::hold(conn, first)? == AccountState::Active;
            let still = first == by || oversees(conn, first, id)?;
            Some(first).filter(|_| held).filter(|_| still)
        }
        None => None,
    };
    match first {
        Some(first) if first == by => Err(StorageError::Stale),
        Some(_) => {
            diesel::delete(hidings::table.find(id.0)).execute(conn)?;
            version::touch_quietly(conn, id, version)?;
            record(conn, id, "shown-again", by, at)?;
            Ok(true)
        }
        None => {
            diesel::update(hidings::table.find(id.0))
                .set(hidings::agreed_by.eq(by.0))
                .execute(conn)?;
            record(conn, id, "showing-agreed", by, at)?;
            Ok(false)
        }
    }
}
