//! What is shown with a claim beside its words: a code from the official
//! address, files, and places that belong to the municipality.

use diesel::prelude::*;

use super::claims::OPEN;
use super::connection::{DbConn, on_each};
use super::error::{StorageError, StorageResult};
use super::schema::{claim_codes, claim_files, claim_places, claims};
use crate::domain::account::AccountId;
use crate::domain::claim::{ClaimId, ClaimState, MAX_FILES, MAX_PLACES};
use crate::domain::event::{NewEvent, Subject};
use crate::domain::municipality::MunicipalityId;
use crate::domain::time::Moment;
use crate::media::MediaKind;

/// A code that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentCode {
    /// Where to.
    pub address: String,
    /// When.
    pub sent_at: Moment,
    /// When it was given back; none until then.
    pub given_at: Option<Moment>,
}

/// A file, without what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFile {
    /// Its number.
    pub id: i64,
    /// What its giver called it.
    pub name: String,
    /// What it is.
    pub kind: MediaKind,
    /// When it was given.
    pub added_at: Moment,
}

/// Everything shown with a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// The code for the official address.
    pub code: Option<SentCode>,
    /// Files, the first first.
    pub files: Vec<KeptFile>,
    /// Listed places that belong to the municipality, as the claimant says.
    pub places: Vec<MunicipalityId>,
}

fn kind(word: &str, id: i64) -> StorageResult<MediaKind> {
    MediaKind::parse(word)
        .ok_or_else(|| StorageError::Unreadable(format!("kind “{word}” of file {id}")))
}

/// Everything shown with a claim.
pub fn of(conn: &mut DbConn, claim: ClaimId) -> StorageResult<Evidence> {
    let code: Option<(String, Moment, Option<Moment>)> = claim_codes::table
        .find(claim.0)
        .select((claim_codes::address, claim_codes::sent_at, claim_codes::given_at))
        .get_result(conn)
        .optional()?;
    let files: Vec<(i64, String, String, Moment)> = claim_files::table
        .filter(claim_files::claim_id.eq(claim.0))
        .order(claim_files::id)
        .select((claim_files::id, claim_files::name, claim_files::kind, claim_files::added_at))
        .load(conn)?;
    let places: Vec<i64> = claim_places::table
        .filter(claim_places::claim_id.eq(claim.0))
        .order(claim_places::municipality_id)
        .select(claim_places::municipality_id)
        .load(conn)?;
    Ok(Evidence {
        code: code.map(|(address, sent_at, given_at)| SentCode { address, sent_at, given_at }),
        files: files
            .into_iter()
            .map(|(id, name, word, added_at)| {
                Ok(KeptFile { id, name, kind: kind(&word, id)?, added_at })
            })
            .collect::<StorageResult<_>>()?,
        places: places.into_iter().map(MunicipalityId).collect(),
    })
}

/// Notes that something else is shown with a claim: with an event, never a
/// name or an address in it, and with a new version, so that nobody decides on
/// what they have not seen.
fn record(
    conn: &mut DbConn,
    claim: ClaimId,
    by: AccountId,
    action: &'static str,
    at: Moment,
) -> StorageResult<()> {
    diesel::update(claims::table.find(claim.0))
        .set(claims::version.eq(claims::version + 1))
        .execute(conn)?;
    super::events::record(
        conn,
        &NewEvent {
            subject: Subject::Claim,
            subject_id: claim.0,
            action,
            actor: Some(by.0),
            from: None,
            to: None,
            note: String::new(),
            at,
        },
    )
}

/// Takes the row of a claim that is not decided yet, so that of several
/// changes of its evidence, and a decision, one comes after the other.
///
/// # Errors
/// [`StorageError::Stale`] when it is decided, or not there.
fn alone(conn: &mut DbConn, claim: ClaimId) -> StorageResult<()> {
    let taken = diesel::update(claims::table.find(claim.0))
        .filter(claims::state.eq_any(OPEN.map(ClaimState::as_str)))
        .set(claims::version.eq(claims::version))
        .execute(conn)?;
    if taken == 1 { Ok(()) } else { Err(StorageError::Stale) }
}

/// Keeps the hash of a code that goes to an address, instead of an earlier
/// one; call inside the transaction that writes the letter.
///
/// # Errors
/// [`StorageError::Stale`] when the claim is decided.
pub fn send_code(
    conn: &mut DbConn,
    claim: ClaimId,
    by: AccountId,
    (address, hash): (&str, &str),
    at: Moment,
) -> StorageResult<()> {
    alone(conn, claim)?;
    on_each!(conn, |c| diesel::insert_into(claim_codes::table)
        .values((
            claim_codes::claim_id.eq(claim.0),
            claim_codes::address.eq(address),
            claim_codes::code_hash.eq(hash),
            claim_codes::sent_at.eq(at),
        ))
        .on_conflict(claim_codes::claim_id)
        .do_update()
        .set((
            claim_codes::address.eq(address),
            claim_codes::code_hash.eq(hash),
            claim_codes::sent_at.eq(at),
            claim_codes::given_at.eq(None::<Moment>),
        ))
        .execute(c))?;
    record(conn, claim, by, "claim-code-sent", at)
}

