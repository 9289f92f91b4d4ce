//! What every criterion is worth: the versioned file that `mosty fit` writes.
//!
//! Affinity is learned from known partnerships; Fit and Readiness are policy,
//! because no partnership of the past was made on stated needs and offers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::curve::Curve;
use super::field::{HROMADA_ROLES, PLACE_ROLES};
use super::knowledge::Quantity;
use super::rates::Rates;

/// The weights that come with the program.
const SHIPPED: &str = include_str!("../../data/weights.json");

/// All weights of one version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weights {
    /// Name of this version, shown with every score.
    pub version: String,
    /// What affinity was learned from.
    pub learned_from: LearnedFrom,
    /// Points for one unit of log-odds.
    pub points_per_log_odds: f32,
    /// The curve of each quantity, in points.
    pub curves: BTreeMap<Quantity, Curve>,
    /// Points by class of hromada, then class of place.
    pub roles: [[f32; PLACE_ROLES]; HROMADA_ROLES],
    /// How often whom finds partners where.
    pub rates: Rates,
    /// What was decided rather than learned.
    pub policy: Policy,
}

/// What a weights file was learned from, and how well it did on what it had
/// not seen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LearnedFrom {
    /// Known partnerships.
    pub pairs: usize,
    /// The year of the newest of them, from which their ages are counted.
    pub newest_year: i32,
    /// Twinnings among places.
    pub twinnings: usize,
    /// Candidate places.
    pub places: usize,
    /// Hit@10 on a held-out fifth, every tie of the other four known.
    pub held_out_hit_at_10: f64,
    /// Area under the ROC curve on the same.
    pub held_out_auc: f64,
}

/// Points that are decided, not learned. All are whole numbers of hundredths
/// of a point unless said otherwise.
///
/// Past partnerships were not made on stated needs, so no weight of them can be
/// learned. They are set so that where both sides have stated something, what
/// they could do for each other decides among the likely (the order of
/// suggestions follows it more than anything else), and so that what is stated
/// of willingness ([`Criterion::Readiness`](super::Criterion)) never outweighs
/// a need that is met.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Policy {
    /// Weight of a need by its rank, first to fifth.
    pub rank: [u8; 5],
    /// Strength of an offer by its level, 1 to 4.
    pub level: [u8; 4],
    /// An offer in the same area but another sub-area counts this part of
    /// one, as a divisor.
    pub same_area_divisor: u8,
    /// How rare a sub-area is, in tenths: a match in a rare one counts more.
    /// Sub-areas that are not named count 10.
    pub rarity: BTreeMap<String, u8>,
    /// The mutual benefit that earns all points of needs and offers.
    pub full_benefit: u16,
    /// All points of needs and offers.
    pub needs: i16,
    /// Points of a common language by the weaker side's level, 1 to 4; of
    /// several the best counts.
    pub language: [i16; 4],
    /// The same of English, which nearly everybody states: it tells partners
    /// apart less than a language few share. An interpreter is worth as much.
    pub english: [i16; 4],
    /// The level at which an interpreter makes a language of one side common,
    /// 0 to 4.
    pub interpreter_level: u8,
    /// Points of one, two, three and more common formats.
    pub formats: [i16; 3],
    /// Points of each of the four wishes that are met: country and size, of
    /// either side.
    pub wish: i16,
    /// Points of a side that has claimed its profile.
    pub claimed: i16,
    /// More points when an officer has verified it.
    pub verified: i16,
    /// More points when it has said that a place is open.
    pub open_place: i16,
    /// The part of a hromada's learned visibility that is added when
    /// hromadas are listed, in percent.
    pub visibility_percent: u8,
}

impl Policy {
    /// The most hundredths that Fit and Readiness can add together.
    fn most(&self) -> i16 {
        let readiness = self.claimed + self.verified + self.open_place;
        let best = |points: &[i16]| points.iter().copied().max().unwrap_or(0);
        let language = best(&self.language).max(best(&self.english));
        self.needs + language + best(&self.formats) + 4 * self.wish + 2 * readiness
    }
}

