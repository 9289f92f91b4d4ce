//! The lists of hromadas: each asks its best places, and who is refused asks
//! the next.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::rules::{LENGTH, MOST_LISTS, MOST_OF_A_COUNTRY, MOST_OF_SHARE, Mutual, TIER};
use super::seen::OfCountry;
use crate::matching::corpus::Corpus;
use crate::matching::field::Field;
use crate::matching::rank::Candidate;

/// By how many times more of a country are looked at where those that were do
/// not suffice.
const LOOK_FURTHER: usize = 8;
/// After so many doublings a country's share is no bound any more.
const MOST_DOUBLED: f64 = 100.0;

/// One hromada that asks places.
pub(super) struct Asking {
    of_countries: Vec<OfCountry>,
    /// By country, how many of its best have been asked.
    asked: Vec<usize>,
    /// By country, how many places of it hold this hromada.
    held_by: Vec<usize>,
    /// Countries that have no room for it beyond what they hold: once one
    /// refuses, every place that matters less is refused as well.
    closed: Vec<bool>,
    /// The places that hold it.
    holders: Vec<Candidate>,
    /// The key of the tenth of its plain list, against which it says how much a
    /// place matters to it. Tiers are left out.
    tenth: i32,
}

impl Asking {
    pub(super) fn new(of_countries: Vec<OfCountry>) -> Asking {
        let mut asking = Asking {
            asked: vec![0; of_countries.len()],
            held_by: vec![0; of_countries.len()],
            closed: vec![false; of_countries.len()],
            of_countries,
            holders: Vec::with_capacity(LENGTH),
            tenth: 0,
        };
        asking.begin();
        asking
    }

    /// Nobody has been asked.
    fn begin(&mut self) {
        self.asked.fill(0);
        self.held_by.fill(0);
        self.closed.fill(false);
        self.holders.clear();
    }

    /// The best place that has not been asked, of a country that may have
    /// another; or the country of which more has to be known to tell.
    fn best_to_ask(&self) -> Result<Option<(usize, Candidate)>, usize> {
        let mut best: Option<(usize, Candidate)> = None;
        // The last that is known of a country whose others may be better.
        let mut hidden: Option<(usize, Candidate)> = None;
        let later = |a: Option<(usize, Candidate)>, b: Candidate| a.is_none_or(|(_, a)| b > a);
        for (c, of) in self.of_countries.iter().enumerate() {
            if self.closed[c] || self.held_by[c] >= MOST_OF_A_COUNTRY {
                continue;
            }
            match of.best.get(self.asked[c]) {
                Some(&next) if later(best, next) => best = Some((c, next)),
                None if !of.complete => {
                    if let Some(&last) = of.best.last().filter(|last| later(hidden, **last)) {
                        hidden = Some((c, last));
                    }
                }
                _ => {}
            }
        }
        match (hidden, best) {
            (Some((c, _)), None) => Err(c),
            (Some((c, last)), Some((_, next))) if last > next => Err(c),
            _ => Ok(best),
        }
    }

    /// Takes note that a place is asked and, for now, holds this hromada.
    fn ask(&mut self, c: usize, place: Candidate) {
        self.asked[c] += 1;
        self.held_by[c] += 1;
        self.holders.push(place);
    }

    /// A place no longer holds it.
    fn is_refused(&mut self, c: usize, place: u32, by_country: bool) {
        self.holders.retain(|holder| holder.number() as u32 != place);
        self.held_by[c] -= 1;
        self.closed[c] |= by_country;
    }

    /// Its ten, the best first, were nobody to refuse it; `more` is asked for
    /// more of a country.
    pub(super) fn plain(&mut self, mut more: impl FnMut(usize) -> OfCountry) -> Vec<Candidate> {
        while self.holders.len() < LENGTH {
            match self.best_to_ask() {
                Ok(Some((c, place))) => self.ask(c, place),
                Ok(None) => break,
                Err(c) => self.of_countries[c] = more(c),
            }
        }
        std::mem::take(&mut self.holders)
    }
}

/// How much it matters to a hromada to be on the list of a place; of two
/// alike, it matters less to the higher number.
type Matters = (i32, Reverse<u32>);

/// What places and countries hold of the hromadas that ask.
struct Holding {
    /// By place, those it holds.
    places: Vec<Vec<Matters>>,
    /// By country, those its places hold, the least first; also those they have
    /// refused since.
    countries: Vec<BinaryHeap<Reverse<(Matters, Reverse<u32>)>>>,
    /// How many a country holds, and how many it may.
    held: Vec<usize>,
    room: Vec<usize>,
}

