//! The way of newcomers: a bar a step, each with its share of those who came and how sure it is.

use hearth_shared::report::{Funnel, Stage};

use super::{Size, gaps};
use crate::{
    scene::{Anchor, Role, Scene},
    text,
    words::Words,
};

const BAR: f64 = 20.0;
const STEP: f64 = 54.0;
const LABEL: f64 = 14.0;

/// Draws the figure, or `None` where no step has a value.
pub(crate) fn draw(figure: &Funnel, words: &Words, size: Size) -> Option<Scene> {
    figure.stages.iter().find_map(|stage| stage.share.number())?;
    let values: Vec<String> = figure.stages.iter().map(|stage| value(stage, about(figure), words)).collect();
    let room = size.pick(150.0, 96.0);
    let gutter = values.iter().flat_map(|value| text::wrap(value, LABEL, true, room));
    let gutter = gutter.map(|line| text::width(&line, LABEL, true)).fold(0.0, f64::max).ceil() + 12.0;
    let right = size.width() - gutter;
    let mut scene = Scene::new(size.width());
    let mut y = 0.0;
    for (index, (stage, value)) in figure.stages.iter().zip(&values).enumerate() {
        let name = words.stage(&stage.id);
        let name = text::fit(&name, LABEL, false, size.width());
        scene.write((0.0, y + 14.0), name, (LABEL, false), Role::Ink, Anchor::Start);
        let (top, bottom) = (y + 21.0, y + 21.0 + BAR);
        let last = index + 1 == figure.stages.len();
        match length(stage, figure) {
            Some(share) => {
                scene.rect((0.0, top), (right * share, bottom), if last { Role::Accent } else { Role::Third }, 1.0);
                if let Some([low, high]) = stage.share.interval {
                    let middle = top + BAR / 2.0;
                    scene.line((right * low, middle), (right * high, middle), 2.0, Role::Ink);
                    for end in [low, high] {
                        scene.line((right * end, middle - 5.0), (right * end, middle + 5.0), 2.0, Role::Ink);
                    }
                }
            }
            None => scene.hatch((0.0, top), (right, bottom)),
        }
        let lines = text::wrap(value, LABEL, true, gutter - 10.0);
        for (line, text) in lines.iter().enumerate() {
            let line = u32::try_from(line).map_or(0.0, f64::from);
            let at = (size.width(), top + 15.0 + 17.0 * line);
            let role = if last { Role::Accent } else { Role::Ink };
            scene.write(at, text, (LABEL, true), role, Anchor::End);
        }
        y += STEP;
    }
    scene.line((0.0, 18.0), (0.0, y - 8.0), 1.2, Role::Axis);
    scene.height = y - 4.0;
    let points = figure.stages.iter().flat_map(|stage| [&stage.people, &stage.share]);
    gaps::write_note(&mut scene, gaps::note(points, words));
    Some(scene)
}

/// How many took a step, or where that is no number, which share.
fn value(stage: &Stage, about: Option<f64>, words: &Words) -> String {
    let people = stage.people.value.map(|people| words.released(people, "people"));
    match stage.share.number().filter(|_| gaps::exact(&stage.people).is_none()) {
        Some(share) => words.share_of_people(share, about),
        None => people.unwrap_or_else(|| words.l.msg_not_shown_here()),
    }
}

/// How long a step's bar is beside the first: by its people, where both are one number, or by its share.
fn length(stage: &Stage, figure: &Funnel) -> Option<f64> {
    let first = figure.stages.first().and_then(|first| gaps::exact(&first.people)).filter(|first| *first > 0.0);
    let by_people = gaps::exact(&stage.people).zip(first).map(|(people, first)| (people / first).min(1.0));
    by_people.or(stage.share.number())
}

/// How many came.
fn about(figure: &Funnel) -> Option<f64> {
    figure.stages.first().and_then(|stage| stage.people.number())
}

/// How many came, and how many took the last step.
pub(crate) fn says(figure: &Funnel, words: &Words) -> String {
    let (Some(people), Some(last)) = (
        figure.stages.iter().find_map(|stage| stage.people.value),
        figure.stages.iter().rev().find(|stage| stage.share.value.is_some()),
    ) else {
        return String::new();
    };
    let (people, quarters) = (words.told(people, "people"), words.quarters(figure.quarters));
    let said = words.l.msg_alt_funnel(people, quarters, value(last, about(figure), words), words.stage(&last.id));
    match last.share.interval {
        Some(interval) => format!("{said} ({}).", words.between(interval, "share")),
        None => format!("{said}."),
    }
}
