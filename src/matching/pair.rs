//! One pair, criterion by criterion: the sums of the kernel, taken apart.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::corpus::Corpus;
use super::criterion::{Criterion, Group};
use crate::domain::area::SUBAREAS;
use crate::domain::directory::Row;
use crate::matching::layout::{ENGLISH, Statement, band_bit, strongest};

/// What one criterion adds to a pair's score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// Which criterion.
    pub criterion: Criterion,
    /// Whether it is known for this pair; unknown adds exactly 0.
    pub known: bool,
    /// Hundredths of a point.
    pub hundredths: i16,
}

/// As every JSON answer has it: `key`, `known`, and `contribution` in points.
impl Serialize for Contribution {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Contribution", 3)?;
        fields.serialize_field("key", self.criterion.as_str())?;
        fields.serialize_field("known", &self.known)?;
        fields.serialize_field("contribution", &(f64::from(self.hundredths) / 100.0))?;
        fields.end()
    }
}

/// A pair's score with everything it is the sum of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairScore {
    /// Hundredths of a point: exactly the sum of the contributions.
    pub hundredths: i32,
    /// One for each of the nine criteria, in order.
    pub contributions: [Contribution; 9],
}

impl PairScore {
    /// The score in points.
    pub fn points(&self) -> f64 {
        f64::from(self.hundredths) / 100.0
    }

    /// How many of the nine criteria are known.
    pub fn known(&self) -> usize {
        self.contributions.iter().filter(|c| c.known).count()
    }

    /// The hundredths of one group.
    pub fn of_group(&self, group: Group) -> i32 {
        self.contributions
            .iter()
            .filter(|c| c.criterion.group() == group)
            .map(|c| i32::from(c.hundredths))
            .sum()
    }

    /// What one criterion adds.
    pub fn of(&self, criterion: Criterion) -> Contribution {
        self.contributions[criterion as usize]
    }
}

impl Corpus {
    /// The score of the hromada and the place at these rows, in either
    /// order; none when they are not one of each.
    pub fn pair(&self, a: Row, b: Row) -> Option<PairScore> {
        let (h, p) = self.sides(a, b)?;
        Some(self.score(h, p))
    }

    /// The numbers of the hromada and the place among two rows.
    pub fn sides(&self, a: Row, b: Row) -> Option<(usize, usize)> {
        match (self.field.hromada(a), self.field.place(b)) {
            (Some(h), Some(p)) => Some((h, p)),
            _ => Some((self.field.hromada(b)?, self.field.place(a)?)),
        }
    }

    /// The score of a hromada and a place by their numbers.
    pub(super) fn score(&self, h: usize, p: usize) -> PairScore {
        self.score_as(h, p, &self.rows[h].statement, &self.statements[p])
    }

    /// The score the two would have had they stated this.
    pub(super) fn score_as(&self, h: usize, p: usize, a: &Statement, b: &Statement) -> PairScore {
        let known = self.known_bits_as(h, p, a, b);
        let contributions = Criterion::ALL.map(|criterion| {
            let known = known >> criterion as u16 & 1 == 1;
            let hundredths = match criterion {
                Criterion::Distance => self.distance_points(h, p),
                Criterion::Size => self.size_points(h, p),
                Criterion::Role => self.role_points(self.field.h_role[h], self.field.p_role[p]),
                Criterion::Country => self.country_points_for(h, p),
                Criterion::Ties => self.path_points(h, p) + self.activity_points(p),
                Criterion::Needs => self.needs_points(a, b),
                Criterion::Languages => self.language_points(a, b),
                Criterion::Formats => self.format_points(h, p, a, b),
                Criterion::Readiness => readiness_points(a, b),
            };
            Contribution { criterion, known, hundredths }
        });
        let hundredths = contributions.iter().map(|c| i32::from(c.hundredths)).sum();
        PairScore { hundredths, contributions }
    }

