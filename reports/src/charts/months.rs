//! Lines and bars over months: one panel a unit, so that no picture has two axes. A range is a bar from one of its ends to
//! the other, never a dot; what is usual is a light band behind this month and those that it rests on.

use std::collections::BTreeMap;

use hearth_shared::month::Month;
use hearth_shared::report::{Comparison, MIN_PEOPLE, Measure, Months, Point, Series, Status, comparison};

use super::{
    Size,
    ends::{self, End},
    gaps,
};
use crate::{
    claims::claims,
    scales::{Horizontal, SMALL, Vertical, month_axis},
    scene::{Anchor, At, Mark, Role, Scene, Text},
    text,
    values::messages,
    words::Words,
};

/// What the report says of the measures whose lines are drawn.
pub(crate) type Beside<'a> = BTreeMap<&'a str, &'a Measure>;

/// Draws the figure, or `None` where no month has a value.
pub(crate) fn draw(figure: &Months, beside: &Beside, words: &Words, size: Size) -> Option<Scene> {
    let figure = &since_first_value(figure)?;
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
            let usual = beside.get(&*panel[0].id).and_then(|measure| measure.usual);
            let highest = highest(panel).max(usual.map_or(0.0, |usual| usual.range[1]));
            let scale = if panel[0].unit == "share" {
                Vertical::of_shares(top, top + height)
            } else {
                Vertical::new(highest, top, top + height, if index == 0 { 3 } else { 2 })
            };
            bottoms.push(top + height);
            top += height + 26.0;
            scale
        })
        .collect();
    let written =
        |panel: &[&Series], tick: f64| words.figure(tick, if panel[0].unit == "share" { "share" } else { "" });
    let ticks =
        panels.iter().zip(&scales).flat_map(|(panel, scale)| scale.ticks.iter().map(|tick| written(panel, *tick)));
    let left = ticks.map(|tick| text::width(&tick, SMALL, false)).fold(0.0, f64::max).ceil() + 8.0;
    let axis = Horizontal::new(figure.months.len(), left, right);

    let mut above = 0.0;
    for ((panel, scale), (bottom, ends)) in panels.iter().zip(&scales).zip(bottoms.iter().zip(&labels)) {
        grid(&mut scene, scale, (left, right), &|tick| written(panel, tick));
        gaps::hatch(&mut scene, panel, axis, scale.y(*scale.ticks.last()?), *bottom);
        let measure = beside.get(&*panel[0].id).copied();
        usual(&mut scene, measure, scale, axis, figure.months.len());
        draw_panel(&mut scene, panel, scale, axis);
        for (place, verdict) in marks(panel[0], measure, &figure.months) {
            mark(&mut scene, verdict, (panel[0], place), scale, axis);
        }
        let ends: Vec<End> = ends.iter().map(|end| End { y: scale.y(end.y), ..end.clone() }).collect();
        ends::write(&mut scene, &ends, right + 10.0, (above, bottom + 12.0), None);
        above = bottom + 12.0;
    }
    let bottom = *bottoms.last()?;
    month_axis(&mut scene, &figure.months, axis, bottom, words);
    scene.height = bottom + 38.0;
    events(&mut scene, &kinds, axis, right, (12.0, bottom));
    let drawn = || panels.iter().flatten();
    let missing = drawn().flat_map(|series| &series.points);
    let band = panels.iter().any(|panel| beside.get(&*panel[0].id).is_some_and(|measure| measure.usual.is_some()));
    let is_marked =
        |panel: &Vec<&Series>| !marks(panel[0], beside.get(&*panel[0].id).copied(), &figure.months).is_empty();
    let marked = panels.iter().any(is_marked);
    let notes = [gaps::note(missing, words), band.then(|| words.l.msg_note_usual())].into_iter().flatten();
    let notes: Vec<String> = notes.chain(marked.then(|| words.l.msg_note_marks())).collect();
    gaps::write_note(&mut scene, (!notes.is_empty()).then(|| notes.join(" ")));
    Some(scene)
}

/// The figure from its first month with a value on, with the lines that tell something; `None` where there is none.
fn since_first_value(figure: &Months) -> Option<Months> {
    let first = |series: &Series| series.points.iter().position(|point| point.value.is_some());
    let drawn: Vec<&Series> =
        figure.series.iter().enumerate().filter(|(place, series)| tells(series, *place == 0)).map(|it| it.1).collect();
    let start = drawn.iter().filter_map(|series| first(series)).min()?;
    let cut = |series: &&Series| Series {
        points: series.points.get(start..).unwrap_or_default().to_vec(),
        ..(*series).clone()
    };
    Some(Months {
        months: figure.months.get(start..).unwrap_or_default().to_vec(),
        series: drawn.iter().map(cut).collect(),
        events: figure.events.clone(),
    })
}

