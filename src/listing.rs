//! The directory as a list: filtered, sorted and cut into pages. Columns and
//! orders are made once for each snapshot, so that a request only walks over
//! small numbers.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::domain::area::{AREAS, Area};
use crate::domain::country::Country;
use crate::domain::directory::{Directory, Record, Row};
use crate::domain::municipality::{SizeBand, Status};
use crate::i18n::{Lang, T, sort_key};
use crate::wording;

/// What a list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Those that have stated a need or an offer first, then by name.
    #[default]
    Stated,
    /// By name, as the reader's alphabet does.
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
    pub const ALL: [Sort; 5] =
        [Sort::Stated, Sort::Name, Sort::Largest, Sort::Smallest, Sort::Changed];

    /// The word for it in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Sort::Stated => "stated",
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

/// Which entries a list holds. Only what every visitor sees counts: of a need
/// that is for verified members, its area.
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
    places: Arc<Places>,
    /// One bit, that of the status.
    status: Vec<u8>,
    /// A bit for each area somebody states a need in, and an offer.
    needs: Vec<u16>,
    offers: Vec<u16>,
    /// A bit for each area in which somebody states a need for verified
    /// members. Who it is stands on the page of the area; it counts nowhere.
    withheld_needs: u16,
    by_stated: [Ordered; 2],
    by_change: Ordered,
}

/// What does not change by what municipalities state: where they lie, how
/// they are called and how many people live there. A directory keeps the
/// entries of a country, and in it those of a region, together: each is a
/// range of rows.
struct Places {
    countries: Vec<(Country, Range<usize>)>,
    regions: HashMap<Country, Vec<(String, Range<usize>)>>,
    people: Vec<u32>,
    /// One bit, that of the size band; none where the population is unknown.
    size: Vec<u8>,
    by_name: [Ordered; 2],
    by_people: Ordered,
    by_people_up: Ordered,
    /// The countries by name, in each language of pages.
    country_names: [Vec<(Country, String)>; 2],
    /// The regions of each country, code and name, in each language.
    region_names: HashMap<Country, [Vec<(String, String)>; 2]>,
}

/// All rows in an order, and the place of each row in it.
#[derive(Default)]
struct Ordered {
    rows: Vec<Row>,
    place: Vec<u32>,
}

impl Ordered {
    fn new(rows: Vec<Row>) -> Ordered {
        let mut place = vec![0; rows.len()];
        for (i, row) in rows.iter().enumerate() {
            place[row.index()] = i as u32;
        }
        Ordered { rows, place }
    }
}

/// The entries that passed a filter, in order. They are counted when they are
/// selected and only walked over as far as somebody asks.
pub struct Selection<'a> {
    count: usize,
    kind: Selected<'a>,
}

enum Selected<'a> {
    /// These, in this order.
    Rows(Vec<Row>),
    /// Those of an order that are marked with 1; `range` holds them all.
    Marked { order: &'a Ordered, range: Range<usize>, marks: Vec<u8> },
}

impl Selection<'_> {
    /// Number of entries.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The entries from position `first` on, at most `most` of them.
    pub fn page(&self, first: usize, most: usize) -> Vec<Row> {
        let most = most.min(self.count.saturating_sub(first));
        if most == 0 {
            return Vec::new();
        }
        match &self.kind {
            Selected::Rows(rows) => rows[first..first + most].to_vec(),
            Selected::Marked { order, range, marks } => {
                // Few among many: cheaper to sort those few than to walk
                // past all the others.
                let walked = (first + most) * order.rows.len() / self.count;
                let sorted = range.len() + self.count * self.count.ilog2() as usize;
                if sorted < walked {
                    let marked = range.clone().zip(marks).filter(|(_, mark)| **mark == 1);
                    let mut places: Vec<u32> = marked.map(|(i, _)| order.place[i]).collect();
                    places.sort_unstable();
                    let page = &places[first..first + most];
                    return page.iter().map(|place| order.rows[*place as usize]).collect();
                }
                let marked = |row: &&Row| {
                    range.contains(&row.index()) && marks[row.index() - range.start] == 1
                };
                order.rows.iter().filter(marked).skip(first).take(most).copied().collect()
            }
        }
    }

    /// All entries.
    pub fn all(&self) -> Vec<Row> {
        self.page(0, self.count)
    }

    /// Where an entry stands, from 0.
    pub fn position(&self, row: Row) -> Option<usize> {
        match &self.kind {
            Selected::Rows(rows) => rows.iter().position(|r| *r == row),
            Selected::Marked { order, range, marks } => {
                let marked = |i: usize| range.contains(&i) && marks[i - range.start] == 1;
                let before = &order.rows[..order.place[row.index()] as usize];
                marked(row.index()).then(|| before.iter().filter(|r| marked(r.index())).count())
            }
        }
    }
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

