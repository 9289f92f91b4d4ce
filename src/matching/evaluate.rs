//! How well ranking would have found partnerships that exist.
//!
//! Backtests are descriptive: past partnerships carry the bias of the past,
//! and lists of them are partial, so a pair that is not listed is unknown,
//! not wrong. What a pair under test would give away — itself among the
//! ties, in the rates, at the gates — is removed, the subject's other true
//! partners are left out, and a partner that the directory does not have
//! counts as missed.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use super::corpus::{Corpus, Settings, is_cold};
use super::exposure::Exposure;
use super::field::{Field, Pair, Partnership};
use super::fit;
use super::knowledge::{Knowledge, Twins};
use super::lists::{LENGTH, Lists};
use super::rank::Match;
use super::rates::RateColumns;
use super::weights::Weights;
use crate::domain::country::Country;
use crate::domain::directory::{Directory, Row};
use crate::domain::municipality::SizeBand;

/// A partnership to look for: a hromada, and a place if the directory has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Known {
    /// The hromada's number in the field.
    pub hromada: u32,
    /// The place's, none when the directory does not have it.
    pub place: Option<u32>,
    /// The year it began, where the list says so.
    pub since: Option<i32>,
}

impl Known {
    /// The partnership, if the directory has both sides.
    pub fn partnership(&self) -> Option<Partnership> {
        let (hromada, since) = (self.hromada, self.since);
        self.place.map(|place| Partnership { hromada, place, since })
    }

    fn pair(&self) -> Option<Pair> {
        Some((self.hromada, self.place?))
    }
}

/// What to measure.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Fit anew on the other parts, this many parts in all; 0 uses the
    /// weights given.
    pub folds: usize,
    /// Rank hromadas for the place instead of places for the hromada.
    pub reverse: bool,
    /// Only candidates of the true partner's country (of the true hromada's
    /// oblast, reversed).
    pub same_country: bool,
    /// Use no ties at all, as a fresh installation.
    pub cold: bool,
    /// Look for the true partner in the lists as they are shown, the first ten
    /// assigned for everybody together.
    pub lists: bool,
}

/// The measures of some pairs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Measures {
    /// How many pairs.
    pub pairs: usize,
    /// Share whose true partner is among the first ten.
    pub hit_at_10: f64,
    /// Share whose true partner is among the first fifty.
    pub hit_at_50: f64,
    /// Mean of 1 ÷ the true partner's place in the list.
    pub mrr: f64,
    /// Mean share of candidates ranked below the true partner.
    pub auc: f64,
}

/// The result of a backtest.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Measures over all pairs.
    #[serde(flatten)]
    pub all: Measures,
    /// Pairs left out because the hromada is under occupation.
    pub occupied: usize,
    /// Candidates for each list.
    pub candidates: usize,
    /// Measures by size of the hromada.
    pub by_size: BTreeMap<&'static str, Measures>,
    /// How evenly the lists show the candidates.
    pub exposure: Exposure,
    /// The lists as they are shown, if they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lists: Option<ListFigures>,
}

/// What the lists of ten are like, over everybody who has one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct ListFigures {
    /// Pairs left out because the hromada is shown to nobody unasked: it lies
    /// at the front or is partly occupied, and has not joined.
    pub left_out: usize,
    /// Share of the hromadas under 10,000 people that others are led to that
    /// stand on a list of a place.
    pub small_shown: f64,
    /// Countries on the list of a hromada, on average.
    pub countries: f64,
    /// Oblasts on the list of a place, on average.
    pub oblasts: f64,
}

/// Everything a backtest reads.
pub struct Subject<'a> {
    /// The directory.
    pub directory: &'a Directory,
    /// Its columns.
    pub field: &'a Field,
    /// Partnerships to look for.
    pub pairs: &'a [Known],
    /// Partnerships known beside them.
    pub also_known: &'a [Partnership],
    /// Twin towns of places.
    pub twins: &'a Twins,
    /// The weights to test, or whose policy to keep when fitting anew.
    pub weights: &'a Weights,
    /// The day.
    pub today: chrono::NaiveDate,
}

/// Where a true partner came in its list.
struct Found {
    band: Option<SizeBand>,
    /// 1 is the first; the number of candidates when it is missing.
    place: usize,
    candidates: usize,
}

