//! Messages that open a conversation, first messages ever, and what became of them.
//!
//! A row a message, in the order of rooms and in each in time order:
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `room`, `person`, `id`, `ts` | | where, whose, which, when |
//! | `opens` | Boolean | whether it opens a conversation |
//! | `is_first` | Boolean | whether it is its author's first message ever |
//! | `minutes` | Float64, null | minutes to the first reply by somebody else within 72 hours |
//! | `reacted` | Boolean | whether somebody else reacted within 72 hours |
//! | `followed` | Boolean | whether somebody else was the next to speak in that room and thread, within 60 minutes |

use hearth_shared::activity::Kind;
use polars::prelude::*;

use super::{answers, batch::Batch};
use crate::frames::{self, in_order, left, only_if};
use crate::{acts, calendar::HOUR};

/// How soon the next speaker must speak to count as an answer, in milliseconds: 60 minutes.
const NEXT_SPEAKER: i64 = HOUR;

pub(super) fn query(batch: &Batch) -> PolarsResult<LazyFrame> {
    let messages = batch.acts.clone().lazy().filter(acts::is_message());
    let firsts = batch
        .own_messages()
        .anti_join(batch.past.posted.clone().lazy(), col("person"), col("person"))
        .group_by([col("person")])
        .agg([col("id").first()])
        .select([col("id"), lit(true).alias("is_first")]);
    let targets = batch
        .own_messages()
        .join(firsts, [col("id")], [col("id")], left())
        .with_column(col("is_first").fill_null(lit(false)))
        .filter(col("opens").or(col("is_first")));

    let asked = targets.clone().select(["id", "room", "person", "ts"].map(col));
    // What answers a message: what points at it, what is in its thread, and what is in the thread that it begins.
    let begun =
        targets.clone().filter(col("first_in_thread")).select(["thread", "room", "id", "person", "ts"].map(col));
    let begun = answers::answered_by(begun, "thread", answers::by(batch, Kind::Message, "thread"));
    let pointing = answers::answered_by(asked.clone(), "id", answers::pointing(batch)?);
    let columns = ["id", "person", "ts", "by", "at"].map(col);
    let replies = concat([begun.select(columns.clone()), pointing.select(columns)], UnionArgs::default())?
        .filter(answers::in_time())
        .group_by([col("id")])
        .agg([((col("at") - col("ts")).min().cast(DataType::Float64) / lit(60_000.0)).alias("minutes")]);
    let reactions = answers::answered_by(asked, "id", answers::by(batch, Kind::Reaction, "reply_to"))
        .filter(answers::in_time())
        .select([col("id"), lit(true).alias("reacted")])
        .unique(None, UniqueKeepStrategy::Any);

    let on_id = |one: LazyFrame, other: LazyFrame| one.join(other, [col("id")], [col("id")], left());
    let all = on_id(on_id(on_id(targets, replies), reactions), next_speakers(messages));
    let is = |name: &str| col(name).fill_null(lit(false));
    let all = all.select([
        col("room"),
        col("person"),
        col("id"),
        col("ts"),
        col("opens"),
        col("is_first"),
        col("minutes"),
        is("reacted"),
        is("followed"),
    ]);
    Ok(in_order(all, col("room")))
}

/// `id`, `followed`: of every message, whether somebody else was the next to speak where it was written.
fn next_speakers(messages: LazyFrame) -> LazyFrame {
    /// Stands for a time that never comes.
    const NEVER: i64 = i64::MAX;
    let next = |name: &str| col(name).shift(lit(-1));
    // No act has the number -1.
    let place = frames::pair(col("room"), col("thread").fill_null(lit(-1)));
    let goes_on = next("place").eq_missing(col("place"));
    let next_by_other =
        when(goes_on).then(only_if(next("person").neq(col("person")), next("ts"))).otherwise(lit(NEVER));
    // They come in time order.
    in_order(messages.select([col("id"), place.alias("place"), col("person"), col("ts")]), col("place"))
        .with_column(next_by_other.fill_null_with_strategy(FillNullStrategy::Backward(None)).alias("next"))
        .select([
            col("id"),
            col("next").neq(lit(NEVER)).and((col("next") - col("ts")).lt_eq(lit(NEXT_SPEAKER))).alias("followed"),
        ])
}