/// A hromada that a place no longer holds.
struct Refusal {
    hromada: u32,
    place: u32,
    /// Whether its country has no room, rather than the place alone.
    by_country: bool,
}

impl Holding {
    fn new(places: usize, room: Vec<usize>) -> Holding {
        Holding {
            places: vec![Vec::new(); places],
            countries: vec![BinaryHeap::new(); room.len()],
            held: vec![0; room.len()],
            room,
        }
    }

    /// Takes a hromada that asks a place of a country, and gives the one that
    /// there is no room for then.
    fn take(&mut self, c: usize, p: u32, matters: Matters) -> Option<Refusal> {
        let place = &mut self.places[p as usize];
        place.push(matters);
        self.countries[c].push(Reverse((matters, Reverse(p))));
        if place.len() > MOST_LISTS {
            let (i, _) = place.iter().enumerate().min_by_key(|(_, matters)| **matters)?;
            let (_, Reverse(hromada)) = place.swap_remove(i);
            return Some(Refusal { hromada, place: p, by_country: false });
        }
        self.held[c] += 1;
        while self.held[c] > self.room[c] {
            let Reverse((matters, Reverse(place))) = self.countries[c].pop()?;
            let held = &mut self.places[place as usize];
            if let Some(i) = held.iter().position(|other| *other == matters) {
                held.swap_remove(i);
                self.held[c] -= 1;
                let Reverse(hromada) = matters.1;
                return Some(Refusal { hromada, place, by_country: true });
            }
        }
        None
    }
}

/// Hromadas ask places: everybody its best ten, and whoever is refused the
/// next. A place that is asked by more than it may stand on the lists of
/// refuses those to whom it matters least. Gives the lists, the best first, and
/// how many places on them each country may have.
pub(super) fn assign_places(
    corpus: &Corpus,
    mutual: &Mutual,
    of_countries: Vec<Vec<OfCountry>>,
) -> (Vec<Vec<u32>>, Vec<usize>) {
    let field: &Field = corpus.field();
    let ranges = corpus.country_ranges();
    let more = |h: usize, c: usize, present: usize| {
        corpus.best_of_country(h, &mutual[h], &ranges[c], present.max(LENGTH) * LOOK_FURTHER)
    };
    let open: Vec<usize> = (0..of_countries.len()).filter(|h| !field.h_occupied[*h]).collect();
    let mut asking: Vec<Asking> = of_countries.into_iter().map(Asking::new).collect();
    for &h in &open {
        let present: Vec<usize> = asking[h].of_countries.iter().map(|of| of.best.len()).collect();
        let tenth = asking[h].plain(|c| more(h, c, present[c])).last().map_or(0, |c| c.key());
        asking[h].tenth = if tenth >= TIER / 2 { tenth - TIER } else { tenth };
    }
    let mut most_of_share = MOST_OF_SHARE;
    let all = (open.len() * LENGTH) as f64;
    loop {
        let most = |c: usize| (f64::from(corpus.rates.share(c)) * most_of_share * all).ceil();
        let room: Vec<usize> = (0..ranges.len()).map(|c| most(c) as usize).collect();
        let mut holding = Holding::new(field.places.len(), room);
        open.iter().for_each(|h| asking[*h].begin());
        let mut to_ask = open.clone();
        while let Some(h) = to_ask.pop() {
            while asking[h].holders.len() < LENGTH {
                match asking[h].best_to_ask() {
                    Ok(None) => break,
                    Err(c) => {
                        let of = &mut asking[h].of_countries[c];
                        *of = more(h, c, of.best.len());
                    }
                    Ok(Some((c, place))) => {
                        asking[h].ask(c, place);
                        let matters = (place.key() - asking[h].tenth, Reverse(h as u32));
                        let refusal = holding.take(c, place.number() as u32, matters);
                        if let Some(Refusal { hromada, place, by_country }) = refusal {
                            asking[hromada as usize].is_refused(c, place, by_country);
                            to_ask.push(hromada as usize);
                        }
                    }
                }
            }
        }
        let is_short = |h: &usize| asking[*h].holders.len() < LENGTH.min(corpus.places_for(*h));
        if most_of_share > MOST_DOUBLED || !open.iter().any(is_short) {
            let list = |mut asking: Asking| -> Vec<u32> {
                asking.holders.sort_unstable_by_key(|c| Reverse(*c));
                asking.holders.iter().map(|c| c.number() as u32).collect()
            };
            return (asking.into_iter().map(list).collect(), holding.room);
        }
        most_of_share *= 2.0;
    }
}
