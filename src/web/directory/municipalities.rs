//! The directory: searched, filtered, sorted; as a table and on a map.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::domain::area::{AREAS, Area};
use crate::domain::country::Country;
use crate::domain::directory::{Directory, Row};
use crate::domain::municipality::{Control, SizeBand, Status};
use crate::i18n::Lang;
use crate::listing::{Filter, Selection, Sort};
use crate::search::{Hit, Territory};
use crate::snapshot::Snapshot;
use crate::web::kit::app::App;
use crate::web::kit::error::{AppError, Problem};
use crate::web::kit::limits::limit_costly;
use crate::web::kit::map::{BaseMap, Projection, Spot};
use crate::web::kit::pace::Costly;
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::respond::{html, see_other};
use crate::web::kit::view::{Choice, NameView, Pager, PeopleView, passed_over};
use crate::wording;

/// Entries on one page.
const PER_PAGE: usize = 25;
/// Most entries drawn on the map.
const ON_MAP: usize = 400;
/// Most answers to a search.
const HITS: usize = 200;

/// What the list understands.
pub(crate) const PARAMS: [&str; 12] = [
    "q", "go", "country", "region", "size", "area", "need", "offer", "status", "sort", "view",
    "page",
];

/// The country a query names, which has to be one of the directory's.
pub(crate) fn country(snapshot: &Snapshot, params: &Params) -> Result<Option<Country>, AppError> {
    let there = snapshot.listing.countries(Lang::En);
    params.parsed("country", |c| c.parse().ok().filter(|c| there.iter().any(|(x, _)| x == c)))
}

/// The region a query names by its code, which has to be one of a country, or
/// of any.
pub(crate) fn region(
    snapshot: &Snapshot,
    params: &Params,
    of: Option<Country>,
) -> Result<Option<String>, AppError> {
    let there = |code: &str| snapshot.listing.has_region(of, code).then(|| code.to_owned());
    params.parsed("region", there)
}

/// Reads the filters of a query; shared with the API.
pub(crate) fn filter(snapshot: &Snapshot, params: &Params) -> Result<Filter, AppError> {
    let population = |p: &str| p.parse::<i64>().ok().filter(|p| *p >= 0);
    let country = country(snapshot, params)?;
    if country.is_none()
        && let Some(region) = params.get("region")
    {
        params.pass_over("region", region, Problem::new("error-query-region"))?;
    }
    Ok(Filter {
        country,
        region: region(snapshot, params, country)?,
        sizes: params.all_parsed("size", SizeBand::parse)?,
        min_population: params.parsed("min_population", population)?,
        max_population: params.parsed("max_population", population)?,
        area: params.parsed("area", Area::by_slug)?,
        need: params.ticked("need")?,
        offer: params.ticked("offer")?,
        statuses: params.all_parsed("status", Status::parse)?,
    })
}

/// The entries a query asks for, in order, with the answers of the search if
/// it has one.
pub(crate) fn select<'a>(
    snapshot: &'a Snapshot,
    lang: Lang,
    params: &Params,
) -> Result<(Selection<'a>, Vec<Hit>), AppError> {
    let filter = filter(snapshot, params)?;
    let sort = params.parsed("sort", Sort::parse)?;
    let Some(q) = params.get("q") else {
        return Ok((snapshot.listing.select(&filter, sort.unwrap_or_default(), lang), Vec::new()));
    };
    // A search is in the order of closeness unless another is asked for.
    let hits = snapshot.finder().search(q, HITS);
    let found = hits.iter().map(|h| h.row);
    Ok((snapshot.listing.select_among(found, &filter, sort, lang), hits))
}

struct RowView {
    name: NameView,
    people: PeopleView,
    needs: String,
    offers: String,
    status: String,
    status_on: bool,
    /// Who controls it, where that is not plainly its government.
    control: String,
    /// The name that answered the search, where it is not the one shown.
    by_name: String,
}

