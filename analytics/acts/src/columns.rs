//! The columns of acts, and what is asked of them.

use hearth_shared::activity::Kind;
use polars::prelude::*;

use crate::frames;

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
        ("is_topic", DataType::Boolean),
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

/// Whether it is an act of people in a room, and not what the log says of itself.
pub fn is_of_people() -> Expr {
    col("kind").lt_eq(lit(Kind::Leave as u8))
}

/// Whether an act is a person's who may be counted.
pub fn is_counted() -> Expr {
    col("person").is_not_null()
}

/// Whether an act is a message of such a person.
pub fn is_message() -> Expr {
    is(Kind::Message).and(is_counted())
}

/// Whether an act, a message, stands on the main timeline of its room: outside threads and topics.
pub fn is_main() -> Expr {
    col("thread").is_null().or(col("thread").eq(col("id")).and(col("is_topic").not()))
}

/// A room and a person as one number.
pub fn seat() -> Expr {
    frames::pair(col("room"), col("person"))
}
