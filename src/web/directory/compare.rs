//! Up to four partners beside each other: which of these suits us?

mod facts;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::compare::facts::RowView;
use crate::domain::directory::{Directory, Row};
use crate::domain::municipality::{Municipality, Status};
use crate::snapshot::Snapshot;
use crate::web::kit::app::App;
use crate::web::kit::error::{AppError, Problem};
use crate::web::kit::limits::limit_costly;
use crate::web::kit::pace::Costly;
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::respond::{html, see_other};
use crate::web::kit::view::{ControlView, NameView, ScoreView};
use crate::wording;

/// Most partners compared at once.
pub(crate) const MOST: usize = 4;
/// Suggestions for a name that could be several.
const HITS: usize = 6;

/// One partner at the head of the table.
struct ColumnView {
    name: NameView,
    /// What tells it from others of its name.
    apart: String,
    invented: bool,
    control: Option<ControlView>,
    pair_url: String,
    /// Where a letter can be written: not where a side is under occupation.
    letter_url: Option<String>,
    without_url: String,
}

struct AddView {
    label: String,
    where_: String,
    url: String,
}

#[derive(Template)]
#[template(path = "directory/compare.html")]
struct Show {
    page: Page,
    subject: Option<NameView>,
    subject_slug: String,
    with: String,
    columns: Vec<ColumnView>,
    rows: Vec<RowView>,
    q: String,
    found: Vec<AddView>,
    /// The first suggestions that are not compared yet.
    suggested: Vec<AddView>,
    room: bool,
    choosing_subject: bool,
    /// What is to be known of who controls the subject.
    control: Option<ControlView>,
}

fn entry(directory: &Directory, id: &str) -> Result<Row, AppError> {
    directory.find(id).ok_or_else(|| {
        let id: String = id.chars().take(60).collect();
        AppError::BadQuery(Problem::new("error-compare-unknown").with("id", id))
    })
}

/// The partners chosen in a query, each once: `with=a,b,c,d`.
pub(crate) fn chosen(directory: &Directory, params: &Params) -> Result<Vec<Row>, AppError> {
    let mut with: Vec<Row> = Vec::new();
    for id in params.get("with").unwrap_or("").split(',').filter(|id| !id.is_empty()) {
        let row = entry(directory, id)?;
        if !with.contains(&row) {
            with.push(row);
        }
    }
    if with.len() > MOST {
        return Err(AppError::BadQuery(Problem::new("error-compare-many")));
    }
    Ok(with)
}

/// Some municipalities as a query names them.
pub(crate) fn slugs(directory: &Directory, rows: impl IntoIterator<Item = Row>) -> String {
    let slugs: Vec<&str> =
        rows.into_iter().map(|r| directory.municipality(r).slug.as_str()).collect();
    slugs.join(",")
}

fn column(
    page: &Page,
    directory: &Directory,
    (own, m): (&Municipality, &Municipality),
    (apart, rest): (String, String),
) -> ColumnView {
    let pair = page.url(&format!("/municipalities/{}/partners/{}", own.slug, m.slug));
    ColumnView {
        name: NameView::new(page, directory, m),
        apart,
        invented: m.invented,
        control: ControlView::of(page.t, m),
        letter_url: (!own.is_occupied() && !m.is_occupied()).then(|| format!("{pair}/letter")),
        pair_url: pair,
        without_url: page.url(&format!("/compare?for={}&with={rest}", own.slug)),
    }
}

/// The columns and rows for some partners of a subject.
fn table(
    page: &Page,
    snapshot: &Snapshot,
    subject: Row,
    with: &[Row],
) -> Result<(Vec<ColumnView>, Vec<RowView>), AppError> {
    let (t, directory, corpus) = (page.t, &*snapshot.directory, &*snapshot.corpus);
    let own = directory.municipality(subject);
    let mut partners = Vec::new();
    for &partner in with {
        let why = corpus.explain(subject, partner).ok_or_else(|| {
            let name = wording::name(t, directory.municipality(partner));
            AppError::BadQuery(Problem::new("error-compare-kind").with("name", name))
        })?;
        let joined = directory.municipality(partner).status != Status::Listed;
        let asked = joined || corpus.are_partners(subject, partner);
        let score = ScoreView::new(t, &why.score, why.partner_states, None, asked);
        partners.push((partner, why, score));
    }
    let apart = wording::told_apart(t, directory, with);
    let columns = with.iter().zip(apart).map(|(partner, apart)| {
        let rest = slugs(directory, with.iter().copied().filter(|r| r != partner));
        column(page, directory, (own, directory.municipality(*partner)), (apart, rest))
    });
    Ok((columns.collect(), facts::rows(t, snapshot, subject, &partners)))
}

/// Suggestions offered beside the search.
const SUGGESTED: usize = 10;

/// `GET /{lang}/compare?for=…&with=a,b,c,d`
pub(crate) async fn show(
    request: HttpRequest,
    page: Page,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    let params = Params::of(&request, &["for", "with", "q"])?;
    let snapshot = app.now();
    let (t, directory) = (page.t, &*snapshot.directory);
    let with = chosen(directory, &params)?;
    let subject = params.get("for").map(|id| entry(directory, id)).transpose()?;
    let (columns, rows) = match subject {
        Some(subject) => table(&page, &snapshot, subject, &with)?,
        None => Default::default(),
    };
    let chosen = slugs(directory, with.iter().copied());
    let own_slug = subject.map_or("", |r| directory.municipality(r).slug.as_str());
    let q = params.get("q").unwrap_or("").to_owned();
    if !q.is_empty() {
        limit_costly(&request, &app, Costly::Search)?;
    }
    let add = |row: Row| {
        let m = directory.municipality(row);
        let url = if subject.is_none() {
            format!("/compare?for={}&with={chosen}", m.slug)
        } else {
            let all = slugs(directory, with.iter().copied().chain([row]));
            format!("/compare?for={own_slug}&with={all}")
        };
        let where_ = wording::place(t, directory, m);
        AddView { label: wording::name(t, m), where_, url: page.url(&url) }
    };
    let fits = |row: Row| match subject {
        _ if directory.municipality(row).is_occupied() => false,
        None => true,
        Some(s) => snapshot.corpus.sides(s, row).is_some() && !with.contains(&row),
    };
    let hits = if q.is_empty() { Vec::new() } else { snapshot.finder().search(&q, 100) };
    let is_plain = hits.iter().all(|hit| !hit.partly);
    let found: Vec<AddView> =
        hits.into_iter().filter(|hit| fits(hit.row)).take(HITS).map(|hit| add(hit.row)).collect();
    if let ([one], true) = (&found[..], is_plain) {
        return Ok(see_other(&one.url));
    }
    let suggested = subject.map_or_else(Vec::new, |s| snapshot.suggest(s, SUGGESTED));
    let suggested = suggested.iter().filter(|m| fits(m.row)).map(|m| add(m.row)).collect();
    html(&Show {
        subject: subject.map(|r| NameView::new(&page, directory, directory.municipality(r))),
        subject_slug: own_slug.to_owned(),
        with: chosen,
        rows,
        room: with.len() < MOST,
        choosing_subject: subject.is_none(),
        control: subject.and_then(|r| ControlView::of(t, directory.municipality(r))),
        columns,
        q,
        found,
        suggested,
        page,
    })
}
