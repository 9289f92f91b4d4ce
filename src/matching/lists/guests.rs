//! The lists of places: small hromadas that would stand on none are guests.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet};

use rayon::prelude::*;

use super::rules::{GUESTS, LENGTH, MOST_OF_AN_OBLAST, PlaceList};
use crate::matching::corpus::Corpus;
use crate::matching::field::Field;
use crate::matching::rank::Candidate;

/// In place of the key of a hromada that may not be listed.
pub(super) const NEVER: i32 = i32::MIN;

/// Hromadas whose hosts are looked through together.
const SOME: usize = 16;

/// One place that shows guests.
pub(super) struct Host {
    /// Its best ten.
    list: Vec<Candidate>,
    /// What each small hromada is put in order by on its list; [`NEVER`] where it
    /// may not be listed.
    keys: Vec<i32>,
    /// Entries of the list that are not small, the last first: they give way.
    giving_way: Vec<usize>,
    /// Its guests by how much they lack, the least first, then by number.
    guests: BTreeSet<(i32, u32)>,
}

impl Host {
    pub(super) fn new(corpus: &Corpus, list: Vec<Candidate>, keys: Vec<i32>) -> Host {
        let field = corpus.field();
        let large = list.iter().map(|c| c.number()).filter(|h| !field.is_small(*h)).rev();
        Host { giving_way: large.collect(), list, keys, guests: BTreeSet::new() }
    }

    /// How much a small hromada lacks to be listed anyway, by its number among
    /// the small.
    fn lacking(&self, small: usize) -> Option<i32> {
        let tenth = self.list.get(LENGTH - 1).map_or(i32::MIN / 2, |c| c.key());
        Some(self.keys[small]).filter(|key| *key != NEVER).map(|key| tenth - key)
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
        if self.guests.len() == GUESTS && self.guests.last() < Some(&asking) {
            return Some(asking.1);
        }
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
pub(super) fn invite_guests(
    corpus: &Corpus,
    small: &[u32],
    hosts: BTreeMap<u32, Host>,
) -> HashMap<u32, PlaceList> {
    let field = corpus.field();
    let (numbers, mut hosts): (Vec<u32>, Vec<Host>) = hosts.into_iter().unzip();
    let lists = hosts.iter().flat_map(|host| &host.list);
    let listed: HashSet<u32> = lists.map(|c| c.number() as u32).collect();
    let waiting: Vec<usize> = (0..small.len()).filter(|i| !listed.contains(&small[*i])).collect();
    // The hosts that each asks, the one it lacks least for on top. Some at a
    // time, because what hosts know of them lies together.
    let asking = waiting.par_chunks(SOME).flat_map_iter(|some| {
        let mut lacking = vec![Vec::with_capacity(hosts.len()); some.len()];
        for (n, host) in hosts.iter().enumerate() {
            for (lacking, i) in lacking.iter_mut().zip(some) {
                lacking.extend(host.lacking(*i).map(|gap| Reverse((gap, n as u32))));
            }
        }
        let asking = some.iter().map(|i| small[*i]);
        asking.zip(lacking.into_iter().map(BinaryHeap::from))
    });
    let mut asking: BTreeMap<u32, BinaryHeap<Reverse<(i32, u32)>>> = asking.collect();
    let mut to_ask: Vec<u32> = asking.keys().copied().collect();
    while let Some(h) = to_ask.pop() {
        let Some(Reverse((gap, n))) = asking.get_mut(&h).and_then(BinaryHeap::pop) else {
            continue;
        };
        to_ask.extend(hosts[n as usize].take(field, (gap, h)));
    }
    numbers.into_iter().zip(hosts.into_iter().map(Host::seated)).collect()
}
