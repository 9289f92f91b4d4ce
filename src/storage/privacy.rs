//! What is stored of a person: all of it as one document, and taking it out
//! while the record of what the institution did stays.

use data_encoding::BASE64;
use diesel::prelude::*;
use serde_json::{Value, json};

use super::connection::DbConn;
use super::error::StorageResult;
use super::schema::{
    accounts, claim_codes, claim_files, claim_places, claims, contacts, credentials,
    events as events_table, links, mails, memberships, municipalities, people, profiles,
    recovery_codes, requests as requests_table, sessions, unsent_forms, unwanted_letters,
};
use super::sessions::Purpose;
use super::{
    accounts as stored, contacts as stored_contacts, events, evidence, jobs, mails as stored_mails,
    members, requests, unsent,
};
use crate::domain::account::{AccountId, AccountState, Person, email_key};
use crate::domain::claim::ClaimState;
use crate::domain::event::{NewEvent, Subject};
use crate::domain::municipality::MunicipalityId;
use crate::domain::time::Moment;

fn moment(at: Moment) -> String {
    format!("{}Z", at.format("%Y-%m-%dT%H:%M:%S"))
}

/// The fields of a form as it was kept.
fn fields_of(body: &str) -> Vec<(String, String)> {
    serde_html_form::from_str(body).unwrap_or_default()
}

