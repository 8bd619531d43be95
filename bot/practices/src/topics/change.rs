//! Proposing topics, and what becomes of one: claimed, discussed, merged, dropped, taken up again.

use hearth_shared::activity::Kind;

use super::{
    interface::{Command, Settings},
    list::{refreshed, seen_at},
    state::{
        self, CardRoom, LastTopic, Rows, Status, Topic, TopicAt, backlog, hear, next, topic, topic_mut, topic_name,
    },
};
use crate::{Ctx, Effect, Entry, Invocation, spelling::shown, words::pill};

/// How long a topic may be, in characters.
const LONGEST: usize = 200;

/// How long a note may be, in characters.
const LONGEST_NOTE: usize = 500;

/// How many topics may wait at once.
const MOST: usize = 60;

/// Proposes a topic.
pub(super) fn add(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    said: &[String],
) -> Vec<Effect> {
    let (source, words, prefix) = (invocation.source, ctx.words, &ctx.community.prefix);
    let text = said.join(" ").trim().to_owned();
    let waiting = backlog(records);
    let seen = seen_at(ctx, source);
    let same = waiting
        .iter()
        .filter(|(_, topic)| seen(topic.room.as_ref()))
        .find(|(_, topic)| topic.text.to_lowercase() == text.to_lowercase());
    let refuse = |sentence: String| vec![Effect::answer(source, sentence)];
    match text.chars().count() {
        0 => return refuse(words.topics_no_text(prefix)),
        length if length > LONGEST => return refuse(words.topics_long_text(length, LONGEST)),
        _ => {}
    }
    if let Some((number, _)) = same {
        return refuse(words.topics_there_already(*number));
    }
    if waiting.len() >= MOST {
        return refuse(words.topics_too_many(MOST));
    }
    let number = next(records, LastTopic {});
    let topic = Topic {
        text,
        by: Some(invocation.by.clone()),
        room: Some(source.room.clone()),
        claimed_by: None,
        claimed_in: None,
        trend: Vec::new(),
        status: Status::Open,
    };
    records.insert(TopicAt { number }, topic);
    hear(records, &source.event);
    let proposed = Entry::new(Kind::TopicProposed, invocation.by, Some(&source.room)).named(topic_name(number));
    // The live list beside it says the number.
    let told = match state::card(records) {
        0 => Effect::answer(source, format!("{} {}", words.topics_added(number), words.topics_added_list(prefix))),
        _ if records.get(&CardRoom {}) == Some(&source.room) => Effect::acknowledge(source, "✅"),
        _ => Effect::answer(source, words.topics_added(number)),
    };
    let mut effects = vec![told, proposed.log()];
    effects.extend(refreshed(records, ctx));
    effects
}

/// Changes the topic whose number was written.
pub(super) fn one(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    verb: &str,
    rest: &[String],
) -> Vec<Effect> {
    let unheard = |number: u32| {
        let seen = seen_at(ctx, invocation.source);
        topic(records, number).is_some_and(|topic| !seen(topic.room.as_ref()))
    };
    let done = match number(rest.first()) {
        // Of what belongs to a room that is not open nobody hears elsewhere.
        Some(number) if unheard(number) => Err(ctx.words.topics_unknown(number, &ctx.community.prefix)),
        Some(number) => match verb {
            "claim" => claim(records, ctx, invocation, number),
            "unclaim" => unclaim(records, ctx, invocation, number),
            "discussed" => discussed(records, ctx, invocation, number, &rest[1..]),
            "merge" => merge(records, ctx, invocation, number, &rest[1..]),
            "reopen" => reopen(records, ctx, number),
            _ => drop_one(records, ctx, invocation, number),
        },
        None => Err(ctx.words.topics_which(&ctx.community.prefix, shown(ctx.words, "topics", "topic", verb))),
    };
    match done {
        Ok(entry) => {
            hear(records, &invocation.source.event);
            let mut effects = vec![Effect::acknowledge(invocation.source, "✅")];
            effects.extend(entry.map(Entry::log));
            effects.extend(refreshed(records, ctx));
            effects
        }
        Err(sentence) => vec![Effect::answer(invocation.source, sentence)],
    }
}

/// What is to be logged, or what was wrong.
type Done = Result<Option<Entry>, String>;

fn number(word: Option<&String>) -> Option<u32> {
    word?.trim_start_matches('#').trim_end_matches([',', ':', '.']).parse().ok()
}

/// The topic, if it waits.
fn waiting<'a>(records: &'a mut Rows, ctx: &Ctx<Settings>, number: u32) -> Result<&'a mut Topic, String> {
    let (words, prefix) = (ctx.words, &ctx.community.prefix);
    match topic(records, number).map(|topic| topic.status.clone()) {
        Some(Status::Open) => topic_mut(records, number).ok_or_else(String::new),
        Some(Status::Merged { into, .. }) => Err(words.topics_merged(number, state::resolved(records, into))),
        Some(Status::Discussed { .. }) => Err(words.topics_no_longer_discussed(number, prefix)),
        Some(Status::Dropped { .. }) => Err(words.topics_no_longer_dropped(number, prefix)),
        None => Err(words.topics_unknown(number, prefix)),
    }
}

