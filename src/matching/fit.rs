//! Learning what affinity is worth from partnerships that exist.
//!
//! A conditional logit (McFadden 1974): of all places the hromada could have
//! partnered with, which did it; and of all hromadas, which did the place.
//! Both are answered by one set of curves. Alternatives are sampled and
//! corrected for it (Manski and Lerman 1977): at first roughly by size and
//! country, then in proportion to the score that the first curves give, so
//! that those which are hard to tell apart are the ones that are looked at
//! (importance sampling, as in Bengio and Senécal 2008). Each example enters
//! twice, once with all recorded ties known and once with none, so that the
//! same weights serve an installation that knows many ties and one that knows
//! nothing.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::curve::{Curve, Place, locate};
use super::field::{Field, HROMADA_ROLES, PLACE_ROLES, Pair};
use super::knowledge::{Knowledge, Quantities, Quantity};
use super::rates::{RateColumns, newest_year};
use super::weights::{LearnedFrom, Policy, Weights};

/// How a curve may bend.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Rising,
    Falling,
    Free,
    /// Not learned: one unit of log-odds for each unit of the quantity.
    Given,
}

/// The knots of a quantity, its shape, and the knot that is worth 0 to it
/// before centring: for what is known of few pairs that is the end where
/// nothing special is known.
struct Basis {
    knots: &'static [f32],
    shape: Shape,
    anchor: usize,
}

fn basis(quantity: Quantity) -> Basis {
    use Shape::{Falling, Free, Given, Rising};
    let (knots, shape, anchor): (&'static [f32], Shape, usize) = match quantity {
        Quantity::Distance => (&[25.0, 50.0, 100.0, 200.0, 350.0], Falling, 0),
        Quantity::Size => (&[-4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0], Free, 0),
        Quantity::PlacePeople => (&[6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.5], Free, 0),
        Quantity::Rank => (&[-4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0], Free, 0),
        // Where partners are found today cannot be learned from partnerships
        // of all times: the rate is one of today already, and counts as such.
        Quantity::CountryRate => (&[-2.0, 0.0, 2.0], Given, 1),
        Quantity::RegionLift => (&[-1.0, -0.5, 0.0, 0.5, 1.0], Rising, 2),
        Quantity::OblastLift => (&[-1.0, -0.5, 0.0, 0.5, 1.0, 1.5], Rising, 2),
        Quantity::OblastRegionLift => (&[-0.2, 0.0, 0.2, 0.4, 0.8], Rising, 1),
        Quantity::HromadaSizeLift => (&[-1.0, -0.5, 0.0, 0.5, 1.0], Rising, 2),
        Quantity::PlaceSizeLift => (&[-1.0, -0.5, 0.0, 0.5, 1.0], Rising, 2),
        Quantity::NeighbourLift => (&[-1.0, -0.5, 0.0, 0.5, 1.0, 1.5], Rising, 2),
        Quantity::OblastPartnersNear => (&[0.0, 0.25, 0.5, 1.0, 2.0, 4.0], Rising, 0),
        Quantity::UkrainianPartners => (&[0.0, 1.0, 2.0, 4.0, 8.0], Rising, 0),
        Quantity::NearPartner => (&[0.0, 10.0, 20.0, 40.0], Falling, 3),
        Quantity::SharedPartner => (&[0.0, 0.25, 0.5, 1.0, 2.0], Rising, 0),
        Quantity::SharedTwin => (&[0.0, 0.5, 1.0, 2.0, 4.0], Rising, 0),
        Quantity::TwinActivity => (&[0.0, 1.0, 2.0, 4.0, 7.0, 12.0], Rising, 0),
        Quantity::HromadaPeople => (&[8.0, 9.0, 10.0, 11.0, 12.0, 13.0], Rising, 0),
        Quantity::HromadaPartners => (&[0.0, 1.0, 2.0, 4.0, 8.0, 16.0], Rising, 0),
    };
    Basis { knots, shape, anchor }
}

/// Fewer partnerships than this are not learned from: there would be about as
/// many parameters as examples.
pub const LEAST_PAIRS: usize = 100;

