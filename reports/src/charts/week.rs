//! When in the week something happens: weekdays and hours in three levels.

use hearth_shared::report::Week;

use super::{Size, gaps};
use crate::{
    scales::{SMALL, count},
    scene::{Anchor, Role, Scene},
    text,
    words::Words,
};

/// The level at which much happens.
const MUCH: u8 = 2;

/// Draws the figure, or `None` where nothing happens often enough to be shown, or a day has no hours.
pub(crate) fn draw(figure: &Week, words: &Words, size: Size) -> Option<Scene> {
    figure.days.iter().flatten().find(|level| **level > 0)?;
    let columns = figure.days.first().map(Vec::len).filter(|columns| *columns > 0)?;
    let names: Vec<String> = (1..=figure.days.len()).map(|day| words.weekday_short(day)).collect();
    let left = names.iter().map(|name| text::width(name, SMALL, false)).fold(0.0, f64::max).ceil() + 10.0;
    let slot = (size.width() - left - 8.0) / count(columns);
    let (row, top) = (size.pick(26.0, 22.0), 4.0);

    let mut scene = Scene::new(size.width());
    for (day, (cells, name)) in figure.days.iter().zip(&names).enumerate() {
        let y = top + row * count(day);
        scene.write((0.0, y + row / 2.0 + 4.5), name, (SMALL, false), Role::Ink, Anchor::Start);
        for (column, level) in cells.iter().enumerate() {
            let x = left + slot * count(column);
            let (from, to) = ((x + 0.75, y + 0.75), (x + slot - 0.75, y + row - 0.75));
            match level {
                0 => scene.dot(((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0), 1.5, Role::Axis),
                1 => scene.rect(from, to, Role::Third, 0.7),
                _ => scene.rect(from, to, Role::Second, 1.0),
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
    gaps::write_note(&mut scene, Some(words.l.msg_week_levels()));
    Some(scene)
}

/// The times of the week in which much happens: the longest of each day, at most three.
pub(crate) fn says(figure: &Week, words: &Words) -> String {
    let hour = |column: usize| words.l.msg_hour((column * figure.hours as usize).to_string());
    let mut times: Vec<(usize, usize, usize)> = figure
        .days
        .iter()
        .enumerate()
        .flat_map(|(day, cells)| {
            let busy = gaps::stretches(cells.len(), |column| cells[column] >= MUCH);
            busy.into_iter().map(move |(from, to)| (day, from, to + 1))
        })
        .collect();
    times.sort_by_key(|(day, from, to)| (std::cmp::Reverse(to - from), *day, *from));
    times.truncate(3);
    times.sort_unstable();
    let times =
        times.into_iter().map(|(day, from, to)| words.l.msg_week_time(words.weekday(day + 1), hour(from), hour(to)));
    let times: Vec<String> = times.collect();
    if times.is_empty() { words.l.msg_alt_week_even() } else { words.l.msg_alt_week(words.list(&times)) }
}
