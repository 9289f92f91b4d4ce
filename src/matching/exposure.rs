//! How evenly lists show the candidates: the price of ranking, measured.

use std::collections::HashMap;

use serde::Serialize;

use crate::domain::directory::{Directory, Row};
use crate::domain::municipality::SizeBand;

/// How evenly the lists of ten show the candidates.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Exposure {
    /// Different municipalities shown at all.
    pub distinct: usize,
    /// Gini coefficient of how often each candidate is shown: 0 all alike, 1
    /// only one.
    pub gini: f64,
    /// How many lists the most shown is on.
    pub max: usize,
    /// Share of the places in all lists that go to municipalities under
    /// 10,000 people.
    pub share_lt10k: f64,
    /// The same by size, from small to large.
    pub by_size: Vec<BandExposure>,
    /// The same of those whose population nobody knows.
    pub of_unknown_size: BandExposure,
}

/// The exposure of one band of sizes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct BandExposure {
    /// The band's stable word.
    pub band: &'static str,
    /// Candidates of this size.
    pub candidates: usize,
    /// How many of them are on any list.
    pub shown: usize,
    /// Their share of the places in all lists.
    pub share: f64,
}

impl Exposure {
    /// Counts how often each candidate is on a list. Occupied hromadas are no
    /// candidates and stand outside.
    pub fn of(directory: &Directory, lists: &[Vec<Row>], candidates: &[Row]) -> Exposure {
        let mut shown: HashMap<Row, usize> = HashMap::new();
        for row in lists.iter().flatten() {
            *shown.entry(*row).or_default() += 1;
        }
        let times = |row: &Row| shown.get(row).copied().unwrap_or(0);
        let open: Vec<Row> = candidates
            .iter()
            .copied()
            .filter(|row| directory.municipality(*row).may_be_suggested())
            .collect();
        let mut counts: Vec<usize> = open.iter().map(times).collect();
        counts.sort_unstable();
        let total: usize = counts.iter().sum();
        let share = |n: usize| if total == 0 { 0.0 } else { n as f64 / total as f64 };
        let of_band = |band: Option<SizeBand>| {
            let of_band: Vec<usize> = open
                .iter()
                .filter(|row| directory.municipality(**row).size_band() == band)
                .map(times)
                .collect();
            BandExposure {
                band: band.map_or("unknown", SizeBand::as_str),
                candidates: of_band.len(),
                shown: of_band.iter().filter(|n| **n > 0).count(),
                share: share(of_band.iter().sum()),
            }
        };
        let by_size: Vec<BandExposure> =
            SizeBand::ALL.iter().map(|band| of_band(Some(*band))).collect();
        Exposure {
            distinct: shown.len(),
            gini: gini(&counts),
            max: shown.values().copied().max().unwrap_or(0),
            share_lt10k: by_size[0].share + by_size[1].share,
            by_size,
            of_unknown_size: of_band(None),
        }
    }
}

/// The Gini coefficient of ascending counts.
fn gini(counts: &[usize]) -> f64 {
    let (n, total) = (counts.len() as f64, counts.iter().sum::<usize>() as f64);
    if total == 0.0 {
        return 0.0;
    }
    let weighted: f64 = counts.iter().enumerate().map(|(i, c)| (i + 1) as f64 * *c as f64).sum();
    2.0 * weighted / (n * total) - (n + 1.0) / n
}

#[cfg(test)]
mod tests {
    use super::gini;

    #[test]
    fn gini_is_0_when_all_are_alike_and_near_1_when_one_has_all() {
        assert!(gini(&[3, 3, 3, 3]).abs() < 1e-12);
        let mut one = vec![0; 1_000];
        one[999] = 50;
        assert!((gini(&one) - 0.999).abs() < 1e-9);
        assert_eq!(gini(&[0, 0]), 0.0);
    }
}
