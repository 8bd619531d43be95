//! Who was seen for the first time ever: a row a month and person, with `joined` (Int64, null), when they joined, where
//! that is the first that was seen of them.
//!
//! Who was there when the log began has not been seen to come. Nor have several who join a room at one instant: so a
//! workspace is moved, and not how people arrive.

use hearth_shared::activity::Kind;
use polars::prelude::*;

use super::batch::Batch;
use crate::acts;
use crate::frames::{in_order, only_if};

pub(super) fn query(batch: &Batch) -> LazyFrame {
    let joins =
        batch.own().filter(acts::is(Kind::Join)).group_by([col("room"), col("ts")]).agg([len().alias("together")]);
    let table = batch
        .own()
        .anti_join(batch.past.seen.clone().lazy(), col("person"), col("person"))
        .group_by([col("person")])
        .agg(["room", "ts", "kind"].map(|name| col(name).first()))
        .join(joins, [col("room"), col("ts")], [col("room"), col("ts")], JoinArgs::new(JoinType::Left))
        .select([
            col("person"),
            only_if(acts::is(Kind::Join).and(col("together").eq(lit(1))), col("ts")).alias("joined"),
        ]);
    in_order(table, col("person"))
}
