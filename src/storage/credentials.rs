//! What accounts prove themselves by: passwords, second factors, recovery
//! codes; and ending the sessions they opened.

use diesel::prelude::*;

use super::accounts::record;
use super::connection::{DbConn, on_each};
use super::error::{StorageError, StorageResult};
use super::schema::{accounts, credentials, links, recovery_codes};
use super::sessions::end_sessions;
use crate::domain::account::{AccountId, AccountState};
use crate::domain::time::Moment;

/// What an account proves itself by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// Hash of the password; none until one is set.
    pub password_hash: Option<String>,
    /// Secret of the second factor; none where it is not set up.
    pub totp_secret: Option<String>,
    /// The last step a code was used for.
    pub totp_last_step: i64,
}

/// What an account proves itself by; none once erased.
pub fn credentials_of(conn: &mut DbConn, id: AccountId) -> StorageResult<Option<Credentials>> {
    let row: Option<(Option<String>, Option<String>, i64)> = credentials::table
        .find(id.0)
        .select((credentials::password_hash, credentials::totp_secret, credentials::totp_last_step))
        .get_result(conn)
        .optional()?;
    Ok(row.map(|(password_hash, totp_secret, totp_last_step)| Credentials {
        password_hash,
        totp_secret,
        totp_last_step,
    }))
}

/// Sets a password, ends every other session and every link of the account,
/// and makes an invited account an active one; call inside a transaction.
pub fn set_password(
    conn: &mut DbConn,
    id: AccountId,
    hash: &str,
    keep_session: Option<i64>,
    at: Moment,
) -> StorageResult<()> {
    let changed = diesel::update(credentials::table.find(id.0))
        .set(credentials::password_hash.eq(hash))
        .execute(conn)?;
    if changed != 1 {
        return Err(StorageError::NotFound);
    }
    diesel::delete(links::table.filter(links::account_id.eq(id.0))).execute(conn)?;
    end_sessions(conn, id, keep_session)?;
    let activated = diesel::update(accounts::table.find(id.0))
        .filter(accounts::state.eq(AccountState::Invited.as_str()))
        .set((
            accounts::state.eq(AccountState::Active.as_str()),
            accounts::version.eq(accounts::version + 1),
        ))
        .execute(conn)?;
    if activated == 1 {
        let (from, to) = (AccountState::Invited.as_str(), AccountState::Active.as_str());
        record(conn, id, "account-state", Some(id), Some(from), Some(to), at)?;
    }
    record(conn, id, "password-set", Some(id), None, None, at)
}

/// Replaces a stored hash by one of the same password with newer parameters.
pub fn rehash(conn: &mut DbConn, id: AccountId, old: &str, new: &str) -> StorageResult<()> {
    diesel::update(credentials::table.find(id.0))
        .filter(credentials::password_hash.eq(old))
        .set(credentials::password_hash.eq(new))
        .execute(conn)?;
    Ok(())
}

/// Notes that a code of this step was used. False when it was used already,
/// also by a request at the same moment: the condition is in the update.
pub fn use_totp_step(conn: &mut DbConn, id: AccountId, step: i64) -> StorageResult<bool> {
    let used = diesel::update(credentials::table.find(id.0))
        .filter(credentials::totp_last_step.lt(step))
        .set(credentials::totp_last_step.eq(step))
        .execute(conn)?;
    Ok(used == 1)
}

/// Sets up, or takes away, the second factor, with its recovery codes; ends
/// every other session. Call inside a transaction.
pub fn set_second_factor(
    conn: &mut DbConn,
    id: AccountId,
    factor: Option<(&str, i64, &[String])>,
    keep_session: Option<i64>,
    at: Moment,
) -> StorageResult<()> {
    let (secret, step, codes): (Option<&str>, i64, &[String]) = match factor {
        Some((secret, step, codes)) => (Some(secret), step, codes),
        None => (None, 0, &[]),
    };
    diesel::update(credentials::table.find(id.0))
        .set((credentials::totp_secret.eq(secret), credentials::totp_last_step.eq(step)))
        .execute(conn)?;
    set_recovery_codes(conn, id, codes)?;
    end_sessions(conn, id, keep_session)?;
    let action = if secret.is_some() { "second-factor-set" } else { "second-factor-removed" };
    record(conn, id, action, Some(id), None, None, at)
}

/// Replaces the recovery codes of an account by these hashes.
pub fn set_recovery_codes(
    conn: &mut DbConn,
    id: AccountId,
    hashes: &[String],
) -> StorageResult<()> {
    diesel::delete(recovery_codes::table.filter(recovery_codes::account_id.eq(id.0)))
        .execute(conn)?;
    let rows: Vec<_> = hashes
        .iter()
        .map(|hash| (recovery_codes::account_id.eq(id.0), recovery_codes::code_hash.eq(hash)))
        .collect();
    on_each!(conn, |c| diesel::insert_into(recovery_codes::table).values(&rows).execute(c))?;
    Ok(())
}

/// Uses a recovery code up. False when there is none such, or no more.
pub fn use_recovery_code(conn: &mut DbConn, id: AccountId, hash: &str) -> StorageResult<bool> {
    let used = diesel::delete(recovery_codes::table.find((id.0, hash))).execute(conn)?;
    Ok(used == 1)
}

/// How many recovery codes are left.
pub fn recovery_codes_left(conn: &mut DbConn, id: AccountId) -> StorageResult<i64> {
    Ok(recovery_codes::table
        .filter(recovery_codes::account_id.eq(id.0))
        .count()
        .get_result(conn)?)
}
