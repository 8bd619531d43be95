//! What became of what retrospectives agreed: a column a retrospective, and how old the open actions are.

use hearth_shared::report::{Actions, Age, Point, RetroActions};
use jiff::civil::Date;

use super::{
    Size,
    ends::{self, End},
    gaps,
};
use crate::{
    place,
    scales::{Horizontal, SMALL, Vertical},
    scene::{Anchor, Role, Scene},
    text,
    words::Words,
};

/// The most retrospectives: the latest are shown.
const COLUMNS: usize = 12;
const BAR: f64 = 15.0;

/// Draws the figure, or `None` where nothing was agreed or too few people did.
pub(crate) fn draw(figure: &Actions, words: &Words, size: Size) -> Option<Scene> {
    let retros = &figure.retros[figure.retros.len().saturating_sub(COLUMNS)..];
    let highest = retros.iter().filter_map(total).reduce(f64::max).filter(|highest| *highest > 0.0)?;
    let mut scene = Scene::new(size.width());
    let (top, bottom) = (12.0, 12.0 + size.pick(180.0, 150.0));
    let scale = Vertical::new(highest, top, bottom, 3);
    let labels = labels(retros, words, &scale);
    let right = size.width() - ends::gutter(&labels, size.pick(140.0, 92.0)) - 24.0;
    let ticks: Vec<f64> = scale.ticks.iter().copied().filter(|tick| tick.fract() == 0.0).collect();
    let left =
        ticks.iter().map(|tick| text::width(&words.number(*tick, 0), SMALL, false)).fold(0.0, f64::max).ceil() + 8.0;
    for tick in ticks {
        let y = scale.y(tick);
        scene.line((left, y), (right, y), 1.0, if tick == 0.0 { Role::Axis } else { Role::Grid });
        scene.write((left - 8.0, y + 4.3), words.number(tick, 0), (SMALL, false), Role::Muted, Anchor::End);
    }
    let axis = Horizontal::new(retros.len(), left, right);
    let half = (axis.slot * 0.38).min(30.0);
    for (index, retro) in retros.iter().enumerate() {
        let x = axis.x(index);
        if total(retro).is_none() {
            scene.hatch((axis.start(index) + 2.0, top), (axis.start(index + 1) - 2.0, bottom));
            continue;
        }
        let mut base = 0.0;
        for (point, role) in parts(retro) {
            let value = point.number().unwrap_or_default();
            let seam = if base > 0.0 { 0.8 } else { 0.0 };
            scene.rect((x - half, scale.y(base + value)), (x + half, scale.y(base) - seam), role, 1.0);
            base += value;
        }
    }
    let edge = axis.x(retros.len().saturating_sub(1)) + half;
    ends::write(&mut scene, &labels, right + 14.0, (0.0, bottom + 10.0), Some(edge + 2.0));
    days(&mut scene, &retros.iter().map(|retro| retro.date).collect::<Vec<_>>(), axis, bottom, words);
    scene.height = bottom + 38.0;
    if figure.open.iter().any(|age| age.actions.number().is_some_and(|actions| actions > 0.0)) {
        ages(&mut scene, &figure.open, words, size);
    }
    let points = retros.iter().flat_map(|retro| [&retro.done, &retro.open, &retro.dropped]);
    let points = points.chain(figure.open.iter().map(|age| &age.actions));
    gaps::write_note(&mut scene, gaps::note(points, words));
    Some(scene)
}

/// The parts of a column from below: what is settled is quiet, what is open stands out.
fn parts(retro: &RetroActions) -> [(Point, Role); 3] {
    [(retro.done, Role::Second), (retro.dropped, Role::Third), (retro.open, Role::Accent)]
}

/// How many actions there were, where all parts are known.
fn total(retro: &RetroActions) -> Option<f64> {
    Some(retro.done.number()? + retro.open.number()? + retro.dropped.number()?)
}

/// The last column's parts, at their middles.
fn labels(retros: &[RetroActions], words: &Words, scale: &Vertical) -> Vec<End> {
    let Some(last) = retros.last() else { return Vec::new() };
    let names = [words.l.msg_actions_done(), words.l.msg_actions_dropped(), words.l.msg_actions_open()];
    let mut base = 0.0;
    let label = |((point, role), name): ((Point, Role), String)| {
        let value = point.number().unwrap_or_default();
        base += value;
        let role = if role == Role::Accent { Role::Accent } else { Role::Ink };
        let value_text = point.number().map_or_else(|| "–".to_owned(), |value| words.number(value, 0));
        End { y: scale.y(base - value / 2.0), value: value_text, name, role }
    };
    parts(last).into_iter().zip(names).map(label).collect()
}

