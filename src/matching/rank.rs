//! Lists of the best partners: for one municipality, and for everybody.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::corpus::Corpus;
use super::criterion::Group;
use super::kernel::{self, GATED, Hits, Keys, LIST_OF_HROMADA, LIST_OF_PLACE, Scores};
use crate::domain::directory::Row;
use crate::matching::layout::{BLOCK, Block, HromadaRow};

/// What a list is ordered by. The score shown is the same in every order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// The first ten assigned for everybody together
    /// ([`Lists`](super::Lists)), then the whole score.
    #[default]
    Suggested,
    /// The whole score.
    Score,
    /// What the two could do for each other first, then the whole score.
    Needs,
    /// How alike known partnerships they are, whatever they have stated.
    Known,
}

impl Order {
    /// All orders, as they are offered.
    pub const ALL: [Order; 4] = [Order::Suggested, Order::Score, Order::Needs, Order::Known];

    /// The word for it in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Order::Suggested => "suggested",
            Order::Score => "score",
            Order::Needs => "needs",
            Order::Known => "known",
        }
    }

    /// The reverse of [`Order::as_str`]; `balanced` is an older word for
    /// `score`.
    pub fn parse(word: &str) -> Option<Order> {
        let word = if word == "balanced" { "score" } else { word };
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
    /// How it came onto the list.
    pub list: ListKind,
}

/// How a partner came onto a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ListKind {
    /// By its place in the order.
    #[default]
    Plain,
    /// Among the first ten, which are assigned for everybody together.
    Assigned,
    /// As a small hromada that would be on no list otherwise.
    Guest,
}

impl ListKind {
    /// The stable word for it in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            ListKind::Plain => "plain",
            ListKind::Assigned => "assigned",
            ListKind::Guest => "guest",
        }
    }
}

/// A candidate on its way into a list, as one number: the better, the
/// larger. From above it holds the key, the coverage, and the number among
/// the places or hromadas, of which lower ones win ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate(u64);

impl Candidate {
    /// Bits of the number.
    const NUMBER: u32 = 28;
    const LAST_NUMBER: u64 = (1 << Candidate::NUMBER) - 1;

    pub(super) fn new(key: i32, coverage: u32, number: usize) -> Candidate {
        // With its sign turned over, a number is ordered as one without.
        let key = u64::from(key.cast_unsigned() ^ 1 << 31);
        let number = Candidate::LAST_NUMBER - number as u64;
        Candidate(key << 32 | u64::from(coverage) << Candidate::NUMBER | number)
    }

    pub(super) fn key(self) -> i32 {
        ((self.0 >> 32) as u32 ^ 1 << 31).cast_signed()
    }

    fn coverage(self) -> u8 {
        (self.0 as u32 >> Candidate::NUMBER) as u8
    }

    pub(super) fn number(self) -> usize {
        (Candidate::LAST_NUMBER - (self.0 & Candidate::LAST_NUMBER)) as usize
    }
}

/// The best so far.
pub(super) struct Best {
    limit: usize,
    /// The worst of them on top.
    kept: BinaryHeap<Reverse<Candidate>>,
}

impl Best {
    pub(super) fn new(limit: usize) -> Best {
        // A list asked for whole grows as it needs to.
        Best { limit, kept: BinaryHeap::with_capacity(limit.min(1_024)) }
    }

    /// The key that the next must reach.
    pub(super) fn floor(&self) -> i32 {
        match self.kept.peek() {
            Some(Reverse(worst)) if self.kept.len() == self.limit => worst.key(),
            _ => i32::MIN,
        }
    }

    /// Takes a candidate if it is among the best.
    pub(super) fn offer(&mut self, candidate: Candidate) {
        if self.kept.len() < self.limit {
            self.kept.push(Reverse(candidate));
        } else if let Some(mut worst) = self.kept.peek_mut()
            && candidate > worst.0
        {
            *worst = Reverse(candidate);
        }
    }