const QUANTITIES: usize = Quantity::ALL.len();
const ROLES: usize = HROMADA_ROLES * PLACE_ROLES;

/// How much the squared parameters are held back: small against hundreds of
/// examples, enough to keep what few of them speak of near zero.
const RIDGE: f64 = 2.0;
/// Sampled alternatives for each example, towards places and hromadas.
const PLACES_SAMPLED: usize = 400;
const HROMADAS_SAMPLED: usize = 150;
/// The part of a sample that is drawn with every alternative equally likely,
/// so that none is impossible.
const DRAWN_EVENLY: f64 = 0.5;

/// In place of the number of a knot where the quantity is unknown.
const UNKNOWN: u8 = u8::MAX;

/// One alternative: where each quantity lies, its role, and the correction
/// for how likely it was to be sampled.
struct Alternative {
    places: [Place; QUANTITIES],
    role: u8,
    correction: f32,
}

/// One choice: the alternatives, the true one first.
struct Choice {
    alternatives: Vec<Alternative>,
    /// Whether it chooses among hromadas, where visibility counts.
    reverse: bool,
}

fn alternative(quantities: &Quantities, role: u8, correction: f32) -> Alternative {
    let places = std::array::from_fn(|q| match quantities[q] {
        Some(value) => locate(basis(Quantity::ALL[q]).knots, value),
        None => Place { left: UNKNOWN, part: 0.0 },
    });
    Alternative { places, role, correction }
}

/// Parameters: for each quantity the steps from knot to knot, then the roles.
struct Layout {
    first: [usize; QUANTITIES],
    len: usize,
    shapes: Vec<Shape>,
    /// For each parameter, the step from knot to knot.
    widths: Vec<f64>,
}

impl Layout {
    fn new() -> Layout {
        let mut first = [0; QUANTITIES];
        let (mut shapes, mut widths) = (Vec::new(), Vec::new());
        for (q, quantity) in Quantity::ALL.into_iter().enumerate() {
            first[q] = shapes.len();
            let b = basis(quantity);
            shapes.extend(std::iter::repeat_n(b.shape, b.knots.len() - 1));
            widths.extend(b.knots.windows(2).map(|w| f64::from(w[1] - w[0])));
        }
        let roles = shapes.len();
        shapes.extend(std::iter::repeat_n(Shape::Free, ROLES));
        widths.extend(std::iter::repeat_n(0.0, ROLES));
        Layout { first, len: roles + ROLES, shapes, widths }
    }

    fn roles(&self) -> usize {
        self.len - ROLES
    }

    /// The value at each knot, 0 at the anchor.
    fn values(&self, q: usize, steps: &[f64]) -> Vec<f64> {
        let b = basis(Quantity::ALL[q]);
        let mut values = vec![0.0; b.knots.len()];
        for i in 1..values.len() {
            values[i] = values[i - 1] + steps[self.first[q] + i - 1];
        }
        let anchor = values[b.anchor];
        values.iter_mut().for_each(|v| *v -= anchor);
        values
    }

    /// Turns a gradient by knot values into one by steps.
    fn by_steps(&self, q: usize, by_value: &[f64], gradient: &mut [f64]) {
        let b = basis(Quantity::ALL[q]);
        let all: f64 = by_value.iter().sum();
        let mut after = all;
        for i in 0..by_value.len() - 1 {
            after -= by_value[i];
            gradient[self.first[q] + i] += after - if b.anchor > i { all } else { 0.0 };
        }
    }

    fn project(&self, parameters: &mut [f64]) {
        for ((x, shape), width) in parameters.iter_mut().zip(&self.shapes).zip(&self.widths) {
            match shape {
                Shape::Given => *x = *width,
                Shape::Rising => *x = x.max(0.0),
                Shape::Falling => *x = x.min(0.0),
                Shape::Free => {}
            }
        }
    }
}

/// Which quantities speak: all, or those known without any recorded tie.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Knowing {
    Everything,
    NoTies,
}

struct Problem {
    layout: Layout,
    choices: Vec<Choice>,
}

