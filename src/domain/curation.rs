//! What officers and admins set right in the directory, in words from which
//! it can be taken back.

use super::fact::{Origin, Population};
use super::municipality::Control;
use super::time::PartialDate;

/// Longest source or reason, in characters.
pub const MAX_REASON: usize = 300;

/// Who controls a territory, with where that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ControlFact {
    /// Who.
    pub control: Control,
    /// Since when, as far as known.
    pub since: Option<PartialDate>,
    /// Where it was read.
    pub source: String,
    /// Who brought it into the directory.
    pub origin: Origin,
}

/// One thing of a municipality that can be set right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Curation {
    /// Who controls it.
    Control(ControlFact),
    /// The population as somebody on the platform states it; none leaves it to
    /// imports and the shipped directory.
    Population(Option<Population>),
}

/// The events that curations leave.
const CONTROL: &str = "control-set";
const POPULATION: &str = "population-set";

impl Curation {
    /// The action it leaves in the log.
    pub fn action(&self) -> &'static str {
        match self {
            Curation::Control(_) => CONTROL,
            Curation::Population(_) => POPULATION,
        }
    }

    /// Whether an action of the log is one that can be taken back.
    pub fn is_action(action: &str) -> bool {
        [CONTROL, POPULATION].contains(&action)
    }

    /// The whole of it in one line; the source, which may hold anything, last.
    pub fn to_words(&self) -> String {
        match self {
            Curation::Control(fact) => format!(
                "{}|{}|{}|{}",
                fact.control.as_str(),
                fact.since.map_or(String::new(), |s| s.to_string()),
                fact.origin.as_str(),
                fact.source
            ),
            Curation::Population(None) => String::new(),
            Curation::Population(Some(figure)) => format!(
                "{}|{}|{}|{}",
                figure.value,
                figure.year.map_or(String::new(), |y| y.to_string()),
                if figure.estimated { "estimated" } else { "counted" },
                figure.source
            ),
        }
    }

    /// The reverse of [`Curation::to_words`], for the action it left.
    pub fn parse(action: &str, words: &str) -> Option<Curation> {
        let parts: Vec<&str> = words.splitn(4, '|').collect();
        match (action, parts.as_slice()) {
            (CONTROL, [control, since, origin, source]) => Some(Curation::Control(ControlFact {
                control: Control::parse(control)?,
                since: PartialDate::parse(since),
                source: (*source).to_owned(),
                origin: Origin::from_stored(origin)?,
            })),
            (POPULATION, [""]) => Some(Curation::Population(None)),
            (POPULATION, [value, year, kind, source]) => {
                Some(Curation::Population(Some(Population {
                    value: value.parse().ok().filter(|v| *v >= 0)?,
                    year: if year.is_empty() { None } else { Some(year.parse().ok()?) },
                    source: (*source).to_owned(),
                    estimated: *kind == "estimated",
                })))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_log_keeps_gives_the_whole_back() {
        let control = ControlFact {
            control: Control::Occupied,
            since: PartialDate::parse("2022-05"),
            source: "a list | of 2026".to_owned(),
            origin: Origin::Curated,
        };
        let figure = Population {
            value: 12_400,
            year: Some(2025),
            source: "the council | itself".to_owned(),
            estimated: false,
        };
        for said in [
            Curation::Control(control.clone()),
            Curation::Control(ControlFact { since: None, source: String::new(), ..control }),
            Curation::Population(None),
            Curation::Population(Some(figure.clone())),
            Curation::Population(Some(Population { year: None, estimated: true, ..figure })),
        ] {
            let back = Curation::parse(said.action(), &said.to_words());
            assert_eq!(back, Some(said));
        }
        assert_eq!(Curation::parse(CONTROL, "nonsense"), None);
        assert_eq!(Curation::parse("claim", "occupied|||"), None);
    }
}
