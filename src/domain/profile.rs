//! What a municipality says of itself: needs, offers, languages, formats and
//! wishes.

use chrono::NaiveDate;

use super::area::SubArea;
use super::audience::{Audience, Direction};
use super::country::Country;
use super::municipality::SizeBand;
use super::project::Project;
use crate::domain::words::stored_as_words;

/// A municipality picks at most this many needs, offers and exchanges,
/// because one that ticks everything says nothing.
pub const MAX_ENTRIES: usize = 5;

/// Longest statement, in characters.
pub const MAX_STATEMENT: usize = 300;

/// After how many months an entry expires unless renewed.
pub const ENTRY_MONTHS: u32 = 12;

/// How far a municipality has come in a sub-area, 1 to 4: curious, starting,
/// experienced, able to teach or host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level(u8);

impl Level {
    /// The level, if it is 1 to 4.
    pub fn new(value: u8) -> Option<Level> {
        (1..=4).contains(&value).then_some(Level(value))
    }

    /// Level 1, curious.
    pub fn lowest() -> Level {
        Level(1)
    }

    /// 1 to 4.
    pub fn value(self) -> u8 {
        self.0
    }
}

/// One need, offer or exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Need, offer or exchange.
    pub direction: Direction,
    /// What it is about.
    pub subarea: SubArea,
    /// Importance to the municipality, 1 (first) to [`MAX_ENTRIES`].
    pub rank: u8,
    /// How far it has come.
    pub level: Level,
    /// Who may read the statement and count the entry.
    pub audience: Audience,
    /// The day after which the entry no longer counts.
    pub expires_on: NaiveDate,
    /// The statement in the languages it was written in, as (language, text).
    pub statements: Vec<(String, String)>,
}

impl Entry {
    /// Whether everybody may see and count the entry on this day.
    pub fn is_public_on(&self, today: NaiveDate) -> bool {
        self.audience == Audience::Public && self.is_current_on(today)
    }

    /// Whether everybody may see the area of the entry on this day: more may be
    /// for verified members, but nothing that is for one partner shows at all.
    pub fn is_area_public_on(&self, today: NaiveDate) -> bool {
        self.audience != Audience::Partner && self.is_current_on(today)
    }

    /// Whether the entry has not expired.
    pub fn is_current_on(&self, today: NaiveDate) -> bool {
        today <= self.expires_on
    }

    /// The statement in the wanted language, else in any.
    pub fn statement(&self, language: &str) -> Option<&(String, String)> {
        self.statements.iter().find(|(l, _)| l == language).or(self.statements.first())
    }
}

/// How well a municipality can work in a language, 1 to 4: A1–A2, B1, B2,
/// C1 and better or native.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fluency {
    /// A1 or A2: greetings.
    A,
    /// B1: can follow a meeting.
    B1,
    /// B2: can work.
    B2,
    /// C1, C2 or native.
    C,
}
stored_as_words!(Fluency { A = "A2", B1 = "B1", B2 = "B2", C = "C1" });

impl Fluency {
    /// 1 to 4.
    pub fn value(self) -> u8 {
        self as u8 + 1
    }
}

/// The working languages the platform knows, as ISO 639-1 codes.
pub const LANGUAGES: [&str; 32] = [
    "uk", "en", "pl", "de", "fr", "es", "it", "ro", "cs", "sk", "hu", "bg", "lt", "lv", "et", "sv",
    "fi", "da", "no", "nl", "pt", "el", "hr", "sr", "sl", "mk", "sq", "tr", "ka", "is", "ga", "mt",
];

/// A working language.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(u8);

impl Language {
    /// The language with this ISO 639-1 code, if the platform knows it.
    pub fn parse(code: &str) -> Option<Language> {
        LANGUAGES.iter().position(|l| *l == code).map(|i| Language(i as u8))
    }

    /// The ISO 639-1 code.
    pub fn code(self) -> &'static str {
        LANGUAGES[self.0 as usize]
    }

    /// Position in [`LANGUAGES`].
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The Fluent key of its name.
    pub fn key(self) -> String {
        format!("language-{}", self.code())
    }
}

impl std::fmt::Debug for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

/// A way of working together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// A visit to learn.
    StudyVisit,
    /// Experts who come to help.
    ExpertMission,
    /// Staff who work alongside for a while.
    Shadowing,
    /// Meetings online.
    Online,
    /// Applying for money together.
    JointApplication,
    /// Giving equipment.
    Equipment,
    /// Young people who visit each other.
    YouthExchange,
}
stored_as_words!(Format {
    StudyVisit = "study-visit",
    ExpertMission = "expert-mission",
    Shadowing = "shadowing",
    Online = "online",
    JointApplication = "joint-application",
    Equipment = "equipment",
    YouthExchange = "youth-exchange",
});

impl Format {
    /// The Fluent key of its name.
    pub fn key(self) -> String {
        format!("format-{}", self.as_str())
    }
}

