//! What is said about ballots, put together from the words of the locale files.

use hearth_shared::report::MIN_PEOPLE;

use super::{
    command::{self, MOST_DOTS, Mistake},
    state::Open,
};
use crate::{
    Community, Words,
    choosing::{
        self, Marks, Method, Tally,
        paper::{FEW_OPTIONS, Sheet, Stands},
        question, shown,
        taps::{self, button},
        text::{bar, cut, headline, named, numbered, question_mistake, shortened, turnout, until, votes, waiting},
    },
    spelling,
    words::{escape, is_unseen},
};

/// How many papers are published in one message: an event holds 64 KiB.
const PAPERS_A_MESSAGE: usize = 400;

/// How long a command may be that is given back to be copied.
const TO_COPY: usize = 400;

fn options(ballot: &Open) -> String {
    numbered((1..).zip(ballot.options.iter().map(String::as_str)))
}

/// The question.
pub fn question(ballot: &Open) -> String {
    escape(&ballot.question)
}

/// The card in the room: the question, until when, how many have voted, how to.
pub fn card(words: &Words, community: &Community, number: u32, ballot: &Open, voted: u64) -> String {
    let state = words.ballot_card_state(until(words, community, ballot.closes), votes(words, voted, MIN_PEOPLE));
    let title = words.ballot_card_title(number, question(ballot));
    let mut parts = vec![format!("{title}\n{state}"), options(ballot), words.ballot_card_how()];
    parts.extend(ballot.count.is_held().then(|| waiting(words, community)));
    parts.join("\n\n")
}

/// The card once the ballot is closed: how it ended, as [`ended`] says it.
pub fn closed_card(words: &Words, number: u32, ballot: &Open, ended: &str) -> String {
    format!("{}\n{ended}\n\n{}", words.ballot_card_title(number, question(ballot)), options(ballot))
}

/// How a ballot ended, in one line: what won, or why nothing did.
pub fn ended(words: &Words, ballot: &Open, voted: u64, tally: Option<&Tally>, people: Option<u64>) -> String {
    match tally {
        Some(tally) => headline(words, ballot.rules.method, tally, |number| option(ballot, number), people),
        None if voted == 0 => words.ballot_nobody(),
        None => words.ballot_too_few_papers(MIN_PEOPLE),
    }
}

/// The same for the room, where nothing else says what was asked.
pub fn result(words: &Words, number: u32, ballot: &Open, tally: Option<&Tally>, ended: &str) -> String {
    match tally {
        Some(_) => format!("{ended} · {}", question(ballot)),
        None => format!("{} {ended}", words.ballot_result_title(number, question(ballot))),
    }
}

fn option(ballot: &Open, number: u32) -> String {
    ballot.options.get(number as usize - 1).map_or_else(String::new, |text| escape(text))
}

/// The card of a ballot that is called off, with the reason.
pub fn called_off_card(words: &Words, number: u32, ballot: &Open, why: &str) -> String {
    let title = words.ballot_card_title(number, escape(&ballot.question));
    [title, options(ballot), why.to_owned()].join("\n\n")
}

/// What somebody is sent in their direct room, and what it says once they have chosen. Where they are sent a poll, too, that
/// has the options.
pub fn paper(words: &Words, community: &Community, number: u32, ballot: &Open, stands: &Stands) -> String {
    let options: Vec<_> = match ballot.rules.method {
        Method::Single => Vec::new(),
        Method::Several | Method::Ranked | Method::Dots => {
            (1..).zip(ballot.options.iter().map(String::as_str)).collect()
        }
    };
    let sheet = Sheet {
        rules: &ballot.rules,
        until: until(words, community, ballot.closes),
        title: &|most| words.ballot_paper_title(number, cut(&ballot.question, most)),
        options: &options,
        more: None,
        buttons: !buttons(ballot).is_empty(),
        name: &|option| ballot.options.get(option as usize - 1).map(String::as_str),
    };
    choosing::paper::paper(words, &sheet, stands)
}

