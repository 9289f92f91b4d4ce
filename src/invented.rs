//! Invented profiles: for the demonstration and for measuring speed. They
//! are plausible, the same each time, and marked wherever they show. What the
//! demonstration holds beside drawn profiles is invented here as well.

pub mod featured;
mod sentences;
pub mod waiting;

use chrono::{Days, NaiveDate};

use crate::domain::area::SubArea;
use crate::domain::audience::{Audience, Direction};
use crate::domain::country::Country;
use crate::domain::municipality::{Municipality, SizeBand};
use crate::domain::official::official_languages;
use crate::domain::profile::{
    Entry, Fluency, Format, Language, Level, MAX_ENTRIES, Openness, Profile,
};

/// The source of invented ties.
pub const SOURCE: &str = "invented";

/// Sub-areas hromadas ask for and know about, the likelier named more often.
const HROMADA_NEEDS: [&str; 18] = [
    "energy/efficiency",
    "energy/backup",
    "water/supply",
    "water/wastewater",
    "education/schools",
    "education/youth-exchange",
    "health/rehabilitation",
    "environment/waste",
    "environment/debris",
    "planning/plans",
    "planning/housing",
    "economy/sme",
    "economy/agrifood",
    "economy/tourism",
    "governance/acquis",
    "finance/preparation",
    "social/veterans",
    "culture/heritage",
];
const HROMADA_OFFERS: [&str; 12] = [
    "safety/continuity",
    "safety/crisis",
    "safety/shelters",
    "digital/services",
    "digital/cybersecurity",
    "health/rehabilitation",
    "social/idp",
    "social/veterans",
    "participation/dialogue",
    "cohesion/memory",
    "culture/exchange",
    "education/youth-exchange",
];
const PLACE_NEEDS: [&str; 10] = [
    "safety/continuity",
    "safety/crisis",
    "safety/rescue",
    "digital/services",
    "digital/cybersecurity",
    "cohesion/diaspora",
    "culture/exchange",
    "education/youth-exchange",
    "participation/youth-councils",
    "social/idp",
];
const PLACE_OFFERS: [&str; 20] = [
    "energy/efficiency",
    "energy/heating",
    "energy/renewables",
    "water/supply",
    "water/wastewater",
    "environment/waste",
    "environment/floods",
    "planning/plans",
    "planning/housing",
    "mobility/transit",
    "mobility/cycling",
    "economy/sme",
    "economy/tourism",
    "education/vocational",
    "health/hospitals",
    "social/care",
    "governance/acquis",
    "finance/preparation",
    "culture/heritage",
    "culture/sport",
];

