//! What quarters of the year come to, and how long newcomers stay.

use hearth_release::raw::RawQuarter;
use hearth_shared::{activity::Capability, release::Quarter};
use polars::prelude::*;

use super::{
    known::{self, knows, over, with_main},
    terms::Terms,
};
use crate::{
    archive::Community,
    calendar::DAY,
    facts::{RETURN, Table, WINDOW, begin},
    frames::{self, left},
    history,
};

/// After so many days of silence somebody has gone.
const GONE: i64 = 90 * DAY;

/// The quarters of a community that are over, as far as its log goes.
///
/// # Errors
/// Where polars cannot compute them.
pub fn quarters(community: &Community, terms: &Terms) -> PolarsResult<Vec<RawQuarter>> {
    let first = over(community, community.log_end()?).first().and_then(|month| Quarter::of(*month));
    first.map_or_else(|| Ok(Vec::new()), |first| quarters_since(community, terms, first))
}

/// The same, from one of them on.
///
/// # Errors
/// Where polars cannot compute them.
pub fn quarters_since(community: &Community, terms: &Terms, since: Quarter) -> PolarsResult<Vec<RawQuarter>> {
    let end = community.log_end()?;
    let first = over(community, end).first().and_then(|month| Quarter::of(*month)).map(|first| first.max(since));
    let is_over = |quarter: &Quarter| begin(quarter.last().ordinal() + 1, &community.zone) <= end;
    let knows = knows(community, &history::heard(community)?, None);
    let reacts: Vec<i32> =
        knows.into_iter().filter(|(_, knows)| knows.has(Capability::Reactions)).map(|(month, _)| month).collect();
    let mut told = Vec::new();
    let mut now = first.filter(is_over);
    while let Some(quarter) = now {
        let me = posters(community, quarter)?;
        let Some(next) = quarter.plus(1) else { break };
        let stayed =
            || height(me.clone().lazy().semi_join(posters(community, next)?.lazy(), col("person"), col("person")));
        let [newcomers, welcome_known, welcomed, back_known, back] = origins(community, terms, quarter, &reacts, end)?;
        told.push(RawQuarter {
            quarter,
            posters: me.height() as u64,
            alone: height(me.clone().lazy().anti_join(shared(community, quarter), col("person"), col("person")))?,
            stayed: is_over(&next).then(stayed).transpose()?,
            newcomers,
            welcome_known,
            welcomed,
            back_known,
            back,
        });
        now = Some(next).filter(is_over);
    }
    Ok(told)
}

/// A quarter's months ([`Month::ordinal`](hearth_shared::month::Month::ordinal)).
fn ordinals(quarter: Quarter) -> [i32; 3] {
    [0, 1, 2].map(|age| quarter.first().ordinal() + age)
}

/// Who wrote in a quarter.
fn posters(community: &Community, quarter: Quarter) -> PolarsResult<DataFrame> {
    let people = community.of_months(Table::People, &ordinals(quarter)).filter(col("messages").gt(lit(0)));
    people.select([col("person")]).unique(None, UniqueKeepStrategy::Any).collect()
}

/// Who was together with somebody else in a quarter.
fn shared(community: &Community, quarter: Quarter) -> LazyFrame {
    let place = frames::pair(col("room"), col("circle")).alias("place");
    let circles = community.of_months(Table::Circles, &ordinals(quarter)).with_column(place);
    let together = circles.clone().group_by([col("place")]).agg([col("person").n_unique().alias("people")]);
    let together = together.filter(col("people").gt(lit(1)));
    circles.semi_join(together, col("place"), col("place")).select([col("person")])
}

/// Newcomers of a quarter: how many, of how many it is known whether they were welcomed, how many were, of how many it
/// is known whether they came back, and how many did.
fn origins(community: &Community, terms: &Terms, quarter: Quarter, reacts: &[i32], end: i64) -> PolarsResult<[u64; 5]> {
    let months = ordinals(quarter);
    // Thirty days may reach over the whole of a February.
    let returns = community.between(Table::Returns, months[0], months[2] + 2);
    let returns = returns.select([col("person"), lit(true).alias("returned")]);
    let of_new = known::origins(community, &months).filter(col("is_new"));
    let of_new = with_main(of_new, community.of_months(Table::Rooms, &months));
    let of_new = of_new.join(returns, [col("person")], [col("person")], left());
    let had = |time: i64| (col("ts") + lit(time)).lt_eq(lit(end));
    let knows = reacts.iter().filter(|month| months.contains(month));
    let knows = knows.fold(lit(false), |any, month| any.or(col("month").eq(lit(*month))));
    let told = had(WINDOW).and(terms.announces().not()).and(col("is_main").and(terms.is_busy()).not());
    let counts = [
        lit(true),
        told.clone(),
        told.and(col("answered").or(col("reacted").and(knows))),
        had(RETURN),
        had(RETURN).and(col("returned").fill_null(lit(false))),
    ];
    let columns = of_new.with_columns(named(counts)).select(["0", "1", "2", "3", "4"].map(|name| col(name).sum()));
    let columns = columns.collect()?;
    let mut counts = [0; 5];
    for (count, column) in counts.iter_mut().zip(columns.columns()) {
        *count = column.cast(&DataType::UInt64)?.u64()?.get(0).unwrap_or(0);
    }
    Ok(counts)
}

fn named(columns: [Expr; 5]) -> Vec<Expr> {
    columns.into_iter().zip(0..).map(|(column, place): (Expr, i32)| column.alias(place.to_string())).collect()
}

fn height(table: LazyFrame) -> PolarsResult<u64> {
    Ok(table.collect()?.height() as u64)
}

/// How many days newcomers stay, from their first message to their last before `end`, by person; and whether that was
/// seen to be the last. Who is not silent for 90 days at the end has stayed up to 90 days before it, and is censored
/// there; who came after that is left out. `end` is the log's end, or that of a month.
///
/// # Errors
/// Where polars cannot compute them.
pub fn lifetimes(community: &Community, end: i64) -> PolarsResult<Vec<(f64, bool)>> {
    let until = end.saturating_sub(GONE);
    let months: Vec<i32> = community.months_of(None).iter().map(|month| month.ordinal()).collect();
    let came = known::origins(community, &months).filter(col("is_new").and(col("ts").lt_eq(lit(until))));
    // Of the month in which it ends, what was written later is not seen.
    let last = community.table(Table::People).filter(col("first").lt(lit(end)));
    let last = last.group_by([col("person")]).agg([col("last").max()]);
    let last = last.select(["person", "last"].map(col));
    let stays = frames::in_order(
        came.select(["person", "ts"].map(col)).join(last, [col("person")], [col("person")], left()),
        col("person"),
    );
    let stays = stays.select([col("ts"), col("last")]).collect()?;
    let [first, last] = ["ts", "last"].map(|name| stays.column(name));
    let (first, last) = (first?.i64()?, last?.i64()?);
    let days = |from: i64, to: i64| (to - from) as f64 / DAY as f64;
    let stay = |(first, last): (i64, i64)| {
        if last <= until { (days(first, last), true) } else { (days(first, until), false) }
    };
    Ok(first.iter().flatten().zip(last.iter().flatten()).map(stay).collect())
}