/// Runs a backtest. `progress` is told how many parts are done.
pub fn evaluate(
    subject: &Subject<'_>,
    options: Options,
    progress: &mut dyn FnMut(usize),
) -> Report {
    // Nobody is suggested to the occupied, nor they to anybody.
    let occupied = |k: &Known| subject.field.h_occupied[k.hromada as usize];
    let open: Vec<Known> = subject.pairs.iter().filter(|k| !occupied(k)).copied().collect();
    let cold = |k: &&Known| {
        let row = subject.field.hromadas[k.hromada as usize];
        options.lists && is_cold(subject.directory.record(row))
    };
    let pairs: Vec<Known> = open.iter().filter(|k| !cold(k)).copied().collect();
    let left_out = open.len() - pairs.len();
    let mut figures = None;
    let parts = parts(pairs.len(), options.folds);
    let mut found = Vec::new();
    let mut exposure = Exposure::default();
    for (number, test) in parts.iter().enumerate() {
        let tested: HashSet<usize> = test.iter().copied().collect();
        let under_test: HashSet<Pair> = test.iter().filter_map(|&i| pairs[i].pair()).collect();
        let mut known: Vec<Partnership> = subject.also_known.to_vec();
        if options.folds > 1 {
            known.extend(
                (0..pairs.len())
                    .filter(|i| !tested.contains(i))
                    .filter_map(|i| pairs[i].partnership()),
            );
            known.extend(
                subject
                    .pairs
                    .iter()
                    .filter(|k| occupied(k) || cold(k))
                    .filter_map(Known::partnership),
            );
        }
        known.retain(|k| !under_test.contains(&k.pair()));
        let knowledge = Knowledge::new(subject.field, &known, subject.twins.clone());
        let fitted;
        let weights = if options.folds > 1 {
            let policy = subject.weights.policy.clone();
            fitted = fit::fit(subject.field, &knowledge, policy, "backtest", &mut |_| {});
            &fitted
        } else {
            subject.weights
        };
        let rates = if known.is_empty() {
            RateColumns::of(&weights.rates, subject.field)
        } else {
            knowledge.counts().columns(subject.field)
        };
        let ties = if options.cold {
            Knowledge::new(subject.field, &[], Twins::default())
        } else {
            knowledge
        };
        let settings = Settings { weights, today: subject.today };
        let field = Arc::new(Field::new(subject.directory));
        let corpus =
            Corpus::with_knowledge(subject.directory, field, ties, Arc::new(rates), &settings);
        let lists = options.lists.then(|| Lists::assign(&corpus));
        let look = |i: &usize| look_for(subject, &corpus, lists.as_ref(), pairs[*i], options);
        found.par_extend(test.par_iter().map(look));
        if number == 0 {
            exposure = match &lists {
                Some(lists) => lists.exposure(subject.directory, options.reverse),
                None => measure_exposure(subject.directory, &corpus, options.reverse),
            };
            figures = lists.map(|lists| list_figures(subject.directory, &lists, left_out));
        }
        progress(number + 1);
    }
    let candidates =
        if options.reverse { subject.field.hromadas.len() } else { subject.field.places.len() };
    let by_size = SizeBand::ALL
        .iter()
        .map(|band| {
            let of_band = found.iter().filter(|f| f.band == Some(*band));
            (band.as_str(), measures(of_band))
        })
        .collect();
    let occupied = subject.pairs.len() - open.len();
    let (all, lists) = (measures(found.iter()), figures);
    Report { all, occupied, candidates, by_size, exposure, lists }
}

/// The pairs under test in each part: shuffled, the same each time.
fn parts(pairs: usize, folds: usize) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..pairs).collect();
    if folds <= 1 {
        return vec![order];
    }
    fastrand::Rng::with_seed(2_026).shuffle(&mut order);
    (0..folds).map(|f| order.iter().copied().skip(f).step_by(folds).collect()).collect()
}

