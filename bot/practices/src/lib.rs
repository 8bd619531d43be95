//! What Hearth does in a room: pure functions of records, time and input.
//!
//! Nothing in this crate awaits, reads a clock, draws a random number or touches a database. Time, seed and
//! settings come in through [`Ctx`]; everything that a practice wants done goes out as [`Effect`]s. The same code
//! runs in the bot, in tests that read as dialogue ([`dialogue`]), and under a simulator.
//!
//! A new practice is one folder here, one locale file a language, its `mod` below, and one line in [`registry`]. How to
//! add one is in this crate's README. What practices are made of is in [`hearth_core`].

#[cfg(test)]
mod alone;
pub mod boards;
mod called;
pub mod choosing;
pub mod dialogue;
pub mod obeyed;
#[cfg(test)]
mod quoted;
pub mod registry;
pub mod secret;
#[cfg(test)]
mod storm;

pub mod actions;
pub mod ballot;
pub mod community;
pub mod help;
pub mod icebreakers;
pub mod meetings;
pub mod poll;
pub mod privacy;
pub mod report;
pub mod retro;
pub mod topics;
pub mod welcome;

pub use hearth_core::effect::buttons;
pub use hearth_core::{
    Administration, Answer, Attention, Community, Ctx, Effect, Entry, Event, EventId, Expects, Input, Invocation,
    Member, Members, Message, MessageContext, MessageKey, MessageRef, Outgoing, Overrides, Person, PersonChange,
    Practice, Presence, Records, Request, RequestKey, RequestKind, Room, RoomId, Said, Sealed, Shared, Span, Target,
    To, UserId, Waking, Words, World, catalogue, command, duration, effect, forget, id, input, links, members, moving,
    person, practice, records, schedule, spelling, tables, words,
};