/// Everything that is stored of the person behind an account, by table.
/// Secrets are told to be there, not what they are.
pub fn everything(conn: &mut DbConn, id: AccountId) -> StorageResult<Value> {
    let own = id.0;
    let (state, office, created): (String, String, Moment) = accounts::table
        .find(own)
        .select((accounts::state, accounts::office, accounts::created_at))
        .get_result(conn)?;
    let person = stored::person(conn, id)?;
    let key = person.as_ref().and_then(|p| email_key(&p.email)).unwrap_or_default();
    let mut former = stored::all_keys(conn, id)?;
    former.retain(|k| *k != key);
    let secrets = super::credentials::credentials_of(conn, id)?;
    let codes = super::credentials::recovery_codes_left(conn, id)?;
    let memberships: Vec<(String, String, String, Moment)> = memberships::table
        .inner_join(municipalities::table.on(municipalities::id.eq(memberships::municipality_id)))
        .filter(memberships::account_id.eq(own))
        .order(memberships::id)
        .select((municipalities::slug, memberships::role, memberships::state, memberships::since))
        .load(conn)?;
    let sessions: Vec<(String, Moment, Moment)> = sessions::table
        .filter(sessions::account_id.eq(own))
        .order(sessions::id)
        .select((sessions::device, sessions::created_at, sessions::seen_at))
        .load(conn)?;
    // That a link for a new address is there would tell that nobody has it.
    let links: Vec<(String, Moment)> = links::table
        .filter(links::account_id.eq(own))
        .filter(links::purpose.ne(Purpose::Address.as_str()))
        .select((links::purpose, links::expires_at))
        .load(conn)?;
    let own_claims = || claims::table.filter(claims::account_id.eq(own)).select(claims::id);
    let sent_codes: Vec<(i64, String, Moment, Option<Moment>)> = claim_codes::table
        .filter(claim_codes::claim_id.eq_any(own_claims()))
        .select((
            claim_codes::claim_id,
            claim_codes::address,
            claim_codes::sent_at,
            claim_codes::given_at,
        ))
        .load(conn)?;
    let files: Vec<(i64, String, String, Vec<u8>, Moment)> = claim_files::table
        .filter(claim_files::claim_id.eq_any(own_claims()))
        .order(claim_files::id)
        .select((
            claim_files::claim_id,
            claim_files::name,
            claim_files::kind,
            claim_files::body,
            claim_files::added_at,
        ))
        .load(conn)?;
    let places: Vec<(i64, String)> = claim_places::table
        .inner_join(municipalities::table.on(municipalities::id.eq(claim_places::municipality_id)))
        .filter(claim_places::claim_id.eq_any(own_claims()))
        .select((claim_places::claim_id, municipalities::slug))
        .load(conn)?;
    let claims: Vec<(String, String, [String; 5], String, Moment)> = claims::table
        .inner_join(municipalities::table.on(municipalities::id.eq(claims::municipality_id)))
        .filter(claims::account_id.eq(own))
        .order(claims::id)
        .select((
            municipalities::slug,
            claims::state,
            (
                claims::position,
                claims::official_address,
                claims::evidence,
                claims::message,
                claims::answer,
            ),
            claims::profile,
            claims::created_at,
        ))
        .load::<(String, String, (String, String, String, String, String), String, Moment)>(conn)?
        .into_iter()
        .map(|(slug, state, (a, b, c, d, e), profile, at)| {
            (slug, state, [a, b, c, d, e], profile, at)
        })
        .collect();
    // Of letters with a secret not what they say, and none to a mailbox that is
    // not known to be the reader's: a session alone opens neither.
    let mut letters: Vec<(String, String, String, String, bool, Moment, Option<Moment>)> =
        mails::table
            .filter(mails::account_id.eq(own))
            .order(mails::id)
            .select((
                mails::topic,
                mails::address,
                mails::subject,
                mails::body,
                mails::secret,
                mails::created_at,
                mails::sent_at,
            ))
            .load(conn)?;
    letters.retain(|(_, address, ..)| email_key(address).as_deref() == Some(key.as_str()));
    let begun: Vec<(String, String, Moment)> = unsent_forms::table
        .filter(unsent_forms::account_id.eq(own))
        .select((unsent_forms::address, unsent_forms::body, unsent_forms::saved_at))
        .load(conn)?;
    let unwanted: Vec<String> = unwanted_letters::table
        .filter(unwanted_letters::account_id.eq(own))
        .select(unwanted_letters::topic)
        .load(conn)?;
    let contacts: Vec<(String, String, String, String)> = contacts::table
        .filter(contacts::email_key.eq(&key))
        .select((contacts::name, contacts::position, contacts::email, contacts::phone))
        .load(conn)?;
    let asked: Vec<(String, String, String, String, Moment)> = requests_table::table
        .filter(requests_table::account_id.eq(own))
        .order(requests_table::id)
        .select((
            requests_table::kind,
            requests_table::value,
            requests_table::source,
            requests_table::message,
            requests_table::created_at,
        ))
        .load(conn)?;
    // What was done with other accounts would tell which there are.
    let of_others =
        events_table::subject.eq(Subject::Account.as_str()).and(events_table::subject_id.ne(own));
    let done: Vec<(String, i64, String, Moment)> = events_table::table
        .filter(events_table::actor.eq(own).and(diesel::dsl::not(of_others)))
        .order(events_table::id)
        .select((
            events_table::subject,
            events_table::subject_id,
            events_table::action,
            events_table::at,
        ))
        .load(conn)?;
    Ok(json!({
        "accounts": { "number": own, "state": state, "office": office, "created": moment(created) },
        "people": person.map(|p| json!({
            "name": p.name, "email": p.email, "language": p.language, "former_emails": former,
        })),
        "credentials": secrets.map(|c| json!({
            "password": c.password_hash.is_some(), "second_factor": c.totp_secret.is_some(),
        })),
        "recovery_codes": codes,
        "memberships": memberships.into_iter().map(|(slug, role, state, since)| json!({
            "municipality": slug, "role": role, "state": state, "since": moment(since),
        })).collect::<Vec<_>>(),
        "sessions": sessions.into_iter().map(|(device, begun, seen)| json!({
            "device": device, "begun": moment(begun), "last_used": moment(seen),
        })).collect::<Vec<_>>(),
        "links": links.into_iter().map(|(purpose, until)| json!({
            "purpose": purpose, "expires": moment(until),
        })).collect::<Vec<_>>(),
        "claims": claims.into_iter().map(|(slug, state, [position, official, evidence, message, answer], profile, at)| json!({
            "municipality": slug, "state": state, "position": position,
            "official_address": official, "evidence": evidence, "message": message,
            "answer": answer, "profile": profile, "made": moment(at),
        })).collect::<Vec<_>>(),
        "claim_codes": sent_codes.into_iter().map(|(claim, address, sent, given)| json!({
            "claim": claim, "address": address, "sent": moment(sent),
            "given_back": given.map(moment),
        })).collect::<Vec<_>>(),
        "claim_files": files.into_iter().map(|(claim, name, kind, body, at)| json!({
            "claim": claim, "name": name, "kind": kind, "added": moment(at),
            "base64": BASE64.encode(&body),
        })).collect::<Vec<_>>(),
        "claim_places": places.into_iter().map(|(claim, slug)| json!({
            "claim": claim, "municipality": slug,
        })).collect::<Vec<_>>(),
        "mails": letters.into_iter().map(|(topic, address, subject, body, secret, at, sent)| json!({
            "topic": topic, "address": address, "subject": subject,
            "body": Some(body).filter(|_| !secret),
            "written": moment(at), "sent": sent.map(moment),
        })).collect::<Vec<_>>(),
        "unsent_forms": begun.into_iter().map(|(address, body, at)| json!({
            "address": address, "fields": fields_of(&body), "saved": moment(at),
        })).collect::<Vec<_>>(),
        "unwanted_letters": unwanted,
        "requests": asked.into_iter().map(|(kind, value, source, message, at)| json!({
            "kind": kind, "value": value, "source": source, "message": message,
            "made": moment(at),
        })).collect::<Vec<_>>(),
        "contacts": contacts.into_iter().map(|(name, position, email, phone)| json!({
            "name": name, "position": position, "email": email, "phone": phone,
        })).collect::<Vec<_>>(),
        "events": done.into_iter().map(|(subject, subject_id, action, at)| json!({
            "subject": subject, "number": subject_id, "action": action, "at": moment(at),
        })).collect::<Vec<_>>(),
    }))
}

