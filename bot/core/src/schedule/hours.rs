//! Times of day: an hour on a person's nth day, and the hours in which nobody minds a message.

use std::{fmt, str::FromStr};

use hearth_shared::as_text;
use jiff::{
    Timestamp, ToSpan as _,
    civil::{Date, DateTime, Time, Weekday},
    tz::TimeZone,
};

use crate::Words;

/// A time of day on the community's clock, to the minute: `09:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LocalTime {
    minutes: u16,
}

impl LocalTime {
    /// The full hour, 0 to 23.
    pub const fn hour(hour: u16) -> Self {
        Self { minutes: hour % 24 * 60 }
    }

    /// When a clock in `zone` shows this time on `date`: the first time where it does twice, as much later as the
    /// clock jumped where it does not.
    pub fn on(self, date: Date, zone: &TimeZone) -> Option<Timestamp> {
        zone.to_timestamp(date.to_datetime(self.civil())).ok()
    }

    /// What a clock and a calendar show then.
    pub fn at(self, date: Date) -> DateTime {
        date.to_datetime(self.civil())
    }

    fn civil(self) -> Time {
        let part = |number: u16| i8::try_from(number).unwrap_or_default();
        Time::new(part(self.minutes / 60), part(self.minutes % 60), 0, 0).unwrap_or_default()
    }
}

/// The text is no time of day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalTimeError(String);

impl fmt::Display for LocalTimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a time of day; write it like 09:00 or 17:30", self.0)
    }
}

impl std::error::Error for LocalTimeError {}

impl FromStr for LocalTime {
    type Err = LocalTimeError;

    fn from_str(text: &str) -> Result<Self, LocalTimeError> {
        let read = || {
            let (hours, minutes) = text.trim().split_once(':')?;
            let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
            if !digits(hours) || !digits(minutes) || minutes.len() != 2 || hours.len() > 2 {
                return None;
            }
            let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
            (hours < 24 && minutes < 60).then_some(Self { minutes: hours * 60 + minutes })
        };
        read().ok_or_else(|| LocalTimeError(text.trim().to_owned()))
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }
}

as_text!(LocalTime);

/// The time `at`, so many local days after the day of `joined`.
pub fn day_at(joined: Timestamp, days: u16, at: LocalTime, zone: &TimeZone) -> Timestamp {
    let date = zone.to_datetime(joined).date();
    date.checked_add(i32::from(days).days()).ok().and_then(|date| at.on(date, zone)).unwrap_or(Timestamp::MAX)
}

/// The hours of the day in which nobody minds a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waking {
    /// They begin.
    pub from: LocalTime,
    /// They are over. Later than `from`.
    pub until: LocalTime,
    /// Whether Saturday and Sunday are left out.
    pub weekdays: bool,
}

/// Nine to six, every day.
pub const DAYTIME: Waking = Waking { from: LocalTime::hour(9), until: LocalTime::hour(18), weekdays: false };

impl Waking {
    /// The same, Monday to Friday.
    #[must_use]
    pub const fn on_weekdays(self) -> Self {
        Self { weekdays: true, ..self }
    }

    /// `at` itself where it lies in these hours, otherwise when they next begin.
    pub fn next(self, at: Timestamp, zone: &TimeZone) -> Timestamp {
        let local = zone.to_datetime(at);
        let open = |date: Date| !self.weekdays || !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        if open(local.date()) && self.from.civil() <= local.time() && local.time() < self.until.civil() {
            return at;
        }
        let mut date = local.date();
        for _ in 0..8 {
            match self.from.on(date, zone) {
                Some(start) if start >= at && open(date) => return start,
                _ => {}
            }
            let Ok(tomorrow) = date.tomorrow() else { break };
            date = tomorrow;
        }
        at
    }
}

/// A moment as people say it, on the clock of a zone: `Sun 29 Nov, 18:03`.
pub fn spoken(at: Timestamp, zone: &TimeZone, words: &Words) -> String {
    let local = zone.to_datetime(at);
    words.schedule_moment(spoken_date(local.date(), local.date(), words), local.strftime("%H:%M").to_string())
}

/// The same for somebody whose clock shows another time than that of their community, `home`: then it says whose time
/// it is, `Sun 29 Nov, 22:48 (Asia/Kathmandu)`.
pub fn spoken_away(at: Timestamp, zone: &TimeZone, home: &TimeZone, words: &Words) -> String {
    let moment = spoken(at, zone, words);
    match zone.iana_name() {
        Some(name) if zone.to_offset(at) != home.to_offset(at) => {
            words.schedule_moment_zone(moment, super::zone_name(name))
        }
        _ => moment,
    }
}

/// A day as people say it: `Fri 27 Nov`, with the year where it is not that of `today`.
pub fn spoken_date(date: Date, today: Date, words: &Words) -> String {
    let day = words.find_attribute(message_of(date.weekday()), "short").unwrap_or_default();
    let month = words.find(&format!("schedule-month-{}", date.month())).unwrap_or_default();
    if date.year() == today.year() {
        words.schedule_date(day, date.day().to_string(), month)
    } else {
        words.schedule_date_year(day, date.day().to_string(), month, date.year().to_string())
    }
}

/// `Tuesday`.
pub fn weekday_name(day: Weekday, words: &Words) -> String {
    words.find(message_of(day)).unwrap_or_default()
}

/// The message that names a day.
const fn message_of(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "schedule-monday",
        Weekday::Tuesday => "schedule-tuesday",
        Weekday::Wednesday => "schedule-wednesday",
        Weekday::Thursday => "schedule-thursday",
        Weekday::Friday => "schedule-friday",
        Weekday::Saturday => "schedule-saturday",
        Weekday::Sunday => "schedule-sunday",
    }
}
