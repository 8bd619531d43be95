//! The gate: what may be said of a raw value, and why not.

use hearth_shared::report::{MIN_PEOPLE, Measure, reason, source_lacks};
use polars::prelude::PolarsResult;

use crate::{
    measures::Definition,
    month_facts::Facts,
    month_view::MonthView,
    raw::Raw,
    suppress::{Cell, is_small},
};

/// One measure of one month, as it may be published.
///
/// # Errors
/// Where polars cannot compute a table.
pub fn measure(definition: &Definition, view: &MonthView<'_>) -> PolarsResult<Measure> {
    match silent(definition, view.facts) {
        Some(measure) => Ok(measure),
        None => Ok(judged(definition, view.facts, &definition.raw(view)?)),
    }
}

/// The same, with a raw value that is known already.
pub fn known_measure(definition: &Definition, facts: &Facts, raw: &Raw) -> Measure {
    silent(definition, facts).unwrap_or_else(|| judged(definition, facts, raw))
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
        return Some(reason::INCOMPLETE_MONTH.to_owned());
    }
    if let Some(lacking) = definition.needs.iter().find(|capability| !facts.capabilities.has(**capability)) {
        return Some(source_lacks(lacking.name()));
    }
    (facts.age < definition.reach).then(|| reason::LOG_STARTS_HERE.to_owned())
}

/// Why the measure may not be said, if one of the counts that it reveals is hidden.
fn hidden(definition: &Definition, facts: &Facts) -> Option<&'static str> {
    let mut hidden = definition.reveals.iter().filter(|cell| facts.hidden.contains(cell)).peekable();
    hidden.peek()?;
    Some(if hidden.any(|cell| is_small(facts.count(*cell))) { reason::TOO_FEW_PEOPLE } else { reason::COMPLEMENTARY })
}

fn judged(definition: &Definition, facts: &Facts, raw: &Raw) -> Measure {
    let unit = definition.unit;
    if is_small(raw.people) || (1..raw.shown_from).contains(&raw.people) {
        return Measure::suppressed(reason::TOO_FEW_PEOPLE, unit);
    }
    let hides = |cell: Cell| facts.hidden.contains(&cell);
    let nearly_all = raw.proves_posters > 0 && raw.proves_posters + MIN_PEOPLE > facts.count(Cell::Posters);
    if raw.gives_away || raw.groups.iter().any(|group| is_small(*group)) || (hides(Cell::Posters) && nearly_all) {
        return Measure::suppressed(reason::COMPLEMENTARY, unit);
    }
    let Some(value) = raw.value else {
        let silence = if facts.count(Cell::Posters) == 0 { reason::NO_MESSAGES } else { reason::UNDEFINED };
        return Measure::na(raw.reason.unwrap_or(silence), unit);
    };
    let mut measure = Measure::ok(value, unit, raw.n).with_interval(raw.interval);
    if raw.keeps_n || definition.sample.is_some_and(hides) {
        measure.n = None;
    }
    measure
}
