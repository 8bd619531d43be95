//! How long people stay: a curve that falls in steps, with its band, over an earlier one.

use hearth_shared::report::{Survival, SurvivalCurve};

use super::{
    Size,
    ends::{self, End},
};
use crate::{
    scales::SMALL,
    scene::{Anchor, At, Mark, Role, Scene},
    text,
    words::Words,
};

/// Draws the figure, or `None` where there is no curve.
pub(crate) fn draw(figure: &Survival, words: &Words, size: Size) -> Option<Scene> {
    figure.curves.first().filter(|curve| !curve.steps.is_empty())?;
    let last = figure.curves.iter().filter_map(|curve| curve.steps.last()).map(|step| step.day).max()?;
    let longest = f64::from(last.max(30)) * 1.04;
    let (top, bottom) = (14.0, 14.0 + size.pick(230.0, 190.0));
    let labels: Vec<End> = figure.curves.iter().enumerate().map(|(index, curve)| label(curve, index, words)).collect();
    let right = size.width() - ends::gutter(&labels, size.pick(136.0, 92.0)) - 12.0;
    let left = text::width(&words.percent(1.0), SMALL, false).ceil() + 8.0;
    let x = |day: f64| left + (right - left) * (day / longest).min(1.0);
    let y = |share: f64| bottom - (bottom - top) * share;

    let mut scene = Scene::new(size.width());
    for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
        let role = if share == 0.0 { Role::Axis } else { Role::Grid };
        scene.line((left, y(share)), (right, y(share)), 1.0, role);
        let at = (left - 8.0, y(share) + 4.3);
        scene.write(at, words.percent(share), (SMALL, false), Role::Muted, Anchor::End);
    }
    for day in ticks(longest, right - left) {
        scene.line((x(day), bottom), (x(day), bottom + 4.0), 1.0, Role::Axis);
        scene.write((x(day), bottom + 18.0), words.number(day, 0), (SMALL, false), Role::Muted, Anchor::Middle);
    }
    scene.write((right, bottom + 36.0), words.l.msg_survival_x(), (SMALL, false), Role::Muted, Anchor::End);

    let edges = |curve: &SurvivalCurve| curve.steps.iter().map(|step| f64::from(step.day)).chain([longest]).collect();
    for (index, curve) in figure.curves.iter().enumerate().rev() {
        let edges: Vec<f64> = edges(curve);
        let stairs = |height: &dyn Fn(usize) -> f64| -> Vec<At> {
            (0..curve.steps.len())
                .flat_map(|step| [(x(edges[step]), y(height(step))), (x(edges[step + 1]), y(height(step)))])
                .collect()
        };
        if index == 0 && curve.steps.iter().all(|step| step.interval.is_some()) {
            let end = |step: usize, end: usize| curve.steps[step].interval.map_or(0.0, |interval| interval[end]);
            let (upper, lower) = (stairs(&|step| end(step, 1)), stairs(&|step| end(step, 0)));
            let points = upper.into_iter().chain(lower.into_iter().rev()).collect();
            scene.marks.push(Mark::Area { points, role: Role::Accent, opacity: 0.16 });
        }
        let (width, role) = if index == 0 { (2.4, Role::Accent) } else { (1.6, Role::Context) };
        scene.path(stairs(&|step| curve.steps[step].share), width, role);
    }
    if let Some(median) = figure.curves[0].median_days.filter(|median| *median <= longest) {
        scene.line((x(median), y(0.5)), (x(median), bottom), 1.0, Role::Accent);
        scene.dot((x(median), y(0.5)), 4.5, Role::Accent);
    }
    let labels: Vec<End> = labels.into_iter().map(|end| End { y: y(end.y), ..end }).collect();
    ends::write(&mut scene, &labels, right + 10.0, (top - 8.0, bottom + 12.0), None);
    scene.height = bottom + 42.0;
    Some(scene)
}

/// The label at a curve's end; its `y` is still a share.
fn label(curve: &SurvivalCurve, index: usize, words: &Words) -> End {
    let share = curve.steps.last().map_or(0.0, |step| step.share);
    let role = if index == 0 { Role::Accent } else { Role::Muted };
    End { y: share, value: words.percent(share), name: words.month_year_short(curve.month), role }
}

/// Round days, few enough that their labels keep apart.
fn ticks(longest: f64, room: f64) -> Vec<f64> {
    let most = (room / 44.0).floor().max(1.0);
    let steps = [10.0, 30.0, 60.0, 90.0, 120.0, 180.0, 365.0, 730.0, 1825.0];
    let step = steps.into_iter().find(|step| longest / step <= most).unwrap_or(3650.0);
    (0..=40_u32).map(|tick| f64::from(tick) * step).take_while(|day| *day <= longest).collect()
}

/// How many were still there after a month, and after how long half had gone.
pub(crate) fn says(figure: &Survival, words: &Words) -> String {
    let Some(curve) = figure.curves.first() else { return String::new() };
    let Some(month) = curve.steps.iter().rev().find(|step| step.day <= 30) else { return String::new() };
    let share = match month.interval {
        Some(interval) => format!("{} ({})", words.percent(month.share), words.interval(interval, "share")),
        None => words.percent(month.share),
    };
    let first = words.l.msg_alt_survival(share);
    let second = match curve.median_days {
        Some(days) => words.l.msg_alt_survival_half(days.round(), words.number(days, 0)),
        None => words.l.msg_alt_survival_more_than_half(),
    };
    format!("{first} {second}")
}
