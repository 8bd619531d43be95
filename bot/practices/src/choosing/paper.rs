//! What somebody is sent in their direct room to choose on: short enough for the screen of a phone.

use hearth_core::engine::content::render;

use super::{
    marks::{Marks, Rules},
    text::{by_tap, chosen, cut, how, numbered},
};
use crate::{Words, secret};

/// How many characters a line has in Element on a phone that is 390 pixels wide: a bubble takes 78 of a hundred of them,
/// 24 are its padding, and a letter takes 8 of the 280 that are left.
const COLUMNS: usize = 35;

/// How many of them the margin of a list takes.
const INDENT: usize = 4;

/// How many lines a paper has there at most.
pub const PAPER_ROWS: usize = 8;

/// How many options a paper without buttons may have to be that short; with more, each has a line of its own.
pub const FEW_OPTIONS: usize = 8;

/// How much of the question, and of each option, a paper may show so that it stays short: the first that fits. Everything
/// stands on the card.
const CUTS: [(usize, usize); 10] =
    [(60, 60), (60, 40), (60, 28), (32, 40), (32, 28), (32, 20), (32, 12), (24, 12), (24, 10), (24, 6)];

/// Of an option that a button names, no less than this is shown beside it: as much as any client shows.
const LEGIBLE: usize = 12;

/// What somebody is sent in their direct room, and what it says once they have chosen.
pub struct Sheet<'a> {
    /// By which rules they choose.
    pub rules: &'a Rules,
    /// When it ends, in words.
    pub until: String,
    /// The title, with so much of the question.
    pub title: &'a dyn Fn(usize) -> String,
    /// What can be chosen; empty where a poll beside it says so.
    pub options: &'a [(u32, &'a str)],
    /// What is said behind them of those that are not there.
    pub more: Option<String>,
    /// Whether there is a button for each option.
    pub buttons: bool,
    /// Whether people find their paper by a receipt.
    pub receipts: bool,
    /// The text of an option.
    pub name: &'a dyn Fn(u32) -> Option<&'a str>,
}

/// Where somebody stands.
pub type Stands<'a> = secret::Stands<'a, Marks>;

/// The paper: what it is about, until when and how to answer, the options, what is promised or what they chose. It is
/// short: with few options it fits on the screen of a phone.
pub fn paper(words: &Words, sheet: &Sheet, stands: &Stands) -> String {
    let Sheet { rules, options, .. } = *sheet;
    let way = match stands {
        Stands::Chosen(..) | Stands::InPoll(_) => words.ballot_again(),
        Stands::Blank | Stands::TakenBack if sheet.buttons => by_tap(words, rules),
        Stands::Blank | Stands::TakenBack => how(words, rules),
    };
    let how = words.ballot_paper_how(&sheet.until, way);
    let build = |(question, option): (usize, usize)| {
        let options = match options.len() {
            0 => None,
            // What they chose has names, and what else there is stands on the buttons.
            _ if sheet.buttons && matches!(stands, Stands::Chosen(..)) => None,
            _ if sheet.buttons && option == 0 => sheet.more.clone(),
            few if sheet.buttons || few <= FEW_OPTIONS => {
                let more = sheet.more.iter().map(|more| format!(" · {more}"));
                Some(in_a_row(options, option) + &more.collect::<String>())
            }
            _ => Some(numbered(options.iter().copied())),
        };
        let with = |stands: String, receipt: &str| match receipt.is_empty() {
            true => stands,
            false => format!("{stands}\n{}", words.ballot_receipt(receipt)),
        };
        let foot = match stands {
            Stands::Blank if sheet.buttons && sheet.receipts => words.ballot_promise_receipt(),
            Stands::Blank if sheet.buttons => words.ballot_promise_taps(),
            Stands::Blank => words.ballot_promise(),
            Stands::TakenBack => words.ballot_stands_not(),
            Stands::InPoll(receipt) => with(words.ballot_stands_in_poll(), receipt),
            Stands::Chosen(marks, receipt) => {
                // Where not even a few letters of each fit, the numbers say which.
                let name = |number: u32| match option {
                    0 => Some(number.to_string()),
                    most => (sheet.name)(number).map(|text| cut(text, most)),
                };
                with(words.ballot_stands(chosen(rules.method, marks, name)), receipt)
            }
        };
        let parts = [Some(format!("{}\n{how}", (sheet.title)(question))), options, Some(foot)];
        parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
    };
    let fits = |paper: &String| (options.len() > FEW_OPTIONS && !sheet.buttons) || rows(paper) <= PAPER_ROWS;
    // Where even that is too long, the options stand on the buttons only.
    let legible = |cuts: &(usize, usize)| !sheet.buttons || cuts.1 >= LEGIBLE || matches!(stands, Stands::Chosen(..));
    let without = CUTS.map(|(question, _)| (question, 0));
    let mut papers = CUTS.into_iter().filter(legible).chain(without).map(build);
    papers.find(fits).unwrap_or_else(|| build(CUTS[CUTS.len() - 1]))
}

/// How many lines a message has on a phone. Lines between paragraphs are none.
pub fn rows(markdown: &str) -> usize {
    rows_of(markdown, COLUMNS)
}

