//! The index of all names, and how a query is answered.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::fold::{fold, fold_into, fold_letters, small};
use super::skeleton::skeleton;
use super::slip::{self, is_cyrillic};
use super::trigram::Trigrams;
use crate::domain::directory::{Directory, Record, Row};
use crate::domain::municipality::Role;

/// Longer queries are cut to this many characters: no name is as long.
pub const MAX_QUERY: usize = 200;

/// Shorter names are not looked for with a slip: everything would fit.
const SHORTEST_WITH_SLIP: usize = 5;
/// Shorter queries are not taken to hold two slips.
const SHORTEST_WITH_TWO_SLIPS: usize = 9;

/// What a name in another script than the query loses: a slip in one alphabet
/// is no slip in the other.
const OTHER_SCRIPT: f32 = -1.5;

/// Names that sound alike must share this part of their letters as well.
const LEAST_ALIKE: f32 = 0.35;

/// How many names alike in trigrams are compared letter by letter.
const SHORTLIST: usize = 400;

/// What a name gains whose diacritics are those of the query, apart from the
/// slip.
const SAME_MARKS: f32 = 1.0;

/// How a name answers a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Closeness {
    /// The same name, apart from script, case and diacritics.
    Exact,
    /// The same sounds in another romanisation.
    Sounds,
    /// The name begins so.
    Prefix,
    /// One or two letters differ.
    Slip,
}

/// One answer to a query.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Which municipality.
    pub row: Row,
    /// The name that answered, as it is written in the directory.
    pub name: String,
    /// How it answered.
    pub closeness: Closeness,
    /// Whether that is a name of a place within the municipality, not of the
    /// municipality itself.
    pub part: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Main,
    Other,
    Part,
}

struct Name {
    row: Row,
    kind: Kind,
    text: Range<u32>,
    key: Range<u32>,
}

/// An index over one directory.
pub struct Index {
    names: Vec<Name>,
    texts: String,
    keys: String,
    /// Names sorted by key.
    by_key: Vec<u32>,
    /// Names by the hash of their key, sorted.
    by_hash: Vec<(u64, u32)>,
    /// Names by the hash of their skeleton, sorted.
    by_sound: Vec<(u64, u32)>,
    trigrams: Trigrams,
    /// The first own name of each municipality.
    first_name: Vec<u32>,
    /// Weight of a municipality among namesakes: the decimal logarithm of
    /// its population.
    weight: Vec<f32>,
}

/// The first eight bytes of a key as a number that sorts as they do: most
/// comparisons end there.
fn prefix(key: &str) -> u64 {
    let mut bytes = [0; 8];
    let length = key.len().min(8);
    bytes[..length].copy_from_slice(&key.as_bytes()[..length]);
    u64::from_be_bytes(bytes)
}

fn hash(text: &str) -> u64 {
    // FNV-1a: stable, short, and collisions only cost a comparison of names
    // that then ranks low.
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3))
}

/// The names of some records, one record after the other, with their keys.
#[derive(Default)]
struct Names {
    names: Vec<Name>,
    texts: String,
    keys: String,
    /// The first name of each record.
    first_name: Vec<u32>,
}

/// Longer keys are left out: no query is as long.
const LONGEST_KEY: usize = 250;

impl Names {
    fn of(records: &[Arc<Record>], first: usize) -> Names {
        let mut all = Names::default();
        for (i, record) in records.iter().enumerate() {
            let row = Row((first + i) as u32);
            all.first_name.push(all.names.len() as u32);
            let m = &record.municipality;
            if m.is_hromada() {
                // People look for the town, seldom for the adjective.
                all.add(row, Kind::Main, &m.centre);
            }
            if m.role == Role::Kyiv {
                // The city is no hromada, and its council has the adjective.
                all.add(row, Kind::Main, "Київська");
            }
            for name in [&m.name, &m.name_en, &m.name_uk, &m.name_native] {
                all.add(row, Kind::Main, name);
            }
            for name in record.names.former.lines().chain(record.names.other.lines()) {
                all.add(row, Kind::Other, name);
            }
            for name in record.names.parts.lines() {
                all.add(row, Kind::Part, name);
            }
        }
        all
    }

    /// Adds a name of the last record, unless it has the key already: the
    /// strongest kind comes first.
    fn add(&mut self, row: Row, kind: Kind, text: &str) {
        let start = self.keys.len();
        fold_into(text, &mut self.keys);
        let (before, key) = self.keys.split_at(start);
        let own = &self.names[self.first_name.last().map_or(0, |&n| n as usize)..];
        if key.is_empty()
            || key.len() > LONGEST_KEY
            || own.iter().any(|n| &before[n.key.start as usize..n.key.end as usize] == key)
        {
            self.keys.truncate(start);
            return;
        }
        let text_start = self.texts.len() as u32;
        self.texts.push_str(text);
        self.names.push(Name {
            row,
            kind,
            text: text_start..self.texts.len() as u32,
            key: start as u32..self.keys.len() as u32,
        });
    }

