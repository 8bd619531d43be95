//! Who comes, who stays, and how long: pictures of whole quarters, told once each.

use hearth_release::policy::cells;
use hearth_shared::{
    activity::Capability,
    release::{Quarter, Released, grid},
    report::{
        Cohort, Cohorts, Figure, Funnel, Point, Stage, Status, Survival, SurvivalPoint, reason, source_lacks, stage_id,
    },
};
use hearth_statistics::survival::kaplan_meier;
use polars::prelude::*;

use crate::{
    archive::Community,
    calendar::DAY,
    facts::{Table, begin},
    frames,
    month_view::MonthView,
    raw_months::{lifetimes, origins},
};

/// How many quarters back cohorts are followed.
const COHORTS: i32 = 8;
/// The days after the first message for which it is told who still wrote.
const AFTER: [u32; 6] = [0, 7, 30, 90, 180, 365];
/// Within so many days of joining somebody writes first, or is not counted to have.
const MONTH: i64 = 30 * DAY;
/// The way of newcomers is told so many months after their quarter: thirty days to write, and thirty to come back.
const WAY: i32 = 2;

/// Of those who came in each of the last quarters, who wrote in the quarter that ends with the month; or `None` where no
/// quarter does.
///
/// # Errors
/// Where polars cannot compute a table.
pub fn retention(community: &Community, view: &MonthView<'_>) -> PolarsResult<Option<Figure>> {
    let Some(now) = Quarter::of(view.facts.month).filter(|quarter| quarter.last() == view.facts.month) else {
        return Ok(None);
    };
    let wrote = community.of_months(Table::People, &months(now)).filter(col("messages").gt(lit(0)));
    let wrote = wrote.select([col("person"), lit(true).alias("wrote")]).unique(None, UniqueKeepStrategy::Any);
    let since = now.plus(-COHORTS).unwrap_or(now).first().ordinal();
    let came = origins(community, &span(since, now.last().ordinal())).filter(col("is_new"));
    let table = came
        .join(wrote, [col("person")], [col("person")], JoinArgs::new(JoinType::Left))
        .with_column(((col("month") - col("month") % lit(3)) / lit(3)).alias("quarter"))
        .group_by([col("quarter")])
        .agg([len().alias("size"), col("wrote").fill_null(lit(false)).sum()]);
    let table = frames::in_order(table, col("quarter")).collect()?;
    let [size, wrote] = ["size", "wrote"].map(|name| table.column(name)?.cast(&DataType::UInt64));
    let (size, wrote, quarters) = (size?, wrote?, table.column("quarter")?.i32()?.clone());
    let cohort = |((quarter, size), wrote): ((i32, u64), u64)| {
        let quarter = hearth_shared::month::Month::from_ordinal(quarter * 3).and_then(Quarter::of)?;
        let told = cells::point(&cells::people_share(wrote, size));
        Some(Cohort { quarter, about: class(size), cells: if quarter == now { Vec::new() } else { vec![told] } })
    };
    let rows = quarters.iter().flatten().zip(size.u64()?.iter().flatten()).zip(wrote.u64()?.iter().flatten());
    let cohorts: Vec<Cohort> = rows.filter_map(cohort).collect();
    Ok(Some(match cohorts.iter().any(|cohort| cohort.about.status == Status::Ok) {
        true => Figure::Cohorts(Cohorts { cohorts }),
        false => Figure::nothing(Status::Suppressed, reason::TOO_FEW_PEOPLE),
    }))
}

