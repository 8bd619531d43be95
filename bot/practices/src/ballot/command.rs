//! Reading `ballot …`: a question with answers as in a poll, and what is a ballot's own among the options.

use super::interface::Settings;
use crate::{
    Span,
    choosing::{Method, question},
    words::nearest,
};

/// How many dots one person may have at most.
pub const MOST_DOTS: u32 = 20;

/// A ballot as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The question.
    pub question: String,
    /// The options, each different.
    pub options: Vec<String>,
    /// How people choose.
    pub method: Method,
    /// How many dots each has, where that was said.
    pub dots: Option<u32>,
    /// How long it is to be open, where that was said.
    pub close: Option<Span>,
}

/// What somebody wants who wrote `ballot …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// To be told how.
    Help,
    /// To close one: the one with this number, or the newest.
    Close(Option<u32>),
    /// To open one.
    Open(Wanted),
}

/// What is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// What can be wrong with a question and its answers.
    Question(question::Mistake),
    /// There is no such kind.
    Kind(String),
    /// This is no number of dots.
    Dots(String),
    /// Dots, and a kind that has none.
    DotsWithout,
}

/// Reads what follows `ballot`, split into words.
///
/// # Errors
/// What is wrong with it, for its author.
pub fn read(words: &[String]) -> Result<Request, Mistake> {
    if let [first, rest @ ..] = words
        && question::is_close(first)
    {
        match rest {
            [] => return Ok(Request::Close(None)),
            [number] => {
                if let Ok(number) = number.trim_start_matches('#').parse() {
                    return Ok(Request::Close(Some(number)));
                }
            }
            _ => {}
        }
    }
    let (mut rest, mut kind, mut dots) = (Vec::new(), None, None);
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let option = word.strip_prefix("--").filter(|_| !word.contains([' ', '|'])).unwrap_or_default();
        let (name, value) = option.split_once('=').map_or((option, None), |(name, value)| (name, Some(value)));
        let mut value = || value.or_else(|| words.next().map(String::as_str)).unwrap_or_default().to_owned();
        match name.to_ascii_lowercase().as_str() {
            "kind" => {
                let value = value();
                kind = Some(value.parse::<Method>().map_err(|()| Mistake::Kind(value))?);
            }
            "dots" => {
                let value = value();
                let number = value.parse().ok().filter(|dots| (1..=MOST_DOTS).contains(dots));
                dots = Some(number.ok_or(Mistake::Dots(value))?);
            }
            "hidden" | "open" => return Err(Mistake::Question(question::Mistake::Option(word.clone()))),
            _ => rest.push(word.clone()),
        }
    }
    let method = match (kind, dots) {
        (None, Some(_)) => Method::Dots,
        (Some(Method::Dots), _) => Method::Dots,
        (Some(_), Some(_)) => return Err(Mistake::DotsWithout),
        (kind, None) => kind.unwrap_or(Method::Single),
    };
    match question::read(&rest).map_err(Mistake::Question)? {
        question::Request::Open(wanted) => Ok(Request::Open(Wanted {
            question: wanted.question,
            options: wanted.answers,
            method,
            dots,
            close: wanted.close,
        })),
        _ => Ok(Request::Help),
    }
}

