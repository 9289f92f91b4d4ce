//! How much more often than elsewhere partnerships are known here: the
//! quantities of [`Criterion::Country`](super::Criterion::Country) that the
//! weights file carries.
//!
//! Every rate is a ratio of what is known to what would be expected, drawn
//! towards its parent by a number of partnerships of expectation on either
//! side (the posterior mean of a Poisson rate with a gamma prior: Clayton and
//! Kaldor 1987). So a few partnerships move little, and none known of none
//! expected moves nothing. What is expected of a country or a region follows
//! from how many places of which size it has (indirect standardisation).

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::field::{BANDS, Field, Pair, Partnership};
use crate::domain::country::Country;

/// After so many years a partnership counts half for the rates of countries
/// and regions: where partners are found changes.
const HALF_LIFE_YEARS: f32 = 2.0;

/// The year a partnership counts as begun in whose list names none.
pub const UNDATED_SINCE: i32 = 2016;

/// Partnerships of expectation by which a rate is drawn to its parent: for
/// those counted by age, and for those counted whole.
const AGED_PRIOR: f32 = 1.0;
const WHOLE_PRIOR: f32 = 5.0;
/// The same for the share of a country in all lists.
const SHARE_PRIOR: f32 = 10.0;

/// The quantities of one pair that come from rates, as natural logarithms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lifts {
    /// The country against Europe.
    pub country: f32,
    /// The region against its country.
    pub region: f32,
    /// The hromada's oblast with the country.
    pub oblast: f32,
    /// The hromada's oblast with the region; 0 where nothing is known.
    pub oblast_region: f32,
    /// Hromadas of this size with the country.
    pub hromada_size: f32,
    /// Places of this size in the country.
    pub place_size: f32,
}

/// The logarithm of a rate that is drawn towards 1.
pub(super) fn shrunk(known: f32, expected: f32, prior: f32) -> f32 {
    ((known.max(0.0) + prior) / (expected.max(0.0) + prior)).ln()
}

/// Partnerships that are of one kind, of another, of both, and in all.
struct Crossing {
    both: f32,
    one: f32,
    other: f32,
    all: f32,
}

impl Crossing {
    /// How much more often the two kinds meet than if they had nothing to do
    /// with each other, as a logarithm; without one partnership, of which is
    /// said whether it is of the one kind and of the other.
    fn lift(self, without: Option<(bool, bool)>) -> f32 {
        let minus = |so: fn((bool, bool)) -> bool| one_if(without.is_some_and(so));
        let both = self.both - minus(|(one, other)| one && other);
        let (one, other) = (self.one - minus(|(one, _)| one), self.other - minus(|(_, o)| o));
        let all = self.all - minus(|_| true);
        shrunk(both, one * other / all.max(1.0), WHOLE_PRIOR)
    }
}

/// Known partnerships counted by who is on either side.
///
/// Those of hromadas that are under occupation today are left out: where they
/// found partners says nothing about where others would.
#[derive(Clone, Debug)]
pub struct Counts {
    countries: usize,
    /// How much each partnership counts by its age.
    age_weight: HashMap<Pair, f32>,
    aged: f32,
    aged_country: Vec<f32>,
    aged_region: Vec<f32>,
    all: f32,
    by_country: Vec<f32>,
    by_region: Vec<f32>,
    by_oblast: Vec<f32>,
    /// By oblast, then country.
    by_oblast_country: Vec<f32>,
    by_oblast_region: HashMap<(u16, u16), f32>,
    by_hromada_band: [f32; BANDS],
    by_country_hromada_band: Vec<[f32; BANDS]>,
    by_country_place_band: Vec<[f32; BANDS]>,
    /// The share of a country among what is expected of all places, of a
    /// region and of a band within its country, by the sizes of places.
    country_share: Vec<f32>,
    region_share: Vec<f32>,
    band_share: Vec<[f32; BANDS]>,
}

