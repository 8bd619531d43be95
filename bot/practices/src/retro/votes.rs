//! Telling dots (`A:2 C:1`) from talk, and answers to "was this worth your time?" and what they come to. How dots are
//! read and counted is in [`crate::choosing`], which knows numbers; here they are letters.

use super::letters::{letter, place};
use crate::choosing::{self, Marks, Method, Rules};

/// The verbs with which dots may begin.
const VERBS: [&str; 6] = ["dots", "votes", "vote", "punkte", "stimmen", "stimme"];

/// What is wrong with dots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DotsMistake {
    /// Themes are numbers in it; the same with letters.
    Numbers(String),
    /// There is no such theme.
    Unknown(String),
    /// So many dots, which are too many; as many of them as there are.
    TooMany(u64, String),
    /// Anything else.
    Unread,
}

/// What follows a verb for dots; without a verb, the line itself where it is nothing but themes and has an `A:2`.
/// With the number of a retrospective, where one stands in front.
pub fn addressed(text: &str) -> Option<(Option<u32>, &str)> {
    let text = text.trim();
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    if is_verb(first) {
        return Some((None, rest.trim()));
    }
    let (second, after) = rest.trim().split_once(char::is_whitespace).unwrap_or((rest.trim(), ""));
    if let Ok(number) = first.trim_start_matches('#').parse()
        && is_verb(second)
    {
        return Some((Some(number), after.trim()));
    }
    let pair = |word: &str| {
        let is_theme = |theme: &str| theme.parse::<u32>().is_ok() || place(theme).is_some();
        word.split_once(':').is_some_and(|(theme, dots)| is_theme(theme) && dots.parse::<u32>().is_ok())
    };
    let all = text.split([' ', ',', ';']).filter(|word| !word.is_empty()).all(pair);
    (all && !text.is_empty()).then_some((None, text))
}

fn is_verb(word: &str) -> bool {
    VERBS.contains(&word.trim_end_matches([':', ',']).to_lowercase().as_str())
}

/// Whether a line is nothing but themes, each as often as it has dots: `A A C`, and `2 2 1` of whoever thinks of numbers.
/// A single small letter or number may be anything.
pub fn is_bare(text: &str, themes: usize) -> bool {
    let words: Vec<&str> = parts(text).collect();
    let is_letter = |word: &&str| place(word).is_some_and(|place| place < themes);
    let is_number = |word: &&str| word.parse::<usize>().is_ok_and(|number| (1..=themes).contains(&number));
    let is_one = |word: &&str| word.chars().all(|char| char.is_ascii_uppercase());
    match words.as_slice() {
        [] => false,
        [only] => is_letter(only) && is_one(only),
        all => all.iter().all(is_letter) || all.iter().all(is_number),
    }
}

/// Whether themes are letters in what somebody wrote.
pub fn has_letters(text: &str) -> bool {
    parts(text).any(|part| place(theme_of(part).0).is_some())
}

/// The dots of what somebody wrote, by number of theme; none where they take them back.
///
/// # Errors
/// What is wrong with it, for whoever wrote it.
pub fn dots(themes: usize, most: u32, text: &str) -> Result<Marks, DotsMistake> {
    let (mut numbers, mut as_letters, mut is_numbered) = (Vec::new(), Vec::new(), false);
    for part in parts(text) {
        let (theme, dots) = theme_of(part);
        let number = match (place(theme), theme.parse::<usize>()) {
            (Some(place), _) => place + 1,
            (None, Ok(number)) => {
                is_numbered = true;
                number
            }
            // `none`, or what nobody can read.
            _ => {
                return choosing::written(&rules(themes, most), text)
                    .map(Option::unwrap_or_default)
                    .map_err(|_| DotsMistake::Unread);
            }
        };
        if !(1..=themes).contains(&number) {
            return Err(DotsMistake::Unknown(theme.to_uppercase()));
        }
        let dots = if dots.is_empty() { String::new() } else { format!(":{dots}") };
        numbers.push(format!("{number}{dots}"));
        as_letters.push(format!("{}{dots}", letter(number - 1)));
    }
    if is_numbered {
        return Err(DotsMistake::Numbers(as_letters.join(" ")));
    }
    match choosing::written(&rules(themes, most), &numbers.join(" ")) {
        Ok(dots) => Ok(dots.unwrap_or_default()),
        Err(choosing::Mistake::Empty) => Ok(Marks::new()),
        Err(choosing::Mistake::TooManyDots(given)) => Err(DotsMistake::TooMany(given, fitting(most, &as_letters))),
        Err(_) => Err(DotsMistake::Unread),
    }
}

/// What somebody wrote, a theme each: `A:2`, `A=2`, `A2`, `A`. `A: 2` is `A:2`.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', ',', ';', '+', '\t', '\n', '.'])
        .map(|part| part.trim_start_matches('#'))
        .filter(|part| !part.is_empty())
}

