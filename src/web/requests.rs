//! Asking officers to set something right, and their queue of such requests.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::Duration;

use super::error::AppError;
use super::form::{Field, Form, FormView, Kind, Pick, too_long};
use super::municipality::{Found, find, moved};
use super::page::Page;
use super::params::Params;
use super::queue::answer_wrong;
use super::sign_in::{limit, origin};
use super::unsent;
use super::view::{NameView, PeopleView};
use super::visitor::Visitor;
use super::{App, html, on_change_by, on_database, rendered, renew, see_other};
use crate::domain::account::{Account, AccountId, Person, email_key};
use crate::domain::claim::{MAX_LINE, MAX_MESSAGE};
use crate::domain::directory::Directory;
use crate::domain::municipality::{Municipality, MunicipalityId};
use crate::domain::request::{NewRequest, Request, RequestId, RequestKind, RequestState};
use crate::domain::text;
use crate::i18n::{Lang, T, Value};
use crate::mail::letter::{self, Reader};
use crate::snapshot::Snapshot;
use crate::storage::{accounts, change, mails, requests, unsent as stored_unsent};
use crate::wording;

/// Requests that may be made with one account, or from one address without, in
/// an hour.
const REQUESTS_AN_HOUR: i32 = 10;
/// Most characters of a stranger's words in the letter to another stranger.
const LONGEST_SAID: usize = 80;
/// Requests shown at once.
const SHOWN: i64 = 100;

