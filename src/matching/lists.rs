//! The first ten suggestions of everybody, assigned together.
//!
//! One after another, the best ten of each would show everybody the same few
//! towns, most of them of one country, and small hromadas to nobody. Assigned
//! together, no list has more than [`MOST_OF_A_COUNTRY`] of a country or
//! [`MOST_OF_AN_OBLAST`] of an oblast, no town is on more than [`MOST_LISTS`]
//! lists of hromadas, no country takes much more of all lists than its share in
//! partnerships as they are made today ([`MOST_OF_SHARE`]), and every small
//! hromada (under 10,000 people) is on a list of some town.
//!
//! Both directions are deferred acceptance (Gale and Shapley 1962): who is
//! refused asks the next. Preferences are strict, and choices within caps that
//! lie inside each other are substitutable (Hatfield and Milgrom 2005), so the
//! result is stable, and the same in whatever order it is computed.
//!
//! The share of a country is a rule of its own because a ranking cannot keep
//! it. Of two countries that make equally many partnerships, the one with few
//! towns has the likelier towns, so the best ten would never show the other.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::corpus::{BLOCK, Corpus};
use super::exposure::Exposure;
use super::field::Field;
use super::kernel::{self, GATED, Hits, Scores};
use super::rank::{Best, Candidate, ListKind, Match, Order, Room, SharedBest};
use super::rank::{for_each_hit, narrow, scattered};
use crate::domain::country::Country;
use crate::domain::directory::{Directory, Row};
use crate::domain::municipality::SizeBand;

/// Suggestions on one list.
pub const LENGTH: usize = 10;
/// Places of one country on the list of a hromada, at most.
pub const MOST_OF_A_COUNTRY: usize = 4;
/// Hromadas of one oblast on the list of a place, at most.
pub const MOST_OF_AN_OBLAST: usize = 3;
/// Lists of hromadas that a place is on, at most.
pub const MOST_LISTS: usize = 15;
/// How many times its share in partnerships as they are made today a country
/// may have of all lists of hromadas. It is doubled until everybody has ten.
pub const MOST_OF_SHARE: f64 = 1.5;
/// Hromadas on the list of a place that would be on none otherwise, at most.
pub const GUESTS: usize = 2;

/// What a mutual match is put before others by: more than any two scores
/// differ.
const TIER: i32 = 1 << 20;
/// Only a place that is among so many best by affinity alone counts as a mutual
/// match: needs choose among the likely and do not make the unlikely so.
pub const BEST_BY_AFFINITY: usize = 200;

/// Places of each country that are looked at for a hromada to begin with, and
/// by how much more when they do not suffice.
const LOOKED_AT: usize = 6;
const LOOK_FURTHER: usize = 8;

/// Once so many places have joined, only they are asked to show guests.
const MANY_JOINED: usize = 300;
/// Until then also those with so many twin towns and people, or, where no
/// twinning is recorded, seats of this size.
const TWINS: u32 = 2;
const TWINNED_PEOPLE: f32 = 2_000.0;
const SEAT_PEOPLE: f32 = 5_000.0;

/// The first ten of everybody.
#[derive(Debug)]
pub struct Lists {
    field: Arc<Field>,
    /// By hromada, its places, the best first; empty where it is occupied.
    /// Nothing at all where none are assigned.
    of_hromadas: Vec<Vec<u32>>,
    /// The lists of the places that show guests.
    of_places: HashMap<u32, PlaceList>,
    /// How many lists of hromadas each place is on, where it is on any.
    times: HashMap<u32, usize>,
    /// How many places on lists of hromadas each country may have.
    room: Vec<usize>,
}

/// The hromadas on the list of a place, the best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct PlaceList {
    assigned: Vec<u32>,
    guests: Vec<u32>,
}

/// The best places of one country for one hromada.
#[derive(Debug, Default)]
struct OfCountry {
    best: Vec<Candidate>,
    /// Whether there are no others.
    complete: bool,
}

impl Lists {
    /// Assigns the lists of everybody, on all threads of the current pool.
    pub fn assign(corpus: &Corpus) -> Lists {
        let mutual = corpus.mutual_matches();
        let showing = corpus.places_that_show_guests();
        let (of_countries, of_places) = corpus.look_at_everybody(&mutual, &showing);
        let (of_hromadas, room) = assign_places(corpus, &mutual, of_countries);
        let of_places = invite_guests(corpus, &mutual, of_places);
        let mut times: HashMap<u32, usize> = HashMap::new();
        for &p in of_hromadas.iter().flatten() {
            *times.entry(p).or_default() += 1;
        }
        Lists { field: Arc::clone(&corpus.field), of_hromadas, of_places, times, room }
    }

    /// No lists: everybody is suggested their best ten with the same caps, but
    /// nobody makes room for others.
    pub fn none(corpus: &Corpus) -> Lists {
        Lists {
            field: Arc::clone(&corpus.field),
            of_hromadas: Vec::new(),
            of_places: HashMap::new(),
            times: HashMap::new(),
            room: Vec::new(),
        }
    }

