//! What is known of existing ties, and the quantities of a pair that follow.
//!
//! The same functions serve ranking, explanation, fitting and backtests. For
//! the last two every quantity can be taken *without* one pair: a known pair
//! that counted towards its own rates would only learn its own answer.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::field::Field;
use crate::domain::country::Country;
use crate::domain::directory::Directory;
use crate::domain::tie::Place;

/// A hromada and a place by their numbers in the [`Field`].
pub type Pair = (u32, u32);

/// Distance over which the experience of neighbouring hromadas fades: a
/// neighbour this far counts 1/e.
pub const NEIGHBOURHOOD_KM: f32 = 60.0;

/// The weight of priors, in partnerships: how many would have to be known
/// before counts outweigh the expectation.
const COUNTRY_PRIOR: f32 = 200.0;
const OBLAST_PRIOR: f32 = 10.0;
const REGION_PRIOR: f32 = 10.0;
const NEIGHBOUR_PRIOR: f32 = 3.0;

/// Quantities of which a pair's affinity is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quantity {
    /// Great-circle kilometres.
    Distance,
    /// ln(people of the place ÷ people of the hromada).
    Size,
    /// ln of the people of the place.
    PlacePeople,
    /// Difference of their logarithmic ranks by population.
    Rank,
    /// ln of the rate of known partnerships per place of the country.
    CountryRate,
    /// ln of how much more often the oblast has partners in the country than
    /// Ukraine as a whole.
    OblastLift,
    /// ln of how much more often the region has Ukrainian partners than its
    /// country.
    RegionLift,
    /// ln of how much more often the neighbouring hromadas have partners in
    /// the country.
    NeighbourLift,
    /// Kilometres from the place to the nearest known partner of the hromada.
    NearPartner,
    /// Paths over a twin town of the place that is a partner of the hromada
    /// (Adamic and Adar 2003: each weighs 1 ÷ ln(2 + its twins)).
    SharedPartner,
    /// Known twin towns of the place outside Ukraine.
    TwinActivity,
    /// ln of the people of the hromada: how visible it is.
    HromadaPeople,
    /// Known partners of the hromada: how visible it is.
    HromadaPartners,
}

impl Quantity {
    /// Every quantity, in the order of the fields of a row.
    pub const ALL: [Quantity; 13] = [
        Quantity::Distance,
        Quantity::Size,
        Quantity::PlacePeople,
        Quantity::Rank,
        Quantity::CountryRate,
        Quantity::OblastLift,
        Quantity::RegionLift,
        Quantity::NeighbourLift,
        Quantity::NearPartner,
        Quantity::SharedPartner,
        Quantity::TwinActivity,
        Quantity::HromadaPeople,
        Quantity::HromadaPartners,
    ];

    /// The stable word for it in the weights file and Fluent keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Quantity::Distance => "distance",
            Quantity::Size => "size",
            Quantity::PlacePeople => "place-people",
            Quantity::Rank => "rank",
            Quantity::CountryRate => "country-rate",
            Quantity::OblastLift => "oblast-lift",
            Quantity::RegionLift => "region-lift",
            Quantity::NeighbourLift => "neighbour-lift",
            Quantity::NearPartner => "near-partner",
            Quantity::SharedPartner => "shared-partner",
            Quantity::TwinActivity => "twin-activity",
            Quantity::HromadaPeople => "hromada-people",
            Quantity::HromadaPartners => "hromada-partners",
        }
    }

    /// Whether it is known only where ties are recorded.
    pub fn needs_ties(self) -> bool {
        matches!(
            self,
            Quantity::NeighbourLift
                | Quantity::NearPartner
                | Quantity::SharedPartner
                | Quantity::TwinActivity
                | Quantity::HromadaPartners
        )
    }

    /// Whether it is the visibility of a hromada, which is no part of a
    /// pair's score.
    pub fn is_visibility(self) -> bool {
        matches!(self, Quantity::HromadaPeople | Quantity::HromadaPartners)
    }
}

/// The quantities of one pair, in the order of [`Quantity::ALL`]; none where
/// unknown.
pub type Quantities = [Option<f32>; Quantity::ALL.len()];

