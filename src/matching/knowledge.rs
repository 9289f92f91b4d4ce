//! What is known of existing ties, and the quantities of a pair that follow.
//!
//! The same functions serve ranking, explanation, fitting and backtests. For
//! the last two every quantity can be taken *without* one pair: a known pair
//! that counted towards its own rates would only learn its own answer.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::field::{Field, Pair, Partnership, km};
use super::rates::{Counts, Lifts, shrunk};
use crate::domain::directory::Directory;
use crate::domain::tie::Place;

/// Distance over which the experience of neighbours fades: one this far
/// counts 1/e.
pub const NEIGHBOURHOOD_KM: f32 = 60.0;

/// Experience from further away than this is not counted: a fiftieth of that
/// of the same place.
const FARTHEST_KM: f32 = 240.0;

/// Partnerships of expectation by which the experience of neighbours is drawn
/// to that of everybody.
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
    /// [`Lifts::country`].
    CountryRate,
    /// [`Lifts::region`].
    RegionLift,
    /// [`Lifts::oblast`].
    OblastLift,
    /// [`Lifts::oblast_region`].
    OblastRegionLift,
    /// [`Lifts::hromada_size`].
    HromadaSizeLift,
    /// [`Lifts::place_size`].
    PlaceSizeLift,
    /// ln of how much more often the neighbouring hromadas have partners in
    /// the country.
    NeighbourLift,
    /// Known partners of hromadas of the same oblast around the place, each
    /// counted less the further it is ([`NEIGHBOURHOOD_KM`]).
    OblastPartnersNear,
    /// Known partners of the place in Ukraine, beside the hromada.
    UkrainianPartners,
    /// Kilometres from the place to the nearest known partner of the hromada.
    NearPartner,
    /// Paths over a twin town of the place that is a partner of the hromada
    /// (Adamic and Adar 2003: each weighs 1 ÷ ln(2 + its twins)).
    SharedPartner,
    /// Paths over a town that is a twin of the place and of a partner of the
    /// hromada, weighed in the same way.
    SharedTwin,
    /// Known twin towns of the place outside Ukraine.
    TwinActivity,
    /// ln of the people of the hromada: how visible it is.
    HromadaPeople,
    /// Known partners of the hromada: how visible it is.
    HromadaPartners,
}

