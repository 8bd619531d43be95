//! The pictures of what retrospectives and pulses left.

use std::collections::{BTreeMap, BTreeSet};

use hearth_shared::{
    activity::Kind,
    month::Month,
    report::{
        Actions, Age, Asked, Dots, Event, Figure, Item, Point, QUARTER_OPEN, RetroActions, Status, Theme, Themes,
        event_id, item_id, reason,
    },
};
use jiff::{Timestamp, civil::Date};
use polars::prelude::PolarsResult;

use crate::{
    bootstrap, calendar, gate, measures,
    month_view::MonthView,
    practices::{actions::Action, gatherings::Gathering, pulses},
    statistics::rounded,
};

/// How many gatherings a picture shows.
const GATHERINGS: usize = 8;
/// How many themes.
const THEMES: usize = 12;
/// How many times of asking an item of a pulse is shown.
const ITEM_TIMES: usize = 2;
/// The ages in days at which open actions are told apart.
const AGES: [u32; 4] = [0, 14, 30, QUARTER_OPEN];

/// What became of what gatherings of five people or more agreed on.
pub fn actions(view: &MonthView<'_>) -> Figure {
    let all = view.actions();
    if all.is_empty() {
        return if view.only_few_agreed() {
            Figure::nothing(Status::Suppressed, reason::TOO_FEW_PEOPLE)
        } else {
            Figure::nothing(Status::Na, reason::NO_ACTIONS)
        };
    }
    let agreed_in = |gathering: &Gathering| -> Vec<Action> {
        all.iter().filter(|action| action.gathering == gathering.id).copied().collect()
    };
    let bar = |gathering: &Gathering| {
        let actions = agreed_in(gathering);
        let count = |is: fn(&Action) -> bool| Point::ok(actions.iter().filter(|action| is(action)).count() as f64);
        Some(RetroActions {
            date: date(view, gathering)?,
            done: count(|action| action.done.is_some()),
            open: count(|action| action.done.or(action.dropped).is_none()),
            dropped: count(|action| action.dropped.is_some()),
        })
    };
    let with_actions = view.gatherings().iter().filter(|gathering| !agreed_in(gathering).is_empty());
    let mut retros: Vec<RetroActions> = with_actions.rev().take(GATHERINGS).filter_map(bar).collect();
    retros.reverse();
    let ages = crate::practices::actions::open_ages(all, view.last_day());
    let age = |(at, from): (usize, &u32)| {
        let to = AGES.get(at + 1).copied();
        let inside = |age: &&f64| **age >= f64::from(*from) && to.is_none_or(|to| **age < f64::from(to));
        Age { from: *from, to, actions: Point::ok(ages.iter().filter(inside).count() as f64) }
    };
    Figure::Actions(Actions { retros, open: AGES.iter().enumerate().map(age).collect() })
}

/// Which themes came up in which retrospective of five people or more.
pub fn themes(view: &MonthView<'_>) -> Figure {
    let with_themes: Vec<&Gathering> = view.gatherings().iter().filter(|one| !one.themes.is_empty()).collect();
    let mut retros: Vec<&Gathering> =
        with_themes.iter().rev().filter(|one| one.is_large()).take(GATHERINGS).copied().collect();
    retros.reverse();
    if retros.is_empty() {
        return match with_themes.is_empty() {
            true => Figure::nothing(Status::Na, reason::NO_RETRO),
            false => Figure::nothing(Status::Suppressed, reason::TOO_FEW_PEOPLE),
        };
    }
    let mut times: BTreeMap<i64, usize> = BTreeMap::new();
    for theme in retros.iter().flat_map(|retro| &retro.themes) {
        *times.entry(*theme).or_default() += 1;
    }
    let mut order: Vec<(i64, usize)> = times.into_iter().collect();
    order.sort_by_key(|(theme, times)| (std::cmp::Reverse(*times), *theme));
    let row = |(theme, _): (i64, usize)| {
        let cell = |retro: &&Gathering| Point::ok(f64::from(u8::from(retro.themes.contains(&theme))));
        let name = view.history.about.labels.get(&theme)?.clone();
        Some(Theme { name, cells: retros.iter().map(cell).collect() })
    };
    let dates: Option<Vec<Date>> = retros.iter().map(|retro| date(view, retro)).collect();
    let themes = order.into_iter().take(THEMES).filter_map(row).collect();
    Figure::Themes(Themes { retros: dates.unwrap_or_default(), themes })
}

