//! Scoring one hromada against a block of places.
//!
//! The same sums as [`super::pair`] computes for one pair, in loops that the
//! compiler turns into vector instructions; a test holds the two equal.
//! `multiversion` compiles them for several instruction sets and picks at
//! run time, so one binary runs everywhere. No operation here may be fused
//! or reordered by the instruction set, so the results are the same on all.
//!
//! Every loop runs over all lanes of a block, used or not: loops of a fixed
//! length without branches are what becomes vector instructions.

#![allow(
    clippy::needless_range_loop,
    reason = "most loops run over several columns at once, and read alike when all have one index"
)]

use multiversion::multiversion;

use super::weights::Policy;
use crate::matching::layout::{
    BLOCK, Block, ENGLISH, HromadaRow, KM_STEPS, STEPS_PER_RADIUS, SizeClass, StatedBlock, Tables,
    difference,
};

/// Hundredths of points for every place of a block.
pub(super) type Scores = [i16; BLOCK];

/// For every place of a block, the lists that a pair may enter.
pub(super) type Hits = [u8; BLOCK];

/// The bits of [`Hits`].
pub(super) const LIST_OF_HROMADA: u8 = 1;
pub(super) const LIST_OF_PLACE: u8 = 2;

/// In place of the score of a pair that is never suggested: less than any.
pub(super) const GATED: i16 = i16::MIN;

/// The whole part of a number from 0 up to two to the power of 22.
///
/// A cast would do the same, but must also make something of numbers out of
/// range, and the compiler knows no vector instruction for that. Adding 2²³
/// leaves the nearest whole number in the lower bits; where that is above
/// the number, one less is right.
#[inline(always)]
fn whole(x: f32) -> u32 {
    const POWER: f32 = 8_388_608.0;
    let sum = x + POWER;
    (sum.to_bits() - POWER.to_bits()) - u32::from(sum - POWER > x)
}

/// The larger of two numbers, neither of them NaN: `f32::max` has to look.
#[inline(always)]
fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

#[inline(always)]
fn smaller(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

/// What the population of every place of a block adds for hromadas of one
/// class of size. It is looked up once a class, because most classes have
/// several hromadas and the two look-ups cost more than all that is added.
#[multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512dq+avx512vl",
    "x86_64+avx2",
    "x86_64+sse4.1",
))]
pub(super) fn sizes(class: &SizeClass, block: &Block, tables: &Tables, sizes: &mut Scores) {
    if !class.is_known() {
        *sizes = [0; BLOCK];
        return;
    }
    for j in 0..BLOCK {
        sizes[j] = tables.size[difference(block.ln_people[j], class.ln_people)]
            + tables.rank[difference(block.rank[j], class.rank)]
            + block.people[j];
    }
}

/// The affinity of a hromada with every place of a block, but for the few
/// sparse terms, which the caller adds. `sizes` are those of its class,
/// `of_oblast` what its oblast adds.
#[multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512dq+avx512vl",
    "x86_64+avx2",
    "x86_64+sse4.1",
))]
pub(super) fn affinity(
    row: &HromadaRow,
    block: &Block,
    tables: &Tables,
    sizes: &Scores,
    of_oblast: &Scores,
    scores: &mut Scores,
) {
    let base = &block.base[row.role as usize];
    let far = block.is_far_from(&row.vector, tables);
    let flat = if far { tables.far } else { 0 };
    for j in 0..BLOCK {
        scores[j] = base[j] + sizes[j] + of_oblast[j] + flat;
    }
    for run in &block.runs {
        let points = row.by_country[run.country as usize];
        for score in &mut scores[run.from as usize..run.to as usize] {
            *score += points;
        }
    }
    if far {
        return;
    }
    let [hx, hy, hz] = row.vector;
    let mut step = [0u32; BLOCK];
    for j in 0..BLOCK {
        let (dx, dy, dz) = (block.x[j] - hx, block.y[j] - hy, block.z[j] - hz);
        let chord = (dx * dx + dy * dy + dz * dz).sqrt();
        step[j] = whole(chord * STEPS_PER_RADIUS).min(KM_STEPS as u32 - 1);
    }
    for j in 0..BLOCK {
        scores[j] += tables.distance[step[j] as usize % KM_STEPS];
    }
}

/// Adds what a hromada and every place of a block could do for each other,
/// and the readiness of both.
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
        needs(row, stated, policy, scores);
    }
    if !mine.languages.is_empty() {
        languages(row, stated, policy, scores);
    }
    if mine.formats != 0 {
        formats(row, stated, policy, scores);
    }
    wishes(row, block, stated, policy, scores);
    let own = mine.readiness;
    if own != 0 {
        for j in 0..BLOCK {
            let theirs = stated.readiness[j];
            scores[j] += if theirs > 0 { theirs + own } else { 0 };
        }
    }
}

