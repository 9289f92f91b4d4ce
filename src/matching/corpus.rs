//! Everything that ranking needs, laid out for it: one directory, one set of
//! weights, one day.
//!
//! A pair's score is a sum of whole hundredths of points. Each term is one of
//! five shapes, by what it depends on:
//! * on the place and the class of the hromada: a column per class;
//! * on the place and the oblast of the hromada: a column per oblast;
//! * on the hromada and the country of the place: a row per hromada;
//! * on both, smoothly (distance, size, rank): a table by a whole number;
//! * on both, for few pairs (near a partner, a partner's twin): a sparse list
//!   per block of places.

use std::array::from_fn;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::curve::hundredths;
use super::field::{Field, HROMADA_ROLES};
use super::kernel::Scores;
use super::knowledge::{Knowledge, Quantity};
use super::layout::{
    BLOCK, Block, HromadaRow, KM_STEP, KM_STEPS, Knows, LAST_LN, LN_STEPS, LN_ZERO, Run, SizeClass,
    Sparse, StatedBlock, Statement, Tables, UNKNOWN_LN, band_bit, difference, distance_step,
    ln_step, rarities, spread, strongest,
};
use super::rates::RateColumns;
use super::weights::Weights;
use crate::domain::area::SUBAREAS;
use crate::domain::directory::{Directory, Record, Row};
use crate::domain::municipality::Status;
use crate::domain::profile::LANGUAGES;

/// Whether others are led to a hromada only when they look for it: it lies at
/// the front or is partly occupied, and has not said that it wants partners.
pub(super) fn is_cold(record: &Record) -> bool {
    let m = &record.municipality;
    let joined = matches!(m.status, Status::Claimed | Status::Verified);
    m.is_in_danger() && !(joined && record.profile.has_open_place())
}

/// One directory with one set of weights, ready to rank.
pub struct Corpus {
    pub(super) field: Arc<Field>,
    pub(super) weights: Weights,
    pub(super) known: Arc<Knowledge>,
    pub(super) rates: Arc<RateColumns>,
    /// What the experience of an oblast with country, region and surroundings
    /// of a place adds: by oblast, then block.
    pub(super) of_oblasts: Arc<Vec<Vec<Scores>>>,
    pub(super) tables: Tables,
    pub(super) rows: Vec<HromadaRow>,
    pub(super) classes: Vec<SizeClass>,
    pub(super) blocks: Vec<Block>,
    pub(super) statements: Vec<Statement>,
    /// What each place makes known.
    place_knows: Vec<Knows>,
    /// Whether each place is never suggested to anybody.
    pub(super) place_shut: Vec<bool>,
    /// The hromadas that exclude each country.
    pub(super) excluded_by: Vec<Vec<u32>>,
    /// Those under occupation: suggested to nobody, and nobody to them.
    occupied: HashSet<Row>,
    /// Hromadas at the front or partly occupied that have not joined with a
    /// place open.
    pub(super) cold: HashSet<Row>,
}

/// What a corpus is made of beside the directory.
pub struct Settings<'a> {
    /// What every criterion is worth.
    pub weights: &'a Weights,
    /// The day, by which entries have expired or not.
    pub today: NaiveDate,
}

impl Corpus {
    /// Lays a directory out for ranking, with the ties recorded in it.
    pub fn new(directory: &Directory, settings: &Settings<'_>) -> Corpus {
        let field = Arc::new(Field::new(directory));
        let rates = Arc::new(RateColumns::of(&settings.weights.rates, &field));
        let known = Knowledge::recorded(directory, &field);
        Corpus::with_knowledge(directory, field, known, rates, settings)
    }

    /// Lays out a directory with the same places as this corpus was made
    /// from, by the same rates: ties, and what everybody states, are read
    /// again.
    pub fn renewed(&self, directory: &Directory, settings: &Settings<'_>) -> Corpus {
        let (field, rates) = (Arc::clone(&self.field), Arc::clone(&self.rates));
        let (known, of_oblasts) = match Knowledge::renewed(&self.known, directory, &field) {
            Some(known) => {
                let of_oblasts = of_oblasts(&field, &known, &rates, settings.weights);
                (Arc::new(known), Arc::new(of_oblasts))
            }
            None => (Arc::clone(&self.known), Arc::clone(&self.of_oblasts)),
        };
        Corpus::assemble(directory, field, known, rates, of_oblasts, settings)
    }

