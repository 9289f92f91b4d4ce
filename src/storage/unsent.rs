//! What people have written in forms and not sent yet, so that a power cut or
//! a closed browser loses nothing.

use diesel::prelude::*;

use super::connection::{DbConn, on_each};
use super::contacts;
use super::error::StorageResult;
use super::schema::unsent_forms;
use crate::domain::account::AccountId;
use crate::domain::time::Moment;

/// Keeps what somebody has written in the form that is sent to an address;
/// call inside a transaction.
pub fn keep(
    conn: &mut DbConn,
    account: AccountId,
    address: &str,
    body: &str,
    at: Moment,
) -> StorageResult<()> {
    on_each!(conn, |c| diesel::insert_into(unsent_forms::table)
        .values((
            unsent_forms::account_id.eq(account.0),
            unsent_forms::address.eq(address),
            unsent_forms::body.eq(body),
            unsent_forms::saved_at.eq(at),
        ))
        .on_conflict((unsent_forms::account_id, unsent_forms::address))
        .do_update()
        .set((unsent_forms::body.eq(body), unsent_forms::saved_at.eq(at)))
        .execute(c))?;
    Ok(())
}

/// How many forms somebody has begun.
pub fn count(conn: &mut DbConn, account: AccountId) -> StorageResult<i64> {
    let own = unsent_forms::table.filter(unsent_forms::account_id.eq(account.0));
    Ok(own.count().get_result(conn)?)
}

/// What somebody has written in the form that is sent to an address, and when
/// it was kept.
pub fn find(
    conn: &mut DbConn,
    account: AccountId,
    address: &str,
) -> StorageResult<Option<(String, Moment)>> {
    Ok(unsent_forms::table
        .find((account.0, address))
        .select((unsent_forms::body, unsent_forms::saved_at))
        .get_result(conn)
        .optional()?)
}

/// Forgets what was sent or is not wanted any more.
pub fn forget(conn: &mut DbConn, account: AccountId, address: &str) -> StorageResult<()> {
    diesel::delete(unsent_forms::table.find((account.0, address))).execute(conn)?;
    Ok(())
}

/// Forgets what was kept before a moment.
pub fn remove_before(conn: &mut DbConn, moment: Moment) -> StorageResult<usize> {
    Ok(diesel::delete(unsent_forms::table.filter(unsent_forms::saved_at.lt(moment)))
        .execute(conn)?)
}

/// Forgets the forms of anybody that hold one of these addresses of a person,
/// as they are looked up, or the name, where they are about a municipality that
/// the person spoke for; call inside a transaction.
pub(super) fn forget_person(
    conn: &mut DbConn,
    keys: &[String],
    (name, spoke_for): (&str, &[String]),
) -> StorageResult<()> {
    let rows: Vec<(i64, String, String)> = unsent_forms::table
        .select((unsent_forms::account_id, unsent_forms::address, unsent_forms::body))
        .load(conn)?;
    for (account, address, body) in rows {
        let fields: Vec<(String, String)> = serde_html_form::from_str(&body).unwrap_or_default();
        let theirs =
            spoke_for.iter().any(|slug| address.starts_with(&format!("/municipalities/{slug}/")));
        let is_about = fields.iter().any(|(_, value)| {
            let text = value.to_lowercase();
            keys.iter().any(|key| text.contains(key.as_str()))
                || (theirs && contacts::names(value, name))
        });
        if is_about {
            forget(conn, AccountId(account), &address)?;
        }
    }
    Ok(())
}
