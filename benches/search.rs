//! Finding a name: how long it takes and how often the right municipality
//! comes first, for names as they are written, romanised, without diacritics,
//! with one slip of the finger, and as letters and lists write them: with the
//! place they lie in, with the word for their authority, two names in one.
//!
//! `cargo bench --bench search [-- --json]`
#![allow(missing_docs, clippy::expect_used)]

mod common;

use std::hint::black_box;
use std::time::Instant;

use common::Times;
use mosty::domain::directory::{Directory, Row};
use mosty::domain::municipality::{Municipality, Role};
use mosty::i18n::ukrainian::{Case, decline};
use mosty::i18n::{Lang, T};
use mosty::import::shipped;
use mosty::search::{Index, fold, is_cyrillic, romanise};
use mosty::storage::{self, Db};
use mosty::wording;
use serde_json::{Value, json};

/// Queries of each kind.
const QUERIES: usize = 10_000;

const LATIN: &str = "abcdefghijklmnopqrstuvwxyz";
const UKRAINIAN: &str = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя";

/// A name with one letter left out, doubled, replaced, or swapped with the
/// next; never the first, which people seldom mistype.
fn slipped(name: &str, random: &mut fastrand::Rng) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let at = random.usize(1..letters.len() - 1);
    match random.u8(..4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 => {
            let alphabet = if is_cyrillic(letters[at]) { UKRAINIAN } else { LATIN };
            let other = random.usize(..alphabet.chars().count());
            letters[at] = alphabet.chars().nth(other).expect("a letter");
        }
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
}

/// How letters, decisions and lists name a hromada.
type Write = fn(&Directory, &Municipality) -> Option<String>;

/// The word for its kind in the nominative and the genitive, short, and the
/// word for its centre.
fn kind_words(m: &Municipality) -> Option<[&'static str; 4]> {
    match m.role {
        Role::Urban | Role::OblastCentre => Some(["міська", "міської", "МТГ", "м."]),
        Role::Settlement => Some(["селищна", "селищної", "СТГ", "смт"]),
        Role::Rural => Some(["сільська", "сільської", "СТГ", "с."]),
        _ => None,
    }
}

fn oblast(directory: &Directory, m: &Municipality) -> String {
    directory.region_of(m).map_or(String::new(), |region| region.name_uk.clone())
}

fn of_oblast(directory: &Directory, m: &Municipality) -> Option<String> {
    decline(&oblast(directory, m), Case::Genitive, "область")
}

const HROMADA_FORMS: &[(&str, Write)] = &[
    ("name", |_, m| Some(m.name.clone())),
    ("hromada", |_, m| Some(format!("{} громада", m.name))),
    ("territorial hromada", |_, m| Some(format!("{} територіальна громада", m.name))),
    ("kind of hromada", |_, m| {
        Some(format!("{} {} територіальна громада", m.name, kind_words(m)?[0]))
    }),
    ("short", |_, m| Some(format!("{} {}", m.name, kind_words(m)?[2]))),
    ("united", |_, m| Some(format!("{} ОТГ", m.name))),
    ("hromada, oblast", |d, m| Some(format!("{} громада, {}", m.name, oblast(d, m)))),
    ("kind of hromada, oblast", |d, m| {
        let kind = kind_words(m)?[0];
        Some(format!("{} {kind} територіальна громада {}", m.name, of_oblast(d, m)?))
    }),
    ("centre, oblast", |d, m| Some(format!("{}, {}", m.centre, oblast(d, m)))),
    ("kind of centre", |_, m| Some(format!("{} {}", kind_words(m)?[3], m.centre))),
    ("council", |_, m| Some(format!("{} {} рада", m.name, kind_words(m)?[0]))),
    ("council, oblast", |d, m| {
        Some(format!("{} {} рада {}", m.name, kind_words(m)?[0], of_oblast(d, m)?))
    }),
    ("military administration", |_, m| {
        Some(format!("{} {} військова адміністрація", m.name, kind_words(m)?[0]))
    }),
    ("executive committee", |_, m| {
        let name = decline(&format!("{} громада", m.name), Case::Genitive, "громада")?;
        let name = name.trim_end_matches(" громади");
        Some(format!("Виконавчий комітет {name} {} ради", kind_words(m)?[1]))
    }),
    ("romanised", |d, m| {
        let oblast = romanise(oblast(d, m).trim_end_matches(" область"));
        Some(format!("{} hromada, {oblast} oblast", romanise(&m.name)))
    }),
];