/// Choices taken together by one task; a fixed number, so that sums are
/// added in the same order on any number of threads.
const CHOICES_PER_TASK: usize = 16;

impl Problem {
    /// The negative log-likelihood with its gradient.
    fn evaluate(&self, parameters: &[f64]) -> (f64, Vec<f64>) {
        let values: Vec<Vec<f64>> =
            (0..QUANTITIES).map(|q| self.layout.values(q, parameters)).collect();
        let roles = &parameters[self.layout.roles()..];
        let partial: Vec<(f64, Vec<Vec<f64>>, Vec<f64>)> = self
            .choices
            .par_chunks(CHOICES_PER_TASK)
            .map(|choices| {
                let mut loss = 0.0;
                let mut by_value: Vec<Vec<f64>> =
                    values.iter().map(|v| vec![0.0; v.len()]).collect();
                let mut by_role = vec![0.0; ROLES];
                for choice in choices {
                    for knowing in [Knowing::Everything, Knowing::NoTies] {
                        loss += choice.add(&values, roles, knowing, &mut by_value, &mut by_role);
                    }
                }
                (loss, by_value, by_role)
            })
            .collect();
        let mut loss = 0.0;
        let mut by_value: Vec<Vec<f64>> = values.iter().map(|v| vec![0.0; v.len()]).collect();
        let mut gradient = vec![0.0; self.layout.len];
        for (l, v, r) in partial {
            loss += l;
            for (sum, part) in by_value.iter_mut().zip(v) {
                sum.iter_mut().zip(part).for_each(|(s, p)| *s += p);
            }
            let first = self.layout.roles();
            gradient[first..].iter_mut().zip(r).for_each(|(s, p)| *s += p);
        }
        for (q, v) in by_value.iter().enumerate() {
            self.layout.by_steps(q, v, &mut gradient);
        }
        // Each example was counted twice.
        loss /= 2.0;
        gradient.iter_mut().for_each(|g| *g /= 2.0);
        for (g, x) in gradient.iter_mut().zip(parameters) {
            loss += RIDGE / 2.0 * x * x;
            *g += RIDGE * x;
        }
        (loss, gradient)
    }
}

impl Choice {
    /// Adds this choice's gradient and returns its loss.
    fn add(
        &self,
        values: &[Vec<f64>],
        roles: &[f64],
        knowing: Knowing,
        by_value: &mut [Vec<f64>],
        by_role: &mut [f64],
    ) -> f64 {
        let speaks = |q: usize| {
            let quantity = Quantity::ALL[q];
            (knowing == Knowing::Everything || !quantity.needs_ties())
                && (self.reverse || !quantity.is_visibility())
        };
        let speaking: Vec<usize> = (0..QUANTITIES).filter(|&q| speaks(q)).collect();
        let mut scores: Vec<f64> = self
            .alternatives
            .iter()
            .map(|a| {
                let mut score = f64::from(a.correction) + roles[a.role as usize];
                for &q in &speaking {
                    let Place { left, part } = a.places[q];
                    if left != UNKNOWN {
                        let v = &values[q];
                        let (x, y) = (v[left as usize], v[left as usize + 1]);
                        score += x + (y - x) * f64::from(part);
                    }
                }
                score
            })
            .collect();
        let highest = scores.iter().copied().fold(f64::MIN, f64::max);
        let chosen = scores[0];
        let mut sum = 0.0;
        for s in &mut scores {
            *s = (*s - highest).exp();
            sum += *s;
        }
        for (i, (a, s)) in self.alternatives.iter().zip(&scores).enumerate() {
            let g = s / sum - if i == 0 { 1.0 } else { 0.0 };
            by_role[a.role as usize] += g;
            for &q in &speaking {
                let Place { left, part } = a.places[q];
                if left != UNKNOWN {
                    let part = f64::from(part);
                    by_value[q][left as usize] += g * (1.0 - part);
                    by_value[q][left as usize + 1] += g * part;
                }
            }
        }
        highest + sum.ln() - chosen
    }
}

