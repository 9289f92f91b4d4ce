//! The ranked partners of one municipality, with reasons for both sides.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::compare;
use super::municipalities::{country, region};
use crate::domain::area::{AREAS, Area};
use crate::domain::country::Country;
use crate::domain::directory::{Directory, Row};
use crate::domain::municipality::{Municipality, SizeBand};
use crate::domain::official::{languages_of_country, official_languages};
use crate::domain::profile::{LANGUAGES, Language};
use crate::i18n::{T, Value, sort_key};
use crate::matching::lists::MOST_LISTS;
use crate::matching::{ListKind, Match, Order, Shared};
use crate::snapshot::Snapshot;
use crate::web::kit::app::App;
use crate::web::kit::error::{AppError, Problem};
use crate::web::kit::lookup::{Found, find, moved};
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::respond::html;
use crate::web::kit::view::{
    Choice, ControlView, MatchView, NameView, Pager, control_tag, passed_over,
};
use crate::wording;

/// Partners on one page, and pages in all: a list of hundreds helps nobody
/// to write the first letter.
const PER_PAGE: usize = 10;
const PAGES: usize = 20;

/// What the list understands.
pub(crate) const PARAMS: [&str; 11] = [
    "country", "region", "distance", "size", "language", "area", "open", "calm", "order", "with",
    "page",
];

/// Distances offered, in kilometres.
const DISTANCES: [u32; 5] = [250, 500, 750, 1_000, 1_500];

/// Who may be on the list.
pub(crate) struct Wanted {
    country: Option<Country>,
    /// A region of the chosen country, or an oblast, by its code.
    region: Option<String>,
    distance: Option<u32>,
    sizes: Vec<SizeBand>,
    language: Option<Language>,
    area: Option<&'static Area>,
    open: bool,
    /// Only who is neither at the front nor partly occupied.
    calm: bool,
    pub(crate) order: Order,
}

impl Wanted {
    /// Reads the filters of a query.
    pub(crate) fn of(snapshot: &Snapshot, params: &Params) -> Result<Wanted, AppError> {
        let country = country(snapshot, params)?;
        Ok(Wanted {
            country,
            region: region(snapshot, params, country)?,
            distance: params.parsed("distance", |d| d.parse().ok().filter(|d| *d > 0))?,
            sizes: params.all_parsed("size", SizeBand::parse)?,
            language: params.parsed("language", Language::parse)?,
            area: params.parsed("area", Area::by_slug)?,
            open: params.ticked("open")?,
            calm: params.ticked("calm")?,
            order: params.parsed("order", Order::parse)?.unwrap_or_default(),
        })
    }

    /// Whether everybody is wanted.
    fn everybody(&self) -> bool {
        self.country.is_none()
            && self.region.is_none()
            && self.distance.is_none()
            && self.sizes.is_empty()
            && self.language.is_none()
            && self.area.is_none()
            && !self.open
            && !self.calm
    }

    /// The partners of a subject that are wanted, in the order that is wanted,
    /// `limit` at most. The order that is shown first is that of the assigned
    /// lists; with a filter it is the plain one.
    pub(crate) fn ranked(&self, snapshot: &Snapshot, subject: Row, limit: usize) -> Vec<Match> {
        if self.order == Order::Suggested && self.everybody() {
            return snapshot.suggest(subject, limit);
        }
        let wants = |row: Row| self.wants(snapshot, subject, row);
        snapshot.corpus.rank(subject, self.order, limit, &wants)
    }

    /// How many partners of a subject are wanted.
    pub(crate) fn eligible(&self, snapshot: &Snapshot, subject: Row) -> usize {
        let unasked = self.order == Order::Suggested && self.everybody();
        snapshot.corpus.eligible(subject, &|row| {
            self.wants(snapshot, subject, row) && !(unasked && snapshot.corpus.is_cold(row))
        })
    }

