//! How what ranking needs lies in memory: rows of hromadas, blocks of places,
//! tables by whole numbers; and what one side has stated, as small numbers.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::NaiveDate;

use super::criterion::Criterion;
use super::field::HROMADA_ROLES;
use super::weights::Policy;
use crate::domain::area::{SUBAREAS, SubArea};
use crate::domain::directory::Record;
use crate::domain::geo::EARTH_RADIUS_KM;
use crate::domain::municipality::Status;
use crate::domain::profile::{Language, Profile};

/// Places scored at once.
pub(super) const BLOCK: usize = 256;

/// Kilometres in one step of the distance table.
pub(super) const KM_STEP: f32 = 5.0;

/// Steps in that table: further apart than any two places.
pub(super) const KM_STEPS: usize = 1_024;

/// Turns a chord of the unit globe into steps of that table.
pub(super) const STEPS_PER_RADIUS: f32 = EARTH_RADIUS_KM as f32 / KM_STEP;

/// Steps in one unit of a logarithm in the tables of size and rank.
pub(super) const LN_STEPS: f32 = 16.0;

/// Cells of a table of logarithms, the one of zero in the middle.
const LN_TABLE: usize = 512;

pub(super) const LAST_LN: usize = LN_TABLE - 1;

pub(super) const LN_ZERO: i16 = (LN_TABLE / 2) as i16;

/// In place of a logarithm nobody knows: minus this for a hromada, so that
/// every difference with one falls on the last cell of the table.
pub(super) const UNKNOWN_LN: i16 = 2_000;

/// The number of English among the languages.
pub(super) static ENGLISH: LazyLock<u8> =
    LazyLock::new(|| Language::parse("en").map_or(u8::MAX, |l| l.index() as u8));

/// What one side of a pair has stated, as small numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Statement {
    /// Needs as (sub-area, weight).
    pub(super) needs: Vec<(u8, u8)>,
    /// Offers as (sub-area, strength).
    pub(super) offers: Vec<(u8, u8)>,
    /// Languages as (number, level 1–4).
    pub(super) languages: Vec<(u8, u8)>,
    pub(super) interpreter: bool,
    /// One bit per format.
    pub(super) formats: u8,
    /// One bit per size band it would like; 0 where it has not said.
    pub(super) wanted_sizes: u8,
    pub(super) wanted_countries: Vec<crate::domain::country::Country>,
    pub(super) excluded_countries: Vec<crate::domain::country::Country>,
    /// Readiness in hundredths; 0 where nobody has claimed it.
    pub(super) readiness: i16,
    /// Whether anything of the sort is stated.
    pub(super) has_entries: bool,
    pub(super) claimed: bool,
    /// Never suggested to anybody.
    pub(super) closed: bool,
}

/// How rare each sub-area is, in tenths, by its number.
pub(super) fn rarities(policy: &Policy) -> [u8; SUBAREAS] {
    let mut rarities = [10; SUBAREAS];
    for subarea in SubArea::all() {
        if let Some(&rarity) = policy.rarity.get(&subarea.to_string()) {
            rarities[subarea.index()] = rarity;
        }
    }
    rarities
}

impl Statement {
    /// What a record states in public on a day.
    pub(super) fn of(
        record: &Record,
        policy: &Policy,
        rarities: &[u8; SUBAREAS],
        today: NaiveDate,
    ) -> Statement {
        let (m, profile) = (&record.municipality, &record.profile);
        let entries: Vec<_> = profile.public_entries(today).collect();
        let rarity = |s: SubArea| u32::from(rarities[s.index()]);
        let needs = entries
            .iter()
            .filter(|e| e.direction.needs())
            .map(|e| {
                let rank = u32::from(policy.rank[usize::from(e.rank.clamp(1, 5)) - 1]);
                (e.subarea.index() as u8, (rank * rarity(e.subarea) / 10) as u8)
            })
            .collect();
        let offers = entries
            .iter()
            .filter(|e| e.direction.offers())
            .map(|e| (e.subarea.index() as u8, policy.level[usize::from(e.level.value()) - 1]))
            .collect();
        let claimed = matches!(m.status, Status::Claimed | Status::Verified);
        Statement {
            needs,
            offers,
            languages: profile
                .languages
                .iter()
                .map(|(l, f)| (l.index() as u8, f.value()))
                .collect(),
            interpreter: profile.interpreter,
            formats: profile.formats.iter().fold(0, |bits, f| bits | 1 << *f as u8),
            wanted_sizes: profile.preferred_sizes.iter().fold(0, |b, s| b | 1 << s.index()),
            wanted_countries: profile.preferred_countries.clone(),
            excluded_countries: profile.excluded_countries.clone(),
            readiness: readiness(policy, m.status, profile),
            has_entries: !entries.is_empty(),
            claimed,
            closed: !m.may_be_suggested() || profile.is_closed(),
        }
    }

