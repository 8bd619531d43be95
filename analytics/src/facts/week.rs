//! Who wrote when in the week: a row a month, `hour` (UInt8, the local hour of the week, from 0 for Monday's first) and
//! person, with how many `messages` (UInt32).

use polars::prelude::*;

use super::{Batch, in_order};

pub(super) fn query(batch: &Batch) -> LazyFrame {
    let table = batch.own_messages().group_by(["month", "hour", "person"].map(col)).agg([len().alias("messages")]);
    in_order(table, ["month", "hour", "person"])
}
