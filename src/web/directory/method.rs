//! How matching works: the criteria, what was learned and decided, the rules of
//! the lists, and whom they show.

use std::sync::Arc;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::domain::directory::Directory;
use crate::i18n::{T, sort_key};
use crate::matching::exposure::GroupExposure;
use crate::matching::knowledge::Quantity;
use crate::matching::{Criterion, Exposure, Group, lists};
use crate::snapshot::Snapshot;
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::respond::html;
use crate::web::kit::view::NameView;
use crate::{export, wording};

struct CriterionView {
    name: String,
    about: String,
}

struct GroupView {
    name: String,
    about: String,
    criteria: Vec<CriterionView>,
}

struct CurveView {
    name: String,
    /// (value of the quantity, points) at each knot.
    knots: Vec<(String, String)>,
}

/// One group of candidates in a table of exposure.
struct GroupRow {
    name: String,
    candidates: String,
    shown: String,
    shown_share: String,
    share: String,
}

/// How evenly the lists show one side.
struct ExposureView {
    caption: String,
    by_size: Vec<GroupRow>,
    by_territory: Vec<GroupRow>,
    /// What the groups of `by_territory` are.
    territory: String,
    /// The small ones that others are led to, as a sentence; of hromadas.
    small: String,
    /// The most shown with how many lists each is on.
    most_shown: Vec<(NameView, String)>,
}

fn group_row(t: T, name: String, group: &GroupExposure) -> GroupRow {
    GroupRow {
        name,
        candidates: t.number(group.candidates as i64),
        shown: t.number(group.shown as i64),
        shown_share: t.percent(group.shown as f64 / (group.candidates as f64).max(1.0), 1),
        share: t.percent(group.share, 1),
    }
}

fn exposure_view(
    page: &Page,
    directory: &Directory,
    exposure: &Exposure,
    of: &'static str,
) -> ExposureView {
    let t = page.t;
    let sizes = exposure.by_size.iter();
    let territories = exposure.by_territory.iter();
    let mut by_territory: Vec<(String, &GroupExposure)> =
        territories.map(|group| (wording::territory(t, directory, &group.key), group)).collect();
    by_territory.sort_by_cached_key(|(name, _)| sort_key(t.lang, name));
    let numbers = |group: &GroupExposure| {
        t.with(
            "method-exposure-small",
            &[
                ("candidates", t.number(group.candidates as i64).into()),
                ("shown", t.number(group.shown as i64).into()),
            ],
        )
    };
    ExposureView {
        caption: t.with(
            &format!("method-exposure-caption-{of}"),
            &[
                ("distinct", t.number(exposure.distinct as i64).into()),
                ("max", t.number(exposure.max as i64).into()),
                ("gini", t.decimal(exposure.gini, 3).into()),
            ],
        ),
        by_size: sizes
            .map(|group| group_row(t, t.get(&format!("size-{}", group.key)), group))
            .collect(),
        by_territory: by_territory
            .into_iter()
            .map(|(name, group)| group_row(t, name, group))
            .collect(),
        territory: t.get(&format!("method-exposure-territory-{of}")),
        small: if of == "hromadas" { numbers(&exposure.small) } else { String::new() },
        most_shown: exposure
            .most_shown
            .iter()
            .map(|(row, n)| {
                let name = NameView::new(page, directory, directory.municipality(*row));
                (name, t.number(*n as i64))
            })
            .collect(),
    }
}

/// What the roles of a hromada and a place are worth together.
struct RolesView {
    /// The roles of places, over the columns.
    places: Vec<String>,
    /// The role of hromadas and its points with each of those.
    rows: Vec<(String, Vec<String>)>,
}

fn roles(t: T, weights: &crate::matching::Weights) -> RolesView {
    let place = ["capital", "region-seat", "county-seat", "district-seat", "place"];
    let hromada = ["kyiv", "oblast-centre", "urban-large", "urban-small", "settlement", "rural"];
    let name = |word: &&str| t.get(&format!("role-{word}"));
    let points = |row: &[f32]| row.iter().map(|p| t.decimal(f64::from(*p), 1)).collect();
    RolesView {
        places: place.iter().map(name).collect(),
        rows: hromada.iter().map(name).zip(weights.roles.iter().map(|r| points(r))).collect(),
    }
}

struct PolicyView {
    label: String,
    value: String,
}

#[derive(Template)]
#[template(path = "directory/method/show.html")]
struct Method {
    page: Page,
    groups: Vec<GroupView>,
    version: String,
    learned: String,
    backtest: String,
    scale: String,
    curves: Vec<CurveView>,
    roles: RolesView,
    policy: Vec<PolicyView>,
    /// The rules by which the first ten are chosen.
    lists: Vec<String>,
    hromadas: ExposureView,
    places: ExposureView,
}