/// How often whom finds partners where, as logarithms. Learned from known
/// partnerships and shipped with the weights.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rates {
    /// [`Quantity::CountryRate`] by country.
    pub country: BTreeMap<Country, f32>,
    /// [`Quantity::OblastLift`] by oblast (its code) and country.
    pub oblast: BTreeMap<String, BTreeMap<Country, f32>>,
    /// [`Quantity::RegionLift`] by country and region code.
    pub region: BTreeMap<Country, BTreeMap<String, f32>>,
    /// How many known partnerships these rest on: what is said of them has to
    /// be said of enough.
    #[serde(default)]
    pub pairs: PairCounts,
}

/// Numbers of known partnerships; what is not named has none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PairCounts {
    /// By oblast (its code) and country.
    pub oblast: BTreeMap<String, BTreeMap<Country, u32>>,
    /// By country and region code.
    pub region: BTreeMap<Country, BTreeMap<String, u32>>,
}

/// The rates as columns of a field.
#[derive(Clone, Debug)]
pub struct RateColumns {
    pub(super) country: Vec<f32>,
    /// By oblast, then country.
    pub(super) oblast: Vec<f32>,
    pub(super) region: Vec<f32>,
    /// Known partnerships by oblast, then country.
    pub(super) oblast_pairs: Vec<u32>,
    /// Known partnerships by region.
    pub(super) region_pairs: Vec<u32>,
}

impl RateColumns {
    /// Looks the shipped rates up for a field. A country, oblast or region
    /// without known partnerships has the rate its counts of zero gave when
    /// the weights were made; one that was not there then has the lowest.
    pub fn of(rates: &Rates, field: &Field) -> RateColumns {
        let lowest = rates.country.values().copied().fold(0.0, f32::min);
        let country =
            field.countries.iter().map(|c| *rates.country.get(c).unwrap_or(&lowest)).collect();
        let oblast = field
            .oblasts
            .iter()
            .flat_map(|o| {
                let of = rates.oblast.get(o);
                field
                    .countries
                    .iter()
                    .map(move |c| of.and_then(|m| m.get(c)).copied().unwrap_or(0.0))
            })
            .collect();
        let region = field
            .regions
            .iter()
            .map(|(c, code)| {
                let of = rates.region.get(&field.countries[*c as usize]);
                of.and_then(|m| m.get(code)).copied().unwrap_or(0.0)
            })
            .collect();
        let oblast_pairs = field
            .oblasts
            .iter()
            .flat_map(|o| {
                let of = rates.pairs.oblast.get(o);
                let count = move |c| of.and_then(|m| m.get(c)).copied().unwrap_or(0);
                field.countries.iter().map(count)
            })
            .collect();
        let region_pairs = field
            .regions
            .iter()
            .map(|(c, code)| {
                let of = rates.pairs.region.get(&field.countries[*c as usize]);
                of.and_then(|m| m.get(code)).copied().unwrap_or(0)
            })
            .collect();
        RateColumns { country, oblast, region, oblast_pairs, region_pairs }
    }

    /// Known partnerships of a whole country.
    pub(super) fn country_pairs(&self, c: usize, countries: usize) -> u32 {
        self.oblast_pairs.iter().skip(c).step_by(countries).sum()
    }

    /// The rates by name, for the weights file.
    pub fn named(&self, field: &Field) -> Rates {
        let mut rates = Rates::default();
        for (c, country) in field.countries.iter().enumerate() {
            rates.country.insert(*country, self.country[c]);
            for (o, oblast) in field.oblasts.iter().enumerate() {
                let at = o * field.countries.len() + c;
                rates.oblast.entry(oblast.clone()).or_default().insert(*country, self.oblast[at]);
                if self.oblast_pairs[at] > 0 {
                    let of = rates.pairs.oblast.entry(oblast.clone()).or_default();
                    of.insert(*country, self.oblast_pairs[at]);
                }
            }
        }
        for (r, (c, code)) in field.regions.iter().enumerate() {
            let country = field.countries[*c as usize];
            rates.region.entry(country).or_default().insert(code.clone(), self.region[r]);
            if self.region_pairs[r] > 0 {
                let of = rates.pairs.region.entry(country).or_default();
                of.insert(code.clone(), self.region_pairs[r]);
            }
        }
        rates
    }
}