    pub(super) fn has_wishes(&self) -> bool {
        self.wanted_sizes != 0 || !self.wanted_countries.is_empty()
    }
}

pub(super) fn readiness(policy: &Policy, status: Status, profile: &Profile) -> i16 {
    let base = match status {
        Status::Claimed => policy.claimed,
        Status::Verified => policy.claimed + policy.verified,
        Status::Listed | Status::Paused => return 0,
    };
    base + if profile.has_open_place() { policy.open_place } else { 0 }
}

/// Which criteria one side of a pair makes known, a bit each.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Knows {
    /// Known for a pair of which the other side makes them known as well.
    together: u16,
    /// Known for every pair.
    alone: u16,
}

impl Knows {
    /// What a side makes known that has stated this, whether its population
    /// and whether ties of it are recorded.
    pub(super) fn of(statement: &Statement, people: bool, ties: bool) -> Knows {
        let bits = |criteria: &[(Criterion, bool)]| {
            criteria.iter().fold(0, |bits, (c, known)| bits | u16::from(*known) << *c as u16)
        };
        Knows {
            together: bits(&[
                (Criterion::Size, people),
                (Criterion::Needs, statement.has_entries),
                (Criterion::Languages, !statement.languages.is_empty()),
                (Criterion::Formats, statement.formats != 0),
                (Criterion::Readiness, statement.claimed),
            ]),
            alone: bits(&[
                (Criterion::Distance, true),
                (Criterion::Role, true),
                (Criterion::Country, true),
                (Criterion::Ties, ties),
                (Criterion::Formats, statement.has_wishes()),
            ]),
        }
    }

    /// The criteria that are known for a pair of these two.
    pub(super) fn with(self, other: Knows) -> u16 {
        (self.together & other.together) | self.alone | other.alone
    }
}

/// Hromadas that are alike to every place in what the sizes of the two add.
pub(super) struct SizeClass {
    /// Step of the logarithm of the population.
    pub(super) ln_people: i16,
    /// Step of the logarithmic rank.
    pub(super) rank: i16,
    /// Their numbers.
    pub(super) hromadas: Vec<u32>,
}

impl SizeClass {
    /// Whether their population is known.
    pub(super) fn is_known(&self) -> bool {
        self.ln_people != -UNKNOWN_LN
    }
}

/// One hromada, ready to be scored against every place.
#[derive(Clone, Debug)]
pub(super) struct HromadaRow {
    pub(super) vector: [f32; 3],
    /// Number of its class of size.
    pub(super) class: u32,
    pub(super) role: u8,
    pub(super) oblast: u16,
    pub(super) band: u8,
    /// By country: lifts of its size and of its neighbours.
    pub(super) by_country: Vec<i16>,
    /// By country: wishes about it, and the gate of excluded countries.
    pub(super) wished_country: Vec<bool>,
    pub(super) excluded_country: Vec<bool>,
    /// Places that are partners already, ascending.
    pub(super) partners: Vec<u32>,
    pub(super) statement: Statement,
    /// Its offers spread over the sub-areas of their areas, the strongest of
    /// each.
    pub(super) spread_offers: Vec<(u8, u8)>,
    /// The level an interpreter would give, 0 without one.
    pub(super) interpreter: u8,
    /// The best level in any language.
    pub(super) best_language: u8,
    /// Half of the learned visibility, added when hromadas are listed.
    pub(super) visibility: i16,
    pub(super) knows: Knows,
}

/// What is added for a hromada and one place of a block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sparse {
    pub(super) hromada: u32,
    /// Number of the place within the block.
    pub(super) lane: u16,
    pub(super) points: i16,
}

/// A run of places of one country within a block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub(super) country: u16,
    pub(super) from: u16,
    pub(super) to: u16,
}

/// What the places of a block have stated; only for blocks where one has.
pub(super) struct StatedBlock {
    /// For each sub-area that anybody offers here, the strengths.
    pub(super) offers: Vec<Option<Box<[u8; BLOCK]>>>,
    /// For each sub-area that anybody needs here, the weights.
    pub(super) needs: Vec<Option<Box<[u8; BLOCK]>>>,
    /// For each language that anybody speaks here, the levels.
    pub(super) languages: Vec<Option<Box<[u8; BLOCK]>>>,
    /// The best level in any language.
    pub(super) best_language: [u8; BLOCK],
    /// The level an interpreter would give, 0 without one.
    pub(super) interpreter: [u8; BLOCK],
    pub(super) formats: [u8; BLOCK],
    pub(super) wanted_sizes: [u8; BLOCK],
    /// 1 where Ukraine is among the wanted countries.
    pub(super) wants_ukraine: [u8; BLOCK],
    pub(super) readiness: [i16; BLOCK],
}

