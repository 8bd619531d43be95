//! What retrospectives and pulses left, as of a month: things that are nobody's, and answers without names.

use std::collections::{BTreeMap, BTreeSet};

use hearth_release::policy::cells;
use hearth_shared::{
    activity::Kind,
    month::Month,
    release::Released,
    report::{
        Actions, Age, Asked, Dots, Figure, Item, MIN_PEOPLE, Point, QUARTER_OPEN, RetroActions, Status, Theme, Themes,
        event_id, item_id, reason,
    },
};
use jiff::civil::Date;
use polars::prelude::*;

use crate::{
    acts, calendar,
    facts::sheets::ITEMS,
    frames::{in_order, inner},
    month_view::MonthView,
};

/// How many gatherings a picture shows.
const GATHERINGS: u32 = 8;
/// How many themes.
const THEMES: usize = 12;
/// The ages in days at which open actions are told apart.
const AGES: [u32; 4] = [0, 14, 30, QUARTER_OPEN];

/// What became of what gatherings of five people or more agreed on.
///
/// # Errors
/// Where polars cannot compute a table.
pub fn actions(view: &MonthView<'_>) -> PolarsResult<Figure> {
    let all = view.rows(&view.history.practices.actions)?;
    if all.height() == 0 {
        return Ok(Figure::nothing(Status::Na, reason::NO_ACTIONS));
    }
    let large = all.lazy().filter(col("is_large"));
    let (done, dropped) = (col("done").is_not_null(), col("dropped").is_not_null());
    let open = || done.clone().or(dropped.clone()).not();
    let retros = latest(large.clone().group_by([col("gathering")]).agg([
        col("began").first(),
        col("day").first(),
        done.clone().sum().alias("done"),
        open().sum().alias("open"),
        dropped.clone().sum().alias("dropped"),
    ]))
    .collect()?;
    if retros.height() == 0 {
        return Ok(Figure::nothing(Status::Suppressed, reason::TOO_FEW_PEOPLE));
    }
    let (days, [done, still_open, dropped]) =
        (days(&retros)?, ["done", "open", "dropped"].map(|name| points(&retros, name)));
    let bars = days.into_iter().zip(done?).zip(still_open?.into_iter().zip(dropped?));
    let bar = |((date, done), (open, dropped))| RetroActions { date, done, open, dropped };
    let age = |(at, from): (usize, &u32)| {
        let (age, to) = (col("today") - col("agreed"), AGES.get(at + 1).copied());
        let is_below = to.map_or(lit(true), |to| age.clone().lt(lit(to)));
        age.gt_eq(lit(*from)).and(is_below).filter(open()).sum().alias(from.to_string())
    };
    let ages = large.select(AGES.iter().enumerate().map(age).collect::<Vec<_>>()).collect()?;
    let age = |(at, from): (usize, &u32)| {
        let actions = points(&ages, &from.to_string())?.into_iter().next().unwrap_or(Point::na());
        PolarsResult::Ok(Age { from: *from, to: AGES.get(at + 1).copied(), actions })
    };
    let open = AGES.iter().enumerate().map(age).collect::<PolarsResult<_>>()?;
    Ok(Figure::Actions(Actions { retros: bars.map(bar).collect(), open }))
}

/// Which themes came up in which retrospective of five people or more.
///
/// # Errors
/// Where polars cannot compute a table.
pub fn themes(view: &MonthView<'_>) -> PolarsResult<Figure> {
    let practices = &view.history.practices;
    let with_themes = view.rows(&practices.gatherings)?.lazy().filter(col("themes").gt(lit(0))).collect()?;
    let retros = latest(with_themes.clone().lazy().filter(col("is_large"))).collect()?;
    if retros.height() == 0 {
        return Ok(match with_themes.height() {
            0 => Figure::nothing(Status::Na, reason::NO_RETRO),
            _ => Figure::nothing(Status::Suppressed, reason::TOO_FEW_PEOPLE),
        });
    }
    let here = retros.clone().lazy().select(["month", "gathering"].map(col));
    let named = practices.themes.clone().lazy();
    let named =
        named.join(here, ["month", "gathering"].map(col), ["month", "gathering"].map(col), inner()).collect()?;
    let of = |name: &str| PolarsResult::Ok(named.column(name)?.i64()?.iter().flatten().collect::<Vec<_>>());
    let cells: BTreeSet<(i64, i64)> = of("theme")?.into_iter().zip(of("gathering")?).collect();
    let mut times: BTreeMap<i64, usize> = BTreeMap::new();
    for (theme, _) in &cells {
        *times.entry(*theme).or_default() += 1;
    }
    let mut order: Vec<(i64, usize)> = times.into_iter().collect();
    order.sort_by_key(|(theme, times)| (std::cmp::Reverse(*times), *theme));
    let gatherings = retros.column("gathering")?.i64()?;
    let row = |(theme, _): (i64, usize)| {
        let cell = |retro: i64| Point::ok(Released::things(u64::from(cells.contains(&(theme, retro)))));
        let name = view.history.about.labels.get(&theme)?.clone();
        Some(Theme { name, cells: gatherings.iter().flatten().map(cell).collect() })
    };
    let themes = order.into_iter().take(THEMES).filter_map(row).collect();
    Ok(Figure::Themes(Themes { retros: days(&retros)?, themes }))
}

