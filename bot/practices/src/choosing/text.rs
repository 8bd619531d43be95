//! What every practice says that lets people choose.

use jiff::Timestamp;

use super::{
    marks::{Marks, Method, Mistake, Rules},
    question::{self, LONGEST_TEXT, MOST_ANSWERS},
    tally::Tally,
};
use crate::{
    Community, Words,
    words::{escape, pill},
};

/// How many characters of an option name it.
const LABEL: usize = 60;

/// How many cells a full bar has.
const BAR: u64 = 10;

/// When something ends, in the community's time: `Sun 29 Nov, 18:03`.
pub fn until(words: &Words, community: &Community, at: Timestamp) -> String {
    community.moment(at, words)
}

/// How many have voted; under `least`, how many votes it takes.
pub fn votes(words: &Words, voted: u64, least: u64) -> String {
    if voted < least { words.ballot_card_needs(voted, least) } else { words.ballot_card_count(voted) }
}

/// Options with their numbers, a line each. Numbers that people give back are never a list's own: a client counts those
/// anew from the first.
pub fn numbered<'a>(options: impl IntoIterator<Item = (u32, &'a str)>) -> String {
    let lines: Vec<_> =
        options.into_iter().map(|(number, text)| format!("- **{number}** · {}", escape(text))).collect();
    lines.join("\n")
}

/// How to write a paper by these rules, with an example.
pub fn how(words: &Words, rules: &Rules) -> String {
    let last = rules.options.last().copied().unwrap_or(1);
    let first = rules.options.first().copied().unwrap_or(1);
    match rules.method {
        Method::Single => words.ballot_how_single(last),
        Method::Several => words.ballot_how_several(first, last),
        Method::Ranked => words.ballot_how_ranked(last, first),
        Method::Dots if rules.dots == 1 => words.ballot_how_one_dot(last),
        Method::Dots => words.ballot_how_dots(rules.dots, last, rules.dots - 1, first),
    }
}

/// How to fill in a paper that has buttons.
pub fn by_tap(words: &Words, rules: &Rules) -> String {
    let last = rules.options.last().copied().unwrap_or(1);
    let first = rules.options.first().copied().unwrap_or(1);
    match rules.method {
        Method::Single => how(words, rules),
        Method::Several => words.ballot_tap_several(first, last),
        Method::Ranked => words.ballot_tap_ranked(last, first),
        Method::Dots if rules.dots == 1 => words.ballot_tap_one_dot(last),
        Method::Dots => words.ballot_tap_dots(rules.dots, last, rules.dots - 1, first),
    }
}

/// What somebody chose, by name: `Park`, `Park · Café`, `Park > Café`, `●● Park · ● Café`. `name` gives an option's as
/// markdown; [`named`] makes one of its text.
pub fn chosen(method: Method, marks: &Marks, name: impl Fn(u32) -> Option<String>) -> String {
    let parts: Vec<_> = marks
        .iter()
        .map(|(option, dots)| {
            let name = name(*option).unwrap_or_default();
            match method {
                Method::Dots => format!("{} {name}", "●".repeat(*dots as usize)),
                Method::Single | Method::Several | Method::Ranked => name,
            }
        })
        .collect();
    parts.join(if method == Method::Ranked { " > " } else { " · " })
}

/// So much of an option as is needed to know it.
pub fn named(text: &str) -> String {
    cut(text, LABEL)
}

/// So many characters of a text, cut at a word where half of them are left. It stays whole where it is longer by one: the
/// sign that something is missing is no shorter.
pub fn cut(text: &str, most: usize) -> String {
    let mut beyond = text.char_indices().skip(most);
    let (Some((end, next)), Some(_)) = (beyond.next(), beyond.next()) else { return escape(text) };
    let short = &text[..end];
    let is_half = |at: &usize| short[..*at].chars().count() * 2 >= most;
    let at = if next == ' ' { None } else { short.rfind(' ').filter(is_half) };
    format!("{}…", escape(short[..at.unwrap_or(end)].trim_end()))
}

