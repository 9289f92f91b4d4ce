//! Everything that ranking needs, laid out for it: one directory, one set of
//! weights, one day.
//!
//! A pair's score is a sum of whole hundredths of points. Each term is one of
//! four shapes, by what it depends on:
//! * on the place and the class of the hromada: a column per class;
//! * on the hromada and the country of the place: a row per hromada;
//! * on both, smoothly (distance, size, rank): a table by a whole number;
//! * on both, for few pairs (near a partner, a partner's twin): a sparse list
//!   per hromada.

use chrono::NaiveDate;

use super::criterion::Criterion;
use super::curve::hundredths;
use super::field::{Field, HROMADA_ROLES};
use super::knowledge::{Knowledge, Quantity, RateColumns};
use super::weights::{Policy, Weights};
use crate::domain::area::{SUBAREAS, SubArea};
use crate::domain::directory::{Directory, Record};
use crate::domain::municipality::Status;
use crate::domain::profile::{LANGUAGES, Profile};

/// Places scored at once.
pub(super) const BLOCK: usize = 256;

/// Kilometres in one step of the distance table.
pub(super) const KM_STEP: f32 = 5.0;
pub(super) const KM_STEPS: usize = 1_024;
/// Steps in one unit of a logarithm in the tables of size and rank.
pub(super) const LN_STEPS: f32 = 16.0;
pub(super) const LN_TABLE: usize = 512;
pub(super) const LN_ZERO: i16 = (LN_TABLE / 2) as i16;
/// In place of a logarithm nobody knows: minus this for a hromada, so that
/// every difference with one falls on the last cell of the table.
pub(super) const UNKNOWN_LN: i16 = 2_000;

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

impl Statement {
    fn of(record: &Record, policy: &Policy, today: NaiveDate) -> Statement {
        let (m, profile) = (&record.municipality, &record.profile);
        let entries: Vec<_> = profile.public_entries(today).collect();
        let rarity = |s: SubArea| u32::from(*policy.rarity.get(&s.to_string()).unwrap_or(&10));
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

fn readiness(policy: &Policy, status: Status, profile: &Profile) -> i16 {
    let base = match status {
        Status::Claimed => policy.claimed,
        Status::Verified => policy.claimed + policy.verified,
        Status::Listed | Status::Paused => return 0,
    };
    base + if profile.has_open_place() { policy.open_place } else { 0 }
}

/// One hromada, ready to be scored against every place.
#[derive(Clone, Debug)]
pub(super) struct HromadaRow {
    pub(super) vector: [f32; 3],
    pub(super) ln_people: i16,
    pub(super) rank: i16,
    pub(super) role: u8,
    pub(super) band: u8,
    /// By country: lifts of oblast and neighbours.
    pub(super) by_country: Vec<i16>,
    /// By country: wishes about it, and the gate of excluded countries.
    pub(super) wished_country: Vec<bool>,
    pub(super) excluded_country: Vec<bool>,
    /// Few places and what is added for them, ascending.
    pub(super) sparse: Vec<(u32, i16)>,
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
}

impl HromadaRow {
    /// Whether its population is known.
    pub(super) fn knows_people(&self) -> bool {
        self.ln_people != -UNKNOWN_LN
    }
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
    /// The bit of its own size band.
    pub(super) band_bit: [u8; BLOCK],
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
    /// By class of hromada: role, country, region and twin activity.
    pub(super) base: [[i16; BLOCK]; HROMADA_ROLES],
    pub(super) runs: Vec<Run>,
    pub(super) stated: Option<Box<StatedBlock>>,
    /// Places in use; the last block may be shorter.
    pub(super) len: usize,
}

/// The tables of the smooth terms.
pub(super) struct Tables {
    pub(super) distance: Vec<i16>,
    pub(super) size: Vec<i16>,
    pub(super) rank: Vec<i16>,
}

/// One directory with one set of weights, ready to rank.
pub struct Corpus {
    pub(super) field: Field,
    pub(super) weights: Weights,
    pub(super) known: Knowledge,
    pub(super) rates: RateColumns,
    pub(super) tables: Tables,
    pub(super) rows: Vec<HromadaRow>,
    pub(super) blocks: Vec<Block>,
    pub(super) statements: Vec<Statement>,
    pub(super) bands: Vec<u8>,
}

/// What a corpus is made of beside the directory.
pub struct Settings<'a> {
    /// What every criterion is worth.
    pub weights: &'a Weights,
    /// The day, by which entries have expired or not.
    pub today: NaiveDate,
}

pub(super) fn ln_step(ln: f32) -> i16 {
    (ln * LN_STEPS).round() as i16
}

impl Corpus {
    /// Lays a directory out for ranking, with the ties recorded in it.
    pub fn new(directory: &Directory, settings: &Settings<'_>) -> Corpus {
        let field = Field::new(directory);
        let known = Knowledge::recorded(directory, &field);
        let rates = RateColumns::of(&settings.weights.rates, &field);
        Corpus::with_knowledge(directory, field, known, rates, settings)
    }