impl Quantity {
    /// Every quantity, in the order of the fields of a row.
    pub const ALL: [Quantity; 19] = [
        Quantity::Distance,
        Quantity::Size,
        Quantity::PlacePeople,
        Quantity::Rank,
        Quantity::CountryRate,
        Quantity::RegionLift,
        Quantity::OblastLift,
        Quantity::OblastRegionLift,
        Quantity::HromadaSizeLift,
        Quantity::PlaceSizeLift,
        Quantity::NeighbourLift,
        Quantity::OblastPartnersNear,
        Quantity::UkrainianPartners,
        Quantity::NearPartner,
        Quantity::SharedPartner,
        Quantity::SharedTwin,
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
            Quantity::RegionLift => "region-lift",
            Quantity::OblastLift => "oblast-lift",
            Quantity::OblastRegionLift => "oblast-region-lift",
            Quantity::HromadaSizeLift => "hromada-size-lift",
            Quantity::PlaceSizeLift => "place-size-lift",
            Quantity::NeighbourLift => "neighbour-lift",
            Quantity::OblastPartnersNear => "oblast-partners-near",
            Quantity::UkrainianPartners => "ukrainian-partners",
            Quantity::NearPartner => "near-partner",
            Quantity::SharedPartner => "shared-partner",
            Quantity::SharedTwin => "shared-twin",
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
                | Quantity::OblastPartnersNear
                | Quantity::UkrainianPartners
                | Quantity::NearPartner
                | Quantity::SharedPartner
                | Quantity::SharedTwin
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

/// Twin towns of places: with each other, and how many they have in all.
#[derive(Clone, Debug, Default, PartialEq)]
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

    /// Whether no twinning is recorded at all.
    pub fn is_empty(&self) -> bool {
        self.degree.is_empty()
    }

    /// Adamic and Adar's weight of a path over this place.
    pub fn path_weight(&self, place: u32) -> f32 {
        1.0 / (2.0 + self.degree(place).unwrap_or(0) as f32).ln()
    }
}

/// Known partnerships and twinnings over one field.
#[derive(Clone, Debug)]
pub struct Knowledge {
    partnerships: Vec<Partnership>,
    of_hromada: Vec<Vec<u32>>,
    of_place: HashMap<u32, Vec<u32>>,
    twins: Twins,
    counts: Counts,
    countries: usize,
    /// Partnerships by country that count for the neighbours of a hromada.
    by_country: Vec<f32>,
    /// Partnerships of the neighbours of each hromada by country, each
    /// neighbour weighed by its distance. Empty while none is known.
    neighbours: Vec<f32>,
    /// [`Quantity::OblastPartnersNear`] by oblast, then place. Empty while no
    /// partnership is known.
    near: Vec<f32>,
}

impl Knowledge {
    /// Counts partnerships and twinnings over a field.
    pub fn new(field: &Field, partnerships: &[Partnership], twins: Twins) -> Knowledge {
        let mut partnerships = partnerships.to_vec();
        in_order(&mut partnerships);
        let countries = field.countries.len();
        let mut known = Knowledge {
            of_hromada: vec![Vec::new(); field.hromadas.len()],
            of_place: HashMap::new(),
            twins,
            counts: Counts::new(field, &partnerships),
            countries,
            by_country: vec![0.0; countries],
            neighbours: Vec::new(),
            near: Vec::new(),
            partnerships,
        };
        for k in &known.partnerships {
            known.of_hromada[k.hromada as usize].push(k.place);
            known.of_place.entry(k.place).or_default().push(k.hromada);
        }
        if !known.partnerships.is_empty() {
            known.count_around(field);
        }
        known
    }

    /// Reads the recorded ties of a directory.
    pub fn recorded(directory: &Directory, field: &Field) -> Knowledge {
        let (partnerships, twins) = recorded(directory, field);
        Knowledge::new(field, &partnerships, twins)
    }

    /// Reads the ties again; nothing where they are those that `old` was made
    /// of, over the same field.
    pub fn renewed(old: &Knowledge, directory: &Directory, field: &Field) -> Option<Knowledge> {
        let (mut partnerships, twins) = recorded(directory, field);
        in_order(&mut partnerships);
        let same = partnerships == old.partnerships && twins == old.twins;
        (!same).then(|| Knowledge::new(field, &partnerships, twins))
    }

    /// Whether a partnership counts for others: not that of a hromada under
    /// occupation, which says nothing about where others would find partners.
    fn counts_for_others(field: &Field, k: &Partnership) -> bool {
        !field.h_occupied[k.hromada as usize]
    }

    fn count_around(&mut self, field: &Field) {
        self.neighbours = vec![0.0; field.hromadas.len() * self.countries];
        self.near = vec![0.0; field.oblasts.len() * field.places.len()];
        for k in self.partnerships.iter().filter(|k| Knowledge::counts_for_others(field, k)) {
            let (other, q) = (k.hromada as usize, k.place as usize);
            let c = field.p_country[q] as usize;
            self.by_country[c] += 1.0;
            for h in (0..field.hromadas.len()).filter(|h| *h != other) {
                self.neighbours[h * self.countries + c] +=
                    fading(&field.h_vector[h], &field.h_vector[other]);
            }
            let near = field.h_oblast[other] as usize * field.places.len();
            for p in field.places_near(&field.p_vector[q], FARTHEST_KM) {
                self.near[near + p as usize] +=
                    fading(&field.p_vector[p as usize], &field.p_vector[q]);
            }
        }
    }

    /// All known partnerships.
    pub fn partnerships(&self) -> &[Partnership] {
        &self.partnerships
    }

    /// The twin towns.
    pub fn twins(&self) -> &Twins {
        &self.twins
    }

