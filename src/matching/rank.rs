//! Lists of the best partners: for one municipality, and for everybody.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::corpus::{BLOCK, Corpus, HromadaRow};
use super::kernel::{self, Scores};
use crate::domain::directory::Row;

/// What a list is ordered by. The score shown is the same in every order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// The whole score.
    #[default]
    Balanced,
    /// What the two could do for each other first, then the whole score.
    Needs,
    /// How alike known partnerships they are, whatever they have stated.
    Known,
}

impl Order {
    /// All orders, as they are offered.
    pub const ALL: [Order; 3] = [Order::Balanced, Order::Needs, Order::Known];

    /// The word for it in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Order::Balanced => "balanced",
            Order::Needs => "needs",
            Order::Known => "known",
        }
    }

    /// The reverse of [`Order::as_str`].
    pub fn parse(word: &str) -> Option<Order> {
        Order::ALL.into_iter().find(|o| o.as_str() == word)
    }
}

/// One partner in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// The partner.
    pub row: Row,
    /// The pair's score in hundredths of a point.
    pub hundredths: i32,
    /// What was added for the visibility of the partner, in hundredths; 0
    /// for places, and never part of the score.
    pub visibility: i16,
    /// How many of the nine criteria are known.
    pub coverage: u8,
}

/// A candidate on its way into a list.
#[derive(Clone, Copy)]
struct Candidate {
    key: i32,
    coverage: u8,
    /// Number among the places or hromadas; lower ones win ties.
    number: u32,
    hundredths: i16,
}

impl Candidate {
    /// Better first: by key, then coverage, then number.
    fn cmp(&self, other: &Candidate) -> Ordering {
        other
            .key
            .cmp(&self.key)
            .then(other.coverage.cmp(&self.coverage))
            .then(self.number.cmp(&other.number))
    }
}

/// The best so far, and the key that the next must reach.
struct Best {
    limit: usize,
    kept: Vec<Candidate>,
    least: i32,
}

impl Best {
    fn new(limit: usize) -> Best {
        Best { limit, kept: Vec::with_capacity(2 * limit), least: i32::MIN }
    }

    /// Takes a candidate whose key is at least `least`. Room for twice the
    /// limit puts off sorting until half of it can be thrown away.
    fn push(&mut self, candidate: Candidate) {
        self.kept.push(candidate);
        if self.kept.len() == 2 * self.limit {
            self.shrink();
        }
    }

    fn shrink(&mut self) {
        if self.kept.len() > self.limit {
            self.kept.select_nth_unstable_by(self.limit - 1, Candidate::cmp);
            self.kept.truncate(self.limit);
        }
        if self.kept.len() == self.limit {
            self.least = self.kept.iter().map(|c| c.key).min().unwrap_or(i32::MIN);
        }
    }

    fn sorted(mut self) -> Vec<Candidate> {
        self.kept.sort_unstable_by(Candidate::cmp);
        self.kept.truncate(self.limit);
        self.kept
    }
}

/// The scores of a block, by group, as the orders need them.
struct BlockScores {
    affinity: Scores,
    rest: Scores,
}

impl Corpus {
    /// Scores one block for a hromada: affinity, and the rest apart.
    fn score_block(
        &self,
        row: &HromadaRow,
        b: usize,
        sparse: &[(u32, i16)],
        out: &mut BlockScores,
    ) {
        let block = &self.blocks[b];
        kernel::affinity(row, block, &self.tables, &mut out.affinity);
        for &(p, points) in sparse {
            out.affinity[p as usize - b * BLOCK] += points;
        }
        out.rest = [0; BLOCK];
        if let Some(stated) = &block.stated {
            kernel::fit(row, block, stated, &self.weights.policy, &mut out.rest);
            kernel::readiness(row, stated, &mut out.rest);
        }
    }

