//! Finding a name: how long it takes and how often the right municipality
//! comes first, for names as they are written, romanised, without diacritics,
//! and with one slip of the finger.
//!
//! `cargo bench --bench search [-- --json]`
#![allow(missing_docs, clippy::expect_used)]

mod common;

use std::hint::black_box;
use std::time::Instant;

use common::Times;
use mosty::domain::directory::{Directory, Row};
use mosty::search::{Index, fold, romanise};
use mosty::storage::{self, Db};
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
            let alphabet = if letters[at].is_ascii() { LATIN } else { UKRAINIAN };
            let other = random.usize(..alphabet.chars().count());
            letters[at] = alphabet.chars().nth(other).expect("a letter");
        }
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
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
        let own = [&m.name, &m.centre, &m.name_en].map(|name| fold(name));
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
    let contents = storage::directory::load(&db);
    let directory = Directory::new(contents.expect("the directory"));
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
    }));
}
