//! What was agreed to be done, and what became of it: a row a month and action that was agreed by its end, in the order of
//! rooms.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `gathering` | Int64 | the gathering that agreed on it; `room`, `size`, `is_large`, `known`, `began` and `day` are its |
//! | `agreed` | Int32 | the day on which it did |
//! | `due` | Int32, null | the last day on which it is in time |
//! | `done` | Int32, null | when it was done |
//! | `dropped` | Int32, null | when it was dropped without being done |
//! | `next` | Int32, null | the day on which the next gathering in the same room began |
//! | `since`, `today` | Int32 | the first day of the twelve months that end with the month, and its last |

use hearth_shared::activity::Kind;
use polars::prelude::*;

use super::stood::{any_of, in_place, of_gathering};
use crate::{
    acts,
    frames::{left, only_if},
};

/// The actions, given the acts as they stood, and the gatherings.
pub(super) fn query(stood: &LazyFrame, gatherings: &DataFrame) -> PolarsResult<LazyFrame> {
    let agreed = stood.clone().filter(acts::is(Kind::ActionAgreed).and(col("thread").is_not_null())).select([
        col("month"),
        col("id").alias("action"),
        col("thread").alias("gathering"),
        col("ts").alias("from"),
        col("day").alias("agreed"),
        col("value").cast(DataType::Int32).alias("due"),
    ]);
    let of_action = || ["month", "action"].map(col);
    let ends = stood.clone().filter(any_of(&[Kind::ActionDone, Kind::ActionDropped])).select([
        col("month"),
        col("reply_to").alias("action"),
        col("id"),
        col("ts"),
        col("day").alias("settled"),
        acts::is(Kind::ActionDone).alias("is_done"),
    ]);
    let is_later = col("ts").gt(col("from")).or(col("ts").eq(col("from")).and(col("id").gt(col("action"))));
    // Acts come in time order: the first end counts.
    let ends = ends
        .join(agreed.clone(), of_action(), of_action(), left())
        .filter(is_later)
        .group_by(of_action())
        .agg([col("settled").first(), col("is_done").first()]);
    let place = || ["month", "room", "began"].map(col);
    let next = gatherings
        .clone()
        .lazy()
        .group_by_stable(place())
        .agg([col("began_day").first()])
        .with_column(col("began_day").shift(lit(-1)).over(["month", "room"].map(col))?.alias("next"))
        .drop(cols(["began_day"]));
    let columns = ["month", "gathering", "room", "size", "is_large", "known", "began", "day", "since", "today"];
    let gatherings = gatherings.clone().lazy().select(columns.map(col)).join(next, place(), place(), left());
    let actions = agreed
        .join(gatherings, of_gathering(), of_gathering(), left())
        .join(ends, of_action(), of_action(), left())
        .with_columns([
            only_if(col("is_done"), col("settled")).alias("done"),
            only_if(col("is_done").not(), col("settled")).alias("dropped"),
        ])
        .drop(cols(["action", "from", "settled", "is_done"]));
    Ok(in_place(actions))
}
