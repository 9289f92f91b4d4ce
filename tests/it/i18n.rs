//! Every sentence exists in every language, with the same arguments.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use mosty::domain::area::{AREAS, SubArea};
use mosty::domain::municipality::{Role, SizeBand, Status};
use mosty::domain::profile::{Format, LANGUAGES};
use mosty::i18n::ukrainian::{Case, MUNICIPALITY, decline};
use mosty::i18n::{Lang, T, catalogue};
use mosty::import::shipped;
use mosty::matching::{Criterion, Group};
use mosty::wording;

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

fn cases(name: &str, head: &str) -> [String; 5] {
    Case::ALL.map(|case| decline(name, case, head).unwrap())
}

/// Whether an adjective of this kind before a noun got these endings.
fn agrees(name: &str, forms: &[String; 5], adjective: &str, endings: [&str; 5]) -> bool {
    let stem = name.strip_suffix(adjective);
    stem.is_some_and(|s| forms.iter().zip(endings).all(|(form, e)| *form == format!("{s}{e}")))
}

#[test]
fn every_hromada_oblast_and_raion_declines() {
    let uk = T::pages(Lang::Uk);
    let hromadas = ["ої громади", "ій громаді", "у громаду", "ою громадою", "ій громаді"];
    let oblasts = ["ої області", "ій області", "у область", "ою областю", "ій області"];
    let raions = ["ого району", "ому району", "ий район", "им районом", "ому районі"];
    let mut seen = [0; 3];
    for record in whole_directory().records().iter().filter(|r| r.municipality.is_hromada()) {
        let m = &record.municipality;
        let name = wording::name(uk, m);
        let forms = cases(&name, MUNICIPALITY);
        if m.role == Role::Kyiv {
            assert_eq!(forms, ["Києва", "Києву", "Київ", "Києвом", "Києві"]);
            continue;
        }
        assert!(agrees(&name, &forms, "а громада", hromadas), "{name}: {forms:?}");
        seen[0] += 1;
        if !m.district.is_empty() {
            let raion = uk.one("name-raion", "name", &m.district);
            let forms = cases(&raion, MUNICIPALITY);
            assert!(agrees(&raion, &forms, "ий район", raions), "{raion}: {forms:?}");
            assert_eq!(forms, cases(&m.district, "район"));
            seen[1] += 1;
        }
    }
    for region in shipped::regions().unwrap().iter().filter(|r| r.country.is_ukraine()) {
        if region.name_uk != "Київ" {
            let forms = cases(&region.name_uk, MUNICIPALITY);
            assert!(agrees(&region.name_uk, &forms, "а область", oblasts), "{forms:?}");
            seen[2] += 1;
        }
    }
    assert!(seen[0] == 1_469 && seen[1] > 1_400 && seen[2] == 24, "{seen:?}");
}

#[test]
fn every_country_declines_and_no_region_is_taken_for_a_municipality() {
    const INDECLINABLE: [&str; 6] = ["США", "Гернсі", "Джерсі", "Марокко", "Монако", "Сан-Марино"];
    let uk = T::pages(Lang::Uk);
    let countries: Vec<String> = keys(false, Lang::Uk)
        .into_keys()
        .filter(|key| key.starts_with("country-"))
        .map(|key| uk.get(&key))
        .collect();
    assert!(countries.len() > 60);
    for name in &countries {
        let forms = cases(name, MUNICIPALITY);
        assert!(!forms[0].contains(MUNICIPALITY), "no row for {name}");
        let differs = forms[0] != *name && forms[3] != *name && forms[4] != *name;
        assert!(differs || INDECLINABLE.contains(&name.as_str()), "{name}: {forms:?}");
    }

    // Nothing is left in the nominative: names decline or stand behind a noun.
    let mut declined = 0;
    for region in shipped::regions().unwrap().iter().filter(|r| !r.name_uk.is_empty()) {
        let name = &region.name_uk;
        let forms = cases(name, "регіон");
        if forms[3] != format!("регіоном {name}") {
            let differs = forms[0] != *name && forms[3] != *name;
            let stays = ["Осло", "Тбілісі", "Придністров’я"].contains(&name.as_str())
                || INDECLINABLE.contains(&name.as_str())
                || name.starts_with("Федерація");
            assert!(differs || stays, "{name}: {forms:?}");
            declined += 1;
        }
    }
    assert!(declined > 250, "{declined} declined");
}

#[test]
fn only_ukrainian_messages_ask_for_cases() {
    let functions =
        ["GENITIVE(", "DATIVE(", "ACCUSATIVE(", "INSTRUMENTAL(", "LOCATIVE(", "IN(", "WITH("];
    for path in files("locales", "ftl").into_iter().chain(files("letters", "ftl")) {
        let text = std::fs::read_to_string(&path).unwrap();
        let asks = functions.iter().any(|f| text.contains(&format!("{{ {f}")));
        let ukrainian = path.parent().is_some_and(|p| p.ends_with("uk"));
        assert!(ukrainian || !asks, "{} cannot decline", path.display());
    }
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
    let columns = mosty::export::MUNICIPALITY_COLUMNS;
    wanted.extend(columns.map(|name| format!("column-{}", name.replace('_', "-"))));
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