impl Places {
    fn new(directory: &Directory) -> Places {
        let records = directory.records();
        let mut countries: Vec<(Country, Range<usize>)> = Vec::new();
        let mut regions: HashMap<Country, Vec<(String, Range<usize>)>> = HashMap::new();
        for (i, record) in records.iter().enumerate() {
            let m = &record.municipality;
            match countries.last_mut() {
                Some((country, range)) if *country == m.country => range.end = i + 1,
                _ => countries.push((m.country, i..i + 1)),
            }
            let regions = regions.entry(m.country).or_default();
            match regions.last_mut() {
                Some((code, range)) if *code == m.region => range.end = i + 1,
                _ => regions.push((m.region.clone(), i..i + 1)),
            }
        }
        let rows = all_rows(records);
        let ordered_by_name = |lang| {
            let t = T::pages(lang);
            let keys: Vec<String> = records
                .par_iter()
                .map(|r| sort_key(lang, &wording::name(t, &r.municipality)))
                .collect();
            let mut order = rows.clone();
            order.par_sort_by(|a, b| keys[a.index()].cmp(&keys[b.index()]).then(a.cmp(b)));
            Ordered::new(order)
        };
        let people: Vec<u32> = records
            .iter()
            .map(|r| r.municipality.people().clamp(0, i64::from(u32::MAX)) as u32)
            .collect();
        let mut by_people = rows.clone();
        by_people.par_sort_by_key(|r| (std::cmp::Reverse(people[r.index()]), *r));
        let (known, unknown): (Vec<Row>, Vec<Row>) =
            by_people.iter().partition(|r| people[r.index()] > 0);
        let by_people_up = known.into_iter().rev().chain(unknown).collect();
        let country_names = Lang::PAGES.map(|lang| {
            let t = T::pages(lang);
            let name = |(c, _): &(Country, _)| (*c, wording::country(t, *c));
            by_name(lang, countries.iter().map(name).collect())
        });
        let names_in = |country: Country, regions: &[(String, Range<usize>)]| {
            Lang::PAGES.map(|lang| {
                let t = T::pages(lang);
                let name = |code: &str| wording::region_name(t, directory, country, code);
                let named = regions.iter().map(|(code, _)| (code.clone(), name(code)));
                by_name(lang, named.filter(|(_, name)| !name.is_empty()).collect())
            })
        };
        Places {
            region_names: regions.iter().map(|(c, all)| (*c, names_in(*c, all))).collect(),
            size: records
                .iter()
                .map(|r| r.municipality.size_band().map_or(0, |band| 1 << band.index()))
                .collect(),
            by_name: Lang::PAGES.map(ordered_by_name),
            by_people: Ordered::new(by_people),
            by_people_up: Ordered::new(by_people_up),
            countries,
            regions,
            people,
            country_names,
        }
    }
}

fn all_rows(records: &[Arc<Record>]) -> Vec<Row> {
    (0..records.len() as u32).map(Row).collect()
}

impl Listing {
    /// Reads the columns from a directory, as it is on a day.
    pub fn new(directory: &Directory, today: NaiveDate) -> Listing {
        Listing::over(Arc::new(Places::new(directory)), directory, today)
    }

    /// The columns of a directory with the same places as this one was made
    /// from: only what they state, and how far they have come, is read again.
    pub fn renewed(&self, directory: &Directory, today: NaiveDate) -> Listing {
        Listing::over(Arc::clone(&self.places), directory, today)
    }

    fn over(places: Arc<Places>, directory: &Directory, today: NaiveDate) -> Listing {
        let records = directory.records();
        let (mut needs, mut offers) = (vec![0; records.len()], vec![0; records.len()]);
        let mut withheld_needs = 0;
        for (i, record) in records.iter().enumerate() {
            for entry in record.profile.area_entries(today) {
                let bit = area_bit(entry.subarea.area());
                if !entry.is_public_on(today) {
                    if entry.direction.needs() && record.municipality.may_be_suggested() {
                        withheld_needs |= bit;
                    }
                    continue;
                }
                if entry.direction.needs() {
                    needs[i] |= bit;
                }
                if entry.direction.offers() {
                    offers[i] |= bit;
                }
            }
        }
        let by_stated = [0, 1].map(|column| {
            let by_name = places.by_name[column].rows.iter().copied();
            let states = |row: &Row| needs[row.index()] | offers[row.index()] != 0;
            let (stated, silent): (Vec<Row>, Vec<Row>) = by_name.partition(states);
            Ordered::new(stated.into_iter().chain(silent).collect())
        });
        let mut by_change = all_rows(records);
        by_change.par_sort_by_key(|r| (std::cmp::Reverse(records[r.index()].shown_in), *r));
        Listing {
            status: records.iter().map(|r| 1 << r.municipality.status as u8).collect(),
            by_change: Ordered::new(by_change),
            places,
            needs,
            offers,
            withheld_needs,
            by_stated,
        }
    }

    /// The countries that have entries, by name.
    pub fn countries(&self, lang: Lang) -> &[(Country, String)] {
        &self.places.country_names[column(lang)]
    }

    /// The regions of a country that have entries, as code and name, by name.
    pub fn regions(&self, lang: Lang, country: Country) -> &[(String, String)] {
        self.places.region_names.get(&country).map_or(&[], |names| &names[column(lang)])
    }

