//! The picture of rooms: a table with a line a room.
//!
//! It says of a room what the room's own report says, and nothing else: which rooms are closed in a month, and what of
//! one room would give another's away, is decided there.

use std::collections::BTreeMap;

use hearth_shared::report::{Figure, Point, Room, Rooms, Status, reason};
use polars::prelude::PolarsResult;

use crate::{
    gate,
    measures::{self, Definition, participation, responsiveness, voices},
    month_view::MonthView,
    rooms::{RoomViews, of_rooms},
};

/// How many months a room's sparkline shows: the month, and the twelve before it.
const SPARKLINE: usize = 13;

/// Every room of which something may be said in the month at `index`, the busiest first.
///
/// # Errors
/// Where polars cannot compute a table.
pub fn rooms(views: &[MonthView<'_>], index: usize, rooms: &RoomViews<'_>) -> PolarsResult<Figure> {
    let window = &views[(index + 1).saturating_sub(SPARKLINE)..=index];
    let Some(view) = window.last().filter(|view| view.facts.complete) else {
        return Ok(Figure::nothing(Status::Na, reason::INCOMPLETE_MONTH));
    };
    let months = window.iter().map(|view| view.facts.month).collect();
    let mut messages = Vec::with_capacity(window.len());
    for view in window {
        messages.push(said(&participation::MESSAGES, &rooms.of(view.facts.month))?);
    }
    let here = rooms.of(view.facts.month);
    let people = said(&participation::POSTERS, &here)?;
    let voices = said(&voices::EFFECTIVE_VOICES, &here)?;
    let answered = said(&responsiveness::OPENER_REPLY_RATE, &here)?;
    let listed = |at: &usize| {
        let written = messages.last()?.get(at)?.value.filter(|written| *written > 0.0)?;
        let point = |points: &BTreeMap<usize, Point>| points.get(at).copied().unwrap_or(Point::na());
        let room = Room {
            name: rooms.name(*at).to_owned(),
            messages: messages.iter().map(point).collect(),
            people: point(&people),
            // How sure it is, is for the room's own report: here it would be one number among many.
            voices: Point { interval: None, ..point(&voices) },
            answered: point(&answered),
        };
        Some((written, room))
    };
    let mut table: Vec<(f64, Room)> = here.iter().filter_map(|(at, _)| listed(at)).collect();
    if table.is_empty() {
        return Ok(match view.poster_count() {
            0 => Figure::nothing(Status::Na, reason::NO_MESSAGES),
            _ => Figure::nothing(Status::Suppressed, reason::TOO_FEW_PEOPLE),
        });
    }
    table.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.name.cmp(&other.1.name)));
    // How many rooms were active is a measure of its own.
    let active = gate::measure(&measures::rooms::ROOMS_ACTIVE, view)?.value.map(|active| active as u64);
    let unlisted = active.map(|active| active.saturating_sub(table.len() as u64));
    Ok(Figure::Rooms(Rooms { months, rooms: table.into_iter().map(|(_, room)| room).collect(), unlisted }))
}

/// What may be said of a measure in each room, by the room's place.
fn said(definition: &Definition, rooms: &[(usize, &MonthView<'_>)]) -> PolarsResult<BTreeMap<usize, Point>> {
    let measures = of_rooms(definition, rooms)?;
    Ok(rooms.iter().zip(measures).map(|((at, _), measure)| (*at, measure.point())).collect())
}
