//! What people have written in a form and not sent yet: kept while they
//! write, given back when they open the form again.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;

use crate::storage::{StorageError, unsent};
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::form::Form;
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::resend::{form_key, is_secret};
use crate::web::kit::visitor::Visitor;
use crate::web::kit::work::{on_change_by, on_database};

/// The field that says where the form is sent to.
const FOR: &str = "_for";
/// Forms that somebody can have begun at once.
const MOST: i64 = 20;

/// `POST /{lang}/unsent`: keeps a form, or forgets it.
pub(crate) async fn keep(
    visitor: Visitor,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let account = visitor.signed_in()?.account.id;
    let address = form_key(form.get(FOR)).ok_or(AppError::BadForm)?;
    let said: Vec<&(String, String)> = form
        .fields()
        .filter(|(name, _)| !["version", "was", FOR].contains(&name.as_str()) && !is_secret(name))
        .collect();
    // A form with nothing but its address is one that is not wanted any more.
    let body = serde_html_form::to_string(&said).map_err(|_| AppError::BadForm)?;
    on_change_by(&app, &visitor, move |conn, _, now| {
        if body.is_empty() {
            return Ok(unsent::forget(conn, account, &address)?);
        }
        let there = unsent::find(conn, account, &address)?.is_some();
        if !there && unsent::count(conn, account)? >= MOST {
            return Err(AppError::Storage(StorageError::Conflict));
        }
        Ok(unsent::keep(conn, account, &address, &body, now)?)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `GET /{lang}/unsent`: what was kept of the form that is sent to an address.
pub(crate) async fn show(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    let params = Params::of(&request, &["for"])?;
    let account = visitor.signed_in()?.account.id;
    let address = params.get("for").and_then(form_key).ok_or(AppError::BadForm)?;
    let kept = on_database(&app, move |conn, _| Ok(unsent::find(conn, account, &address)?)).await?;
    let Some((body, at)) = kept else { return Ok(HttpResponse::NoContent().finish()) };
    let form = Form::parse(&body)?;
    let fields: Vec<&(String, String)> = form.fields().collect();
    let when = format!("{}, {} UTC", page.t.date(at.date()), at.format("%H:%M"));
    let told = page.t.one("unsent-told", "when", when);
    Ok(HttpResponse::Ok().json(json!({ "fields": fields, "told": told })))
}
