//! Rooms: a row a month and room in which anything was seen, be it a bot's.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `main` | UInt32 | messages on the main timeline |
//! | `adopted` | UInt32 | how many times it came into view when it existed already |
//! | `start` | Int64, null | when the first was seen of it, where that is in this month |

use hearth_shared::activity::Kind;
use polars::prelude::*;

use super::batch::Batch;
use crate::frames::{in_order, left, only_if};
use crate::{acts, calendar::HOUR};

pub(super) fn query(batch: &Batch) -> LazyFrame {
    let known = batch.past.started.clone().lazy().select([col("room"), lit(true).alias("is_known")]);
    let table = seen(batch)
        .filter(col("month").eq(lit(batch.month)))
        .group_by([col("room")])
        .agg([
            acts::is_message().and(acts::is_main()).sum().alias("main"),
            acts::is(Kind::RoomAdopted).sum().alias("adopted"),
            col("ts").min().alias("start"),
        ])
        .join(known, [col("room")], [col("room")], left())
        .with_column(only_if(col("is_known").is_null(), col("start")).alias("start"));
    in_order(table, col("room"))
}

/// When the first was seen of each room, as far as the batch goes: `room`, `start`.
pub(super) fn starts(batch: &Batch) -> PolarsResult<LazyFrame> {
    let here = seen(batch).group_by([col("room")]).agg([col("ts").min().alias("start")]);
    let earlier = batch.past.started.clone().lazy().select(["room", "start"].map(col));
    Ok(concat([earlier, here], UnionArgs::default())?.group_by([col("room")]).agg([col("start").min()]))
}

/// A heartbeat is of no room.
fn seen(batch: &Batch) -> LazyFrame {
    batch.log.clone().lazy().filter(acts::is(Kind::Heartbeat).not())
}

/// How far the log goes in the month: `last`, the time of the last act, be it a bot's or a heartbeat; `beat`, the time of
/// the first heartbeat, null without one; `beats`, in how many hours of UTC there was one.
pub(super) fn end(batch: &Batch) -> LazyFrame {
    let beat = || col("ts").filter(acts::is(Kind::Heartbeat));
    batch.log.clone().lazy().filter(col("month").eq(lit(batch.month))).select([
        col("ts").max().alias("last"),
        beat().min().alias("beat"),
        (beat() / lit(HOUR)).n_unique().alias("beats"),
    ])
}
