//! What the members of a municipality do here.

pub(crate) mod claim_view;
pub(crate) mod claims;
pub(crate) mod corrections;
pub(crate) mod evidence;
pub(crate) mod hiding;
pub(crate) mod members;
pub(crate) mod profile;
