//! What is said about topics, put together from the words of the locale files.

use hearth_shared::report::MIN_PEOPLE;
use jiff::Timestamp;

use super::state::{Round, Rows, Seen, Status, Topic, TopicAt, backlog, topic, voted};
use crate::{
    Community, Words,
    choosing::{
        self, Marks, Method, Tally,
        paper::{Sheet, Stands},
        taps,
        text::{bar, headline, named, numbered, turnout, until, votes, waiting},
    },
    words::{escape, pill, quoted},
};

/// How many discussed topics the list remembers.
const LATEST: usize = 3;

/// How many discussed topics are shown to those who ask for them.
const HISTORY: usize = 30;

/// How many earlier votes are shown.
const TREND: usize = 3;

/// What one can do with topics.
pub fn help(words: &Words, community: &Community) -> String {
    words.find_attribute("topics", "help").unwrap_or_default().replace("!hearth", &community.prefix)
}

/// What waits that has a word in it; and how to vote for it, where whoever asks has a vote open.
pub fn found(
    words: &Words,
    community: &Community,
    records: &Rows,
    seen: Seen,
    word: &str,
    open_for_them: Option<&Round>,
) -> String {
    let mut open = backlog(records);
    open.retain(|(_, topic)| seen(topic.room.as_ref()) && topic.text.to_lowercase().contains(&word.to_lowercase()));
    let lines: Vec<_> = open.iter().map(|(number, topic)| format!("- {}", line(words, *number, topic))).collect();
    if lines.is_empty() {
        return words.topics_not_found(quoted(word), &community.prefix);
    }
    let votable = |round: &&Round, number: &u32| round.rules.options.contains(number);
    let how = open_for_them.and_then(|round| {
        let first = open.iter().map(|(number, _)| number).find(|number| votable(&round, number))?;
        Some(format!("\n\n{}", words.topics_found_how(dots(round, *first))))
    });
    lines.join("\n") + &how.unwrap_or_default()
}

/// The list: what waits, the most dots first, and what was discussed last.
pub fn list(words: &Words, community: &Community, records: &Rows, seen: Seen) -> String {
    let mut open = backlog(records);
    open.retain(|(_, topic)| seen(topic.room.as_ref()));
    let mut parts = vec![words.topics_title()];
    if open.is_empty() {
        parts.push(words.topics_empty(&community.prefix));
    } else {
        let lines: Vec<_> = open.iter().map(|(number, topic)| format!("- {}", line(words, *number, topic))).collect();
        parts.push(lines.join("\n"));
    }
    let done = discussed(records, seen);
    if !done.is_empty() {
        let lines: Vec<_> = done.iter().take(LATEST).map(|done| format!("- {}", done.line(None))).collect();
        parts.push(words.topics_discussed_title(&community.prefix));
        parts.push(lines.join("\n"));
    }
    if !open.is_empty() {
        parts.push(words.topics_list_how(&community.prefix));
    }
    parts.join("\n\n")
}

/// What was discussed, the latest first.
pub fn history(words: &Words, community: &Community, records: &Rows, seen: Seen) -> String {
    let done = discussed(records, seen);
    if done.is_empty() {
        return words.topics_history_empty(&community.prefix);
    }
    let lines: Vec<_> = done.iter().take(HISTORY).map(|done| format!("- {}", done.line(Some(community)))).collect();
    format!("{}\n\n{}", words.topics_history_title(), lines.join("\n"))
}

struct Discussed<'a> {
    at: Timestamp,
    number: u32,
    topic: &'a Topic,
    note: &'a str,
}

impl Discussed<'_> {
    /// Its number, its text and what came out; with the day where the community's zone is given.
    fn line(&self, community: Option<&Community>) -> String {
        let day = community.map(|community| format!("{} · ", community.zone.to_datetime(self.at).date()));
        let note = if self.note.is_empty() { String::new() } else { format!(": {}", escape(self.note)) };
        format!("{}{} · {}{note}", day.unwrap_or_default(), self.number, escape(&self.topic.text))
    }
}

fn discussed<'a>(records: &'a Rows, seen: Seen) -> Vec<Discussed<'a>> {
    let mut done: Vec<_> = records
        .all::<TopicAt>()
        .filter(|(_, topic)| seen(topic.room.as_ref()))
        .filter_map(|(TopicAt { number }, topic)| match &topic.status {
            Status::Discussed { at, note, room, .. } => {
                let note = if seen(room.as_ref()) { note.as_str() } else { "" };
                Some(Discussed { at: *at, number: *number, topic, note })
            }
            _ => None,
        })
        .collect();
    done.sort_by_key(|done| std::cmp::Reverse((done.at, done.number)));
    done
}

/// One topic: its number, its text, its dots, and who leads it.
fn line(words: &Words, number: u32, topic: &Topic) -> String {
    let mut line = format!("**{number}** · {}", escape(&topic.text));
    if let Some(dots) = topic.trend.last() {
        line.push_str(&format!(" · {}{}", words.topics_dots(*dots), before(words, topic)));
    }
    if let Some(who) = &topic.claimed_by {
        line.push_str(&format!(" · {}", words.topics_led_by(pill(who))));
    }
    line
}

