//! Stacked bars over months, above and below a zero line.

use hearth_shared::report::{Diverging, Series, measure_id};

use super::{
    Size,
    ends::{self, End},
    gaps,
};
use crate::{
    scales::{Horizontal, SMALL, month_axis, round_step},
    scene::{Anchor, Role, Scene, Text},
    text,
    words::Words,
};

/// The height of the block that stands for the unknown parts of a stack.
const UNKNOWN: f64 = 26.0;

/// Draws the figure, or `None` where no month has a value.
pub(crate) fn draw(figure: &Diverging, words: &Words, size: Size) -> Option<Scene> {
    let all: Vec<&Series> = figure.above.iter().chain(&figure.below).collect();
    all.iter().find(|series| series.points.iter().any(|point| point.value.is_some()))?;
    let known = |stacked: &[Series]| tallest(stacked, 0.0);
    // Room for the hatched blocks, where there are any.
    let block = 0.13 * (known(&figure.above) + known(&figure.below));
    let (up, down) = (tallest(&figure.above, block), tallest(&figure.below, block));
    let step = round_step(up + down, 5);
    let (up_ticks, down_ticks) = ((up / step).ceil().max(1.0), (down / step).ceil());
    let (top, height) = (14.0, size.height(270.0, 230.0));
    let unit = height / ((up_ticks + down_ticks) * step);
    let zero = top + up_ticks * step * unit;
    let bottom = top + height;

    let mut scene = Scene::new(size.width());
    let labels = end_labels(figure, words, zero, unit);
    let right = size.width() - ends::gutter(&labels, size.pick(140.0, 84.0)) - 26.0;
    #[expect(clippy::cast_possible_truncation, reason = "a handful of ticks")]
    let ticks: Vec<f64> = (-(down_ticks as i32)..=up_ticks as i32).map(|tick| f64::from(tick) * step).collect();
    let left =
        ticks.iter().map(|tick| text::width(&words.figure(tick.abs(), ""), SMALL, false)).fold(0.0, f64::max).ceil()
            + 8.0;
    let axis = Horizontal::new(figure.months.len(), left, right);
    for tick in ticks {
        let y = zero - tick * unit;
        if tick != 0.0 {
            scene.line((left, y), (right, y), 1.0, Role::Grid);
        }
        let (at, text) = ((left - 8.0, y + 4.3), words.figure(tick.abs(), ""));
        scene.text(Text { at, text, size: SMALL, bold: false, role: Role::Muted, anchor: Anchor::End });
    }
    gaps::hatch(&mut scene, &all, axis, top, bottom);
    for index in 0..figure.months.len() {
        let known = all.iter().any(|series| series.points.get(index).is_some_and(|point| point.value.is_some()));
        if known {
            stack(&mut scene, &figure.above, index, axis, zero, unit);
            stack(&mut scene, &figure.below, index, axis, zero, -unit);
        }
    }
    scene.line((left, zero), (right, zero), 1.2, Role::Ink);
    let last_edge = axis.x(figure.months.len().saturating_sub(1)) + half(axis);
    ends::write(&mut scene, &labels, right + 16.0, (0.0, bottom + 12.0), Some(last_edge + 2.0));
    month_axis(&mut scene, &figure.months, axis, bottom, words);
    scene.height = bottom + 38.0;
    gaps::write_note(&mut scene, gaps::note(all.iter().flat_map(|series| &series.points), words));
    Some(scene)
}

/// The last month's parts.
pub(crate) fn says(figure: &Diverging, words: &Words) -> String {
    let Some(month) = figure.months.last() else { return String::new() };
    let (mut parts, mut hidden) = (Vec::new(), Vec::new());
    for series in figure.above.iter().chain(&figure.below) {
        let name = words.label(&series.id);
        match series.points.last().and_then(|point| point.value) {
            Some(value) => parts.push(format!("{name} {}", words.figure(value, &series.unit))),
            None => hidden.push(name),
        }
    }
    let known = (!parts.is_empty()).then(|| words.l.msg_alt_growth(words.month_year(*month), words.list(&parts)));
    let hidden = (!hidden.is_empty()).then(|| words.l.msg_alt_not_shown(words.list(&hidden)));
    known.into_iter().chain(hidden).collect::<Vec<_>>().join(" ")
}