    /// Lays a directory out with ties and rates given from outside, for
    /// backtests.
    pub fn with_knowledge(
        directory: &Directory,
        field: Field,
        known: Knowledge,
        rates: RateColumns,
        settings: &Settings<'_>,
    ) -> Corpus {
        let policy = &settings.weights.policy;
        let state = |row| Statement::of(directory.record(row), policy, settings.today);
        let statements: Vec<Statement> = field.places.iter().map(|r| state(*r)).collect();
        let band = |row| {
            let m = directory.municipality(row);
            m.size_band().map_or(u8::MAX, |b| b.index() as u8)
        };
        let bands: Vec<u8> = field.places.iter().map(|r| band(*r)).collect();
        let mut corpus = Corpus {
            tables: tables(settings.weights),
            rows: Vec::new(),
            blocks: Vec::new(),
            field,
            known,
            rates,
            weights: settings.weights.clone(),
            statements,
            bands,
        };
        corpus.blocks =
            (0..corpus.field.places.len().div_ceil(BLOCK)).map(|b| corpus.block(b)).collect();
        let hromadas: Vec<(Statement, u8)> =
            corpus.field.hromadas.iter().map(|r| (state(*r), band(*r))).collect();
        corpus.rows = hromadas
            .into_iter()
            .enumerate()
            .map(|(h, (statement, band))| corpus.row(h, statement, band))
            .collect();
        corpus
    }

    /// The columns of all municipalities.
    pub fn field(&self) -> &Field {
        &self.field
    }

    /// What is known of existing ties.
    pub fn known(&self) -> &Knowledge {
        &self.known
    }

    /// The weights in use.
    pub fn weights(&self) -> &Weights {
        &self.weights
    }

    fn points(&self, quantity: Quantity, value: f32) -> i16 {
        self.weights.curve(quantity).hundredths(value)
    }

    /// Points by class of role.
    pub(super) fn role_points(&self, hromada: u8, place: u8) -> i16 {
        hundredths(self.weights.roles[hromada as usize][place as usize])
    }

    pub(super) fn country_points(&self, p: usize) -> i16 {
        self.points(Quantity::CountryRate, self.rates.country[self.field.p_country[p] as usize])
            + self.points(Quantity::RegionLift, self.rates.region[self.field.p_region[p] as usize])
    }

    pub(super) fn activity_points(&self, p: usize) -> i16 {
        self.known
            .twins()
            .degree(p as u32)
            .map_or(0, |d| self.points(Quantity::TwinActivity, d as f32))
    }

