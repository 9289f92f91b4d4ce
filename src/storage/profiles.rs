//! What municipalities state: profiles, entries and their texts.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::connection::{DbConn, on_each};
use super::error::{StorageError, StorageResult};
use super::projects::{self, ProjectRow};
use super::schema::{entries, profiles, texts};
use super::{events, version};
use crate::domain::account::AccountId;
use crate::domain::area::SubArea;
use crate::domain::audience::{Audience, Direction};
use crate::domain::event::{NewEvent, Subject};
use crate::domain::municipality::{MunicipalityId, SizeBand};
use crate::domain::profile::{Entry, Fluency, Format, Language, Level, Openness, Profile};
use crate::domain::project::Project;
use crate::domain::time::Moment;

/// Owners of texts, as stored.
const OF_ENTRY: &str = "entry";
const OF_PROFILE: &str = "profile";
/// Fields of texts, as stored.
const STATEMENT: &str = "statement";
const IN_RETURN: &str = "in_return";

#[derive(Debug, Queryable, Insertable, AsChangeset, Serialize, Deserialize)]
#[diesel(table_name = profiles, primary_key(municipality_id))]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
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
    fn new(id: MunicipalityId, profile: &Profile, version: i64, published: bool) -> ProfileRow {
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
            version,
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
            projects: Vec::new(),
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

    let mut text_query =
        texts::table.order((texts::owner, texts::owner_id, texts::language)).into_boxed();
    if let Some(ids) = only {
        let of_entries: Vec<i64> = entry_rows.iter().map(|e| e.id).collect();
        text_query = text_query.filter(
            (texts::owner.eq(OF_ENTRY).and(texts::owner_id.eq_any(of_entries)))
                .or(texts::owner.eq(OF_PROFILE).and(texts::owner_id.eq_any(ids.to_vec()))),
        );
    }
    let projects = projects::load(conn, only)?;
    put_together(profile_rows, entry_rows, text_query.load(conn)?, projects)
}

/// The profile of one municipality as its members see it.
///
/// The version is read first: when somebody writes meanwhile, what is read is
/// newer than it says, and an edit of it is stale.
pub fn stated(conn: &mut DbConn, id: MunicipalityId) -> StorageResult<Stated> {
    // Queries of one shape, each on its own kind of connection: their
    // statements are written and prepared once a connection.
    let profile: Option<ProfileRow> =
        on_each!(conn, |c| profiles::table.find(id.0).get_result(c)).optional()?;
    let of_it = entries::municipality_id.eq(id.0);
    let in_order = entries::table.filter(of_it).order((entries::rank, entries::id));
    let entry_rows: Vec<EntryRow> = on_each!(conn, |c| in_order.load(c))?;
    let of_entries = texts::owner
        .eq(OF_ENTRY)
        .and(texts::owner_id.eq_any(entries::table.filter(of_it).select(entries::id)));
    let of_profile = texts::owner.eq(OF_PROFILE).and(texts::owner_id.eq(id.0));
    let said = texts::table.filter(of_entries.or(of_profile)).order(texts::language);
    let text_rows: Vec<TextRow> = on_each!(conn, |c| said.load(c))?;
    let projects = projects::load(conn, Some(&[id.0]))?;
    let mut all = put_together(profile.into_iter().collect(), entry_rows, text_rows, projects)?;
    Ok(all.remove(&id).unwrap_or_default())
}

