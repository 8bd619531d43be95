//! Who is in which room: a row a month, room and person who did anything there, with `is_in` (Boolean), whether they are
//! in it at the month's end.
//!
//! A person is in a room from their join, or from the first thing that they do there, until they leave it.

use hearth_shared::activity::Kind;
use polars::prelude::*;

use super::{Batch, in_order};

pub(super) fn query(batch: &Batch) -> LazyFrame {
    let table = batch
        .own()
        .group_by(["month", "room", "person"].map(col))
        .agg([col("kind").last().neq(lit(Kind::Leave as u8)).alias("is_in")]);
    in_order(table, ["month", "room", "person"])
}
