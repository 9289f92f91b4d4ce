//! Scoring one hromada against a block of places.
//!
//! The same sums as [`super::pair`] computes for one pair, in loops that the
//! compiler turns into vector instructions; a test holds the two equal.
//! `multiversion` compiles them for several instruction sets and picks at
//! run time, so one binary runs everywhere. No operation here may be fused
//! or reordered by the instruction set, so the results are the same on all.

use multiversion::multiversion;

use super::corpus::{
    BLOCK, Block, HromadaRow, KM_STEP, KM_STEPS, LN_TABLE, LN_ZERO, StatedBlock, Tables,
};
use super::weights::Policy;
use crate::domain::geo::EARTH_RADIUS_KM;

/// Hundredths of points for every place of a block.
pub(super) type Scores = [i16; BLOCK];

/// Adds the affinity of a hromada with every place of a block, but for the
/// few sparse terms, which the caller adds.
#[multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512dq+avx512vl",
    "x86_64+avx2",
    "x86_64+sse4.1",
))]
pub(super) fn affinity(row: &HromadaRow, block: &Block, tables: &Tables, scores: &mut Scores) {
    let base = &block.base[row.role as usize];
    for j in 0..BLOCK {
        scores[j] = base[j];
    }
    if row.knows_people() {
        for j in 0..BLOCK {
            scores[j] += block.people[j];
        }
    }
    for run in &block.runs {
        let points = row.by_country[run.country as usize];
        for score in &mut scores[run.from as usize..run.to as usize] {
            *score += points;
        }
    }
    let [hx, hy, hz] = row.vector;
    let scale = EARTH_RADIUS_KM as f32 / KM_STEP;
    let mut distance = [0u16; BLOCK];
    for j in 0..BLOCK {
        let (dx, dy, dz) = (block.x[j] - hx, block.y[j] - hy, block.z[j] - hz);
        let chord = (dx * dx + dy * dy + dz * dz).sqrt();
        distance[j] = ((chord * scale) as i32).clamp(0, KM_STEPS as i32 - 1) as u16;
    }
    let mut size = [0u16; BLOCK];
    let mut rank = [0u16; BLOCK];
    for j in 0..BLOCK {
        let last = LN_TABLE as i16 - 1;
        size[j] = (block.ln_people[j] - row.ln_people + LN_ZERO).clamp(0, last) as u16;
        rank[j] = (block.rank[j] - row.rank + LN_ZERO).clamp(0, last) as u16;
    }
    let (by_distance, by_size, by_rank) =
        (&tables.distance[..KM_STEPS], &tables.size[..LN_TABLE], &tables.rank[..LN_TABLE]);
    for j in 0..BLOCK {
        scores[j] += by_distance[distance[j] as usize & (KM_STEPS - 1)]
            + by_size[size[j] as usize & (LN_TABLE - 1)]
            + by_rank[rank[j] as usize & (LN_TABLE - 1)];
    }
}

/// Adds what a hromada and every place of a block could do for each other.
#[multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512dq+avx512vl",
    "x86_64+avx2",
    "x86_64+sse4.1",
))]
pub(super) fn fit(
    row: &HromadaRow,
    block: &Block,
    stated: &StatedBlock,
    policy: &Policy,
    scores: &mut Scores,
) {
    let mine = &row.statement;
    if mine.has_entries {
        let mut for_hromada = [0u16; BLOCK];
        for &(subarea, weight) in &mine.needs {
            if let Some(column) = &stated.offers[subarea as usize] {
                for j in 0..BLOCK {
                    for_hromada[j] += u16::from(column[j]) * u16::from(weight);
                }
            }
        }
        let mut for_place = [0u16; BLOCK];
        for &(subarea, strength) in &row.spread_offers {
            if let Some(column) = &stated.needs[subarea as usize] {
                for j in 0..BLOCK {
                    for_place[j] += u16::from(column[j]) * u16::from(strength);
                }
            }
        }
        let full = f32::from(policy.full_benefit);
        let per_unit = f32::from(policy.needs) / full;
        for j in 0..BLOCK {
            let (a, b) = (f32::from(for_hromada[j]), f32::from(for_place[j]));
            let mutual = 2.0 * a * b / (a + b).max(1.0);
            let fit = mutual.max(a.max(b) * 0.5).min(full);
            scores[j] += (fit * per_unit) as i32 as i16;
        }
    }
    if !mine.languages.is_empty() {
        let mut level = [0u8; BLOCK];
        for &(language, own) in &mine.languages {
            if let Some(column) = &stated.languages[language as usize] {
                for j in 0..BLOCK {
                    level[j] = level[j].max(column[j].min(own));
                }
            }
        }
        let (interpreter, best) = (row.interpreter, row.best_language);
        for j in 0..BLOCK {
            // An interpreter helps with a language that somebody speaks.
            let theirs = stated.best_language[j].min(interpreter);
            let ours = stated.interpreter[j].min(best);
            let both = if stated.best_language[j] > 0 { ours } else { 0 };
            level[j] = level[j].max(theirs).max(both);
        }
        let [one, two, three, four] = policy.language;
        for j in 0..BLOCK {
            let l = level[j];
            scores[j] += if l >= 1 { one } else { 0 }
                + if l >= 2 { two - one } else { 0 }
                + if l >= 3 { three - two } else { 0 }
                + if l >= 4 { four - three } else { 0 };
        }
    }
    if mine.formats != 0 {
        let [one, two, three] = policy.formats;
        for j in 0..BLOCK {
            let common = stated.formats[j] & mine.formats;
            let mut n = 0u8;
            for bit in 0..8 {
                n += common >> bit & 1;
            }
            scores[j] += if n >= 1 { one } else { 0 }
                + if n >= 2 { two - one } else { 0 }
                + if n >= 3 { three - two } else { 0 };
        }
    }
    let wish = policy.wish;
    for j in 0..BLOCK {
        let met = u8::from(stated.band_bit[j] & mine.wanted_sizes != 0)
            + u8::from(stated.wanted_sizes[j] & row.band != 0)
            + stated.wants_ukraine[j];
        scores[j] += i16::from(met) * wish;
    }
    for run in block.runs.iter().filter(|r| row.wished_country[r.country as usize]) {
        for score in &mut scores[run.from as usize..run.to as usize] {
            *score += wish;
        }
    }
}

/// Adds the readiness of both sides, where both have claimed their profiles.
#[multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512dq+avx512vl",
    "x86_64+avx2",
    "x86_64+sse4.1",
))]
pub(super) fn readiness(row: &HromadaRow, stated: &StatedBlock, scores: &mut Scores) {
    let own = row.statement.readiness;
    if own == 0 {
        return;
    }
    for j in 0..BLOCK {
        let theirs = stated.readiness[j];
        scores[j] += if theirs > 0 { theirs + own } else { 0 };
    }
}
