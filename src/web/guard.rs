//! Whom an address is for.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;

use super::kit::error::AppError;
use super::kit::page::Page;
use super::kit::respond::see_other;
use super::kit::visitor::Visitor;
use super::kit::{form, upload};
use super::people::sign_in;
use crate::domain::account::{Access, Account};
use crate::storage::StorageError;

/// Lets through whom an address is for. `ACCESS` is the place of an
/// [`Access`] in [`Access::ALL`].
pub(crate) async fn require<const ACCESS: usize>(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let visitor = Visitor::of(request.request());
    let access = Access::ALL.get(ACCESS).copied().unwrap_or(Access::Admin);
    if access.allows(visitor.account()) {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    if visitor.is_unknown() {
        let error = StorageError::Unavailable("a session cannot be read".to_owned());
        return Ok(request.error_response(AppError::Storage(error)).map_into_right_body());
    }
    let page = Page::of(request.request());
    let owes_factor = visitor.account().is_some_and(Account::owes_second_factor);
    let answer = match visitor.account() {
        Some(_) if owes_factor => Ok(see_other(&page.url("/account/second-factor"))),
        // Whoever may not see it is not told that it is there.
        Some(_) => Err(AppError::NotFound),
        None if matches!(*request.method(), Method::GET | Method::HEAD) => {
            Ok(see_other(&page.sign_in_url(&page.here())))
        }
        // A file is not kept, so the page it was chosen on is asked for again.
        None if upload::is_one(request.headers()) => Ok(see_other(&page.sign_in_url(&page.here()))),
        None => {
            // What was written is kept through signing in.
            let body = form::text(&mut request).await;
            body.and_then(|body| sign_in::ask_again(&page, &visitor, request.path(), body))
        }
    };
    let answer = match answer {
        Ok(response) => request.into_response(response),
        Err(error) => request.error_response(error),
    };
    Ok(answer.map_into_right_body())
}
