//! What project officers and admins do.

pub(crate) mod accounts;
pub(crate) mod claims;
pub(crate) mod corrections;
pub(crate) mod log;
pub(crate) mod municipalities;
