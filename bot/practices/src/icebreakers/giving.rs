//! Giving prompts: to newcomers on their days, to a room on its rhythm, and to whoever asks for one.

use hearth_shared::activity::Kind;
use jiff::{SignedDuration, Timestamp};
use rand::Rng;

use super::{
    deck::{self, Deck},
    interface::{Icebreakers, Settings},
    room::{self, Current, Kept, Turn},
    series::{Open, Plan},
    state::{Newcomer, NewcomerAt, PromptsIn, given, kept, newcomer, own, prompts_in, settle},
};
use crate::{
    Attention, Ctx, Effect, Message, MessageKey, Records, RoomId, To, UserId, buttons, schedule::Rhythm, words::escape,
};

/// How long a prompt for somebody may wait until it can be sent.
const PERSON_HAS: SignedDuration = SignedDuration::from_hours(24 * 7);

/// How long a prompt for a room may wait: the next one is not far.
const ROOM_HAS: SignedDuration = SignedDuration::from_hours(48);

/// The days and times of the series.
pub fn plan<'a>(ctx: &'a Ctx<Settings>) -> Plan<'a> {
    Plan { days: &ctx.settings.days, hour: ctx.settings.hour, zone: &ctx.community.zone }
}

/// The room in which the rhythm is kept.
pub fn rhythm_room<'a>(ctx: &Ctx<'a, Settings>) -> Option<&'a RoomId> {
    let on = ctx.settings.room_rhythm != Rhythm::Off;
    on.then(|| room::target(&ctx.settings.room, ctx.world.community)).flatten()
}

/// Notes from when a rhythm is kept where it is new or changed, so that nothing from before is made up for.
pub fn keep_rhythm(records: &mut Records<Icebreakers>, ctx: &Ctx<Settings>) {
    let rhythm = ctx.settings.room_rhythm;
    let target = rhythm_room(ctx);
    for key in records.keys::<PromptsIn>(|key, prompts| Some(&key.room) != target && prompts.kept.is_some()) {
        if let Some(prompts) = records.get_mut(&key) {
            prompts.kept = None;
        }
    }
    if let Some(room) = rhythm_room(ctx)
        && kept(records, room).is_none_or(|kept| kept.rhythm != rhythm)
        && let Some(prompts) = records.get_or_default(prompts_in(room))
    {
        prompts.kept = Some(Kept { rhythm, until: ctx.now });
    }
}

fn fresh_key(rng: &mut impl Rng) -> MessageKey {
    // Not made from the person's name: keys outlive `forget me`.
    MessageKey::from(format!("prompt/{:016x}", rng.random::<u64>()))
}

pub fn prompt_newcomers(records: &mut Records<Icebreakers>, ctx: &Ctx<Settings>, rng: &mut impl Rng) -> Vec<Effect> {
    if !ctx.settings.newcomers || ctx.community.rest_at(ctx.now).is_some() {
        return Vec::new();
    }
    let plan = plan(ctx);
    let mut due = Vec::new();
    let mut over = Vec::new();
    for (NewcomerAt { person }, Newcomer { series, given }) in records.all() {
        if series.is_over(&plan, ctx.now) {
            over.push(person.clone());
        } else if series.due(given.last, &plan, ctx.now).is_some_and(|due| due <= ctx.now) {
            due.push(person.clone());
        }
    }
    for who in &over {
        settle(records, who);
    }
    let mut effects = Vec::new();
    for who in &due {
        let Some(Newcomer { series, .. }) = records.get_mut(&newcomer(who)) else { continue };
        let deck = series.step(&plan, ctx.now);
        let over = series.is_over(&plan, ctx.now);
        if let Some(deck) = deck {
            effects.extend(prompt_person(records, ctx, who, deck, true, rng));
        }
        if over {
            settle(records, who);
        }
    }
    effects
}

