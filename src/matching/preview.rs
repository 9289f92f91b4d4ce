//! The list a municipality would have, had it stated something else: asked by
//! whoever writes a profile, before anybody else sees it.

use chrono::NaiveDate;

use super::corpus::Corpus;
use super::pair::PairScore;
use super::rank::{Best, Candidate, Order};
use crate::domain::directory::{Record, Row};
use crate::matching::layout::{Statement, rarities};

/// One partner of such a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Previewed {
    /// The partner.
    pub row: Row,
    /// The score the pair would have.
    pub score: PairScore,
}

impl Corpus {
    /// The best partners of the municipality at `subject`, at most `limit`,
    /// had it stated in public what `record` states. With what it has stated,
    /// this is what [`Corpus::rank`] gives by score.
    pub fn preview(
        &self,
        subject: Row,
        record: &Record,
        today: NaiveDate,
        limit: usize,
    ) -> Vec<Previewed> {
        if limit == 0 || self.is_occupied(subject) {
            return Vec::new();
        }
        let policy = &self.weights.policy;
        let stated = Statement::of(record, policy, &rarities(policy), today);
        if let Some(h) = self.field.hromada(subject) {
            let m = &record.municipality;
            let band = m.size_band().map_or(u8::MAX, |b| b.index() as u8);
            let row = self.row(h, stated.clone(), band, self.rows[h].class);
            self.rank_places(h, &row, Order::Score, limit, &|_| true)
                .map(|c| Previewed {
                    row: self.field.places[c.number()],
                    score: self.score_as(h, c.number(), &stated, &self.statements[c.number()]),
                })
                .collect()
        } else if let Some(p) = self.field.place(subject) {
            let score = |h: usize| self.score_as(h, p, &self.rows[h].statement, &stated);
            if stated.closed || stated.excluded_countries.iter().any(|c| c.is_ukraine()) {
                return Vec::new();
            }
            let mut best = Best::new(limit);
            for (h, row) in self.rows.iter().enumerate() {
                let is_partner = row.partners.binary_search(&(p as u32)).is_ok();
                let country = usize::from(self.field.p_country[p]);
                if row.statement.closed || is_partner || row.excluded_country[country] {
                    continue;
                }
                let score = score(h);
                let key = score.hundredths + i32::from(row.visibility);
                best.offer(Candidate::new(key, score.known() as u32, h));
            }
            best.sorted()
                .map(|c| Previewed {
                    row: self.field.hromadas[c.number()],
                    score: score(c.number()),
                })
                .collect()
        } else {
            Vec::new()
        }
    }
}
