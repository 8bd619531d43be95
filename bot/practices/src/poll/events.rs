//! Polls as they happen in a room: opened by members, voted in, ended, removed.

use std::collections::BTreeSet;

use hearth_shared::activity::Kind;
use jiff::Timestamp;

use super::{
    Settings,
    command::{LONGEST_TEXT, MOST_ANSWERS},
    state::{
        Closed, Ending, Open, Record, Recount, Vote, Wording, adopt, chose, count, drop_votes, open, open_mut,
        poll_key, took_part, votes, votes_key,
    },
    text,
};
use crate::{
    Ctx, Effect, Entry, Event, EventId, Loose, Message, MessageKey, MessageRef, RoomId, Spot, To, Tone, UserId,
    input::PollText,
};

type Rows = Loose<Record>;

/// What follows from something that happened.
pub fn happened(records: &mut Rows, ctx: &Ctx<Settings>, event: &Event) -> Vec<Effect> {
    match event {
        Event::PollOpened { by, spot, poll } if *by != ctx.community.bot && !spot.direct => {
            opened(records, ctx, by, spot, poll)
        }
        Event::PollEdited { by, room, poll, new, at } => edited(records, ctx, (by, room), poll, new, *at),
        // What is answered in a direct room is another practice's, and told in confidence.
        Event::Voted { by, room, event, poll, answers, at }
            if *by != ctx.community.bot && ctx.community.rooms.contains_key(room) =>
        {
            let vote = Vote { by: by.clone(), at: *at, answers: Some(answers.clone()) };
            voted(records, ctx, room, event, poll, vote)
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
fn opened(records: &mut Rows, ctx: &Ctx<Settings>, by: &UserId, spot: &Spot, asks: &PollText) -> Vec<Effect> {
    let key = poll_key(&spot.event);
    match records.get(&key) {
        None => {}
        Some(Record::Unseen { room, .. }) if *room == spot.room => {}
        Some(Record::Unseen { .. }) => drop_votes(records, &key),
        Some(_) => return Vec::new(),
    }
    let (ids, wording) = asked(ctx, asks);
    let count = i64::try_from(ids.len()).ok();
    let poll = Open {
        room: spot.room.clone(),
        thread: spot.thread.clone(),
        event: Some(spot.event.clone()),
        by: Some(by.clone()),
        ids,
        wording,
        max: asks.max,
        stable: asks.stable,
        opened: ctx.now,
        closes: None,
        ending: None,
    };
    let room = Some(&spot.room);
    let mut effects = vec![Effect::log(Kind::PollOpened, by, room, count)];
    let prefix = votes_key(&key, None);
    let early: BTreeSet<_> =
        votes(records, &prefix).filter(|(_, vote)| chose(&poll, vote)).map(|(_, vote)| vote.by.clone()).collect();
    effects.extend(early.iter().map(|voter| took_part_in(&key, voter, &spot.room)));
    records.insert(key, Record::Open(Box::new(poll)));
    effects
}

/// The ids of a poll's answers, and its words. Nobody handed us these words, so they are kept only where they will be
/// needed.
fn asked(ctx: &Ctx<Settings>, poll: &PollText) -> (Vec<String>, Option<Wording>) {
    let answers = &poll.answers[..poll.answers.len().min(MOST_ANSWERS)];
    let wording = ctx.settings.announce_members_polls.then(|| Wording {
        question: shortened(&poll.question),
        answers: answers.iter().map(|(_, text)| shortened(text)).collect(),
    });
    (answers.iter().map(|(id, _)| id.clone()).collect(), wording)
}

/// A member edited a poll. It counts as edited where it was theirs, is still open, and nobody has voted yet: what
/// people voted on must not change under their votes.
fn edited(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
    (by, room): (&UserId, &RoomId),
    poll: &MessageRef,
    new: &PollText,
    at: Timestamp,
) -> Vec<Effect> {
    let key = key_of(poll);
    let Some(before) = open(records, &key).cloned() else { return Vec::new() };
    if before.is_ours() || before.by.as_ref() != Some(by) || before.room != *room || before.stable != new.stable {
        return Vec::new();
    }
    // A poll and its edit whose key was late come together, after the votes. Then, and only then, the servers' clocks
    // say which was first: whoever edits must not win by a clock that is slow.
    let late = before.opened == ctx.now;
    let prefix = votes_key(&key, None);
    if votes(records, &prefix).any(|(_, vote)| !late || vote.at <= at) {
        return Vec::new();
    }
    let (ids, wording) = asked(ctx, new);
    let poll = Open { ids, wording, max: new.max, ..before.clone() };
    let early: BTreeSet<_> = votes(records, &prefix)
        .filter(|(_, vote)| chose(&poll, vote) && !chose(&before, vote))
        .map(|(_, vote)| vote.by.clone())
        .collect();
    let effects = early.iter().map(|voter| took_part_in(&key, voter, room)).collect();
    records.insert(key, Record::Open(Box::new(poll)));
    effects
}

/// Somebody voted. The vote is kept as it is: what counts is decided when the poll ends.
fn voted(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
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
                effects.push(took_part_in(&key, &vote.by, room));
            }
        }
        Some(Record::Closed(Closed { recount: Some(recount), .. }))
            if recount.poll.room == *room && vote.at <= recount.end =>
        {
            if chose(&recount.poll, &vote) && !took_part(records, &key, &recount.poll, &vote.by) {
                effects.push(took_part_in(&key, &vote.by, room));
            }
            records.insert(row, Record::Vote(vote));
            effects.extend(count_again(records, ctx, &key));
            return effects;
        }
        Some(Record::Unseen { room: there, .. }) if there == room => {}
        None if poll.key.is_none() => {
            records.insert(key, Record::Unseen { since: ctx.now, room: room.clone() });
        }
        _ => return effects,
    }
    records.insert(row, Record::Vote(vote));
    effects
}