    /// Lays a directory out with ties and rates given from outside, for
    /// backtests.
    pub fn with_knowledge(
        directory: &Directory,
        field: Arc<Field>,
        known: Knowledge,
        rates: Arc<RateColumns>,
        settings: &Settings<'_>,
    ) -> Corpus {
        let of_oblasts = Arc::new(of_oblasts(&field, &known, &rates, settings.weights));
        Corpus::assemble(directory, field, Arc::new(known), rates, of_oblasts, settings)
    }

    fn assemble(
        directory: &Directory,
        field: Arc<Field>,
        known: Arc<Knowledge>,
        rates: Arc<RateColumns>,
        of_oblasts: Arc<Vec<Vec<Scores>>>,
        settings: &Settings<'_>,
    ) -> Corpus {
        let policy = &settings.weights.policy;
        let rarities = rarities(policy);
        let state = |row| Statement::of(directory.record(row), policy, &rarities, settings.today);
        let statements: Vec<Statement> = field.places.iter().map(|r| state(*r)).collect();
        let hromadas: Vec<Statement> = field.hromadas.iter().map(|r| state(*r)).collect();
        let mut corpus = Corpus {
            tables: tables(settings.weights),
            rows: Vec::new(),
            classes: Vec::new(),
            blocks: Vec::new(),
            place_knows: Vec::new(),
            place_shut: statements
                .iter()
                .map(|s| s.closed || s.excluded_countries.iter().any(|c| c.is_ukraine()))
                .collect(),
            excluded_by: vec![Vec::new(); field.countries.len()],
            cold: field
                .hromadas
                .iter()
                .copied()
                .filter(|row| is_cold(directory.record(*row)))
                .collect(),
            occupied: directory
                .rows()
                .filter(|(_, record)| record.municipality.is_occupied())
                .map(|(row, _)| row)
                .collect(),
            field,
            known,
            rates,
            of_oblasts,
            weights: settings.weights.clone(),
            statements,
        };
        corpus.place_knows = (0..corpus.statements.len())
            .map(|p| corpus.place_knows_as(p, &corpus.statements[p]))
            .collect();
        corpus.blocks =
            (0..corpus.field.places.len().div_ceil(BLOCK)).map(|b| corpus.block(b)).collect();
        let (classes, class_of) = size_classes(&corpus.field);
        corpus.classes = classes;
        corpus.rows = hromadas
            .into_iter()
            .enumerate()
            .map(|(h, statement)| corpus.row(h, statement, corpus.field.h_band[h], class_of[h]))
            .collect();
        for h in 0..corpus.rows.len() {
            for (p, points) in corpus.sparse(h) {
                let (b, lane) = (p as usize / BLOCK, (p as usize % BLOCK) as u16);
                corpus.blocks[b].sparse.push(Sparse { hromada: h as u32, lane, points });
            }
            for c in 0..corpus.field.countries.len() {
                if corpus.rows[h].excluded_country[c] {
                    corpus.excluded_by[c].push(h as u32);
                }
            }
        }
        corpus
    }

    /// Whether a municipality is under occupation: it is suggested to nobody,
    /// and nobody is suggested to it.
    pub fn is_occupied(&self, row: Row) -> bool {
        self.occupied.contains(&row)
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

    /// Points of where a place is, to any hromada.
    fn country_points(&self, p: usize) -> i16 {
        let (c, r) = (self.field.p_country[p] as usize, self.field.p_region[p] as usize);
        let size = self.rates.place_size(c, self.field.p_band[p] as usize);
        self.points(Quantity::CountryRate, self.rates.country(c))
            + self.points(Quantity::RegionLift, self.rates.region(r))
            + self.points(Quantity::PlaceSizeLift, size)
    }

    /// Points of where a place is, to one hromada.
    pub(super) fn country_points_for(&self, h: usize, p: usize) -> i16 {
        let c = self.field.p_country[p] as usize;
        let of_oblast = &self.of_oblasts[self.rows[h].oblast as usize];
        self.country_points(p) + self.rows[h].by_country[c] + of_oblast[p / BLOCK][p % BLOCK]
    }

    /// Points of the ties of a place, whoever the hromada is.
    pub(super) fn activity_points(&self, p: usize) -> i16 {
        let twins = self.known.twins().degree(p as u32);
        let partners = self.known.ukrainian_partners(p, None);
        twins.map_or(0, |d| self.points(Quantity::TwinActivity, d as f32))
            + partners.map_or(0, |n| self.points(Quantity::UkrainianPartners, n))
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
            band_bit: [0; BLOCK],
            base: [[0; BLOCK]; HROMADA_ROLES],
            runs: Vec::new(),
            sparse: Vec::new(),
            stated: None,
            len: to - from,
            middle: [0.0; 3],
            radius: 0.0,
        };
        block.measure(&self.field.p_vector[from..to]);
        for p in from..to {
            let j = p - from;
            let [x, y, z] = self.field.p_vector[p];
            (block.x[j], block.y[j], block.z[j]) = (x, y, z);
            block.band_bit[j] = band_bit(self.field.p_band[p]);
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
            block.stated = Some(self.stated_block(stated));
        }
        block
    }

