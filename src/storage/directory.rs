//! The directory as a whole: reading it, taking in drafts, and the version
//! by which every process notices a change.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use diesel::connection::DefaultLoadingMode;
use diesel::dsl::max;
use diesel::prelude::*;

use super::connection::{Conn, Db, DbConn, change};
use super::error::{StorageError, StorageResult};
use super::municipalities::{
    FactRow, MunicipalityRow, NamesRow, POPULATION, PartRow, collect_names, insert_facts,
    insert_municipalities, insert_names, insert_parts, names_rows, put_fact, put_names,
};
use super::schema::{
    directory_state, entries, facts, memberships, municipalities, names, parts, slug_aliases,
};
use super::{events, hidings, profiles, ties};
use crate::domain::account::AccountId;
use crate::domain::curation::ControlFact;
use crate::domain::directory::{Contents, Directory, Names, Record};
use crate::domain::draft::{Code, Draft};
use crate::domain::event::{NewEvent, Subject};
use crate::domain::fact::{Origin, Population};
use crate::domain::municipality::{Control, MunicipalityId, PastOccupation, Status};
use crate::domain::profile::Profile;
use crate::domain::time::{Moment, PartialDate};

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

/// Reads everything, the records on two connections at once: that halves what
/// takes longest when the program starts. Regions are not stored; the caller
/// adds them.
pub fn load(db: &Db) -> StorageResult<Contents> {
    let (mut conn, mut beside) = (db.conn()?, db.conn()?);
    // The version first: what is committed while the rows are read is read
    // again for the next one.
    let version = state(&mut conn)?.version;
    let last: Option<i64> =
        municipalities::table.select(max(municipalities::id)).first(&mut *conn)?;
    let middle = last.unwrap_or(0) / 2;
    let (lower, upper) = rayon::join(
        || read_records(&mut conn, Which::Between(i64::MIN, middle)),
        || read_records(&mut beside, Which::Between(middle + 1, i64::MAX)),
    );
    let mut records = lower?;
    records.append(&mut upper?);
    add_profiles(&mut conn, &mut records, None)?;
    let records =
        records.into_iter().filter(|(_, merged)| merged.is_none()).map(|(r, _)| r).collect();
    Ok(Contents { version, records, ..beside_records(&mut conn)? })
}

/// The contents of a directory after some of its records changed. What few
/// rows hold (ties, aliases, parts) is read again as a whole.
pub fn contents_around(
    conn: &mut DbConn,
    old: &Directory,
    changes: Changes,
) -> StorageResult<Contents> {
    let Changes { version, records } = changes;
    let mut all: Vec<Option<Arc<Record>>> = old.records().iter().cloned().map(Some).collect();
    for (record, merged) in records {
        let new = merged.is_none().then_some(record.clone());
        match old.by_id(record.municipality.id) {
            Some(row) => all[row.index()] = new,
            None => all.push(new),
        }
    }
    let records = all.into_iter().flatten().collect();
    Ok(Contents { version, records, ..beside_records(conn)? })
}

/// Aliases, parts and ties.
fn beside_records(conn: &mut DbConn) -> StorageResult<Contents> {
    let mut aliases: Vec<(String, i64)> = slug_aliases::table.load(conn)?;
    let merged: Vec<(String, Option<i64>)> = municipalities::table
        .filter(municipalities::merged_into.is_not_null())
        .select((municipalities::slug, municipalities::merged_into))
        .load(conn)?;
    aliases.extend(merged.into_iter().filter_map(|(slug, owner)| Some((slug, owner?))));
    let mut owned: Vec<(i64, i64)> =
        parts::table.select((parts::geonames_id, parts::municipality_id)).load(conn)?;
    let merged: Vec<(Option<i64>, Option<i64>)> = municipalities::table
        .filter(municipalities::merged_into.is_not_null())
        .select((municipalities::geonames_id, municipalities::merged_into))
        .load(conn)?;
    owned.extend(merged.into_iter().filter_map(|(code, owner)| Some((code?, owner?))));
    Ok(Contents {
        aliases: aliases.into_iter().map(|(s, m)| (s, MunicipalityId(m))).collect(),
        parts: owned.into_iter().map(|(g, m)| (g, MunicipalityId(m))).collect(),
        ties: ties::all(conn)?,
        ..Contents::default()
    })
}

