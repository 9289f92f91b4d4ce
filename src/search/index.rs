//! The index of all names, and how a query is answered.

use std::collections::HashMap;

use rayon::prelude::*;

use super::fold::{fold, fold_letters};
use super::hashed::{Hashed, hash};
use super::names::{Kind, Name, Names};
use super::query::{self, Reading, Readings};
use super::skeleton::sounds;
use super::slip::{self, is_cyrillic};
use super::territories::{Territories, Territory};
use super::trigram::Trigrams;
use crate::domain::directory::{Directory, Row};
use crate::domain::municipality::Role;

/// Longer queries are cut to this many characters: no name is as long.
pub const MAX_QUERY: usize = 200;

/// Shorter names are not looked for with a slip: everything would fit.
const SHORTEST_WITH_SLIP: usize = 5;
/// Shorter queries are not taken to hold two slips.
const SHORTEST_WITH_TWO_SLIPS: usize = 9;

/// A name of this length that is there is not looked for with slips: hardly any
/// other is as near.
const SURELY_MEANT: usize = 16;

/// What a name in another script than the query loses: a slip in one alphabet
/// is no slip in the other.
const OTHER_SCRIPT: f32 = -1.5;

/// Names that sound alike must share this part of their letters as well.
const LEAST_ALIKE: f32 = 0.35;

/// What a name has that is one or two slips away, and up to 20 more the more
/// of its letters are those that were typed.
const SLIP: f32 = 60.0;
/// The same for a name that sounds like what was typed: a little more, for
/// another romanisation often differs in several letters.
const SOUNDS: f32 = 64.0;

/// How many names alike in trigrams are compared letter by letter.
const SHORTLIST: usize = 400;

/// What a name gains whose diacritics are those of the query, apart from the
/// slip.
const SAME_MARKS: f32 = 1.0;

/// What a name gains that was typed with the very marks it has: more than the
/// weight of the largest city, which may be a namesake without them.
const SAME_WORD: f32 = 8.0;

/// What a municipality gains for each territory of the query that it lies in,
/// and loses when it lies elsewhere.
const IN_PLACE: f32 = 4.0;
const ELSEWHERE: f32 = 30.0;

/// What a hromada gains that is of the kind the query says: «міська рада».
const SAME_KIND: f32 = 1.5;

/// What a name in Cyrillic of a place abroad loses when it is not exactly what
/// was typed: who writes Cyrillic means a hromada more often, and who writes
/// Latin letters a name in Latin letters.
const TRANSCRIBED: f32 = 2.0;

/// What it gains for each further part of the query that names it:
/// *Bolzano/Bozen*.
const EACH_PART: f32 = 3.0;

/// More names than this that begin with a word are not compared with one that
/// is written short.
const MOST_SHORTENED: usize = 4_000;

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
    /// Whether the query says more than this answers: another place to lie in,
    /// or words that are no name of it.
    pub partly: bool,
}

