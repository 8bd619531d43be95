//! From raw values to the report: what is known, what may be said, and why not.

use std::collections::BTreeMap;
use strum::VariantArray as _;

use hearth_shared::{
    activity::Capability,
    report::{Earlier, MIN_PEOPLE, Measure, Report, VERSION},
};
use jiff::civil::Date;
use polars::prelude::PolarsResult;

use crate::{
    answers::WINDOW,
    calendar,
    experiment::{self, Tried},
    figures,
    history::Facts,
    measures::{ALL, Definition, Raw},
    rooms::RoomViews,
    suppress::{Cell, is_small},
    view::View,
};

/// The month is not over.
pub const INCOMPLETE_MONTH: &str = "incomplete_month";
/// The log does not reach back far enough.
pub const LOG_STARTS_HERE: &str = "log_starts_here";
/// Nobody wrote.
pub const NO_MESSAGES: &str = "no_messages";
/// The formula has no value on this month.
pub const UNDEFINED: &str = "undefined";
/// It would be about fewer than [`MIN_PEOPLE`] people.
pub const TOO_FEW_PEOPLE: &str = "too_few_people";
/// With what else is published, a group of fewer than [`MIN_PEOPLE`] people could be worked out.
pub const COMPLEMENTARY: &str = "complementary";

/// The report of the month at `index`, with what may be said of its `rooms`; `timezone` is the name of the zone in which
/// the views are cut.
///
/// # Errors
/// Where polars cannot compute a table.
pub fn report(
    views: &[View<'_>],
    index: usize,
    rooms: &RoomViews<'_>,
    timezone: &str,
    tried: Option<&Tried>,
) -> PolarsResult<Option<Report>> {
    let Some(view) = views.get(index) else { return Ok(None) };
    let mut measures = BTreeMap::new();
    for definition in ALL {
        let mut measured = measure(definition, view)?;
        measured.last_month = earlier(definition, views, index.checked_sub(1))?;
        measured.last_year = earlier(definition, views, index.checked_sub(12))?;
        measures.insert(definition.id.to_owned(), measured);
    }
    let known = |capability: Capability| (capability.name().to_owned(), view.facts.capabilities.has(capability));
    Ok(Some(Report {
        version: VERSION,
        community: view.history.log.community.clone(),
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
fn log_ends(view: &View<'_>) -> Option<Date> {
    let (_, until) = view.facts.month.bounds(&view.history.zone);
    let is_early = view.history.end < until - WINDOW && view.facts.complete && view.posters() >= MIN_PEOPLE;
    is_early.then(|| calendar::date(view.history.end, &view.history.zone)).flatten()
}

fn earlier(definition: &Definition, views: &[View<'_>], index: Option<usize>) -> PolarsResult<Option<Earlier>> {
    let Some(view) = index.and_then(|index| views.get(index)) else { return Ok(None) };
    let Measure { value, status, interval, .. } = measure(definition, view)?;
    Ok(Some(Earlier { value, status, interval }))
}

/// One measure of one month, as it may be published.
///
/// # Errors
/// Where polars cannot compute a table.
pub fn measure(definition: &Definition, view: &View<'_>) -> PolarsResult<Measure> {
    match silent(definition, view.facts) {
        Some(measure) => Ok(measure),
        None => Ok(publish(definition, view.facts, &view.raw(definition)?)),
    }
}

/// The same, with a raw value that is known already.
pub fn known_measure(definition: &Definition, facts: &Facts, raw: &Raw) -> Measure {
    silent(definition, facts).unwrap_or_else(|| publish(definition, facts, raw))
}

/// The measure, where it can or may not be said whatever its value is.
fn silent(definition: &Definition, facts: &Facts) -> Option<Measure> {
    if let Some(reason) = unknowable(definition, facts) {
        return Some(Measure::na(&reason, definition.unit));
    }
    hidden(definition, facts).map(|reason| Measure::suppressed(reason, definition.unit))
}

/// Why the measure cannot be known from this log, if so.
fn unknowable(definition: &Definition, facts: &Facts) -> Option<String> {
    if !facts.complete {
        return Some(INCOMPLETE_MONTH.to_owned());
    }
    if let Some(lacking) = definition.needs.iter().find(|capability| !facts.capabilities.has(**capability)) {
        return Some(format!("source_lacks_{}", lacking.name()));
    }
    (facts.age < definition.reach).then(|| LOG_STARTS_HERE.to_owned())
}

/// Why the measure may not be said, if one of the counts that it reveals is hidden.
fn hidden(definition: &Definition, facts: &Facts) -> Option<&'static str> {
    let mut hidden = definition.reveals.iter().filter(|cell| facts.hidden.contains(cell)).peekable();
    hidden.peek()?;
    Some(if hidden.any(|cell| is_small(facts.count(*cell))) { TOO_FEW_PEOPLE } else { COMPLEMENTARY })
}

fn publish(definition: &Definition, facts: &Facts, raw: &Raw) -> Measure {
    let unit = definition.unit;
    if is_small(raw.people) || (1..raw.shown_from).contains(&raw.people) {
        return Measure::suppressed(TOO_FEW_PEOPLE, unit);
    }
    let hides = |cell: Cell| facts.hidden.contains(&cell);
    let nearly_all = raw.proves_posters > 0 && raw.proves_posters + MIN_PEOPLE > facts.count(Cell::Posters);
    if raw.gives_away || raw.groups.iter().any(|group| is_small(*group)) || (hides(Cell::Posters) && nearly_all) {
        return Measure::suppressed(COMPLEMENTARY, unit);
    }
    let Some(value) = raw.value else {
        let silence = if facts.count(Cell::Posters) == 0 { NO_MESSAGES } else { UNDEFINED };
        return Measure::na(raw.reason.unwrap_or(silence), unit);
    };
    let mut measure = Measure::ok(value, unit, raw.n).with_interval(raw.interval);
    if raw.keeps_n || definition.sample.is_some_and(hides) {
        measure.n = None;
    }
    measure
}