    /// The partnerships counted by who is on either side.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// The known partners of a hromada.
    pub fn partners_of_hromada(&self, h: usize) -> &[u32] {
        &self.of_hromada[h]
    }

    /// The known Ukrainian partners of a place.
    pub fn partners_of_place(&self, p: usize) -> &[u32] {
        self.of_place.get(&(p as u32)).map_or(&[], Vec::as_slice)
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
        if self.neighbours.is_empty() {
            return None;
        }
        let row = &self.neighbours[h * self.countries..(h + 1) * self.countries];
        let (mut here, mut total) = (row[c], row.iter().sum::<f32>());
        let mut of_country = self.by_country[c];
        let mut all: f32 = self.by_country.iter().sum();
        if let Some((dh, dp)) = without.filter(|(dh, _)| !field.h_occupied[*dh as usize]) {
            all -= 1.0;
            let same_country = field.p_country[dp as usize] as usize == c;
            of_country -= if same_country { 1.0 } else { 0.0 };
            if dh as usize != h {
                let weight = fading(&field.h_vector[h], &field.h_vector[dh as usize]);
                total -= weight;
                here -= if same_country { weight } else { 0.0 };
            }
        }
        Some(shrunk(here, total * of_country / all.max(1.0), NEIGHBOUR_PRIOR))
    }

    /// [`Quantity::OblastPartnersNear`] of an oblast and a place; none while
    /// no partnership is known at all.
    pub fn oblast_partners_near(
        &self,
        field: &Field,
        o: usize,
        p: usize,
        without: Option<Pair>,
    ) -> Option<f32> {
        let near = *self.near.get(o * field.places.len() + p)?;
        let minus = without.map_or(0.0, |(dh, dp)| {
            let (own, other) = (&field.p_vector[p], &field.p_vector[dp as usize]);
            let counted = !field.h_occupied[dh as usize]
                && field.h_oblast[dh as usize] as usize == o
                && km(own, other) <= FARTHEST_KM;
            if counted { fading(own, other) } else { 0.0 }
        });
        Some((near - minus).max(0.0))
    }

