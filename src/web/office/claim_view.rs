//! A claim with all that belongs to it, as its claimant and officers see it.

use actix_web::web;

use crate::domain::account::{AccountId, Person, email_key};
use crate::domain::claim::{Claim, ClaimId, ClaimState, ClaimText};
use crate::domain::directory::{Directory, Row};
use crate::domain::municipality::{Municipality, MunicipalityId};
use crate::domain::time::Moment;
use crate::i18n::{T, Value};
use crate::mail::Site;
use crate::mail::letter::{self, Door, Reader};
use crate::storage::evidence::{self, Evidence, KeptFile};
use crate::storage::{DbConn, accounts, claims, mails};
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::form::{FormView, Pick};
use crate::web::kit::page::Page;
use crate::web::kit::visitor::Visitor;
use crate::web::kit::work::on_database;
use crate::wording;

/// Puts a letter about a claim in the queue.
pub(crate) fn tell(
    conn: &mut DbConn,
    site: &Site,
    id: AccountId,
    topic: &str,
    municipality: (&str, &str),
    door: Option<Door>,
    now: Moment,
) -> Result<(), AppError> {
    accounts::hold(conn, id)?;
    let Some(person) = accounts::person(conn, id)? else { return Ok(()) };
    let reader = Reader { account: id, person: &person };
    let name = if person.language == "uk" { municipality.1 } else { municipality.0 };
    let args = [("municipality", Value::from(name))];
    let mail = letter::write(reader, topic, &args, door.as_ref(), site.host())
        .map_err(|e| AppError::Other(e.into()))?;
    mails::add(conn, &mail, now)?;
    Ok(())
}

/// The names of a municipality for a letter, English and Ukrainian.
pub(crate) fn both_names(m: &Municipality) -> (String, String) {
    let name = |lang| wording::name(T::pages(lang), m);
    (name(crate::i18n::Lang::En), name(crate::i18n::Lang::Uk))
}

/// What a claim says, with the labels of its fields.
pub(crate) fn said(t: T, claim: &ClaimText) -> Vec<(String, String)> {
    [
        ("claim-position", &claim.position),
        ("field-official", &claim.official_address),
        ("field-evidence", &claim.evidence),
        ("field-message", &claim.message),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(key, value)| (t.get(key), value.clone()))
    .collect()
}

/// A file as a page lists it.
pub(crate) struct FileView {
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    pub(crate) added: String,
    pub(crate) url: String,
    pub(crate) remove: Option<FormView>,
}

/// What pages say of the code of a claim, and whether it came back from the
/// address that the claim names now.
pub(crate) fn code_said(t: T, claim: &Claim, shown: &Evidence) -> (String, bool) {
    let official = &claim.text.official_address;
    let of_this = |address: &str| email_key(address) == email_key(official);
    match shown.code.as_ref().filter(|sent| of_this(&sent.address)) {
        None if official.is_empty() => (t.get("evidence-no-address"), false),
        None => (t.one("evidence-none-sent", "address", official.as_str()), false),
        Some(sent) => {
            let day = t.date(sent.given_at.unwrap_or(sent.sent_at).date());
            let key =
                if sent.given_at.is_some() { "evidence-code-given" } else { "evidence-code-sent" };
            (t.two(key, "address", official.as_str(), "day", day), sent.given_at.is_some())
        }
    }
}

/// The files of a claim as pages list them.
pub(crate) fn files(page: &Page, claim: &Claim, kept: &[KeptFile]) -> Vec<FileView> {
    kept.iter()
        .map(|file| FileView {
            name: file.name.clone(),
            kind: file.kind.extension(),
            added: page.t.date(file.added_at.date()),
            url: page.url(&format!("/claims/{}/files/{}", claim.id.0, file.id)),
            remove: None,
        })
        .collect()
}

/// To tick places, of which some are ticked.
pub(crate) fn picks(
    page: &Page,
    directory: &Directory,
    rows: &[Row],
    ticked: &[MunicipalityId],
) -> Vec<Pick> {
    rows.iter()
        .map(|row| {
            let m = directory.municipality(*row);
            let people = page.t.count("people-count", m.people());
            let label = match m.people() {
                0 => wording::name(page.t, m),
                _ => format!("{}, {people}", wording::name(page.t, m)),
            };
            Pick::new(m.id.0.to_string(), label, ticked.contains(&m.id))
        })
        .collect()
}

/// Everything about a claim that an officer weighs.
pub(crate) struct Case {
    pub(crate) claim: Claim,
    pub(crate) person: Option<Person>,
    pub(crate) others: Vec<(Claim, String)>,
    pub(crate) shown: Evidence,
}

/// A claim that an officer may decide on.
///
/// # Errors
/// [`AppError::NotFound`] for one that is not confirmed yet, or of a
/// municipality the officer does not look after.
pub(crate) async fn case(
    app: &web::Data<App>,
    visitor: &Visitor,
    id: &str,
) -> Result<Case, AppError> {
    let case = any_case(app, id).await?;
    let snapshot = app.now();
    let row = snapshot.directory.by_id(case.claim.municipality).ok_or(AppError::NotFound)?;
    let country = snapshot.directory.municipality(row).country;
    let oversees = visitor.signed_in()?.account.oversees(country);
    if oversees { Ok(case) } else { Err(AppError::NotFound) }
}

/// The claim of [`case`] alone.
///
/// # Errors
/// As for [`case`].
pub(crate) async fn claim_for(
    app: &web::Data<App>,
    visitor: &Visitor,
    id: &str,
) -> Result<Claim, AppError> {
    Ok(case(app, visitor, id).await?.claim)
}

pub(crate) async fn any_case(app: &web::Data<App>, id: &str) -> Result<Case, AppError> {
    let id = ClaimId(id.parse().map_err(|_| AppError::NotFound)?);
    on_database(app, move |conn, _| {
        let claim = claims::load(conn, id)?;
        if claim.state == ClaimState::Unconfirmed {
            return Err(AppError::NotFound);
        }
        let person = accounts::person(conn, claim.account)?;
        let mut others = claims::of_municipality(conn, claim.municipality)?;
        others.retain(|other| other.id != claim.id);
        let ids: Vec<_> = others.iter().map(|c| c.account).collect();
        let names = accounts::names(conn, &ids)?;
        let name = |c: &Claim| names.get(&c.account).cloned().unwrap_or_default();
        let others = others.into_iter().map(|c| (c.clone(), name(&c))).collect();
        let shown = evidence::of(conn, claim.id)?;
        Ok(Case { claim, person, others, shown })
    })
    .await
}
