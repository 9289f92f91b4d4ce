//! The rules of the assigned lists, and what their parts hand to each other.

use std::collections::BTreeSet;

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
pub const MOST_OF_SHARE: f64 = 1.3;

/// Hromadas on the list of a place that would be on none otherwise, at most.
pub const GUESTS: usize = 2;

/// What a mutual match is put before others by: more than any two scores
/// differ.
pub(super) const TIER: i32 = 1 << 20;

/// Only a place that is among so many best by affinity alone counts as a mutual
/// match: needs choose among the likely and do not make the unlikely so.
pub const BEST_BY_AFFINITY: usize = 200;

/// The hromadas on the list of a place, the best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PlaceList {
    pub(super) assigned: Vec<u32>,
    pub(super) guests: Vec<u32>,
}

/// By hromada, the places that are a mutual match for it.
pub(super) type Mutual = Vec<BTreeSet<u32>>;
