//! Reading dots (`1:2 3:1`) and answers to "was this worth your time?", and what they come to.

use std::collections::BTreeMap;

/// Dots as somebody gave them: theme, from 1, and how many.
pub type Dots = BTreeMap<usize, u32>;

/// What is wrong with dots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// These are no dots; what was written.
    Unread(String),
    /// There is no theme of this number.
    Theme(usize),
    /// More than there are to give; how many.
    TooMany(u32),
}

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

/// Reads dots for `themes` themes, at most `budget` in all: `1:2 3:1`, `1x2, 3`, `1 1 3`. No dots, or `none`, takes
/// back what was given.
///
/// # Errors
/// What is wrong with them.
pub fn dots(text: &str, themes: usize, budget: u32) -> Result<Dots, Mistake> {
    let mut given = Dots::new();
    let text = text.to_lowercase().replace([',', ';', '+'], " ").replace(" :", ":").replace(": ", ":");
    if ["none", "keine", "0"].contains(&text.trim()) {
        return Ok(given);
    }
    for word in text.split_whitespace() {
        let unread = || Mistake::Unread(word.to_owned());
        let (theme, dots) = word.split_once([':', '=', 'x', '×']).unwrap_or((word, "1"));
        let theme: usize = theme.trim_start_matches('#').parse().map_err(|_| unread())?;
        let dots: u32 = dots.parse().map_err(|_| unread())?;
        if theme == 0 || theme > themes {
            return Err(Mistake::Theme(theme));
        }
        let so_far = given.entry(theme).or_default();
        *so_far = so_far.saturating_add(dots);
    }
    given.retain(|_, dots| *dots > 0);
    match given.values().fold(0_u32, |sum, dots| sum.saturating_add(*dots)) {
        sum if sum > budget => Err(Mistake::TooMany(sum)),
        _ => Ok(given),
    }
}

/// The dots of each theme, from everybody's.
pub fn tally<'a>(themes: usize, all: impl Iterator<Item = &'a Dots>) -> Vec<u32> {
    let mut sums = vec![0_u32; themes];
    for (theme, dots) in all.flatten() {
        if let Some(sum) = theme.checked_sub(1).and_then(|place| sums.get_mut(place)) {
            *sum = sum.saturating_add(*dots);
        }
    }
    sums
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
    fn dots_are_read_as_people_write_them() {
        for text in ["1:2 3:1", "1:2, 3", "1x2 3", "1 1 3", "#1:2 3 : 1", "1:2 2:0 3"] {
            assert_eq!(dots(text, 4, 3), Ok(Dots::from([(1, 2), (3, 1)])), "{text}");
        }
        for text in ["", "none", "0", "2:0"] {
            assert_eq!(dots(text, 4, 3), Ok(Dots::new()), "{text}");
        }
        assert_eq!(dots("1:2 3:2", 4, 3), Err(Mistake::TooMany(4)));
        assert_eq!(dots("5", 4, 3), Err(Mistake::Theme(5)));
        assert_eq!(dots("all mine", 4, 3), Err(Mistake::Unread("all".into())));
        assert_eq!(dots("1:4294967295 1:4294967295", 1, 3), Err(Mistake::TooMany(u32::MAX)));
    }

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
    fn the_tally_adds_up() {
        let all = [Dots::from([(1, 2), (3, 1)]), Dots::from([(3, 3), (9, 1)])];
        assert_eq!(tally(3, all.iter()), [2, 0, 4]);
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
