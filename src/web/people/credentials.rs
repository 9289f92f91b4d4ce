//! What somebody signs in with: password and address.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::Duration;

use crate::auth::password;
use crate::auth::token::Token;
use crate::domain::account::{Account, AccountId, Office, Person, email_key};
use crate::domain::time::Moment;
use crate::i18n::Value;
use crate::mail::letter::{self, Door, Reader};
use crate::snapshot::Snapshot;
use crate::storage::sessions::{self, Link, Purpose};
use crate::storage::{Conn, DbConn, StorageResult, accounts, change, claims, credentials, mails};
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::form::{Field, Form, FormView};
use crate::web::kit::limits::limit;
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::respond::{html, rendered, see_other};
use crate::web::kit::visitor::Visitor;
use crate::web::kit::work::on_database;

/// Tries of the present password within an account, in a quarter of an hour.
const TRIES: i32 = 10;

/// The field of a new password.
const NEW_PASSWORD: &str = "new-password";

/// How long a link to a new address works.
const ADDRESS_LINK: Duration = Duration::hours(24);

/// Words that stand for a person, so that no password is made of them: name,
/// address, and the names of the municipalities they work for or claim.
pub(crate) fn own_words(
    conn: &mut DbConn,
    snapshot: &Snapshot,
    account: &Account,
    person: &Person,
) -> StorageResult<Vec<String>> {
    let mut words = vec![person.name.clone(), person.email.clone()];
    let claimed = claims::of_account(conn, account.id)?.into_iter().map(|c| c.municipality);
    for id in account.memberships.iter().map(|m| m.municipality).chain(claimed) {
        let Some(row) = snapshot.directory.by_id(id) else { continue };
        let m = snapshot.directory.municipality(row);
        words.extend([&m.name, &m.name_en, &m.name_uk, &m.centre, &m.slug].map(String::clone));
    }
    Ok(words)
}

/// Whether somebody gave the present password of an account; counted, so that
/// a session left open does not give it away.
pub(crate) fn proves(
    conn: &mut Conn,
    id: AccountId,
    given: &str,
    now: Moment,
) -> Result<bool, AppError> {
    limit(conn, "proof", &id.0.to_string(), TRIES, Duration::minutes(15), now)?;
    let credentials = credentials::credentials_of(conn, id)?.ok_or(AppError::NotFound)?;
    Ok(password::verify(given, credentials.password_hash.as_deref()))
}

