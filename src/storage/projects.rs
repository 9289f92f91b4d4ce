//! Priority projects of municipalities: rows of their own, titles with the
//! other texts of a profile.

use std::collections::HashMap;

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::connection::{DbConn, on_each};
use super::error::{StorageError, StorageResult};
use super::schema::{projects, texts};
use crate::domain::audience::Audience;
use crate::domain::municipality::MunicipalityId;
use crate::domain::project::{CostBand, DreamId, Project, Stage, area};

const OF_PROJECT: &str = "project";
const TITLE: &str = "title";

/// A project as it is stored, without its titles.
#[derive(Debug, Queryable, Serialize, Deserialize)]
pub(super) struct ProjectRow {
    id: i64,
    municipality_id: i64,
    area: String,
    stage: String,
    cost: String,
    dream: String,
    audience: String,
}

impl ProjectRow {
    pub(super) fn new(project: &Project) -> ProjectRow {
        ProjectRow {
            id: 0,
            municipality_id: 0,
            area: project.area.slug.to_owned(),
            stage: project.stage.as_str().to_owned(),
            cost: project.cost.map_or(String::new(), |c| c.as_str().to_owned()),
            dream: project.dream.as_ref().map_or(String::new(), |d| d.as_str().to_owned()),
            audience: project.audience.as_str().to_owned(),
        }
    }

    pub(super) fn into_domain(self, titles: Vec<(String, String)>) -> StorageResult<Project> {
        let unreadable =
            |what: &str| StorageError::Unreadable(format!("{what} of project {}", self.id));
        let cost = match &*self.cost {
            "" => None,
            word => Some(CostBand::parse(word).ok_or_else(|| unreadable("cost"))?),
        };
        let dream = match &*self.dream {
            "" => None,
            id => Some(DreamId::parse(id).ok_or_else(|| unreadable("number"))?),
        };
        Ok(Project {
            titles,
            area: area(&self.area).ok_or_else(|| unreadable("area"))?,
            stage: Stage::parse(&self.stage).ok_or_else(|| unreadable("stage"))?,
            cost,
            dream,
            audience: Audience::parse(&self.audience).ok_or_else(|| unreadable("audience"))?,
        })
    }
}

/// The projects of these municipalities, or of all when none are named, in
/// the order they were given.
pub(super) fn load(
    conn: &mut DbConn,
    only: Option<&[i64]>,
) -> StorageResult<HashMap<MunicipalityId, Vec<Project>>> {
    let rows: Vec<ProjectRow> = match only {
        Some([one]) => {
            let of_one = projects::table.filter(projects::municipality_id.eq(one));
            on_each!(conn, |c| of_one.order(projects::id).load(c))?
        }
        Some(ids) => projects::table
            .filter(projects::municipality_id.eq_any(ids.to_vec()))
            .order(projects::id)
            .load(conn)?,
        None => projects::table.order(projects::id).load(conn)?,
    };
    let mut found: HashMap<MunicipalityId, Vec<Project>> = HashMap::new();
    if rows.is_empty() {
        return Ok(found);
    }
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut titles: HashMap<i64, Vec<(String, String)>> = HashMap::new();
    for chunk in ids.chunks(1_000) {
        let said: Vec<(i64, String, String)> = texts::table
            .filter(texts::owner.eq(OF_PROJECT).and(texts::field.eq(TITLE)))
            .filter(texts::owner_id.eq_any(chunk.to_vec()))
            .order(texts::language)
            .select((texts::owner_id, texts::language, texts::body))
            .load(conn)?;
        for (id, language, body) in said {
            titles.entry(id).or_default().push((language, body));
        }
    }
    for row in rows {
        let (id, owner) = (row.id, MunicipalityId(row.municipality_id));
        let project = row.into_domain(titles.remove(&id).unwrap_or_default())?;
        found.entry(owner).or_default().push(project);
    }
    Ok(found)
}

/// Replaces the projects of a municipality; call inside a transaction.
pub(super) fn write(conn: &mut DbConn, id: MunicipalityId, all: &[Project]) -> StorageResult<()> {
    let of_it = projects::municipality_id.eq(id.0);
    let old = projects::table.filter(of_it).select(projects::id);
    diesel::delete(
        texts::table.filter(texts::owner.eq(OF_PROJECT).and(texts::owner_id.eq_any(old))),
    )
    .execute(conn)?;
    diesel::delete(projects::table.filter(of_it)).execute(conn)?;
    for project in all {
        let row = ProjectRow::new(project);
        let number: i64 = diesel::insert_into(projects::table)
            .values((
                of_it,
                projects::area.eq(row.area),
                projects::stage.eq(row.stage),
                projects::cost.eq(row.cost),
                projects::dream.eq(row.dream),
                projects::audience.eq(row.audience),
            ))
            .returning(projects::id)
            .get_result(conn)?;
        let titles: Vec<_> = project
            .titles
            .iter()
            .map(|(language, body)| {
                (
                    texts::owner.eq(OF_PROJECT),
                    texts::owner_id.eq(number),
                    texts::field.eq(TITLE),
                    texts::language.eq(language),
                    texts::body.eq(body),
                )
            })
            .collect();
        on_each!(conn, |c| diesel::insert_into(texts::table).values(&titles).execute(c))?;
    }
    Ok(())
}
