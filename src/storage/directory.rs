//! The directory as a whole: reading it, taking in drafts, and the version
//! by which every process notices a change.

use std::collections::HashMap;
use std::sync::Arc;

use diesel::connection::DefaultLoadingMode;
use diesel::dsl::max;
use diesel::prelude::*;

use super::connection::{Db, DbConn};
use super::error::StorageResult;
use super::municipalities::{FactRow, MunicipalityRow, NamesRow, POPULATION, collect_names};
use super::schema::{facts, municipalities, names, parts, slug_aliases};
use super::version::state;
use super::{hidings, profiles, ties};
use crate::domain::directory::{Contents, Directory, Names, Record};
use crate::domain::fact::{Origin, Population};
use crate::domain::municipality::MunicipalityId;
use crate::domain::profile::Profile;

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
