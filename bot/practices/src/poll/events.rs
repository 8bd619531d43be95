//! Polls as they happen in a room: opened by members, voted in, ended, removed.

use std::collections::BTreeSet;

use hearth_shared::activity::Kind;
use jiff::Timestamp;

use super::{
    interface::{Poll, Settings},
    state::{
        Closed, Ending, Open, PollAt, Recount, State, Vote, VoteIn, Wording, adopt, chose, count, drop_votes, open,
        open_mut, took_part, votes,
    },
    text,
};
use crate::{
    Attention, Ctx, Effect, Entry, Event, EventId, Message, MessageContext, MessageKey, MessageRef, Outgoing, Records,
    RoomId, To, UserId,
    choosing::question::{LONGEST_TEXT, MOST_ANSWERS},
    input::PollText,
};

type Rows = Records<Poll>;

/// What follows from something that happened.
pub fn happened(records: &mut Rows, ctx: &Ctx<Settings>, event: &Event) -> Vec<Effect> {
    match event {
        Event::PollOpened { by, source, poll } if *by != ctx.community.bot && !source.direct => {
            opened(records, ctx, by, source, poll)
        }
        Event::PollEdited { by, room, poll, new, at } => edited(records, ctx, (by, room), poll, new, *at),
        // What is answered in a direct room is another practice's, and told in confidence.
        Event::Voted { by, room, event, poll, answers, at, .. }
            if *by != ctx.community.bot && ctx.community.rooms.contains_key(room) =>
        {
            let vote = Vote { at: *at, answers: Some(answers.clone()) };
            voted(records, ctx, room, (by, event), poll, vote)
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
        Event::Forgotten { .. } => {
            forgotten(records);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// The key of a poll that something points at: ours have one, a member's own is named after itself.
fn key_of(poll: &MessageRef) -> PollAt {
    poll.key.as_ref().and_then(PollAt::named).unwrap_or_else(|| PollAt::of(&poll.event))
}

/// A member opened a poll in their client.
fn opened(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
    by: &UserId,
    source: &MessageContext,
    asks: &PollText,
) -> Vec<Effect> {
    let key = PollAt::of(&source.event);
    match records.get(&key) {
        None => {}
        Some(State::Unseen { room, .. }) if *room == source.room => {}
        Some(State::Unseen { .. }) => drop_votes(records, &key),
        Some(_) => return Vec::new(),
    }
    let (ids, wording) = asked(ctx, asks);
    let count = i64::try_from(ids.len()).ok();
    let poll = Open {
        room: source.room.clone(),
        thread: source.thread.clone(),
        event: Some(source.event.clone()),
        by: Some(by.clone()),
        ids,
        wording,
        max: asks.max,
        stable: asks.stable,
        opened: ctx.now,
        closes: None,
        ending: None,
    };
    let room = Some(&source.room);
    let mut effects = vec![Effect::log(Kind::PollOpened, by, room, count)];
    let early: BTreeSet<_> =
        votes(records, &key).filter(|(_, vote)| chose(&poll, vote)).map(|(row, _)| row.person.clone()).collect();
    effects.extend(early.iter().map(|voter| took_part_in(&key, voter, &source.room)));
    records.insert(key, State::Open(Box::new(poll)));
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
    if votes(records, &key).any(|(_, vote)| !late || vote.at <= at) {
        return Vec::new();
    }
    let (ids, wording) = asked(ctx, new);
    let poll = Open { ids, wording, max: new.max, ..before.clone() };
    let early: BTreeSet<_> = votes(records, &key)
        .filter(|(_, vote)| chose(&poll, vote) && !chose(&before, vote))
        .map(|(row, _)| row.person.clone())
        .collect();
    let effects = early.iter().map(|voter| took_part_in(&key, voter, room)).collect();
    records.insert(key, State::Open(Box::new(poll)));
    effects
}

/// Somebody voted. The vote is kept as it is: what counts is decided when the poll ends.
fn voted(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
    room: &RoomId,
    (by, event): (&UserId, &EventId),
    poll: &MessageRef,
    vote: Vote,
) -> Vec<Effect> {
    let key = key_of(poll);
    let mut effects = Vec::new();
    if open(records, &key).is_some_and(|open| open.room == *room && open.event.is_none()) {
        effects.extend(known(records, &key, &poll.event));
    }
    let row = VoteIn { poll: key.event.clone(), person: by.clone(), vote: event.clone() };
    if records.has(&row) {
        return effects;
    }
    match records.get(&key) {
        Some(State::Open(open)) if open.room == *room => {
            if chose(open, &vote) && !took_part(records, &key, open, by) {
                effects.push(took_part_in(&key, by, room));
            }
        }
        Some(State::Closed(Closed { recount: Some(recount), .. }))
            if recount.poll.room == *room && vote.at <= recount.end =>
        {
            if chose(&recount.poll, &vote) && !took_part(records, &key, &recount.poll, by) {
                effects.push(took_part_in(&key, by, room));
            }
            records.insert(row, vote);
            effects.extend(count_again(records, ctx, &key));
            return effects;
        }
        Some(State::Unseen { room: there, .. }) if there == room => {}
        None if poll.key.is_none() => {
            records.insert(key, State::Unseen { since: ctx.now, room: room.clone() });
        }
        _ => return effects,
    }
    records.insert(row, vote);
    effects
}

/// Somebody took part in a poll: one row a person and poll, whichever of their votes is the first to be told.
fn took_part_in(key: &PollAt, voter: &UserId, room: &RoomId) -> Effect {
    Entry::new(Kind::PollVoted, voter, Some(room)).named(format!("{}/{voter}", key.name())).log()
}

/// It is known now which event a poll of ours is.
fn known(records: &mut Rows, key: &PollAt, event: &EventId) -> Vec<Effect> {
    let early = adopt(records, key, event);
    let Some(open) = open_mut(records, key) else { return Vec::new() };
    open.event = Some(event.clone());
    early.iter().map(|voter| took_part_in(key, voter, &open.room)).collect()
}

/// A vote that was cast in time came late: where it changes the result, the result's message is corrected.
fn count_again(records: &mut Rows, ctx: &Ctx<Settings>, key: &PollAt) -> Vec<Effect> {
    let Some(State::Closed(closed)) = records.get(key) else { return Vec::new() };
    let Some(recount) = closed.recount.as_deref() else { return Vec::new() };
    let tally = count(records, key, &recount.poll, recount.end);
    if (&tally.counts, tally.voters, tally.spoilt) == (&closed.counts, closed.voters, closed.spoilt) {
        return Vec::new();
    }
    let (poll, had_details) = (recount.poll.clone(), has_details(closed.voters, closed.spoilt));
    if let Some(State::Closed(closed)) = records.get_mut(key) {
        (closed.counts, closed.voters, closed.spoilt) = (tally.counts.clone(), tally.voters, tally.spoilt);
    }
    let Some(wording) = announced(ctx, &poll) else { return Vec::new() };
    let (people, edit) = (people(ctx, &poll), |key, body| Outgoing::Edit { key, body }.send());
    let (result, details) =
        (text::result(ctx.words, wording, &tally, people), text::details(ctx.words, wording, &tally, people));
    let details = match had_details {
        true => edit(details_key(key), details),
        false => beside(key, &poll, details),
    };
    vec![edit(result_key(key), result), details]
}

/// Whether there is more to know of a result than its line.
fn has_details(voters: u64, spoilt: u64) -> bool {
    voters + spoilt > 0
}

/// What there is to know of a result, in the thread under it, or in the poll's: a thread has no threads.
fn beside(key: &PollAt, poll: &Open, details: String) -> Effect {
    let to = thread_of(poll).unwrap_or_else(|| To::Thread(result_key(key)));
    Message::new(to, Attention::Answer, details).keyed(details_key(key)).send()
}

/// The thread in which a poll is.
fn thread_of(poll: &Open) -> Option<To> {
    let root = poll.thread.clone()?;
    Some(To::Reply { room: poll.room.clone(), event: root.clone(), thread: Some(root) })
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
fn result_key(poll: &PollAt) -> MessageKey {
    format!("result/{}", poll.name()).into()
}

/// The practice's name for the message that tells how everybody chose.
fn details_key(poll: &PollAt) -> MessageKey {
    format!("details/{}", poll.name()).into()
}

/// A poll ended, by the clock of its end's server. What everybody chose becomes counts; the votes themselves go when
/// none is waited for any more.
fn close(records: &mut Rows, ctx: &Ctx<Settings>, key: &PollAt, event: &EventId, end: Timestamp) -> Vec<Effect> {
    let mut effects = known(records, key, event);
    let Some(poll) = open(records, key).cloned() else { return effects };
    let tally = count(records, key, &poll, end);
    let asked = match &poll.ending {
        Some(Ending::Asked(command)) => Some(command.clone()),
        _ => None,
    };
    if let Some(wording) = announced(ctx, &poll) {
        let people = people(ctx, &poll);
        let result = text::result(ctx.words, wording, &tally, people);
        let details =
            has_details(tally.voters, tally.spoilt).then(|| text::details(ctx.words, wording, &tally, people));
        // Not in answer to the poll: clients would show it once more, with the same result.
        let to = thread_of(&poll).unwrap_or_else(|| To::Room(poll.room.clone()));
        effects.push(Message::new(to, Attention::Prompt, result).keyed(result_key(key)).send());
        effects.extend(details.map(|details| beside(key, &poll, details)));
    }
    if let Some(by) = &poll.by {
        effects.push(Effect::log(Kind::PollClosed, by, Some(&poll.room), i64::try_from(tally.voters).ok()));
    }
    let (counts, voters, spoilt) = (tally.counts, tally.voters, tally.spoilt);
    let recount = Some(Box::new(Recount { poll, end }));
    records.insert(key.clone(), State::Closed(Closed { at: ctx.now, counts, voters, spoilt, asked, recount }));
    effects
}

/// Something was removed: a poll (then it is over without a result) or a vote (then the one before counts again, as
/// long as the poll is open).
fn redacted(records: &mut Rows, now: Timestamp, event: &EventId, key: Option<&MessageKey>) {
    let named = key.and_then(PollAt::named);
    let removed = |key: &PollAt, state: &State| match state {
        State::Open(poll) => poll.event.as_ref() == Some(event) || named.as_ref() == Some(key),
        _ => false,
    };
    if let Some(key) = records.keys(removed).pop() {
        drop_votes(records, &key);
        let closed = Closed { at: now, counts: Vec::new(), voters: 0, spoilt: 0, asked: None, recount: None };
        records.insert(key, State::Closed(closed));
        return;
    }
    let Some(row) = records.keys::<VoteIn>(|row, _| row.vote == *event).pop() else { return };
    let is_counted = matches!(records.get(&PollAt::of(&row.poll)), Some(State::Closed(_)));
    if let Some(vote) = records.get_mut(&row).filter(|_| !is_counted) {
        vote.answers = None;
    }
}

/// Votes have gone with their owner. What has been counted stays counted, and is not counted again without them.
fn forgotten(records: &mut Rows) {
    for VoteIn { poll, .. } in records.gone::<VoteIn>() {
        finish(records, &PollAt { event: poll });
    }
}

/// Late votes are no longer waited for: from now on nobody can tell who chose what.
pub fn finish(records: &mut Rows, key: &PollAt) {
    if !matches!(records.get(key), Some(State::Closed(_))) {
        return;
    }
    drop_votes(records, key);
    if let Some(State::Closed(closed)) = records.get_mut(key) {
        closed.recount = None;
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(LONGEST_TEXT).collect()
}
