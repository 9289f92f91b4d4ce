//! Pieces that several pages show: names, scores, entries, page numbers.

use super::page::Page;
use super::params::{Params, PassedOver};
use crate::domain::audience::Audience;
use crate::domain::directory::{Directory, Record, Row};
use crate::domain::municipality::{Control, Municipality, Role, Status};
use crate::domain::profile::Entry;
use crate::i18n::T;
use crate::import::UNNAMED_SOURCE;
use crate::matching::{Corpus, Match, PairScore, Reason};
use crate::wording::{self, Tagged};

/// Values that were passed over and are told of: an address may hold hundreds.
const TOLD: usize = 5;

/// A municipality by name.
pub(crate) struct NameView {
    /// The name the reader knows.
    pub(crate) name: String,
    /// Its language, where that is not the page's.
    pub(crate) lang: &'static str,
    /// The name in its own language, where that is another.
    pub(crate) own: Option<Tagged>,
    /// The same where the name shown is a transcription, which a reader cannot
    /// look up: lists have it as well.
    pub(crate) untranscribed: Option<Tagged>,
    /// Region and country.
    pub(crate) whereabouts: String,
    /// Its page.
    pub(crate) url: String,
    /// What lists say of who controls it, where that is not its government in
    /// peace.
    pub(crate) control: Option<String>,
}

impl NameView {
    pub(crate) fn new(page: &Page, directory: &Directory, m: &Municipality) -> NameView {
        let t = page.t;
        NameView {
            name: wording::name(t, m),
            lang: wording::name_language(t, m),
            own: wording::own_name(t, m),
            untranscribed: wording::untranscribed_name(t, m),
            whereabouts: wording::whereabouts(t, directory, m),
            url: page.municipality_url(&m.slug),
            control: control_tag(t, m),
        }
    }
}

/// Where something was read, in words.
pub(crate) fn source(t: T, source: &str) -> String {
    match source {
        UNNAMED_SOURCE => t.get("source-unnamed"),
        source => source.to_owned(),
    }
}

/// What a visitor has to know about who controls a territory.
pub(crate) struct ControlView {
    /// Whose territory it is, where a page shows more than one.
    pub(crate) name: String,
    /// What is so, since when, and what follows.
    pub(crate) text: String,
    /// Where this was read.
    pub(crate) source: String,
}

impl ControlView {
    /// Nothing where the government governs in peace.
    pub(crate) fn of(t: T, m: &Municipality) -> Option<ControlView> {
        let what = match m.control {
            Control::Government => return None,
            Control::Occupied if m.country.is_ukraine() => "control-occupied-ukraine",
            Control::Occupied => "control-occupied",
            Control::Partly => "control-partly",
            Control::Front => "control-front",
        };
        let follows = match m.control {
            Control::Occupied => Some("control-occupied-follows"),
            _ => m.is_hromada().then_some("control-front-follows"),
        };
        // The sources of the shipped table have names in every language, and
        // some a date that they describe.
        let key = format!("control-source-{}", m.control_source);
        let source = if t.has(&key) { t.get(&key) } else { source(t, &m.control_source) };
        let dated = format!("control-asof-{}", m.control_source);
        let mut sentences = Vec::new();
        sentences.extend(t.has(&dated).then(|| t.get(&dated)));
        sentences.push(t.get(what));
        sentences
            .extend(m.control_since.map(|d| t.one("control-since", "date", t.partial_date(d))));
        sentences.extend(follows.map(|key| t.get(key)));
        Some(ControlView { name: wording::name(t, m), text: sentences.join(" "), source })
    }
}

/// The word on lists for who controls a territory, or that it was occupied;
/// nothing where the government governs in peace.
pub(crate) fn control_tag(t: T, m: &Municipality) -> Option<String> {
    match (m.control, &m.occupied_until) {
        (Control::Government, None) => None,
        (Control::Government, Some(past)) => {
            Some(t.one("tag-occupied-until", "date", t.partial_date(past.until)))
        }
        (control, _) => Some(t.get(&format!("tag-{}", control.as_str()))),
    }
}

