//! Who speaks for a municipality: inviting, accepting, handing over, leaving.

use diesel::prelude::*;

use super::connection::DbConn;
use super::error::{StorageError, StorageResult};
use super::memberships::set_membership;
use super::schema::{memberships, municipalities, people};
use super::{claims, sessions};
use crate::domain::account::{
    AccountId, MEMBERSHIP_INVITATION_DAYS, MemberRole, MemberState, Membership,
};
use crate::domain::municipality::MunicipalityId;
use crate::domain::time::Moment;

/// Somebody who speaks for a municipality, or was asked to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The number of the membership, which says nothing of the account.
    pub id: i64,
    /// The account.
    pub account: AccountId,
    /// The name of the person; empty once erased.
    pub name: String,
    /// Where letters reach them; empty once erased.
    pub email: String,
    /// With what right.
    pub role: MemberRole,
    /// Whether the right holds.
    pub state: MemberState,
    /// Since when it is so.
    pub since: Moment,
}

fn unreadable(what: &str, id: i64) -> StorageError {
    StorageError::Unreadable(format!("{what} of a member of municipality {id}"))
}

/// Everybody who speaks for a municipality or was asked to, in the order they
/// came.
pub fn of(conn: &mut DbConn, id: MunicipalityId) -> StorageResult<Vec<Member>> {
    let rows: Vec<(i64, i64, Option<String>, Option<String>, String, String, Moment)> =
        memberships::table
            .left_join(people::table.on(people::account_id.eq(memberships::account_id)))
            .filter(memberships::municipality_id.eq(id.0))
            .filter(memberships::state.ne(MemberState::Ended.as_str()))
            .order(memberships::id)
            .select((
                memberships::id,
                memberships::account_id,
                people::name.nullable(),
                people::email.nullable(),
                memberships::role,
                memberships::state,
                memberships::since,
            ))
            .load(conn)?;
    rows.into_iter()
        .map(|(membership, account, name, email, role, state, since)| {
            Ok(Member {
                id: membership,
                account: AccountId(account),
                name: name.unwrap_or_default(),
                email: email.unwrap_or_default(),
                role: MemberRole::parse(&role).ok_or_else(|| unreadable("role", id.0))?,
                state: MemberState::parse(&state).ok_or_else(|| unreadable("state", id.0))?,
                since,
            })
        })
        .collect()
}

/// The municipalities somebody speaks for.
pub fn municipalities(conn: &mut DbConn) -> StorageResult<Vec<MunicipalityId>> {
    let ids: Vec<i64> = memberships::table
        .filter(memberships::state.eq(MemberState::Active.as_str()))
        .select(memberships::municipality_id)
        .distinct()
        .order(memberships::municipality_id)
        .load(conn)?;
    Ok(ids.into_iter().map(MunicipalityId).collect())
}

/// Makes whoever changes the members of a municipality go alone, on either
/// database: the rules below look at all of them.
fn alone(conn: &mut DbConn, id: MunicipalityId) -> StorageResult<()> {
    let locked = diesel::update(municipalities::table.find(id.0))
        .set(municipalities::version.eq(municipalities::version + 1))
        .execute(conn)?;
    if locked == 1 { Ok(()) } else { Err(StorageError::NotFound) }
}

fn find(
    conn: &mut DbConn,
    id: MunicipalityId,
    account: AccountId,
) -> StorageResult<Option<Member>> {
    Ok(of(conn, id)?.into_iter().find(|m| m.account == account))
}

/// Asks somebody to speak for a municipality; call inside a transaction.
///
/// # Errors
/// [`StorageError::Conflict`] when the account does already, or was asked and
/// can still say yes.
pub fn invite(
    conn: &mut DbConn,
    id: MunicipalityId,
    account: AccountId,
    role: MemberRole,
    by: AccountId,
    at: Moment,
) -> StorageResult<()> {
    alone(conn, id)?;
    if let Some(member) = find(conn, id, account)?
        && (member.state == MemberState::Active || is_open(&member, at))
    {
        return Err(StorageError::Conflict);
    }
    let asked = Membership { municipality: id, role, state: MemberState::Invited };
    set_membership(conn, account, asked, Some(by), at)
}

