//! Whom to turn to in municipalities. Read by pages that have made sure who
//! asks, never by what makes the directory.

use diesel::prelude::*;

use super::connection::{DbConn, on_each};
use super::error::{StorageError, StorageResult};
use super::schema::contacts;
use crate::domain::account::email_key;
use crate::domain::audience::Audience;
use crate::domain::contact::Contact;
use crate::domain::municipality::MunicipalityId;

#[derive(Queryable, Insertable)]
#[diesel(table_name = contacts)]
struct ContactRow {
    municipality_id: i64,
    rank: i32,
    name: String,
    position: String,
    email: String,
    email_key: String,
    phone: String,
    audience: String,
}

/// The contacts of a municipality, the first one first, whoever may read
/// them.
pub fn of(conn: &mut DbConn, id: MunicipalityId) -> StorageResult<Vec<Contact>> {
    let rows: Vec<ContactRow> = contacts::table
        .filter(contacts::municipality_id.eq(id.0))
        .order(contacts::rank)
        .load(conn)?;
    rows.into_iter()
        .map(|row| {
            Ok(Contact {
                audience: Audience::parse(&row.audience).ok_or_else(|| {
                    StorageError::Unreadable(format!("audience “{}” of a contact", row.audience))
                })?,
                name: row.name,
                position: row.position,
                email: row.email,
                phone: row.phone,
            })
        })
        .collect()
}

/// Replaces the contacts of a municipality; call inside a transaction.
pub fn put(conn: &mut DbConn, id: MunicipalityId, new: &[Contact]) -> StorageResult<()> {
    diesel::delete(contacts::table.filter(contacts::municipality_id.eq(id.0))).execute(conn)?;
    let rows: Vec<ContactRow> = new
        .iter()
        .zip(1..)
        .map(|(contact, rank)| ContactRow {
            municipality_id: id.0,
            rank,
            name: contact.name.clone(),
            position: contact.position.clone(),
            email: contact.email.clone(),
            email_key: email_key(&contact.email).unwrap_or_default(),
            phone: contact.phone.clone(),
            audience: contact.audience.as_str().to_owned(),
        })
        .collect();
    on_each!(conn, |c| diesel::insert_into(contacts::table).values(&rows).execute(c))?;
    Ok(())
}

/// Whether a text names a person: the whole name, perhaps among other words.
pub(super) fn names(text: &str, name: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        parts.map(str::to_lowercase).collect()
    };
    let (text, name) = (words(text), words(name));
    match name.len() {
        0 => false,
        // One word stands in other texts by chance.
        1 => text == name,
        n => text.windows(n).any(|part| part == name),
    }
}

/// Removes the contacts that are a person: reached at one of these addresses,
/// as [`email_key`] writes them, or named so in a municipality the person spoke
/// for. Gives back whose they were; call inside a transaction.
pub(super) fn remove_person(
    conn: &mut DbConn,
    keys: &[String],
    (name, spoke_for): (&str, &[MunicipalityId]),
) -> StorageResult<Vec<MunicipalityId>> {
    let rows: Vec<(i64, i32, String, String)> = contacts::table
        .select((contacts::municipality_id, contacts::rank, contacts::name, contacts::email_key))
        .order((contacts::municipality_id, contacts::rank))
        .load(conn)?;
    let mut whose = Vec::new();
    for (of, rank, called, key) in rows {
        let of = MunicipalityId(of);
        let is_named = names(&called, name);
        if keys.contains(&key) || (is_named && spoke_for.contains(&of)) {
            diesel::delete(contacts::table.find((of.0, rank))).execute(conn)?;
            whose.push(of);
        }
    }
    whose.dedup();
    Ok(whose)
}