/// Whether a municipality looks for partners now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Openness {
    /// Looking.
    Open,
    /// Not now.
    Paused,
    /// Has the partners it wants.
    Complete,
}
stored_as_words!(Openness { Open = "open", Paused = "paused", Complete = "complete" });

/// What a municipality has said of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Needs, offers and exchanges, ordered by rank, at most [`MAX_ENTRIES`].
    pub entries: Vec<Entry>,
    /// Working languages with level, in the order of [`LANGUAGES`].
    pub languages: Vec<(Language, Fluency)>,
    /// Whether an interpreter is at hand.
    pub interpreter: bool,
    /// Wanted ways of working, in order.
    pub formats: Vec<Format>,
    /// Whether it looks for partners; none where it has not said.
    pub openness: Option<Openness>,
    /// New partners wanted this year, 0 to 3; none where it has not said.
    pub capacity: Option<u8>,
    /// Countries it would like a partner from.
    pub preferred_countries: Vec<Country>,
    /// Countries it does not want a partner from.
    pub excluded_countries: Vec<Country>,
    /// Sizes it would like.
    pub preferred_sizes: Vec<SizeBand>,
    /// What it gives in return, as (language, text).
    pub in_return: Vec<(String, String)>,
    /// Its priority projects, at most [`super::project::MAX_PROJECTS`].
    pub projects: Vec<Project>,
}

/// What a profile lacks before it can be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// A need, or an exchange.
    Need,
    /// An offer, or an exchange.
    Offer,
    /// A working language.
    Language,
    /// Somebody to turn to.
    Contact,
}
stored_as_words!(Missing {
    Need = "need",
    Offer = "offer",
    Language = "language",
    Contact = "contact",
});

impl Profile {
    /// What is lacking before it can be published: partners on both sides ask
    /// for a need and an offer, a common language and somebody to turn to.
    pub fn missing(&self, has_contact: bool) -> Vec<Missing> {
        let any = |wanted: fn(Direction) -> bool| self.entries.iter().any(|e| wanted(e.direction));
        [
            (Missing::Need, any(Direction::needs)),
            (Missing::Offer, any(Direction::offers)),
            (Missing::Language, !self.languages.is_empty()),
            (Missing::Contact, has_contact),
        ]
        .into_iter()
        .filter(|(_, there)| !there)
        .map(|(what, _)| what)
        .collect()
    }

    /// The entries everybody may see and count on this day.
    pub fn public_entries(&self, today: NaiveDate) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |e| e.is_public_on(today))
    }

    /// What it states, in the words of files: for the log, which keeps who
    /// changed what but not what was written.
    pub fn outline(&self) -> String {
        let entries = self.entries.iter().map(|e| {
            format!(
                "{} {}:{} {}",
                e.direction.as_str(),
                e.subarea,
                e.level.value(),
                e.audience.as_str()
            )
        });
        let languages = self.languages.iter().map(|(l, f)| format!("{}:{}", l.code(), f.as_str()));
        let formats = self.formats.iter().map(|f| f.as_str().to_owned());
        let countries = self.preferred_countries.iter().map(|c| format!("wants {c}"));
        let sizes = self.preferred_sizes.iter().map(|s| format!("wants {}", s.as_str()));
        let mut all: Vec<String> =
            entries.chain(languages).chain(formats).chain(countries).chain(sizes).collect();
        all.extend(self.projects.iter().map(|p| {
            format!("project {} {} {}", p.area.slug, p.stage.as_str(), p.audience.as_str())
        }));
        all.extend(self.interpreter.then(|| "interpreter".to_owned()));
        all.extend(self.openness.map(|o| o.as_str().to_owned()));
        all.extend(self.capacity.map(|c| format!("capacity {c}")));
        all.join("; ")
    }

    /// Whether everybody sees the same of both.
    pub fn shows_as(&self, other: &Profile) -> bool {
        let open = |p: &Profile| Profile {
            entries: p.entries.iter().filter(|e| e.audience == Audience::Public).cloned().collect(),
            projects: p
                .projects
                .iter()
                .filter(|p| p.audience == Audience::Public)
                .cloned()
                .collect(),
            ..p.clone()
        };
        open(self) == open(other)
    }

    /// The entries of which everybody may see the area on this day; what is
    /// counted, filtered and exported are the public ones alone.
    pub fn area_entries(&self, today: NaiveDate) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |e| e.is_area_public_on(today))
    }

    /// Whether it takes no new partner: paused, complete, or no place left.
    pub fn is_closed(&self) -> bool {
        matches!(self.openness, Some(Openness::Paused | Openness::Complete))
            || self.capacity == Some(0)
    }

    /// Whether it has said that a place is open.
    pub fn has_open_place(&self) -> bool {
        self.openness == Some(Openness::Open) && self.capacity.is_some_and(|c| c > 0)
    }

    /// Whether everybody may see anything at all that it has stated.
    pub fn states_anything(&self, today: NaiveDate) -> bool {
        self.public_entries(today).next().is_some()
            || !self.languages.is_empty()
            || !self.formats.is_empty()
    }
}
