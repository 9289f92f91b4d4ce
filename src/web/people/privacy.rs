//! What is stored of oneself: all of it as a file, and taking it out.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::credentials::{OneForm, present_password, proves};
use crate::storage::{StorageError, accounts, change, privacy};
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::files::FileKind;
use crate::web::kit::form::{Form, FormView};
use crate::web::kit::limits::limit_costly;
use crate::web::kit::pace::Costly;
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::respond::{rendered, see_other};
use crate::web::kit::visitor::{Visitor, no_session_cookie};
use crate::web::kit::work::on_database;

/// Entries of the directory that what is stored of a person takes the room of.
const ENTRIES: usize = 5_000;

/// `GET /{lang}/account/data`: everything that is stored of whoever asks.
pub(crate) async fn data(
    request: HttpRequest,
    visitor: Visitor,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    limit_costly(&request, &app, Costly::File)?;
    let id = visitor.signed_in()?.account.id;
    const KIND: FileKind = FileKind {
        name: "my-data.json",
        media_type: "application/json; charset=utf-8",
        packed: false,
    };
    let state = app.clone();
    let made = app.files.make(&KIND, ENTRIES, move |out| {
        let mut conn = state.live.db().conn()?;
        let all = privacy::everything(&mut conn, id)?;
        serde_json::to_writer_pretty(out, &all).map_err(|e| AppError::Other(e.into()))
    });
    Ok(made.await?.answer(&request, &KIND))
}

fn view(page: Page, visitor: &Visitor, error: &str) -> OneForm {
    let t = page.t;
    let fields = vec![present_password(&page, error)];
    let form = FormView::new(visitor, page.url("/account/erase"), t.get("erase-button"), fields);
    OneForm { title: t.get("erase-title"), text: t.get("erase-text"), form, page }
}

/// `GET /{lang}/account/erase`
pub(crate) async fn ask(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    rendered(&view(page, &visitor, ""), StatusCode::OK)
}

/// `POST /{lang}/account/erase`: takes the person out of every table.
pub(crate) async fn erase(
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let seen = visitor.signed_in()?;
    let (session, id) = (seen.session.id, seen.account.id);
    let given = form.get("password").to_owned();
    let _turn = app.hashing.acquire().await.map_err(|e| AppError::Other(e.into()))?;
    let outcome = on_database(&app, move |conn, now| {
        if !proves(conn, id, &given, now)? {
            return Ok(false);
        }
        change(conn, |conn| -> Result<(), AppError> {
            accounts::acting(conn, session, id)?;
            Ok(privacy::erase(conn, id, id, now)?)
        })?;
        Ok(true)
    })
    .await;
    let wrong = |key: &str| {
        let error = page.t.get(key);
        rendered(&view(page.clone(), &visitor, &error), StatusCode::UNPROCESSABLE_ENTITY)
    };
    match outcome {
        Ok(true) => {
            let mut answer = see_other(&page.url("/"));
            answer.add_cookie(&no_session_cookie(&app)).map_err(|e| AppError::Other(e.into()))?;
            Ok(answer)
        }
        Ok(false) => wrong("present-password-wrong"),
        Err(AppError::Storage(StorageError::Conflict)) => wrong("account-last-admin"),
        Err(error) => Err(error),
    }
}
