//! In which month, on which day and in which hour of the week something happened, where the community lives.

use hearth_shared::month::Month;
use jiff::{Timestamp, tz::TimeZone};

/// Clocks change on the quarter of an hour, if they change: within one, nothing is worked out anew.
const QUARTER: i64 = 15 * 60 * 1000;

/// A time where the community lives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Local {
    /// [`Month::ordinal`].
    pub month: i32,
    /// The day of the month, from 0.
    pub day: u8,
    /// The hour of the week, from 0 for Monday's first.
    pub hour: u8,
}

/// Tells local times; neighbours are told fast.
pub(super) struct Clock<'a> {
    zone: &'a TimeZone,
    quarter: Option<i64>,
    local: Local,
}

impl<'a> Clock<'a> {
    pub fn of(zone: &'a TimeZone) -> Self {
        Self { zone, quarter: None, local: Local::default() }
    }

    /// The local time of a number of milliseconds since 1970, or `None` outside the calendar.
    pub fn tell(&mut self, ts: i64) -> Option<Local> {
        let quarter = ts.div_euclid(QUARTER);
        if self.quarter != Some(quarter) {
            let at = Timestamp::from_millisecond(ts).ok()?.to_zoned(self.zone.clone());
            let hour = i32::from(at.weekday().to_monday_zero_offset()) * 24 + i32::from(at.hour());
            self.local = Local {
                month: Month::of(at.timestamp(), self.zone).ordinal(),
                day: u8::try_from(at.day() - 1).ok()?,
                hour: u8::try_from(hour).ok()?,
            };
            self.quarter = Some(quarter);
        }
        Some(self.local)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_where_the_community_lives_also_when_clocks_change() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let mut clock = Clock::of(&zone);
        let mut tell = |text: &str| {
            let Local { month, day, hour } = clock.tell(text.parse::<Timestamp>().unwrap().as_millisecond()).unwrap();
            (month % 12 + 1, day + 1, hour)
        };
        assert_eq!(tell("2026-02-28T22:59:59Z"), (2, 28, 5 * 24 + 23));
        assert_eq!(tell("2026-02-28T23:00:00Z"), (3, 1, 6 * 24));
        assert_eq!(tell("2026-03-29T00:59:00Z"), (3, 29, 6 * 24 + 1));
        assert_eq!(tell("2026-03-29T01:00:00Z"), (3, 29, 6 * 24 + 3));
        let kathmandu = TimeZone::get("Asia/Kathmandu").unwrap();
        let mut clock = Clock::of(&kathmandu);
        let mut hour = |text: &str| clock.tell(text.parse::<Timestamp>().unwrap().as_millisecond()).unwrap().hour;
        assert_eq!([hour("2026-03-30T00:14:59Z"), hour("2026-03-30T00:15:00Z")], [5, 6]);
    }
}
