//! Time as every other module sees it: handed in, never read inside.

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
