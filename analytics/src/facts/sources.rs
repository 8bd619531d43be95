//! Where rows come from: a row a month, room and `source` (Int32), with how many `rows` (UInt32), whether some of them
//! are in the month's first 72 hours (`early`, Boolean), and the time of the `last` one (Int64).

use polars::prelude::*;

use super::{batch::Batch, table::WINDOW};
use crate::frames::{self, in_order};

pub(super) fn query(batch: &Batch) -> LazyFrame {
    let table = batch
        .own()
        .group_by([frames::pair(col("room"), col("source")).alias("pair")])
        .agg([
            col("room").first(),
            col("source").first(),
            len().alias("rows"),
            col("ts").min().alias("first"),
            col("ts").max().alias("last"),
        ])
        .with_column((col("first") - lit(batch.from)).lt(lit(WINDOW)).alias("early"));
    in_order(table, col("pair"))
}
