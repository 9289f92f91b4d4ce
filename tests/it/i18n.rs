//! Every sentence exists in every language, with the same arguments.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use mosty::domain::area::{AREAS, SubArea};
use mosty::domain::municipality::{Role, SizeBand, Status};
use mosty::domain::profile::{Format, LANGUAGES};
use mosty::i18n::{Lang, T, catalogue};
use mosty::matching::{Criterion, Group};

use crate::support::whole_directory;

fn keys(letters: bool, lang: Lang) -> BTreeMap<String, String> {
    let all = catalogue(letters, lang);
    let map: BTreeMap<String, String> = all.iter().cloned().collect();
    assert_eq!(map.len(), all.len(), "{}: a key stands twice", lang.code());
    map
}

#[test]
fn every_language_has_the_same_messages_with_the_same_arguments() {
    let check = |letters: bool, langs: &[Lang]| {
        let first = keys(letters, langs[0]);
        assert!(first.len() > 100, "the messages were not read");
        for &lang in &langs[1..] {
            let other = keys(letters, lang);
            let missing: Vec<&String> = first.keys().filter(|k| !other.contains_key(*k)).collect();
            let extra: Vec<&String> = other.keys().filter(|k| !first.contains_key(*k)).collect();
            assert!(
                missing.is_empty() && extra.is_empty(),
                "{}: lacks {missing:?}, has {extra:?}",
                lang.code()
            );
            for (key, arguments) in &first {
                // A plural form may print the number without asking for it.
                assert_eq!(arguments, &other[key], "{}: arguments of {key}", lang.code());
            }
        }
    };
    check(false, &Lang::PAGES);
    check(true, &Lang::LETTERS);
}

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    fn walk(path: &Path, extension: &str, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, extension, found);
            } else if path.extension().is_some_and(|e| e == extension) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), extension, &mut found);
    found.sort();
    found
}

/// Keys written out in templates and sources.
fn used_keys() -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for path in files("templates", "html").into_iter().chain(files("src", "rs")) {
        let text = std::fs::read_to_string(&path).unwrap();
        for call in [".get(\"", ".one(\"", ".two(\"", ".count(\"", ".with(\"", "Problem::new(\""] {
            for rest in text.split(call).skip(1) {
                let key: String = rest.chars().take_while(|c| *c != '"').collect();
                let is_key = key.contains('-')
                    && key
                        .chars()
                        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
                if is_key {
                    used.insert(key);
                }
            }
        }
    }
    used
}

#[test]
fn every_message_that_is_used_exists() {
    let (pages, letters) = (keys(false, Lang::En), keys(true, Lang::En));
    let not_messages = ["sec-fetch-site", "cross-origin-resource-policy", "x-forwarded-for"];
    let missing: Vec<String> = used_keys()
        .into_iter()
        .filter(|k| !pages.contains_key(k) && !letters.contains_key(k))
        .filter(|k| !not_messages.contains(&k.as_str()))
        .collect();
    assert!(missing.is_empty(), "no message for {missing:?}");
}

#[test]
fn messages_named_by_data_exist() {
    let mut wanted: Vec<String> = Vec::new();
    wanted.extend(AREAS.iter().map(|a| a.key()));
    wanted.extend(SubArea::all().map(|s| s.key()));
    wanted.extend(LANGUAGES.iter().map(|l| format!("language-{l}")));
    wanted.extend(Format::ALL.iter().map(|f| f.key()));
    wanted.extend(Role::ALL.iter().map(|r| format!("role-{}", r.as_str())));
    wanted.extend(Status::ALL.iter().map(|s| format!("status-{}", s.as_str())));
    let countries: BTreeSet<String> =
        whole_directory().records().iter().map(|r| r.municipality.country.key()).collect();
    wanted.extend(countries);
    let in_all = wanted.len();
    wanted.extend(["kyiv", "hromada", "place"].map(|to| format!("letter-to-{to}")));
    let signers = ["kyiv", "urban", "settlement", "rural", "place"];
    wanted.extend(signers.map(|from| format!("letter-sign-{from}")));
    let of_letters = wanted.split_off(in_all);
    for key in wanted.iter().chain(&of_letters) {
        for lang in Lang::LETTERS {
            assert!(T::letters(lang).has(key), "letters in {} lack {key}", lang.code());
        }
    }
    wanted.extend(SizeBand::ALL.iter().map(|b| format!("size-{}", b.as_str())));
    for criterion in Criterion::ALL {
        for suffix in ["", "-about", "-unknown", "-inline"] {
            wanted.push(format!("criterion-{}{suffix}", criterion.as_str()));
        }
    }
    for group in [Group::Affinity, Group::Fit, Group::Readiness] {
        wanted.push(format!("group-{}", group.as_str()));
        wanted.push(format!("group-{}-about", group.as_str()));
    }
    for lang in Lang::PAGES {
        for key in &wanted {
            assert!(T::pages(lang).has(key), "pages in {} lack {key}", lang.code());
        }
    }
}

#[test]
fn ukrainian_plurals_take_the_right_form() {
    let t = T::pages(Lang::Uk);
    let check = |n: i64, form: &str| {
        let text = t.count("people-count", n);
        assert!(text.ends_with(form), "{n}: {text}");
    };
    for (n, form) in [
        (1, "особа"),
        (2, "особи"),
        (5, "осіб"),
        (11, "осіб"),
        (21, "особа"),
        (22, "особи"),
        (112, "осіб"),
    ] {
        check(n, form);
    }
}