    /// The part of a row's sparse terms that falls into a block.
    fn sparse_in<'a>(row: &'a HromadaRow, b: usize) -> &'a [(u32, i16)] {
        let from = row.sparse.partition_point(|(p, _)| (*p as usize) < b * BLOCK);
        let to = row.sparse.partition_point(|(p, _)| (*p as usize) < (b + 1) * BLOCK);
        &row.sparse[from..to]
    }

    /// The best partners of the municipality at `subject`, at most `limit`
    /// of those that `wanted` lets through, in the given order. Empty when
    /// the subject is neither a hromada nor a place.
    ///
    /// The result does not depend on the number of threads: sums are of
    /// whole numbers and ties are broken by coverage, then by position.
    pub fn rank(
        &self,
        subject: Row,
        order: Order,
        limit: usize,
        wanted: &(dyn Fn(Row) -> bool + Sync),
    ) -> Vec<Match> {
        if limit == 0 {
            return Vec::new();
        }
        if let Some(h) = self.field.hromada(subject) {
            self.rank_places(h, order, limit, wanted)
        } else if let Some(p) = self.field.place(subject) {
            self.rank_hromadas(p, order, limit, wanted)
        } else {
            Vec::new()
        }
    }

    fn rank_places(
        &self,
        h: usize,
        order: Order,
        limit: usize,
        wanted: &(dyn Fn(Row) -> bool + Sync),
    ) -> Vec<Match> {
        let row = &self.rows[h];
        let mut best = Best::new(limit);
        let mut scores = BlockScores { affinity: [0; BLOCK], rest: [0; BLOCK] };
        for b in 0..self.blocks.len() {
            self.score_block(row, b, Self::sparse_in(row, b), &mut scores);
            for j in 0..self.blocks[b].len {
                let (affinity, rest) = (scores.affinity[j], scores.rest[j]);
                let key = order_key(order, affinity, rest, affinity + rest);
                if key < best.least {
                    continue;
                }
                let p = b * BLOCK + j;
                if self.is_gated(h, p) || !wanted(self.field.places[p]) {
                    continue;
                }
                best.push(Candidate {
                    key,
                    coverage: self.known_bits(h, p).count_ones() as u8,
                    number: p as u32,
                    hundredths: affinity + rest,
                });
            }
        }
        best.sorted()
            .into_iter()
            .map(|c| Match {
                row: self.field.places[c.number as usize],
                hundredths: i32::from(c.hundredths),
                visibility: 0,
                coverage: c.coverage,
            })
            .collect()
    }

    fn rank_hromadas(
        &self,
        p: usize,
        order: Order,
        limit: usize,
        wanted: &(dyn Fn(Row) -> bool + Sync),
    ) -> Vec<Match> {
        let mut best = Best::new(limit);
        for (h, row) in self.rows.iter().enumerate() {
            if row.statement.closed || self.is_gated(h, p) || !wanted(self.field.hromadas[h]) {
                continue;
            }
            let score = self.score(h, p);
            let affinity = score.of_group(super::criterion::Group::Affinity) as i16;
            let rest = score.hundredths as i16 - affinity;
            let key = order_key(order, affinity, rest, score.hundredths as i16)
                + i32::from(row.visibility);
            if key >= best.least {
                best.push(Candidate {
                    key,
                    coverage: score.known() as u8,
                    number: h as u32,
                    hundredths: score.hundredths as i16,
                });
            }
        }
        best.sorted()
            .into_iter()
            .map(|c| Match {
                row: self.field.hromadas[c.number as usize],
                hundredths: i32::from(c.hundredths),
                visibility: self.rows[c.number as usize].visibility,
                coverage: c.coverage,
            })
            .collect()
    }

    /// The scores of a hromada with every place, in hundredths, gates aside.
    pub(super) fn scores_of(&self, h: usize) -> Vec<i16> {
        let row = &self.rows[h];
        let mut all = Vec::with_capacity(self.field.places.len());
        let mut scores = BlockScores { affinity: [0; BLOCK], rest: [0; BLOCK] };
        for (b, block) in self.blocks.iter().enumerate() {
            self.score_block(row, b, Self::sparse_in(row, b), &mut scores);
            all.extend((0..block.len).map(|j| scores.affinity[j] + scores.rest[j]));
        }
        all
    }

    /// What a hromada is ordered by when it is listed for a place: the
    /// pair's score and the part of its visibility that policy adds.
    pub(super) fn listed_score(&self, h: usize, p: usize) -> i32 {
        self.score(h, p).hundredths + i32::from(self.rows[h].visibility)
    }

    /// How many partners could be listed for a subject: all that no gate
    /// keeps out and `wanted` lets through.
    pub fn eligible(&self, subject: Row, wanted: &(dyn Fn(Row) -> bool + Sync)) -> usize {
        if let Some(h) = self.field.hromada(subject) {
            (0..self.field.places.len())
                .filter(|&p| !self.is_gated(h, p) && wanted(self.field.places[p]))
                .count()
        } else if let Some(p) = self.field.place(subject) {
            (0..self.field.hromadas.len())
                .filter(|&h| {
                    !self.rows[h].statement.closed
                        && !self.is_gated(h, p)
                        && wanted(self.field.hromadas[h])
                })
                .count()
        } else {
            0
        }
    }
}

/// What a candidate is ordered by, in hundredths.
fn order_key(order: Order, affinity: i16, rest: i16, total: i16) -> i32 {
    match order {
        Order::Balanced => i32::from(total),
        Order::Needs => i32::from(rest) * 1_000 + i32::from(total),
        Order::Known => i32::from(affinity),
    }
}

