//! Asking officers to set something right.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::Duration;

use crate::domain::account::{AccountId, email_key};
use crate::domain::claim::{MAX_LINE, MAX_MESSAGE};
use crate::domain::municipality::Municipality;
use crate::domain::request::{NewRequest, RequestKind};
use crate::domain::text;
use crate::i18n::T;
use crate::snapshot::Snapshot;
use crate::storage::{accounts, change, requests, unsent as stored_unsent};
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::form::{Field, Form, FormView, Kind, Pick, too_long};
use crate::web::kit::limits::{limit, origin};
use crate::web::kit::lookup::{Found, find, moved};
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::resend::form_key;
use crate::web::kit::respond::{rendered, see_other};
use crate::web::kit::view::NameView;
use crate::web::kit::visitor::Visitor;
use crate::web::kit::work::on_database;

/// Requests that may be made with one account, or from one address without, in
/// an hour.
const REQUESTS_AN_HOUR: i32 = 10;

/// What is wrong with a form, by field.
type Wrong = Vec<(&'static str, String)>;

#[derive(Template)]
#[template(path = "office/corrections.html")]
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
    let written = form_key(here).unwrap_or_default();
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
pub(crate) async fn correction(
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
pub(crate) async fn correct(
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
pub(crate) async fn missing(
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
pub(crate) async fn ask(
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