/// Somebody took part in a poll: one row a person and poll, whichever of their votes is the first to be told.
fn took_part_in(key: &str, voter: &UserId, room: &RoomId) -> Effect {
    Entry::new(Kind::PollVoted, voter, Some(room)).named(format!("{key}/{voter}")).log()
}

/// It is known now which event a poll of ours is.
fn known(records: &mut Rows, key: &str, event: &EventId) -> Vec<Effect> {
    let early = adopt(records, key, event);
    let Some(open) = open_mut(records, key) else { return Vec::new() };
    open.event = Some(event.clone());
    early.iter().map(|voter| took_part_in(key, voter, &open.room)).collect()
}

/// A vote that was cast in time came late: where it changes the result, the result's message is corrected.
fn count_again(records: &mut Rows, ctx: &Ctx<Settings>, key: &str) -> Option<Effect> {
    let Some(Record::Closed(closed)) = records.get(key) else { return None };
    let recount = closed.recount.as_deref()?;
    let tally = count(records, key, &recount.poll, recount.end);
    if (&tally.counts, tally.voters, tally.spoilt) == (&closed.counts, closed.voters, closed.spoilt) {
        return None;
    }
    let poll = recount.poll.clone();
    if let Some(Record::Closed(closed)) = records.get_mut(key) {
        (closed.counts, closed.voters, closed.spoilt) = (tally.counts.clone(), tally.voters, tally.spoilt);
    }
    let wording = announced(ctx, &poll)?;
    Some(Effect::Edit { key: result_key(key), body: text::result(ctx.words, wording, &tally, people(ctx, &poll)) })
}

/// A poll's words, where its result is told.
fn announced<'a>(ctx: &Ctx<Settings>, poll: &'a Open) -> Option<&'a Wording> {
    poll.wording.as_ref().filter(|_| poll.is_ours() || ctx.settings.announce_members_polls)
}

/// How many people could have voted.
fn people(ctx: &Ctx<Settings>, poll: &Open) -> Option<u64> {
    ctx.community.rooms.get(&poll.room).and_then(|room| room.people)
}

