//! Rhythms as people say them, in English and German alike: `every other tuesday 10:00`, `jeden ersten Dienstag im
//! Monat um 15 Uhr`.

use crate::schedule::{
    LocalTime, Nth, Rhythm,
    dates::{self, weekday},
};

/// Why words are no rhythm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RhythmMistake {
    /// There is no time of day, and nothing else that is understood.
    NoTime,
    /// The days are understood, and the time of day is not.
    Clock {
        /// What stands where the time should; empty where nothing does.
        wrong: String,
        /// What was perhaps meant.
        meant: Rhythm,
    },
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

/// How many of the words are a name, before a rhythm that begins with a word that `begins` one. A name may begin so, too:
/// `weekly`, where the rhythm still follows.
pub fn name_before(words: &[String], begins: impl Fn(&str) -> bool) -> usize {
    // A name in quotation marks may hold any word.
    if words.first().is_some_and(|word| word.contains(char::is_whitespace)) {
        return 1;
    }
    let understood = |from: usize| {
        let times = words[from..].join(" ");
        let first = times.split('|').next().unwrap_or_default();
        matches!(read(first), Ok(_) | Err(RhythmMistake::Clock { .. }))
    };
    let begun: Vec<usize> = (0..words.len()).filter(|at| begins(&words[*at])).collect();
    match begun.first() {
        Some(0) if words.len() == 1 => 1,
        // `Weekly tuesdays 10:00`: who writes it as a name means one.
        Some(0) if words[0].starts_with(char::is_uppercase) && is_adverb(&words[0]) && understood(1) => 1,
        Some(0) if !understood(0) => (1..words.len()).find(|at| understood(*at)).unwrap_or(0),
        Some(first) => *first,
        None => words.len().min(1),
    }
}

/// Whether a word says by itself how often.
fn is_adverb(word: &str) -> bool {
    let word = word.to_lowercase();
    ["daily", "weekly", "monthly", "biweekly", "fortnightly", "täglich", "wöchentlich", "monatlich"]
        .contains(&word.as_str())
}

/// Reads a rhythm.
///
/// # Errors
/// [`RhythmMistake`], for its author.
pub fn read(text: &str) -> Result<Rhythm, RhythmMistake> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().map(|word| word.trim_matches(',')).collect();
    let Some((at, rest)) = time(&words) else { return Err(without_time(&words)) };
    shape(&without_fillers(&rest), at).ok_or(RhythmMistake::Shape)
}

fn without_fillers<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let is_filler = |word: &&&str| ["on", "the", "at", "of", "im", "am", "um", "des", "in", "a"].contains(*word);
    words.iter().filter(|word| !is_filler(word)).copied().collect()
}

/// What is wrong with words among which there is no time of day.
fn without_time(words: &[&str]) -> RhythmMistake {
    let days = without_fillers(words);
    if let Some(meant) = shape(&days, nearest_time("")) {
        return RhythmMistake::Clock { wrong: String::new(), meant };
    }
    let parts = |from: usize| {
        let is_half = days.get(from + 1).is_some_and(|word| ["am", "pm", "uhr", "h", "a.m.", "p.m."].contains(word));
        from..from + 1 + usize::from(is_half)
    };
    let read = |from: usize| {
        let wrong = &days[parts(from)];
        let rest: Vec<&str> = days[..from].iter().chain(&days[parts(from).end..]).copied().collect();
        Some(RhythmMistake::Clock { wrong: wrong.join(" "), meant: shape(&rest, nearest_time(wrong[0]))? })
    };
    (0..days.len()).rev().filter(|from| is_number(days[*from])).find_map(read).unwrap_or(RhythmMistake::NoTime)
}

/// Whether a word may have been meant as a time of day: `10`, `25:00`, `10.30`.
pub fn is_number(word: &str) -> bool {
    word.starts_with(|char: char| char.is_ascii_digit())
        && word.chars().all(|char| char.is_ascii_digit() || ":.h".contains(char))
}

/// The time of day that somebody perhaps meant: `10` is ten o'clock, and what no clock shows stands for any.
pub fn nearest_time(word: &str) -> LocalTime {
    let (hour, minute) = word.split_once([':', '.', 'h']).unwrap_or((word, ""));
    let within = |text: &str, end: u16| text.parse::<u16>().ok().filter(|number| *number < end);
    match (within(hour, 24), within(minute, 60)) {
        (Some(hour), Some(minute)) => format!("{hour}:{minute:02}").parse().unwrap_or(LocalTime::hour(10)),
        (Some(hour), None) => LocalTime::hour(hour),
        _ => LocalTime::hour(10),
    }
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
        for text in ["", "25:00", "every moonday", "every moonday 25:00"] {
            assert_eq!(read(text), Err(RhythmMistake::NoTime), "{text}");
        }
        for text in
            ["10:00", "every 10:00", "every fifth tuesday 10:00", "every month 10:00", "sometimes 10:00", "off 10:00"]
        {
            assert_eq!(read(text), Err(RhythmMistake::Shape), "{text}");
        }
    }

    #[test]
    fn a_rhythm_that_is_shown_to_be_copied_is_read_in_every_language() {
        let at = LocalTime::hour(10);
        let (mut all, on) = (vec![Rhythm::Daily { at }, Rhythm::Weekdays { at }], jiff::civil::Weekday::Wednesday);
        all.extend([1, 2, 5].map(|every| Rhythm::Weekly { every, on, at }));
        let nths = [Nth::First, Nth::Second, Nth::Third, Nth::Fourth, Nth::Last];
        all.extend(nths.map(|nth| Rhythm::Monthly { nth, on, at }));
        for (words, rhythm) in crate::Words::all().iter().flat_map(|words| all.iter().map(move |one| (words, *one))) {
            let written = crate::meetings::text::written(words, rhythm);
            assert_eq!(read(&written), Ok(rhythm), "{written}");
        }
    }

    #[test]
    fn where_only_the_time_is_wrong_the_days_are_understood() {
        for (text, wrong, meant) in [
            ("tuesdays at 10", "10", "every tuesday 10:00"),
            ("every tuesday 25:00", "25:00", "every tuesday 10:00"),
            ("jeden Dienstag um 10.30", "10.30", "every tuesday 10:30"),
            ("every tuesday at 13 pm", "13 pm", "every tuesday 13:00"),
            ("every 3 weeks on tuesday", "", "every 3 weeks on tuesday 10:00"),
            ("every 2nd tuesday 8", "8", "monthly second tuesday 08:00"),
            ("tuesdays", "", "every tuesday 10:00"),
        ] {
            let clock = RhythmMistake::Clock { wrong: wrong.to_owned(), meant: meant.parse().unwrap() };
            assert_eq!(read(text), Err(clock), "{text}");
        }
    }
}
