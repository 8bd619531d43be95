//! What answers a message.

use hearth_shared::activity::Kind;
use polars::prelude::*;

use super::{batch::Batch, table::WINDOW};
use crate::acts;

/// What points at something with a column: `key` (what it points at), `there`, `by`, `at` (where, who and when).
pub(super) fn by(batch: &Batch, kind: Kind, key: &str) -> LazyFrame {
    let acts = batch.acts.clone().lazy().filter(acts::is_counted().and(acts::is(kind)).and(col(key).is_not_null()));
    acts.select([col(key).alias("key"), col("room").alias("there"), col("person").alias("by"), col("ts").alias("at")])
}

/// Messages that point at another one: that reply to it, or are in its thread.
pub(super) fn pointing(batch: &Batch) -> PolarsResult<LazyFrame> {
    concat([by(batch, Kind::Message, "reply_to"), by(batch, Kind::Message, "thread")], UnionArgs::default())
}

/// Rows with what answers them by a key. What points into another room answers nothing there.
pub(super) fn answered_by(asked: LazyFrame, key: &str, answers: LazyFrame) -> LazyFrame {
    let joined = asked.join(answers, [col(key)], [col("key")], JoinArgs::new(JoinType::Inner));
    joined.filter(col("there").eq(col("room")))
}

/// Whether an answer is somebody else's, and came within 72 hours.
pub(super) fn in_time() -> Expr {
    let after = || col("at") - col("ts");
    col("by").neq(col("person")).and(after().gt_eq(lit(0))).and(after().lt_eq(lit(WINDOW)))
}
