//! Whether gatherings were worth their time: a row an answer that was given in a month, in the order of rooms, in each of
//! gatherings, and in each of time.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `gathering` | Int64 | the gathering |
//! | `answer` | Float64 | from 0, lost, to 4, far more than it cost |
//! | `answers` | UInt32 | how many the gathering has in the month |

use hearth_shared::activity::Kind;
use polars::prelude::*;

use super::stood::{in_place, of_gathering};
use crate::{acts, frames::in_order};

/// The best answer; the worst is 0.
const TOP: i64 = 4;

/// The answers, given all acts, and the months.
pub(super) fn query(acts: &LazyFrame, months: &LazyFrame) -> PolarsResult<LazyFrame> {
    let is_on_scale = col("value").gt_eq(lit(0)).and(col("value").lt_eq(lit(TOP)));
    let worth = acts
        .clone()
        .filter(acts::is(Kind::RotiAnswered).and(col("thread").is_not_null()).and(is_on_scale))
        .select([
            col("at").alias("month"),
            col("room"),
            col("thread").alias("gathering"),
            col("value").cast(DataType::Float64).alias("answer"),
        ])
        .semi_join(months.clone(), col("month"), col("month"))
        .with_column(len().over(of_gathering())?.alias("answers"));
    Ok(in_place(in_order(worth, col("gathering"))))
}
