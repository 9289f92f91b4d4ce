//! What a visitor is told when something cannot be done.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{HttpResponse, ResponseError};
use askama::Template;

use super::form::PROOF;
use super::page::Page;
use super::sign_in;
use super::visitor::Visitor;
use crate::storage::StorageError;

/// Why a request could not be answered as asked.
#[derive(Debug, thiserror::Error)]
pub(super) enum AppError {
    /// Nothing is there, or nothing the visitor may see.
    #[error("not found")]
    NotFound,
    /// A part of the query is not known or cannot be.
    #[error("{0:?}")]
    BadQuery(Problem),
    /// The page number is beyond the last.
    #[error("no such page")]
    NoSuchPage(Problem),
    /// The request came from another site.
    #[error("the request came from another site")]
    CrossSite,
    /// The address is longer than any this program makes.
    #[error("the address is too long")]
    TooLong,
    /// The address exists, but not for this method; these are allowed.
    #[error("the method is not allowed")]
    Method(&'static str),
    /// What was sent is no form of this site.
    #[error("the form cannot be read")]
    BadForm,
    /// The form was made for another session, or for none; this is what it
    /// said.
    #[error("the form is of another session")]
    StaleForm(String),
    /// The account has an open claim for the municipality already.
    #[error("there is an open claim")]
    OpenClaim,
    /// The link was used, or its time is over, or it never was.
    #[error("the link does not work")]
    BadLink,
    /// Tried too often; so many seconds are to pass.
    #[error("too many tries, to be repeated in {0} s")]
    TooMany(i64),
    /// Others are served first; to be asked again in a moment.
    #[error("too many others are served")]
    Busy,
    /// More was sent than is read.
    #[error("too much was sent")]
    TooLarge,
    /// What was sent took too long to arrive.
    #[error("the form arrived too slowly")]
    TooSlow,
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A template could not be rendered.
    #[error("a page could not be made: {0}")]
    Render(#[from] askama::Error),
    /// Anything else.
    #[error("{0}")]
    Other(#[from] anyhow::Error),
}

/// After so many seconds others may have been served.
const BUSY_SECONDS: u32 = 30;

/// A sentence about what went wrong: a message key and what goes into it.
#[derive(Clone, Debug, Default)]
pub(super) struct Problem {
    /// Key of the sentence.
    pub(super) key: &'static str,
    /// What goes into it.
    pub(super) args: Vec<(&'static str, String)>,
}

impl Problem {
    pub(super) fn new(key: &'static str) -> Problem {
        Problem { key, args: Vec::new() }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Problem {
        self.args.push((name, value.into()));
        self
    }
}

impl AppError {
    fn problem(&self) -> Problem {
        match self {
            AppError::BadQuery(problem) | AppError::NoSuchPage(problem) => problem.clone(),
            AppError::CrossSite => Problem::new("error-cross-site"),
            AppError::StaleForm(_) => Problem::new("error-stale-form"),
            AppError::BadLink => Problem::new("error-link"),
            AppError::OpenClaim => Problem::new("error-open-claim"),
            AppError::Storage(StorageError::Stale | StorageError::Conflict) => {
                Problem::new("error-stale")
            }
            AppError::TooMany(seconds) => {
                let minutes = (seconds + 59) / 60;
                Problem::new("error-too-many").with("minutes", minutes.to_string())
            }
            AppError::Storage(StorageError::Unavailable(_)) => Problem::new("error-unavailable"),
            AppError::Busy => Problem::new("error-busy"),
            _ => Problem::new(key_of(self.status_code())),
        }
    }
}

impl ResponseError for AppError {
    fn status_code(&self) -> StatusCode {
        match self {
            AppError::NotFound | AppError::NoSuchPage(_) => StatusCode::NOT_FOUND,
            AppError::BadLink => StatusCode::NOT_FOUND,
            AppError::StaleForm(_) => StatusCode::FORBIDDEN,
            AppError::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            AppError::BadQuery(_) | AppError::BadForm => StatusCode::BAD_REQUEST,
            AppError::Method(_) => StatusCode::METHOD_NOT_ALLOWED,
            AppError::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            AppError::TooSlow => StatusCode::REQUEST_TIMEOUT,
            AppError::CrossSite => StatusCode::FORBIDDEN,
            AppError::TooLong => StatusCode::URI_TOO_LONG,
            AppError::OpenClaim => StatusCode::CONFLICT,
            AppError::Storage(StorageError::Stale | StorageError::Conflict) => StatusCode::CONFLICT,
            AppError::Storage(StorageError::NotFound) => StatusCode::NOT_FOUND,
            AppError::Storage(StorageError::Unavailable(_)) | AppError::Busy => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            AppError::Storage(_) | AppError::Render(_) | AppError::Other(_) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::new(self.status_code());
        response.extensions_mut().insert(self.problem());
        match self {
            AppError::Method(allowed) => {
                response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allowed));
            }
            AppError::TooMany(seconds) => {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
            }
            AppError::Busy => {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(BUSY_SECONDS));
            }
            AppError::StaleForm(body) => {
                response.extensions_mut().insert(Stale(body.clone()));
            }
            _ => {}
        }
        response
    }
}

/// An answer that is whole as it is, whatever its status: a form with what is
/// wrong in it, say.
pub(super) struct Whole;

/// What a form said that was made for another session.
struct Stale(String);

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    page: Page,
    title: String,
    /// Where to go on from here: addresses and what they are called.
    ways: Vec<(String, String)>,
    sentence: String,
    reference: Option<String>,
}

/// A short name by which a visitor and the log speak of the same failure.
fn reference() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{:x}-{count:x}", std::process::id())
}

/// Gives every error a body: a page in the visitor's language, or JSON for
/// the API. The log has the cause, the visitor the reference.
pub(super) async fn error_pages(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let mut response = next.call(request).await?;
    let status = response.status();
    let whole = response.response().extensions().contains::<Whole>();
    if whole || !(status.is_client_error() || status.is_server_error()) {
        return Ok(response.map_into_left_body());
    }
    let problem = response.response().extensions().get::<Problem>().cloned();
    let problem = problem.unwrap_or_else(|| Problem::new(key_of(status)));
    let request = response.request().clone();
    let page = Page::of(&request);
    // Being asked too much is no fault to be looked for.
    let is_fault = status.is_server_error() && problem.key != "error-busy";
    let reference = is_fault.then(reference);
    if let Some(reference) = &reference {
        let cause = response.response().error().map_or_else(String::new, |e| e.to_string());
        // The address as the table has it: parts of it may be a secret.
        let address = request.match_pattern().unwrap_or_default();
        log::error!("{} {address}: {cause} [{reference}]", request.method());
    }
    // Nothing that was written is lost: it is shown, to be sent once more.
    let stale = response.response_mut().extensions_mut().remove::<Stale>();
    if let Some(Stale(body)) = stale.filter(|s| s.0.len() > PROOF.len()) {
        let visitor = Visitor::of(&request);
        if let Ok(answer) = sign_in::stale_page(page.clone(), &visitor, request.path(), &body) {
            return Ok(ServiceResponse::new(request, answer).map_into_right_body());
        }
    }
    let args: Vec<(&str, crate::i18n::Value<'_>)> =
        problem.args.iter().map(|(n, v)| (*n, crate::i18n::Value::from(v.as_str()))).collect();
    let sentence = page.t.with(problem.key, &args);
    let mut answer = HttpResponse::build(status);
    answer.insert_header((header::CACHE_CONTROL, HeaderValue::from_static("no-store")));
    for name in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = response.headers().get(&name) {
            answer.insert_header((name, value.clone()));
        }
    }
    let answer = if request.path().starts_with("/api/") {
        answer.json(serde_json::json!({ "error": sentence, "reference": reference }))
    } else {
        let title = page.t.get(title_of(status));
        let ways = match problem.key {
            "error-link" => vec![(page.url("/password"), page.t.get("forgot-title"))],
            _ => Vec::new(),
        };
        let html = ErrorPage { page, ways, title, sentence: sentence.clone(), reference }.render();
        answer.content_type("text/html; charset=utf-8").body(html.unwrap_or(sentence))
    };
    Ok(ServiceResponse::new(request, answer).map_into_right_body())
}

/// The sentence for a status.
pub(super) fn key_of(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "error-not-found",
        StatusCode::METHOD_NOT_ALLOWED => "error-method",
        StatusCode::PAYLOAD_TOO_LARGE => "error-too-large",
        StatusCode::REQUEST_TIMEOUT => "error-timeout",
        StatusCode::URI_TOO_LONG | StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => "error-too-long",
        status if status.is_server_error() => "error-internal",
        _ => "error-bad-request",
    }
}

fn title_of(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "error-title-not-found",
        status if status.is_server_error() => "error-title-internal",
        _ => "error-title-bad-request",
    }
}