impl Counts {
    /// Counts partnerships over a field.
    pub fn new(field: &Field, partnerships: &[Partnership]) -> Counts {
        let countries = field.countries.len();
        let newest = newest_year(partnerships);
        let mut counts = Counts {
            countries,
            age_weight: HashMap::new(),
            aged: 0.0,
            aged_country: vec![0.0; countries],
            aged_region: vec![0.0; field.regions.len()],
            all: 0.0,
            by_country: vec![0.0; countries],
            by_region: vec![0.0; field.regions.len()],
            by_oblast: vec![0.0; field.oblasts.len()],
            by_oblast_country: vec![0.0; field.oblasts.len() * countries],
            by_oblast_region: HashMap::new(),
            by_hromada_band: [0.0; BANDS],
            by_country_hromada_band: vec![[0.0; BANDS]; countries],
            by_country_place_band: vec![[0.0; BANDS]; countries],
            country_share: vec![0.0; countries],
            region_share: vec![0.0; field.regions.len()],
            band_share: vec![[0.0; BANDS]; countries],
        };
        for known in partnerships {
            let (h, p) = (known.hromada as usize, known.place as usize);
            if field.h_occupied[h] {
                continue;
            }
            let age = newest - known.since.unwrap_or(UNDATED_SINCE).min(newest);
            let weight = 0.5_f32.powf(age as f32 / HALF_LIFE_YEARS);
            counts.age_weight.insert(known.pair(), weight);
            let (c, r) = (field.p_country[p] as usize, field.p_region[p] as usize);
            let o = field.h_oblast[h] as usize;
            counts.aged += weight;
            counts.aged_country[c] += weight;
            counts.aged_region[r] += weight;
            counts.all += 1.0;
            counts.by_country[c] += 1.0;
            counts.by_region[r] += 1.0;
            counts.by_oblast[o] += 1.0;
            counts.by_oblast_country[o * countries + c] += 1.0;
            *counts.by_oblast_region.entry((o as u16, r as u16)).or_default() += 1.0;
            counts.by_hromada_band[field.h_band[h] as usize] += 1.0;
            counts.by_country_hromada_band[c][field.h_band[h] as usize] += 1.0;
            counts.by_country_place_band[c][field.p_band[p] as usize] += 1.0;
        }
        counts.expect(field);
        counts
    }

    /// What would be known of every country, region and band if only the
    /// sizes of places mattered.
    fn expect(&mut self, field: &Field) {
        let mut places = [0.0_f32; BANDS];
        field.p_band.iter().for_each(|b| places[*b as usize] += 1.0);
        let rate: Vec<f32> = (0..BANDS)
            .map(|b| {
                let known: f32 = self.by_country_place_band.iter().map(|of| of[b]).sum();
                (known + 0.5) / (places[b] + 1_000.0)
            })
            .collect();
        let mut country = vec![0.0; self.countries];
        for p in 0..field.places.len() {
            let (c, b) = (field.p_country[p] as usize, field.p_band[p] as usize);
            country[c] += rate[b];
            self.region_share[field.p_region[p] as usize] += rate[b];
            self.band_share[c][b] += rate[b];
        }
        let all: f32 = country.iter().sum();
        for (r, (c, _)) in field.regions.iter().enumerate() {
            self.region_share[r] /= country[*c as usize];
        }
        for (c, expected) in country.iter().enumerate() {
            self.band_share[c].iter_mut().for_each(|x| *x /= expected);
            self.country_share[c] = expected / all;
        }
    }

    /// Whether no partnership counts.
    pub fn is_empty(&self) -> bool {
        self.age_weight.is_empty()
    }