/// Whether a line tells something. Of a room, people are ranges in every month, and they may differ; but “fewer than 5” in
/// every month, or a second line of which only ranges are known, would be a picture of nothing.
fn tells(series: &Series, is_first: bool) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "five")]
    let least = MIN_PEOPLE as f64;
    let some = |point: &Point| gaps::range(point).is_some_and(|[low, _]| low >= least);
    series.points.iter().any(|point| gaps::exact(point).is_some() || is_first && some(point))
}

/// What a room's picture is about, which shows the first panel only; `None` where that is all of it.
pub(crate) fn first(figure: &Months, words: &Words) -> Option<String> {
    let figure = since_first_value(figure)?;
    let first = figure.series.first().filter(|_| panels(&figure.series).len() > 1)?;
    Some(words.measure(&first.id))
}

/// Every line's last value, the first of each unit beside what is usual, and which lines are not known.
pub(crate) fn says(figure: &Months, beside: &Beside, words: &Words) -> String {
    let Some(last) = figure.months.last() else { return String::new() };
    let month = words.month_year(*last);
    let leads: Vec<&str> = panels(&figure.series).iter().map(|panel| &*panel[0].id).collect();
    let say = |series: &Series| {
        let name = words.measure(&series.id);
        let measure = beside.get(&*series.id).copied();
        if series.points.iter().all(|point| point.value.is_none()) {
            let reason = measure.and_then(|measure| measure.cell.reason.as_deref());
            return words.l.msg_alt_line_left_out(name, words.reason_after_colon(reason));
        }
        let point = series.points.last().copied();
        let Some(value) = point.and_then(|point| point.value) else {
            return gaps::says(point.map_or(Status::Na, |point| point.status), name, &month, words);
        };
        let written = words.released(value, &series.unit);
        let written = match point.and_then(|point| point.interval) {
            Some(interval) => format!("{written} ({})", words.between(interval, &series.unit)),
            None => written,
        };
        let Some(measure) = measure.filter(|_| leads.contains(&&*series.id)) else {
            return words.l.msg_alt_last(name, written, &month);
        };
        let said = match &measure.usual {
            Some(usual) => {
                words.l.msg_alt_last_usual(name, written, &month, words.usual(&series.id, usual, &series.unit))
            }
            None => words.l.msg_alt_last(name, written, &month),
        };
        let claims = claims(&series.id, measure, *last, words);
        std::iter::once(said)
            .chain(claims)
            .chain(says_earlier(series, &figure.months, words))
            .collect::<Vec<_>>()
            .join(" ")
    };
    figure.series.iter().map(say).collect::<Vec<_>>().join(" ")
}

/// Which earlier months were said to be more or less than usual, for those who do not see the marks.
fn says_earlier(series: &Series, months: &[Month], words: &Words) -> Vec<String> {
    let earlier = marks(series, None, months);
    let named = |said: Comparison| {
        let of = earlier.iter().filter(|(_, one)| *one == said);
        let names: Vec<String> = of.map(|(place, _)| words.month_year(months[*place])).collect();
        (!names.is_empty()).then(|| words.list(&names))
    };
    let more = named(Comparison::More).map(|months| words.l.msg_alt_marks_more(months));
    more.into_iter().chain(named(Comparison::Less).map(|months| words.l.msg_alt_marks_less(months))).collect()
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
            Some(value) => {
                let y = ends_of(last, &series.unit).map_or(0.0, |[low, high]| f64::midpoint(low, high));
                End { y, value: words.released(value, &series.unit), name, role }
            }
            None => {
                let why = match last.status {
                    Status::Suppressed => words.l.msg_not_shown_here(),
                    _ => words.l.msg_no_value_here(),
                };
                let y = series.points.iter().rev().find_map(Point::number).unwrap_or(0.0);
                End { y, value: name, name: why, role: Role::Muted }
            }
        })
    };
    panel.iter().enumerate().filter_map(label).collect()
}

/// The ends between which a point lies: its range, or what a number of messages was rounded from.
fn ends_of(point: &Point, unit: &str) -> Option<[f64; 2]> {
    let value = point.value?;
    Some(match value.value() {
        Some(grid) if unit == "messages" => messages(grid),
        _ => value.ends(),
    })
}

/// The colour of a panel's first series: what is volume, and so context only, is not accented.
fn lead(panel: &[&Series]) -> Role {
    if is_volume(panel) { Role::Second } else { Role::Accent }
}

fn is_volume(panel: &[&Series]) -> bool {
    matches!(panel, [only] if only.unit == "messages")
}

fn highest(panel: &[&Series]) -> f64 {
    let points = panel.iter().flat_map(|series| series.points.iter().map(|point| (point, &*series.unit)));
    let ends = points.filter_map(|(point, unit)| point.interval.or_else(|| ends_of(point, unit)));
    ends.fold(0.0, |highest, [_, high]| f64::max(highest, high))
}

