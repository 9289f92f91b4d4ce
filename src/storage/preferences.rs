//! Which letters people want, and the key by which they stop them without
//! signing in.

use diesel::prelude::*;

use super::connection::DbConn;
use super::error::StorageResult;
use super::schema::{people, unwanted_letters};
use crate::domain::account::AccountId;

/// The topics an account wants no letters about.
pub fn unwanted(conn: &mut DbConn, id: AccountId) -> StorageResult<Vec<String>> {
    Ok(unwanted_letters::table
        .filter(unwanted_letters::account_id.eq(id.0))
        .select(unwanted_letters::topic)
        .load(conn)?)
}

/// Sets whether an account wants letters about a topic; call inside a
/// transaction.
pub fn set(conn: &mut DbConn, id: AccountId, topic: &str, wanted: bool) -> StorageResult<()> {
    diesel::delete(unwanted_letters::table.find((id.0, topic))).execute(conn)?;
    if !wanted {
        diesel::insert_into(unwanted_letters::table)
            .values((unwanted_letters::account_id.eq(id.0), unwanted_letters::topic.eq(topic)))
            .execute(conn)?;
    }
    Ok(())
}

/// The key of an account's letters: `fresh` becomes it where there is none
/// yet.
pub fn letters_key(conn: &mut DbConn, id: AccountId, fresh: &str) -> StorageResult<String> {
    diesel::update(people::table.find(id.0))
        .filter(people::letters_key.eq(""))
        .set(people::letters_key.eq(fresh))
        .execute(conn)?;
    Ok(people::table.find(id.0).select(people::letters_key).get_result(conn)?)
}

/// The account whose letters have a key.
pub fn by_letters_key(conn: &mut DbConn, key: &str) -> StorageResult<Option<AccountId>> {
    if key.is_empty() {
        return Ok(None);
    }
    let found: Option<i64> = people::table
        .filter(people::letters_key.eq(key))
        .select(people::account_id)
        .get_result(conn)
        .optional()?;
    Ok(found.map(AccountId))
}
