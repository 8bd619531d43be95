//! Days and months of a time zone laid over the log's milliseconds.

use hearth_shared::month::Month;
use jiff::{Timestamp, ToSpan as _, civil::Date, tz::TimeZone};

/// An hour, in milliseconds.
pub const HOUR: i64 = 3_600_000;
/// A day of 24 hours, in milliseconds.
pub const DAY: i64 = 24 * HOUR;

/// The month in which a number of milliseconds since 1970 lies.
pub fn month_of(ts: i64, zone: &TimeZone) -> Option<Month> {
    Timestamp::from_millisecond(ts).ok().map(|at| Month::of(at, zone))
}

/// The local day of a time, counted from 1970-01-01.
pub fn day_number(ts: i64, zone: &TimeZone) -> i32 {
    date(ts, zone).map_or(0, number)
}

/// The first and the last day of a month, counted from 1970-01-01.
pub fn days_of(month: Month) -> Option<(i32, i32)> {
    let first = Date::new(month.year(), month.month(), 1).ok()?;
    Some((number(first), number(first.last_of_month())))
}

/// Days since 1970-01-01.
fn number(date: Date) -> i32 {
    (date - Date::constant(1970, 1, 1)).get_days()
}

/// The day with this number.
pub fn date_of(day: i32) -> Date {
    Date::constant(1970, 1, 1).saturating_add(i64::from(day).days())
}

/// The local day of a time.
pub fn date(ts: i64, zone: &TimeZone) -> Option<Date> {
    Timestamp::from_millisecond(ts).ok().map(|at| at.to_zoned(zone.clone()).date())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> i64 {
        text.parse::<Timestamp>().unwrap().as_millisecond()
    }

    #[test]
    fn days_are_counted_from_1970() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        assert_eq!(day_number(at("1970-01-01T12:00:00Z"), &zone), 0);
        assert_eq!(day_number(at("2024-02-29T23:30:00Z"), &zone), 19_783);
        assert_eq!(date_of(19_783).to_string(), "2024-03-01");
        assert_eq!(days_of("2024-02".parse().unwrap()), Some((19_754, 19_782)));
    }

    #[test]
    fn a_month_turns_at_local_midnight() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        assert_eq!(month_of(at("2026-02-28T22:59:59Z"), &zone).unwrap().to_string(), "2026-02");
        assert_eq!(month_of(at("2026-02-28T23:00:00Z"), &zone).unwrap().to_string(), "2026-03");
    }
}