fn grid(scene: &mut Scene, scale: &Vertical, (left, right): (f64, f64), written: &dyn Fn(f64) -> String) {
    for (index, tick) in scale.ticks.iter().enumerate() {
        let y = scale.y(*tick);
        scene.line((left, y), (right, y), 1.0, if index == 0 { Role::Axis } else { Role::Grid });
        let (at, text) = ((left - 8.0, y + 4.3), written(*tick));
        scene.text(Text { at, text, size: SMALL, bold: false, role: Role::Muted, anchor: Anchor::End });
    }
}

/// What is usual: a light band over this month and the months that it rests on.
fn usual(scene: &mut Scene, measure: Option<&Measure>, scale: &Vertical, axis: Horizontal, months: usize) {
    let Some(usual) = measure.and_then(|measure| measure.usual) else { return };
    let from = months.saturating_sub(usize::try_from(usual.months).unwrap_or(months) + 1);
    let [low, high] = usual.range.map(|end| scale.y(end.max(0.0)));
    scene.rect((axis.start(from), high), (axis.start(months), low), Role::Third, 0.28);
}

/// The places of the months that are or were said to be more or less than usual, oldest first.
fn marks(series: &Series, measure: Option<&Measure>, months: &[Month]) -> Vec<(usize, Comparison)> {
    let last = months.len().saturating_sub(1);
    let earlier = series.marks.iter().filter_map(|it| {
        let place = months.iter().position(|month| *month == it.month).filter(|place| *place < last)?;
        Some((place, comparison(&series.id, Some(it.verdict))?))
    });
    let now = measure.and_then(|measure| comparison(&series.id, measure.month));
    let said = earlier.chain(now.map(|said| (last, said)));
    said.filter(|(_, said)| matches!(said, Comparison::More | Comparison::Less)).collect()
}

/// A triangle where a month is more or less than usual, upwards or downwards; earlier ones are smaller.
fn mark(scene: &mut Scene, said: Comparison, (series, place): (&Series, usize), scale: &Vertical, axis: Horizontal) {
    let Some(ends) = series.points.get(place).and_then(|point| ends_of(point, &series.unit)) else { return };
    let x = axis.x(place);
    let (size, role) = if place + 1 == series.points.len() { (1.0, Role::Ink) } else { (0.8, Role::Muted) };
    let (y, tip) = match said {
        Comparison::Less => (scale.y(ends[0]) + 8.0, 7.0 * size),
        _ => (scale.y(ends[1]) - 8.0, -7.0 * size),
    };
    let points = vec![(x - 5.0 * size, y), (x + 5.0 * size, y), (x, y + tip)];
    scene.marks.push(Mark::Area { points, role, opacity: 1.0 });
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

/// Bars up to the least that it may be, and lighter up to the most.
fn bars(scene: &mut Scene, series: &Series, scale: &Vertical, axis: Horizontal) {
    let half = (axis.slot * 0.36).clamp(0.5, 26.0);
    for (index, point) in series.points.iter().enumerate() {
        let Some([low, high]) = ends_of(point, &series.unit) else { continue };
        let (x, last) = (axis.x(index), index + 1 == series.points.len());
        let role = if last { Role::Second } else { Role::Third };
        scene.rect((x - half, scale.y(low)), (x + half, scale.y(0.0)), role, 1.0);
        scene.rect((x - half, scale.y(high)), (x + half, scale.y(low)), role, 0.4);
    }
}

fn line(scene: &mut Scene, points: &[Point], scale: &Vertical, axis: Horizontal, lead: bool) {
    let (role, width) = if lead { (Role::Accent, 2.4) } else { (Role::Context, 1.5) };
    let last = points.len().saturating_sub(1);
    let half = (axis.slot * 0.3).clamp(1.0, 14.0);
    for (index, [low, high]) in points.iter().enumerate().filter_map(|(it, point)| Some((it, gaps::range(point)?))) {
        let (x, opacity) = (axis.x(index), if index == last { 0.75 } else { 0.4 });
        scene.rect((x - half, scale.y(high)), (x + half, scale.y(low)), role, opacity);
    }
    let ranged = points.iter().any(|point| gaps::range(point).is_some());
    for (from, to) in gaps::runs(points) {
        let run = || (from..=to).filter_map(|index| gaps::exact(&points[index]).map(|value| (index, value)));
        let banded: Vec<(f64, [f64; 2])> =
            (from..=to).filter_map(|index| Some((axis.x(index), points[index].interval?))).collect();
        if lead {
            band(scene, &banded, scale);
        }
        scene.path(run().map(|(index, value)| (axis.x(index), scale.y(value))).collect(), width, role);
        // A month alone between gaps has no line: a dot keeps it visible. Between ranges, dots show which months are numbers.
        for (index, value) in run().filter(|(index, _)| from == to || *index == last || lead && ranged) {
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
            scene.marks.push(Mark::Area { points, role: Role::Accent, opacity: 0.16 });
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
