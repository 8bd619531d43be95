//! What became of those who came months ago: rows of the months in which that is told.

use polars::prelude::*;

use crate::{
    archive::Community,
    calendar::DAY,
    facts::Table,
    frames::{in_order, left},
    measures::{FOLLOW_UP, Rows},
};

/// Rows about newcomers that are told in some months.
pub(super) fn rows(community: &Community, rows: Rows, months: &[i32]) -> PolarsResult<LazyFrame> {
    match rows {
        Rows::Joined => joined(community, months),
        Rows::Followed => followed(community, months),
        _ => cohort(community, months),
    }
}

/// The months that lie so far from others: each of `months` and each of `apart` added up.
fn around(months: &[i32], apart: impl Iterator<Item = i32> + Clone) -> Vec<i32> {
    let mut all: Vec<i32> = months.iter().flat_map(|month| apart.clone().map(move |apart| month + apart)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Who wrote for the first time ever in some months, and when (`person`, `first`, `month`).
fn firsts(community: &Community, months: &[i32]) -> LazyFrame {
    let people = community.of_months(Table::People, months).filter(col("cohort").eq(col("month")));
    people.select(["person", "first", "month"].map(col))
}

/// Of each month up to which time people were observed: that of the log's last row up to its end.
fn observed(community: &Community) -> PolarsResult<LazyFrame> {
    let counts = community.table(Table::Counts).select(["month", "last"].map(col)).collect()?.lazy();
    let last = col("last").fill_null_with_strategy(FillNullStrategy::Forward(None)).fill_null(lit(0));
    Ok(counts.select([col("month"), last.alias("observed")]))
}

fn joined(community: &Community, months: &[i32]) -> PolarsResult<LazyFrame> {
    const BACK: [i32; 2] = [1, 2];
    let came = around(months, BACK.into_iter().map(|back| -back));
    // It is asked who wrote within thirty days, which may be in the second month after.
    let firsts = firsts(community, &around(&came, 0..=2)).drop(cols(["month"]));
    let joined = community.of_months(Table::Arrivals, &came).filter(col("joined").is_not_null());
    let joined = joined.join(firsts, [col("person")], [col("person")], left()).collect()?.lazy();
    let told = BACK.map(|back| {
        let month = (col("month") + lit(back)).alias("month");
        joined.clone().select([month, lit(back).alias("ago"), col("joined"), col("first")])
    });
    let told = at(concat(told, UnionArgs::default())?, months)?;
    let told = told.join(observed(community)?, [col("month")], [col("month")], left());
    Ok(in_order(told, col("month")))
}

fn followed(community: &Community, months: &[i32]) -> PolarsResult<LazyFrame> {
    let later = FOLLOW_UP as i32;
    let came: Vec<i32> = months.iter().map(|month| month - later).collect();
    let firsts = firsts(community, &came).with_column(col("month") + lit(later)).collect()?.lazy();
    // They were watched for 120 days in the months up to the one in which it is told.
    let wrote = community.of_months(Table::People, &around(&came, 0..=later)).filter(col("messages").gt(lit(0)));
    let wrote = wrote.select([col("person"), col("first").alias("from"), col("last").alias("to")]);
    let is_again = |at: &str| {
        let after = || col(at) - col("first");
        after().gt_eq(lit(30 * DAY)).and(after().lt_eq(lit(120 * DAY)))
    };
    // No month is longer than what is asked about: if it holds such a message, its first or its last is one.
    let again = is_again("from").or(is_again("to"));
    let told = firsts
        .join(wrote, [col("person")], [col("person")], left())
        .group_by(["month", "person"].map(col))
        .agg([col("first").first(), again.max().alias("again")])
        .join(observed(community)?, [col("month")], [col("month")], left());
    Ok(in_order(told, col("month")))
}

fn cohort(community: &Community, months: &[i32]) -> PolarsResult<LazyFrame> {
    let before: Vec<i32> = months.iter().map(|month| month - 1).collect();
    let told = || (col("cohort") + lit(1)).alias("month");
    let sizes = community.of_months(Table::Cohorts, &before).filter(col("cohort").eq(col("month")));
    let sizes = sizes.select([told(), col("wrote").alias("size")]);
    let wrote = community.of_months(Table::Cohorts, months).filter(col("cohort").eq(col("month") - lit(1)));
    let wrote = wrote.select(["month", "wrote"].map(col));
    Ok(in_order(sizes.join(wrote, [col("month")], [col("month")], left()), col("month")))
}

/// The rows of some months.
fn at(table: LazyFrame, months: &[i32]) -> PolarsResult<LazyFrame> {
    Ok(table.semi_join(df!("month" => months)?.lazy(), col("month"), col("month")))
}
