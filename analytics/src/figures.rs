//! The data of the report's pictures: the same measures over months, each point suppressed as in its own report.

mod network;
mod people;
mod practices;
mod rooms;
mod week;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use hearth_shared::report::{
    Curve, Curves, Diverging, Event, Figure, MIN_PEOPLE, Months, Series, Status, figure_id, reason,
};
use polars::prelude::PolarsResult;

use crate::{
    gate,
    measures::{Definition, growth, participation, voices},
    month_view::MonthView,
    rooms::RoomViews,
    statistics::rounded,
    suppress::{Cell, is_small},
};

/// How many months a picture looks back, its own included.
const WINDOW: usize = 24;
/// And how many where each is a strip: the month, and the twelve before it.
const YEAR: usize = 13;

/// At most so many steps has a Lorenz curve, and at least so many where it is drawn at all.
const LORENZ_STEPS: std::ops::RangeInclusive<u64> = 3..=10;

/// Every figure of the month at `index`, with what may be said of the `rooms`.
///
/// # Errors
/// Where polars cannot compute a table.
pub fn all(views: &[MonthView<'_>], index: usize, rooms: &RoomViews<'_>) -> PolarsResult<BTreeMap<String, Figure>> {
    let window = &views[(index + 1).saturating_sub(WINDOW)..=index];
    let months: Vec<_> = window.iter().map(|view| view.facts.month).collect();
    let lines = |measures: &[&Definition], events: Vec<Event>| -> PolarsResult<Figure> {
        Ok(Figure::Months(Months { months: months.clone(), series: series(window, measures)?, events }))
    };
    let grown = Diverging {
        months: months.clone(),
        above: series(window, &[&growth::RETAINED, &growth::REACTIVATED, &growth::NEW_POSTERS])?,
        below: series(window, &[&growth::LAPSED])?,
    };
    let figures = [
        (
            figure_id::ACTIVITY,
            lines(&[&participation::ACTIVE_MEMBERS, &participation::MESSAGES], practices::events(window))?,
        ),
        (figure_id::VOICES, lines(&[&voices::EFFECTIVE_VOICES, &participation::POSTERS], Vec::new())?),
        (figure_id::LORENZ, Figure::Curves(lorenz(views, index))),
        (figure_id::GROWTH, Figure::Diverging(grown)),
        (figure_id::RETENTION, people::retention(views, index)),
        (figure_id::SURVIVAL, people::survival(views, index)),
        (figure_id::FUNNEL, people::funnel(views, index)),
        (figure_id::RESPONSE, people::response(&views[(index + 1).saturating_sub(YEAR)..=index])),
        (figure_id::ACTIONS, practices::actions(&views[index])),
        (figure_id::THEMES, practices::themes(&views[index])),
        (figure_id::PULSE, practices::pulse(window)?),
        (figure_id::WEEK, week::week(&views[index])?),
        (figure_id::NETWORK, network::network(&views[index])?),
        (figure_id::ROOMS, rooms::rooms(views, index, rooms)?),
    ];
    Ok(figures.into_iter().map(|(id, figure)| (id.to_owned(), figure)).collect())
}

/// A line for each of these measures, with a point for each month.
fn series(window: &[MonthView<'_>], measures: &[&Definition]) -> PolarsResult<Vec<Series>> {
    let line = |definition: &&Definition| {
        let points = window.iter().map(|view| Ok(gate::measure(definition, view)?.point()));
        let points = points.collect::<PolarsResult<_>>()?;
        Ok(Series { id: definition.id.to_owned(), unit: definition.unit.to_owned(), points })
    };
    measures.iter().map(line).collect()
}

/// This month's Lorenz curve and that of the same month a year ago.
fn lorenz(views: &[MonthView<'_>], index: usize) -> Curves {
    let nothing = |status, reason: &str| Curves { curves: Vec::new(), status, reason: Some(reason.to_owned()) };
    let view = &views[index];
    if !view.facts.complete {
        return nothing(Status::Na, reason::INCOMPLETE_MONTH);
    }
    if view.poster_count() == 0 {
        return nothing(Status::Na, reason::NO_MESSAGES);
    }
    let Some(curve) = curve(view) else {
        let few = is_small(view.poster_count()) || view.poster_count() / MIN_PEOPLE < *LORENZ_STEPS.start();
        let reason = if few { reason::TOO_FEW_PEOPLE } else { reason::COMPLEMENTARY };
        return nothing(Status::Suppressed, reason);
    };
    let last_year = index.checked_sub(12).and_then(|index| self::curve(&views[index]));
    Curves { curves: [curve].into_iter().chain(last_year).collect(), status: Status::Ok, reason: None }
}

/// A curve whose every step holds at least [`MIN_PEOPLE`] people, rounded so that it does not tell how many there are;
/// `None` where there are too few people for one, or their number is hidden (the number of steps would hint at it).
fn curve(view: &MonthView<'_>) -> Option<Curve> {
    let steps = (view.poster_count() / MIN_PEOPLE).min(*LORENZ_STEPS.end());
    if steps < *LORENZ_STEPS.start() || view.facts.hidden.contains(&Cell::Posters) {
        return None;
    }
    let shares = view.shares().lorenz(steps)?;
    let points = (0..=steps).zip(shares).map(|(step, share)| [step as f64 / steps as f64, rounded(share, 3)]).collect();
    Some(Curve { month: view.facts.month, points })
}
