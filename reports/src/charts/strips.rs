//! How values spread, month by month, on a logarithmic axis: a thin line from the 10th to the 90th percentile, a thick
//! one around the middle half, a dot at the median.

use hearth_shared::report::{Point, Status, Strips, figure_id};

use super::{
    Size,
    ends::{self, End},
    gaps,
};
use crate::{
    scales::{Horizontal, Logarithmic, SMALL, month_axis},
    scene::{Anchor, Role, Scene},
    text,
    words::Words,
};

/// Draws the figure, or `None` where no month has quantiles.
pub(crate) fn draw(figure: &Strips, words: &Words, size: Size) -> Option<Scene> {
    let all = || figure.strips.iter().filter_map(|strip| strip.quantiles);
    all().next()?;
    let ends = [
        all().map(|quantiles| quantiles[0]).fold(f64::INFINITY, f64::min),
        all().map(|quantiles| quantiles[4]).fold(0.0, f64::max),
    ];
    let (top, bottom) = (12.0, 12.0 + size.pick(250.0, 220.0));
    let axis = Logarithmic::new(ends, top, bottom);
    let labels = labels(figure, words, &axis);
    let right = size.width() - ends::gutter(&labels, size.pick(130.0, 88.0)) - 12.0;
    let ticks: Vec<String> = axis.ticks.iter().map(|tick| words.duration(*tick)).collect();
    let left = ticks.iter().map(|tick| text::width(tick, SMALL, false)).fold(0.0, f64::max).ceil() + 8.0;
    let across = Horizontal::new(figure.strips.len(), left, right);

    let mut scene = Scene::new(size.width());
    for (tick, text) in axis.ticks.iter().zip(ticks) {
        let y = axis.y(*tick);
        scene.line((left, y), (right, y), 1.0, Role::Grid);
        scene.write((left - 8.0, y + 4.3), text, (SMALL, false), Role::Muted, Anchor::End);
    }
    scene.line((left, bottom), (right, bottom), 1.0, Role::Axis);
    for (first, last) in gaps::stretches(figure.strips.len(), |index| figure.strips[index].quantiles.is_none()) {
        scene.hatch((across.start(first) + 1.0, top), (across.start(last + 1) - 1.0, bottom));
    }
    let thick = (across.slot * 0.34).clamp(1.5, 11.0);
    for (index, strip) in figure.strips.iter().enumerate() {
        let Some([low, lower, median, upper, high]) = strip.quantiles else { continue };
        let (x, latest) = (across.x(index), index + 1 == figure.strips.len());
        let role = if latest { Role::Accent } else { Role::Context };
        scene.line((x, axis.y(low)), (x, axis.y(high)), if latest { 1.8 } else { 1.2 }, role);
        let (from, to) = ((x - thick / 2.0, axis.y(upper)), (x + thick / 2.0, axis.y(lower)));
        // Its own paper below, so that the thin line does not shine through.
        scene.rect(from, to, Role::Paper, 1.0);
        scene.rect(from, to, role, 0.45);
        let radius = if latest { 4.5 } else { (thick / 2.2).clamp(1.5, 3.5) };
        scene.dot((x, axis.y(median)), radius, if latest { Role::Accent } else { Role::Muted });
    }
    ends::write(&mut scene, &labels, right + 10.0, (0.0, bottom + 12.0), None);
    let months: Vec<_> = figure.strips.iter().map(|strip| strip.month).collect();
    month_axis(&mut scene, &months, across, bottom, words);
    scene.height = bottom + 38.0;
    let points: Vec<Point> = figure.strips.iter().map(|strip| point(strip.status, strip.quantiles)).collect();
    gaps::write_note(&mut scene, gaps::note(points.iter(), words));
    Some(scene)
}

fn point(status: Status, quantiles: Option<[f64; 5]>) -> Point {
    Point { value: quantiles.map(|quantiles| quantiles[2]), status, interval: None }
}

/// What the last month's marks mean, at their height.
fn labels(figure: &Strips, words: &Words, axis: &Logarithmic) -> Vec<End> {
    let Some(last) = figure.strips.last() else { return Vec::new() };
    let Some([low, _, median, _, high]) = last.quantiles else {
        let name =
            if last.status == Status::Suppressed { words.l.msg_not_shown_here() } else { words.l.msg_no_value_here() };
        return vec![End { y: axis.y(60.0), value: words.month_short(last.month), name, role: Role::Muted }];
    };
    let end = |value: f64, name: String, role: Role| End { y: axis.y(value), value: words.duration(value), name, role };
    vec![
        end(high, words.l.msg_strip_high(), Role::Muted),
        end(median, words.l.msg_strip_median(), Role::Accent),
        end(low, words.l.msg_strip_low(), Role::Muted),
    ]
}

/// The last month's median and nine tenths, beside the medians before.
pub(crate) fn says(figure: &Strips, words: &Words) -> String {
    let Some(last) = figure.strips.last() else { return String::new() };
    let month = words.month_year(last.month);
    let Some([.., median, _, high]) = last.quantiles else {
        return gaps::says(last.status, words.picture(figure_id::RESPONSE), &month, words);
    };
    let now = words.l.msg_alt_strips(month, words.duration(median), words.duration(high));
    let earlier = || figure.strips.iter().rev().skip(1).filter_map(|strip| strip.quantiles).map(|it| it[2]);
    let (least, most) = (earlier().fold(f64::INFINITY, f64::min), earlier().fold(0.0, f64::max));
    if least < most {
        format!("{now} {}", words.l.msg_alt_strips_before(words.duration(least), words.duration(most)))
    } else {
        now
    }
}
