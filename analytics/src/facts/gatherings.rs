//! Retrospectives and meetings: a row a month and gathering that had begun by its end, in the order of rooms and in each
//! of their beginnings.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `gathering` | Int64 | the act that its acts point at |
//! | `is_meeting` | Boolean | whether it was a meeting; otherwise it was a retrospective |
//! | `began`, `began_day`, `began_month` | Int64, Int32, Int32 | when its first act was, in milliseconds since 1970, and on which day and in which month |
//! | `closed_month` | Int32, null | the month in which a retrospective was closed |
//! | `day` | Int32 | the day on which it was closed, or else began |
//! | `known` | List(Int32) | who is known to have been there |
//! | `size` | Int64 | how many were there: those, or more where the bot counted more |
//! | `is_large` | Boolean | whether these are enough for anything to be said |
//! | `themes` | UInt32 | how many themes it had |
//! | `before` | UInt32, null | of a large one with themes: how many the large one with themes before it in its room had |
//! | `again` | UInt32, null | how many both had |
//! | `since`, `today` | Int32 | the first day of the twelve months that end with the month, and its last |
//!
//! And who led it: a row a month, gathering and `person` (Int32), in no order.

use hearth_shared::{
    activity::{FACILITATOR, Kind},
    report::MIN_PEOPLE,
};
use polars::prelude::*;

use super::stood::{any_of, in_place, of_gathering};
use crate::{
    acts,
    frames::{in_order, inner, left, only_if},
};

/// Turns to facilitate are looked at over so many gatherings.
const TURNS: u32 = 6;

/// The gatherings, given the acts as they stood, and their themes.
pub(super) fn query(stood: &LazyFrame, themes: &DataFrame) -> PolarsResult<LazyFrame> {
    let begins = any_of(&[Kind::RetroStarted, Kind::MeetingHeld]);
    let there = [Kind::RetroJoined, Kind::RetroTheme, Kind::ActionAgreed, Kind::Facilitated, Kind::Attended];
    let belongs = any_of(&there).or(any_of(&[Kind::RetroClosed, Kind::RotiAnswered]));
    // Whoever closes or holds it for the bot need not be one of the group; everybody else was there.
    let is_known = any_of(&there).or(acts::is(Kind::RetroStarted)).and(col("person").is_not_null());
    let known = || col("person").filter(is_known.clone());
    let closing = |name: &str| col(name).filter(acts::is(Kind::RetroClosed)).last();
    let counted = closing("value").fill_null(lit(0));
    let people = known().n_unique().cast(DataType::Int64);
    let gatherings = stood
        .clone()
        .with_column(when(begins).then(col("id")).otherwise(only_if(belongs, col("thread"))).alias("gathering"))
        .filter(col("gathering").is_not_null())
        .group_by_stable(of_gathering())
        .agg([
            col("since").first(),
            col("today").first(),
            col("room").first(),
            any_of(&[Kind::MeetingHeld, Kind::Attended]).max().alias("is_meeting"),
            col("ts").first().alias("began"),
            col("day").first().alias("began_day"),
            col("at").first().alias("began_month"),
            closing("at").alias("closed_month"),
            closing("day").alias("closed_day"),
            known().unique().alias("known"),
            when(counted.clone().gt(people.clone())).then(counted).otherwise(people).alias("size"),
        ]);
    let counts = themes.clone().lazy().group_by(of_gathering()).agg([len().alias("themes")]);
    let gatherings = on_gathering(gatherings, counts).with_columns([
        col("size").gt_eq(lit(MIN_PEOPLE as i64)).alias("is_large"),
        col("themes").fill_null(lit(0)),
        col("closed_day").fill_null(col("began_day")).alias("day"),
    ]);
    let gatherings = in_place(in_order(in_order(gatherings, col("gathering")), col("began"))).collect()?.lazy();
    let again = again(&gatherings, themes)?;
    Ok(on_gathering(gatherings, again).drop(cols(["closed_day"])))
}

