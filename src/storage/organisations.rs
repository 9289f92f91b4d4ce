//! Whom officers work for.

use diesel::prelude::*;

use super::connection::DbConn;
use super::error::{StorageError, StorageResult};
use super::schema::organisations;
use crate::domain::account::{Organisation, OrganisationId, OrganisationKind};
use crate::domain::country::Country;

type Row = (i64, String, String, String);

fn into_domain((id, kind, name, countries): Row) -> StorageResult<Organisation> {
    let unreadable = |what: &str| StorageError::Unreadable(format!("{what} of organisation {id}"));
    let parsed: Option<Vec<Country>> =
        countries.split_whitespace().map(|c| c.parse().ok()).collect();
    Ok(Organisation {
        id: OrganisationId(id),
        kind: OrganisationKind::parse(&kind).ok_or_else(|| unreadable("kind"))?,
        name,
        countries: parsed.ok_or_else(|| unreadable("countries"))?,
    })
}

/// All of them, by name as it is stored.
pub fn all(conn: &mut DbConn) -> StorageResult<Vec<Organisation>> {
    let rows: Vec<Row> = organisations::table.order(organisations::id).load(conn)?;
    rows.into_iter().map(into_domain).collect()
}

/// One of them.
///
/// # Errors
/// [`StorageError::NotFound`] when there is none.
pub fn load(conn: &mut DbConn, id: OrganisationId) -> StorageResult<Organisation> {
    into_domain(organisations::table.find(id.0).get_result(conn)?)
}

/// Adds one; call inside a transaction.
///
/// # Errors
/// [`StorageError::Conflict`] when there is one of this name.
pub fn add(
    conn: &mut DbConn,
    kind: OrganisationKind,
    name: &str,
    countries: &[Country],
) -> StorageResult<OrganisationId> {
    let same: i64 =
        organisations::table.filter(organisations::name.eq(name)).count().get_result(conn)?;
    if same > 0 {
        return Err(StorageError::Conflict);
    }
    let codes: Vec<&str> = countries.iter().map(|c| c.code()).collect();
    let id = diesel::insert_into(organisations::table)
        .values((
            organisations::kind.eq(kind.as_str()),
            organisations::name.eq(name),
            organisations::countries.eq(codes.join(" ")),
        ))
        .returning(organisations::id)
        .get_result(conn)?;
    Ok(OrganisationId(id))
}
