//! The log of what happened: rows are added, never changed.

use diesel::prelude::*;

use super::connection::DbConn;
use super::error::{StorageError, StorageResult};
use super::schema::{claims, events, municipalities};
use crate::domain::country::Country;
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

/// One event.
///
/// # Errors
/// [`StorageError::NotFound`] when there is none.
pub fn load(conn: &mut DbConn, id: i64) -> StorageResult<StoredEvent> {
    events::table.find(id).get_result(conn).map_err(StorageError::from)
}

/// Which events are wanted; nothing in it leaves them all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// What kind of thing changed.
    pub subject: Option<Subject>,
    /// Its id.
    pub subject_id: Option<i64>,
    /// What was done.
    pub action: Option<String>,
    /// Who did it.
    pub actor: Option<i64>,
    /// Not before this moment.
    pub from: Option<Moment>,
    /// Before this moment.
    pub until: Option<Moment>,
    /// In these countries only: events of their municipalities and of claims
    /// of those. Everywhere when none are named.
    pub within: Vec<Country>,
    /// Only events with a lower number: those after the last one of a page.
    pub before: Option<i64>,
}

/// The wanted events, the latest first.
pub fn search(conn: &mut DbConn, wanted: &Wanted, most: i64) -> StorageResult<Vec<StoredEvent>> {
    let mut query = events::table.order(events::id.desc()).limit(most).into_boxed();
    if let Some(subject) = wanted.subject {
        query = query.filter(events::subject.eq(subject.as_str()));
    }
    if let Some(id) = wanted.subject_id {
        query = query.filter(events::subject_id.eq(id));
    }
    if let Some(action) = &wanted.action {
        query = query.filter(events::action.eq(action.clone()));
    }
    if let Some(actor) = wanted.actor {
        query = query.filter(events::actor.eq(actor));
    }
    if let Some(from) = wanted.from {
        query = query.filter(events::at.ge(from));
    }
    if let Some(until) = wanted.until {
        query = query.filter(events::at.lt(until));
    }
    if !wanted.within.is_empty() {
        let codes: Vec<String> = wanted.within.iter().map(|c| c.code().to_owned()).collect();
        let there = municipalities::country.eq_any(codes.clone());
        let of_municipality = events::subject.eq(Subject::Municipality.as_str()).and(
            events::subject_id
                .eq_any(municipalities::table.filter(there).select(municipalities::id)),
        );
        let claimed = claims::municipality_id.eq_any(
            municipalities::table
                .filter(municipalities::country.eq_any(codes))
                .select(municipalities::id),
        );
        let of_claim = events::subject
            .eq(Subject::Claim.as_str())
            .and(events::subject_id.eq_any(claims::table.filter(claimed).select(claims::id)));
        query = query.filter(of_municipality.or(of_claim));
    }
    if let Some(before) = wanted.before {
        query = query.filter(events::id.lt(before));
    }
    Ok(query.load(conn)?)
}

/// Everything that happened to one thing, oldest first.
pub fn of(conn: &mut DbConn, subject: Subject, id: i64) -> StorageResult<Vec<StoredEvent>> {
    Ok(events::table
        .filter(events::subject.eq(subject.as_str()).and(events::subject_id.eq(id)))
        .order(events::id)
        .load(conn)?)
}
