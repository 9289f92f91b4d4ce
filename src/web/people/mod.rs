//! What somebody does with an account of their own.

pub(crate) mod account;
pub(crate) mod credentials;
pub(crate) mod links;
pub(crate) mod privacy;
pub(crate) mod second_factor;
pub(crate) mod sign_in;
pub(crate) mod subscriptions;
pub(crate) mod theme;
pub(crate) mod unsent;
