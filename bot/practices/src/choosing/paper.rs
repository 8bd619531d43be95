//! What somebody is sent in their direct room to choose on: short enough for the screen of a phone.

use super::{
    marks::{Marks, Rules},
    screen::{WEB, rows},
    text::{by_tap, chosen, cut, how, numbered},
};
use crate::{Words, secret};

/// How many lines a paper has at most where windows are narrow.
pub const PAPER_ROWS: usize = 8;

/// How many options a paper without buttons may have to be that short; with more, each has a line of its own.
pub const FEW_OPTIONS: usize = 8;

/// How much of the question, and of each option, a paper may show so that it stays short: the first that fits. Everything
/// stands on the card.
const CUTS: [(usize, usize); 11] =
    [(60, 60), (60, 40), (60, 28), (32, 40), (32, 28), (18, 28), (32, 20), (32, 12), (18, 12), (18, 10), (18, 6)];

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
    /// The text of an option.
    pub name: &'a dyn Fn(u32) -> Option<&'a str>,
}

/// Where somebody stands.
pub type Stands<'a> = secret::Stands<'a, Marks>;

/// The paper: what it is about and until when, the options or what they chose, how to answer, what is promised. It is
/// short: with few options it fits into a narrow window.
pub fn paper(words: &Words, sheet: &Sheet, stands: &Stands) -> String {
    let Sheet { rules, options, .. } = *sheet;
    let has_chosen = matches!(stands, Stands::Chosen(..));
    let build = |(question, option, layout): (usize, usize, Layout)| {
        let options = match options.len() {
            0 => None,
            // What they chose has names, and what else there is stands on the buttons.
            _ if sheet.buttons && has_chosen => None,
            _ if sheet.buttons && option == 0 => sheet.more.clone(),
            few if sheet.buttons || few <= FEW_OPTIONS => Some(shown(options, sheet.more.as_deref(), option, layout)),
            _ => Some(numbered(options.iter().copied())),
        };
        let with = |stands: String, receipt: &str| match receipt.is_empty() {
            true => stands,
            false => format!("{stands}\n{}", words.ballot_receipt(receipt)),
        };
        let way = if sheet.buttons { by_tap(words, rules) } else { how(words, rules) };
        let (said, way) = match stands {
            Stands::Blank if sheet.buttons => (None, format!("{way}\n{}", words.ballot_promise_taps())),
            Stands::Blank => (None, format!("{way}\n{}", words.ballot_promise())),
            Stands::TakenBack => (Some(words.ballot_stands_not()), way),
            Stands::InPoll(receipt) => (Some(with(words.ballot_stands_in_poll(), receipt)), words.ballot_again()),
            Stands::Chosen(marks, receipt) => {
                // Where not even a few letters of each fit, the numbers say which.
                let name = |number: u32| match option {
                    0 => Some(number.to_string()),
                    most => (sheet.name)(number).map(|text| cut(text, most)),
                };
                let chosen = words.ballot_stands(chosen(rules.method, marks, name));
                (Some(with(chosen, receipt)), words.ballot_again())
            }
        };
        let head = format!("{}\n{}", (sheet.title)(question), words.ballot_paper_until(&sheet.until));
        [Some(head), options, said, Some(way)].into_iter().flatten().collect::<Vec<_>>().join("\n\n")
    };
    let fits = |paper: &String| (options.len() > FEW_OPTIONS && !sheet.buttons) || rows(paper, WEB) <= PAPER_ROWS;
    // Where even that is too long, the options stand on the buttons only.
    let legible = |cuts: &(usize, usize)| !sheet.buttons || cuts.1 >= LEGIBLE || has_chosen;
    let without = CUTS.map(|(question, _)| (question, 0));
    let cuts = CUTS.into_iter().filter(legible).chain(without);
    let mut papers = cuts
        .flat_map(|(question, option)| [Layout::Lines, Layout::Row].map(|layout| (question, option, layout)))
        .map(build);
    papers.find(fits).unwrap_or_else(|| build((CUTS[CUTS.len() - 1].0, CUTS[CUTS.len() - 1].1, Layout::Row)))
}

/// How options stand on a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    /// Each in a line of its own.
    Lines,
    /// One behind the other, where lines are too many.
    Row,
}

