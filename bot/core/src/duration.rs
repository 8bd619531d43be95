//! A length of time as people write it in a room: `90m`, `2h`, `3d`, `1w`.

use std::{fmt, str::FromStr};

use hearth_shared::as_text;
use jiff::{SignedDuration, Timestamp};

/// A length of time, whole minutes, more than none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    minutes: u32,
}

/// The longest span: a year.
const LONGEST: u32 = 366 * 24 * 60;

/// The text is no length of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpanError(String);

impl fmt::Display for SpanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a length of time; write it like 30m, 2h, 3d or 1w, a year at most", self.0)
    }
}

impl std::error::Error for SpanError {}

impl Span {
    /// So many minutes.
    pub const fn minutes(minutes: u32) -> Self {
        Self { minutes }
    }

    /// So many hours.
    pub const fn hours(hours: u32) -> Self {
        Self { minutes: hours * 60 }
    }

    /// So many days of 24 hours.
    pub const fn days(days: u32) -> Self {
        Self::hours(days * 24)
    }

    /// How many minutes it is.
    pub const fn in_minutes(self) -> i64 {
        self.minutes as i64
    }

    /// How many whole days it is, rounded up.
    pub const fn whole_days(self) -> i64 {
        self.minutes.div_ceil(24 * 60) as i64
    }

    /// The instant this long after `at`.
    pub fn after(self, at: Timestamp) -> Timestamp {
        at.saturating_add(SignedDuration::from_mins(i64::from(self.minutes))).unwrap_or(Timestamp::MAX)
    }
}

impl FromStr for Span {
    type Err = SpanError;

    fn from_str(text: &str) -> Result<Self, SpanError> {
        let wrong = || SpanError(text.to_owned());
        let trimmed = text.trim();
        let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
        let count: u32 = trimmed[..digits].parse().map_err(|_| wrong())?;
        let unit = match trimmed[digits..].trim() {
            "m" | "min" | "minutes" => 1,
            "h" | "hour" | "hours" => 60,
            "d" | "day" | "days" => 24 * 60,
            "w" | "week" | "weeks" => 7 * 24 * 60,
            _ => return Err(wrong()),
        };
        match count.checked_mul(unit) {
            Some(minutes) if (1..=LONGEST).contains(&minutes) => Ok(Self { minutes }),
            _ => Err(wrong()),
        }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.minutes {
            minutes if minutes % (7 * 24 * 60) == 0 => write!(f, "{}w", minutes / (7 * 24 * 60)),
            minutes if minutes % (24 * 60) == 0 => write!(f, "{}d", minutes / (24 * 60)),
            minutes if minutes % 60 == 0 => write!(f, "{}h", minutes / 60),
            minutes => write!(f, "{minutes}m"),
        }
    }
}

as_text!(Span);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_as_people_write_them() {
        for (text, span) in [("90m", Span::minutes(90)), ("2h", Span::hours(2)), ("3 days", Span::days(3))] {
            assert_eq!(text.parse(), Ok(span));
        }
        assert_eq!("1w".parse::<Span>().unwrap().to_string(), "1w");
        for wrong in ["", "h", "0m", "-1h", "2x", "99999999999h", "60w"] {
            assert!(wrong.parse::<Span>().is_err(), "{wrong}");
        }
    }
}
