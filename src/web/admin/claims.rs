//! The officer's queue: claims that wait to be decided.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::domain::claim::{
    ClaimAction, ClaimActor, ClaimState, ClaimText, DomainEvidence, MAX_MESSAGE,
};
use crate::domain::directory::Row;
use crate::domain::municipality::MunicipalityId;
use crate::domain::text;
use crate::i18n::T;
use crate::mail::letter::Door;
use crate::snapshot::Snapshot;
use crate::storage::{StorageError, accounts, claims, merges, unsent as stored_unsent};
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::form::{Field, Form, FormView, Kind, too_long};
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::resend::form_key;
use crate::web::kit::respond::{html, rendered, see_other};
use crate::web::kit::view::NameView;
use crate::web::kit::visitor::Visitor;
use crate::web::kit::work::{on_change_by, on_database, renew};
use crate::web::office::claim_view::{
    Case, FileView, both_names, case, code_said, files, picks, said, tell,
};
use crate::wording;

/// Claims shown at once.
const SHOWN: i64 = 100;

struct RowView {
    name: NameView,
    who: String,
    position: String,
    since: String,
    url: String,
}

struct Tab {
    label: String,
    url: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "admin/claims/index.html")]
struct Index {
    page: Page,
    tabs: Vec<Tab>,
    /// Whether the claims are those that wait for an officer.
    waiting: bool,
    rows: Vec<RowView>,
}

/// The states an officer looks through, the one that waits for them first.
const STATES: [ClaimState; 4] =
    [ClaimState::Submitted, ClaimState::Returned, ClaimState::Accepted, ClaimState::Refused];

/// `GET /{lang}/admin/claims`
pub(crate) async fn index(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    let params = Params::of(&request, &["state"])?;
    let state = params.parsed("state", |s| ClaimState::parse(s).filter(|s| STATES.contains(s)))?;
    let state = state.unwrap_or(ClaimState::Submitted);
    let scope = visitor.signed_in()?.account.scope().to_vec();
    let (found, names) = on_database(&app, move |conn, _| {
        let found = claims::in_state(conn, state, &scope, SHOWN)?;
        let ids: Vec<_> = found.iter().map(|c| c.account).collect();
        let names = accounts::names(conn, &ids)?;
        Ok((found, names))
    })
    .await?;
    let (t, snapshot) = (page.t, app.now());
    let account = &visitor.signed_in()?.account;
    let rows = found
        .iter()
        .filter_map(|claim| {
            let row = snapshot.directory.by_id(claim.municipality)?;
            let m = snapshot.directory.municipality(row);
            if !account.oversees(m.country) {
                return None;
            }
            Some(RowView {
                name: NameView::new(&page, &snapshot.directory, m),
                who: names.get(&claim.account).cloned().unwrap_or_default(),
                position: claim.text.position.clone(),
                since: t.date(claim.created_at.date()),
                url: page.url(&format!("/admin/claims/{}", claim.id.0)),
            })
        })
        .collect();
    let tabs = STATES
        .into_iter()
        .map(|s| Tab {
            label: t.get(&format!("claim-state-{}", s.as_str())),
            url: page.url(&format!("/admin/claims?state={}", s.as_str())),
            current: s == state,
        })
        .collect();
    html(&Index { tabs, waiting: state == ClaimState::Submitted, rows, page })
}

/// Another claim for the same municipality.
struct OtherView {
    who: String,
    state: String,
    since: String,
    url: String,
}

