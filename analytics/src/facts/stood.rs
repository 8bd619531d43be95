//! Acts of practices, and the months at whose ends it is told how things stood.

use hearth_shared::{activity::Kind, month::Month};
use jiff::tz::TimeZone;
use polars::prelude::*;

use crate::{
    acts, calendar,
    frames::{self, in_order, left},
};

/// The acts in time order, with the month in which they were (`at`) and the local `day`.
pub(super) fn with_days(acts: &DataFrame, zone: &TimeZone) -> PolarsResult<LazyFrame> {
    let day = |ts: Option<i64>| calendar::day_number(ts.unwrap_or_default(), zone);
    let days = Int32Chunked::from_iter_values("day".into(), acts.column("ts")?.i64()?.iter().map(day));
    let mut acts = acts.clone();
    acts.with_column(days.into_column())?;
    let acts = acts.lazy().with_column(col("month").alias("at")).drop(cols(["month"]));
    Ok(in_order(in_order(acts, col("id")), col("ts")))
}

/// Of each `month`, its `begin` and `end` in milliseconds since 1970, the first day of the twelve months that end with it
/// (`since`), and its last (`today`).
pub(super) fn ends(months: &[Month], zone: &TimeZone) -> PolarsResult<LazyFrame> {
    let bounds: Vec<(i64, i64)> = months.iter().map(|month| month.bounds(zone)).collect();
    let day = |month: Option<Month>, of: fn((i32, i32)) -> i32| month.and_then(calendar::days_of).map_or(0, of);
    let months = df!(
        "month" => months.iter().map(|month| month.ordinal()).collect::<Vec<_>>(),
        "begin" => bounds.iter().map(|(begin, _)| *begin).collect::<Vec<_>>(),
        "end" => bounds.iter().map(|(_, end)| *end).collect::<Vec<_>>(),
        "since" => months.iter().map(|month| day(month.plus(-11), |(first, _)| first)).collect::<Vec<_>>(),
        "today" => months.iter().map(|month| day(Some(*month), |(_, last)| last)).collect::<Vec<_>>(),
    )?;
    Ok(months.lazy())
}

/// Every row with every month.
pub(super) fn every(rows: LazyFrame, months: &LazyFrame) -> LazyFrame {
    let all = || lit(0).alias("all");
    rows.with_column(all())
        .join(months.clone().with_column(all()), [col("all")], [col("all")], left())
        .drop(cols(["all"]))
}

/// Whether an act is of one of these kinds.
pub(super) fn any_of(kinds: &[Kind]) -> Expr {
    kinds.iter().fold(lit(false), |any, kind| any.or(acts::is(*kind)))
}

/// A table in the order of months and rooms.
pub(super) fn in_place(table: LazyFrame) -> LazyFrame {
    in_order(table, frames::pair(col("month"), col("room")))
}

/// What rows about a gathering have in common.
pub(super) fn of_gathering() -> [Expr; 2] {
    ["month", "gathering"].map(col)
}
