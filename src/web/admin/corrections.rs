//! Corrections that somebody asked for, as officers decide on them.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::claims::answer_wrong;
use crate::domain::account::{Account, Person};
use crate::domain::directory::Directory;
use crate::domain::municipality::MunicipalityId;
use crate::domain::request::{Request, RequestId, RequestKind, RequestState};
use crate::domain::text;
use crate::i18n::{Lang, T, Value};
use crate::mail::letter::{self, Reader};
use crate::snapshot::Snapshot;
use crate::storage::{accounts, mails, requests};
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::form::{Field, Form, FormView, Kind};
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::respond::{html, rendered, see_other};
use crate::web::kit::view::PeopleView;
use crate::web::kit::visitor::Visitor;
use crate::web::kit::work::{on_change_by, on_database, renew};
use crate::wording;

/// Most characters of a stranger's words in the letter to another stranger.
const LONGEST_SAID: usize = 80;

/// Requests shown at once.
const SHOWN: i64 = 100;

struct RowView {
    what: String,
    about: String,
    value: String,
    since: String,
    url: String,
}

struct Tab {
    label: String,
    url: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "admin/corrections/index.html")]
struct Index {
    page: Page,
    tabs: Vec<Tab>,
    /// Whether the requests are those that wait for an officer.
    waiting: bool,
    rows: Vec<RowView>,
}

/// A figure as people write it.
fn number(t: T, value: &str) -> String {
    value.parse().map_or_else(|_| value.to_owned(), |n| t.number(n))
}

/// The municipality a request is about, or the one it wants to be listed.
fn about(t: T, directory: &Directory, request: &Request) -> String {
    let listed = request.asked.municipality.and_then(|id| directory.by_id(id));
    match listed {
        Some(row) => wording::name(t, directory.municipality(row)),
        None => format!("{}, {}", request.asked.value, request.asked.country),
    }
}

/// What a request says should be true: a figure, a partner's name, or words.
fn value(t: T, directory: &Directory, request: &Request) -> String {
    let asked = &request.asked;
    match (asked.kind, partner(directory, request)) {
        (RequestKind::Tie, Some(id)) => directory
            .by_id(id)
            .map_or_else(String::new, |row| wording::name(t, directory.municipality(row))),
        (RequestKind::Tie, None) => t.one("request-partner-unlisted", "name", &asked.value),
        (RequestKind::Population, _) => number(t, &asked.value),
        _ => asked.value.clone(),
    }
}

/// Whether an officer looks after what a request is about.
fn oversees(account: &Account, directory: &Directory, request: &Request) -> bool {
    match request.asked.municipality {
        None => account.is_officer(),
        Some(id) => directory
            .by_id(id)
            .is_some_and(|row| account.oversees(directory.municipality(row).country)),
    }
}

/// `GET /{lang}/admin/requests`
pub(crate) async fn index(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    let params = Params::of(&request, &["state"])?;
    let state = params.parsed("state", RequestState::parse)?.unwrap_or(RequestState::Submitted);
    let scope = visitor.signed_in()?.account.scope().to_vec();
    let found =
        on_database(&app, move |conn, _| Ok(requests::in_state(conn, state, &scope, SHOWN)?))
            .await?;
    let (t, snapshot) = (page.t, app.now());
    let account = &visitor.signed_in()?.account;
    let rows = found
        .iter()
        .filter(|r| oversees(account, &snapshot.directory, r))
        .map(|r| RowView {
            what: t.get(&format!("request-{}", r.asked.kind.as_str())),
            about: about(t, &snapshot.directory, r),
            value: value(t, &snapshot.directory, r),
            since: t.date(r.created_at.date()),
            url: page.url(&format!("/admin/requests/{}", r.id.0)),
        })
        .collect();
    let tabs = RequestState::ALL
        .iter()
        .map(|s| Tab {
            label: t.get(&format!("request-state-{}", s.as_str())),
            url: page.url(&format!("/admin/requests?state={}", s.as_str())),
            current: *s == state,
        })
        .collect();
    html(&Index { tabs, waiting: state == RequestState::Submitted, rows, page })
}

