//! A calendar month in a time zone, and its bounds in milliseconds.

use std::{fmt, str::FromStr};

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// A calendar month, written `2026-10`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    first: Date,
}

/// The text is no month.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a month; write it as year and month, like 2026-10")]
pub struct MonthError(String);

impl Month {
    /// The month in which `at` lies in `zone`.
    pub fn of(at: Timestamp, zone: &TimeZone) -> Self {
        Self { first: at.to_zoned(zone.clone()).date().first_of_month() }
    }

    /// The calendar year.
    pub fn year(self) -> i16 {
        self.first.year()
    }

    /// The month of the year, 1 to 12.
    pub fn month(self) -> i8 {
        self.first.month()
    }

    /// The number of days, 28 to 31.
    pub fn days(self) -> i8 {
        self.first.days_in_month()
    }

    /// Months since year 0: consecutive months differ by one.
    pub fn ordinal(self) -> i32 {
        i32::from(self.year()) * 12 + i32::from(self.month()) - 1
    }

    /// The month of a number of months since year 0, or `None` beyond the calendar's ends.
    pub fn from_ordinal(ordinal: i32) -> Option<Self> {
        let (year, month) = (ordinal.div_euclid(12), ordinal.rem_euclid(12) + 1);
        let first = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, 1).ok()?;
        Some(Self { first })
    }

    /// The month `count` months later (earlier where negative), or `None` beyond the calendar's ends.
    pub fn plus(self, count: i32) -> Option<Self> {
        Self::from_ordinal(self.ordinal().checked_add(count)?)
    }

    /// The month before.
    pub fn previous(self) -> Option<Self> {
        self.plus(-1)
    }

    /// Its bounds in `zone`: milliseconds since 1970 of its first instant, and of the next month's.
    pub fn bounds(self, zone: &TimeZone) -> (i64, i64) {
        let start = |month: Self| {
            month.first.at(0, 0, 0, 0).to_zoned(zone.clone()).map_or(i64::MAX, |at| at.timestamp().as_millisecond())
        };
        (start(self), self.plus(1).map_or(i64::MAX, start))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

impl FromStr for Month {
    type Err = MonthError;

    fn from_str(text: &str) -> Result<Self, MonthError> {
        let parse = || {
            let (year, month) = text.split_once('-')?;
            if year.len() != 4 || month.len() != 2 {
                return None;
            }
            Some(Self { first: Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()? })
        };
        parse().ok_or_else(|| MonthError(text.to_owned()))
    }
}

crate::as_text!(Month);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_written_as_it_is_read() {
        assert_eq!("2026-10".parse::<Month>().unwrap().to_string(), "2026-10");
        for wrong in ["2026", "2026-13", "26-10", "2026-1", "october", "2026-00"] {
            assert!(wrong.parse::<Month>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn months_step_over_years() {
        let month: Month = "2026-01".parse().unwrap();
        assert_eq!(month.previous().unwrap().to_string(), "2025-12");
        assert_eq!(month.plus(-12).unwrap().to_string(), "2025-01");
        assert_eq!(month.plus(14).unwrap().to_string(), "2027-03");
    }

    #[test]
    fn bounds_follow_the_zone_and_its_clock_changes() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let (start, end) = "2026-03".parse::<Month>().unwrap().bounds(&zone);
        assert_eq!(end - start, (31 * 24 - 1) * 3_600_000);
        assert_eq!(Timestamp::from_millisecond(start).unwrap().to_string(), "2026-02-28T23:00:00Z");
    }
}
