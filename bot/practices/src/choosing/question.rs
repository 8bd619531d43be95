//! Reading `poll` from what people type: quotes or none, `|` with or without spaces, options anywhere.

use std::str::FromStr as _;

use crate::Span;

/// How long a question or an answer may be, in characters: what clients let people write in a poll of their own.
pub const LONGEST_TEXT: usize = 340;

/// How many answers a poll may have: clients show no more.
pub const MOST_ANSWERS: usize = 20;

/// A poll as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The question.
    pub question: String,
    /// The answers, each different.
    pub answers: Vec<String>,
    /// Whether results are to be hidden until the end, where that was said.
    pub hidden: Option<bool>,
    /// How long the poll is to be open, where that was said.
    pub close: Option<Span>,
}

/// What somebody wants who wrote `poll …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// To be told how.
    Help,
    /// To close a poll.
    Close,
    /// To open one.
    Open(Wanted),
}

/// What is wrong with a poll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// There is no question.
    NoQuestion,
    /// It cannot be told where the question ends and the answers begin.
    Unclear,
    /// Fewer than two different answers; how many there are.
    TooFew(usize),
    /// More answers than clients show; how many there are.
    TooMany(usize),
    /// An answer without words.
    Empty,
    /// The question is too long; how long it is.
    LongQuestion(usize),
    /// An answer is too long: its number, from 1, and its length.
    LongAnswer(usize, usize),
    /// This is no length of time.
    Close(String),
    /// There is no such option.
    Option(String),
}

/// Whether a word asks to end what was opened.
pub fn is_close(word: &str) -> bool {
    ["close", "end", "ende", "beenden", "schließen"].contains(&word.to_lowercase().as_str())
}

/// Reads what follows `poll`, split into words, of which quoted ones may hold spaces.
///
/// # Errors
/// What is wrong with it, for its author.
pub fn read(words: &[String]) -> Result<Request, Mistake> {
    match words {
        [] => return Ok(Request::Help),
        [word] if is_close(word) => return Ok(Request::Close),
        [word] if ["--help", "-h", "help"].contains(&word.as_str()) => return Ok(Request::Help),
        _ => {}
    }
    let Options { rest: words, hidden, close } = options(words)?;
    let (question, rest) = question(&words)?;
    let answers = answers(rest)?;
    match question.chars().count() {
        0 => return Err(Mistake::NoQuestion),
        long if long > LONGEST_TEXT => return Err(Mistake::LongQuestion(long)),
        _ => {}
    }
    Ok(Request::Open(Wanted { question, answers, hidden, close }))
}

/// The options, and the words that are none.
#[derive(Default)]
struct Options<'a> {
    rest: Vec<&'a str>,
    hidden: Option<bool>,
    close: Option<Span>,
}

/// Takes `--hidden`, `--open` and `--close` out, wherever they stand.
fn options(words: &[String]) -> Result<Options<'_>, Mistake> {
    let mut found = Options::default();
    let mut words = words.iter().map(String::as_str).peekable();
    while let Some(word) = words.next() {
        let option = word.strip_prefix("--").filter(|name| name.starts_with(|first: char| first.is_ascii_alphabetic()));
        let Some(option) = option.filter(|_| !word.contains([' ', '|'])) else {
            found.rest.push(word);
            continue;
        };
        let (name, value) = option.split_once('=').map_or((option, None), |(name, value)| (name, Some(value)));
        match (name.to_ascii_lowercase().as_str(), value) {
            ("hidden", None) => found.hidden = Some(true),
            ("open", None) => found.hidden = Some(false),
            ("close", value) => {
                let mut text = value.or_else(|| words.next()).unwrap_or_default().to_owned();
                // `--close 2 hours`
                let unit = words.peek().filter(|_| text.parse::<u32>().is_ok());
                if let Some(both) =
                    unit.map(|unit| format!("{text} {unit}")).filter(|both| both.parse::<Span>().is_ok())
                {
                    words.next();
                    text = both;
                }
                found.close = Some(Span::from_str(&text.to_lowercase()).map_err(|_| Mistake::Close(text))?);
            }
            _ => return Err(Mistake::Option(word.to_owned())),
        }
    }
    Ok(found)
}