    fn block(&self, b: usize) -> Block {
        let from = b * BLOCK;
        let to = (from + BLOCK).min(self.field.places.len());
        let mut block = Block {
            x: [0.0; BLOCK],
            y: [0.0; BLOCK],
            z: [0.0; BLOCK],
            ln_people: [UNKNOWN_LN; BLOCK],
            rank: [UNKNOWN_LN; BLOCK],
            people: [0; BLOCK],
            base: [[0; BLOCK]; HROMADA_ROLES],
            runs: Vec::new(),
            stated: None,
            len: to - from,
        };
        for p in from..to {
            let j = p - from;
            let [x, y, z] = self.field.p_vector[p];
            (block.x[j], block.y[j], block.z[j]) = (x, y, z);
            if let Some(ln) = self.field.p_ln_people[p] {
                block.ln_people[j] = ln_step(ln);
                block.rank[j] = ln_step(self.field.p_rank[p]);
                block.people[j] = self.points(Quantity::PlacePeople, ln);
            }
            let shared = self.country_points(p) + self.activity_points(p);
            for (role, base) in block.base.iter_mut().enumerate() {
                base[j] = shared + self.role_points(role as u8, self.field.p_role[p]);
            }
            let country = self.field.p_country[p];
            match block.runs.last_mut() {
                Some(run) if run.country == country => run.to = j as u16 + 1,
                _ => block.runs.push(Run { country, from: j as u16, to: j as u16 + 1 }),
            }
        }
        let stated = &self.statements[from..to];
        if stated.iter().any(|s| {
            s.claimed
                || s.has_entries
                || !s.languages.is_empty()
                || s.formats != 0
                || s.has_wishes()
        }) {
            block.stated = Some(self.stated_block(from, stated));
        }
        block
    }

    fn stated_block(&self, from: usize, stated: &[Statement]) -> Box<StatedBlock> {
        let columns = |n: usize| (0..n).map(|_| None).collect::<Vec<Option<Box<[u8; BLOCK]>>>>();
        let mut block = Box::new(StatedBlock {
            offers: columns(SUBAREAS),
            needs: columns(SUBAREAS),
            languages: columns(LANGUAGES.len()),
            best_language: [0; BLOCK],
            interpreter: [0; BLOCK],
            formats: [0; BLOCK],
            wanted_sizes: [0; BLOCK],
            wants_ukraine: [0; BLOCK],
            band_bit: [0; BLOCK],
            readiness: [0; BLOCK],
        });
        let divisor = self.weights.policy.same_area_divisor;
        for (j, s) in stated.iter().enumerate() {
            for &(subarea, weight) in &s.needs {
                let column = &mut block.needs[subarea as usize];
                let cell = &mut column.get_or_insert_with(|| Box::new([0; BLOCK]))[j];
                *cell = cell.saturating_add(weight);
            }
            for &(subarea, strength) in &s.offers {
                for (other, strength) in spread(subarea, strength, divisor) {
                    let column = &mut block.offers[other as usize];
                    let cell = &mut column.get_or_insert_with(|| Box::new([0; BLOCK]))[j];
                    *cell = (*cell).max(strength);
                }
            }
            for &(language, level) in &s.languages {
                let column = &mut block.languages[language as usize];
                column.get_or_insert_with(|| Box::new([0; BLOCK]))[j] = level;
                block.best_language[j] = block.best_language[j].max(level);
            }
            if s.interpreter {
                block.interpreter[j] = self.weights.policy.interpreter_level;
            }
            block.formats[j] = s.formats;
            block.wanted_sizes[j] = s.wanted_sizes;
            block.wants_ukraine[j] = u8::from(s.wanted_countries.iter().any(|c| c.is_ukraine()));
            block.band_bit[j] = band_bit(self.bands[from + j]);
            block.readiness[j] = s.readiness;
        }
        block
    }

