//! Retrospectives: a room looks back, and agrees what to do about it.
//!
//! Notes come by direct message and nobody learns whose they are ([`notes`]); they are revealed in drawn order, put
//! together by the facilitator from a suggestion ([`grouping`]), voted on with sealed dots ([`votes`]), discussed in
//! order of votes, and turned into actions (which are another practice's). At the end people say, sealed too, whether
//! it was worth their time. One card in the room shows where things are; the rest is said in its thread.
//!
//! What is sealed lies in records of its own until its phase is over ([`state`]); with the reveal and with each count
//! the messages by which it came are removed from the direct rooms. When a retrospective is over, its notes go at
//! once; the labels that the facilitator gave to themes stay, to see what returns.
//!
//! Dots are published from five voters on, as every ballot. Notes are shown from three writers on, those that come after
//! a reveal among themselves; with fewer only if all who wrote them agree ([`consent`]): a pair must be able to look back,
//! and nobody may be found out by going back and forth. What was not shown in the end goes unread.

mod advance;
mod consent;
mod direct;
mod formats;
mod grouping;
mod letters;
mod notes;
mod phase;
mod state;
mod steer;
#[cfg(test)]
mod tests;
mod text;
mod votes;

use std::num::{NonZeroU32, NonZeroUsize};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use self::{
    formats::Column,
    phase::Phase,
    state::{
        Consent, Count, DotsOf, Group, Note, NoteOf, Pace, Past, PastOf, Retro, RetroAt, Shown, Tally, Told, ToldOf,
        WorthOf,
    },
};
use crate::{
    Ctx, Effect, Event, Input, Practice, Records, RoomId, Said, Span, UserId,
    boards::{self, Gathering, OpenRetro},
    choosing::WhoMay,
};

/// From how many voters on dots are shown, and from how many answers on what people thought of it.
const ENOUGH: usize = 5;

/// From how many writers on notes are shown without asking them.
const WRITERS: usize = 3;

/// The practice.
#[derive(Debug)]
pub enum Retros {}

/// Its commands.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {
    /// Look back together, and agree what to do about it.
    #[command(alias = "retrospective", alias = "retrospektive")]
    Retro {
        /// What to do.
        #[command(subcommand)]
        what: Option<What>,
    },
}

/// What can be done about a retrospective.
#[derive(Clone, Debug, PartialEq, Eq, clap::Subcommand)]
pub enum What {
    /// Start one in this room.
    Start {
        /// The columns: a known format, or names with `|` between them.
        #[arg(long, num_args = 1.., allow_hyphen_values = false)]
        format: Vec<String>,
        /// How long notes are collected.
        #[arg(long)]
        collect: Option<Span>,
        /// How long votes are open.
        #[arg(long)]
        vote: Option<Span>,
        /// How long a theme is discussed.
        #[arg(long)]
        theme: Option<Span>,
    },
    /// Show where it is.
    Status,
    /// Be told by direct message how to take part, as by a reaction to the card.
    Join,
    /// Go on.
    Next,
    /// Go back.
    Back,
    /// Give the phase more time.
    Extend {
        /// How much.
        #[arg(required = true)]
        span: Vec<String>,
    },
    /// End it.
    Close,
    /// Let somebody else facilitate.
    #[command(alias = "handover")]
    HandOver {
        /// Who.
        who: Vec<String>,
    },
    /// For leads: facilitate from now on.
    #[command(alias = "takeover")]
    TakeOver,
    /// Put notes together.
    Group {
        /// Their numbers.
        notes: Vec<String>,
    },
    /// Take notes out of their groups.
    Split {
        /// Their numbers.
        notes: Vec<String>,
    },
    /// Name the group of a note, or a theme.
    Name {
        /// The number.
        number: String,
        /// The name.
        name: Vec<String>,
    },
}

/// What leads can set.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Settings {
    /// The columns where nobody says.
    pub format: String,
    /// How long notes are collected where nobody says.
    pub collect: Span,
    /// How long votes are open where nobody says.
    pub vote: Span,
    /// How long a theme is discussed where nobody says.
    pub theme: Span,
    /// How many dots each person has.
    pub dots: NonZeroU32,
    /// How many themes are discussed at most.
    pub themes: NonZeroUsize,
    /// Who may start one.
    pub who_starts: WhoMay,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            format: "three-columns".to_owned(),
            collect: Span::minutes(10),
            vote: Span::minutes(5),
            theme: Span::minutes(8),
            dots: NonZeroU32::MIN.saturating_add(4),
            themes: NonZeroUsize::MIN.saturating_add(4),
            who_starts: WhoMay::Everyone,
        }
    }
}

type Rows = Records<Retros>;

impl Practice for Retros {
    const NAME: &'static str = "retro";
    type Command = Command;
    type Settings = Settings;
    type Board = boards::Retros;

    fn react(records: &mut Rows, ctx: &Ctx<Settings>, input: &Input<Command>) -> Vec<Effect> {
        match input {
            Input::Command(asked) => steer::react(records, ctx, asked),
            Input::Event(event) => happened(records, ctx, event),
            Input::Tick => advance::tick(records, ctx),
        }
    }

    fn wake(records: &Rows, _: &Ctx<Settings>) -> Option<Timestamp> {
        state::retros(records).filter_map(Retro::wakes).min()
    }

    fn needs(records: &Rows, name: &str) -> bool {
        let number = state::number_of(&crate::MessageKey::from(name));
        state::retros(records).any(|retro| Some(retro.number) == number)
    }

    fn vessels(records: &Rows) -> Vec<String> {
        let open = state::retros(records).filter(|retro| retro.phase.is_sealed());
        open.map(|retro| retro.vessel(retro.phase)).collect()
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
        Event::Said(said) if said.spot.direct => direct::said(records, ctx, said),
        Event::Said(Said { to: Some(to), spot, .. }) => {
            learn_card(records, &spot.room, to);
            Vec::new()
        }
        Event::Reacted { by, room, to, .. } if *by != ctx.community.bot => {
            learn_card(records, room, to);
            consent::agreed(records, ctx, by, to).unwrap_or_else(|| direct::asked(records, ctx, by, room, to))
        }
        Event::Left { by, room } => left(records, ctx, by, room),
        Event::Joined { by, room, .. } => {
            returned(records, by, room);
            Vec::new()
        }
        Event::Redacted { event, .. } => direct::taken_back(records, ctx, event),
        Event::Held { keys } => held(records, ctx, keys),
        Event::SealedLost { vessel } => {
            let theirs = |retro: &&Retro| retro.phase.is_sealed() && retro.vessel(retro.phase) == *vessel;
            let lost = state::retros(records).find(theirs).map(|retro| retro.number);
            lost.map(|number| advance::go(records, ctx, number, phase::Step::Close, advance::Why::Lost))
                .unwrap_or_default()
        }
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
        let letters = retro.key("to/");
        keys.iter().any(|key| key.as_str().starts_with(letters.as_str()))
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
