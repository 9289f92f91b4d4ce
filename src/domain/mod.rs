//! What is true in Mosty: municipalities, what they need and can share, and
//! who is tied to whom.
//!
//! Nothing here reads a clock, a file or a database, and nothing here knows
//! how a page looks. Begin with [`municipality`], then [`profile`].

pub mod account;
pub mod area;
pub mod audience;
pub mod claim;
pub mod contact;
pub mod country;
pub mod curation;
pub mod directory;
pub mod draft;
pub mod event;
pub mod fact;
pub mod geo;
pub mod head;
pub mod municipality;
pub mod official;
pub mod profile;
pub mod project;
pub mod region;
pub mod request;
pub mod text;
pub mod tie;
pub mod time;
pub(crate) mod words;
