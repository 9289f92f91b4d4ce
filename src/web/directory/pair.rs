//! One pair side by side: why for each, how the score adds up, what nobody
//! knows, and what would change it.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::domain::directory::{Directory, Row};
use crate::domain::municipality::{Municipality, Status};
use crate::i18n::Value;
use crate::matching::{Criterion, PairScore};
use crate::snapshot::Snapshot;
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::lookup::{Found, find, moved};
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::respond::html;
use crate::web::kit::view::{ControlView, NameView, PeopleView, ScoreView, role};
use crate::wording;

struct SideView {
    name: NameView,
    people: String,
    role: String,
    invented: bool,
    control: Option<ControlView>,
}

impl SideView {
    fn new(page: &Page, directory: &Directory, m: &Municipality) -> SideView {
        SideView {
            name: NameView::new(page, directory, m),
            people: PeopleView::phrase(page.t, m),
            role: role(page.t, m.role),
            invented: m.invented,
            control: ControlView::of(page.t, m),
        }
    }
}

/// One row of the table in which the score adds up. Positions are percent of
/// the chart's width.
struct StepView {
    label: String,
    known: bool,
    points: String,
    about: String,
    /// Left edge and length of the bar.
    x: String,
    width: String,
    takes_away: bool,
    /// Where the sum stands before and after.
    before: String,
    after: String,
    /// The sum so far, in points, for narrow screens.
    running: String,
}

struct GroupView {
    name: String,
    about: String,
    steps: Vec<StepView>,
}

struct UnknownView {
    name: String,
    why: String,
}

struct ChangeView {
    points: String,
    sentence: String,
}

/// A hanger of the bridge.
struct Hanger {
    x: String,
    y: String,
    known: bool,
}

#[derive(Template)]
#[template(path = "directory/municipality/pair.html")]
struct Show {
    page: Page,
    own: SideView,
    other: SideView,
    score: ScoreView,
    hangers: Vec<Hanger>,
    for_subject: Vec<String>,
    for_partner: Vec<String>,
    one_way: bool,
    already: bool,
    /// Whether the two can be brought together: not where a side is under
    /// occupation. Then nothing here speaks for it.
    letters: bool,
    weakest: Option<String>,
    groups: Vec<GroupView>,
    sum_x: String,
    sum_width: String,
    sum: String,
    sum_title: String,
    unknown: Vec<UnknownView>,
    changes: Vec<ChangeView>,
    weights: String,
    letter_url: String,
    compare_url: String,
    json_url: String,
    swapped_url: String,
    partners_url: String,
}

/// The hangers of the arch, one for each criterion.
fn hangers(score: &PairScore) -> Vec<Hanger> {
    score
        .contributions
        .iter()
        .enumerate()
        .map(|(i, c)| {
            // The arch is the parabola through both ends of the deck.
            let part = (i + 1) as f64 / 10.0;
            let x = 2.0 + 596.0 * part;
            let y = 114.0 - 4.0 * 111.6 * part * (1.0 - part);
            Hanger { x: format!("{x:.1}"), y: format!("{y:.1}"), known: c.known }
        })
        .collect()
}

/// The rows of the table, group by group; and the left edge and length of
/// the sum.
fn steps(
    page: &Page,
    snapshot: &Snapshot,
    pair: (Row, Row),
    score: &PairScore,
) -> (Vec<GroupView>, (f64, f64)) {
    let t = page.t;
    let mut sums = vec![0i32];
    for c in &score.contributions {
        sums.push(sums[sums.len() - 1] + i32::from(c.hundredths));
    }
    let low = sums.iter().copied().min().unwrap_or(0).min(0);
    let high = sums.iter().copied().max().unwrap_or(0).max(1_000);
    let at = |sum: i32| f64::from(sum - low) / f64::from(high - low).max(1.0) * 96.0 + 2.0;
    let percent = |x: f64| format!("{x:.2}%");
    let mut groups: Vec<GroupView> = Vec::new();
    let mut last = None;
    for (i, c) in score.contributions.iter().enumerate() {
        let group = c.criterion.group();
        if last != Some(group) {
            last = Some(group);
            groups.push(GroupView {
                name: t.get(&format!("group-{}", group.as_str())),
                about: t.get(&format!("group-{}-about", group.as_str())),
                steps: Vec::new(),
            });
        }
        let (from, to) = (at(sums[i]), at(sums[i + 1]));
        let about = if c.known {
            what_is_known(page, snapshot, pair, c.criterion)
        } else {
            t.get(&format!("criterion-{}-unknown", c.criterion.as_str()))
        };
        let step = StepView {
            label: t.get(&format!("criterion-{}", c.criterion.as_str())),
            known: c.known,
            points: wording::signed_points(t, i32::from(c.hundredths)),
            about,
            x: percent(from.min(to)),
            width: percent((to - from).abs()),
            takes_away: c.hundredths < 0,
            before: percent(from),
            after: percent(to),
            running: wording::points(t, sums[i + 1]),
        };
        if let Some(group) = groups.last_mut() {
            group.steps.push(step);
        }
    }
    let (zero, end) = (at(0), at(score.hundredths));
    (groups, (zero.min(end), (end - zero).abs()))
}