    /// The lifts of a pair, as they would be if the partnership `without`
    /// were not known: one that counted towards its own rates would only
    /// repeat its own answer.
    pub fn lifts(&self, field: &Field, (h, p): Pair, without: Option<Pair>) -> Lifts {
        let (h, p) = (h as usize, p as usize);
        let (c, r) = (field.p_country[p] as usize, field.p_region[p] as usize);
        let o = field.h_oblast[h] as usize;
        Lifts {
            country: self.country(field, c, without),
            region: self.region(field, r, without),
            oblast: self.oblast(field, o, c, without),
            oblast_region: self.oblast_region(field, o, r, without),
            hromada_size: self.hromada_size(field, c, field.h_band[h] as usize, without),
            place_size: self.place_size(field, c, field.p_band[p] as usize, without),
        }
    }

    /// The partnership to leave out, if it counts, and how much by its age.
    fn left_out(&self, without: Option<Pair>) -> Option<(usize, usize, f32)> {
        let (h, p) = without?;
        let weight = *self.age_weight.get(&(h, p))?;
        Some((h as usize, p as usize, weight))
    }

    fn country(&self, field: &Field, c: usize, without: Option<Pair>) -> f32 {
        let (mut here, mut all) = (self.aged_country[c], self.aged);
        if let Some((_, p, weight)) = self.left_out(without) {
            all -= weight;
            here -= if field.p_country[p] as usize == c { weight } else { 0.0 };
        }
        shrunk(here, all * self.country_share[c], AGED_PRIOR)
    }

    fn region(&self, field: &Field, r: usize, without: Option<Pair>) -> f32 {
        let c = field.regions[r].0 as usize;
        let (mut here, mut country) = (self.aged_region[r], self.aged_country[c]);
        if let Some((_, p, weight)) = self.left_out(without) {
            country -= if field.p_country[p] as usize == c { weight } else { 0.0 };
            here -= if field.p_region[p] as usize == r { weight } else { 0.0 };
        }
        shrunk(here, country * self.region_share[r], AGED_PRIOR)
    }

    fn oblast(&self, field: &Field, o: usize, c: usize, without: Option<Pair>) -> f32 {
        Crossing {
            both: self.by_oblast_country[o * self.countries + c],
            one: self.by_oblast[o],
            other: self.by_country[c],
            all: self.all,
        }
        .lift(
            self.left_out(without).map(|(h, p, _)| {
                (field.h_oblast[h] as usize == o, field.p_country[p] as usize == c)
            }),
        )
    }

    fn oblast_region(&self, field: &Field, o: usize, r: usize, without: Option<Pair>) -> f32 {
        let Some(&here) = self.by_oblast_region.get(&(o as u16, r as u16)) else { return 0.0 };
        let c = field.regions[r].0 as usize;
        let (mut here, mut oblast) = (here, self.by_oblast_country[o * self.countries + c]);
        let (mut region, mut country) = (self.by_region[r], self.by_country[c]);
        if let Some((h, p, _)) = self.left_out(without) {
            let of_oblast = field.h_oblast[h] as usize == o;
            let of_country = field.p_country[p] as usize == c;
            let of_region = field.p_region[p] as usize == r;
            country -= one_if(of_country);
            region -= one_if(of_region);
            oblast -= one_if(of_oblast && of_country);
            here -= one_if(of_oblast && of_region);
        }
        if here < 0.5 {
            return 0.0;
        }
        let share = (region + WHOLE_PRIOR * self.region_share[r]) / (country + WHOLE_PRIOR);
        shrunk(here, oblast * share, WHOLE_PRIOR)
    }

    fn hromada_size(&self, field: &Field, c: usize, band: usize, without: Option<Pair>) -> f32 {
        Crossing {
            both: self.by_country_hromada_band[c][band],
            one: self.by_hromada_band[band],
            other: self.by_country[c],
            all: self.all,
        }
        .lift(
            self.left_out(without).map(|(h, p, _)| {
                (field.h_band[h] as usize == band, field.p_country[p] as usize == c)
            }),
        )
    }

