//! Lines and bars over months: one panel a unit, so that no picture has two axes.

use hearth_shared::report::{Months, Point, Series, Status};

use super::{
    Size,
    ends::{self, End},
    gaps,
};
use crate::{
    scales::{Horizontal, SMALL, Vertical, month_axis},
    scene::{Anchor, At, Role, Scene, Text},
    text,
    words::Words,
};

/// Draws the figure, or `None` where no month has a value.
pub(crate) fn draw(figure: &Months, words: &Words, size: Size) -> Option<Scene> {
    let known = |series: &&Series| series.points.iter().any(|point| point.value.is_some());
    figure.series.iter().find(known)?;
    let mut panels = panels(&figure.series);
    if size == Size::Room {
        panels.truncate(1);
    }
    let width = size.width();
    let labels: Vec<Vec<End>> = panels.iter().map(|panel| end_labels(panel, words)).collect();
    // In a room there is no space for what else happened.
    let kinds = if size == Size::Room { Vec::new() } else { kinds(figure, words) };
    let names = kinds.iter().map(|(name, _)| text::width(name, SMALL, false).ceil().min(size.pick(136.0, 104.0)));
    let gutter = labels.iter().map(|ends| ends::gutter(ends, size.pick(136.0, 88.0))).chain(names).fold(0.0, f64::max);
    let right = width - gutter - 12.0;

    let mut scene = Scene::new(width);
    let mut bottoms = Vec::new();
    let mut top = 12.0;
    let scales: Vec<Vertical> = panels
        .iter()
        .enumerate()
        .map(|(index, panel)| {
            let height = if index == 0 { size.height(190.0, 150.0) } else { size.pick(96.0, 84.0) };
            let scale = Vertical::new(highest(panel), top, top + height, if index == 0 { 3 } else { 2 });
            bottoms.push(top + height);
            top += height + 26.0;
            scale
        })
        .collect();
    let ticks = scales.iter().flat_map(|scale| scale.ticks.iter().map(|tick| words.figure(*tick, "")));
    let left = ticks.map(|tick| text::width(&tick, SMALL, false)).fold(0.0, f64::max).ceil() + 8.0;
    let axis = Horizontal::new(figure.months.len(), left, right);

    let mut above = 0.0;
    for ((panel, scale), (bottom, ends)) in panels.iter().zip(&scales).zip(bottoms.iter().zip(&labels)) {
        grid(&mut scene, scale, left, right, words);
        gaps::hatch(&mut scene, panel, axis, scale.y(*scale.ticks.last()?), *bottom);
        draw_panel(&mut scene, panel, scale, axis);
        let ends: Vec<End> = ends.iter().map(|end| End { y: scale.y(end.y), ..end.clone() }).collect();
        ends::write(&mut scene, &ends, right + 10.0, (above, bottom + 12.0), None);
        above = bottom + 12.0;
    }
    let bottom = *bottoms.last()?;
    month_axis(&mut scene, &figure.months, axis, bottom, words);
    scene.height = bottom + 38.0;
    events(&mut scene, &kinds, axis, right, (12.0, bottom));
    gaps::write_note(&mut scene, gaps::note(figure.series.iter().flat_map(|series| &series.points), words));
    Some(scene)
}

/// What a room's picture is about, which shows the first panel only; `None` where that is all of it.
pub(crate) fn first(figure: &Months, words: &Words) -> Option<String> {
    let first = figure.series.first().filter(|_| panels(&figure.series).len() > 1)?;
    Some(words.measure(&first.id))
}

/// Every line's last value, beside those before.
pub(crate) fn says(figure: &Months, words: &Words) -> String {
    let Some(last) = figure.months.last() else { return String::new() };
    let month = words.month_year(*last);
    let say = |series: &Series| {
        let name = words.measure(&series.id);
        let write = |value: f64| words.figure(value, &series.unit);
        let point = series.points.last().copied();
        let Some((value, point)) = point.and_then(|point| Some((point.value?, point))) else {
            return gaps::says(point.map_or(Status::Na, |point| point.status), name, &month, words);
        };
        if let Some(interval) = point.interval {
            return words.l.msg_alt_last_interval(name, write(value), words.interval(interval, &series.unit), &month);
        }
        let earlier = || series.points.iter().rev().skip(1).filter_map(|point| point.value);
        let (low, high) = (earlier().fold(f64::INFINITY, f64::min), earlier().fold(0.0, f64::max));
        if low < high {
            words.l.msg_alt_last_range(name, write(value), &month, write(low), write(high))
        } else {
            words.l.msg_alt_last(name, write(value), &month)
        }
    };
    figure.series.iter().map(say).collect::<Vec<_>>().join(" ")
}

/// The series by unit, in the order in which the units come.
fn panels(series: &[Series]) -> Vec<Vec<&Series>> {
    let mut panels: Vec<Vec<&Series>> = Vec::new();
    for line in series {
        match panels.iter_mut().find(|panel| panel[0].unit == line.unit) {
            Some(panel) => panel.push(line),
            None => panels.push(vec![line]),
        }
    }
    panels
}

/// The labels at the right; their `y` is still a value.
fn end_labels(panel: &[&Series], words: &Words) -> Vec<End> {
    let label = |(index, series): (usize, &&Series)| {
        let name = words.label(&series.id);
        let last = series.points.last()?;
        let role = if index == 0 { lead(panel) } else { Role::Muted };
        Some(match last.value {
            Some(value) => End { y: value, value: words.figure(value, &series.unit), name, role },
            None => {
                let why = match last.status {
                    Status::Suppressed => words.l.msg_not_shown_here(),
                    _ => words.l.msg_no_value_here(),
                };
                let y = series.points.iter().rev().find_map(|point| point.value).unwrap_or(0.0);
                End { y, value: name, name: why, role: Role::Muted }
            }
        })
    };
    panel.iter().enumerate().filter_map(label).collect()
}

