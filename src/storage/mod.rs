//! The only place that knows diesel. Functions take the connection first and
//! give back domain types; row types stay private.
//!
//! SQLite and PostgreSQL are served by the same queries. Where the two need
//! different SQL (upsert, many rows at once), `on_each!` runs the same
//! expression on whichever is there. Begin with [`connection`].

pub mod accounts;
pub mod attempts;
pub mod claims;
pub mod connection;
pub mod contacts;
pub mod credentials;
pub mod curation;
pub mod directory;
pub mod error;
pub mod events;
pub mod evidence;
pub mod facts;
pub mod hidings;
pub mod jobs;
pub mod mails;
pub mod members;
pub mod memberships;
pub mod merges;
pub mod municipalities;
pub mod organisations;
pub mod preferences;
pub mod privacy;
pub mod profiles;
mod projects;
pub mod requests;
mod schema;
pub mod sessions;
pub mod shipped;
pub mod ties;
pub mod unsent;
pub mod version;
mod writer;

pub use connection::{Conn, DatabaseUrl, Db, DbConn, change};
pub use error::{StorageError, StorageResult};
