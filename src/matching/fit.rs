//! Learning what affinity is worth from partnerships that exist.
//!
//! A conditional logit (McFadden 1974): of all places the hromada could have
//! partnered with, which did it; and of all hromadas, which did the place.
//! Both are answered by one set of curves. Alternatives are sampled and
//! corrected for it (Manski and Lerman 1977). Each example enters twice, once
//! with all recorded ties known and once with none, so that the same weights
//! serve an installation that knows many ties and one that knows nothing.

use std::collections::{BTreeMap, HashSet};

use rayon::prelude::*;

use super::curve::{Curve, Place, locate};
use super::field::{Field, HROMADA_ROLES, PLACE_ROLES, km};
use super::knowledge::{Knowledge, Pair, Quantities, Quantity, RateColumns};
use super::weights::{LearnedFrom, Policy, Weights};

/// How a curve may bend.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Rising,
    Falling,
    Free,
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
    use Shape::{Falling, Free, Rising};
    let (knots, shape, anchor): (&'static [f32], Shape, usize) = match quantity {
        Quantity::Distance => (&[25.0, 50.0, 100.0, 200.0, 350.0], Falling, 0),
        Quantity::Size => (&[-4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0], Free, 0),
        Quantity::PlacePeople => (&[6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.5], Free, 0),
        Quantity::Rank => (&[-4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0], Free, 0),
        Quantity::CountryRate => (&[-7.0, -6.0, -5.0, -4.0, -3.0, -2.0], Rising, 0),
        Quantity::OblastLift => (&[-2.0, -1.0, 0.0, 1.0, 2.0, 3.0], Rising, 2),
        Quantity::RegionLift => (&[-2.0, -1.0, 0.0, 1.0, 2.0], Rising, 2),
        Quantity::NeighbourLift => (&[-2.0, -1.0, 0.0, 1.0, 2.0, 3.0], Rising, 2),
        Quantity::NearPartner => (&[0.0, 10.0, 20.0, 40.0], Falling, 3),
        Quantity::SharedPartner => (&[0.0, 0.25, 0.5, 1.0, 2.0], Rising, 0),
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
const PLACES_SAMPLED: usize = 300;
const HROMADAS_SAMPLED: usize = 150;

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
}

