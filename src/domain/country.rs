//! Countries by their two letters.

use std::fmt;
use std::str::FromStr;

/// A country or territory by its ISO 3166-1 alpha-2 code; Kosovo is `XK`, as
/// in GeoNames.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// Ukraine, the country of every hromada.
    pub const UKRAINE: Country = Country(*b"UA");

    /// The two letters, in capitals.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }

    /// The Fluent key of the country's name.
    pub fn key(&self) -> String {
        format!("country-{}", self.code())
    }

    /// Whether municipalities of this country are hromadas.
    pub fn is_ukraine(&self) -> bool {
        *self == Country::UKRAINE
    }

    /// Whether Ukraine recognises it as a state, or as a territory of one: of
    /// the directory it has not recognised Kosovo.
    pub fn is_recognised(&self) -> bool {
        self.code() != "XK"
    }
}

/// What was given is not two letters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a two-letter country code")]
pub struct NotACountry(pub String);

impl FromStr for Country {
    type Err = NotACountry;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Ok(Country([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => Err(NotACountry(text.to_owned())),
        }
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl serde::Serialize for Country {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> serde::Deserialize<'de> for Country {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