/// Twin towns of places: with each other, and how many they have in all.
#[derive(Clone, Debug, Default)]
pub struct Twins {
    /// The places each place is twinned with.
    of: HashMap<u32, Vec<u32>>,
    /// Twin towns of each place anywhere but in Ukraine; absent where no
    /// list says anything of it.
    degree: HashMap<u32, u32>,
}

impl Twins {
    /// Builds the graph from edges between places and counts of twins that
    /// are outside the directory.
    pub fn new(edges: impl IntoIterator<Item = (u32, u32)>, outside: &HashMap<u32, u32>) -> Twins {
        let mut of: HashMap<u32, Vec<u32>> = HashMap::new();
        for (a, b) in edges {
            if a != b {
                of.entry(a).or_default().push(b);
                of.entry(b).or_default().push(a);
            }
        }
        let mut degree = outside.clone();
        for (place, others) in &mut of {
            others.sort_unstable();
            others.dedup();
            *degree.entry(*place).or_default() += others.len() as u32;
        }
        Twins { of, degree }
    }

    /// The places a place is twinned with.
    pub fn of(&self, place: u32) -> &[u32] {
        self.of.get(&place).map_or(&[], Vec::as_slice)
    }

    /// How many twin towns a place has outside Ukraine; none where no list
    /// covers it.
    pub fn degree(&self, place: u32) -> Option<u32> {
        self.degree.get(&place).copied()
    }

    /// Adamic and Adar's weight of a path over this place.
    pub fn path_weight(&self, place: u32) -> f32 {
        1.0 / (2.0 + self.degree(place).unwrap_or(0) as f32).ln()
    }
}

/// Known partnerships and twinnings over one field.
#[derive(Clone, Debug)]
pub struct Knowledge {
    pairs: Vec<Pair>,
    of_hromada: Vec<Vec<u32>>,
    of_place: HashMap<u32, Vec<u32>>,
    twins: Twins,
    countries: usize,
    by_country: Vec<f32>,
    by_region: Vec<f32>,
    by_oblast: Vec<f32>,
    by_oblast_country: Vec<f32>,
    /// Partnerships of the neighbours of each hromada by country, each
    /// neighbour weighed by its distance.
    around: Vec<f32>,
}

impl Knowledge {
    /// Counts pairs and twinnings over a field.
    pub fn new(field: &Field, pairs: &[Pair], twins: Twins) -> Knowledge {
        let mut pairs = pairs.to_vec();
        pairs.sort_unstable();
        pairs.dedup();
        let countries = field.countries.len();
        let mut known = Knowledge {
            of_hromada: vec![Vec::new(); field.hromadas.len()],
            of_place: HashMap::new(),
            twins,
            countries,
            by_country: vec![0.0; countries],
            by_region: vec![0.0; field.regions.len()],
            by_oblast: vec![0.0; field.oblasts.len()],
            by_oblast_country: vec![0.0; field.oblasts.len() * countries],
            around: Vec::new(),
            pairs,
        };
        for &(h, p) in &known.pairs {
            known.of_hromada[h as usize].push(p);
            known.of_place.entry(p).or_default().push(h);
            let c = field.p_country[p as usize] as usize;
            let o = field.h_oblast[h as usize] as usize;
            known.by_country[c] += 1.0;
            known.by_region[field.p_region[p as usize] as usize] += 1.0;
            known.by_oblast[o] += 1.0;
            known.by_oblast_country[o * countries + c] += 1.0;
        }
        if !known.pairs.is_empty() {
            known.around = known.count_around(field);
        }
        known
    }

    /// Reads the recorded ties of a directory.
    pub fn recorded(directory: &Directory, field: &Field) -> Knowledge {
        let mut pairs = Vec::new();
        let mut edges = Vec::new();
        let mut outside: HashMap<u32, u32> = HashMap::new();
        for tie in directory.ties() {
            let end = |place: &Place| place.municipality().and_then(|id| directory.by_id(id));
            let (a, b) = (end(&tie.a), end(&tie.b));
            let place = |row| field.place(row).map(|p| p as u32);
            let hromada = |row| field.hromada(row).map(|h| h as u32);
            match (a, b) {
                (Some(a), Some(b)) => match (hromada(a), hromada(b), place(a), place(b)) {
                    (Some(h), _, _, Some(p)) | (_, Some(h), Some(p), _) => pairs.push((h, p)),
                    (_, _, Some(p), Some(q)) => edges.push((p, q)),
                    _ => {}
                },
                (Some(row), None) | (None, Some(row)) => {
                    if let Some(p) = place(row) {
                        *outside.entry(p).or_default() += 1;
                    }
                }
                (None, None) => {}
            }
        }
        Knowledge::new(field, &pairs, Twins::new(edges, &outside))
    }

