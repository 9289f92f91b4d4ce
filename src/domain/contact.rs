//! Whom to turn to in a municipality.

use crate::domain::audience::Audience;

/// A municipality names at most this many: the first and a substitute, for
/// people leave and fall ill.
pub const MAX_CONTACTS: usize = 2;

/// Longest line of a contact, in characters.
pub const MAX_CONTACT_LINE: usize = 120;

/// Somebody to turn to. Never public: whoever reads it is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Name of the person or of the office.
    pub name: String,
    /// What they do there.
    pub position: String,
    /// Where letters reach them.
    pub email: String,
    /// Where calls reach them; may be empty.
    pub phone: String,
    /// Who may read it: members of verified municipalities, or partners only.
    pub audience: Audience,
}