/// Takes the person behind an account out of every table; the number of the
/// account stays in the log. Call inside a transaction.
///
/// # Errors
/// [`super::StorageError::Conflict`] for the last admin: somebody has to be
/// able to let others in.
pub fn erase(conn: &mut DbConn, id: AccountId, by: AccountId, at: Moment) -> StorageResult<()> {
    // Whoever writes in the name of the account waits, and then finds it gone.
    let state = stored::hold(conn, id)?;
    stored::others_administer(conn, id)?;
    let own = id.0;
    // Whoever never came has left nothing outside, and the address is nobody's
    // who is known.
    if let Some(person) = stored::person(conn, id)?.filter(|_| state != AccountState::Invited) {
        forget_traces(conn, id, &person, at)?;
    }
    members::end_all(conn, id, at)?;
    forget_words(conn, claims::table.filter(claims::account_id.eq(own)).select(claims::id))?;
    diesel::delete(mails::table.filter(mails::account_id.eq(own))).execute(conn)?;
    diesel::delete(links::table.filter(links::account_id.eq(own))).execute(conn)?;
    diesel::delete(sessions::table.filter(sessions::account_id.eq(own))).execute(conn)?;
    diesel::delete(recovery_codes::table.filter(recovery_codes::account_id.eq(own)))
        .execute(conn)?;
    diesel::delete(unsent_forms::table.filter(unsent_forms::account_id.eq(own))).execute(conn)?;
    diesel::delete(unwanted_letters::table.filter(unwanted_letters::account_id.eq(own)))
        .execute(conn)?;
    diesel::delete(credentials::table.filter(credentials::account_id.eq(own))).execute(conn)?;
    diesel::delete(people::table.filter(people::account_id.eq(own))).execute(conn)?;
    stored::set_state(conn, id, AccountState::Erased, by, at)
}

