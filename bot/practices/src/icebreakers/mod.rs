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
    Ctx, Effect, Input, Loose, Message, MessageKey, Practice, RoomId, To, Tone, UserId,
    schedule::{LocalTime, Rhythm},
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

/// What it remembers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Record {
    /// Under `newcomer/<person>`: somebody in the series.
    Newcomer {
        /// Where they are in it.
        series: Series,
        /// What they were given.
        given: Given,
    },
    /// Under `settled/<person>`: somebody whose series is over, or who was there before.
    Settled(Given),
    /// Under `room/<room>`.
    Room(RoomPrompts),
    /// Under `own`: the prompts that leads added.
    Own(Own),
}

const NEWCOMER: &str = "newcomer/";
const ROOM: &str = "room/";
const OWN: &str = "own";

fn newcomer(who: &UserId) -> String {
    format!("{NEWCOMER}{who}")
}

fn settled(who: &UserId) -> String {
    format!("settled/{who}")
}

fn room_key(room: &RoomId) -> String {
    format!("{ROOM}{room}")
}

impl Practice for Icebreakers {
    const NAME: &'static str = "icebreakers";
    type Command = Command;
    type Settings = Settings;
    type Rows = Loose<Record>;

    fn react(records: &mut Loose<Record>, ctx: &Ctx<Settings>, input: &Input<Command>) -> Vec<Effect> {
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

    fn wake(records: &Loose<Record>, ctx: &Ctx<Settings>) -> Option<Timestamp> {
        let plan = plan(ctx);
        let people =
            records.under(NEWCOMER).filter(|_| ctx.settings.newcomers).filter_map(|(_, record)| match record {
                Record::Newcomer { series, given } => series.due(given.last, &plan, ctx.now),
                _ => None,
            });
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

fn kept(records: &Loose<Record>, room: &RoomId) -> Option<Kept> {
    match records.get(&room_key(room)) {
        Some(Record::Room(prompts)) => prompts.kept,
        _ => None,
    }
}

/// Notes from when a rhythm is kept where it is new or changed, so that nothing from before is made up for.
fn keep_rhythm(records: &mut Loose<Record>, ctx: &Ctx<Settings>) {
    let rhythm = ctx.settings.room_rhythm;
    let target = rhythm_room(ctx).map(room_key);
    let elsewhere: Vec<String> = records
        .under(ROOM)
        .filter(|(key, record)| {
            Some(*key) != target.as_deref() && matches!(record, Record::Room(RoomPrompts { kept: Some(_), .. }))
        })
        .map(|(key, _)| key.to_owned())
        .collect();
    for key in elsewhere {
        if let Some(Record::Room(prompts)) = records.get_mut(&key) {
            prompts.kept = None;
        }
    }
    if let Some(room) = rhythm_room(ctx)
        && kept(records, room).is_none_or(|kept| kept.rhythm != rhythm)
        && let Some(prompts) = room_prompts(records, room)
    {
        prompts.kept = Some(Kept { rhythm, until: ctx.now });
    }
}

/// A room's record, made where there is none.
fn room_prompts<'a>(records: &'a mut Loose<Record>, room: &RoomId) -> Option<&'a mut RoomPrompts> {
    let key = room_key(room);
    if records.get(&key).is_none() {
        records.insert(key.clone(), Record::Room(RoomPrompts::default()));
    }
    match records.get_mut(&key) {
        Some(Record::Room(prompts)) => Some(prompts),
        _ => None,
    }
}

/// What somebody was given, during the series or after it.
fn given<'a>(records: &'a mut Loose<Record>, who: &UserId) -> Option<&'a mut Given> {
    let key = if records.get(&newcomer(who)).is_some() { newcomer(who) } else { settled(who) };
    match records.get_mut(&key) {
        Some(Record::Newcomer { given, .. } | Record::Settled(given)) => Some(given),
        _ => None,
    }
}

fn own(records: &Loose<Record>) -> Option<&Own> {
    match records.get(OWN) {
        Some(Record::Own(own)) => Some(own),
        _ => None,
    }
}

/// Ends somebody's series.
fn settle(records: &mut Loose<Record>, who: &UserId) {
    let given = match records.remove(&newcomer(who)) {
        Some(Record::Newcomer { given, .. }) => given,
        _ => return,
    };
    records.insert(settled(who), Record::Settled(given));
}

fn fresh_key(rng: &mut impl Rng) -> MessageKey {
    // Not made from the person's name: keys outlive `forget me`.
    MessageKey::from(format!("prompt/{:016x}", rng.random::<u64>()))
}

fn prompt_newcomers(records: &mut Loose<Record>, ctx: &Ctx<Settings>, rng: &mut impl Rng) -> Vec<Effect> {
    if !ctx.settings.newcomers {
        return Vec::new();
    }
    let plan = plan(ctx);
    let mut due = Vec::new();
    let mut over = Vec::new();
    for (key, record) in records.under(NEWCOMER) {
        let (Record::Newcomer { series, given }, Some(who)) = (record, key.strip_prefix(NEWCOMER)) else { continue };
        if series.is_over(&plan, ctx.now) {
            over.push(UserId::from(who));
        } else if series.due(given.last, &plan, ctx.now).is_some_and(|due| due <= ctx.now) {
            due.push(UserId::from(who));
        }
    }
    for who in &over {
        settle(records, who);
    }
    let mut effects = Vec::new();
    for who in &due {
        let Some(Record::Newcomer { series, .. }) = records.get_mut(&newcomer(who)) else { continue };
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
    records: &mut Loose<Record>,
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

fn prompt_room(records: &mut Loose<Record>, ctx: &Ctx<Settings>, rng: &mut impl Rng) -> Vec<Effect> {
    let Some(room) = rhythm_room(ctx) else { return Vec::new() };
    let Some(turn) = kept(records, room).map(|kept| kept.turn(ctx.now, &ctx.community.zone)) else { return Vec::new() };
    if turn == Turn::Wait {
        return Vec::new();
    }
    if let Some(prompts) = room_prompts(records, room) {
        prompts.kept = Some(Kept { rhythm: ctx.settings.room_rhythm, until: ctx.now });
    }
    match turn {
        Turn::Post => post(records, ctx, room, ctx.settings.room_deck, true, rng),
        Turn::Wait | Turn::Skip => Vec::new(),
    }
}

/// Posts a prompt in a room. Its answers, in its thread, are noticed from now on.
fn post(
    records: &mut Loose<Record>,
    ctx: &Ctx<Settings>,
    room: &RoomId,
    deck: Deck,
    unasked: bool,
    rng: &mut impl Rng,
) -> Vec<Effect> {
    let all = deck::prompts(deck, ctx.words, own(records));
    let Some(prompts) = room_prompts(records, room) else { return Vec::new() };
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
