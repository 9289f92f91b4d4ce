//! Countries, regions and districts by every name they have: what narrows a
//! search, and what a visitor may mean who types no municipality at all.

use std::collections::HashMap;

use super::fold::fold;
use super::words;
use crate::domain::country::Country;
use crate::domain::directory::{Directory, Row};
use crate::i18n::ukrainian::{Case, decline};

/// The names of countries in the languages of the directory.
const COUNTRY_NAMES: &str = include_str!("../../data/country_names.tsv");

/// A country, one of its regions, or a district of one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Territory {
    /// The country.
    pub country: Country,
    /// The code of the region; empty for a country.
    pub region: String,
    /// The district as it is written in the directory; empty for a country or
    /// a region.
    pub district: String,
}

/// The number of a territory.
pub(super) type Number = u16;

/// All territories of a directory.
#[derive(Default)]
pub(super) struct Territories {
    all: Vec<Territory>,
    by_key: HashMap<String, Vec<Number>>,
    /// Country, region and district of each row.
    around: Vec<[Number; 3]>,
}

impl Territories {
    pub(super) fn new(directory: &Directory) -> Territories {
        let mut territories = Territories::default();
        let mut numbers: HashMap<Territory, Number> = HashMap::new();
        let mut narrowest: Option<(Territory, [Number; 3])> = None;
        for record in directory.records() {
            let m = &record.municipality;
            let same = narrowest.as_ref().filter(|(last, _)| {
                last.country == m.country && last.region == m.region && last.district == m.district
            });
            let around = match same {
                Some((_, around)) => *around,
                None => {
                    let of = |region: &str, district: &str| Territory {
                        country: m.country,
                        region: region.to_owned(),
                        district: district.to_owned(),
                    };
                    let nested = [of("", ""), of(&m.region, ""), of(&m.region, &m.district)];
                    let around = nested.each_ref().map(|territory| {
                        *numbers
                            .entry(territory.clone())
                            .or_insert_with(|| territories.add(directory, territory))
                    });
                    let [.., district] = nested;
                    narrowest = Some((district, around));
                    around
                }
            };
            territories.around.push(around);
        }
        territories
    }

    /// Adds a territory with all its names.
    fn add(&mut self, directory: &Directory, territory: &Territory) -> Number {
        let number = self.all.len() as Number;
        self.all.push(territory.clone());
        if !territory.district.is_empty() {
            self.add_name(number, &territory.district);
            if territory.country.is_ukraine() {
                self.add_cases(number, &territory.district, "район");
            }
        } else if !territory.region.is_empty() {
            let Some(region) = directory.region(territory.country, &territory.region) else {
                return number;
            };
            self.add_name(number, &region.name);
            region.other_names.lines().for_each(|name| self.add_name(number, name));
            if !region.name_uk.is_empty() {
                self.add_name(number, &region.name_uk);
                self.add_cases(number, &region.name_uk, "регіон");
            }
        } else {
            self.add_name(number, territory.country.code());
            let names = COUNTRY_NAMES
                .lines()
                .filter_map(|line| line.split_once('\t'))
                .filter(|(code, _)| *code == territory.country.code());
            for name in names.flat_map(|(_, names)| names.split('|')) {
                self.add_name(number, name);
                if name.chars().any(super::slip::is_cyrillic) {
                    self.add_cases(number, name, "країна");
                }
            }
        }
        number
    }

    /// Adds a name, and the same without the word for its kind: who writes
    /// *województwo lubelskie* may leave it out, or put it in English.
    fn add_name(&mut self, number: Number, name: &str) {
        let key = fold(name);
        let bare = words::without_territory_words(&key);
        for key in [key.as_str(), bare.as_str()] {
            if key.is_empty() {
                continue;
            }
            let named = self.by_key.entry(key.to_owned()).or_default();
            if !named.contains(&number) {
                named.push(number);
            }
        }
    }

    /// Adds the genitive and the locative of a Ukrainian name: letters write
    /// «громада Київської області» and «у Київській області».
    fn add_cases(&mut self, number: Number, name: &str, head: &str) {
        for case in [Case::Genitive, Case::Locative] {
            if let Some(declined) = decline(name, case, head) {
                self.add_name(number, &declined);
            }
        }
    }

    /// The territories that a key names, with the word for their kind or
    /// without it.
    pub(super) fn named(&self, key: &str) -> &[Number] {
        if let Some(named) = self.by_key.get(key) {
            return named;
        }
        let bare = words::without_territory_words(key);
        if bare.is_empty() || bare == key {
            return &[];
        }
        self.by_key.get(&bare).map_or(&[], Vec::as_slice)
    }

    /// Whether a municipality lies in one of these.
    pub(super) fn lies_in(&self, row: Row, territories: &[Number]) -> bool {
        self.around[row.index()].iter().any(|around| territories.contains(around))
    }

    pub(super) fn get(&self, number: Number) -> &Territory {
        &self.all[usize::from(number)]
    }
}