fn look_for(
    subject: &Subject<'_>,
    corpus: &Corpus,
    lists: Option<&Lists>,
    known: Known,
    options: Options,
) -> Found {
    let field = corpus.field();
    let h = known.hromada as usize;
    let band = subject.directory.municipality(field.hromadas[h]).size_band();
    let all = if options.reverse { field.hromadas.len() } else { field.places.len() };
    let Some(p) = known.place.map(|p| p as usize) else {
        return Found { band, place: all, candidates: all };
    };
    let others: HashSet<u32> = subject
        .pairs
        .iter()
        .filter_map(Known::pair)
        .chain(subject.also_known.iter().map(Partnership::pair))
        .filter_map(|(x, y)| match options.reverse {
            false if x as usize == h && y as usize != p => Some(y),
            true if y as usize == p && x as usize != h => Some(x),
            _ => None,
        })
        .collect();
    // Those that are shown first, whatever their scores.
    let whose = if options.reverse { field.places[p] } else { field.hromadas[h] };
    let truth = if options.reverse { field.hromadas[h] } else { field.places[p] };
    let is_other = |row: Row| {
        let number = if options.reverse { field.hromada(row) } else { field.place(row) };
        number.is_some_and(|n| others.contains(&(n as u32)))
    };
    let first: Vec<Row> = lists.map_or(Vec::new(), |lists| {
        let shown = lists.suggest(corpus, whose, LENGTH).into_iter().map(|m| m.row);
        shown.filter(|row| !is_other(*row)).collect()
    });
    let listed = first.iter().position(|row| *row == truth);
    let (mut better, mut candidates) = (0, 1 + first.len() - usize::from(listed.is_some()));
    if options.reverse {
        let oblast = field.h_oblast[h];
        let own = corpus.listed_score(h, p);
        for x in 0..all {
            let left_out = x == h
                || field.h_occupied[x]
                || first.contains(&field.hromadas[x])
                || (lists.is_some() && corpus.is_cold(field.hromadas[x]))
                || others.contains(&(x as u32))
                || (options.same_country && field.h_oblast[x] != oblast);
            if !left_out {
                candidates += 1;
                better += usize::from(corpus.listed_score(x, p) > own);
            }
        }
    } else {
        let country = field.p_country[p];
        let scores = corpus.scores_of(h);
        for x in 0..all {
            let left_out = x == p
                || corpus.is_occupied(field.places[x])
                || first.contains(&field.places[x])
                || others.contains(&(x as u32))
                || (options.same_country && field.p_country[x] != country);
            if !left_out {
                candidates += 1;
                better += usize::from(scores[x] > scores[p] || (scores[x] == scores[p] && x < p));
            }
        }
    }
    let place = listed.map_or(first.len() + better, |i| i) + 1;
    Found { band, place, candidates }
}

fn measures<'a>(found: impl Iterator<Item = &'a Found>) -> Measures {
    let mut m = Measures::default();
    for f in found {
        m.pairs += 1;
        m.hit_at_10 += if f.place <= 10 { 1.0 } else { 0.0 };
        m.hit_at_50 += if f.place <= 50 { 1.0 } else { 0.0 };
        m.mrr += 1.0 / f.place as f64;
        m.auc += 1.0 - (f.place - 1) as f64 / (f.candidates - 1).max(1) as f64;
    }
    if m.pairs > 0 {
        let n = m.pairs as f64;
        m.hit_at_10 /= n;
        m.hit_at_50 /= n;
        m.mrr /= n;
        m.auc /= n;
    }
    m
}

fn list_figures(directory: &Directory, lists: &Lists, left_out: usize) -> ListFigures {
    let mean =
        |numbers: Vec<usize>| numbers.iter().sum::<usize>() as f64 / numbers.len().max(1) as f64;
    let countries = |list: &Vec<Row>| {
        let of = list.iter().map(|row| directory.municipality(*row).country);
        of.collect::<HashSet<Country>>().len()
    };
    let oblasts = |list: &Vec<Row>| {
        let of = list.iter().map(|row| directory.municipality(*row).region.as_str());
        of.collect::<HashSet<&str>>().len()
    };
    let small = lists.exposure(directory, true).small;
    ListFigures {
        left_out,
        small_shown: small.shown as f64 / (small.candidates as f64).max(1.0),
        countries: mean(lists.of_hromadas().map(|(_, list)| countries(&list)).collect()),
        oblasts: mean(lists.of_places().map(|(_, list)| oblasts(&list)).collect()),
    }
}

/// The exposure of the lists of ten of everybody.
fn measure_exposure(directory: &Directory, corpus: &Corpus, reverse: bool) -> Exposure {
    let all = corpus.rank_all(10);
    let rows = |lists: &[Vec<Match>]| -> Vec<Vec<Row>> {
        lists.iter().map(|list| list.iter().map(|m| m.row).collect()).collect()
    };
    if reverse {
        Exposure::of(directory, &rows(&all.of_places), &corpus.field().hromadas)
    } else {
        Exposure::of(directory, &rows(&all.of_hromadas), &corpus.field().places)
    }
}