/// Queues a mail about an account to its owner.
pub(crate) fn tell(
    conn: &mut DbConn,
    app: &App,
    id: AccountId,
    person: &Person,
    topic: &str,
    door: Option<&Door>,
    now: Moment,
) -> Result<(), AppError> {
    let reader = Reader { account: id, person };
    let args: &[(&str, Value<'_>)] = &[];
    let mail = letter::write(reader, topic, args, door, app.site().host())
        .map_err(|e| AppError::Other(e.into()))?;
    mails::add(conn, &mail, now)?;
    Ok(())
}

/// A page with one form.
#[derive(Template)]
#[template(path = "people/form.html")]
pub(crate) struct OneForm {
    pub(crate) page: Page,
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) form: FormView,
}

pub(crate) fn present_password(page: &Page, error: &str) -> Field {
    let label = page.t.get("field-present-password");
    let field = Field::password(page.t, "password", "current-password");
    field.labelled(label).wrong(error)
}

fn password_form(page: &Page, visitor: &Visitor, office: Office, errors: (&str, &str)) -> OneForm {
    let t = page.t;
    let shortest =
        if office == Office::None { password::SHORTEST } else { password::SHORTEST_STAFF };
    let new = Field::password(t, NEW_PASSWORD, "new-password")
        .hinted(t.one("password-hint", "n", shortest.to_string()))
        .wrong(errors.1);
    let fields = vec![present_password(page, errors.0), new];
    OneForm {
        title: t.get("account-password-title"),
        text: t.get("account-password-text"),
        form: FormView::new(visitor, page.url("/account/password"), t.get("save"), fields),
        page: page.clone(),
    }
}

/// `GET /{lang}/account/password`
pub(crate) async fn password(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let office = visitor.signed_in()?.account.office;
    html(&password_form(&page, &visitor, office, ("", "")))
}

/// `POST /{lang}/account/password`
pub(crate) async fn set_password(
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let seen = visitor.signed_in()?.clone();
    let office = seen.account.office;
    let (given, new) = (form.get("password").to_owned(), form.get(NEW_PASSWORD).to_owned());
    let _turn = app.hashing.acquire().await.map_err(|e| AppError::Other(e.into()))?;
    let state = app.clone();
    let outcome = on_database(&app, move |conn, now| {
        let id = seen.account.id;
        if !proves(conn, id, &given, now)? {
            return Ok(Err(None));
        }
        let person = accounts::person(conn, id)?.ok_or(AppError::NotFound)?;
        let words = own_words(conn, &state.now(), &seen.account, &person)?;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if let Some(weakness) = password::weakness(&new, office, &words) {
            return Ok(Err(Some(weakness)));
        }
        let hash = password::hash(&new)?;
        change(conn, |conn| {
            accounts::acting(conn, seen.session.id, id)?;
            credentials::set_password(conn, id, &hash, Some(seen.session.id), now)?;
            tell(conn, &state, id, &person, "password-changed", None, now)
        })?;
        Ok(Ok(()))
    })
    .await?;
    let wrong = |errors: (&str, &str)| {
        let form = password_form(&page, &visitor, office, errors);
        rendered(&form, StatusCode::UNPROCESSABLE_ENTITY)
    };
    match outcome {
        Ok(()) => Ok(see_other(&page.url("/account?changed=password"))),
        Err(None) => wrong((&page.t.get("present-password-wrong"), "")),
        Err(Some(weakness)) => wrong(("", &weakness_text(&page, weakness))),
    }
}

#[derive(Template)]
#[template(path = "people/email.html")]
struct NewAddress {
    page: Page,
    form: FormView,
}

fn email_form(page: &Page, visitor: &Visitor, email: &str, errors: (&str, &str)) -> NewAddress {
    let t = page.t;
    let new = Field::email(t)
        .labelled(t.get("field-new-email"))
        .filled(email)
        .wrong(errors.1)
        .autocompleted("email");
    let fields = vec![new, present_password(page, errors.0)];
    NewAddress {
        form: FormView::new(
            visitor,
            page.url("/account/email"),
            t.get("account-email-button"),
            fields,
        ),
        page: page.clone(),
    }
}

/// `GET /{lang}/account/email`
pub(crate) async fn email(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    html(&email_form(&page, &visitor, "", ("", "")))
}

/// `POST /{lang}/account/email`: a link goes to the new address, and only who
/// reads that has it; the old one is told.
pub(crate) async fn set_email(
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let seen = visitor.signed_in()?.clone();
    let (email, given) = (form.line("email"), form.get("password").to_owned());
    let Some(key) = email_key(&email) else {
        let form = email_form(&page, &visitor, &email, ("", &page.t.get("email-wrong")));
        return rendered(&form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let _turn = app.hashing.acquire().await.map_err(|e| AppError::Other(e.into()))?;
    let (state, wanted) = (app.clone(), email.clone());
    let proven = on_database(&app, move |conn, now| {
        let id = seen.account.id;
        if !proves(conn, id, &given, now)? {
            return Ok(false);
        }
        let token = Token::new().map_err(|e| AppError::Other(e.into()))?;
        let person = accounts::person(conn, id)?.ok_or(AppError::NotFound)?;
        // Whoever has the address already gets no letter from this, and the
        // answer does not tell.
        let free = accounts::by_email(conn, &key)?.is_none();
        change(conn, |conn| {
            accounts::acting(conn, seen.session.id, id)?;
            if free {
                let payload = wanted.clone();
                let link = Link { purpose: Purpose::Address, account: id, payload };
                sessions::add_link(conn, &token.hash(), &link, now + ADDRESS_LINK)?;
                let new = Person { email: wanted, ..person.clone() };
                let url = state.site().link(&new.language, &token);
                tell(conn, &state, id, &new, "address", Some(&Door { url, secret: true }), now)?;
            }
            accounts::record(conn, id, "address-asked", Some(id), None, None, now)?;
            tell(conn, &state, id, &person, "address-asked", None, now)
        })?;
        Ok(true)
    })
    .await?;
    if proven {
        return Ok(see_other(&page.url("/account?changed=sent")));
    }
    let form = email_form(&page, &visitor, &email, (&page.t.get("present-password-wrong"), ""));
    rendered(&form, StatusCode::UNPROCESSABLE_ENTITY)
}

/// What is wrong with a password, in words.
pub(crate) fn weakness_text(page: &Page, weakness: password::Weakness) -> String {
    match weakness {
        password::Weakness::Short(n) => page.t.one(weakness.key(), "n", n.to_string()),
        other => page.t.get(other.key()),
    }
}
