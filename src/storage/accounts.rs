//! Accounts, the people behind them, what they prove themselves by, and whom
//! they speak for.

use std::collections::HashMap;

use diesel::prelude::*;

use super::connection::{DbConn, on_each};
use super::error::{StorageError, StorageResult};
use super::schema::{accounts, credentials, links, memberships, people, sessions};
use super::sessions::end_sessions;
use crate::domain::account::{
    Account, AccountId, AccountState, MemberRole, MemberState, Membership, Office, OrganisationId,
    Person, email_key,
};
use crate::domain::country::Country;
use crate::domain::event::{NewEvent, Subject};
use crate::domain::municipality::MunicipalityId;
use crate::domain::time::Moment;

#[derive(Queryable)]
struct AccountRow {
    id: i64,
    state: String,
    office: String,
    organisation_id: Option<i64>,
    _created_at: Moment,
    _version: i64,
}

fn unreadable(what: &str, id: i64) -> StorageError {
    StorageError::Unreadable(format!("{what} of account {id}"))
}

impl AccountRow {
    fn into_domain(
        self,
        second_factor: bool,
        countries: Vec<Country>,
        memberships: Vec<Membership>,
    ) -> StorageResult<Account> {
        Ok(Account {
            id: AccountId(self.id),
            state: AccountState::parse(&self.state).ok_or_else(|| unreadable("state", self.id))?,
            office: Office::parse(&self.office).ok_or_else(|| unreadable("office", self.id))?,
            organisation: self.organisation_id.map(OrganisationId),
            countries,
            second_factor,
            memberships,
        })
    }
}

/// Makes an account for somebody who has not set a password yet; call inside
/// a transaction.
///
/// # Errors
/// [`StorageError::Conflict`] when somebody has the address already.
pub fn create(
    conn: &mut DbConn,
    person: &Person,
    office: Office,
    by: Option<AccountId>,
    at: Moment,
) -> StorageResult<AccountId> {
    let key = email_key(&person.email)
        .ok_or_else(|| StorageError::Unreadable("an address of no form".to_owned()))?;
    // Asked first: after a violation PostgreSQL would refuse whatever follows
    // in the transaction. The unique key still decides a race.
    if by_email(conn, &key)?.is_some() {
        return Err(StorageError::Conflict);
    }
    let id: i64 = diesel::insert_into(accounts::table)
        .values((
            accounts::state.eq(AccountState::Invited.as_str()),
            accounts::office.eq(office.as_str()),
            accounts::created_at.eq(at),
            accounts::version.eq(1),
        ))
        .returning(accounts::id)
        .get_result(conn)?;
    diesel::insert_into(people::table)
        .values((
            people::account_id.eq(id),
            people::name.eq(&person.name),
            people::email.eq(&person.email),
            people::email_key.eq(key),
            people::language.eq(&person.language),
        ))
        .execute(conn)?;
    diesel::insert_into(credentials::table)
        .values((credentials::account_id.eq(id), credentials::totp_last_step.eq(0)))
        .execute(conn)?;
    let to = Some(office.as_str()).filter(|_| office != Office::None);
    record(conn, AccountId(id), "account-created", by, None, to, at)?;
    Ok(AccountId(id))
}

/// Writes an event about an account; call inside the transaction of the
/// change. Words only, never who the person is.
pub fn record(
    conn: &mut DbConn,
    id: AccountId,
    action: &'static str,
    by: Option<AccountId>,
    from: Option<&str>,
    to: Option<&str>,
    at: Moment,
) -> StorageResult<()> {
    super::events::record(
        conn,
        &NewEvent {
            subject: Subject::Account,
            subject_id: id.0,
            action,
            actor: by.map(|a| a.0),
            from: from.map(str::to_owned),
            to: to.map(str::to_owned),
            note: String::new(),
            at,
        },
    )
}

/// The account whose person has this address, as [`email_key`] writes it.
pub fn by_email(conn: &mut DbConn, key: &str) -> StorageResult<Option<AccountId>> {
    let found = people::table
        .filter(people::email_key.eq(key))
        .select(people::account_id)
        .get_result(conn)
        .optional()?;
    Ok(found.map(AccountId))
}

