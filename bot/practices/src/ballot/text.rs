//! What is said about ballots, put together from the words of the locale files.

use jiff::Timestamp;

use super::{
    command::{MOST_DOTS, Mistake},
    paper::{self, Kind, Marks, Rules, shown},
    state::Open,
    tally::Tally,
};
use crate::{Community, Words, poll, words::escape};

/// How many papers are published in one message: an event holds 64 KiB.
const PAPERS_A_MESSAGE: usize = 400;

/// How many cells a full bar has.
const BAR: u64 = 10;

/// When something ends, in the community's time.
pub fn until(words: &Words, community: &Community, at: Timestamp) -> String {
    let at = at.to_zoned(community.zone.clone());
    words.ballot_until(
        at.weekday().to_monday_one_offset(),
        at.strftime("%Y-%m-%d, %H:%M").to_string(),
        at.strftime("%Z").to_string(),
    )
}

/// Options with their numbers, a line each.
pub fn numbered<'a>(options: impl IntoIterator<Item = (u32, &'a str)>) -> String {
    let lines: Vec<_> = options.into_iter().map(|(number, text)| format!("{number}. {}", escape(text))).collect();
    lines.join("\n")
}

/// How to write a paper by these rules, with an example.
pub fn how(words: &Words, rules: &Rules) -> String {
    let last = rules.options.last().copied().unwrap_or(1);
    let first = rules.options.first().copied().unwrap_or(1);
    match rules.kind {
        Kind::Single => words.ballot_how_single(last),
        Kind::Several => words.ballot_how_several(first, last),
        Kind::Ranked => words.ballot_how_ranked(last, first),
        Kind::Dots if rules.dots == 1 => words.ballot_how_one_dot(last),
        Kind::Dots => words.ballot_how_dots(rules.dots, last, rules.dots - 1, first),
    }
}

fn options(ballot: &Open) -> String {
    numbered((1..).zip(ballot.options.iter().map(String::as_str)))
}

/// The card in the room: the question, how to vote, how many have.
pub fn card(words: &Words, community: &Community, number: u32, ballot: &Open, voted: u64) -> String {
    let mut parts = vec![
        words.ballot_card_title(number, escape(&ballot.question)),
        options(ballot),
        words.ballot_card_how(until(words, community, ballot.closes)),
        words.ballot_card_count(voted),
    ];
    parts.extend(ballot.count.is_held().then(|| waiting(words, community)));
    parts.join("\n\n")
}

/// How whoever waits for a direct room is served at once.
pub fn waiting(words: &Words, community: &Community) -> String {
    words.ballot_waiting(crate::words::pill(&community.bot))
}

/// The card once the ballot is closed.
pub fn closed_card(words: &Words, number: u32, ballot: &Open, voted: u64) -> String {
    let title = words.ballot_card_title(number, escape(&ballot.question));
    [title, options(ballot), words.ballot_card_closed(), words.ballot_card_count(voted)].join("\n\n")
}

/// The card of a ballot that is called off, with the reason.
pub fn called_off_card(words: &Words, number: u32, ballot: &Open, why: &str) -> String {
    let title = words.ballot_card_title(number, escape(&ballot.question));
    [title, options(ballot), why.to_owned()].join("\n\n")
}

/// What somebody is sent in their direct room: the paper, how to fill it in, and what is promised.
pub fn paper(words: &Words, community: &Community, number: u32, ballot: &Open) -> String {
    [
        words.ballot_card_title(number, escape(&ballot.question)),
        options(ballot),
        how(words, &ballot.rules),
        words.ballot_paper_until(until(words, community, ballot.closes), number),
        words.ballot_promise(),
    ]
    .join("\n\n")
}

/// What a paper says in words: `2. Café`, or numbers alone where there are several.
pub fn chosen(ballot: &Open, marks: &Marks) -> String {
    match marks.as_slice() {
        [(option, _)] if ballot.rules.kind != Kind::Dots => {
            let text = ballot.options.get(*option as usize - 1).map_or("", String::as_str);
            format!("{option}, {}", escape(text))
        }
        _ => escape(&shown(ballot.rules.kind, marks)),
    }
}