/// Gives a code back and says whether it was the right one, sent after a
/// moment; call inside a transaction. A code counts once.
///
/// # Errors
/// [`StorageError::Stale`] when the claim is decided.
pub fn give_code(
    conn: &mut DbConn,
    claim: ClaimId,
    by: AccountId,
    (hash, sent_after): (&str, Moment),
    at: Moment,
) -> StorageResult<bool> {
    alone(conn, claim)?;
    let given = diesel::update(claim_codes::table.find(claim.0))
        .filter(claim_codes::code_hash.eq(hash))
        .filter(claim_codes::sent_at.gt(sent_after))
        .filter(claim_codes::given_at.is_null())
        .set(claim_codes::given_at.eq(at))
        .execute(conn)?;
    if given != 1 {
        return Ok(false);
    }
    record(conn, claim, by, "claim-code-given", at)?;
    Ok(true)
}

/// Adds a file, in its harmless form; call inside a transaction.
///
/// # Errors
/// [`StorageError::Conflict`] when there are [`MAX_FILES`] already,
/// [`StorageError::Stale`] when the claim is decided.
pub fn add_file(
    conn: &mut DbConn,
    claim: ClaimId,
    by: AccountId,
    (name, kind, body): (&str, MediaKind, &[u8]),
    at: Moment,
) -> StorageResult<()> {
    alone(conn, claim)?;
    let there: i64 =
        claim_files::table.filter(claim_files::claim_id.eq(claim.0)).count().get_result(conn)?;
    if there >= MAX_FILES {
        return Err(StorageError::Conflict);
    }
    diesel::insert_into(claim_files::table)
        .values((
            claim_files::claim_id.eq(claim.0),
            claim_files::name.eq(name),
            claim_files::kind.eq(kind.as_str()),
            claim_files::body.eq(body),
            claim_files::added_at.eq(at),
        ))
        .execute(conn)?;
    record(conn, claim, by, "claim-file-added", at)
}

/// A file of a claim and what it holds.
///
/// # Errors
/// [`StorageError::NotFound`] when the claim has no such file.
pub fn file(conn: &mut DbConn, claim: ClaimId, id: i64) -> StorageResult<(MediaKind, Vec<u8>)> {
    let (word, body): (String, Vec<u8>) = claim_files::table
        .find(id)
        .filter(claim_files::claim_id.eq(claim.0))
        .select((claim_files::kind, claim_files::body))
        .get_result(conn)?;
    Ok((kind(&word, id)?, body))
}

/// Takes a file away; call inside a transaction.
///
/// # Errors
/// [`StorageError::NotFound`] when the claim has no such file,
/// [`StorageError::Stale`] when it is decided.
pub fn remove_file(
    conn: &mut DbConn,
    claim: ClaimId,
    by: AccountId,
    id: i64,
    at: Moment,
) -> StorageResult<()> {
    alone(conn, claim)?;
    let of_claim = claim_files::table.find(id).filter(claim_files::claim_id.eq(claim.0));
    if diesel::delete(of_claim).execute(conn)? != 1 {
        return Err(StorageError::NotFound);
    }
    record(conn, claim, by, "claim-file-removed", at)
}

/// Says which listed places belong to the municipality; call inside a
/// transaction. More than [`MAX_PLACES`] are cut.
///
/// # Errors
/// [`StorageError::Stale`] when the claim is decided.
pub fn set_places(
    conn: &mut DbConn,
    claim: ClaimId,
    by: AccountId,
    places: &[MunicipalityId],
    at: Moment,
) -> StorageResult<()> {
    alone(conn, claim)?;
    let mut before = of(conn, claim)?.places;
    let mut after: Vec<MunicipalityId> = places.iter().copied().take(MAX_PLACES).collect();
    before.sort_unstable();
    after.sort_unstable();
    if before == after {
        return Ok(());
    }
    diesel::delete(claim_places::table.filter(claim_places::claim_id.eq(claim.0))).execute(conn)?;
    let rows: Vec<_> = places
        .iter()
        .take(MAX_PLACES)
        .map(|p| (claim_places::claim_id.eq(claim.0), claim_places::municipality_id.eq(p.0)))
        .collect();
    on_each!(conn, |c| diesel::insert_into(claim_places::table).values(&rows).execute(c))?;
    record(conn, claim, by, "claim-places", at)
}

/// Takes everything shown with some claims away.
pub(super) fn forget(conn: &mut DbConn, claims: &[i64]) -> StorageResult<()> {
    for chunk in claims.chunks(500) {
        let of = |ids: &[i64]| ids.to_vec();
        diesel::delete(claim_codes::table.filter(claim_codes::claim_id.eq_any(of(chunk))))
            .execute(conn)?;
        diesel::delete(claim_files::table.filter(claim_files::claim_id.eq_any(of(chunk))))
            .execute(conn)?;
        diesel::delete(claim_places::table.filter(claim_places::claim_id.eq_any(of(chunk))))
            .execute(conn)?;
    }
    Ok(())
}
