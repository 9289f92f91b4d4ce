//! Which way a statement goes, and who may read it.

use super::area::SubArea;
use super::country::Country;
use crate::domain::words::stored_as_words;

/// Which way an entry of a profile points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Looking for help.
    Need,
    /// Able to share.
    Offer,
    /// Both at once: wants to learn together.
    Exchange,
}
stored_as_words!(Direction { Need = "need", Offer = "offer", Exchange = "exchange" });

impl Direction {
    /// Whether the entry counts among the needs.
    pub fn needs(self) -> bool {
        self != Direction::Offer
    }

    /// Whether the entry counts among the offers.
    pub fn offers(self) -> bool {
        self != Direction::Need
    }
}

/// Who may read a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Everybody.
    Public,
    /// Members of verified municipalities.
    Verified,
    /// Only the partner it was written for.
    Partner,
}
stored_as_words!(Audience { Public = "public", Verified = "verified", Partner = "partner" });

impl Audience {
    /// The audience an entry starts with: what a Ukrainian municipality lacks
    /// in a sensitive area is for verified members, everything else is public.
    pub fn default_for(country: Country, direction: Direction, subarea: SubArea) -> Audience {
        let lacks = direction != Direction::Offer;
        if country.is_ukraine() && lacks && subarea.is_sensitive() {
            Audience::Verified
        } else {
            Audience::Public
        }
    }
}