    /// The best, from the first to the last.
    pub(super) fn sorted(self) -> impl Iterator<Item = Candidate> + use<> {
        self.kept.into_sorted_vec().into_iter().map(|c| c.0)
    }
}

/// A list that several threads fill. What it holds in the end does not
/// depend on who came first, because no two candidates are equal.
pub(super) struct SharedBest {
    /// The floor of the list, or what it was a moment ago: to be read
    /// without waiting for anybody. It only rises.
    floor: AtomicI32,
    best: Mutex<Best>,
}

impl SharedBest {
    pub(super) fn new(limit: usize) -> SharedBest {
        SharedBest { floor: AtomicI32::new(i32::MIN), best: Mutex::new(Best::new(limit)) }
    }

    pub(super) fn floor(&self) -> i32 {
        self.floor.load(Ordering::Relaxed)
    }

    pub(super) fn offer_all(&self, candidates: impl Iterator<Item = Candidate>) {
        let mut best = self.best.lock().unwrap_or_else(PoisonError::into_inner);
        candidates.for_each(|c| best.offer(c));
        self.floor.store(best.floor(), Ordering::Relaxed);
    }

    pub(super) fn into_best(self) -> Best {
        self.best.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A floor as scores are compared with it. What is cut off at either end
/// lets more through than it should, never less.
pub(super) fn narrow(floor: i32) -> i16 {
    floor.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16
}

impl Corpus {
    /// Adds what the hromada and the places of a block have stated.
    fn add_fit(&self, row: &HromadaRow, block: &Block, scores: &mut Scores) {
        let policy = &self.weights.policy;
        match &block.stated {
            Some(stated) => kernel::fit(row, block, stated, policy, scores),
            None if row.statement.has_wishes() => kernel::own_wishes(row, block, policy, scores),
            None => {}
        }
    }

    /// Scores some blocks for the hromada of number `h` as `row` has it, and
    /// hands on the number of the first place of each, the affinity, and the
    /// rest.
    pub(super) fn score_blocks(
        &self,
        h: usize,
        row: &HromadaRow,
        blocks: Range<usize>,
        mut each: impl FnMut(usize, &[i16], &[i16]),
    ) {
        let class = &self.classes[row.class as usize];
        let (mut sizes, mut affinity) = ([0; BLOCK], [0; BLOCK]);
        for b in blocks {
            let block = &self.blocks[b];
            kernel::sizes(class, block, &self.tables, &mut sizes);
            let of_oblast = &self.of_oblasts[row.oblast as usize][b];
            kernel::affinity(row, block, &self.tables, &sizes, of_oblast, &mut affinity);
            let from = block.sparse.partition_point(|s| (s.hromada as usize) < h);
            for s in block.sparse[from..].iter().take_while(|s| s.hromada as usize == h) {
                affinity[s.lane as usize] += s.points;
            }
            let mut rest = [0; BLOCK];
            self.add_fit(row, block, &mut rest);
            each(b * BLOCK, &affinity[..block.len], &rest[..block.len]);
        }
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
        if limit == 0 || self.is_occupied(subject) {
            return Vec::new();
        }
        if let Some(h) = self.field.hromada(subject) {
            let listed = self.rank_places(h, &self.rows[h], order, limit, wanted);
            let score = |p: usize| self.score(h, p).hundredths;
            listed
                .map(|c| Match {
                    row: self.field.places[c.number()],
                    hundredths: score(c.number()),
                    visibility: 0,
                    coverage: c.coverage(),
                    list: ListKind::Plain,
                })
                .collect()
        } else if let Some(p) = self.field.place(subject) {
            self.rank_hromadas(p, order, limit, wanted)
        } else {
            Vec::new()
        }
    }

    /// The best places for the hromada of number `h`, as `row` has it.
    pub(super) fn rank_places(
        &self,
        h: usize,
        row: &HromadaRow,
        order: Order,
        limit: usize,
        wanted: &(dyn Fn(Row) -> bool + Sync),
    ) -> impl Iterator<Item = Candidate> {
        let mut best = Best::new(limit);
        let mut floor = i32::MIN;
        self.score_blocks(h, row, 0..self.blocks.len(), |first, affinity, rest| {
            for (j, (&affinity, &rest)) in affinity.iter().zip(rest).enumerate() {
                let key = order_key(order, affinity, rest);
                let p = first + j;
                if key < floor || self.is_gated_for(row, p) || !wanted(self.field.places[p]) {
                    continue;
                }
                best.offer(Candidate::new(key, self.coverage_for(row, p), p));
                floor = best.floor();
            }
        });
        best.sorted()
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
            let affinity = score.of_group(Group::Affinity);
            let key = order_key(order, affinity as i16, (score.hundredths - affinity) as i16)
                + i32::from(row.visibility);
            best.offer(Candidate::new(key, score.known() as u32, h));
        }
        best.sorted()
            .map(|c| Match {
                row: self.field.hromadas[c.number()],
                hundredths: self.score(c.number(), p).hundredths,
                visibility: self.rows[c.number()].visibility,
                coverage: c.coverage(),
                list: ListKind::Plain,
            })
            .collect()
    }

    /// The scores of a hromada with every place, in hundredths, gates aside.
    pub(super) fn scores_of(&self, h: usize) -> Vec<i16> {
        let mut all = Vec::with_capacity(self.field.places.len());
        self.score_blocks(h, &self.rows[h], 0..self.blocks.len(), |_, affinity, rest| {
            all.extend(affinity.iter().zip(rest).map(|(a, b)| a + b));
        });
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
        if self.is_occupied(subject) {
            0
        } else if let Some(h) = self.field.hromada(subject) {
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
fn order_key(order: Order, affinity: i16, rest: i16) -> i32 {
    let total = i32::from(affinity + rest);
    match order {
        Order::Suggested | Order::Score => total,
        Order::Needs => i32::from(rest) * 1_000 + total,
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
        let of_hromadas: Vec<SharedBest> =
            self.rows.iter().map(|_| SharedBest::new(limit)).collect();
        let mut of_places: Vec<(usize, Vec<Vec<Match>>)> = scattered(self.blocks.len())
            .into_par_iter()
            .map_init(
                || Room::new(self.rows.len()),
                |room, b| (b, self.rank_block(b, limit, &of_hromadas, room)),
            )
            .collect();
        of_places.sort_unstable_by_key(|(b, _)| *b);
        let of_hromadas = of_hromadas
            .into_par_iter()
            .zip(&self.field.hromadas)
            .map(|(shared, row)| {
                if self.is_occupied(*row) {
                    return Vec::new();
                }
                let listed = shared.into_best().sorted().map(|c| Match {
                    row: self.field.places[c.number()],
                    hundredths: c.key(),
                    visibility: 0,
                    coverage: c.coverage(),
                    list: ListKind::Plain,
                });
                listed.collect()
            })
            .collect();
        let of_places = of_places.into_iter().flat_map(|(_, lists)| lists).collect();
        AllLists { of_hromadas, of_places }
    }

    /// Makes the lists of the places of a block, and offers the places to
    /// the hromadas.
    fn rank_block(
        &self,
        b: usize,
        limit: usize,
        of_hromadas: &[SharedBest],
        room: &mut Room,
    ) -> Vec<Vec<Match>> {
        let Room { scores, keys, lists } = room;
        self.score_block(b, scores);
        let mut floors: Scores = [0; BLOCK];
        kernel::floors(&self.rows, scores, limit, keys, &mut floors);
        let mut hits: Hits = [0; BLOCK];
        let mut own: Vec<Candidate> = Vec::with_capacity(BLOCK);
        for (h, (row, scores)) in self.rows.iter().zip(&*scores).enumerate() {
            let floor = narrow(of_hromadas[h].floor());
            kernel::reached(scores, floor, row.visibility, &floors, &mut hits);
            for_each_hit(&hits, |j, hit| {
                let (p, score) = (b * BLOCK + j, i32::from(scores[j]));
                if scores[j] == GATED {
                    return;
                }
                let coverage = self.coverage(h, p);
                if hit & LIST_OF_PLACE != 0 && !row.statement.closed {
                    let key = score + i32::from(row.visibility);
                    lists[j].push(Candidate::new(key, coverage, h));
                }
                if hit & LIST_OF_HROMADA != 0 {
                    own.push(Candidate::new(score, coverage, p));
                }
            });
            if !own.is_empty() {
                of_hromadas[h].offer_all(own.drain(..));
            }
        }
        let listed = |c: &Candidate| {
            let visibility = self.rows[c.number()].visibility;
            Match {
                row: self.field.hromadas[c.number()],
                hundredths: c.key() - i32::from(visibility),
                visibility,
                coverage: c.coverage(),
                list: ListKind::Plain,
            }
        };
        let places = &self.field.places[b * BLOCK..];
        lists[..self.blocks[b].len]
            .iter_mut()
            .zip(places)
            .map(|(list, place)| {
                list.sort_unstable_by_key(|c| Reverse(*c));
                let length = if self.is_occupied(*place) { 0 } else { limit };
                let best = list.iter().take(length).map(listed).collect();
                list.clear();
                best
            })
            .collect()
    }

    /// Scores every hromada with the places of a block. A pair that is never
    /// suggested to either side has [`GATED`] in place of its score.
    pub(super) fn score_block(&self, b: usize, scores: &mut [Scores]) {
        let block = &self.blocks[b];
        let mut sizes = [0; BLOCK];
        for class in &self.classes {
            kernel::sizes(class, block, &self.tables, &mut sizes);
            for h in class.hromadas.iter().map(|h| *h as usize) {
                let row = &self.rows[h];
                let of_oblast = &self.of_oblasts[row.oblast as usize][b];
                kernel::affinity(row, block, &self.tables, &sizes, of_oblast, &mut scores[h]);
                self.add_fit(row, block, &mut scores[h]);
            }
        }
        for s in &block.sparse {
            scores[s.hromada as usize][s.lane as usize] += s.points;
        }
        for run in &block.runs {
            for &h in &self.excluded_by[run.country as usize] {
                scores[h as usize][run.from as usize..run.to as usize].fill(GATED);
            }
        }
        for j in 0..BLOCK {
            let p = b * BLOCK + j;
            if j >= block.len || self.place_shut[p] {
                scores.iter_mut().for_each(|row| row[j] = GATED);
            }
            for &h in self.known.partners_of_place(p) {
                scores[h as usize][j] = GATED;
            }
        }
    }
}

/// Room in which one thread ranks one block after another.
pub(super) struct Room {
    /// By hromada.
    pub(super) scores: Vec<Scores>,
    keys: Keys,
    /// What may be listed for each place of the block; empty between blocks.
    lists: Vec<Vec<Candidate>>,
}

impl Room {
    pub(super) fn new(hromadas: usize) -> Room {
        Room {
            scores: vec![[0; BLOCK]; hromadas],
            keys: Keys::with_capacity(hromadas),
            lists: vec![Vec::new(); BLOCK],
        }
    }
}

/// The numbers of blocks in the order in which they are best taken. Those that
/// follow each other lie near each other: taken in that order, the floors of
/// hromadas would stay low until the best countries have come.
pub(super) fn scattered(blocks: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..blocks).collect();
    order.sort_by_key(|b| (*b as u32).wrapping_mul(SCATTER));
    order
}

/// Odd, and about 2³² times the golden section: the products of numbers that
/// follow each other with it fall far apart.
const SCATTER: u32 = 0x9e37_79b9;

/// Calls back with every lane that has a hit. Most have none, so they are
/// looked through eight at a time.
pub(super) fn for_each_hit(hits: &Hits, mut each: impl FnMut(usize, u8)) {
    for (i, eight) in hits.as_chunks().0.iter().enumerate() {
        let mut left = u64::from_le_bytes(*eight);
        while left != 0 {
            let lane = left.trailing_zeros() as usize / 8;
            each(i * 8 + lane, eight[lane]);
            left &= !(0xff << (lane * 8));
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::Arc;

    use chrono::NaiveDate;

    use super::*;
    use crate::domain::audience::Audience;
    use crate::domain::country::Country;
    use crate::domain::directory::{Contents, Directory, Names, Record};
    use crate::domain::fact::Population;
    use crate::domain::geo::Point;
    use crate::domain::municipality::{
        Control, Kind, Municipality, MunicipalityId, NameSource, Position, Role, Status,
    };
    use crate::domain::profile::Profile;
    use crate::domain::tie::{Place, Tie};
    use crate::invented;
    use crate::matching::{Settings, Weights};

    const HROMADAS: i64 = 60;
    /// One block whole, and a part of another.
    const PLACES: i64 = 300;

    fn country(code: &str) -> Country {
        code.parse().expect("a country")
    }

    /// A municipality drawn at random. Some are the same but for their ids,
    /// so that there are ties to break.
    fn record(id: i64, random: &mut fastrand::Rng, today: NaiveDate) -> Record {
        let hromada = id < HROMADAS;
        let (code, lat, lon) = match id {
            ..HROMADAS => ("UA", 46.0 + random.f64() * 6.0, 23.0 + random.f64() * 16.0),
            // On both sides of a border of Ukraine, and far away.
            100..200 => ("PL", 49.0 + random.f64() * 3.0, 20.0 + random.f64() * 4.0),
            200..300 => ("RO", 45.0 + random.f64() * 3.0, 22.0 + random.f64() * 5.0),
            _ => ("FR", 43.0 + random.f64() * 6.0, random.f64() * 6.0),
        };
        let point = if random.u8(0..3) == 0 {
            Point { lat: lat.round(), lon: lon.round() }
        } else {
            Point { lat, lon }
        };
        let people = [0, 900, 900, 5_000, 5_000, 20_000, 90_000, random.i64(500..500_000)];
        let value = people[random.usize(0..people.len())];
        let roles: &[Role] = if hromada {
            &[Role::Urban, Role::Settlement, Role::Rural]
        } else {
            &[Role::CountySeat, Role::Place, Role::Place]
        };
        let statuses = [Status::Listed, Status::Listed, Status::Claimed, Status::Verified];
        let municipality = Municipality {
            id: MunicipalityId(id + 1),
            slug: format!("m-{id}"),
            kind: Kind::Municipality,
            country: country(code),
            region: random.u8(0..3).to_string(),
            district: String::new(),
            katottg: None,
            geonames_id: None,
            name: String::new(),
            name_en: String::new(),
            name_uk: String::new(),
            name_uk_source: NameSource::Known,
            name_native: String::new(),
            centre: String::new(),
            role: roles[random.usize(0..roles.len())],
            point,
            position: Position::Centre,
            settlements: None,
            population: (value > 0).then(|| Population {
                value,
                year: None,
                source: String::new(),
                estimated: false,
            }),
            status: match random.u8(0..20) {
                0 => Status::Paused,
                n => statuses[n as usize % statuses.len()],
            },
            control: if hromada && random.u8(0..15) == 0 {
                Control::Occupied
            } else {
                Control::Government
            },
            control_since: None,
            control_source: String::new(),
            occupied_until: None,
            invented: false,
        };
        let mut profile = Profile::default();
        if random.bool() {
            profile = invented::profile(&municipality, today);
            profile.entries.iter_mut().for_each(|e| e.audience = Audience::Public);
            profile.excluded_countries = match random.u8(0..10) {
                0 if hromada => vec![country("PL")],
                0 => vec![Country::UKRAINE],
                _ => Vec::new(),
            };
        }
        Record { municipality, names: Names::default(), profile, shown_in: 1 }
    }

    /// A small directory of everything that matters for a list.
    pub(in crate::matching) fn corpus(ties: usize) -> Corpus {
        corpus_of(ties).0
    }

    /// One with so many more hromadas than places that the caps of lists are
    /// reached, and with seats that show guests.
    pub(in crate::matching) fn crowded(seed: u64) -> Corpus {
        let mut random = fastrand::Rng::with_seed(seed);
        let codes = ["PL", "PL", "DE", "LT", "FR", "CZ"];
        let records = (0..200)
            .map(|id: i64| {
                let mut record = record(if id < 100 { 0 } else { 150 }, &mut random, today());
                let m = &mut record.municipality;
                (m.id, m.slug) = (MunicipalityId(id + 1), format!("m-{id}"));
                if id < 100 {
                    m.region = format!("UA{:02}", random.u8(1..12));
                    m.control = match random.u8(0..12) {
                        0 => Control::Occupied,
                        1 => Control::Front,
                        _ => Control::Government,
                    };
                    let value = random.i64(1_000..60_000);
                    let source = String::new();
                    m.population = Some(Population { value, year: None, source, estimated: false });
                } else {
                    m.country = country(codes[random.usize(0..codes.len())]);
                    m.point = Point { lat: 50.0 + random.f64(), lon: 20.0 + random.f64() };
                    m.role = if id % 4 == 0 { Role::DistrictSeat } else { Role::Place };
                    let value = random.i64(3_000..40_000);
                    let source = String::new();
                    m.population = Some(Population { value, year: None, source, estimated: false });
                }
                Arc::new(record)
            })
            .collect();
        let directory = Directory::new(Contents { version: 1, records, ..Contents::default() });
        let weights = Weights::shipped().expect("the shipped weights");
        Corpus::new(&directory, &Settings { weights: &weights, today: today() })
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day")
    }

    /// The same with the directory it was made of.
    fn corpus_of(ties: usize) -> (Corpus, Directory) {
        corpus_where(ties, true)
    }

    /// The same where places have stated nothing, if `stated` says so.
    fn corpus_where(ties: usize, stated: bool) -> (Corpus, Directory) {
        let today = today();
        let mut random = fastrand::Rng::with_seed(11);
        let records: Vec<Record> =
            (0..HROMADAS + PLACES).map(|id| record(id, &mut random, today)).collect();
        let silent = |id: usize| !stated && id as i64 >= HROMADAS;
        let records = (0..).zip(records).map(|(id, mut record)| {
            if silent(id) {
                record.profile = Profile::default();
                record.municipality.status = Status::Listed;
            }
            Arc::new(record)
        });
        let records = records.collect();
        let place = |random: &mut fastrand::Rng| {
            Place::Listed(MunicipalityId(random.i64(HROMADAS..HROMADAS + PLACES) + 1))
        };
        let ties = (0..ties)
            .map(|i| {
                let hromada = Place::Listed(MunicipalityId(random.i64(0..HROMADAS / 2) + 1));
                Tie {
                    a: if i % 2 == 0 { hromada } else { place(&mut random) },
                    b: place(&mut random),
                    since: None,
                    source: String::new(),
                }
            })
            .collect();
        let directory =
            Directory::new(Contents { version: 1, records, ties, ..Contents::default() });
        let weights = Weights::shipped().expect("the shipped weights");
        (Corpus::new(&directory, &Settings { weights: &weights, today }), directory)
    }

    /// All partners of a hromada or place, by nothing but the scores of
    /// pairs.
    fn naive(corpus: &Corpus, subject: Row, order: Order) -> Vec<Match> {
        let field = corpus.field();
        let of_hromada = field.hromada(subject).is_some();
        let partners = if of_hromada { &field.places } else { &field.hromadas };
        let mut all: Vec<(i32, Match)> = Vec::new();
        if corpus.is_occupied(subject) {
            return Vec::new();
        }
        for &partner in partners {
            let (h, p) = corpus.sides(subject, partner).expect("a pair");
            if corpus.is_gated(h, p) || (!of_hromada && corpus.rows[h].statement.closed) {
                continue;
            }
            let score = corpus.score(h, p);
            let visibility = if of_hromada { 0 } else { corpus.rows[h].visibility };
            let rest = score.hundredths - score.of_group(Group::Affinity);
            let key = match order {
                Order::Suggested | Order::Score => score.hundredths,
                Order::Needs => rest * 1_000 + score.hundredths,
                Order::Known => score.of_group(Group::Affinity),
            };
            let coverage = score.known() as u8;
            let hundredths = score.hundredths;
            all.push((
                key + i32::from(visibility),
                Match { row: partner, hundredths, visibility, coverage, list: ListKind::Plain },
            ));
        }
        // Rows are in the order of the field, and sorting keeps it.
        all.sort_by_key(|(key, m)| (Reverse(*key), Reverse(m.coverage)));
        all.into_iter().map(|(_, m)| m).collect()
    }

    #[test]
    fn the_kernel_scores_every_pair_as_it_is_explained() {
        // Where places have stated nothing, a hromada's own wishes count all
        // the same.
        for (ties, stated) in [(0, true), (150, true), (150, false)] {
            let corpus = corpus_where(ties, stated).0;
            assert_eq!(corpus.blocks.iter().all(|b| b.stated.is_some()), stated);
            // All that the kernel goes about in its own way is there.
            let far = |row: &HromadaRow| corpus.blocks[1].is_far_from(&row.vector, &corpus.tables);
            assert!(corpus.rows.iter().any(far) && !corpus.rows.iter().all(far));
            assert!(ties == 0 || corpus.blocks.iter().any(|b| !b.sparse.is_empty()));
            for h in 0..corpus.rows.len() {
                for (p, score) in corpus.scores_of(h).into_iter().enumerate() {
                    assert_eq!(i32::from(score), corpus.score(h, p).hundredths, "{h} and {p}");
                }
            }
        }
    }

    #[test]
    fn lists_are_those_of_a_full_sort() {
        for ties in [0, 150] {
            let corpus = corpus(ties);
            let field = corpus.field();
            for limit in [1, 7, 20, 1_000] {
                for threads in [1, 2] {
                    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
                    let all = pool.expect("threads").install(|| corpus.rank_all(limit));
                    let lists = all.of_hromadas.iter().chain(&all.of_places);
                    let subjects: Vec<Row> =
                        field.hromadas.iter().chain(&field.places).copied().collect();
                    assert_eq!(lists.clone().count(), subjects.len());
                    for (list, &subject) in lists.zip(&subjects) {
                        let mut expected = naive(&corpus, subject, Order::Score);
                        expected.truncate(limit);
                        assert_eq!(*list, expected, "{subject:?}, {limit}, {threads}");
                    }
                }
            }
        }
    }

    #[test]
    fn one_list_is_that_of_a_full_sort_in_every_order() {
        let corpus = corpus(150);
        let field = corpus.field();
        let wanted = |row: Row| !row.0.is_multiple_of(3);
        for &subject in field.hromadas.iter().chain(&field.places) {
            for order in Order::ALL {
                let mut expected = naive(&corpus, subject, order);
                expected.retain(|m| wanted(m.row));
                assert_eq!(corpus.eligible(subject, &wanted), expected.len());
                expected.truncate(7);
                assert_eq!(corpus.rank(subject, order, 7, &wanted), expected);
            }
        }
    }

    #[test]
    fn a_preview_of_what_is_stated_is_the_list_itself() {
        let (corpus, directory) = corpus_of(150);
        let field = corpus.field();
        for &subject in field.hromadas.iter().chain(&field.places) {
            let list = corpus.rank(subject, Order::Score, 9, &|_| true);
            let preview = corpus.preview(subject, directory.record(subject), today(), 9);
            let shown: Vec<(Row, i32)> =
                preview.iter().map(|m| (m.row, m.score.hundredths)).collect();
            let listed: Vec<(Row, i32)> = list.iter().map(|m| (m.row, m.hundredths)).collect();
            assert_eq!(shown, listed);
        }
    }
}
