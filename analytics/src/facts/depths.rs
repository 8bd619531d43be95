//! How deep replies go: a row a month, room, person and `depth` (UInt32), with how many `replies` (UInt32). A reply to a
//! message has depth 1, one to a reply of the same room and month one more than that.
//!
//! A depth is known once that of what is answered is: this is no query.

use std::collections::HashMap;

use polars::prelude::*;

use super::batch::Batch;
use crate::acts;
use crate::frames::in_order;

pub(super) fn table(batch: &Batch) -> PolarsResult<DataFrame> {
    let mut replies = batch
        .own_messages()
        .filter(col("reply_to").is_not_null())
        .select(["room", "person", "id", "reply_to"].map(col))
        .collect()?;
    let column = |name: &str| PolarsResult::Ok(replies.column(name)?.i32()?.clone());
    let (rooms, ids, answered) = (column("room")?, column("id")?, column("reply_to")?);
    let mut depth_of = HashMap::<(Option<i32>, Option<i32>), u32>::new();
    let depths = rooms.iter().zip(ids.iter().zip(answered.iter())).map(|(room, (id, answered))| {
        // A message answers what was there before it: when its turn comes, the depth of that is known.
        let depth = 1 + depth_of.get(&(room, answered)).copied().unwrap_or(0);
        depth_of.insert((room, id), depth);
        depth
    });
    let depths = UInt32Chunked::from_iter_values("depth".into(), depths);
    replies.with_column(depths.into_column())?;
    let depths = replies.lazy().with_column(acts::seat().alias("seat")).group_by(["seat", "depth"].map(col)).agg([
        col("room").first(),
        col("person").first(),
        len().alias("replies"),
    ]);
    in_order(in_order(depths, col("depth")), col("seat")).collect()
}
