//! What every wing is built with. It knows no resource.

pub(crate) mod addresses;
pub(crate) mod app;
pub(crate) mod assets;
pub(crate) mod error;
pub(crate) mod error_pages;
pub(crate) mod files;
pub(crate) mod form;
pub(crate) mod limits;
pub(crate) mod lookup;
pub(crate) mod map;
pub(crate) mod pace;
pub(crate) mod page;
pub(crate) mod params;
pub(crate) mod resend;
pub(crate) mod respond;
pub(crate) mod security;
pub(crate) mod upload;
pub(crate) mod view;
pub(crate) mod visitor;
pub(crate) mod wire;
pub(crate) mod work;
