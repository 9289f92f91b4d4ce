//! Scoring everybody once, for the lists of hromadas and of places together.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rayon::prelude::*;

use super::guests::{Host, NEVER};
use super::rules::{LENGTH, MOST_OF_AN_OBLAST, Mutual, TIER};
use crate::matching::corpus::Corpus;
use crate::matching::kernel::{self, GATED, Hits, Scores};
use crate::matching::layout::BLOCK;
use crate::matching::rank::{Best, Candidate, Room, SharedBest, for_each_hit, narrow, scattered};

/// Places of each country that are looked at for a hromada to begin with, and
/// how many more where all partnerships are with the country, because more of
/// them will be asked.
const LOOKED_AT: usize = 8;
const LOOKED_AT_BY_SHARE: f32 = 120.0;

/// Once so many places have joined, only they are asked to show guests.
const MANY_JOINED: usize = 300;
/// Until then also those with so many twin towns and people, or, where no
/// twinning is recorded, seats of this size.
const TWINS: u32 = 2;
const TWINNED_PEOPLE: f32 = 2_000.0;
const SEAT_PEOPLE: f32 = 5_000.0;

/// What there is to choose from when everybody is scored.
pub(super) struct Seen {
    /// By hromada, then country.
    pub(super) of_countries: Vec<Vec<OfCountry>>,
    /// The small hromadas that may be led to others, ascending.
    pub(super) small: Vec<u32>,
    /// The places that show guests, with their own lists.
    pub(super) hosts: BTreeMap<u32, Host>,
    /// By place, the hromadas that it is a mutual match for.
    pub(super) mutual: BTreeMap<u32, Vec<u32>>,
}

/// The best places of one country for one hromada.
#[derive(Debug, Default)]
pub(super) struct OfCountry {
    /// The best first.
    pub(super) best: Vec<Candidate>,
    /// Whether there are no others.
    pub(super) complete: bool,
}

impl Corpus {
    /// Scores everybody once.
    pub(super) fn see_everybody(&self, mutual: &Mutual) -> Seen {
        let ranges = self.country_ranges();
        let countries = ranges.len();
        let limits: Vec<usize> = (0..countries)
            .map(|c| LOOKED_AT + (LOOKED_AT_BY_SHARE * self.rates.share(c)) as usize)
            .collect();
        let best: Vec<SharedBest> = (0..self.rows.len() * countries)
            .map(|i| SharedBest::new(limits[i % countries]))
            .collect();
        let looking = Looking::new(self, mutual);
        let hosts: Vec<(u32, Host)> = scattered(self.blocks.len())
            .into_par_iter()
            .map_init(
                || Room::new(self.rows.len()),
                |room, b| {
                    self.score_block(b, &mut room.scores);
                    self.offer_places(b, &room.scores, &limits, &best);
                    looking.hosts_of_block(b, &room.scores)
                },
            )
            .flatten_iter()
            .collect();
        let mut best = best.into_iter();
        let of_countries = (0..self.rows.len())
            .map(|h| {
                let of_country = |c: usize| {
                    let best: Vec<Candidate> =
                        best.next().map_or(Vec::new(), |b| b.into_best().sorted().collect());
                    let complete = best.len() < limits[c];
                    self.with_mutual_first(h, &mutual[h], &ranges[c], best, complete)
                };
                (0..countries).map(of_country).collect()
            })
            .collect();
        let Looking { small, mutual, .. } = looking;
        Seen { of_countries, small, hosts: hosts.into_iter().collect(), mutual }
    }

    /// The places of each country, which stand together.
    pub(super) fn country_ranges(&self) -> Vec<Range<usize>> {
        let mut ranges: Vec<Range<usize>> = vec![0..0; self.field.countries.len()];
        for (p, c) in self.field.p_country.iter().enumerate() {
            let range = &mut ranges[*c as usize];
            *range = if range.end == 0 { p..p + 1 } else { range.start..p + 1 };
        }
        ranges
    }

