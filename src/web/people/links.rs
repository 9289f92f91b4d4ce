//! Links that letters lead to, each good for once: to accept an invitation, to
//! set a new password, to confirm a new address. Looking at a link changes
//! nothing; mail programs look at every one.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::Duration;

use super::credentials::{own_words, weakness_text};
use crate::auth::password;
use crate::auth::token::Token;
use crate::domain::account::{AccountState, Office, email_key};
use crate::domain::claim::ClaimId;
use crate::storage::sessions::{self, Link, Purpose};
use crate::storage::{DbConn, accounts, attempts, change, claims, credentials, jobs};
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::form::{Field, Form, FormView};
use crate::web::kit::limits::{limit, origin};
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::respond::{html, rendered, see_other};
use crate::web::kit::visitor::Visitor;
use crate::web::kit::work::on_database;

/// Letters with a link for one address, and asked for from one, in an hour.
const LETTERS_FOR_ADDRESS: i32 = 12;
/// The same for one address from one: fewer, so that nobody uses up another's.
const LETTERS_FOR_ADDRESS_FROM: i32 = 3;
const LETTERS_FROM_ADDRESS: i32 = 30;
const HOUR: Duration = Duration::hours(1);

#[derive(Template)]
#[template(path = "people/forgot.html")]
struct Ask {
    page: Page,
    form: FormView,
    sent: bool,
}

fn ask_form(page: &Page, visitor: &Visitor, email: &str, error: &str) -> FormView {
    let t = page.t;
    let field = Field::email(t).filled(email).wrong(error);
    FormView::new(visitor, page.url("/password"), t.get("forgot-button"), vec![field])
}

/// `GET /{lang}/password`
pub(crate) async fn ask(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    html(&Ask { form: ask_form(&page, &visitor, "", ""), sent: false, page })
}

/// `POST /{lang}/password`: the same answer, as fast, whether anybody has the
/// address or not; a job looks it up.
pub(crate) async fn send(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let email = form.line("email");
    let Some(key) = email_key(&email) else {
        let form = ask_form(&page, &visitor, &email, &page.t.get("email-wrong"));
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return rendered(&Ask { form, sent: false, page }, status);
    };
    let from = origin(&request, &app);
    on_database(&app, move |conn, now| {
        limit(conn, "letter from", &from, LETTERS_FROM_ADDRESS, HOUR, now)?;
        // Too many for one address are passed over in silence: saying so
        // would tell that somebody else asked.
        let both = crate::auth::token::hash("letter both", &format!("{key} {from}"));
        let few = attempts::count(conn, &both, LETTERS_FOR_ADDRESS_FROM, HOUR, now)?.is_ok() && {
            let key_of = crate::auth::token::hash("letter", &key);
            attempts::count(conn, &key_of, LETTERS_FOR_ADDRESS, HOUR, now)?.is_ok()
        };
        let wanted = if few { key } else { String::new() };
        change(conn, |conn| Ok(jobs::add(conn, jobs::PASSWORD_LETTER, &wanted, now)?))
    })
    .await?;
    html(&Ask { form: ask_form(&page, &visitor, "", ""), sent: true, page })
}

#[derive(Template)]
#[template(path = "people/link.html")]
struct Show {
    page: Page,
    title: String,
    text: String,
    form: FormView,
}

fn token(text: &str) -> Result<Token, AppError> {
    Token::parse(text).ok_or(AppError::BadLink)
}

fn view(
    page: &Page,
    visitor: &Visitor,
    text: &str,
    link: &Link,
    office: Office,
    error: &str,
) -> FormView {
    let t = page.t;
    let shortest =
        if office == Office::None { password::SHORTEST } else { password::SHORTEST_STAFF };
    let fields = match link.purpose {
        Purpose::Address => Vec::new(),
        Purpose::Invitation | Purpose::Password => vec![
            Field::password(t, "password", "new-password")
                .labelled(t.get("field-new-password"))
                .hinted(t.one("password-hint", "n", shortest.to_string()))
                .wrong(error),
        ],
    };
    let button = t.get(&format!("link-{}-button", link.purpose.as_str()));
    FormView::new(visitor, page.url(&format!("/link/{text}")), button, fields)
}