/// An index over one directory.
pub struct Index {
    names: Vec<Name>,
    texts: String,
    keys: String,
    /// Names sorted by key.
    by_key: Vec<u32>,
    /// Names by their keys.
    by_key_hash: Hashed,
    /// Names by their skeletons.
    by_sound_hash: Hashed,
    trigrams: Trigrams,
    /// The first own name of each municipality.
    first_name: Vec<u32>,
    territories: Territories,
    /// The role of each municipality.
    roles: Vec<Role>,
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
            by_key_hash: Hashed::default(),
            by_sound_hash: Hashed::default(),
            trigrams: Trigrams::new(std::iter::empty()),
            first_name: all.first_name,
            territories: Territories::new(directory),
            roles: directory.records().iter().map(|r| r.municipality.role).collect(),
            weight: directory
                .records()
                .iter()
                .map(|r| (r.municipality.people().max(1) as f32).log10())
                .collect(),
        };
        let names = 0..index.names.len() as u32;
        let by_key = {
            let keyed = names.clone().into_par_iter().map(|n| (prefix(index.key(n)), n));
            let mut order: Vec<(u64, u32)> = keyed.collect();
            order.par_sort_unstable();
            // Names that share the prefix stand together; now each such group
            // by the whole key.
            for group in order.chunk_by_mut(|a, b| a.0 == b.0) {
                group.sort_unstable_by(|a, b| {
                    index.key(a.1).cmp(index.key(b.1)).then(a.1.cmp(&b.1))
                });
            }
            order.into_iter().map(|(_, n)| n).collect()
        };
        let keys = names.clone().into_par_iter().map(|n| (hash(index.key(n)), n));
        let by_key_hash = Hashed::new(keys.collect());
        let sounding = names.clone().into_par_iter();
        let by_sound_hash = Hashed::new(
            sounding
                .flat_map_iter(|n| sounds(index.text(n)).into_iter().map(move |s| (hash(&s), n)))
                .collect(),
        );
        let trigrams = Trigrams::new(names.clone().map(|n| index.key(n)));
        index.by_key = by_key;
        index.by_key_hash = by_key_hash;
        index.by_sound_hash = by_sound_hash;
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
        self.by_key_hash.with(hash(key)).filter(move |&name| self.key(name) == key)
    }

    /// The municipalities a query may mean, the likeliest first: by how the
    /// name answers and whether it lies where the query says, then the larger
    /// before the smaller.
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit> {
        let (readings, mut found) = self.exactly(query);
        // What was copied with its place or its authority is not mistyped when
        // it is there; nor is the name of a territory.
        let exact = found.exact;
        let may_be_mistyped = |reading: &Reading| match exact {
            Some(cut) => cut <= 0.0 && reading.cut <= 0.0,
            None => readings.territories.is_empty(),
        };
        for reading in readings.likeliest.iter().filter(|reading| may_be_mistyped(reading)) {
            found.nearly(reading);
        }
        found.ranked(limit)
    }

    /// The municipalities that bear the name a query says, in the place it
    /// says, as far as it says one.
    pub fn bearing(&self, query: &str) -> Vec<Hit> {
        let (_, found) = self.exactly(query);
        let mut hits = found.ranked(usize::MAX);
        hits.retain(|hit| !hit.partly);
        // A part that has the name counts where no municipality has it.
        if hits.iter().any(|hit| !hit.part) {
            hits.retain(|hit| !hit.part);
        }
        hits
    }

    /// The readings of a query, and what answers one of them exactly.
    fn exactly(&self, query: &str) -> (Readings, Found<'_>) {
        let query: String = query.chars().take(MAX_QUERY).collect();
        let readings = query::read(&query, &self.territories);
        let mut found = Found::new(self, readings.kind);
        for reading in &readings.whole {
            // The whole name goes before a part of it: *Novo Selo* is no *Novo*.
            if reading.cut <= 0.0 || found.exact.is_none() {
                found.exactly(reading);
            }
        }
        if found.exact.is_none() {
            let known = found.best.len();
            // The longest beginning that is a name.
            readings.beginnings.iter().any(|reading| {
                found.exactly(reading);
                found.best.len() > known
            });
        }
        (readings, found)
    }

    /// The countries, regions and districts that a query as a whole names.
    pub fn territories(&self, query: &str) -> Vec<&Territory> {
        let query: String = query.chars().take(MAX_QUERY).collect();
        let named = self.territories.named(&fold(&query));
        named.iter().map(|number| self.territories.get(*number)).collect()
    }

    /// An answer by something else than a name, such as a code.
    pub fn hit_of(&self, row: Row) -> Hit {
        let name = self.text(self.first_name[row.index()]).to_owned();
        Hit { row, name, closeness: Closeness::Exact, part: false, partly: false }
    }

    /// Number of names in the index.
    pub fn names(&self) -> usize {
        self.names.len()
    }
}

fn is_hromada(role: Role) -> bool {
    matches!(role, Role::Kyiv | Role::OblastCentre | Role::Urban | Role::Settlement | Role::Rural)
}

/// What is known of one municipality while a query is answered.
struct Best {
    points: f32,
    name: u32,
    closeness: Closeness,
    elsewhere: bool,
    /// The parts of the query that it has to be named by as well.
    others: u8,
    /// The parts of the query that name it exactly.
    parts: u8,
}

/// The answers to a query as they are collected.
struct Found<'a> {
    index: &'a Index,
    best: HashMap<Row, Best>,
    /// The kind of hromada that the query is for.
    kind: Option<Role>,
    /// The least that a reading lost by which a municipality bears a name
    /// exactly, where the query says; none while none does.
    exact: Option<f32>,
}