/// Writes the days of the columns below `y`, and years where they change.
pub(crate) fn days(scene: &mut Scene, dates: &[Date], axis: Horizontal, y: f64, words: &Words) {
    let last = dates.len().saturating_sub(1);
    let names: Vec<String> = dates.iter().map(|date| words.day(*date)).collect();
    let centres: Vec<f64> = (0..dates.len()).map(|index| axis.x(index)).collect();
    let widths: Vec<f64> = names.iter().enumerate().map(|(i, name)| text::width(name, SMALL, i == last)).collect();
    let ranks: Vec<u8> = (0..dates.len()).map(|index| 1 + u8::from(index == last)).collect();
    let shown = place::row(&centres, &widths, &ranks, 7.0);
    let mut years: Vec<(f64, i16)> = Vec::new();
    for index in (0..dates.len()).filter(|index| shown[*index]) {
        let (bold, role) = if index == last { (true, Role::Ink) } else { (false, Role::Muted) };
        scene.write((centres[index], y + 17.0), &names[index], (SMALL, bold), role, Anchor::Middle);
        if years.last().is_none_or(|(x, year)| *year != dates[index].year() && centres[index] - x > 40.0) {
            years.push((centres[index], dates[index].year()));
        }
    }
    for (x, year) in years {
        scene.write((x, y + 32.0), year.to_string(), (SMALL, false), Role::Muted, Anchor::Middle);
    }
}

/// A bar an age, below what is there.
fn ages(scene: &mut Scene, ages: &[Age], words: &Words, size: Size) {
    let names: Vec<String> = ages.iter().map(|age| age_name(age, words)).collect();
    let left = names.iter().map(|name| text::width(name, SMALL, false)).fold(0.0, f64::max).ceil() + 10.0;
    let highest = ages.iter().filter_map(|age| age.actions.number()).fold(1.0, f64::max);
    let right = size.width().min(left + size.pick(300.0, 150.0));
    let mut y = scene.height + 22.0;
    scene.write((0.0, y), words.l.msg_actions_ages(), (14.0, true), Role::Ink, Anchor::Start);
    for (age, name) in ages.iter().zip(names) {
        y += 23.0;
        scene.write((left - 10.0, y), name, (SMALL, false), Role::Muted, Anchor::End);
        match age.actions.number() {
            Some(actions) => {
                let end = left + (right - left) * actions / highest;
                scene.rect((left, y - BAR + 3.0), (end, y + 3.0), Role::Accent, 1.0);
                scene.write((end + 6.0, y), words.number(actions, 0), (SMALL, true), Role::Ink, Anchor::Start);
            }
            None => scene.hatch((left, y - BAR + 3.0), (left + 60.0, y + 3.0)),
        }
    }
    scene.height = y + 10.0;
}

fn age_name(age: &Age, words: &Words) -> String {
    let [from, to] = [Some(age.from), age.to].map(|days| days.map(|days| words.number(f64::from(days), 0)));
    match (age.from, from, to) {
        (0, _, Some(to)) => words.l.msg_age_under(to),
        (_, Some(from), Some(_)) => {
            let before = words.number(f64::from(age.to.unwrap_or(1).saturating_sub(1)), 0);
            words.l.msg_age_between(from, before)
        }
        (_, from, _) => words.l.msg_age_over(from.unwrap_or_default()),
    }
}

/// How much of what was agreed is done, and how much is still open.
pub(crate) fn says(figure: &Actions, words: &Words) -> String {
    let known: Vec<&RetroActions> = figure.retros.iter().filter(|retro| total(retro).is_some()).collect();
    let sum =
        |part: &dyn Fn(&RetroActions) -> Point| known.iter().filter_map(|retro| part(retro).number()).sum::<f64>();
    let [done, open, dropped] = [sum(&|retro| retro.done), sum(&|retro| retro.open), sum(&|retro| retro.dropped)];
    let all = done + open + dropped;
    if known.is_empty() {
        return String::new();
    }
    let [all_text, done, open] = [all, done, open].map(|number| words.number(number, 0));
    words.l.msg_alt_actions(all, done, open, all_text)
}