/// A population with what is known of it.
pub(crate) struct PeopleView {
    /// The figure, with ≈ before an estimate; empty where unknown.
    pub(crate) figure: String,
    /// Year and source, or that it is an estimate.
    pub(crate) source: String,
    /// The same in a word or two, for tables.
    pub(crate) short: String,
}

impl PeopleView {
    pub(crate) fn new(t: T, m: &Municipality) -> PeopleView {
        let Some(p) = &m.population else {
            let none = String::new;
            return PeopleView { figure: none(), source: none(), short: none() };
        };
        let figure = wording::people(t, m);
        let year = p.year.map_or(String::new(), |y| y.to_string());
        let named = source(t, &p.source);
        let source = match (p.source.as_str(), p.estimated) {
            ("settlements", _) => t.one("people-from-settlements", "year", year),
            ("GeoNames", true) => t.one("people-geonames-estimated", "year", year),
            ("GeoNames", false) => t.one("people-geonames", "year", year),
            (_, true) => t.two("people-source-estimated", "source", named, "year", year),
            (_, false) => t.two("people-source", "source", named, "year", year),
        };
        // Many have left the places of the war, and nobody counts who stayed.
        let source = match m.is_hromada() && m.control != Control::Government {
            true => format!("{} {source}", t.get("people-before-the-war")),
            false => source,
        };
        let year = p.year.map_or(String::new(), |y| y.to_string());
        // GeoNames says when it changed an entry, not of what year a figure is.
        let short = match (p.source.as_str(), p.estimated) {
            ("GeoNames", true) => t.get("people-estimate-undated"),
            ("GeoNames", false) => String::new(),
            (_, true) => t.one("people-estimate", "year", year),
            (_, false) => year,
        };
        PeopleView { figure, source, short }
    }

    /// The figure with the word for people.
    pub(crate) fn phrase(t: T, m: &Municipality) -> String {
        match &m.population {
            None => t.get("people-unknown"),
            Some(p) => {
                let value = rounded(p.value, p.estimated);
                let text = t.count("people-count", value);
                if p.estimated { format!("≈\u{A0}{text}") } else { text }
            }
        }
    }
}

/// A population as it is shown: estimates no more precisely than they are.
pub(crate) fn rounded(value: i64, estimated: bool) -> i64 {
    if estimated { wording::estimate(value) } else { value }
}

/// A score as it is shown.
pub(crate) struct ScoreView {
    /// Whether a number is shown: only where the partner has stated
    /// something itself.
    pub(crate) shown: bool,
    /// The number.
    pub(crate) points: String,
    /// "points", as it follows the number.
    pub(crate) unit: String,
    /// Length of the bar, 0 to 100: it is full for whatever is more like a
    /// partnership than the 95th percentile of those that are known.
    pub(crate) bar: i64,
    /// Its place in the list, or how alike known partnerships it is: what is
    /// said where no number is shown.
    pub(crate) among: String,
    /// "7 of 9 known".
    pub(crate) coverage: String,
    /// Whether the other side needs no word that it is not here yet: it has
    /// members, or the two are partners.
    pub(crate) asked: bool,
    /// For each criterion whether it is known.
    pub(crate) segments: Vec<bool>,
}

impl ScoreView {
    /// The view of a score: with the place of the partner in a list, or without
    /// one; `asked` as in the field of this name.
    pub(crate) fn new(
        t: T,
        score: &PairScore,
        states: bool,
        place: Option<usize>,
        asked: bool,
    ) -> ScoreView {
        let among = match place {
            Some(place) => t.one("score-place", "n", t.number(place as i64)),
            None => wording::alike(t, score.hundredths),
        };
        let points = wording::round(score.hundredths);
        ScoreView {
            shown: states,
            points: wording::points(t, score.hundredths),
            unit: t.count("score-points", points.abs()),
            bar: points.clamp(0, 100),
            among,
            coverage: t.two(
                "score-coverage",
                "known",
                t.number(score.known() as i64),
                "of",
                t.number(9),
            ),
            asked,
            segments: score.contributions.iter().map(|c| c.known).collect(),
        }
    }
}

