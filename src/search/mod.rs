//! Finding a municipality by any spelling: any script, with or without
//! diacritics and apostrophes, former names, foreign names, one slip of the
//! finger. Pure: built from a directory, asked by requests.
//!
//! A name is reduced to a key ([`fold`]); a query is answered by the names
//! with its key, then those that begin with it, then those that sound alike
//! in another romanisation ([`skeleton`]), then those one slip away ([`slip`]),
//! and for long names those that share enough letters in threes ([`trigram`])
//! and differ by two.

mod finder;
mod fold;
mod hashed;
mod index;
mod names;
mod query;
mod skeleton;
mod slip;
mod territories;
mod trigram;
mod words;

pub use finder::{Finder, NotOne};
pub use fold::{fold, romanise, slugify};
pub use index::{Closeness, Hit, Index, MAX_QUERY};
pub use slip::is_cyrillic;
pub use territories::Territory;
