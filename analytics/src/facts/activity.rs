//! Who did how much where.
//!
//! A row a month, room and person who wrote or reacted there, and one more a month and person with `room` null: all
//! rooms together.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `messages`, `reactions` | UInt32 | how many |
//! | `days` | UInt32 | on how many local days they wrote or reacted |
//! | `first`, `last` | Int64, null | when they wrote first and last, in milliseconds since 1970 |

use hearth_shared::activity::Kind;
use polars::prelude::*;

use super::{Batch, in_order, only_if};
use crate::acts;

pub(super) fn query(batch: &Batch) -> PolarsResult<LazyFrame> {
    let (is_message, is_reaction) = (acts::is(Kind::Message), acts::is(Kind::Reaction));
    let daily = batch
        .own()
        .filter(is_message.clone().or(is_reaction.clone()))
        .select([
            col("month"),
            col("room"),
            col("person"),
            col("day"),
            is_message.clone().alias("messages"),
            is_reaction.alias("reactions"),
            only_if(is_message, col("ts")).alias("wrote"),
        ])
        .group_by(["month", "room", "person", "day"].map(col))
        .agg([
            col("messages").sum(),
            col("reactions").sum(),
            col("wrote").min().alias("first"),
            col("wrote").max().alias("last"),
        ]);
    let sums = || [col("messages").sum(), col("reactions").sum(), col("first").min(), col("last").max()];
    let with = |days: Expr| [vec![days], sums().to_vec()].concat();
    let by_room = daily.clone().group_by(["month", "room", "person"].map(col)).agg(with(len().alias("days")));
    let everywhere = daily
        .group_by(["month", "person", "day"].map(col))
        .agg(sums())
        .group_by(["month", "person"].map(col))
        .agg(with(len().alias("days")))
        .with_column(lit(NULL).cast(DataType::Int32).alias("room"));
    let columns = ["month", "room", "person", "messages", "reactions", "days", "first", "last"].map(col);
    let all = concat([by_room.select(columns.clone()), everywhere.select(columns)], UnionArgs::default())?;
    Ok(in_order(all, ["month", "room", "person"]))
}
