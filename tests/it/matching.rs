//! What every score keeps, whatever anybody states.

use std::sync::OnceLock;

use chrono::Days;
use mosty::domain::area::SubArea;
use mosty::domain::audience::{Audience, Direction};
use mosty::domain::country::Country;
use mosty::domain::directory::{Directory, Record, Row};
use mosty::domain::municipality::{SizeBand, Status};
use mosty::domain::profile::{
    Entry, Fluency, Format, LANGUAGES, Language, Level, Openness, Profile,
};
use mosty::invented;
use mosty::matching::{Corpus, Criterion, Group, Order, Settings, Weights};
use proptest::prelude::*;

use crate::support::{directory_of, fixture, now, with_records};

fn weights() -> &'static Weights {
    static WEIGHTS: OnceLock<Weights> = OnceLock::new();
    WEIGHTS.get_or_init(|| Weights::shipped().unwrap())
}

fn corpus(directory: &Directory) -> Corpus {
    Corpus::new(directory, &Settings { weights: weights(), today: now().date() })
}

/// The fixture with half of all profiles filled.
fn stated() -> &'static Directory {
    static STATED: OnceLock<Directory> = OnceLock::new();
    STATED.get_or_init(|| {
        with_records(&directory_of(fixture()), &|record: &mut Record| {
            if record.municipality.id.0 % 2 == 1 {
                record.profile = invented::profile(&record.municipality, now().date());
                record.municipality.status = Status::Verified;
            }
        })
    })
}

fn entry(direction: Direction, subarea: usize, rank: u8, level: u8) -> Entry {
    Entry {
        direction,
        subarea: SubArea::all().nth(subarea).unwrap(),
        rank,
        level: Level::new(level).unwrap(),
        audience: Audience::Public,
        expires_on: now().date() + Days::new(30),
        statements: Vec::new(),
    }
}

prop_compose! {
    fn any_entry()(direction in 0..3usize, subarea in 0..82usize, rank in 1..=5u8, level in 1..=4u8) -> Entry {
        entry(Direction::ALL[direction], subarea, rank, level)
    }
}

prop_compose! {
    fn any_profile()(
        entries in prop::collection::vec(any_entry(), 0..=4),
        languages in prop::collection::btree_map(0..32usize, 0..4usize, 0..=3),
        interpreter: bool,
        formats in prop::collection::btree_set(0..7usize, 0..=4),
        open: bool,
        sizes in prop::collection::btree_set(0..6usize, 0..=2),
        wants in prop::collection::btree_set(0..4usize, 0..=2),
    ) -> Profile {
        Profile {
            entries,
            languages: languages
                .into_iter()
                .map(|(l, f)| (Language::parse(LANGUAGES[l]).unwrap(), Fluency::ALL[f]))
                .collect(),
            interpreter,
            formats: formats.into_iter().map(|f| Format::ALL[f]).collect(),
            openness: open.then_some(Openness::Open),
            capacity: open.then_some(1),
            preferred_countries: wants
                .into_iter()
                .map(|i| ["UA", "PL", "DE", "CZ"][i].parse::<Country>().unwrap())
                .collect(),
            preferred_sizes: sizes.into_iter().map(|i| SizeBand::ALL[i]).collect(),
            ..Profile::default()
        }
    }
}

