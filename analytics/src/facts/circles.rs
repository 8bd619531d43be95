//! Who was together with whom: a row a month, room, circle and person who wrote in it.
//!
//! A circle (`circle`, Int32) is a run of a main timeline (`facts/lines.rs`), then it is the run's first message; or a
//! thread or a topic, then it is its number with a minus. It has the same number in each month, so that the people of
//! several months come together. Of a thread is also who wrote its root, where that was in the same quarter of the year:
//! they are in each month in which somebody wrote in the thread.

use jiff::tz::TimeZone;
use polars::prelude::*;

use super::{batch::Batch, related::begin};
use crate::acts;
use crate::frames::{self, in_order, left};

pub(super) fn query(batch: &Batch, line: &DataFrame, zone: &TimeZone) -> PolarsResult<LazyFrame> {
    let line = line.clone().lazy();
    let first = line.clone().group_by_stable([col("run")]).agg([col("id").drop_nulls().first().alias("circle")]);
    let in_runs = line.filter(col("person").is_not_null().and(col("month").eq(lit(batch.month)))).join(
        first,
        [col("run")],
        [col("run")],
        left(),
    );
    let in_threads = batch.own_messages().filter(acts::is_main().not()).with_column((-col("thread")).alias("circle"));
    let (from, until) = quarter(batch.month, zone);
    let same = col("ts").gt_eq(lit(from)).and(col("ts").lt(lit(until)));
    let there = in_threads.clone().select([frames::pair(col("room"), col("thread")).alias("place")]);
    let roots = batch
        .roots
        .clone()
        .lazy()
        .filter(same)
        .with_column(frames::pair(col("room"), col("thread")).alias("place"))
        .semi_join(there, col("place"), col("place"))
        .with_column((-col("thread")).alias("circle"));
    let columns = ["room", "circle", "person"].map(col);
    let parts = [in_runs, in_threads, roots].map(|part| part.select(columns.clone()));
    let all = concat(parts, UnionArgs::default())?
        .with_column(frames::pair(col("circle"), col("person")).alias("seat"))
        .group_by([col("room"), col("seat")])
        .agg([col("circle").first(), col("person").first()]);
    Ok(in_order(in_order(all, col("seat")), col("room")))
}

/// When the quarter of a month begins, and when the next one does.
fn quarter(month: i32, zone: &TimeZone) -> (i64, i64) {
    let first = month - month.rem_euclid(3);
    (begin(first, zone), begin(first + 3, zone))
}