    /// Whether a partner is wanted for a subject. Only what is public
    /// decides.
    pub(crate) fn wants(&self, snapshot: &Snapshot, subject: Row, row: Row) -> bool {
        let record = snapshot.directory.record(row);
        let (m, profile) = (&record.municipality, &record.profile);
        self.country.is_none_or(|c| c == m.country)
            && self.region.as_ref().is_none_or(|code| *code == m.region)
            && (!self.calm || !m.is_in_danger())
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

/// Rows of the list that follow each other and are shown alike.
struct Run {
    /// The place of the first in the list.
    start: usize,
    /// What stands above them, if anything.
    title: Option<String>,
    /// Whether they have stated something, and are shown with score and
    /// reasons for both sides; else each has one line.
    stated: bool,
    rows: Vec<ListedView>,
}

/// Something that several rows share, said once.
struct SharedView {
    title: String,
    text: String,
    /// Whether it is what nobody knows.
    unknown: bool,
}

/// A partner in the list, and how to choose it for a comparison.
struct ListedView {
    found: MatchView,
    /// The one sentence of a row that is shown in short.
    line: String,
    /// Raion or district, region and country.
    place: String,
    /// Official languages, where they are not said above the list.
    language: String,
    /// What has to be known of it at once.
    tags: Vec<String>,
    /// Its place in the address of the page.
    id: String,
    /// Whether it is chosen.
    chosen: bool,
    /// This page with it chosen, or no longer; nothing when no more can be.
    choose_url: Option<String>,
}

#[derive(Template)]
#[template(path = "directory/municipality/partners.html")]
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
    runs: Vec<Run>,
    shared: Vec<SharedView>,
    /// Countries or oblasts to look at on their own, with the address of each.
    best_in: Vec<(String, String)>,
    /// The slugs of those chosen for a comparison.
    with: String,
    /// The comparison of those chosen, with how many they are.
    compare: Option<(String, String)>,
    countries: Vec<Choice>,
    regions: Vec<Choice>,
    distances: Vec<Choice>,
    sizes: Vec<Choice>,
    languages: Vec<Choice>,
    areas: Vec<Choice>,
    open: bool,
    calm: bool,
    pager: Pager,
    number: String,
    last: String,
    json_url: String,
    is_hromada: bool,
    /// What of the query was passed over, in sentences.
    passed_over: Vec<String>,
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
pub(crate) async fn index(
    request: HttpRequest,
    page: Page,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    let params = Params::for_people(&request, &PARAMS)?;
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
    if number > PAGES {
        return Err(no_such_page(&page, number, PAGES));
    }
    let eligible = wanted.eligible(&snapshot, row);
    let last = eligible.min(PAGES * PER_PAGE).div_ceil(PER_PAGE).max(1);
    if number > last {
        return Err(no_such_page(&page, number, last));
    }
    let ranked = wanted.ranked(&snapshot, row, number * PER_PAGE);
    let first = (number - 1) * PER_PAGE;
    let list = page.url(&format!("/municipalities/{}/partners", m.slug));
    let shown = ranked.get(first..).unwrap_or_default();
    let rows: Vec<Row> = shown.iter().map(|m| m.row).collect();
    let told = snapshot.corpus.tell(row, &rows);
    let listed = |(i, found): (usize, &Match)| {
        let line = told.lines[i].as_ref().map(|r| wording::reason(t, directory, r));
        let found_at = first + i + 1;
        let view = MatchView::new(&page, directory, &snapshot.corpus, row, found, found_at)?;
        let other = directory.municipality(found.row);
        let id = other.slug.clone();
        let chosen = with.contains(&found.row);
        let others = with.iter().copied().filter(|r| *r != found.row);
        let then = compare::slugs(directory, others.chain((!chosen).then_some(found.row)));
        let choose_url = (chosen || with.len() < compare::MOST)
            .then(|| format!("{list}{}#{id}", params.with(&[], &[("with", &then)])));
        let mut tags = Vec::new();
        tags.extend(control_tag(t, other));
        if view.one_way {
            tags.push(t.get("tag-one-way"));
        }
        if snapshot.is_on_many_lists(found.row) {
            tags.push(t.one("tag-on-many-lists", "n", t.number(MOST_LISTS as i64)));
        }
        tags.extend(other.invented.then(|| t.get("tag-invented")));
        let is_shared = told
            .shared
            .iter()
            .any(|s| matches!(s, Shared::Country { country, .. } if *country == other.country));
        Some(ListedView {
            found: view,
            line: line.unwrap_or_default(),
            place: wording::place(t, directory, other),
            language: if is_shared { String::new() } else { languages(t, other) },
            tags,
            id,
            chosen,
            choose_url,
        })
    };
    let mut runs: Vec<Run> = Vec::new();
    for (i, found) in shown.iter().enumerate() {
        let Some(view) = listed((i, found)) else { continue };
        let (stated, guest) = (view.found.score.shown, found.list == ListKind::Guest);
        let follows = runs.last().is_some_and(|run| run.stated == stated && !guest);
        let first_guest = guest && (i == 0 || shown[i - 1].list != ListKind::Guest);
        if !follows || first_guest {
            let title = first_guest.then(|| t.get("partners-guests"));
            runs.push(Run { start: first + i + 1, title, stated, rows: Vec::new() });
        }
        if let Some(run) = runs.last_mut() {
            run.rows.push(view);
        }
    }
    let chosen = compare::slugs(directory, with.iter().copied());
    let is_hromada = m.is_hromada();
    html(&Index {
        name: NameView::new(&page, directory, m),
        lede: t.get(if shown.iter().any(|m| snapshot.corpus.states_anything(m.row)) {
            "partners-lede-stated"
        } else {
            "partners-lede-silent"
        }),
        control: ControlView::of(t, m),
        occupied: m.is_occupied(),
        orders: Order::ALL
            .into_iter()
            .map(|order| {
                let word = if order == Order::Suggested { "" } else { order.as_str() };
                OrderLink {
                    url: format!("{list}{}", params.with(&["page"], &[("order", word)])),
                    label: t.get(&format!("order-{}", order.as_str())),
                    current: order == wanted.order,
                }
            })
            .collect(),
        order: if wanted.order == Order::Suggested { "" } else { wanted.order.as_str() },
        order_text: t.get(&format!("order-{}-about", wanted.order.as_str())),
        runs,
        shared: told.shared.iter().map(|s| shared_view(t, directory, row, s, rows.len())).collect(),
        best_in: best_in(&page, &snapshot, row),
        compare: (!with.is_empty()).then(|| {
            let url = page.url(&format!("/compare?for={}&with={chosen}", m.slug));
            (url, t.one("partners-compare", "n", t.number(with.len() as i64)))
        }),
        with: chosen,
        countries: if is_hromada {
            country_choices(&page, &snapshot, false, wanted.country)
        } else {
            Vec::new()
        },
        regions: match (is_hromada, wanted.country) {
            (true, None) => Vec::new(),
            (true, Some(country)) => region_choices(t, &snapshot, country, &wanted),
            (false, _) => region_choices(t, &snapshot, Country::UKRAINE, &wanted),
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
        calm: wanted.calm,
        pager: Pager::new(t, &list, &params, number, last),
        number: t.number(number as i64),
        last: t.number(last as i64),
        json_url: format!(
            "/api/v1/municipalities/{}/partners{}",
            m.slug,
            params.with(&["page", "with"], &[])
        ),
        is_hromada,
        passed_over: passed_over(t, &params),
        page,
    })
}

/// The official languages of a municipality abroad, by name.
fn languages(t: T, m: &Municipality) -> String {
    if m.is_hromada() {
        return String::new();
    }
    let names: Vec<String> = official_languages(m).iter().map(|l| t.get(&l.key())).collect();
    names.join(", ")
}

/// The regions of a country that can be chosen.
fn region_choices(t: T, snapshot: &Snapshot, country: Country, wanted: &Wanted) -> Vec<Choice> {
    let directory = &*snapshot.directory;
    let mut codes: Vec<&str> = directory
        .records()
        .iter()
        .map(|r| &r.municipality)
        .filter(|m| m.country == country && !m.region.is_empty())
        .map(|m| m.region.as_str())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let named =
        codes.into_iter().map(|code| (code, wording::region_name(t, directory, country, code)));
    let mut named: Vec<(&str, String)> = named.filter(|(_, name)| !name.is_empty()).collect();
    named.sort_by_cached_key(|(_, name)| sort_key(t.lang, name));
    named
        .into_iter()
        .map(|(code, name)| Choice::new(code, name, wanted.region.as_deref() == Some(code)))
        .collect()
}

/// What several rows of a list share, in words; `all` is how many rows there
/// are.
fn shared_view(
    t: T,
    directory: &Directory,
    subject: Row,
    shared: &Shared,
    all: usize,
) -> SharedView {
    let how_many = |rows: usize| {
        if rows == all {
            t.count("shared-all", rows as i64)
        } else {
            t.count("shared-some", rows as i64)
        }
    };
    match shared {
        Shared::Country { country, rows, reason } => SharedView {
            title: t.with(
                "shared-country",
                &[
                    ("count", Value::from(*rows as i64)),
                    ("n", Value::from(t.number(*rows as i64))),
                    ("country", Value::from(wording::country(t, *country))),
                ],
            ),
            text: {
                let known = match reason {
                    Some(reason) => format!("{}.", wording::reason(t, directory, reason)),
                    None => t.get("shared-country-none"),
                };
                let official = languages_of_country(*country);
                let names: Vec<String> = official.iter().map(|l| t.get(&l.key())).collect();
                let spoken = (!names.is_empty()).then(|| {
                    let count = Value::from(names.len() as i64);
                    let names = Value::from(t.list(&names));
                    t.with("shared-language", &[("count", count), ("languages", names)])
                });
                [Some(known), spoken].into_iter().flatten().collect::<Vec<_>>().join(" ")
            },
            unknown: false,
        },
        Shared::Sizes { rows, least, most } => {
            let people = |row: Row| wording::people(t, directory.municipality(row));
            let args = [
                ("least", Value::from(people(*least))),
                ("most", Value::from(people(*most))),
                ("own", Value::from(people(subject))),
            ];
            let known = directory.municipality(subject).population.is_some();
            let key = if known { "shared-sizes" } else { "shared-sizes-alone" };
            SharedView { title: how_many(*rows), text: t.with(key, &args), unknown: false }
        }
        Shared::Unknown { rows, criteria } => {
            let names: Vec<String> = criteria
                .iter()
                .map(|c| t.get(&format!("criterion-{}-inline", c.as_str())))
                .collect();
            SharedView { title: how_many(*rows), text: names.join(", "), unknown: true }
        }
    }
}

/// Countries or oblasts to go on with, offered beside a list.
const BEST_IN: usize = 6;
/// Suggestions among which they are looked for.
const LOOKED_AMONG: usize = 60;

/// Where the best of a municipality's partners are, by country for a hromada
/// and by oblast for a place: those of the first ten first.
fn best_in(page: &Page, snapshot: &Snapshot, subject: Row) -> Vec<(String, String)> {
    let (t, directory) = (page.t, &*snapshot.directory);
    let own = directory.municipality(subject);
    let list = page.url(&format!("/municipalities/{}/partners", own.slug));
    if own.is_hromada() {
        let mut countries: Vec<Country> = snapshot
            .suggest(subject, PER_PAGE)
            .iter()
            .map(|m| directory.municipality(m.row).country)
            .collect();
        countries.extend(snapshot.corpus.best_countries(subject, 2 * BEST_IN));
        let mut seen = std::collections::HashSet::new();
        countries.retain(|c| seen.insert(*c));
        let link = |c: Country| (wording::country(t, c), format!("{list}?country={c}"));
        return countries.into_iter().take(BEST_IN).map(link).collect();
    }
    let mut oblasts: Vec<(String, String)> = Vec::new();
    for found in snapshot.suggest(subject, LOOKED_AMONG) {
        let m = directory.municipality(found.row);
        let (name, url) = (wording::region(t, directory, m), format!("{list}?region={}", m.region));
        if !name.is_empty() && oblasts.iter().all(|(_, other)| *other != url) {
            oblasts.push((name, url));
        }
    }
    oblasts.truncate(BEST_IN);
    oblasts
}

fn no_such_page(page: &Page, number: usize, last: usize) -> AppError {
    AppError::NoSuchPage(
        Problem::new("error-no-page")
            .with("page", page.t.number(number as i64))
            .with("last", page.t.number(last as i64)),
    )
}