/// The pair of the first hromada and Świdnik, stating this.
fn pair_of(a: &Profile, b: &Profile) -> (Corpus, Row, Row) {
    let drafts = vec![fixture().remove(0), fixture().remove(12)];
    let directory = with_records(&directory_of(drafts), &|record: &mut Record| {
        record.municipality.status = Status::Verified;
        let profile = if record.municipality.country.is_ukraine() { a } else { b };
        record.profile = profile.clone();
    });
    let (h, p) =
        (directory.by_slug("novyi-bilous").unwrap(), directory.by_slug("swidnik").unwrap());
    (corpus(&directory), h, p)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_score_is_the_sum_of_what_is_shown_and_the_same_from_either_side(
        a in any_profile(), b in any_profile()
    ) {
        let (corpus, h, p) = pair_of(&a, &b);
        let (one, other) = (corpus.explain(h, p).unwrap(), corpus.explain(p, h).unwrap());
        let sum: i32 = one.score.contributions.iter().map(|c| i32::from(c.hundredths)).sum();
        prop_assert_eq!(one.score.hundredths, sum);
        prop_assert_eq!(&one.score, &other.score);
        prop_assert_eq!(&one.for_subject, &other.for_partner);
        prop_assert_eq!(&one.for_partner, &other.for_subject);
        for c in &one.score.contributions {
            prop_assert!(c.known || c.hundredths == 0, "{:?} is unknown and adds", c.criterion);
            let affinity = c.criterion.group() == Group::Affinity;
            prop_assert!(affinity || c.hundredths >= 0, "{:?} takes away", c.criterion);
        }
        prop_assert!(one.score.of_group(Group::Fit) <= 5_600);
        prop_assert!(one.score.of_group(Group::Readiness) <= 1_000);
    }

    #[test]
    fn nothing_added_lowers_fit_or_readiness(
        a in any_profile(), b in any_profile(), added in any_entry(),
        language in 0..32usize, fluency in 0..4usize, format in 0..7usize, to_hromada: bool,
    ) {
        let (corpus, h, p) = pair_of(&a, &b);
        let before = corpus.pair(h, p).unwrap();
        let grown = |change: &dyn Fn(&mut Profile)| {
            let (mut a, mut b) = (a.clone(), b.clone());
            change(if to_hromada { &mut a } else { &mut b });
            let (corpus, h, p) = pair_of(&a, &b);
            let after = corpus.pair(h, p).unwrap();
            after.of_group(Group::Fit) >= before.of_group(Group::Fit)
                && after.of_group(Group::Readiness) >= before.of_group(Group::Readiness)
        };
        prop_assert!(grown(&|x| x.entries.push(added.clone())), "an entry lowered the score");
        let code = Language::parse(LANGUAGES[language]).unwrap();
        let better = grown(&|x| {
            let old = x.languages.iter().find(|(l, _)| *l == code).map(|(_, f)| *f);
            x.languages.retain(|(l, _)| *l != code);
            x.languages.push((code, Fluency::ALL[fluency].max(old.unwrap_or(Fluency::A))));
        });
        prop_assert!(better, "a language lowered the score");
        let format = Format::ALL[format];
        let wider = grown(&|x| {
            x.formats.retain(|f| *f != format);
            x.formats.push(format);
        });
        prop_assert!(wider, "a format lowered the score");
        prop_assert!(grown(&|x| x.interpreter = true), "an interpreter lowered the score");
    }

    #[test]
    fn what_has_a_narrower_audience_changes_no_public_score(
        a in any_profile(), b in any_profile(), mut hidden in any_entry(), partner: bool,
    ) {
        hidden.audience = if partner { Audience::Partner } else { Audience::Verified };
        let (corpus, h, p) = pair_of(&a, &b);
        let mut more = b.clone();
        more.entries.push(hidden);
        let (other, h2, p2) = pair_of(&a, &more);
        prop_assert_eq!(corpus.pair(h, p).unwrap(), other.pair(h2, p2).unwrap());
    }
}

#[test]
fn lists_are_in_order_the_same_for_any_number_of_threads_and_of_open_partners_only() {
    let directory = stated();
    let corpus = corpus(directory);
    let pool = |n| rayon::ThreadPoolBuilder::new().num_threads(n).build().unwrap();
    let (one, two) =
        (pool(1).install(|| corpus.rank_all(20)), pool(2).install(|| corpus.rank_all(20)));
    assert_eq!(one.of_hromadas, two.of_hromadas);
    assert_eq!(one.of_places, two.of_places);
    let field = corpus.field();
    for (list, subject) in one.of_places.iter().zip(&field.places) {
        let single = corpus.rank(*subject, Order::Score, 20, &|_| true);
        assert_eq!(list, &single, "a list differs when it is made alone");
        for m in list {
            let hromada = directory.municipality(m.row);
            assert!(hromada.may_be_suggested(), "an occupied hromada is suggested");
            assert_eq!(m.hundredths, corpus.pair(*subject, m.row).unwrap().hundredths);
        }
    }
    for (list, subject) in one.of_hromadas.iter().zip(&field.hromadas) {
        assert_eq!(list, &corpus.rank(*subject, Order::Score, 20, &|_| true));
        for pair in list.windows(2) {
            assert!(pair[0].hundredths >= pair[1].hundredths);
        }
        for m in list {
            assert_eq!(m.hundredths, corpus.pair(*subject, m.row).unwrap().hundredths);
        }
    }
}

