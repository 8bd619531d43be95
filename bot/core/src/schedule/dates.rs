//! Days as people name them, in English and German alike: `friday`, `in two weeks`, `Ende des Monats`, `27.11.`.
//!
//! Both languages are understood everywhere, because people mix them. What can be misread (`11/12`) is not read at
//! all. Whoever uses a day says it back, so that a misunderstanding shows at once.

use jiff::{
    ToSpan as _,
    civil::{Date, Weekday},
};

use super::LocalTime;

/// Why words are no day that could be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateError {
    /// They name no day, or one that does not exist.
    Unknown(String),
    /// The day is over.
    Past(Date),
    /// The day is more than five years away: a slip of the finger.
    Far(Date),
}

/// The longest phrase for a day, in words: `by the end of the next month at 17:00`.
const LONGEST_PHRASE: usize = 9;

/// The day that `text` names, seen from `today`.
///
/// # Errors
/// [`DateError`], for its author.
pub fn date(text: &str, today: Date) -> Result<Date, DateError> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = plain(&lower);
    let (_, words) = without_marker(&words);
    let found = read(without_time(words), today, true).ok_or_else(|| DateError::Unknown(text.trim().to_owned()))?;
    in_reach(found, today)
}

/// A sentence and the day at its end: `book the room by friday`.
///
/// Where a word like `by` stands near the end and no day follows, that is an error rather than part of the sentence;
/// a sentence in quotation marks (one word that holds spaces) is left whole.
///
/// # Errors
/// [`DateError`], for its author.
pub fn due(words: &[String], today: Date) -> Result<(String, Option<Date>), DateError> {
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let quoted = words.iter().rposition(|word| word.contains(char::is_whitespace)).map_or(0, |at| at + 1);
    let from = quoted.max(words.len().saturating_sub(LONGEST_PHRASE));
    for start in from..words.len() {
        let phrase: Vec<&str> = lower[start..].iter().flat_map(|word| plain(word)).collect();
        let (marker, phrase) = without_marker(&phrase);
        if let Some(found) = read(without_time(phrase), today, marker != Marker::None) {
            return Ok((words[..start].join(" "), Some(in_reach(found, today)?)));
        }
    }
    let promised = (from..words.len()).rfind(|&at| without_marker(&plain(&lower[at])).0 == Marker::Deadline);
    match promised {
        Some(at) if words.len() - at <= 5 && at + 1 < words.len() => Err(DateError::Unknown(words[at + 1..].join(" "))),
        _ => Ok((words.join(" "), None)),
    }
}

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

/// The weekday that a word names, in either language: `tue`, `tuesdays`, `Di`, `dienstags`.
pub fn weekday(word: &str) -> Option<Weekday> {
    let word = word.trim_end_matches(['.', ',']).to_lowercase();
    let word = word.strip_suffix("days").map_or(word.clone(), |stem| format!("{stem}day"));
    let word = word.strip_suffix("tags").map_or(word.clone(), |stem| format!("{stem}tag"));
    Some(match word.as_str() {
        "monday" | "mon" | "montag" | "mo" => Weekday::Monday,
        "tuesday" | "tue" | "tues" | "dienstag" | "di" => Weekday::Tuesday,
        "wednesday" | "wed" | "weds" | "mittwoch" | "mittwochs" | "mi" => Weekday::Wednesday,
        "thursday" | "thu" | "thur" | "thurs" | "donnerstag" | "do" => Weekday::Thursday,
        "friday" | "fri" | "freitag" | "fr" => Weekday::Friday,
        "saturday" | "sat" | "samstag" | "sonnabend" | "sa" => Weekday::Saturday,
        "sunday" | "sun" | "sonntag" | "so" => Weekday::Sunday,
        _ => return None,
    })
}