    fn count_around(&self, field: &Field) -> Vec<f32> {
        let mut around = vec![0.0; field.hromadas.len() * self.countries];
        for h in 0..field.hromadas.len() {
            for (other, partners) in self.of_hromada.iter().enumerate() {
                if other == h || partners.is_empty() {
                    continue;
                }
                let weight = neighbour_weight(field, h, other);
                for &p in partners {
                    let c = field.p_country[p as usize] as usize;
                    around[h * self.countries + c] += weight;
                }
            }
        }
        around
    }

    /// All known partnerships.
    pub fn pairs(&self) -> &[Pair] {
        &self.pairs
    }

    /// The twin towns.
    pub fn twins(&self) -> &Twins {
        &self.twins
    }

    /// The known partners of a hromada.
    pub fn partners_of_hromada(&self, h: usize) -> &[u32] {
        &self.of_hromada[h]
    }

    /// The known Ukrainian partners of a place.
    pub fn partners_of_place(&self, p: usize) -> &[u32] {
        self.of_place.get(&(p as u32)).map_or(&[], Vec::as_slice)
    }

    /// The share of a country among known partnerships, smoothed.
    fn share(&self, minus: f32, of_country: f32) -> f32 {
        let n = self.pairs.len() as f32 - minus;
        (of_country + 0.5) / (n + 0.5 * self.countries as f32)
    }

    fn dropped_country(&self, field: &Field, without: Option<Pair>) -> Option<usize> {
        without.map(|(_, p)| field.p_country[p as usize] as usize)
    }

    /// The rates that follow from the counts, without one pair if given.
    pub fn rates(&self, field: &Field, without: Option<Pair>) -> RateColumns {
        let dropped_country = self.dropped_country(field, without);
        let dropped_region = without.map(|(_, p)| field.p_region[p as usize] as usize);
        let dropped_oblast = without.map(|(h, _)| field.h_oblast[h as usize] as usize);
        let one = |here: bool| if here { 1.0 } else { 0.0 };
        let minus = one(without.is_some());
        let n_country = |c: usize| self.by_country[c] - one(dropped_country == Some(c));
        let country = (0..self.countries)
            .map(|c| ((n_country(c) + 1.0) / (field.country_places[c] + COUNTRY_PRIOR)).ln())
            .collect();
        let mut oblast = Vec::with_capacity(field.oblasts.len() * self.countries);
        for o in 0..field.oblasts.len() {
            let n_oblast = self.by_oblast[o] - one(dropped_oblast == Some(o));
            for c in 0..self.countries {
                let here = dropped_oblast == Some(o) && dropped_country == Some(c);
                let n = self.by_oblast_country[o * self.countries + c] - one(here);
                let share = self.share(minus, n_country(c));
                oblast.push(((n + OBLAST_PRIOR * share) / (n_oblast + OBLAST_PRIOR) / share).ln());
            }
        }
        let region = (0..field.regions.len())
            .map(|r| {
                let c = field.regions[r].0 as usize;
                let n = self.by_region[r] - one(dropped_region == Some(r));
                let rate = (n_country(c) + 0.1) / (field.country_places[c] + 10.0);
                let places = field.region_places[r];
                ((n + REGION_PRIOR * rate) / (places + REGION_PRIOR) / rate).ln()
            })
            .collect();
        let whole = |n: &f32| *n as u32;
        RateColumns {
            country,
            oblast,
            region,
            oblast_pairs: self.by_oblast_country.iter().map(whole).collect(),
            region_pairs: self.by_region.iter().map(whole).collect(),
        }
    }

