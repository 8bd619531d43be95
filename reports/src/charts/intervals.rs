//! Shares with their intervals, this month over earlier ones: how sure we are, drawn.

use hearth_shared::{
    month::Month,
    report::{Report, Status},
};

use super::Size;
use crate::{
    scales::SMALL,
    scene::{Anchor, Role, Scene, Text},
    text,
    words::Words,
};

/// A share at several times, this month's first.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rows {
    /// The measure's id.
    pub(crate) id: String,
    /// What was measured when.
    pub(crate) times: Vec<Time>,
}

/// A share at one time.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Time {
    /// The month.
    pub(crate) month: Month,
    /// The share, from 0 to 1.
    pub(crate) value: f64,
    /// Its 95 % interval.
    pub(crate) interval: Option<[f64; 2]>,
}

/// Of measures `ids`, those that are shares with a value, beside the month before and the year before.
pub(crate) fn rows(report: &Report, ids: &[&str]) -> Vec<Rows> {
    let row = |id: &&str| {
        let measure = report.measures.get(*id)?;
        let ok = measure.status == Status::Ok && measure.unit == "share";
        let this = Time { month: report.month, value: measure.value.filter(|_| ok)?, interval: measure.interval };
        let earlier = [(1, &measure.last_month), (12, &measure.last_year)].into_iter().filter_map(|(back, earlier)| {
            let earlier = earlier.as_ref()?;
            Some(Time { month: report.month.plus(-back)?, value: earlier.value?, interval: earlier.interval })
        });
        Some(Rows { id: (*id).to_owned(), times: std::iter::once(this).chain(earlier).collect() })
    };
    ids.iter().filter_map(row).collect()
}

/// Draws the rows, or `None` where there is none.
pub(crate) fn draw(rows: &[Rows], words: &Words, size: Size) -> Option<Scene> {
    const STEP: f64 = 24.0;
    rows.first()?;
    let width = size.width();
    let month = |time: &Time| match size {
        Size::Wide => words.month_year(time.month),
        Size::Narrow => words.l.msg_month_year(words.month_short(time.month), time.month.year().to_string()),
    };
    let times = || rows.iter().flat_map(|row| &row.times);
    let left = times().map(|time| text::width(&month(time), SMALL, true)).fold(0.0, f64::max).ceil() + 14.0;
    let right = width - 52.0;
    let x = |share: f64| left + (right - left) * share;
    let mut scene = Scene::new(width);
    let mut marks = Scene::new(width);
    let mut y = 0.0;
    for row in rows {
        y += 18.0;
        let name = words.measure(&row.id);
        marks.text(Text { at: (0.0, y), text: name, size: 15.0, bold: true, role: Role::Ink, anchor: Anchor::Start });
        for (index, time) in row.times.iter().enumerate() {
            y += STEP;
            let this = index == 0;
            let (role, ink) = if this { (Role::Accent, Role::Accent) } else { (Role::Context, Role::Muted) };
            let middle = y - 4.5;
            let text = |at, text, anchor| Text { at, text, size: SMALL, bold: this, role: ink, anchor };
            marks.text(text((left - 14.0, y), month(time), Anchor::End));
            if let Some([low, high]) = time.interval {
                marks.line((x(low), middle), (x(high), middle), if this { 3.0 } else { 2.0 }, role);
            }
            marks.dot((x(time.value), middle), if this { 5.0 } else { 4.0 }, role);
            marks.text(text((width, y), words.percent(time.value), Anchor::End));
        }
        y += 20.0;
    }
    let bottom = y - 8.0;
    for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
        // Grid lines leave the names alone.
        let mut top = 0.0;
        for row in rows {
            let height = STEP * u32::try_from(row.times.len()).map_or(0.0, f64::from) + 38.0;
            scene.line((x(share), top + 25.0), (x(share), top + height - 8.0), 1.0, Role::Grid);
            top += height;
        }
        let (at, text) = ((x(share), bottom + 16.0), words.percent(share));
        scene.text(Text { at, text, size: SMALL, bold: false, role: Role::Muted, anchor: Anchor::Middle });
    }
    scene.marks.append(&mut marks.marks);
    scene.height = bottom + 24.0;
    Some(scene)
}
