//! A request to officers: to set a figure right, to record a partnership, to
//! list a municipality that is not in the directory.

use super::account::AccountId;
use super::municipality::MunicipalityId;
use super::time::Moment;
use crate::domain::words::stored_as_words;

/// The id of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub i64);

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RequestKind {
    /// Another population, with year and source.
    Population,
    /// A partnership that is not recorded.
    Tie,
    /// Something else that is wrong.
    Other,
    /// A municipality that is not listed.
    Missing,
}
stored_as_words!(RequestKind {
    Population = "population",
    Tie = "tie",
    Other = "other",
    Missing = "missing",
});

/// How far a request has come. An officer decides it once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RequestState {
    /// Waits for an officer.
    Submitted,
    /// Done as asked.
    Accepted,
    /// Not done, with a reason.
    Refused,
}
stored_as_words!(RequestState {
    Submitted = "submitted",
    Accepted = "accepted",
    Refused = "refused",
});

/// What somebody asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRequest {
    /// What kind of thing.
    pub kind: RequestKind,
    /// Of which municipality; none where it is not listed.
    pub municipality: Option<MunicipalityId>,
    /// Who asks; none for a stranger.
    pub account: Option<AccountId>,
    /// Where a stranger can be answered; may be empty.
    pub email: String,
    /// The language of the page it was asked on, in which a stranger is
    /// answered.
    pub language: String,
    /// The figure, the slug of the partner, or the name of the municipality.
    pub value: String,
    /// The country of a municipality that is not listed, in the asker's words.
    pub country: String,
    /// The year of the figure, or since when the partnership is.
    pub year: Option<i32>,
    /// Where it can be read.
    pub source: String,
    /// Anything more.
    pub message: String,
}

/// A request as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its id.
    pub id: RequestId,
    /// What is asked for.
    pub asked: NewRequest,
    /// How far it has come.
    pub state: RequestState,
    /// Why an officer refused.
    pub answer: String,
    /// When it was made.
    pub created_at: Moment,
}
