//! The nine criteria of a pair.

use serde::Serialize;

/// One criterion, as it is shown: a hanger of the bridge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Criterion {
    /// How far apart they are.
    Distance,
    /// How their populations and their ranks in their countries compare.
    Size,
    /// What role each has in its region.
    Role,
    /// Where hromadas, and the neighbours of this one, have found partners.
    Country,
    /// Partners of partners, and how much the place twins at all.
    Ties,
    /// What each needs and the other can share.
    Needs,
    /// Languages both can work in.
    Languages,
    /// Ways of working, and wishes about the partner.
    Formats,
    /// Whether somebody will answer.
    Readiness,
}

/// A group of criteria.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// How alike known partnerships the two are.
    Affinity,
    /// What they could do for each other.
    Fit,
    /// Whether somebody will answer.
    Readiness,
}

impl Criterion {
    /// All nine, in the order they are shown.
    pub const ALL: [Criterion; 9] = [
        Criterion::Distance,
        Criterion::Size,
        Criterion::Role,
        Criterion::Country,
        Criterion::Ties,
        Criterion::Needs,
        Criterion::Languages,
        Criterion::Formats,
        Criterion::Readiness,
    ];

    /// The stable word for it in JSON and Fluent keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Criterion::Distance => "distance",
            Criterion::Size => "size",
            Criterion::Role => "role",
            Criterion::Country => "country",
            Criterion::Ties => "ties",
            Criterion::Needs => "needs",
            Criterion::Languages => "languages",
            Criterion::Formats => "formats",
            Criterion::Readiness => "readiness",
        }
    }

    /// The group it belongs to.
    pub fn group(self) -> Group {
        match self {
            Criterion::Distance
            | Criterion::Size
            | Criterion::Role
            | Criterion::Country
            | Criterion::Ties => Group::Affinity,
            Criterion::Needs | Criterion::Languages | Criterion::Formats => Group::Fit,
            Criterion::Readiness => Group::Readiness,
        }
    }
}

impl Group {
    /// The stable word for it in Fluent keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Group::Affinity => "affinity",
            Group::Fit => "fit",
            Group::Readiness => "readiness",
        }
    }
}