fn curves(t: T, weights: &crate::matching::Weights) -> Vec<CurveView> {
    Quantity::ALL
        .into_iter()
        .map(|quantity| {
            let curve = weights.curve(quantity);
            CurveView {
                name: t.get(&format!("quantity-{}", quantity.as_str())),
                knots: curve
                    .knots
                    .iter()
                    .zip(&curve.values)
                    .map(|(x, y)| {
                        let decimals = if x.fract() == 0.0 { 0 } else { 2 };
                        (t.decimal(f64::from(*x), decimals), t.decimal(f64::from(*y), 1))
                    })
                    .collect(),
            }
        })
        .collect()
}

fn policy(t: T, policy: &crate::matching::weights::Policy) -> Vec<PolicyView> {
    let points = |hundredths: i16| t.decimal(f64::from(hundredths) / 100.0, 1);
    let list = |all: &[i16]| all.iter().map(|p| points(*p)).collect::<Vec<String>>().join(" / ");
    [
        ("policy-needs", points(policy.needs)),
        ("policy-languages", list(&policy.language)),
        ("policy-english", list(&policy.english)),
        ("policy-formats", list(&policy.formats)),
        ("policy-wish", points(policy.wish)),
        ("policy-claimed", points(policy.claimed)),
        ("policy-verified", points(policy.verified)),
        ("policy-open", points(policy.open_place)),
        ("policy-visibility", t.percent(f64::from(policy.visibility_percent) / 100.0, 0)),
    ]
    .into_iter()
    .map(|(key, value)| PolicyView { label: t.get(key), value })
    .collect()
}

/// The rules of [`lists`](crate::matching::lists) in plain words.
fn list_rules(t: T) -> Vec<String> {
    let number = |n: usize| t.number(n as i64);
    vec![
        t.two(
            "method-lists-asking",
            "country",
            number(lists::MOST_OF_A_COUNTRY),
            "most",
            number(lists::MOST_LISTS),
        ),
        t.one("method-lists-share", "times", t.decimal(lists::MOST_OF_SHARE, 1)),
        t.one("method-lists-oblasts", "oblast", number(lists::MOST_OF_AN_OBLAST)),
        t.one("method-lists-guests", "guests", number(lists::GUESTS)),
        t.one("method-lists-mutual", "among", number(lists::BEST_BY_AFFINITY)),
        t.get("method-lists-plain"),
    ]
}

/// How evenly the lists show hromadas, and places. It takes a while the first
/// time, so it is measured beside the threads that answer requests.
async fn exposure(snapshot: &Arc<Snapshot>) -> Result<[Exposure; 2], AppError> {
    let measured = Arc::clone(snapshot);
    web::block(move || measured.exposure())
        .await
        .map_err(|e| AppError::Other(anyhow::anyhow!("the exposure could not be measured: {e}")))
}

/// `GET /api/v1/exposure.csv`: the tables of the method page.
pub(crate) async fn exposure_csv(
    request: HttpRequest,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let snapshot = app.now();
    let mut body = Vec::new();
    let [hromadas, places] = exposure(&snapshot).await?;
    export::exposure(&snapshot.directory, &hromadas, &places)
        .write_csv(&mut body)
        .map_err(AppError::Other)?;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"exposure.csv\""))
        .body(body))
}

/// `GET /{lang}/method`
pub(crate) async fn show(
    request: HttpRequest,
    page: Page,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let snapshot = app.now();
    let t = page.t;
    let [hromadas, places] = exposure(&snapshot).await?;
    let weights = snapshot.corpus.weights();
    let learned = &weights.learned_from;
    let groups = [Group::Affinity, Group::Fit, Group::Readiness]
        .into_iter()
        .map(|group| GroupView {
            name: t.get(&format!("group-{}", group.as_str())),
            about: t.get(&format!("group-{}-about", group.as_str())),
            criteria: Criterion::ALL
                .into_iter()
                .filter(|c| c.group() == group)
                .map(|c| CriterionView {
                    name: t.get(&format!("criterion-{}", c.as_str())),
                    about: t.get(&format!("criterion-{}-about", c.as_str())),
                })
                .collect(),
        })
        .collect();
    html(&Method {
        groups,
        version: weights.version.clone(),
        learned: t.two(
            "method-learned",
            "pairs",
            t.number(learned.pairs as i64),
            "twinnings",
            t.number(learned.twinnings as i64),
        ),
        backtest: t.with(
            "method-backtest",
            &[
                ("hit", t.percent(learned.held_out_hit_at_10, 1).into()),
                ("places", t.number(learned.places as i64).into()),
                ("auc", t.percent(learned.held_out_auc, 1).into()),
            ],
        ),
        scale: t.one(
            "method-scale",
            "points",
            t.decimal(f64::from(weights.points_per_log_odds), 1),
        ),
        curves: curves(t, weights),
        roles: roles(t, weights),
        policy: policy(t, &weights.policy),
        lists: list_rules(t),
        hromadas: exposure_view(&page, &snapshot.directory, &hromadas, "hromadas"),
        places: exposure_view(&page, &snapshot.directory, &places, "places"),
        page,
    })
}
