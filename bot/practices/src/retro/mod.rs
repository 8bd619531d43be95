//! Retrospectives: a room looks back, and agrees what to do about it.
//!
//! Notes come by direct message and nobody learns whose they are ([`notes`]); they are revealed in drawn order, put
//! together by the facilitator from a suggestion ([`grouping`]), voted on with sealed dots ([`votes`]), discussed in
//! order of votes, and turned into actions (which are another practice's). At the end people say, sealed too, whether
//! it was worth their time. One card in the room shows where things are; the rest is said in its thread. All of it can be
//! done by tapping ([`buttons`], [`taps`]).
//!
//! What is sealed lies in records of its own until its phase is over ([`state`]); with the reveal and with each count
//! the messages by which it came are removed from the direct rooms, and so is what came with them and counts nowhere
//! ([`scraps`]). Notes have numbers, themes have letters ([`letters`]). When a retrospective is over, its notes go at
//! once; the labels that the facilitator gave to themes stay, to see what returns.
//!
//! Dots are published from five voters on, as every ballot. Notes are shown from three writers on, those that come after
//! a reveal among themselves; with fewer only if all who wrote them agree ([`consent`]): a pair must be able to look back,
//! and nobody may be found out by going back and forth. What was not shown in the end goes unread.

mod advance;
mod buttons;
mod consent;
mod direct;
mod facilitation;
mod formats;
mod grouping;
mod interface;
mod invitations;
mod letters;
mod notes;
mod phase;
mod scraps;
mod state;
mod taps;
#[cfg(test)]
mod tests;
mod text;
mod votes;

use jiff::Timestamp;

use self::state::Rows;
pub use self::{
    formats::Column,
    interface::{Command, Retros, Settings, What},
    phase::Phase,
    state::{
        Consent, Count, DotsOf, Group, Note, NoteOf, Pace, PaperOf, Past, PastOf, Retro, RetroAt, Scrap, ScrapOf,
        Shown, Told, ToldOf, VoteResult, WorthOf,
    },
};
use crate::{
    Ctx, Effect, Event, Expects, Input, Practice, RoomId, Said, UserId,
    boards::{self, Gathering, OpenRetro},
    secret::Handed,
};

impl Practice for Retros {
    const NAME: &'static str = "retro";
    type Command = Command;
    type Settings = Settings;
    type Board = boards::Retros;

    fn react(records: &mut Rows, ctx: &Ctx<Settings>, input: &Input<Command>) -> Vec<Effect> {
        match input {
            Input::Command(invocation) => facilitation::react(records, ctx, invocation),
            Input::Event(event) => happened(records, ctx, event),
            Input::Tick => advance::tick(records, ctx),
        }
    }

    fn expects(records: &Rows, ctx: &Ctx<Settings>, said: &Said) -> Expects {
        direct::expects(records, ctx, said)
    }

    fn next_tick(records: &Rows, _: &Ctx<Settings>) -> Option<Timestamp> {
        state::retros(records).filter_map(Retro::next_tick).min()
    }

    fn needs(records: &Rows, name: &str) -> bool {
        let number = state::number_of(&crate::MessageKey::from(name));
        state::retros(records).any(|retro| Some(retro.number) == number)
    }

    fn scopes(records: &Rows) -> Vec<String> {
        let of = |retro| Retro::scopes(retro).chain(scraps::scope(records, retro));
        state::retros(records).flat_map(of).collect()
    }

    /// The retrospectives that are going on, so that what is agreed there can be told to belong to them, and dots for
    /// something else are not taken for theirs.
    fn board(records: &Rows) -> boards::Retros {
        let open = state::retros(records).map(|retro| {
            let thread = retro.thread.as_ref().or(retro.card.as_ref()).cloned();
            let gathering = Gathering { name: retro.name(), room: retro.room.clone(), thread };
            OpenRetro { gathering, voting: retro.phase == Phase::Vote }
        });
        boards::Retros { open: open.collect() }
    }
}

fn happened(records: &mut Rows, ctx: &Ctx<Settings>, event: &Event) -> Vec<Effect> {
    match event {
        Event::Said(said) if said.by == ctx.community.bot => Vec::new(),
        Event::Said(said) if said.source.direct => direct::said(records, ctx, said),
        Event::Said(Said { to: Some(to), source, .. }) => {
            learn_card(records, &source.room, to);
            Vec::new()
        }
        Event::Reacted { by, room, event, to, with, at, lead, .. } if *by != ctx.community.bot => {
            learn_card(records, room, to);
            consent::agreed(records, ctx, by, to)
                .unwrap_or_else(|| taps::tapped(records, ctx, (by, *lead), &Handed::tap(room, event, *at), to, with))
        }
        Event::Left { by, room } => left(records, ctx, by, room),
        Event::Joined { by, room, .. } => {
            returned(records, by, room);
            Vec::new()
        }
        Event::Redacted { room, event, .. } => {
            taps::untapped(records, ctx, room, event).unwrap_or_else(|| direct::taken_back(records, ctx, event))
        }
        Event::Held { keys } => held(records, ctx, keys),
        Event::SealedLost { scope } => advance::lost(records, ctx, scope),
        // Their papers become a line with everybody's.
        Event::Forgotten { .. } => crate::secret::forgotten::<DotsOf>(records),
        _ => Vec::new(),
    }
}

/// Somebody pointed at a card: now it is known which event it is.
fn learn_card(records: &mut Rows, room: &RoomId, to: &crate::MessageRef) {
    let Some(key) = &to.key else { return };
    let unknown = |retro: &&Retro| retro.room == *room && retro.card.is_none() && retro.card_key() == *key;
    let Some(number) = state::number_of(key) else { return };
    if state::retro(records, number).as_ref().is_some_and(unknown)
        && let Some(retro) = state::retro_mut(records, number)
    {
        retro.card = Some(to.event.clone());
    }
}

/// Messages wait for direct rooms, or none do: the cards say how to be served at once, or no longer do.
fn held(records: &mut Rows, ctx: &Ctx<Settings>, keys: &[crate::MessageKey]) -> Vec<Effect> {
    let waits = |retro: &Retro| {
        let invitations = retro.key("to/");
        keys.iter().any(|key| key.as_str().starts_with(invitations.as_str()))
    };
    let is_news = |retro: &&Retro| retro.held != waits(retro);
    let news: Vec<u32> = state::retros(records).filter(is_news).map(|retro| retro.number).collect();
    let mut effects = Vec::new();
    for number in news {
        if let Some(retro) = state::retro_mut(records, number) {
            retro.held = !retro.held;
        }
        effects.extend(text::card(records, ctx, number));
    }
    effects
}

/// Somebody left a room: what they gave stays, and a facilitator is missed.
fn left(records: &mut Rows, ctx: &Ctx<Settings>, by: &UserId, room: &RoomId) -> Vec<Effect> {
    let Some(number) = state::here(records, room).map(|retro| retro.number) else { return Vec::new() };
    let Some(retro) = state::retro_mut(records, number) else { return Vec::new() };
    if !retro.left.insert(by.clone()) || retro.facilitator.as_ref() != Some(by) {
        return Vec::new();
    }
    vec![text::beside(retro, ctx.words.retro_facilitator_left(crate::words::pill(by), &ctx.community.prefix))]
}

fn returned(records: &mut Rows, by: &UserId, room: &RoomId) {
    let away = |retro: &&Retro| retro.room == *room && retro.left.contains(by);
    let Some(number) = state::retros(records).find(away).map(|retro| retro.number) else { return };
    if let Some(retro) = state::retro_mut(records, number) {
        retro.left.remove(by);
    }
}