/// A profile for a municipality, drawn with its own seed, without statements.
pub fn profile(m: &Municipality, today: NaiveDate) -> Profile {
    let mut random =
        fastrand::Rng::with_seed(m.id.0.unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let (needs, offers): (&[&str], &[&str]) = if m.country.is_ukraine() {
        (&HROMADA_NEEDS, &HROMADA_OFFERS)
    } else {
        (&PLACE_NEEDS, &PLACE_OFFERS)
    };
    let mut chosen: Vec<(Direction, SubArea)> = Vec::new();
    let wanted_needs = random.usize(1..=3);
    // Something is offered by all, as whoever publishes a profile must.
    let count = random.usize(3..=MAX_ENTRIES).max(wanted_needs + 1);
    while chosen.len() < count {
        let (direction, from) = if chosen.len() < wanted_needs {
            (Direction::Need, needs)
        } else {
            (Direction::Offer, offers)
        };
        let Some(subarea) = SubArea::parse(from[random.usize(0..from.len())]) else { continue };
        if chosen.iter().all(|(_, s)| *s != subarea) {
            let exchange = subarea.slug().contains("exchange") && random.bool();
            chosen.push((if exchange { Direction::Exchange } else { direction }, subarea));
        }
    }
    let entries = chosen
        .into_iter()
        .enumerate()
        .map(|(i, (direction, subarea))| {
            let level = match direction {
                Direction::Need => random.u8(1..=2),
                Direction::Exchange => random.u8(2..=3),
                Direction::Offer => random.u8(2..=4),
            };
            Entry {
                direction,
                subarea,
                rank: i as u8 + 1,
                level: Level::new(level).unwrap_or_else(Level::lowest),
                audience: Audience::default_for(m.country, direction, subarea),
                expires_on: today + Days::new(random.u64(60..=360)),
                statements: Vec::new(),
            }
        })
        .collect();
    let fluency = |random: &mut fastrand::Rng| Fluency::ALL[random.usize(1..=3)];
    let mut languages: Vec<(Language, Fluency)> = Vec::new();
    let mut speak = |code: &str, fluency: Fluency| {
        if let Some(language) = Language::parse(code)
            && languages.iter().all(|(l, _)| *l != language)
        {
            languages.push((language, fluency));
        }
    };
    if let Some(own) = official_languages(m).iter().find_map(|l| l.working()) {
        speak(own.code(), Fluency::C);
    }
    speak("en", fluency(&mut random));
    if m.country.is_ukraine() {
        if random.bool() {
            speak("pl", fluency(&mut random));
        }
        if random.u8(0..4) == 0 {
            speak("de", fluency(&mut random));
        }
    }
    let mut formats: Vec<Format> = Format::ALL.to_vec();
    random.shuffle(&mut formats);
    formats.truncate(random.usize(2..=4));
    formats.sort();
    let preferred_countries = if m.country.is_ukraine() {
        ["PL", "DE", "LT", "CZ", "FR"]
            .iter()
            .filter(|_| random.u8(0..4) == 0)
            .filter_map(|c| c.parse().ok())
            .collect()
    } else if random.bool() {
        vec![Country::UKRAINE]
    } else {
        Vec::new()
    };
    let preferred_sizes = match m.size_band() {
        Some(band) if random.bool() => {
            let near = band.index().saturating_sub(1)..=(band.index() + 1).min(5);
            SizeBand::ALL[near].to_vec()
        }
        _ => Vec::new(),
    };
    Profile {
        entries,
        languages,
        interpreter: random.bool(),
        formats,
        openness: Some(Openness::Open),
        capacity: Some(random.u8(1..=3)),
        preferred_countries,
        excluded_countries: Vec::new(),
        preferred_sizes,
        in_return: Vec::new(),
        projects: Vec::new(),
    }
}

/// The profile of a municipality with a sentence for each entry, in English and
/// Ukrainian.
pub fn stated(m: &Municipality, profile: Profile) -> Profile {
    let number = m.id.0.unsigned_abs() as usize;
    let say = |e: Entry| Entry { statements: sentences::of(e.direction, e.subarea, number), ..e };
    Profile { entries: profile.entries.into_iter().map(say).collect(), ..profile }
}

/// The profile of a place as if a programme had brought it together with a
/// hromada: it asks for what the hromada offers first and can teach what the
/// hromada needs first in public. What it stated of other sub-areas stays, as
/// far as there is room. The same profile where the hromada has none of these.
pub fn suited_to(place: Profile, hromada: &Profile) -> Profile {
    let of = |wanted: fn(Direction) -> bool| {
        let mut public = hromada.entries.iter().filter(|e| e.audience == Audience::Public);
        public.find(|e| wanted(e.direction))
    };
    let (Some(need), Some(offer)) = (of(Direction::needs), of(Direction::offers)) else {
        return place;
    };
    let Some(any) = place.entries.first().cloned() else { return place };
    let answer = |theirs: &Entry, direction: Direction, level: u8| {
        let (direction, level) = match theirs.direction {
            Direction::Exchange => (Direction::Exchange, 3),
            Direction::Need | Direction::Offer => (direction, level),
        };
        let level = Level::new(level).unwrap_or_else(Level::lowest);
        Entry { direction, subarea: theirs.subarea, level, ..any.clone() }
    };
    let mut entries = vec![answer(offer, Direction::Need, 1)];
    if need.subarea != offer.subarea {
        entries.push(answer(need, Direction::Offer, 4));
    }
    let about = [need.subarea, offer.subarea];
    entries.extend(place.entries.iter().filter(|e| !about.contains(&e.subarea)).cloned());
    entries.truncate(MAX_ENTRIES);
    (1..).zip(&mut entries).for_each(|(rank, entry)| entry.rank = rank);
    Profile { entries, ..place }
}