fn claim(records: &mut Rows, ctx: &Ctx<Settings>, invocation: &Invocation<Command>, number: u32) -> Done {
    let topic = waiting(records, ctx, number)?;
    match &topic.claimed_by {
        Some(by) if by != invocation.by => Err(ctx.words.topics_claimed_by(pill(by), &ctx.community.prefix, number)),
        _ => {
            topic.claimed_by = Some(invocation.by.clone());
            topic.claimed_in = Some(invocation.source.room.clone());
            Ok(None)
        }
    }
}

fn unclaim(records: &mut Rows, ctx: &Ctx<Settings>, invocation: &Invocation<Command>, number: u32) -> Done {
    let topic = waiting(records, ctx, number)?;
    match &topic.claimed_by {
        Some(by) if by == invocation.by || invocation.lead => {
            (topic.claimed_by, topic.claimed_in) = (None, None);
            Ok(None)
        }
        Some(by) => Err(ctx.words.topics_claimed_by(pill(by), &ctx.community.prefix, number)),
        None => Err(ctx.words.topics_not_claimed(number)),
    }
}

fn discussed(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    number: u32,
    note: &[String],
) -> Done {
    let note = note.join(" ").trim().to_owned();
    let length = note.chars().count();
    if length > LONGEST_NOTE {
        return Err(ctx.words.topics_long_note(length, LONGEST_NOTE));
    }
    let by = (!note.is_empty()).then(|| invocation.by.clone());
    waiting(records, ctx, number)?.status =
        Status::Discussed { at: ctx.now, note, by, room: Some(invocation.source.room.clone()) };
    let entry = Entry::new(Kind::TopicDiscussed, invocation.by, Some(&invocation.source.room));
    // Taken up again and discussed once more, it was still discussed once.
    Ok(Some(entry.named(format!("{}/discussed", topic_name(number))).about(topic_name(number))))
}

/// Makes one topic of two: the first one stays, with the dots of both.
fn merge(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    into: u32,
    rest: &[String],
) -> Done {
    let words = ctx.words;
    let Some(from) = number(rest.first()) else { return Err(words.topics_which_two(&ctx.community.prefix)) };
    if topic(records, from).is_some_and(|topic| !seen_at(ctx, invocation.source)(topic.room.as_ref())) {
        return Err(words.topics_unknown(from, &ctx.community.prefix));
    }
    if from == into {
        return Err(words.topics_merge_itself());
    }
    let kept = waiting(records, ctx, into)?.clone();
    let gone = waiting(records, ctx, from)?.clone();
    if !invocation.lead && ![&kept.by, &gone.by].contains(&&Some(invocation.by.clone())) {
        return Err(words.topics_not_yours());
    }
    let topic = waiting(records, ctx, into)?;
    topic.trend = added_up(&kept.trend, &gone.trend);
    (topic.claimed_by, topic.claimed_in) = match kept.claimed_by {
        Some(by) => (Some(by), kept.claimed_in),
        None => (gone.claimed_by, gone.claimed_in),
    };
    waiting(records, ctx, from)?.status = Status::Merged { into, at: ctx.now };
    Ok(None)
}

/// The dots of two topics in each vote. They are counted from the latest back, because every topic that waits is in
/// every vote from its first on.
fn added_up(one: &[u64], other: &[u64]) -> Vec<u64> {
    let votes = one.len().max(other.len());
    let at = |trend: &[u64], back: usize| trend.iter().rev().nth(back).copied().unwrap_or(0);
    (0..votes).rev().map(|back| at(one, back) + at(other, back)).collect()
}

fn drop_one(records: &mut Rows, ctx: &Ctx<Settings>, invocation: &Invocation<Command>, number: u32) -> Done {
    let topic = waiting(records, ctx, number)?;
    if !invocation.lead && topic.by.as_ref() != Some(invocation.by) {
        return Err(ctx.words.topics_not_yours());
    }
    topic.status = Status::Dropped { at: ctx.now };
    Ok(None)
}

/// Puts a topic back on the list that was discussed or dropped.
fn reopen(records: &mut Rows, ctx: &Ctx<Settings>, number: u32) -> Done {
    let (words, prefix) = (ctx.words, &ctx.community.prefix);
    let full = backlog(records).len() >= MOST;
    match topic(records, number).map(|topic| topic.status.clone()) {
        Some(Status::Discussed { .. } | Status::Dropped { .. }) if full => Err(words.topics_too_many(MOST)),
        Some(Status::Discussed { .. } | Status::Dropped { .. }) => {
            topic_mut(records, number).ok_or_else(String::new)?.status = Status::Open;
            Ok(None)
        }
        Some(Status::Merged { into, .. }) => Err(words.topics_merged(number, state::resolved(records, into))),
        Some(Status::Open) => Err(words.topics_waits_already(number)),
        None => Err(words.topics_unknown(number, prefix)),
    }
}

#[cfg(test)]
mod tests {
    use super::added_up;

    #[test]
    fn dots_of_the_same_vote_add_up() {
        assert_eq!(added_up(&[1, 2, 3], &[10]), [1, 2, 13]);
        assert_eq!(added_up(&[], &[4, 5]), [4, 5]);
        assert!(added_up(&[], &[]).is_empty());
    }
}
