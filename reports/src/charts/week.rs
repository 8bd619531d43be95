//! When in the week something happens: a heat map of weekdays and hours.

use hearth_shared::report::{Point, Week};

use super::{Size, gaps};
use crate::{
    scales::{SMALL, count},
    scene::{Anchor, Role, Scene},
    text,
    words::Words,
};

/// Draws the figure, or `None` where no cell has a value, or a day has no hours.
pub(crate) fn draw(figure: &Week, words: &Words, size: Size) -> Option<Scene> {
    let highest = figure.days.iter().flatten().filter_map(|cell| cell.value).reduce(f64::max)?;
    let columns = figure.days.first().map(Vec::len).filter(|columns| *columns > 0)?;
    let names: Vec<String> = (1..=figure.days.len()).map(|day| words.weekday_short(day)).collect();
    let left = names.iter().map(|name| text::width(name, SMALL, false)).fold(0.0, f64::max).ceil() + 10.0;
    let slot = (size.width() - left - 8.0) / count(columns);
    let (row, top) = (size.pick(26.0, 22.0), 4.0);

    let mut scene = Scene::new(size.width());
    for (day, (cells, name)) in figure.days.iter().zip(&names).enumerate() {
        let y = top + row * count(day);
        scene.write((0.0, y + row / 2.0 + 4.5), name, (SMALL, false), Role::Ink, Anchor::Start);
        for (column, cell) in cells.iter().enumerate() {
            let x = left + slot * count(column);
            let (from, to) = ((x + 0.75, y + 0.75), (x + slot - 0.75, y + row - 0.75));
            match cell.value {
                Some(value) => {
                    let share = if highest > 0.0 { value / highest } else { 0.0 };
                    scene.rect(from, to, Role::Second, 0.12 + 0.88 * share);
                }
                // Most nights are empty: hatched, they would be what one sees first.
                None => scene.dot(((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0), 1.5, Role::Axis),
            }
        }
    }
    let bottom = top + row * count(figure.days.len());
    for hour in [0_u32, 6, 12, 18, 24] {
        let x = left + slot * count(columns) * f64::from(hour) / 24.0;
        scene.line((x, bottom), (x, bottom + 4.0), 1.0, Role::Axis);
        let anchor = if hour == 24 { Anchor::End } else { Anchor::Middle };
        let x = if hour == 24 { x + 6.0 } else { x };
        scene.write((x, bottom + 18.0), words.l.msg_hour(hour.to_string()), (SMALL, false), Role::Muted, anchor);
    }
    scene.height = bottom + 26.0;
    let hidden = figure.days.iter().flatten().any(|cell| cell.value.is_none());
    gaps::write_note(&mut scene, hidden.then(|| words.l.msg_note_nobody()));
    Some(scene)
}

/// The busiest time of the week.
pub(crate) fn says(figure: &Week, words: &Words) -> String {
    let cells = figure.days.iter().enumerate().flat_map(|(day, cells)| {
        cells.iter().enumerate().filter_map(move |(column, cell): (usize, &Point)| Some((day, column, cell.value?)))
    });
    let Some((day, column, value)) = cells.reduce(|most, next| if next.2 > most.2 { next } else { most }) else {
        return String::new();
    };
    let [from, to] = [column, column + 1].map(|column| words.l.msg_hour((column * figure.hours as usize).to_string()));
    let (day, value) = (words.weekday(day + 1), words.value(value, &figure.unit));
    if figure.months == 1 {
        return words.l.msg_alt_week_month(day, from, to, value);
    }
    let months = f64::from(figure.months);
    let span = words.l.msg_unit_months(months, words.number(months, 0));
    words.l.msg_alt_week(day, from, to, value, span)
}
