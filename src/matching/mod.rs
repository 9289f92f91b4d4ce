//! Who fits whom, and why. Pure and deterministic: no clock, no files, no
//! database, and the same lists on any number of threads.
//!
//! [`Corpus`] lays a directory out; [`Corpus::rank`] and
//! [`Corpus::rank_all`] make lists; [`Corpus::pair`] takes one pair apart.
//! Begin with [`criterion`], then [`knowledge`].

pub mod corpus;
pub mod criterion;
pub mod curve;
pub mod evaluate;
pub mod explain;
pub mod exposure;
pub mod field;
pub mod fit;
mod kernel;
pub mod knowledge;
mod layout;
pub mod lists;
pub mod pair;
pub mod preview;
pub mod rank;
pub mod rates;
pub mod telling;
pub mod weights;

pub use corpus::{Corpus, Settings};
pub use criterion::{Criterion, Group};
pub use explain::{Arg, Change, Explanation, Reason};
pub use exposure::Exposure;
pub use lists::Lists;
pub use pair::{Contribution, PairScore};
pub use preview::Previewed;
pub use rank::{AllLists, ListKind, Match, Order};
pub use telling::{Shared, Told};
pub use weights::Weights;
