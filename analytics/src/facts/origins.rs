//! First messages ever: a row a person who wrote one in the month, in the order of rooms.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `room`, `ts` | | where and when |
//! | `date` | Int32 | its local date: [`date`] |
//! | `came` | Boolean | whether its author was seen to come, or had not been there for 365 days |
//! | `is_main` | Boolean | whether it is on the main timeline |
//! | `answered` | Boolean | whether within 72 hours somebody else replied, or wrote after it in the same run, thread or topic |
//! | `reacted` | Boolean | whether within 72 hours somebody else reacted |
//!
//! Somebody was seen to come where the first that was seen of them is a join; or where they first wrote in a room that had
//! been in view for 365 days. A newcomer is who came, and never was [`moved`]: present when a room came into view, or one of
//! three or more who joined a room in one second.

use hearth_shared::activity::Kind;
use polars::prelude::*;

use super::{
    answers,
    batch::Batch,
    rooms,
    table::{SETTLED, WINDOW},
};
use crate::acts;
use crate::frames::{self, in_order, left};

/// So many join a room in one second where a workspace is moved, and not where people arrive.
const MOVED: u32 = 3;

/// A local date as one number, given its month and day.
pub(super) fn date() -> Expr {
    col("month") * lit(32) + col("day").cast(DataType::Int32)
}

pub(super) fn query(batch: &Batch, line: &DataFrame) -> PolarsResult<LazyFrame> {
    let firsts = batch
        .own_messages()
        .anti_join(batch.past.posted.clone().lazy(), col("person"), col("person"))
        .group_by([col("person")])
        .agg(["room", "id", "ts", "thread", "is_topic", "month", "day"].map(|name| col(name).first()))
        .with_columns([acts::is_main().alias("is_main"), date().alias("date")])
        .collect()?
        .lazy();
    let on = |one: LazyFrame, other: LazyFrame, key: &str| one.join(other, [col(key)], [col(key)], left());
    let flag = |table: LazyFrame, key: &str, name: &str| table.select([col(key), lit(true).alias(name)]);

    let came = seen(batch)?.filter(col("joined")).select([col("person"), lit(true).alias("joined")]);
    let asked = firsts.clone().select(["id", "room", "person", "ts"].map(col));
    let once = |answers: LazyFrame| {
        let answers = answers.filter(answers::in_time()).select([col("id")]);
        answers.unique(None, UniqueKeepStrategy::Any)
    };
    let replied = once(answers::answered_by(asked.clone(), "id", answers::pointing(batch)?));
    let reactions = once(answers::answered_by(asked, "id", answers::by(batch, Kind::Reaction, "reply_to")));
    let soon = next_speakers(batch, line, &firsts)?.filter(col("after").lt_eq(lit(WINDOW))).select([col("id")]);

    let all = on(on(firsts, came, "person"), rooms::starts(batch)?, "room");
    let all = on(on(all, flag(replied, "id", "replied"), "id"), flag(soon, "id", "followed"), "id");
    let all = on(all, flag(reactions, "id", "reacted"), "id");
    let is = |name: &str| col(name).fill_null(lit(false));
    let settled = col("start").lt_eq(col("ts") - lit(SETTLED));
    let all = all.with_columns([
        is("joined").or(settled.fill_null(lit(false))).alias("came"),
        is("replied").or(is("followed")).alias("answered"),
        is("reacted"),
    ]);
    Ok(in_order(in_order(all, col("person")), col("room")))
}

/// Of whom something was seen up to the month's end: `person`, and whether the first of it was that they joined.
pub(super) fn seen(batch: &Batch) -> PolarsResult<LazyFrame> {
    let earlier = batch.past.seen.clone().lazy().select(["person", "joined"].map(col));
    let here = batch
        .by_person
        .clone()
        .lazy()
        .group_by_stable([col("person")])
        .agg([col("kind").first().eq(lit(Kind::Join as u8)).alias("joined")])
        .anti_join(earlier.clone(), col("person"), col("person"));
    Ok(concat([earlier, here], UnionArgs::default())?.collect()?.lazy())
}

/// Who in the month was there when a room came into view, or was moved into one: `person`.
pub(super) fn moved(batch: &Batch) -> PolarsResult<LazyFrame> {
    let second = |name: &str| col(name) - col(name) % lit(1000);
    let joins = batch.own().filter(acts::is(Kind::Join)).with_column(second("ts").alias("second"));
    let on = [col("room"), col("second")];
    let together = joins.clone().group_by(on.clone()).agg([len().alias("joins")]);
    let table = joins
        .join(together, on.clone(), on, left())
        .join(rooms::starts(batch)?, [col("room")], [col("room")], left())
        .filter(col("joins").gt_eq(lit(MOVED)).or(col("second").eq(second("start"))))
        .select([col("person")])
        .unique(None, UniqueKeepStrategy::Any);
    Ok(in_order(table, col("person")))
}

/// Of first messages, `after` how many milliseconds somebody else wrote in the same run, thread or topic: `id`, `after`.
fn next_speakers(batch: &Batch, line: &DataFrame, firsts: &LazyFrame) -> PolarsResult<LazyFrame> {
    let columns = ["place", "id", "person", "ts"].map(col);
    let in_runs = line.clone().lazy().filter(col("person").is_not_null());
    let in_runs = in_runs.with_column(col("run").cast(DataType::Int64).alias("place")).select(columns.clone());
    // Runs have small numbers, and pairs of a room and a thread large ones.
    let in_threads = batch.acts.clone().lazy().filter(acts::is_message().and(acts::is_main().not()));
    let in_threads = in_threads.with_column((-frames::pair(col("room"), col("thread"))).alias("place")).select(columns);
    let in_threads = in_order(in_threads, col("place"));
    let next = |name: &str| col(name).shift(lit(-1));
    let passes = next("place").eq(col("place")).and(next("person").neq(col("person")));
    let ends = next("place").neq_missing(col("place"));
    /// Stands for a time that never comes.
    const NEVER: i64 = i64::MAX;
    let said = concat([in_runs, in_threads], UnionArgs::default())?
        .with_column(when(ends).then(lit(NEVER)).when(passes).then(next("ts")).otherwise(lit(NULL)).alias("next"))
        .with_column(col("next").fill_null_with_strategy(FillNullStrategy::Backward(None)).alias("next"))
        .filter(col("next").neq(lit(NEVER)));
    Ok(said
        .semi_join(firsts.clone().select([col("id")]), col("id"), col("id"))
        .select([col("id"), (col("next") - col("ts")).alias("after")]))
}