/// Two hundred and fifty-six places in a row.
pub(super) struct Block {
    pub(super) x: [f32; BLOCK],
    pub(super) y: [f32; BLOCK],
    pub(super) z: [f32; BLOCK],
    pub(super) ln_people: [i16; BLOCK],
    pub(super) rank: [i16; BLOCK],
    /// Points of the population of the place itself, 0 where unknown.
    pub(super) people: [i16; BLOCK],
    /// The bit of its own size band.
    pub(super) band_bit: [u8; BLOCK],
    /// By class of hromada: role, country, region, size in the country, and
    /// the ties of the place.
    pub(super) base: [[i16; BLOCK]; HROMADA_ROLES],
    pub(super) runs: Vec<Run>,
    /// The terms that few pairs have, by hromada, ascending.
    pub(super) sparse: Vec<Sparse>,
    pub(super) stated: Option<Box<StatedBlock>>,
    /// Places in use; the last block may be shorter.
    pub(super) len: usize,
    /// A point in their midst, and the longest chord from it to one of them.
    pub(super) middle: [f32; 3],
    pub(super) radius: f32,
}

impl Block {
    /// Whether all its places are so far from a point that the distance
    /// counts the same for them.
    pub(super) fn is_far_from(&self, point: &[f32; 3], tables: &Tables) -> bool {
        // A step more than what is enough, for what rounding does to chords.
        (chord(&self.middle, point) - self.radius) * STEPS_PER_RADIUS > tables.far_from as f32 + 1.0
    }

    pub(super) fn measure(&mut self, vectors: &[[f32; 3]]) {
        for i in 0..3 {
            self.middle[i] = vectors.iter().map(|v| v[i]).sum::<f32>() / vectors.len() as f32;
        }
        self.radius = vectors.iter().map(|v| chord(&self.middle, v)).fold(0.0, f32::max);
    }
}

/// The tables of the smooth terms.
pub(super) struct Tables {
    pub(super) distance: Box<[i16; KM_STEPS]>,
    pub(super) size: Box<[i16; LN_TABLE]>,
    pub(super) rank: Box<[i16; LN_TABLE]>,
    /// The step from which on all distances are worth the same, and what.
    pub(super) far_from: usize,
    pub(super) far: i16,
}

pub(super) fn ln_step(ln: f32) -> i16 {
    (ln * LN_STEPS).round() as i16
}

/// The straight line between two points of the unit globe.
pub(super) fn chord(a: &[f32; 3], b: &[f32; 3]) -> f32 {
    let (x, y, z) = (a[0] - b[0], a[1] - b[1], a[2] - b[2]);
    (x * x + y * y + z * z).sqrt()
}

/// The cell of the distance table for a pair.
pub(super) fn distance_step(h: &[f32; 3], p: &[f32; 3]) -> usize {
    let step = chord(p, h) * STEPS_PER_RADIUS;
    (step as i32).clamp(0, KM_STEPS as i32 - 1) as usize
}

/// The cell of a table of logarithms for a difference.
pub(super) fn difference(place: i16, hromada: i16) -> usize {
    (place - hromada + LN_ZERO).clamp(0, LAST_LN as i16) as usize
}

/// Offers spread over their areas, the strongest for each sub-area.
pub(super) fn strongest(offers: &[(u8, u8)], divisor: u8) -> Vec<(u8, u8)> {
    let mut best = [0u8; SUBAREAS];
    for &(subarea, strength) in offers {
        for (other, part) in spread(subarea, strength, divisor) {
            best[other as usize] = best[other as usize].max(part);
        }
    }
    (0..SUBAREAS as u8).filter(|s| best[*s as usize] > 0).map(|s| (s, best[s as usize])).collect()
}

pub(super) fn band_bit(band: u8) -> u8 {
    if band < 8 { 1 << band } else { 0 }
}

/// The sub-areas of the area that each belongs to, by its number.
static AREAS_OF: LazyLock<Vec<Range<u8>>> = LazyLock::new(|| {
    let number = |s: SubArea| s.index() as u8;
    SubArea::all()
        .map(|own| {
            // Those of one area stand together.
            let first = own.area().subareas().map(number).min().unwrap_or(0);
            first..first + own.area().subareas().count() as u8
        })
        .collect()
});

/// An offer counts for its own sub-area, and partly for the others of its
/// area.
pub(super) fn spread(subarea: u8, strength: u8, divisor: u8) -> impl Iterator<Item = (u8, u8)> {
    let part = strength / divisor.max(1);
    let area = AREAS_OF[subarea as usize].clone();
    area.map(move |other| (other, if other == subarea { strength } else { part }))
}
