//! What municipalities state: profiles, entries and their texts.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::connection::{DbConn, on_each};
use super::error::{StorageError, StorageResult};
use super::schema::{entries, profiles, texts};
use super::{directory, events};
use crate::domain::account::AccountId;
use crate::domain::area::SubArea;
use crate::domain::event::{NewEvent, Subject};
use crate::domain::municipality::{MunicipalityId, SizeBand};
use crate::domain::profile::{
    Audience, Direction, Entry, Fluency, Format, Language, Level, Openness, Profile,
};
use crate::domain::time::Moment;

/// Owners of texts, as stored.
const OF_ENTRY: &str = "entry";
const OF_PROFILE: &str = "profile";
/// Fields of texts, as stored.
const STATEMENT: &str = "statement";
const IN_RETURN: &str = "in_return";

#[derive(Debug, Queryable, Insertable)]
#[diesel(table_name = profiles, treat_none_as_default_value = false)]
struct ProfileRow {
    municipality_id: i64,
    interpreter: bool,
    openness: Option<String>,
    capacity: Option<i32>,
    languages: String,
    formats: String,
    preferred_countries: String,
    excluded_countries: String,
    preferred_sizes: String,
    version: i64,
}

#[derive(Debug, Queryable)]
struct EntryRow {
    id: i64,
    municipality_id: i64,
    direction: String,
    subarea: String,
    rank: i32,
    level: i32,
    audience: String,
    expires_on: NaiveDate,
}

#[derive(Debug, Queryable, Insertable)]
#[diesel(table_name = texts, treat_none_as_default_value = false)]
struct TextRow {
    owner: String,
    owner_id: i64,
    field: String,
    language: String,
    body: String,
}

/// Lists are stored as words with a space between, in the order given.
fn words<T>(items: &[T], word: impl Fn(&T) -> String) -> String {
    items.iter().map(word).collect::<Vec<_>>().join(" ")
}

fn parse_words<T>(text: &str, parse: impl Fn(&str) -> Option<T>) -> StorageResult<Vec<T>> {
    text.split_whitespace()
        .map(|w| parse(w).ok_or_else(|| StorageError::Unreadable(format!("“{w}” in a profile"))))
        .collect()
}

impl ProfileRow {
    fn new(id: MunicipalityId, profile: &Profile) -> ProfileRow {
        ProfileRow {
            municipality_id: id.0,
            interpreter: profile.interpreter,
            openness: profile.openness.map(|o| o.as_str().to_owned()),
            capacity: profile.capacity.map(i32::from),
            languages: words(&profile.languages, |(l, f)| format!("{}:{}", l.code(), f.as_str())),
            formats: words(&profile.formats, |f| f.as_str().to_owned()),
            preferred_countries: words(&profile.preferred_countries, |c| c.code().to_owned()),
            excluded_countries: words(&profile.excluded_countries, |c| c.code().to_owned()),
            preferred_sizes: words(&profile.preferred_sizes, |s| s.as_str().to_owned()),
            version: 1,
        }
    }

    fn into_domain(self) -> StorageResult<Profile> {
        let openness = match &self.openness {
            None => None,
            Some(word) => Some(Openness::parse(word).ok_or_else(|| {
                StorageError::Unreadable(format!("openness “{word}” in a profile"))
            })?),
        };
        Ok(Profile {
            entries: Vec::new(),
            languages: parse_words(&self.languages, |w| {
                let (code, level) = w.split_once(':')?;
                Some((Language::parse(code)?, Fluency::parse(level)?))
            })?,
            interpreter: self.interpreter,
            formats: parse_words(&self.formats, Format::parse)?,
            openness,
            capacity: self.capacity.map(|c| c.clamp(0, 3) as u8),
            preferred_countries: parse_words(&self.preferred_countries, |w| w.parse().ok())?,
            excluded_countries: parse_words(&self.excluded_countries, |w| w.parse().ok())?,
            preferred_sizes: parse_words(&self.preferred_sizes, SizeBand::parse)?,
            in_return: Vec::new(),
        })
    }
}

impl EntryRow {
    fn into_domain(self, statements: Vec<(String, String)>) -> StorageResult<Entry> {
        let unreadable =
            |what: &str| StorageError::Unreadable(format!("{what} of profile entry {}", self.id));
        Ok(Entry {
            direction: Direction::parse(&self.direction).ok_or_else(|| unreadable("direction"))?,
            subarea: SubArea::parse(&self.subarea).ok_or_else(|| unreadable("sub-area"))?,
            rank: u8::try_from(self.rank).map_err(|_| unreadable("rank"))?,
            level: u8::try_from(self.level)
                .ok()
                .and_then(Level::new)
                .ok_or_else(|| unreadable("level"))?,
            audience: Audience::parse(&self.audience).ok_or_else(|| unreadable("audience"))?,
            expires_on: self.expires_on,
            statements,
        })
    }
}

