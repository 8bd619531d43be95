//! The acts that a month's facts are made of.

use hearth_shared::activity::Kind;
use polars::prelude::*;

use super::{past::Past, related::Related};
use crate::{acts, frames::in_order};

/// Acts of a month and of the 72 hours after it in time order, with what they say about each other: see `facts/related.rs`.
pub(super) struct Batch {
    /// All acts in time order, with what the log says of itself, and without what they say about each other.
    pub log: DataFrame,
    /// Acts of people.
    pub acts: DataFrame,
    /// The acts of the month itself, by people who are counted, in time order.
    pub own: DataFrame,
    /// What was done when (`seat`, `room`, `person`, `kind`, `ts`, `day`), room by room and in each person by person.
    pub by_seat: DataFrame,
    /// The same, person by person.
    pub by_person: DataFrame,
    /// Who wrote the messages that threads of the month are about (`thread`, `room`, `person`, `ts`).
    pub roots: DataFrame,
    pub month: i32,
    /// When the month begins, in milliseconds since 1970.
    pub from: i64,
    pub past: Past,
}

impl Batch {
    pub fn of(log: DataFrame, related: Related, month: i32, from: i64, past: Past) -> PolarsResult<Self> {
        let Related { acts, roots, .. } = related;
        let is_own = acts::is_counted().and(col("month").eq(lit(month)));
        let own = acts.clone().lazy().filter(is_own).collect()?;
        let did = own.clone().lazy().select([
            acts::seat().alias("seat"),
            col("room"),
            col("person"),
            col("kind"),
            col("ts"),
            col("day"),
        ]);
        let by_seat = in_order(did.clone(), col("seat")).collect()?;
        let by_person = in_order(did, col("person")).collect()?;
        Ok(Self { log, acts, own, by_seat, by_person, roots, month, from, past })
    }

    /// The acts of the month itself, by people who are counted.
    pub fn own(&self) -> LazyFrame {
        self.own.clone().lazy()
    }

    /// The messages among them.
    pub fn own_messages(&self) -> LazyFrame {
        self.own().filter(acts::is(Kind::Message))
    }
}
