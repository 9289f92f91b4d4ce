//! The sixteen areas of cooperation and their sub-areas.
//!
//! Slugs never change; names are Fluent messages (`area-{slug}`,
//! `subarea-{area}-{slug}`). The mappings to DREAM, OC4IDS and the
//! Sustainable Development Goals are our own.

use std::fmt;

/// One area of cooperation.
#[derive(Debug, PartialEq, Eq)]
pub struct Area {
    /// Stable name in addresses, files and the database.
    pub slug: &'static str,
    /// Its sub-areas, in the order they are shown.
    pub subareas: &'static [&'static str],
    /// Sector names of the public-investment ecosystem DREAM that come
    /// closest.
    pub dream: &'static [&'static str],
    /// Codes of the OC4IDS `projectSector` list.
    pub oc4ids: &'static [&'static str],
    /// Numbers of the Sustainable Development Goals.
    pub sdg: &'static [u8],
    /// Whether what a Ukrainian municipality lacks here could help somebody
    /// to harm it; such needs are not public unless it says so.
    pub sensitive: bool,
}

/// All areas, in the order they are shown.
pub static AREAS: [Area; 16] = [
    Area {
        slug: "governance",
        subareas: &["acquis", "strategy", "training", "integrity", "intermunicipal"],
        dream: &["Публічні послуги"],
        oc4ids: &["governance"],
        sdg: &[16, 17],
        sensitive: false,
    },
    Area {
        slug: "participation",
        subareas: &["dialogue", "budgeting", "monitoring", "youth-councils", "gender"],
        dream: &[],
        oc4ids: &["governance"],
        sdg: &[5, 16],
        sensitive: false,
    },
    Area {
        slug: "finance",
        subareas: &["budget", "enterprises", "assets", "preparation", "procurement", "ppp"],
        dream: &["Муніципальна інфраструктура та послуги"],
        oc4ids: &["governance", "economy"],
        sdg: &[8, 16],
        sensitive: false,
    },
    Area {
        slug: "digital",
        subareas: &["services", "open-data", "gis", "cybersecurity", "connectivity", "dream"],
        dream: &[],
        oc4ids: &["communications"],
        sdg: &[9, 16],
        sensitive: true,
    },
    Area {
        slug: "energy",
        subareas: &["efficiency", "heating", "renewables", "backup", "secap"],
        dream: &["Енергетика"],
        oc4ids: &["energy", "energy.solar", "energy.wind", "energy.biomass"],
        sdg: &[7, 13],
        sensitive: true,
    },
    Area {
        slug: "water",
        subareas: &["supply", "wastewater", "leakage", "basins", "emergency"],
        dream: &["Муніципальна інфраструктура та послуги"],
        oc4ids: &["waterAndWaste"],
        sdg: &[6],
        sensitive: true,
    },
    Area {
        slug: "environment",
        subareas: &["waste", "debris", "green", "floods", "air-soil"],
        dream: &["Довкілля", "Муніципальна інфраструктура та послуги"],
        oc4ids: &["waterAndWaste", "naturalResources", "naturalResources.floodProtection"],
        sdg: &[12, 13, 15],
        sensitive: false,
    },
    Area {
        slug: "planning",
        subareas: &["plans", "housing", "public-buildings", "bauhaus", "damage"],
        dream: &["Житло", "Муніципальна інфраструктура та послуги"],
        oc4ids: &["socialHousing", "governance"],
        sdg: &[11],
        sensitive: false,
    },
    Area {
        slug: "mobility",
        subareas: &["streets", "transit", "cycling", "logistics", "accessibility"],
        dream: &["Транспорт"],
        oc4ids: &["transport"],
        sdg: &[9, 11],
        sensitive: false,
    },
    Area {
        slug: "economy",
        subareas: &["sme", "investment", "agrifood", "creative", "tourism", "b2b"],
        dream: &[],
        oc4ids: &["economy"],
        sdg: &[2, 8],
        sensitive: false,
    },
    Area {
        slug: "education",
        subareas: &["schools", "vocational", "early-years", "youth-exchange", "language"],
        dream: &["Освіта і наука"],
        oc4ids: &["education"],
        sdg: &[4],
        sensitive: false,
    },
    Area {
        slug: "health",
        subareas: &["hospitals", "rehabilitation", "mental", "public-health", "ambulance"],
        dream: &["Охорона здоров'я"],
        oc4ids: &["health"],
        sdg: &[3],
        sensitive: true,
    },
    Area {
        slug: "social",
        subareas: &["idp", "veterans", "care", "barrier-free", "centres"],
        dream: &["Соціальна сфера"],
        oc4ids: &["cultureSportsAndRecreation"],
        sdg: &[1, 5, 10],
        sensitive: false,
    },
    Area {
        slug: "cohesion",
        subareas: &["diaspora", "return", "security-groups", "memory"],
        dream: &[],
        oc4ids: &[],
        sdg: &[10, 16],
        sensitive: false,
    },
    Area {
        slug: "safety",
        subareas: &["crisis", "shelters", "rescue", "continuity", "mines"],
        dream: &["Громадська безпека"],
        oc4ids: &["governance"],
        sdg: &[11, 13, 16],
        sensitive: true,
    },
    Area {
        slug: "culture",
        subareas: &["heritage", "libraries", "sport", "exchange", "languages"],
        dream: &[],
        oc4ids: &["cultureSportsAndRecreation"],
        sdg: &[4, 11],
        sensitive: false,
    },
];

