//! The second factor of an account: set up with an app, and removed.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use qrcode::{Color, EcLevel, QrCode};

use super::account::own;
use super::credentials::{OneForm, present_password, proves, tell};
use crate::auth::totp;
use crate::storage::{accounts, change, credentials};
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::form::{Field, Form, FormView};
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::respond::{html, rendered, see_other};
use crate::web::kit::visitor::{Seen, Visitor};
use crate::web::kit::work::on_database;

#[derive(Template)]
#[template(path = "people/factor.html")]
struct Factor {
    page: Page,
    /// Whether one is set up already.
    there: bool,
    must: bool,
    form: FormView,
    secret: String,
    address: String,
    /// The picture of the address: side in modules, and its dark ones as a
    /// path.
    side: usize,
    picture: String,
}

/// The picture that an app reads, as a path of squares.
fn picture(address: &str) -> (usize, String) {
    let Ok(code) = QrCode::with_error_correction_level(address, EcLevel::M) else {
        return (0, String::new());
    };
    let width = code.width();
    let dark = code.to_colors();
    let squares: Vec<String> = (0..dark.len())
        .filter(|&i| dark[i] == Color::Dark)
        .map(|i| format!("M{} {}h1v1h-1z", i % width + 4, i / width + 4))
        .collect();
    (width + 8, squares.concat())
}

fn factor_page(
    page: Page,
    visitor: &Visitor,
    seen: &Seen,
    email: &str,
    secret: String,
    errors: (&str, &str),
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let t = page.t;
    let address = totp::address(&secret, email);
    let (side, picture) = picture(&address);
    let code = Field::text(t, "code")
        .hinted(t.get("factor-code-hint"))
        .wrong(errors.1)
        .autocompleted("one-time-code");
    let fields = vec![code, present_password(&page, errors.0)];
    let form =
        FormView::new(visitor, page.url("/account/second-factor"), t.get("factor-button"), fields)
            .hiding("secret", &secret);
    let shown: Vec<String> =
        secret.as_bytes().chunks(4).map(|c| String::from_utf8_lossy(c).into_owned()).collect();
    rendered(
        &Factor {
            there: seen.account.second_factor,
            must: seen.account.must_have_second_factor(),
            form,
            secret: shown.join(" "),
            address,
            side,
            picture,
            page,
        },
        status,
    )
}

/// `GET /{lang}/account/second-factor`
pub(crate) async fn factor(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let seen = visitor.signed_in()?.clone();
    let email = own(&app, seen.account.id).await?.person.email;
    let secret = totp::new_secret().map_err(|e| AppError::Other(e.into()))?;
    factor_page(page, &visitor, &seen, &email, secret, ("", ""), StatusCode::OK)
}

#[derive(Template)]
#[template(path = "people/codes.html")]
struct Codes {
    page: Page,
    codes: Vec<String>,
}

/// `POST /{lang}/account/second-factor`: takes a generator in once it gives a
/// right code, and shows the recovery codes, this once.
pub(crate) async fn set_factor(
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let seen = visitor.signed_in()?.clone();
    let (secret, code) = (form.get("secret").to_owned(), form.line("code"));
    let given = form.get("password").to_owned();
    let _turn = app.hashing.acquire().await.map_err(|e| AppError::Other(e.into()))?;
    let (state, tried) = (app.clone(), secret.clone());
    let (id, session) = (seen.account.id, seen.session.id);
    let outcome = on_database(&app, move |conn, now| {
        if !proves(conn, id, &given, now)? {
            return Ok(Err(true));
        }
        let Some(step) = totp::accept(&tried, &code, 0, now) else { return Ok(Err(false)) };
        let codes = totp::new_recovery_codes().map_err(|e| AppError::Other(e.into()))?;
        let hashes: Vec<String> = codes.iter().map(|c| totp::recovery_hash(c)).collect();
        let person = accounts::person(conn, id)?.ok_or(AppError::NotFound)?;
        change(conn, |conn| {
            accounts::acting(conn, session, id)?;
            let factor = Some((tried.as_str(), step, hashes.as_slice()));
            credentials::set_second_factor(conn, id, factor, Some(session), now)?;
            tell(conn, &state, id, &person, "factor-changed", None, now)
        })?;
        Ok(Ok(codes))
    })
    .await?;
    match outcome {
        Ok(codes) => html(&Codes { page, codes }),
        Err(of_password) => {
            let email = own(&app, id).await?.person.email;
            let t = page.t;
            let (wrong_password, wrong_code) =
                (t.get("present-password-wrong"), t.get("code-wrong"));
            let errors: (&str, &str) =
                if of_password { (&wrong_password, "") } else { ("", &wrong_code) };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            factor_page(page, &visitor, &seen, &email, secret, errors, status)
        }
    }
}

fn removal_form(page: &Page, visitor: &Visitor, error: &str) -> OneForm {
    let t = page.t;
    let fields = vec![present_password(page, error)];
    let url = page.url("/account/second-factor/remove");
    OneForm {
        title: t.get("factor-remove-title"),
        text: t.get("factor-remove-text"),
        form: FormView::new(visitor, url, t.get("factor-remove-button"), fields),
        page: page.clone(),
    }
}

/// `GET /{lang}/account/second-factor/remove`
pub(crate) async fn removal(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    if visitor.signed_in()?.account.must_have_second_factor() {
        return Ok(see_other(&page.url("/account")));
    }
    html(&removal_form(&page, &visitor, ""))
}

/// `POST /{lang}/account/second-factor/remove`
pub(crate) async fn remove_factor(
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let seen = visitor.signed_in()?.clone();
    if seen.account.must_have_second_factor() {
        return Ok(see_other(&page.url("/account")));
    }
    let given = form.get("password").to_owned();
    let _turn = app.hashing.acquire().await.map_err(|e| AppError::Other(e.into()))?;
    let state = app.clone();
    let proven = on_database(&app, move |conn, now| {
        let id = seen.account.id;
        if !proves(conn, id, &given, now)? {
            return Ok(false);
        }
        let person = accounts::person(conn, id)?.ok_or(AppError::NotFound)?;
        change(conn, |conn| {
            accounts::acting(conn, seen.session.id, id)?;
            credentials::set_second_factor(conn, id, None, Some(seen.session.id), now)?;
            tell(conn, &state, id, &person, "factor-changed", None, now)
        })?;
        Ok(true)
    })
    .await?;
    if proven {
        return Ok(see_other(&page.url("/account?changed=factor")));
    }
    let form = removal_form(&page, &visitor, &page.t.get("present-password-wrong"));
    rendered(&form, StatusCode::UNPROCESSABLE_ENTITY)
}