/// The practice's name for the message that tells a poll's result.
fn result_key(poll: &str) -> MessageKey {
    format!("result/{poll}").into()
}

/// A poll ended, by the clock of its end's server. What everybody chose becomes counts; the votes themselves go when
/// none is waited for any more.
fn close(records: &mut Rows, ctx: &Ctx<Settings>, key: &str, event: &EventId, end: Timestamp) -> Vec<Effect> {
    let mut effects = known(records, key, event);
    let Some(poll) = open(records, key).cloned() else { return effects };
    let tally = count(records, key, &poll, end);
    let asked = match &poll.ending {
        Some(Ending::Asked(command)) => Some(command.clone()),
        _ => None,
    };
    if let Some(wording) = announced(ctx, &poll) {
        let (room, thread) = (poll.room.clone(), poll.thread.clone());
        let mentions = Vec::new();
        let beside = Spot { room, event: event.clone(), thread, direct: false, at: ctx.now, mentions };
        let result = text::result(ctx.words, wording, &tally, people(ctx, &poll));
        effects.push(Message::new(To::reply(&beside), Tone::Notice, result).keyed(result_key(key)).send());
    }
    if let Some(by) = &poll.by {
        effects.push(Effect::log(Kind::PollClosed, by, Some(&poll.room), i64::try_from(tally.voters).ok()));
    }
    let (counts, voters, spoilt) = (tally.counts, tally.voters, tally.spoilt);
    let recount = Some(Box::new(Recount { poll, end }));
    records.insert(key, Record::Closed(Closed { at: ctx.now, counts, voters, spoilt, asked, recount }));
    effects
}

/// Something was removed: a poll (then it is over without a result) or a vote (then the one before counts again, as
/// long as the poll is open).
fn redacted(records: &mut Rows, now: Timestamp, event: &EventId, key: Option<&MessageKey>) {
    let removed = |(name, record): &(&str, &Record)| match record {
        Record::Open(poll) => poll.event.as_ref() == Some(event) || key.is_some_and(|key| key.as_str() == *name),
        _ => false,
    };
    let poll = super::state::polls(records).find(removed).map(|(key, _)| key.to_owned());
    if let Some(key) = poll {
        drop_votes(records, &key);
        let closed = Closed { at: now, counts: Vec::new(), voters: 0, spoilt: 0, asked: None, recount: None };
        records.insert(key, Record::Closed(closed));
        return;
    }
    let ending = format!("/{event}");
    let vote = records.under("vote/").find(|(key, _)| key.ends_with(&ending)).map(|(key, _)| key.to_owned());
    let Some(vote) = vote.filter(|vote| !is_counted(records, vote)) else { return };
    if let Some(Record::Vote(vote)) = records.get_mut(&vote) {
        vote.answers = None;
    }
}

/// Whether the poll of the vote under this key is closed.
fn is_counted(records: &Rows, vote: &str) -> bool {
    let poll = vote.strip_prefix("vote/").and_then(|rest| rest.split('/').next());
    poll.is_some_and(|poll| matches!(records.get(&format!("poll/{poll}")), Some(Record::Closed(_))))
}

/// Somebody asked to be forgotten: their votes go, and their polls are nobody's. What has been counted stays counted,
/// and is not counted again without them.
fn forget(records: &mut Rows, who: &UserId) {
    let counted: Vec<_> = super::state::polls(records)
        .filter(|(key, record)| {
            let of = |recount: &Recount| {
                recount.poll.by.as_ref() == Some(who) || votes(records, &votes_key(key, Some(who))).next().is_some()
            };
            matches!(record, Record::Closed(Closed { recount: Some(recount), .. }) if of(recount))
        })
        .map(|(key, _)| key.to_owned())
        .collect();
    counted.iter().for_each(|key| finish(records, key));
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

/// Late votes are no longer waited for: from now on nobody can tell who chose what.
pub fn finish(records: &mut Rows, key: &str) {
    drop_votes(records, key);
    if let Some(Record::Closed(closed)) = records.get_mut(key) {
        closed.recount = None;
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(LONGEST_TEXT).collect()
}