#[test]
fn those_who_are_closed_excluded_or_partners_already_are_not_listed() {
    let swidnik_is = |change: &dyn Fn(&mut Record)| {
        let directory = with_records(stated(), &|record: &mut Record| {
            if record.municipality.slug == "swidnik" {
                change(record);
            }
        });
        let corpus = corpus(&directory);
        let (h, p) =
            (directory.by_slug("novyi-bilous").unwrap(), directory.by_slug("swidnik").unwrap());
        let count = directory.len();
        corpus.rank(h, Order::Score, count, &|_| true).iter().any(|m| m.row == p)
    };
    assert!(swidnik_is(&|_| {}));
    assert!(!swidnik_is(&|r| r.profile.openness = Some(Openness::Paused)));
    assert!(!swidnik_is(&|r| r.profile.openness = Some(Openness::Complete)));
    assert!(!swidnik_is(&|r| r.profile.capacity = Some(0)));
    assert!(!swidnik_is(&|r| r.profile.excluded_countries = vec![Country::UKRAINE]));
    assert!(!swidnik_is(&|r| r.municipality.status = Status::Paused));
    assert!(swidnik_is(&|r| r.profile.entries.clear()), "unknown must pass the gates");
}

#[test]
fn what_has_expired_no_longer_counts() {
    let a = Profile { entries: vec![entry(Direction::Need, 5, 1, 2)], ..Profile::default() };
    let mut b = Profile { entries: vec![entry(Direction::Offer, 5, 1, 4)], ..Profile::default() };
    let fit = |a: &Profile, b: &Profile| {
        let (corpus, h, p) = pair_of(a, b);
        corpus.pair(h, p).unwrap().of_group(Group::Fit)
    };
    assert!(fit(&a, &b) > 0);
    b.entries[0].expires_on = now().date() - Days::new(1);
    assert_eq!(fit(&a, &b), 0);
}

#[test]
fn the_shipped_weights_are_learned_and_read_back() {
    let weights = weights();
    assert!(weights.learned_from.pairs > 500, "the shipped weights were not learned");
    assert_eq!(&Weights::parse(&weights.to_json().unwrap()).unwrap(), weights);
    assert!(Weights::parse("{}").is_err());
}

#[test]
fn reasons_say_only_what_holds() {
    let keys = |km_east: f64, a: &[(&str, Fluency)], b: &[(&str, Fluency)], interpreter: bool| {
        let speaks = |spoken: &[(&str, Fluency)]| {
            spoken.iter().map(|(l, f)| (Language::parse(l).unwrap(), *f)).collect::<Vec<_>>()
        };
        let directory = with_records(stated(), &|r: &mut Record| match &*r.municipality.slug {
            "novyi-bilous" => {
                r.profile = Profile { languages: speaks(a), interpreter, ..Profile::default() };
            }
            "swidnik" => {
                r.profile = Profile { languages: speaks(b), ..Profile::default() };
                r.municipality.point.lat = 51.51;
                // A degree of longitude is 69 km there.
                r.municipality.point.lon = 31.21 - km_east / 69.3;
            }
            _ => {}
        });
        let at = |slug| directory.by_slug(slug).unwrap();
        let (h, p) = (at("novyi-bilous"), at("swidnik"));
        let corpus = corpus(&directory);
        let of = |criterion| corpus.reason_of(h, p, criterion).map_or("", |r| r.key);
        (of(Criterion::Distance), of(Criterion::Languages))
    };
    let (a2, b2) = ([("en", Fluency::A)], [("en", Fluency::B2), ("pl", Fluency::C)]);
    assert_eq!(keys(100.0, &a2, &b2, false), ("reason-distance", "reason-language"));
    // From 350 km on the curve is flat: distance is no reason any more.
    assert_eq!(keys(400.0, &a2, &b2, true), ("", "reason-interpreter"));
    assert_eq!(keys(900.0, &[("uk", Fluency::C)], &b2, false), ("", ""));
    assert_eq!(keys(900.0, &b2, &b2, true), ("", "reason-language"));
}