/// Whether somebody who was asked can still say yes.
fn is_open(member: &Member, now: Moment) -> bool {
    member.state == MemberState::Invited
        && (now - member.since).num_days() < MEMBERSHIP_INVITATION_DAYS
}

/// The municipalities an account was asked to speak for and can still say yes
/// to.
pub fn invitations(
    conn: &mut DbConn,
    account: AccountId,
    now: Moment,
) -> StorageResult<Vec<MunicipalityId>> {
    let ids: Vec<i64> = memberships::table
        .filter(memberships::account_id.eq(account.0))
        .filter(memberships::state.eq(MemberState::Invited.as_str()))
        .filter(memberships::since.gt(now - chrono::Duration::days(MEMBERSHIP_INVITATION_DAYS)))
        .order(memberships::id)
        .select(memberships::municipality_id)
        .load(conn)?;
    Ok(ids.into_iter().map(MunicipalityId).collect())
}

/// Somebody who was asked says yes or no; call inside a transaction.
///
/// # Errors
/// [`StorageError::Stale`] when they were not asked, or too long ago.
pub fn answer(
    conn: &mut DbConn,
    id: MunicipalityId,
    account: AccountId,
    yes: bool,
    at: Moment,
) -> StorageResult<()> {
    alone(conn, id)?;
    let member = find(conn, id, account)?.filter(|m| is_open(m, at)).ok_or(StorageError::Stale)?;
    let state = if yes { MemberState::Active } else { MemberState::Ended };
    let said = Membership { municipality: id, role: member.role, state };
    set_membership(conn, account, said, Some(account), at)?;
    // Whoever speaks for it claims it no longer.
    match claims::open_of(conn, account, id)?.filter(|_| yes) {
        Some(claim) => claims::withdraw(conn, claim, account, at),
        None => Ok(()),
    }
}

/// Changes what a member may do, or ends it; call inside a transaction.
///
/// # Errors
/// [`StorageError::NotFound`] when the account is no member,
/// [`StorageError::Conflict`] when nobody would be left who signs and `forced`
/// does not allow that.
pub fn set(
    conn: &mut DbConn,
    id: MunicipalityId,
    account: AccountId,
    new: (MemberRole, MemberState),
    (by, forced): (AccountId, bool),
    at: Moment,
) -> StorageResult<()> {
    alone(conn, id)?;
    let members = of(conn, id)?;
    let member =
        members.iter().find(|m| m.account == account).ok_or(StorageError::NotFound)?.clone();
    let signs = |m: &Member| m.state == MemberState::Active && m.role == MemberRole::Signatory;
    let still_signs = new == (MemberRole::Signatory, MemberState::Active);
    let others = members.iter().any(|m| m.account != account && signs(m));
    if signs(&member) && !still_signs && !others && !forced {
        return Err(StorageError::Conflict);
    }
    let said = Membership { municipality: id, role: new.0, state: new.1 };
    set_membership(conn, account, said, Some(by), at)?;
    // An invitation gives no right that a session could still use.
    if new.1 == MemberState::Ended && member.state == MemberState::Active {
        sessions::end_sessions(conn, account, None)?;
    }
    Ok(())
}

/// Ends whatever an account speaks for; call inside a transaction.
pub(super) fn end_all(conn: &mut DbConn, account: AccountId, at: Moment) -> StorageResult<()> {
    let rows: Vec<i64> = memberships::table
        .filter(memberships::account_id.eq(account.0))
        .filter(memberships::state.ne(MemberState::Ended.as_str()))
        .select(memberships::municipality_id)
        .load(conn)?;
    for id in rows {
        let id = MunicipalityId(id);
        let Some(member) = find(conn, id, account)? else { continue };
        let over = Membership { municipality: id, role: member.role, state: MemberState::Ended };
        set_membership(conn, account, over, Some(account), at)?;
    }
    claims::withdraw_all(conn, account, at)
}
