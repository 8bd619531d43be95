//! Icebreakers: small prompts that make it easy to say something.
//!
//! Newcomers get a series by direct message on the days that leads set ([`series`]), from three decks by stage of
//! safety ([`deck`]): light, stories, lessons. The series ends by itself when they *take part*: write a message in a
//! room of the community, or answer a prompt. A reaction, a command or a pass is not taking part. `pass` is as good
//! an answer as any. Who asked for a series (`icebreakers start`) gets all of it.
//!
//! A room gets a prompt on a rhythm ([`room`]); answers belong in its thread. Answers are counted, never kept.

mod commands;
mod deck;
mod events;
mod room;
mod series;
#[cfg(test)]
mod tests;

use hearth_shared::activity::Kind;
use jiff::Timestamp;
use rand::Rng;
use serde::{Deserialize, Serialize};

use crate::{
    Ctx, Effect, Expects, Input, Message, MessageKey, Practice, Records, RoomId, Said, To, Tone, UserId, forget,
    schedule::{LocalTime, Rhythm},
    tables,
    words::escape,
};
pub use commands::{Command, What};
pub use deck::{Deck, Own, OwnPrompt, Prompt};
use room::Turn;
pub use room::{Current, Kept, RoomPrompts};
use series::Plan;
pub use series::{Days, Given, Open, Series};

/// The practice.
#[derive(Debug)]
pub enum Icebreakers {}

/// What leads can set.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Settings {
    /// Whether newcomers get the series.
    pub newcomers: bool,
    /// On which days after joining.
    pub days: Days,
    /// At what time of day.
    pub hour: LocalTime,
    /// When a room gets a prompt.
    pub room_rhythm: Rhythm,
    /// Which room; empty for the lobby.
    pub room: String,
    /// From which deck.
    pub room_deck: Deck,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            newcomers: true,
            days: Days::default(),
            hour: LocalTime::hour(10),
            room_rhythm: Rhythm::Weekly { every: 1, on: jiff::civil::Weekday::Tuesday, at: LocalTime::hour(10) },
            room: String::new(),
            room_deck: Deck::Light,
        }
    }
}

tables! { for Icebreakers;
    /// Somebody in the series.
    NewcomerAt { person: UserId } => Newcomer, in "newcomer", of person;
    /// Somebody whose series is over, or who was there before.
    SettledAt { person: UserId } => Given, in "settled", of person;
    /// What was posted in a room.
    PromptsIn { room: RoomId } => RoomPrompts, in "room";
    /// The prompts that leads added.
    OwnPrompts {} => Own, in "own";
}

/// Somebody in the series.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Newcomer {
    /// Where they are in it.
    series: Series,
    /// What they were given.
    given: Given,
}
forget!(Newcomer);
forget!(Given);
forget!(Own);
forget!(RoomPrompts: current);
forget!(Current: answered);

fn newcomer(who: &UserId) -> NewcomerAt {
    NewcomerAt { person: who.clone() }
}

fn settled(who: &UserId) -> SettledAt {
    SettledAt { person: who.clone() }
}

fn prompts_in(room: &RoomId) -> PromptsIn {
    PromptsIn { room: room.clone() }
}

impl Practice for Icebreakers {
    const NAME: &'static str = "icebreakers";
    type Command = Command;
    type Settings = Settings;
    type Board = ();

    fn react(records: &mut Records<Self>, ctx: &Ctx<Settings>, input: &Input<Command>) -> Vec<Effect> {
        keep_rhythm(records, ctx);
        match input {
            Input::Command(asked) => commands::react(records, ctx, asked),
            Input::Event(event) => events::react(records, ctx, event),
            Input::Tick => {
                let mut rng = ctx.rng();
                let mut effects = prompt_newcomers(records, ctx, &mut rng);
                effects.extend(prompt_room(records, ctx, &mut rng));
                effects
            }
        }
    }

    fn expects(records: &Records<Self>, ctx: &Ctx<Settings>, said: &Said) -> Expects {
        events::expects(records, ctx, said)
    }

