//! Entries of the directory as rows.

use diesel::prelude::*;

use super::connection::{DbConn, ROWS_PER_INSERT, on_each};
use super::error::{StorageError, StorageResult};
use super::schema::{facts, municipalities, names, parts};
use crate::domain::directory::Names;
use crate::domain::draft::Draft;
use crate::domain::fact::{Origin, Population};
use crate::domain::geo::Point;
use crate::domain::municipality::{
    Control, Kind, Municipality, MunicipalityId, NameSource, PastOccupation, Position, Role, Status,
};
use crate::domain::time::PartialDate;

/// The key of the population among the facts.
pub(super) const POPULATION: &str = "population";

#[derive(Clone, Debug, PartialEq, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = municipalities, treat_none_as_default_value = false, treat_none_as_null = true)]
pub(super) struct MunicipalityRow {
    pub(super) id: i64,
    pub(super) slug: String,
    pub(super) kind: String,
    pub(super) country: String,
    pub(super) region: String,
    pub(super) district: String,
    pub(super) katottg: Option<String>,
    pub(super) geonames_id: Option<i64>,
    pub(super) name: String,
    pub(super) name_en: String,
    pub(super) name_uk: String,
    pub(super) name_native: String,
    pub(super) centre: String,
    pub(super) role: String,
    pub(super) lat: f64,
    pub(super) lon: f64,
    pub(super) position: String,
    pub(super) settlements: Option<i32>,
    pub(super) status: String,
    pub(super) invented: bool,
    pub(super) merged_into: Option<i64>,
    pub(super) version: i64,
    pub(super) changed_in: i64,
    pub(super) control: String,
    /// A [`PartialDate`], or nothing.
    pub(super) control_since: String,
    pub(super) control_source: String,
    pub(super) control_origin: String,
    pub(super) shown_in: i64,
    /// A [`PartialDate`], or nothing.
    pub(super) occupied_until: String,
    pub(super) occupied_until_source: String,
    pub(super) name_uk_source: String,
}

impl MunicipalityRow {
    /// A fresh row for a draft.
    pub(super) fn new(id: i64, slug: String, draft: &Draft, changed_in: i64) -> MunicipalityRow {
        MunicipalityRow {
            id,
            slug,
            kind: draft.kind.as_str().to_owned(),
            country: draft.country.code().to_owned(),
            region: draft.region.clone(),
            district: draft.district.clone(),
            katottg: draft.katottg.clone(),
            geonames_id: draft.geonames_id,
            name: draft.name.clone(),
            name_en: draft.name_en.clone(),
            name_uk: draft.name_uk.clone(),
            name_native: draft.name_native.clone(),
            centre: draft.centre.clone(),
            role: draft.role.as_str().to_owned(),
            lat: draft.point.lat,
            lon: draft.point.lon,
            position: draft.position.as_str().to_owned(),
            settlements: draft.settlements,
            status: Status::Listed.as_str().to_owned(),
            invented: false,
            merged_into: None,
            version: 1,
            changed_in,
            control: draft.control.as_str().to_owned(),
            control_since: draft.control_since.map_or(String::new(), |since| since.to_string()),
            control_source: draft.control_source.clone(),
            control_origin: Origin::Shipped.as_str().to_owned(),
            shown_in: changed_in,
            occupied_until: String::new(),
            occupied_until_source: String::new(),
            name_uk_source: draft.name_uk_source.as_str().to_owned(),
        }
    }

    /// The same row as a newer draft describes it: what the platform itself
    /// keeps (slug, status, version) stays, and so does what an import said
    /// of control.
    pub(super) fn updated_by(&self, draft: &Draft) -> MunicipalityRow {
        let mut fresh = MunicipalityRow::new(self.id, self.slug.clone(), draft, self.changed_in);
        if self.control_origin != Origin::Shipped.as_str() {
            fresh.control = self.control.clone();
            fresh.control_since = self.control_since.clone();
            fresh.control_source = self.control_source.clone();
            fresh.control_origin = self.control_origin.clone();
        }
        MunicipalityRow {
            status: self.status.clone(),
            invented: self.invented,
            merged_into: self.merged_into,
            version: self.version,
            shown_in: self.shown_in,
            occupied_until: self.occupied_until.clone(),
            occupied_until_source: self.occupied_until_source.clone(),
            ..fresh
        }
    }

    pub(super) fn into_domain(self, population: Option<Population>) -> StorageResult<Municipality> {
        let unreadable = |what: &str, value: &str| {
            StorageError::Unreadable(format!("{what} “{value}” of municipality {}", self.id))
        };
        Ok(Municipality {
            id: MunicipalityId(self.id),
            kind: Kind::parse(&self.kind).ok_or_else(|| unreadable("kind", &self.kind))?,
            country: self.country.parse().map_err(|_| unreadable("country", &self.country))?,
            role: Role::parse(&self.role).ok_or_else(|| unreadable("role", &self.role))?,
            position: Position::parse(&self.position)
                .ok_or_else(|| unreadable("position", &self.position))?,
            status: Status::parse(&self.status)
                .ok_or_else(|| unreadable("status", &self.status))?,
            control: Control::parse(&self.control)
                .ok_or_else(|| unreadable("control", &self.control))?,
            slug: self.slug,
            region: self.region,
            district: self.district,
            katottg: self.katottg,
            geonames_id: self.geonames_id,
            name: self.name,
            name_en: self.name_en,
            name_uk: self.name_uk,
            name_uk_source: NameSource::parse(&self.name_uk_source)
                .ok_or_else(|| unreadable("source of a name", &self.name_uk_source))?,
            name_native: self.name_native,
            centre: self.centre,
            point: Point { lat: self.lat, lon: self.lon },
            settlements: self.settlements,
            population,
            control_since: PartialDate::parse(&self.control_since),
            control_source: self.control_source,
            occupied_until: PartialDate::parse(&self.occupied_until)
                .map(|until| PastOccupation { until, source: self.occupied_until_source }),
            invented: self.invented,
        })
    }
}

