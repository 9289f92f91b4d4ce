//! Who is asking: the session behind a request, and whether it may.
//!
//! A session is a random token in one cookie; the database has its hash. The
//! same token gives the value that forms carry. Whoever is not signed in and
//! sees a form is given a token for that alone.

use std::cell::OnceCell;
use std::future::{Ready, ready};
use std::rc::Rc;

use actix_web::body::MessageBody;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};

use super::app::App;
use super::error::AppError;
use crate::auth::token::Token;
use crate::domain::account::{Account, AccountState, SESSION_MINUTES, Session};
use crate::domain::directory::Directory;
use crate::domain::municipality::Status;
use crate::storage::{accounts, sessions};

/// A session that is alive, with its account and the person's name.
#[derive(Clone)]
pub(crate) struct Seen {
    pub(crate) session: Session,
    pub(crate) account: Account,
    pub(crate) name: String,
}

struct Inner {
    seen: Option<Seen>,
    /// Whether nobody could find out who it is.
    failed: bool,
    /// The token whose value forms of this visitor carry: that of the
    /// session, or one for forms alone.
    token: Option<Token>,
    /// Whether the browser has that token already.
    is_kept: bool,
    /// The value that the forms of one page carry, once one was made.
    form_value: OnceCell<String>,
}

/// Who is asking.
#[derive(Clone)]
pub(crate) struct Visitor(Rc<Inner>);

impl Visitor {
    /// The visitor behind a request.
    pub(crate) fn of(request: &HttpRequest) -> Visitor {
        let known = request.extensions().get::<Visitor>().cloned();
        known.unwrap_or_else(|| {
            let (seen, token) = (None, None);
            let form_value = OnceCell::new();
            Visitor(Rc::new(Inner { seen, failed: false, token, is_kept: false, form_value }))
        })
    }

    /// The account, once everything it has to prove is proven.
    pub(crate) fn account(&self) -> Option<&Account> {
        self.0.seen.as_ref().filter(|s| s.session.proven).map(|s| &s.account)
    }

    /// The session and account of somebody signed in.
    pub(crate) fn seen(&self) -> Option<&Seen> {
        self.0.seen.as_ref().filter(|s| s.session.proven)
    }

    /// Whether the visitor may read what is for members of verified
    /// municipalities.
    pub(crate) fn is_among_verified(&self, directory: &Directory) -> bool {
        let verified = |id| {
            let row = directory.by_id(id);
            row.is_some_and(|row| directory.municipality(row).status == Status::Verified)
        };
        self.account().is_some_and(|account| account.is_among_verified(verified))
    }

    /// The session of somebody who gave the password and still owes a code.
    pub(crate) fn owing_a_code(&self) -> Option<&Seen> {
        self.0.seen.as_ref().filter(|s| !s.session.proven)
    }

    /// Whether nobody could tell who it is: the session could not be read.
    pub(crate) fn is_unknown(&self) -> bool {
        self.0.failed
    }

    /// The account of whoever got past the access of this address.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for nobody: an address that needs an account
    /// was let through without.
    pub(crate) fn signed_in(&self) -> Result<&Seen, AppError> {
        self.seen().ok_or(AppError::NotFound)
    }

    /// What a form made for this visitor carries.
    pub(crate) fn form_value(&self) -> String {
        let fresh = || self.0.token.as_ref().map_or_else(String::new, Token::form_value);
        self.0.form_value.get_or_init(fresh).clone()
    }

    /// Whether a form carries the value made for this visitor.
    pub(crate) fn made_form(&self, value: &str) -> bool {
        self.0.token.as_ref().is_some_and(|token| token.made_form(value))
    }
}

impl FromRequest for Visitor {
    type Error = actix_web::Error;
    type Future = Ready<Result<Visitor, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Visitor::of(request)))
    }
}

