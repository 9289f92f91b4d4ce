//! Requests to officers, and what follows when one is accepted.

use diesel::prelude::*;

use super::connection::DbConn;
use super::error::{StorageError, StorageResult};
use super::schema::{municipalities, requests};
use super::{curation, events, ties, version};
use crate::domain::account::{AccountId, email_key};
use crate::domain::country::Country;
use crate::domain::curation::Curation;
use crate::domain::event::{NewEvent, Subject};
use crate::domain::fact::Population;
use crate::domain::municipality::MunicipalityId;
use crate::domain::request::{NewRequest, Request, RequestId, RequestKind, RequestState};
use crate::domain::tie::{Place, Tie};
use crate::domain::time::Moment;

#[derive(Queryable)]
struct RequestRow {
    id: i64,
    kind: String,
    municipality_id: Option<i64>,
    account_id: Option<i64>,
    email: String,
    value: String,
    country: String,
    year: Option<i32>,
    source: String,
    message: String,
    state: String,
    answer: String,
    created_at: Moment,
    _version: i64,
    language: String,
}

impl RequestRow {
    fn into_domain(self) -> StorageResult<Request> {
        let unreadable = |what: &str| StorageError::Unreadable(format!("{what} of a request"));
        Ok(Request {
            id: RequestId(self.id),
            state: RequestState::parse(&self.state).ok_or_else(|| unreadable("state"))?,
            answer: self.answer,
            created_at: self.created_at,
            asked: NewRequest {
                kind: RequestKind::parse(&self.kind).ok_or_else(|| unreadable("kind"))?,
                municipality: self.municipality_id.map(MunicipalityId),
                account: self.account_id.map(AccountId),
                email: self.email,
                language: self.language,
                value: self.value,
                country: self.country,
                year: self.year,
                source: self.source,
                message: self.message,
            },
        })
    }
}

fn record(
    conn: &mut DbConn,
    id: RequestId,
    by: Option<AccountId>,
    from: Option<RequestState>,
    to: RequestState,
    at: Moment,
) -> StorageResult<()> {
    events::record(
        conn,
        &NewEvent {
            subject: Subject::Request,
            subject_id: id.0,
            action: "request",
            actor: by.map(|a| a.0),
            from: from.map(|s| s.as_str().to_owned()),
            to: Some(to.as_str().to_owned()),
            note: String::new(),
            at,
        },
    )
}

/// Makes a request; call inside a transaction.
pub fn create(conn: &mut DbConn, asked: &NewRequest, at: Moment) -> StorageResult<RequestId> {
    let id = diesel::insert_into(requests::table)
        .values((
            requests::kind.eq(asked.kind.as_str()),
            requests::municipality_id.eq(asked.municipality.map(|m| m.0)),
            requests::account_id.eq(asked.account.map(|a| a.0)),
            requests::email.eq(&asked.email),
            requests::value.eq(&asked.value),
            requests::country.eq(&asked.country),
            requests::year.eq(asked.year),
            requests::source.eq(&asked.source),
            requests::message.eq(&asked.message),
            requests::state.eq(RequestState::Submitted.as_str()),
            requests::answer.eq(""),
            requests::created_at.eq(at),
            requests::version.eq(1),
            requests::language.eq(&asked.language),
        ))
        .returning(requests::id)
        .get_result(conn)
        .map(RequestId)?;
    record(conn, id, asked.account, None, RequestState::Submitted, at)?;
    Ok(id)
}

/// A request.
///
/// # Errors
/// [`StorageError::NotFound`] when there is none.
pub fn load(conn: &mut DbConn, id: RequestId) -> StorageResult<Request> {
    let row: RequestRow = requests::table.find(id.0).get_result(conn)?;
    row.into_domain()
}

/// The requests in a state about municipalities of some countries, or of all
/// when none are named, and those about one that is not listed; the oldest
/// first.
pub fn in_state(
    conn: &mut DbConn,
    state: RequestState,
    of: &[Country],
    most: i64,
) -> StorageResult<Vec<Request>> {
    let mut query = requests::table
        .filter(requests::state.eq(state.as_str()))
        .order((requests::created_at, requests::id))
        .limit(most)
        .into_boxed();
    if !of.is_empty() {
        let codes: Vec<String> = of.iter().map(|c| c.code().to_owned()).collect();
        let within = municipalities::table
            .filter(municipalities::country.eq_any(codes))
            .select(municipalities::id.nullable());
        let about = requests::municipality_id;
        query = query.filter(about.eq_any(within).or(about.is_null()));
    }
    let rows: Vec<RequestRow> = query.load(conn)?;
    rows.into_iter().map(RequestRow::into_domain).collect()
}

