//! The pictures of who comes, who stays, and how long.

use std::collections::BTreeMap;

use hearth_shared::{
    activity::Capability,
    report::{
        Cohort, Cohorts, Figure, Funnel, MIN_PEOPLE, Point, Stage, Status, Strip, Strips, Survival, SurvivalCurve,
        SurvivalStep, reason, source_lacks, stage_id,
    },
};

use crate::{
    calendar::DAY,
    gate,
    measures::{lifetime, responsiveness},
    month_facts::SETTLING_MONTHS,
    month_view::MonthView,
    raw::Raw,
    statistics::{Step, median_survival, rounded, wilson},
    suppress::is_small,
};

/// How many cohorts, and how many months of answers, a picture shows.
const YEAR: usize = 12;

/// Who stays, by the month in which they came.
pub fn retention(views: &[MonthView<'_>], index: usize) -> Figure {
    let Some(view) = views.get(index).filter(|view| view.facts.complete) else {
        return Figure::nothing(Status::Na, reason::INCOMPLETE_MONTH);
    };
    let cohorts = &view.history.cohorts;
    let first = SETTLING_MONTHS.max(index.saturating_sub(YEAR));
    if first >= index {
        return Figure::nothing(Status::Na, reason::LOG_STARTS_HERE);
    }
    let row = |cohort: usize| {
        let size = cohorts.size(cohort);
        let known = cohorts.is_shown(cohort, 0);
        let cell = |later: usize| match cohorts.wrote(cohort, later) {
            // The log's last month is not over.
            _ if views[cohort + later].is_last() => Point::na(),
            Some(wrote) if known && size > 0 && cohorts.is_shown(cohort, later) => {
                Point::ok(wrote as f64 / size as f64).with_interval(wilson(wrote, size))
            }
            _ if size == 0 && known => Point::na(),
            _ => Point::suppressed(),
        };
        Cohort {
            first: views[cohort].facts.month,
            size: if known { Point::ok(size as f64) } else { Point::suppressed() },
            cells: (1..=index - cohort).map(cell).collect(),
        }
    };
    let cohorts: Vec<Cohort> = (first..index).map(row).collect();
    if cohorts.iter().all(|cohort| cohort.size.status != Status::Ok) {
        return Figure::nothing(Status::Suppressed, reason::TOO_FEW_PEOPLE);
    }
    Figure::Cohorts(Cohorts { step: 1, cohorts })
}

/// How long people stay: this month's curve, and that of a year ago.
pub fn survival(views: &[MonthView<'_>], index: usize) -> Figure {
    let Some(view) = views.get(index).filter(|view| view.facts.complete) else {
        return Figure::nothing(Status::Na, reason::INCOMPLETE_MONTH);
    };
    let Some(now) = survival_curve(view) else {
        let any = lifetime::durations(view, 0.0).is_empty();
        return if any {
            Figure::nothing(Status::Na, reason::NO_MESSAGES)
        } else {
            Figure::nothing(Status::Suppressed, reason::TOO_FEW_PEOPLE)
        };
    };
    // A year ago the log may have been too young for anybody to have gone.
    let last_year = index.checked_sub(12).and_then(|index| survival_curve(&views[index]));
    let last_year = last_year.filter(|curve| curve.steps.len() > 1);
    Figure::Survival(Survival { curves: [now].into_iter().chain(last_year).collect() })
}

/// The curve of one month, in steps of five departures or more. How many people it rests on is rounded down to tens:
/// exactly, it would tell from month to month how many are new.
fn survival_curve(view: &MonthView<'_>) -> Option<SurvivalCurve> {
    let n = lifetime::durations(view, 0.0).len() as u64;
    if n / 10 == 0 {
        return None;
    }
    let curve = lifetime::curve(view);
    let mut steps = vec![SurvivalStep { day: 0, share: 1.0, interval: None }];
    let mut gone = 0;
    for Step { time, events, survival, band, .. } in &curve {
        gone += events;
        if gone < MIN_PEOPLE {
            continue;
        }
        gone = 0;
        let step = SurvivalStep {
            day: *time as u32,
            share: rounded(*survival, 3),
            interval: band.map(|ends| ends.map(|end| rounded(end, 3))),
        };
        match steps.last_mut().filter(|last| last.day == step.day) {
            Some(last) => *last = step,
            None => steps.push(step),
        }
    }
    Some(SurvivalCurve { month: view.facts.month, n: n / 10 * 10, median_days: median_survival(&curve), steps })
}

/// How long replies take, month by month.
pub fn response(window: &[MonthView<'_>]) -> Figure {
    let definition = &responsiveness::REPLY_MINUTES_P50;
    let strip = |view: &MonthView<'_>| -> (Strip, Option<String>) {
        // How long is asked only where it may be known: an old month keeps it, but not what it followed from.
        let waits = view.waits();
        let median = waits.quantiles.map(|[_, _, median, ..]| median);
        let raw = Raw { value: median, n: waits.n, people: waits.people, ..Raw::default() };
        let measure = gate::known_measure(definition, view.facts, &raw);
        let quantiles = waits.quantiles.filter(|_| measure.status == Status::Ok);
        (Strip { month: view.facts.month, status: measure.status, quantiles, n: measure.n }, measure.reason)
    };
    let strips: Vec<_> = window.iter().map(strip).collect();
    if strips.iter().any(|(strip, _)| strip.status == Status::Ok) {
        let strips = strips.into_iter().map(|(strip, _)| strip).collect();
        return Figure::Strips(Strips { unit: "minutes".to_owned(), strips });
    }
    let (status, reason) =
        strips.into_iter().next_back().map_or((Status::Na, None), |(strip, why)| (strip.status, why));
    Figure::nothing(status, reason.as_deref().unwrap_or(reason::UNDEFINED))
}

/// How far those come who joined in the last quarter of the year that was watched to its end: five months, a month to
/// write and four to come back. Quarters never overlap, so that no two pictures differ by a few people.
pub fn funnel(views: &[MonthView<'_>], index: usize) -> Figure {
    let Some(view) = views.get(index).filter(|view| view.facts.complete) else {
        return Figure::nothing(Status::Na, reason::INCOMPLETE_MONTH);
    };
    let needed = [Capability::Joins, Capability::Replies, Capability::Threads, Capability::Reactions];
    if let Some(lacking) = needed.iter().find(|capability| !view.facts.capabilities.has(**capability)) {
        return Figure::nothing(Status::Na, &source_lacks(lacking.name()));
    }
    let ends_quarter = |at: &usize| views[*at].facts.month.month() % 3 == 0 && *at >= 2;
    let Some(last) = index.checked_sub(5).and_then(|last| (0..=last).rev().find(ends_quarter)) else {
        return Figure::nothing(Status::Na, reason::LOG_STARTS_HERE);
    };
    let zone = &view.history.zone;
    let (from, until) = (views[last - 2].facts.month.bounds(zone).0, views[last].facts.month.bounds(zone).1);
    let [mut joined, mut wrote, mut answered, mut again] = [0; 4];
    // Who joined in the quarter's last days wrote within thirty days after it.
    let welcomed: BTreeMap<usize, Vec<i32>> =
        (last - 2..=last + 1).map(|month| (month, views[month].welcomed())).collect();
    for (person, timeline) in view.history.timelines.people() {
        let Some(came) = timeline.joined.filter(|came| (from..until).contains(came)) else { continue };
        joined += 1;
        let Some(first) = timeline.first_message().filter(|first| first - came <= 30 * DAY) else { continue };
        wrote += 1;
        let welcomed = timeline.cohort().and_then(|month| welcomed.get(&month));
        if welcomed.is_none_or(|welcomed| welcomed.binary_search(&person).is_err()) {
            continue;
        }
        answered += 1;
        again += u64::from(timeline.wrote_between(first + 30 * DAY, first + 120 * DAY));
    }
    if joined == 0 {
        return Figure::nothing(Status::Na, reason::NOBODY_JOINED);
    }
    if is_small(joined) {
        return Figure::nothing(Status::Suppressed, reason::TOO_FEW_PEOPLE);
    }
    let mut before = joined;
    let stage = |(id, people): (&str, u64)| {
        // Who took a step, and who took the last one that is shown and not this, are groups of people.
        let small = is_small(people) || is_small(before - people);
        let [people, share] = if small {
            [Point::suppressed(); 2]
        } else {
            before = people;
            let share = Point::ok(people as f64 / joined as f64).with_interval(wilson(people, joined));
            [Point::ok(people as f64), share]
        };
        Stage { id: id.to_owned(), people, share }
    };
    let stages = [
        (stage_id::JOINED, joined),
        (stage_id::WROTE, wrote),
        (stage_id::ANSWERED, answered),
        (stage_id::WROTE_AGAIN, again),
    ];
    let months = [views[last - 2].facts.month, views[last].facts.month];
    Figure::Funnel(Funnel { months, stages: stages.into_iter().map(stage).collect() })
}