    fn stated_block(&self, stated: &[Statement]) -> Box<StatedBlock> {
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
            block.readiness[j] = s.readiness;
        }
        block
    }

    /// A hromada that states this, ready to be scored.
    pub(super) fn row(&self, h: usize, statement: Statement, band: u8, class: u32) -> HromadaRow {
        let field = &self.field;
        let by_country = (0..field.countries.len())
            .map(|c| {
                let size = self.rates.hromada_size(c, field.h_band[h] as usize);
                let neighbours = self.known.neighbour_lift(field, h, c, None);
                self.points(Quantity::HromadaSizeLift, size)
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
            class,
            role: field.h_role[h],
            oblast: field.h_oblast[h],
            band: band_bit(band),
            by_country,
            wished_country: has(&statement.wanted_countries),
            excluded_country: has(&statement.excluded_countries),
            partners,
            spread_offers: strongest(&statement.offers, self.weights.policy.same_area_divisor),
            interpreter: if statement.interpreter {
                self.weights.policy.interpreter_level
            } else {
                0
            },
            best_language: statement.languages.iter().map(|l| l.1).max().unwrap_or(0),
            knows: self.hromada_knows_as(h, &statement),
            statement,
            visibility: self.visibility(h),
        }
    }

    /// The learned visibility of a hromada, the part of it that policy adds.
    fn visibility(&self, h: usize) -> i16 {
        let people =
            self.field.h_ln_people[h].map_or(0, |ln| self.points(Quantity::HromadaPeople, ln));
        let partners = if self.known.partnerships().is_empty() {
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
        let partners = self.known.partners_of_hromada(h);
        let reach = *self.weights.curve(Quantity::NearPartner).knots.last().unwrap_or(&0.0);
        let mut close: Vec<u32> = Vec::new();
        for &q in partners {
            close.extend(field.places_near(&field.p_vector[q as usize], reach));
            for &twin in self.known.twins().of(q) {
                close.push(twin);
                close.extend(self.known.twins().of(twin));
            }
        }
        close.sort_unstable();
        close.dedup();
        close
            .into_iter()
            .map(|p| (p, self.path_points(h, p as usize)))
            .filter(|(_, points)| *points != 0)
            .collect()
    }

    /// Points of what leads from a hromada over its partners to a place.
    pub(super) fn path_points(&self, h: usize, p: usize) -> i16 {
        self.near_points(h, p) + self.shared_points(h, p) + self.shared_twin_points(h, p)
    }

    pub(super) fn near_points(&self, h: usize, p: usize) -> i16 {
        let near = self.known.near_partner(&self.field, h, p, None);
        near.map_or(0, |(_, km)| self.points(Quantity::NearPartner, km))
    }

    pub(super) fn shared_points(&self, h: usize, p: usize) -> i16 {
        let shared = self.known.shared_partner(h, p, None);
        shared.map_or(0, |x| self.points(Quantity::SharedPartner, x))
    }

    pub(super) fn shared_twin_points(&self, h: usize, p: usize) -> i16 {
        let shared = self.known.shared_twin(h, p, None);
        shared.map_or(0, |x| self.points(Quantity::SharedTwin, x))
    }

    pub(super) fn distance_points(&self, h: usize, p: usize) -> i16 {
        self.tables.distance[distance_step(&self.rows[h].vector, &self.field.p_vector[p])]
    }

    pub(super) fn size_points(&self, h: usize, p: usize) -> i16 {
        let (block, j) = (&self.blocks[p / BLOCK], p % BLOCK);
        let class = &self.classes[self.rows[h].class as usize];
        if !class.is_known() {
            return 0;
        }
        self.tables.size[difference(block.ln_people[j], class.ln_people)]
            + self.tables.rank[difference(block.rank[j], class.rank)]
            + block.people[j]
    }

    fn hromada_knows_as(&self, h: usize, statement: &Statement) -> Knows {
        let ties = !self.known.partners_of_hromada(h).is_empty();
        Knows::of(statement, self.field.h_ln_people[h].is_some(), ties)
    }

    fn place_knows_as(&self, p: usize, statement: &Statement) -> Knows {
        let ties = self.known.twins().degree(p as u32).is_some()
            || !self.known.partners_of_place(p).is_empty();
        Knows::of(statement, self.field.p_ln_people[p].is_some(), ties)
    }

    /// How many of the nine criteria are known for a pair.
    pub(super) fn coverage(&self, h: usize, p: usize) -> u32 {
        self.coverage_for(&self.rows[h], p)
    }

    /// The same for a hromada as `row` has it.
    pub(super) fn coverage_for(&self, row: &HromadaRow, p: usize) -> u32 {
        row.knows.with(self.place_knows[p]).count_ones()
    }

    /// Which criteria would be known for a pair, a bit each, had the two
    /// stated this.
    pub(super) fn known_bits_as(&self, h: usize, p: usize, a: &Statement, b: &Statement) -> u16 {
        self.hromada_knows_as(h, a).with(self.place_knows_as(p, b))
    }

    /// Whether a pair is never suggested, whatever its score.
    pub(super) fn is_gated(&self, h: usize, p: usize) -> bool {
        self.is_gated_for(&self.rows[h], p)
    }

    /// The same for a hromada as `row` has it.
    pub(super) fn is_gated_for(&self, row: &HromadaRow, p: usize) -> bool {
        self.place_shut[p]
            || row.excluded_country[self.field.p_country[p] as usize]
            || row.partners.binary_search(&(p as u32)).is_ok()
    }
}

/// Points that depend on the oblast of the hromada and on the place: by
/// oblast, then block.
fn of_oblasts(
    field: &Field,
    known: &Knowledge,
    rates: &RateColumns,
    weights: &Weights,
) -> Vec<Vec<Scores>> {
    let points = |quantity: Quantity, x: f32| weights.curve(quantity).hundredths(x);
    let of_oblast = |o: usize| {
        let by_region: Vec<i16> = field
            .regions
            .iter()
            .enumerate()
            .map(|(r, (c, _))| {
                points(Quantity::OblastLift, rates.oblast(o, *c as usize))
                    + points(Quantity::OblastRegionLift, rates.oblast_region(o, r))
            })
            .collect();
        let nothing_near = points(Quantity::OblastPartnersNear, 0.0);
        let mut blocks = vec![[0; BLOCK]; field.places.len().div_ceil(BLOCK)];
        for p in 0..field.places.len() {
            let near = match known.oblast_partners_near(field, o, p, None) {
                None => 0,
                Some(0.0) => nothing_near,
                Some(x) => points(Quantity::OblastPartnersNear, x),
            };
            blocks[p / BLOCK][p % BLOCK] = by_region[field.p_region[p] as usize] + near;
        }
        blocks
    };
    (0..field.oblasts.len()).into_par_iter().map(of_oblast).collect()
}

/// Puts hromadas together that are of one size, with the class of each.
fn size_classes(field: &Field) -> (Vec<SizeClass>, Vec<u32>) {
    let mut classes: Vec<SizeClass> = Vec::new();
    let mut number: HashMap<(i16, i16), u32> = HashMap::new();
    let mut class_of = Vec::with_capacity(field.hromadas.len());
    for (h, ln) in field.h_ln_people.iter().enumerate() {
        let (ln_people, rank) =
            ln.map_or((-UNKNOWN_LN, -UNKNOWN_LN), |ln| (ln_step(ln), ln_step(field.h_rank[h])));
        let class = *number.entry((ln_people, rank)).or_insert_with(|| {
            classes.push(SizeClass { ln_people, rank, hromadas: Vec::new() });
            classes.len() as u32 - 1
        });
        classes[class as usize].hromadas.push(h as u32);
        class_of.push(class);
    }
    (classes, class_of)
}

fn tables(weights: &Weights) -> Tables {
    let distance = weights.curve(Quantity::Distance);
    let distance: Box<[i16; KM_STEPS]> =
        Box::new(from_fn(|i| distance.hundredths((i as f32 + 0.5) * KM_STEP)));
    let logs = |quantity: Quantity| {
        let curve = weights.curve(quantity);
        Box::new(from_fn(|i| match i {
            // The cells at either end are those of the unknown.
            0 | LAST_LN => 0,
            _ => curve.hundredths((i as f32 - f32::from(LN_ZERO)) / LN_STEPS),
        }))
    };
    let far = distance[KM_STEPS - 1];
    Tables {
        far_from: distance.iter().rposition(|x| *x != far).map_or(0, |i| i + 1),
        far,
        distance,
        size: logs(Quantity::Size),
        rank: logs(Quantity::Rank),
    }
}