    fn place_size(&self, field: &Field, c: usize, band: usize, without: Option<Pair>) -> f32 {
        let (mut here, mut country) = (self.by_country_place_band[c][band], self.by_country[c]);
        if let Some((_, p, _)) = self.left_out(without) {
            let same_country = field.p_country[p] as usize == c;
            country -= one_if(same_country);
            here -= one_if(same_country && field.p_band[p] as usize == band);
        }
        shrunk(here, country * self.band_share[c][band], WHOLE_PRIOR)
    }

    /// All rates as columns.
    pub fn columns(&self, field: &Field) -> RateColumns {
        let countries = 0..self.countries;
        let oblasts = 0..field.oblasts.len();
        let share = |c: usize| {
            (self.aged_country[c] + SHARE_PRIOR * self.country_share[c]) / (self.aged + SHARE_PRIOR)
        };
        RateColumns {
            countries: self.countries,
            share: countries.clone().map(share).collect(),
            country: countries.clone().map(|c| self.country(field, c, None)).collect(),
            region: (0..field.regions.len()).map(|r| self.region(field, r, None)).collect(),
            oblast: oblasts
                .flat_map(|o| countries.clone().map(move |c| self.oblast(field, o, c, None)))
                .collect(),
            oblast_region: self
                .by_oblast_region
                .keys()
                .map(|&(o, r)| ((o, r), self.oblast_region(field, o as usize, r as usize, None)))
                .collect(),
            hromada_size: countries
                .clone()
                .map(|c| std::array::from_fn(|b| self.hromada_size(field, c, b, None)))
                .collect(),
            place_size: countries
                .map(|c| std::array::from_fn(|b| self.place_size(field, c, b, None)))
                .collect(),
            pairs: PairColumns {
                countries: self.countries,
                oblast_country: self.by_oblast_country.iter().map(|n| *n as u32).collect(),
                oblast_region: self.by_oblast_region.iter().map(|(k, n)| (*k, *n as u32)).collect(),
            },
        }
    }
}

fn one_if(so: bool) -> f32 {
    if so { 1.0 } else { 0.0 }
}

/// The year of the newest partnership: what ages are counted from, so that
/// learning reads no clock.
pub fn newest_year(partnerships: &[Partnership]) -> i32 {
    partnerships.iter().filter_map(|k| k.since).max().unwrap_or(UNDATED_SINCE)
}

/// Rates of bands of population, from small to large, then unknown.
type ByBand = [f32; BANDS];

/// The rates of the weights file, with the numbers of known partnerships they
/// were learned from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rates {
    /// The share of each country in partnerships as they are made today: by
    /// age, and drawn towards what its places would have by their sizes.
    pub share: BTreeMap<Country, f32>,
    /// [`Lifts::country`] by country.
    pub country: BTreeMap<Country, f32>,
    /// [`Lifts::region`] by country and region code.
    pub region: BTreeMap<Country, BTreeMap<String, f32>>,
    /// [`Lifts::oblast`] by oblast (its code) and country.
    pub oblast: BTreeMap<String, BTreeMap<Country, f32>>,
    /// [`Lifts::oblast_region`] by oblast, country and region; what is not
    /// named is 0.
    pub oblast_region: BTreeMap<String, BTreeMap<Country, BTreeMap<String, f32>>>,
    /// [`Lifts::hromada_size`] by country.
    pub hromada_size: BTreeMap<Country, ByBand>,
    /// [`Lifts::place_size`] by country.
    pub place_size: BTreeMap<Country, ByBand>,
    /// How many known partnerships these rest on: sentences say these numbers,
    /// never a rate.
    pub pairs: PairCounts,
}

/// Numbers of known partnerships, without those of hromadas that were under
/// occupation when they were counted; what is not named has none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PairCounts {
    /// By oblast (its code) and country.
    pub oblast: BTreeMap<String, BTreeMap<Country, u32>>,
    /// By oblast, country and region code.
    pub oblast_region: BTreeMap<String, BTreeMap<Country, BTreeMap<String, u32>>>,
}

