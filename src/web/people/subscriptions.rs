//! Which letters somebody wants, and stopping them from within a letter.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::domain::account::AccountId;
use crate::mail::letter::{FOR_OFFICERS, REFUSABLE};
use crate::storage::{accounts, preferences};
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::form::{Field, Form, FormView, Kind, OpenForm, Pick};
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::respond::{html, see_other};
use crate::web::kit::visitor::Visitor;
use crate::web::kit::work::{on_change, on_change_by, on_database};

#[derive(Template)]
#[template(path = "people/form.html")]
struct Choice {
    page: Page,
    title: String,
    text: String,
    form: FormView,
}

/// `GET /{lang}/account/letters`
pub(crate) async fn show(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let id = visitor.signed_in()?.account.id;
    let unwanted = on_database(&app, move |conn, _| Ok(preferences::unwanted(conn, id)?)).await?;
    let t = page.t;
    let officer = visitor.signed_in()?.account.is_officer();
    let offered = REFUSABLE.into_iter().filter(|topic| officer || *topic != FOR_OFFICERS);
    let picks = offered.map(|topic| {
        let label = t.get(&format!("letters-{topic}"));
        Pick::new(topic, label, !unwanted.iter().any(|u| u == topic))
    });
    let fields = vec![Field::new(t, Kind::Checks, "topic").picks(picks)];
    html(&Choice {
        title: t.get("letters-title"),
        text: t.get("letters-text"),
        form: FormView::new(&visitor, page.url("/account/letters"), t.get("save"), fields),
        page,
    })
}

/// `POST /{lang}/account/letters`
pub(crate) async fn update(
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let id = visitor.signed_in()?.account.id;
    let wanted: Vec<&'static str> =
        REFUSABLE.into_iter().filter(|topic| form.all("topic").any(|t| t == *topic)).collect();
    on_change_by(&app, &visitor, move |conn, me, now| {
        let before = preferences::unwanted(conn, id)?;
        let offered = |topic: &&str| me.is_officer() || *topic != FOR_OFFICERS;
        for topic in REFUSABLE.into_iter().filter(offered) {
            preferences::set(conn, id, topic, wanted.contains(&topic))?;
        }
        if preferences::unwanted(conn, id)?.len() == before.len()
            && before.iter().all(|topic| !wanted.contains(&topic.as_str()))
        {
            return Ok(());
        }
        let to = wanted.join(" ");
        Ok(accounts::record(conn, id, "letters-chosen", Some(id), None, Some(&to), now)?)
    })
    .await?;
    Ok(see_other(&page.url("/account?changed=letters")))
}

#[derive(Template)]
#[template(path = "people/unsubscribe.html")]
struct Stop {
    page: Page,
    topic: String,
    action: String,
    done: bool,
}

/// The account a key belongs to, and the topic that is to be stopped.
async fn meant(
    app: &web::Data<App>,
    (key, topic): (String, String),
) -> Result<(AccountId, &'static str), AppError> {
    let topic = REFUSABLE.into_iter().find(|t| *t == topic).ok_or(AppError::BadLink)?;
    let id = on_database(app, move |conn, _| Ok(preferences::by_letters_key(conn, &key)?)).await?;
    Ok((id.ok_or(AppError::BadLink)?, topic))
}

/// `GET /{lang}/unsubscribe/{key}/{topic}`: asks; mail programs look at every
/// link.
pub(crate) async fn ask(
    request: HttpRequest,
    page: Page,
    path: web::Path<(String, String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let (_, key, topic) = path.into_inner();
    let action = page.url(&format!("/unsubscribe/{key}/{topic}"));
    let (_, topic) = meant(&app, (key, topic)).await?;
    let topic = page.t.get(&format!("letters-{topic}"));
    html(&Stop { topic, action, done: false, page })
}

/// `POST /{lang}/unsubscribe/{key}/{topic}`: from the page, or by a mail
/// program with one click (RFC 8058); the key is the right to it.
pub(crate) async fn stop(
    page: Page,
    path: web::Path<(String, String, String)>,
    app: web::Data<App>,
    _form: OpenForm,
) -> Result<HttpResponse, AppError> {
    let (_, key, topic) = path.into_inner();
    let (id, topic) = meant(&app, (key, topic)).await?;
    on_change(&app, move |conn, now| {
        preferences::set(conn, id, topic, false)?;
        Ok(accounts::record(conn, id, "letters-stopped", Some(id), None, Some(topic), now)?)
    })
    .await?;
    let topic = page.t.get(&format!("letters-{topic}"));
    html(&Stop { topic, action: String::new(), done: true, page })
}