#[derive(Template)]
#[template(path = "admin/corrections/show.html")]
struct Show {
    page: Page,
    what: String,
    about: String,
    about_url: String,
    state: String,
    said: Vec<(String, String)>,
    /// Where it is to be read; a link if it is one.
    source: String,
    /// What is shown now, where that is to be changed.
    present: String,
    answer: String,
    accept: Option<FormView>,
    refuse: Option<FormView>,
}

async fn load(
    app: &web::Data<App>,
    visitor: &Visitor,
    snapshot: &Snapshot,
    id: &str,
) -> Result<Request, AppError> {
    let id = RequestId(id.parse().map_err(|_| AppError::NotFound)?);
    let request = on_database(app, move |conn, _| Ok(requests::load(conn, id)?)).await?;
    let account = &visitor.signed_in()?.account;
    if oversees(account, &snapshot.directory, &request) {
        Ok(request)
    } else {
        Err(AppError::NotFound)
    }
}

/// Who made a request with an account: name and address; empty for others.
async fn asker_of(app: &web::Data<App>, request: &Request) -> Result<String, AppError> {
    let Some(account) = request.asked.account else { return Ok(String::new()) };
    let person = on_database(app, move |conn, _| Ok(accounts::person(conn, account)?)).await?;
    Ok(person.map_or_else(String::new, |p| format!("{}, {}", p.name, p.email)))
}

/// Whoever made a request without an account, if an answer can be sent.
fn stranger(request: &Request) -> Option<Person> {
    let asked = &request.asked;
    (!asked.email.is_empty()).then(|| Person {
        name: String::new(),
        email: asked.email.clone(),
        language: asked.language.clone(),
    })
}

/// The partner a request to record a partnership names, if it is listed.
fn partner(directory: &Directory, request: &Request) -> Option<MunicipalityId> {
    let row = directory.find(&request.asked.value)?;
    let id = directory.municipality(row).id;
    (Some(id) != request.asked.municipality).then_some(id)
}

fn show_request(
    page: Page,
    visitor: &Visitor,
    snapshot: &Snapshot,
    (request, who): (&Request, &str),
    (typed, error): (&str, &str),
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let t = page.t;
    let asked = &request.asked;
    let directory = &snapshot.directory;
    let listed = asked.municipality.and_then(|id| directory.by_id(id));
    let value = value(t, directory, request);
    let year = asked.year.map_or_else(String::new, |y| y.to_string());
    let said = [
        ("queue-who", who.to_owned()),
        ("field-value", value),
        ("field-missing-country", asked.country.clone()),
        ("field-year", year),
        ("field-message", asked.message.clone()),
        ("field-email", asked.email.clone()),
    ];
    let present = listed.filter(|_| asked.kind == RequestKind::Population).map(|row| {
        let people = PeopleView::new(t, directory.municipality(row));
        format!("{} ({})", people.figure, people.source)
    });
    let url = page.url(&format!("/admin/requests/{}", request.id.0));
    let open = request.state == RequestState::Submitted;
    let can_record = asked.kind != RequestKind::Tie || partner(directory, request).is_some();
    let accept = (open && can_record).then(|| {
        let key = match asked.kind {
            RequestKind::Population => "request-accept-population",
            RequestKind::Tie => "request-accept-tie",
            RequestKind::Other | RequestKind::Missing => "request-accept",
        };
        FormView::new(visitor, &url, t.get(key), Vec::new()).hiding("do", "accept")
    });
    let refuse = open.then(|| {
        let field = Field::labelled_as(Kind::Area, "answer", t.get("request-answer"));
        let field = field.filled(typed).wrong(error);
        FormView::new(visitor, &url, t.get("claim-refuse"), vec![field]).hiding("do", "refuse")
    });
    rendered(
        &Show {
            what: t.get(&format!("request-{}", asked.kind.as_str())),
            about: about(t, directory, request),
            about_url: listed.map_or_else(String::new, |row| {
                page.municipality_url(&directory.municipality(row).slug)
            }),
            state: t.get(&format!("request-state-{}", request.state.as_str())),
            said: said
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .map(|(key, value)| (t.get(key), value))
                .collect(),
            source: asked.source.clone(),
            present: present.unwrap_or_default(),
            answer: request.answer.clone(),
            accept,
            refuse,
            page,
        },
        status,
    )
}