/// The height of the tallest stack, where `block` stands for what is not known of one.
fn tallest(stacked: &[Series], block: f64) -> f64 {
    let months = stacked.iter().map(|series| series.points.len()).max().unwrap_or(0);
    let height = |index: usize| {
        let values = stacked.iter().filter_map(|series| series.points.get(index)).map(|point| point.value);
        let known: f64 = values.clone().flatten().sum();
        if values.into_iter().any(|value| value.is_none()) { known + block } else { known }
    };
    (0..months).map(height).fold(0.0, f64::max)
}

/// The colour of a series: what is new is accented, what stays is quiet.
fn role(id: &str, index: usize) -> Role {
    match (id, index) {
        (measure_id::NEW_POSTERS, _) => Role::Accent,
        (measure_id::RETAINED, _) => Role::Third,
        (measure_id::REACTIVATED, _) => Role::Second,
        (measure_id::LAPSED, _) => Role::Context,
        (_, 0) => Role::Accent,
        (_, 1) => Role::Third,
        (_, 2) => Role::Second,
        _ => Role::Context,
    }
}

/// Half the width of a bar: a month alone is no wall.
fn half(axis: Horizontal) -> f64 {
    (axis.slot * 0.38).clamp(0.5, 30.0)
}

/// Draws one month's parts outwards from the zero line; `unit` is negative below it. What is not known lies outermost,
/// as one hatched block that says "and some more": its height means nothing.
fn stack(scene: &mut Scene, parts: &[Series], index: usize, axis: Horizontal, zero: f64, unit: f64) {
    let half = half(axis);
    let (x, mut y) = (axis.x(index), zero);
    for (part, series) in parts.iter().enumerate() {
        let Some(value) = series.points.get(index).and_then(|point| point.value) else { continue };
        let end = y - value * unit;
        // A hairline of paper between parts tells them apart without colour.
        let seam = if y == zero { 0.0 } else { 0.8 * unit.signum() };
        let (from, to) = (y - seam, end);
        let opacity = if index + 1 == series.points.len() { 1.0 } else { 0.62 };
        scene.rect((x - half, from.min(to)), (x + half, from.max(to)), role(&series.id, part), opacity);
        y = end;
    }
    if parts.iter().any(|series| series.points.get(index).is_some_and(|point| point.value.is_none())) {
        let (from, to) = (y - unit.signum(), y - (UNKNOWN + 1.0) * unit.signum());
        scene.hatch((x - half, from.min(to)), (x + half, from.max(to)));
    }
}

/// The last month's parts: value and name, at the middle of each. What is not known comes last, at its block.
fn end_labels(figure: &Diverging, words: &Words, zero: f64, unit: f64) -> Vec<End> {
    let mut labels = Vec::new();
    for (parts, unit) in [(&figure.above, unit), (&figure.below, -unit)] {
        let mut y = zero;
        let mut unknown = Vec::new();
        for series in parts {
            let Some(point) = series.points.last() else { continue };
            let name = words.label(&series.id);
            let Some(value) = point.value else {
                unknown.push(name);
                continue;
            };
            let role = if series.id == measure_id::NEW_POSTERS { Role::Accent } else { Role::Ink };
            let middle = y - value * unit / 2.0;
            labels.push(End { y: middle, value: words.figure(value, &series.unit), name, role });
            y -= value * unit;
        }
        let middle = y - UNKNOWN * unit.signum() / 2.0;
        let hidden = unknown.into_iter().map(|value| {
            let name = words.l.msg_not_shown_here();
            End { y: middle, value, name, role: Role::Muted }
        });
        labels.extend(hidden);
    }
    labels
}
