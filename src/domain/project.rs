//! The few projects that matter most to a municipality now.

use super::area::{AREAS, Area};
use crate::domain::audience::Audience;
use crate::domain::words::stored_as_words;

/// Most projects of a municipality.
pub const MAX_PROJECTS: usize = 3;
/// Longest title, in characters.
pub const MAX_TITLE: usize = 120;

/// How far a project has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Nothing is written yet but what is wanted.
    Idea,
    /// The documents are ready.
    Prepared,
    /// The money is there.
    Funded,
    /// It is being carried out.
    Running,
}
stored_as_words!(Stage {
    Idea = "idea",
    Prepared = "prepared",
    Funded = "funded",
    Running = "running",
});

/// What a project costs, as a band in euros.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CostBand {
    /// Less than 100,000.
    Below100k,
    /// Less than 500,000.
    Below500k,
    /// Less than 2 million.
    Below2m,
    /// Less than 10 million.
    Below10m,
    /// 10 million and more.
    Above10m,
}
stored_as_words!(CostBand {
    Below100k = "below-100k",
    Below500k = "below-500k",
    Below2m = "below-2m",
    Below10m = "below-10m",
    Above10m = "above-10m",
});

/// The number of a project in DREAM, Ukraine's register of recovery
/// projects: the day it was entered (DDMMYY) and eight hexadecimal digits, as
/// in `DREAM-UA-030524-EE48E08C`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DreamId(String);

impl DreamId {
    /// The number in a text or in an address of the register.
    pub fn parse(text: &str) -> Option<DreamId> {
        let text = text.trim().to_ascii_uppercase();
        let start = text.find("DREAM-UA-")?;
        let id = text.get(start..start + 24)?;
        let ends = !text[start + 24..].starts_with(|c: char| c.is_ascii_alphanumeric());
        let (day, rest) = id["DREAM-UA-".len()..].split_once('-')?;
        let right = day.len() == 6
            && day.bytes().all(|b| b.is_ascii_digit())
            && rest.len() == 8
            && rest.bytes().all(|b| b.is_ascii_hexdigit());
        (right && ends).then(|| DreamId(id.to_owned()))
    }

    /// The number.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where the register shows the project.
    pub fn url(&self) -> String {
        format!("https://dream.gov.ua/ua/project/{}/profile", self.0)
    }
}

/// A project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// Its title, as (language, text).
    pub titles: Vec<(String, String)>,
    /// In which area.
    pub area: &'static Area,
    /// How far it has come.
    pub stage: Stage,
    /// What it costs; none where nobody has said.
    pub cost: Option<CostBand>,
    /// Its number in the register.
    pub dream: Option<DreamId>,
    /// Who sees it.
    pub audience: Audience,
}

/// The area with this slug.
pub fn area(slug: &str) -> Option<&'static Area> {
    AREAS.iter().find(|area| area.slug == slug)
}

#[cfg(test)]
mod tests {
    use super::DreamId;

    #[test]
    fn numbers_of_the_register_are_read_from_what_people_paste() {
        let id = "DREAM-UA-030524-EE48E08C";
        for pasted in [
            id,
            " dream-ua-030524-ee48e08c ",
            "https://dream.gov.ua/ua/project/DREAM-UA-030524-EE48E08C/profile",
        ] {
            assert_eq!(DreamId::parse(pasted).expect(pasted).as_str(), id);
        }
        for wrong in [
            "",
            "DREAM-UA-",
            "DREAM-UA-030524",
            "DREAM-UA-030524-EE48E08",
            "DREAM-UA-030524-EE48E08CF",
            "DREAM-UA-0305ї4-EE48E08C",
            "DREAM-UA-030524-EE48E08G",
            "UA-2024-05-03-000001-a",
        ] {
            assert_eq!(DreamId::parse(wrong), None, "{wrong}");
        }
    }
}
