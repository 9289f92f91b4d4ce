//! How a query is read: as a name, the places it lies in, and words for its
//! authority, in any order.
//!
//! | query | name | lies in |
//! |---|---|---|
//! | «Бучанська міська територіальна громада Київської області» | «Бучанська» | Київська область |
//! | *Bergamo, Italy* | *Bergamo* | Italy |
//! | *Bolzano/Bozen* | *Bolzano*, or *Bozen* | |
//! | *Coruña, A* | *A Coruña* | |
//!
//! There are several readings of most queries. The whole query as a name
//! comes first and is worth most: *Novo Selo* is no *Novo*.

use super::fold::{fold, small};
use super::slip::is_cyrillic;
use super::territories::{Number, Territories};
use super::words;
use crate::domain::municipality::Role;

/// What a reading loses that sets words aside: more than the weight of the
/// largest city, so that a name that is the whole query comes before one that
/// is a part of it.
const CUT: f32 = 8.0;
/// What a name loses that only its beginning is known by: more than a whole
/// name that was mistyped.
const BEGINNING: f32 = 38.0;
/// Shorter names of territories need a comma before them: *de* is Germany in
/// *Halle, DE* and nothing in *Rio de Loba*.
const SHORTEST_TERRITORY: usize = 4;
/// More parts of a query than this are not looked at.
const MOST_SEGMENTS: usize = 6;

/// One way to understand a query.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reading {
    /// The name in small letters, as it was written.
    pub(super) written: String,
    /// Its key.
    pub(super) key: String,
    /// The territories it lies in: in one of each of these.
    pub(super) within: Vec<Vec<Number>>,
    /// What it loses for what it leaves out.
    pub(super) cut: f32,
    /// The part of the query it is, by a bit of its own.
    pub(super) part: u8,
    /// The parts that are neither this one nor a territory nor an authority:
    /// the municipality has to bear those names as well.
    pub(super) others: u8,
}

impl Reading {
    /// Whether it leaves words out that no name answers.
    pub(super) fn is_beginning(&self) -> bool {
        self.others == NO_NAME
    }
}

/// Stands for words of a query that no name can answer.
const NO_NAME: u8 = 1 << 7;

/// All ways to understand a query.
#[derive(Debug, Default)]
pub(super) struct Readings {
    /// The readings by whole names, the likeliest first.
    pub(super) whole: Vec<Reading>,
    /// Beginnings of the name, the longest first: for names that are longer
    /// than those of the directory.
    pub(super) beginnings: Vec<Reading>,
    /// The readings in which the name may be misspelt or unfinished.
    pub(super) likeliest: Vec<Reading>,
    /// The territories that the whole query names.
    pub(super) territories: Vec<Number>,
    /// What kind of hromada its words are for.
    pub(super) kind: Option<Role>,
}

/// A word: as it was written, in small letters, and its key.
#[derive(Clone)]
struct Word {
    written: String,
    key: String,
}

fn words_of(text: &str) -> Vec<Word> {
    // A point ends a word: «м.Київ», *a.M.*
    let apart = text.replace('.', ". ");
    let words = apart.split_whitespace();
    words
        .map(|word| Word { written: word.to_owned(), key: fold(word) })
        .filter(|word| !word.key.is_empty())
        .collect()
}

fn key_of(words: &[Word]) -> String {
    let keys: Vec<&str> = words.iter().map(|w| w.key.as_str()).collect();
    keys.join(" ")
}

fn text_of(words: &[Word]) -> String {
    let texts: Vec<&str> = words.iter().map(|w| w.written.as_str()).collect();
    texts.join(" ")
}

/// The parts of a query, separated by commas, brackets, slashes, and dashes
/// with spaces around them.
fn segments(query: &str) -> Vec<Vec<Word>> {
    let dashes =
        [" - ", " – ", " — "].iter().fold(query.to_owned(), |q, dash| q.replace(dash, ","));
    let separators = [',', ';', ':', '(', ')', '[', ']', '/', '|', '\n', '\t'];
    let parts = dashes.split(separators).map(words_of).filter(|words| !words.is_empty());
    parts.take(MOST_SEGMENTS).collect()
}

/// The words without those for an authority, and without what links them to
/// the name; all of them when nothing else would be left.
fn without_authority(words: &[Word]) -> Vec<Word> {
    let is_set_aside = |word: &Word| is_authority(std::slice::from_ref(word));
    let mut kept: Vec<Word> = Vec::new();
    let mut after_authority = false;
    for word in words {
        if is_set_aside(word) {
            after_authority = true;
            continue;
        }
        if after_authority && words::is_link(&word.key) {
            continue;
        }
        kept.push(word.clone());
        after_authority = false;
    }
    // A link to an authority behind the name: *Bern, Stadt von*.
    while kept.len() < words.len() && kept.last().is_some_and(|w| words::is_link(&w.key)) {
        kept.pop();
    }
    if kept.is_empty() { words.to_vec() } else { kept }
}

