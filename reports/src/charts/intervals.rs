//! Dots with their intervals, the latest over earlier ones: how sure we are, drawn.

use hearth_shared::report::{Dots, Shares};

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
    rows: Vec<Rows>,
    /// The scale's ends.
    scale: [f64; 2],
    /// The unit of all values.
    unit: &'static str,
}

/// A value at several times, the latest first.
#[derive(Clone, Debug, PartialEq)]
struct Rows {
    /// What was measured or asked.
    name: String,
    /// What was found when.
    times: Vec<Time>,
}

/// A value at one time.
#[derive(Clone, Debug, PartialEq)]
struct Time {
    /// When it was, in a picture.
    short: String,
    /// When it was, and of how many, in a sentence.
    when: String,
    /// The value, or `None` where it is not shown.
    value: Option<f64>,
    /// The value as it is written.
    written: String,
    /// Its 95 % interval.
    interval: Option<[f64; 2]>,
}

/// So many times of each are drawn.
const TIMES: usize = 4;

/// Shares of people, each at its latest times.
pub(crate) fn shares(figure: &Shares, words: &Words) -> Panel {
    let rows = figure.shares.iter().map(|share| {
        let times = share.times.iter().rev().take(TIMES).map(|it| {
            let value = it.share.number();
            let about = words.number(it.about, 0);
            Time {
                short: words.quarters_short(it.quarters),
                when: words.l.msg_about_quarters(words.quarters(it.quarters), about),
                written: value
                    .map_or_else(|| words.l.msg_not_shown_here(), |value| words.share_of_people(value, Some(it.about))),
                value,
                interval: it.share.interval,
            }
        });
        Rows { name: words.measure(&share.id), times: times.collect() }
    });
    Panel { rows: rows.collect(), scale: [0.0, 1.0], unit: "share" }
}

/// What was asked, each item at its latest times.
pub(crate) fn answers(figure: &Dots, words: &Words) -> Panel {
    let rows = figure.items.iter().map(|item| {
        let times = item.times.iter().take(TIMES).map(|it| {
            let month = words.month_year(it.month);
            let when = match it.about {
                Some(about) => words.l.msg_about_answers(&month, words.number(about, 0)),
                None => month.clone(),
            };
            let value = it.mean.number();
            let written = value.map_or_else(|| words.l.msg_not_shown_here(), |value| words.number(value, 1));
            Time { short: words.month_year_short(it.month), when, value, written, interval: it.mean.interval }
        });
        Rows { name: words.item(&item.id), times: times.collect() }
    });
    Panel { rows: rows.collect(), scale: figure.scale, unit: "points" }
}

impl Panel {
    fn ticks(&self, room: f64) -> Vec<f64> {
        let [low, high] = self.scale;
        if self.unit == "share" {
            return if room < 220.0 { vec![0.0, 0.5, 1.0] } else { vec![0.0, 0.25, 0.5, 0.75, 1.0] };
        }
        let step = round_step(high - low, 6).max(1.0);
        (0..=20_u32).map(|tick| low + f64::from(tick) * step).take_while(|tick| *tick <= high + 1e-9).collect()
    }
}

/// Draws the rows, or `None` where there is no value.
pub(crate) fn draw(panel: &Panel, words: &Words, size: Size) -> Option<Scene> {
    const STEP: f64 = 24.0;
    let rows: Vec<&Rows> = panel.rows.iter().filter(|row| row.times.iter().any(|time| time.value.is_some())).collect();
    let times = || rows.iter().flat_map(|row| &row.times);
    times().next()?;
    let width = size.width();
    let left = times().map(|time| text::width(&time.short, SMALL, true)).fold(0.0, f64::max).ceil() + 14.0;
    // On a phone a value in words is broken, so that its line keeps some length.
    let room = size.pick(160.0, 74.0);
    let lines = |time: &Time| text::wrap(&time.written, SMALL, true, room);
    let gutter = times().flat_map(lines).map(|line| text::width(&line, SMALL, true)).fold(0.0, f64::max).ceil();
    let right = width - gutter.max(38.0) - 14.0;
    let [low, high] = panel.scale;
    let x = |value: f64| left + (right - left) * ((value - low) / (high - low).max(f64::EPSILON)).clamp(0.0, 1.0);
    let mut scene = Scene::new(width);
    let mut marks = Scene::new(width);
    let (mut y, mut bands) = (0.0, Vec::new());
    for row in &rows {
        for line in text::wrap(&row.name, 15.0, true, width) {
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
            marks.text(text((left - 14.0, y), time.short.clone(), Anchor::End));
            for (line, written) in lines(time).into_iter().enumerate() {
                if line > 0 {
                    y += 15.0;
                }
                marks.text(text((width, y), written, Anchor::End));
            }
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
    for tick in panel.ticks(right - left) {
        // Grid lines leave the names alone.
        for (top, end) in &bands {
            scene.line((x(tick), *top), (x(tick), *end), 1.0, Role::Grid);
        }
        let text = if panel.unit == "share" { words.percent(tick) } else { words.number(tick, 0) };
        let end = tick == 0.0 && panel.unit == "share";
        scene.write(
            (x(tick), bottom + 16.0),
            text,
            (SMALL, false),
            Role::Muted,
            if end { Anchor::Start } else { Anchor::Middle },
        );
    }
    scene.marks.append(&mut marks.marks);
    scene.height = bottom + 24.0;
    Some(scene)
}

/// Every row's latest value; how sure it is and of how many, where the rows are few.
pub(crate) fn says(panel: &Panel, words: &Words) -> String {
    let say = |(place, row): (usize, &Rows)| {
        let this = row.times.iter().find(|time| time.value.is_some())?;
        // Of the items of a pulse only their mean, which comes first, is told with all there is to it.
        let about = match this.interval.filter(|_| panel.unit == "share" || place == 0) {
            Some(interval) => format!("{}; {}", words.between(interval, panel.unit), this.when),
            None if place == 0 => this.when.clone(),
            None => return Some(words.l.msg_alt_value(&row.name, &this.written)),
        };
        Some(words.l.msg_alt_at(&row.name, &this.written, about))
    };
    panel.rows.iter().enumerate().filter_map(say).collect::<Vec<_>>().join(" ")
}
