//! The public data for programs: JSON, CSV and GeoJSON. Only what every
//! visitor sees.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::App;
use super::error::{AppError, Problem};
use super::municipalities::{filter, select};
use super::page::Page;
use super::params::Params;
use super::partners::Wanted;
use crate::domain::area::AREAS;
use crate::domain::directory::{Record, Row};
use crate::domain::municipality::{Control, Municipality};
use crate::i18n::{Lang, T};
use crate::matching::{Match, Reason};
use crate::snapshot::Snapshot;
use crate::wording;

/// Entries in one answer.
const LIMIT: usize = 100;
const MOST: usize = 1_000;

const PARAMS: [&str; 11] = [
    "q",
    "country",
    "region",
    "area",
    "min_population",
    "max_population",
    "status",
    "sort",
    "limit",
    "after",
    "size",
];

/// `GET /healthz`
pub(super) async fn health(app: web::Data<App>) -> HttpResponse {
    let snapshot = app.now();
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(json!({ "status": "ok", "municipalities": snapshot.directory.len() }))
}

/// A municipality as every answer has it.
fn brief(m: &Municipality) -> Value {
    let en = wording::name(T::pages(Lang::En), m);
    let uk = wording::name(T::pages(Lang::Uk), m);
    json!({
        "slug": m.slug,
        "name": en,
        "names": { "en": en, "uk": uk, "own": if m.name_native.is_empty() { &m.name } else { &m.name_native } },
        "country": m.country,
        "region": m.region,
        "katottg": m.katottg,
        "geonames_id": m.geonames_id,
        "population": m.population,
        "lat": m.point.lat,
        "lon": m.point.lon,
        "status": m.status.as_str(),
        "control": m.control.as_str(),
        "invented": m.invented,
    })
}

fn whole(record: &Record, snapshot: &Snapshot) -> Value {
    let m = &record.municipality;
    let mut value = brief(m);
    let entries: Vec<Value> = record
        .profile
        .public_entries(snapshot.today)
        .map(|e| {
            json!({
                "direction": e.direction.as_str(),
                "subarea": e.subarea.to_string(),
                "rank": e.rank,
                "level": e.level.value(),
                "expires_on": e.expires_on,
                "statements": e.statements.iter().cloned().collect::<std::collections::BTreeMap<_, _>>(),
            })
        })
        .collect();
    value["entries"] = json!(entries);
    value["languages"] = record
        .profile
        .languages
        .iter()
        .map(|(l, f)| json!({ "language": l.code(), "level": f.as_str() }))
        .collect();
    value["formats"] = record.profile.formats.iter().map(|f| json!(f.as_str())).collect();
    value["role"] = json!(m.role.as_str());
    value["settlements"] = json!(m.settlements);
    let ties: Vec<Value> = snapshot
        .directory
        .ties_of(m.id)
        .filter_map(|tie| {
            let other = tie.other(m.id)?;
            let other = match other.municipality().and_then(|id| snapshot.directory.by_id(id)) {
                Some(row) => json!({ "slug": snapshot.directory.municipality(row).slug }),
                None => match other {
                    crate::domain::tie::Place::Outside(name) => json!({ "name": name }),
                    crate::domain::tie::Place::Listed(_) => return None,
                },
            };
            Some(json!({ "with": other, "since": tie.since, "source": tie.source }))
        })
        .collect();
    value["ties"] = json!(ties);
    value
}

/// `GET /api/v1/municipalities`
pub(super) async fn index(
    request: HttpRequest,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    let params = Params::of(&request, &PARAMS)?;
    let limit = params
        .parsed("limit", |l| l.parse().ok().filter(|l| (1..=MOST).contains(l)))?
        .unwrap_or(LIMIT);
    let snapshot = app.now();
    let (selection, _) = select(&snapshot, Page::of(&request).t.lang, &params)?;
    let directory = &snapshot.directory;
    // The next answer begins after an entry, so that nothing is missed or
    // repeated when others are added in between.
    let start = match params.get("after") {
        None => 0,
        Some(slug) => {
            let found = directory.by_slug(slug).and_then(|row| selection.position(row));
            found.map(|i| i + 1).ok_or_else(|| {
                AppError::BadQuery(
                    Problem::new("error-query-value").with("name", "after").with("value", slug),
                )
            })?
        }
    };
    let rows = selection.page(start, limit);
    let items: Vec<Value> = rows.iter().map(|r| brief(directory.municipality(*r))).collect();
    let next = rows.last().filter(|_| start + rows.len() < selection.len()).map(|last| {
        let last = directory.municipality(*last);
        format!("/api/v1/municipalities{}", params.with(&[], &[("after", &last.slug)]))
    });
    Ok(HttpResponse::Ok().json(json!({ "items": items, "total": selection.len(), "next": next })))
}