/// What stands on the buttons of a paper: the options. There are none where a poll has them; nor where they are many,
/// for those that had a button would be chosen more often.
pub fn buttons(ballot: &Open) -> Vec<String> {
    match ballot.rules.method {
        Method::Single => Vec::new(),
        _ if ballot.options.len() > FEW_OPTIONS => Vec::new(),
        _ => (1..).zip(&ballot.options).map(|(number, text)| button(number, text)).collect(),
    }
}

/// What a sign says that somebody chose.
pub fn sign(ballot: &Open, marks: &Marks, with_names: bool) -> String {
    let (method, short) = (ballot.rules.method, |option: u32| option.to_string());
    match with_names {
        true => taps::named_sign(method, marks, short, |option| ballot.options.get(option as usize - 1).cloned()),
        false => taps::sign(method, marks, short),
    }
}

/// What a paper says, by the options' names.
pub fn chosen(ballot: &Open, marks: &Marks) -> String {
    choosing::text::chosen(ballot.rules.method, marks, |option| {
        ballot.options.get(option as usize - 1).map(|text| named(text))
    })
}

/// What there is to know of a result, for the thread under it: a bar for each option, how it was counted, how many took
/// part. It names nobody.
pub fn details(words: &Words, number: u32, ballot: &Open, tally: &Tally, people: Option<u64>) -> String {
    let mut parts = vec![words.ballot_result_title(number, question(ballot))];
    let full = match ballot.rules.method {
        Method::Dots => tally.counts.first().map_or(0, |(_, count)| *count),
        _ => tally.papers,
    };
    let bars: Vec<_> = (tally.counts.iter())
        .map(|(option, count)| format!("- {} {count} · {}", bar(*count, full), self::option(ballot, *option)))
        .collect();
    if !tally.eliminated.is_empty() {
        parts.push(words.ballot_last_round());
    }
    parts.push(bars.join("\n"));
    if !tally.eliminated.is_empty() {
        let out: Vec<_> = tally.eliminated.iter().map(|one| option(ballot, *one)).collect();
        parts.push(words.ballot_runoff(out.join(", ")));
    }
    parts.push(turnout(words, tally.papers, people));
    parts.join("\n\n")
}

/// Every paper with its receipt, in the order of receipts, which were drawn at random in secret: a message or more.
pub fn list(words: &Words, method: Method, papers: &[(String, Marks)]) -> Vec<String> {
    papers
        .chunks(PAPERS_A_MESSAGE)
        .map(|chunk| {
            let lines: Vec<_> = chunk
                .iter()
                .map(|(receipt, marks)| format!("- `{receipt}` {}", escape(&shown(method, marks))))
                .collect();
            format!("{}\n\n{}", words.ballot_papers(), lines.join("\n"))
        })
        .collect()
}

/// What is wrong with a ballot that was asked for, and what to do: with the command to copy where it can be told.
pub fn mistake(words: &Words, community: &Community, written: &[String], mistake: &Mistake) -> String {
    let wrong = wrong(words, community, mistake);
    let fit = |char: char| if char == '`' || char.is_control() || is_unseen(char) { '\'' } else { char };
    match command::corrected(written, mistake).filter(|command| command.chars().count() <= TO_COPY) {
        None => wrong,
        Some(command) => {
            let verb = spelling::shown(words, "ballot", "ballot", "");
            let command: String = command.chars().map(fit).collect();
            format!("{wrong} {}", words.ballot_to_copy(format!("{} {verb} {command}", community.prefix)))
        }
    }
}

fn wrong(words: &Words, community: &Community, mistake: &Mistake) -> String {
    let prefix = &community.prefix;
    match mistake {
        Mistake::Question(question::Mistake::Option(option)) => words.ballot_unknown_option(escape(&shortened(option))),
        // What is said of a poll is true of a ballot, too.
        Mistake::Question(mistake) => {
            let written = |practice| format!("{prefix} {}", spelling::shown(words, practice, practice, ""));
            question_mistake(words, community, mistake).replace(&written("poll"), &written("ballot"))
        }
        Mistake::Kind(kind) => words.ballot_unknown_kind(escape(&shortened(kind))),
        Mistake::Dots(dots) => words.ballot_wrong_dots(escape(&shortened(dots)), MOST_DOTS),
        Mistake::DotsWithout => words.ballot_dots_without(),
    }
}
