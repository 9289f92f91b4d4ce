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

mod guests;
mod places;
mod rules;
mod seen;

pub use rules::{
    BEST_BY_AFFINITY, GUESTS, LENGTH, MOST_LISTS, MOST_OF_A_COUNTRY, MOST_OF_AN_OBLAST,
    MOST_OF_SHARE,
};

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;
use rules::{Mutual, PlaceList, TIER};

use self::guests::invite_guests;
use self::places::{Asking, assign_places};
use super::corpus::Corpus;
use super::exposure::Exposure;
use super::field::Field;
use super::kernel::{self, Hits};
use super::rank::{Best, Candidate, ListKind, Match, Order, for_each_hit};
use crate::domain::country::Country;
use crate::domain::directory::{Directory, Row};
use crate::matching::layout::BLOCK;

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
    /// By place, the hromadas that it is a mutual match for, where there are
    /// any; nothing at all where nothing is assigned.
    mutual: Option<BTreeMap<u32, Vec<u32>>>,
}

impl Lists {
    /// Assigns the lists of everybody, on all threads of the current pool.
    pub fn assign(corpus: &Corpus) -> Lists {
        let mutual = corpus.mutual_matches();
        let seen = corpus.see_everybody(&mutual);
        let ((of_hromadas, room), of_places) = rayon::join(
            || assign_places(corpus, &mutual, seen.of_countries),
            || invite_guests(corpus, &seen.small, seen.hosts),
        );
        let mut times: HashMap<u32, usize> = HashMap::new();
        for &p in of_hromadas.iter().flatten() {
            *times.entry(p).or_default() += 1;
        }
        let mutual = Some(seen.mutual);
        Lists { field: Arc::clone(&corpus.field), of_hromadas, of_places, times, room, mutual }
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
            mutual: None,
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
                    let assigned = match &self.mutual {
                        Some(of) => corpus.mixed_hromadas(p, of.get(&(p as u32))),
                        None => corpus.mixed_hromadas(p, Some(&corpus.mutual_hromadas(p))),
                    };
                    plain = PlaceList { assigned, guests: Vec::new() };
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

impl Corpus {
    /// Whether a hromada is at the front or partly occupied and has not
    /// joined with a place open: then others are not led to it unasked.
    pub fn is_cold(&self, row: Row) -> bool {
        self.cold.contains(&row)
    }

    /// Whether a hromada may be put on the list of a place unasked.
    fn is_suggested_cold(&self, h: usize, p: usize) -> bool {
        self.is_led_to(h) && !self.is_gated(h, p)
    }

    /// Whether a hromada may be put on any list unasked.
    fn is_led_to(&self, h: usize) -> bool {
        !self.rows[h].statement.closed && !self.is_cold(self.field.hromadas[h])
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

    /// The countries of the best place each for a hromada, the best first.
    pub fn best_countries(&self, subject: Row, limit: usize) -> Vec<Country> {
        let Some(h) = self.field.hromada(subject) else { return Vec::new() };
        let ranges = self.country_ranges();
        let mutual = self.mutual_matches_of(h);
        let best_of = |c: usize| {
            let of = self.best_of_country(h, &mutual, &ranges[c], 1);
            Some((*of.best.first()?, c))
        };
        let mut best: Vec<(Candidate, usize)> = (0..ranges.len()).filter_map(best_of).collect();
        best.sort_unstable_by_key(|(candidate, _)| std::cmp::Reverse(*candidate));
        best.into_iter().take(limit).map(|(_, c)| self.field.countries[c]).collect()
    }

    /// The list of a hromada for whom nobody makes room.
    fn mixed_places(&self, h: usize) -> Vec<u32> {
        let mutual = self.mutual_matches_of(h);
        let ranges = self.country_ranges();
        let of_country =
            |c: usize, limit: usize| self.best_of_country(h, &mutual, &ranges[c], limit);
        // Nobody refuses: no more of a country are asked than may be listed.
        let best = (0..ranges.len()).map(|c| of_country(c, MOST_OF_A_COUNTRY)).collect();
        let chosen = Asking::new(best).plain(|c| of_country(c, LENGTH));
        chosen.iter().map(|c| c.number() as u32).collect()
    }

    /// The list of a place that shows no guests; `mutual` are the hromadas that
    /// it is a mutual match for.
    fn mixed_hromadas(&self, p: usize, mutual: Option<&Vec<u32>>) -> Vec<u32> {
        let candidates = (0..self.rows.len()).filter(|h| self.is_suggested_cold(*h, p)).map(|h| {
            let score = self.score(h, p);
            let is_mutual = mutual.is_some_and(|of| of.contains(&(h as u32)));
            let key = score.hundredths
                + i32::from(self.rows[h].visibility)
                + if is_mutual { TIER } else { 0 };
            Candidate::new(key, score.known() as u32, h)
        });
        let mut candidates: Vec<Candidate> = candidates.collect();
        self.mix_oblasts(&mut candidates).iter().map(|c| c.number() as u32).collect()
    }

    /// The hromadas that a place is a mutual match for.
    fn mutual_hromadas(&self, p: usize) -> Vec<u32> {
        let is_mutual = |h: &usize| self.is_mutual(*h, p);
        (0..self.rows.len()).filter(is_mutual).map(|h| h as u32).collect()
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
}

#[cfg(test)]
mod tests {
    use std::cmp::Reverse;

    use super::*;
    use crate::domain::municipality::SizeBand;
    use crate::matching::rank::tests::{corpus, crowded};

    /// The key of a pair on the list of a hromada, found without the lists.
    fn key(corpus: &Corpus, mutual: &Mutual, h: usize, p: usize) -> Candidate {
        let score = corpus.score(h, p);
        let tier = if mutual[h].contains(&(p as u32)) { TIER } else { 0 };
        Candidate::new(score.hundredths + tier, score.known() as u32, p)
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