/// The colour of a panel's first series: what is volume, and so context only, is not accented.
fn lead(panel: &[&Series]) -> Role {
    if is_volume(panel) { Role::Second } else { Role::Accent }
}

fn is_volume(panel: &[&Series]) -> bool {
    matches!(panel, [only] if only.unit == "messages")
}

fn highest(panel: &[&Series]) -> f64 {
    let points = panel.iter().flat_map(|series| &series.points);
    points.filter_map(|point| point.interval.map(|[_, high]| high).or(point.value)).fold(0.0, f64::max)
}

fn grid(scene: &mut Scene, scale: &Vertical, left: f64, right: f64, words: &Words) {
    for (index, tick) in scale.ticks.iter().enumerate() {
        let y = scale.y(*tick);
        scene.line((left, y), (right, y), 1.0, if index == 0 { Role::Axis } else { Role::Grid });
        let (at, text) = ((left - 8.0, y + 4.3), words.figure(*tick, ""));
        scene.text(Text { at, text, size: SMALL, bold: false, role: Role::Muted, anchor: Anchor::End });
    }
}

fn draw_panel(scene: &mut Scene, panel: &[&Series], scale: &Vertical, axis: Horizontal) {
    if is_volume(panel) {
        bars(scene, panel[0], scale, axis);
        return;
    }
    // The most important is drawn last, on top.
    for (index, series) in panel.iter().enumerate().rev() {
        line(scene, &series.points, scale, axis, index == 0);
    }
}

fn bars(scene: &mut Scene, series: &Series, scale: &Vertical, axis: Horizontal) {
    let half = (axis.slot * 0.36).clamp(0.5, 26.0);
    for (index, point) in series.points.iter().enumerate() {
        let Some(value) = point.value else { continue };
        let (x, last) = (axis.x(index), index + 1 == series.points.len());
        let role = if last { Role::Second } else { Role::Third };
        scene.rect((x - half, scale.y(value)), (x + half, scale.y(0.0)), role, 1.0);
    }
}

fn line(scene: &mut Scene, points: &[Point], scale: &Vertical, axis: Horizontal, lead: bool) {
    let (role, width) = if lead { (Role::Accent, 2.4) } else { (Role::Context, 1.5) };
    let last = points.len().saturating_sub(1);
    for (from, to) in gaps::runs(points) {
        let run = || (from..=to).filter_map(|index| points[index].value.map(|value| (index, value)));
        let banded: Vec<(f64, [f64; 2])> =
            (from..=to).filter_map(|index| Some((axis.x(index), points[index].interval?))).collect();
        if lead {
            band(scene, &banded, scale);
        }
        scene.path(run().map(|(index, value)| (axis.x(index), scale.y(value))).collect(), width, role);
        // A month alone between gaps has no line: a dot keeps it visible.
        for (index, value) in run().filter(|(index, _)| from == to || *index == last) {
            let radius = if index == last { if lead { 4.5 } else { 3.0 } } else { 2.0 };
            scene.dot((axis.x(index), scale.y(value)), radius, role);
        }
    }
}

fn band(scene: &mut Scene, banded: &[(f64, [f64; 2])], scale: &Vertical) {
    match banded {
        [] => {}
        [(x, [low, high])] => scene.line((*x, scale.y(*low)), (*x, scale.y(*high)), 4.0, Role::Third),
        _ => {
            let upper = banded.iter().map(|(x, [_, high])| (*x, scale.y(*high)));
            let lower = banded.iter().rev().map(|(x, [low, _])| (*x, scale.y(*low)));
            let points: Vec<At> = upper.chain(lower).collect();
            scene.marks.push(crate::scene::Mark::Area { points, role: Role::Accent, opacity: 0.16 });
        }
    }
}

/// The kinds of events in the months of the figure, each with its name and the places of its months, rarest first.
fn kinds(figure: &Months, words: &Words) -> Vec<(String, Vec<usize>)> {
    let mut kinds: Vec<(&str, Vec<usize>)> = Vec::new();
    for event in &figure.events {
        let Some(index) = figure.months.iter().position(|month| *month == event.month) else { continue };
        match kinds.iter_mut().find(|(id, _)| *id == event.id) {
            Some((_, places)) => places.push(index),
            None => kinds.push((&event.id, vec![index])),
        }
    }
    kinds.sort_by_key(|(id, places)| (places.len(), *id));
    kinds.into_iter().map(|(id, places)| (words.event(id), places)).collect()
}

/// Marks what happened when: a row a kind below the months, named at the right. What happened once or twice is marked
/// through the panels too.
fn events(scene: &mut Scene, kinds: &[(String, Vec<usize>)], axis: Horizontal, right: f64, (top, bottom): (f64, f64)) {
    for (name, places) in kinds {
        let y = scene.height + 8.0;
        scene.line((axis.left, y), (right, y), 1.0, Role::Grid);
        for place in places {
            let x = axis.x(*place);
            if places.len() <= 2 {
                scene.line((x, top), (x, bottom), 1.0, Role::Axis);
            }
            scene.dot((x, y), (axis.slot * 0.3).clamp(1.5, 3.5), Role::Muted);
        }
        let name = text::fit(name, SMALL, false, scene.width - right - 10.0);
        scene.write((right + 10.0, y + 4.3), name, (SMALL, false), Role::Muted, Anchor::Start);
        scene.height = y + 10.0;
    }
}