/// The dots of a topic in the votes before the latest.
fn before(words: &Words, topic: &Topic) -> String {
    let earlier: Vec<_> = topic.trend.iter().rev().skip(1).take(TREND).map(ToString::to_string).collect();
    if earlier.is_empty() { String::new() } else { format!(" ({})", words.topics_before(earlier.join(", "))) }
}

fn options(records: &Rows, round: &Round) -> String {
    numbered(round.rules.options.iter().filter_map(|number| Some((*number, topic(records, *number)?.text.as_str()))))
}

/// The card of a vote.
pub fn round_card(words: &Words, community: &Community, records: &Rows, round: &Round) -> String {
    let (least, way) = match round.sealed {
        true => (MIN_PEOPLE, words.topics_vote_sealed()),
        false => (0, words.topics_vote_open(&community.prefix, round.rules.dots)),
    };
    let count = votes(words, voted(records, round), least);
    let state = words.ballot_card_state(until(words, community, round.closes), count);
    let mut parts = vec![format!("{}\n{state}", words.topics_vote_title()), options(records, round), way];
    parts.extend(round.count.is_held().then(|| waiting(words, community)));
    parts.join("\n\n")
}

/// The card of a vote that is closed: how it ended, as [`ended`] says it.
pub fn closed_card(words: &Words, records: &Rows, round: &Round, ended: &str) -> String {
    format!("{}\n{ended}\n\n{}", words.topics_vote_title(), options(records, round))
}

/// How a vote ended, in one line: what won, or why nothing did.
pub fn ended(words: &Words, records: &Rows, voted: u64, tally: Option<&Tally>, people: Option<u64>) -> String {
    let name = |number| topic(records, number).map_or_else(String::new, |topic| named(&topic.text));
    match tally {
        Some(tally) => headline(words, Method::Dots, tally, name, people),
        None if voted == 0 => words.ballot_nobody(),
        None => words.ballot_too_few_papers(MIN_PEOPLE),
    }
}

/// What somebody is sent in their direct room, and what it says once they have chosen.
pub fn paper(words: &Words, community: &Community, records: &Rows, round: &Round, stands: &Stands) -> String {
    let text = |number: u32| topic(records, number).map(|topic| topic.text.as_str());
    let shown = if round.shown.is_empty() { &round.rules.options } else { &round.shown };
    let options: Vec<_> = shown.iter().filter_map(|number| Some((*number, text(*number)?))).collect();
    let sheet = Sheet {
        rules: &round.rules,
        until: until(words, community, round.closes),
        title: &|_| words.topics_vote_title(),
        options: &options,
        more: (round.hidden() > 0 && !round.shown.is_empty()).then(|| words.topics_more(round.hidden())),
        buttons: !round.shown.is_empty(),
        name: &text,
    };
    choosing::paper::paper(words, &sheet, stands)
}

/// The topics of a vote that have no button, with their numbers, how to vote for one of them, and how to find one.
pub fn rest(words: &Words, records: &Rows, round: &Round) -> String {
    let is_hidden = |number: &&u32| !round.shown.contains(number);
    let rest: Vec<u32> = round.rules.options.iter().filter(is_hidden).copied().collect();
    let how = rest.first().map_or_else(String::new, |first| words.topics_rest_how(dots(round, *first)));
    let lines = numbered(rest.iter().filter_map(|number| Some((*number, topic(records, *number)?.text.as_str()))));
    format!("{lines}\n\n{how}")
}

/// All dots for one topic, as they are written.
fn dots(round: &Round, number: u32) -> String {
    format!("{number}:{}", round.rules.dots)
}

/// What stands on the button of a topic.
pub fn button(records: &Rows, number: u32) -> Option<String> {
    topic(records, number).map(|topic| taps::button(number, &topic.text))
}

/// What a sign says that somebody chose.
pub fn sign(records: &Rows, marks: &Marks, with_names: bool) -> String {
    let short = |number: u32| number.to_string();
    match with_names {
        true => taps::named_sign(Method::Dots, marks, short, |number| Some(topic(records, number)?.text.clone())),
        false => taps::sign(Method::Dots, marks, short),
    }
}

/// What somebody gave dots to, by name.
pub fn chosen(records: &Rows, marks: &Marks) -> String {
    choosing::text::chosen(Method::Dots, marks, |number| topic(records, number).map(|topic| named(&topic.text)))
}

/// What there is to know of a result, for the thread under it: a bar for each topic, how many took part. It names nobody.
pub fn details(words: &Words, community: &Community, records: &Rows, tally: &Tally, people: Option<u64>) -> String {
    let full = tally.counts.first().map_or(0, |(_, dots)| *dots);
    let lines: Vec<_> = (tally.counts.iter())
        .filter_map(|(number, dots)| {
            let topic = topic(records, *number)?;
            let text = escape(&topic.text);
            Some(format!("- {} {dots} · **{number}** · {text}{}", bar(*dots, full), before(words, topic)))
        })
        .collect();
    [
        words.topics_vote_closed(),
        lines.join("\n"),
        turnout(words, tally.papers, people),
        words.topics_vote_next(&community.prefix),
    ]
    .join("\n\n")
}