/// A need or an offer as a visitor may see it.
pub(crate) struct EntryView {
    /// What it is about: the sub-area, or only the area where the rest is
    /// for members.
    pub(crate) title: String,
    /// The area, where `title` is a sub-area.
    pub(crate) area: String,
    pub(crate) area_url: String,
    /// The level in words.
    pub(crate) level: String,
    /// The level for those who cannot see the dots.
    pub(crate) level_label: String,
    /// Four dots, filled up to the level.
    pub(crate) dots: Vec<bool>,
    /// The statement, if the reader may see it.
    pub(crate) statement: Option<Tagged>,
    /// Whether more is there for verified members.
    pub(crate) withheld: bool,
    /// Whether the reader sees it as one of few.
    pub(crate) is_narrow: bool,
}

impl EntryView {
    fn new(page: &Page, entry: &Entry, insider: bool) -> EntryView {
        let t = page.t;
        let area = entry.subarea.area();
        let public = entry.audience == Audience::Public || insider;
        let level = entry.level.value();
        let statement = entry.statement(page.lang()).filter(|_| public).map(|(language, body)| {
            let lang = if language == page.lang() {
                ""
            } else {
                crate::domain::profile::Language::parse(language).map_or("", |l| l.code())
            };
            Tagged { text: body.clone(), lang }
        });
        EntryView {
            title: if public { t.get(&entry.subarea.key()) } else { t.get(&area.key()) },
            area: if public { t.get(&area.key()) } else { String::new() },
            area_url: page.url(&format!("/areas/{}", area.slug)),
            level: t.get(&format!("level-{level}")),
            level_label: t.one("level-label", "level", t.number(i64::from(level))),
            dots: (1..=4).map(|n| n <= level).collect(),
            statement,
            withheld: !public,
            is_narrow: public && entry.audience != Audience::Public,
        }
    }
}

/// Needs and offers of a municipality, as a visitor may see them.
pub(crate) struct EntriesView {
    pub(crate) needs: Vec<EntryView>,
    pub(crate) offers: Vec<EntryView>,
    pub(crate) exchanges: Vec<EntryView>,
    /// Whether something is there for verified members only.
    pub(crate) withheld: bool,
}

impl EntriesView {
    /// What somebody may see on a day: `insider` is whoever may read what is
    /// for members of verified municipalities.
    pub(crate) fn new(
        page: &Page,
        record: &Record,
        today: chrono::NaiveDate,
        insider: bool,
    ) -> EntriesView {
        use crate::domain::audience::Direction;
        let entries = |direction: Direction| {
            record
                .profile
                .entries
                .iter()
                .filter(|e| e.direction == direction && e.is_area_public_on(today))
                .map(|e| EntryView::new(page, e, insider))
                .collect::<Vec<EntryView>>()
        };
        let (needs, offers, exchanges) =
            (entries(Direction::Need), entries(Direction::Offer), entries(Direction::Exchange));
        let withheld = needs.iter().chain(&offers).chain(&exchanges).any(|e| e.withheld);
        EntriesView { needs, offers, exchanges, withheld }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.needs.is_empty() && self.offers.is_empty() && self.exchanges.is_empty()
    }
}

/// Reasons that a list gives for each side; the page of the pair has all.
const LISTED_REASONS: usize = 2;

fn listed_reasons(t: T, directory: &Directory, reasons: &[Reason]) -> Vec<String> {
    reasons.iter().take(LISTED_REASONS).map(|r| wording::reason(t, directory, r)).collect()
}

/// One partner in a list.
pub(crate) struct MatchView {
    pub(crate) name: NameView,
    pub(crate) people: String,
    pub(crate) distance: String,
    pub(crate) score: ScoreView,
    pub(crate) for_subject: Vec<String>,
    pub(crate) for_partner: Vec<String>,
    pub(crate) unknown: String,
    pub(crate) one_way: bool,
    pub(crate) pair_url: String,
    pub(crate) visibility: String,
}