/// A run of words at either end that names territories, and what is left.
fn territory_at_an_end(
    words: &[Word],
    territories: &Territories,
) -> Option<(Vec<Word>, Vec<Number>)> {
    let named = |run: &[Word]| {
        let key = key_of(run);
        let found = territories.named(&key);
        (key.len() >= SHORTEST_TERRITORY && !found.is_empty()).then(|| found.to_vec())
    };
    (1..words.len()).find_map(|left| {
        let (name, end) = words.split_at(left);
        let (start, rest) = words.split_at(words.len() - left);
        named(end)
            .map(|found| (name.to_vec(), found))
            .or_else(|| named(start).map(|found| (rest.to_vec(), found)))
    })
}

/// Endings of adjectives in the cases that Ukrainian letters use, and in the
/// nominative: «Виконавчий комітет Бучанської міської ради».
const ADJECTIVES: [(&str, &str); 5] =
    [("ьої", "я"), ("ої", "а"), ("ій", "а"), ("ою", "а"), ("у", "а")];

/// A Ukrainian adjective in the nominative, if the word can be one in another
/// case.
fn nominative(word: &str) -> Option<String> {
    ADJECTIVES.iter().find_map(|(ending, own)| {
        let stem = word.strip_suffix(ending)?;
        stem.ends_with(['к', 'н', 'в']).then(|| format!("{stem}{own}"))
    })
}

/// Whether words say nothing but what an authority is.
fn is_authority(words: &[Word]) -> bool {
    words.iter().all(|word| word.key.split(' ').all(words::is_authority))
}

/// A name as it was written, its key, and what it loses.
type Form = (String, String, f32);

/// The forms of a name that words stand for: itself, without an authority, in
/// the nominative, without the genitive's *s*, and with its short words
/// written out.
fn forms(words: &[Word]) -> Vec<Form> {
    let bare = without_authority(words);
    let is_cut = bare.len() < words.len();
    let mut forms = vec![(text_of(words), key_of(words), 0.0)];
    // «с. Старе Село»: a word for an authority may be one of the name, and less
    // likely so at the beginning.
    let begins = words.iter().take_while(|word| is_authority(std::slice::from_ref(word))).count();
    for kept in [&words[begins..], &bare] {
        if !kept.is_empty() && kept.len() < words.len() {
            forms.push((text_of(kept), key_of(kept), CUT));
        }
    }
    let text = text_of(&bare);
    if text.chars().any(is_cyrillic)
        && let Some(word) = nominative(&text)
    {
        let key = fold(&word);
        forms.push((word, key, CUT));
    }
    let key = key_of(&bare);
    let cut = if is_cut { CUT } else { 0.0 };
    if is_cut && let Some(plain) = key.strip_suffix('s') {
        forms.push((text.strip_suffix('s').unwrap_or(&text).to_owned(), plain.to_owned(), CUT));
    }
    for elided in ["dell'", "dell’", "d'", "d’", "de l'", "de l’"] {
        if let Some(rest) = text.strip_prefix(elided).filter(|_| is_cut) {
            for whole in [rest.to_owned(), format!("l'{rest}")] {
                let key = fold(&whole);
                forms.push((whole, key, CUT));
            }
        }
    }
    // A short word may be one for an authority too: *Tg. Mureș*, «Бучанська ТГ».
    for (words, cut) in [(words, 0.0), (bare.as_slice(), cut)] {
        let key = key_of(words);
        let Some((first, rest)) = key.split_once(' ') else { continue };
        let is_short = first.len() > 1 || words.first().is_some_and(|w| w.written.ends_with('.'));
        for long in words::expansions(first).iter().filter(|_| is_short) {
            let key = format!("{long} {rest}");
            forms.push((key.clone(), key, cut));
        }
    }
    forms
}

/// Reads a query, which is not longer than any name can be.
pub(super) fn read(query: &str, territories: &Territories) -> Readings {
    let query = small(query);
    let segments = segments(&query);
    let mut reader = Reader::new(segments, territories);
    reader.readings.territories = territories.named(&fold(&query)).to_vec();
    reader.add((query.trim().to_owned(), fold(&query), 0.0), &[], Part::WHOLE);
    for segment in 0..reader.segments.len() {
        reader.read_segment(segment);
    }
    reader.readings
}

/// The part of a query that a reading is, and those that are left to be names
/// of the same municipality; a bit for each segment.
#[derive(Clone, Copy)]
struct Part {
    own: u8,
    others: u8,
}

impl Part {
    const WHOLE: Part = Part { own: 0, others: 0 };
}

/// A name with the territories around it.
struct Core {
    words: Vec<Word>,
    within: Vec<Vec<Number>>,
}

/// A query while it is read.
struct Reader<'a> {
    territories: &'a Territories,
    segments: Vec<Vec<Word>>,
    /// The territories that each segment names.
    named: Vec<Vec<Number>>,
    /// The segments that can be names, each by a bit.
    names: u8,
    readings: Readings,
}

