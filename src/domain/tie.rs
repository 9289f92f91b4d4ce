//! Recorded ties between two places.
//!
//! A tie is what some list says: a twinning, a partnership, a friendship. It
//! is not a partnership made on this platform. Lists are partial, so a tie
//! that is not recorded is unknown, not absent.

use super::municipality::MunicipalityId;

/// One end of a tie.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// An entry of the directory.
    Listed(MunicipalityId),
    /// A place outside the directory, by the name the list gives it.
    Outside(String),
}

impl Place {
    /// The entry of the directory, if it is one.
    pub fn municipality(&self) -> Option<MunicipalityId> {
        match self {
            Place::Listed(id) => Some(*id),
            Place::Outside(_) => None,
        }
    }
}

/// A tie between two places, with where it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// One end.
    pub a: Place,
    /// The other end.
    pub b: Place,
    /// The year it began, where the list says so.
    pub since: Option<i32>,
    /// The list it was read from.
    pub source: String,
}

impl Tie {
    /// The two ends as entries of the directory, if both are.
    pub fn listed_pair(&self) -> Option<(MunicipalityId, MunicipalityId)> {
        Some((self.a.municipality()?, self.b.municipality()?))
    }

    /// What makes it the same tie in another list: its two ends, in either
    /// order.
    pub fn pair_key(&self) -> String {
        let key = |place: &Place| match place {
            Place::Listed(id) => id.0.to_string(),
            Place::Outside(name) => name.clone(),
        };
        let (a, b) = (key(&self.a), key(&self.b));
        if a <= b { format!("{a}|{b}") } else { format!("{b}|{a}") }
    }

    /// The other end, seen from one.
    pub fn other(&self, from: MunicipalityId) -> Option<&Place> {
        match (&self.a, &self.b) {
            (Place::Listed(id), other) | (other, Place::Listed(id)) if *id == from => Some(other),
            _ => None,
        }
    }
}
