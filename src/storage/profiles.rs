//! What municipalities state: profiles, entries and their texts.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

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

#[derive(Debug, Queryable, Insertable, Serialize, Deserialize)]
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
    published: bool,
}

#[derive(Debug, Queryable, Serialize, Deserialize)]
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
    fn new(id: MunicipalityId, profile: &Profile, published: bool) -> ProfileRow {
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
            published,
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

/// The published profiles of these municipalities, or of all when none are
/// named.
pub fn load(
    conn: &mut DbConn,
    only: Option<&[i64]>,
) -> StorageResult<HashMap<MunicipalityId, Profile>> {
    let stated = load_stated(conn, only)?;
    let published = stated.into_iter().filter(|(_, s)| s.published);
    Ok(published.map(|(id, s)| (id, s.profile)).collect())
}

/// A profile as its members see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// What it states.
    pub profile: Profile,
    /// How often it was changed; 0 where nothing was ever stated.
    pub version: i64,
    /// Whether everybody else sees it.
    pub published: bool,
}

fn load_stated(
    conn: &mut DbConn,
    only: Option<&[i64]>,
) -> StorageResult<HashMap<MunicipalityId, Stated>> {
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
        let (id, version, published) = (row.municipality_id, row.version, row.published);
        let mut profile = row.into_domain()?;
        profile.in_return = take(OF_PROFILE, id, IN_RETURN);
        found.insert(MunicipalityId(id), Stated { profile, version, published });
    }
    for row in entry_rows {
        let owner = MunicipalityId(row.municipality_id);
        let texts = take(OF_ENTRY, row.id, STATEMENT);
        let stated = found.entry(owner).or_default();
        stated.profile.entries.push(row.into_domain(texts)?);
    }
    Ok(found)
}

/// The profile of one municipality as its members see it.
pub fn stated(conn: &mut DbConn, id: MunicipalityId) -> StorageResult<Stated> {
    Ok(load_stated(conn, Some(&[id.0]))?.remove(&id).unwrap_or_default())
}

/// A change of a profile that somebody saw in a version.
#[derive(Clone, Copy, Debug)]
pub struct Edit<'a> {
    /// The version they saw.
    pub seen: i64,
    /// What it states from now on.
    pub profile: &'a Profile,
    /// Whether everybody sees it from now on.
    pub published: bool,
    /// What was changed, as a word for the log.
    pub what: &'static str,
    /// Who changes it.
    pub by: AccountId,
}

/// Replaces a profile, with an event that says what was changed; call inside
/// a transaction.
///
/// # Errors
/// [`StorageError::Stale`] when somebody else changed it since it was seen.
pub fn replace(
    conn: &mut DbConn,
    id: MunicipalityId,
    edit: &Edit<'_>,
    at: Moment,
) -> StorageResult<()> {
    // Whoever takes the next version goes alone from here on.
    let version = directory::next_version(conn)?;
    let before = stated(conn, id)?;
    if before.version != edit.seen {
        return Err(StorageError::Stale);
    }
    write(conn, id, edit.profile, edit.published)?;
    directory::touch(conn, id, version)?;
    events::record(
        conn,
        &NewEvent {
            subject: Subject::Municipality,
            subject_id: id.0,
            action: edit.what,
            actor: Some(edit.by.0),
            from: Some(before.profile.outline()),
            to: Some(edit.profile.outline()),
            note: String::new(),
            at,
        },
    )
}

/// A profile as one text: for what somebody writes before it has a place of
/// its own.
#[derive(Serialize, Deserialize)]
struct Document {
    profile: ProfileRow,
    entries: Vec<(EntryRow, Vec<(String, String)>)>,
    in_return: Vec<(String, String)>,
}

/// Writes a profile as one text.
///
/// # Errors
/// When it cannot be written as one, which no profile is known to cause.
pub(super) fn to_document(profile: &Profile) -> StorageResult<String> {
    let entry = |e: &Entry| EntryRow {
        id: 0,
        municipality_id: 0,
        direction: e.direction.as_str().to_owned(),
        subarea: e.subarea.to_string(),
        rank: i32::from(e.rank),
        level: i32::from(e.level.value()),
        audience: e.audience.as_str().to_owned(),
        expires_on: e.expires_on,
    };
    let document = Document {
        profile: ProfileRow::new(MunicipalityId(0), profile, false),
        entries: profile.entries.iter().map(|e| (entry(e), e.statements.clone())).collect(),
        in_return: profile.in_return.clone(),
    };
    serde_json::to_string(&document).map_err(|e| StorageError::Unreadable(e.to_string()))
}

/// Reads what [`to_document`] wrote; an empty text is an empty profile.
pub(super) fn from_document(text: &str) -> StorageResult<Profile> {
    if text.is_empty() {
        return Ok(Profile::default());
    }
    let document: Document = serde_json::from_str(text)
        .map_err(|e| StorageError::Unreadable(format!("a profile as a text: {e}")))?;
    let mut profile = document.profile.into_domain()?;
    profile.in_return = document.in_return;
    profile.entries = document
        .entries
        .into_iter()
        .map(|(row, statements)| row.into_domain(statements))
        .collect::<StorageResult<_>>()?;
    Ok(profile)
}

/// Replaces the whole profile of a municipality by a published one; call
/// inside a transaction.
pub fn put(conn: &mut DbConn, id: MunicipalityId, profile: &Profile) -> StorageResult<()> {
    write(conn, id, profile, true)
}

/// Writes a profile over what was there.
pub(super) fn write(
    conn: &mut DbConn,
    id: MunicipalityId,
    profile: &Profile,
    published: bool,
) -> StorageResult<()> {
    let old: Vec<i64> =
        entries::table.filter(entries::municipality_id.eq(id.0)).select(entries::id).load(conn)?;
    diesel::delete(texts::table.filter(texts::owner.eq(OF_ENTRY).and(texts::owner_id.eq_any(old))))
        .execute(conn)?;
    diesel::delete(texts::table.filter(texts::owner.eq(OF_PROFILE).and(texts::owner_id.eq(id.0))))
        .execute(conn)?;
    diesel::delete(entries::table.filter(entries::municipality_id.eq(id.0))).execute(conn)?;

    let row = ProfileRow::new(id, profile, published);
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
            profiles::published.eq(row.published),
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