/// Profiles from their rows; texts come in the order they are shown in.
fn put_together(
    profile_rows: Vec<ProfileRow>,
    entry_rows: Vec<EntryRow>,
    text_rows: Vec<TextRow>,
    mut projects: HashMap<MunicipalityId, Vec<Project>>,
) -> StorageResult<HashMap<MunicipalityId, Stated>> {
    let mut statements: HashMap<(String, i64, String), Vec<(String, String)>> = HashMap::new();
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
        profile.projects = projects.remove(&MunicipalityId(id)).unwrap_or_default();
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

/// A change of a profile that somebody saw in a version.
#[derive(Clone, Copy, Debug)]
pub struct Edit<'a> {
    /// What they saw.
    pub before: &'a Stated,
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
    let before = &edit.before.profile;
    // What nobody else sees is nobody's to read again.
    let is_public = edit.before.published || edit.published;
    let version = if is_public { Some(version::next_version(conn)?) } else { None };
    write_row(conn, id, edit.profile, (edit.before.version, edit.published))?;
    if before.entries != edit.profile.entries {
        write_entries(conn, id, &edit.profile.entries)?;
    }
    if before.in_return != edit.profile.in_return {
        write_in_return(conn, id, &edit.profile.in_return)?;
    }
    if before.projects != edit.profile.projects {
        projects::write(conn, id, &edit.profile.projects)?;
    }
    if let Some(version) = version {
        let shows = edit.before.published != edit.published || !before.shows_as(edit.profile);
        if shows {
            version::touch(conn, id, version)?;
        } else {
            version::touch_quietly(conn, id, version)?;
        }
    }
    events::record(
        conn,
        &NewEvent {
            subject: Subject::Municipality,
            subject_id: id.0,
            action: edit.what,
            actor: Some(edit.by.0),
            from: Some(before.outline()),
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
    #[serde(default)]
    projects: Vec<(ProjectRow, Vec<(String, String)>)>,
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
        profile: ProfileRow::new(MunicipalityId(0), profile, 0, false),
        entries: profile.entries.iter().map(|e| (entry(e), e.statements.clone())).collect(),
        in_return: profile.in_return.clone(),
        projects: profile.projects.iter().map(|p| (ProjectRow::new(p), p.titles.clone())).collect(),
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
    profile.projects = document
        .projects
        .into_iter()
        .map(|(row, titles)| row.into_domain(titles))
        .collect::<StorageResult<_>>()?;
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
    let seen: Option<i64> =
        profiles::table.find(id.0).select(profiles::version).get_result(conn).optional()?;
    write(conn, id, profile, (seen.unwrap_or(0), true))
}

/// Writes a whole profile over what was there in a version.
///
/// # Errors
/// [`StorageError::Stale`] when another version is there.
pub(super) fn write(
    conn: &mut DbConn,
    id: MunicipalityId,
    profile: &Profile,
    (seen, published): (i64, bool),
) -> StorageResult<()> {
    write_row(conn, id, profile, (seen, published))?;
    write_entries(conn, id, &profile.entries)?;
    write_in_return(conn, id, &profile.in_return)?;
    projects::write(conn, id, &profile.projects)
}

/// Writes the row of a profile if the version there is the one that was
/// seen: of several who saw the same only one does.
fn write_row(
    conn: &mut DbConn,
    id: MunicipalityId,
    profile: &Profile,
    (seen, published): (i64, bool),
) -> StorageResult<()> {
    let row = ProfileRow::new(id, profile, seen + 1, published);
    let written = if seen == 0 {
        on_each!(conn, |c| diesel::insert_into(profiles::table)
            .values(&row)
            .on_conflict_do_nothing()
            .execute(c))?
    } else {
        diesel::update(profiles::table.find(id.0).filter(profiles::version.eq(seen)))
            .set(&row)
            .execute(conn)?
    };
    if written == 1 { Ok(()) } else { Err(StorageError::Stale) }
}

fn write_entries(conn: &mut DbConn, id: MunicipalityId, all: &[Entry]) -> StorageResult<()> {
    let of_it = entries::municipality_id.eq(id.0);
    let old = entries::table.filter(of_it).select(entries::id);
    diesel::delete(texts::table.filter(texts::owner.eq(OF_ENTRY).and(texts::owner_id.eq_any(old))))
        .execute(conn)?;
    diesel::delete(entries::table.filter(of_it)).execute(conn)?;
    let mut new_texts: Vec<TextRow> = Vec::new();
    for entry in all {
        let entry_id: i64 = diesel::insert_into(entries::table)
            .values((
                of_it,
                entries::direction.eq(entry.direction.as_str()),
                entries::subarea.eq(entry.subarea.to_string()),
                entries::rank.eq(i32::from(entry.rank)),
                entries::level.eq(i32::from(entry.level.value())),
                entries::audience.eq(entry.audience.as_str()),
                entries::expires_on.eq(entry.expires_on),
            ))
            .returning(entries::id)
            .get_result(conn)?;
        new_texts.extend(texts_of(OF_ENTRY, entry_id, STATEMENT, &entry.statements));
    }
    insert_texts(conn, &new_texts)
}

fn write_in_return(
    conn: &mut DbConn,
    id: MunicipalityId,
    all: &[(String, String)],
) -> StorageResult<()> {
    let old = texts::owner.eq(OF_PROFILE).and(texts::owner_id.eq(id.0));
    diesel::delete(texts::table.filter(old)).execute(conn)?;
    insert_texts(conn, &texts_of(OF_PROFILE, id.0, IN_RETURN, all))
}

fn insert_texts(conn: &mut DbConn, rows: &[TextRow]) -> StorageResult<()> {
    on_each!(conn, |c| diesel::insert_into(texts::table).values(rows).execute(c))?;
    Ok(())
}

/// Texts of one field, in their languages.
fn texts_of(owner: &str, owner_id: i64, field: &str, all: &[(String, String)]) -> Vec<TextRow> {
    let row = |(language, body): &(String, String)| TextRow {
        owner: owner.to_owned(),
        owner_id,
        field: field.to_owned(),
        language: language.clone(),
        body: body.clone(),
    };
    all.iter().map(row).collect()
}
