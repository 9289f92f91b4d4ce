//! What stands behind it: the data, accessibility, privacy.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::export::MUNICIPALITY_COLUMNS;
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::respond::html;

#[derive(Template)]
#[template(path = "directory/about/data.html")]
struct Data {
    page: Page,
    hromadas: String,
    places: String,
    ties: String,
    /// The day and the version of what the files hold now.
    state: String,
    /// The columns of the table of municipalities, and what each holds.
    columns: Vec<(&'static str, String)>,
}

/// `GET /{lang}/data`
pub(crate) async fn data(
    request: HttpRequest,
    page: Page,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let (t, snapshot) = (page.t, app.now());
    let field = snapshot.corpus.field();
    let version = t.number(snapshot.directory.version());
    html(&Data {
        hromadas: page.t.number(field.hromadas.len() as i64),
        places: page.t.number(field.places.len() as i64),
        ties: page.t.number(snapshot.directory.ties().len() as i64),
        state: t.two("data-state", "date", t.date(snapshot.today), "version", version),
        columns: MUNICIPALITY_COLUMNS
            .into_iter()
            .map(|name| (name, t.get(&format!("column-{}", name.replace('_', "-")))))
            .collect(),
        page,
    })
}

#[derive(Template)]
#[template(path = "directory/about/accessibility.html")]
struct Accessibility {
    page: Page,
    date: String,
}

/// The day the accessibility statement was last checked against the pages.
const ACCESSIBILITY_CHECKED: (i32, u32, u32) = (2026, 11, 22);

/// `GET /{lang}/accessibility`
pub(crate) async fn accessibility(
    request: HttpRequest,
    page: Page,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let (y, m, d) = ACCESSIBILITY_CHECKED;
    let date = chrono::NaiveDate::from_ymd_opt(y, m, d).map(|day| page.t.date(day));
    html(&Accessibility { date: date.unwrap_or_default(), page })
}

#[derive(Template)]
#[template(path = "directory/about/privacy.html")]
struct Privacy {
    page: Page,
    /// What is stored of people with an account, and for how long.
    stored: Vec<String>,
}

/// `GET /{lang}/privacy`
pub(crate) async fn privacy(request: HttpRequest, page: Page) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let stored = page.t.get("privacy-account-list").split(" | ").map(str::to_owned).collect();
    html(&Privacy { stored, page })
}

/// `GET /robots.txt`
pub(crate) async fn robots() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body("User-agent: *\nDisallow: /en/compare\nDisallow: /uk/compare\nDisallow: /*/letter\n")
}
