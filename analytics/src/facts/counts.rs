//! How many people took part, and where they come from: a row a month, from the log's first to its last.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `active`, `posters` | UInt32 | people who wrote or reacted; who wrote |
//! | `days` | UInt32 | days on which somebody was active, summed over people |
//! | `new` | UInt32 | posters who wrote their first message ever |
//! | `retained`, `lapsed` | UInt32 | last month's posters who wrote in this one, and who did not |
//! | `reactivated` | UInt32 | posters who wrote before, but not last month |
//! | `members` | UInt32 | people who are in a room at the month's end, and who took part in it and left |
//! | `last` | Int64, null | the time of its last row |
//!
//! And the cohorts: a row a month and `cohort` (Int32, the month of somebody's first message), with how many of them
//! `wrote` (UInt32).

use polars::prelude::*;

use super::{in_order, only_if};

/// The rows of `people` with when each wrote before (`before`), and first (`cohort`).
fn posted(activity: LazyFrame) -> LazyFrame {
    let same = || col("person").shift(lit(1)).eq_missing(col("person"));
    let wrote = activity.filter(col("room").is_null().and(col("messages").gt(lit(0))));
    in_order(wrote.select([col("person"), col("month")]), ["person", "month"])
        .with_column(only_if(same(), col("month").shift(lit(1))).alias("before"))
        .with_column(
            only_if(col("before").is_null(), col("month"))
                .fill_null_with_strategy(FillNullStrategy::Forward(None))
                .alias("cohort"),
        )
}

/// The counts of consecutive `months`, given the facts of these and all months before them.
pub fn counts(months: &[i32], activity: LazyFrame, presence: LazyFrame, sources: LazyFrame) -> PolarsResult<LazyFrame> {
    let people = activity.clone().filter(col("room").is_null());
    let active = people.clone().group_by([col("month")]).agg([len().alias("active"), col("days").sum()]);
    let growth = posted(activity).group_by([col("month")]).agg([
        len().alias("posters"),
        col("before").is_null().sum().alias("new"),
        col("before").eq(col("month") - lit(1)).sum().alias("retained"),
        col("before").lt(col("month") - lit(1)).sum().alias("reactivated"),
    ]);
    let rows = sources.group_by([col("month")]).agg([col("last").max()]);
    let months = df!("month" => months)?.lazy();
    let on_month = |one: LazyFrame, other: LazyFrame| {
        one.join(other, [col("month")], [col("month")], JoinArgs::new(JoinType::Left))
    };
    let all = on_month(on_month(on_month(on_month(months, active), growth), members(presence, people)), rows);
    let count = |name: &str| col(name).fill_null(lit(0)).cast(DataType::UInt32);
    Ok(all
        .sort(["month"], SortMultipleOptions::default())
        .with_columns(["active", "days", "posters", "new", "retained", "reactivated", "gone"].map(count))
        .with_columns([
            (col("posters").shift(lit(1)).fill_null(lit(0)) - col("retained")).alias("lapsed"),
            (col("more").fill_null(lit(0)).cum_sum(false) + col("gone").cast(DataType::Int64))
                .cast(DataType::UInt32)
                .alias("members"),
        ])
        .select(
            ["month", "active", "posters", "days", "new", "retained", "lapsed", "reactivated", "members", "last"]
                .map(col),
        ))
}

/// `month`, `more`: by how many there are more members at its end; `gone`: how many took part in it and left.
fn members(presence: LazyFrame, people: LazyFrame) -> LazyFrame {
    let before = |name: &str| col(name).shift(lit(1));
    let same_place = before("person").eq_missing(col("person")).and(before("room").eq_missing(col("room")));
    let number = |is: Expr| is.cast(DataType::Int64);
    let was_in = before("is_in").and(same_place).fill_null(lit(false));
    let steps = in_order(presence, ["person", "room", "month"])
        .with_column((number(col("is_in")) - number(was_in)).alias("step"))
        .group_by([col("person"), col("month")])
        .agg([col("step").sum()]);
    in_order(steps, ["person", "month"])
        // In how many rooms somebody is: all steps so far, less those of the people before.
        .with_column(col("step").cum_sum(false).alias("steps"))
        .with_column(
            only_if(before("person").eq_missing(col("person")).not(), col("steps") - col("step"))
                .fill_null_with_strategy(FillNullStrategy::Forward(None))
                .alias("others"),
        )
        .with_column(col("steps").gt(col("others")).alias("belongs"))
        .with_column(before("belongs").and(before("person").eq(col("person"))).fill_null(lit(false)).alias("belonged"))
        .join(
            people.select([col("month"), col("person"), lit(true).alias("active")]),
            [col("month"), col("person")],
            [col("month"), col("person")],
            JoinArgs::new(JoinType::Left),
        )
        .group_by([col("month")])
        .agg([
            (number(col("belongs")) - number(col("belonged"))).sum().alias("more"),
            col("active").and(col("belongs").not()).sum().alias("gone"),
        ])
}

/// The cohorts of all months whose facts these are.
pub fn cohorts(activity: LazyFrame) -> LazyFrame {
    let cohorts = posted(activity).group_by([col("month"), col("cohort")]).agg([len().alias("wrote")]);
    in_order(cohorts, ["month", "cohort"])
}
