//! Putting two entries of the directory together.

use std::collections::HashSet;

use diesel::prelude::*;

use super::connection::DbConn;
use super::error::{StorageError, StorageResult};
use super::schema::{entries, memberships, municipalities};
use super::version::{next_version, touch};
use super::{events, ties};
use crate::domain::account::AccountId;
use crate::domain::event::{NewEvent, Subject};
use crate::domain::municipality::{MunicipalityId, Status};
use crate::domain::time::Moment;

/// Puts a listed place together with the municipality it belongs to: its
/// address, codes and names lead there from now on. Call inside a transaction.
///
/// # Errors
/// [`StorageError::Conflict`] when it is more than listed: somebody speaks or
/// wants to speak for it, it states something, has ties, or was put together
/// with another already.
pub fn merge(
    conn: &mut DbConn,
    place: MunicipalityId,
    owner: MunicipalityId,
    by: AccountId,
    at: Moment,
) -> StorageResult<()> {
    let version = next_version(conn)?;
    let free = municipalities::table
        .find(place.0)
        .filter(municipalities::status.eq(Status::Listed.as_str()))
        .filter(municipalities::merged_into.is_null());
    let slug: Option<String> = free.select(municipalities::slug).get_result(conn).optional()?;
    let slug = slug.ok_or(StorageError::Conflict)?;
    if in_use(conn)?.contains(&place.0) || place == owner {
        return Err(StorageError::Conflict);
    }
    diesel::update(municipalities::table.find(place.0))
        .set((
            municipalities::merged_into.eq(owner.0),
            municipalities::changed_in.eq(version),
            municipalities::version.eq(municipalities::version + 1),
        ))
        .execute(conn)?;
    touch(conn, owner, version)?;
    events::record(
        conn,
        &NewEvent {
            subject: Subject::Municipality,
            subject_id: owner.0,
            action: "place-joined",
            actor: Some(by.0),
            from: None,
            to: Some(slug),
            note: String::new(),
            at,
        },
    )
}

/// Entries that are more than listed places: somebody has joined them or wants
/// to, they state something, or have ties. What the shipped files say of them
/// does not take them away.
pub(super) fn in_use(conn: &mut DbConn) -> StorageResult<HashSet<i64>> {
    let mut used: HashSet<i64> = entries::table
        .select(entries::municipality_id)
        .distinct()
        .load(conn)?
        .into_iter()
        .collect();
    let joined: Vec<i64> = municipalities::table
        .filter(municipalities::status.ne(Status::Listed.as_str()))
        .select(municipalities::id)
        .load(conn)?;
    used.extend(joined);
    let members: Vec<i64> =
        memberships::table.select(memberships::municipality_id).distinct().load(conn)?;
    used.extend(members);
    used.extend(super::claims::claimed(conn)?);
    for tie in ties::all(conn)? {
        used.extend([tie.a, tie.b].iter().filter_map(|p| p.municipality()).map(|id| id.0));
    }
    Ok(used)
}
