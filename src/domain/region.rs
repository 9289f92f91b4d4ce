//! First-order regions: oblasts, Länder, voivodeships.

use super::country::Country;

/// A region of a country, for filters and headings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// The country.
    pub country: Country,
    /// Its code, as in [`super::municipality::Municipality::region`].
    pub code: String,
    /// Name used in English texts.
    pub name: String,
    /// Name in Ukrainian; empty where none is known.
    pub name_uk: String,
    /// What it is called in its own languages, a line each.
    pub other_names: String,
}