impl<'a> Found<'a> {
    fn new(index: &'a Index, kind: Option<Role>) -> Found<'a> {
        Found { index, best: HashMap::new(), kind, exact: None }
    }

    fn consider(&mut self, reading: &Reading, name: u32, closeness: Closeness, points: f32) {
        let entry = &self.index.names[name as usize];
        let kind = match entry.kind {
            Kind::Main => 0.0,
            Kind::Other => -1.0,
            Kind::Part => -20.0,
        };
        let territories = &self.index.territories;
        let lies_in = |within: &Vec<_>| territories.lies_in(entry.row, within);
        let met = reading.within.iter().filter(|within| lies_in(within)).count();
        let elsewhere = met < reading.within.len();
        let row = entry.row.index();
        let same_kind = self.kind.is_some_and(|kind| self.index.roles[row] == kind);
        let place = if same_kind { SAME_KIND } else { 0.0 } + IN_PLACE * met as f32
            - if elsewhere { ELSEWHERE } else { 0.0 };
        let transcribed = closeness != Closeness::Exact
            && !is_hromada(self.index.roles[row])
            && self.index.text(name).chars().any(is_cyrillic);
        let points = points + kind + place - reading.cut + self.index.weight[row]
            - if transcribed { TRANSCRIBED } else { 0.0 };
        let exactly = closeness == Closeness::Exact;
        if exactly && !elsewhere && !reading.is_beginning() {
            self.exact = Some(self.exact.map_or(reading.cut, |cut| cut.min(reading.cut)));
        }
        let slot = self.best.entry(entry.row).or_insert(Best {
            points: f32::MIN,
            name,
            closeness,
            elsewhere,
            others: reading.others,
            parts: 0,
        });
        slot.parts |= if exactly { reading.part } else { 0 };
        if points > slot.points {
            (slot.points, slot.name) = (points, name);
            (slot.closeness, slot.elsewhere) = (closeness, elsewhere);
            slot.others = reading.others;
        }
    }

    /// The names that are the one of a reading.
    fn exactly(&mut self, reading: &Reading) {
        let index = self.index;
        let has_marks = !reading.written.is_ascii();
        for name in index.with_key(&reading.key) {
            // Somebody who types diacritics means the name that has them.
            let same_word = has_marks && index.text(name).to_lowercase() == reading.written;
            let points = if same_word { 100.0 + SAME_WORD } else { 100.0 };
            self.consider(reading, name, Closeness::Exact, points);
            // A list of foreign names may give one only to a small namesake:
            // another with the same own name answers too.
            let entry = &index.names[name as usize];
            let own = index.first_name[entry.row.index()];
            let namesakes = index.with_key(index.key(own)).filter(|n| {
                let other = &index.names[*n as usize];
                entry.kind == Kind::Other && other.kind == Kind::Main && other.row != entry.row
            });
            for namesake in namesakes {
                self.consider(reading, namesake, Closeness::Exact, 98.5);
            }
        }
        if reading.written.contains('.') {
            self.shortened(reading);
        }
    }

    /// The names of which some words are written short: all that begin with
    /// the first word, compared word by word.
    fn shortened(&mut self, reading: &Reading) {
        let index = self.index;
        let Some((first, _)) = reading.key.split_once(' ') else { return };
        let beginning = format!("{first} ");
        let start = index.by_key.partition_point(|&n| index.key(n) < beginning.as_str());
        let all =
            index.by_key[start..].iter().take_while(|&&n| index.key(n).starts_with(&beginning));
        for &name in all.take(MOST_SHORTENED) {
            if query::is_short_for(&reading.written, index.key(name)) {
                self.consider(reading, name, Closeness::Exact, 99.5);
            }
        }
    }

    /// The names that begin like that of a reading, sound like it, or are a
    /// slip or two away.
    fn nearly(&mut self, reading: &Reading) {
        self.beginning(reading);
        if self.exact.is_some() && reading.key.len() >= SURELY_MEANT {
            return;
        }
        if reading.key.len() >= 4 {
            self.sounding(reading);
        }
        self.slipped(reading);
        if reading.key.len() >= SHORTEST_WITH_TWO_SLIPS {
            self.slipped_twice(reading);
        }
    }

    fn beginning(&mut self, reading: &Reading) {
        let (index, key) = (self.index, reading.key.as_str());
        let start = index.by_key.partition_point(|&n| index.key(n) < key);
        for &name in index.by_key[start..].iter().take_while(|&&n| index.key(n).starts_with(key)) {
            let whole = index.key(name).len();
            if whole > key.len() {
                // The larger the part of the name already typed, the closer.
                let typed = key.len() as f32 / whole as f32;
                self.consider(reading, name, Closeness::Prefix, 66.0 + 10.0 * typed);
            }
        }
    }

    fn sounding(&mut self, reading: &Reading) {
        let index = self.index;
        for sound in sounds(&reading.written) {
            for name in index.by_sound_hash.with(hash(&sound)) {
                // A skeleton can join names that look nothing alike.
                let alike = strsim::normalized_damerau_levenshtein(&reading.key, index.key(name));
                let alike = alike as f32;
                if alike >= LEAST_ALIKE {
                    let marks = self.marks(reading, name);
                    self.consider(reading, name, Closeness::Sounds, SOUNDS + 20.0 * alike + marks);
                }
            }
        }
    }

    fn slipped(&mut self, reading: &Reading) {
        let (index, written, key) = (self.index, reading.written.as_str(), reading.key.as_str());
        if !(SHORTEST_WITH_SLIP - 1..=slip::LONGEST).contains(&written.chars().count()) {
            return;
        }
        // A slip in Cyrillic is one in Cyrillic: in Latin letters it can look
        // like several.
        let cyrillic = written.chars().any(is_cyrillic);
        let mut meant = String::new();
        let alike = 1.0 - 1.0 / key.len().max(1) as f32;
        slip::neighbours(if cyrillic { written } else { key }, |text, likely| {
            meant.clear();
            if cyrillic {
                fold_letters(|| text.chars(), &mut meant);
            } else {
                meant.push_str(text);
            }
            if meant.len() >= SHORTEST_WITH_SLIP {
                for name in index.with_key(&meant) {
                    let points = SLIP + 20.0 * alike + likely + self.slip_extra(reading, name);
                    self.consider(reading, name, Closeness::Slip, points);
                }
            }
        });
    }

    fn slipped_twice(&mut self, reading: &Reading) {
        let (index, key) = (self.index, reading.key.as_str());
        let least = key.len().saturating_sub(8).max(1);
        for name in index.trigrams.alike(key, least, SHORTLIST) {
            let other = index.key(name);
            if other.len().abs_diff(key.len()) > 2 {
                continue;
            }
            let distance = strsim::osa_distance(key, other);
            if (1..=2).contains(&distance) {
                let alike = 1.0 - distance as f32 / key.len() as f32;
                let points = SLIP + 20.0 * alike + self.slip_extra(reading, name);
                self.consider(reading, name, Closeness::Slip, points);
            }
        }
    }

    /// What a name that is a slip away gains or loses by its script and its
    /// marks.
    fn slip_extra(&self, reading: &Reading, name: u32) -> f32 {
        let is_cyrillic = |text: &str| text.chars().any(is_cyrillic);
        let other_script = is_cyrillic(self.index.text(name)) != is_cyrillic(&reading.written);
        self.marks(reading, name) + if other_script { OTHER_SCRIPT } else { 0.0 }
    }

    /// What a name gains whose diacritics are those that were typed.
    fn marks(&self, reading: &Reading, name: u32) -> f32 {
        let written = reading.written.as_str();
        let diacritics = !written.is_ascii() && !written.chars().any(is_cyrillic);
        let same =
            diacritics && strsim::osa_distance(written, &self.index.text(name).to_lowercase()) == 1;
        if same { SAME_MARKS } else { 0.0 }
    }

    /// The hits, the likeliest first.
    fn ranked(self, limit: usize) -> Vec<Hit> {
        let points = |best: &Best| {
            let parts = best.parts.count_ones().saturating_sub(1);
            best.points + EACH_PART * parts as f32
        };
        let mut ranked: Vec<(f32, Row, Best)> =
            self.best.into_iter().map(|(row, best)| (points(&best), row, best)).collect();
        ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked.truncate(limit);
        let index = self.index;
        let hits = ranked.into_iter().map(|(_, row, best)| Hit {
            row,
            name: index.text(best.name).to_owned(),
            closeness: best.closeness,
            part: index.names[best.name as usize].kind == Kind::Part,
            partly: best.elsewhere || best.others & !best.parts != 0,
        });
        hits.collect()
    }
}
