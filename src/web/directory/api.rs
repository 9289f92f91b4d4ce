//! The public data for programs: JSON, CSV and GeoJSON. Only what every
//! visitor sees.

use std::io::Write;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::municipalities::select;
use super::partners::Wanted;
use crate::domain::area::AREAS;
use crate::domain::directory::Row;
use crate::i18n::{Lang, T};
use crate::matching::explain::REASONS;
use crate::matching::{Match, Reason, Shared};
use crate::snapshot::Snapshot;
use crate::web::kit::app::App;
use crate::web::kit::error::{AppError, Problem};
use crate::web::kit::files::{FileKind, Key};
use crate::web::kit::limits::limit_costly;
use crate::web::kit::pace::Costly;
use crate::web::kit::params::Params;
use crate::{export, wording};

/// Entries in one answer.
const LIMIT: usize = 100;
const MOST: usize = 1_000;

/// Lists are in the order of one language, whatever languages the client
/// accepts: an answer depends on its address alone.
const ORDER: Lang = Lang::En;

const PARAMS: [&str; 13] = [
    "q",
    "country",
    "region",
    "area",
    "need",
    "offer",
    "min_population",
    "max_population",
    "status",
    "sort",
    "limit",
    "after",
    "size",
];

/// `GET /healthz`: that the server is up, and which version of the directory
/// it shows.
pub(crate) async fn health(app: web::Data<App>) -> HttpResponse {
    let snapshot = app.now();
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(json!({
        "status": "ok",
        "municipalities": snapshot.directory.len(),
        "version": snapshot.directory.version(),
    }))
}

