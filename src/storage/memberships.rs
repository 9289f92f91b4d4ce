//! Whom an account speaks for, as it is stored.

use diesel::prelude::*;

use super::accounts::hold;
use super::connection::DbConn;
use super::error::{StorageError, StorageResult};
use super::schema::memberships;
use crate::domain::account::{AccountId, AccountState, MemberState, Membership};
use crate::domain::event::{NewEvent, Subject};
use crate::domain::time::Moment;

/// Lets an account speak for a municipality, or changes what it may; call
/// inside a transaction.
///
/// # Errors
/// [`StorageError::Stale`] when the person was erased.
pub fn set_membership(
    conn: &mut DbConn,
    id: AccountId,
    membership: Membership,
    by: Option<AccountId>,
    at: Moment,
) -> StorageResult<()> {
    if hold(conn, id)? == AccountState::Erased && membership.state != MemberState::Ended {
        return Err(StorageError::Stale);
    }
    let wanted = (
        memberships::role.eq(membership.role.as_str()),
        memberships::state.eq(membership.state.as_str()),
        memberships::since.eq(at),
    );
    let changed = diesel::update(memberships::table)
        .filter(memberships::account_id.eq(id.0))
        .filter(memberships::municipality_id.eq(membership.municipality.0))
        .set((wanted, memberships::version.eq(memberships::version + 1)))
        .execute(conn)?;
    if changed == 0 {
        diesel::insert_into(memberships::table)
            .values((
                memberships::account_id.eq(id.0),
                memberships::municipality_id.eq(membership.municipality.0),
                memberships::role.eq(membership.role.as_str()),
                memberships::state.eq(membership.state.as_str()),
                memberships::since.eq(at),
                memberships::version.eq(1),
            ))
            .execute(conn)?;
    }
    if membership.state == MemberState::Ended {
        super::mails::take_back_news(conn, id, membership.municipality)?;
    }
    let to = format!("{} {}", membership.role.as_str(), membership.state.as_str());
    super::events::record(
        conn,
        &NewEvent {
            subject: Subject::Municipality,
            subject_id: membership.municipality.0,
            action: "membership",
            actor: by.map(|a| a.0),
            from: None,
            to: Some(to),
            note: id.0.to_string(),
            at,
        },
    )
}
