//! Facts of municipalities: figures by their origin, states of a territory.

use std::collections::HashMap;

use diesel::prelude::*;

use super::connection::DbConn;
use super::error::{StorageError, StorageResult};
use super::events;
use super::municipalities::{FactRow, POPULATION, put_fact};
use super::schema::{facts, municipalities};
use crate::domain::curation::ControlFact;
use crate::domain::event::{NewEvent, Subject};
use crate::domain::fact::{Origin, Population};
use crate::domain::municipality::{Control, MunicipalityId, PastOccupation, Status};
use crate::domain::time::{Moment, PartialDate};

/// Notes that a municipality changed, and where the change came from; call
/// inside the transaction of the change.
pub fn record_change(
    conn: &mut DbConn,
    id: i64,
    action: &'static str,
    source: &str,
    at: Moment,
) -> StorageResult<()> {
    events::record(
        conn,
        &NewEvent {
            subject: Subject::Municipality,
            subject_id: id,
            action,
            actor: None,
            from: None,
            to: None,
            note: source.to_owned(),
            at,
        },
    )
}

/// Sets how far a municipality has come; call inside a transaction.
pub fn set_status(
    conn: &mut DbConn,
    id: MunicipalityId,
    status: Status,
    invented: bool,
) -> StorageResult<()> {
    let changed = diesel::update(municipalities::table.filter(municipalities::id.eq(id.0)))
        .set((municipalities::status.eq(status.as_str()), municipalities::invented.eq(invented)))
        .execute(conn)?;
    if changed == 1 { Ok(()) } else { Err(StorageError::NotFound) }
}

/// Every population figure of every municipality, by where it came from.
pub fn population_facts(
    conn: &mut DbConn,
) -> StorageResult<HashMap<MunicipalityId, Vec<(Origin, Population)>>> {
    let rows: Vec<FactRow> = facts::table.filter(facts::key.eq(POPULATION)).load(conn)?;
    let mut found: HashMap<MunicipalityId, Vec<(Origin, Population)>> = HashMap::new();
    for row in rows {
        let (id, origin) = (MunicipalityId(row.municipality_id), row.origin()?);
        found.entry(id).or_default().push((origin, row.into_population()));
    }
    Ok(found)
}

/// Writes what one origin says of a population; call inside a transaction.
pub fn put_population(
    conn: &mut DbConn,
    id: MunicipalityId,
    origin: Origin,
    figure: &Population,
) -> StorageResult<()> {
    put_fact(conn, &FactRow::population(id.0, origin, figure))
}

/// Sets who controls a territory, since when, by which source and by whose
/// word; call inside a transaction.
pub fn set_control(conn: &mut DbConn, id: MunicipalityId, said: &ControlFact) -> StorageResult<()> {
    let changed = diesel::update(municipalities::table.filter(municipalities::id.eq(id.0)))
        .set((
            municipalities::control.eq(said.control.as_str()),
            municipalities::control_since.eq(said.since.map_or(String::new(), |s| s.to_string())),
            municipalities::control_source.eq(&said.source),
            municipalities::control_origin.eq(said.origin.as_str()),
        ))
        .execute(conn)?;
    if changed == 1 { Ok(()) } else { Err(StorageError::NotFound) }
}

/// Notes that an occupation is over; call inside the transaction of the change.
pub fn set_occupied_until(
    conn: &mut DbConn,
    id: MunicipalityId,
    past: &PastOccupation,
) -> StorageResult<()> {
    diesel::update(municipalities::table.find(id.0))
        .set((
            municipalities::occupied_until.eq(past.until.to_string()),
            municipalities::occupied_until_source.eq(&past.source),
        ))
        .execute(conn)?;
    Ok(())
}

/// Who controls a territory, as it is stored.
pub fn control_of(conn: &mut DbConn, id: MunicipalityId) -> StorageResult<ControlFact> {
    let (control, since, source, origin): (String, String, String, String) = municipalities::table
        .find(id.0)
        .select((
            municipalities::control,
            municipalities::control_since,
            municipalities::control_source,
            municipalities::control_origin,
        ))
        .get_result(conn)?;
    let unreadable = |what: &str| StorageError::Unreadable(format!("{what} of a control"));
    Ok(ControlFact {
        control: Control::parse(&control).ok_or_else(|| unreadable("state"))?,
        since: PartialDate::parse(&since),
        source,
        origin: Origin::from_stored(&origin).ok_or_else(|| unreadable("origin"))?,
    })
}

/// What one origin says of a population, if it says anything.
pub fn population_by(
    conn: &mut DbConn,
    id: MunicipalityId,
    origin: Origin,
) -> StorageResult<Option<Population>> {
    let row: Option<FactRow> =
        facts::table.find((id.0, POPULATION, origin.as_str())).get_result(conn).optional()?;
    Ok(row.map(FactRow::into_population))
}

/// Takes back what one origin said of a population; call inside a
/// transaction.
pub fn remove_population(
    conn: &mut DbConn,
    id: MunicipalityId,
    origin: Origin,
) -> StorageResult<()> {
    diesel::delete(facts::table.find((id.0, POPULATION, origin.as_str()))).execute(conn)?;
    Ok(())
}
