//! Who came back: a row a month and person whose first message ever was at most 30 days ago, and who wrote on another day
//! for the first time since.

use polars::prelude::*;

use super::{
    batch::Batch,
    origins::date,
    table::{Facts, RETURN, Table, table},
};
use crate::frames::in_order;

/// Given the month's [first messages](super::origins).
pub(super) fn query(batch: &Batch, facts: &Facts) -> PolarsResult<LazyFrame> {
    let firsts =
        fresh(batch, facts)?.select([col("person"), col("ts").alias("first"), col("date").alias("first_date")]);
    let soon = (col("ts") - col("first")).lt_eq(lit(RETURN));
    let later = date().gt(col("first_date"));
    let table = batch
        .own_messages()
        .join(firsts, [col("person")], [col("person")], JoinArgs::new(JoinType::Inner))
        .filter(soon.and(later))
        .select([col("person")])
        .unique(None, UniqueKeepStrategy::Any);
    Ok(in_order(table, col("person")))
}

/// Who has not come back yet, and may still: `person`, and the `ts` and `date` of their first message.
pub(super) fn waited_for(batch: &Batch, facts: &Facts, end: i64) -> PolarsResult<DataFrame> {
    let back = table(facts, Table::Returns);
    let still = col("ts").gt_eq(lit(end - RETURN));
    fresh(batch, facts)?.filter(still).anti_join(back, col("person"), col("person")).collect()
}

/// Who wrote first, in this month or in the 30 days before it, and has not come back before it.
fn fresh(batch: &Batch, facts: &Facts) -> PolarsResult<LazyFrame> {
    let columns = ["person", "ts", "date"].map(col);
    let firsts = table(facts, Table::Origins).select(columns.clone());
    concat([batch.past.fresh.clone().lazy().select(columns), firsts], UnionArgs::default())
}
