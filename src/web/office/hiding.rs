//! Hiding everything of a municipality at once, and showing it again.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::domain::municipality::Municipality;
use crate::storage::accounts;
use crate::storage::hidings::{self, Hiding};
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::form::{Form, FormView};
use crate::web::kit::lookup::{Found, find};
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::respond::{html, see_other};
use crate::web::kit::view::NameView;
use crate::web::kit::visitor::{Visitor, no_session_cookie};
use crate::web::kit::work::{on_change_by, on_database, renew};

#[derive(Template)]
#[template(path = "office/hiding.html")]
struct Show {
    page: Page,
    name: NameView,
    /// Since when it is hidden, in words.
    since: String,
    /// The first officer who agreed to show it again.
    agreed: String,
    /// To hide it.
    hide: Option<FormView>,
    /// To agree to show it again.
    agree: Option<FormView>,
    /// Whether it was hidden just now, and the visitor signed out.
    done: bool,
}

/// What the visitor may do about hiding the municipality at an address.
struct Asked {
    municipality: Municipality,
    officer: bool,
}

/// # Errors
/// [`AppError::NotFound`] for whoever neither signs for the municipality nor
/// looks after it.
fn asked(app: &App, visitor: &Visitor, slug: &str) -> Result<Asked, AppError> {
    let snapshot = app.now();
    let Found::Here(row) = find(&snapshot.directory, slug)? else {
        return Err(AppError::NotFound);
    };
    let municipality = snapshot.directory.municipality(row).clone();
    let account = &visitor.signed_in()?.account;
    let officer = account.oversees(municipality.country);
    if !officer && !account.may_sign_for(municipality.id) {
        return Err(AppError::NotFound);
    }
    Ok(Asked { municipality, officer })
}

fn view(
    page: Page,
    visitor: &Visitor,
    app: &App,
    asked: &Asked,
    hiding: Option<(Hiding, String)>,
) -> Show {
    let t = page.t;
    let m = &asked.municipality;
    let url = page.municipality_url(&format!("{}/hiding", m.slug));
    let own = visitor.seen().map(|seen| seen.account.id);
    let agreed_by = hiding.as_ref().and_then(|(h, _)| h.agreed_by);
    let may_agree = hiding.is_some() && asked.officer && agreed_by.is_none_or(|a| Some(a) != own);
    let form = |key: &str, action: &str| {
        FormView::new(visitor, &url, t.get(key), Vec::new()).hiding("do", action)
    };
    Show {
        name: NameView::new(&page, &app.now().directory, m),
        since: hiding.as_ref().map_or_else(String::new, |(h, _)| {
            t.one("hiding-since", "date", t.date(h.since.date()))
        }),
        agreed: match &hiding {
            Some((Hiding { agreed_by: Some(_), .. }, name)) => t.one("hiding-agreed", "name", name),
            _ => String::new(),
        },
        hide: hiding.is_none().then(|| form("hiding-button", "hide")),
        agree: may_agree.then(|| form("hiding-agree", "agree")),
        done: false,
        page,
    }
}

/// `GET /{lang}/municipalities/{slug}/hiding`
pub(crate) async fn show(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let asked = asked(&app, &visitor, &path.1)?;
    let id = asked.municipality.id;
    let hiding = on_database(&app, move |conn, _| {
        let Some(hiding) = hidings::of(conn, id)? else { return Ok(None) };
        let first = hiding.agreed_by.map(|id| accounts::person(conn, id)).transpose()?.flatten();
        Ok(Some((hiding, first.map_or_else(String::new, |p| p.name))))
    })
    .await?;
    html(&view(page, &visitor, &app, &asked, hiding))
}

/// `POST /{lang}/municipalities/{slug}/hiding`: hides everything and ends the
/// sessions of all members, the own one too; or agrees to show it again.
pub(crate) async fn update(
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let asked = asked(&app, &visitor, &path.1)?;
    let (id, country) = (asked.municipality.id, asked.municipality.country);
    let agrees = match form.get("do") {
        "hide" => false,
        "agree" if asked.officer => true,
        _ => return Err(AppError::BadForm),
    };
    on_change_by(&app, &visitor, move |conn, me, now| {
        if !(me.oversees(country) || !agrees && me.may_sign_for(id)) {
            return Err(AppError::NotFound);
        }
        if agrees {
            hidings::agree(conn, id, me.id, now)?;
        } else {
            hidings::hide(conn, id, me.id, now)?;
        }
        Ok(())
    })
    .await?;
    renew(&app).await;
    if agrees || !visitor.signed_in()?.account.may_edit(id) {
        return Ok(see_other(&page.municipality_url(&format!("{}/hiding", path.1))));
    }
    let mut page = page;
    page.visitor = None;
    let mut answer =
        html(&Show { hide: None, done: true, ..view(page, &visitor, &app, &asked, None) })?;
    answer.add_cookie(&no_session_cookie(&app)).map_err(|e| AppError::Other(e.into()))?;
    Ok(answer)
}