/// Steps of the optimiser in all, and of those the ones of the first fit.
pub const STEPS: usize = 400;
const FIRST_STEPS: usize = 150;

/// Minimises by spectral projected gradients with a nonmonotone line search
/// (Birgin, Martínez and Raydan 2000).
///
/// It begins at `x` and takes `steps` at most.
fn minimise(
    problem: &Problem,
    mut x: Vec<f64>,
    steps: usize,
    progress: &mut dyn FnMut(usize),
) -> Vec<f64> {
    const MEMORY: usize = 10;
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let (mut loss, mut gradient) = problem.evaluate(&x);
    let mut recent = vec![loss];
    let mut step = 1.0 / gradient.iter().fold(1.0, |m: f64, g| m.max(g.abs()));
    for iteration in 0..steps {
        progress(iteration);
        let mut target: Vec<f64> = x.iter().zip(&gradient).map(|(x, g)| x - step * g).collect();
        problem.layout.project(&mut target);
        let direction: Vec<f64> = target.iter().zip(&x).map(|(t, x)| t - x).collect();
        let slope = dot(&direction, &gradient);
        if slope > -1e-7 * loss.abs().max(1.0) * 1e-2 {
            break;
        }
        let worst = recent.iter().copied().fold(f64::MIN, f64::max);
        let mut part = 1.0;
        let (next, next_loss, next_gradient) = loop {
            let next: Vec<f64> = x.iter().zip(&direction).map(|(x, d)| x + part * d).collect();
            let (next_loss, next_gradient) = problem.evaluate(&next);
            if next_loss <= worst + 1e-4 * part * slope || part < 1e-8 {
                break (next, next_loss, next_gradient);
            }
            part /= 2.0;
        };
        let moved: Vec<f64> = next.iter().zip(&x).map(|(a, b)| a - b).collect();
        let turned: Vec<f64> = next_gradient.iter().zip(&gradient).map(|(a, b)| a - b).collect();
        let curvature = dot(&moved, &turned);
        step =
            if curvature > 0.0 { (dot(&moved, &moved) / curvature).clamp(1e-8, 1e3) } else { 1e3 };
        (x, loss, gradient) = (next, next_loss, next_gradient);
        recent.push(loss);
        if recent.len() > MEMORY {
            recent.remove(0);
        }
    }
    x
}

/// What a sample is drawn from: alternatives by number, each with how likely
/// it is, added up.
struct Urn {
    added_up: Vec<f64>,
}

impl Urn {
    fn new(chances: impl Iterator<Item = f64>) -> Urn {
        let mut sum = 0.0;
        let added_up = chances.map(|x| {
            sum += x;
            sum
        });
        Urn { added_up: added_up.collect() }
    }

    /// An urn of alternatives by the exponential of their scores: mixed from
    /// several, which count alike, and a part in which all are equally likely.
    fn by_scores(kinds: &[Vec<f64>]) -> Urn {
        let shares: Vec<(f64, f64)> = kinds
            .iter()
            .map(|scores| {
                let highest = scores.iter().copied().fold(f64::MIN, f64::max);
                (highest, scores.iter().map(|s| (s - highest).exp()).sum())
            })
            .collect();
        let part = (1.0 - DRAWN_EVENLY) / kinds.len() as f64;
        let len = kinds[0].len();
        Urn::new((0..len).map(|i| {
            let by_score =
                kinds.iter().zip(&shares).map(|(s, (high, sum))| (s[i] - high).exp() / sum);
            DRAWN_EVENLY / len as f64 + part * by_score.sum::<f64>()
        }))
    }

    fn chance(&self, i: usize) -> f64 {
        let before = if i == 0 { 0.0 } else { self.added_up[i - 1] };
        (self.added_up[i] - before) / self.added_up[self.added_up.len() - 1]
    }

    fn draw(&self, random: &mut fastrand::Rng) -> usize {
        let last = self.added_up.len() - 1;
        let at = random.f64() * self.added_up[last];
        self.added_up.partition_point(|x| *x <= at).min(last)
    }
}

/// The urns that places are drawn from: one for all hromadas, or one for each.
enum Urns<'a> {
    Same(&'a Urn),
    Own(HashMap<u32, Urn>),
}