    /// How much more often the neighbours of a hromada have partners in a
    /// country than everybody; none while no partnership is known at all.
    pub fn neighbour_lift(
        &self,
        field: &Field,
        h: usize,
        c: usize,
        without: Option<Pair>,
    ) -> Option<f32> {
        if self.around.is_empty() {
            return None;
        }
        let row = &self.around[h * self.countries..(h + 1) * self.countries];
        let (mut here, mut total) = (row[c], row.iter().sum::<f32>());
        let mut of_country = self.by_country[c];
        let mut minus = 0.0;
        if let Some((dh, dp)) = without {
            minus = 1.0;
            let same_country = field.p_country[dp as usize] as usize == c;
            of_country -= if same_country { 1.0 } else { 0.0 };
            if dh as usize != h {
                let weight = neighbour_weight(field, h, dh as usize);
                total = (total - weight).max(0.0);
                here = if same_country { (here - weight).max(0.0) } else { here };
            }
        }
        let share = self.share(minus, of_country);
        Some(((here + NEIGHBOUR_PRIOR * share) / (total + NEIGHBOUR_PRIOR) / share).ln())
    }

    /// Kilometres from a place to the nearest known partner of a hromada;
    /// none while none of its partners is known.
    pub fn near_partner(
        &self,
        field: &Field,
        h: usize,
        p: usize,
        without: Option<Pair>,
    ) -> Option<(u32, f32)> {
        self.of_hromada[h]
            .iter()
            .filter(|&&q| without != Some((h as u32, q)) && q as usize != p)
            .map(|&q| (q, super::field::km(&field.p_vector[p], &field.p_vector[q as usize])))
            .min_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// The weight of the paths from a hromada over its partners to a place;
    /// none while no partner of the hromada is known or no list covers the
    /// place.
    pub fn shared_partner(&self, h: usize, p: usize, without: Option<Pair>) -> Option<f32> {
        self.twins.degree(p as u32)?;
        let mut partners = self.of_hromada[h]
            .iter()
            .filter(|&&q| without != Some((h as u32, q)) && q as usize != p)
            .peekable();
        partners.peek()?;
        let twins = self.twins.of(p as u32);
        // Added in a fixed order, so the sum is the same each time.
        Some(
            partners
                .filter(|&&q| twins.binary_search(&q).is_ok())
                .map(|&q| self.twins.path_weight(q))
                .sum(),
        )
    }

    /// The quantities of a pair.
    pub fn quantities(
        &self,
        field: &Field,
        rates: &RateColumns,
        h: usize,
        p: usize,
        without: Option<Pair>,
    ) -> Quantities {
        let c = field.p_country[p] as usize;
        let o = field.h_oblast[h] as usize;
        let sizes = field.h_ln_people[h].zip(field.p_ln_people[p]);
        let partners =
            self.of_hromada[h].iter().filter(|&&q| without != Some((h as u32, q))).count();
        Quantity::ALL.map(|quantity| match quantity {
            Quantity::Distance => Some(field.distance(h, p)),
            Quantity::Size => sizes.map(|(hromada, place)| place - hromada),
            Quantity::PlacePeople => sizes.map(|(_, place)| place),
            Quantity::Rank => sizes.map(|_| field.p_rank[p] - field.h_rank[h]),
            Quantity::CountryRate => Some(rates.country[c]),
            Quantity::OblastLift => Some(rates.oblast[o * self.countries + c]),
            Quantity::RegionLift => Some(rates.region[field.p_region[p] as usize]),
            Quantity::NeighbourLift => self.neighbour_lift(field, h, c, without),
            Quantity::NearPartner => self.near_partner(field, h, p, without).map(|(_, km)| km),
            Quantity::SharedPartner => self.shared_partner(h, p, without),
            Quantity::TwinActivity => self.twins.degree(p as u32).map(|d| d as f32),
            Quantity::HromadaPeople => field.h_ln_people[h],
            Quantity::HromadaPartners => (!self.pairs.is_empty()).then_some(partners as f32),
        })
    }
}

/// How much the experience of one hromada counts for another.
fn neighbour_weight(field: &Field, h: usize, other: usize) -> f32 {
    (-super::field::km(&field.h_vector[h], &field.h_vector[other]) / NEIGHBOURHOOD_KM).exp()
}
