//! The main timelines of rooms, cut where nobody wrote for six hours.
//!
//! Of a main timeline are messages outside threads and topics, and prompts of Hearth's own. What follows each other with
//! shorter pauses is a run. A row an act, room by room and in each in time order; where a run began in an earlier month,
//! a row stands before it for what was said there:
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `room`, `ts` | | where and when |
//! | `id`, `person` | Int32, null | which message of whom; null of a prompt. Of earlier months the run's first message alone is known |
//! | `month` | Int32, null | the act's month; null of earlier ones |
//! | `run` | UInt32 | the run's number |
//! | `at` | UInt32 | the row's number |

use hearth_shared::activity::Kind;
use polars::prelude::*;

use super::{batch::Batch, table::PAUSE};
use crate::acts;
use crate::frames::{in_order, only_if};

/// The main timelines of a batch, up to the end of its look ahead.
pub(super) fn of(batch: &Batch) -> PolarsResult<DataFrame> {
    let is_human = || acts::is_message().and(acts::is_main());
    let said = batch.log.clone().lazy().filter(is_human().or(acts::is(Kind::PromptPosted))).select([
        col("room"),
        col("ts"),
        only_if(acts::is(Kind::Message), col("id")).alias("id"),
        only_if(acts::is(Kind::Message), col("person")).alias("person"),
        col("month"),
    ]);
    let nothing = |name: &str| lit(NULL).cast(DataType::Int32).alias(name);
    let earlier = batch.past.open.clone().lazy().select([
        col("room"),
        col("ts"),
        col("circle").alias("id"),
        nothing("person"),
        nothing("month"),
    ]);
    let before = |name: &str| col(name).shift(lit(1));
    let goes_on = before("room").eq(col("room")).and((col("ts") - before("ts")).lt(lit(PAUSE)));
    in_order(concat([earlier, said], UnionArgs::default())?, col("room"))
        .with_column(goes_on.fill_null(lit(false)).not().cast(DataType::UInt32).cum_sum(false).alias("run"))
        .with_row_index("at", None)
        .collect()
}

/// The runs that go on at the month's end (`room`, the `ts` of their last act, and their `circle`: the first message, null
/// where there was none yet).
pub(super) fn open(line: &DataFrame, batch: &Batch, end: i64) -> PolarsResult<DataFrame> {
    let so_far = col("month").is_null().or(col("month").eq(lit(batch.month)));
    line.clone()
        .lazy()
        .filter(so_far)
        .group_by_stable([col("run")])
        .agg([col("room").first(), col("ts").last(), col("id").drop_nulls().first().alias("circle")])
        .filter(col("ts").gt(lit(end - PAUSE)))
        .select(["room", "ts", "circle"].map(col))
        .collect()
}