/// The last gatherings of a picture, in the order in which they began.
fn latest(gatherings: LazyFrame) -> LazyFrame {
    in_order(in_order(gatherings, col("gathering")), col("began")).tail(GATHERINGS)
}

/// The days on which gatherings were closed, or began.
fn days(gatherings: &DataFrame) -> PolarsResult<Vec<Date>> {
    Ok(gatherings.column("day")?.i32()?.iter().flatten().map(calendar::date_of).collect())
}

/// A column of counts.
fn points(table: &DataFrame, name: &str) -> PolarsResult<Vec<Point>> {
    let counts = table.column(name)?.cast(&DataType::UInt64)?;
    Ok(counts.u64()?.iter().flatten().map(|count| Point::ok(Released::things(count))).collect())
}

/// How safe people feel to speak, and what they said to each item, where a pulse ended in the month.
///
/// # Errors
/// Where polars cannot compute a table.
pub fn pulse(view: &MonthView<'_>) -> PolarsResult<Option<Figure>> {
    let sheets = view.rows(&view.history.practices.sheets)?;
    if sheets.height() == 0 {
        return Ok(None);
    }
    let month = view.facts.month;
    let of = |name: &str| PolarsResult::Ok(sheets.column(name)?.f64()?.iter().flatten().collect::<Vec<f64>>());
    let whole = asked(month, &of("score")?);
    if whole.mean.status != Status::Ok {
        return Ok(Some(Figure::nothing(Status::Suppressed, reason::TOO_FEW_PEOPLE)));
    }
    let mut items = vec![Item { id: item_id::SAFETY.to_owned(), times: vec![whole] }];
    for item in ITEMS {
        items.push(Item { id: item.to_owned(), times: vec![asked(month, &answers(&sheets, item)?)] });
    }
    Ok(Some(Figure::Dots(Dots { scale: [1.0, 7.0], items })))
}

/// The answers to an item on the sheets that have a score, turned so that more is safer; none where those who left it out
/// are few: their answers could be had from the score of all less that of the others.
fn answers(sheets: &DataFrame, item: &str) -> PolarsResult<Vec<f64>> {
    let scored = sheets.clone().lazy().filter(col("score").is_not_null()).select([col(item)]).collect()?;
    let answers: Vec<f64> = scored.column(item)?.f64()?.iter().flatten().collect();
    let left_out = (scored.height() - answers.len()) as u64;
    Ok(if (1..MIN_PEOPLE).contains(&left_out) { Vec::new() } else { answers })
}

/// What was answered, as it may be told.
fn asked(month: Month, answers: &[f64]) -> Asked {
    let mean = answers.iter().sum::<f64>() / answers.len() as f64;
    let cell = cells::mean(mean, answers.len() as u64, cells::ANSWERS_TO_A_PULSE);
    Asked { month, mean: cells::point(&cell), about: cell.about }
}

/// What happened in the month: meetings and retrospectives of five people or more, new rules, and Hearth's start.
///
/// # Errors
/// Where polars cannot compute a table.
pub fn events(view: &MonthView<'_>) -> PolarsResult<Vec<String>> {
    let practices = &view.history.practices;
    let month = || lit(view.facts.month.ordinal());
    let any = |table: &DataFrame, is: Expr| PolarsResult::Ok(table.clone().lazy().filter(is).collect()?.height() > 0);
    let gatherings = view.rows(&practices.gatherings)?;
    let large = || col("is_large").and(col("began_month").eq(month()));
    let marks = view.rows(&practices.marks)?;
    let here = |kind: Kind| acts::is(kind).and(col("at").eq(month()));
    let happened = [
        (event_id::MEETING, any(&gatherings, large().and(col("is_meeting")))?),
        (event_id::RETRO, any(&gatherings, large().and(col("is_meeting").not()))?),
        (event_id::NEW_RULES, any(&marks, here(Kind::RulesChanged))?),
        (event_id::HEARTH_STARTED, any(&marks, here(Kind::HearthStarted))?),
    ];
    Ok(happened.into_iter().filter(|(_, happened)| *happened).map(|(id, _)| id.to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_that_few_left_out_is_not_told() {
        // So many sheets, of which some leave the item out, and one without a score.
        let given = |sheets: usize, without: usize| {
            let answer = |at: usize| (at >= without).then_some(6.0);
            let score = |at: usize| (at < sheets).then_some(5.5);
            let sheets = df!(
                "risk" => (0..=sheets).map(answer).collect::<Vec<Option<f64>>>(),
                "score" => (0..=sheets).map(score).collect::<Vec<Option<f64>>>(),
            );
            asked("2026-10".parse().unwrap(), &answers(&sheets.unwrap(), "risk").unwrap()).about
        };
        assert_eq!(given(12, 0), Some(10.0));
        assert_eq!(given(12, 1), None, "one person's answer would be the difference");
        assert_eq!(given(12, 5), None, "seven answers are too few");
        assert_eq!(given(24, 4), None, "four people's answers would be the difference");
        assert_eq!(given(25, 5), Some(20.0));
        assert_eq!(given(9, 0), None);
    }
}