fn one(snapshot: &Snapshot, slug: &str) -> Result<Row, AppError> {
    snapshot.directory.find(slug).ok_or(AppError::NotFound)
}

/// `GET /api/v1/municipalities/{slug}`
pub(super) async fn show(
    request: HttpRequest,
    slug: web::Path<String>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let snapshot = app.now();
    let row = one(&snapshot, &slug)?;
    Ok(HttpResponse::Ok().json(whole(snapshot.directory.record(row), &snapshot)))
}

fn sentences(snapshot: &Snapshot, reasons: &[Reason]) -> Vec<Value> {
    let directory = &*snapshot.directory;
    reasons
        .iter()
        .map(|r| {
            json!({
                "criterion": r.criterion.as_str(),
                "key": r.key,
                "en": wording::reason(T::pages(Lang::En), directory, r),
                "uk": wording::reason(T::pages(Lang::Uk), directory, r),
            })
        })
        .collect()
}

/// A pair with its explanation.
fn explained(snapshot: &Snapshot, subject: Row, partner: Row) -> Option<Value> {
    let why = snapshot.corpus.explain(subject, partner)?;
    Some(json!({
        "municipality": brief(snapshot.directory.municipality(partner)),
        "score": why.score.points(),
        "coverage": { "known": why.score.known(), "of": 9 },
        "states_anything": why.partner_states,
        "criteria": why.score.contributions,
        "reasons_for_subject": sentences(snapshot, &why.for_subject),
        "reasons_for_partner": sentences(snapshot, &why.for_partner),
    }))
}

/// `GET /api/v1/municipalities/{slug}/partners`
pub(super) async fn partners(
    request: HttpRequest,
    slug: web::Path<String>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    let params = Params::of(
        &request,
        &["country", "distance", "size", "language", "area", "open", "order", "limit"],
    )?;
    let limit =
        params.parsed("limit", |l| l.parse().ok().filter(|l| (1..=200).contains(l)))?.unwrap_or(20);
    let wanted = Wanted::of(&params)?;
    let snapshot = app.now();
    let row = one(&snapshot, &slug)?;
    let wants = |candidate: Row| wanted.wants(&snapshot, row, candidate);
    let ranked: Vec<Match> = snapshot.corpus.rank(row, wanted.order, limit, &wants);
    let items: Vec<Value> =
        ranked.iter().filter_map(|m| explained(&snapshot, row, m.row)).collect();
    Ok(HttpResponse::Ok().json(json!({
        "subject": brief(snapshot.directory.municipality(row)),
        "weights": snapshot.corpus.weights().version,
        "items": items,
        "total": snapshot.corpus.eligible(row, &wants),
        "next": Value::Null,
    })))
}

/// `GET /api/v1/municipalities/{slug}/partners/{partner}`
pub(super) async fn pair(
    request: HttpRequest,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let snapshot = app.now();
    let (a, b) = (one(&snapshot, &path.0)?, one(&snapshot, &path.1)?);
    let mut value = explained(&snapshot, a, b).ok_or(AppError::NotFound)?;
    value["subject"] = brief(snapshot.directory.municipality(a));
    value["weights"] = json!(snapshot.corpus.weights().version);
    Ok(HttpResponse::Ok().json(value))
}

/// `GET /api/v1/areas`
pub(super) async fn areas(
    request: HttpRequest,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let snapshot = app.now();
    let (en, uk) = (T::pages(Lang::En), T::pages(Lang::Uk));
    let items: Vec<Value> = AREAS
        .iter()
        .zip(snapshot.listing.area_counts())
        .map(|(area, (needs, offers))| {
            let subareas: Vec<Value> = area
                .subareas()
                .map(|s| {
                    json!({
                        "slug": s.to_string(),
                        "names": { "en": en.get(&s.key()), "uk": uk.get(&s.key()) },
                    })
                })
                .collect();
            json!({
                "slug": area.slug,
                "names": { "en": en.get(&area.key()), "uk": uk.get(&area.key()) },
                "subareas": subareas,
                "dream": area.dream,
                "oc4ids": area.oc4ids,
                "sdg": area.sdg,
                "needs": needs,
                "offers": offers,
            })
        })
        .collect();
    let total = items.len();
    Ok(HttpResponse::Ok().json(json!({ "items": items, "total": total, "next": Value::Null })))
}

