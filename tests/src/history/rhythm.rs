//! When people are awake and in the mood: weekdays, hours, summers, holidays.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use rand::Rng as _;
use rand_chacha::ChaCha8Rng;

/// How likely a conversation begins in each hour of the local day.
const HOURS: [u32; 24] = [0, 0, 0, 0, 0, 0, 1, 4, 10, 16, 18, 14, 8, 12, 16, 14, 11, 8, 5, 4, 5, 4, 2, 1];

/// One local day.
#[derive(Debug, Clone)]
pub(super) struct Day {
    pub date: Date,
    /// Its first moment, in milliseconds since 1970.
    pub morning: i64,
    /// How many conversations it is good for.
    pub mood: f64,
}

/// Every day of the two years that end at `end`.
pub(super) fn days(end: Timestamp, zone: &TimeZone) -> Vec<Day> {
    let last = end.to_zoned(zone.clone()).date();
    let Ok(first) = last.checked_sub(2.years()) else { return Vec::new() };
    let mut days = Vec::new();
    let mut date = first;
    while date <= last {
        if let Ok(morning) = date.to_zoned(zone.clone()) {
            days.push(Day { date, morning: morning.timestamp().as_millisecond(), mood: mood(date, first, last) });
        }
        let Ok(next) = date.tomorrow() else { break };
        date = next;
    }
    days
}

fn mood(date: Date, first: Date, last: Date) -> f64 {
    let since = |from: Date| f64::from((date - from).get_days());
    let before_end = f64::from((last - date).get_days());
    let weekday = match date.weekday() {
        Weekday::Saturday | Weekday::Sunday => 0.18,
        Weekday::Thursday => 1.5,
        Weekday::Friday => 0.9,
        _ => 1.15,
    };
    let growth = 0.85 + 0.5 * since(first) / 731.0;
    // The months that a report of last month compares must have something to say, whatever the season.
    let lively = before_end <= 62.0 || (365.0..=428.0).contains(&before_end);
    let season = match (date.month(), date.day()) {
        (12, 22..) | (1, ..=3) => 0.2,
        (7, 15..) | (8, ..=20) => 0.45,
        (1 | 9 | 10, _) => 1.15,
        _ => 1.0,
    };
    weekday * growth * if lively { f64::max(season, 1.0) * 1.35 } else { season * 0.5 }
}

/// A moment of a day at which people talk.
pub(super) fn moment(rng: &mut ChaCha8Rng, day: &Day) -> i64 {
    let total: u32 = HOURS.iter().sum();
    let mut pick = rng.random_range(0..total);
    let mut hour = 0;
    for (at, weight) in HOURS.iter().enumerate() {
        if pick < *weight {
            hour = i64::try_from(at).unwrap_or_default();
            break;
        }
        pick -= weight;
    }
    day.morning + hour * 3_600_000 + rng.random_range(0..3_600_000)
}

/// The same moment, or the next morning when it is night: nobody answers at four.
pub(super) fn awake(rng: &mut ChaCha8Rng, zone: &TimeZone, at: i64) -> i64 {
    let Ok(moment) = Timestamp::from_millisecond(at) else { return at };
    let hour = moment.to_zoned(zone.clone()).hour();
    match hour {
        7..=22 => at,
        _ => at + i64::from((31 - hour) % 24) * 3_600_000 + rng.random_range(0..7_200_000),
    }
}
