//! Who answered whom: a row a month, room, author of replies (`person`) and author of what they answer (`to`), with how
//! many `replies` (UInt32). Replies to oneself are none.

use polars::prelude::*;

use super::{Batch, in_order};

pub(super) fn query(batch: &Batch) -> LazyFrame {
    let table = batch
        .own_messages()
        .filter(col("replied").neq(col("person")))
        .group_by([col("month"), col("room"), col("person"), col("replied").alias("to")])
        .agg([len().alias("replies")]);
    in_order(table, ["month", "room", "person", "to"])
}
