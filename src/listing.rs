//! The directory as a list: filtered, sorted and cut into pages. Columns and
//! orders are made once for each snapshot, so that a request only walks over
//! small numbers.

use std::collections::HashMap;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::domain::area::{AREAS, Area};
use crate::domain::country::Country;
use crate::domain::directory::{Directory, Row};
use crate::domain::municipality::{SizeBand, Status};
use crate::i18n::{Lang, T, sort_key};
use crate::wording;

/// What a list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// By name, as the reader's alphabet does.
    #[default]
    Name,
    /// The largest first.
    Largest,
    /// The smallest first; unknown populations last.
    Smallest,
    /// Those changed last first.
    Changed,
}

impl Sort {
    /// All sorts, as they are offered.
    pub const ALL: [Sort; 4] = [Sort::Name, Sort::Largest, Sort::Smallest, Sort::Changed];

    /// The word for it in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Sort::Name => "name",
            Sort::Largest => "largest",
            Sort::Smallest => "smallest",
            Sort::Changed => "changed",
        }
    }

    /// The reverse of [`Sort::as_str`].
    pub fn parse(word: &str) -> Option<Sort> {
        Sort::ALL.into_iter().find(|s| s.as_str() == word)
    }
}

/// Which entries a list holds. Everything is public: what has a narrower
/// audience neither adds nor removes an entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Only of this country.
    pub country: Option<Country>,
    /// Only of this region of the country.
    pub region: Option<String>,
    /// Only of these sizes; all when empty.
    pub sizes: Vec<SizeBand>,
    /// At least so many people.
    pub min_population: Option<i64>,
    /// At most so many people.
    pub max_population: Option<i64>,
    /// Only those that state a need or an offer in this area.
    pub area: Option<&'static Area>,
    /// Only those that state a need (in the area, if one is chosen).
    pub need: bool,
    /// Only those that state an offer (in the area, if one is chosen).
    pub offer: bool,
    /// Only those that have come so far; all when empty.
    pub statuses: Vec<Status>,
}

/// Columns and orders over one directory.
pub struct Listing {
    country: Vec<u16>,
    countries: Vec<Country>,
    region: Vec<u32>,
    regions: HashMap<(Country, String), u32>,
    people: Vec<i64>,
    status: Vec<u8>,
    /// A bit for each area somebody states a need in, and an offer.
    needs: Vec<u16>,
    offers: Vec<u16>,
    by_name: [Vec<Row>; 2],
    by_people: Vec<Row>,
    by_people_up: Vec<Row>,
    by_change: Vec<Row>,
    /// The countries by name, in each language of pages.
    country_names: [Vec<(Country, String)>; 2],
    /// The regions of each country, code and name, in each language.
    region_names: HashMap<Country, [Vec<(String, String)>; 2]>,
}

/// The place of a language among the columns that have one for each.
fn column(lang: Lang) -> usize {
    if lang == Lang::Uk { 1 } else { 0 }
}

/// Sorts what is offered to choose from by its name in a language.
fn by_name<K>(lang: Lang, mut named: Vec<(K, String)>) -> Vec<(K, String)> {
    named.sort_by_cached_key(|(_, name)| sort_key(lang, name));
    named
}

fn area_bit(area: &Area) -> u16 {
    AREAS.iter().position(|a| a == area).map_or(0, |i| 1 << i)
}

impl Listing {
    /// Reads the columns from a directory, as it is on a day.
    pub fn new(directory: &Directory, today: NaiveDate) -> Listing {
        let records = directory.records();
        let mut listing = Listing {
            country: Vec::with_capacity(records.len()),
            countries: Vec::new(),
            region: Vec::with_capacity(records.len()),
            regions: HashMap::new(),
            people: records.iter().map(|r| r.municipality.people()).collect(),
            status: records.iter().map(|r| r.municipality.status as u8).collect(),
            needs: vec![0; records.len()],
            offers: vec![0; records.len()],
            by_name: [Vec::new(), Vec::new()],
            by_people: Vec::new(),
            by_people_up: Vec::new(),
            by_change: Vec::new(),
            country_names: [Vec::new(), Vec::new()],
            region_names: HashMap::new(),
        };
        for (i, record) in records.iter().enumerate() {
            let m = &record.municipality;
            if listing.countries.last() != Some(&m.country) {
                listing.countries.push(m.country);
            }
            listing.country.push((listing.countries.len() - 1) as u16);
            let next = listing.regions.len() as u32;
            let region = *listing.regions.entry((m.country, m.region.clone())).or_insert(next);
            listing.region.push(region);
            for entry in record.profile.public_entries(today) {
                let bit = area_bit(entry.subarea.area());
                if entry.direction.needs() {
                    listing.needs[i] |= bit;
                }
                if entry.direction.offers() {
                    listing.offers[i] |= bit;
                }
            }
        }
        let rows: Vec<Row> = (0..records.len() as u32).map(Row).collect();
        listing.by_name = Lang::PAGES.map(|lang| {
            let t = T::pages(lang);
            let keys: Vec<String> = records
                .par_iter()
                .map(|r| sort_key(lang, &wording::name(t, &r.municipality)))
                .collect();
            let mut order = rows.clone();
            order.par_sort_by(|a, b| keys[a.index()].cmp(&keys[b.index()]).then(a.cmp(b)));
            order
        });
        listing.country_names = Lang::PAGES.map(|lang| {
            let t = T::pages(lang);
            let name = |c: &Country| (*c, wording::country(t, *c));
            by_name(lang, listing.countries.iter().map(name).collect())
        });
        for &country in &listing.countries {
            let names = Lang::PAGES.map(|lang| {
                let t = T::pages(lang);
                let regions = listing.regions.keys().filter(|(c, _)| *c == country);
                let named = regions
                    .map(|(c, code)| (code.clone(), wording::region_name(t, directory, *c, code)))
                    .filter(|(_, name)| !name.is_empty());
                by_name(lang, named.collect())
            });
            listing.region_names.insert(country, names);
        }
        let people = &listing.people;
        let mut by_people = rows.clone();
        by_people.par_sort_by_key(|r| (std::cmp::Reverse(people[r.index()]), *r));
        let (known, unknown): (Vec<Row>, Vec<Row>) =
            by_people.iter().partition(|r| people[r.index()] > 0);
        let by_people_up = known.into_iter().rev().chain(unknown).collect();
        let mut by_change = rows;
        by_change.par_sort_by_key(|r| (std::cmp::Reverse(records[r.index()].changed_in), *r));
        listing.by_people = by_people;
        listing.by_people_up = by_people_up;
        listing.by_change = by_change;
        listing
    }

