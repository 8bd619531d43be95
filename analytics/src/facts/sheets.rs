//! How safe people feel, by their anonymous answers (Edmondson 1999): a row a sheet of the last pulse whose time to answer
//! ended in the month, in the order of sheets; one without a sheet where nobody answered in time.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `sheet` | Int64, null | the sheet |
//! | one for each of [`ITEMS`] | Float64, null | what it answers, 1 to 7, turned so that more is safer |
//! | `score` | Float64, null | the mean of its answers, where there are five or more |
//! | `recommend` | Int64, null | how likely they would recommend the community, 0 to 10 |
//! | `invited` | Int64 | how many people were asked |

use hearth_shared::{activity::Kind, report::item_id};
use polars::prelude::*;

use super::stood::every;
use crate::{
    acts,
    calendar::DAY,
    frames::{in_order, left, only_if},
};

/// What the items 1 to 7 of a pulse are about: how safe people feel.
pub const ITEMS: [&str; 7] = [
    item_id::MISTAKES,
    item_id::PROBLEMS,
    item_id::DIFFERENCE,
    item_id::RISK,
    item_id::HELP,
    item_id::EFFORT,
    item_id::SKILLS,
];

/// The best answer to an item; the worst is 1.
pub const TOP: i64 = 7;

/// The items where a high answer means little safety.
const REVERSED: [&str; 3] = [item_id::MISTAKES, item_id::DIFFERENCE, item_id::HELP];

/// The number of the item that asks whether people would recommend the community.
const RECOMMEND: i64 = 8;

/// A sheet with fewer answers has no score.
const ANSWERS: u32 = 5;

/// For so long after it is asked, a pulse takes answers, in milliseconds: 14 days.
pub const OPEN: i64 = 14 * DAY;

/// The sheets, given all acts, and the months.
pub(super) fn query(acts: &LazyFrame, months: &LazyFrame) -> PolarsResult<LazyFrame> {
    let asked = acts.clone().filter(acts::is(Kind::PulseAsked)).select([
        col("id").alias("pulse"),
        col("ts").alias("asked"),
        when(col("value").gt(lit(0))).then(col("value")).otherwise(lit(0_i64)).alias("invited"),
    ]);
    let ends = || col("asked") + lit(OPEN);
    let ended = every(asked, months)
        .filter(ends().gt_eq(col("begin")).and(ends().lt(col("end"))))
        .group_by_stable([col("month")])
        .agg(["pulse", "asked", "invited"].map(|name| col(name).last()))
        .collect()?
        .lazy();
    let answers = acts
        .clone()
        .filter(acts::is(Kind::PulseAnswered).and(col("reply_to").is_not_null()).and(col("value").gt(lit(0))))
        .select([
            col("thread").alias("pulse"),
            col("reply_to").alias("sheet"),
            col("ts"),
            (col("value") / lit(100)).alias("item"),
            (col("value") % lit(100)).alias("answer"),
        ])
        .join(ended.clone(), [col("pulse")], [col("pulse")], left())
        .filter(col("ts").gt_eq(col("asked")).and(col("ts").lt(ends())));
    // Acts come in time order: the last answer counts.
    let item = |number: i64, from: i64, to: i64| {
        let is_on_scale = col("answer").gt_eq(lit(from)).and(col("answer").lt_eq(lit(to)));
        col("answer").filter(col("item").eq(lit(number)).and(is_on_scale)).last()
    };
    let turned = |(number, name): (i64, &&str)| {
        let answer = item(number, 1, TOP).cast(DataType::Float64);
        if REVERSED.contains(name) { (lit((TOP + 1) as f64) - answer).alias(*name) } else { answer.alias(*name) }
    };
    let items = (1..).zip(&ITEMS).map(turned).chain([item(RECOMMEND, 0, 10).alias("recommend")]);
    let given = ITEMS.iter().fold(lit(0_u32), |sum, item| sum + col(*item).is_not_null().cast(DataType::UInt32));
    let sum = ITEMS.iter().fold(lit(0.0), |sum, item| sum + col(*item).fill_null(lit(0.0)));
    let mean = sum / given.clone().cast(DataType::Float64);
    let sheets = answers
        .group_by(["month", "sheet"].map(col))
        .agg(items.collect::<Vec<_>>())
        .with_column(only_if(given.gt_eq(lit(ANSWERS)), mean).alias("score"));
    let all = ended.join(sheets, [col("month")], [col("month")], left());
    // A join keeps the order of its left side only, and draws of sheets depend on theirs.
    Ok(in_order(in_order(all, col("sheet")), col("month")).drop(cols(["pulse", "asked"])))
}