/// Takes a person out of what does not belong to the account: contacts of
/// municipalities, requests, forms others have begun, letters asked for.
fn forget_traces(
    conn: &mut DbConn,
    id: AccountId,
    person: &Person,
    at: Moment,
) -> StorageResult<()> {
    let keys = stored::all_keys(conn, id)?;
    // Those the person once spoke for; an invitation that nobody accepted is
    // none.
    let spoke_for: Vec<(i64, String)> = events_table::table
        .inner_join(municipalities::table.on(municipalities::id.eq(events_table::subject_id)))
        .filter(events_table::subject.eq(Subject::Municipality.as_str()))
        .filter(events_table::action.eq("membership"))
        .filter(events_table::note.eq(id.0.to_string()))
        .filter(events_table::to_value.like("% active"))
        .select((municipalities::id, municipalities::slug))
        .distinct()
        .load(conn)?;
    let slugs: Vec<String> = spoke_for.iter().map(|(_, slug)| slug.clone()).collect();
    let spoke_for: Vec<MunicipalityId> =
        spoke_for.iter().map(|(of, _)| MunicipalityId(*of)).collect();
    for of in stored_contacts::remove_person(conn, &keys, (&person.name, &spoke_for))? {
        // A form somebody has open must not write the person back.
        diesel::update(profiles::table.find(of.0))
            .set(profiles::version.eq(profiles::version + 1))
            .execute(conn)?;
        events::record(
            conn,
            &NewEvent {
                subject: Subject::Municipality,
                subject_id: of.0,
                action: "profile-contacts",
                actor: Some(id.0),
                from: None,
                to: None,
                note: String::new(),
                at,
            },
        )?;
    }
    requests::forget_asker(conn, id, &keys, at)?;
    stored_mails::forget_addresses(conn, &keys)?;
    unsent::forget_person(conn, &keys, (&person.name, &slugs))?;
    jobs::remove_with(conn, jobs::PASSWORD_LETTER, &keys)
}

/// Erases an account that was made before a moment and never used, unless
/// somebody came in the meantime; call inside a transaction. False then.
pub fn erase_unused(conn: &mut DbConn, id: AccountId, at: Moment) -> StorageResult<bool> {
    if stored::hold(conn, id)? != AccountState::Invited {
        return Ok(false);
    }
    erase(conn, id, id, at)?;
    Ok(true)
}

/// Takes the words out of claims: the claimant's, and what officers answered.
fn forget_words<Q>(conn: &mut DbConn, of: Q) -> StorageResult<usize>
where
    Q: diesel::query_dsl::methods::LoadQuery<'static, DbConn, i64>,
{
    let ids: Vec<i64> = of.load(conn)?;
    evidence::forget(conn, &ids)?;
    for chunk in ids.chunks(500) {
        diesel::update(claims::table.filter(claims::id.eq_any(chunk.to_vec())))
            .set((
                claims::position.eq(""),
                claims::official_address.eq(""),
                claims::evidence.eq(""),
                claims::message.eq(""),
                claims::answer.eq(""),
                claims::profile.eq(""),
            ))
            .execute(conn)?;
    }
    Ok(ids.len())
}

/// Takes the words out of claims that were decided or taken back and made
/// before a moment.
pub fn forget_old_claims(conn: &mut DbConn, moment: Moment) -> StorageResult<usize> {
    let over = [ClaimState::Accepted, ClaimState::Refused, ClaimState::Withdrawn];
    forget_words(
        conn,
        claims::table
            .filter(claims::state.eq_any(over.map(ClaimState::as_str)))
            .filter(claims::created_at.lt(moment))
            .filter(claims::position.ne(""))
            .select(claims::id),
    )
}

/// The accounts that were made before a moment and never used: somebody was
/// invited or claimed, and never followed a link; none works now.
pub fn never_used(conn: &mut DbConn, moment: Moment, now: Moment) -> StorageResult<Vec<AccountId>> {
    let invited_anew =
        links::table.filter(links::expires_at.gt(now)).select(links::account_id).distinct();
    let ids: Vec<i64> = accounts::table
        .filter(accounts::state.eq(AccountState::Invited.as_str()))
        .filter(accounts::created_at.lt(moment))
        .filter(diesel::dsl::not(accounts::id.eq_any(invited_anew)))
        .select(accounts::id)
        .load(conn)?;
    Ok(ids.into_iter().map(AccountId).collect())
}
