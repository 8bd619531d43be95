//! How deep replies go: a row a month, room, person and `depth` (UInt32), with how many `replies` (UInt32). A reply to a
//! message has depth 1, one to a reply of the same room and month one more than that.
//!
//! A depth is known once that of what is answered is: this is no query.

use std::collections::HashMap;

use polars::prelude::*;

use super::{Batch, in_order};

pub(super) fn table(batch: &Batch) -> PolarsResult<DataFrame> {
    let mut replies = batch
        .own_messages()
        .filter(col("reply_to").is_not_null())
        .select(["month", "room", "person", "id", "reply_to"].map(col))
        .collect()?;
    let column = |name: &str| PolarsResult::Ok(replies.column(name)?.i32()?.clone());
    let (months, rooms, ids, answered) = (column("month")?, column("room")?, column("id")?, column("reply_to")?);
    let (mut month, mut depth_of) = (None, HashMap::<(Option<i32>, Option<i32>), u32>::new());
    let depths =
        months.iter().zip(rooms.iter()).zip(ids.iter().zip(answered.iter())).map(|((at, room), (id, answered))| {
            if month != at {
                depth_of.clear();
                month = at;
            }
            // A message answers what was there before it: when its turn comes, the depth of that is known.
            let depth = 1 + depth_of.get(&(room, answered)).copied().unwrap_or(0);
            depth_of.insert((room, id), depth);
            depth
        });
    let depths = UInt32Chunked::from_iter_values("depth".into(), depths);
    replies.with_column(depths.into_column())?;
    let depths = replies.lazy().group_by(["month", "room", "person", "depth"].map(col)).agg([len().alias("replies")]);
    in_order(depths, ["month", "room", "person", "depth"]).collect()
}