#[inline(always)]
fn needs(row: &HromadaRow, stated: &StatedBlock, policy: &Policy, scores: &mut Scores) {
    let mut for_hromada = [0u16; BLOCK];
    add_columns(&row.statement.needs, &stated.offers, &mut for_hromada);
    let mut for_place = [0u16; BLOCK];
    add_columns(&row.spread_offers, &stated.needs, &mut for_place);
    let full = f32::from(policy.full_benefit);
    let per_unit = f32::from(policy.needs.unsigned_abs()) / full;
    let sign = policy.needs.signum();
    for j in 0..BLOCK {
        let (a, b) = (f32::from(for_hromada[j]), f32::from(for_place[j]));
        let mutual = 2.0 * a * b / larger(a + b, 1.0);
        let fit = smaller(larger(mutual, larger(a, b) * 0.5), full);
        scores[j] += whole(fit * per_unit) as i16 * sign;
    }
}

/// Marks the places of a block that a hromada gains from and that gain from it.
#[multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512dq+avx512vl",
    "x86_64+avx2",
    "x86_64+sse4.1",
))]
pub(super) fn mutual(row: &HromadaRow, stated: &StatedBlock, hits: &mut Hits) {
    let mut for_hromada = [0u16; BLOCK];
    add_columns(&row.statement.needs, &stated.offers, &mut for_hromada);
    let mut for_place = [0u16; BLOCK];
    add_columns(&row.spread_offers, &stated.needs, &mut for_place);
    for j in 0..BLOCK {
        hits[j] = u8::from(for_hromada[j] > 0 && for_place[j] > 0);
    }
}

/// Adds the columns of some sub-areas, each times its factor.
#[inline(always)]
fn add_columns(
    factors: &[(u8, u8)],
    columns: &[Option<Box<[u8; BLOCK]>>],
    sums: &mut [u16; BLOCK],
) {
    for &(subarea, factor) in factors {
        if let Some(column) = &columns[subarea as usize] {
            for j in 0..BLOCK {
                sums[j] += u16::from(column[j]) * u16::from(factor);
            }
        }
    }
}

#[inline(always)]
fn languages(row: &HromadaRow, stated: &StatedBlock, policy: &Policy, scores: &mut Scores) {
    // English has points of its own, and so does what an interpreter makes
    // common: of a language that somebody speaks.
    let (interpreter, best) = (row.interpreter, row.best_language);
    let mut english = [0u8; BLOCK];
    for j in 0..BLOCK {
        let theirs = stated.best_language[j].min(interpreter);
        let ours = stated.interpreter[j].min(best);
        let both = if stated.best_language[j] > 0 { ours } else { 0 };
        english[j] = theirs.max(both);
    }
    let mut level = [0u8; BLOCK];
    for &(language, own) in &row.statement.languages {
        if let Some(column) = &stated.languages[language as usize] {
            let level = if language == *ENGLISH { &mut english } else { &mut level };
            for j in 0..BLOCK {
                level[j] = level[j].max(column[j].min(own));
            }
        }
    }
    for j in 0..BLOCK {
        scores[j] +=
            by_level(&policy.language, level[j]).max(by_level(&policy.english, english[j]));
    }
}

/// The points of a level, 0 for none.
#[inline(always)]
fn by_level(points: &[i16; 4], level: u8) -> i16 {
    let [one, two, three, four] = *points;
    (if level >= 1 { one } else { 0 })
        + (if level >= 2 { two - one } else { 0 })
        + (if level >= 3 { three - two } else { 0 })
        + (if level >= 4 { four - three } else { 0 })
}

#[inline(always)]
fn formats(row: &HromadaRow, stated: &StatedBlock, policy: &Policy, scores: &mut Scores) {
    let [one, two, three] = policy.formats;
    let mine = row.statement.formats;
    for j in 0..BLOCK {
        let n = (stated.formats[j] & mine).count_ones() as u8;
        scores[j] += if n >= 1 { one } else { 0 }
            + if n >= 2 { two - one } else { 0 }
            + if n >= 3 { three - two } else { 0 };
    }
}

/// What a hromada wishes of places that have stated nothing themselves: all
/// that fits there.
pub(super) fn own_wishes(row: &HromadaRow, block: &Block, policy: &Policy, scores: &mut Scores) {
    for (score, band) in scores.iter_mut().zip(&block.band_bit) {
        *score += i16::from(band & row.statement.wanted_sizes != 0) * policy.wish;
    }
    wished_countries(row, block, policy, scores);
}

