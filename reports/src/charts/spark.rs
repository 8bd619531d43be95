//! A line small enough for a row of a table: months from zero, on a scale of its own. A range is a bar over its month.

use hearth_shared::report::Point;

use super::gaps;
use crate::{
    scales::count,
    scene::{At, Role, Scene},
};

/// Where such a line lies, and how many months it has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sparkline {
    /// Its left upper corner.
    pub at: At,
    /// Its width and height.
    pub size: (f64, f64),
    /// How many months lie side by side.
    pub months: usize,
}

impl Sparkline {
    /// Where a month lies; the last at the right end.
    pub fn x(&self, month: usize) -> f64 {
        match self.months {
            0 | 1 => self.at.0 + self.size.0,
            months => self.at.0 + self.size.0 * count(month) / count(months - 1),
        }
    }

    /// Draws the months; the last is a dot, and so are, smaller, those `marked`.
    pub fn draw(&self, scene: &mut Scene, points: &[Point], marked: &[usize]) {
        let ((left, top), (width, height)) = (self.at, self.size);
        let highest = points.iter().filter_map(|point| point.value.map(|value| value.ends()[1])).fold(1.0, f64::max);
        let at = |index: usize, value: f64| (self.x(index), top + height * (1.0 - value / highest));
        let last = points.len().saturating_sub(1);
        scene.line((left, top + height), (left + width, top + height), 1.0, Role::Grid);
        for (index, [low, high]) in points.iter().enumerate().filter_map(|(it, point)| Some((it, gaps::range(point)?)))
        {
            let (x, y) = at(index, high);
            let role = if index == last { Role::Accent } else { Role::Third };
            scene.rect((x - 2.0, y), (x + 2.0, at(index, low).1), role, 1.0);
        }
        for (from, to) in gaps::runs(points) {
            let known = || (from..=to).filter_map(|index| Some((index, gaps::exact(&points[index])?)));
            scene.path(known().map(|(index, value)| at(index, value)).collect(), 1.6, Role::Second);
            for (index, value) in known() {
                // A month alone between gaps has no line: a dot keeps it visible.
                if index == last {
                    scene.dot(at(index, value), 3.0, Role::Accent);
                } else if marked.contains(&index) {
                    scene.dot(at(index, value), 2.2, Role::Second);
                } else if from == to {
                    scene.dot(at(index, value), 1.5, Role::Second);
                }
            }
        }
    }

    /// Dots in the months in which something happened, on one line.
    pub fn draw_moments(&self, scene: &mut Scene, happened: &[usize]) {
        let ((left, top), (width, height)) = (self.at, self.size);
        let y = top + height / 2.0;
        scene.line((left, y), (left + width, y), 1.0, Role::Grid);
        for month in happened {
            scene.dot((self.x(*month), y), 2.5, Role::Muted);
        }
    }
}
