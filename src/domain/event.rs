//! What happened: one row for every change of state, never altered.

use super::time::Moment;
use crate::domain::words::stored_as_words;

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The directory as a whole.
    Directory,
    /// One municipality.
    Municipality,
    /// One account.
    Account,
    /// One claim of a municipality.
    Claim,
    /// One request to set something right.
    Request,
}

stored_as_words!(Subject {
    Directory = "directory",
    Municipality = "municipality",
    Account = "account",
    Claim = "claim",
    Request = "request",
});

/// One entry of the log, as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    /// What kind of thing changed.
    pub subject: Subject,
    /// Its id; 0 for the directory as a whole.
    pub subject_id: i64,
    /// What was done, as a stable word.
    pub action: &'static str,
    /// The account that did it; none for the program itself.
    pub actor: Option<i64>,
    /// The state or value before, where there was one.
    pub from: Option<String>,
    /// The state or value after.
    pub to: Option<String>,
    /// Why, or where from.
    pub note: String,
    /// When.
    pub at: Moment,
}