/// How safe people feel to speak, this time and before; and what they said to each item.
///
/// # Errors
/// Where polars cannot compute a table.
pub fn pulse(window: &[MonthView<'_>]) -> PolarsResult<Figure> {
    let mut times = Vec::new();
    let mut items: Vec<Vec<Asked>> = vec![Vec::new(); pulses::ITEMS];
    for view in window.iter().rev() {
        let measure = gate::measure(&measures::pulse::SAFETY_PULSE, view)?;
        if measure.status == Status::Na {
            continue;
        }
        let month = view.facts.month;
        let sheets = measures::pulse::ended(view).filter(|_| measure.status == Status::Ok).map(|pulse| pulse.sheets);
        for (item, asked) in items.iter_mut().enumerate().filter(|(_, asked)| asked.len() < ITEM_TIMES) {
            asked.push(answered(month, sheets.as_deref().and_then(|sheets| pulses::answers(sheets, item))));
        }
        times.push(Asked { month, mean: measure.point(), n: measure.n });
    }
    if times.is_empty() {
        return Ok(Figure::nothing(Status::Na, reason::NO_PULSE));
    }
    if times.iter().all(|asked| asked.mean.status == Status::Suppressed) {
        return Ok(Figure::nothing(Status::Suppressed, reason::TOO_FEW_PEOPLE));
    }
    let whole = Item { id: item_id::SAFETY.to_owned(), times };
    let items = items.into_iter().zip(pulses::NAMES).map(|(times, id)| Item { id: id.to_owned(), times });
    Ok(Figure::Dots(Dots { scale: [1.0, 7.0], items: std::iter::once(whole).chain(items).collect() }))
}

/// What was answered to one item. It is rounded: from exact means of all items and of the whole, more could be had than
/// either tells.
fn answered(month: Month, answers: Option<Vec<f64>>) -> Asked {
    let Some(answers) = answers.filter(|answers| !answers.is_empty()) else {
        return Asked { month, mean: Point::suppressed(), n: None };
    };
    let mean = answers.iter().sum::<f64>() / answers.len() as f64;
    let interval = bootstrap::mean(&answers).map(|ends| ends.map(|end| rounded(end, 1)));
    Asked { month, mean: Point::ok(rounded(mean, 1)).with_interval(interval), n: Some(answers.len() as u64) }
}

/// What happened in which month: meetings and retrospectives of five people or more, new rules, and Hearth's start.
pub fn events(window: &[MonthView<'_>]) -> Vec<Event> {
    let Some(view) = window.last() else { return Vec::new() };
    let large = view.gatherings().iter().filter(|gathering| gathering.is_large());
    let met = large
        .map(|gathering| (gathering.began, if gathering.is_meeting { event_id::MEETING } else { event_id::RETRO }));
    let marked = view.acts().iter().filter_map(|act| match act.kind {
        Kind::RulesChanged => Some((act.ts, event_id::NEW_RULES)),
        Kind::HearthStarted => Some((act.ts, event_id::HEARTH_STARTED)),
        _ => None,
    });
    let happened = met.chain(marked).filter_map(|(ts, id)| Some((calendar::month_of(ts, &view.history.zone)?, id)));
    let first = window[0].facts.month;
    let events: BTreeSet<(Month, &str)> = happened.filter(|(month, _)| *month >= first).collect();
    events.into_iter().map(|(month, id)| Event { month, id: id.to_owned() }).collect()
}

/// The local day on which a gathering was closed, or began.
fn date(view: &MonthView<'_>, gathering: &Gathering) -> Option<Date> {
    let at = Timestamp::from_millisecond(gathering.closed.unwrap_or(gathering.began)).ok()?;
    Some(at.to_zoned(view.history.zone.clone()).date())
}
