//! Places on the globe.

/// Mean radius of the Earth in kilometres (IUGG).
pub const EARTH_RADIUS_KM: f64 = 6371.0088;

/// The centre of a municipality in degrees. Mosty stores no more precise
/// place than this.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Degrees north, −90 to 90.
    pub lat: f64,
    /// Degrees east, −180 to 180.
    pub lon: f64,
}

impl Point {
    /// The point as a unit vector from the centre of the Earth: the dot
    /// product of two of them is the cosine of the angle between.
    pub fn unit_vector(self) -> [f64; 3] {
        let (lat, lon) = (self.lat.to_radians(), self.lon.to_radians());
        [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
    }

    /// Great-circle distance in kilometres.
    pub fn km_to(self, other: Point) -> f64 {
        let (a, b) = (self.unit_vector(), other.unit_vector());
        let chord = ((a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2) + (a[2] - b[2]).powi(2)).sqrt();
        2.0 * EARTH_RADIUS_KM * (chord / 2.0).clamp(0.0, 1.0).asin()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_distances_come_out_right() {
        let kyiv = Point { lat: 50.4501, lon: 30.5234 };
        let lublin = Point { lat: 51.2465, lon: 22.5684 };
        assert!((kyiv.km_to(lublin) - 564.0).abs() < 4.0, "{}", kyiv.km_to(lublin));
        assert_eq!(kyiv.km_to(kyiv), 0.0);
    }
}
