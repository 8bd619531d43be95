//! How the word passes on, and how messages follow each other.
//!
//! A row a month and room with a message, and one more a month with `room` null: all rooms together.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `posters` | UInt32 | people who wrote |
//! | `steps` | UInt32 | from one message to the next in a room |
//! | `changes` | UInt32 | those of them at which somebody else speaks |
//! | `gaps` | UInt32 | between a message and the next, wherever that is |
//! | `mean` | Float64, null | of the gaps, in milliseconds |
//! | `deviation` | Float64, null | their standard deviation, the population's, where there are two or more |

use polars::prelude::*;

use super::batch::Batch;
use crate::frames::{in_order, only_if};

pub(super) fn query(batch: &Batch) -> PolarsResult<LazyFrame> {
    // They come in time order.
    let messages = batch.own_messages().select(["room", "person", "ts"].map(col));
    let before = |name: &str| col(name).shift(lit(1));
    let gap = || (col("ts") - before("ts")).cast(DataType::Float64);
    let gaps = || {
        [
            col("person").n_unique().alias("posters"),
            col("gap").count().alias("gaps"),
            col("gap").mean().alias("mean"),
            only_if(col("gap").count().gt(lit(1)), col("gap").std(0)).alias("deviation"),
        ]
    };
    let goes_on = before("room").eq(col("room"));
    let by_room = in_order(messages.clone(), col("room"))
        .with_columns([
            goes_on.clone().fill_null(lit(false)).alias("step"),
            only_if(goes_on, gap()).alias("gap"),
            before("person").neq(col("person")).alias("change"),
        ])
        .group_by_stable([col("room")])
        .agg(
            [
                vec![col("step").sum().alias("steps"), col("step").and(col("change")).sum().alias("changes")],
                gaps().to_vec(),
            ]
            .concat(),
        )
        .collect()?
        .lazy();
    let everywhere = messages.with_column(gap().alias("gap")).select(gaps());
    let turns = by_room.clone().select([col("steps").sum(), col("changes").sum()]);
    let everywhere = concat_lf_horizontal([everywhere, turns], HConcatOptions::default())?
        .with_column(lit(NULL).cast(DataType::Int32).alias("room"));
    let columns = ["room", "posters", "steps", "changes", "gaps", "mean", "deviation"].map(col);
    concat([everywhere.select(columns.clone()), by_room.select(columns)], UnionArgs::default())
}