/// `GET /{lang}/admin/requests/{id}`
pub(crate) async fn show(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let snapshot = app.now();
    let request = load(&app, &visitor, &snapshot, &path.1).await?;
    let who = asker_of(&app, &request).await?;
    show_request(page, &visitor, &snapshot, (&request, &who), ("", ""), StatusCode::OK)
}

/// `POST /{lang}/admin/requests/{id}`: accepts, with what follows, or refuses
/// with a reason; whoever asked gets a letter.
pub(crate) async fn decide(
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let snapshot = app.now();
    let request = load(&app, &visitor, &snapshot, &path.1).await?;
    let who = asker_of(&app, &request).await?;
    let answer = text::clean(form.get("answer"));
    let accepts = match form.get("do") {
        "accept" => true,
        "refuse" => false,
        _ => return Err(AppError::BadForm),
    };
    if let Some(error) = answer_wrong(page.t, &answer, !accepts) {
        let (about, said) = ((&request, who.as_str()), (answer.as_str(), error.as_str()));
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return show_request(page, &visitor, &snapshot, about, said, status);
    }
    let partner = partner(&snapshot.directory, &request);
    if accepts && request.asked.kind == RequestKind::Tie && partner.is_none() {
        return Err(AppError::BadForm);
    }
    let (id, site, directory) = (request.id, app.site(), snapshot.directory.clone());
    let about_row = request.asked.municipality.and_then(|id| directory.by_id(id));
    let country = about_row.map(|row| directory.municipality(row).country);
    on_change_by(&app, &visitor, move |conn, me, now| {
        let oversees = country.map_or(me.is_officer(), |country| me.oversees(country));
        // Nobody decides on what they have asked for themselves.
        if !oversees || request.asked.account == Some(me.id) {
            return Err(AppError::NotFound);
        }
        let accepted = accepts.then_some(partner);
        let request = requests::decide(conn, id, accepted, &answer, me.id, now)?;
        let reader = match request.asked.account {
            Some(account) => {
                accounts::hold(conn, account)?;
                accounts::person(conn, account)?
            }
            None => stranger(&request),
        };
        let Some(person) = reader else { return Ok(()) };
        let t = T::pages(Lang::parse_page(&person.language).unwrap_or(Lang::En));
        let mut what = about(t, &directory, &request);
        if request.asked.account.is_none() && country.is_none() {
            // Whoever typed it may have named somebody else's address.
            what = text::words_alone(&what, LONGEST_SAID);
        }
        let args = [("about", Value::from(what.as_str())), ("answer", Value::from(&*answer))];
        let topic = if accepts { "request-accepted" } else { "request-refused" };
        let mail = match request.asked.account {
            Some(account) => {
                let reader = Reader { account, person: &person };
                letter::write(reader, topic, &args, None, site.host())
            }
            None => letter::write_to_stranger(&person, topic, &args, site.host()),
        };
        mails::add(conn, &mail.map_err(|e| AppError::Other(e.into()))?, now)?;
        Ok(())
    })
    .await?;
    renew(&app).await;
    let done = if accepts { "request-accept" } else { "request-refuse" };
    Ok(see_other(&page.url(&format!("/admin/requests?done={done}"))))
}