    /// The best of a country for a hromada, the mutual matches among its places
    /// before the others.
    fn with_mutual_first(
        &self,
        h: usize,
        mutual: &BTreeSet<u32>,
        range: &Range<usize>,
        mut best: Vec<Candidate>,
        complete: bool,
    ) -> OfCountry {
        let here: Vec<u32> = mutual.range(range.start as u32..range.end as u32).copied().collect();
        if !here.is_empty() {
            best.retain(|c| !here.contains(&(c.number() as u32)));
            best.extend(here.iter().map(|&p| {
                let key = self.score(h, p as usize).hundredths + TIER;
                Candidate::new(key, self.coverage(h, p as usize), p as usize)
            }));
            best.sort_unstable_by_key(|c| Reverse(*c));
        }
        OfCountry { best, complete }
    }

    /// Offers the places of a block to every hromada, country by country.
    fn offer_places(&self, b: usize, scores: &[Scores], limits: &[usize], best: &[SharedBest]) {
        let countries = limits.len();
        let mut floors: Scores = [i16::MAX; BLOCK];
        let mut hits: Hits = [0; BLOCK];
        let mut offered: Vec<(u16, Candidate)> = Vec::with_capacity(BLOCK);
        for (h, scores) in scores.iter().enumerate() {
            if self.field.h_occupied[h] {
                continue;
            }
            for run in &self.blocks[b].runs {
                let c = usize::from(run.country);
                let lanes = usize::from(run.from)..usize::from(run.to);
                let floor = match best[h * countries + c].floor() {
                    // Nothing is there yet: most of a run need not be offered.
                    i32::MIN => floor_of_best(&scores[lanes.clone()], limits[c]),
                    floor => narrow(floor),
                };
                floors[lanes].fill(floor);
            }
            kernel::reached(scores, i16::MAX, 0, &floors, &mut hits);
            for_each_hit(&hits, |j, _| {
                let p = b * BLOCK + j;
                if scores[j] != GATED && p < self.field.places.len() {
                    let candidate = Candidate::new(i32::from(scores[j]), self.coverage(h, p), p);
                    offered.push((self.field.p_country[p], candidate));
                }
            });
            for of_country in offered.chunk_by(|a, b| a.0 == b.0) {
                let shared = &best[h * countries + of_country[0].0 as usize];
                shared.offer_all(of_country.iter().map(|(_, c)| *c));
            }
            offered.clear();
        }
    }

    /// The best of one country for a hromada, `limit` of them, and its mutual
    /// matches before them.
    pub(super) fn best_of_country(
        &self,
        h: usize,
        mutual: &BTreeSet<u32>,
        range: &Range<usize>,
        limit: usize,
    ) -> OfCountry {
        let mut best = Best::new(limit);
        let blocks = range.start / BLOCK..range.end.div_ceil(BLOCK);
        self.score_blocks(h, &self.rows[h], blocks, |first, affinity, rest| {
            for (j, (a, r)) in affinity.iter().zip(rest).enumerate() {
                let (p, score) = (first + j, i32::from(a + r));
                if range.contains(&p) && score >= best.floor() && !self.is_gated(h, p) {
                    best.offer(Candidate::new(score, self.coverage(h, p), p));
                }
            }
        });
        let best: Vec<Candidate> = best.sorted().collect();
        let complete = best.len() < limit;
        self.with_mutual_first(h, mutual, range, best, complete)
    }

    /// The places whose lists show guests: those that have joined, and until
    /// there are many, those that are likely to look.
    fn places_that_show_guests(&self) -> Vec<bool> {
        let places = 0..self.field.places.len();
        let joined: Vec<bool> = places.clone().map(|p| self.statements[p].claimed).collect();
        let many = joined.iter().filter(|j| **j).count() >= MANY_JOINED;
        let twins = self.known.twins();
        let people = |p: usize| self.field.p_ln_people[p].map_or(0.0, f32::exp);
        let likely = |p: usize| {
            if twins.is_empty() {
                people(p).round() >= SEAT_PEOPLE && self.field.is_seat(p)
            } else {
                twins.degree(p as u32).is_some_and(|n| n >= TWINS)
                    && people(p).round() >= TWINNED_PEOPLE
            }
        };
        places.map(|p| !self.place_shut[p] && (joined[p] || (!many && likely(p)))).collect()
    }