/// A cell that no spreadsheet takes for a formula.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

const EXPORT_PARAMS: [&str; 10] = [
    "q",
    "country",
    "region",
    "size",
    "area",
    "need",
    "offer",
    "status",
    "min_population",
    "max_population",
];

fn export(
    request: &HttpRequest,
    app: &App,
) -> Result<(std::sync::Arc<Snapshot>, Vec<Row>), AppError> {
    let params = Params::of(request, &EXPORT_PARAMS)?;
    filter(&params)?;
    let snapshot = app.now();
    let rows = select(&snapshot, Page::of(request).t.lang, &params)?.0.all();
    Ok((snapshot, rows))
}

fn download(content_type: &'static str, name: &str, body: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(content_type)
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(body)
}

/// `GET /api/v1/municipalities.csv`
pub(super) async fn csv(
    request: HttpRequest,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    let (snapshot, rows) = export(&request, &app)?;
    let failed = |e: ::csv::Error| AppError::Other(e.into());
    let mut out = ::csv::Writer::from_writer(Vec::new());
    out.write_record([
        "slug",
        "name_en",
        "name_uk",
        "name_own",
        "country",
        "region",
        "katottg",
        "geonames_id",
        "population",
        "population_year",
        "population_estimated",
        "lat",
        "lon",
        "status",
        "control",
        "needs",
        "offers",
        "invented",
    ])
    .map_err(failed)?;
    for row in rows {
        let record = snapshot.directory.record(row);
        let m = &record.municipality;
        let stated = |wanted: fn(crate::domain::profile::Direction) -> bool| {
            let all: Vec<String> = record
                .profile
                .public_entries(snapshot.today)
                .filter(|e| wanted(e.direction))
                .map(|e| e.subarea.to_string())
                .collect();
            all.join(" ")
        };
        let population = m.population.as_ref();
        let text = |value: Option<String>| value.unwrap_or_default();
        out.write_record([
            m.slug.clone(),
            harmless(&wording::name(T::pages(Lang::En), m)),
            harmless(&wording::name(T::pages(Lang::Uk), m)),
            harmless(if m.name_native.is_empty() { &m.name } else { &m.name_native }),
            m.country.to_string(),
            harmless(&wording::region(T::pages(Lang::En), &snapshot.directory, m)),
            text(m.katottg.clone()),
            text(m.geonames_id.map(|id| id.to_string())),
            text(population.map(|p| p.value.to_string())),
            text(population.and_then(|p| p.year).map(|y| y.to_string())),
            text(population.map(|p| u8::from(p.estimated).to_string())),
            m.point.lat.to_string(),
            m.point.lon.to_string(),
            m.status.as_str().to_owned(),
            m.control.as_str().to_owned(),
            stated(|d| d.needs()),
            stated(|d| d.offers()),
            u8::from(m.invented).to_string(),
        ])
        .map_err(failed)?;
    }
    let body = out.into_inner().map_err(|e| AppError::Other(anyhow::anyhow!("{e}")))?;
    Ok(download("text/csv; charset=utf-8", "municipalities.csv", body))
}

/// `GET /api/v1/municipalities.geojson`
pub(super) async fn geojson(
    request: HttpRequest,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    let (snapshot, rows) = export(&request, &app)?;
    let features: Vec<Value> = rows
        .iter()
        .map(|row| {
            let m = snapshot.directory.municipality(*row);
            json!({
                "type": "Feature",
                "geometry": { "type": "Point", "coordinates": [m.point.lon, m.point.lat] },
                "properties": {
                    "slug": m.slug,
                    "name": wording::name(T::pages(Lang::En), m),
                    "name_uk": wording::name(T::pages(Lang::Uk), m),
                    "country": m.country,
                    "population": m.people(),
                    "status": m.status.as_str(),
                    "control": if m.control == Control::Occupied { "occupied" } else { "government" },
                    "invented": m.invented,
                },
            })
        })
        .collect();
    let body = json!({
        "type": "FeatureCollection",
        "license": "CC-BY-4.0",
        "features": features,
    });
    let body = serde_json::to_vec(&body).map_err(|e| AppError::Other(e.into()))?;
    Ok(download("application/geo+json; charset=utf-8", "municipalities.geojson", body))
}