/// What changed after a version.
#[derive(Debug)]
pub struct Changes {
    /// The version the database has now.
    pub version: i64,
    /// The records that changed; with the entry they were merged into, if
    /// they were.
    pub records: Vec<ReadRecord>,
}

/// Reads what changed after `seen`.
pub fn changes_after(conn: &mut DbConn, seen: i64) -> StorageResult<Changes> {
    let version = state(conn)?.version;
    let ids: Vec<i64> = municipalities::table
        .filter(municipalities::changed_in.gt(seen))
        .select(municipalities::id)
        .load(conn)?;
    let only = (ids.len() <= NAMED_ROWS).then_some(ids.as_slice());
    let which = only.map_or(Which::ChangedAfter(seen), Which::Named);
    let mut records = read_records(conn, which)?;
    add_profiles(conn, &mut records, only)?;
    Ok(Changes { version, records })
}

/// More changed rows than this are read with their whole tables: naming them
/// one by one would exceed what a statement may hold.
const NAMED_ROWS: usize = 1_000;

/// Which records are read.
#[derive(Clone, Copy)]
enum Which<'a> {
    /// These, at most [`NAMED_ROWS`].
    Named(&'a [i64]),
    /// From the first number to the second.
    Between(i64, i64),
    /// What changed after a version.
    ChangedAfter(i64),
}

/// A record, with the entry it was merged into if it was.
type ReadRecord = (Arc<Record>, Option<MunicipalityId>);

/// Reads records in the order of their numbers, without what they state. Rows
/// become records one by one, so that the tables are never in memory twice.
fn read_records(conn: &mut DbConn, which: Which<'_>) -> StorageResult<Vec<ReadRecord>> {
    let mut rows_query = municipalities::table.order(municipalities::id).into_boxed();
    let mut names_query = names::table.into_boxed();
    let mut facts_query = facts::table.filter(facts::key.eq(POPULATION)).into_boxed();
    match which {
        Which::Named(ids) => {
            rows_query = rows_query.filter(municipalities::id.eq_any(ids));
            names_query = names_query.filter(names::municipality_id.eq_any(ids));
            facts_query = facts_query.filter(facts::municipality_id.eq_any(ids));
        }
        Which::Between(from, to) => {
            rows_query = rows_query.filter(municipalities::id.between(from, to));
            names_query = names_query.filter(names::municipality_id.between(from, to));
            facts_query = facts_query.filter(facts::municipality_id.between(from, to));
        }
        Which::ChangedAfter(version) => {
            rows_query = rows_query.filter(municipalities::changed_in.gt(version));
        }
    }
    let mut names_of: HashMap<i64, Names> = HashMap::new();
    for row in names_query.load_iter::<NamesRow, DefaultLoadingMode>(conn)? {
        let row = row?;
        collect_names(names_of.entry(row.municipality_id).or_default(), row);
    }
    // Somebody who knows only the name of a place that was merged finds the
    // entry it was merged into.
    let merged: Vec<(Option<i64>, String, String)> = municipalities::table
        .filter(municipalities::merged_into.is_not_null())
        .select((municipalities::merged_into, municipalities::name, municipalities::name_native))
        .load(conn)?;
    for (owner, name, native) in merged {
        let Some(owner) = owner else { continue };
        let parts = &mut names_of.entry(owner).or_default().parts;
        for name in [name, native] {
            if !name.is_empty() && parts.lines().all(|known| known != name) {
                parts.push_str(if parts.is_empty() { "" } else { "\n" });
                parts.push_str(&name);
            }
        }
    }
    let mut population_of: HashMap<i64, (Origin, Population)> = HashMap::new();
    for row in facts_query.load_iter::<FactRow, DefaultLoadingMode>(conn)? {
        let row = row?;
        let (id, origin) = (row.municipality_id, row.origin()?);
        if population_of.get(&id).is_none_or(|(shown, _)| origin > *shown) {
            population_of.insert(id, (origin, row.into_population()));
        }
    }
    let mut records = Vec::new();
    for row in rows_query.load_iter::<MunicipalityRow, DefaultLoadingMode>(conn)? {
        let row = row?;
        let (id, shown_in, merged_into) = (row.id, row.shown_in, row.merged_into);
        let population = population_of.remove(&id).map(|(_, p)| p);
        let record = Arc::new(Record {
            municipality: row.into_domain(population)?,
            names: names_of.remove(&id).unwrap_or_default(),
            profile: Profile::default(),
            shown_in,
        });
        records.push((record, merged_into.map(MunicipalityId)));
    }
    Ok(records)
}