impl Urns<'_> {
    fn of(&self, hromada: u32) -> &Urn {
        match self {
            Urns::Same(urn) => urn,
            Urns::Own(urns) => &urns[&hromada],
        }
    }
}

/// The curves of a first fit, by which the second draws its alternatives.
struct Draft<'a> {
    values: Vec<Vec<f64>>,
    roles: &'a [f64],
}

impl Draft<'_> {
    fn score(
        &self,
        quantities: &Quantities,
        role: usize,
        speaks: impl Fn(Quantity) -> bool,
    ) -> f64 {
        let of = |q: usize| {
            let quantity = Quantity::ALL[q];
            let value = quantities[q].filter(|_| speaks(quantity))?;
            let Place { left, part } = locate(basis(quantity).knots, value);
            let (x, y) = (self.values[q][left as usize], self.values[q][left as usize + 1]);
            Some(x + (y - x) * f64::from(part))
        };
        self.roles[role] + (0..QUANTITIES).filter_map(of).sum::<f64>()
    }
}

/// Samples alternatives to known partnerships.
struct Sampler<'a> {
    field: &'a Field,
    known: &'a Knowledge,
    rates: &'a RateColumns,
}

impl Sampler<'_> {
    fn role(&self, h: usize, p: usize) -> usize {
        usize::from(self.field.h_role[h]) * PLACE_ROLES + usize::from(self.field.p_role[p])
    }

    /// The places for any hromada, by how likely they are to be a partner at
    /// all.
    fn likely_places(&self) -> Urn {
        Urn::new((0..self.field.places.len()).map(|p| {
            let people = self.field.p_ln_people[p].unwrap_or(6.0);
            let rate = self.rates.country(self.field.p_country[p] as usize);
            f64::from(0.8 * people + rate).exp()
        }))
    }

    /// Every hromada equally likely, but for those under occupation, which
    /// are never suggested.
    fn any_hromadas(&self) -> Urn {
        Urn::new(self.field.h_occupied.iter().map(|o| if *o { 0.0 } else { 1.0 }))
    }

    /// The places for a hromada, by the scores that first curves give them
    /// with every tie known, and with none.
    fn places_by(&self, draft: &Draft<'_>, h: usize) -> Urn {
        let (mut all, mut cold) = (Vec::new(), Vec::new());
        for p in 0..self.field.places.len() {
            let lifts = self.rates.lifts(self.field, (h as u32, p as u32));
            let quantities = self.known.quantities(self.field, &lifts, h, p, None);
            let role = self.role(h, p);
            all.push(draft.score(&quantities, role, |q| !q.is_visibility()));
            cold.push(draft.score(&quantities, role, |q| !q.is_visibility() && !q.needs_ties()));
        }
        Urn::by_scores(&[all, cold])
    }

    /// The choice of a place by a hromada, among places drawn from an urn.
    fn forward(&self, (h, p): Pair, urn: &Urn, random: &mut fastrand::Rng) -> Choice {
        let drawn = (0..PLACES_SAMPLED).map(|_| urn.draw(random));
        let partners = self.known.partners_of_hromada(h as usize);
        let others = drawn.filter(|x| *x != p as usize && !partners.contains(&(*x as u32)));
        let pairs = others.map(|x| ((h, x as u32), urn.chance(x) * PLACES_SAMPLED as f64));
        Choice { alternatives: self.alternatives((h, p), pairs), reverse: false }
    }

    /// The choice of a hromada by a place.
    fn backward(&self, (h, p): Pair, urn: &Urn, random: &mut fastrand::Rng) -> Choice {
        let drawn = (0..HROMADAS_SAMPLED).map(|_| urn.draw(random));
        let partners = self.known.partners_of_place(p as usize);
        let others = drawn.filter(|x| *x != h as usize && !partners.contains(&(*x as u32)));
        let pairs = others.map(|x| ((x as u32, p), urn.chance(x) * HROMADAS_SAMPLED as f64));
        Choice { alternatives: self.alternatives((h, p), pairs), reverse: true }
    }

    /// The true pair, and others with how often each was to be expected in
    /// the sample.
    fn alternatives(
        &self,
        truth: Pair,
        others: impl Iterator<Item = (Pair, f64)>,
    ) -> Vec<Alternative> {
        std::iter::once((truth, 1.0))
            .chain(others)
            .map(|((h, p), expected)| {
                let without = Some(truth);
                let lifts = self.known.counts().lifts(self.field, (h, p), without);
                let (h, p) = (h as usize, p as usize);
                let quantities = self.known.quantities(self.field, &lifts, h, p, without);
                alternative(&quantities, self.role(h, p) as u8, -expected.ln() as f32)
            })
            .collect()
    }
}

