//! The data of pictures that are about one month, or tell one quarter more: on the grids of `hearth-release`.

mod network;
mod people;
mod practices;
mod week;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use hearth_release::raw::RawMonth;
use hearth_shared::report::{Figure, figure_id};
use polars::prelude::PolarsResult;

pub use self::practices::events;
use crate::{archive::Community, month_view::MonthView};

/// From so many posters on, there is what only many people can be told of.
pub(crate) const EXPLORER: u64 = 50;

/// The pictures of a month, by id.
///
/// # Errors
/// Where polars cannot compute a table.
pub fn of_month(community: &Community, view: &MonthView<'_>, raw: &RawMonth) -> PolarsResult<BTreeMap<String, Figure>> {
    let mut figures = vec![
        (figure_id::NETWORK, Some(network::network(community, view, raw)?)),
        (figure_id::FUNNEL, people::funnel(community, view)?),
        (figure_id::ACTIONS, Some(practices::actions(view)?)),
        (figure_id::THEMES, Some(practices::themes(view)?)),
        (figure_id::PULSE, practices::pulse(view)?),
    ];
    if raw.posters >= EXPLORER {
        figures.extend([
            (figure_id::WEEK, Some(week::week(view))),
            (figure_id::RETENTION, people::retention(community, view)?),
            (figure_id::SURVIVAL, people::survival(community, view)?),
        ]);
    }
    Ok(figures.into_iter().filter_map(|(id, figure)| Some((id.to_owned(), figure?))).collect())
}