/// The closing message: who won, a bar for each option, how many took part. It names nobody.
pub fn result(words: &Words, number: u32, ballot: &Open, tally: &Tally, people: Option<u64>) -> String {
    let text = |option: u32| ballot.options.get(option as usize - 1).map_or_else(String::new, |text| escape(text));
    let mut parts = vec![words.ballot_result_title(number, escape(&ballot.question))];
    parts.push(match tally.winners.as_slice() {
        [] => words.ballot_nobody(),
        [only] => words.ballot_winner(text(*only)),
        several => {
            let names: Vec<_> = several.iter().map(|option| format!("**{}**", text(*option))).collect();
            words.ballot_tie(names.join(", "))
        }
    });
    let full = match ballot.rules.kind {
        Kind::Dots => tally.counts.first().map_or(0, |(_, count)| *count),
        _ => tally.papers,
    };
    let bars: Vec<_> = (tally.counts.iter())
        .map(|(option, count)| format!("- {} {count} · {}", bar(*count, full), text(*option)))
        .collect();
    if ballot.rules.kind == Kind::Ranked {
        parts.push(words.ballot_first_places());
    }
    parts.push(bars.join("\n"));
    if !tally.eliminated.is_empty() {
        let out: Vec<_> = tally.eliminated.iter().map(|(option, _)| text(*option)).collect();
        parts.push(words.ballot_runoff(out.join(", ")));
    }
    parts.push(turnout(words, tally.papers, people));
    parts.join("\n\n")
}

/// How many took part.
pub fn turnout(words: &Words, voted: u64, people: Option<u64>) -> String {
    match people {
        Some(people) if people >= voted => words.ballot_turnout_of(voted, people),
        _ => words.ballot_turnout(voted),
    }
}

/// Every paper with its receipt, in the order of receipts, which were drawn by lot: a message or more.
pub fn list(words: &Words, kind: Kind, papers: &[(String, Marks)]) -> Vec<String> {
    papers
        .chunks(PAPERS_A_MESSAGE)
        .map(|chunk| {
            let lines: Vec<_> =
                chunk.iter().map(|(receipt, marks)| format!("- `{receipt}` {}", escape(&shown(kind, marks)))).collect();
            format!("{}\n\n{}", words.ballot_papers(), lines.join("\n"))
        })
        .collect()
}

/// Votes as a share of the most there can be. What was chosen at all is seen.
pub fn bar(votes: u64, full: u64) -> String {
    let cells = (votes * BAR + full / 2) / full.max(1);
    let cells = cells.clamp(u64::from(votes > 0), BAR);
    (0..BAR).map(|cell| if cell < cells { '█' } else { '░' }).collect()
}

/// What is wrong with a paper, and how to write it. It does not repeat what was chosen.
pub fn paper_mistake(words: &Words, rules: &Rules, mistake: &paper::Mistake) -> String {
    let wrong = match mistake {
        paper::Mistake::Empty => words.ballot_paper_empty(),
        paper::Mistake::Unclear => words.ballot_paper_unclear(),
        paper::Mistake::Unknown(number) => words.ballot_paper_unknown(*number),
        paper::Mistake::Twice(number) => words.ballot_paper_twice(*number),
        paper::Mistake::OnlyOne => words.ballot_paper_only_one(),
        paper::Mistake::TooManyDots(sum) => words.ballot_paper_too_many_dots(*sum, rules.dots),
    };
    format!("{wrong} {}", how(words, rules))
}

/// What is wrong with a ballot that was asked for, and what to do.
pub fn mistake(words: &Words, community: &Community, mistake: &Mistake) -> String {
    let prefix = &community.prefix;
    match mistake {
        Mistake::Poll(poll::command::Mistake::Option(option)) => words.ballot_unknown_option(escape(&cut(option))),
        // What is said of a poll is true of a ballot, too.
        Mistake::Poll(mistake) => poll::text::mistake(words, community, mistake)
            .replace(&format!("{prefix} poll"), &format!("{prefix} ballot")),
        Mistake::Kind(kind) => words.ballot_unknown_kind(escape(&cut(kind))),
        Mistake::Dots(dots) => words.ballot_wrong_dots(escape(&cut(dots)), MOST_DOTS),
        Mistake::DotsWithout => words.ballot_dots_without(),
    }
}

fn cut(text: &str) -> String {
    text.chars().take(60).collect()
}