impl Default for Policy {
    fn default() -> Policy {
        let common = [
            ("energy/efficiency", 8),
            ("water/supply", 8),
            ("education/schools", 8),
            ("health/hospitals", 8),
            ("mobility/streets", 8),
            ("environment/waste", 8),
            ("economy/tourism", 8),
            ("digital/services", 9),
            ("social/idp", 9),
            ("culture/exchange", 8),
            ("education/youth-exchange", 9),
            ("economy/sme", 9),
            ("health/rehabilitation", 12),
            ("safety/mines", 12),
            ("safety/continuity", 12),
            ("cohesion/memory", 12),
            ("cohesion/security-groups", 12),
            ("water/basins", 12),
            ("planning/damage", 12),
            ("planning/bauhaus", 12),
        ];
        Policy {
            rank: [10, 8, 7, 6, 5],
            level: [4, 8, 12, 16],
            same_area_divisor: 4,
            rarity: common.into_iter().map(|(s, r)| (s.to_owned(), r)).collect(),
            // One need that is met by a good offer, and one the other way
            // round, is what a partnership can begin with: that is 80 to 160.
            full_benefit: 96,
            needs: 4_000,
            language: [200, 500, 700, 800],
            english: [100, 250, 350, 400],
            interpreter_level: 2,
            formats: [150, 300, 400],
            wish: 100,
            claimed: 100,
            verified: 150,
            open_place: 250,
            visibility_percent: 50,
        }
    }
}

/// A weights file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadWeights {
    /// It is not the JSON this program writes.
    #[error("the weights file cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// Its numbers cannot be.
    #[error("the weights file does not make sense: {0}")]
    Senseless(String),
}

impl Weights {
    /// The weights that come with the program.
    ///
    /// # Errors
    /// Never in a released program: a test reads them.
    pub fn shipped() -> Result<Weights, BadWeights> {
        Weights::parse(SHIPPED)
    }

    /// Reads a weights file.
    ///
    /// # Errors
    /// When it is not one, lacks a curve, or could overflow the sums.
    pub fn parse(json: &str) -> Result<Weights, BadWeights> {
        let weights: Weights = serde_json::from_str(json)?;
        weights.check()?;
        Ok(weights)
    }

    /// The weights as the text of a file.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }

    fn check(&self) -> Result<(), BadWeights> {
        let senseless = |what: String| Err(BadWeights::Senseless(what));
        // What all curves could add together, and take away.
        let (mut most, mut least) = (0.0_f32, 0.0_f32);
        let mut bounds = |values: &mut dyn Iterator<Item = f32>| {
            let (low, high) = values.fold((0.0_f32, 0.0_f32), |(l, h), v| (l.min(v), h.max(v)));
            most += high;
            least += low;
        };
        for quantity in Quantity::ALL {
            let Some(curve) = self.curves.get(&quantity) else {
                return senseless(format!("it has no curve for {quantity:?}"));
            };
            let rising = curve.knots.windows(2).all(|w| w[0] < w[1]);
            if curve.knots.len() < 2 || curve.knots.len() != curve.values.len() || !rising {
                return senseless(format!("the knots of {quantity:?} are not rising numbers"));
            }
            if curve.values.iter().any(|v| !v.is_finite()) {
                return senseless(format!("a value of {quantity:?} is no number"));
            }
            // Visibility is added to wider numbers, when lists are made.
            if !quantity.is_visibility() {
                bounds(&mut curve.values.iter().copied());
            }
        }
        bounds(&mut self.roles.iter().flatten().copied());
        bounds(&mut std::iter::once(f32::from(self.policy.most()) / 100.0));
        let largest = most.max(-least);
        if largest * 100.0 > f32::from(i16::MAX) {
            return senseless(format!("the points could add up to {largest:.0}, more than fit"));
        }
        Ok(())
    }

    /// The curve of a quantity. Every checked file has them all.
    pub fn curve(&self, quantity: Quantity) -> &Curve {
        &self.curves[&quantity]
    }
}
