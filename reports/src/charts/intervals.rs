//! Dots with their intervals, this month over earlier ones: how sure we are, drawn.

use hearth_shared::{
    month::Month,
    report::{Dots, Report, Status},
};

use super::Size;
use crate::{
    scales::{SMALL, round_step},
    scene::{Anchor, Role, Scene, Text},
    text,
    words::Words,
};

/// Rows on one scale.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Panel {
    /// What the rows are about.
    pub(crate) rows: Vec<Rows>,
    /// The scale's ends.
    scale: [f64; 2],
    /// The unit of all values.
    unit: &'static str,
}

/// A value at several times, this month's first.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rows {
    /// The id of the measure, or of what was asked.
    id: String,
    /// What was measured when.
    times: Vec<Time>,
}

/// A value at one time.
#[derive(Clone, Debug, PartialEq)]
struct Time {
    month: Month,
    /// The value, or `None` where it is not shown.
    value: Option<f64>,
    /// Its 95 % interval.
    interval: Option<[f64; 2]>,
}

/// Of measures `ids`, those that are shares with a value, beside the month before and the year before.
pub(crate) fn shares(report: &Report, ids: &[&str]) -> Panel {
    let row = |id: &&str| {
        let measure = report.measures.get(*id)?;
        let ok = measure.status == Status::Ok && measure.unit == "share" && measure.value.is_some();
        let this = Time { month: report.month, value: measure.value.filter(|_| ok), interval: measure.interval };
        let earlier = [(1, &measure.last_month), (12, &measure.last_year)].into_iter().filter_map(|(back, earlier)| {
            let earlier = earlier.as_ref()?;
            earlier.value?;
            Some(Time { month: report.month.plus(-back)?, value: earlier.value, interval: earlier.interval })
        });
        ok.then(|| Rows { id: (*id).to_owned(), times: std::iter::once(this).chain(earlier).collect() })
    };
    Panel { rows: ids.iter().filter_map(row).collect(), scale: [0.0, 1.0], unit: "share" }
}

/// What was asked, each item at its latest three times.
pub(crate) fn answers(figure: &Dots) -> Panel {
    let rows = figure.items.iter().map(|item| {
        let times = item.times.iter().take(3);
        let times = times.map(|it| Time { month: it.month, value: it.mean.value, interval: it.mean.interval });
        Rows { id: item.id.clone(), times: times.collect() }
    });
    Panel { rows: rows.collect(), scale: figure.scale, unit: "score" }
}

impl Panel {
    fn name(&self, id: &str, words: &Words) -> String {
        if self.unit == "share" { words.measure(id) } else { words.item(id) }
    }

    fn ticks(&self) -> Vec<f64> {
        let [low, high] = self.scale;
        if self.unit == "share" {
            return vec![0.0, 0.25, 0.5, 0.75, 1.0];
        }
        let step = round_step(high - low, 6).max(1.0);
        (0..=20_u32).map(|tick| low + f64::from(tick) * step).take_while(|tick| *tick <= high + 1e-9).collect()
    }

    /// The value as the rows write it.
    fn write(&self, value: f64, words: &Words) -> String {
        if self.unit == "share" { words.percent(value) } else { words.number(value, 1) }
    }
}

/// Draws the rows, or `None` where there is no value.
pub(crate) fn draw(panel: &Panel, words: &Words, size: Size) -> Option<Scene> {
    const STEP: f64 = 24.0;
    let rows = &panel.rows;
    let times = || rows.iter().flat_map(|row| &row.times);
    times().find_map(|time| time.value)?;
    let width = size.width();
    let month = |time: &Time| match size {
        Size::Wide => words.month_year(time.month),
        Size::Narrow | Size::Room => words.month_year_short(time.month),
    };
    let left = times().map(|time| text::width(&month(time), SMALL, true)).fold(0.0, f64::max).ceil() + 14.0;
    let value =
        |time: &Time| time.value.map_or_else(|| words.l.msg_not_shown_here(), |value| panel.write(value, words));
    let gutter = times().map(|time| text::width(&value(time), SMALL, true)).fold(0.0, f64::max).ceil();
    let right = width - gutter.max(38.0) - 14.0;
    let [low, high] = panel.scale;
    let x = |value: f64| left + (right - left) * ((value - low) / (high - low).max(f64::EPSILON)).clamp(0.0, 1.0);
    let mut scene = Scene::new(width);
    let mut marks = Scene::new(width);
    let (mut y, mut bands) = (0.0, Vec::new());
    for row in rows.iter().filter(|row| !row.times.is_empty()) {
        for line in text::wrap(&panel.name(&row.id, words), 15.0, true, width) {
            y += 18.0;
            marks.write((0.0, y), line, (15.0, true), Role::Ink, Anchor::Start);
        }
        let top = y + 7.0;
        for (index, time) in row.times.iter().enumerate() {
            y += STEP;
            let this = index == 0;
            let (role, ink) = if this { (Role::Accent, Role::Accent) } else { (Role::Context, Role::Muted) };
            let middle = y - 4.5;
            let text = |at, text, anchor| Text { at, text, size: SMALL, bold: this, role: ink, anchor };
            marks.text(text((left - 14.0, y), month(time), Anchor::End));
            marks.text(text((width, y), value(time), Anchor::End));
            let Some(value) = time.value else { continue };
            if let Some([low, high]) = time.interval {
                marks.line((x(low), middle), (x(high), middle), if this { 3.0 } else { 2.0 }, role);
            }
            marks.dot((x(value), middle), if this { 5.0 } else { 4.0 }, role);
        }
        bands.push((top, y + 6.0));
        y += 20.0;
    }
    let bottom = y - 8.0;
    for tick in panel.ticks() {
        // Grid lines leave the names alone.
        for (top, end) in &bands {
            scene.line((x(tick), *top), (x(tick), *end), 1.0, Role::Grid);
        }
        let text = if panel.unit == "share" { words.percent(tick) } else { words.number(tick, 0) };
        scene.write((x(tick), bottom + 16.0), text, (SMALL, false), Role::Muted, Anchor::Middle);
    }
    scene.marks.append(&mut marks.marks);
    scene.height = bottom + 24.0;
    Some(scene)
}

/// Every row's latest value, with its interval.
pub(crate) fn says(panel: &Panel, words: &Words) -> String {
    let say = |row: &Rows| {
        let this = row.times.first()?;
        let (name, month) = (panel.name(&row.id, words), words.month_year(this.month));
        let Some(value) = this.value else { return Some(words.l.msg_alt_last_suppressed(name, month)) };
        let written = panel.write(value, words);
        Some(match this.interval {
            Some(interval) => {
                let [low, high] = interval.map(|end| panel.write(end, words));
                words.l.msg_alt_last_interval(name, written, words.l.msg_interval(low, high), month)
            }
            None => words.l.msg_alt_last(name, written, month),
        })
    };
    panel.rows.iter().filter_map(say).collect::<Vec<_>>().join(" ")
}
