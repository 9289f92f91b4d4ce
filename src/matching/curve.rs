//! Piecewise-linear curves: what a quantity is worth.

use serde::{Deserialize, Serialize};

/// A curve over one quantity: straight between its knots, flat outside them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Curve {
    /// Values of the quantity, rising.
    pub knots: Vec<f32>,
    /// What the quantity is worth at each knot, in points.
    pub values: Vec<f32>,
}

/// Where a value lies between two knots.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    /// Number of the knot to the left.
    pub(crate) left: u8,
    /// How far it is to the next, 0 to 1.
    pub(crate) part: f32,
}

/// Finds a value among rising knots; values outside count as the nearest
/// knot.
pub(crate) fn locate(knots: &[f32], value: f32) -> Place {
    let last = knots.len() - 1;
    if value <= knots[0] || value.is_nan() {
        return Place { left: 0, part: 0.0 };
    }
    if value >= knots[last] {
        return Place { left: last as u8 - 1, part: 1.0 };
    }
    let right = knots.partition_point(|k| *k <= value).min(last);
    let (a, b) = (knots[right - 1], knots[right]);
    Place { left: right as u8 - 1, part: (value - a) / (b - a) }
}

impl Curve {
    /// The worth of a value, in points.
    pub fn at(&self, value: f32) -> f32 {
        let Place { left, part } = locate(&self.knots, value);
        let (a, b) = (self.values[left as usize], self.values[left as usize + 1]);
        a + (b - a) * part
    }

    /// The worth of a value in hundredths of a point: what is added up.
    pub fn hundredths(&self, value: f32) -> i16 {
        hundredths(self.at(value))
    }
}

/// Points as the whole number of hundredths that is added up and shown.
///
/// All sums are of whole numbers, so a score is exactly the sum of what is
/// shown, in any order and on any number of threads.
pub fn hundredths(points: f32) -> i16 {
    (points * 100.0).round().clamp(-30_000.0, 30_000.0) as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_straight_between_knots_and_flat_outside() {
        let curve = Curve { knots: vec![0.0, 10.0, 20.0], values: vec![5.0, 0.0, -1.0] };
        for (x, y) in [(-3.0, 5.0), (0.0, 5.0), (5.0, 2.5), (10.0, 0.0), (15.0, -0.5), (99.0, -1.0)]
        {
            assert_eq!(curve.at(x), y, "at {x}");
        }
        assert_eq!(curve.hundredths(5.0), 250);
    }
}