/// What won, in one line that can be read aloud: `🏆 Park, 4 of 6 votes, 38 in the room`.
pub fn headline(
    words: &Words,
    method: Method,
    tally: &Tally,
    name: impl Fn(u32) -> String,
    people: Option<u64>,
) -> String {
    let names: Vec<_> = tally.winners.iter().map(|option| name(*option)).collect();
    let most = tally.counts.first().map_or(0, |(_, count)| *count);
    let share = match method {
        Method::Dots => words.ballot_share_dots(most, tally.counts.iter().map(|(_, count)| count).sum::<u64>()),
        Method::Single | Method::Several | Method::Ranked => words.ballot_share(most, tally.papers),
    };
    won(words, &names, share, people)
}

/// The same of whatever has won: names as markdown, and what share of the votes each has.
pub fn won(words: &Words, names: &[String], share: String, people: Option<u64>) -> String {
    let mut line = match names {
        [] => return words.ballot_nobody(),
        [only] => words.ballot_won(only, share),
        several => {
            let bold: Vec<_> = several.iter().map(|name| format!("**{name}**")).collect();
            words.ballot_tie(bold.join(", "), share)
        }
    };
    line.extend(people.map(|people| format!(", {}", words.ballot_in_room(people))));
    line
}

/// How whoever waits for a direct room is served at once.
pub fn waiting(words: &Words, community: &Community) -> String {
    words.ballot_waiting(pill(&community.bot))
}

/// How many took part.
pub fn turnout(words: &Words, voted: u64, people: Option<u64>) -> String {
    match people {
        Some(people) if people >= voted => words.ballot_turnout_of(voted, people),
        _ => words.ballot_turnout(voted),
    }
}

/// Votes as a share of the most there can be. What was chosen at all is seen.
pub fn bar(votes: u64, full: u64) -> String {
    let cells = (votes * BAR + full / 2) / full.max(1);
    let cells = cells.clamp(u64::from(votes > 0), BAR);
    (0..BAR).map(|cell| if cell < cells { '█' } else { '░' }).collect()
}

/// What is wrong with a paper, and how to write it. It does not repeat what was chosen.
pub fn mistake(words: &Words, rules: &Rules, mistake: &Mistake) -> String {
    let wrong = match mistake {
        Mistake::Empty => words.ballot_paper_empty(),
        Mistake::Unclear => words.ballot_paper_unclear(),
        Mistake::Unknown(number) => words.ballot_paper_unknown(*number),
        Mistake::Twice(number) => words.ballot_paper_twice(*number),
        Mistake::OnlyOne => words.ballot_paper_only_one(),
        Mistake::TooManyDots(sum) => words.ballot_paper_too_many_dots(*sum, rules.dots),
    };
    format!("{wrong} {}", how(words, rules))
}

/// What is wrong with a poll that was asked for, and what to do.
pub fn question_mistake(words: &Words, community: &Community, mistake: &question::Mistake) -> String {
    let (prefix, most) = (&community.prefix, LONGEST_TEXT);
    match mistake {
        question::Mistake::NoQuestion => words.poll_no_question(prefix),
        question::Mistake::Unclear => words.poll_unclear(prefix),
        question::Mistake::TooFew(count) => words.poll_too_few(*count, prefix),
        question::Mistake::TooMany(count) => words.poll_too_many(*count, MOST_ANSWERS),
        question::Mistake::Empty => words.poll_empty_answer(prefix),
        question::Mistake::LongQuestion(length) => words.poll_long_question(*length, most),
        question::Mistake::LongAnswer(number, length) => words.poll_long_answer(*number, *length, most),
        question::Mistake::Close(text) if text.is_empty() => words.poll_no_close_time(),
        question::Mistake::Close(text) => words.poll_wrong_close_time(escape(&shortened(text))),
        question::Mistake::Option(option) => words.poll_unknown_option(escape(&shortened(option))),
    }
}

/// So much of what somebody wrote as is needed to know it again.
pub fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_a_word_and_not_for_one_letter() {
        assert_eq!(cut("How we reproduce bugs", 20), "How we reproduce bugs");
        assert_eq!(cut("How we reproduce bugs", 19), "How we reproduce…");
        assert_eq!(cut("How we reproduce bugs", 16), "How we reproduce…");
        assert_eq!(cut("Exploratory charters", 10), "Explorator…");
        assert_eq!(cut("A *long* one", 4), "A \\*l…");
    }
}
