//! The table of a comparison: what is known of each partner, and what it adds
//! to the score.

use crate::domain::audience::Direction;
use crate::domain::directory::Row;
use crate::domain::municipality::{Control, Municipality, Status};
use crate::domain::official::official_languages;
use crate::domain::profile::Entry;
use crate::domain::tie::Place;
use crate::i18n::T;
use crate::matching::explain::Meeting;
use crate::matching::{Criterion, Explanation};
use crate::snapshot::Snapshot;
use crate::web::directory::municipality::outside_name;
use crate::web::kit::view::{PeopleView, ScoreView, control_tag, role};
use crate::wording::{self, Tagged};

/// How a line of a cell is set.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    /// Beside what is said above it.
    Soft,
    /// A large figure.
    Figure,
    /// Somebody's own words.
    Quote,
    Tag,
    /// That nobody knows.
    Unknown,
}

/// A line of a cell.
pub(super) struct Line {
    pub(super) text: Tagged,
    pub(super) style: Style,
}

impl Line {
    fn new(text: impl Into<String>, style: Style) -> Line {
        Line { text: Tagged { text: text.into(), lang: "" }, style }
    }

    pub(super) fn is(&self, style: &str) -> bool {
        style
            == match self.style {
                Style::Plain => "plain",
                Style::Soft => "soft",
                Style::Figure => "figure",
                Style::Quote => "quote",
                Style::Tag => "tag",
                Style::Unknown => "unknown",
            }
    }
}

/// What stands in one column of a row.
#[derive(Default)]
pub(super) struct Cell {
    pub(super) lines: Vec<Line>,
    /// What it adds to the score; empty where it is no criterion, or where
    /// nobody knows.
    pub(super) points: String,
}

impl Cell {
    fn line(mut self, text: impl Into<String>, style: Style) -> Cell {
        self.lines.push(Line::new(text, style));
        self
    }

    fn plain(text: impl Into<String>) -> Cell {
        Cell::default().line(text, Style::Plain)
    }
}

/// A row with a cell for each partner.
pub(super) struct RowView {
    pub(super) label: String,
    /// Whether its cells hold sentences, which want the whole width of a phone.
    pub(super) long: bool,
    pub(super) cells: Vec<Cell>,
}

/// What the cells of one partner are made from.
struct Facts<'a> {
    t: T,
    snapshot: &'a Snapshot,
    subject: Row,
    partner: Row,
    why: &'a Explanation,
    score: &'a ScoreView,
}

/// The rows for some partners of a subject, each with its explanation and
/// score.
pub(super) fn rows(
    t: T,
    snapshot: &Snapshot,
    subject: Row,
    partners: &[(Row, Explanation, ScoreView)],
) -> Vec<RowView> {
    let all: Vec<Facts> = partners
        .iter()
        .map(|(partner, why, score)| Facts { t, snapshot, subject, partner: *partner, why, score })
        .collect();
    let are_hromadas = all.first().is_some_and(|f| f.municipality().is_hromada());
    ROWS.iter()
        .filter(|(key, ..)| are_hromadas || *key != "compare-control")
        .map(|(key, long, cell)| RowView {
            label: t.get(key),
            long: *long,
            cells: all.iter().map(cell).collect(),
        })
        .collect()
}

