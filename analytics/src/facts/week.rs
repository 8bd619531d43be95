//! Who wrote when in the week: a row a month, `hour` (UInt8, the local hour of the week, from 0 for Monday's first) and
//! person, with how many `messages` (UInt32).

use polars::prelude::*;

use super::batch::Batch;
use crate::frames::{self, in_order};

pub(super) fn query(batch: &Batch) -> LazyFrame {
    let messages = batch.own_messages().select([
        frames::pair(col("hour"), col("person")).alias("pair"),
        col("hour"),
        col("person"),
    ]);
    in_order(messages, col("pair")).group_by_stable([col("pair")]).agg([
        col("hour").first(),
        col("person").first(),
        len().alias("messages"),
    ])
}
