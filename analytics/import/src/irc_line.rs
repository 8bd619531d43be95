//! One line of an IRC log, in the forms of the usual programs.

use jiff::civil::{Date, DateTime, Time};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What<'a> {
    /// Somebody said something.
    Said(&'a str, &'a str),
    /// Somebody came.
    Came(&'a str),
    /// Somebody left the channel or IRC.
    Went(&'a str),
    /// Nothing that counts: names, modes, notices, the log's own lines.
    Other,
}

/// A line that was understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// When, in the log's zone; `None` where nothing says the day.
    pub time: Option<DateTime>,
    /// What.
    pub what: What<'a>,
    /// The day that it says for itself and the lines below it.
    pub day: Option<Date>,
}

/// Reads a line. `day` is that of lines which say a time alone.
pub fn line_of(line: &str, day: Option<Date>) -> Option<Line<'_>> {
    if let Some(own) = ["--- ", "**** "].iter().find_map(|start| line.strip_prefix(start)) {
        // `--- Day changed Tue Jan 02 2024`, `--- Log opened Tue Jan 02 10:00:00 2024`, `**** BEGIN LOGGING AT …`
        return Some(Line { time: None, what: What::Other, day: written_day(own) });
    }
    let (stamp, rest) = stamp_of(line, day)?;
    let time = stamp.own_day.or(day).map(|date| date.to_datetime(stamp.time));
    Some(Line { time, what: what(rest)?, day: stamp.own_day })
}

/// A time at a line's start.
struct Stamp {
    time: Time,
    /// The day that it says.
    own_day: Option<Date>,
}

/// The time that a line begins with, and the rest: `[10:00:00]`, `10:00`, `2024-01-02 10:00:00`, `Jan 02 10:00:00`.
fn stamp_of(line: &str, day: Option<Date>) -> Option<(Stamp, &str)> {
    let closing = match line.chars().next()? {
        '[' => Some(']'),
        '(' => Some(')'),
        _ => None,
    };
    if let Some(closing) = closing {
        let (inside, rest) = line[1..].split_once(closing)?;
        let (stamp, left) = open_stamp(inside.trim(), day)?;
        return left.trim().is_empty().then_some((stamp, rest));
    }
    open_stamp(line, day)
}

fn open_stamp(text: &str, day: Option<Date>) -> Option<(Stamp, &str)> {
    let text = text.trim_start();
    let (own_day, rest) = match first_day(text) {
        Some((date, rest)) => (Some(date), rest.trim_start_matches(['T', ' ', '\t'])),
        None => match month_day(text, day) {
            Some((date, rest)) => (Some(date), rest.trim_start()),
            None => (None, text),
        },
    };
    let end = rest.find(|letter: char| !(letter.is_ascii_digit() || matches!(letter, ':' | '.')));
    let (clock, rest) = rest.split_at(end.unwrap_or(rest.len()));
    let time = clock_of(clock)?;
    // `+0000` and `Z` say the zone that such logs are in anyway.
    let zone = rest.find(|letter: char| letter.is_whitespace()).unwrap_or(rest.len());
    let is_zone =
        rest[..zone].starts_with(['+', '-']) && rest[1..zone].bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    let rest = if is_zone || &rest[..zone] == "Z" { &rest[zone..] } else { rest };
    Some((Stamp { time, own_day }, rest))
}

/// `10:00`, `10:00:00` or `10:00:00.123`.
fn clock_of(text: &str) -> Option<Time> {
    let mut parts = text.split(':');
    let mut number = |most: usize| {
        let part = parts.next()?;
        let whole = part.split('.').next()?;
        if whole.is_empty() || whole.len() > most { None } else { whole.parse::<i8>().ok() }
    };
    let (hour, minute) = (number(2)?, number(2)?);
    let second = if text.matches(':').count() == 2 { number(2)? } else { 0 };
    if text.matches(':').count() > 2 {
        return None;
    }
    // A second that was put in is the one before.
    Time::new(hour, minute, second.min(59), 0).ok()
}

/// A day as `2024-01-02` at the start, and the rest.
fn first_day(text: &str) -> Option<(Date, &str)> {
    let (day, rest) = (text.get(..10)?, &text[10..]);
    let shape = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => matches!(byte, b'-' | b'/' | b'.'),
        _ => byte.is_ascii_digit(),
    });
    let part = |from: usize, to: usize| day[from..to].parse::<i16>().ok();
    let date = shape.then(|| date_of(part(0, 4)?, part(5, 7)?, part(8, 10)?)).flatten()?;
    Some((date, rest))
}

/// A day as `Jan 02` at the start, of the year of `day`, and the rest.
fn month_day(text: &str, day: Option<Date>) -> Option<(Date, &str)> {
    let (name, rest) = text.split_once(' ')?;
    let month = month(name)?;
    let rest = rest.trim_start();
    let end = rest.find(|letter: char| !letter.is_ascii_digit())?;
    Some((date_of(day?.year(), month, rest[..end].parse().ok()?)?, &rest[end..]))
}