impl Layout {
    fn new() -> Layout {
        let mut first = [0; QUANTITIES];
        let mut shapes = Vec::new();
        for (q, quantity) in Quantity::ALL.into_iter().enumerate() {
            first[q] = shapes.len();
            let b = basis(quantity);
            shapes.extend(std::iter::repeat_n(b.shape, b.knots.len() - 1));
        }
        let roles = shapes.len();
        shapes.extend(std::iter::repeat_n(Shape::Free, ROLES));
        Layout { first, len: roles + ROLES, shapes }
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
        for (x, shape) in parameters.iter_mut().zip(&self.shapes) {
            match shape {
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

/// Minimises by spectral projected gradients with a nonmonotone line search
/// (Birgin, Martínez and Raydan 2000).
fn minimise(problem: &Problem, progress: &mut dyn FnMut(usize)) -> Vec<f64> {
    const STEPS: usize = 400;
    const MEMORY: usize = 10;
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let mut x = vec![0.0; problem.layout.len];
    let (mut loss, mut gradient) = problem.evaluate(&x);
    let mut recent = vec![loss];
    let mut step = 1.0 / gradient.iter().fold(1.0, |m: f64, g| m.max(g.abs()));
    for iteration in 0..STEPS {
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

/// Samples alternatives to known partnerships.
struct Sampler<'a> {
    field: &'a Field,
    known: &'a Knowledge,
    /// Places by how likely they are to be a partner at all, added up.
    likely: Vec<f64>,
}

impl<'a> Sampler<'a> {
    fn new(field: &'a Field, known: &'a Knowledge, rates: &RateColumns) -> Sampler<'a> {
        let mut likely = Vec::with_capacity(field.places.len());
        let mut sum = 0.0;
        for p in 0..field.places.len() {
            let people = field.p_ln_people[p].unwrap_or(6.0);
            let rate = rates.country[field.p_country[p] as usize];
            sum += f64::from(0.8 * people + rate).exp();
            likely.push(sum);
        }
        Sampler { field, known, likely }
    }

    fn likelihood(&self, p: usize) -> f64 {
        let before = if p == 0 { 0.0 } else { self.likely[p - 1] };
        (self.likely[p] - before) / self.likely[self.likely.len() - 1]
    }

    /// Places near, or twinned with, a partner of the hromada: too few to be
    /// met by chance, and where the ties decide.
    fn hot(&self, h: u32, p: u32) -> Vec<u32> {
        let mut hot: Vec<u32> = Vec::new();
        for &q in self.known.partners_of_hromada(h as usize) {
            if q == p {
                continue;
            }
            let centre = &self.field.p_vector[q as usize];
            let near = (0..self.field.places.len() as u32)
                .filter(|&x| km(centre, &self.field.p_vector[x as usize]) < 40.0);
            hot.extend(near);
            hot.extend_from_slice(self.known.twins().of(q));
        }
        hot.sort_unstable();
        hot.dedup();
        hot
    }

    /// The choice of a place by a hromada.
    fn forward(&self, (h, p): Pair, random: &mut fastrand::Rng) -> Choice {
        let hot = self.hot(h, p);
        let parts: [f64; 3] = if hot.is_empty() { [0.6, 0.4, 0.0] } else { [0.4, 0.4, 0.2] };
        let counts = parts.map(|part| (part * PLACES_SAMPLED as f64) as usize);
        let places = self.field.places.len();
        let mut drawn: Vec<u32> = Vec::with_capacity(PLACES_SAMPLED);
        drawn.extend((0..counts[0]).map(|_| random.usize(0..places) as u32));
        let total = self.likely[places - 1];
        drawn.extend((0..counts[1]).map(|_| {
            let at = random.f64() * total;
            self.likely.partition_point(|x| *x < at).min(places - 1) as u32
        }));
        drawn.extend((0..counts[2]).map(|_| hot[random.usize(0..hot.len())]));
        let sampled = counts.iter().sum::<usize>() as f64;
        let partners: HashSet<u32> =
            self.known.partners_of_hromada(h as usize).iter().copied().collect();
        let rates = self.known.rates(self.field, Some((h, p)));
        let mut alternatives = vec![self.alternative(&rates, h, p, (h, p), 0.0)];
        for x in drawn {
            if partners.contains(&x) || x == p {
                continue;
            }
            let mut chance = parts[0] / places as f64 + parts[1] * self.likelihood(x as usize);
            if hot.binary_search(&x).is_ok() {
                chance += parts[2] / hot.len() as f64;
            }
            let correction = -((chance * sampled).ln()) as f32;
            alternatives.push(self.alternative(&rates, h, x, (h, p), correction));
        }
        Choice { alternatives, reverse: false }
    }

    /// The choice of a hromada by a place.
    fn backward(&self, (h, p): Pair, random: &mut fastrand::Rng) -> Choice {
        let hromadas = self.field.hromadas.len();
        let partners: HashSet<u32> =
            self.known.partners_of_place(p as usize).iter().copied().collect();
        let mut others: Vec<u32> =
            (0..hromadas as u32).filter(|x| !partners.contains(x) && *x != h).collect();
        random.shuffle(&mut others);
        others.truncate(HROMADAS_SAMPLED);
        let all = (hromadas - partners.len()).max(1) as f32;
        let correction = (all / others.len().max(1) as f32).ln();
        let rates = self.known.rates(self.field, Some((h, p)));
        let mut alternatives = vec![self.alternative(&rates, h, p, (h, p), 0.0)];
        alternatives
            .extend(others.into_iter().map(|x| self.alternative(&rates, x, p, (h, p), correction)));
        Choice { alternatives, reverse: true }
    }

    fn alternative(
        &self,
        rates: &RateColumns,
        h: u32,
        p: u32,
        without: Pair,
        correction: f32,
    ) -> Alternative {
        let (h, p) = (h as usize, p as usize);
        let quantities = self.known.quantities(self.field, rates, h, p, Some(without));
        let role = self.field.h_role[h] * PLACE_ROLES as u8 + self.field.p_role[p];
        alternative(&quantities, role, correction)
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
    let rates = known.rates(field, None);
    let sampler = Sampler::new(field, known, &rates);
    let choices: Vec<Choice> = known
        .pairs()
        .par_iter()
        .enumerate()
        .flat_map_iter(|(i, &pair)| {
            // A generator of its own for each pair: the sample is the same
            // on any number of threads.
            let mut random = fastrand::Rng::with_seed(i as u64 + 1);
            [sampler.forward(pair, &mut random), sampler.backward(pair, &mut random)]
        })
        .collect();
    let problem = Problem { layout: Layout::new(), choices };
    let parameters = minimise(&problem, progress);
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
            pairs: known.pairs().len(),
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
        .map(|(h, p)| ((h, p), known.quantities(field, rates, h as usize, p as usize, None)))
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
        .pairs()
        .iter()
        .map(|&(h, p)| {
            let rates = known.rates(field, Some((h, p)));
            let x = known.quantities(field, &rates, h as usize, p as usize, Some((h, p)));
            score(weights, (h, p), &x)
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