    /// The known partners of a hromada but for one pair and one place.
    fn partners_but(&self, h: usize, p: usize, without: Option<Pair>) -> impl Iterator<Item = u32> {
        let partners = self.of_hromada[h].iter().copied();
        partners.filter(move |&q| without != Some((h as u32, q)) && q as usize != p)
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
        self.partners_but(h, p, without)
            .map(|q| (q, km(&field.p_vector[p], &field.p_vector[q as usize])))
            .min_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// The weight of the paths from a hromada over its partners to a place;
    /// none while no partner of the hromada is known or no list covers the
    /// place.
    pub fn shared_partner(&self, h: usize, p: usize, without: Option<Pair>) -> Option<f32> {
        self.paths(h, p, without, |q, weight_to| weight_to(q))
    }

    /// The weight of the paths from a hromada over a partner and a twin of
    /// that partner to a place; none where [`Knowledge::shared_partner`] is.
    pub fn shared_twin(&self, h: usize, p: usize, without: Option<Pair>) -> Option<f32> {
        self.paths(h, p, without, |q, weight_to| {
            self.twins.of(q).iter().map(|x| weight_to(*x)).sum()
        })
    }

    /// Adds up what leads from each partner of a hromada to a place. `over` is
    /// given the partner, and what a path weighs whose last stop is a town: 0
    /// where that is no twin of the place.
    fn paths(
        &self,
        h: usize,
        p: usize,
        without: Option<Pair>,
        over: impl Fn(u32, &dyn Fn(u32) -> f32) -> f32,
    ) -> Option<f32> {
        self.twins.degree(p as u32)?;
        let twins = self.twins.of(p as u32);
        let weight_to = |town: u32| match twins.binary_search(&town) {
            Ok(_) => self.twins.path_weight(town),
            Err(_) => 0.0,
        };
        let mut partners = self.partners_but(h, p, without).peekable();
        partners.peek()?;
        // Added in a fixed order, so the sum is the same each time.
        Some(partners.map(|q| over(q, &weight_to)).sum())
    }

    /// How many hromadas a place has as partners.
    pub fn ukrainian_partners(&self, p: usize, without: Option<Pair>) -> Option<f32> {
        let partners = self.partners_of_place(p);
        let minus = without.is_some_and(|(h, q)| q as usize == p && partners.contains(&h));
        (!self.partnerships.is_empty()).then(|| (partners.len() - usize::from(minus)) as f32)
    }

    /// The quantities of a pair, with the lifts it has by some rates.
    pub fn quantities(
        &self,
        field: &Field,
        lifts: &Lifts,
        h: usize,
        p: usize,
        without: Option<Pair>,
    ) -> Quantities {
        let c = field.p_country[p] as usize;
        let o = field.h_oblast[h] as usize;
        let sizes = field.h_ln_people[h].zip(field.p_ln_people[p]);
        Quantity::ALL.map(|quantity| match quantity {
            Quantity::Distance => Some(field.distance(h, p)),
            Quantity::Size => sizes.map(|(hromada, place)| place - hromada),
            Quantity::PlacePeople => sizes.map(|(_, place)| place),
            Quantity::Rank => sizes.map(|_| field.p_rank[p] - field.h_rank[h]),
            Quantity::CountryRate => Some(lifts.country),
            Quantity::RegionLift => Some(lifts.region),
            Quantity::OblastLift => Some(lifts.oblast),
            Quantity::OblastRegionLift => Some(lifts.oblast_region),
            Quantity::HromadaSizeLift => Some(lifts.hromada_size),
            Quantity::PlaceSizeLift => Some(lifts.place_size),
            Quantity::NeighbourLift => self.neighbour_lift(field, h, c, without),
            Quantity::OblastPartnersNear => self.oblast_partners_near(field, o, p, without),
            Quantity::UkrainianPartners => self.ukrainian_partners(p, without),
            Quantity::NearPartner => self.near_partner(field, h, p, without).map(|(_, km)| km),
            Quantity::SharedPartner => self.shared_partner(h, p, without),
            Quantity::SharedTwin => self.shared_twin(h, p, without),
            Quantity::TwinActivity => self.twins.degree(p as u32).map(|d| d as f32),
            Quantity::HromadaPeople => field.h_ln_people[h],
            Quantity::HromadaPartners => (!self.partnerships.is_empty())
                .then(|| self.partners_but(h, usize::MAX, without).count() as f32),
        })
    }
}

/// Partnerships and twinnings among the recorded ties of a directory.
fn recorded(directory: &Directory, field: &Field) -> (Vec<Partnership>, Twins) {
    let mut partnerships = Vec::new();
    let mut edges = Vec::new();
    let mut outside: HashMap<u32, u32> = HashMap::new();
    for tie in directory.ties() {
        let end = |place: &Place| place.municipality().and_then(|id| directory.by_id(id));
        let (a, b) = (end(&tie.a), end(&tie.b));
        let place = |row| field.place(row).map(|p| p as u32);
        let hromada = |row| field.hromada(row).map(|h| h as u32);
        match (a, b) {
            (Some(a), Some(b)) => match (hromada(a), hromada(b), place(a), place(b)) {
                (Some(h), _, _, Some(p)) | (_, Some(h), Some(p), _) => {
                    let since = tie.since;
                    partnerships.push(Partnership { hromada: h, place: p, since });
                }
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
    (partnerships, Twins::new(edges, &outside))
}

/// Sorts partnerships by their sides. Of those that stand twice, the one
/// whose year is earliest stays.
fn in_order(partnerships: &mut Vec<Partnership>) {
    partnerships.sort_unstable_by_key(|k| (k.pair(), k.since.unwrap_or(i32::MAX)));
    partnerships.dedup_by_key(|k| k.pair());
}

/// How much experience counts from one place to another.
fn fading(a: &[f32; 3], b: &[f32; 3]) -> f32 {
    (-km(a, b) / NEIGHBOURHOOD_KM).exp()
}