    fn row(&self, h: usize, statement: Statement, band: u8) -> HromadaRow {
        let field = &self.field;
        let countries = field.countries.len();
        let oblast = field.h_oblast[h] as usize;
        let by_country = (0..countries)
            .map(|c| {
                let lift = self.rates.oblast[oblast * countries + c];
                let neighbours = self.known.neighbour_lift(field, h, c, None);
                self.points(Quantity::OblastLift, lift)
                    + neighbours.map_or(0, |x| self.points(Quantity::NeighbourLift, x))
            })
            .collect();
        let has = |list: &[crate::domain::country::Country]| {
            field.countries.iter().map(|c| list.contains(c)).collect::<Vec<bool>>()
        };
        let mut partners = self.known.partners_of_hromada(h).to_vec();
        partners.sort_unstable();
        HromadaRow {
            vector: field.h_vector[h],
            ln_people: field.h_ln_people[h].map_or(-UNKNOWN_LN, ln_step),
            rank: field.h_ln_people[h].map_or(-UNKNOWN_LN, |_| ln_step(field.h_rank[h])),
            role: field.h_role[h],
            band: band_bit(band),
            by_country,
            wished_country: has(&statement.wanted_countries),
            excluded_country: has(&statement.excluded_countries),
            sparse: self.sparse(h),
            partners,
            spread_offers: strongest(&statement.offers, self.weights.policy.same_area_divisor),
            interpreter: if statement.interpreter {
                self.weights.policy.interpreter_level
            } else {
                0
            },
            best_language: statement.languages.iter().map(|l| l.1).max().unwrap_or(0),
            statement,
            visibility: self.visibility(h),
        }
    }

    /// The learned visibility of a hromada, the part of it that policy adds.
    fn visibility(&self, h: usize) -> i16 {
        let people =
            self.field.h_ln_people[h].map_or(0, |ln| self.points(Quantity::HromadaPeople, ln));
        let partners = if self.known.pairs().is_empty() {
            0
        } else {
            let n = self.known.partners_of_hromada(h).len() as f32;
            self.points(Quantity::HromadaPartners, n)
        };
        let percent = i32::from(self.weights.policy.visibility_percent);
        (i32::from(people + partners) * percent / 100) as i16
    }

    /// The terms that are zero for nearly all places: a partner near by, a
    /// twin in common.
    fn sparse(&self, h: usize) -> Vec<(u32, i16)> {
        let field = &self.field;
        let mut found: Vec<(u32, i16)> = Vec::new();
        let reach = |quantity: Quantity| *self.weights.curve(quantity).knots.last().unwrap_or(&0.0);
        let partners = self.known.partners_of_hromada(h);
        if !partners.is_empty() {
            let near = reach(Quantity::NearPartner);
            // Wider by a step of latitude than the reach itself: an exact
            // test follows.
            let cosine = 1.0 - ((near + 1.0) / 6_371.0).powi(2) / 2.0;
            let mut close: Vec<u32> = Vec::new();
            for (p, v) in field.p_vector.iter().enumerate() {
                let within = partners.iter().any(|&q| {
                    let w = &field.p_vector[q as usize];
                    v[0] * w[0] + v[1] * w[1] + v[2] * w[2] > cosine - 1e-6
                });
                if within {
                    close.push(p as u32);
                }
            }
            close.extend(partners.iter().flat_map(|&q| self.known.twins().of(q)));
            close.sort_unstable();
            close.dedup();
            for p in close {
                let points = self.near_points(h, p as usize) + self.shared_points(h, p as usize);
                if points != 0 {
                    found.push((p, points));
                }
            }
        }
        found
    }

    pub(super) fn near_points(&self, h: usize, p: usize) -> i16 {
        let near = self.known.near_partner(&self.field, h, p, None);
        near.map_or(0, |(_, km)| self.points(Quantity::NearPartner, km))
    }

    pub(super) fn shared_points(&self, h: usize, p: usize) -> i16 {
        let shared = self.known.shared_partner(h, p, None);
        shared.map_or(0, |x| self.points(Quantity::SharedPartner, x))
    }

    pub(super) fn distance_points(&self, h: usize, p: usize) -> i16 {
        let [x, y, z] = self.field.p_vector[p];
        self.tables.distance[distance_step(&self.rows[h].vector, x, y, z)]
    }

