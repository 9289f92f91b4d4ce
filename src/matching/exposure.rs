//! How evenly lists show the candidates: the price of ranking, measured.

use std::collections::HashMap;

use serde::Serialize;

use crate::domain::directory::{Directory, Row};
use crate::domain::municipality::{Control, Municipality, SizeBand};

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
    /// The same by size, from small to large; last those whose population nobody
    /// knows, if there are any.
    pub by_size: Vec<GroupExposure>,
    /// The same by oblast (its code) for hromadas, by country for places.
    pub by_territory: Vec<GroupExposure>,
    /// Those under 10,000 people that others are led to: not at the front or
    /// partly occupied.
    pub small: GroupExposure,
    /// The most shown, with on how many lists each is.
    #[serde(skip)]
    pub most_shown: Vec<(Row, usize)>,
}

/// The exposure of some of the candidates.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct GroupExposure {
    /// What they have in common: the word of a size, or a code.
    pub key: String,
    /// Candidates of this kind.
    pub candidates: usize,
    /// How many of them are on any list.
    pub shown: usize,
    /// Their share of the places in all lists.
    pub share: f64,
}

/// So many of the most shown are named.
const MOST_SHOWN: usize = 10;

impl Exposure {
    /// Counts how often each candidate is on a list. Occupied hromadas are no
    /// candidates and stand outside.
    pub fn of(directory: &Directory, lists: &[Vec<Row>], candidates: &[Row]) -> Exposure {
        let mut shown: HashMap<Row, usize> = HashMap::new();
        for row in lists.iter().flatten() {
            *shown.entry(*row).or_default() += 1;
        }
        let open: Vec<(&Municipality, usize)> = candidates
            .iter()
            .map(|row| (directory.municipality(*row), shown.get(row).copied().unwrap_or(0)))
            .filter(|(m, _)| m.may_be_suggested())
            .collect();
        let mut counts: Vec<usize> = open.iter().map(|(_, n)| *n).collect();
        counts.sort_unstable();
        let total: usize = counts.iter().sum();
        let group = |key: &str, wanted: &dyn Fn(&Municipality) -> bool| {
            let of: Vec<usize> =
                open.iter().filter(|(m, _)| wanted(m)).map(|(_, times)| *times).collect();
            GroupExposure {
                key: key.to_owned(),
                candidates: of.len(),
                shown: of.iter().filter(|n| **n > 0).count(),
                share: of.iter().sum::<usize>() as f64 / (total as f64).max(1.0),
            }
        };
        let bands = SizeBand::ALL.iter().map(|band| (band.as_str(), Some(*band)));
        let by_size: Vec<GroupExposure> = bands
            .chain([("unknown", None)])
            .map(|(key, band)| group(key, &|m| m.size_band() == band))
            .filter(|of| of.key != "unknown" || of.candidates > 0)
            .collect();
        let mut territories: Vec<String> = open.iter().map(|(m, _)| territory(m)).collect();
        territories.sort_unstable();
        territories.dedup();
        let by_territory =
            territories.iter().map(|key| group(key, &|m| territory(m) == *key)).collect();
        let small = |m: &Municipality| m.size_band().is_some_and(|b| b <= SizeBand::From5k);
        let mut most_shown: Vec<(Row, usize)> = shown.into_iter().collect();
        most_shown.sort_unstable_by_key(|(row, n)| (std::cmp::Reverse(*n), *row));
        Exposure {
            distinct: most_shown.len(),
            gini: gini(&counts),
            max: most_shown.first().map_or(0, |(_, n)| *n),
            share_lt10k: by_size[0].share + by_size[1].share,
            by_size,
            by_territory,
            small: group("small", &|m| small(m) && m.control == Control::Government),
            most_shown: {
                most_shown.truncate(MOST_SHOWN);
                most_shown
            },
        }
    }
}

/// The oblast of a hromada, the country of a place.
fn territory(m: &Municipality) -> String {
    if m.country.is_ukraine() { m.region.clone() } else { m.country.to_string() }
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