/// The rates as columns of a field.
#[derive(Clone, Debug)]
pub struct RateColumns {
    countries: usize,
    share: Vec<f32>,
    country: Vec<f32>,
    region: Vec<f32>,
    /// By oblast, then country.
    oblast: Vec<f32>,
    oblast_region: HashMap<(u16, u16), f32>,
    hromada_size: Vec<ByBand>,
    place_size: Vec<ByBand>,
    /// The numbers they were learned from.
    pub(super) pairs: PairColumns,
}

/// Numbers of known partnerships as columns of a field.
#[derive(Clone, Debug)]
pub struct PairColumns {
    countries: usize,
    /// By oblast, then country.
    oblast_country: Vec<u32>,
    oblast_region: HashMap<(u16, u16), u32>,
}

impl PairColumns {
    /// Those of an oblast with a country.
    pub(super) fn oblast_country(&self, o: usize, c: usize) -> u32 {
        self.oblast_country[o * self.countries + c]
    }

    /// Those of an oblast with a region.
    pub(super) fn oblast_region(&self, o: usize, r: usize) -> u32 {
        self.oblast_region.get(&(o as u16, r as u16)).copied().unwrap_or(0)
    }

    /// Those of a region.
    pub(super) fn region(&self, r: usize) -> u32 {
        let of_region =
            self.oblast_region.iter().filter(|((_, other), _)| usize::from(*other) == r);
        of_region.map(|(_, n)| n).sum()
    }

    /// Those of a country.
    pub(super) fn country(&self, c: usize) -> u32 {
        self.oblast_country.iter().skip(c).step_by(self.countries).sum()
    }
}

impl RateColumns {
    /// Looks the rates of a file up for a field. What was not there when they
    /// were learned has the rate of its parent; a country, the lowest.
    pub fn of(rates: &Rates, field: &Field) -> RateColumns {
        let lowest = rates.country.values().copied().fold(0.0, f32::min);
        let countries = &field.countries;
        let number_of: HashMap<(Country, &str), u16> = field
            .regions
            .iter()
            .enumerate()
            .map(|(r, (c, code))| ((countries[*c as usize], code.as_str()), r as u16))
            .collect();
        let by_band = |of: &BTreeMap<Country, ByBand>| {
            countries.iter().map(|c| of.get(c).copied().unwrap_or_default()).collect()
        };
        RateColumns {
            countries: countries.len(),
            share: countries.iter().map(|c| rates.share.get(c).copied().unwrap_or(0.0)).collect(),
            country: countries.iter().map(|c| *rates.country.get(c).unwrap_or(&lowest)).collect(),
            region: field
                .regions
                .iter()
                .map(|(c, code)| {
                    let of = rates.region.get(&countries[*c as usize]);
                    of.and_then(|m| m.get(code)).copied().unwrap_or(0.0)
                })
                .collect(),
            oblast: by_oblast_country(field, &rates.oblast),
            oblast_region: by_oblast_region(field, &number_of, &rates.oblast_region),
            hromada_size: by_band(&rates.hromada_size),
            place_size: by_band(&rates.place_size),
            pairs: PairColumns {
                countries: countries.len(),
                oblast_country: by_oblast_country(field, &rates.pairs.oblast),
                oblast_region: by_oblast_region(field, &number_of, &rates.pairs.oblast_region),
            },
        }
    }

    /// The lifts of a pair.
    pub fn lifts(&self, field: &Field, (h, p): Pair) -> Lifts {
        let (h, p) = (h as usize, p as usize);
        let (c, r) = (field.p_country[p] as usize, field.p_region[p] as usize);
        let o = field.h_oblast[h] as usize;
        Lifts {
            country: self.country(c),
            region: self.region(r),
            oblast: self.oblast(o, c),
            oblast_region: self.oblast_region(o, r),
            hromada_size: self.hromada_size(c, field.h_band[h] as usize),
            place_size: self.place_size(c, field.p_band[p] as usize),
        }
    }

