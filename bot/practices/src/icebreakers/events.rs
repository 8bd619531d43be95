//! What people do, and what it means for their prompts.

use std::collections::BTreeSet;

use hearth_shared::activity::Kind;

use super::{
    giving::plan,
    interface::{Icebreakers, Settings},
    room::RoomPrompts,
    series::{Given, Open, Series},
    state::{Newcomer, NewcomerAt, PromptsIn, SettledAt, given, newcomer, prompts_in, settle, settled},
};
use crate::{Ctx, Effect, Event, Expects, MessageContext, MessageKey, Records, RoomId, Said, UserId, Words};

pub(super) fn react(records: &mut Records<Icebreakers>, ctx: &Ctx<Settings>, event: &Event) -> Vec<Effect> {
    match event {
        Event::Said(said) if said.source.direct => answered(records, ctx, said),
        Event::Said(said) => {
            let effects = answered_in_thread(records, ctx, said);
            if ctx.community.rooms.contains_key(&said.source.room) {
                took_part(records, &said.by);
            }
            effects
        }
        Event::Reacted { by, room, to, with, .. } if *by != ctx.community.bot && is_pass(with) => {
            to.key.as_ref().and_then(|key| tapped_pass(records, ctx, by, room, key)).into_iter().collect()
        }
        Event::Joined { by, room, at } if *by != ctx.community.bot && ctx.community.rooms.contains_key(room) => {
            // A server's clock may be ahead of ours.
            joined(records, ctx, by, room, (*at).min(ctx.now));
            Vec::new()
        }
        Event::Present { who, .. } => {
            for one in who.iter().filter(|one| **one != ctx.community.bot) {
                if !records.has(&newcomer(one)) && !records.has(&settled(one)) {
                    records.insert(settled(one), Given::default());
                }
            }
            Vec::new()
        }
        Event::Left { by, room } => {
            left(records, by, room);
            Vec::new()
        }
        Event::RoomGone { room } => {
            records.remove(&prompts_in(room));
            Vec::new()
        }
        // A question that was never asked waits for no answer.
        Event::Unsent { key } => {
            unsent(records, key);
            Vec::new()
        }
        Event::Gone { who } => {
            records.remove(&newcomer(who));
            records.remove(&settled(who));
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn joined(records: &mut Records<Icebreakers>, ctx: &Ctx<Settings>, who: &UserId, room: &RoomId, at: jiff::Timestamp) {
    if let Some(Newcomer { series, .. }) = records.get_mut(&newcomer(who)) {
        series.rooms.insert(room.clone());
    } else if !records.has(&settled(who)) {
        let mut series = Series::new(at, false);
        if !ctx.settings.newcomers || series.is_over(&plan(ctx), ctx.now) {
            records.insert(settled(who), Given::default());
        } else {
            series.rooms = BTreeSet::from([room.clone()]);
            records.insert(newcomer(who), Newcomer { series, given: Given::default() });
        }
    }
}

/// Who left every room is asked no more; who left before the first prompt may begin anew.
fn left(records: &mut Records<Icebreakers>, who: &UserId, room: &RoomId) {
    let key = newcomer(who);
    let Some(Newcomer { series, given }) = records.get_mut(&key) else { return };
    series.rooms.remove(room);
    if !series.rooms.is_empty() {
        return;
    }
    if series.behind == 0 && given.seen.is_empty() {
        records.remove(&key);
    } else {
        settle(records, who);
    }
}

fn took_part(records: &mut Records<Icebreakers>, who: &UserId) {
    if let Some(Newcomer { series, .. }) = records.get(&newcomer(who))
        && !series.asked
    {
        settle(records, who);
    }
}

/// Something written to the bot: the answer to the open prompt, unless it points at something else.
fn answered(records: &mut Records<Icebreakers>, ctx: &Ctx<Settings>, said: &Said) -> Vec<Effect> {
    if said.to.as_ref().is_some_and(|to| to.key.is_none()) {
        return Vec::new();
    }
    if means_pass(&said.text, ctx.words) {
        return passed(records, ctx, &said.by, &said.source).unwrap_or_default();
    }
    let Some(number) = close(records, ctx, &said.by) else { return Vec::new() };
    took_part(records, &said.by);
    vec![Effect::acknowledge(&said.source, "💛"), Effect::log(Kind::PromptAnswered, &said.by, None, Some(number))]
}

/// Any words may be the answer to an open prompt.
pub(super) fn expects(records: &Records<Icebreakers>, ctx: &Ctx<Settings>, said: &Said) -> Expects {
    match open_of(records, ctx, &said.by) {
        Some(_) if said.to.is_none() => Expects::Anything,
        _ => Expects::Nothing,
    }
}

fn open_of<'a>(records: &'a Records<Icebreakers>, ctx: &Ctx<Settings>, who: &UserId) -> Option<&'a Open> {
    let given = records.get(&newcomer(who)).map(|one| &one.given).or_else(|| records.get(&settled(who)))?;
    given.answerable(ctx.now)
}

/// A prompt will not be sent: nobody is waited for, and it may come another time.
fn unsent(records: &mut Records<Icebreakers>, key: &MessageKey) {
    let asks = |given: &Given| given.open.as_ref().is_some_and(|open| open.key == *key);
    let newcomers = records.keys::<NewcomerAt>(|_, one| asks(&one.given)).into_iter().map(|one| one.person);
    let settled = records.keys::<SettledAt>(|_, given| asks(given)).into_iter().map(|one| one.person);
    for who in newcomers.chain(settled) {
        if let Some(given) = given(records, &who)
            && let Some(open) = given.open.take()
        {
            given.seen.retain(|prompt| *prompt != open.prompt);
        }
    }
    let posted = |prompts: &RoomPrompts| prompts.current.as_ref().is_some_and(|current| current.key == *key);
    for room in records.keys::<PromptsIn>(|_, prompts| posted(prompts)) {
        if let Some(prompts) = records.get_mut(&room)
            && let Some(current) = prompts.current.take()
        {
            prompts.seen.retain(|prompt| *prompt != current.prompt);
        }
    }
}

/// Closes somebody's open prompt and gives back its number.
fn close(records: &mut Records<Icebreakers>, ctx: &Ctx<Settings>, who: &UserId) -> Option<i64> {
    let number = i64::from(open_of(records, ctx, who)?.prompt.number);
    given(records, who)?.open = None;
    Some(number)
}

/// Passes on the open prompt that somebody was sent; `None` where there is none.
pub(super) fn passed(
    records: &mut Records<Icebreakers>,
    ctx: &Ctx<Settings>,
    who: &UserId,
    source: &MessageContext,
) -> Option<Vec<Effect>> {
    let number = close(records, ctx, who)?;
    Some(vec![Effect::acknowledge(source, "👍"), Effect::log(Kind::PromptPassed, who, None, Some(number))])
}

/// An answer in the thread of a room's prompt: each person's first one counts.
fn answered_in_thread(records: &mut Records<Icebreakers>, ctx: &Ctx<Settings>, said: &Said) -> Vec<Effect> {
    let pass = means_pass(&said.text, ctx.words);
    let Some(key) = said.to.as_ref().and_then(|to| to.key.as_ref()) else { return Vec::new() };
    let current = records.get(&prompts_in(&said.source.room)).and_then(|prompts| prompts.current.as_ref());
    if current.is_none_or(|current| current.key != *key) {
        return Vec::new();
    }
    let kind = if pass { Kind::PromptPassed } else { Kind::PromptAnswered };
    let logged = counted(records, &said.by, &said.source.room, kind);
    let thanks = (pass && logged.is_some()).then(|| Effect::acknowledge(&said.source, "👍"));
    thanks.into_iter().chain(logged).collect()
}

/// Passes on a room's current prompt; `None` where there is none, or they answered it.
pub(super) fn passed_in_room(
    records: &mut Records<Icebreakers>,
    who: &UserId,
    source: &MessageContext,
) -> Option<Vec<Effect>> {
    let logged = counted(records, who, &source.room, Kind::PromptPassed)?;
    Some(vec![Effect::acknowledge(source, "👍"), logged])
}

/// Whether a reaction is the button for passing, in whichever language it was written.
fn is_pass(with: &str) -> bool {
    Words::all().iter().any(|words| words.icebreakers_tap_pass().to_lowercase() == with.trim().to_lowercase())
}

/// Somebody tapped to pass, on the prompt that is open for them or for a room. The tap itself says that it was heard.
fn tapped_pass(
    records: &mut Records<Icebreakers>,
    ctx: &Ctx<Settings>,
    by: &UserId,
    room: &RoomId,
    key: &MessageKey,
) -> Option<Effect> {
    let current = records.get(&prompts_in(room)).and_then(|prompts| prompts.current.as_ref());
    if current.is_some_and(|current| current.key == *key) {
        return counted(records, by, room, Kind::PromptPassed);
    }
    open_of(records, ctx, by).filter(|open| open.key == *key)?;
    close(records, ctx, by).map(|number| Effect::log(Kind::PromptPassed, by, None, Some(number)))
}

fn counted(records: &mut Records<Icebreakers>, who: &UserId, room: &RoomId, kind: Kind) -> Option<Effect> {
    let current = records.get_mut(&prompts_in(room))?.current.as_mut()?;
    let number = i64::from(current.prompt.number);
    current.answered.insert(who.clone()).then(|| Effect::log(kind, who, Some(room), Some(number)))
}

/// Whether a message is nothing but a pass, in whatever spelling: `Pass!`, `pass, thanks`.
fn means_pass(text: &str, words: &Words) -> bool {
    let text = text.to_lowercase();
    let mut said = text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty());
    let known = words.icebreakers_pass_words();
    let first = said.next().unwrap_or_default();
    known.split_whitespace().any(|word| word == first) && said.count() <= 2
}