/// The same with what is wrong in its options put right, as somebody would write it behind the verb; `None` where it
/// cannot be told what they want.
pub fn corrected(words: &[String], mistake: &Mistake) -> Option<String> {
    let (wrong, right) = match mistake {
        Mistake::Kind(kind) => {
            let names = Method::ALL.map(Method::name);
            ("kind", Some(nearest(kind, names).unwrap_or(Method::Ranked.name()).to_owned()))
        }
        Mistake::Dots(dots) => {
            let most = dots.parse::<u64>().is_ok_and(|dots| dots > u64::from(MOST_DOTS));
            ("dots", Some(if most { MOST_DOTS } else { Settings::default().dots }.to_string()))
        }
        Mistake::DotsWithout => ("dots", None),
        Mistake::Question(question::Mistake::Option(option)) => (option.strip_prefix("--")?, None),
        Mistake::Question(_) => return None,
    };
    let takes_value = |name: &str| ["kind", "dots"].contains(&name);
    let mut kept = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let option = word.strip_prefix("--").filter(|_| !word.contains([' ', '|'])).unwrap_or_default();
        let (name, glued) = option.split_once('=').map_or((option, false), |(name, _)| (name, true));
        if !name.eq_ignore_ascii_case(wrong) && option != wrong {
            kept.push(if word.contains(char::is_whitespace) { format!("\"{word}\"") } else { word.clone() });
            continue;
        }
        if takes_value(wrong) && !glued {
            words.next();
        }
        kept.extend(right.iter().map(|right| format!("--{wrong} {right}")));
    }
    Some(kept.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    fn wanted(text: &str) -> (Method, Option<u32>, usize) {
        match read(&words(text)) {
            Ok(Request::Open(wanted)) => (wanted.method, wanted.dots, wanted.options.len()),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn kinds_and_dots_stand_anywhere() {
        assert_eq!(wanted("Where? A | B"), (Method::Single, None, 2));
        assert_eq!(wanted("--kind Ranked Where? A | B | C"), (Method::Ranked, None, 3));
        assert_eq!(wanted("Where? A | B --kind=several --close 2h"), (Method::Several, None, 2));
        assert_eq!(wanted("Where? A | B --dots 5"), (Method::Dots, Some(5), 2));
        assert_eq!(wanted("Where? A | B --dots=5 --kind dots"), (Method::Dots, Some(5), 2));
    }

    #[test]
    fn what_is_no_ballot_is_told_apart() {
        let wrong = |text: &str| read(&words(text)).unwrap_err();
        assert_eq!(wrong("Where? A | B --kind fair"), Mistake::Kind("fair".into()));
        assert_eq!(wrong("Where? A | B --dots many"), Mistake::Dots("many".into()));
        assert_eq!(wrong("Where? A | B --dots 0"), Mistake::Dots("0".into()));
        assert_eq!(wrong("Where? A | B --dots 3 --kind single"), Mistake::DotsWithout);
        assert!(matches!(wrong("Where? A | B --hidden"), Mistake::Question(question::Mistake::Option(_))));
    }

    #[test]
    fn what_is_wrong_in_the_options_is_put_right_and_everything_else_stays() {
        let right = |text: &[&str]| {
            let words: Vec<String> = text.iter().map(|&word| word.to_owned()).collect();
            let right = corrected(&words, &read(&words).unwrap_err()).unwrap();
            let again: Vec<_> = text.iter().filter(|word| word.contains(' ')).collect();
            assert!(again.iter().all(|phrase| right.contains(&format!("\"{phrase}\""))), "{right}");
            right
        };
        assert_eq!(right(&["--kind", "rankd", "Where to?", "A", "|", "B"]), "--kind ranked \"Where to?\" A | B");
        assert_eq!(right(&["Where?", "A|B", "--kind=fair", "--close", "2h"]), "Where? A|B --kind ranked --close 2h");
        assert_eq!(right(&["Where?", "A", "|", "B", "--dots", "99"]), "Where? A | B --dots 20");
        assert_eq!(right(&["Where?", "A", "|", "B", "--dots=many"]), "Where? A | B --dots 3");
        assert_eq!(right(&["Where?", "A|B", "--dots", "3", "--kind", "single"]), "Where? A|B --kind single");
        assert_eq!(right(&["Where?", "A|B", "--hidden"]), "Where? A|B");
    }

    #[test]
    fn close_closes_by_number_or_the_newest() {
        assert_eq!(read(&words("close")), Ok(Request::Close(None)));
        assert_eq!(read(&words("close #4")), Ok(Request::Close(Some(4))));
        assert!(matches!(read(&words("close A | B")), Ok(Request::Open(_))));
        assert_eq!(read(&[]), Ok(Request::Help));
    }
}
