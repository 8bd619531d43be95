//! Polls as they happen in a room: opened by members, voted in, ended, removed.

use std::collections::BTreeSet;

use hearth_shared::activity::Kind;
use jiff::Timestamp;

use super::{
    Settings,
    command::{LONGEST_TEXT, MOST_ANSWERS},
    state::{
        Closed, Ending, Open, Record, Vote, Wording, adopt, chose, count, drop_votes, open, open_mut, poll_key,
        took_part, votes, votes_key,
    },
    text,
};
use crate::{Ctx, Effect, Event, EventId, MessageKey, MessageRef, Records, RoomId, Spot, UserId};

type Rows = Records<Record>;

/// What follows from something that happened.
pub fn happened(records: &mut Rows, ctx: &Ctx<Settings>, event: &Event) -> Vec<Effect> {
    match event {
        Event::PollOpened { by, spot, question, answers, max, .. } if *by != ctx.community.bot && !spot.direct => {
            opened(records, ctx, by, spot, (question, answers), *max)
        }
        Event::Voted { by, room, event, poll, answers, at } if *by != ctx.community.bot => {
            let vote = Vote { by: by.clone(), at: *at, answers: Some(answers.clone()) };
            voted(records, ctx.now, room, event, poll, vote)
        }
        Event::PollEnded { by, room, poll, at, may_redact } => {
            let key = key_of(poll);
            let Some(open) = open(records, &key).filter(|open| open.room == *room) else { return Vec::new() };
            let creator = if open.is_ours() { Some(&ctx.community.bot) } else { open.by.as_ref() };
            if *may_redact || creator == Some(by) { close(records, ctx, &key, &poll.event, *at) } else { Vec::new() }
        }
        Event::Redacted { event, key, .. } => {
            redacted(records, ctx.now, event, key.as_ref());
            Vec::new()
        }
        Event::Forgotten { who } => {
            forget(records, who);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// The key of a poll that something points at: ours have one, a member's own is named after itself.
fn key_of(poll: &MessageRef) -> String {
    poll.key.as_ref().map_or_else(|| poll_key(&poll.event), |key| key.as_str().to_owned())
}

/// A member opened a poll in their client.
fn opened(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
    by: &UserId,
    spot: &Spot,
    (question, answers): (&str, &[(String, String)]),
    max: u64,
) -> Vec<Effect> {
    let key = poll_key(&spot.event);
    match records.get(&key) {
        None => {}
        Some(Record::Unseen { room, .. }) if *room == spot.room => {}
        Some(Record::Unseen { .. }) => drop_votes(records, &key),
        Some(_) => return Vec::new(),
    }
    let answers = &answers[..answers.len().min(MOST_ANSWERS)];
    // Nobody handed us these words, so they are kept only where they will be needed.
    let wording = ctx.settings.announce_members_polls.then(|| Wording {
        question: shortened(question),
        answers: answers.iter().map(|(_, text)| shortened(text)).collect(),
    });
    let poll = Open {
        room: spot.room.clone(),
        thread: spot.thread.clone(),
        event: Some(spot.event.clone()),
        by: Some(by.clone()),
        ids: answers.iter().map(|(id, _)| id.clone()).collect(),
        wording,
        max,
        opened: ctx.now,
        closes: None,
        ending: None,
    };
    let room = Some(&spot.room);
    let mut effects = vec![Effect::log(Kind::PollOpened, by, room, i64::try_from(answers.len()).ok())];
    let prefix = votes_key(&key, None);
    let early: BTreeSet<_> =
        votes(records, &prefix).filter(|(_, vote)| chose(&poll, vote)).map(|(_, vote)| vote.by.clone()).collect();
    effects.extend(early.iter().map(|voter| Effect::log(Kind::PollVoted, voter, room, None)));
    records.insert(key, Record::Open(Box::new(poll)));
    effects
}

/// Somebody voted. The vote is kept as it is: what counts is decided when the poll ends.
fn voted(
    records: &mut Rows,
    now: Timestamp,
    room: &RoomId,
    event: &EventId,
    poll: &MessageRef,
    vote: Vote,
) -> Vec<Effect> {
    let key = key_of(poll);
    let mut effects = Vec::new();
    if open(records, &key).is_some_and(|open| open.room == *room && open.event.is_none()) {
        effects.extend(known(records, &key, &poll.event));
    }
    let row = format!("{}{event}", votes_key(&key, Some(&vote.by)));
    if records.get(&row).is_some() {
        return effects;
    }
    match records.get(&key) {
        Some(Record::Open(open)) if open.room == *room => {
            if chose(open, &vote) && !took_part(records, &key, open, &vote.by) {
                effects.push(Effect::log(Kind::PollVoted, &vote.by, Some(room), None));
            }
        }
        Some(Record::Unseen { room: there, .. }) if there == room => {}
        None if poll.key.is_none() => {
            records.insert(key, Record::Unseen { since: now, room: room.clone() });
        }
        _ => return effects,
    }
    records.insert(row, Record::Vote(vote));
    effects
}

/// It is known now which event a poll of ours is.
fn known(records: &mut Rows, key: &str, event: &EventId) -> Vec<Effect> {
    let early = adopt(records, key, event);
    let Some(open) = open_mut(records, key) else { return Vec::new() };
    open.event = Some(event.clone());
    early.iter().map(|voter| Effect::log(Kind::PollVoted, voter, Some(&open.room), None)).collect()
}

/// A poll ended, by the clock of its end's server. What everybody chose becomes counts, and the votes go.
fn close(records: &mut Rows, ctx: &Ctx<Settings>, key: &str, event: &EventId, end: Timestamp) -> Vec<Effect> {
    let mut effects = known(records, key, event);
    let Some(poll) = open(records, key).cloned() else { return effects };
    let tally = count(records, key, &poll, end);
    drop_votes(records, key);
    let asked = match &poll.ending {
        Some(Ending::Asked(command)) => Some(command.clone()),
        _ => None,
    };
    let closed =
        Closed { at: ctx.now, counts: tally.counts.clone(), voters: tally.voters, spoilt: tally.spoilt, asked };
    records.insert(key, Record::Closed(closed));
    if let Some(wording) = &poll.wording
        && (poll.is_ours() || ctx.settings.announce_members_polls)
    {
        let people = ctx.community.rooms.get(&poll.room).map(|room| room.people);
        let spot =
            Spot { room: poll.room.clone(), event: event.clone(), thread: poll.thread, direct: false, at: ctx.now };
        effects.push(Effect::answer(&spot, text::result(ctx.words, wording, &tally, people)));
    }
    if let Some(by) = &poll.by {
        effects.push(Effect::log(Kind::PollClosed, by, Some(&poll.room), i64::try_from(tally.voters).ok()));
    }
    effects
}

/// Something was removed: a poll (then it is over without a result) or a vote (then the one before counts again).
fn redacted(records: &mut Rows, now: Timestamp, event: &EventId, key: Option<&MessageKey>) {
    let removed = |(name, record): &(&str, &Record)| match record {
        Record::Open(poll) => poll.event.as_ref() == Some(event) || key.is_some_and(|key| key.as_str() == *name),
        _ => false,
    };
    let poll = super::state::polls(records).find(removed).map(|(key, _)| key.to_owned());
    if let Some(key) = poll {
        drop_votes(records, &key);
        let closed = Closed { at: now, counts: Vec::new(), voters: 0, spoilt: 0, asked: None };
        records.insert(key, Record::Closed(closed));
        return;
    }
    let ending = format!("/{event}");
    let vote = records.under("vote/").find(|(key, _)| key.ends_with(&ending)).map(|(key, _)| key.to_owned());
    if let Some(Record::Vote(vote)) = vote.and_then(|key| records.get_mut(&key)) {
        vote.answers = None;
    }
}

/// Somebody asked to be forgotten: their votes go, and their polls are nobody's.
fn forget(records: &mut Rows, who: &UserId) {
    records.retain(|_, record| !matches!(record, Record::Vote(vote) if vote.by == *who));
    let theirs = |record: &Record| matches!(record, Record::Open(poll) if poll.by.as_ref() == Some(who));
    let keys: Vec<_> =
        super::state::polls(records).filter(|(_, record)| theirs(record)).map(|(key, _)| key.to_owned()).collect();
    for key in keys {
        if let Some(poll) = open_mut(records, &key) {
            poll.by = None;
        }
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(LONGEST_TEXT).collect()
}
