//! Files from outside, read into checked drafts. Nothing here writes; what
//! is read goes to storage, or is shown as what would be done.

pub mod pairs;
pub mod profiles;
pub mod shipped;
