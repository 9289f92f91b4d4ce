//! Claims, and what follows when one is decided.

use diesel::prelude::*;

use super::connection::DbConn;
use super::error::{StorageError, StorageResult};
use super::memberships::set_membership;
use super::schema::{claims, municipalities};
use super::{events, facts, profiles, version};
use crate::domain::account::{AccountId, MemberRole, MemberState, Membership};
use crate::domain::claim::{Claim, ClaimAction, ClaimActor, ClaimId, ClaimState, ClaimText};
use crate::domain::country::Country;
use crate::domain::event::{NewEvent, Subject};
use crate::domain::municipality::{MunicipalityId, Status};
use crate::domain::profile::Profile;
use crate::domain::time::Moment;

/// The states in which a claim is not decided yet.
pub(super) const OPEN: [ClaimState; 3] =
    [ClaimState::Unconfirmed, ClaimState::Submitted, ClaimState::Returned];

#[derive(Queryable, Selectable)]
#[diesel(table_name = claims)]
struct ClaimRow {
    id: i64,
    municipality_id: i64,
    account_id: i64,
    state: String,
    position: String,
    official_address: String,
    evidence: String,
    message: String,
    answer: String,
    created_at: Moment,
    version: i64,
}

impl ClaimRow {
    fn into_domain(self) -> StorageResult<Claim> {
        let state = ClaimState::parse(&self.state).ok_or_else(|| {
            StorageError::Unreadable(format!("state “{}” of claim {}", self.state, self.id))
        })?;
        Ok(Claim {
            id: ClaimId(self.id),
            municipality: MunicipalityId(self.municipality_id),
            account: AccountId(self.account_id),
            state,
            text: ClaimText {
                position: self.position,
                official_address: self.official_address,
                evidence: self.evidence,
                message: self.message,
            },
            answer: self.answer,
            created_at: self.created_at,
            version: self.version,
        })
    }
}

fn record(
    conn: &mut DbConn,
    claim: ClaimId,
    by: AccountId,
    from: Option<ClaimState>,
    to: ClaimState,
    at: Moment,
) -> StorageResult<()> {
    events::record(
        conn,
        &NewEvent {
            subject: Subject::Claim,
            subject_id: claim.0,
            action: "claim",
            actor: Some(by.0),
            from: from.map(|s| s.as_str().to_owned()),
            to: Some(to.as_str().to_owned()),
            note: String::new(),
            at,
        },
    )
}

/// Makes a claim; call inside a transaction.
///
/// # Errors
/// [`StorageError::Conflict`] when the account has an open one for the
/// municipality, [`StorageError::Stale`] when that was put together with
/// another meanwhile.
pub fn create(
    conn: &mut DbConn,
    municipality: MunicipalityId,
    account: AccountId,
    text: &ClaimText,
    state: ClaimState,
    at: Moment,
) -> StorageResult<ClaimId> {
    // Asked first: after a violation PostgreSQL would refuse whatever follows
    // in the transaction. The unique index still decides a race.
    if open_of(conn, account, municipality)?.is_some() {
        return Err(StorageError::Conflict);
    }
    let merged: Option<i64> = municipalities::table
        .find(municipality.0)
        .select(municipalities::merged_into)
        .get_result(conn)?;
    if merged.is_some() {
        return Err(StorageError::Stale);
    }
    let id: i64 = diesel::insert_into(claims::table)
        .values((
            claims::municipality_id.eq(municipality.0),
            claims::account_id.eq(account.0),
            claims::state.eq(state.as_str()),
            claims::position.eq(&text.position),
            claims::official_address.eq(&text.official_address),
            claims::evidence.eq(&text.evidence),
            claims::message.eq(&text.message),
            claims::answer.eq(""),
            claims::created_at.eq(at),
            claims::version.eq(1),
        ))
        .returning(claims::id)
        .get_result(conn)?;
    record(conn, ClaimId(id), account, None, state, at)?;
    Ok(ClaimId(id))
}

/// A claim.
///
/// # Errors
/// [`StorageError::NotFound`] when there is none.
pub fn load(conn: &mut DbConn, id: ClaimId) -> StorageResult<Claim> {
    let row = claims::table.find(id.0).select(ClaimRow::as_select()).get_result(conn)?;
    row.into_domain()
}

fn all(rows: Vec<ClaimRow>) -> StorageResult<Vec<Claim>> {
    rows.into_iter().map(ClaimRow::into_domain).collect()
}

/// The claims of an account, the newest first.
pub fn of_account(conn: &mut DbConn, account: AccountId) -> StorageResult<Vec<Claim>> {
    let rows = claims::table
        .filter(claims::account_id.eq(account.0))
        .order(claims::id.desc())
        .select(ClaimRow::as_select())
        .load(conn)?;
    all(rows)
}

