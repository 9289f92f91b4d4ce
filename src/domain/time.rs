//! Time as every other module sees it: handed in, never read inside.

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime, SubsecRound};

/// A moment in UTC, kept to the microsecond because PostgreSQL keeps no more.
pub type Moment = NaiveDateTime;

/// Where the time comes from. The program hands in the system's clock, tests
/// a fixed one.
pub trait Clock: Send + Sync {
    /// The present moment in UTC, to the microsecond.
    fn now(&self) -> Moment;

    /// The present day in UTC.
    fn today(&self) -> NaiveDate {
        self.now().date()
    }
}

/// A clock that stands still.
#[derive(Clone, Copy, Debug)]
pub struct FixedClock(pub Moment);

impl Clock for FixedClock {
    fn now(&self) -> Moment {
        to_microseconds(self.0)
    }
}

/// Cuts a moment to the microsecond, so that it reads back equal from either
/// database.
pub fn to_microseconds(moment: Moment) -> Moment {
    moment.trunc_subsecs(6)
}

/// A date as far as it is known: a year, a month or a day. Nothing is made up
/// to fill the rest.
///
/// Written as in ISO 8601 with reduced precision: `2014`, `2022-05`,
/// `2022-05-20`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartialDate {
    /// Only the year is known.
    Year(i32),
    /// Year and month (1 to 12) are known.
    Month(i32, u32),
    /// The day is known.
    Day(NaiveDate),
}

impl PartialDate {
    /// The first day it can mean; none for a year beyond the calendar.
    pub fn first_day(self) -> Option<NaiveDate> {
        match self {
            PartialDate::Year(year) => NaiveDate::from_ymd_opt(year, 1, 1),
            PartialDate::Month(year, month) => NaiveDate::from_ymd_opt(year, month, 1),
            PartialDate::Day(day) => Some(day),
        }
    }

    /// Reads the written form; none when it is no date.
    pub fn parse(text: &str) -> Option<PartialDate> {
        let number = |part: &str, digits: usize| {
            let plain = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| part.parse::<u32>().ok()).flatten()
        };
        let mut parts = text.split('-');
        let year = number(parts.next()?, 4)? as i32;
        let Some(month) = parts.next() else { return Some(PartialDate::Year(year)) };
        let month = number(month, 2).filter(|m| (1..=12).contains(m))?;
        let Some(day) = parts.next() else { return Some(PartialDate::Month(year, month)) };
        let day = NaiveDate::from_ymd_opt(year, month, number(day, 2)?)?;
        parts.next().is_none().then_some(PartialDate::Day(day))
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PartialDate::Year(year) => write!(f, "{year:04}"),
            PartialDate::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            PartialDate::Day(day) => write!(f, "{day}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_kept_as_precisely_as_it_is_known() {
        for text in ["2014", "2022-05", "2022-05-20"] {
            let date = PartialDate::parse(text).expect("a date");
            assert_eq!(date.to_string(), text);
        }
        for text in ["", "22", "2022-13", "2022-5", "2022-02-30", "2022-05-20-1", "+202", "soon"] {
            assert_eq!(PartialDate::parse(text), None, "{text}");
        }
    }
}
