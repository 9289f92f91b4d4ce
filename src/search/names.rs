//! The names a municipality is found by, with their keys.

use std::ops::Range;
use std::sync::Arc;

use super::fold::{fold, fold_into};
use super::words;
use crate::domain::directory::{Record, Row};
use crate::domain::municipality::Role;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Main,
    Other,
    Part,
}

pub(super) struct Name {
    pub(super) row: Row,
    pub(super) kind: Kind,
    pub(super) text: Range<u32>,
    pub(super) key: Range<u32>,
}

/// The names of some records, one record after the other, with their keys.
#[derive(Default)]
pub(super) struct Names {
    pub(super) names: Vec<Name>,
    pub(super) texts: String,
    pub(super) keys: String,
    /// The first name of each record.
    pub(super) first_name: Vec<u32>,
}

/// Longer keys are left out: no query is as long.
const LONGEST_KEY: usize = 250;

impl Names {
    /// The names of records, of which the first is at this position.
    pub(super) fn of(records: &[Arc<Record>], first: usize) -> Names {
        let mut all = Names::default();
        for (i, record) in records.iter().enumerate() {
            all.first_name.push(all.names.len() as u32);
            all.add_record(Row((first + i) as u32), record);
        }
        all
    }

    fn add_record(&mut self, row: Row, record: &Record) {
        let m = &record.municipality;
        if m.is_hromada() {
            // People look for the town, seldom for the adjective.
            self.add(row, Kind::Main, &m.centre);
        }
        if m.role == Role::Kyiv {
            // The city is no hromada, and its council has the adjective.
            self.add(row, Kind::Main, "Київська");
        }
        for name in [&m.name, &m.name_en, &m.name_uk, &m.name_native, &m.centre] {
            self.add(row, Kind::Main, name);
        }
        for name in record.names.former.lines() {
            self.add(row, Kind::Other, name);
            if m.is_hromada() {
                for adjective in adjectives(name) {
                    self.add(row, Kind::Other, &adjective);
                }
            }
        }
        if WITH_ARTICLES.contains(&m.country.code()) {
            for name in [&m.name, &m.name_en, &m.centre] {
                if let Some(bare) = without_article(name) {
                    self.add_as(row, Kind::Other, name, bare);
                }
            }
        }
        // Of two spellings with one key the one with diacritics stands: it is
        // what somebody types who types them.
        for ascii in [false, true] {
            for name in record.names.other.lines().filter(|name| name.is_ascii() == ascii) {
                self.add(row, Kind::Other, name);
            }
        }
        for name in record.names.parts.lines() {
            self.add(row, Kind::Part, name);
        }
    }

    fn add(&mut self, row: Row, kind: Kind, text: &str) {
        self.add_as(row, kind, text, text);
    }

    /// Adds a name of the last record by what is typed for it, unless the record
    /// has that key already: the strongest kind comes first.
    fn add_as(&mut self, row: Row, kind: Kind, text: &str, typed: &str) {
        let start = self.keys.len();
        fold_into(typed, &mut self.keys);
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
    pub(super) fn append(&mut self, next: Names) {
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

/// Countries whose municipalities have articles in their names, which lists
/// put behind a comma and people leave out.
const WITH_ARTICLES: [&str; 9] = ["AD", "BE", "CH", "ES", "FR", "GB", "IT", "NL", "PT"];

/// A name without the article it begins with.
fn without_article(name: &str) -> Option<&str> {
    const SHORTEST: usize = 3;
    let end = name.find([' ', '\'', '’', '-'])?;
    let (article, rest) = (&name[..end], name[end..].trim_start_matches([' ', '\'', '’', '-']));
    // *'s-Hertogenbosch* begins with the apostrophe.
    let (article, rest) =
        if article.is_empty() { rest.split_once(['-', ' '])? } else { (article, rest) };
    (words::is_article(&fold(article)) && rest.len() >= SHORTEST).then_some(rest)
}

/// The adjectives that a hromada may have had of the former name of its
/// centre: «Красноград» and «Красноградська», «Тарутине» and «Тарутинська».
/// More than one, as the language does not decide by the letters alone.
fn adjectives(centre: &str) -> Vec<String> {
    const VOWELS: [char; 9] = ['а', 'е', 'є', 'и', 'і', 'ї', 'о', 'у', 'я'];
    if centre.contains([' ', '-']) {
        return Vec::new();
    }
    if let Some(stem) = centre.strip_suffix("ськ").or_else(|| centre.strip_suffix("ське")) {
        return vec![format!("{stem}ська")];
    }
    if let Some(stem) = centre.strip_suffix("цьк").or_else(|| centre.strip_suffix("цьке")) {
        return vec![format!("{stem}цька")];
    }
    let mut stems = vec![centre.trim_end_matches(VOWELS).trim_end_matches(['ь', 'й'])];
    stems.extend(centre.strip_suffix("ка"));
    stems.into_iter().filter(|stem| !stem.is_empty()).flat_map(adjectives_of_stem).collect()
}

/// «-ська», with the last consonant as it changes before it, and «-енська».
fn adjectives_of_stem(stem: &str) -> Vec<String> {
    let changed = [(['г', 'ж', 'з'], "зька"), (['к', 'ц', 'ч'], "цька"), (['х', 'ш', 'с'], "ська")];
    let last = stem.chars().next_back();
    let ending = changed.iter().find(|(letters, _)| last.is_some_and(|c| letters.contains(&c)));
    let plain = match ending {
        Some((letters, ending)) => format!("{}{ending}", stem.trim_end_matches(*letters)),
        None => format!("{stem}ська"),
    };
    vec![plain, format!("{stem}енська")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjectives_of_former_names_are_formed() {
        for (centre, adjective) in [
            ("Красноград", "Красноградська"),
            ("Тарутине", "Тарутинська"),
            ("Новомосковськ", "Новомосковська"),
            ("Первомайське", "Первомайська"),
            ("Вільшанка", "Вільшанська"),
            ("Южне", "Южненська"),
            ("Кегичівка", "Кегичівська"),
            ("Волноваха", "Волноваська"),
        ] {
            assert!(adjectives(centre).iter().any(|a| a == adjective), "{centre}");
        }
    }

    #[test]
    fn articles_are_left_out() {
        for (name, bare) in [
            ("A Coruña", Some("Coruña")),
            ("L'Escala", Some("Escala")),
            ("'s-Hertogenbosch", Some("Hertogenbosch")),
            ("Las Rozas de Madrid", Some("Rozas de Madrid")),
            ("Lastours", None),
            ("Le-Po", None),
        ] {
            assert_eq!(without_article(name), bare, "{name}");
        }
    }
}
