//! A calendar quarter.

use std::{fmt, str::FromStr};

use crate::month::Month;

/// A calendar quarter, written `2026-Q4`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    first: Month,
}

/// The text is no quarter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a quarter; write it as year and quarter, like 2026-Q4")]
pub struct QuarterError(String);

impl Quarter {
    /// The quarter in which a month lies, or `None` beyond the calendar's ends.
    pub fn of(month: Month) -> Option<Self> {
        let first = month.plus(-(month.ordinal().rem_euclid(3)))?;
        first.plus(2).map(|_| Self { first })
    }

    /// Its first month.
    pub fn first(self) -> Month {
        self.first
    }

    /// Its last month.
    pub fn last(self) -> Month {
        self.first.plus(2).unwrap_or(self.first)
    }

    /// Its three months, in order.
    pub fn months(self) -> impl Iterator<Item = Month> {
        (0..3).filter_map(move |step| self.first.plus(step))
    }

    /// The quarter `count` quarters later (earlier where negative), or `None` beyond the calendar's ends.
    pub fn plus(self, count: i32) -> Option<Self> {
        self.first.plus(count.checked_mul(3)?).and_then(Self::of)
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-Q{}", self.first.year(), (self.first.month() + 2) / 3)
    }
}

impl FromStr for Quarter {
    type Err = QuarterError;

    fn from_str(text: &str) -> Result<Self, QuarterError> {
        let parse = || {
            let (year, quarter) = text.split_once("-Q")?;
            let quarter = quarter.parse::<u8>().ok().filter(|quarter| (1..=4).contains(quarter))?;
            let first: Month = format!("{year}-{:02}", quarter * 3 - 2).parse().ok()?;
            (text.len() == 7).then(|| Self::of(first)).flatten()
        };
        parse().ok_or_else(|| QuarterError(text.to_owned()))
    }
}

crate::as_text!(Quarter);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_is_written_as_it_is_read_and_holds_three_months() {
        let quarter: Quarter = "2026-Q4".parse().unwrap();
        assert_eq!(quarter.to_string(), "2026-Q4");
        assert_eq!(
            quarter.months().map(|month| month.to_string()).collect::<Vec<_>>(),
            ["2026-10", "2026-11", "2026-12"]
        );
        assert_eq!((quarter.first().month(), quarter.last().month()), (10, 12));
        assert_eq!(quarter.plus(1).unwrap().to_string(), "2027-Q1");
        assert_eq!(quarter.plus(-4).unwrap().to_string(), "2025-Q4");
        for month in quarter.months() {
            assert_eq!(Quarter::of(month), Some(quarter));
        }
        for wrong in ["2026", "2026-Q5", "2026-Q0", "26-Q1", "2026-Q01", "2026-q1"] {
            assert!(wrong.parse::<Quarter>().is_err(), "{wrong}");
        }
    }
}
