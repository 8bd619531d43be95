//! Who did how much where.
//!
//! A row a month, room and person who wrote or reacted there, and one more a month and person with `room` null: all
//! rooms together. They are in the order of rooms (null first), and in each of `messages`.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `messages`, `reactions` | UInt32 | how many |
//! | `days` | UInt32 | on how many local days they wrote or reacted |
//! | `first`, `last` | Int64, null | when they wrote first and last, in milliseconds since 1970 |
//! | `cohort` | Int32, null | in all rooms together, of who wrote: the month in which they wrote for the first time |
//! | `before` | Int32, null | the month before this one in which they wrote last |

use hearth_shared::activity::Kind;
use polars::prelude::*;

use super::{Batch, Table, in_order, only_if};
use crate::acts;

pub(super) fn query(batch: &Batch) -> PolarsResult<LazyFrame> {
    let wrote = |value: Expr| only_if(col("messages").gt(lit(0)), value);
    let posted = batch.past.posted.clone().lazy().select(["person", "cohort", "latest"].map(col));
    let none = || lit(NULL).cast(DataType::Int32);
    let everywhere = in_order(who_did(&batch.by_person, "person").drop(cols(["key"])), col("messages"))
        .join(posted, [col("person")], [col("person")], super::left())
        .with_columns([
            none().alias("room"),
            wrote(col("cohort").fill_null(lit(batch.month))).alias("cohort"),
            wrote(col("latest")).alias("before"),
        ]);
    let by_room = who_did(&batch.by_seat, "seat").with_columns([none().alias("cohort"), none().alias("before")]);
    let by_room = in_order(by_room, acts::pair(col("room"), col("messages")));
    let columns: Vec<Expr> = Table::Activity.schema().iter_names().skip(1).map(|name| col(name.clone())).collect();
    concat([everywhere.select(columns.clone()), by_room.select(columns)], UnionArgs::default())
}

/// Who did how much, of acts in the order of a key.
fn who_did(acts: &DataFrame, key: &str) -> LazyFrame {
    let (is_message, is_reaction) = (acts::is(Kind::Message), acts::is(Kind::Reaction));
    acts.clone()
        .lazy()
        .filter(is_message.clone().or(is_reaction.clone()))
        .with_column(only_if(is_message.clone(), col("ts")).alias("wrote"))
        .group_by_stable([col(key).alias("key")])
        .agg([
            col("room").first(),
            col("person").first(),
            is_message.sum().alias("messages"),
            is_reaction.sum().alias("reactions"),
            col("day").n_unique().alias("days"),
            col("wrote").min().alias("first"),
            col("wrote").max().alias("last"),
        ])
}