#[inline(always)]
fn wished_countries(row: &HromadaRow, block: &Block, policy: &Policy, scores: &mut Scores) {
    for run in block.runs.iter().filter(|r| row.wished_country[r.country as usize]) {
        for score in &mut scores[run.from as usize..run.to as usize] {
            *score += policy.wish;
        }
    }
}

#[inline(always)]
fn wishes(
    row: &HromadaRow,
    block: &Block,
    stated: &StatedBlock,
    policy: &Policy,
    scores: &mut Scores,
) {
    let wish = policy.wish;
    for j in 0..BLOCK {
        let met = u8::from(block.band_bit[j] & row.statement.wanted_sizes != 0)
            + u8::from(stated.wanted_sizes[j] & row.band != 0)
            + stated.wants_ukraine[j];
        scores[j] += i16::from(met) * wish;
    }
    wished_countries(row, block, policy, scores);
}

/// Finds the lists that the pairs of a hromada may enter: its own, which
/// asks for `floor`, and those of the places, which ask for `floors` of
/// score and visibility together.
#[multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512dq+avx512vl",
    "x86_64+avx2",
    "x86_64+sse4.1",
))]
pub(super) fn reached(
    scores: &Scores,
    floor: i16,
    visibility: i16,
    floors: &Scores,
    hits: &mut Hits,
) {
    for j in 0..BLOCK {
        let score = scores[j];
        let own = if score >= floor { LIST_OF_HROMADA } else { 0 };
        let theirs = if listed(score, visibility) >= floors[j] { LIST_OF_PLACE } else { 0 };
        hits[j] = own | theirs;
    }
}

/// Places whose floors are looked for together: their counts stay in
/// registers, and their keys in the cache next to the processor.
const LANES: usize = 64;

/// Room in which [`floors`] works.
pub(super) type Keys = Vec<[i16; LANES]>;

/// Floors for the lists of the places of a block: at least `limit` of the
/// open hromadas reach them, and few more. Where there are not that many,
/// the floor is the lowest number there is.
///
/// A floor is found bit by bit from above: a bit is kept when enough still
/// reach the number with it. All places take each step together, so that
/// this costs next to nothing, while lists that begin empty would take in
/// six times as many candidates as they keep.
#[multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512dq+avx512vl",
    "x86_64+avx2",
    "x86_64+sse4.1",
))]
pub(super) fn floors(
    rows: &[HromadaRow],
    scores: &[Scores],
    limit: usize,
    keys: &mut Keys,
    floors: &mut Scores,
) {
    /// The last bit that is worth a step: a floor this much too low lets a
    /// candidate or two more through.
    const LAST_BIT: u32 = 4;
    if limit > rows.len() || rows.len() > usize::from(u16::MAX) {
        // Nobody is kept out, or there are more than can be counted here.
        *floors = [i16::MIN; BLOCK];
        return;
    }
    for from in (0..BLOCK).step_by(LANES) {
        keys.clear();
        for (row, scores) in rows.iter().zip(scores).filter(|(row, _)| !row.statement.closed) {
            if let Some(lanes) = scores[from..].first_chunk::<LANES>() {
                keys.push(lanes.map(|score| listed(score, row.visibility)));
            }
        }
        let mut floor = [i16::MIN; LANES];
        for bit in (LAST_BIT..i16::BITS).rev() {
            let higher = floor.map(|f| f.wrapping_add((1u16 << bit).cast_signed()));
            let mut count = [0u16; LANES];
            for keys in keys.iter() {
                for j in 0..LANES {
                    count[j] += u16::from(keys[j] >= higher[j]);
                }
            }
            for j in 0..LANES {
                floor[j] = if usize::from(count[j]) >= limit { higher[j] } else { floor[j] };
            }
        }
        floors[from..from + LANES].copy_from_slice(&floor);
    }
}

/// What a hromada is ordered by in the list of a place, or what is closest
/// to it in sixteen bits.
#[inline(always)]
fn listed(score: i16, visibility: i16) -> i16 {
    score.saturating_add(visibility)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_part_is_that_of_a_cast() {
        let mut random = fastrand::Rng::with_seed(1);
        for _ in 0..100_000 {
            let n = random.u32(0..1 << 22);
            let near = [n as f32, (n as f32).next_down().max(0.0), (n as f32).next_up()];
            for x in near.into_iter().chain([random.f32() * 4_000.0]) {
                assert_eq!(whole(x), x as u32, "{x:?}");
            }
        }
    }
}
