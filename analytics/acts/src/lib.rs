//! One community's acts as frames: what the activity log knows, a row an act, a frame a month.
//!
//! This is the one place that reads SQLite for the worker. What comes after it sees these columns:
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `id` | Int32 | the act's dense id |
//! | `source` | Int32 | where the row comes from |
//! | `room` | Int32 | the room |
//! | `person` | Int32, null | who did it; null for bots and for who opted out: it is known that there was something, not whose |
//! | `kind` | UInt8 | [`Kind`](hearth_shared::activity::Kind): 0 message, 1 reaction, 2 join, 3 leave |
//! | `ts` | Int64 | when, in milliseconds since 1970 |
//! | `month` | Int32 | the local month, [`Month::ordinal`](hearth_shared::month::Month::ordinal) |
//! | `day` | UInt8 | the local day of the month, from 0 |
//! | `hour` | UInt8 | the local hour of the week, from 0 for Monday's first |
//! | `reply_to` | Int32, null | the act that it answers or reacts to |
//! | `thread` | Int32, null | its thread |
//! | `is_topic` | Boolean | whether that is a topic, as Zulip has them: no message opened it |
//!
//! Beside acts of people there is what the log says of itself, as acts of the bot (`person` is null): 82 it was being
//! written, 83 a room that existed already came into view, 84 the bot posted a prompt of its own.

mod columns;
mod error;
pub mod frames;
mod local;
pub mod parquet;
mod practices;
mod readers;
mod shelf;
mod source;
mod wanted;

pub use self::{
    columns::{empty, is, is_counted, is_main, is_message, is_of_people, schema, seat},
    error::ReadError,
    shelf::Shelf,
    source::{About, Before, Source, Stamp, communities},
    wanted::Start,
};