/// Random pairs by which curves are centred and the scale is set.
fn random_pairs(field: &Field, n: usize) -> Vec<Pair> {
    let mut random = fastrand::Rng::with_seed(20_261_121);
    (0..n)
        .map(|_| {
            let h = random.usize(0..field.hromadas.len()) as u32;
            let p = random.usize(0..field.places.len()) as u32;
            (h, p)
        })
        .collect()
}

/// Learns weights from the pairs and twinnings of `known`.
///
/// `progress` is told how many of the optimiser's steps are done.
pub fn fit(
    field: &Field,
    known: &Knowledge,
    policy: Policy,
    version: &str,
    progress: &mut dyn FnMut(usize),
) -> Weights {
    let rates = known.counts().columns(field);
    let sampler = Sampler { field, known, rates: &rates };
    // Occupied hromadas are suggested to nobody: nothing is learned for them.
    let pairs: Vec<Pair> = known
        .partnerships()
        .iter()
        .map(|k| k.pair())
        .filter(|(h, _)| !field.h_occupied[*h as usize])
        .collect();
    let (any_places, any_hromadas) = (sampler.likely_places(), sampler.any_hromadas());
    let choices = |urns: &Urns<'_>| -> Vec<Choice> {
        pairs
            .par_iter()
            .enumerate()
            .flat_map_iter(|(i, &pair)| {
                // A generator of its own for each pair: the sample is the
                // same on any number of threads.
                let mut random = fastrand::Rng::with_seed(i as u64 + 1);
                let forward = sampler.forward(pair, urns.of(pair.0), &mut random);
                [forward, sampler.backward(pair, &any_hromadas, &mut random)]
            })
            .collect()
    };
    let first = Problem { layout: Layout::new(), choices: choices(&Urns::Same(&any_places)) };
    let mut start = vec![0.0; first.layout.len];
    first.layout.project(&mut start);
    let parameters = minimise(&first, start, FIRST_STEPS, &mut |n| progress(n));
    let draft = Draft {
        values: (0..QUANTITIES).map(|q| first.layout.values(q, &parameters)).collect(),
        roles: &parameters[first.layout.roles()..],
    };
    let mut hromadas: Vec<u32> = pairs.iter().map(|pair| pair.0).collect();
    hromadas.dedup();
    let urns: HashMap<u32, Urn> =
        hromadas.into_par_iter().map(|h| (h, sampler.places_by(&draft, h as usize))).collect();
    let problem = Problem { layout: first.layout, choices: choices(&Urns::Own(urns)) };
    let parameters = minimise(&problem, parameters.clone(), STEPS - FIRST_STEPS, &mut |n| {
        progress(FIRST_STEPS + n);
    });
    let layout = &problem.layout;
    let curves: BTreeMap<Quantity, Curve> = Quantity::ALL
        .into_iter()
        .enumerate()
        .map(|(q, quantity)| {
            let values = layout.values(q, &parameters).into_iter().map(|v| v as f32).collect();
            (quantity, Curve { knots: basis(quantity).knots.to_vec(), values })
        })
        .collect();
    let mut roles = [[0.0; PLACE_ROLES]; HROMADA_ROLES];
    for (i, value) in parameters[layout.roles()..].iter().enumerate() {
        roles[i / PLACE_ROLES][i % PLACE_ROLES] = *value as f32;
    }
    let mut weights = Weights {
        version: version.to_owned(),
        learned_from: LearnedFrom {
            pairs: known.partnerships().len(),
            newest_year: newest_year(known.partnerships()),
            places: field.places.len(),
            ..LearnedFrom::default()
        },
        points_per_log_odds: 1.0,
        curves,
        roles,
        rates: rates.named(field),
        policy,
    };
    centre_and_scale(&mut weights, field, known, &rates);
    weights
}

