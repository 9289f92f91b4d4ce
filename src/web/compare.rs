//! Up to four partners beside each other: which of these suits us?

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::error::{AppError, Problem};
use super::pace::Costly;
use super::page::Page;
use super::params::Params;
use super::view::{ControlView, NameView, PeopleView, ScoreView};
use super::{App, html, pace};
use crate::domain::directory::{Directory, Row};
use crate::matching::Criterion;
use crate::snapshot::Snapshot;
use crate::wording;

/// Most partners compared at once.
pub(super) const MOST: usize = 4;
/// Suggestions for a name that could be several.
const HITS: usize = 6;

struct CellView {
    points: String,
    known: bool,
}

struct RowView {
    label: String,
    cells: Vec<CellView>,
}

struct ColumnView {
    name: NameView,
    people: String,
    distance: String,
    score: ScoreView,
    for_subject: Vec<String>,
    for_partner: Vec<String>,
    criteria: Vec<CellView>,
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
#[template(path = "compare.html")]
struct Show {
    page: Page,
    subject: Option<NameView>,
    subject_slug: String,
    with: String,
    columns: Vec<ColumnView>,
    rows: Vec<RowView>,
    q: String,
    found: Vec<AddView>,
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
pub(super) fn chosen(directory: &Directory, params: &Params) -> Result<Vec<Row>, AppError> {
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
pub(super) fn slugs(directory: &Directory, rows: impl IntoIterator<Item = Row>) -> String {
    let slugs: Vec<&str> =
        rows.into_iter().map(|r| directory.municipality(r).slug.as_str()).collect();
    slugs.join(",")
}

fn column(
    page: &Page,
    snapshot: &Snapshot,
    subject: Row,
    partner: Row,
    others: &[Row],
) -> Result<ColumnView, AppError> {
    let (t, directory, corpus) = (page.t, &*snapshot.directory, &*snapshot.corpus);
    let (own, m) = (directory.municipality(subject), directory.municipality(partner));
    let why = corpus.explain(subject, partner).ok_or_else(|| {
        AppError::BadQuery(Problem::new("error-compare-kind").with("name", wording::name(t, m)))
    })?;
    let pair = page.url(&format!("/municipalities/{}/partners/{}", own.slug, m.slug));
    let rest = slugs(directory, others.iter().copied().filter(|r| *r != partner));
    Ok(ColumnView {
        name: NameView::new(page, directory, m),
        people: PeopleView::phrase(t, m),
        distance: t.one("distance-km", "km", t.number(own.point.km_to(m.point).round() as i64)),
        score: {
            let already = corpus.are_partners(subject, partner);
            ScoreView::new(t, &why.score, why.partner_states, None, already)
        },
        for_subject: wording::first_reasons(t, directory, &why.for_subject),
        for_partner: wording::first_reasons(t, directory, &why.for_partner),
        criteria: why
            .score
            .contributions
            .iter()
            .map(|c| {
                let points = if c.known {
                    wording::signed_points(t, i32::from(c.hundredths))
                } else {
                    t.get("not-known")
                };
                CellView { points, known: c.known }
            })
            .collect(),
        invented: m.invented,
        control: ControlView::of(t, m),
        letter_url: (!own.is_occupied() && !m.is_occupied()).then(|| format!("{pair}/letter")),
        pair_url: pair,
        without_url: page.url(&format!("/compare?for={}&with={rest}", own.slug)),
    })
}

/// `GET /{lang}/compare?for=…&with=a,b,c,d`
pub(super) async fn show(
    request: HttpRequest,
    page: Page,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    let params = Params::of(&request, &["for", "with", "q"])?;
    let snapshot = app.now();
    let (t, directory) = (page.t, &*snapshot.directory);
    let with = chosen(directory, &params)?;
    let subject = params.get("for").map(|id| entry(directory, id)).transpose()?;
    let mut columns = match subject {
        Some(subject) => with
            .iter()
            .map(|row| column(&page, &snapshot, subject, *row, &with))
            .collect::<Result<Vec<ColumnView>, AppError>>()?,
        None => Vec::new(),
    };
    let mut cells: Vec<_> = columns.iter_mut().map(|c| c.criteria.drain(..)).collect();
    let rows = Criterion::ALL
        .iter()
        .map(|c| RowView {
            label: t.get(&format!("criterion-{}", c.as_str())),
            cells: cells.iter_mut().filter_map(Iterator::next).collect(),
        })
        .collect();
    drop(cells);
    let chosen = slugs(directory, with.iter().copied());
    let own_slug = subject.map_or("", |r| directory.municipality(r).slug.as_str());
    let q = params.get("q").unwrap_or("").to_owned();
    if !q.is_empty() {
        pace::keep(&request, &app, Costly::Search)?;
    }
    let found = if q.is_empty() {
        Vec::new()
    } else {
        let fits = |row: Row| match subject {
            _ if directory.municipality(row).is_occupied() => false,
            None => true,
            Some(s) => snapshot.corpus.sides(s, row).is_some() && !with.contains(&row),
        };
        snapshot
            .search(&q, 100)
            .into_iter()
            .filter(|hit| fits(hit.row))
            .take(HITS)
            .map(|hit| {
                let m = directory.municipality(hit.row);
                let url = if subject.is_none() {
                    format!("/compare?for={}&with={chosen}", m.slug)
                } else {
                    let all = slugs(directory, with.iter().copied().chain([hit.row]));
                    format!("/compare?for={own_slug}&with={all}")
                };
                AddView {
                    label: wording::name(t, m),
                    where_: wording::whereabouts(t, directory, m),
                    url: page.url(&url),
                }
            })
            .collect()
    };
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
        page,
    })
}