/// The question and the words after it. In quotes, it is the first word. Without, it ends with the last `?` before
/// the first `|`. A single word may be a question too, where it is plain that what follows are the answers.
fn question<'a>(words: &'a [&'a str]) -> Result<(String, &'a [&'a str]), Mistake> {
    let phrase = |word: &str| word.contains(char::is_whitespace);
    let Some(first) = words.first() else { return Err(Mistake::NoQuestion) };
    if first.contains('|') && !phrase(first) {
        return Err(Mistake::NoQuestion);
    }
    let until_bar = words.iter().position(|word| word.contains('|')).unwrap_or(words.len());
    let head = words.get(..until_bar).unwrap_or_default();
    let asks = |head: &[&str]| head.iter().rposition(|word| word.ends_with(['?', '？']));
    let end = if first.is_empty() || phrase(first) {
        1
    // A `?` just before the bar may belong to an answer: `Who comes? me? | you?`
    } else if let Some(last) = asks(&head[..head.len() - 1]).or_else(|| asks(head)) {
        last + 1
    } else if until_bar <= 2 || phrase(words[1]) {
        1
    } else {
        return Err(Mistake::Unclear);
    };
    Ok((tidy(&words[..end].join(" ")), &words[end..]))
}

/// The answers, between bars; or, where there is no bar, each word or quoted phrase, if any is a phrase.
fn answers(words: &[&str]) -> Result<Vec<String>, Mistake> {
    let text = words.join(" ");
    let mut answers: Vec<String> = if text.contains('|') {
        // `"Question" | A | B` is as good as `"Question" A | B`.
        let text = text.trim_start();
        text.strip_prefix('|').unwrap_or(text).split('|').map(tidy).collect()
    } else if words.len() > 1 && words.iter().any(|word| word.contains(char::is_whitespace)) {
        words.iter().map(|word| tidy(word)).collect()
    } else {
        Some(tidy(&text)).filter(|only| !only.is_empty()).into_iter().collect()
    };
    if answers.iter().any(String::is_empty) {
        return Err(Mistake::Empty);
    }
    let mut seen = std::collections::BTreeSet::new();
    answers.retain(|answer| seen.insert(answer.to_lowercase()));
    if let Some((place, answer)) = answers.iter().enumerate().find(|(_, text)| text.chars().count() > LONGEST_TEXT) {
        return Err(Mistake::LongAnswer(place + 1, answer.chars().count()));
    }
    match answers.len() {
        count @ 0..2 => Err(Mistake::TooFew(count)),
        count if count > MOST_ANSWERS => Err(Mistake::TooMany(count)),
        _ => Ok(answers),
    }
}

/// One line without space at its ends, and without the quotes around it.
fn tidy(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let quote = |char: char| "\"“”„«»".contains(char);
    match line.strip_prefix(quote).and_then(|inner| inner.strip_suffix(quote)) {
        Some(inner) if !inner.contains(quote) => inner.trim().to_owned(),
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|&word| word.to_owned()).collect()
    }

    /// A poll as `Question: answer | answer`.
    #[track_caller]
    fn check(text: &[&str], poll: &str) {
        match read(&words(text)) {
            Ok(Request::Open(wanted)) => {
                assert_eq!(format!("{}: {}", wanted.question, wanted.answers.join(" | ")), poll, "{text:?}");
            }
            other => panic!("{text:?}: {other:?}"),
        }
    }

    #[track_caller]
    fn wrong(text: &[&str], mistake: Mistake) {
        assert_eq!(read(&words(text)), Err(mistake), "{text:?}");
    }

    #[test]
    fn answers_stand_between_bars() {
        check(&["Where to?", "Park", "|", "Café", "Zoë"], "Where to?: Park | Café Zoë");
        check(&["Where to?", "Park|Café|Home"], "Where to?: Park | Café | Home");
        check(&["Where to", "|", "Park", "|Café"], "Where to: Park | Café");
        check(&["Where to?", "Park", "|\"Café\""], "Where to?: Park | Café");
        check(&["Where to?", "the park", "Café"], "Where to?: the park | Café");
        check(&["Twice?", "yes", "|", "no", "|", "Yes"], "Twice?: yes | no");
    }

    #[test]
    fn a_question_mark_ends_a_question_without_quotes() {
        check(&["Where", "to", "go?", "Park", "|", "Café"], "Where to go?: Park | Café");
        check(&["Hungry?", "What", "for?", "Fun", "|", "Food"], "Hungry? What for?: Fun | Food");
        check(&["Who", "comes?", "me?", "|", "you?"], "Who comes?: me? | you?");
        check(&["Who", "comes?", "|", "me", "|", "you"], "Who comes?: me | you");
        check(&["Lunch", "Pizza", "|", "Pasta"], "Lunch: Pizza | Pasta");
        wrong(&["Where", "to", "go", "Park", "|", "Café"], Mistake::Unclear);
        wrong(&["Park", "Café"], Mistake::TooFew(1));
    }

    #[test]
    fn options_stand_anywhere() {
        let wanted = |text: &[&str]| match read(&words(text)) {
            Ok(Request::Open(wanted)) => (wanted.hidden, wanted.close),
            other => panic!("{text:?}: {other:?}"),
        };
        let two = Some(Span::hours(2));
        assert_eq!(wanted(&["--hidden", "Q?", "A|B", "--close", "2h"]), (Some(true), two));
        assert_eq!(wanted(&["Q?", "--close=2h", "A|B", "--open"]), (Some(false), two));
        assert_eq!(wanted(&["Q?", "A|B", "--close", "2", "hours"]), (None, two));
        wrong(&["Q?", "A|B", "--secret"], Mistake::Option("--secret".into()));
        for time in ["yesterday", "-2h", "0h", "", "99w"] {
            wrong(&["Q?", "A|B", "--close", time], Mistake::Close(time.into()));
        }
        wrong(&["Q?", "A|B", "--close"], Mistake::Close(String::new()));
        check(&["Use --force here?", "-1", "|", "--", "|", "+1"], "Use --force here?: -1 | -- | +1");
    }

    #[test]
    fn close_alone_closes() {
        assert_eq!(read(&words(&["Close"])), Ok(Request::Close));
        check(&["close", "A", "|", "B"], "close: A | B");
        assert_eq!(read(&[]), Ok(Request::Help));
    }

    #[test]
    fn what_is_no_poll_is_told_apart() {
        let many: Vec<_> = (0..30).map(|number| number.to_string()).collect();
        wrong(&["Q?", &many.join("|")], Mistake::TooMany(30));
        wrong(&["Q?", "A"], Mistake::TooFew(1));
        wrong(&["Q?"], Mistake::TooFew(0));
        wrong(&["Q?", "A", "|", "a"], Mistake::TooFew(1));
        wrong(&["Q?", "A", "|", "|", "B"], Mistake::Empty);
        wrong(&["Q?", "A", "|", "B", "|"], Mistake::Empty);
        wrong(&["", "A", "|", "B"], Mistake::NoQuestion);
        wrong(&["A|B"], Mistake::NoQuestion);
        wrong(&["--hidden"], Mistake::NoQuestion);
        wrong(&[&format!("{} ?", "x".repeat(400)), "A|B"], Mistake::LongQuestion(402));
        wrong(&["Q?", &format!("A|{}", "x".repeat(341))], Mistake::LongAnswer(2, 341));
    }
}