    /// Benefit of one side: its needs, met by the other's offers.
    pub(super) fn benefit(&self, needs: &[(u8, u8)], offers: &[(u8, u8)]) -> u16 {
        let mut strengths = [0; SUBAREAS];
        for (subarea, strength) in strongest(offers, self.weights.policy.same_area_divisor) {
            strengths[subarea as usize] = strength;
        }
        // A sub-area stated twice, as need and as exchange, weighs together,
        // up to what a byte holds: as in the columns of the kernel.
        let mut weights = [0u8; SUBAREAS];
        for &(subarea, weight) in needs {
            let sum = &mut weights[subarea as usize];
            *sum = sum.saturating_add(weight);
        }
        weights.iter().zip(&strengths).map(|(w, s)| u16::from(*w) * u16::from(*s)).sum()
    }

    fn needs_points(&self, a: &Statement, b: &Statement) -> i16 {
        if !(a.has_entries && b.has_entries) {
            return 0;
        }
        let policy = &self.weights.policy;
        let for_hromada = f32::from(self.benefit(&a.needs, &b.offers));
        let for_place = f32::from(self.benefit(&b.needs, &a.offers));
        let full = f32::from(policy.full_benefit);
        // The harmonic mean asks for both to gain; half of the larger keeps
        // one-way help in the list.
        let mutual = 2.0 * for_hromada * for_place / (for_hromada + for_place).max(1.0);
        let fit = mutual.max(for_hromada.max(for_place) * 0.5).min(full);
        (fit * (f32::from(policy.needs) / full)) as i32 as i16
    }

    fn language_points(&self, a: &Statement, b: &Statement) -> i16 {
        if a.languages.is_empty() || b.languages.is_empty() {
            return 0;
        }
        let common = self.common_language(a, b).map_or(0, |(points, ..)| points);
        common.max(self.interpreter_points(a, b))
    }

    /// The points of a language at a level of 1 to 4.
    fn points_of_language(&self, language: u8, level: u8) -> i16 {
        let policy = &self.weights.policy;
        let points = if language == *ENGLISH { &policy.english } else { &policy.language };
        points[usize::from(level) - 1]
    }

    /// The language the two share that is worth most, with its points and the
    /// level of the weaker side.
    pub(super) fn common_language(&self, a: &Statement, b: &Statement) -> Option<(i16, u8, u8)> {
        let shared = a.languages.iter().filter_map(|(l, x)| {
            let (_, y) = b.languages.iter().find(|(m, _)| m == l)?;
            let level = *x.min(y);
            Some((self.points_of_language(*l, level), level, *l))
        });
        shared.max_by_key(|(points, level, l)| (*points, *level, std::cmp::Reverse(*l)))
    }

    /// The points of what an interpreter of either side makes common.
    pub(super) fn interpreter_points(&self, a: &Statement, b: &Statement) -> i16 {
        let best = |s: &Statement| s.languages.iter().map(|l| l.1).max().unwrap_or(0);
        let helper = self.weights.policy.interpreter_level;
        let over = |has: bool, other: &Statement| if has { helper.min(best(other)) } else { 0 };
        match over(a.interpreter, b).max(over(b.interpreter, a)) {
            0 => 0,
            level => self.weights.policy.english[usize::from(level) - 1],
        }
    }

    fn format_points(&self, h: usize, p: usize, a: &Statement, b: &Statement) -> i16 {
        let policy = &self.weights.policy;
        let formats = match (a.formats & b.formats).count_ones() {
            0 => 0,
            n => policy.formats[n.min(3) as usize - 1],
        };
        let c = self.field.p_country[p] as usize;
        let met = [
            a.wanted_countries.contains(&self.field.countries[c]),
            a.wanted_sizes & band_bit(self.field.p_band[p]) != 0,
            b.wanted_countries.iter().any(|c| c.is_ukraine()),
            b.wanted_sizes & self.rows[h].band != 0,
        ];
        formats + policy.wish * met.into_iter().filter(|m| *m).count() as i16
    }
}

fn readiness_points(a: &Statement, b: &Statement) -> i16 {
    if a.readiness > 0 && b.readiness > 0 { a.readiness + b.readiness } else { 0 }
}
