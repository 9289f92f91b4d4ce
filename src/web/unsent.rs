//! What people have written in a form and not sent yet: kept while they
//! write, given back when they open the form again.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;

use super::error::AppError;
use super::form::Form;
use super::page::Page;
use super::params::Params;
use super::sign_in::is_secret;
use super::visitor::Visitor;
use super::{App, on_change_by, on_database};
use crate::storage::{StorageError, unsent};

/// The field that says where the form is sent to.
const FOR: &str = "_for";
/// Forms that somebody can have begun at once.
const MOST: i64 = 20;
/// Longest address of a form.
const LONGEST: usize = 300;

/// The address of a form without its language: the same text is there in
/// either.
pub(super) fn key(address: &str) -> Option<String> {
    let path = address.strip_prefix("/en/").or_else(|| address.strip_prefix("/uk/"))?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_/.".contains(c);
    (path.len() <= LONGEST && path.chars().all(plain)).then(|| format!("/{path}"))
}

/// `POST /{lang}/unsent`: keeps a form, or forgets it.
pub(super) async fn keep(
    visitor: Visitor,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let account = visitor.signed_in()?.account.id;
    let address = key(form.get(FOR)).ok_or(AppError::BadForm)?;
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
pub(super) async fn show(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    let params = Params::of(&request, &["for"])?;
    let account = visitor.signed_in()?.account.id;
    let address = params.get("for").and_then(key).ok_or(AppError::BadForm)?;
    let kept = on_database(&app, move |conn, _| Ok(unsent::find(conn, account, &address)?)).await?;
    let Some((body, at)) = kept else { return Ok(HttpResponse::NoContent().finish()) };
    let form = Form::parse(&body)?;
    let fields: Vec<&(String, String)> = form.fields().collect();
    let when = format!("{}, {} UTC", page.t.date(at.date()), at.format("%H:%M"));
    let told = page.t.one("unsent-told", "when", when);
    Ok(HttpResponse::Ok().json(json!({ "fields": fields, "told": told })))
}
