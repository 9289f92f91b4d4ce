//! What a browser sends: read whole, within limits of size and time.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};

use super::error::AppError;

/// Largest form that is read, in bytes: enough for a long text in several
/// languages.
const LARGEST: usize = 64 * 1024;

/// Longest time a form may take to arrive. A browser sends it at once; only
/// somebody who wants to keep the server busy sends a byte a second.
const LONGEST: Duration = Duration::from_secs(20);

/// The fields of a form, in order; names may repeat.
pub(super) struct Form {
    fields: Vec<(String, String)>,
}

impl Form {
    /// The first value of a field; empty where there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }
}

impl FromRequest for Form {
    type Error = AppError;
    type Future = Pin<Box<dyn Future<Output = Result<Form, AppError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = web::Bytes::from_request(request, payload);
        Box::pin(async move {
            let bytes = actix_web::rt::time::timeout(LONGEST, bytes)
                .await
                .map_err(|_| AppError::TooSlow)?
                .map_err(|error| match error.as_response_error().status_code() {
                    actix_web::http::StatusCode::PAYLOAD_TOO_LARGE => AppError::TooLarge,
                    _ => AppError::BadForm,
                })?;
            let fields = serde_html_form::from_bytes(&bytes).map_err(|_| AppError::BadForm)?;
            Ok(Form { fields })
        })
    }
}

/// How much of a body any extractor reads.
pub(super) fn limit() -> web::PayloadConfig {
    web::PayloadConfig::new(LARGEST)
}
