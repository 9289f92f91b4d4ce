//! Telling a whole list: what several of its rows share is said once, and each
//! row keeps what only it has, so that a list of ten reads like ten different
//! places.

use std::collections::BTreeMap;

use super::corpus::Corpus;
use super::criterion::Criterion;
use super::explain::Reason;
use crate::domain::country::Country;
use crate::domain::directory::Row;

/// So many rows share something before it is said once for them.
pub const SHARED_BY: usize = 4;
/// The same kind of sentence stands in a list no more often, where a row has
/// another.
const MOST_ALIKE: usize = 3;

/// What some rows of a list have in common.
#[derive(Clone, Debug, PartialEq)]
pub enum Shared {
    /// So many are of one country; with what is known of it.
    Country {
        /// The country.
        country: Country,
        /// How many rows.
        rows: usize,
        /// Known partnerships, if there are any.
        reason: Option<Reason>,
    },
    /// The smallest and the largest of those whose population is known.
    Sizes {
        /// How many rows.
        rows: usize,
        /// The one with the fewest people.
        least: Row,
        /// The one with the most.
        most: Row,
    },
    /// Criteria that nobody knows for any of them.
    Unknown {
        /// How many rows.
        rows: usize,
        /// Which.
        criteria: Vec<Criterion>,
    },
}

/// What is said of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// Said once, above it.
    pub shared: Vec<Shared>,
    /// By row of the list, the one sentence it is given; none where nothing
    /// is left to say.
    pub lines: Vec<Option<Reason>>,
}

impl Corpus {
    /// What to say of the partners of a subject that stand on a list together.
    pub fn tell(&self, subject: Row, rows: &[Row]) -> Told {
        let mut told = Told::default();
        let silent: Vec<Row> =
            rows.iter().copied().filter(|row| !self.states_anything(*row)).collect();
        let countries = self.shared_countries(subject, &silent);
        let mut used: BTreeMap<&'static str, usize> = BTreeMap::new();
        for &row in rows {
            let of_country = self.field.place(row).map(|p| self.field.p_country[p]);
            let shared = of_country.is_some_and(|c| countries.contains_key(&c));
            let line = self.line(subject, row, shared, &used);
            if let Some(reason) = line.as_ref().filter(|_| silent.contains(&row)) {
                *used.entry(reason.key).or_default() += 1;
            }
            told.lines.push(line);
        }
        for (c, of) in countries {
            let reason = self.known_of_country(subject, of[0]).filter(|(_, known)| *known > 0);
            told.shared.push(Shared::Country {
                country: self.field.countries[usize::from(c)],
                rows: of.len(),
                reason: reason.map(|(reason, _)| reason),
            });
        }
        told.shared.extend(self.shared_sizes(&silent));
        told.shared.extend(self.shared_unknowns(subject, &silent));
        told
    }

    /// The countries that many of the rows are of, with those rows; nothing
    /// where the rows are hromadas.
    fn shared_countries(&self, subject: Row, rows: &[Row]) -> BTreeMap<u16, Vec<Row>> {
        let mut countries: BTreeMap<u16, Vec<Row>> = BTreeMap::new();
        if self.field.hromada(subject).is_some() {
            for &row in rows {
                if let Some(p) = self.field.place(row) {
                    countries.entry(self.field.p_country[p]).or_default().push(row);
                }
            }
        }
        countries.retain(|_, rows| rows.len() >= SHARED_BY);
        countries
    }

    /// The most specific that is left to say of a row: not what is said above
    /// the list, and not a sentence that stands often already.
    fn line(
        &self,
        subject: Row,
        row: Row,
        country_is_shared: bool,
        used: &BTreeMap<&'static str, usize>,
    ) -> Option<Reason> {
        let why = self.explain(subject, row)?;
        let mut reasons: Vec<Reason> = why
            .for_subject
            .into_iter()
            .filter(|r| !(country_is_shared && r.key.starts_with("reason-country")))
            .collect();
        // Where nothing speaks for a pair, its facts are said.
        if !reasons.iter().any(|r| r.criterion == Criterion::Size) {
            reasons.extend(self.size_fact(subject, row));
        }
        if !country_is_shared && !reasons.iter().any(|r| r.key.starts_with("reason-country")) {
            reasons.extend(self.country_fact(subject, row));
        }
        let seldom = |r: &&Reason| used.get(r.key).is_none_or(|n| *n < MOST_ALIKE);
        reasons.iter().find(seldom).or(reasons.first()).cloned()
    }

    fn shared_sizes(&self, rows: &[Row]) -> Option<Shared> {
        let people = |row: &Row| match (self.field.hromada(*row), self.field.place(*row)) {
            (Some(h), _) => self.field.h_ln_people[h],
            (_, Some(p)) => self.field.p_ln_people[p],
            _ => None,
        };
        let known: Vec<(f32, Row)> =
            rows.iter().filter_map(|row| Some((people(row)?, *row))).collect();
        let least = known.iter().min_by(|a, b| a.0.total_cmp(&b.0))?.1;
        let most = known.iter().max_by(|a, b| a.0.total_cmp(&b.0))?.1;
        (known.len() >= SHARED_BY && least != most).then_some(Shared::Sizes {
            rows: known.len(),
            least,
            most,
        })
    }

    fn shared_unknowns(&self, subject: Row, rows: &[Row]) -> Option<Shared> {
        let mut criteria = Criterion::ALL.to_vec();
        for &row in rows {
            let score = self.pair(subject, row)?;
            criteria.retain(|c| !score.of(*c).known);
        }
        (rows.len() >= SHARED_BY && !criteria.is_empty())
            .then_some(Shared::Unknown { rows: rows.len(), criteria })
    }
}