/// A theme and its dots, where they are said.
fn theme_of(part: &str) -> (&str, &str) {
    let glued = || {
        let at = part.find(|char: char| char.is_ascii_digit()).filter(|at| *at > 0)?;
        Some(part.split_at(at))
    };
    part.split_once([':', '=', '×']).or_else(glued).unwrap_or((part, ""))
}

/// As many of the dots that somebody gave, from the first on, as they have.
fn fitting(most: u32, given: &[String]) -> String {
    let mut left = most;
    let mut fitting = Vec::new();
    for part in given {
        let (theme, dots) = theme_of(part);
        let dots = if dots.is_empty() { 1 } else { dots.parse().unwrap_or(u32::MAX) }.min(left);
        left -= dots;
        fitting.extend((dots > 0).then(|| format!("{theme}:{dots}")));
    }
    fitting.join(" ")
}

/// By which rules dots are given: `themes` themes, and so many dots in all.
pub fn rules(themes: usize, dots: u32) -> Rules {
    Rules { method: Method::Dots, options: (1..).take(themes).collect(), dots }
}

/// An answer to "was this worth your time?": a number alone, or after `roti` or `worth`; with the number of a
/// retrospective, where one stands in front. What is out of range is given back as it is.
pub fn worth(text: &str) -> Option<(Option<u32>, u32)> {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.trim_matches([':', '.', ',', '!', '#']).to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    let number = |word: &str| word.parse::<u32>().ok();
    match words.as_slice() {
        [answer] => Some((None, number(answer)?)),
        ["roti" | "worth" | "wert", answer] => Some((None, number(answer)?)),
        [retro, "roti" | "worth" | "wert", answer] => Some((Some(number(retro)?), number(answer)?)),
        _ => None,
    }
}

/// Mean and standard deviation (of a population), to one decimal.
pub fn spread(answers: &[u8]) -> Option<(f64, f64)> {
    let count = f64::from(u32::try_from(answers.len()).ok().filter(|count| *count > 0)?);
    let mean = answers.iter().map(|&answer| f64::from(answer)).sum::<f64>() / count;
    let variance = answers.iter().map(|&answer| (f64::from(answer) - mean).powi(2)).sum::<f64>() / count;
    let tenth = |value: f64| (value * 10.0).round() / 10.0;
    Some((tenth(mean), tenth(variance.sqrt())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_letters_and_numbers_are_given_back_as_letters() {
        let read = |text| dots(3, 5, text);
        for text in ["A:2 C:1", "a:2, c", "A A C", "A=2 C", "A2 c1", "C A:2"] {
            assert_eq!(read(text), Ok(vec![(1, 2), (3, 1)]), "{text}");
        }
        assert_eq!(read("none"), Ok(Vec::new()));
        assert_eq!(read(""), Ok(Vec::new()));
        assert_eq!(read("2 2 1"), Err(DotsMistake::Numbers("B B A".to_owned())));
        assert_eq!(read("1:2 3:1"), Err(DotsMistake::Numbers("A:2 C:1".to_owned())));
        assert_eq!(read("D:1"), Err(DotsMistake::Unknown("D".to_owned())));
        assert_eq!(read("4:1"), Err(DotsMistake::Unknown("4".to_owned())));
        assert_eq!(read("A:4 B:2 C"), Err(DotsMistake::TooMany(7, "A:4 B:1".to_owned())));
        for text in ["all", "A:x", "A:2 A:1", "maybe you"] {
            assert_eq!(read(text), Err(DotsMistake::Unread), "{text}");
        }
        for text in ["A A C", "2 2 1", "A", "b c"] {
            assert!(is_bare(text, 3), "{text}");
        }
        for text in ["", "a", "2", "A D", "a cat", "1 2 4", "happy: x", "A 1"] {
            assert!(!is_bare(text, 3), "{text}");
        }
    }

    #[test]
    fn dots_are_told_from_talk() {
        assert_eq!(addressed("dots 1:2 3"), Some((None, "1:2 3")));
        assert_eq!(addressed("Votes: 1 2"), Some((None, "1 2")));
        assert_eq!(addressed("7 dots 1:2"), Some((Some(7), "1:2")));
        assert_eq!(addressed("1:2, 3:1"), Some((None, "1:2, 3:1")));
        assert_eq!(addressed("A:2 b:1"), Some((None, "A:2 b:1")));
        for talk in ["", "3", "1: deploys", "hello 1:2", "happy: x"] {
            assert_eq!(addressed(talk), None, "{talk}");
        }
    }

    #[test]
    fn an_answer_is_a_number_alone_or_after_its_verb() {
        assert_eq!(worth("3"), Some((None, 3)));
        assert_eq!(worth("Roti: 4!"), Some((None, 4)));
        assert_eq!(worth("7 roti 0"), Some((Some(7), 0)));
        assert_eq!(worth("9"), Some((None, 9)));
        assert_eq!(worth("three"), None);
        assert_eq!(worth("3 of us"), None);
        assert_eq!(spread(&[4, 4, 2, 2]), Some((3.0, 1.0)));
        assert_eq!(spread(&[]), None);
    }
}
