//! How long newcomers stay: a falling line with its band.

use hearth_shared::report::Survival;

use super::{
    Size,
    ends::{self, End},
    gaps,
};
use crate::{
    scales::SMALL,
    scene::{Anchor, At, Mark, Role, Scene},
    text,
    words::Words,
};

/// Draws the figure, or `None` where it has no value.
pub(crate) fn draw(figure: &Survival, words: &Words, size: Size) -> Option<Scene> {
    let known: Vec<(f64, f64, Option<[f64; 2]>)> = figure
        .points
        .iter()
        .filter_map(|it| Some((f64::from(it.day), it.share.number()?, it.share.interval)))
        .collect();
    let (last, share, _) = *known.last()?;
    let longest = last.max(30.0) * 1.02;
    let (top, bottom) = (14.0, 14.0 + size.pick(230.0, 190.0));
    let value = words.share_of_people(share, Some(figure.about));
    let name = words.l.msg_survival_end(words.number(last, 0));
    let label = End { y: share, value, name, role: Role::Accent };
    let labels = [label];
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

    let banded: Vec<(f64, [f64; 2])> =
        known.iter().filter_map(|(day, _, interval)| interval.map(|ends| (*day, ends))).collect();
    if banded.len() > 1 {
        let upper = banded.iter().map(|(day, [_, high])| (x(*day), y(*high)));
        let lower = banded.iter().rev().map(|(day, [low, _])| (x(*day), y(*low)));
        let points: Vec<At> = upper.chain(lower).collect();
        scene.marks.push(Mark::Area { points, role: Role::Accent, opacity: 0.16 });
    }
    scene.path(known.iter().map(|(day, share, _)| (x(*day), y(*share))).collect(), 2.4, Role::Accent);
    for (day, share, _) in &known {
        scene.dot((x(*day), y(*share)), if *day == last { 4.5 } else { 2.5 }, Role::Accent);
    }
    let labels = labels.map(|end| End { y: y(end.y), ..end });
    ends::write(&mut scene, &labels, right + 10.0, (top - 8.0, bottom + 12.0), None);
    scene.height = bottom + 42.0;
    let missing = figure.points.iter().map(|it| &it.share).filter(|share| share.value.is_none());
    gaps::write_note(&mut scene, gaps::note(missing, words));
    Some(scene)
}

/// Round days, few enough that their labels keep apart.
fn ticks(longest: f64, room: f64) -> Vec<f64> {
    let most = (room / 44.0).floor().max(1.0);
    let steps = [10.0, 30.0, 60.0, 90.0, 120.0, 180.0, 365.0, 730.0, 1825.0];
    let step = steps.into_iter().find(|step| longest / step <= most).unwrap_or(3650.0);
    (0..=40_u32).map(|tick| f64::from(tick) * step).take_while(|day| *day <= longest).collect()
}

/// How many were still there after a month, and after the longest time that is told.
pub(crate) fn says(figure: &Survival, words: &Words) -> String {
    let known = || figure.points.iter().filter(|it| it.day > 0 && it.share.value.is_some());
    let month = known().rev().find(|it| it.day <= 30);
    let last = known().next_back().filter(|last| Some(last.day) != month.map(|it| it.day));
    let said = month.into_iter().chain(last).filter_map(|it| {
        let share = words.share_of_people(it.share.number()?, Some(figure.about));
        let share = match it.share.interval {
            Some(interval) => format!("{share} ({})", words.between(interval, "share")),
            None => share,
        };
        Some(words.l.msg_alt_survival(share, words.number(f64::from(it.day), 0)))
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() {
        return String::new();
    }
    format!("{} {}", words.l.msg_alt_survival_about(words.number(figure.about, 0)), said.join(" "))
}