#[derive(Template)]
#[template(path = "directory/municipalities.html")]
struct Index {
    page: Page,
    heading: String,
    q: String,
    count: String,
    rows: Vec<RowView>,
    /// Whether some of them state what is invented.
    invented: bool,
    countries: Vec<Choice>,
    regions: Vec<Choice>,
    sizes: Vec<Choice>,
    areas: Vec<Choice>,
    statuses: Vec<Choice>,
    sorts: Vec<Choice>,
    need: bool,
    offer: bool,
    pager: Pager,
    number: String,
    last: String,
    table_url: String,
    map_url: String,
    csv_url: String,
    xlsx_url: String,
    geojson_url: String,
    map: Option<MapView>,
    lede: String,
    /// The countries and regions that are called what was looked for.
    regions_named: Vec<RegionView>,
    /// What of the query was passed over, in sentences.
    passed_over: Vec<String>,
}

/// A country or region that was looked for, as a link to all of it.
struct RegionView {
    label: String,
    url: String,
}

impl RegionView {
    fn new(page: &Page, directory: &Directory, territory: &Territory) -> RegionView {
        let Territory { country, region, .. } = territory;
        let of = wording::country(page.t, *country);
        let (name, query) = if region.is_empty() {
            (of, String::new())
        } else {
            let name = wording::region_name(page.t, directory, *country, region);
            (format!("{name}, {of}"), format!("&region={region}"))
        };
        let key = if country.is_ukraine() { "list-all-hromadas-of" } else { "list-all-of" };
        RegionView {
            label: page.t.one(key, "name", name),
            url: page.url(&format!("/municipalities?country={country}{query}")),
        }
    }
}

struct MapView {
    base: BaseMap,
    spots: Vec<Spot>,
    more: String,
}

fn map_view(page: &Page, directory: &Directory, selection: &Selection<'_>) -> MapView {
    let shown = selection.page(0, ON_MAP);
    let points: Vec<_> = shown.iter().map(|r| directory.municipality(*r).point).collect();
    let projection = if shown.len() < 2 { Projection::europe() } else { Projection::over(&points) };
    let spots = shown
        .iter()
        .filter_map(|row| {
            let m = directory.municipality(*row);
            let url = page.municipality_url(&m.slug);
            projection.spot(m.point, m.country.is_ukraine(), url, wording::name(page.t, m))
        })
        .collect();
    let more = if selection.len() > ON_MAP {
        page.t.count("list-map-first", ON_MAP as i64)
    } else {
        String::new()
    };
    MapView { base: projection.base(), spots, more }
}

