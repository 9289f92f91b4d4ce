//! Figures with their year and source.

/// Where a fact came from. A later one of these is shown before an earlier
/// one, so that neither an import nor a newer shipped directory hides what a
/// person curated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// Shipped with the program.
    Shipped,
    /// Imported by an administrator from a file.
    Imported,
    /// Entered or confirmed by a person on the platform.
    Curated,
}

impl Origin {
    /// The word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Origin::Shipped => "shipped",
            Origin::Imported => "imported",
            Origin::Curated => "curated",
        }
    }

    /// The reverse of [`Origin::as_str`].
    pub fn from_stored(word: &str) -> Option<Origin> {
        [Origin::Shipped, Origin::Imported, Origin::Curated]
            .into_iter()
            .find(|o| o.as_str() == word)
    }
}

/// How many people live in a municipality, as far as anybody knows.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Population {
    /// Number of people, at least 0.
    pub value: i64,
    /// The year the figure is of, where known.
    pub year: Option<i32>,
    /// Who published the figure, or how it was estimated.
    pub source: String,
    /// Whether it is an estimate, printed with ≈.
    pub estimated: bool,
}