#[derive(Template)]
#[template(path = "admin/claims/show.html")]
struct Show {
    page: Page,
    name: NameView,
    state: String,
    who: String,
    email: String,
    domain: String,
    said: Vec<(String, String)>,
    /// The link to a letter or decision; only one a browser may follow.
    link: String,
    code: String,
    confirmed: bool,
    files: Vec<FileView>,
    /// Places that the claimant counts to the municipality.
    places: Vec<String>,
    answer: String,
    others: Vec<OtherView>,
    /// Whether it is the officer's own, which another has to decide.
    own: bool,
    accept: Option<FormView>,
    answer_form: Option<FormView>,
    /// What else can be done with an answer: name of the action and its label.
    answers: Vec<(&'static str, String)>,
}

/// What is wrong with the answer of a decision: longer than it may be, or left
/// out where whoever asked must read why.
pub(crate) fn answer_wrong(t: T, answer: &str, needed: bool) -> Option<String> {
    if needed && answer.is_empty() {
        return Some(t.get("claim-answer-wrong"));
    }
    too_long(t, answer, MAX_MESSAGE)
}

fn show_case(
    page: Page,
    visitor: &Visitor,
    snapshot: &Snapshot,
    case: &Case,
    typed: &str,
    error: &str,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let t = page.t;
    let claim = &case.claim;
    let row = snapshot.directory.by_id(claim.municipality).ok_or(AppError::NotFound)?;
    let url = page.url(&format!("/admin/claims/{}", claim.id.0));
    let own = visitor.signed_in()?.account.id == claim.account;
    let open: Vec<ClaimAction> =
        if own { Vec::new() } else { claim.state.open_to(ClaimActor::Officer).collect() };
    let version = claim.version.to_string();
    let places: Vec<Row> =
        case.shown.places.iter().filter_map(|id| snapshot.directory.by_id(*id)).collect();
    let accept = open.contains(&ClaimAction::Accept).then(|| {
        let join = || {
            let picks = picks(&page, &snapshot.directory, &places, &[]);
            Field::new(t, Kind::Checks, "join").hinted(t.get("queue-join-hint")).picks(picks)
        };
        let fields = if places.is_empty() { Vec::new() } else { vec![join()] };
        FormView::new(visitor, &url, t.get("claim-accept"), fields)
            .hiding("action", ClaimAction::Accept.as_str())
            .hiding("version", &version)
    });
    let answers: Vec<(&'static str, String)> = [ClaimAction::Return, ClaimAction::Refuse]
        .into_iter()
        .filter(|a| open.contains(a))
        .map(|a| (a.as_str(), t.get(&format!("claim-{}", a.as_str()))))
        .collect();
    let answer_form = (!answers.is_empty()).then(|| {
        let field = Field::new(t, Kind::Area, "answer")
            .hinted(t.get("claim-answer-hint"))
            .filled(typed)
            .wrong(error);
        FormView::new(visitor, &url, String::new(), vec![field]).hiding("version", &version)
    });
    let mut page = page;
    if answer_form.is_none() && !error.is_empty() {
        // Nothing is left to be decided; what was written is not lost.
        page.told = format!("{error} {typed}").trim().to_owned();
    }
    let email = case.person.as_ref().map_or("", |p| p.email.as_str());
    let (code, confirmed) = code_said(t, claim, &case.shown);
    let domain = DomainEvidence::of(email, &claim.text.official_address);
    let others = case
        .others
        .iter()
        .map(|(other, who)| OtherView {
            who: who.clone(),
            state: t.get(&format!("claim-state-{}", other.state.as_str())),
            since: t.date(other.created_at.date()),
            url: page.url(&format!("/admin/claims/{}", other.id.0)),
        })
        .collect();
    rendered(
        &Show {
            name: NameView::new(&page, &snapshot.directory, snapshot.directory.municipality(row)),
            state: t.get(&format!("claim-state-{}", claim.state.as_str())),
            who: case.person.as_ref().map_or_else(String::new, |p| p.name.clone()),
            email: email.to_owned(),
            domain: t.get(&format!("claim-domain-{}", domain.as_str())),
            said: said(t, &ClaimText { evidence: String::new(), ..claim.text.clone() }),
            link: claim.text.evidence.clone(),
            code,
            confirmed,
            files: files(&page, claim, &case.shown.files),
            places: places
                .iter()
                .map(|row| wording::name(t, snapshot.directory.municipality(*row)))
                .collect(),
            answer: claim.answer.clone(),
            others,
            own,
            accept,
            answer_form,
            answers,
            page,
        },
        status,
    )
}

/// `GET /{lang}/admin/claims/{id}`
pub(crate) async fn show(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let case = case(&app, &visitor, &path.1).await?;
    show_case(page, &visitor, &app.now(), &case, "", "", StatusCode::OK)
}

/// `POST /{lang}/admin/claims/{id}`: accepts, refuses with a reason, or asks
/// back.
pub(crate) async fn decide(
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let case = case(&app, &visitor, &path.1).await?;
    let officer = visitor.signed_in()?.account.id;
    if case.claim.account == officer {
        return Err(AppError::NotFound);
    }
    let action = ClaimAction::parse(form.get("action")).ok_or(AppError::BadForm)?;
    let seen: i64 = form.get("version").parse().map_err(|_| AppError::BadForm)?;
    let url = page.url(&format!("/admin/claims/{}", case.claim.id.0));
    if case.claim.version != seen {
        // Shown as it is now, with what was written: nobody decides on what
        // they have not seen.
        let (typed, error) = (form.get("answer"), page.t.get("error-stale"));
        return show_case(page, &visitor, &app.now(), &case, typed, &error, StatusCode::CONFLICT);
    }
    let answer = text::clean(form.get("answer"));
    let joined: Vec<MunicipalityId> = form
        .all("join")
        .filter(|_| action == ClaimAction::Accept)
        .map(|id| id.parse().map(MunicipalityId).map_err(|_| AppError::BadForm))
        .collect::<Result<_, _>>()?;
    if joined.iter().any(|place| !case.shown.places.contains(place)) {
        return Err(AppError::BadForm);
    }
    let snapshot = app.now();
    if let Some(error) = answer_wrong(page.t, &answer, action != ClaimAction::Accept) {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return show_case(page, &visitor, &snapshot, &case, &answer, &error, status);
    }
    let claim = case.claim;
    let row = snapshot.directory.by_id(claim.municipality).ok_or(AppError::NotFound)?;
    let names = both_names(snapshot.directory.municipality(row));
    let site = app.site();
    let topic = match action {
        ClaimAction::Accept => "claim-accepted",
        ClaimAction::Refuse => "claim-refused",
        _ => "claim-returned",
    };
    let written = form_key(&url).unwrap_or_default();
    let country = snapshot.directory.municipality(row).country;
    let decided = on_change_by(&app, &visitor, move |conn, me, now| {
        if !me.oversees(country) {
            return Err(AppError::NotFound);
        }
        stored_unsent::forget(conn, officer, &written)?;
        let actor = ClaimActor::Officer;
        let step = claims::Step {
            action,
            by: officer,
            actor,
            seen: Some(seen),
            answer: &answer,
            text: None,
        };
        claims::take(conn, claim.id, &step, now)?;
        for place in joined {
            merges::merge(conn, place, claim.municipality, officer, now)?;
        }
        let person = accounts::person(conn, claim.account)?;
        let language = person.map_or_else(|| "en".to_owned(), |p| p.language);
        let url = format!("{}/{language}/claims/{}", site.address, claim.id.0);
        let door = Door { url, secret: false };
        tell(conn, &site, claim.account, topic, (&names.0, &names.1), Some(door), now)
    })
    .await;
    match decided {
        Ok(()) => {
            renew(&app).await;
            let done = format!("/admin/claims?done=claim-{}", action.as_str());
            Ok(see_other(&page.url(&done)))
        }
        Err(AppError::Storage(StorageError::Stale)) => {
            let case = self::case(&app, &visitor, &path.1).await?;
            let (typed, error) = (form.get("answer"), page.t.get("error-stale"));
            let status = StatusCode::CONFLICT;
            show_case(page, &visitor, &app.now(), &case, typed, &error, status)
        }
        Err(error) => Err(error),
    }
}