/// Adds what records state to the public: of `only` these, or of all.
fn add_profiles(
    conn: &mut DbConn,
    records: &mut [ReadRecord],
    only: Option<&[i64]>,
) -> StorageResult<()> {
    let mut profiles: HashMap<MunicipalityId, Profile> = profiles::load(conn, only)?;
    for hidden in hidings::all(conn)? {
        profiles.remove(&hidden);
    }
    for (record, _) in records {
        if let Some(profile) = profiles.remove(&record.municipality.id) {
            Arc::make_mut(record).profile = profile;
        }
    }
    Ok(())
}

/// What taking in drafts did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Entries that were not there.
    pub new: usize,
    /// Entries that are different now.
    pub changed: usize,
    /// Entries that were there already, just so.
    pub unchanged: usize,
}

/// Takes the shipped directory in: as a whole into an empty database, as a
/// difference into one that has an older one. Does nothing when the database
/// has this one already. What a person curated or imported is not touched:
/// facts are kept by origin, and the shipped one is shown last.
///
/// `progress` is told how many of all drafts are done.
pub fn apply_shipped(
    conn: &mut Conn,
    drafts: &[Draft],
    fingerprint: &str,
    at: Moment,
    progress: &mut dyn FnMut(usize),
) -> StorageResult<Applied> {
    change(conn, |conn| {
        if state(conn)?.shipped == fingerprint {
            return Ok(Applied { unchanged: drafts.len(), ..Applied::default() });
        }
        let version = next_version(conn)?;
        let existing: Vec<MunicipalityRow> = municipalities::table.load(conn)?;
        let applied = if existing.is_empty() {
            insert_all(conn, drafts, version, progress)?
        } else {
            apply_difference(conn, existing, drafts, version, at, progress)?
        };
        diesel::update(directory_state::table)
            .set(directory_state::shipped.eq(fingerprint))
            .execute(conn)?;
        events::record(
            conn,
            &NewEvent {
                subject: Subject::Directory,
                subject_id: 0,
                action: "shipped-directory-applied",
                actor: None,
                from: None,
                to: Some(fingerprint.to_owned()),
                note: format!(
                    "{} new, {} changed, {} unchanged",
                    applied.new, applied.changed, applied.unchanged
                ),
                at,
            },
        )?;
        Ok(applied)
    })
}

/// Gives out slugs: the first wanted one that is free.
struct Slugs {
    taken: HashSet<String>,
}

impl Slugs {
    fn give(&mut self, wanted: &[String], id: i64) -> String {
        let slug = wanted
            .iter()
            .find(|s| !self.taken.contains(*s))
            .cloned()
            .unwrap_or_else(|| format!("municipality-{id}"));
        self.taken.insert(slug.clone());
        slug
    }
}

fn insert_all(
    conn: &mut DbConn,
    drafts: &[Draft],
    version: i64,
    progress: &mut dyn FnMut(usize),
) -> StorageResult<Applied> {
    const STEP: usize = 4_000;
    let mut slugs = Slugs { taken: HashSet::with_capacity(drafts.len()) };
    let mut done = 0;
    for chunk in drafts.chunks(STEP) {
        let numbered = || chunk.iter().enumerate().map(|(i, d)| ((done + i + 1) as i64, d));
        let rows: Vec<MunicipalityRow> = numbered()
            .map(|(id, d)| MunicipalityRow::new(id, slugs.give(&d.slugs, id), d, version))
            .collect();
        insert_municipalities(conn, &rows)?;
        let figures: Vec<FactRow> = numbered()
            .filter_map(|(id, d)| {
                d.population.as_ref().map(|p| FactRow::population(id, Origin::Shipped, p))
            })
            .collect();
        insert_facts(conn, &figures)?;
        let all_names: Vec<NamesRow> =
            numbered().flat_map(|(id, d)| names_rows(id, &d.names)).collect();
        insert_names(conn, &all_names)?;
        let owned: Vec<PartRow> = numbered()
            .flat_map(|(id, d)| {
                d.part_ids.iter().map(move |&g| PartRow { geonames_id: g, municipality_id: id })
            })
            .collect();
        insert_parts(conn, &owned)?;
        done += chunk.len();
        progress(done);
    }
    insert_aliases(conn, drafts, &mut slugs)?;
    continue_ids_after(conn, drafts.len() as i64)?;
    Ok(Applied { new: drafts.len(), ..Applied::default() })
}