    /// The best ten of some hromadas, the best first, with no more of an oblast
    /// than may be. Of the candidates only the order is changed.
    pub(super) fn mix_oblasts(&self, candidates: &mut [Candidate]) -> Vec<Candidate> {
        /// So many best nearly always hold ten of four oblasts or more.
        const ENOUGH: usize = 64;
        let ten = |best: &[Candidate]| {
            let mut of_oblast = vec![0; self.field.oblasts.len()];
            let mut list = Vec::with_capacity(LENGTH);
            for candidate in best {
                let n = &mut of_oblast[usize::from(self.field.h_oblast[candidate.number()])];
                if *n < MOST_OF_AN_OBLAST && list.len() < LENGTH {
                    *n += 1;
                    list.push(*candidate);
                }
            }
            list
        };
        if candidates.len() > ENOUGH {
            candidates.select_nth_unstable_by_key(ENOUGH, |c| Reverse(*c));
            let best = &mut candidates[..ENOUGH];
            best.sort_unstable_by_key(|c| Reverse(*c));
            let list = ten(best);
            if list.len() == LENGTH {
                return list;
            }
        }
        candidates.sort_unstable_by_key(|c| Reverse(*c));
        ten(candidates)
    }
}

/// A number that at least `n` of the scores reach, and in most cases not many
/// more: each of `n` parts has one that reaches the least of their maxima.
fn floor_of_best(scores: &[i16], n: usize) -> i16 {
    let part = scores.len() / n;
    if part == 0 {
        return i16::MIN;
    }
    let best_of_parts = scores.chunks_exact(part).map(|part| part.iter().max());
    best_of_parts.min().flatten().copied().unwrap_or(i16::MIN)
}

/// What is asked of every block for the places that show guests.
struct Looking<'a> {
    corpus: &'a Corpus,
    showing: Vec<bool>,
    /// The hromadas that may be led to others.
    suggested: Vec<u32>,
    small: Vec<u32>,
    /// By place, the hromadas that it is a mutual match for.
    mutual: BTreeMap<u32, Vec<u32>>,
}

impl Looking<'_> {
    fn new<'a>(corpus: &'a Corpus, mutual: &Mutual) -> Looking<'a> {
        let field = corpus.field();
        let mut of_places: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (h, places) in mutual.iter().enumerate() {
            for p in places {
                of_places.entry(*p).or_default().push(h as u32);
            }
        }
        let suggested: Vec<u32> =
            (0..corpus.rows.len() as u32).filter(|h| corpus.is_led_to(*h as usize)).collect();
        let is_small = |h: &u32| field.is_small(*h as usize);
        Looking {
            corpus,
            showing: corpus.places_that_show_guests(),
            small: suggested.iter().copied().filter(is_small).collect(),
            suggested,
            mutual: of_places,
        }
    }

    /// The places of a block that show guests.
    fn hosts_of_block(&self, b: usize, scores: &[Scores]) -> Vec<(u32, Host)> {
        let corpus = self.corpus;
        let mut keys: Vec<Option<i32>> = vec![None; scores.len()];
        let mut candidates: Vec<Candidate> = Vec::with_capacity(self.suggested.len());
        let showing = (0..corpus.blocks[b].len).filter(|j| self.showing[b * BLOCK + j]);
        let host = |j: usize| {
            let p = b * BLOCK + j;
            for h in self.suggested.iter().map(|h| *h as usize) {
                let open = scores[h][j] != GATED;
                let key = i32::from(scores[h][j]) + i32::from(corpus.rows[h].visibility);
                keys[h] = open.then_some(key);
            }
            for h in self.mutual.get(&(p as u32)).into_iter().flatten() {
                keys[*h as usize] = keys[*h as usize].map(|key| key + TIER);
            }
            let candidate = |h: &u32| {
                let h = *h as usize;
                Some(Candidate::new(keys[h]?, corpus.coverage(h, p), h))
            };
            candidates.clear();
            candidates.extend(self.suggested.iter().filter_map(candidate));
            let list = corpus.mix_oblasts(&mut candidates);
            let key = |h: &u32| keys[*h as usize].unwrap_or(NEVER);
            let of_small = self.small.iter().map(key).collect();
            (p as u32, Host::new(corpus, list, of_small))
        };
        showing.map(host).collect()
    }
}