    /// The share of a country in partnerships as they are made today, 0 to 1.
    pub(super) fn share(&self, c: usize) -> f32 {
        self.share[c]
    }

    pub(super) fn country(&self, c: usize) -> f32 {
        self.country[c]
    }

    pub(super) fn region(&self, r: usize) -> f32 {
        self.region[r]
    }

    pub(super) fn oblast(&self, o: usize, c: usize) -> f32 {
        self.oblast[o * self.countries + c]
    }

    pub(super) fn oblast_region(&self, o: usize, r: usize) -> f32 {
        self.oblast_region.get(&(o as u16, r as u16)).copied().unwrap_or(0.0)
    }

    pub(super) fn hromada_size(&self, c: usize, band: usize) -> f32 {
        self.hromada_size[c][band]
    }

    pub(super) fn place_size(&self, c: usize, band: usize) -> f32 {
        self.place_size[c][band]
    }

    /// The rates by name, for the weights file.
    pub fn named(&self, field: &Field) -> Rates {
        let mut rates = Rates::default();
        for (c, country) in field.countries.iter().enumerate() {
            rates.share.insert(*country, self.share[c]);
            rates.country.insert(*country, self.country[c]);
            rates.hromada_size.insert(*country, self.hromada_size[c]);
            rates.place_size.insert(*country, self.place_size[c]);
            for (o, oblast) in field.oblasts.iter().enumerate() {
                let of = rates.oblast.entry(oblast.clone()).or_default();
                of.insert(*country, self.oblast(o, c));
                let known = self.pairs.oblast_country(o, c);
                if known > 0 {
                    let of = rates.pairs.oblast.entry(oblast.clone()).or_default();
                    of.insert(*country, known);
                }
            }
        }
        for (r, (c, code)) in field.regions.iter().enumerate() {
            let country = field.countries[*c as usize];
            rates.region.entry(country).or_default().insert(code.clone(), self.region[r]);
        }
        name_oblast_regions(field, &self.oblast_region, &mut rates.oblast_region);
        name_oblast_regions(field, &self.pairs.oblast_region, &mut rates.pairs.oblast_region);
        rates
    }
}

type ByOblastRegion<T> = BTreeMap<String, BTreeMap<Country, BTreeMap<String, T>>>;

fn by_oblast_country<T: Copy + Default>(
    field: &Field,
    named: &BTreeMap<String, BTreeMap<Country, T>>,
) -> Vec<T> {
    let of = |o: &String| {
        let of = named.get(o);
        field.countries.iter().map(move |c| of.and_then(|m| m.get(c)).copied().unwrap_or_default())
    };
    field.oblasts.iter().flat_map(of).collect()
}

fn by_oblast_region<T: Copy>(
    field: &Field,
    regions: &HashMap<(Country, &str), u16>,
    named: &ByOblastRegion<T>,
) -> HashMap<(u16, u16), T> {
    let mut columns = HashMap::new();
    for (o, oblast) in field.oblasts.iter().enumerate() {
        for (country, of_country) in named.get(oblast).into_iter().flatten() {
            for (code, value) in of_country {
                if let Some(&r) = regions.get(&(*country, code.as_str())) {
                    columns.insert((o as u16, r), *value);
                }
            }
        }
    }
    columns
}

fn name_oblast_regions<T: Copy>(
    field: &Field,
    columns: &HashMap<(u16, u16), T>,
    named: &mut ByOblastRegion<T>,
) {
    for (&(o, r), value) in columns {
        let (c, code) = &field.regions[r as usize];
        let of_oblast = named.entry(field.oblasts[o as usize].clone()).or_default();
        let of_country = of_oblast.entry(field.countries[*c as usize]).or_default();
        of_country.insert(code.clone(), *value);
    }
}
