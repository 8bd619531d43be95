//! A month's report, put together from what the gate lets through.

use std::collections::BTreeMap;
use strum::VariantArray as _;

use hearth_shared::{
    activity::Capability,
    report::{Earlier, MIN_PEOPLE, Report, VERSION},
};
use jiff::{Timestamp, civil::Date};
use polars::prelude::PolarsResult;

use crate::{
    archive::Community,
    calendar, evaluation,
    experiment::{self, Tried},
    facts::WINDOW,
    figures, gate,
    history::History,
    measures::{ALL, Definition},
    month_view::MonthView,
    read_plan::ReadPlan,
    rooms::RoomViews,
};

/// The months of a community up to the last that a plan wants, with what its measures come to; or `None` where its log is
/// empty.
///
/// # Errors
/// Where polars cannot read or compute a table.
pub fn history(community: &Community, plan: &ReadPlan, now: Timestamp) -> PolarsResult<Option<History>> {
    let values = evaluation::values(community, &community.months_of(plan.last()), plan, |_| true)?;
    History::of(community, plan, values, now)
}

/// The report of the month at `index`, with what may be said of its `rooms`; `timezone` is the name of the zone in which
/// the views are cut.
///
/// # Errors
/// Where polars cannot compute a table.
pub fn report(
    views: &[MonthView<'_>],
    index: usize,
    rooms: &RoomViews<'_>,
    timezone: &str,
    tried: Option<&Tried>,
) -> PolarsResult<Option<Report>> {
    let Some(view) = views.get(index) else { return Ok(None) };
    let mut measures = BTreeMap::new();
    for definition in ALL {
        let mut measured = gate::measure(definition, view)?;
        measured.last_month = earlier(definition, views, index.checked_sub(1))?;
        measured.last_year = earlier(definition, views, index.checked_sub(12))?;
        measures.insert(definition.id.to_owned(), measured);
    }
    let known = |capability: Capability| (capability.name().to_owned(), view.facts.capabilities.has(capability));
    Ok(Some(Report {
        version: VERSION,
        community: view.history.about.community.clone(),
        room: None,
        month: view.facts.month,
        timezone: timezone.to_owned(),
        log_ends: log_ends(view),
        source: Capability::VARIANTS.iter().copied().map(known).collect(),
        measures,
        figures: figures::all(views, index, rooms)?,
        experiment: tried.map(|tried| experiment::outcome(tried, views, index)).transpose()?.flatten(),
    }))
}

/// The day of the log's last entry, where the month went on for more than [`WINDOW`] without any: an export that ends
/// inside the month, or a bot that was down. Not where so few wrote that it could be somebody's day.
fn log_ends(view: &MonthView<'_>) -> Option<Date> {
    let (_, until) = view.facts.month.bounds(&view.history.zone);
    let is_early = view.history.end < until - WINDOW && view.facts.complete && view.poster_count() >= MIN_PEOPLE;
    is_early.then(|| calendar::date(view.history.end, &view.history.zone)).flatten()
}

fn earlier(definition: &Definition, views: &[MonthView<'_>], index: Option<usize>) -> PolarsResult<Option<Earlier>> {
    let Some(view) = index.and_then(|index| views.get(index)) else { return Ok(None) };
    Ok(Some(gate::measure(definition, view)?.earlier()))
}