/// Of each large retrospective with themes but the first of its room: how many themes the one `before` it had, and how
/// many of them came up `again`.
fn again(gatherings: &LazyFrame, themes: &DataFrame) -> PolarsResult<LazyFrame> {
    let before = |name: &str| col(name).shift(lit(1)).over([col("month"), col("room")]);
    let pairs = gatherings
        .clone()
        .filter(col("is_large").and(col("themes").gt(lit(0))))
        .select([
            col("month"),
            col("gathering"),
            before("gathering")?.alias("previous"),
            before("themes")?.alias("before"),
        ])
        .filter(col("previous").is_not_null())
        .collect()?;
    let themes = || themes.clone().lazy();
    let (now, then) = (["month", "previous", "theme"].map(col), ["month", "gathering", "theme"].map(col));
    let again = themes()
        .join(pairs.clone().lazy(), of_gathering(), of_gathering(), inner())
        .join(themes(), now, then, inner())
        .group_by(of_gathering())
        .agg([len().alias("again")]);
    let pairs = pairs.lazy().drop(cols(["previous"]));
    Ok(on_gathering(pairs, again).with_column(col("again").fill_null(lit(0))))
}

/// Who led, given the acts as they stood. A retrospective that nobody else was seen to lead was led by who started it.
pub(super) fn leads(stood: &LazyFrame) -> PolarsResult<LazyFrame> {
    let who = |is: Expr, gathering: &str| {
        let leads = stood.clone().filter(is.and(col("person").is_not_null()).and(col(gathering).is_not_null()));
        leads.select([col("month"), col(gathering).alias("gathering"), col("person")])
    };
    let facilitated = acts::is(Kind::Facilitated).and(col("value").eq(lit(FACILITATOR)));
    let facilitated = who(facilitated, "thread").unique(None, UniqueKeepStrategy::Any).collect()?.lazy();
    let anti = JoinArgs::new(JoinType::Anti);
    let started = who(acts::is(Kind::RetroStarted), "id");
    let started = started.join(facilitated.clone(), of_gathering(), of_gathering(), anti);
    concat([facilitated, started], UnionArgs::default())
}

/// The turns to facilitate the last six large gatherings of the twelve months, in each month, or by other `keys`: a row
/// for each who took some, with how many (`turns`, Float64: one that several took is shared between them); or one without
/// a person, where something was led, but nothing large. Beside it, how many `gatherings` there were, and of those the
/// `size` of the largest and how many people are `known` to have been there (UInt32).
///
/// # Errors
/// None, but those of polars.
pub fn turns(gatherings: LazyFrame, leads: LazyFrame, keys: &[&str]) -> PolarsResult<LazyFrame> {
    let keys = || keys.iter().map(|name| col(*name)).collect::<Vec<_>>();
    let nth = col("is_large").cast(DataType::UInt32).cum_sum(true).over(keys())?;
    let led = gatherings
        .join(leads.clone(), of_gathering(), of_gathering(), JoinArgs::new(JoinType::Semi))
        .filter(col("began_day").gt_eq(col("since")));
    let led = in_order(in_order(led, col("gathering")), col("began"))
        .with_column(col("is_large").and(nth.lt_eq(lit(TURNS))).alias("is_looked_at"))
        .collect()?
        .lazy();
    let looked_at = |name: &str| col(name).filter(col("is_looked_at"));
    let scopes = led.clone().group_by(keys()).agg([
        col("is_looked_at").sum().alias("gatherings"),
        looked_at("size").max(),
        people(looked_at("known")).alias("known"),
    ]);
    let share = lit(1.0) / len().cast(DataType::Float64).over(of_gathering())?;
    let turns = led
        .filter(col("is_looked_at"))
        .join(leads, of_gathering(), of_gathering(), inner())
        .with_column(share.alias("turns"))
        .group_by([keys(), vec![col("person")]].concat())
        .agg([col("turns").sum()]);
    Ok(scopes.join(turns, keys(), keys(), left()))
}

/// How many people are in some rows' lists of them.
pub fn people(known: Expr) -> Expr {
    let options = ExplodeOptions { empty_as_null: true, keep_nulls: true };
    known.explode(options).drop_nulls().n_unique()
}

fn on_gathering(one: LazyFrame, other: LazyFrame) -> LazyFrame {
    one.join(other, of_gathering(), of_gathering(), left())
}
