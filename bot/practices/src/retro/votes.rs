//! Telling dots (`1:2 3:1`) from talk, and answers to "was this worth your time?" and what they come to. How dots are
//! read and counted is in [`crate::choosing`].

use crate::choosing::{Method, Rules};

/// The verbs with which dots may begin.
const VERBS: [&str; 6] = ["dots", "votes", "vote", "punkte", "stimmen", "stimme"];

/// What follows a verb for dots; without a verb, the line itself where it is nothing but numbers and has a `1:2`.
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
        word.split_once(':').is_some_and(|(theme, dots)| theme.parse::<u32>().is_ok() && dots.parse::<u32>().is_ok())
    };
    let all = text.split([' ', ',', ';']).filter(|word| !word.is_empty()).all(pair);
    (all && !text.is_empty()).then_some((None, text))
}

fn is_verb(word: &str) -> bool {
    VERBS.contains(&word.trim_end_matches([':', ',']).to_lowercase().as_str())
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
    fn dots_are_told_from_talk() {
        assert_eq!(addressed("dots 1:2 3"), Some((None, "1:2 3")));
        assert_eq!(addressed("Votes: 1 2"), Some((None, "1 2")));
        assert_eq!(addressed("7 dots 1:2"), Some((Some(7), "1:2")));
        assert_eq!(addressed("1:2, 3:1"), Some((None, "1:2, 3:1")));
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