    /// Whether a place stands on as many lists of hromadas as it may.
    pub fn is_full(&self, row: Row) -> bool {
        let p = self.field.place(row).map(|p| p as u32);
        p.and_then(|p| self.times.get(&p)).is_some_and(|n| *n >= MOST_LISTS)
    }

    /// How many places on lists of hromadas each country may have, by its
    /// number in the field.
    pub fn room(&self) -> &[usize] {
        &self.room
    }

    /// The suggestions for a subject, the assigned ten first and then the
    /// plain order without them, `limit` in all. Whoever a gate keeps out by
    /// now is left out, although the lists are a moment old.
    pub fn suggest(&self, corpus: &Corpus, subject: Row, limit: usize) -> Vec<Match> {
        let field = corpus.field();
        let mut listed: Vec<Match> = if corpus.is_occupied(subject) {
            return Vec::new();
        } else if let Some(h) = field.hromada(subject) {
            let places = match self.of_hromadas.get(h) {
                Some(places) => places.clone(),
                None => corpus.mixed_places(h),
            };
            let open = places.iter().filter(|p| !corpus.is_gated(h, **p as usize));
            open.map(|p| corpus.listed(h, *p as usize, true, ListKind::Assigned)).collect()
        } else if let Some(p) = field.place(subject) {
            let plain;
            let list = match self.of_places.get(&(p as u32)) {
                Some(list) => list,
                None => {
                    plain = PlaceList { assigned: corpus.mixed_hromadas(p), guests: Vec::new() };
                    &plain
                }
            };
            let open = |h: &u32| corpus.is_suggested_cold(*h as usize, p);
            let of = |hromadas: &[u32], kind: ListKind| -> Vec<Match> {
                let shown = hromadas.iter().copied().filter(open);
                shown.map(|h| corpus.listed(h as usize, p, false, kind)).collect()
            };
            let mut listed = of(&list.assigned, ListKind::Assigned);
            listed.extend(of(&list.guests, ListKind::Guest));
            listed
        } else {
            return Vec::new();
        };
        if limit > listed.len() {
            let first: HashSet<Row> = listed.iter().map(|m| m.row).collect();
            let others = |row: Row| !first.contains(&row) && !corpus.is_cold(row);
            listed.extend(corpus.rank(subject, Order::Score, limit - listed.len(), &others));
        }
        listed.truncate(limit);
        listed
    }

    /// The lists of all hromadas that are not occupied, with their rows.
    pub fn of_hromadas(&self) -> impl Iterator<Item = (Row, Vec<Row>)> {
        let rows = |places: &[u32]| places.iter().map(|p| self.field.places[*p as usize]).collect();
        self.field
            .hromadas
            .iter()
            .zip(&self.of_hromadas)
            .enumerate()
            .filter(|(h, _)| !self.field.h_occupied[*h])
            .map(move |(_, (row, places))| (*row, rows(places)))
    }

    /// The lists of the places that show guests, with their rows.
    pub fn of_places(&self) -> impl Iterator<Item = (Row, Vec<Row>)> {
        let row = |h: &u32| self.field.hromadas[*h as usize];
        self.of_places.iter().map(move |(p, list)| {
            let hromadas = list.assigned.iter().chain(&list.guests).map(row).collect();
            (self.field.places[*p as usize], hromadas)
        })
    }

    /// How evenly the lists show places, or with `reverse` hromadas.
    pub fn exposure(&self, directory: &Directory, reverse: bool) -> Exposure {
        if reverse {
            let lists: Vec<Vec<Row>> = self.of_places().map(|(_, list)| list).collect();
            Exposure::of(directory, &lists, &self.field.hromadas)
        } else {
            let lists: Vec<Vec<Row>> = self.of_hromadas().map(|(_, list)| list).collect();
            Exposure::of(directory, &lists, &self.field.places)
        }
    }
}

/// By hromada, the places that are a mutual match for it.
type Mutual = Vec<BTreeSet<u32>>;

impl Corpus {
    /// Whether a hromada is at the front or partly occupied and has not
    /// joined with a place open: then others are not led to it unasked.
    pub fn is_cold(&self, row: Row) -> bool {
        self.cold.contains(&row)
    }

    /// Whether a hromada may be put on the list of a place unasked.
    fn is_suggested_cold(&self, h: usize, p: usize) -> bool {
        !self.rows[h].statement.closed
            && !self.is_gated(h, p)
            && !self.is_cold(self.field.hromadas[h])
    }

    /// One pair as it stands on a list of the hromada, or of the place.
    fn listed(&self, h: usize, p: usize, of_hromada: bool, list: ListKind) -> Match {
        let score = self.score(h, p);
        let row = if of_hromada { self.field.places[p] } else { self.field.hromadas[h] };
        Match {
            row,
            hundredths: score.hundredths,
            visibility: if of_hromada { 0 } else { self.rows[h].visibility },
            coverage: score.known() as u8,
            list,
        }
    }