/// The name of the authority of a municipality, as its country writes it.
fn with_authority(m: &Municipality) -> Option<String> {
    let name = &m.name;
    Some(match m.country.code() {
        "AL" => format!("Bashkia {name}"),
        "AT" | "CH" => format!("Gemeinde {name}"),
        "BG" => format!("Община {}", m.name_native),
        "CZ" => format!("Město {name}"),
        "DE" => format!("Stadt {name}"),
        "DK" => format!("{name} Kommune"),
        "EE" => format!("{name} vald"),
        "ES" => format!("Ayuntamiento de {name}"),
        "FI" => format!("{name} kaupunki"),
        "FR" => format!("Commune de {name}"),
        "GB" => format!("{name} Town Council"),
        "HR" => format!("Grad {name}"),
        "HU" => format!("{name} város"),
        "IT" => format!("Comune di {name}"),
        "LV" => format!("{name} novads"),
        "NL" => format!("Gemeente {name}"),
        "NO" => format!("{name} kommune"),
        "PL" => format!("Gmina {name}"),
        "PT" => format!("Câmara Municipal de {name}"),
        "RO" => format!("Primăria {name}"),
        "RS" => format!("Opština {name}"),
        "SE" => format!("{name} kommun"),
        "SI" => format!("Občina {name}"),
        "SK" => format!("Mesto {name}"),
        "TR" => format!("{name} Belediyesi"),
        _ => return None,
    })
    .filter(|_| !name.is_empty())
}

fn measure(
    directory: &Directory,
    index: &Index,
    targets: &[Row],
    query: &mut dyn FnMut(Row) -> Option<String>,
) -> Value {
    let mut times = Times::default();
    let (mut first, mut near) = (0, 0);
    for &row in targets {
        let Some(query) = query(row) else { continue };
        let begun = Instant::now();
        let hits = black_box(index.search(black_box(&query), 20));
        times.push(begun.elapsed());
        let m = directory.municipality(row);
        let own = [&m.name, &m.centre, &m.name_en, &m.name_uk].map(|name| fold(name));
        // A namesake is as right: it bears the name that was asked for, in
        // its own language or another, and the list shows where each lies.
        let place = hits.iter().position(|hit| hit.row == row);
        let right = place == Some(0)
            || place.is_some() && hits.first().is_some_and(|hit| own.contains(&fold(&hit.name)));
        first += usize::from(right);
        near += usize::from(place.is_some_and(|p| p < 5));
    }
    let queries = times.len();
    let mut figures = times.summary();
    figures["queries"] = json!(queries);
    figures["right_first"] = json!(first as f64 / queries as f64);
    figures["right_among_five"] = json!(near as f64 / queries as f64);
    figures
}

fn main() {
    let filled = common::filled();
    let db = Db::open(&filled.url.parse().expect("a database")).expect("the database");
    let mut contents = storage::directory::load(&db).expect("the directory");
    contents.regions = shipped::regions().expect("the regions");
    let directory = Directory::new(contents);
    let begun = Instant::now();
    let index = Index::new(&directory);
    let built = begun.elapsed();

    let mut random = fastrand::Rng::with_seed(7);
    let mut targets: Vec<Row> = directory.rows().map(|(row, _)| row).collect();
    random.shuffle(&mut targets);
    targets.truncate(QUERIES);
    let written = |row: Row| {
        let m = directory.municipality(row);
        if m.centre.is_empty() { m.name.clone() } else { m.centre.clone() }
    };
    // Shorter names have too many neighbours for a slip to be recognised.
    let mut slips = |targets: &[Row]| {
        measure(&directory, &index, targets, &mut |row| {
            let name = written(row);
            let letters = name.chars().filter(|c| c.is_alphabetic()).count();
            (letters >= 5).then(|| slipped(&name, &mut random))
        })
    };
    let hromadas: Vec<Row> =
        directory.rows().filter(|(_, r)| r.municipality.is_hromada()).map(|(row, _)| row).collect();
    let ask = |targets: &[Row], query: &dyn Fn(&Municipality) -> Option<String>| {
        measure(&directory, &index, targets, &mut |row| query(directory.municipality(row)))
    };
    let mut letters = serde_json::Map::new();
    for (form, write) in HROMADA_FORMS {
        let query = |m: &Municipality| write(&directory, m);
        letters.insert((*form).to_owned(), ask(&hromadas, &query));
    }
    common::report(&json!({
        "names": index.names(),
        "built_ms": built.as_secs_f64() * 1e3,
        "as_written": measure(&directory, &index, &targets, &mut |row| Some(written(row))),
        "romanised": measure(&directory, &index, &targets, &mut |row| {
            Some(romanise(&written(row)))
        }),
        "without_diacritics": measure(&directory, &index, &targets, &mut |row| {
            Some(fold(&written(row)))
        }),
        "one_slip": slips(&targets),
        "one_slip_hromadas": slips(&hromadas),
        "hromadas_as_letters_write_them": letters,
        "with_country": ask(&targets, &|m| {
            Some(format!("{}, {}", m.name, wording::country(T::pages(Lang::En), m.country)))
        }),
        "with_country_in_ukrainian": ask(&targets, &|m| {
            Some(format!("{} ({})", m.name, wording::country(T::pages(Lang::Uk), m.country)))
        }),
        "with_authority": ask(&targets, &with_authority),
        "seat_and_name": ask(&targets, &|m| {
            (!m.is_hromada() && !m.centre.is_empty()).then(|| format!("{}/{}", m.centre, m.name))
        }),
        "ukrainian": ask(&targets, &|m| {
            (!m.is_hromada() && !m.name_uk.is_empty()).then(|| m.name_uk.clone())
        }),
    }));
}