/// The claims for a municipality whose claimants have proven their address,
/// the newest first.
pub fn of_municipality(conn: &mut DbConn, id: MunicipalityId) -> StorageResult<Vec<Claim>> {
    let rows = claims::table
        .filter(claims::municipality_id.eq(id.0))
        .filter(claims::state.ne(ClaimState::Unconfirmed.as_str()))
        .order(claims::id.desc())
        .select(ClaimRow::as_select())
        .load(conn)?;
    all(rows)
}

/// The municipalities that somebody wants to speak for, by claims that are
/// not decided yet.
pub(super) fn claimed(conn: &mut DbConn) -> StorageResult<Vec<i64>> {
    Ok(claims::table
        .filter(claims::state.eq_any(OPEN.map(ClaimState::as_str)))
        .select(claims::municipality_id)
        .distinct()
        .load(conn)?)
}

/// The claims in a state for municipalities of some countries, or of all when
/// none are named, the oldest first.
pub fn in_state(
    conn: &mut DbConn,
    state: ClaimState,
    of: &[Country],
    most: i64,
) -> StorageResult<Vec<Claim>> {
    let mut query = claims::table
        .filter(claims::state.eq(state.as_str()))
        .order((claims::created_at, claims::id))
        .limit(most)
        .select(ClaimRow::as_select())
        .into_boxed();
    if !of.is_empty() {
        let codes: Vec<String> = of.iter().map(|c| c.code().to_owned()).collect();
        let within = municipalities::table
            .filter(municipalities::country.eq_any(codes))
            .select(municipalities::id);
        query = query.filter(claims::municipality_id.eq_any(within));
    }
    all(query.load(conn)?)
}

/// What somebody does with a claim they saw in a version.
#[derive(Clone, Debug)]
pub struct Step<'a> {
    /// What is done.
    pub action: ClaimAction,
    /// By whom.
    pub by: AccountId,
    /// As what.
    pub actor: ClaimActor,
    /// The version they saw; none for whoever made the claim and knows what
    /// is in it.
    pub seen: Option<i64>,
    /// A question or a reason of an officer.
    pub answer: &'a str,
    /// What a claimant says now.
    pub text: Option<&'a ClaimText>,
}

impl Step<'_> {
    /// A step of whoever made the claim, with nothing new said.
    fn of_claimant(by: AccountId, action: ClaimAction) -> Step<'static> {
        let actor = ClaimActor::Claimant;
        Step { action, by, actor, seen: None, answer: "", text: None }
    }
}

/// Takes a step, with everything that follows; call inside a transaction.
///
/// # Errors
/// [`StorageError::Stale`] when the claim changed since it was seen, or the
/// step is none that leads anywhere from where it is.
pub fn take(conn: &mut DbConn, id: ClaimId, step: &Step<'_>, at: Moment) -> StorageResult<Claim> {
    let before = load(conn, id)?;
    let to = before.state.after(step.action, step.actor).ok_or(StorageError::Stale)?;
    let text = step.text.unwrap_or(&before.text);
    let answer = if step.answer.is_empty() { &before.answer } else { step.answer };
    let seen = step.seen.unwrap_or(before.version);
    let changed = diesel::update(claims::table.find(id.0))
        .filter(claims::version.eq(seen))
        .set((
            claims::state.eq(to.as_str()),
            claims::position.eq(&text.position),
            claims::official_address.eq(&text.official_address),
            claims::evidence.eq(&text.evidence),
            claims::message.eq(&text.message),
            claims::answer.eq(answer),
            claims::version.eq(seen + 1),
        ))
        .execute(conn)?;
    if changed != 1 {
        return Err(StorageError::Stale);
    }
    record(conn, id, step.by, Some(before.state), to, at)?;
    if to == ClaimState::Accepted {
        accept(conn, &before, step.by, at)?;
    }
    load(conn, id)
}

/// The claimant speaks for the municipality from now on, and an officer has
/// confirmed it.
fn accept(conn: &mut DbConn, claim: &Claim, by: AccountId, at: Moment) -> StorageResult<()> {
    let membership = Membership {
        municipality: claim.municipality,
        role: MemberRole::Signatory,
        state: MemberState::Active,
    };
    // In the order of every other change: the version first.
    let version = version::next_version(conn)?;
    set_membership(conn, claim.account, membership, Some(by), at)?;
    adopt_profile(conn, claim, at)?;
    let (status, invented): (String, bool) = municipalities::table
        .find(claim.municipality.0)
        .select((municipalities::status, municipalities::invented))
        .get_result(conn)?;
    if status != Status::Verified.as_str() && status != Status::Paused.as_str() {
        facts::set_status(conn, claim.municipality, Status::Verified, invented)?;
        version::touch(conn, claim.municipality, version)?;
        events::record(
            conn,
            &NewEvent {
                subject: Subject::Municipality,
                subject_id: claim.municipality.0,
                action: "status",
                actor: Some(by.0),
                from: Some(status),
                to: Some(Status::Verified.as_str().to_owned()),
                note: String::new(),
                at,
            },
        )?;
    }
    Ok(())
}

