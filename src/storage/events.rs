//! The log of what happened: rows are added, never changed.

use diesel::prelude::*;

use super::connection::DbConn;
use super::error::StorageResult;
use super::schema::events;
use crate::domain::event::{NewEvent, Subject};
use crate::domain::time::Moment;

/// Writes one event; call it inside the transaction of the change itself.
pub fn record(conn: &mut DbConn, event: &NewEvent) -> StorageResult<()> {
    diesel::insert_into(events::table)
        .values((
            events::subject.eq(event.subject.as_str()),
            events::subject_id.eq(event.subject_id),
            events::action.eq(event.action),
            events::actor.eq(event.actor),
            events::from_value.eq(&event.from),
            events::to_value.eq(&event.to),
            events::note.eq(&event.note),
            events::at.eq(event.at),
        ))
        .execute(conn)?;
    Ok(())
}

/// A stored event.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct StoredEvent {
    /// Its number; later events have higher ones.
    pub id: i64,
    /// What kind of thing changed.
    pub subject: String,
    /// Its id.
    pub subject_id: i64,
    /// What was done.
    pub action: String,
    /// Who did it; none for the program itself.
    pub actor: Option<i64>,
    /// State or value before.
    pub from: Option<String>,
    /// State or value after.
    pub to: Option<String>,
    /// Why, or where from.
    pub note: String,
    /// When, in UTC.
    pub at: Moment,
}

/// Everything that happened to one thing, oldest first.
pub fn of(conn: &mut DbConn, subject: Subject, id: i64) -> StorageResult<Vec<StoredEvent>> {
    Ok(events::table
        .filter(events::subject.eq(subject.as_str()).and(events::subject_id.eq(id)))
        .order(events::id)
        .load(conn)?)
}
