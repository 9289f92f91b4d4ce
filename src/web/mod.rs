//! The only place that knows actix-web. [`routes`] is the whole table of
//! addresses. Every resource has a file in one of the wings, and a template of
//! the same name; all of them stand on the kit, which knows no resource, and
//! none knows another wing.

mod admin;
mod directory;
mod guard;
mod kit;
mod office;
mod people;
mod routes;
mod server;

pub use kit::addresses::RouteRow;
pub use kit::app::App;
pub use routes::table;
pub use server::{app, serve};