    /// How many places could be listed for a hromada, or ten if there are more.
    fn places_for(&self, h: usize) -> usize {
        (0..self.field.places.len()).filter(|p| !self.is_gated(h, *p)).take(LENGTH).count()
    }

    /// The places that both gain from a hromada and help it, among its best by
    /// affinity.
    fn mutual_matches(&self) -> Mutual {
        (0..self.rows.len()).into_par_iter().map(|h| self.mutual_matches_of(h)).collect()
    }

    fn mutual_matches_of(&self, h: usize) -> BTreeSet<u32> {
        let row = &self.rows[h];
        let mut hits: Hits = [0; BLOCK];
        let mut mutual: Vec<usize> = Vec::new();
        if !row.statement.has_entries || self.field.h_occupied[h] {
            return BTreeSet::new();
        }
        for (b, block) in self.blocks.iter().enumerate() {
            if let Some(stated) = &block.stated {
                kernel::mutual(row, stated, &mut hits);
                for_each_hit(&hits, |j, _| mutual.push(b * BLOCK + j));
            }
        }
        mutual.retain(|&p| p < self.field.places.len() && !self.is_gated(h, p));
        if mutual.is_empty() {
            return BTreeSet::new();
        }
        let mut best = Best::new(BEST_BY_AFFINITY);
        self.score_blocks(h, row, 0..self.blocks.len(), |first, affinity, _| {
            for (j, points) in affinity.iter().enumerate() {
                if i32::from(*points) >= best.floor() && !self.is_gated(h, first + j) {
                    best.offer(Candidate::new(i32::from(*points), 0, first + j));
                }
            }
        });
        let likely: HashSet<usize> = best.sorted().map(Candidate::number).collect();
        mutual.into_iter().filter(|p| likely.contains(p)).map(|p| p as u32).collect()
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

    /// What a pair is put in order by on lists that are assigned.
    fn list_key(&self, mutual: &Mutual, h: usize, p: usize, score: i32) -> i32 {
        score + if mutual[h].contains(&(p as u32)) { TIER } else { 0 }
    }

    /// Scores everybody once: for each hromada the best places of each
    /// country, and the lists of the places that show guests, with what its
    /// last entry is put in order by.
    fn look_at_everybody(
        &self,
        mutual: &Mutual,
        showing: &[bool],
    ) -> (Vec<Vec<OfCountry>>, BTreeMap<u32, Vec<Candidate>>) {
        let countries = self.field.countries.len();
        let best: Vec<SharedBest> =
            (0..self.rows.len() * countries).map(|_| SharedBest::new(LOOKED_AT)).collect();
        let of_places: Vec<(u32, Vec<Candidate>)> = scattered(self.blocks.len())
            .into_par_iter()
            .map_init(
                || Room::new(self.rows.len()),
                |room, b| {
                    self.score_block(b, &mut room.scores);
                    self.offer_places(b, &room.scores, &best);
                    self.lists_of_block(b, &room.scores, mutual, showing)
                },
            )
            .flatten_iter()
            .collect();
        let ranges = self.country_ranges();
        let mut best = best.into_iter();
        let of_countries = (0..self.rows.len())
            .map(|h| {
                let of_country = |range: &Range<usize>| OfCountry {
                    best: best.next().map_or(Vec::new(), |b| b.into_best().sorted().collect()),
                    complete: range.len() <= LOOKED_AT,
                };
                let mut of: Vec<OfCountry> = ranges.iter().map(of_country).collect();
                for (c, of) in of.iter_mut().enumerate() {
                    self.put_mutual_first(h, &mutual[h], ranges[c].clone(), of);
                }
                of
            })
            .collect();
        (of_countries, of_places.into_iter().collect())
    }

    /// The places of each country, which stand together.
    fn country_ranges(&self) -> Vec<Range<usize>> {
        let mut ranges: Vec<Range<usize>> = vec![0..0; self.field.countries.len()];
        for (p, c) in self.field.p_country.iter().enumerate() {
            let range = &mut ranges[*c as usize];
            *range = if range.end == 0 { p..p + 1 } else { range.start..p + 1 };
        }
        ranges
    }

    /// Puts the mutual matches among the best of a country before the others.
    fn put_mutual_first(
        &self,
        h: usize,
        mutual: &BTreeSet<u32>,
        range: Range<usize>,
        of: &mut OfCountry,
    ) {
        let here: Vec<u32> = mutual.range(range.start as u32..range.end as u32).copied().collect();
        if here.is_empty() {
            return;
        }
        of.best.retain(|c| !here.contains(&(c.number() as u32)));
        of.best.extend(here.iter().map(|&p| {
            let key = self.score(h, p as usize).hundredths + TIER;
            Candidate::new(key, self.coverage(h, p as usize), p as usize)
        }));
        of.best.sort_unstable_by_key(|c| Reverse(*c));
    }

    /// Offers the places of a block to every hromada, country by country.
    fn offer_places(&self, b: usize, scores: &[Scores], best: &[SharedBest]) {
        let countries = self.field.countries.len();
        let mut floors: Scores = [i16::MAX; BLOCK];
        let mut hits: Hits = [0; BLOCK];
        let mut offered: Vec<(u16, Candidate)> = Vec::with_capacity(BLOCK);
        for (h, scores) in scores.iter().enumerate() {
            if self.field.h_occupied[h] {
                continue;
            }
            for run in &self.blocks[b].runs {
                let floor = best[h * countries + run.country as usize].floor();
                floors[run.from as usize..run.to as usize].fill(narrow(floor));
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

    /// The lists of the places of a block that show guests.
    fn lists_of_block(
        &self,
        b: usize,
        scores: &[Scores],
        mutual: &Mutual,
        showing: &[bool],
    ) -> Vec<(u32, Vec<Candidate>)> {
        (0..self.blocks[b].len)
            .filter(|j| showing[b * BLOCK + j])
            .map(|j| {
                let p = b * BLOCK + j;
                let candidates = self
                    .rows
                    .iter()
                    .enumerate()
                    .filter(|(h, _)| scores[*h][j] != GATED && self.is_suggested_cold(*h, p))
                    .map(|(h, row)| {
                        let score = i32::from(scores[h][j]) + i32::from(row.visibility);
                        let key = self.list_key(mutual, h, p, score);
                        Candidate::new(key, self.coverage(h, p), h)
                    });
                (p as u32, self.mix_oblasts(candidates.collect()))
            })
            .collect()
    }

    /// The best ten of some hromadas, with no more of an oblast than may be.
    fn mix_oblasts(&self, mut candidates: Vec<Candidate>) -> Vec<Candidate> {
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
        ten(&candidates)
    }

    /// The countries of the best place each for a hromada, the best first.
    pub fn best_countries(&self, subject: Row, limit: usize) -> Vec<Country> {
        let Some(h) = self.field.hromada(subject) else { return Vec::new() };
        let ranges = self.country_ranges();
        let mut best: Vec<(Candidate, usize)> = (0..ranges.len())
            .filter_map(|c| Some((*self.best_of_country(h, &ranges[c], 1).first()?, c)))
            .collect();
        best.sort_unstable_by_key(|(candidate, _)| Reverse(*candidate));
        best.into_iter().take(limit).map(|(_, c)| self.field.countries[c]).collect()
    }

    /// The list of a hromada for whom nobody makes room.
    fn mixed_places(&self, h: usize) -> Vec<u32> {
        let mutual = self.mutual_matches_of(h);
        let ranges = self.country_ranges();
        let of_country = |range: &Range<usize>| {
            let mut of = OfCountry {
                best: self.best_of_country(h, range, MOST_OF_A_COUNTRY),
                complete: true,
            };
            self.put_mutual_first(h, &mutual, range.clone(), &mut of);
            of
        };
        let asking = Asking::new(ranges.iter().map(of_country).collect());
        let chosen = asking.choose(&self.field).unwrap_or_default();
        chosen.iter().map(|c| c.number() as u32).collect()
    }

    /// The list of a place that shows no guests.
    fn mixed_hromadas(&self, p: usize) -> Vec<u32> {
        let candidates = (0..self.rows.len()).filter(|h| self.is_suggested_cold(*h, p)).map(|h| {
            let score = self.score(h, p);
            let mutual = self.is_mutual(h, p);
            let key = score.hundredths
                + i32::from(self.rows[h].visibility)
                + if mutual { TIER } else { 0 };
            Candidate::new(key, score.known() as u32, h)
        });
        self.mix_oblasts(candidates.collect()).iter().map(|c| c.number() as u32).collect()
    }

    /// Whether a place is a mutual match among a hromada's best.
    fn is_mutual(&self, h: usize, p: usize) -> bool {
        let (a, b) = (&self.rows[h].statement, &self.statements[p]);
        a.has_entries
            && b.has_entries
            && self.benefit(&a.needs, &b.offers) > 0
            && self.benefit(&b.needs, &a.offers) > 0
            && self.mutual_matches_of(h).contains(&(p as u32))
    }

    /// The best places of one country for a hromada, `limit` of them.
    fn best_of_country(&self, h: usize, range: &Range<usize>, limit: usize) -> Vec<Candidate> {
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
        best.sorted().collect()
    }
}

/// After so many doublings a country's share is no bound any more.
const MOST_DOUBLED: f64 = 100.0;

/// What places and countries hold of the hromadas that ask.
struct Holding {
    /// By place, those it holds by how much it matters to them, the least
    /// first; of two alike, the higher number.
    places: HashMap<u32, BTreeSet<(i32, Reverse<usize>)>>,
    /// The same by country, with the place.
    countries: Vec<BTreeSet<(i32, Reverse<usize>, Reverse<u32>)>>,
    /// How many a country may hold.
    room: Vec<usize>,
}

impl Holding {
    fn new(room: Vec<usize>) -> Holding {
        Holding { places: HashMap::new(), countries: vec![BTreeSet::new(); room.len()], room }
    }

    /// Takes a hromada that asks a place, and gives the one that there is no
    /// room for then.
    fn take(&mut self, field: &Field, matters: i32, h: usize, p: u32) -> Option<Refusal> {
        let c = field.p_country[p as usize] as usize;
        let place = self.places.entry(p).or_default();
        place.insert((matters, Reverse(h)));
        self.countries[c].insert((matters, Reverse(h), Reverse(p)));
        if place.len() > MOST_LISTS {
            let (matters, Reverse(hromada)) = place.pop_first()?;
            self.countries[c].remove(&(matters, Reverse(hromada), Reverse(p)));
            return Some(Refusal { hromada, place: p, by_country: false });
        }
        if self.countries[c].len() > self.room[c] {
            let (matters, Reverse(hromada), Reverse(place)) = self.countries[c].pop_first()?;
            self.places.entry(place).or_default().remove(&(matters, Reverse(hromada)));
            return Some(Refusal { hromada, place, by_country: true });
        }
        None
    }
}

/// A hromada that a place no longer holds.
struct Refusal {
    hromada: usize,
    place: u32,
    /// Whether its country has no room, rather than the place alone.
    by_country: bool,
}

/// One hromada that asks places.
struct Asking {
    of_countries: Vec<OfCountry>,
    /// All that is looked at, the best first.
    order: Vec<Candidate>,
    refused: HashSet<u32>,
    /// Countries that have no room for it beyond what they hold: once one
    /// refuses, every place that matters less is refused as well.
    closed: Vec<bool>,
    /// The places that hold it.
    held: BTreeSet<u32>,
    /// The score of the tenth of its plain list, against which it says how
    /// much a place matters to it.
    tenth: i32,
}

impl Asking {
    fn new(of_countries: Vec<OfCountry>) -> Asking {
        let mut asking = Asking {
            closed: vec![false; of_countries.len()],
            of_countries,
            order: Vec::new(),
            refused: HashSet::new(),
            held: BTreeSet::new(),
            tenth: 0,
        };
        asking.put_in_order();
        asking
    }

    fn put_in_order(&mut self) {
        self.order = self.of_countries.iter().flat_map(|c| &c.best).copied().collect();
        self.order.sort_unstable_by_key(|c| Reverse(*c));
    }

    /// Its best ten of those that have not refused, no more of a country than
    /// may be; or the country of which more has to be known to tell.
    fn choose(&self, field: &Field) -> Result<Vec<Candidate>, usize> {
        let mut of_country = vec![(0, 0); self.of_countries.len()];
        let mut chosen = Vec::with_capacity(LENGTH);
        for candidate in &self.order {
            let p = candidate.number();
            let c = field.p_country[p] as usize;
            let (seen, taken) = &mut of_country[c];
            *seen += 1;
            let number = p as u32;
            let refused = match self.closed[c] {
                true => !self.held.contains(&number),
                false => self.refused.contains(&number),
            };
            if *taken < MOST_OF_A_COUNTRY && !refused {
                *taken += 1;
                chosen.push(*candidate);
                if chosen.len() == LENGTH {
                    return Ok(chosen);
                }
            }
            let of = &self.of_countries[c];
            let more = !of.complete && !self.closed[c] && *taken < MOST_OF_A_COUNTRY;
            if *seen == of.best.len() && more {
                return Err(c);
            }
        }
        Ok(chosen)
    }
}

/// Hromadas ask places: everybody its best ten, and whoever is refused the
/// next. A place that is asked by more than it may stand on the lists of
/// refuses those to whom it matters least.
fn assign_places(
    corpus: &Corpus,
    mutual: &Mutual,
    of_countries: Vec<Vec<OfCountry>>,
) -> (Vec<Vec<u32>>, Vec<usize>) {
    let field = corpus.field();
    let ranges = corpus.country_ranges();
    let mut asking: Vec<Asking> = of_countries.into_iter().map(Asking::new).collect();
    let look_further = |h: usize, asking: &mut Asking, c: usize| {
        let of = &mut asking.of_countries[c];
        let limit = of.best.len().max(LOOKED_AT) * LOOK_FURTHER;
        *of = OfCountry {
            best: corpus.best_of_country(h, &ranges[c], limit),
            complete: limit >= ranges[c].len(),
        };
        corpus.put_mutual_first(h, &mutual[h], ranges[c].clone(), of);
        asking.put_in_order();
    };
    let choose = |h: usize, asking: &mut Asking| loop {
        match asking.choose(field) {
            Ok(chosen) => return chosen,
            Err(c) => look_further(h, asking, c),
        }
    };
    let mut to_choose: Vec<usize> = (0..asking.len()).filter(|h| !field.h_occupied[*h]).collect();
    for &h in &to_choose {
        let tenth = choose(h, &mut asking[h]).last().map_or(0, |c| c.key());
        asking[h].tenth = if tenth >= TIER / 2 { tenth - TIER } else { tenth };
    }
    let mut most_of_share = MOST_OF_SHARE;
    let all = to_choose.len() * LENGTH;
    let first = to_choose.clone();
    let room = loop {
        let room: Vec<usize> = (0..field.countries.len())
            .map(|c| {
                (f64::from(corpus.rates.share(c)) * most_of_share * all as f64).ceil() as usize
            })
            .collect();
        let mut holding = Holding::new(room.clone());
        while let Some(h) = to_choose.pop() {
            for candidate in choose(h, &mut asking[h]) {
                let p = candidate.number() as u32;
                if !asking[h].held.insert(p) {
                    continue;
                }
                let matters = candidate.key() - asking[h].tenth;
                if let Some(refusal) = holding.take(field, matters, h, p) {
                    let refused = &mut asking[refusal.hromada];
                    refused.held.remove(&refusal.place);
                    refused.refused.insert(refusal.place);
                    if refusal.by_country {
                        refused.closed[field.p_country[refusal.place as usize] as usize] = true;
                    }
                    to_choose.push(refusal.hromada);
                }
            }
        }
        let short = |h: &usize| asking[*h].held.len() < LENGTH.min(corpus.places_for(*h));
        if most_of_share > MOST_DOUBLED || !first.iter().any(short) {
            break room;
        }
        most_of_share *= 2.0;
        to_choose.clone_from(&first);
        for asking in &mut asking {
            asking.held.clear();
            asking.refused.clear();
            asking.closed.fill(false);
        }
    };
    let lists = asking
        .iter()
        .map(|a| {
            let held = a.order.iter().map(|c| c.number() as u32);
            held.filter(|p| a.held.contains(p)).collect()
        })
        .collect();
    (lists, room)
}

/// One place that shows guests.
struct Host {
    list: Vec<Candidate>,
    /// Entries of the list that are not small, the last first: they give way.
    giving_way: Vec<usize>,
    /// Its guests by how much they lack, the least first, then by number.
    guests: BTreeSet<(i32, u32)>,
}

impl Host {
    fn new(list: Vec<Candidate>, small: &dyn Fn(usize) -> bool) -> Host {
        let large = list.iter().map(|c| c.number()).filter(|h| !small(*h)).rev();
        Host { giving_way: large.collect(), list, guests: BTreeSet::new() }
    }

    /// How many of the list give way to so many guests; none where there is
    /// no room for them.
    fn give_way(&self, guests: usize) -> Option<usize> {
        let n = (self.list.len() + guests).saturating_sub(LENGTH);
        (n <= self.giving_way.len()).then_some(n)
    }

    /// How many of an oblast stay when so many guests are shown.
    fn of_oblast(&self, field: &Field, oblast: u16, guests: usize) -> Option<usize> {
        let giving_way = &self.giving_way[..self.give_way(guests)?];
        let staying = self.list.iter().map(|c| c.number()).filter(|h| !giving_way.contains(h));
        Some(staying.filter(|h| field.h_oblast[*h] == oblast).count())
    }

    /// How many guests of an oblast there is room for, whoever else asks: so
    /// that nobody is refused who would not be, had others asked before.
    fn room_for(&self, field: &Field, oblast: u16) -> usize {
        let fits = |guests: usize, of_oblast: usize| {
            self.of_oblast(field, oblast, guests)
                .is_some_and(|n| n + of_oblast <= MOST_OF_AN_OBLAST)
        };
        if !fits(1, 1) {
            0
        } else if fits(2, 2) {
            2
        } else {
            1
        }
    }

    /// Takes who asks among its guests, and gives the guest that there is no
    /// room for then.
    fn take(&mut self, field: &Field, asking: (i32, u32)) -> Option<u32> {
        self.guests.insert(asking);
        let (mut taken, mut of_oblast): (usize, HashMap<u16, usize>) = (0, HashMap::new());
        let refused = self.guests.iter().copied().find(|(_, h)| {
            let oblast = field.h_oblast[*h as usize];
            let n = of_oblast.entry(oblast).or_default();
            let room = taken < GUESTS
                && self.give_way(taken + 1).is_some()
                && *n < self.room_for(field, oblast);
            if room {
                *n += 1;
                taken += 1;
            }
            !room
        });
        if let Some(guest) = refused {
            self.guests.remove(&guest);
        }
        refused.map(|(_, h)| h)
    }

    /// The list with its guests.
    fn seated(self) -> PlaceList {
        let n = self.give_way(self.guests.len()).unwrap_or(0);
        let giving_way = &self.giving_way[..n];
        let staying = self.list.iter().map(|c| c.number()).filter(|h| !giving_way.contains(h));
        PlaceList {
            assigned: staying.map(|h| h as u32).collect(),
            guests: self.guests.iter().map(|(_, h)| *h).collect(),
        }
    }
}

/// Small hromadas that stand on no list ask places to show them as guests,
/// first where they lack least to be listed anyway. A place shows the two who
/// lack least, in place of the last that are not small themselves.
fn invite_guests(
    corpus: &Corpus,
    mutual: &Mutual,
    lists: BTreeMap<u32, Vec<Candidate>>,
) -> HashMap<u32, PlaceList> {
    let field = corpus.field();
    let small = |h: usize| field.h_band[h] <= SizeBand::From5k as u8;
    let listed: HashSet<usize> = lists.values().flatten().map(|c| c.number()).collect();
    let mut hosts: BTreeMap<u32, Host> =
        lists.into_iter().map(|(p, list)| (p, Host::new(list, &small))).collect();
    let numbers: Vec<u32> = hosts.keys().copied().collect();
    let lacking = |h: usize| -> Vec<(i32, u32)> {
        let scores = corpus.scores_of(h);
        let mut lacking: Vec<(i32, u32)> = numbers
            .iter()
            .filter(|p| corpus.is_suggested_cold(h, **p as usize))
            .map(|&p| {
                let tenth = hosts[&p].list.get(LENGTH - 1).map_or(i32::MIN / 2, |c| c.key());
                let score = i32::from(scores[p as usize]) + i32::from(corpus.rows[h].visibility);
                (tenth - corpus.list_key(mutual, h, p as usize, score), p)
            })
            .collect();
        lacking.sort_unstable();
        lacking
    };
    let waiting: Vec<usize> = (0..field.hromadas.len())
        .filter(|&h| small(h) && !listed.contains(&h) && !corpus.rows[h].statement.closed)
        .collect();
    let asked: Vec<Vec<(i32, u32)>> = waiting.par_iter().map(|h| lacking(*h)).collect();
    let mut next: Vec<usize> = vec![0; waiting.len()];
    let mut to_ask: Vec<usize> = (0..waiting.len()).collect();
    let number: HashMap<u32, usize> =
        waiting.iter().enumerate().map(|(i, h)| (*h as u32, i)).collect();
    while let Some(i) = to_ask.pop() {
        let Some(&(gap, p)) = asked[i].get(next[i]) else { continue };
        next[i] += 1;
        let Some(host) = hosts.get_mut(&p) else { continue };
        if let Some(refused) = host.take(field, (gap, waiting[i] as u32)) {
            to_ask.push(number[&refused]);
        }
    }
    hosts.into_iter().map(|(p, host)| (p, host.seated())).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::matching::rank::tests::{corpus, crowded};

    /// The key of a pair on the list of a hromada, found without the lists.
    fn key(corpus: &Corpus, mutual: &Mutual, h: usize, p: usize) -> Candidate {
        let score = corpus.score(h, p);
        let key = corpus.list_key(mutual, h, p, score.hundredths);
        Candidate::new(key, score.known() as u32, p)
    }

    /// Ten of some candidates with no more of a country than may be.
    fn ten(field: &Field, mut candidates: Vec<Candidate>) -> Vec<Candidate> {
        candidates.sort_by_key(|c| Reverse(*c));
        let mut of_country: BTreeMap<u16, usize> = BTreeMap::new();
        candidates.retain(|c| {
            let n = of_country.entry(field.p_country[c.number()]).or_default();
            *n += 1;
            *n <= MOST_OF_A_COUNTRY
        });
        candidates.truncate(LENGTH);
        candidates
    }

    /// Everything that must hold of the lists of a corpus.
    fn check(corpus: &Corpus, lists: &Lists) {
        let field = corpus.field();
        let mutual = corpus.mutual_matches();
        let open = |h: usize| (0..field.places.len()).filter(move |p| !corpus.is_gated(h, *p));
        let mut holders: BTreeMap<u32, Vec<(i32, Reverse<usize>)>> = BTreeMap::new();
        let mut of_country: BTreeMap<u16, Vec<(i32, Reverse<usize>)>> = BTreeMap::new();
        let mut tenths = Vec::new();
        for (h, list) in lists.of_hromadas.iter().enumerate() {
            let all = ten(field, open(h).map(|p| key(corpus, &mutual, h, p)).collect());
            let tenth = all.last().map_or(0, |c| c.key());
            tenths.push(if tenth >= TIER / 2 { tenth - TIER } else { tenth });
            if field.h_occupied[h] {
                assert!(list.is_empty(), "an occupied hromada has a list");
                continue;
            }
            for &p in list {
                assert!(!corpus.is_gated(h, p as usize), "{p} is closed to {h}");
                let matters = key(corpus, &mutual, h, p as usize).key() - tenths[h];
                holders.entry(p).or_default().push((matters, Reverse(h)));
                let c = field.p_country[p as usize];
                of_country.entry(c).or_default().push((matters, Reverse(h)));
            }
            let own: Vec<Candidate> =
                list.iter().map(|p| key(corpus, &mutual, h, *p as usize)).collect();
            assert!(own.is_sorted_by(|a, b| a > b), "the list of {h} is not in order");
            assert_eq!(ten(field, own.clone()), own, "too many of a country on the list of {h}");
            assert_eq!(own.len(), all.len(), "the list of {h} is short");
        }
        assert!(holders.values().all(|of| of.len() <= MOST_LISTS), "a place is on too many lists");
        // No pair would rather have each other than what they have: a place
        // that has room, in a country that has, refuses nobody, and one that
        // has none holds only those to whom it matters more.
        for (h, list) in lists.of_hromadas.iter().enumerate() {
            for p in open(h).filter(|_| !field.h_occupied[h]) {
                if list.contains(&(p as u32)) {
                    continue;
                }
                let candidate = key(corpus, &mutual, h, p);
                let mut with: Vec<Candidate> =
                    list.iter().map(|q| key(corpus, &mutual, h, *q as usize)).collect();
                with.push(candidate);
                if !ten(field, with).contains(&candidate) {
                    continue;
                }
                let own = (candidate.key() - tenths[h], Reverse(h));
                let held = holders.get(&(p as u32)).map_or(&[][..], Vec::as_slice);
                let c = field.p_country[p];
                let full = held.len() >= MOST_LISTS && held.iter().all(|other| *other > own);
                let taken = of_country.get(&c).is_some_and(|of| {
                    of.len() >= lists.room()[usize::from(c)] && of.iter().all(|o| *o > own)
                });
                assert!(full || taken, "{h} and {p} would rather have each other");
            }
        }
    }

    #[test]
    fn lists_keep_their_caps_are_stable_and_show_nobody_who_is_closed() {
        for seed in 0..6 {
            let corpus = crowded(seed);
            let lists = Lists::assign(&corpus);
            check(&corpus, &lists);
            let full = corpus.field().places.iter().filter(|row| lists.is_full(**row)).count();
            assert!(full > 0, "nobody was refused: the caps were not tried");
        }
        check(&corpus(150), &Lists::assign(&corpus(150)));
    }

    #[test]
    fn lists_are_the_same_on_any_number_of_threads() {
        let corpus = crowded(1);
        let pool = |n| rayon::ThreadPoolBuilder::new().num_threads(n).build().expect("threads");
        let lists = [1, 2, 3].map(|n| pool(n).install(|| Lists::assign(&corpus)));
        for other in &lists[1..] {
            assert_eq!(lists[0].of_hromadas, other.of_hromadas);
            assert_eq!(lists[0].of_places, other.of_places);
        }
    }

    #[test]
    fn small_hromadas_are_guests_where_they_are_on_no_list() {
        let corpus = crowded(2);
        let (field, lists) = (corpus.field(), Lists::assign(&corpus));
        let shown: HashSet<u32> = lists
            .of_places
            .values()
            .flat_map(|list| list.assigned.iter().chain(&list.guests))
            .copied()
            .collect();
        let mut guests = 0;
        for list in lists.of_places.values() {
            guests += list.guests.len();
            assert!(list.guests.len() <= GUESTS);
            assert!(list.assigned.len() + list.guests.len() <= LENGTH);
            let mut of_oblast: BTreeMap<u16, usize> = BTreeMap::new();
            for h in list.assigned.iter().chain(&list.guests) {
                *of_oblast.entry(field.h_oblast[*h as usize]).or_default() += 1;
            }
            assert!(of_oblast.values().all(|n| *n <= MOST_OF_AN_OBLAST));
        }
        assert!(guests > 0, "nobody had to be a guest");
        for h in 0..field.hromadas.len() {
            let small = field.h_band[h] <= SizeBand::From5k as u8;
            let hosts = lists.of_places.keys().any(|p| corpus.is_suggested_cold(h, *p as usize));
            assert!(!small || !hosts || shown.contains(&(h as u32)), "{h} is shown by nobody");
        }
    }

    #[test]
    fn who_is_closed_since_is_left_out_of_older_lists() {
        let corpus = crowded(3);
        let lists = Lists::assign(&corpus);
        let h = lists.of_hromadas.iter().position(|list| list.len() == LENGTH).expect("a list");
        let subject = corpus.field().hromadas[h];
        let before = lists.suggest(&corpus, subject, 2 * LENGTH);
        assert_eq!(before.len(), 2 * LENGTH);
        assert!(before[..LENGTH].iter().all(|m| m.list == ListKind::Assigned));
        assert!(before[LENGTH..].iter().all(|m| m.list == ListKind::Plain));
        let rows: HashSet<Row> = before.iter().map(|m| m.row).collect();
        assert_eq!(rows.len(), before.len(), "somebody stands twice");
        let gone = corpus.field().place(before[0].row).expect("a place");
        let mut later = crowded(3);
        later.place_shut[gone] = true;
        let after = lists.suggest(&later, subject, 2 * LENGTH);
        assert!(after.iter().all(|m| m.row != before[0].row));
        assert_eq!(after.len(), 2 * LENGTH, "the list grew shorter");
    }
}
