//! One community's acts as frames: what the activity log knows, a row an act, a frame a month.
//!
//! This is the one place in the worker that knows SQLite, but for imports. What comes after it sees these columns:
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

mod local;
mod practices;
mod readers;
mod shelf;
mod source;

use hearth_shared::activity::Kind;
use polars::prelude::*;

pub use self::{
    shelf::Shelf,
    source::{About, Before, ReadError, Source, Stamp, Start, communities},
};

/// The columns of acts.
pub fn schema() -> Schema {
    let columns = [
        ("id", DataType::Int32),
        ("source", DataType::Int32),
        ("room", DataType::Int32),
        ("person", DataType::Int32),
        ("kind", DataType::UInt8),
        ("ts", DataType::Int64),
        ("month", DataType::Int32),
        ("day", DataType::UInt8),
        ("hour", DataType::UInt8),
        ("reply_to", DataType::Int32),
        ("thread", DataType::Int32),
    ];
    columns.into_iter().map(|(name, of)| Field::new(name.into(), of)).collect()
}

/// The same without rows.
pub fn empty() -> DataFrame {
    DataFrame::empty_with_schema(&schema())
}

/// Whether an act is of a kind.
pub fn is(kind: Kind) -> Expr {
    col("kind").eq(lit(kind as u8))
}

/// Whether an act is a person's who may be counted.
pub fn is_counted() -> Expr {
    col("person").is_not_null()
}

/// Whether an act is a message of such a person.
pub fn is_message() -> Expr {
    is(Kind::Message).and(is_counted())
}

/// Two numbers of 32 bits as one, the first before the second: rows are grouped and put in order by one number many times
/// as fast as by two columns.
pub fn pair(one: Expr, other: Expr) -> Expr {
    one.cast(DataType::Int64) * lit(1_i64 << 32) + other.cast(DataType::Int64)
}

/// A room and a person as one number.
pub fn seat() -> Expr {
    pair(col("room"), col("person"))
}