/// What is wrong with a form, by field.
type Wrong = Vec<(&'static str, String)>;

#[derive(Template)]
#[template(path = "requests/new.html")]
struct New {
    page: Page,
    title: String,
    text: String,
    name: Option<NameView>,
    form: FormView,
    sent: bool,
}

fn error(wrong: &Wrong, name: &str) -> String {
    wrong.iter().find(|(n, _)| *n == name).map_or_else(String::new, |(_, e)| e.clone())
}

/// Notes texts that are longer than they may be: none is cut.
fn measure(t: T, form: &Form, lines: &[&'static str], wrong: &mut Wrong) {
    let limits = lines.iter().map(|name| (*name, MAX_LINE)).chain([("message", MAX_MESSAGE)]);
    for (name, most) in limits {
        wrong.extend(too_long(t, &text::clean(form.get(name)), most).map(|e| (name, e)));
    }
}

/// Whether somebody without an account is asked for an address: only where an
/// answer could be sent to it.
fn asks_for_address(app: &App, visitor: &Visitor) -> bool {
    app.sends_letters && visitor.seen().is_none()
}

/// Where somebody without an account would like the answer.
fn email_field(t: T, typed: &Form, wrong: &Wrong) -> Field {
    Field::email(t)
        .hinted(t.get("request-email-hint"))
        .filled(typed.get("email"))
        .autocompleted("email")
        .wrong(error(wrong, "email"))
}

/// Who asks: with an account, or with an address that may be left.
fn asker(app: &App, visitor: &Visitor, form: &Form) -> (Option<AccountId>, String) {
    let email = if asks_for_address(app, visitor) { form.line("email") } else { String::new() };
    (visitor.account().map(|a| a.id), email)
}

/// Notes an address that nothing can be sent to.
fn measure_address(t: T, email: &str, wrong: &mut Wrong) {
    if !email.is_empty() && email_key(email).is_none() {
        wrong.push(("email", t.get("email-wrong")));
    }
}

/// Makes a request in the name of whoever is signed in, or of nobody, and
/// forgets what was kept of the form at an address.
///
/// # Errors
/// [`AppError::TooMany`] after too many of one account, or from one address.
async fn make(
    request: &HttpRequest,
    app: &web::Data<App>,
    visitor: &Visitor,
    asked: NewRequest,
    here: &str,
) -> Result<(), AppError> {
    let seen = visitor.seen().map(|seen| (seen.session.id, seen.account.id));
    let from = origin(request, app);
    let written = unsent::key(here).unwrap_or_default();
    on_database(app, move |conn, now| {
        let (what, whose) = match seen {
            Some((_, id)) => ("request of", id.0.to_string()),
            None => ("request from", from),
        };
        limit(conn, what, &whose, REQUESTS_AN_HOUR, Duration::hours(1), now)?;
        change(conn, |conn| -> Result<(), AppError> {
            if let Some((session, id)) = seen {
                accounts::acting(conn, session, id)?;
                stored_unsent::forget(conn, id, &written)?;
            }
            requests::create(conn, &asked, now)?;
            Ok(())
        })
    })
    .await
}

fn correction_form(
    page: &Page,
    app: &App,
    visitor: &Visitor,
    m: &Municipality,
    typed: &Form,
    wrong: &Wrong,
) -> FormView {
    let t = page.t;
    let kinds = [RequestKind::Population, RequestKind::Tie, RequestKind::Other].map(|k| {
        let label = t.get(&format!("request-{}", k.as_str()));
        Pick::new(k.as_str(), label, typed.get("about") == k.as_str())
    });
    let text =
        |name: &'static str| Field::text(t, name).filled(typed.get(name)).wrong(error(wrong, name));
    let mut fields = vec![
        Field::new(t, Kind::Radios, "about").picks(kinds).wrong(error(wrong, "about")),
        text("value").hinted(t.get("value-hint")),
        text("year"),
        text("source").hinted(t.get("source-hint")),
        Field::new(t, Kind::Area, "message")
            .filled(typed.get("message"))
            .wrong(error(wrong, "message")),
    ];
    if asks_for_address(app, visitor) {
        fields.push(email_field(t, typed, wrong));
    }
    let url = page.municipality_url(&format!("{}/correction", m.slug));
    FormView::new(visitor, url, t.get("request-button"), fields)
}

fn show_correction(
    page: Page,
    (app, visitor): (&App, &Visitor),
    snapshot: &Snapshot,
    m: &Municipality,
    (typed, wrong): (&Form, &Wrong),
    sent: bool,
) -> Result<HttpResponse, AppError> {
    let t = page.t;
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut text = t.get("correction-text");
    if app.sends_letters && visitor.seen().is_some() {
        text = format!("{text} {}", t.get("correction-answer"));
    }
    rendered(
        &New {
            title: t.get("correction-title"),
            text,
            name: Some(NameView::new(&page, &snapshot.directory, m)),
            form: correction_form(&page, app, visitor, m, typed, wrong),
            sent,
            page,
        },
        status,
    )
}

/// `GET /{lang}/municipalities/{slug}/correction`
pub(super) async fn correction(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    let params = Params::of(&request, &["sent"])?;
    let snapshot = app.now();
    let m = match find(&snapshot.directory, &path.1)? {
        Found::Here(row) => snapshot.directory.municipality(row),
        Found::Moved(new) => return Ok(moved(&request, &path.1, &new)),
    };
    let nothing = (&Form::default(), &Vec::new());
    show_correction(page, (&app, &visitor), &snapshot, m, nothing, params.has("sent"))
}

/// What a correction asks for, or what is wrong with it.
fn read_correction(
    t: T,
    snapshot: &Snapshot,
    m: &Municipality,
    (account, email): (Option<AccountId>, String),
    form: &Form,
) -> Result<NewRequest, Wrong> {
    let mut wrong: Wrong = Vec::new();
    measure(t, form, &["value", "source"], &mut wrong);
    measure_address(t, &email, &mut wrong);
    let kind = RequestKind::parse(form.get("about")).filter(|k| *k != RequestKind::Missing);
    let source = form.line("source");
    let year: Option<i32> = form.line("year").parse().ok().filter(|y| (1900..=2100).contains(y));
    if kind.is_none() {
        wrong.push(("about", t.get("about-wrong")));
    }
    if source.is_empty() {
        wrong.push(("source", t.get("source-wrong")));
    }
    if !form.line("year").is_empty() && year.is_none() {
        wrong.push(("year", t.get("year-wrong")));
    }
    let mut value = form.line("value");
    let directory = &snapshot.directory;
    match kind {
        Some(RequestKind::Population) => {
            let plain: String = value.chars().filter(|c| !c.is_whitespace()).collect();
            if plain.parse::<i64>().ok().filter(|n| (0..50_000_000).contains(n)).is_none() {
                wrong.push(("value", t.get("people-wrong")));
            }
            if year.is_none() && form.line("year").is_empty() {
                wrong.push(("year", t.get("year-wrong")));
            }
            value = plain;
        }
        Some(RequestKind::Tie) => {
            // A partner is said by its name; the list knows it by its slug.
            let found = snapshot.finder().identify(&value).ok();
            let other = found.map(|row| directory.municipality(row));
            match other.filter(|o| o.id != m.id) {
                Some(other) => value = other.slug.clone(),
                None if value.is_empty() => wrong.push(("value", t.get("partner-wrong"))),
                None => {}
            }
        }
        _ if value.is_empty() => wrong.push(("value", t.get("value-wrong"))),
        _ => {}
    }
    match kind.filter(|_| wrong.is_empty()) {
        Some(kind) => Ok(NewRequest {
            kind,
            municipality: Some(m.id),
            account,
            email,
            language: t.lang.code().to_owned(),
            value,
            country: String::new(),
            year,
            source,
            message: text::clean(form.get("message")),
        }),
        None => Err(wrong),
    }
}

/// `POST /{lang}/municipalities/{slug}/correction`
pub(super) async fn correct(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let snapshot = app.now();
    let Found::Here(row) = find(&snapshot.directory, &path.1)? else {
        return Err(AppError::NotFound);
    };
    let m = snapshot.directory.municipality(row);
    let asked = match read_correction(page.t, &snapshot, m, asker(&app, &visitor, &form), &form) {
        Ok(asked) => asked,
        Err(wrong) => {
            let said = (&form, &wrong);
            return show_correction(page, (&app, &visitor), &snapshot, m, said, false);
        }
    };
    let here = page.municipality_url(&format!("{}/correction", m.slug));
    make(&request, &app, &visitor, asked, &here).await?;
    Ok(see_other(&format!("{here}?sent=1")))
}

fn missing_form(
    page: &Page,
    app: &App,
    visitor: &Visitor,
    typed: &Form,
    wrong: &Wrong,
) -> FormView {
    let t = page.t;
    let text =
        |name: &'static str| Field::text(t, name).filled(typed.get(name)).wrong(error(wrong, name));
    let mut fields = vec![
        text("missing-name"),
        text("missing-country"),
        text("source").hinted(t.get("missing-source-hint")),
    ];
    if asks_for_address(app, visitor) {
        fields.push(email_field(t, typed, wrong));
    }
    FormView::new(visitor, page.url("/missing"), t.get("request-button"), fields)
}

fn show_missing(
    page: Page,
    (app, visitor): (&App, &Visitor),
    (typed, wrong): (&Form, &Wrong),
    sent: bool,
) -> Result<HttpResponse, AppError> {
    let t = page.t;
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    rendered(
        &New {
            title: t.get("missing-title"),
            text: t.get("missing-text"),
            name: None,
            form: missing_form(&page, app, visitor, typed, wrong),
            sent,
            page,
        },
        status,
    )
}

/// `GET /{lang}/missing`
pub(super) async fn missing(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    let params = Params::of(&request, &["sent"])?;
    let nothing = (&Form::default(), &Vec::new());
    show_missing(page, (&app, &visitor), nothing, params.has("sent"))
}

/// `POST /{lang}/missing`: asks to list a municipality.
pub(super) async fn ask(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let t = page.t;
    let mut wrong: Wrong = Vec::new();
    let (account, email) = asker(&app, &visitor, &form);
    let asked = NewRequest {
        kind: RequestKind::Missing,
        municipality: None,
        account,
        email,
        language: page.lang().to_owned(),
        value: form.line("missing-name"),
        country: form.line("missing-country"),
        year: None,
        source: form.line("source"),
        message: String::new(),
    };
    measure(t, &form, &["missing-name", "missing-country", "source"], &mut wrong);
    measure_address(t, &asked.email, &mut wrong);
    if asked.value.is_empty() {
        wrong.push(("missing-name", t.get("missing-name-wrong")));
    }
    if asked.country.is_empty() {
        wrong.push(("missing-country", t.get("missing-country-wrong")));
    }
    if !wrong.is_empty() {
        return show_missing(page, (&app, &visitor), (&form, &wrong), false);
    }
    let here = page.url("/missing");
    make(&request, &app, &visitor, asked, &here).await?;
    Ok(see_other(&format!("{here}?sent=1")))
}

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
#[template(path = "requests/index.html")]
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
pub(super) async fn index(
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
#[template(path = "requests/show.html")]
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
pub(super) async fn show(
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
pub(super) async fn decide(
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