    /// Whether a region of a country, or of any, has entries.
    pub fn has_region(&self, country: Option<Country>, code: &str) -> bool {
        let of = self.places.regions.iter().filter(|(c, _)| country.is_none_or(|x| x == **c));
        of.flat_map(|(_, regions)| regions).any(|(c, _)| c == code)
    }

    /// The rows that can pass a filter for where they lie.
    fn range(&self, filter: &Filter) -> Range<usize> {
        let Some(country) = filter.country else { return 0..self.places.people.len() };
        let found = match &filter.region {
            None => {
                self.places.countries.iter().find(|(c, _)| *c == country).map(|(_, range)| range)
            }
            Some(code) => {
                let regions = self.places.regions.get(&country).into_iter().flatten();
                regions.filter(|(c, _)| c == code).map(|(_, range)| range).next()
            }
        };
        found.map_or(0..0, Range::clone)
    }

    /// Marks each row of a range with 1 if it passes a filter, else with 0. A
    /// pass over one column for each wish, without a branch, so that the
    /// compiler makes vector instructions of it.
    fn marks(&self, filter: &Filter, range: &Range<usize>) -> Vec<u8> {
        let mut marks = vec![1; range.len()];
        fn keep<T: Copy>(marks: &mut [u8], column: &[T], passes: impl Fn(T) -> bool) {
            for (mark, value) in marks.iter_mut().zip(column) {
                *mark &= u8::from(passes(*value));
            }
        }
        let people = &self.places.people[range.clone()];
        let most = |n: i64| n.clamp(0, i64::from(u32::MAX)) as u32;
        if !filter.sizes.is_empty() {
            let wanted = filter.sizes.iter().fold(0, |bits, s| bits | 1 << s.index());
            keep(&mut marks, &self.places.size[range.clone()], |size| size & wanted != 0);
        }
        if !filter.statuses.is_empty() {
            let wanted = filter.statuses.iter().fold(0, |bits, s| bits | 1 << *s as u8);
            keep(&mut marks, &self.status[range.clone()], |status| status & wanted != 0);
        }
        if let Some(least) = filter.min_population {
            keep(&mut marks, people, |p| p >= most(least));
        }
        if let Some(largest) = filter.max_population {
            keep(&mut marks, people, |p| p != 0 && p <= most(largest));
        }
        let area = filter.area.map_or(u16::MAX, area_bit);
        let (needs, offers) = (&self.needs[range.clone()], &self.offers[range.clone()]);
        if filter.need {
            keep(&mut marks, needs, |bits| bits & area != 0);
        }
        if filter.offer {
            keep(&mut marks, offers, |bits| bits & area != 0);
        }
        if filter.area.is_some() && !filter.need && !filter.offer {
            for ((mark, need), offer) in marks.iter_mut().zip(needs).zip(offers) {
                *mark &= u8::from((need | offer) & area != 0);
            }
        }
        marks
    }

    fn order(&self, sort: Sort, lang: Lang) -> &Ordered {
        match sort {
            Sort::Stated => &self.by_stated[column(lang)],
            Sort::Name => &self.places.by_name[column(lang)],
            Sort::Largest => &self.places.by_people,
            Sort::Smallest => &self.places.by_people_up,
            Sort::Changed => &self.by_change,
        }
    }

    /// The entries that pass a filter, in order.
    pub fn select(&self, filter: &Filter, sort: Sort, lang: Lang) -> Selection<'_> {
        let range = self.range(filter);
        let marks = self.marks(filter, &range);
        let count = marks.iter().map(|mark| usize::from(*mark)).sum();
        let order = self.order(sort, lang);
        Selection { count, kind: Selected::Marked { order, range, marks } }
    }

    /// Those of some entries that pass a filter: in their own order, or in
    /// another that is asked for.
    pub fn select_among(
        &self,
        entries: impl Iterator<Item = Row>,
        filter: &Filter,
        sort: Option<Sort>,
        lang: Lang,
    ) -> Selection<'_> {
        let range = self.range(filter);
        let marks = self.marks(filter, &range);
        let passes = |i: usize| range.contains(&i) && marks[i - range.start] == 1;
        let mut rows: Vec<Row> = entries.filter(|row| passes(row.index())).collect();
        if let Some(sort) = sort {
            let order = self.order(sort, lang);
            rows.sort_by_key(|row| order.place[row.index()]);
        }
        Selection { count: rows.len(), kind: Selected::Rows(rows) }
    }

    /// Whether somebody states a need in an area for verified members, which
    /// [`Listing::area_counts`] leaves out.
    pub fn has_withheld_needs(&self, area: &Area) -> bool {
        self.withheld_needs & area_bit(area) != 0
    }

    /// How many municipalities publicly state a need, and an offer, in each
    /// area.
    pub fn area_counts(&self) -> Vec<(usize, usize)> {
        let count = |column: &[u16], i: usize| column.iter().filter(|b| *b >> i & 1 == 1).count();
        (0..AREAS.len()).map(|i| (count(&self.needs, i), count(&self.offers, i))).collect()
    }
}