/// The affinity of a pair by unrounded curves.
fn affinity(weights: &Weights, quantities: &Quantities, h_role: u8, p_role: u8) -> f32 {
    let curves = Quantity::ALL.into_iter().zip(quantities).map(|(quantity, value)| match value {
        Some(value) if !quantity.is_visibility() => weights.curve(quantity).at(*value),
        _ => 0.0,
    });
    curves.sum::<f32>() + weights.roles[h_role as usize][p_role as usize]
}

/// Shifts the curves of what is always known so that a random pair adds
/// nothing on average, then all so that the median random pair scores 0 and
/// the 95th percentile of known pairs 100. What only ties tell keeps its
/// anchor: no special tie is worth nothing.
fn centre_and_scale(weights: &mut Weights, field: &Field, known: &Knowledge, rates: &RateColumns) {
    let sample: Vec<(Pair, Quantities)> = random_pairs(field, 40_000)
        .into_iter()
        .map(|(h, p)| {
            let lifts = rates.lifts(field, (h, p));
            ((h, p), known.quantities(field, &lifts, h as usize, p as usize, None))
        })
        .collect();
    for (q, quantity) in Quantity::ALL.into_iter().enumerate() {
        if quantity.needs_ties() {
            continue;
        }
        let Some(curve) = weights.curves.get_mut(&quantity) else { continue };
        let known: Vec<f32> = sample.iter().filter_map(|(_, x)| x[q]).collect();
        if !known.is_empty() {
            let mean =
                known.iter().map(|x| f64::from(curve.at(*x))).sum::<f64>() / known.len() as f64;
            curve.values.iter_mut().for_each(|v| *v -= mean as f32);
        }
    }
    let role = |(h, p): Pair| (field.h_role[h as usize], field.p_role[p as usize]);
    let mean = sample
        .iter()
        .map(|(pair, _)| {
            let (h, p) = role(*pair);
            f64::from(weights.roles[h as usize][p as usize])
        })
        .sum::<f64>()
        / sample.len() as f64;
    weights.roles.iter_mut().flatten().for_each(|v| *v -= mean as f32);

    let score = |weights: &Weights, pair: Pair, x: &Quantities| {
        let (h, p) = role(pair);
        affinity(weights, x, h, p)
    };
    let quantile = |mut values: Vec<f32>, share: f64| {
        values.sort_by(f32::total_cmp);
        values[((values.len() - 1) as f64 * share) as usize]
    };
    let random: Vec<f32> = sample.iter().map(|(pair, x)| score(weights, *pair, x)).collect();
    let real: Vec<f32> = known
        .partnerships()
        .iter()
        .map(|k| {
            let (pair, (h, p)) = (k.pair(), (k.hromada as usize, k.place as usize));
            let lifts = known.counts().lifts(field, pair, Some(pair));
            score(weights, pair, &known.quantities(field, &lifts, h, p, Some(pair)))
        })
        .collect();
    let (low, high) = (quantile(random, 0.5), quantile(real, 0.95));
    let scale = 100.0 / (high - low).max(1e-3);
    // The distance is known of every pair, so its curve carries the shift.
    if let Some(distance) = weights.curves.get_mut(&Quantity::Distance) {
        distance.values.iter_mut().for_each(|v| *v -= low);
    }
    for curve in weights.curves.values_mut() {
        curve.values.iter_mut().for_each(|v| *v = rounded(*v * scale));
    }
    weights.roles.iter_mut().flatten().for_each(|v| *v = rounded(*v * scale));
    weights.points_per_log_odds = rounded(scale);
}

/// Points to a hundredth, so that the file says what is added.
fn rounded(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}
