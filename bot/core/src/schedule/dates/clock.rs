//! Times of day as people write them.

use crate::schedule::LocalTime;

/// When on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayTime {
    /// At a time of the clock.
    At(LocalTime),
    /// In a part of the day that no clock shows: `in the morning`.
    Part,
}

/// What people mean by noon.
pub(super) const NOON: LocalTime = LocalTime::hour(12);

/// The time of day that the words begin with, and how many of them it takes: `10:00`, `10am`, `5:30 pm`, `10 Uhr`.
pub fn time(words: &[&str]) -> Option<(LocalTime, usize)> {
    let first = words.first()?.to_lowercase().replace(',', "");
    let next = words.get(1).map(|word| word.to_lowercase()).unwrap_or_default();
    let (digits, suffix) = match first.find(|char: char| char.is_ascii_alphabetic()) {
        Some(at) => (first[..at].to_owned(), first[at..].to_owned()),
        None => (first, String::new()),
    };
    let (suffix, used) = match next.as_str() {
        "am" | "pm" | "uhr" | "h" | "a.m." | "p.m." if suffix.is_empty() => (next.replace('.', ""), 2),
        _ => (suffix, 1),
    };
    let (hour, minute) = match digits.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        Some(_) => return None,
        None if suffix.is_empty() => return None,
        None => (digits.as_str(), "00"),
    };
    // `27.11` is a day.
    if digits.contains('.') && suffix.is_empty() {
        return None;
    }
    let (hour, minute): (u8, u8) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = match suffix.as_str() {
        "" | "h" | "uhr" => hour,
        "am" | "pm" if !(1..=12).contains(&hour) => return None,
        "am" => hour % 12,
        "pm" => hour % 12 + 12,
        _ => return None,
    };
    Some((format!("{hour}:{minute:02}").parse().ok()?, used))
}