/// A day as the log's own lines have it: `Tue Jan 02 2024`, `Tue Jan  2 10:00:00 2024`.
fn written_day(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let at = words.iter().position(|word| month(word).is_some())?;
    let number = words.get(at + 1)?.trim_end_matches(',').parse().ok()?;
    let year = words[at + 1..].iter().find(|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()))?;
    date_of(year.parse().ok()?, month(words[at])?, number)
}

fn month(name: &str) -> Option<i16> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = name.get(..3)?.to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| *month == start)?;
    let is_whole = name.len() == 3 || name.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_whole.then_some(at as i16 + 1)
}

fn date_of(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The day that a file's name or its folders say: `2024-01-02`, `20240102`, `2024/01/02`.
pub fn day_in(file: &str) -> Option<Date> {
    let separated = |byte: u8| matches!(byte, b'-' | b'/' | b'_' | b'.');
    let bytes = file.as_bytes();
    (0..bytes.len()).rev().find_map(|at| {
        let is_number =
            |from: usize, to: usize| bytes.get(from..to).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
        let alone = at == 0 || !bytes[at - 1].is_ascii_digit();
        let number = |from: usize, to: usize| file.get(from..to)?.parse::<i16>().ok();
        if alone && is_number(at, at + 8) && !is_number(at + 8, at + 9) {
            return date_of(number(at, at + 4)?, number(at + 4, at + 6)?, number(at + 6, at + 8)?);
        }
        let parted = is_number(at, at + 4)
            && bytes.get(at + 4).is_some_and(|byte| separated(*byte))
            && is_number(at + 5, at + 7)
            && bytes.get(at + 7) == bytes.get(at + 4)
            && is_number(at + 8, at + 10)
            && !is_number(at + 10, at + 11);
        if alone && parted {
            date_of(number(at, at + 4)?, number(at + 5, at + 7)?, number(at + 8, at + 10)?)
        } else {
            None
        }
    })
}

/// What stands after the time.
fn what(rest: &str) -> Option<What<'_>> {
    // WeeChat parts columns by tabs.
    if let Some((who, text)) = rest.strip_prefix('\t').and_then(|rest| rest.split_once('\t')) {
        return Some(match who.trim() {
            "-->" => first_word(text).map_or(What::Other, What::Came),
            "<--" => first_word(text).map_or(What::Other, What::Went),
            "--" | "" | "=!=" => What::Other,
            "*" => action(text),
            who => What::Said(who, text),
        });
    }
    let rest = rest.trim_start();
    if let Some((who, text)) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
        return Some(What::Said(who.trim(), text.trim_start()));
    }
    let server = ["-->", "<--", "===", "***", "-!-", "--", "*"].iter().find_map(|mark| {
        let rest = rest.strip_prefix(mark)?;
        rest.starts_with([' ', '\t']).then_some((*mark, rest.trim_start()))
    });
    match server {
        Some((mark, text)) => Some(told(mark, text)),
        // `-NickServ- …` is a notice.
        None if rest.starts_with('-') => Some(What::Other),
        None => None,
    }
}

fn first_word(text: &str) -> Option<&str> {
    text.split_ascii_whitespace().next()
}

/// What somebody does: `/me waves`.
fn action(text: &str) -> What<'_> {
    match text.split_once(' ') {
        Some((who, text)) => What::Said(who, text),
        None => What::Other,
    }
}

/// What the server or the log tells.
fn told<'a>(mark: &str, text: &'a str) -> What<'a> {
    let word = |start: &str| text.strip_prefix(start).and_then(first_word);
    if let Some(who) = word("Joins: ").or_else(|| word("Joins ")) {
        return What::Came(who);
    }
    if let Some(who) = ["Parts: ", "Quits: ", "Parts ", "Quits "].iter().find_map(|start| word(start)) {
        return What::Went(who);
    }
    let Some((who, rest)) = text.split_once(' ') else { return What::Other };
    // `ana (~ana@host) has joined #hearth`: what is in brackets may be missing, and the reason says nothing.
    let rest = match rest.chars().next() {
        Some('(' | '[') => rest.split_once([')', ']']).map_or(rest, |(_, rest)| rest.trim_start()),
        _ => rest,
    };
    // HexChat marks so what people do, too.
    let went = match mark {
        "*" => rest.starts_with("has quit (") || is_parting(rest),
        _ => ["has left", "has quit", "has parted"].iter().any(|start| rest.starts_with(start)),
    };
    match mark {
        _ if is_joining(rest) => What::Came(who),
        _ if went => What::Went(who),
        "*" if !is_notice(rest) => What::Said(who, &text[who.len() + 1..]),
        _ => What::Other,
    }
}