    /// The countries that have entries, by name.
    pub fn countries(&self, lang: Lang) -> &[(Country, String)] {
        &self.country_names[column(lang)]
    }

    /// The regions of a country that have entries, as code and name, by name.
    pub fn regions(&self, lang: Lang, country: Country) -> &[(String, String)] {
        self.region_names.get(&country).map_or(&[], |names| &names[column(lang)])
    }

    /// Whether an entry passes a filter.
    fn passes(&self, row: Row, wanted: &Prepared<'_>) -> bool {
        let i = row.index();
        let filter = wanted.filter;
        if wanted.country.is_some_and(|c| c != self.country[i])
            || wanted.region.is_some_and(|r| r != self.region[i])
            || (wanted.statuses != 0 && wanted.statuses >> self.status[i] & 1 == 0)
        {
            return false;
        }
        let people = self.people[i];
        if wanted.sizes != 0
            && (people == 0 || wanted.sizes >> SizeBand::of(people).index() & 1 == 0)
        {
            return false;
        }
        if filter.min_population.is_some_and(|least| people < least)
            || filter.max_population.is_some_and(|most| people == 0 || people > most)
        {
            return false;
        }
        let (needs, offers) = (self.needs[i] & wanted.area, self.offers[i] & wanted.area);
        match (filter.need, filter.offer) {
            (false, false) => filter.area.is_none() || needs | offers != 0,
            (true, false) => needs != 0,
            (false, true) => offers != 0,
            (true, true) => needs != 0 && offers != 0,
        }
    }

    /// The entries that pass a filter, in order; `only` narrows them to some
    /// rows and keeps their order (that of a search).
    pub fn select(
        &self,
        filter: &Filter,
        sort: Sort,
        lang: Lang,
        only: Option<&[Row]>,
    ) -> Vec<Row> {
        let Some(wanted) = self.prepare(filter) else { return Vec::new() };
        let passing = |rows: &[Row]| -> Vec<Row> {
            rows.iter().copied().filter(|r| self.passes(*r, &wanted)).collect()
        };
        if let Some(rows) = only {
            return passing(rows);
        }
        match sort {
            Sort::Name => passing(&self.by_name[column(lang)]),
            Sort::Largest => passing(&self.by_people),
            Sort::Smallest => passing(&self.by_people_up),
            Sort::Changed => passing(&self.by_change),
        }
    }

    /// Turns a filter into numbers; none when nothing can pass it.
    fn prepare<'a>(&self, filter: &'a Filter) -> Option<Prepared<'a>> {
        let country = match filter.country {
            None => None,
            Some(c) => Some(self.countries.iter().position(|x| *x == c)? as u16),
        };
        let region = match (&filter.region, filter.country) {
            (Some(code), Some(c)) => Some(*self.regions.get(&(c, code.clone()))?),
            _ => None,
        };
        Some(Prepared {
            filter,
            country,
            region,
            sizes: filter.sizes.iter().fold(0, |bits, s| bits | 1 << s.index()),
            statuses: filter.statuses.iter().fold(0, |bits, s| bits | 1 << *s as u8),
            area: filter.area.map_or(u16::MAX, area_bit),
        })
    }

    /// How many municipalities state a need, and an offer, in each area.
    pub fn area_counts(&self) -> Vec<(usize, usize)> {
        let count = |column: &[u16], i: usize| column.iter().filter(|b| *b >> i & 1 == 1).count();
        (0..AREAS.len()).map(|i| (count(&self.needs, i), count(&self.offers, i))).collect()
    }
}

/// A filter as numbers.
struct Prepared<'a> {
    filter: &'a Filter,
    country: Option<u16>,
    region: Option<u32>,
    sizes: u8,
    statuses: u8,
    area: u16,
}