/// An account with its rights.
///
/// # Errors
/// [`StorageError::NotFound`] when there is none.
pub fn load(conn: &mut DbConn, id: AccountId) -> StorageResult<Account> {
    let with_secret = accounts::table
        .left_join(credentials::table.on(credentials::account_id.eq(accounts::id)))
        .filter(accounts::id.eq(id.0))
        .select((accounts::all_columns, credentials::totp_secret.nullable()));
    let own = memberships::table
        .filter(memberships::account_id.eq(id.0))
        .order(memberships::id)
        .select((memberships::municipality_id, memberships::role, memberships::state));
    // Asked with every request, as `sessions::find`.
    let (row, secret): (AccountRow, Option<String>) =
        on_each!(conn, |c| with_secret.get_result(c))?;
    let rows: Vec<(i64, String, String)> = on_each!(conn, |c| own.load(c))?;
    let memberships = rows
        .into_iter()
        .map(|(municipality, role, state)| {
            Ok(Membership {
                municipality: MunicipalityId(municipality),
                role: MemberRole::parse(&role).ok_or_else(|| unreadable("a role", id.0))?,
                state: MemberState::parse(&state)
                    .ok_or_else(|| unreadable("state of a membership", id.0))?,
            })
        })
        .collect::<StorageResult<Vec<Membership>>>()?;
    let countries = match row.organisation_id {
        Some(organisation) => {
            super::organisations::load(conn, OrganisationId(organisation))?.countries
        }
        None => Vec::new(),
    };
    row.into_domain(secret.is_some(), countries, memberships)
}

/// Takes the row of an account until the transaction ends, so that nobody
/// closes or erases it meanwhile, and tells its state. On SQLite a
/// transaction is alone in any case.
///
/// # Errors
/// [`StorageError::NotFound`] when there is none.
pub fn hold(conn: &mut DbConn, id: AccountId) -> StorageResult<AccountState> {
    let row = accounts::table.find(id.0).select(accounts::state);
    let state: String = match conn {
        DbConn::Postgres(c) => row.for_no_key_update().get_result(c)?,
        DbConn::Sqlite(c) => row.get_result(c)?,
    };
    AccountState::parse(&state).ok_or_else(|| unreadable("state", id.0))
}

/// The account behind a session as it is now, held until the transaction ends:
/// what somebody was let in with may be over by the time they write.
///
/// # Errors
/// [`StorageError::NotFound`] when the session has ended or the account is
/// closed.
pub fn acting(conn: &mut DbConn, session: i64, id: AccountId) -> StorageResult<Account> {
    let state = hold(conn, id)?;
    let own = sessions::table.find(session).filter(sessions::account_id.eq(id.0)).count();
    let lasts: i64 = on_each!(conn, |c| own.get_result(c))?;
    if state != AccountState::Active || lasts != 1 {
        return Err(StorageError::NotFound);
    }
    load(conn, id)
}

/// The person behind an account; none once erased.
pub fn person(conn: &mut DbConn, id: AccountId) -> StorageResult<Option<Person>> {
    let row: Option<(String, String, String)> = people::table
        .find(id.0)
        .select((people::name, people::email, people::language))
        .get_result(conn)
        .optional()?;
    Ok(row.map(|(name, email, language)| Person { name, email, language }))
}

/// The names of some people, for pages that show who did what.
pub fn names(conn: &mut DbConn, ids: &[AccountId]) -> StorageResult<HashMap<AccountId, String>> {
    let mut found = HashMap::new();
    for chunk in ids.chunks(1_000) {
        let wanted: Vec<i64> = chunk.iter().map(|id| id.0).collect();
        let rows: Vec<(i64, String)> = people::table
            .filter(people::account_id.eq_any(wanted))
            .select((people::account_id, people::name))
            .load(conn)?;
        found.extend(rows.into_iter().map(|(id, name)| (AccountId(id), name)));
    }
    Ok(found)
}

/// The addresses a person has and had, as [`email_key`] writes them.
pub fn all_keys(conn: &mut DbConn, id: AccountId) -> StorageResult<Vec<String>> {
    let row: Option<(String, String)> = people::table
        .find(id.0)
        .select((people::email_key, people::former_keys))
        .get_result(conn)
        .optional()?;
    let (present, former) = row.unwrap_or_default();
    let mut keys: Vec<String> = former.split_whitespace().map(str::to_owned).collect();
    keys.push(present);
    keys.retain(|key| !key.is_empty());
    keys.sort_unstable();
    keys.dedup();
    Ok(keys)
}

/// Changes how a person is called and in which language.
pub fn set_person(
    conn: &mut DbConn,
    id: AccountId,
    name: &str,
    language: &str,
) -> StorageResult<()> {
    let changed = diesel::update(people::table.find(id.0))
        .set((people::name.eq(name), people::language.eq(language)))
        .execute(conn)?;
    if changed == 1 { Ok(()) } else { Err(StorageError::NotFound) }
}

/// Gives a person another address, which a letter there has proven, and ends
/// every session and every link, for those are in letters to the old one; call
/// inside a transaction.
///
/// # Errors
/// [`StorageError::Conflict`] when somebody else has the address.
pub fn set_email(conn: &mut DbConn, id: AccountId, email: &str, at: Moment) -> StorageResult<()> {
    let key = email_key(email)
        .ok_or_else(|| StorageError::Unreadable("an address of no form".to_owned()))?;
    if by_email(conn, &key)?.is_some_and(|other| other != id) {
        return Err(StorageError::Conflict);
    }
    let keys = all_keys(conn, id)?;
    diesel::update(people::table.find(id.0))
        .set((
            people::email.eq(email),
            people::email_key.eq(key),
            people::former_keys.eq(keys.join(" ")),
            // Whoever reads the old mailbox stops no letters to the new one.
            people::letters_key.eq(""),
        ))
        .execute(conn)?;
    diesel::delete(links::table.filter(links::account_id.eq(id.0))).execute(conn)?;
    end_sessions(conn, id, None)?;
    record(conn, id, "address-changed", Some(id), None, None, at)
}

