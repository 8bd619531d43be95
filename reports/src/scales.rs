//! From values and months to pixels, and where the ticks are.

use hearth_shared::month::Month;

use crate::{
    place,
    scene::{Anchor, Role, Scene, Text},
    text,
    words::Words,
};

/// The size of labels on axes.
pub(crate) const SMALL: f64 = 13.0;

/// A number of things as a length or a plural takes it.
pub(crate) fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(0.0, f64::from)
}

/// Values from zero upwards on a vertical axis.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Vertical {
    top: f64,
    bottom: f64,
    max: f64,
    /// Round values from zero to the highest.
    pub(crate) ticks: Vec<f64>,
}

impl Vertical {
    /// An axis from zero at `bottom` to at least `highest` at `top`, with round ticks.
    pub(crate) fn new(highest: f64, top: f64, bottom: f64, ticks: usize) -> Self {
        let step = round_step(highest, ticks);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a handful of ticks")]
        let count = (highest / step).ceil().max(1.0) as u32;
        let ticks: Vec<f64> = (0..=count).map(|tick| f64::from(tick) * step).collect();
        Self { top, bottom, max: f64::from(count) * step, ticks }
    }

    /// An axis of shares, from none to all.
    pub(crate) fn of_shares(top: f64, bottom: f64) -> Self {
        Self { top, bottom, max: 1.0, ticks: vec![0.0, 0.25, 0.5, 0.75, 1.0] }
    }

    /// Where `value` lies.
    pub(crate) fn y(&self, value: f64) -> f64 {
        self.bottom - (self.bottom - self.top) * value / self.max
    }
}

/// The step 1, 2, 2.5 or 5 times a power of ten that leads to `highest` in at most `ticks` steps. Never below one half.
pub(crate) fn round_step(highest: f64, ticks: usize) -> f64 {
    let ticks = u32::try_from(ticks.max(1)).map_or(1.0, f64::from);
    let rough = (highest / ticks).max(0.5);
    let power = 10_f64.powf(rough.log10().floor());
    let factor = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().find(|factor| factor * power >= rough * 0.999_999);
    let step = factor.unwrap_or(10.0) * power;
    // Half people and quarter messages read oddly.
    if step > 0.5 && step.fract() != 0.0 { step.ceil() } else { step }
}

/// Months side by side, each in the middle of its slot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Horizontal {
    /// The left end.
    pub(crate) left: f64,
    /// The width of a month.
    pub(crate) slot: f64,
}

impl Horizontal {
    /// `count` months between `left` and `right`.
    pub(crate) fn new(count: usize, left: f64, right: f64) -> Self {
        let count = u32::try_from(count.max(1)).map_or(1.0, f64::from);
        Self { left, slot: (right - left) / count }
    }

    /// The middle of the month at `index`.
    pub(crate) fn x(&self, index: usize) -> f64 {
        self.left + (u32::try_from(index).map_or(0.0, f64::from) + 0.5) * self.slot
    }

    /// Where the month at `index` begins.
    pub(crate) fn start(&self, index: usize) -> f64 {
        self.x(index) - self.slot / 2.0
    }
}

/// Which months get a label: the last always, then the first and Januaries, then quarters, then all that fit.
fn ranks(months: &[Month], slot: f64) -> Vec<u8> {
    let last = months.len().saturating_sub(1);
    let rank = |(index, month): (usize, &Month)| match month.month() {
        _ if index == last => 5,
        1 => 4,
        _ if index == 0 && slot > 8.0 => 3,
        4 | 7 | 10 if slot > 8.0 => 2,
        _ if slot > 8.0 => 1,
        _ => 0,
    };
    months.iter().enumerate().map(rank).collect()
}

/// Draws the months below `y`: names in one row, years in a second, the last month in bold.
pub(crate) fn month_axis(scene: &mut Scene, months: &[Month], axis: Horizontal, y: f64, words: &Words) {
    let last = months.len().saturating_sub(1);
    let names: Vec<String> = months.iter().map(|month| words.month_short(*month)).collect();
    // In a long history a year's number stands for its January.
    let many = axis.slot <= 8.0;
    let labels: Vec<String> = months
        .iter()
        .enumerate()
        .map(|(index, month)| if many && index != last { month.year().to_string() } else { names[index].clone() })
        .collect();
    let centres: Vec<f64> = (0..months.len()).map(|index| axis.x(index)).collect();
    let widths: Vec<f64> =
        labels.iter().enumerate().map(|(index, label)| text::width(label, SMALL, index == last)).collect();
    let shown = place::row(&centres, &widths, &ranks(months, axis.slot), 7.0);
    let mut years: Vec<(usize, i16)> = Vec::new();
    for (index, month) in months.iter().enumerate().filter(|(index, _)| shown[*index]) {
        let (bold, role) = if index == last { (true, Role::Ink) } else { (false, Role::Muted) };
        let at = (centres[index], y + 17.0);
        scene.text(Text { at, text: labels[index].clone(), size: SMALL, bold, role, anchor: Anchor::Middle });
        scene.line((centres[index], y), (centres[index], y + 4.0), 1.0, Role::Axis);
        if !many && years.last().is_none_or(|(_, year)| *year != month.year()) {
            years.push((index, month.year()));
        }
    }
    if many {
        years = vec![(last, months.last().map_or(0, |month| month.year()))];
    }
    let centres: Vec<f64> = years.iter().map(|(index, _)| centres[*index]).collect();
    let widths = vec![text::width("2026", SMALL, false); years.len()];
    let shown = place::row(&centres, &widths, &vec![1; years.len()], 6.0);
    for ((_, year), (x, _)) in years.iter().zip(centres.iter().zip(shown)).filter(|(_, (_, shown))| *shown) {
        let (at, text) = ((*x, y + 32.0), year.to_string());
        scene.text(Text { at, text, size: SMALL, bold: false, role: Role::Muted, anchor: Anchor::Middle });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_reach_the_highest_value() {
        for (highest, ticks, expected) in [
            (34.0, 3, vec![0.0, 20.0, 40.0]),
            (812.0, 2, vec![0.0, 500.0, 1000.0]),
            (1.0, 3, vec![0.0, 0.5, 1.0]),
            (0.0, 3, vec![0.0, 0.5]),
            (7.0, 3, vec![0.0, 3.0, 6.0, 9.0]),
        ] {
            let axis = Vertical::new(highest, 0.0, 100.0, ticks);
            assert_eq!(axis.ticks, expected, "{highest}");
            assert!(axis.y(highest) >= 0.0);
            assert!((axis.y(0.0) - 100.0).abs() < 1e-9);
        }
    }

    #[test]
    fn months_share_the_width_evenly() {
        let axis = Horizontal::new(4, 20.0, 60.0);
        assert_eq!([axis.x(0), axis.x(3), axis.start(1)], [25.0, 55.0, 30.0]);
    }
}
