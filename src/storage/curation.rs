//! Setting things of the directory right, and taking that back.

use super::connection::DbConn;
use super::error::{StorageError, StorageResult};
use super::{events, facts, version};
use crate::domain::account::AccountId;
use crate::domain::curation::Curation;
use crate::domain::event::{NewEvent, Subject};
use crate::domain::fact::Origin;
use crate::domain::municipality::MunicipalityId;
use crate::domain::time::Moment;

/// What is so at present, of the kind that is to be set.
fn present(conn: &mut DbConn, id: MunicipalityId, like: &Curation) -> StorageResult<Curation> {
    Ok(match like {
        Curation::Control(_) => Curation::Control(facts::control_of(conn, id)?),
        Curation::Population(_) => {
            Curation::Population(facts::population_by(conn, id, Origin::Curated)?)
        }
    })
}

/// What is so at present, in words: who controls a municipality, and its
/// population as somebody set it.
pub fn words_of(conn: &mut DbConn, id: MunicipalityId) -> StorageResult<(String, String)> {
    let control = Curation::Control(facts::control_of(conn, id)?);
    let figure = Curation::Population(facts::population_by(conn, id, Origin::Curated)?);
    Ok((control.to_words(), figure.to_words()))
}

/// Sets something right, with an event that says what was so before and why;
/// call inside a transaction. `seen` is what was so when somebody looked, in
/// words, where that matters.
///
/// # Errors
/// [`StorageError::Stale`] when something else is so by now.
pub fn set(
    conn: &mut DbConn,
    id: MunicipalityId,
    (seen, new): (Option<&str>, &Curation),
    by: AccountId,
    why: &str,
    at: Moment,
) -> StorageResult<()> {
    // Whoever takes the next version goes alone from here on.
    let version = version::next_version(conn)?;
    let before = present(conn, id, new)?;
    if seen.is_some_and(|seen| seen != before.to_words()) {
        return Err(StorageError::Stale);
    }
    match new {
        Curation::Control(fact) => facts::set_control(conn, id, fact)?,
        Curation::Population(Some(figure)) => {
            facts::put_population(conn, id, Origin::Curated, figure)?;
        }
        Curation::Population(None) => facts::remove_population(conn, id, Origin::Curated)?,
    }
    version::touch(conn, id, version)?;
    events::record(
        conn,
        &NewEvent {
            subject: Subject::Municipality,
            subject_id: id.0,
            action: new.action(),
            actor: Some(by.0),
            from: Some(before.to_words()),
            to: Some(new.to_words()),
            note: why.to_owned(),
            at,
        },
    )
}

/// Takes back what an event of the log set right; call inside a transaction.
///
/// # Errors
/// [`StorageError::NotFound`] when the event is none that can be taken back,
/// [`StorageError::Stale`] when something else is so by now.
pub fn undo(conn: &mut DbConn, event: i64, by: AccountId, at: Moment) -> StorageResult<()> {
    let event = events::load(conn, event)?;
    let (from, to) = (event.from.unwrap_or_default(), event.to.unwrap_or_default());
    let of_municipality = event.subject == Subject::Municipality.as_str();
    let before = Curation::parse(&event.action, &from).filter(|_| of_municipality);
    let before = before.ok_or(StorageError::NotFound)?;
    let id = MunicipalityId(event.subject_id);
    // Alone, so that of two at once the second finds another state.
    version::next_version(conn)?;
    if present(conn, id, &before)?.to_words() != to {
        return Err(StorageError::Stale);
    }
    set(conn, id, (None, &before), by, &format!("#{}", event.id), at)
}
