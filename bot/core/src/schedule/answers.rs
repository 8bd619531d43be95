//! What is said of days and zones that are not understood, the same wherever they were typed.

use jiff::civil::Date;

use super::{dates::DateError, spoken_date, zones::ZoneError};
use crate::{Words, words::quoted};

/// What is wrong with a day, and what would be right.
pub fn wrong_day(error: &DateError, today: Date, words: &Words) -> String {
    match error {
        DateError::Unknown(text) => words.schedule_day_unknown(quoted(text)),
        DateError::Unsure { text, days } => words.schedule_day_unsure(quoted(text), offered(days, today, words)),
        DateError::Past(past) => words.schedule_day_past(spoken_date(*past, today, words)),
        DateError::Far(far) => words.schedule_day_far(spoken_date(*far, today, words)),
    }
}

/// The days that were perhaps meant: `**Fri 27 Nov** (`2026-11-27`) or **Mon 30 Nov** (`2026-11-30`)`.
fn offered(days: &[Date], today: Date, words: &Words) -> String {
    let shown: Vec<String> =
        days.iter().map(|day| format!("**{}** (`{day}`)", spoken_date(*day, today, words))).collect();
    match shown.split_last() {
        Some((last, before)) if !before.is_empty() => words.schedule_or(before.join(", "), last.as_str()),
        _ => shown.concat(),
    }
}

/// What is wrong with a zone, and which was perhaps meant.
pub fn wrong_zone(error: &ZoneError, written: &str, words: &Words) -> String {
    match &error.0 {
        Some(meant) => words.schedule_zone_suggest(quoted(written), meant.as_str()),
        None => words.schedule_zone_unknown(quoted(written)),
    }
}