/// The profiles of these municipalities, or of all when none are named.
pub fn load(
    conn: &mut DbConn,
    only: Option<&[i64]>,
) -> StorageResult<HashMap<MunicipalityId, Profile>> {
    let mut profile_query = profiles::table.into_boxed();
    let mut entry_query =
        entries::table.order((entries::municipality_id, entries::rank, entries::id)).into_boxed();
    if let Some(ids) = only {
        profile_query = profile_query.filter(profiles::municipality_id.eq_any(ids.to_vec()));
        entry_query = entry_query.filter(entries::municipality_id.eq_any(ids.to_vec()));
    }
    let profile_rows: Vec<ProfileRow> = profile_query.load(conn)?;
    let entry_rows: Vec<EntryRow> = entry_query.load(conn)?;

    let mut statements: HashMap<(String, i64, String), Vec<(String, String)>> = HashMap::new();
    let mut text_query =
        texts::table.order((texts::owner, texts::owner_id, texts::language)).into_boxed();
    if let Some(ids) = only {
        let of_entries: Vec<i64> = entry_rows.iter().map(|e| e.id).collect();
        text_query = text_query.filter(
            (texts::owner.eq(OF_ENTRY).and(texts::owner_id.eq_any(of_entries)))
                .or(texts::owner.eq(OF_PROFILE).and(texts::owner_id.eq_any(ids.to_vec()))),
        );
    }
    let text_rows: Vec<TextRow> = text_query.load(conn)?;
    for row in text_rows {
        statements
            .entry((row.owner, row.owner_id, row.field))
            .or_default()
            .push((row.language, row.body));
    }
    let mut take = |owner: &str, id: i64, field: &str| {
        statements.remove(&(owner.to_owned(), id, field.to_owned())).unwrap_or_default()
    };

    let mut found = HashMap::new();
    for row in profile_rows {
        let id = row.municipality_id;
        let mut profile = row.into_domain()?;
        profile.in_return = take(OF_PROFILE, id, IN_RETURN);
        found.insert(MunicipalityId(id), profile);
    }
    for row in entry_rows {
        let owner = MunicipalityId(row.municipality_id);
        let texts = take(OF_ENTRY, row.id, STATEMENT);
        found.entry(owner).or_insert_with(Profile::default).entries.push(row.into_domain(texts)?);
    }
    Ok(found)
}

/// The profile of one municipality with the version it has; version 0 where
/// nothing was ever stated.
pub fn with_version(conn: &mut DbConn, id: MunicipalityId) -> StorageResult<(Profile, i64)> {
    let version: Option<i64> =
        profiles::table.find(id.0).select(profiles::version).first(conn).optional()?;
    let profile = load(conn, Some(&[id.0]))?.remove(&id).unwrap_or_default();
    Ok((profile, version.unwrap_or(0)))
}

/// Replaces the profile that somebody saw in a version, with an event that
/// says what was changed; call inside a transaction.
///
/// # Errors
/// [`StorageError::Stale`] when somebody else changed it since.
pub fn replace(
    conn: &mut DbConn,
    id: MunicipalityId,
    seen: i64,
    profile: &Profile,
    what: &'static str,
    by: AccountId,
    at: Moment,
) -> StorageResult<()> {
    // Whoever takes the next version goes alone from here on.
    let version = directory::next_version(conn)?;
    let (before, current) = with_version(conn, id)?;
    if current != seen {
        return Err(StorageError::Stale);
    }
    put(conn, id, profile)?;
    directory::touch(conn, id, version)?;
    events::record(
        conn,
        &NewEvent {
            subject: Subject::Municipality,
            subject_id: id.0,
            action: what,
            actor: Some(by.0),
            from: Some(before.outline()),
            to: Some(profile.outline()),
            note: String::new(),
            at,
        },
    )
}

/// Replaces the whole profile of a municipality; call inside a transaction.
pub fn put(conn: &mut DbConn, id: MunicipalityId, profile: &Profile) -> StorageResult<()> {
    let old: Vec<i64> =
        entries::table.filter(entries::municipality_id.eq(id.0)).select(entries::id).load(conn)?;
    diesel::delete(texts::table.filter(texts::owner.eq(OF_ENTRY).and(texts::owner_id.eq_any(old))))
        .execute(conn)?;
    diesel::delete(texts::table.filter(texts::owner.eq(OF_PROFILE).and(texts::owner_id.eq(id.0))))
        .execute(conn)?;
    diesel::delete(entries::table.filter(entries::municipality_id.eq(id.0))).execute(conn)?;

    let row = ProfileRow::new(id, profile);
    on_each!(conn, |c| diesel::insert_into(profiles::table)
        .values(&row)
        .on_conflict(profiles::municipality_id)
        .do_update()
        .set((
            profiles::interpreter.eq(row.interpreter),
            profiles::openness.eq(&row.openness),
            profiles::capacity.eq(row.capacity),
            profiles::languages.eq(&row.languages),
            profiles::formats.eq(&row.formats),
            profiles::preferred_countries.eq(&row.preferred_countries),
            profiles::excluded_countries.eq(&row.excluded_countries),
            profiles::preferred_sizes.eq(&row.preferred_sizes),
            profiles::version.eq(profiles::version + 1),
        ))
        .execute(c))?;

    let mut new_texts: Vec<TextRow> = Vec::new();
    for (language, body) in &profile.in_return {
        new_texts.push(text(OF_PROFILE, id.0, IN_RETURN, language, body));
    }
    for entry in &profile.entries {
        let entry_id: i64 = diesel::insert_into(entries::table)
            .values((
                entries::municipality_id.eq(id.0),
                entries::direction.eq(entry.direction.as_str()),
                entries::subarea.eq(entry.subarea.to_string()),
                entries::rank.eq(i32::from(entry.rank)),
                entries::level.eq(i32::from(entry.level.value())),
                entries::audience.eq(entry.audience.as_str()),
                entries::expires_on.eq(entry.expires_on),
            ))
            .returning(entries::id)
            .get_result(conn)?;
        for (language, body) in &entry.statements {
            new_texts.push(text(OF_ENTRY, entry_id, STATEMENT, language, body));
        }
    }
    on_each!(conn, |c| diesel::insert_into(texts::table).values(&new_texts).execute(c))?;
    Ok(())
}

fn text(owner: &str, owner_id: i64, field: &str, language: &str, body: &str) -> TextRow {
    TextRow {
        owner: owner.to_owned(),
        owner_id,
        field: field.to_owned(),
        language: language.to_owned(),
        body: body.to_owned(),
    }
}