/// A small number as a word or in digits, in either language.
pub fn count(word: &str) -> Option<i32> {
    let number = match word {
        "a" | "an" | "one" | "ein" | "eine" | "einem" | "einer" | "einen" => 1,
        "two" | "zwei" => 2,
        "three" | "drei" => 3,
        "four" | "vier" => 4,
        "five" | "fünf" | "fuenf" => 5,
        "six" | "sechs" => 6,
        "seven" | "sieben" => 7,
        "eight" | "acht" => 8,
        "nine" | "neun" => 9,
        "ten" | "zehn" => 10,
        "eleven" | "elf" => 11,
        "twelve" | "zwölf" | "zwoelf" => 12,
        digits => digits.parse().ok().filter(|number| (0..=2_000).contains(number))?,
    };
    Some(number)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Marker {
    /// None, so that only words count which can hardly mean anything else.
    None,
    /// `on`: a day may follow, or something else.
    Perhaps,
    /// `by`: a day must follow.
    Deadline,
}

/// The words without punctuation, and without those that say nothing about a day.
fn plain(lower: &str) -> Vec<&str> {
    lower
        .split_whitespace()
        .map(|word| word.trim_matches([',', ';', '!', '?', '(', ')', ':']))
        .filter(|word| !word.is_empty())
        .collect()
}

fn without_marker<'a>(words: &'a [&'a str]) -> (Marker, &'a [&'a str]) {
    match words {
        ["bis", "spätestens" | "zum" | "zur", rest @ ..] | ["no" | "not", "later", "than", rest @ ..] => {
            (Marker::Deadline, rest)
        }
        ["due", "by" | "on", rest @ ..] | ["by" | "until" | "till" | "due" | "bis" | "spätestens", rest @ ..] => {
            match rest {
                ["zum" | "zur" | "am", rest @ ..] => (Marker::Deadline, rest),
                _ => (Marker::Deadline, rest),
            }
        }
        ["on" | "am" | "before" | "vor" | "zum", rest @ ..] => (Marker::Perhaps, rest),
        _ => (Marker::None, words),
    }
}

/// A deadline is a day: the hour that some write after it goes.
fn without_time<'a>(words: &'a [&'a str]) -> &'a [&'a str] {
    for cut in (1..=3_usize.min(words.len().saturating_sub(1))).rev() {
        let (day, mut tail) = words.split_at(words.len() - cut);
        if let ["at" | "um", rest @ ..] = tail {
            tail = rest;
        }
        if time(tail).is_some_and(|(_, used)| used == tail.len()) || matches!(tail, ["eod" | "noon" | "mittags"]) {
            return day;
        }
    }
    words
}

fn in_reach(found: Date, today: Date) -> Result<Date, DateError> {
    match today.checked_add(5.years()) {
        _ if found < today => Err(DateError::Past(found)),
        Ok(far) if found > far => Err(DateError::Far(found)),
        _ => Ok(found),
    }
}

fn is_next(word: &str) -> bool {
    word == "next" || word.starts_with("nächste") || word.starts_with("naechste")
}

fn is_this(word: &str) -> bool {
    matches!(word, "this" | "coming") || word.starts_with("diese") || word.starts_with("kommende")
}

/// `loose`: whether a word before said that a day follows, so that `do` may be Thursday.
fn read(words: &[&str], today: Date, loose: bool) -> Option<Date> {
    let words: Vec<&str> =
        words.iter().copied().filter(|word| !matches!(*word, "the" | "of" | "des" | "der" | "den" | "dem")).collect();
    let after = |span: jiff::Span| today.checked_add(span).ok();
    match words.as_slice() {
        ["today" | "tonight" | "heute"] => Some(today),
        ["tomorrow" | "morgen"] => today.tomorrow().ok(),
        ["übermorgen" | "uebermorgen"] | ["day", "after", "tomorrow"] => after(2.days()),
        ["in", "fortnight"] | ["in", "a", "fortnight"] => after(14.days()),
        ["in", number, unit] | [number, unit, "from", "now"] => counted(count(number)?, unit, today),
        ["in", short] => abbreviated(short, today),
        [short] if loose && abbreviated(short, today).is_some() => abbreviated(short, today),
        ["end" | "ende", rest @ ..] => end_of(rest, today),
        ["monatsende"] => end_of(&["month"], today),
        ["jahresende"] => end_of(&["year"], today),
        ["wochenende" | "weekend"] if loose => weekday_after(Weekday::Sunday, today.yesterday().ok()?),
        [this, "weekend" | "wochenende"] if is_this(this) => weekday_after(Weekday::Sunday, today.yesterday().ok()?),
        [this, "week" | "woche"] if is_this(this) => end_of(&["week"], today),
        [next, period @ ("week" | "woche" | "month" | "monat" | "year" | "jahr")] if is_next(next) => {
            end_of(&[next, period], today)
        }
        [this, day] if is_this(this) && weekday(day).is_some() => weekday_after(weekday(day)?, today),
        // Of the next week, which begins on Monday: on a Tuesday, "next Friday" is ten days away.
        [next, day] if is_next(next) && weekday(day).is_some() => {
            let monday = weekday_after(Weekday::Monday, today)?;
            weekday_after(weekday(day)?, monday.yesterday().ok()?)
        }
        [day]
            if weekday(day).is_some()
                && (loose || day.ends_with("day") || day.contains("tag") || *day == "mittwoch") =>
        {
            weekday_after(weekday(day)?, today)
        }
        [day, rest @ ..] if !rest.is_empty() && weekday(day).is_some() => {
            calendar(rest, today, true).filter(|found| Some(found.weekday()) == weekday(day))
        }
        words => calendar(words, today, loose),
    }
}

fn weekday_after(day: Weekday, after: Date) -> Option<Date> {
    after.nth_weekday(1, day).ok()
}

fn counted(number: i32, unit: &str, today: Date) -> Option<Date> {
    let span = match unit {
        "day" | "days" | "tag" | "tage" | "tagen" => number.days(),
        "week" | "weeks" | "woche" | "wochen" => number.weeks(),
        "fortnight" | "fortnights" => number.checked_mul(2)?.weeks(),
        "month" | "months" | "monat" | "monate" | "monaten" => number.months(),
        "year" | "years" | "jahr" | "jahre" | "jahren" => number.years(),
        _ => return None,
    };
    today.checked_add(span).ok()
}

/// `10d`, `2w`.
fn abbreviated(word: &str, today: Date) -> Option<Date> {
    let (number, unit) = word.split_at_checked(word.len().checked_sub(1)?)?;
    let unit = match unit {
        "d" => "days",
        "w" => "weeks",
        _ => return None,
    };
    counted(number.parse().ok().filter(|number| (0..=2_000).contains(number))?, unit, today)
}

/// The last day of a week (its Friday, or Sunday once that is over), a month, or a year.
fn end_of(words: &[&str], today: Date) -> Option<Date> {
    let (shift, period) = match words {
        [next, period] if is_next(next) => (1, *period),
        [this, period] if is_this(this) => (0, *period),
        [period] => (0, *period),
        _ => return None,
    };
    match period {
        "week" | "woche" if shift == 0 => {
            let friday = weekday_after(Weekday::Friday, today.yesterday().ok()?)?;
            let sunday = weekday_after(Weekday::Sunday, today.yesterday().ok()?)?;
            Some(friday.min(sunday))
        }
        "week" | "woche" => weekday_after(Weekday::Friday, weekday_after(Weekday::Monday, today)?),
        "month" | "monat" | "monats" | "monates" => {
            Some(today.first_of_month().checked_add(shift.months()).ok()?.last_of_month())
        }
        "year" | "jahr" | "jahres" => Some(today.checked_add(shift.years()).ok()?.last_of_year()),
        name => {
            let month = month(name)?;
            let this = Date::new(today.year(), month, 1).ok()?.last_of_month();
            if this >= today { Some(this) } else { Some(Date::new(today.year() + 1, month, 1).ok()?.last_of_month()) }
        }
    }
}

fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.');
    Some(match word {
        "january" | "januar" | "jänner" | "jan" => 1,
        "february" | "februar" | "feb" => 2,
        "march" | "märz" | "maerz" | "mar" | "mär" => 3,
        "april" | "apr" => 4,
        "may" | "mai" => 5,
        "june" | "juni" | "jun" => 6,
        "july" | "juli" | "jul" => 7,
        "august" | "aug" => 8,
        "september" | "sept" | "sep" => 9,
        "october" | "oktober" | "oct" | "okt" => 10,
        "november" | "nov" => 11,
        "december" | "dezember" | "dec" | "dez" => 12,
        _ => return None,
    })
}

/// A day of the calendar, with its year or else the next of that name.
fn calendar(words: &[&str], today: Date, loose: bool) -> Option<Date> {
    let number = |word: &str| word.parse::<i8>().ok().filter(|number| (1..=31).contains(number));
    let day = |word: &str| {
        let bare = ["st", "nd", "rd", "th", "."].iter().find_map(|suffix| word.strip_suffix(suffix)).unwrap_or(word);
        number(bare)
    };
    let year = |word: &str| word.parse::<i16>().ok().filter(|year| word.len() == 4 && (1970..=9_000).contains(year));
    match words {
        [one] if one.contains('-') || (one.contains('/') && one.len() >= 8) => {
            let parts: Vec<&str> = one.split(['-', '/']).collect();
            let [y, m, d] = parts.as_slice() else { return None };
            Date::new(year(y)?, m.parse().ok()?, d.parse().ok()?).ok()
        }
        [one] if one.matches('.').count() >= 2 || (loose && one.matches('.').count() == 1 && !one.ends_with('.')) => {
            let parts: Vec<&str> = one.trim_end_matches('.').split('.').collect();
            match parts.as_slice() {
                [d, m] => coming(number(m)?, number(d)?, today),
                [d, m, y] if y.len() == 2 => Date::new(2_000 + y.parse::<i16>().ok()?, number(m)?, number(d)?).ok(),
                [d, m, y] => Date::new(year(y)?, number(m)?, number(d)?).ok(),
                _ => None,
            }
        }
        // `the 27th`
        [one] if loose && number(one).is_none() => {
            let day = day(one)?;
            let mut first = today.first_of_month();
            for _ in 0..3 {
                match Date::new(first.year(), first.month(), day) {
                    Ok(found) if found >= today => return Some(found),
                    _ => first = first.checked_add(1.month()).ok()?,
                }
            }
            None
        }
        [one, two] => match (month(one), month(two)) {
            (None, Some(month)) => coming(month, day(one)?, today),
            (Some(month), None) => coming(month, day(two)?, today),
            _ => None,
        },
        [one, two, three] => match (month(one), month(two)) {
            (None, Some(month)) => Date::new(year(three)?, month, day(one)?).ok(),
            (Some(month), None) => Date::new(year(three)?, month, day(two)?).ok(),
            _ => None,
        },
        _ => None,
    }
}

/// The next such day of a year, today included.
fn coming(month: i8, day: i8, today: Date) -> Option<Date> {
    (today.year()..=today.year() + 4).find_map(|year| Date::new(year, month, day).ok().filter(|found| *found >= today))
}

#[cfg(test)]
#[path = "dates_tests.rs"]
mod tests;
