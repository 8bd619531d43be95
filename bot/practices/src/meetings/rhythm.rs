//! Rhythms as people say them, in English and German alike: `every other tuesday 10:00`, `jeden ersten Dienstag im
//! Monat um 15 Uhr`.

use crate::schedule::{
    LocalTime, Nth, Rhythm,
    dates::{self, weekday},
};

/// Why words are no rhythm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RhythmMistake {
    /// There is no time of day.
    NoTime,
    /// It is said differently from every rhythm that is understood.
    Shape,
}

/// Whether a rhythm may begin with this word.
pub fn begins(word: &str) -> bool {
    let word = word.to_lowercase();
    let known = [
        "every",
        "each",
        "daily",
        "weekly",
        "monthly",
        "weekdays",
        "biweekly",
        "fortnightly",
        "jeden",
        "jede",
        "jedem",
        "alle",
        "täglich",
        "taeglich",
        "werktags",
        "wöchentlich",
        "monatlich",
        "on",
    ];
    known.contains(&word.as_str()) || (weekday(&word).is_some() && word.len() > 6 && word.ends_with('s'))
}

/// Reads a rhythm.
///
/// # Errors
/// [`RhythmMistake`], for its author.
pub fn read(text: &str) -> Result<Rhythm, RhythmMistake> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().map(|word| word.trim_matches(',')).collect();
    let (at, rest) = time(&words).ok_or(RhythmMistake::NoTime)?;
    let is_filler = |word: &&str| ["on", "the", "at", "of", "im", "am", "um", "des", "in", "a"].contains(word);
    let words: Vec<&str> = rest.into_iter().filter(|word| !is_filler(word)).collect();
    shape(&words, at).ok_or(RhythmMistake::Shape)
}

/// The time of day, and the words without it.
fn time<'a>(words: &[&'a str]) -> Option<(LocalTime, Vec<&'a str>)> {
    (0..words.len()).rev().find_map(|start| {
        let (at, used) = dates::time(&words[start..])?;
        let rest = words[..start].iter().chain(&words[start + used..]).copied().collect();
        Some((at, rest))
    })
}

fn shape(words: &[&str], at: LocalTime) -> Option<Rhythm> {
    let is_month = |word: &&str| ["month", "monthly", "monat", "monats", "monatlich"].contains(word);
    let is_every = |word: &&str| ["every", "each", "jeden", "jede", "jedem", "alle"].contains(word);
    let weekly = |every: u8, day: &str| Some(Rhythm::Weekly { every, on: weekday(day)?, at });
    if words.iter().any(is_month) {
        let rest: Vec<&str> = words.iter().copied().filter(|word| !is_month(word) && !is_every(word)).collect();
        let [which, day] = rest.as_slice() else { return None };
        return Some(Rhythm::Monthly { nth: nth(which)?, on: weekday(day)?, at });
    }
    match words {
        ["daily" | "täglich" | "taeglich"] | [_, "day" | "tag"] if words.len() == 1 || is_every(&words[0]) => {
            Some(Rhythm::Daily { at })
        }
        ["weekdays" | "werktags" | "werktäglich"] => Some(Rhythm::Weekdays { at }),
        [every, "weekday" | "workday" | "werktag"] if is_every(every) => Some(Rhythm::Weekdays { at }),
        ["weekly" | "wöchentlich", day] => weekly(1, day),
        ["biweekly" | "fortnightly" | "zweiwöchentlich", day] => weekly(2, day),
        [day] => weekly(1, day),
        [every, day] if is_every(every) => weekly(1, day),
        [every, "other" | "second" | "zweite" | "zweiten", day]
        | [every, "other" | "second" | "zweite" | "zweiten", "week" | "woche", day]
            if is_every(every) =>
        {
            weekly(2, day)
        }
        [every, count, "week" | "weeks" | "woche" | "wochen", day] if is_every(every) => {
            let every = u8::try_from(dates::count(count)?).ok().filter(|every| (1..=12).contains(every))?;
            weekly(every, day)
        }
        // "every first tuesday" can only be a month's.
        [every, which, day] if is_every(every) => Some(Rhythm::Monthly { nth: nth(which)?, on: weekday(day)?, at }),
        _ => None,
    }
}

fn nth(word: &str) -> Option<Nth> {
    Some(match word {
        "first" | "1st" | "1." | "ersten" | "erster" => Nth::First,
        "second" | "2nd" | "2." | "zweiten" | "zweiter" => Nth::Second,
        "third" | "3rd" | "3." | "dritten" | "dritter" => Nth::Third,
        "fourth" | "4th" | "4." | "vierten" | "vierter" => Nth::Fourth,
        "last" | "letzten" | "letzter" => Nth::Last,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rhythms_are_understood_in_both_languages() {
        for (text, canonical) in [
            ("every tuesday 10:00", "every tuesday 10:00"),
            ("every tuesday at 10am", "every tuesday 10:00"),
            ("jeden Dienstag um 10 Uhr", "every tuesday 10:00"),
            ("dienstags 10:00", "every tuesday 10:00"),
            ("Tuesdays at 10:00", "every tuesday 10:00"),
            ("weekly on Tue 10:00", "every tuesday 10:00"),
            ("every other tuesday 10:00", "every 2 weeks on tuesday 10:00"),
            ("every second tuesday 10:00", "every 2 weeks on tuesday 10:00"),
            ("jeden zweiten Dienstag 10:00", "every 2 weeks on tuesday 10:00"),
            ("alle zwei Wochen am Dienstag um 10:00", "every 2 weeks on tuesday 10:00"),
            ("every 3 weeks on tuesday 10:00", "every 3 weeks on tuesday 10:00"),
            ("every month on the first tuesday 10:00", "monthly first tuesday 10:00"),
            ("monthly on the last friday at 4:30 pm", "monthly last friday 16:30"),
            ("on the second tuesday of every month at 10:00", "monthly second tuesday 10:00"),
            ("jeden ersten Dienstag im Monat um 15 Uhr", "monthly first tuesday 15:00"),
            ("every third thursday 10:00", "monthly third thursday 10:00"),
            ("daily 09:00", "daily 09:00"),
            ("täglich um 9:00", "daily 09:00"),
            ("every day at 9:00", "daily 09:00"),
            ("werktags 09:00", "weekdays 09:00"),
            ("every weekday 09:00", "weekdays 09:00"),
        ] {
            assert_eq!(read(text).map(|rhythm| rhythm.to_string()), Ok(canonical.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_rhythm_says_what_it_lacks() {
        for text in ["", "every tuesday", "every tuesday 25:00"] {
            assert_eq!(read(text), Err(RhythmMistake::NoTime), "{text}");
        }
        for text in
            ["10:00", "every 10:00", "every fifth tuesday 10:00", "every month 10:00", "sometimes 10:00", "off 10:00"]
        {
            assert_eq!(read(text), Err(RhythmMistake::Shape), "{text}");
        }
    }
}