/// Inserts the aliases that are no slug and no other's alias, of entries whose
/// ids are their numbers among the drafts.
fn insert_aliases(conn: &mut DbConn, drafts: &[Draft], slugs: &mut Slugs) -> StorageResult<()> {
    for (i, draft) in drafts.iter().enumerate() {
        for alias in &draft.aliases {
            if slugs.taken.insert(alias.clone()) {
                diesel::insert_into(slug_aliases::table)
                    .values((
                        slug_aliases::slug.eq(alias),
                        slug_aliases::municipality_id.eq((i + 1) as i64),
                    ))
                    .execute(conn)?;
            }
        }
    }
    Ok(())
}

/// PostgreSQL's sequence stays behind when rows are inserted with ids of
/// their own; SQLite takes the highest by itself.
fn continue_ids_after(conn: &mut DbConn, last: i64) -> StorageResult<()> {
    if let DbConn::Postgres(c) = conn {
        diesel::sql_query("SELECT setval(pg_get_serial_sequence('municipalities', 'id'), $1)")
            .bind::<diesel::sql_types::BigInt, _>(last.max(1))
            .execute(c)?;
    }
    Ok(())
}

fn code_of(row: &MunicipalityRow) -> Option<Code> {
    match (&row.katottg, row.geonames_id) {
        (Some(code), _) => Some(Code::Katottg(code.clone())),
        (None, Some(id)) => Some(Code::Geonames(id)),
        (None, None) => None,
    }
}

fn apply_difference(
    conn: &mut DbConn,
    existing: Vec<MunicipalityRow>,
    drafts: &[Draft],
    version: i64,
    at: Moment,
    progress: &mut dyn FnMut(usize),
) -> StorageResult<Applied> {
    let mut applied = Applied::default();
    let mut slugs = Slugs { taken: existing.iter().map(|r| r.slug.clone()).collect() };
    slugs.taken.extend(slug_aliases::table.select(slug_aliases::slug).load::<String>(conn)?);
    let mut names_of: HashMap<i64, Names> = HashMap::new();
    for row in names::table.load::<NamesRow>(conn)? {
        collect_names(names_of.entry(row.municipality_id).or_default(), row);
    }
    let shipped_rows: Vec<FactRow> = facts::table
        .filter(facts::key.eq(POPULATION).and(facts::origin.eq(Origin::Shipped.as_str())))
        .load(conn)?;
    let shipped: HashMap<i64, Population> =
        shipped_rows.into_iter().map(|r| (r.municipality_id, r.into_population())).collect();
    let by_code: HashMap<Code, MunicipalityRow> =
        existing.into_iter().filter_map(|row| Some((code_of(&row)?, row))).collect();

    for (i, draft) in drafts.iter().enumerate() {
        if i % 1_000 == 0 {
            progress(i);
        }
        let Some(code) = draft.code() else {
            let why = format!("“{}” of the shipped directory has no code", draft.name);
            return Err(StorageError::Unreadable(why));
        };
        let Some(old) = by_code.get(&code) else {
            insert_one(conn, draft, &mut slugs, version, at)?;
            applied.new += 1;
            continue;
        };
        let new = old.updated_by(draft);
        let row_differs = new != *old;
        let names_differ = names_of.get(&old.id).cloned().unwrap_or_default() != draft.names;
        let figure_differs = shipped.get(&old.id) != draft.population.as_ref();
        if !(row_differs || names_differ || figure_differs) {
            applied.unchanged += 1;
            continue;
        }
        let (changed_in, shown_in, version) = (version, version, old.version + 1);
        let new = MunicipalityRow { changed_in, shown_in, version, ..new };
        diesel::update(municipalities::table.filter(municipalities::id.eq(old.id)))
            .set(&new)
            .execute(conn)?;
        if names_differ {
            put_names(conn, old.id, &draft.names)?;
        }
        if let Some(figure) = draft.population.as_ref().filter(|_| figure_differs) {
            put_fact(conn, &FactRow::population(old.id, Origin::Shipped, figure))?;
        }
        record_change(conn, old.id, "updated", "shipped directory", at)?;
        applied.changed += 1;
    }
    replace_parts(conn, drafts)?;
    applied.changed += merge_parts(conn, drafts, version, at)?;
    progress(drafts.len());
    Ok(applied)
}