/// Both lists of everybody.
#[derive(Debug, Default)]
pub struct AllLists {
    /// For each hromada, in the order of the field, its places.
    pub of_hromadas: Vec<Vec<Match>>,
    /// For each place, in the order of the field, its hromadas.
    pub of_places: Vec<Vec<Match>>,
}

impl Corpus {
    /// Ranks every hromada against every place, in both directions, on all
    /// threads of the current pool.
    pub fn rank_all(&self, limit: usize) -> AllLists {
        let limit = limit.max(1);
        // Each task takes some blocks, makes the lists of their places
        // whole, and begins the lists of the hromadas.
        let tasks: Vec<(Vec<Best>, Vec<Vec<Match>>)> = self
            .block_ranges()
            .into_par_iter()
            .map(|range| {
                let mut of_hromadas: Vec<Best> =
                    (0..self.rows.len()).map(|_| Best::new(limit)).collect();
                let mut of_places = Vec::new();
                for b in range {
                    self.rank_block(b, limit, &mut of_hromadas, &mut of_places);
                }
                (of_hromadas, of_places)
            })
            .collect();
        let mut all = AllLists::default();
        let mut merged: Vec<Best> = (0..self.rows.len()).map(|_| Best::new(limit)).collect();
        for (of_hromadas, of_places) in tasks {
            for (into, from) in merged.iter_mut().zip(of_hromadas) {
                for candidate in from.kept {
                    if candidate.key >= into.least {
                        into.push(candidate);
                    }
                }
            }
            all.of_places.extend(of_places);
        }
        all.of_hromadas = merged
            .into_par_iter()
            .map(|best| {
                best.sorted()
                    .into_iter()
                    .map(|c| Match {
                        row: self.field.places[c.number as usize],
                        hundredths: i32::from(c.hundredths),
                        visibility: 0,
                        coverage: c.coverage,
                    })
                    .collect()
            })
            .collect();
        all
    }

    /// Blocks in a few long runs, so that the lists of hromadas are merged
    /// few times. The number does not depend on the threads.
    fn block_ranges(&self) -> Vec<std::ops::Range<usize>> {
        const TASKS: usize = 8;
        let blocks = self.blocks.len();
        let step = blocks.div_ceil(TASKS).max(1);
        (0..blocks).step_by(step).map(|b| b..(b + step).min(blocks)).collect()
    }

    fn rank_block(
        &self,
        b: usize,
        limit: usize,
        of_hromadas: &mut [Best],
        of_places: &mut Vec<Vec<Match>>,
    ) {
        let len = self.blocks[b].len;
        let mut lists: Vec<Best> = (0..len).map(|_| Best::new(limit)).collect();
        let mut least: Scores = [i16::MIN; BLOCK];
        least[len..].fill(i16::MAX);
        let mut scores = BlockScores { affinity: [0; BLOCK], rest: [0; BLOCK] };
        let mut passing: Vec<u16> = Vec::with_capacity(BLOCK);
        for (h, row) in self.rows.iter().enumerate() {
            self.score_block(row, b, Self::sparse_in(row, b), &mut scores);
            let mut total: Scores = [0; BLOCK];
            for j in 0..BLOCK {
                total[j] = scores.affinity[j] + scores.rest[j];
            }
            let list = &mut of_hromadas[h];
            let threshold = list.least.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16;
            passing.clear();
            passing.extend((0..len as u16).filter(|&j| total[j as usize] >= threshold));
            for &j in &passing {
                let p = b * BLOCK + j as usize;
                let key = i32::from(total[j as usize]);
                if key >= list.least && !self.is_gated(h, p) {
                    list.push(Candidate {
                        key,
                        coverage: self.known_bits(h, p).count_ones() as u8,
                        number: p as u32,
                        hundredths: total[j as usize],
                    });
                }
            }
            if row.statement.closed {
                continue;
            }
            let visibility = row.visibility;
            passing.clear();
            passing
                .extend((0..len as u16).filter(|&j| {
                    total[j as usize].saturating_add(visibility) >= least[j as usize]
                }));
            for &j in &passing {
                let p = b * BLOCK + j as usize;
                if self.is_gated(h, p) {
                    continue;
                }
                let list = &mut lists[j as usize];
                list.push(Candidate {
                    key: i32::from(total[j as usize]) + i32::from(visibility),
                    coverage: self.known_bits(h, p).count_ones() as u8,
                    number: h as u32,
                    hundredths: total[j as usize],
                });
                least[j as usize] =
                    list.least.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16;
            }
        }
        of_places.extend(lists.into_iter().map(|best| {
            best.sorted()
                .into_iter()
                .map(|c| Match {
                    row: self.field.hromadas[c.number as usize],
                    hundredths: i32::from(c.hundredths),
                    visibility: self.rows[c.number as usize].visibility,
                    coverage: c.coverage,
                })
                .collect()
        }));
    }
}