#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = facts, treat_none_as_default_value = false)]
pub(super) struct FactRow {
    pub(super) municipality_id: i64,
    pub(super) key: String,
    pub(super) origin: String,
    pub(super) value: i64,
    pub(super) year: Option<i32>,
    pub(super) source: String,
    pub(super) estimated: bool,
}

impl FactRow {
    pub(super) fn population(id: i64, origin: Origin, figure: &Population) -> FactRow {
        FactRow {
            municipality_id: id,
            key: POPULATION.to_owned(),
            origin: origin.as_str().to_owned(),
            value: figure.value,
            year: figure.year,
            source: figure.source.clone(),
            estimated: figure.estimated,
        }
    }

    pub(super) fn origin(&self) -> StorageResult<Origin> {
        Origin::from_stored(&self.origin)
            .ok_or_else(|| StorageError::Unreadable(format!("origin “{}” of a fact", self.origin)))
    }

    pub(super) fn into_population(self) -> Population {
        Population {
            value: self.value,
            year: self.year,
            source: self.source,
            estimated: self.estimated,
        }
    }
}

#[derive(Debug, Queryable, Insertable)]
#[diesel(table_name = names, treat_none_as_default_value = false)]
pub(super) struct NamesRow {
    pub(super) municipality_id: i64,
    pub(super) kind: String,
    pub(super) lines: String,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = parts, treat_none_as_default_value = false)]
pub(super) struct PartRow {
    pub(super) geonames_id: i64,
    pub(super) municipality_id: i64,
}

/// The kinds of names, as stored.
const OTHER: &str = "other";
const FORMER: &str = "former";
const PART: &str = "part";

/// The rows for the names of one entry; none for a kind without names.
pub(super) fn names_rows(id: i64, names: &Names) -> impl Iterator<Item = NamesRow> {
    [(OTHER, &names.other), (FORMER, &names.former), (PART, &names.parts)]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(move |(kind, text)| NamesRow {
            municipality_id: id,
            kind: kind.to_owned(),
            lines: text.clone(),
        })
        .collect::<Vec<_>>()
        .into_iter()
}

/// Puts one stored row of names where it belongs.
pub(super) fn collect_names(into: &mut Names, row: NamesRow) {
    match row.kind.as_str() {
        FORMER => into.former = row.lines,
        PART => into.parts = row.lines,
        _ => into.other = row.lines,
    }
}

/// Inserts many rows of one table.
macro_rules! insert_many {
    ($conn:expr, $table:expr, $rows:expr) => {
        for chunk in $rows.chunks(ROWS_PER_INSERT) {
            on_each!($conn, |c| diesel::insert_into($table).values(chunk).execute(c))?;
        }
    };
}

pub(super) fn insert_municipalities(
    conn: &mut DbConn,
    rows: &[MunicipalityRow],
) -> StorageResult<()> {
    insert_many!(conn, municipalities::table, rows);
    Ok(())
}

pub(super) fn insert_facts(conn: &mut DbConn, rows: &[FactRow]) -> StorageResult<()> {
    insert_many!(conn, facts::table, rows);
    Ok(())
}

pub(super) fn insert_names(conn: &mut DbConn, rows: &[NamesRow]) -> StorageResult<()> {
    insert_many!(conn, names::table, rows);
    Ok(())
}

pub(super) fn insert_parts(conn: &mut DbConn, rows: &[PartRow]) -> StorageResult<()> {
    insert_many!(conn, parts::table, rows);
    Ok(())
}

/// Writes a fact of one origin, replacing what that origin said before.
pub(super) fn put_fact(conn: &mut DbConn, row: &FactRow) -> StorageResult<()> {
    on_each!(conn, |c| diesel::insert_into(facts::table)
        .values(row)
        .on_conflict((facts::municipality_id, facts::key, facts::origin))
        .do_update()
        .set((
            facts::value.eq(row.value),
            facts::year.eq(row.year),
            facts::source.eq(&row.source),
            facts::estimated.eq(row.estimated),
        ))
        .execute(c))?;
    Ok(())
}

/// Replaces all names of one entry.
pub(super) fn put_names(conn: &mut DbConn, id: i64, new: &Names) -> StorageResult<()> {
    diesel::delete(names::table.filter(names::municipality_id.eq(id))).execute(conn)?;
    insert_names(conn, &names_rows(id, new).collect::<Vec<_>>())
}
