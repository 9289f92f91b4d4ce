//! The shipped directory, applied to the one that is stored.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::connection::{Conn, DbConn, change};
use super::error::{StorageError, StorageResult};
use super::events;
use super::facts::record_change;
use super::merges::in_use;
use super::municipalities::{
    FactRow, MunicipalityRow, NamesRow, POPULATION, PartRow, collect_names, insert_facts,
    insert_municipalities, insert_names, insert_parts, names_rows, put_fact, put_names,
};
use super::schema::{directory_state, facts, municipalities, names, parts, slug_aliases};
use super::version::{next_version, state};
use crate::domain::directory::Names;
use crate::domain::draft::{Code, Draft};
use crate::domain::event::{NewEvent, Subject};
use crate::domain::fact::{Origin, Population};
use crate::domain::time::Moment;

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