/// The rows in their order: the key of the label, whether the cells hold
/// sentences, and what makes them.
const ROWS: [(&str, bool, fn(&Facts<'_>) -> Cell); 14] = [
    ("compare-where", false, |f| f.place()),
    ("compare-score", false, |f| f.score()),
    ("criterion-distance", false, |f| f.distance()),
    ("compare-people", false, |f| f.people()),
    ("compare-control", false, |f| f.control()),
    ("criterion-country", true, |f| f.country()),
    ("criterion-ties", true, |f| f.ties()),
    ("criterion-role", false, |f| f.role()),
    ("criterion-languages", false, |f| f.languages()),
    ("compare-they-need", true, |f| f.meetings(false)),
    ("compare-they-offer", true, |f| f.meetings(true)),
    ("compare-others", true, |f| f.other_entries()),
    ("criterion-readiness", false, |f| f.readiness()),
    ("criterion-formats", false, |f| f.formats()),
];

impl Facts<'_> {
    fn municipality(&self) -> &Municipality {
        self.snapshot.directory.municipality(self.partner)
    }

    /// The points of a criterion, where it is known.
    fn points(&self, criterion: Criterion) -> String {
        let contribution = self.why.score.of(criterion);
        if !contribution.known {
            return String::new();
        }
        let hundredths = i32::from(contribution.hundredths);
        let unit = self.t.count("score-points", wording::round(hundredths).abs());
        format!("{} {unit}", wording::signed_points(self.t, hundredths))
    }

    /// A cell of a criterion: `said`, or that nothing is said, or that it is not
    /// known.
    fn of(&self, criterion: Criterion, said: Cell) -> Cell {
        let points = self.points(criterion);
        let cell = match (said.lines.is_empty(), points.is_empty()) {
            (false, _) => said,
            // The other side's wishes, say, are known all the same.
            (true, false) => said.line(self.t.get("compare-unsaid"), Style::Soft),
            (true, true) => self.unknown(),
        };
        Cell { points, ..cell }
    }

    fn unknown(&self) -> Cell {
        Cell::default().line(self.t.get("not-known"), Style::Unknown)
    }

    fn place(&self) -> Cell {
        Cell::plain(wording::place(self.t, &self.snapshot.directory, self.municipality()))
    }

    fn score(&self) -> Cell {
        let cell = if self.score.shown {
            let of = format!("{} {}", self.score.points, self.score.unit);
            Cell::default().line(of, Style::Figure)
        } else {
            Cell::plain(&self.score.among)
        };
        cell.line(&self.score.coverage, Style::Soft)
    }

    fn distance(&self) -> Cell {
        let own = self.snapshot.directory.municipality(self.subject).point;
        let km = own.km_to(self.municipality().point).round() as i64;
        let cell = Cell::plain(self.t.one("distance-km", "km", self.t.number(km)));
        self.of(Criterion::Distance, cell)
    }

    fn people(&self) -> Cell {
        let m = self.municipality();
        let people = PeopleView::new(self.t, m);
        if people.figure.is_empty() {
            return self.of(Criterion::Size, Cell::default());
        }
        let mut cell = Cell::plain(people.figure);
        if m.is_hromada() && m.control != Control::Government {
            cell = cell
                .line(self.t.get("compare-before-the-war"), Style::Soft)
                .line(self.t.get("compare-today"), Style::Unknown);
        } else if !people.short.is_empty() {
            cell = cell.line(people.short, Style::Soft);
        }
        self.of(Criterion::Size, cell)
    }

    fn control(&self) -> Cell {
        let m = self.municipality();
        match control_tag(self.t, m) {
            None => Cell::plain(self.t.get("compare-control-none")),
            Some(tag) => {
                let cell = Cell::default().line(tag, Style::Tag);
                let dated = format!("control-asof-{}", m.control_source);
                if !self.t.has(&dated) {
                    return cell;
                }
                let asof = self.t.get(&dated);
                cell.line(asof.trim_end_matches(':'), Style::Soft)
            }
        }
    }

    fn country(&self) -> Cell {
        let said = self.snapshot.corpus.known_of_country(self.subject, self.partner);
        let cell = match said {
            Some((reason, known)) if known > 0 => {
                Cell::plain(wording::reason(self.t, &self.snapshot.directory, &reason))
            }
            _ => Cell::default().line(self.t.get("compare-country-none"), Style::Soft),
        };
        self.of(Criterion::Country, cell)
    }

    /// Its own ties, by name.
    fn ties(&self) -> Cell {
        const NAMED: usize = 3;
        let (directory, m) = (&*self.snapshot.directory, self.municipality());
        let ties = directory.ties_of(m.id).filter_map(|tie| match tie.other(m.id)? {
            Place::Listed(id) => {
                let other = directory.municipality(directory.by_id(*id)?);
                Some(wording::name(self.t, other))
            }
            Place::Outside(name) => Some(outside_name(name).1),
        });
        let names: Vec<String> = ties.collect();
        let cell = match names.len() {
            0 => Cell::default(),
            n if n > NAMED => {
                let more = self.t.count("neighbours-more", n - NAMED);
                Cell::plain(format!("{} {more}", names[..NAMED].join(", ")))
            }
            _ => Cell::plain(names.join(", ")),
        };
        self.of(Criterion::Ties, cell)
    }

    fn role(&self) -> Cell {
        self.of(Criterion::Role, Cell::plain(role(self.t, self.municipality().role)))
    }

    fn languages(&self) -> Cell {
        let m = self.municipality();
        let profile = &self.snapshot.directory.record(self.partner).profile;
        let stated: Vec<String> = profile
            .languages
            .iter()
            .map(|(l, f)| format!("{}\u{A0}{}", self.t.get(&l.key()), f.as_str()))
            .collect();
        let official: Vec<String> = match m.is_hromada() {
            true => Vec::new(),
            false => official_languages(m).iter().map(|l| self.t.get(&l.key())).collect(),
        };
        let cell = match (stated.is_empty(), official.is_empty()) {
            (false, _) => Cell::plain(stated.join(", ")),
            (true, false) => {
                let official = self.t.one("compare-official", "languages", official.join(", "));
                Cell::default().line(official, Style::Soft)
            }
            (true, true) => Cell::default(),
        };
        self.of(Criterion::Languages, cell)
    }

    /// What the partner offers and the subject needs, or the other way round.
    fn meetings(&self, of_subject: bool) -> Cell {
        if !self.why.partner_states {
            return self.unknown();
        }
        let reasons = if of_subject { &self.why.for_subject } else { &self.why.for_partner };
        let met = reasons.iter().filter_map(|r| r.meeting());
        // What one can share is told to both; here it stands with its need.
        let seeker = if of_subject { self.subject } else { self.partner };
        let met: Vec<Meeting> = met.filter(|m| m.need.0 == seeker).collect();
        let points = if of_subject || met.is_empty() {
            String::new()
        } else {
            self.points(Criterion::Needs)
        };
        let mut cell = Cell { points, ..Cell::default() };
        for meeting in &met {
            let (who, wanted): (_, fn(Direction) -> bool) = match of_subject {
                true => (meeting.offer, Direction::offers),
                false => (meeting.need, Direction::needs),
            };
            let directory = &*self.snapshot.directory;
            let said = wording::statement(directory, who, wanted, self.t.lang);
            let named = self.t.get(&who.1.key());
            cell.lines.push(match said {
                Some(text) => Line { text, style: Style::Quote },
                None => Line::new(&named, Style::Plain),
            });
            let entry = wording::entry_of(directory, who, wanted);
            let level = entry.map(|e| self.t.get(&format!("level-{}", e.level.value())));
            let about: Vec<String> = [Some(named), level].into_iter().flatten().collect();
            cell = cell.line(about.join(" · "), Style::Soft);
        }
        if met.is_empty() {
            let key = if of_subject { "compare-offer-none" } else { "compare-need-none" };
            cell = cell.line(self.t.get(key), Style::Soft);
        }
        cell
    }

    /// Its needs and offers that do not meet the subject's.
    fn other_entries(&self) -> Cell {
        let reasons = self.why.for_subject.iter().chain(&self.why.for_partner);
        let met: Vec<Meeting> = reasons.filter_map(|r| r.meeting()).collect();
        let is_met = |e: &Entry| {
            let own = (self.partner, e.subarea);
            met.iter().any(|m| m.need == own || m.offer == own)
        };
        let record = self.snapshot.directory.record(self.partner);
        let mut cell = Cell::default();
        for (key, wanted) in [
            ("compare-needs", Direction::Need),
            ("compare-offers", Direction::Offer),
            ("compare-exchanges", Direction::Exchange),
        ] {
            let entries = record.profile.public_entries(self.snapshot.today);
            let named = entries.filter(|e| e.direction == wanted && !is_met(e));
            let names: Vec<String> = named.map(|e| self.t.get(&e.subarea.key())).collect();
            if !names.is_empty() {
                cell = cell.line(self.t.one(key, "what", names.join(", ")), Style::Plain);
            }
        }
        match (cell.lines.is_empty(), self.why.partner_states) {
            (false, _) => cell,
            (true, true) => cell.line(self.t.get("compare-others-none"), Style::Soft),
            (true, false) => self.unknown(),
        }
    }

    fn readiness(&self) -> Cell {
        let (t, record) = (self.t, self.snapshot.directory.record(self.partner));
        let joined = record.municipality.status != Status::Listed;
        let cell = match record.profile.capacity {
            Some(n) if record.profile.has_open_place() => {
                Cell::plain(t.count("tag-open", i64::from(n)))
            }
            _ if record.profile.is_closed() => Cell::plain(t.get("tag-closed")),
            _ if joined => Cell::default().line(t.get("compare-unsaid"), Style::Soft),
            _ => Cell::default().line(t.get("score-nobody-asked"), Style::Soft),
        };
        self.of(Criterion::Readiness, cell)
    }

    fn formats(&self) -> Cell {
        let formats = &self.snapshot.directory.record(self.partner).profile.formats;
        let names: Vec<String> = formats.iter().map(|f| self.t.get(&f.key())).collect();
        let cell = if names.is_empty() { Cell::default() } else { Cell::plain(names.join(", ")) };
        self.of(Criterion::Formats, cell)
    }
}
