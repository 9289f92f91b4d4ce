//! Recorded ties.

use diesel::prelude::*;

use super::connection::{DbConn, ROWS_PER_INSERT, on_each};
use super::error::StorageResult;
use super::schema::ties;
use crate::domain::municipality::MunicipalityId;
use crate::domain::tie::{Place, Tie};

#[derive(Debug, Queryable)]
struct TieRow {
    _id: i64,
    a_id: Option<i64>,
    a_name: String,
    b_id: Option<i64>,
    b_name: String,
    _pair_key: String,
    since: Option<i32>,
    source: String,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = ties, treat_none_as_default_value = false)]
struct NewTieRow {
    a_id: Option<i64>,
    a_name: String,
    b_id: Option<i64>,
    b_name: String,
    pair_key: String,
    since: Option<i32>,
    source: String,
}

fn columns(place: &Place) -> (Option<i64>, String) {
    match place {
        Place::Listed(id) => (Some(id.0), String::new()),
        Place::Outside(name) => (None, name.clone()),
    }
}

fn place(id: Option<i64>, name: String) -> Place {
    id.map_or(Place::Outside(name), |id| Place::Listed(MunicipalityId(id)))
}

/// All ties, in the order they were recorded.
pub fn all(conn: &mut DbConn) -> StorageResult<Vec<Tie>> {
    let rows: Vec<TieRow> = ties::table.order(ties::id).load(conn)?;
    Ok(rows
        .into_iter()
        .map(|r| Tie {
            a: place(r.a_id, r.a_name),
            b: place(r.b_id, r.b_name),
            since: r.since,
            source: r.source,
        })
        .collect())
}

/// Records ties that are not recorded yet; call inside a transaction.
pub fn insert(conn: &mut DbConn, new: &[Tie]) -> StorageResult<()> {
    let rows: Vec<NewTieRow> = new
        .iter()
        .map(|tie| {
            let ((a_id, a_name), (b_id, b_name)) = (columns(&tie.a), columns(&tie.b));
            NewTieRow {
                a_id,
                a_name,
                b_id,
                b_name,
                pair_key: tie.pair_key(),
                since: tie.since,
                source: tie.source.clone(),
            }
        })
        .collect();
    for chunk in rows.chunks(ROWS_PER_INSERT) {
        on_each!(conn, |c| diesel::insert_into(ties::table).values(chunk).execute(c))?;
    }
    Ok(())
}

/// Sets the year a recorded tie began; call inside a transaction.
pub fn set_since(conn: &mut DbConn, tie: &Tie) -> StorageResult<()> {
    diesel::update(ties::table.filter(ties::pair_key.eq(tie.pair_key())))
        .set(ties::since.eq(tie.since))
        .execute(conn)?;
    Ok(())
}
