//! What is said about polls, put together from the words of the locale files.

use jiff::Timestamp;

use super::{state::Wording, tally::Counts};
use crate::{
    Community, Span, Words,
    choosing::text::{bar, turnout, until, won},
    words::escape,
};

/// What won, in one line; for a room in which nothing else says what was asked.
pub fn result(words: &Words, wording: &Wording, counts: &Counts, people: Option<u64>) -> String {
    let question = escape(&wording.question);
    let most = counts.counts.iter().copied().max().unwrap_or(0);
    if counts.voters == 0 {
        return format!("{} {}", words.poll_result_title(question), words.poll_nobody());
    }
    let best = wording.answers.iter().zip(&counts.counts).filter(|(_, votes)| **votes == most);
    let names: Vec<_> = best.map(|(text, _)| escape(text)).collect();
    format!("{} · {question}", won(words, &names, words.ballot_share(most, counts.voters), people))
}

/// What there is to know of a result, for the thread under it: a bar for each answer, what could not be counted. It names
/// nobody.
pub fn details(words: &Words, wording: &Wording, counts: &Counts, people: Option<u64>) -> String {
    let mut parts = vec![words.poll_result_title(escape(&wording.question))];
    let mut ranked: Vec<_> =
        wording.answers.iter().map(|text| escape(text)).zip(counts.counts.iter().copied()).collect();
    ranked.sort_by_key(|(_, votes)| std::cmp::Reverse(*votes));
    let bars: Vec<_> =
        ranked.iter().map(|(text, votes)| format!("- {} {votes} · {text}", bar(*votes, counts.voters))).collect();
    parts.push(bars.join("\n"));
    parts.push(turnout(words, counts.voters, people));
    parts.extend((counts.spoilt > 0).then(|| words.poll_spoilt(counts.spoilt)));
    parts.join("\n\n")
}

/// What the opener of a poll learns: until when it is open, how to end it sooner, what hidden means.
pub fn opened(words: &Words, community: &Community, closes: Timestamp, hidden: bool) -> String {
    let until = words.poll_open_until(until(words, community, closes), &community.prefix);
    if hidden { format!("{until} {}", words.poll_hidden_note()) } else { until }
}

/// What is wrong with a poll that would be open for too long.
pub fn too_long(words: &Words, longest: Span) -> String {
    words.poll_close_too_late(longest.to_string())
}

/// Names of polls, quoted as the language does.
pub fn names(words: &Words, questions: &[&str]) -> String {
    let quoted: Vec<_> = questions.iter().map(|question| words.poll_name(escape(question))).collect();
    quoted.join(", ")
}

/// How the practice's commands are written.
pub fn help(words: &Words, prefix: &str) -> String {
    words.find_attribute("poll", "help").unwrap_or_default().replace("!hearth", prefix)
}