    pub(super) fn size_points(&self, h: usize, p: usize) -> i16 {
        let (block, j, row) = (&self.blocks[p / BLOCK], p % BLOCK, &self.rows[h]);
        self.tables.size[difference(block.ln_people[j], row.ln_people)]
            + self.tables.rank[difference(block.rank[j], row.rank)]
            + if row.knows_people() { block.people[j] } else { 0 }
    }

    /// Which criteria are known for a pair, a bit each.
    pub(super) fn known_bits(&self, h: usize, p: usize) -> u16 {
        self.known_bits_as(h, p, &self.rows[h].statement, &self.statements[p])
    }

    /// The same, had the two stated this.
    pub(super) fn known_bits_as(&self, h: usize, p: usize, a: &Statement, b: &Statement) -> u16 {
        Criterion::ALL.iter().fold(0, |bits, criterion| {
            let known = match criterion {
                Criterion::Distance | Criterion::Role | Criterion::Country => true,
                Criterion::Size => {
                    self.field.h_ln_people[h].is_some() && self.field.p_ln_people[p].is_some()
                }
                Criterion::Ties => {
                    self.known.twins().degree(p as u32).is_some()
                        || !self.known.partners_of_hromada(h).is_empty()
                }
                Criterion::Needs => a.has_entries && b.has_entries,
                Criterion::Languages => !a.languages.is_empty() && !b.languages.is_empty(),
                Criterion::Formats => {
                    (a.formats != 0 && b.formats != 0) || a.has_wishes() || b.has_wishes()
                }
                Criterion::Readiness => a.claimed && b.claimed,
            };
            bits | u16::from(known) << *criterion as u16
        })
    }

    /// Whether a pair is never suggested, whatever its score.
    pub(super) fn is_gated(&self, h: usize, p: usize) -> bool {
        let (row, place) = (&self.rows[h], &self.statements[p]);
        place.closed
            || row.excluded_country[self.field.p_country[p] as usize]
            || place.excluded_countries.iter().any(|c| c.is_ukraine())
            || row.partners.binary_search(&(p as u32)).is_ok()
    }
}

fn tables(weights: &Weights) -> Tables {
    let distance = weights.curve(Quantity::Distance);
    let logs = |quantity: Quantity| {
        let curve = weights.curve(quantity);
        (0..LN_TABLE)
            .map(|i| {
                if i == 0 || i == LN_TABLE - 1 {
                    // The cells at either end are those of the unknown.
                    return 0;
                }
                curve.hundredths((i as f32 - f32::from(LN_ZERO)) / LN_STEPS)
            })
            .collect()
    };
    Tables {
        distance: (0..KM_STEPS).map(|i| distance.hundredths((i as f32 + 0.5) * KM_STEP)).collect(),
        size: logs(Quantity::Size),
        rank: logs(Quantity::Rank),
    }
}

/// The cell of the distance table for a pair.
pub(super) fn distance_step(h: &[f32; 3], x: f32, y: f32, z: f32) -> usize {
    let (dx, dy, dz) = (x - h[0], y - h[1], z - h[2]);
    let chord = (dx * dx + dy * dy + dz * dz).sqrt();
    let step = chord * (crate::domain::geo::EARTH_RADIUS_KM as f32 / KM_STEP);
    (step as i32).clamp(0, KM_STEPS as i32 - 1) as usize
}

/// The cell of a table of logarithms for a difference.
pub(super) fn difference(place: i16, hromada: i16) -> usize {
    (place - hromada + LN_ZERO).clamp(0, LN_TABLE as i16 - 1) as usize
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

/// An offer counts for its own sub-area, and partly for the others of its
/// area.
pub(super) fn spread(subarea: u8, strength: u8, divisor: u8) -> impl Iterator<Item = (u8, u8)> {
    let own = SubArea::all().nth(subarea as usize);
    own.into_iter().flat_map(move |own| {
        own.area().subareas().map(move |other| {
            let part = if other == own { strength } else { strength / divisor.max(1) };
            (other.index() as u8, part)
        })
    })
}
