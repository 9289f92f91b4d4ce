//! What a visitor is told when something cannot be done.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, ResponseError};

use crate::storage::StorageError;

/// Why a request could not be answered as asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AppError {
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
pub(crate) struct Problem {
    /// Key of the sentence.
    pub(crate) key: &'static str,
    /// What goes into it.
    pub(crate) args: Vec<(&'static str, String)>,
}

impl Problem {
    pub(crate) fn new(key: &'static str) -> Problem {
        Problem { key, args: Vec::new() }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Problem {
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
pub(crate) struct Whole;

/// What a form said that was made for another session.
pub(crate) struct Stale(pub(crate) String);

/// The sentence for a status.
pub(crate) fn key_of(status: StatusCode) -> &'static str {
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
