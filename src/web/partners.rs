//! The ranked partners of one municipality, with reasons for both sides.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::error::{AppError, Problem};
use super::municipalities::country;
use super::municipality::{Found, find, moved};
use super::page::Page;
use super::params::Params;
use super::view::{Choice, ControlView, MatchView, NameView, Pager};
use super::{App, compare, html};
use crate::domain::area::{AREAS, Area};
use crate::domain::country::Country;
use crate::domain::directory::Row;
use crate::domain::municipality::SizeBand;
use crate::domain::profile::{LANGUAGES, Language};
use crate::matching::Order;
use crate::snapshot::Snapshot;

/// Partners on one page, and pages in all: a list of hundreds helps nobody
/// to write the first letter.
const PER_PAGE: usize = 10;
const PAGES: usize = 20;

/// What the list understands.
pub(super) const PARAMS: [&str; 9] =
    ["country", "distance", "size", "language", "area", "open", "order", "with", "page"];

/// Distances offered, in kilometres.
const DISTANCES: [u32; 5] = [250, 500, 750, 1_000, 1_500];

/// Who may be on the list.
pub(super) struct Wanted {
    country: Option<Country>,
    distance: Option<u32>,
    sizes: Vec<SizeBand>,
    language: Option<Language>,
    area: Option<&'static Area>,
    open: bool,
    pub(super) order: Order,
}

impl Wanted {
    /// Reads the filters of a query.
    pub(super) fn of(snapshot: &Snapshot, params: &Params) -> Result<Wanted, AppError> {
        Ok(Wanted {
            country: country(snapshot, params)?,
            distance: params.parsed("distance", |d| d.parse().ok().filter(|d| *d > 0))?,
            sizes: params.all_parsed("size", SizeBand::parse)?,
            language: params.parsed("language", Language::parse)?,
            area: params.parsed("area", Area::by_slug)?,
            open: params.ticked("open")?,
            order: params.parsed("order", Order::parse)?.unwrap_or_default(),
        })
    }

    /// Whether a partner is wanted for a subject. Only what is public
    /// decides.
    pub(super) fn wants(&self, snapshot: &Snapshot, subject: Row, row: Row) -> bool {
        let record = snapshot.directory.record(row);
        let (m, profile) = (&record.municipality, &record.profile);
        self.country.is_none_or(|c| c == m.country)
            && (self.sizes.is_empty() || m.size_band().is_some_and(|b| self.sizes.contains(&b)))
            && (!self.open || profile.has_open_place())
            && self.language.is_none_or(|l| profile.languages.iter().any(|(x, _)| *x == l))
            && self.area.is_none_or(|a| {
                profile.public_entries(snapshot.today).any(|e| e.subarea.area() == a)
            })
            && self.distance.is_none_or(|d| {
                let own = snapshot.directory.municipality(subject).point;
                own.km_to(m.point) <= f64::from(d)
            })
    }
}

struct OrderLink {
    url: String,
    label: String,
    current: bool,
}

/// A partner in the list, and how to choose it for a comparison.
struct ListedView {
    found: MatchView,
    /// Its place in the address of the page.
    id: String,
    /// Whether it is chosen.
    chosen: bool,
    /// This page with it chosen, or no longer; nothing when no more can be.
    choose_url: Option<String>,
}

#[derive(Template)]
#[template(path = "municipality/partners.html")]
struct Index {
    page: Page,
    name: NameView,
    lede: String,
    control: Option<ControlView>,
    /// Whether it is under occupation: then nobody is suggested.
    occupied: bool,
    orders: Vec<OrderLink>,
    order: &'static str,
    order_text: String,
    matches: Vec<ListedView>,
    /// The slugs of those chosen for a comparison.
    with: String,
    /// The comparison of those chosen, with how many they are.
    compare: Option<(String, String)>,
    first: usize,
    countries: Vec<Choice>,
    distances: Vec<Choice>,
    sizes: Vec<Choice>,
    languages: Vec<Choice>,
    areas: Vec<Choice>,
    open: bool,
    pager: Pager,
    number: String,
    last: String,
    json_url: String,
    is_hromada: bool,
}

fn country_choices(
    page: &Page,
    snapshot: &Snapshot,
    ukraine: bool,
    chosen: Option<Country>,
) -> Vec<Choice> {
    snapshot
        .listing
        .countries(page.t.lang)
        .iter()
        .filter(|(c, _)| c.is_ukraine() == ukraine)
        .map(|(c, name)| Choice::new(c.code(), name, chosen == Some(*c)))
        .collect()
}

