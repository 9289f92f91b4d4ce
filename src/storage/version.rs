//! The version of the directory: what a change takes, and every process asks
//! for.

use diesel::prelude::*;

use super::connection::DbConn;
use super::error::StorageResult;
use super::schema::{directory_state, municipalities};
use crate::domain::municipality::MunicipalityId;

/// The version of the directory and the fingerprint of the shipped files
/// last taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Grows by one with every change.
    pub version: i64,
    /// Fingerprint of the shipped directory; empty when none was loaded.
    pub shipped: String,
}

/// Reads the state: one row, cheap enough to ask several times a second.
pub fn state(conn: &mut DbConn) -> StorageResult<State> {
    let (version, shipped) = directory_state::table
        .select((directory_state::version, directory_state::shipped))
        .get_result(conn)?;
    Ok(State { version, shipped })
}

/// Takes the next version number for a change; call inside the transaction
/// of the change. The update locks the row, so versions are in the order of
/// commits on PostgreSQL too.
pub fn next_version(conn: &mut DbConn) -> StorageResult<i64> {
    Ok(diesel::update(directory_state::table)
        .set(directory_state::version.eq(directory_state::version + 1))
        .returning(directory_state::version)
        .get_result(conn)?)
}

/// Notes that a municipality changed in this version, so that every process
/// reads it again; call inside the transaction of the change.
pub fn touch(conn: &mut DbConn, id: MunicipalityId, version: i64) -> StorageResult<()> {
    diesel::update(municipalities::table.filter(municipalities::id.eq(id.0)))
        .set((
            municipalities::changed_in.eq(version),
            municipalities::shown_in.eq(version),
            municipalities::version.eq(municipalities::version + 1),
        ))
        .execute(conn)?;
    Ok(())
}

/// The same for a change that not everybody may know of: it does not show in
/// the order of public lists.
pub(super) fn touch_quietly(
    conn: &mut DbConn,
    id: MunicipalityId,
    version: i64,
) -> StorageResult<()> {
    diesel::update(municipalities::table.filter(municipalities::id.eq(id.0)))
        .set((
            municipalities::changed_in.eq(version),
            municipalities::version.eq(municipalities::version + 1),
        ))
        .execute(conn)?;
    Ok(())
}
