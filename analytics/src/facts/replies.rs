//! Who answered whom: a row a month, room, author of replies (`person`) and author of what they answer (`to`), with how
//! many `replies` (UInt32). Replies to oneself are none.

use polars::prelude::*;

use super::batch::Batch;
use crate::frames::{self, in_order};

pub(super) fn query(batch: &Batch) -> LazyFrame {
    let table = batch
        .own_messages()
        .filter(col("replied").neq(col("person")))
        .group_by([col("room"), frames::pair(col("person"), col("replied")).alias("pair")])
        .agg([col("person").first(), col("replied").first().alias("to"), len().alias("replies")]);
    in_order(in_order(table, col("pair")), col("room"))
}