/// Puts a listed place together with the municipality it belongs to: its
/// address, codes and names lead there from now on. Call inside a transaction.
///
/// # Errors
/// [`StorageError::Conflict`] when it is more than listed: somebody speaks or
/// wants to speak for it, it states something, has ties, or was put together
/// with another already.
pub fn merge(
    conn: &mut DbConn,
    place: MunicipalityId,
    owner: MunicipalityId,
    by: AccountId,
    at: Moment,
) -> StorageResult<()> {
    let version = next_version(conn)?;
    let free = municipalities::table
        .find(place.0)
        .filter(municipalities::status.eq(Status::Listed.as_str()))
        .filter(municipalities::merged_into.is_null());
    let slug: Option<String> = free.select(municipalities::slug).get_result(conn).optional()?;
    let slug = slug.ok_or(StorageError::Conflict)?;
    if in_use(conn)?.contains(&place.0) || place == owner {
        return Err(StorageError::Conflict);
    }
    diesel::update(municipalities::table.find(place.0))
        .set((
            municipalities::merged_into.eq(owner.0),
            municipalities::changed_in.eq(version),
            municipalities::version.eq(municipalities::version + 1),
        ))
        .execute(conn)?;
    touch(conn, owner, version)?;
    events::record(
        conn,
        &NewEvent {
            subject: Subject::Municipality,
            subject_id: owner.0,
            action: "place-joined",
            actor: Some(by.0),
            from: None,
            to: Some(slug),
            note: String::new(),
            at,
        },
    )
}

/// Entries that are more than listed places: somebody has joined them or wants
/// to, they state something, or have ties. What the shipped files say of them
/// does not take them away.
fn in_use(conn: &mut DbConn) -> StorageResult<HashSet<i64>> {
    let mut used: HashSet<i64> = entries::table
        .select(entries::municipality_id)
        .distinct()
        .load(conn)?
        .into_iter()
        .collect();
    let joined: Vec<i64> = municipalities::table
        .filter(municipalities::status.ne(Status::Listed.as_str()))
        .select(municipalities::id)
        .load(conn)?;
    used.extend(joined);
    let members: Vec<i64> =
        memberships::table.select(memberships::municipality_id).distinct().load(conn)?;
    used.extend(members);
    used.extend(super::claims::claimed(conn)?);
    for tie in ties::all(conn)? {
        used.extend([tie.a, tie.b].iter().filter_map(|p| p.municipality()).map(|id| id.0));
    }
    Ok(used)
}

/// Where each entry that the drafts no longer describe, but name as a part of
/// another, is to be merged into: by codes.
fn wanted_merges(drafts: &[Draft]) -> HashMap<Code, Code> {
    let described: HashSet<Code> = drafts.iter().filter_map(Draft::code).collect();
    let parts = drafts.iter().filter_map(|draft| Some((draft.code()?, &draft.part_ids)));
    parts
        .flat_map(|(owner, ids)| ids.iter().map(move |id| (Code::Geonames(*id), owner.clone())))
        .filter(|(part, _)| !described.contains(part))
        .collect()
}

