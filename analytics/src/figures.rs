//! The data of the report's pictures: the same measures over months, each point suppressed as in its own report.

mod network;
mod people;
mod practices;
mod rooms;
mod week;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use hearth_shared::report::{Curve, Curves, Diverging, Event, Figure, MIN_PEOPLE, Months, Point, Series, Status};
use polars::prelude::PolarsResult;

use crate::{
    gate, measures,
    month_view::MonthView,
    rooms::RoomViews,
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
    let lines = |ids: &[&str], events: Vec<Event>| -> PolarsResult<Figure> {
        Ok(Figure::Months(Months { months: months.clone(), series: series(window, ids)?, events }))
    };
    let growth = Diverging {
        months: months.clone(),
        above: series(window, &["retained", "reactivated", "new_posters"])?,
        below: series(window, &["lapsed"])?,
    };
    Ok(BTreeMap::from([
        ("activity".to_owned(), lines(&["active_members", "messages"], practices::events(window))?),
        ("voices".to_owned(), lines(&["effective_voices", "posters"], Vec::new())?),
        ("lorenz".to_owned(), Figure::Curves(lorenz(views, index))),
        ("growth".to_owned(), Figure::Diverging(growth)),
        ("retention".to_owned(), people::retention(views, index)),
        ("survival".to_owned(), people::survival(views, index)),
        ("funnel".to_owned(), people::funnel(views, index)),
        ("response".to_owned(), people::response(&views[(index + 1).saturating_sub(YEAR)..=index])),
        ("actions".to_owned(), practices::actions(&views[index])),
        ("themes".to_owned(), practices::themes(&views[index])),
        ("pulse".to_owned(), practices::pulse(window)?),
        ("week".to_owned(), week::week(&views[index])?),
        ("network".to_owned(), network::network(&views[index])?),
        ("rooms".to_owned(), rooms::rooms(views, index, rooms)?),
    ]))
}

fn series(window: &[MonthView<'_>], ids: &[&str]) -> PolarsResult<Vec<Series>> {
    let definitions = ids.iter().filter_map(|id| measures::find(id));
    definitions
        .map(|definition| {
            let points = window.iter().map(|view| {
                let measure = gate::measure(definition, view)?;
                Ok(Point { value: measure.value, status: measure.status, interval: measure.interval })
            });
            let points = points.collect::<PolarsResult<_>>()?;
            Ok(Series { id: definition.id.to_owned(), unit: definition.unit.to_owned(), points })
        })
        .collect()
}

/// This month's Lorenz curve and that of the same month a year ago.
fn lorenz(views: &[MonthView<'_>], index: usize) -> Curves {
    let nothing = |status, reason: &str| Curves { curves: Vec::new(), status, reason: Some(reason.to_owned()) };
    let view = &views[index];
    if !view.facts.complete {
        return nothing(Status::Na, gate::INCOMPLETE_MONTH);
    }
    if view.posters() == 0 {
        return nothing(Status::Na, gate::NO_MESSAGES);
    }
    let Some(curve) = curve(view) else {
        let few = is_small(view.posters()) || view.posters() / MIN_PEOPLE < *LORENZ_STEPS.start();
        let reason = if few { gate::TOO_FEW_PEOPLE } else { gate::COMPLEMENTARY };
        return nothing(Status::Suppressed, reason);
    };
    let last_year = index.checked_sub(12).and_then(|index| self::curve(&views[index]));
    Curves { curves: [curve].into_iter().chain(last_year).collect(), status: Status::Ok, reason: None }
}

/// A curve whose every step holds at least [`MIN_PEOPLE`] people, rounded so that it does not tell how many there are;
/// `None` where there are too few people for one, or their number is hidden (the number of steps would hint at it).
fn curve(view: &MonthView<'_>) -> Option<Curve> {
    let steps = (view.posters() / MIN_PEOPLE).min(*LORENZ_STEPS.end());
    if steps < *LORENZ_STEPS.start() || view.facts.hidden.contains(&Cell::Posters) {
        return None;
    }
    let shares = view.shares().lorenz(steps)?;
    let rounded = |share: f64| (share * 1000.0).round() / 1000.0;
    let points = (0..=steps).zip(shares).map(|(step, share)| [step as f64 / steps as f64, rounded(share)]).collect();
    Some(Curve { month: view.facts.month, points })
}