    fn wake(records: &Records<Self>, ctx: &Ctx<Settings>) -> Option<Timestamp> {
        let plan = plan(ctx);
        let newcomers = records.all::<NewcomerAt>().filter(|_| ctx.settings.newcomers);
        let people = newcomers.filter_map(|(_, one)| one.series.due(one.given.last, &plan, ctx.now));
        let room = rhythm_room(ctx).and_then(|room| match kept(records, room) {
            Some(kept) if kept.rhythm == ctx.settings.room_rhythm => kept.due(&ctx.community.zone),
            // At once, to note from when the rhythm is kept.
            _ => Some(ctx.now),
        });
        people.chain(room).min()
    }
}

fn plan<'a>(ctx: &'a Ctx<Settings>) -> Plan<'a> {
    Plan { days: &ctx.settings.days, hour: ctx.settings.hour, zone: &ctx.community.zone }
}

/// The room in which the rhythm is kept.
fn rhythm_room<'a>(ctx: &Ctx<'a, Settings>) -> Option<&'a RoomId> {
    let on = ctx.settings.room_rhythm != Rhythm::Off;
    on.then(|| room::target(&ctx.settings.room, ctx.world.community)).flatten()
}

fn kept(records: &Records<Icebreakers>, room: &RoomId) -> Option<Kept> {
    records.get(&prompts_in(room))?.kept
}

/// Notes from when a rhythm is kept where it is new or changed, so that nothing from before is made up for.
fn keep_rhythm(records: &mut Records<Icebreakers>, ctx: &Ctx<Settings>) {
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

/// What somebody was given, during the series or after it.
fn given<'a>(records: &'a mut Records<Icebreakers>, who: &UserId) -> Option<&'a mut Given> {
    match records.has(&newcomer(who)) {
        true => records.get_mut(&newcomer(who)).map(|one| &mut one.given),
        false => records.get_mut(&settled(who)),
    }
}

fn own(records: &Records<Icebreakers>) -> Option<&Own> {
    records.get(&OwnPrompts {})
}

/// Ends somebody's series.
fn settle(records: &mut Records<Icebreakers>, who: &UserId) {
    if let Some(one) = records.remove(&newcomer(who)) {
        records.insert(settled(who), one.given);
    }
}

fn fresh_key(rng: &mut impl Rng) -> MessageKey {
    // Not made from the person's name: keys outlive `forget me`.
    MessageKey::from(format!("prompt/{:016x}", rng.random::<u64>()))
}

fn prompt_newcomers(records: &mut Records<Icebreakers>, ctx: &Ctx<Settings>, rng: &mut impl Rng) -> Vec<Effect> {
    if !ctx.settings.newcomers {
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
fn prompt_person(
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
    let message = Message::new(To::Person(who.clone()), Tone::Prompt, body).keyed(key);
    let message = if unasked { message.as_nudge() } else { message };
    vec![message.send(), Effect::log(Kind::Prompted, who, None, Some(i64::from(prompt.number)))]
}

fn prompt_room(records: &mut Records<Icebreakers>, ctx: &Ctx<Settings>, rng: &mut impl Rng) -> Vec<Effect> {
    let Some(room) = rhythm_room(ctx) else { return Vec::new() };
    let Some(turn) = kept(records, room).map(|kept| kept.turn(ctx.now, &ctx.community.zone)) else { return Vec::new() };
    if turn == Turn::Wait {
        return Vec::new();
    }
    if let Some(prompts) = records.get_or_default(prompts_in(room)) {
        prompts.kept = Some(Kept { rhythm: ctx.settings.room_rhythm, until: ctx.now });
    }
    match turn {
        Turn::Post => post(records, ctx, room, ctx.settings.room_deck, true, rng),
        Turn::Wait | Turn::Skip => Vec::new(),
    }
}

/// Posts a prompt in a room. Its answers, in its thread, are noticed from now on.
fn post(
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
    let message = Message::new(To::Room(room.clone()), Tone::Prompt, body).keyed(key);
    let message = if unasked { message.as_nudge() } else { message };
    vec![message.send()]
}