/// Merges entries that the drafts no longer describe, but name as a part of
/// another, into that one: their slugs and codes lead there. An entry that is
/// in use stays.
fn merge_parts(
    conn: &mut DbConn,
    drafts: &[Draft],
    version: i64,
    at: Moment,
) -> StorageResult<usize> {
    let used = in_use(conn)?;
    let rows: Vec<MunicipalityRow> = municipalities::table.load(conn)?;
    let by_code: HashMap<Code, &MunicipalityRow> =
        rows.iter().filter_map(|row| Some((code_of(row)?, row))).collect();
    let mut merged = 0;
    for (part, owner) in wanted_merges(drafts) {
        let (Some(row), Some(owner)) = (by_code.get(&part), by_code.get(&owner)) else { continue };
        if row.merged_into.is_some() || used.contains(&row.id) {
            continue;
        }
        diesel::update(municipalities::table.filter(municipalities::id.eq(row.id)))
            .set((
                municipalities::merged_into.eq(owner.id),
                municipalities::changed_in.eq(version),
                municipalities::version.eq(row.version + 1),
            ))
            .execute(conn)?;
        record_change(conn, row.id, "merged", "shipped directory", at)?;
        merged += 1;
    }
    Ok(merged)
}

/// An entry that stays although the shipped files no longer have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its slug.
    pub slug: String,
    /// The slug of the entry it is a part of by the files; none where they do
    /// not mention it.
    pub part_of: Option<String>,
}

/// What of the shipped files could not be applied: entries that they no longer
/// have, and that stay because somebody uses them or because nothing says
/// where they belong.
pub fn kept_beside(conn: &mut DbConn, drafts: &[Draft]) -> StorageResult<Vec<Kept>> {
    let described: HashSet<Code> = drafts.iter().filter_map(Draft::code).collect();
    let wanted = wanted_merges(drafts);
    let rows: Vec<MunicipalityRow> = municipalities::table
        .filter(municipalities::merged_into.is_null())
        .order(municipalities::id)
        .load(conn)?;
    let by_code: HashMap<Code, &MunicipalityRow> =
        rows.iter().filter_map(|row| Some((code_of(row)?, row))).collect();
    let kept = rows.iter().filter_map(|row| {
        let code = code_of(row).filter(|code| !described.contains(code))?;
        let owner = wanted.get(&code).and_then(|owner| by_code.get(owner));
        Some(Kept { slug: row.slug.clone(), part_of: owner.map(|owner| owner.slug.clone()) })
    });
    Ok(kept.collect())
}

fn insert_one(
    conn: &mut DbConn,
    draft: &Draft,
    slugs: &mut Slugs,
    version: i64,
    at: Moment,
) -> StorageResult<i64> {
    let highest: Option<i64> =
        municipalities::table.select(diesel::dsl::max(municipalities::id)).get_result(conn)?;
    let id = highest.unwrap_or(0) + 1;
    let row = MunicipalityRow::new(id, slugs.give(&draft.slugs, id), draft, version);
    insert_municipalities(conn, std::slice::from_ref(&row))?;
    continue_ids_after(conn, id)?;
    if let Some(figure) = &draft.population {
        put_fact(conn, &FactRow::population(id, Origin::Shipped, figure))?;
    }
    put_names(conn, id, &draft.names)?;
    record_change(conn, id, "listed", "shipped directory", at)?;
    Ok(id)
}

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

/// Which places belong to which municipality is wholly the shipped
/// directory's to say.
fn replace_parts(conn: &mut DbConn, drafts: &[Draft]) -> StorageResult<()> {
    let ids: Vec<(i64, Option<String>, Option<i64>)> = municipalities::table
        .select((municipalities::id, municipalities::katottg, municipalities::geonames_id))
        .load(conn)?;
    let by_code: HashMap<Code, i64> = ids
        .into_iter()
        .filter_map(|(id, katottg, geonames)| {
            let code = katottg.map(Code::Katottg).or(geonames.map(Code::Geonames))?;
            Some((code, id))
        })
        .collect();
    diesel::delete(parts::table).execute(conn)?;
    let rows: Vec<PartRow> = drafts
        .iter()
        .filter_map(|d| Some((d, *by_code.get(&d.code()?)?)))
        .flat_map(|(d, id)| {
            d.part_ids.iter().map(move |&g| PartRow { geonames_id: g, municipality_id: id })
        })
        .collect();
    insert_parts(conn, &rows)
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