/// Finds a link with the office of its account.
fn found(
    conn: &mut DbConn,
    token: &Token,
    now: crate::domain::time::Moment,
) -> Result<(Link, Office), AppError> {
    let link = sessions::find_link(conn, &token.hash(), now)?.ok_or(AppError::BadLink)?;
    let account = accounts::load(conn, link.account)?;
    if account.state == AccountState::Suspended {
        return Err(AppError::BadLink);
    }
    Ok((link, account.office))
}

fn page_of(
    page: Page,
    link: &Link,
    form: FormView,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let show = Show {
        title: page.t.get(&format!("link-{}-title", link.purpose.as_str())),
        // For a new address, the payload is that address.
        text: page.t.one(&format!("link-{}-text", link.purpose.as_str()), "address", &link.payload),
        form,
        page,
    };
    let mut answer = rendered(&show, status)?;
    // The address is a key: no other site is to see where somebody came from.
    let name = actix_web::http::header::REFERRER_POLICY;
    answer
        .headers_mut()
        .insert(name, actix_web::http::header::HeaderValue::from_static("no-referrer"));
    Ok(answer)
}

/// `GET /{lang}/link/{token}`
pub(crate) async fn show(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let text = path.into_inner().1;
    let token = token(&text)?;
    let (link, office) = on_database(&app, move |conn, now| found(conn, &token, now)).await?;
    let form = view(&page, &visitor, &text, &link, office, "");
    page_of(page, &link, form, StatusCode::OK)
}

/// What became of a link that was followed.
enum Followed {
    Done(Purpose),
    Weak(Link, Office, password::Weakness),
}

/// `POST /{lang}/link/{token}`
pub(crate) async fn follow(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let text = path.into_inner().1;
    let token = token(&text)?;
    let (given, from) = (form.get("password").to_owned(), origin(&request, &app));
    let snapshot = app.now();
    let _turn = app.hashing.acquire().await.map_err(|e| AppError::Other(e.into()))?;
    let followed = on_database(&app, move |conn, now| {
        limit(conn, "link from", &from, LETTERS_FROM_ADDRESS, HOUR, now)?;
        let (link, office) = found(conn, &token, now)?;
        let hash = if link.purpose == Purpose::Address {
            None
        } else {
            let person = accounts::person(conn, link.account)?.ok_or(AppError::BadLink)?;
            let account = accounts::load(conn, link.account)?;
            let words = own_words(conn, &snapshot, &account, &person)?;
            let about: Vec<&str> = words.iter().map(String::as_str).collect();
            if let Some(weakness) = password::weakness(&given, office, &about) {
                return Ok(Followed::Weak(link, office, weakness));
            }
            Some(password::hash(&given)?)
        };
        change(conn, |conn| {
            // Of two at once, one follows the link.
            if !sessions::use_link(conn, &token.hash(), now)? {
                return Err(AppError::BadLink);
            }
            if accounts::hold(conn, link.account)? == AccountState::Suspended {
                return Err(AppError::BadLink);
            }
            match hash {
                Some(hash) => {
                    credentials::set_password(conn, link.account, &hash, None, now)?;
                    // Whoever follows the letter about a claim reads the
                    // address that it was made with, and means that claim.
                    if let Ok(claim) = link.payload.parse() {
                        claims::confirm(conn, ClaimId(claim), link.account, now)?;
                    }
                }
                None => accounts::set_email(conn, link.account, &link.payload, now)?,
            }
            Ok(Followed::Done(link.purpose))
        })
    })
    .await?;
    match followed {
        Followed::Done(Purpose::Address) => Ok(see_other(&page.url("/account?changed=email"))),
        Followed::Done(_) => Ok(see_other(&page.url("/sign-in?set=1"))),
        Followed::Weak(link, office, weakness) => {
            let error = weakness_text(&page, weakness);
            let form = view(&page, &visitor, &text, &link, office, &error);
            page_of(page, &link, form, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}
