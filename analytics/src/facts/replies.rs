//! Who answered whom: a row a month, room, author of replies (`person`) and author of what they answer (`to`), with how
//! many `replies` (UInt32). Replies to oneself are none.

use polars::prelude::*;

use super::Batch;

pub(super) fn query(batch: &Batch) -> LazyFrame {
    batch
        .own_messages()
        .filter(col("replied").neq(col("person")))
        .group_by([col("month"), col("room"), col("person"), col("replied").alias("to")])
        .agg([len().alias("replies")])
        .sort(["month", "room", "person", "to"], SortMultipleOptions::default())
}