/// An account as admins see it, with the person behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its number.
    pub id: AccountId,
    /// How far it has come.
    pub state: AccountState,
    /// What it does for the platform.
    pub office: Office,
    /// The person.
    pub person: Person,
}

/// The accounts that have a person behind them, those with an office first,
/// then the latest; at most `most`.
pub fn known(conn: &mut DbConn, most: i64) -> StorageResult<Vec<Known>> {
    let rows: Vec<(i64, String, String, String, String, String)> = accounts::table
        .inner_join(people::table.on(people::account_id.eq(accounts::id)))
        .order((accounts::office.eq(Office::None.as_str()), accounts::id.desc()))
        .limit(most)
        .select((
            accounts::id,
            accounts::state,
            accounts::office,
            people::name,
            people::email,
            people::language,
        ))
        .load(conn)?;
    rows.into_iter()
        .map(|(id, state, office, name, email, language)| {
            Ok(Known {
                id: AccountId(id),
                state: AccountState::parse(&state).ok_or_else(|| unreadable("state", id))?,
                office: Office::parse(&office).ok_or_else(|| unreadable("office", id))?,
                person: Person { name, email, language },
            })
        })
        .collect()
}

/// The accounts in use that hold an office.
pub fn officers(conn: &mut DbConn) -> StorageResult<Vec<AccountId>> {
    let ids: Vec<i64> = accounts::table
        .filter(accounts::state.eq(AccountState::Active.as_str()))
        .filter(accounts::office.ne(Office::None.as_str()))
        .order(accounts::id)
        .select(accounts::id)
        .load(conn)?;
    Ok(ids.into_iter().map(AccountId).collect())
}

/// Makes sure that somebody else administers the platform if this account
/// does, and that whoever asks this at the same moment waits.
///
/// # Errors
/// [`StorageError::Conflict`] when nobody else does.
pub(super) fn others_administer(conn: &mut DbConn, id: AccountId) -> StorageResult<()> {
    let admins = accounts::table
        .filter(accounts::office.eq(Office::Admin.as_str()))
        .filter(accounts::state.eq(AccountState::Active.as_str()));
    let ids: Vec<i64> = diesel::update(admins)
        .set(accounts::version.eq(accounts::version + 1))
        .returning(accounts::id)
        .get_results(conn)?;
    let alone = ids.contains(&id.0) && ids.len() == 1;
    if alone { Err(StorageError::Conflict) } else { Ok(()) }
}

/// Sets how far an account has come, and ends its sessions; call inside a
/// transaction.
///
/// # Errors
/// [`StorageError::Conflict`] for the last admin.
pub fn set_state(
    conn: &mut DbConn,
    id: AccountId,
    state: AccountState,
    by: AccountId,
    at: Moment,
) -> StorageResult<()> {
    let before = load(conn, id)?.state;
    if state != AccountState::Active {
        others_administer(conn, id)?;
    }
    diesel::update(accounts::table.find(id.0))
        .set((accounts::state.eq(state.as_str()), accounts::version.eq(accounts::version + 1)))
        .execute(conn)?;
    end_sessions(conn, id, None)?;
    let (from, to) = (before.as_str(), state.as_str());
    record(conn, id, "account-state", Some(by), Some(from), Some(to), at)
}

/// Sets what an account does for the platform and for whom, and ends its
/// sessions; call inside a transaction.
///
/// # Errors
/// [`StorageError::Conflict`] for the last admin.
pub fn set_office(
    conn: &mut DbConn,
    id: AccountId,
    office: Office,
    organisation: Option<OrganisationId>,
    by: AccountId,
    at: Moment,
) -> StorageResult<()> {
    let before = load(conn, id)?;
    if office != Office::Admin {
        others_administer(conn, id)?;
    }
    diesel::update(accounts::table.find(id.0))
        .set((
            accounts::office.eq(office.as_str()),
            accounts::organisation_id.eq(organisation.map(|o| o.0)),
            accounts::version.eq(accounts::version + 1),
        ))
        .execute(conn)?;
    end_sessions(conn, id, None)?;
    let words = |office: Office, organisation: Option<OrganisationId>| {
        organisation.map_or(office.as_str().to_owned(), |o| format!("{} {}", office.as_str(), o.0))
    };
    let (from, to) = (words(before.office, before.organisation), words(office, organisation));
    record(conn, id, "office-set", Some(by), Some(&from), Some(&to), at)
}