    /// Puts the names of the records that follow behind these.
    fn append(&mut self, next: Names) {
        let (names, texts, keys) = (self.names.len(), self.texts.len(), self.keys.len());
        let moved = |range: &Range<u32>, by: usize| range.start + by as u32..range.end + by as u32;
        self.first_name.extend(next.first_name.iter().map(|n| n + names as u32));
        self.names.extend(next.names.iter().map(|n| Name {
            row: n.row,
            kind: n.kind,
            text: moved(&n.text, texts),
            key: moved(&n.key, keys),
        }));
        self.texts.push_str(&next.texts);
        self.keys.push_str(&next.keys);
    }
}

/// Words that say what a place is and not which, by their keys.
const GENERIC: [&str; 25] = [
    "hromada",
    "hromady",
    "terytorialnoi",
    "otg",
    "oth",
    "th",
    "smt",
    "selyshche",
    "selo",
    "raion",
    "oblast",
    "municipio",
    "terytorialna",
    "territorial",
    "community",
    "miska",
    "selyshchna",
    "silska",
    "rada",
    "misto",
    "gmina",
    "stadt",
    "gemeinde",
    "municipality",
    "obec",
];

/// What a settlement is, as it is written short before its name: *м. Київ*,
/// *с.Олика*.
const SHORT: [&str; 7] = ["м.", "с.", "смт.", "сел.", "с-ще", "m.", "s."];

/// A word without the short one that may be glued to its front.
fn without_short(word: &str) -> &str {
    SHORT.iter().find_map(|short| word.strip_prefix(short)).unwrap_or(word)
}

/// A query without generic words, unless nothing else is left: in small
/// letters as it was written, and its key.
fn read(query: &str) -> (String, String) {
    let cut: String = query.chars().take(MAX_QUERY).collect();
    let small = small(&cut);
    let words = small.split_whitespace().map(without_short).filter(|w| !w.is_empty());
    let kept: Vec<&str> = words.filter(|w| !GENERIC.contains(&fold(w).as_str())).collect();
    let kept = kept.join(" ");
    let key = fold(&kept);
    if key.is_empty() { (small, fold(&cut)) } else { (kept, key) }
}

impl Index {
    /// Builds the index.
    pub fn new(directory: &Directory) -> Index {
        const CHUNK: usize = 4_096;
        let chunks: Vec<Names> = directory
            .records()
            .par_chunks(CHUNK)
            .enumerate()
            .map(|(i, records)| Names::of(records, i * CHUNK))
            .collect();
        let mut all = Names::default();
        chunks.into_iter().for_each(|names| all.append(names));
        let mut index = Index {
            names: all.names,
            texts: all.texts,
            keys: all.keys,
            by_key: Vec::new(),
            by_hash: Vec::new(),
            by_sound: Vec::new(),
            trigrams: Trigrams::new(std::iter::empty()),
            first_name: all.first_name,
            weight: directory
                .records()
                .iter()
                .map(|r| (r.municipality.people().max(1) as f32).log10())
                .collect(),
        };
        let names = 0..index.names.len() as u32;
        let by = |number: &(dyn Fn(&str) -> u64 + Sync)| -> Vec<(u64, u32)> {
            let numbered = names.clone().into_par_iter().map(|n| (number(index.key(n)), n));
            let mut numbered: Vec<(u64, u32)> = numbered.collect();
            numbered.par_sort_unstable();
            numbered
        };
        let by_key = {
            let mut order = by(&prefix);
            // Names that share the prefix stand together; now each such group
            // by the whole key.
            for group in order.chunk_by_mut(|a, b| a.0 == b.0) {
                group.sort_unstable_by(|a, b| {
                    index.key(a.1).cmp(index.key(b.1)).then(a.1.cmp(&b.1))
                });
            }
            order.into_iter().map(|(_, n)| n).collect()
        };
        let (by_hash, by_sound) = (by(&hash), by(&|key| hash(&skeleton(key))));
        let trigrams = Trigrams::new(names.clone().map(|n| index.key(n)));
        index.by_hash = by_hash;
        index.by_key = by_key;
        index.by_sound = by_sound;
        index.trigrams = trigrams;
        index
    }

    fn key(&self, name: u32) -> &str {
        let range = &self.names[name as usize].key;
        &self.keys[range.start as usize..range.end as usize]
    }

    fn text(&self, name: u32) -> &str {
        let range = &self.names[name as usize].text;
        &self.texts[range.start as usize..range.end as usize]
    }

    /// The names with exactly this key.
    fn with_key<'a>(&'a self, key: &'a str) -> impl Iterator<Item = u32> + 'a {
        let wanted = hash(key);
        let start = self.by_hash.partition_point(|(h, _)| *h < wanted);
        let same = self.by_hash[start..].iter().take_while(move |(h, _)| *h == wanted);
        same.map(|(_, name)| *name).filter(move |&name| self.key(name) == key)
    }

