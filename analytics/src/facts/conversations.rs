//! Conversations: a row a conversation that began in the month, in the order of rooms and of first messages' numbers.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `room`, `person`, `id`, `ts` | | where it began, who opened it, with which message, when |
//! | `minutes` | Float64, null | minutes until it was taken up |
//! | `is_topic` | Boolean | whether it is a topic |
//!
//! A run of a main timeline (`facts/lines.rs`) is one, unless a prompt of Hearth's began it. It is taken up where, within
//! 72 hours of its first message, somebody else writes in it; or where somebody else answers one of the messages that its
//! author wrote before that, within 72 hours of it. A topic is a conversation, too, and is taken up where somebody else
//! writes in it within 72 hours. What lies more than 72 hours after the month is not looked at: by then it is told.

use polars::prelude::*;

use super::{answers, batch::Batch, table::WINDOW};
use crate::acts;
use crate::frames::{self, in_order, left, only_if};

pub(super) fn query(batch: &Batch, line: &DataFrame) -> PolarsResult<LazyFrame> {
    let minutes = |after: Expr| (after.cast(DataType::Float64) / lit(60_000.0)).alias("minutes");
    let columns = ["room", "person", "id", "ts", "minutes", "is_topic"].map(col);
    let runs = runs(batch, line)?.with_columns([minutes(col("after")), lit(false).alias("is_topic")]);
    let topics = topics(batch)?.with_columns([minutes(col("after")), lit(true).alias("is_topic")]);
    let all = concat([runs.select(columns.clone()), topics.select(columns)], UnionArgs::default())?;
    Ok(in_order(in_order(all, col("id")), col("room")))
}

/// `room`, `person`, `id`, `ts` of the first message of each run that somebody opened in the month, and `after` how many
/// milliseconds it was taken up, null where it was not.
fn runs(batch: &Batch, line: &DataFrame) -> PolarsResult<LazyFrame> {
    let first = ["room", "person", "id", "ts", "month"].map(|name| col(name).first());
    let opened = line.clone().lazy().group_by_stable([col("run")]).agg(first);
    let opened = opened.filter(col("person").is_not_null().and(col("month").eq(lit(batch.month)))).collect()?.lazy();
    let on_run = |one: LazyFrame, other: LazyFrame, how: JoinArgs| one.join(other, [col("run")], [col("run")], how);
    let openers = opened.clone().select([col("run"), col("person").alias("opener"), col("ts").alias("began")]);
    let said = line.clone().lazy().filter(col("person").is_not_null());
    let said = on_run(said, openers, JoinArgs::new(JoinType::Inner)).collect()?.lazy();
    let next = said
        .clone()
        .filter(col("person").neq(col("opener")))
        .group_by([col("run")])
        .agg([col("at").min().alias("next_at"), (col("ts") - col("began")).min().alias("spoke")])
        .collect()?
        .lazy();
    // The opener's messages before anybody else speaks.
    let own = on_run(said.filter(col("person").eq(col("opener"))), next.clone(), left())
        .filter(col("next_at").is_null().or(col("at").lt(col("next_at"))))
        .select(["run", "room", "person", "id", "ts", "began"].map(col));
    let linked = answers::answered_by(own, "id", answers::pointing(batch)?)
        .filter(answers::in_time())
        .group_by([col("run")])
        .agg([(col("at") - col("began")).min().alias("linked")]);
    let spoke = only_if(col("spoke").lt_eq(lit(WINDOW)), col("spoke"));
    let spoke = spoke.fill_null(col("linked"));
    // A null is not less than anything.
    let after = when(col("linked").lt(spoke.clone())).then(col("linked")).otherwise(spoke).alias("after");
    Ok(on_run(on_run(opened, next, left()), linked, left()).with_column(after))
}

/// The same of topics.
fn topics(batch: &Batch) -> PolarsResult<LazyFrame> {
    let said = batch.acts.clone().lazy().filter(acts::is_message().and(col("is_topic")));
    let said = said.with_column(topic().alias("topic"));
    let begun = batch.past.topics.clone().lazy().select([topic().alias("topic")]);
    let first = ["room", "person", "id", "ts", "month"].map(|name| col(name).first());
    let opened = said.clone().anti_join(begun, col("topic"), col("topic"));
    let opened = opened.group_by([col("topic")]).agg(first).filter(col("month").eq(lit(batch.month)));
    let opened = opened.collect()?.lazy();
    let openers = opened.clone().select([col("topic"), col("person").alias("opener"), col("ts").alias("began")]);
    let on_topic =
        |one: LazyFrame, other: LazyFrame, how: JoinArgs| one.join(other, [col("topic")], [col("topic")], how);
    let after = on_topic(said, openers, JoinArgs::new(JoinType::Inner))
        .filter(col("person").neq(col("opener")))
        .group_by([col("topic")])
        .agg([(col("ts") - col("began")).min().alias("after")])
        .filter(col("after").lt_eq(lit(WINDOW)));
    Ok(on_topic(opened, after, left()))
}

/// A room and a topic as one number.
fn topic() -> Expr {
    frames::pair(col("room"), col("thread"))
}

/// The topics in which somebody wrote in the month: `room`, `thread`.
pub(super) fn used(batch: &Batch) -> LazyFrame {
    let topics = batch.own_messages().filter(col("is_topic")).select(["room", "thread"].map(col));
    topics.unique_stable(None, UniqueKeepStrategy::First)
}
