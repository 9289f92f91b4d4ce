//! Signing in: a password, then a code where a second factor is set up; and
//! signing out. What was written when a session had ended goes along and comes
//! back.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::Duration;

use crate::auth::token::{self, Token};
use crate::auth::{password, totp};
use crate::domain::account::{Account, AccountState, email_key};
use crate::storage::{StorageError, accounts, attempts, change, credentials, sessions};
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::form::{Field, Form, FormView};
use crate::web::kit::limits::{limit, origin};
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::resend::{is_secret, kept_page};
use crate::web::kit::respond::{html, rendered, safe_back, see_other};
use crate::web::kit::visitor::{Visitor, no_session_cookie, session_cookie};
use crate::web::kit::work::{on_change, on_database};

/// Tries of a password for one account, and from one address, in a quarter of
/// an hour.
const TRIES_FOR_ACCOUNT: i32 = 100;
/// The same for one account from one address: fewer, and nobody elsewhere is
/// kept out by them.
const TRIES_FOR_ACCOUNT_FROM: i32 = 10;
const TRIES_FROM_ADDRESS: i32 = 100;
/// Tries of a code for one account in a quarter of an hour.
const TRIES_OF_CODE: i32 = 6;
const QUARTER: Duration = Duration::minutes(15);

/// What a browser calls itself, in a word or two, for the list of sessions.
fn device(request: &HttpRequest) -> String {
    let agent = request.headers().get(header::USER_AGENT);
    let agent = agent.and_then(|v| v.to_str().ok()).unwrap_or("");
    let first = |names: &[(&str, &'static str)]| {
        names.iter().find(|(part, _)| agent.contains(part)).map_or("", |(_, name)| *name)
    };
    let browser = first(&[
        ("Firefox", "Firefox"),
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("Chrom", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        ("", "") => "?".to_owned(),
        ("", one) | (one, "") => one.to_owned(),
        (browser, system) => format!("{browser}, {system}"),
    }
}

#[derive(Template)]
#[template(path = "people/sign_in.html")]
struct Show {
    page: Page,
    form: FormView,
    /// Whether a text waits to be sent.
    kept: bool,
    /// Whether a password was just set.
    set: bool,
    forgot_url: String,
}

#[derive(Template)]
#[template(path = "people/code.html")]
struct Code {
    page: Page,
    form: FormView,
}

/// What a form of these pages takes along.
#[derive(Clone, Default)]
struct Along {
    /// Where to go on.
    to: String,
    /// What was written, as it was sent.
    kept: String,
}

impl Along {
    fn of(form: &Form) -> Along {
        Along { to: form.get("to").to_owned(), kept: form.get("kept").to_owned() }
    }
}

fn form_to_sign_in(
    page: &Page,
    visitor: &Visitor,
    email: &str,
    error: &str,
    along: &Along,
) -> FormView {
    let t = page.t;
    FormView::new(
        visitor,
        page.url("/sign-in"),
        t.get("sign-in-button"),
        vec![
            Field::email(t).filled(email).wrong(error),
            Field::password(t, "password", "current-password"),
        ],
    )
    .hiding("to", &along.to)
    .hiding("kept", &along.kept)
}

fn show_form(
    page: Page,
    form: FormView,
    along: &Along,
    set: bool,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let forgot_url = page.url("/password");
    rendered(&Show { form, kept: !along.kept.is_empty(), set, forgot_url, page }, status)
}

/// The page to sign in on, with what was written for another address.
pub(crate) fn ask_again(
    page: &Page,
    visitor: &Visitor,
    path: &str,
    body: String,
) -> Result<HttpResponse, AppError> {
    // Passwords and codes are typed again, and stand on no page.
    let form = Form::parse(&body)?;
    let kept = form.fields().filter(|(name, _)| !is_secret(name)).cloned().collect();
    let along = Along { to: path.to_owned(), kept: Form::of(kept).encoded() };
    let form = form_to_sign_in(page, visitor, "", "", &along);
    show_form(page.clone(), form, &along, false, StatusCode::UNAUTHORIZED)
}

/// `GET /{lang}/sign-in`
pub(crate) async fn show(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
) -> Result<HttpResponse, AppError> {
    let params = Params::of(&request, &["to", "set"])?;
    if visitor.seen().is_some() {
        return Ok(see_other(&page.url("/account")));
    }
    let along = Along { to: params.get("to").unwrap_or("").to_owned(), kept: String::new() };
    let form = form_to_sign_in(&page, &visitor, "", "", &along);
    show_form(page, form, &along, params.has("set"), StatusCode::OK)
}

/// Where somebody goes who has just signed in.
fn after(
    app: &App,
    page: &Page,
    account: &Account,
    token: &Token,
    along: Along,
) -> Result<HttpResponse, AppError> {
    let cookie = session_cookie(app, token);
    let mut answer = if !along.kept.is_empty() {
        let form = Form::parse(&along.kept)?;
        let proof = token.form_value();
        kept_page(page.clone(), safe_back(&along.to), &form, (proof, true), StatusCode::OK)?
    } else if account.owes_second_factor() {
        see_other(&page.url("/account/second-factor"))
    } else if along.to.is_empty() {
        see_other(&page.url("/account"))
    } else {
        see_other(safe_back(&along.to))
    };
    answer.add_cookie(&cookie).map_err(|e| AppError::Other(e.into()))?;
    Ok(answer)
}

/// `POST /{lang}/sign-in`
pub(crate) async fn create(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let along = Along::of(&form);
    let email = form.line("email");
    let given = form.get("password").to_owned();
    let (key, from) = (email_key(&email).unwrap_or_default(), origin(&request, &app));
    let device = device(&request);
    let old = visitor.seen().or(visitor.owing_a_code()).map(|s| (s.account.id, s.session.id));
    let _turn = app.hashing.acquire().await.map_err(|e| AppError::Other(e.into()))?;
    let begun = on_database(&app, move |conn, now| {
        limit(conn, "sign-in from", &from, TRIES_FROM_ADDRESS, QUARTER, now)?;
        // What is refused here counts for nobody elsewhere.
        let both = format!("{key} {from}");
        limit(conn, "sign-in both", &both, TRIES_FOR_ACCOUNT_FROM, QUARTER, now)?;
        limit(conn, "sign-in", &key, TRIES_FOR_ACCOUNT, QUARTER, now)?;
        let id = accounts::by_email(conn, &key)?;
        let credentials = match id {
            Some(id) => credentials::credentials_of(conn, id)?,
            None => None,
        };
        let stored = credentials.as_ref().and_then(|c| c.password_hash.as_deref());
        // Takes as long for an address nobody has.
        let right = password::verify(&given, stored);
        let Some(id) = id.filter(|_| right) else { return Ok(None) };
        let account = accounts::load(conn, id)?;
        if account.state != AccountState::Active {
            return Ok(None);
        }
        let outdated = stored.filter(|stored| password::is_outdated(stored));
        let renewed = outdated.map(|old| Ok::<_, AppError>((old, password::hash(&given)?)));
        let renewed = renewed.transpose()?;
        let token = Token::new().map_err(|e| AppError::Other(e.into()))?;
        change(conn, |conn| -> Result<_, AppError> {
            // Whoever changed password or factor meanwhile has ended this, too.
            let held = accounts::hold(conn, id)?;
            if held != AccountState::Active || credentials::credentials_of(conn, id)? != credentials
            {
                return Ok(None);
            }
            if let Some((old, new)) = &renewed {
                credentials::rehash(conn, id, old, new)?;
            }
            if let Some((account, session)) = old {
                // A new token with every new right.
                match sessions::end(conn, account, session) {
                    Ok(()) | Err(StorageError::NotFound) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            sessions::begin(conn, &token.hash(), id, !account.second_factor, &device, now)?;
            if !account.second_factor {
                accounts::record(conn, id, "signed-in", Some(id), None, None, now)?;
            }
            attempts::forget(conn, &token::hash("sign-in", &key))?;
            attempts::forget(conn, &token::hash("sign-in both", &both))?;
            Ok(Some((account, token)))
        })
    })
    .await?;
    let Some((account, token)) = begun else {
        let error = page.t.get("sign-in-wrong");
        let form = form_to_sign_in(&page, &visitor, &email, &error, &along);
        return show_form(page, form, &along, false, StatusCode::UNPROCESSABLE_ENTITY);
    };
    if account.second_factor {
        let form = code_form(&page, token.form_value(), "", &along);
        let page = page.at("/sign-in/code");
        let mut answer = rendered(&Code { form, page }, StatusCode::OK)?;
        let cookie = session_cookie(&app, &token);
        answer.add_cookie(&cookie).map_err(|e| AppError::Other(e.into()))?;
        return Ok(answer);
    }
    after(&app, &page, &account, &token, along)
}

fn code_form(page: &Page, proof: String, error: &str, along: &Along) -> FormView {
    let t = page.t;
    let field = Field::text(t, "code")
        .hinted(t.get("code-hint"))
        .wrong(error)
        .autocompleted("one-time-code");
    let form = FormView {
        action: page.url("/sign-in/code"),
        proof,
        hidden: Vec::new(),
        fields: vec![field],
        button: t.get("sign-in-button"),
        keeps: false,
        about: String::new(),
    };
    form.hiding("to", &along.to).hiding("kept", &along.kept)
}

/// `GET /{lang}/sign-in/code`
pub(crate) async fn code(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    if visitor.owing_a_code().is_none() {
        return Ok(see_other(&page.url("/sign-in")));
    }
    let form = code_form(&page, visitor.form_value(), "", &Along::default());
    html(&Code { form, page })
}

/// `POST /{lang}/sign-in/code`
pub(crate) async fn prove(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let along = Along::of(&form);
    let Some(seen) = visitor.owing_a_code().cloned() else {
        return Ok(see_other(&page.url("/sign-in")));
    };
    let given = form.line("code");
    let device = device(&request);
    let account = seen.account.clone();
    let token = on_database(&app, move |conn, now| {
        let id = seen.account.id;
        let whose = id.0.to_string();
        limit(conn, "code", &whose, TRIES_OF_CODE, QUARTER, now)?;
        let token = Token::new().map_err(|e| AppError::Other(e.into()))?;
        change(conn, |conn| {
            let held = accounts::hold(conn, id)?;
            let known = credentials::credentials_of(conn, id)?;
            let Some(credentials) = known.filter(|_| held == AccountState::Active) else {
                return Ok(None);
            };
            let step = credentials
                .totp_secret
                .as_deref()
                .and_then(|secret| totp::accept(secret, &given, credentials.totp_last_step, now));
            let right = match step {
                Some(step) => credentials::use_totp_step(conn, id, step)?,
                None => {
                    let used =
                        credentials::use_recovery_code(conn, id, &totp::recovery_hash(&given))?;
                    if used {
                        accounts::record(
                            conn,
                            id,
                            "recovery-code-used",
                            Some(id),
                            None,
                            None,
                            now,
                        )?;
                    }
                    used
                }
            };
            if !right {
                return Ok(None);
            }
            match sessions::end(conn, id, seen.session.id) {
                Ok(()) => {}
                // It was ended by whoever changed the password meanwhile.
                Err(StorageError::NotFound) => return Ok(None),
                Err(error) => return Err(AppError::from(error)),
            }
            sessions::begin(conn, &token.hash(), id, true, &device, now)?;
            accounts::record(conn, id, "signed-in", Some(id), None, None, now)?;
            attempts::forget(conn, &token::hash("code", &whose))?;
            Ok(Some(token))
        })
    })
    .await?;
    match token {
        Some(token) => after(&app, &page, &account, &token, along),
        None => {
            let error = page.t.get("code-wrong");
            let form = code_form(&page, visitor.form_value(), &error, &along);
            rendered(&Code { form, page }, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

/// `POST /{lang}/sign-out`
pub(crate) async fn end(
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
    _form: Form,
) -> Result<HttpResponse, AppError> {
    let seen = visitor.signed_in()?.clone();
    on_change(&app, move |conn, now| {
        let id = seen.account.id;
        match sessions::end(conn, id, seen.session.id) {
            // Somebody ended it meanwhile, as was wanted.
            Ok(()) | Err(StorageError::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
        Ok(accounts::record(conn, id, "signed-out", Some(id), None, None, now)?)
    })
    .await?;
    let mut answer = see_other(&page.url("/"));
    answer.add_cookie(&no_session_cookie(&app)).map_err(|e| AppError::Other(e.into()))?;
    answer.headers_mut().insert(
        HeaderName::from_static("clear-site-data"),
        header::HeaderValue::from_static("\"cache\", \"storage\""),
    );
    Ok(answer)
}