/// Decides a request, and does what is asked when it is accepted: a figure
/// becomes the curated one, a partnership is recorded with `partner` at its
/// other end. Call inside a transaction.
///
/// # Errors
/// [`StorageError::Stale`] when it was decided already.
pub fn decide(
    conn: &mut DbConn,
    id: RequestId,
    accepted: Option<Option<MunicipalityId>>,
    answer: &str,
    by: AccountId,
    at: Moment,
) -> StorageResult<Request> {
    let request = load(conn, id)?;
    let to = if accepted.is_some() { RequestState::Accepted } else { RequestState::Refused };
    let changed = diesel::update(requests::table.find(id.0))
        .filter(requests::state.eq(RequestState::Submitted.as_str()))
        .set((
            requests::state.eq(to.as_str()),
            requests::answer.eq(answer),
            requests::version.eq(requests::version + 1),
        ))
        .execute(conn)?;
    if changed != 1 {
        return Err(StorageError::Stale);
    }
    record(conn, id, Some(by), Some(request.state), to, at)?;
    let asked = &request.asked;
    match (accepted, asked.kind, asked.municipality) {
        (Some(_), RequestKind::Population, Some(municipality)) => {
            let value = asked
                .value
                .parse()
                .map_err(|_| StorageError::Unreadable(format!("the figure of request {}", id.0)))?;
            let (year, source) = (asked.year, asked.source.clone());
            let figure = Population { value, year, source, estimated: false };
            let new = Curation::Population(Some(figure));
            curation::set(conn, municipality, (None, &new), by, "", at)?;
        }
        (Some(Some(partner)), RequestKind::Tie, Some(municipality)) => {
            let tie = Tie {
                a: Place::Listed(municipality),
                b: Place::Listed(partner),
                since: asked.year,
                source: asked.source.clone(),
            };
            let key = tie.pair_key();
            // Whoever takes the next version goes alone from here on.
            let version = version::next_version(conn)?;
            if !ties::all(conn)?.iter().any(|t| t.pair_key() == key) {
                ties::insert(conn, &[tie])?;
                for end in [municipality, partner] {
                    version::touch(conn, end, version)?;
                }
                events::record(
                    conn,
                    &NewEvent {
                        subject: Subject::Municipality,
                        subject_id: municipality.0,
                        action: "tie-recorded",
                        actor: Some(by.0),
                        from: None,
                        to: Some(key),
                        note: String::new(),
                        at,
                    },
                )?;
            }
        }
        _ => {}
    }
    Ok(request)
}

/// Takes a person out of the requests of an account, or made from one of these
/// addresses, as they are looked up: who asked, and all they wrote in their
/// own words. What waits is closed, for nobody is left who could say more.
/// Call inside a transaction.
pub(super) fn forget_asker(
    conn: &mut DbConn,
    id: AccountId,
    keys: &[String],
    at: Moment,
) -> StorageResult<()> {
    let known = requests::account_id.is_not_null().or(requests::email.ne(""));
    let rows: Vec<(i64, Option<i64>, String, String)> = requests::table
        .filter(known)
        .select((requests::id, requests::account_id, requests::email, requests::state))
        .load(conn)?;
    for (request, account, email, state) in rows {
        let by_address = || email_key(&email).is_some_and(|key| keys.contains(&key));
        if account != Some(id.0) && !by_address() {
            continue;
        }
        diesel::update(requests::table.find(request))
            .set((
                requests::account_id.eq(None::<i64>),
                requests::email.eq(""),
                requests::value.eq(""),
                requests::country.eq(""),
                requests::source.eq(""),
                requests::message.eq(""),
                requests::answer.eq(""),
            ))
            .execute(conn)?;
        if state == RequestState::Submitted.as_str() {
            diesel::update(requests::table.find(request))
                .set((
                    requests::state.eq(RequestState::Refused.as_str()),
                    requests::version.eq(requests::version + 1),
                ))
                .execute(conn)?;
            let (from, to) = (RequestState::Submitted, RequestState::Refused);
            record(conn, RequestId(request), Some(id), Some(from), to, at)?;
        }
    }
    Ok(())
}

/// Takes the words and addresses out of requests that were decided and made
/// before a moment.
pub fn forget_old(conn: &mut DbConn, moment: Moment) -> StorageResult<usize> {
    let old = requests::table
        .filter(requests::created_at.lt(moment))
        .filter(requests::state.ne(RequestState::Submitted.as_str()));
    Ok(diesel::update(old)
        .set((requests::email.eq(""), requests::message.eq(""), requests::answer.eq("")))
        .execute(conn)?)
}
