//! Rhythms in local time: when something that leads wrote as `every tuesday 10:00` happens next.
//!
//! A rhythm keeps the local clock across daylight saving. A local time that a clock jumps over happens once, as much
//! later as the clock jumped; a local time that comes twice happens the first time.

mod answers;
pub mod dates;
mod hours;
#[cfg(test)]
mod tests;
mod zones;

use std::{fmt, str::FromStr};

use hearth_shared::as_text;
use jiff::{
    Timestamp, ToSpan as _,
    civil::{Date, Weekday},
    tz::TimeZone,
};

pub use answers::{wrong_day, wrong_zone};
pub use hours::{DAYTIME, LocalTime, LocalTimeError, Waking, day_at, spoken, spoken_away, spoken_date, weekday_name};
pub use zones::{ZoneError, zone, zone_name};

/// When something repeats, in local time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rhythm {
    /// Never.
    #[default]
    Off,
    /// Every day.
    Daily {
        /// The time of day.
        at: LocalTime,
    },
    /// Monday to Friday.
    Weekdays {
        /// The time of day.
        at: LocalTime,
    },
    /// Every so many weeks. Which weeks does not depend on when the rhythm was set: weeks are counted from
    /// Monday, 5 January 1970, and those whose number `every` divides are meant.
    Weekly {
        /// How many weeks lie between, 1 to 12.
        every: u8,
        /// The day.
        on: Weekday,
        /// The time of day.
        at: LocalTime,
    },
    /// Once a month.
    Monthly {
        /// Which of the month's days of that name.
        nth: Nth,
        /// The day.
        on: Weekday,
        /// The time of day.
        at: LocalTime,
    },
}

/// Which of a month's Tuesdays, say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nth {
    /// The first.
    First,
    /// The second.
    Second,
    /// The third.
    Third,
    /// The fourth.
    Fourth,
    /// The last, be it the fourth or the fifth.
    Last,
}

const DAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

const NTHS: [(&str, Nth); 5] = [
    ("first", Nth::First),
    ("second", Nth::Second),
    ("third", Nth::Third),
    ("fourth", Nth::Fourth),
    ("last", Nth::Last),
];

/// A Monday from which weeks are counted.
const FIRST_MONDAY: Date = jiff::civil::date(1970, 1, 5);

/// Longer than the longest rhythm: twelve weeks.
const HORIZON_DAYS: u32 = 100;

impl Rhythm {
    /// The first time after `after`, and `None` where there is none.
    pub fn next_after(self, after: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let at = self.time()?;
        // A clock that jumps at midnight can carry yesterday's time into today.
        let mut date = zone.to_datetime(after).date().checked_sub(1.day()).ok()?;
        for _ in 0..HORIZON_DAYS {
            if self.falls_on(date) {
                let next = at.on(date, zone)?;
                if next > after {
                    return Some(next);
                }
            }
            date = date.tomorrow().ok()?;
        }
        None
    }

    /// The time of day, and `None` where there is none.
    pub fn time(self) -> Option<LocalTime> {
        match self {
            Self::Off => None,
            Self::Daily { at } | Self::Weekdays { at } | Self::Weekly { at, .. } | Self::Monthly { at, .. } => Some(at),
        }
    }

    /// Whether it happens on this day.
    pub fn falls_on(self, date: Date) -> bool {
        match self {
            Self::Off => false,
            Self::Daily { .. } => true,
            Self::Weekdays { .. } => !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday),
            Self::Weekly { every, on, .. } => {
                let weeks = (date.duration_since(FIRST_MONDAY).as_hours() / 24).div_euclid(7);
                date.weekday() == on && weeks.rem_euclid(i64::from(every.max(1))) == 0
            }
            Self::Monthly { nth, on, .. } => {
                let week = match nth {
                    Nth::Last => return date.weekday() == on && date.day() + 7 > date.days_in_month(),
                    Nth::First => 0,
                    Nth::Second => 1,
                    Nth::Third => 2,
                    Nth::Fourth => 3,
                };
                date.weekday() == on && (date.day() - 1) / 7 == week
            }
        }
    }
}

/// The text is no rhythm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RhythmError {
    /// What should be its time of day is none.
    Time(LocalTimeError),
    /// It is written differently from every rhythm there is.
    Shape(String),
}

impl fmt::Display for RhythmError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Time(error) => error.fmt(f),
            Self::Shape(text) => write!(
                f,
                "`{text}` is not a rhythm I know; write it like `every tuesday 10:00`, `every 2 weeks on tuesday \
                 10:00`, `monthly first tuesday 10:00`, `daily 09:00`, `weekdays 09:00` or `off`"
            ),
        }
    }
}

impl std::error::Error for RhythmError {}

impl FromStr for Rhythm {
    type Err = RhythmError;

    fn from_str(text: &str) -> Result<Self, RhythmError> {
        let shape = || RhythmError::Shape(text.trim().to_owned());
        let lower = text.to_lowercase();
        let mut words: Vec<&str> =
            lower.split_whitespace().filter(|word| !matches!(*word, "at" | "on" | "the")).collect();
        if words == ["off"] {
            return Ok(Self::Off);
        }
        let time = words.pop().ok_or_else(shape)?;
        if !time.starts_with(|first: char| first.is_ascii_digit()) {
            return Err(shape());
        }
        let at = time.parse().map_err(RhythmError::Time)?;
        match words.as_slice() {
            ["daily"] | ["every", "day"] => Ok(Self::Daily { at }),
            ["weekdays"] | ["every", "weekday"] => Ok(Self::Weekdays { at }),
            ["every" | "weekly", day] => Ok(Self::Weekly { every: 1, on: weekday(day).ok_or_else(shape)?, at }),
            ["every", count, "week" | "weeks", day] => {
                let every = count.parse().ok().filter(|count| (1..=12).contains(count)).ok_or_else(shape)?;
                Ok(Self::Weekly { every, on: weekday(day).ok_or_else(shape)?, at })
            }
            ["monthly", nth, day] => {
                let nth = NTHS.iter().find(|(name, _)| name == nth).ok_or_else(shape)?.1;
                Ok(Self::Monthly { nth, on: weekday(day).ok_or_else(shape)?, at })
            }
            _ => Err(shape()),
        }
    }
}

/// `tuesday`, `tuesdays`, `tue`.
fn weekday(word: &str) -> Option<Weekday> {
    let word = word.strip_suffix('s').filter(|rest| rest.ends_with("day")).unwrap_or(word);
    DAYS.iter().find(|(name, _)| *name == word || (word.len() >= 3 && name.starts_with(word))).map(|(_, day)| *day)
}

impl fmt::Display for Rhythm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |day: &Weekday| DAYS.iter().find(|(_, known)| known == day).map_or("", |(name, _)| name);
        match self {
            Self::Off => f.write_str("off"),
            Self::Daily { at } => write!(f, "daily {at}"),
            Self::Weekdays { at } => write!(f, "weekdays {at}"),
            Self::Weekly { every: 1, on, at } => write!(f, "every {} {at}", name(on)),
            Self::Weekly { every, on, at } => write!(f, "every {every} weeks on {} {at}", name(on)),
            Self::Monthly { nth, on, at } => {
                let nth = NTHS.iter().find(|(_, known)| known == nth).map_or("", |(name, _)| name);
                write!(f, "monthly {nth} {} {at}", name(on))
            }
        }
    }
}

as_text!(Rhythm);
