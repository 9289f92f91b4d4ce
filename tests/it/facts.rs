//! What the shipped directory says of each municipality beside its name.

use std::collections::BTreeSet;

use mosty::domain::municipality::Municipality;
use mosty::domain::official::official_languages;
use mosty::i18n::{Lang, T};
use mosty::wording;

use crate::support::whole_directory;

/// The entry of the shipped directory with this GeoNames id.
fn by_geonames(id: i64) -> &'static Municipality {
    let directory = whole_directory();
    directory.municipality(directory.by_geonames(id).unwrap())
}

#[test]
fn districts_are_written_as_in_a_letter_and_left_out_where_none_is_known() {
    let check = |id: i64, name: &str, district: &str| {
        let m = by_geonames(id);
        assert_eq!((m.name.as_str(), m.district.as_str()), (name, district));
    };
    check(3084084, "Świebodzice", "powiat świdnicki");
    check(3077835, "Cheb", "okres Cheb");
    check(3034483, "Bayeux", "département du Calvados");
    // A city that is a powiat of its own, a Land without districts in the
    // packages, a province that is divided anew.
    check(3081368, "Wrocław", "");
    check(2886242, "Köln", "");
    check(3167096, "Sassari", "");
}

fn languages(m: &Municipality) -> String {
    official_languages(m).iter().map(|l| l.code()).collect::<Vec<_>>().join(" ")
}

#[test]
fn official_languages_are_those_of_the_narrowest_part_that_has_its_own() {
    let check = |id: i64, name: &str, expected: &str| {
        let m = by_geonames(id);
        assert_eq!((m.name.as_str(), languages(m).as_str()), (name, expected));
    };
    check(3084084, "Świebodzice", "pl");
    check(2798573, "Eupen", "de");
    check(2659422, "Nyon", "fr");
    check(2661513, "Biel/Bienne", "de fr");
    check(3181913, "Bolzano", "it de");
    check(632978, "Vaasa", "fi sv");
    check(645081, "Närpes", "sv fi");
    check(786712, "Prizren", "sq sr tr");
}

#[test]
fn every_municipality_has_official_languages_and_every_language_a_name() {
    let mut countries_without = BTreeSet::new();
    let mut used = BTreeSet::new();
    for record in whole_directory().records() {
        let official = official_languages(&record.municipality);
        if official.is_empty() {
            countries_without.insert(record.municipality.country);
        }
        used.extend(official.iter().map(|l| l.key()));
    }
    assert_eq!(countries_without, BTreeSet::new());
    for key in used {
        for lang in Lang::PAGES {
            assert!(T::pages(lang).has(&key), "{} has no {key}", lang.code());
        }
    }
}

#[test]
fn no_line_of_the_table_of_languages_is_about_nothing() {
    let directory = whole_directory();
    let table = include_str!("../../data/languages.tsv");
    for line in table.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [country, region, district, place, _, source] = columns[..] else {
            panic!("“{line}” has not six columns")
        };
        assert!(!source.is_empty(), "“{line}” has no source");
        let seat = place.parse().ok().map(|id: i64| directory.by_geonames(id).unwrap());
        let found = directory.rows().any(|(row, r)| {
            let m = &r.municipality;
            m.country.code() == country
                && (region.is_empty() || m.region == region)
                && (district.is_empty() || m.district == district)
                && seat.is_none_or(|seat| seat == row)
        });
        assert!(found, "“{line}” is about no entry");
    }
}

#[test]
fn names_and_districts_are_marked_with_their_language() {
    let t = T::pages(Lang::En);
    let name = |id: i64| wording::name_language(t, by_geonames(id));
    assert_eq!(name(3084084), "pl");
    assert_eq!(name(2659422), "fr");
    let district = |id: i64| {
        let found = wording::district_abroad(t, by_geonames(id)).unwrap();
        (found.text, found.lang)
    };
    assert_eq!(district(3084084), ("powiat świdnicki".to_owned(), "pl"));
    // A German municipality in a French province.
    assert_eq!(district(2798573), ("province de Liège".to_owned(), "fr"));
    assert_eq!(wording::district_abroad(t, by_geonames(2886242)), None);
}
