//! Which municipality a text means: by slug, by code, or by name.

use super::index::{Hit, Index};
use super::territories::Territory;
use crate::domain::directory::{Directory, Row};

/// Finds municipalities of a directory by what people write.
#[derive(Clone, Copy)]
pub struct Finder<'a> {
    /// The directory.
    pub directory: &'a Directory,
    /// The names of it.
    pub index: &'a Index,
}

/// A text does not say which municipality it means.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotOne {
    /// None has it as slug, code or name.
    #[error("no municipality has the slug, the code or the name “{0}”")]
    None(String),
    /// Several bear the name; some of them, by their slugs.
    #[error(
        "“{name}” is the name of several municipalities; write the slug of one, such as {}, or \
         the region or country behind the name", .slugs.join(" or ")
    )]
    Several {
        /// The name.
        name: String,
        /// The slugs of the largest.
        slugs: Vec<String>,
    },
}

impl<'a> Finder<'a> {
    /// The municipalities a query may mean, the likeliest first.
    pub fn search(self, query: &str, limit: usize) -> Vec<Hit> {
        match self.directory.by_code(query) {
            Some(row) => vec![self.index.hit_of(row)],
            None => self.index.search(query, limit),
        }
    }

    /// The municipality that opens at once when somebody looks for this: the
    /// only one that has the code or bears the name, if no country and no
    /// region is called so.
    pub fn opening(self, query: &str) -> Option<Row> {
        if let Some(row) = self.directory.by_code(query) {
            return Some(row);
        }
        match self.index.bearing(query).as_slice() {
            [one] if !one.part && self.regions(query).is_empty() => Some(one.row),
            _ => None,
        }
    }

    /// The countries and regions that a query as a whole names: what a list can
    /// be narrowed to.
    pub fn regions(self, query: &str) -> Vec<&'a Territory> {
        let mut named = self.index.territories(query);
        named.retain(|territory| territory.district.is_empty());
        named
    }

    /// The one municipality a text means, for a command or a form that acts on
    /// it: its slug, a code, or a name that no other one bears where the text
    /// says it lies.
    ///
    /// # Errors
    /// [`NotOne`] with a sentence that says what to write instead.
    pub fn identify(self, text: &str) -> Result<Row, NotOne> {
        const NAMED: usize = 3;
        if let Some(row) = self.directory.find(text) {
            return Ok(row);
        }
        let shown: String = text.trim().chars().take(60).collect();
        let hits = self.index.bearing(text);
        match hits.as_slice() {
            [] => Err(NotOne::None(shown)),
            [one] => Ok(one.row),
            _ => {
                let slug = |hit: &Hit| self.directory.municipality(hit.row).slug.clone();
                Err(NotOne::Several {
                    name: shown,
                    slugs: hits.iter().take(NAMED).map(slug).collect(),
                })
            }
        }
    }
}