/// What is known of a pair for one criterion, in words.
fn what_is_known(
    page: &Page,
    snapshot: &Snapshot,
    (own, other): (Row, Row),
    criterion: Criterion,
) -> String {
    let (t, directory) = (page.t, &*snapshot.directory);
    let (a, b) = (directory.municipality(own), directory.municipality(other));
    match criterion {
        Criterion::Distance => {
            let km = a.point.km_to(b.point).round() as i64;
            t.one("known-distance", "km", t.number(km))
        }
        Criterion::Size => t.two(
            "known-size",
            "own",
            PeopleView::new(t, a).figure,
            "other",
            PeopleView::new(t, b).figure,
        ),
        Criterion::Role => t.two("known-role", "own", role(t, a.role), "other", role(t, b.role)),
        Criterion::Country => t.two(
            "known-country",
            "own",
            wording::region(t, directory, a),
            "other",
            wording::whereabouts(t, directory, b),
        ),
        Criterion::Ties
        | Criterion::Needs
        | Criterion::Languages
        | Criterion::Formats
        | Criterion::Readiness => match snapshot.corpus.reason_of(own, other, criterion) {
            Some(reason) => wording::reason(t, directory, &reason),
            None => t.get(&format!("known-{}", criterion.as_str())),
        },
    }
}

/// `GET /{lang}/municipalities/{slug}/partners/{partner}`
pub(crate) async fn show(
    request: HttpRequest,
    page: Page,
    path: web::Path<(String, String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let snapshot = app.now();
    let (directory, corpus) = (&*snapshot.directory, &*snapshot.corpus);
    let own = match find(directory, &path.1)? {
        Found::Here(row) => row,
        Found::Moved(new) => return Ok(moved(&request, &path.1, &new)),
    };
    let other = match find(directory, &path.2)? {
        Found::Here(row) => row,
        Found::Moved(new) => {
            let location = page.url(&format!("/municipalities/{}/partners/{new}", path.1));
            return Ok(HttpResponse::MovedPermanently()
                .insert_header(("location", location))
                .finish());
        }
    };
    // A pair is a hromada and a place; two of a kind have no score.
    let why = corpus.explain(own, other).ok_or(AppError::NotFound)?;
    let t = page.t;
    let (a, b) = (directory.municipality(own), directory.municipality(other));
    let already = corpus.are_partners(own, other);
    let asked = already || b.status != Status::Listed;
    let score = ScoreView::new(t, &why.score, why.partner_states, None, asked);
    let (groups, sum) = steps(&page, &snapshot, (own, other), &why.score);
    let pair = format!("/municipalities/{}/partners/{}", a.slug, b.slug);
    let percent = |x: f64| format!("{x:.2}%");
    html(&Show {
        own: SideView::new(&page, directory, a),
        other: SideView::new(&page, directory, b),
        hangers: hangers(&why.score),
        for_subject: wording::first_reasons(t, directory, &why.for_subject),
        for_partner: wording::first_reasons(t, directory, &why.for_partner),
        one_way: why.one_way && why.score.of(Criterion::Needs).known,
        already,
        letters: !a.is_occupied() && !b.is_occupied(),
        weakest: why.weakest.map(|c| {
            let points = i32::from(why.score.of(c).hundredths);
            t.two(
                "pair-weakest",
                "criterion",
                t.get(&format!("criterion-{}", c.as_str())),
                "points",
                wording::signed_points(t, points),
            )
        }),
        groups,
        sum_x: percent(sum.0),
        sum_width: percent(sum.1),
        sum: wording::points(t, why.score.hundredths),
        sum_title: if score.shown {
            t.one("pair-sum-title", "points", &score.points)
        } else {
            t.get("pair-sum-title-unstated")
        },
        unknown: why
            .unknown
            .iter()
            .map(|c| UnknownView {
                name: t.get(&format!("criterion-{}", c.as_str())),
                why: t.get(&format!("criterion-{}-unknown", c.as_str())),
            })
            .collect(),
        changes: corpus
            .changes(own, other)
            .iter()
            .take(5)
            .map(|change| ChangeView {
                points: wording::signed_points(t, change.hundredths),
                sentence: wording::change(t, directory, change, other),
            })
            .collect(),
        weights: {
            let pairs = corpus.weights().learned_from.pairs as i64;
            t.with(
                "pair-weights",
                &[
                    ("version", Value::from(corpus.weights().version.as_str())),
                    ("count", Value::from(pairs)),
                    ("n", Value::from(t.number(pairs))),
                ],
            )
        },
        letter_url: page.url(&format!("{pair}/letter")),
        compare_url: page.url(&format!("/compare?for={}&with={}", a.slug, b.slug)),
        json_url: format!("/api/v1{pair}"),
        swapped_url: page.url(&format!("/municipalities/{}/partners/{}", b.slug, a.slug)),
        partners_url: page.url(&format!("/municipalities/{}/partners", a.slug)),
        score,
        page,
    })
}
