//! Who is in which room at a month's end, of those who did anything in it.

use hearth_shared::activity::Kind;
use polars::prelude::*;

use super::batch::Batch;

/// `seat`, `room`, `person`, `is_in`: of everybody who did anything in a room, whether they are in it at the month's end.
pub(super) fn query(batch: &Batch) -> LazyFrame {
    batch.by_seat.clone().lazy().group_by([col("seat")]).agg([
        col("room").first(),
        col("person").first(),
        col("kind").last().neq(lit(Kind::Leave as u8)).alias("is_in"),
    ])
}
