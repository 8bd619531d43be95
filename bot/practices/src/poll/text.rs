//! What is said about polls, put together from the words of the locale files.

use jiff::Timestamp;

use super::{state::Wording, tally::Counts};
use crate::{Community, Span, Words, choosing::text::bar, words::escape};

/// The closing message: who won, a bar for each answer, how many took part. It names nobody.
pub fn result(words: &Words, wording: &Wording, counts: &Counts, people: Option<u64>) -> String {
    let mut parts = vec![words.poll_result_title(escape(&wording.question))];
    if counts.voters == 0 {
        parts.push(words.poll_nobody());
    } else {
        let mut ranked: Vec<_> =
            wording.answers.iter().map(|text| escape(text)).zip(counts.counts.iter().copied()).collect();
        ranked.sort_by_key(|(_, votes)| std::cmp::Reverse(*votes));
        let most = ranked.first().map_or(0, |(_, votes)| *votes);
        let best: Vec<_> = ranked.iter().filter(|(_, votes)| *votes == most).map(|(text, _)| text.as_str()).collect();
        parts.push(match best.as_slice() {
            [only] => words.poll_winner(most, *only),
            _ => words.poll_tie(most, listed(words, &best)),
        });
        let bars: Vec<_> =
            ranked.iter().map(|(text, votes)| format!("- {} {votes} · {text}", bar(*votes, counts.voters))).collect();
        parts.push(bars.join("\n"));
        parts.push(match people {
            Some(people) if people >= counts.voters => words.poll_turnout_of(counts.voters, people),
            _ => words.poll_turnout(counts.voters),
        });
    }
    if counts.spoilt > 0 {
        parts.push(words.poll_spoilt(counts.spoilt));
    }
    parts.join("\n\n")
}

/// `a`, `a and b`, `a, b and c`, in bold.
fn listed(words: &Words, items: &[&str]) -> String {
    match items {
        [] => String::new(),
        [only] => format!("**{only}**"),
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(|item| format!("**{item}**")).collect();
            format!("{} {} **{last}**", first.join(", "), words.poll_and())
        }
    }
}

/// What the opener of a poll learns: until when it is open, how to end it sooner, what hidden means.
pub fn opened(words: &Words, community: &Community, closes: Timestamp, hidden: bool) -> String {
    let closes = closes.to_zoned(community.zone.clone());
    let until = words.poll_open_until(
        closes.weekday().to_monday_one_offset(),
        closes.strftime("%Y-%m-%d, %H:%M").to_string(),
        closes.strftime("%Z").to_string(),
        &community.prefix,
    );
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