/// How many sub-areas there are in all.
pub const SUBAREAS: usize = 82;

/// One sub-area: its place in the flattened list of all areas.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SubArea(u8);

impl SubArea {
    /// Every sub-area, in the order of [`AREAS`].
    pub fn all() -> impl Iterator<Item = SubArea> {
        (0..SUBAREAS as u8).map(SubArea)
    }

    /// The sub-area written `area/subarea`, as in files and addresses.
    pub fn parse(text: &str) -> Option<SubArea> {
        let (area, sub) = text.split_once('/')?;
        SubArea::all().find(|s| s.area().slug == area && s.slug() == sub)
    }

    /// Position in the flattened list, 0 to [`SUBAREAS`] − 1.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The area's position in [`AREAS`] and the sub-area's within it.
    fn position(self) -> (usize, usize) {
        let mut rest = self.0 as usize;
        for (i, area) in AREAS.iter().enumerate() {
            if rest < area.subareas.len() {
                return (i, rest);
            }
            rest -= area.subareas.len();
        }
        (0, 0)
    }

    /// The area this belongs to.
    pub fn area(self) -> &'static Area {
        &AREAS[self.position().0]
    }

    /// Its own slug, unique within the area.
    pub fn slug(self) -> &'static str {
        let (area, sub) = self.position();
        AREAS[area].subareas[sub]
    }

    /// Whether what a Ukrainian municipality lacks here is not public unless
    /// it says so: all of a sensitive area, and the shelters of schools.
    pub fn is_sensitive(self) -> bool {
        self.area().sensitive || (self.area().slug, self.slug()) == ("education", "schools")
    }

    /// The Fluent key of its name.
    pub fn key(self) -> String {
        format!("subarea-{}-{}", self.area().slug, self.slug())
    }
}

impl fmt::Display for SubArea {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.area().slug, self.slug())
    }
}

impl fmt::Debug for SubArea {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Area {
    /// The area with this slug.
    pub fn by_slug(slug: &str) -> Option<&'static Area> {
        AREAS.iter().find(|a| a.slug == slug)
    }

    /// Its sub-areas.
    pub fn subareas(&'static self) -> impl Iterator<Item = SubArea> {
        SubArea::all().filter(move |s| s.area() == self)
    }

    /// The Fluent key of its name.
    pub fn key(&self) -> String {
        format!("area-{}", self.slug)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_is_that_of_the_table_and_slugs_are_unique_and_parse_back() {
        assert_eq!(AREAS.iter().map(|a| a.subareas.len()).sum::<usize>(), SUBAREAS);
        let names: std::collections::HashSet<String> =
            SubArea::all().map(|s| s.to_string()).collect();
        assert_eq!(names.len(), SUBAREAS);
        for sub in SubArea::all() {
            assert_eq!(SubArea::parse(&sub.to_string()), Some(sub));
        }
        assert_eq!(SubArea::parse("energy/nothing"), None);
    }

    #[test]
    fn shelters_are_sensitive_wherever_they_stand() {
        for (slug, sensitive) in
            [("safety/shelters", true), ("education/schools", true), ("culture/heritage", false)]
        {
            assert_eq!(SubArea::parse(slug).map(SubArea::is_sensitive), Some(sensitive), "{slug}");
        }
    }
}