impl MatchView {
    pub(crate) fn new(
        page: &Page,
        directory: &Directory,
        corpus: &Corpus,
        subject: Row,
        found: &Match,
        place: usize,
    ) -> Option<MatchView> {
        let t = page.t;
        let why = corpus.explain(subject, found.row)?;
        let (own, other) = (directory.municipality(subject), directory.municipality(found.row));
        let pair = format!("/municipalities/{}/partners/{}", own.slug, other.slug);
        let unknown: Vec<String> = why
            .unknown
            .iter()
            .map(|c| t.get(&format!("criterion-{}-inline", c.as_str())))
            .collect();
        let km = own.point.km_to(other.point).round() as i64;
        let joined = other.status != Status::Listed;
        Some(MatchView {
            name: NameView::new(page, directory, other),
            people: PeopleView::phrase(t, other),
            distance: t.one("distance-km", "km", t.number(km)),
            score: ScoreView::new(t, &why.score, why.partner_states, Some(place), joined),
            for_subject: listed_reasons(t, directory, &why.for_subject),
            for_partner: listed_reasons(t, directory, &why.for_partner),
            unknown: unknown.join(", "),
            one_way: why.one_way,
            pair_url: page.url(&pair),
            visibility: match found.visibility {
                0 => String::new(),
                v => t.one("match-visibility", "points", wording::signed_points(t, i32::from(v))),
            },
        })
    }
}

/// A number in the row of pages.
pub(crate) struct PageLink {
    pub(crate) number: String,
    pub(crate) url: String,
    pub(crate) current: bool,
    pub(crate) gap: bool,
}

/// Links to the other pages of a list.
pub(crate) struct Pager {
    pub(crate) links: Vec<PageLink>,
    pub(crate) previous: Option<String>,
    pub(crate) next: Option<String>,
}

impl Pager {
    /// Links for page `current` of `last`, first and last always among them.
    pub(crate) fn new(t: T, path: &str, params: &Params, current: usize, last: usize) -> Pager {
        let url = |n: usize| {
            let number = n.to_string();
            let set = if n == 1 { "" } else { number.as_str() };
            format!("{path}{}", params.with(&["page"], &[("page", set)]))
        };
        let mut wanted: Vec<usize> = vec![1, last];
        wanted.extend(current.saturating_sub(1).max(1)..=(current + 1).min(last));
        wanted.sort_unstable();
        wanted.dedup();
        let mut links = Vec::new();
        let mut before = 0;
        for n in wanted {
            if n > before + 1 {
                links.push(PageLink {
                    number: String::new(),
                    url: String::new(),
                    current: false,
                    gap: true,
                });
            }
            links.push(PageLink {
                number: t.number(n as i64),
                url: url(n),
                current: n == current,
                gap: false,
            });
            before = n;
        }
        Pager {
            links,
            previous: (current > 1).then(|| url(current - 1)),
            next: (current < last).then(|| url(current + 1)),
        }
    }
}

/// A choice in a form.
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) chosen: bool,
}

impl Choice {
    pub(crate) fn new(value: impl Into<String>, label: impl Into<String>, chosen: bool) -> Choice {
        Choice { value: value.into(), label: label.into(), chosen }
    }
}

/// What of a query was passed over, in sentences to stand above the list.
pub(crate) fn passed_over(t: T, params: &Params) -> Vec<String> {
    let told = |(name, value): PassedOver| {
        let value: String = value.chars().take(60).collect();
        match name {
            "country" | "region" => t.one(&format!("passed-over-{name}"), "value", value),
            _ => {
                let key = format!("filter-{name}");
                let label = match name {
                    "order" => t.get("order-label"),
                    "sort" => t.get("sort"),
                    _ if t.has(&key) => t.get(&key),
                    name => name.to_owned(),
                };
                t.two("passed-over-other", "name", label, "value", value)
            }
        }
    };
    params.passed_over().into_iter().take(TOLD).map(told).collect()
}

/// The role of a municipality in words.
pub(crate) fn role(t: T, role: Role) -> String {
    t.get(&format!("role-{}", role.as_str()))
}