/// `has joined #hearth`, and not what somebody says of themselves.
fn is_joining(rest: &str) -> bool {
    rest.strip_prefix("has joined")
        .map(str::trim)
        .is_some_and(|after| after.is_empty() || after.starts_with(['#', '&']) || after.starts_with("the channel"))
}

/// `has left #hearth`, as HexChat writes it.
fn is_parting(rest: &str) -> bool {
    rest.strip_prefix("has left ").is_some_and(|after| after.starts_with(['#', '&', '(']))
}

/// What HexChat marks like an action and is none.
fn is_notice(rest: &str) -> bool {
    ["is now known as", "sets mode", "has changed the topic", "gives channel", "removes channel", "sets ban"]
        .iter()
        .any(|start| rest.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Option<(Option<String>, What<'_>)> {
        let day = Some(Date::constant(2024, 1, 2));
        line_of(line, day).map(|line| (line.time.map(|time| time.to_string()), line.what))
    }

    #[test]
    fn lines_of_the_usual_programs_are_read() {
        let at = |time: &str| Some(format!("2024-01-02T{time}"));
        let said = |who, text| What::Said(who, text);
        for (line, time, what) in [
            ("10:00 < ana> hi", "10:00:00", said("ana", "hi")),
            ("10:00 <@ana> hi", "10:00:00", said("@ana", "hi")),
            ("10:00  * ana waves", "10:00:00", said("ana", "waves")),
            ("10:00 -!- ana [~ana@host] has joined #hearth", "10:00:00", What::Came("ana")),
            ("10:00 -!- ana [~ana@host] has quit [Ping timeout]", "10:00:00", What::Went("ana")),
            ("10:00 -!- ana is now known as ana2", "10:00:00", What::Other),
            ("[10:00:01] <ana> <b> hi", "10:00:01", said("ana", "<b> hi")),
            ("[10:00:01] *** Joins: ana (~ana@host)", "10:00:01", What::Came("ana")),
            ("[10:00:01] *** Quits: ana (~ana@host) (bye)", "10:00:01", What::Went("ana")),
            ("[10:00:01] *** ana sets mode: +o ben", "10:00:01", What::Other),
            ("[10:00:01] -NickServ- hello", "10:00:01", What::Other),
            ("[10:00] === ana [~ana@host] has joined #hearth", "10:00:00", What::Came("ana")),
            ("2024-01-02 10:00:01\tana\thi\tyou", "10:00:01", said("ana", "hi\tyou")),
            ("2024-01-02 10:00:01\t-->\tana (~ana@host) has joined #hearth", "10:00:01", What::Came("ana")),
            ("2024-01-02 10:00:01\t<--\tana (~ana@host) has quit (bye)", "10:00:01", What::Went("ana")),
            ("2024-01-02 10:00:01\t *\tana waves", "10:00:01", said("ana", "waves")),
            ("2024-01-02 10:00:01\t--\tMode #hearth [+o ana]", "10:00:01", What::Other),
            ("2024-01-02T10:00:01Z <ana> hi", "10:00:01", said("ana", "hi")),
            ("2024-01-02T10:00:01+0000 <ana> hi", "10:00:01", said("ana", "hi")),
            ("Jan 02 10:00:01 <ana>\thi", "10:00:01", said("ana", "hi")),
            ("Jan 02 10:00:01 *\tana (~ana@host) has joined", "10:00:01", What::Came("ana")),
            ("Jan 02 10:00:01 *\tana has quit (bye)", "10:00:01", What::Went("ana")),
            ("Jan 02 10:00:01 *\tana has left the building", "10:00:01", said("ana", "has left the building")),
        ] {
            assert_eq!(of(line), Some((at(time), what)), "{line}");
        }
        for none in ["", "hello", "25:00 <ana> hi", "10:00", "10:00 ana: hi", "[10:00:01", "1:2:3:4 <ana> hi"] {
            assert_eq!(of(none), None, "{none}");
        }
    }

    #[test]
    fn days_come_from_lines_and_names() {
        let day = |line: &str| line_of(line, None).unwrap().day;
        let second = Some(Date::constant(2024, 1, 2));
        assert_eq!(day("--- Day changed Tue Jan 02 2024"), second);
        assert_eq!(day("--- Log opened Tue Jan 02 10:00:00 2024"), second);
        assert_eq!(day("**** BEGIN LOGGING AT Tue Jan  2 10:00:00 2024"), second);
        assert_eq!(line_of("10:00 <ana> hi", None).unwrap().time, None);
        for name in ["#h/2024-01-02.log", "2024/01/02/#h.txt", "#h_20240102.log", "20240102"] {
            assert_eq!(day_in(name), Some(Date::constant(2024, 1, 2)), "{name}");
        }
        for name in ["#h.log", "2024-13-02.log", "120240102", "2024-01-023"] {
            assert_eq!(day_in(name), None, "{name}");
        }
    }
}