/// The same where a line has so many characters.
pub fn rows_of(markdown: &str, columns: usize) -> usize {
    let wrapped = |line: &str| {
        // What stands in a list is moved in.
        let (line, columns) = line.strip_prefix("- ").map_or((line, columns), |item| (item, columns - INDENT));
        let (mut rows, mut used) = (0, columns);
        for word in line.split_whitespace().map(|word| word.chars().count()) {
            match used + 1 + word <= columns {
                true => used += 1 + word,
                // A word that is wider than the screen is broken.
                false => (rows, used) = (rows + word.div_ceil(columns), (word - 1) % columns + 1),
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
    fn paper_of(words: &Words, method: Method, count: u32, text: &str, stands: &Stands) -> String {
        let rules = Rules { method, options: (1..=count).collect(), dots: 3 };
        let options: Vec<_> = rules.options.iter().map(|number| (*number, text)).collect();
        let sheet = Sheet {
            rules: &rules,
            until: "Wed 30 Sep, 18:03".to_owned(),
            title: &|most| words.ballot_card_title(12, cut(text, most)),
            options: if method == Method::Single { &[] } else { &options },
            more: None,
            buttons: method != Method::Single && options.len() <= FEW_OPTIONS,
            receipts: true,
            name: &|_| Some(text),
        };
        paper(words, &sheet, stands)
    }

    #[test]
    fn a_paper_has_eight_lines_at_most_on_a_phone() {
        for words in Words::all() {
            for method in Method::ALL {
                for (count, text) in (2..=8).flat_map(|count| ["Tea", "How we review", LONG].map(|text| (count, text)))
                {
                    let marks: Marks =
                        (1..=if method == Method::Single { 1 } else { count }).map(|one| (one, 1)).collect();
                    for stands in
                        [Stands::Blank, Stands::TakenBack, Stands::InPoll("ABC-DEF"), Stands::Chosen(&marks, "ABC-DEF")]
                    {
                        let paper = paper_of(words, method, count, text, &stands);
                        assert!(rows(&paper) <= PAPER_ROWS, "{} {method:?} {count}:\n{paper}", words.tag());
                        assert!(!paper.contains(" … ") && !paper.contains("**…"), "that names nothing: {paper}");
                        let all = (1..=count).all(|number| paper.contains(&format!("**{number}** ")));
                        let is_blank = matches!(stands, Stands::Blank);
                        let long = count as usize * text.chars().count().min(12) >= 36;
                        let on_buttons = method == Method::Single || long;
                        assert!(all || !is_blank || on_buttons, "an option is missing: {paper}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_paper_with_ten_buttons_and_more_has_eight_lines_too() {
        for (words, text) in Words::all().iter().flat_map(|words| ["Tea", LONG].map(|text| (words, text))) {
            let rules = Rules { method: Method::Dots, options: (1..=60).collect(), dots: 3 };
            let options: Vec<_> = (1..=10).map(|number| (number, text)).collect();
            let more = words.topics_more(50);
            let sheet = Sheet {
                rules: &rules,
                until: "Wed 30 Sep, 18:03".to_owned(),
                title: &|_| words.topics_vote_title(),
                options: &options,
                more: Some(more.clone()),
                buttons: true,
                receipts: false,
                name: &|_| Some(text),
            };
            let three = vec![(1, 1), (2, 1), (60, 1)];
            for stands in [Stands::Blank, Stands::TakenBack, Stands::Chosen(&three, "")] {
                let paper = paper(words, &sheet, &stands);
                assert!(rows(&paper) <= PAPER_ROWS, "{}:\n{paper}", words.tag());
                assert_eq!(paper.contains(&more), !matches!(stands, Stands::Chosen(..)), "{paper}");
            }
        }
    }

    #[test]
    fn of_few_options_a_paper_shows_all_and_of_many_each_has_a_line() {
        let words = Words::english();
        let four = paper_of(words, Method::Ranked, 4, "How we review", &Stands::Blank);
        assert!(four.contains("**3** How we review · **4** How we review"), "{four}");
        let nine = paper_of(words, Method::Ranked, 9, LONG, &Stands::Blank);
        assert!(nine.contains(&format!("- **9** · {LONG}")), "{nine}");
    }

    #[test]
    fn lines_are_counted_as_a_client_breaks_them() {
        assert_eq!(rows("one\n\ntwo"), 2);
        assert_eq!(rows(&"x".repeat(35)), 1);
        assert_eq!(rows(&"x".repeat(36)), 2);
        assert_eq!(rows(&format!("{} {}", "x".repeat(17), "x".repeat(17))), 1);
        assert_eq!(rows(&format!("{} {}", "x".repeat(18), "x".repeat(17))), 2);
        assert_eq!(rows_of(&"x".repeat(43), 42), 2);
        assert_eq!(rows(&format!("- {}", "x".repeat(31))), 1);
        assert_eq!(rows(&format!("- {}", "x".repeat(32))), 2);
        assert_eq!(rows("**bold** and\nbroken"), 2, "marks take no place");
    }
}