fn row_view(page: &Page, snapshot: &Snapshot, row: Row, hits: &[Hit]) -> RowView {
    let (t, directory) = (page.t, &*snapshot.directory);
    let record = directory.record(row);
    let m = &record.municipality;
    let stated = |wanted: fn(crate::domain::audience::Direction) -> bool| {
        let mut names: Vec<String> = Vec::new();
        for entry in record.profile.public_entries(snapshot.today).filter(|e| wanted(e.direction)) {
            let name = t.get(&entry.subarea.key());
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.join(", ")
    };
    let name = NameView::new(page, directory, m);
    let by_name = hits
        .iter()
        .find(|h| h.row == row)
        .filter(|h| {
            let shown = [Some(&name.name), name.own.as_ref().map(|o| &o.text)];
            let known = shown.into_iter().flatten().any(|n| n.starts_with(&h.name));
            !known && !m.centre.starts_with(&h.name)
        })
        .map(|h| {
            let key = if h.part { "list-by-part" } else { "list-by-name" };
            t.one(key, "name", &h.name)
        });
    RowView {
        name,
        people: PeopleView::new(t, m),
        needs: stated(|d| d.needs()),
        offers: stated(|d| d.offers()),
        status: t.get(&format!("status-{}", m.status.as_str())),
        status_on: m.status == Status::Verified,
        control: match m.control {
            Control::Government => String::new(),
            control => t.get(&format!("tag-{}", control.as_str())),
        },
        by_name: by_name.unwrap_or_default(),
    }
}

/// `GET /{lang}/municipalities`
pub(crate) async fn index(
    request: HttpRequest,
    page: Page,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    let params = Params::for_people(&request, &PARAMS)?;
    let number = params.page()?;
    let view = |v: &str| ["table", "map"].contains(&v).then(|| v == "map");
    let on_map = params.parsed("view", view)?.unwrap_or(false);
    let snapshot = app.now();
    let t = page.t;
    let directory = &*snapshot.directory;
    let q = params.get("q").unwrap_or("").to_owned();
    if params.has("go") {
        // From the first page: to the one that is meant, or to the list, where
        // the search counts against its limit.
        let to = match snapshot.finder().opening(&q) {
            Some(row) => page.municipality_url(&directory.municipality(row).slug),
            None => page.url(&format!("/municipalities{}", params.with(&["go"], &[]))),
        };
        return Ok(see_other(&to));
    }
    if !q.is_empty() {
        limit_costly(&request, &app, Costly::Search)?;
    }
    let (selection, hits) = select(&snapshot, t.lang, &params)?;
    let chosen = filter(&snapshot, &params)?;
    let last = selection.len().div_ceil(PER_PAGE).max(1);
    if number > last {
        return Err(AppError::NoSuchPage(
            Problem::new("error-no-page")
                .with("page", t.number(number as i64))
                .with("last", t.number(last as i64)),
        ));
    }
    let shown = selection.page((number - 1) * PER_PAGE, PER_PAGE);

    let countries: Vec<Choice> = snapshot
        .listing
        .countries(t.lang)
        .iter()
        .map(|(c, name)| Choice::new(c.code(), name, chosen.country == Some(*c)))
        .collect();
    let regions = chosen.country.map_or_else(Vec::new, |country| {
        let named = snapshot.listing.regions(t.lang, country).iter();
        named
            .map(|(code, name)| Choice::new(code, name, chosen.region.as_ref() == Some(code)))
            .collect()
    });
    let sort = params.parsed("sort", Sort::parse)?;
    let path = page.url("/municipalities");
    let query = params.with(&["page", "view", "sort"], &[]);
    let url = |view: &str| format!("{path}{}", params.with(&["page"], &[("view", view)]));
    html(&Index {
        heading: if q.is_empty() {
            t.get("list-title")
        } else {
            t.one("list-title-search", "q", &q)
        },
        count: t.count("list-count", selection.len() as i64),
        invented: shown.iter().any(|row| directory.municipality(*row).invented),
        rows: shown.into_iter().map(|row| row_view(&page, &snapshot, row, &hits)).collect(),
        countries,
        regions,
        sizes: SizeBand::ALL
            .iter()
            .map(|b| {
                let label = t.get(&format!("size-{}", b.as_str()));
                Choice::new(b.as_str(), label, chosen.sizes.contains(b))
            })
            .collect(),
        areas: AREAS
            .iter()
            .map(|a| Choice::new(a.slug, t.get(&a.key()), chosen.area == Some(a)))
            .collect(),
        statuses: [Status::Verified, Status::Claimed, Status::Listed]
            .into_iter()
            .map(|s| {
                let label = t.get(&format!("status-{}", s.as_str()));
                Choice::new(s.as_str(), label, chosen.statuses.contains(&s))
            })
            .collect(),
        sorts: Sort::ALL
            .into_iter()
            .map(|s| {
                let label = t.get(&format!("sort-{}", s.as_str()));
                let default = q.is_empty() && s == Sort::default();
                Choice::new(s.as_str(), label, sort.map_or(default, |x| x == s))
            })
            .collect(),
        need: chosen.need,
        offer: chosen.offer,
        pager: Pager::new(t, &path, &params, number, last),
        number: t.number(number as i64),
        last: t.number(last as i64),
        table_url: url(""),
        map_url: url("map"),
        csv_url: format!("/api/v1/municipalities.csv{query}"),
        xlsx_url: format!("/api/v1/municipalities.xlsx{query}"),
        geojson_url: format!("/api/v1/municipalities.geojson{query}"),
        regions_named: snapshot
            .finder()
            .regions(&q)
            .into_iter()
            .map(|territory| RegionView::new(&page, directory, territory))
            .collect(),
        map: on_map.then(|| map_view(&page, directory, &selection)),
        passed_over: passed_over(t, &params),
        lede: t.count("list-lede", snapshot.listing.countries(t.lang).len().saturating_sub(1)),
        q,
        page,
    })
}
