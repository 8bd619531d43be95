//! Labels at the right end of lines and bars: a value in bold, its name below, none over another.

use crate::{
    place::{self, Wanted},
    scales::count,
    scene::{Anchor, At, Role, Scene, Text},
    text,
};

/// The size of end labels.
pub(crate) const SIZE: f64 = 14.0;
const LINE: f64 = 16.5;

/// A label at an end.
#[derive(Clone, Debug)]
pub(crate) struct End {
    /// The height at which the line or bar ends, where the label wants to be.
    pub(crate) y: f64,
    /// The value, in bold, or what stands in its stead.
    pub(crate) value: String,
    /// The name below or beside it.
    pub(crate) name: String,
    /// The label's colour.
    pub(crate) role: Role,
}

impl End {
    /// The label's lines, broken at `room`; the first starts with the value.
    fn lines(&self, room: f64) -> Vec<String> {
        let together = format!("{} {}", self.value, self.name);
        let beside = text::width(&self.value, SIZE, true) + 4.0 + text::width(&self.name, SIZE, false) <= room;
        if beside {
            return vec![together];
        }
        [vec![self.value.clone()], text::wrap(&self.name, SIZE, false, room)].concat()
    }

    fn width(&self, room: f64) -> f64 {
        match self.lines(room).as_slice() {
            [_] => text::width(&self.value, SIZE, true) + 4.0 + text::width(&self.name, SIZE, false),
            [value, names @ ..] => {
                names.iter().map(|name| text::width(name, SIZE, false)).fold(text::width(value, SIZE, true), f64::max)
            }
            [] => 0.0,
        }
    }
}

/// How much room the labels need to the right, at most `room`.
pub(crate) fn gutter(ends: &[End], room: f64) -> f64 {
    ends.iter().map(|end| end.width(room)).fold(0.0, f64::max).ceil()
}

/// Writes the labels from `x` on, between `top` and `bottom`. With `leader`, a thin line leads from there to each.
pub(crate) fn write(scene: &mut Scene, ends: &[End], x: f64, (top, bottom): (f64, f64), leader: Option<f64>) {
    let room = scene.width - x;
    let lines: Vec<Vec<String>> = ends.iter().map(|end| end.lines(room)).collect();
    let wanted: Vec<Wanted> = ends
        .iter()
        .zip(&lines)
        .map(|(end, lines)| Wanted { centre: end.y, height: LINE * count(lines.len()) + 2.0 })
        .collect();
    let centres = place::column(&wanted, top, bottom);
    for ((end, lines), centre) in ends.iter().zip(&lines).zip(centres) {
        if let Some(from) = leader {
            let (middle, to) = ((from + x) / 2.0 - 1.0, x - 3.0);
            let straight = (centre - end.y).abs() < 0.5;
            let way: Vec<At> = if straight {
                vec![(from, end.y), (to, end.y)]
            } else {
                vec![(from, end.y), (middle, centre), (to, centre)]
            };
            scene.path(way, 0.8, Role::Axis);
        }
        let first = centre - LINE * count(lines.len()) / 2.0 + 12.3;
        for (index, line) in lines.iter().enumerate() {
            let at = (x, first + LINE * count(index));
            if index > 0 {
                scene.text(plain(at, line, end.role));
                continue;
            }
            let value = Text { bold: true, ..plain(at, &end.value, end.role) };
            scene.text(value);
            if lines.len() == 1 {
                let beside = (x + text::width(&end.value, SIZE, true) + 4.0, at.1);
                scene.text(plain(beside, &end.name, end.role));
            }
        }
    }
}

fn plain(at: At, text: &str, role: Role) -> Text {
    Text { at, text: text.to_owned(), size: SIZE, bold: false, role, anchor: Anchor::Start }
}
