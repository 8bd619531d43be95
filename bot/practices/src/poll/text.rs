//! What is said about polls, put together from the words of the locale files.

use jiff::Timestamp;

use super::{
    command::{LONGEST_TEXT, MOST_ANSWERS, Mistake},
    state::Wording,
    tally::Tally,
};
use crate::{Community, Span, Words, words::escape};

/// How many cells a full bar has.
const BAR: u64 = 10;

/// The closing message: who won, a bar for each answer, how many took part. It names nobody.
pub fn result(words: &Words, wording: &Wording, tally: &Tally, people: Option<u64>) -> String {
    let mut parts = vec![words.poll_result_title(escape(&wording.question))];
    if tally.voters == 0 {
        parts.push(words.poll_nobody());
    } else {
        let mut ranked: Vec<_> =
            wording.answers.iter().map(|text| escape(text)).zip(tally.counts.iter().copied()).collect();
        ranked.sort_by_key(|(_, votes)| std::cmp::Reverse(*votes));
        let most = ranked.first().map_or(0, |(_, votes)| *votes);
        let best: Vec<_> = ranked.iter().filter(|(_, votes)| *votes == most).map(|(text, _)| text.as_str()).collect();
        parts.push(match best.as_slice() {
            [only] => words.poll_winner(most, *only),
            _ => words.poll_tie(most, listed(words, &best)),
        });
        let bars: Vec<_> =
            ranked.iter().map(|(text, votes)| format!("- {} {votes} · {text}", bar(*votes, tally.voters))).collect();
        parts.push(bars.join("\n"));
        parts.push(match people {
            Some(people) if people >= tally.voters => words.poll_turnout_of(tally.voters, people),
            _ => words.poll_turnout(tally.voters),
        });
    }
    if tally.spoilt > 0 {
        parts.push(words.poll_spoilt(tally.spoilt));
    }
    parts.join("\n\n")
}

/// Votes as a share of voters. Who voted at all is seen.
fn bar(votes: u64, voters: u64) -> String {
    let cells = (votes * BAR + voters / 2) / voters.max(1);
    let full = cells.clamp(u64::from(votes > 0), BAR);
    (0..BAR).map(|cell| if cell < full { '█' } else { '░' }).collect()
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

/// What is wrong with a poll that was asked for, and what to do.
pub fn mistake(words: &Words, community: &Community, mistake: &Mistake) -> String {
    let (prefix, most) = (&community.prefix, LONGEST_TEXT);
    match mistake {
        Mistake::NoQuestion => words.poll_no_question(prefix),
        Mistake::Unclear => words.poll_unclear(prefix),
        Mistake::TooFew(count) => words.poll_too_few(*count, prefix),
        Mistake::TooMany(count) => words.poll_too_many(*count, MOST_ANSWERS),
        Mistake::Empty => words.poll_empty_answer(prefix),
        Mistake::LongQuestion(length) => words.poll_long_question(*length, most),
        Mistake::LongAnswer(number, length) => words.poll_long_answer(*number, *length, most),
        Mistake::Close(text) if text.is_empty() => words.poll_no_close_time(),
        Mistake::Close(text) => words.poll_wrong_close_time(cut(text)),
        Mistake::Option(option) => words.poll_unknown_option(cut(option)),
    }
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

fn cut(text: &str) -> String {
    escape(&text.chars().take(60).collect::<String>())
}