/// The name of a cookie: with the prefix that binds it to this host where
/// people come by https.
fn cookie_name(https: bool, name: &'static str) -> &'static str {
    match (https, name) {
        (true, SESSION) => "__Host-session",
        (true, _) => "__Host-form",
        (false, name) => name,
    }
}

const SESSION: &str = "session";
const FORM: &str = "form";

fn cookie(app: &App, name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build(cookie_name(app.is_https(), name), value)
        .path("/")
        .http_only(true)
        .secure(app.is_https())
        .same_site(SameSite::Lax)
        .finish()
}

/// The cookie that keeps a session.
pub(crate) fn session_cookie(app: &App, token: &Token) -> Cookie<'static> {
    let mut kept = cookie(app, SESSION, token.as_str().to_owned());
    kept.set_max_age(Duration::minutes(SESSION_MINUTES));
    kept
}

/// The cookie that takes a session away.
pub(crate) fn no_session_cookie(app: &App) -> Cookie<'static> {
    let mut gone = cookie(app, SESSION, String::new());
    gone.set_max_age(Duration::ZERO);
    gone
}

fn token_in(request: &HttpRequest, app: &App, name: &'static str) -> Option<Token> {
    Token::parse(request.cookie(cookie_name(app.is_https(), name))?.value())
}

/// Notes once a minute that a session is used. Nobody waits for it, and
/// nothing depends on it.
fn note_use(app: &App, session: &Session) {
    let now = app.live.clock().now();
    if (now - session.seen_at).num_minutes() < 1 {
        return;
    }
    let (db, id) = (app.live.db().clone(), session.id);
    actix_web::rt::spawn(async move {
        let noted = db.change_beside(move |conn| sessions::seen(conn, id, now)).await;
        if let Err(error) = noted {
            log::warn!("the use of a session is not noted: {error}");
        }
    });
}

/// The session of a token if it is alive.
fn alive(app: &App, token: &Token) -> Result<Option<Seen>, AppError> {
    let mut conn = app.live.db().conn()?;
    let now = app.live.clock().now();
    let Some((session, name)) = sessions::find(&mut conn, &token.hash())? else {
        return Ok(None);
    };
    let account = accounts::load(&mut conn, session.account)?;
    if account.state != AccountState::Active || !session.is_alive(account.office, now) {
        return Ok(None);
    }
    Ok(Some(Seen { session, account, name }))
}

/// Finds out who is asking, before anything else looks at the request.
pub(crate) async fn identify(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let Some(app) = request.app_data::<web::Data<App>>().cloned() else {
        return next.call(request).await;
    };
    let session = token_in(request.request(), &app, SESSION);
    let found = match session.clone() {
        None => Ok(None),
        Some(token) => {
            let asked = app.clone();
            let found = web::block(move || alive(&asked, &token)).await;
            found.unwrap_or_else(|error| Err(AppError::Other(error.into())))
        }
    };
    // What needs no account goes on without the database.
    let failed = found.is_err();
    let seen = found.unwrap_or_else(|error| {
        log::error!("a session cannot be read: {error}");
        None
    });
    if let Some(seen) = &seen {
        note_use(&app, &seen.session);
    }
    let kept = session.filter(|_| seen.is_some());
    let kept = kept.or_else(|| token_in(request.request(), &app, FORM));
    let is_kept = kept.is_some();
    let signed_in = seen.is_some();
    let token = kept.or_else(|| Token::new().ok());
    let form_value = OnceCell::new();
    let visitor = Visitor(Rc::new(Inner { seen, failed, token, is_kept, form_value }));
    request.extensions_mut().insert(visitor.clone());
    let mut response = next.call(request).await?;
    let inner = &visitor.0;
    let has_form = inner.form_value.get().is_some();
    if signed_in || has_form {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let (true, false, Some(token)) = (has_form, inner.is_kept, &inner.token) {
        response.response_mut().add_cookie(&cookie(&app, FORM, token.as_str().to_owned()))?;
    }
    Ok(response)
}
