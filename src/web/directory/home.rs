//! The first page: a name to type, a map, and what this is.

use std::collections::HashSet;

use actix_web::http::{Method, header};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::domain::directory::{Directory, Row};
use crate::domain::municipality::Status;
use crate::i18n::T;
use crate::invented::featured;
use crate::snapshot::Snapshot;
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::map::{self, BaseMap, Projection, Spot};
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::respond::html;
use crate::wording;

/// Most places shown on the map as links while no tie is, and most ties as
/// arcs.
const SPOTS: usize = 120;
const ARCS: usize = 40;

/// A number and what it counts.
struct Figure {
    number: String,
    of: String,
}

impl Figure {
    fn new(t: T, key: &str, number: usize) -> Figure {
        Figure { number: t.number(number as i64), of: t.count(key, number as i64) }
    }
}

#[derive(Template)]
#[template(path = "directory/home.html")]
struct Home {
    page: Page,
    lede: String,
    map: &'static BaseMap,
    dots: String,
    arcs: Vec<String>,
    spots: Vec<Spot>,
    hromadas: Figure,
    places: Figure,
    learned: Figure,
    small_share: String,
    large_share: String,
    /// Where to look first in the demonstration: what is there, and its
    /// address.
    look_at: Vec<(String, String)>,
}

/// `GET /`: to the language the browser asks for.
pub(crate) async fn negotiate(page: Page) -> HttpResponse {
    HttpResponse::Found()
        .insert_header((header::LOCATION, page.url("/")))
        .insert_header((header::VARY, "Accept-Language"))
        .finish()
}

/// `GET /{lang}`
pub(crate) async fn with_slash(request: HttpRequest) -> HttpResponse {
    HttpResponse::MovedPermanently()
        .insert_header((header::LOCATION, format!("{}/", request.path())))
        .finish()
}

/// Any address that is not in the table. One that only ends in a slash too
/// many leads to the page without it.
pub(crate) async fn elsewhere(request: HttpRequest) -> Result<HttpResponse, AppError> {
    let path = request.path();
    let trimmed = path.trim_matches('/');
    let reading = request.method() == Method::GET || request.method() == Method::HEAD;
    if !reading || trimmed.is_empty() || !path.ends_with('/') {
        return Err(AppError::NotFound);
    }
    let query = request.query_string();
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    Ok(HttpResponse::MovedPermanently()
        .insert_header((header::LOCATION, format!("/{trimmed}{query}")))
        .finish())
}

/// What the map shows above the dots: recorded partnerships as arcs with a
/// circle at either end; while none is known, a circle for each that has joined.
struct Drawn {
    arcs: Vec<String>,
    spots: Vec<Row>,
}

/// Some of a list, spread over it, so that no one country fills the map.
fn spread<T>(all: Vec<T>, most: usize) -> Vec<T> {
    let step = all.len().div_ceil(most).max(1);
    all.into_iter().step_by(step).collect()
}

fn drawn(snapshot: &Snapshot, projection: Projection) -> Drawn {
    let directory = &*snapshot.directory;
    let field = snapshot.corpus.field();
    let shown = |row: Row| directory.municipality(row).may_be_suggested();
    let known: Vec<([Row; 2], String)> = snapshot
        .corpus
        .known()
        .partnerships()
        .iter()
        .map(|k| [field.hromadas[k.hromada as usize], field.places[k.place as usize]])
        .filter(|ends| ends.iter().all(|row| shown(*row)))
        .filter_map(|[a, b]| {
            let point = |row| directory.municipality(row).point;
            Some(([a, b], map::arc(projection, point(b), point(a))?))
        })
        .collect();
    if known.is_empty() {
        let joined = |row: &Row| {
            let m = directory.municipality(*row);
            matches!(m.status, Status::Claimed | Status::Verified) && m.may_be_suggested()
        };
        let rows = directory.rows().map(|(row, _)| row).filter(joined).collect();
        return Drawn { arcs: Vec::new(), spots: spread(rows, SPOTS) };
    }
    let (ends, arcs): (Vec<[Row; 2]>, Vec<String>) = spread(known, ARCS).into_iter().unzip();
    let mut seen = HashSet::new();
    let spots = ends.into_iter().flatten().filter(|row| seen.insert(*row)).collect();
    Drawn { arcs, spots }
}

/// The pages that show most of what a demonstration holds.
fn look_at(page: &Page, directory: &Directory) -> Vec<(String, String)> {
    let find = |slug: &str| directory.by_slug(slug).map(|row| directory.municipality(row));
    let both = (find(featured::HROMADA), find(featured::PLACE));
    let (Some(hromada), Some(place)) = both else { return Vec::new() };
    let t = page.t;
    let (own, other) = (wording::name(t, hromada), wording::name(t, place));
    let partners = page.municipality_url(&format!("{}/partners", hromada.slug));
    let pair = format!("{partners}/{}", place.slug);
    vec![
        (t.one("partners-title", "name", &own), partners),
        (t.two("pair-title", "own", own, "other", other), pair),
        (t.get("sign-in-title"), page.url("/sign-in")),
    ]
}

/// `GET /{lang}/`
pub(crate) async fn show(
    request: HttpRequest,
    page: Page,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let snapshot = app.now();
    let directory = &*snapshot.directory;
    let field = snapshot.corpus.field();
    let t = page.t;
    let projection = Projection::europe();
    let dots =
        map::dots(projection, field.hromadas.iter().map(|r| directory.municipality(*r).point));
    let Drawn { arcs, spots } = drawn(&snapshot, projection);
    let spots = spots
        .into_iter()
        .filter_map(|row| {
            let m = directory.municipality(row);
            let url = page.municipality_url(&m.slug);
            projection.spot(m.point, m.country.is_ukraine(), url, wording::name(t, m))
        })
        .collect();
    let weights = snapshot.corpus.weights();
    let countries = snapshot.listing.countries(t.lang).len().saturating_sub(1);
    html(&Home {
        lede: t.count("home-lede", countries as i64),
        map: map::europe(),
        dots,
        arcs,
        spots,
        hromadas: Figure::new(t, "home-honest-hromadas", field.hromadas.len()),
        places: Figure::new(t, "home-honest-places", field.places.len()),
        learned: Figure::new(t, "home-honest-learned", weights.learned_from.pairs),
        small_share: t.percent(0.006, 1),
        large_share: t.percent(0.84, 0),
        look_at: if page.demo { look_at(&page, directory) } else { Vec::new() },
        page,
    })
}
