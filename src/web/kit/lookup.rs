//! The municipality that an address is about.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};

use super::error::AppError;
use crate::domain::directory::{Directory, Row};

/// The entry an address means, or the address it has now.
pub(crate) enum Found {
    /// The entry with this very slug.
    Here(Row),
    /// The entry has another slug now.
    Moved(String),
}

/// Finds a municipality by the slug in an address, or by a code.
pub(crate) fn find(directory: &Directory, slug: &str) -> Result<Found, AppError> {
    let row = directory.find(slug).ok_or(AppError::NotFound)?;
    let own = &directory.municipality(row).slug;
    Ok(if own == slug { Found::Here(row) } else { Found::Moved(own.clone()) })
}

/// To the address a municipality has now, with the rest of the path.
pub(crate) fn moved(request: &HttpRequest, old: &str, new: &str) -> HttpResponse {
    let path = request.path().replacen(
        &format!("/municipalities/{old}"),
        &format!("/municipalities/{new}"),
        1,
    );
    let query = request.query_string();
    let location = if query.is_empty() { path } else { format!("{path}?{query}") };
    HttpResponse::MovedPermanently().insert_header((header::LOCATION, location)).finish()
}
