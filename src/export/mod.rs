//! The public data as files and answers: what every visitor sees, for
//! programs and spreadsheets. Pages, API and command line take it from here,
//! so that none of them shows more than another.

mod data;
pub mod docx;
mod table;

pub use data::{MUNICIPALITY_COLUMNS, brief, exposure, municipalities, ties, whole, write_geojson};
pub use table::{Cell, Table};
