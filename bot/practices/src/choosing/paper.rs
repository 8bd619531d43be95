//! What somebody is sent in their direct room to choose on: short enough for the screen of a phone.

use hearth_core::engine::content::render;

use super::{
    marks::Rules,
    text::{cut, how, numbered},
};
use crate::Words;

/// How many characters a line has in a client on a phone that is 390 pixels wide.
const COLUMNS: usize = 42;

/// How many lines a paper has there at most.
pub const PAPER_ROWS: usize = 8;

/// How many options a paper may have to be that short; with more, each has a line of its own.
pub const FEW_OPTIONS: usize = 8;

/// How much of the question, and of each option, a paper may show so that it stays short: the first that fits. Everything
/// stands on the card.
const CUTS: [(usize, usize); 9] =
    [(60, 60), (60, 40), (60, 28), (32, 40), (32, 28), (32, 20), (32, 14), (32, 10), (24, 6)];

/// What somebody is sent in their direct room: what it is about, until when and how to answer, the options, what is
/// promised. `title` gives the title, with so much of the question. It is short: with few options it fits on the screen
/// of a phone.
pub fn paper(
    words: &Words,
    rules: &Rules,
    until: &str,
    title: impl Fn(usize) -> String,
    options: &[(u32, &str)],
) -> String {
    let how = words.ballot_paper_how(until, how(words, rules));
    let build = |(question, option): (usize, usize)| {
        let options = match options.len() {
            0 => None,
            few if few <= FEW_OPTIONS => Some(in_a_row(options, option)),
            _ => Some(numbered(options.iter().copied())),
        };
        let parts = [Some(format!("{}\n{how}", title(question))), options, Some(words.ballot_promise())];
        parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
    };
    let fits = |paper: &String| options.len() > FEW_OPTIONS || rows(paper) <= PAPER_ROWS;
    CUTS.into_iter().map(build).find(fits).unwrap_or_else(|| build(CUTS[CUTS.len() - 1]))
}

/// How many lines a message has on a phone. Lines between paragraphs are none.
pub fn rows(markdown: &str) -> usize {
    let wrapped = |line: &str| {
        let (mut rows, mut used) = (0, COLUMNS);
        for word in line.split_whitespace().map(|word| word.chars().count()) {
            match used + 1 + word <= COLUMNS {
                true => used += 1 + word,
                // A word that is wider than the screen is broken.
                false => (rows, used) = (rows + word.div_ceil(COLUMNS), (word - 1) % COLUMNS + 1),
            }
        }
        rows
    };
    render(markdown).0.lines().map(wrapped).sum()
}

/// Options with their numbers, one behind the other.
fn in_a_row(options: &[(u32, &str)], most: usize) -> String {
    let shown: Vec<_> = options.iter().map(|(number, text)| format!("**{number}** {}", cut(text, most))).collect();
    shown.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choosing::Method;

    const LONG: &str = "Exploratory charters for whatever nobody has thought of writing a check for until today";

    /// What a client shows, as wide as a phone.
    fn paper_of(words: &Words, method: Method, count: u32, text: &str) -> String {
        let rules = Rules { method, options: (1..=count).collect(), dots: 3 };
        let options: Vec<_> = rules.options.iter().map(|number| (*number, text)).collect();
        let options = if method == Method::Single { &[][..] } else { &options };
        let title = |most| words.ballot_card_title(12, cut(text, most));
        paper(words, &rules, "Wed 30 Sep, 18:03", title, options)
    }

    #[test]
    fn a_paper_has_eight_lines_at_most_on_a_phone() {
        for words in Words::all() {
            for method in Method::ALL {
                for count in 2..=8 {
                    for text in ["Tea", "How we review", LONG] {
                        let paper = paper_of(words, method, count, text);
                        assert!(rows(&paper) <= PAPER_ROWS, "{} {method:?} {count}:\n{paper}", words.tag());
                        let all = (1..=count).all(|number| paper.contains(&format!("**{number}** ")));
                        assert!(all || method == Method::Single, "an option is missing: {paper}");
                    }
                }
            }
        }
    }

    #[test]
    fn of_few_options_a_paper_shows_all_and_of_many_each_has_a_line() {
        let words = Words::english();
        let four = paper_of(words, Method::Ranked, 4, "How we review");
        assert!(four.contains("**3** How we review · **4** How we review"), "{four}");
        let nine = paper_of(words, Method::Ranked, 9, LONG);
        assert!(nine.contains(&format!("- **9** · {LONG}")), "{nine}");
    }

    #[test]
    fn lines_are_counted_as_a_client_breaks_them() {
        assert_eq!(rows("one\n\ntwo"), 2);
        assert_eq!(rows(&"x".repeat(42)), 1);
        assert_eq!(rows(&"x".repeat(43)), 2);
        assert_eq!(rows(&format!("{} {}", "x".repeat(21), "x".repeat(20))), 1);
        assert_eq!(rows(&format!("{} {}", "x".repeat(21), "x".repeat(21))), 2);
        assert_eq!(rows("**bold** and\nbroken"), 2, "marks take no place");
    }
}
