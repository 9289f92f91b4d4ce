//! Files from outside, read into checked drafts. Nothing here writes; what
//! is read goes to storage, or is shown as what would be done.

pub mod pairs;
pub mod plan;
pub mod profiles;
pub mod shipped;

/// The source of what was imported without saying whose figures they are.
pub const UNNAMED_SOURCE: &str = "unnamed";
