//! What stands behind it: the method, the data, accessibility, privacy.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::error::AppError;
use super::page::Page;
use super::params::Params;
use super::{App, html};
use crate::export::MUNICIPALITY_COLUMNS;
use crate::i18n::T;
use crate::matching::knowledge::Quantity;
use crate::matching::lists;
use crate::matching::{Criterion, Exposure, Group};

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

struct BandView {
    size: String,
    candidates: String,
    shown: String,
    shown_share: String,
    share: String,
}

struct ExposureView {
    rows: Vec<BandView>,
    caption: String,
}

fn exposure_view(t: T, exposure: &Exposure, caption: &str) -> ExposureView {
    ExposureView {
        rows: exposure
            .by_size
            .iter()
            .chain(Some(&exposure.of_unknown_size).filter(|b| b.candidates > 0))
            .map(|b| BandView {
                size: t.get(&format!("size-{}", b.band)),
                candidates: t.number(b.candidates as i64),
                shown: t.number(b.shown as i64),
                shown_share: t.percent(b.shown as f64 / (b.candidates as f64).max(1.0), 1),
                share: t.percent(b.share, 1),
            })
            .collect(),
        caption: t.with(
            caption,
            &[
                ("distinct", t.number(exposure.distinct as i64).into()),
                ("max", t.number(exposure.max as i64).into()),
                ("gini", t.decimal(exposure.gini, 3).into()),
            ],
        ),
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
#[template(path = "about/method.html")]
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

/// `GET /{lang}/method`
pub(super) async fn method(
    request: HttpRequest,
    page: Page,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let snapshot = app.now();
    let t = page.t;
    // Ranking everybody takes a while the first time.
    let measured = std::sync::Arc::clone(&snapshot);
    let exposure = web::block(move || measured.exposure())
        .await
        .map_err(|e| AppError::Other(anyhow::anyhow!("the exposure could not be measured: {e}")))?;
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
    let [hromadas, places] = exposure;
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
        hromadas: exposure_view(t, &hromadas, "method-exposure-caption-hromadas"),
        places: exposure_view(t, &places, "method-exposure-caption-places"),
        page,
    })
}

#[derive(Template)]
#[template(path = "about/data.html")]
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
pub(super) async fn data(
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
#[template(path = "about/accessibility.html")]
struct Accessibility {
    page: Page,
    date: String,
}

/// The day the accessibility statement was last checked against the pages.
const ACCESSIBILITY_CHECKED: (i32, u32, u32) = (2026, 11, 22);

/// `GET /{lang}/accessibility`
pub(super) async fn accessibility(
    request: HttpRequest,
    page: Page,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let (y, m, d) = ACCESSIBILITY_CHECKED;
    let date = chrono::NaiveDate::from_ymd_opt(y, m, d).map(|day| page.t.date(day));
    html(&Accessibility { date: date.unwrap_or_default(), page })
}

#[derive(Template)]
#[template(path = "about/privacy.html")]
struct Privacy {
    page: Page,
    /// What is stored of people with an account, and for how long.
    stored: Vec<String>,
}

/// `GET /{lang}/privacy`
pub(super) async fn privacy(request: HttpRequest, page: Page) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let stored = page.t.get("privacy-account-list").split(" | ").map(str::to_owned).collect();
    html(&Privacy { stored, page })
}

/// `GET /robots.txt`
pub(super) async fn robots() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body("User-agent: *\nDisallow: /en/compare\nDisallow: /uk/compare\nDisallow: /*/letter\n")
}