/// How long newcomers stay, by Kaplan and Meier (1958); or `None` where no quarter ends with the month.
///
/// # Errors
/// Where polars cannot compute a table.
pub fn survival(community: &Community, view: &MonthView<'_>) -> PolarsResult<Option<Figure>> {
    if Quarter::of(view.facts.month).is_none_or(|quarter| quarter.last() != view.facts.month) {
        return Ok(None);
    }
    let stays = lifetimes(community, begin(view.facts.month.ordinal() + 1, &community.zone))?;
    let people = stays.len() as u64;
    let curve = kaplan_meier(&stays);
    let at =
        |day: u32| curve.iter().take_while(|step| step.time <= f64::from(day)).last().map_or(1.0, |step| step.survival);
    let point = |day: u32| {
        let left = (at(day) * people as f64).round() as u64;
        SurvivalPoint { day, share: cells::point(&cells::people_share(left, people)) }
    };
    Ok(Some(match class(people) {
        Point { status: Status::Ok, .. } => Figure::Survival(Survival {
            about: grid::as_number(grid::size_class(people)),
            points: AFTER.into_iter().map(point).collect(),
        }),
        _ => Figure::nothing(Status::Suppressed, reason::TOO_FEW_PEOPLE),
    }))
}

/// The way of those who joined in a quarter: who wrote within thirty days, was answered, came back; or `None` in a month
/// with which none falls due.
///
/// # Errors
/// Where polars cannot compute a table.
pub fn funnel(community: &Community, view: &MonthView<'_>) -> PolarsResult<Option<Figure>> {
    let quarter = view.facts.month.plus(-WAY).and_then(Quarter::of);
    let Some(quarter) = quarter.filter(|quarter| quarter.last().plus(WAY) == Some(view.facts.month)) else {
        return Ok(None);
    };
    if !view.facts.capabilities.has(Capability::Joins) {
        return Ok(Some(Figure::nothing(Status::Na, &source_lacks(Capability::Joins.name()))));
    }
    let last = quarter.last().ordinal() + WAY;
    let joined = community.of_months(Table::Arrivals, &months(quarter)).filter(col("joined").is_not_null());
    let came = origins(community, &span(quarter.first().ordinal(), last)).filter(col("is_new"));
    let back = community.between(Table::Returns, quarter.first().ordinal(), last + 1);
    let on = |one: LazyFrame, other: LazyFrame| {
        one.join(other, [col("person")], [col("person")], JoinArgs::new(JoinType::Left))
    };
    let wrote = (col("ts") - col("joined")).lt_eq(lit(MONTH)).fill_null(lit(false));
    let answered = wrote.clone().and(col("answered").or(col("reacted")).fill_null(lit(false)));
    let returned = answered.clone().and(col("returned").fill_null(lit(false)));
    let table = on(
        on(joined.select(["person", "joined"].map(col)), came.select(["person", "ts", "answered", "reacted"].map(col))),
        back.select([col("person"), lit(true).alias("returned")]),
    )
    .select([
        len().cast(DataType::UInt64).alias("all"),
        wrote.sum().cast(DataType::UInt64).alias("wrote"),
        answered.sum().cast(DataType::UInt64).alias("answered"),
        returned.sum().cast(DataType::UInt64).alias("back"),
    ])
    .collect()?;
    let count = |name: &str| PolarsResult::Ok(table.column(name)?.u64()?.get(0).unwrap_or(0));
    let all = count("all")?;
    if class(all).status != Status::Ok {
        return Ok(Some(Figure::nothing(Status::Suppressed, reason::TOO_FEW_PEOPLE)));
    }
    // How many they are is told of the first alone: the others are shares of it.
    let stage = |id: &str, people: u64| Stage {
        id: id.to_owned(),
        people: if id == stage_id::JOINED { class(all) } else { Point::suppressed() },
        share: cells::point(&cells::people_share(people, all)),
    };
    let stages = vec![
        stage(stage_id::JOINED, all),
        stage(stage_id::WROTE, count("wrote")?),
        stage(stage_id::ANSWERED, count("answered")?),
        stage(stage_id::CAME_BACK, count("back")?),
    ];
    Ok(Some(Figure::Funnel(Funnel { quarters: [quarter; 2], stages })))
}

fn months(quarter: Quarter) -> Vec<i32> {
    quarter.months().map(|month| month.ordinal()).collect()
}

fn span(first: i32, last: i32) -> Vec<i32> {
    (first..=last).collect()
}

/// At least how many people it is about.
fn class(people: u64) -> Point {
    match grid::size_class(people) {
        0 => Point::suppressed(),
        class => Point::ok(Released::things(class)),
    }
}