/// Options with their numbers, so much of each, and what is said of those that are not there. Where they stand in a row,
/// none is broken after its number.
fn shown(options: &[(u32, &str)], more: Option<&str>, most: usize, layout: Layout) -> String {
    let gap = if layout == Layout::Row { '\u{a0}' } else { ' ' };
    let options = options.iter().map(|(number, text)| format!("**{number}**{gap}{}", cut(text, most)));
    let parts: Vec<_> = options.chain(more.map(str::to_owned)).collect();
    parts.join(match layout {
        Layout::Lines => "\n",
        Layout::Row => " · ",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choosing::Method;

    const LONG: &str = "Exploratory charters for whatever nobody has thought of writing a check for until today";

    /// A deadline.
    fn until(words: &Words) -> String {
        let at = jiff::Timestamp::from_second(1_790_791_380).unwrap();
        crate::schedule::spoken(at, &jiff::tz::TimeZone::UTC, words)
    }

    /// What somebody is sent about so many options.
    fn paper_of(words: &Words, method: Method, count: u32, text: &str, stands: &Stands) -> String {
        let rules = Rules { method, options: (1..=count).collect(), dots: 3 };
        let options: Vec<_> = rules.options.iter().map(|number| (*number, text)).collect();
        let sheet = Sheet {
            rules: &rules,
            until: until(words),
            title: &|most| words.ballot_paper_title(12, cut(text, most)),
            options: if method == Method::Single { &[] } else { &options },
            more: None,
            buttons: method != Method::Single && options.len() <= FEW_OPTIONS,
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
                        assert!(rows(&paper, WEB) <= PAPER_ROWS, "{} {method:?} {count}:\n{paper}", words.tag());
                        assert!(!paper.contains(" … ") && !paper.contains("**…"), "that names nothing: {paper}");
                        let has = |number| [' ', '\u{a0}'].map(|gap| format!("**{number}**{gap}"));
                        let all = (1..=count).all(|number| has(number).iter().any(|one| paper.contains(one)));
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
    fn what_is_promised_is_one_line_where_windows_are_narrow() {
        for words in Words::all() {
            for promise in [
                words.ballot_promise(),
                words.ballot_promise_taps(),
                words.retro_invite_sealed(),
                words.retro_tap_sealed(),
            ] {
                assert_eq!(rows(&promise, WEB), 1, "{}: {promise}", words.tag());
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
                until: until(words),
                title: &|_| words.topics_vote_title(),
                options: &options,
                more: Some(more.clone()),
                buttons: true,
                name: &|_| Some(text),
            };
            let three = vec![(1, 1), (2, 1), (60, 1)];
            for stands in [Stands::Blank, Stands::TakenBack, Stands::Chosen(&three, "")] {
                let paper = paper(words, &sheet, &stands);
                assert!(rows(&paper, WEB) <= PAPER_ROWS, "{}:\n{paper}", words.tag());
                assert_eq!(paper.contains(&more), !matches!(stands, Stands::Chosen(..)), "{paper}");
            }
        }
    }

    #[test]
    fn three_options_of_ordinary_length_have_a_line_each_and_stand_there_whole() {
        for (words, text) in Words::all().iter().zip(["Pairing on the new parser", "Wie wir Fehler nachstellen"]) {
            for method in Method::ALL.into_iter().filter(|method| *method != Method::Single) {
                let paper = paper_of(words, method, 3, text, &Stands::Blank);
                let lines: Vec<String> = (1..=3).map(|number| format!("**{number}** {text}")).collect();
                assert!(paper.contains(&lines.join("\n")), "{} {method:?}:\n{paper}", words.tag());
                assert!(
                    rows(&paper, WEB) <= PAPER_ROWS && rows(&lines.join("\n"), WEB) == 3,
                    "{} {method:?}",
                    words.tag()
                );
            }
            let one_dot = Rules { method: Method::Dots, options: vec![1, 2, 3], dots: 1 };
            assert_eq!(rows(&by_tap(words, &one_dot), WEB), 1, "{}", words.tag());
        }
    }

    #[test]
    fn of_few_options_a_paper_shows_all_and_of_many_each_has_a_line() {
        let words = Words::english();
        let three = paper_of(words, Method::Ranked, 3, "Tea", &Stands::Blank);
        assert!(three.contains("\n**1** Tea\n**2** Tea\n**3** Tea\n"), "{three}");
        let five = paper_of(words, Method::Ranked, 5, "Tea", &Stands::Blank);
        assert!(five.contains("**3**\u{a0}Tea · **4**\u{a0}Tea · **5**\u{a0}Tea"), "{five}");
        let nine = paper_of(words, Method::Ranked, 9, LONG, &Stands::Blank);
        assert!(nine.contains(&format!("- **9** · {LONG}")), "{nine}");
    }
}