/// `GET /{lang}/municipalities/{slug}/partners`
pub(super) async fn index(
    request: HttpRequest,
    page: Page,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    let params = Params::of(&request, &PARAMS)?;
    let number = params.page()?;
    let snapshot = app.now();
    let wanted = Wanted::of(&snapshot, &params)?;
    let directory = &*snapshot.directory;
    let row = match find(directory, &path.1)? {
        Found::Here(row) => row,
        Found::Moved(new) => return Ok(moved(&request, &path.1, &new)),
    };
    let t = page.t;
    let m = directory.municipality(row);
    let with = compare::chosen(directory, &params)?;
    let wants = |candidate: Row| wanted.wants(&snapshot, row, candidate);
    if number > PAGES {
        return Err(no_such_page(&page, number, PAGES));
    }
    let eligible = snapshot.corpus.eligible(row, &wants);
    let last = eligible.min(PAGES * PER_PAGE).div_ceil(PER_PAGE).max(1);
    if number > last {
        return Err(no_such_page(&page, number, last));
    }
    let ranked = snapshot.corpus.rank(row, wanted.order, number * PER_PAGE, &wants);
    let first = (number - 1) * PER_PAGE;
    let list = page.url(&format!("/municipalities/{}/partners", m.slug));
    let matches = ranked
        .iter()
        .enumerate()
        .skip(first)
        .filter_map(|(i, found)| {
            let view = MatchView::new(&page, directory, &snapshot.corpus, row, found, i + 1)?;
            let id = directory.municipality(found.row).slug.clone();
            let chosen = with.contains(&found.row);
            let others = with.iter().copied().filter(|r| *r != found.row);
            let then = compare::slugs(directory, others.chain((!chosen).then_some(found.row)));
            let choose_url = (chosen || with.len() < compare::MOST)
                .then(|| format!("{list}{}#{id}", params.with(&[], &[("with", &then)])));
            Some(ListedView { found: view, id, chosen, choose_url })
        })
        .collect();
    let chosen = compare::slugs(directory, with.iter().copied());
    let is_hromada = m.is_hromada();
    html(&Index {
        name: NameView::new(&page, directory, m),
        lede: t.count(
            if is_hromada { "partners-lede-places" } else { "partners-lede-hromadas" },
            eligible as i64,
        ),
        control: ControlView::of(t, m),
        occupied: m.is_occupied(),
        orders: Order::ALL
            .into_iter()
            .map(|order| {
                let word = if order == Order::Balanced { "" } else { order.as_str() };
                OrderLink {
                    url: format!("{list}{}", params.with(&["page"], &[("order", word)])),
                    label: t.get(&format!("order-{}", order.as_str())),
                    current: order == wanted.order,
                }
            })
            .collect(),
        order: if wanted.order == Order::Balanced { "" } else { wanted.order.as_str() },
        order_text: t.get(&format!("order-{}-about", wanted.order.as_str())),
        matches,
        compare: (!with.is_empty()).then(|| {
            let url = page.url(&format!("/compare?for={}&with={chosen}", m.slug));
            (url, t.one("partners-compare", "n", t.number(with.len() as i64)))
        }),
        with: chosen,
        first: first + 1,
        countries: if is_hromada {
            country_choices(&page, &snapshot, false, wanted.country)
        } else {
            Vec::new()
        },
        distances: DISTANCES
            .into_iter()
            .map(|d| {
                let label = t.one("filter-within", "km", t.number(i64::from(d)));
                Choice::new(d.to_string(), label, wanted.distance == Some(d))
            })
            .collect(),
        sizes: SizeBand::ALL
            .iter()
            .map(|b| {
                let label = t.get(&format!("size-{}", b.as_str()));
                Choice::new(b.as_str(), label, wanted.sizes.contains(b))
            })
            .collect(),
        languages: LANGUAGES
            .iter()
            .filter_map(|code| Language::parse(code))
            .map(|l| Choice::new(l.code(), t.get(&l.key()), wanted.language == Some(l)))
            .collect(),
        areas: AREAS
            .iter()
            .map(|a| Choice::new(a.slug, t.get(&a.key()), wanted.area == Some(a)))
            .collect(),
        open: wanted.open,
        pager: Pager::new(t, &list, &params, number, last),
        number: t.number(number as i64),
        last: t.number(last as i64),
        json_url: format!(
            "/api/v1/municipalities/{}/partners{}",
            m.slug,
            params.with(&["page", "with"], &[])
        ),
        is_hromada,
        page,
    })
}

fn no_such_page(page: &Page, number: usize, last: usize) -> AppError {
    AppError::NoSuchPage(
        Problem::new("error-no-page")
            .with("page", page.t.number(number as i64))
            .with("last", page.t.number(last as i64)),
    )
}
