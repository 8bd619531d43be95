//! What Hearth does in a room: pure functions of records, time and input.
//!
//! Nothing in this crate awaits, reads a clock, draws a random number or touches a database. Time, seed and
//! settings come in through [`Ctx`]; everything that a practice wants done goes out as [`Effect`]s. The same code
//! runs in the bot, in tests that read as dialogue ([`dialogue`]), and under a simulator.
//!
//! A new practice is one folder here, one locale file a language, and one line in [`registry`].

pub mod boards;
pub mod choosing;
pub mod command;
pub mod dialogue;
pub mod duration;
pub mod effect;
pub mod id;
pub mod input;
pub mod moving;
pub mod practice;
pub mod records;
pub mod registry;
pub mod schedule;
pub mod secret;
pub mod words;

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

pub use duration::Span;
pub use effect::{Effect, Entry, Message, MessageKey, To, Tone};
pub use id::{EventId, RoomId, UserId};
pub use input::{Asked, Event, Input, MessageRef, Said, Spot};
pub use practice::{Community, Ctx, Practice, Presence, Room, World};
pub use records::Records;
pub use words::Words;