impl<'a> Reader<'a> {
    fn new(segments: Vec<Vec<Word>>, territories: &'a Territories) -> Reader<'a> {
        let named: Vec<Vec<Number>> = segments
            .iter()
            .map(|words| {
                let found = territories.named(&key_of(words));
                let bare = || territories.named(&key_of(&without_authority(words)));
                if found.is_empty() { bare() } else { found }.to_vec()
            })
            .collect();
        let names = (0..segments.len())
            .filter(|i| named[*i].is_empty() && !is_authority(&segments[*i]))
            .map(|i| 1 << i)
            .sum();
        let kind = segments.iter().flatten().find_map(|word| words::kind(&word.key));
        let readings = Readings { kind, ..Readings::default() };
        Reader { territories, segments, named, names, readings }
    }

    /// Adds a reading by a whole name, unless it is there.
    fn add(&mut self, form: Form, within: &[Vec<Number>], part: Part) {
        add(&mut self.readings.whole, form, within, part);
    }

    fn read_segment(&mut self, segment: usize) {
        let own = 1 << segment;
        let part = Part { own, others: self.names & !own };
        let words = self.segments[segment].clone();
        let within = self.around(segment);
        for form in forms(&words) {
            self.add(form, &within, part);
        }
        self.read_article(segment);
        let core = self.read_territories(Core { words, within }, part);
        let name = without_authority(&core.words);
        for length in (1..name.len()).rev() {
            let form = (text_of(&name[..length]), key_of(&name[..length]), BEGINNING);
            let part = Part { own, others: NO_NAME };
            add(&mut self.readings.beginnings, form, &core.within, part);
        }
        let may_be_name = self.named[segment].is_empty() || self.segments.len() == 1;
        if self.readings.likeliest.is_empty() && may_be_name {
            self.read_likeliest(&core, &name, part);
        }
    }

    /// Reads what may be misspelt: the whole query where no segment of it names
    /// a territory, for a name may begin or end like one (*West Bromwich*); the
    /// name with all its words, for *villa* is a word for an authority in one
    /// name and a part of another; and without those words.
    fn read_likeliest(&mut self, core: &Core, name: &[Word], part: Part) {
        let is_whole = self.named.iter().all(Vec::is_empty);
        let whole: Vec<Word> = self.segments.iter().flatten().cloned().collect();
        let readings = &mut self.readings.likeliest;
        if is_whole {
            add(readings, (text_of(&whole), key_of(&whole), 0.0), &[], Part::WHOLE);
        }
        let is_cut = !core.within.is_empty() || self.segments.len() > 1;
        let cut = if is_cut { CUT } else { 0.0 };
        add(readings, (text_of(&core.words), key_of(&core.words), cut), &core.within, part);
        add(readings, (text_of(name), key_of(name), CUT), &core.within, part);
    }

    /// The territories that the other segments name.
    fn around(&self, segment: usize) -> Vec<Vec<Number>> {
        let others = self.named.iter().enumerate().filter(|(other, _)| *other != segment);
        others.map(|(_, found)| found.clone()).filter(|found| !found.is_empty()).collect()
    }

    /// Reads an article that stands behind a name: *Coruña, A*.
    fn read_article(&mut self, segment: usize) {
        let Some(article) = self.segments.get(segment + 1).map(|next| key_of(next)) else { return };
        if !words::is_article(&article) {
            return;
        }
        let (text, key) = (text_of(&self.segments[segment]), key_of(&self.segments[segment]));
        let own = 1 << segment;
        let part = Part { own, others: self.names & !(own | own << 1) };
        for join in [" ", ""] {
            let form = (format!("{article}{join}{text}"), format!("{article}{join}{key}"), 0.0);
            self.add(form, &[], part);
        }
    }

    /// Reads territories that no comma parts from the name, at most two: a
    /// raion and its oblast. Gives what is left.
    fn read_territories(&mut self, mut core: Core, part: Part) -> Core {
        for _ in 0..2 {
            let bare = without_authority(&core.words);
            let Some((rest, found)) = territory_at_an_end(&core.words, self.territories)
                .or_else(|| territory_at_an_end(&bare, self.territories))
            else {
                break;
            };
            core.words = rest;
            core.within.push(found);
            for (written, key, cut) in forms(&core.words) {
                self.add((written, key, cut.max(CUT)), &core.within, part);
            }
        }
        core
    }
}

fn add(to: &mut Vec<Reading>, form: Form, within: &[Vec<Number>], part: Part) {
    let (written, key, cut) = form;
    if !key.is_empty() && to.iter().all(|r| r.key != key || r.within != within) {
        let Part { own, others } = part;
        to.push(Reading { written, key, within: within.to_vec(), cut, part: own, others });
    }
}

/// Whether the words of a name are those of a query of which some are short:
/// *Gorzów Wlkp.*, *Ústí n. L.*
pub(super) fn is_short_for(written: &str, name: &str) -> bool {
    let words = words_of(written);
    let mut names = name.split(' ');
    let mut short = false;
    let all = words.iter().flat_map(|word| {
        let pointed = word.written.ends_with('.');
        word.key.split(' ').map(move |key| (key.to_owned(), pointed))
    });
    for (key, pointed) in all {
        match names.next() {
            Some(whole) if whole == key => {}
            Some(whole) if pointed && words::abbreviates(&key, whole) => short = true,
            _ => return false,
        }
    }
    short && names.next().is_none()
}
