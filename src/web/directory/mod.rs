//! What everybody reads: municipalities, the partners suggested to them, and
//! what is said about the program.

pub(crate) mod about;
pub(crate) mod api;
pub(crate) mod areas;
pub(crate) mod compare;
pub(crate) mod home;
pub(crate) mod method;
pub(crate) mod municipalities;
pub(crate) mod municipality;
pub(crate) mod outreach;
pub(crate) mod pair;
pub(crate) mod partners;
pub(crate) mod passport;
