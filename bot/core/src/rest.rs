//! Days on which a community rests: nothing that repeats happens, and nobody is reminded. Commands work as ever.

use std::{fmt, str::FromStr};

use hearth_shared::as_text;
use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// Some days of rest, one after the other, in the community's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rest {
    /// The first of them.
    pub from: Date,
    /// The first day on which everything goes on; later than `from`.
    pub back: Date,
}

impl Rest {
    /// Whether a day is one of them.
    pub fn holds(self, day: Date) -> bool {
        self.from <= day && day < self.back
    }
}

/// The rest that holds at a moment, if one does.
pub fn at(rests: &[Rest], moment: Timestamp, zone: &TimeZone) -> Option<Rest> {
    let day = zone.to_datetime(moment).date();
    rests.iter().copied().find(|rest| rest.holds(day))
}

/// The day itself, or where it is one of rest, the first after it that is not.
pub fn day_after(rests: &[Rest], mut day: Date) -> Date {
    while let Some(rest) = rests.iter().find(|rest| rest.holds(day)) {
        day = rest.back;
    }
    day
}

/// These and one more, in order, and those that touch as one; without those that were over before `today`.
pub fn with(rests: &[Rest], new: Rest, today: Date) -> Vec<Rest> {
    let mut all: Vec<Rest> = rests.iter().copied().filter(|rest| rest.back > today).chain([new]).collect();
    all.sort_unstable();
    let mut joined: Vec<Rest> = Vec::new();
    for rest in all {
        match joined.last_mut() {
            Some(last) if rest.from <= last.back => last.back = last.back.max(rest.back),
            _ => joined.push(rest),
        }
    }
    joined
}

/// The text is no rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestError(String);

impl fmt::Display for RestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not days off; write the first and the day after the last, like 2026-12-24/2027-01-07",
            self.0
        )
    }
}

impl std::error::Error for RestError {}

impl FromStr for Rest {
    type Err = RestError;

    fn from_str(text: &str) -> Result<Self, RestError> {
        let read = || {
            let (from, back) = text.trim().split_once('/')?;
            let (from, back) = (from.parse::<Date>().ok()?, back.parse::<Date>().ok()?);
            (from < back).then_some(Self { from, back })
        };
        read().ok_or_else(|| RestError(text.to_owned()))
    }
}

impl fmt::Display for Rest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.from, self.back)
    }
}

as_text!(Rest);

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_that_touch_are_one_rest_and_what_is_over_goes() {
        let rest = |text: &str| text.parse::<Rest>().unwrap();
        let all = [rest("2026-11-01/2026-11-02"), rest("2026-12-24/2027-01-07")];
        let today = date(2026, 11, 26);
        assert_eq!(with(&all, rest("2027-01-07/2027-01-09"), today), [rest("2026-12-24/2027-01-09")]);
        assert_eq!(with(&all, rest("2026-12-01/2026-12-02"), today).len(), 2);
        assert_eq!(day_after(&all, date(2026, 12, 25)), date(2027, 1, 7));
        assert_eq!(day_after(&all, date(2027, 1, 7)), date(2027, 1, 7));
        for text in ["2026-12-24", "2026-12-24/2026-12-24", "a/b", ""] {
            assert!(text.parse::<Rest>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_rest_begins_and_ends_at_midnight_where_the_community_is() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let all = ["2026-12-24/2027-01-07".parse().unwrap()];
        let rests = |moment: &str| at(&all, moment.parse().unwrap(), &berlin).is_some();
        assert!(!rests("2026-12-23T22:59:59Z") && rests("2026-12-23T23:00:00Z"));
        assert!(rests("2027-01-06T22:59:59Z") && !rests("2027-01-06T23:00:00Z"));
    }
}