    /// The municipalities a query may mean, the likeliest first: by how the
    /// name answers, then the larger before the smaller.
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit> {
        let (written, key) = read(query);
        if key.is_empty() {
            return Vec::new();
        }
        let cyrillic = written.chars().any(is_cyrillic);
        let diacritics = !cyrillic && !written.is_ascii();
        let mut best: HashMap<Row, (f32, u32, Closeness)> = HashMap::new();
        let mut consider = |name: u32, closeness: Closeness, points: f32| {
            let entry = &self.names[name as usize];
            let kind = match entry.kind {
                Kind::Main => 0.0,
                Kind::Other => -1.0,
                Kind::Part => -20.0,
            };
            let other_script = self.text(name).chars().any(is_cyrillic) != cyrillic;
            let script =
                if other_script && closeness == Closeness::Slip { OTHER_SCRIPT } else { 0.0 };
            // Who types diacritics types the right ones.
            let marks = if diacritics
                && matches!(closeness, Closeness::Slip | Closeness::Sounds)
                && strsim::osa_distance(&written, &self.text(name).to_lowercase()) == 1
            {
                SAME_MARKS
            } else {
                0.0
            };
            let points = points + kind + script + marks + self.weight[entry.row.index()];
            let slot = best.entry(entry.row).or_insert((f32::MIN, name, closeness));
            if points > slot.0 {
                *slot = (points, name, closeness);
            }
        };

        let start = self.by_key.partition_point(|&n| self.key(n) < key.as_str());
        for &name in self.by_key[start..].iter().take_while(|&&n| self.key(n).starts_with(&key)) {
            let whole = self.key(name).len();
            if whole == key.len() {
                // With the same diacritics it is even the same word.
                let same_word = self.text(name).to_lowercase() == written;
                consider(name, Closeness::Exact, if same_word { 100.5 } else { 100.0 });
                // A list of foreign names may give one only to a small
                // namesake: whoever has the same own name answers too.
                let entry = &self.names[name as usize];
                let own = self.first_name[entry.row.index()];
                let namesakes = self.with_key(self.key(own)).filter(|n| {
                    let other = &self.names[*n as usize];
                    entry.kind == Kind::Other && other.kind == Kind::Main && other.row != entry.row
                });
                for namesake in namesakes {
                    consider(namesake, Closeness::Exact, 98.5);
                }
            } else {
                // The larger the part of the name already typed, the closer.
                consider(name, Closeness::Prefix, 66.0 + 10.0 * key.len() as f32 / whole as f32);
            }
        }
        if key.len() >= 4 {
            let sound = skeleton(&key);
            let wanted = hash(&sound);
            let start = self.by_sound.partition_point(|(h, _)| *h < wanted);
            for &(_, name) in self.by_sound[start..].iter().take_while(|(h, _)| *h == wanted) {
                // A skeleton can join names that look nothing alike.
                let alike = strsim::normalized_damerau_levenshtein(&key, self.key(name)) as f32;
                if alike >= LEAST_ALIKE {
                    consider(name, Closeness::Sounds, 70.0 + 20.0 * alike);
                }
            }
        }
        let letters = written.chars().count();
        if (SHORTEST_WITH_SLIP - 1..=slip::LONGEST).contains(&letters) {
            // A slip in Cyrillic is one in Cyrillic: in Latin letters it can
            // look like several.
            let mut meant = String::new();
            let alike = 1.0 - 1.0 / key.len() as f32;
            slip::neighbours(if cyrillic { &written } else { &key }, |text, likely| {
                meant.clear();
                if cyrillic {
                    fold_letters(|| text.chars(), &mut meant);
                } else {
                    meant.push_str(text);
                }
                if meant.len() >= SHORTEST_WITH_SLIP {
                    for name in self.with_key(&meant) {
                        consider(name, Closeness::Slip, 60.0 + 20.0 * alike + likely);
                    }
                }
            });
        }
        if key.len() >= SHORTEST_WITH_TWO_SLIPS {
            let least = key.len().saturating_sub(8).max(1);
            for name in self.trigrams.alike(&key, least, SHORTLIST) {
                let other = self.key(name);
                if other.len().abs_diff(key.len()) > 2 {
                    continue;
                }
                let distance = strsim::osa_distance(&key, other);
                if (1..=2).contains(&distance) {
                    let alike = 1.0 - distance as f32 / key.len() as f32;
                    consider(name, Closeness::Slip, 60.0 + 20.0 * alike);
                }
            }
        }

        let mut ranked: Vec<(f32, Row, u32, Closeness)> =
            best.into_iter().map(|(row, (points, name, how))| (points, row, name, how)).collect();
        ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked.truncate(limit);
        ranked
            .into_iter()
            .map(|(_, row, name, closeness)| Hit {
                row,
                name: self.text(name).to_owned(),
                closeness,
                part: self.names[name as usize].kind == Kind::Part,
            })
            .collect()
    }

    /// An answer by something else than a name, such as a code.
    pub fn hit_of(&self, row: Row) -> Hit {
        let name = self.text(self.first_name[row.index()]).to_owned();
        Hit { row, name, closeness: Closeness::Exact, part: false }
    }

    /// Number of names in the index.
    pub fn names(&self) -> usize {
        self.names.len()
    }
}