/// `GET /api/v1/municipalities`
pub(crate) async fn index(
    request: HttpRequest,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    let params = Params::of(&request, &PARAMS)?;
    let limit = params
        .parsed("limit", |l| l.parse().ok().filter(|l| (1..=MOST).contains(l)))?
        .unwrap_or(LIMIT);
    if params.has("q") {
        limit_costly(&request, &app, Costly::Search)?;
    }
    let snapshot = app.now();
    let (selection, _) = select(&snapshot, ORDER, &params)?;
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
    let items: Vec<Value> =
        rows.iter().map(|r| export::brief(directory, directory.municipality(*r))).collect();
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
pub(crate) async fn show(
    request: HttpRequest,
    slug: web::Path<String>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let snapshot = app.now();
    let row = one(&snapshot, &slug)?;
    Ok(HttpResponse::Ok().json(export::whole(snapshot.directory.record(row), &snapshot)))
}

/// A reason in both languages of pages.
fn sentence(snapshot: &Snapshot, reason: &Reason) -> Value {
    let directory = &*snapshot.directory;
    json!({
        "criterion": reason.criterion.as_str(),
        "key": reason.key,
        "en": wording::reason(T::pages(Lang::En), directory, reason),
        "uk": wording::reason(T::pages(Lang::Uk), directory, reason),
    })
}

fn sentences(snapshot: &Snapshot, reasons: &[Reason]) -> Vec<Value> {
    reasons.iter().take(REASONS).map(|r| sentence(snapshot, r)).collect()
}

/// What several rows of a list have in common, said once beside it.
fn shared(snapshot: &Snapshot, shared: &Shared) -> Value {
    let slug = |row: &Row| &snapshot.directory.municipality(*row).slug;
    match shared {
        Shared::Country { country, rows, reason } => json!({
            "kind": "country",
            "rows": rows,
            "country": country,
            "reason": reason.as_ref().map(|r| sentence(snapshot, r)),
        }),
        Shared::Sizes { rows, least, most } => json!({
            "kind": "sizes",
            "rows": rows,
            "least": slug(least),
            "most": slug(most),
        }),
        Shared::Unknown { rows, criteria } => json!({
            "kind": "unknown",
            "rows": rows,
            "criteria": criteria.iter().map(|c| c.as_str()).collect::<Vec<_>>(),
        }),
    }
}

/// A pair with its explanation.
fn explained(snapshot: &Snapshot, subject: Row, partner: Row) -> Option<Value> {
    let why = snapshot.corpus.explain(subject, partner)?;
    Some(json!({
        "municipality": export::brief(&snapshot.directory, snapshot.directory.municipality(partner)),
        "score": why.score.points(),
        "coverage": { "known": why.score.known(), "of": 9 },
        "states_anything": why.partner_states,
        "criteria": why.score.contributions,
        "reasons_for_subject": sentences(snapshot, &why.for_subject),
        "reasons_for_partner": sentences(snapshot, &why.for_partner),
    }))
}

/// `GET /api/v1/municipalities/{slug}/partners`
pub(crate) async fn partners(
    request: HttpRequest,
    slug: web::Path<String>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    let params = Params::of(
        &request,
        &[
            "country", "region", "distance", "size", "language", "area", "open", "calm", "order",
            "limit", "after",
        ],
    )?;
    let limit: usize =
        params.parsed("limit", |l| l.parse().ok().filter(|l| (1..=200).contains(l)))?.unwrap_or(20);
    let snapshot = app.now();
    let wanted = Wanted::of(&snapshot, &params)?;
    let row = one(&snapshot, &slug)?;
    // Beyond the first thousand an order says nothing.
    let rank = |most: usize| wanted.ranked(&snapshot, row, most.min(MOST));
    let (start, ranked): (usize, Vec<Match>) = match params.get("after") {
        None => (0, rank(limit)),
        Some(slug) => {
            let ranked = rank(MOST);
            let after = snapshot.directory.by_slug(slug);
            let found = ranked.iter().position(|m| Some(m.row) == after).ok_or_else(|| {
                AppError::BadQuery(
                    Problem::new("error-query-value").with("name", "after").with("value", slug),
                )
            })?;
            (found + 1, ranked)
        }
    };
    let shown = &ranked[start..(start + limit).min(ranked.len())];
    let rows: Vec<Row> = shown.iter().map(|m| m.row).collect();
    let told = snapshot.corpus.tell(row, &rows);
    let items: Vec<Value> = shown
        .iter()
        .zip(&told.lines)
        .filter_map(|(m, line)| {
            let mut value = explained(&snapshot, row, m.row)?;
            value["list"] = json!(m.list.as_str());
            value["line"] = json!(line.as_ref().map(|reason| sentence(&snapshot, reason)));
            Some(value)
        })
        .collect();
    let total = wanted.eligible(&snapshot, row);
    let end = start + shown.len();
    let next = shown.last().filter(|_| end < total.min(MOST)).map(|last| {
        let last = &snapshot.directory.municipality(last.row).slug;
        format!("{}{}", request.path(), params.with(&[], &[("after", last)]))
    });
    Ok(HttpResponse::Ok().json(json!({
        "subject": export::brief(&snapshot.directory, snapshot.directory.municipality(row)),
        "weights": snapshot.corpus.weights().version,
        "shared": told.shared.iter().map(|s| shared(&snapshot, s)).collect::<Vec<_>>(),
        "items": items,
        "total": total,
        "next": next,
    })))
}

/// `GET /api/v1/municipalities/{slug}/partners/{partner}`
pub(crate) async fn pair(
    request: HttpRequest,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let snapshot = app.now();
    let (a, b) = (one(&snapshot, &path.0)?, one(&snapshot, &path.1)?);
    let mut value = explained(&snapshot, a, b).ok_or(AppError::NotFound)?;
    value["subject"] = export::brief(&snapshot.directory, snapshot.directory.municipality(a));
    value["weights"] = json!(snapshot.corpus.weights().version);
    Ok(HttpResponse::Ok().json(value))
}

/// `GET /api/v1/areas`
pub(crate) async fn areas(
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

/// `GET /api/v1/weights`: everything learned and decided that scores are made
/// of.
pub(crate) async fn weights(
    request: HttpRequest,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let text = app.now().corpus.weights().to_json().map_err(|e| AppError::Other(e.into()))?;
    Ok(HttpResponse::Ok().content_type("application/json").body(text))
}

const EXPORT_PARAMS: [&str; 11] = [
    "sort",
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

/// Answers with a file of the entries that are asked for.
async fn download(
    request: &HttpRequest,
    app: &App,
    kind: &FileKind,
    write: fn(&Snapshot, &[Row], &mut dyn Write) -> anyhow::Result<()>,
) -> Result<HttpResponse, AppError> {
    let params = Params::of(request, &EXPORT_PARAMS)?;
    limit_costly(request, app, Costly::File)?;
    let snapshot = app.now();
    let rows = select(&snapshot, ORDER, &params)?.0.all();
    let key = Key {
        name: kind.name,
        version: snapshot.directory.version(),
        today: snapshot.today,
        selection: request.query_string().to_owned(),
    };
    let made = app.files.get(kind, key, rows.len(), move |out| Ok(write(&snapshot, &rows, out)?));
    Ok(made.await?.answer(request, kind))
}

/// `GET /api/v1/municipalities.csv`
pub(crate) async fn csv(
    request: HttpRequest,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    const KIND: FileKind = FileKind {
        name: "municipalities.csv",
        media_type: "text/csv; charset=utf-8",
        packed: false,
    };
    download(&request, &app, &KIND, |snapshot, rows, out| {
        export::municipalities(snapshot, rows).write_csv(out).map(drop)
    })
    .await
}

/// `GET /api/v1/municipalities.xlsx`
pub(crate) async fn xlsx(
    request: HttpRequest,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    const KIND: FileKind = FileKind {
        name: "municipalities.xlsx",
        media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        packed: true,
    };
    download(&request, &app, &KIND, |snapshot, rows, out| {
        export::municipalities(snapshot, rows).write_xlsx(out).map(drop)
    })
    .await
}

/// `GET /api/v1/municipalities.geojson`
pub(crate) async fn geojson(
    request: HttpRequest,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    const KIND: FileKind = FileKind {
        name: "municipalities.geojson",
        media_type: "application/geo+json; charset=utf-8",
        packed: false,
    };
    download(&request, &app, &KIND, |snapshot, rows, out| {
        export::write_geojson(snapshot, rows, out)
    })
    .await
}
