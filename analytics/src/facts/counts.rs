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

use super::{
    past::Past,
    table::{Facts, Table, table},
};
use crate::frames::in_order;

/// The counts and the cohorts of a month, given its other facts, and how things stood before it and stand after it.
pub(super) fn of(facts: &Facts, before: &Past, after: &Past, month: i32) -> PolarsResult<Facts> {
    let did = (col("messages") + col("reactions")).gt(lit(0));
    let people = table(facts, Table::People).filter(did);
    let active = people.clone().select([len().alias("active"), col("days").sum()]);
    let posters = people.clone().filter(col("messages").gt(lit(0)));
    let growth = posters.clone().select([
        len().alias("posters"),
        col("before").is_null().sum().alias("new"),
        col("before").eq(lit(month - 1)).sum().alias("retained"),
        col("before").lt(lit(month - 1)).sum().alias("reactivated"),
    ]);
    let last = before.posted.clone().lazy().select([col("latest").eq(lit(month - 1)).sum().alias("last_posters")]);
    let gone =
        people.anti_join(after.inside.clone().lazy(), col("person"), col("person")).select([len().alias("gone")]);
    let members = after.inside.clone().lazy().select([col("person").n_unique().alias("inside")]);
    let end = table(facts, Table::Sources).select([col("last").max()]);
    let counts = concat_lf_horizontal([active, growth, last, gone, members, end], HConcatOptions::default())?;
    let counts = counts.with_columns([
        (col("last_posters") - col("retained")).alias("lapsed"),
        (col("inside") + col("gone")).alias("members"),
    ]);
    let cohorts = in_order(posters.group_by([col("cohort")]).agg([len().alias("wrote")]), col("cohort"));
    let tables = [(Table::Counts, counts), (Table::Cohorts, cohorts)];
    tables.into_iter().map(|(table, rows)| Ok((table, table.of(rows, month).collect()?))).collect()
}
