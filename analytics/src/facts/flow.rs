//! How the word passes on, and how messages follow each other.
//!
//! A row a month and room with a message, and one more a month with `room` null: all rooms together.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `steps` | UInt32 | from one message to the next in a room |
//! | `changes` | UInt32 | those of them at which somebody else speaks |
//! | `gaps` | UInt32 | between a message and the next, wherever that is |
//! | `mean` | Float64, null | of the gaps, in milliseconds |
//! | `deviation` | Float64, null | their standard deviation, the population's, where there are two or more |

use polars::prelude::*;

use super::{Batch, in_order, only_if};

pub(super) fn query(batch: &Batch) -> PolarsResult<LazyFrame> {
    let messages = batch.own_messages().select(["month", "room", "person", "ts", "id"].map(col));
    let before = |name: &str| col(name).shift(lit(1));
    let gap = || (col("ts") - before("ts")).cast(DataType::Float64);
    let gaps = || {
        [
            col("gap").count().alias("gaps"),
            col("gap").mean().alias("mean"),
            only_if(col("gap").count().gt(lit(1)), col("gap").std(0)).alias("deviation"),
        ]
    };
    let goes_on = before("month").eq(col("month")).and(before("room").eq(col("room")));
    // They come in time order.
    let by_room = in_order(messages.clone(), ["month", "room"])
        .with_columns([
            goes_on.clone().fill_null(lit(false)).alias("step"),
            only_if(goes_on, gap()).alias("gap"),
            before("person").neq(col("person")).alias("change"),
        ])
        .group_by([col("month"), col("room")])
        .agg(
            [
                vec![col("step").sum().alias("steps"), col("step").and(col("change")).sum().alias("changes")],
                gaps().to_vec(),
            ]
            .concat(),
        );
    let turns = by_room.clone().group_by([col("month")]).agg([col("steps").sum(), col("changes").sum()]);
    let everywhere = messages
        .with_column(only_if(before("month").eq(col("month")), gap()).alias("gap"))
        .group_by([col("month")])
        .agg(gaps())
        .join(turns, [col("month")], [col("month")], JoinArgs::new(JoinType::Inner))
        .with_column(lit(NULL).cast(DataType::Int32).alias("room"));
    let columns = ["month", "room", "steps", "changes", "gaps", "mean", "deviation"].map(col);
    let all = concat([by_room.select(columns.clone()), everywhere.select(columns)], UnionArgs::default())?;
    Ok(in_order(all, ["month", "room"]))
}
