//! What a practice is made of, what is known of practices without knowing any of them, and what decides: the [`engine`].
//!
//! Nothing in this crate awaits, reads a clock, draws a random number or touches a database. The practices themselves are
//! in `hearth-practices`; what carries out what they want is in `hearth-bot`.

pub mod attention;
pub mod boards;
pub mod catalogue;
pub mod command;
pub mod community;
pub mod duration;
pub mod effect;
pub mod engine;
pub mod id;
pub mod incoming;
mod index;
pub mod input;
pub mod links;
pub mod members;
pub mod moving;
pub mod outgoing;
pub mod person;
pub mod practice;
pub mod records;
pub mod registry;
pub mod request;
pub mod rest;
pub mod schedule;
pub mod spelling;
pub mod words;

pub use attention::Attention;
pub use community::{Community, Overrides, Room};
pub use duration::Span;
pub use effect::{Administration, Effect, Entry};
pub use id::{EventId, MessageKey, RequestKey, RoomId, UserId};
pub use index::PracticeIndex;
pub use input::{Event, Input, Invocation, MessageContext, MessageRef, Said};
pub use members::{Member, Members};
pub use outgoing::{Message, Outgoing, Sealed, Target, To};
pub use person::{Person, PersonChange, Waking};
pub use practice::{Ctx, Expects, Practice, Presence, World};
pub use records::Records;
pub use request::{Answer, Request, RequestKind, Shared};
pub use words::Words;