/// What was written while the claim waited becomes the profile, not public
/// yet, unless somebody has stated one meanwhile.
fn adopt_profile(conn: &mut DbConn, claim: &Claim, at: Moment) -> StorageResult<()> {
    let (profile, version) = profile_of(conn, claim.id)?;
    if version == 0 || profiles::stated(conn, claim.municipality)?.version != 0 {
        return Ok(());
    }
    profiles::write(conn, claim.municipality, &profile, (0, false))?;
    events::record(
        conn,
        &NewEvent {
            subject: Subject::Municipality,
            subject_id: claim.municipality.0,
            action: "profile-adopted",
            actor: Some(claim.account.0),
            from: None,
            to: Some(profile.outline()),
            note: String::new(),
            at,
        },
    )
}

/// The claim of an account for a municipality that is not decided yet.
pub fn open_of(
    conn: &mut DbConn,
    account: AccountId,
    municipality: MunicipalityId,
) -> StorageResult<Option<ClaimId>> {
    let found: Option<i64> = claims::table
        .filter(claims::account_id.eq(account.0))
        .filter(claims::municipality_id.eq(municipality.0))
        .filter(claims::state.eq_any(OPEN.map(ClaimState::as_str)))
        .select(claims::id)
        .get_result(conn)
        .optional()?;
    Ok(found.map(ClaimId))
}

/// Takes back whatever an account has claimed and is not decided; call inside
/// a transaction.
pub(super) fn withdraw_all(conn: &mut DbConn, account: AccountId, at: Moment) -> StorageResult<()> {
    let waiting: Vec<i64> = claims::table
        .filter(claims::account_id.eq(account.0))
        .filter(claims::state.eq_any(OPEN.map(ClaimState::as_str)))
        .select(claims::id)
        .load(conn)?;
    for id in waiting {
        withdraw(conn, ClaimId(id), account, at)?;
    }
    Ok(())
}

/// Takes back a claim that is not decided; call inside a transaction.
pub(super) fn withdraw(
    conn: &mut DbConn,
    id: ClaimId,
    account: AccountId,
    at: Moment,
) -> StorageResult<()> {
    take(conn, id, &Step::of_claimant(account, ClaimAction::Withdraw), at).map(drop)
}

/// The profile somebody writes while the claim waits, and how often it was
/// saved.
pub fn profile_of(conn: &mut DbConn, id: ClaimId) -> StorageResult<(Profile, i64)> {
    let (text, version): (String, i64) = claims::table
        .find(id.0)
        .select((claims::profile, claims::profile_version))
        .get_result(conn)?;
    Ok((profiles::from_document(&text)?, version))
}

/// Keeps the profile of a claim that somebody saw in a version.
///
/// # Errors
/// [`StorageError::Stale`] when it was saved since, or the claim is decided.
pub fn set_profile(
    conn: &mut DbConn,
    id: ClaimId,
    seen: i64,
    profile: &Profile,
) -> StorageResult<()> {
    let changed = diesel::update(claims::table.find(id.0))
        .filter(claims::profile_version.eq(seen))
        .filter(claims::state.eq_any(OPEN.map(ClaimState::as_str)))
        .set((
            claims::profile.eq(profiles::to_document(profile)?),
            claims::profile_version.eq(seen + 1),
        ))
        .execute(conn)?;
    if changed == 1 { Ok(()) } else { Err(StorageError::Stale) }
}

/// A claim that was made before its address was proven waits for an officer
/// from now on; call inside the transaction that proves it. One that is over,
/// or somebody else's, stays as it is.
pub fn confirm(
    conn: &mut DbConn,
    id: ClaimId,
    account: AccountId,
    at: Moment,
) -> StorageResult<()> {
    let waiting: i64 = claims::table
        .find(id.0)
        .filter(claims::account_id.eq(account.0))
        .filter(claims::state.eq(ClaimState::Unconfirmed.as_str()))
        .count()
        .get_result(conn)?;
    if waiting == 1 {
        take(conn, id, &Step::of_claimant(account, ClaimAction::Confirm), at)?;
    }
    Ok(())
}
