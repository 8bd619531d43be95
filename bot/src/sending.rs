//! Sending: what is sent next, what a refusal means, and how an item becomes requests. It knows no SDK, starts no
//! task and reads no clock, so that the bot and whoever rehearses it run the same code.

pub mod carry;
pub mod desk;
mod gate;
pub mod homeserver;
pub mod refusal;
pub mod schedule;

pub use carry::{Addresses, Answered, Carried, Carrier};
pub use gate::Class;
pub use hearth_core::engine::content;
pub use homeserver::{Homeserver, Refused};
pub use refusal::{NotNow, Refusal, RetryAfter};
pub use schedule::{Job, OWN_LIMIT, Row, Schedule};