/// Sends somebody a prompt by direct message and remembers it as the open one.
pub fn prompt_person(
    records: &mut Records<Icebreakers>,
    ctx: &Ctx<Settings>,
    who: &UserId,
    deck: Deck,
    unasked: bool,
    rng: &mut impl Rng,
) -> Vec<Effect> {
    let all = deck::prompts(deck, ctx.words, own(records));
    let Some(given) = given(records, who) else { return Vec::new() };
    let first = given.seen.is_empty();
    let Some(prompt) = deck::draw(deck, &all, &mut given.seen, rng) else { return Vec::new() };
    let key = fresh_key(rng);
    given.open = Some(Open { prompt, key: key.clone(), at: ctx.now });
    given.last = Some(ctx.now);
    let Some(text) = deck::text(prompt, ctx.words, own(records)) else { return Vec::new() };
    let body = if first && unasked {
        ctx.words.icebreakers_first(escape(&ctx.community.name), text)
    } else {
        ctx.words.icebreakers_next(text)
    };
    let attention = attention(unasked, ctx.now, PERSON_HAS);
    let message = Message::new(To::Person(who.clone()), attention, body).keyed(key.clone());
    let prompted = Effect::log(Kind::Prompted, who, None, Some(i64::from(prompt.number)));
    std::iter::once(message.send()).chain(pass_under(ctx, &key)).chain([prompted]).collect()
}

/// A prompt that nobody asked for must be sent soon, or not at all.
fn attention(unasked: bool, now: Timestamp, within: SignedDuration) -> Attention {
    match unasked {
        true => Attention::Nudge { until: now.saturating_add(within).unwrap_or(Timestamp::MAX) },
        false => Attention::Prompt,
    }
}

pub fn prompt_room(records: &mut Records<Icebreakers>, ctx: &Ctx<Settings>, rng: &mut impl Rng) -> Vec<Effect> {
    let Some(room) = rhythm_room(ctx) else { return Vec::new() };
    let Some(turn) = kept(records, room).map(|kept| kept.turn(ctx.now, &ctx.community.zone)) else { return Vec::new() };
    if turn == Turn::Wait {
        return Vec::new();
    }
    if let Some(prompts) = records.get_or_default(prompts_in(room)) {
        prompts.kept = Some(Kept { rhythm: ctx.settings.room_rhythm, until: ctx.now });
    }
    match turn {
        // What falls on a day off is left out.
        Turn::Post if ctx.community.rest_at(ctx.now).is_some() => Vec::new(),
        Turn::Post => post(records, ctx, room, ctx.settings.room_deck, true, rng),
        Turn::Wait | Turn::Skip => Vec::new(),
    }
}

/// Posts a prompt in a room. Its answers, in its thread, are noticed from now on.
pub fn post(
    records: &mut Records<Icebreakers>,
    ctx: &Ctx<Settings>,
    room: &RoomId,
    deck: Deck,
    unasked: bool,
    rng: &mut impl Rng,
) -> Vec<Effect> {
    let all = deck::prompts(deck, ctx.words, own(records));
    let Some(prompts) = records.get_or_default(prompts_in(room)) else { return Vec::new() };
    let first = prompts.seen.is_empty();
    let Some(prompt) = deck::draw(deck, &all, &mut prompts.seen, rng) else { return Vec::new() };
    let key = fresh_key(rng);
    prompts.current = Some(Current { key: key.clone(), prompt, answered: Default::default() });
    let Some(text) = deck::text(prompt, ctx.words, own(records)) else { return Vec::new() };
    let body = if first { ctx.words.icebreakers_room_first(text) } else { ctx.words.icebreakers_room(text) };
    let message = Message::new(To::Room(room.clone()), attention(unasked, ctx.now, ROOM_HAS), body).keyed(key.clone());
    std::iter::once(message.to_talk_about().send()).chain(pass_under(ctx, &key)).collect()
}

/// The button for passing, under a prompt.
fn pass_under(ctx: &Ctx<Settings>, key: &MessageKey) -> Vec<Effect> {
    buttons(key, [ctx.words.icebreakers_tap_pass()])
}
