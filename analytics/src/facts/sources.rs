//! Where rows come from: a row a month, room and `source` (Int32), with how many `rows` (UInt32), whether some of them
//! are in the month's first 72 hours (`early`, Boolean), and the time of the `last` one (Int64).

use polars::prelude::*;

use super::{Batch, WINDOW, in_order};

pub(super) fn query(batch: &Batch) -> LazyFrame {
    let table = batch
        .own()
        .group_by(["month", "room", "source"].map(col))
        .agg([len().alias("rows"), col("ts").min().alias("first"), col("ts").max().alias("last")])
        .join(batch.begins.clone().lazy(), [col("month")], [col("month")], JoinArgs::new(JoinType::Left))
        .select([
            col("month"),
            col("room"),
            col("source"),
            col("rows"),
            (col("first") - col("from")).lt(lit(WINDOW)).alias("early"),
            col("last"),
        ]);
    in_order(table, ["month", "room", "source"])
}
