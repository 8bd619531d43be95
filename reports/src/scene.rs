//! A picture before it is painted: marks with a role, in pixels from the top left.
//!
//! Charts make scenes and know nothing of SVG or PNG; painting knows nothing of months. Tests read scenes.

/// A point: x to the right, y downwards.
pub(crate) type At = (f64, f64);

/// What a mark is for. The theme gives each role its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The ground.
    Paper,
    /// Text that is read first.
    Ink,
    /// Text that is read second.
    Muted,
    /// Lines that help to read values.
    Grid,
    /// The zero line, ticks, hatching.
    Axis,
    /// What the picture is about.
    Accent,
    /// What it is compared with.
    Context,
    /// A second kind beside the accent.
    Second,
    /// A third, lighter kind.
    Third,
}

/// Which end of a text its position means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// Its start.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// A line of text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Text {
    /// Where its anchor lies on the baseline.
    pub(crate) at: At,
    /// What it says.
    pub(crate) text: String,
    /// The font size.
    pub(crate) size: f64,
    /// Whether it is semibold.
    pub(crate) bold: bool,
    /// Its colour.
    pub(crate) role: Role,
    /// What `at` means.
    pub(crate) anchor: Anchor,
}

/// One thing to paint.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Mark {
    /// Text.
    Text(Text),
    /// A line through at least two points.
    Line { points: Vec<At>, width: f64, role: Role, opacity: f64 },
    /// A filled polygon.
    Area { points: Vec<At>, role: Role, opacity: f64 },
    /// A filled rectangle.
    Rect { from: At, to: At, role: Role, opacity: f64 },
    /// A filled circle.
    Dot { at: At, radius: f64, role: Role },
}

/// A picture: marks in the order in which they are painted.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scene {
    /// The width in pixels.
    pub(crate) width: f64,
    /// The height in pixels.
    pub(crate) height: f64,
    /// What is painted, the lowest first.
    pub(crate) marks: Vec<Mark>,
}

impl Scene {
    /// Nothing yet, as wide as `width`.
    pub(crate) fn new(width: f64) -> Self {
        Self { width, height: 0.0, marks: Vec::new() }
    }

    /// Adds a straight line.
    pub(crate) fn line(&mut self, from: At, to: At, width: f64, role: Role) {
        self.marks.push(Mark::Line { points: vec![from, to], width, role, opacity: 1.0 });
    }

    /// Adds a line through `points`; fewer than two draw nothing.
    pub(crate) fn path(&mut self, points: Vec<At>, width: f64, role: Role) {
        if points.len() > 1 {
            self.marks.push(Mark::Line { points, width, role, opacity: 1.0 });
        }
    }

    /// Adds a rectangle between two corners; an empty one draws nothing.
    pub(crate) fn rect(&mut self, from: At, to: At, role: Role, opacity: f64) {
        if to.0 - from.0 > 0.05 && to.1 - from.1 > 0.05 {
            self.marks.push(Mark::Rect { from, to, role, opacity });
        }
    }

    /// Adds a dot with a rim of paper, so that it stands out from its line.
    pub(crate) fn dot(&mut self, at: At, radius: f64, role: Role) {
        self.marks.push(Mark::Dot { at, radius: radius + 1.5, role: Role::Paper });
        self.marks.push(Mark::Dot { at, radius, role });
    }

    /// Adds a line of text.
    pub(crate) fn text(&mut self, text: Text) {
        if !text.text.is_empty() {
            self.marks.push(Mark::Text(text));
        }
    }

    /// Adds words in one line: where, what, how large and whether semibold, in which colour, and what `at` means.
    pub(crate) fn write(
        &mut self,
        at: At,
        text: impl Into<String>,
        (size, bold): (f64, bool),
        role: Role,
        anchor: Anchor,
    ) {
        self.text(Text { at, text: text.into(), size, bold, role, anchor });
    }

    /// Adds diagonal hatching between two corners: here is nothing to show.
    pub(crate) fn hatch(&mut self, from: At, to: At) {
        const STEP: f64 = 7.0;
        let (width, height) = (to.0 - from.0, to.1 - from.1);
        let mut offset = STEP / 2.0;
        while offset < width + height {
            // The diagonal x + y = offset, cut at the rectangle's sides.
            let start = if offset <= height { (0.0, offset) } else { (offset - height, height) };
            let end = if offset <= width { (offset, 0.0) } else { (width, offset - width) };
            let shift = |(x, y): At| (from.0 + x, from.1 + y);
            self.marks.push(Mark::Line {
                points: vec![shift(start), shift(end)],
                width: 0.8,
                role: Role::Axis,
                opacity: 0.55,
            });
            offset += STEP;
        }
    }

    /// The same marks, moved down, so that something fits above.
    pub(crate) fn lowered(mut self, by: f64) -> Self {
        self.shift(0.0, by);
        self.height += by;
        self
    }

    /// The same marks with a margin on all sides.
    pub(crate) fn framed(mut self, margin: f64) -> Self {
        self.shift(margin, margin);
        self.width += 2.0 * margin;
        self.height += 2.0 * margin;
        self
    }

    /// The same marks, and those of another scene below them.
    pub(crate) fn above(mut self, other: Self) -> Self {
        let mut other = other.lowered(self.height);
        self.marks.append(&mut other.marks);
        Self { width: self.width.max(other.width), height: other.height, ..self }
    }

    /// The same marks on a ground that is so many times as wide as high: more is added at the right, or evenly above and
    /// below, where there is too little. So pictures below each other begin at the same edge.
    pub(crate) fn of_ratio(mut self, ratio: f64) -> Self {
        let (width, height) = (self.width.max(self.height * ratio), self.height.max(self.width / ratio));
        self.shift(0.0, (height - self.height) / 2.0);
        (self.width, self.height) = (width, height);
        self
    }

    fn shift(&mut self, right: f64, down: f64) {
        let shift = |at: &mut At| *at = (at.0 + right, at.1 + down);
        for mark in &mut self.marks {
            match mark {
                Mark::Text(text) => shift(&mut text.at),
                Mark::Line { points, .. } | Mark::Area { points, .. } => points.iter_mut().for_each(shift),
                Mark::Rect { from, to, .. } => [from, to].into_iter().for_each(shift),
                Mark::Dot { at, .. } => shift(at),
            }
        }
    }
}

#[cfg(test)]
impl Scene {
    /// What the scene says and where, as short lines for snapshots: texts, dots, and the ends of accented lines.
    pub(crate) fn outline(&self) -> String {
        let round = |(x, y): At| format!("{x:.0},{y:.0}");
        let line = |mark: &Mark| match mark {
            Mark::Text(text) => Some(format!("{:<8} {} {:?}", round(text.at), text.text, text.role)),
            Mark::Dot { at, role, .. } if *role != Role::Paper => Some(format!("{:<8} dot {role:?}", round(*at))),
            Mark::Line { points, role, .. } if *role == Role::Accent || points.len() > 2 => {
                let ends = [points.first(), points.last()].map(|end| end.map(|end| round(*end)).unwrap_or_default());
                Some(format!("{:<8} line to {} of {} {role:?}", ends[0], ends[1], points.len()))
            }
            Mark::Area { points, role, .. } => Some(format!("         area of {} {role:?}", points.len())),
            _ => None,
        };
        let marks: Vec<String> = self.marks.iter().filter_map(line).collect();
        format!("{:.0} x {:.0}\n{}", self.width, self.height, marks.join("\n"))
    }

    /// The boxes of all texts, for tests that none overlaps another: left, top, right, bottom, text.
    pub(crate) fn text_boxes(&self) -> Vec<([f64; 4], String)> {
        let boxes = self.marks.iter().filter_map(|mark| match mark {
            Mark::Text(text) => {
                let width = crate::text::width(&text.text, text.size, text.bold);
                let left = match text.anchor {
                    Anchor::Start => text.at.0,
                    Anchor::Middle => text.at.0 - width / 2.0,
                    Anchor::End => text.at.0 - width,
                };
                let (top, bottom) = (text.at.1 - 0.72 * text.size, text.at.1 + 0.2 * text.size);
                Some(([left, top, left + width, bottom], text.text.clone()))
            }
            _ => None,
        });
        boxes.collect()
    }

    /// Its texts.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &Text> {
        self.marks.iter().filter_map(|mark| if let Mark::Text(text) = mark { Some(text) } else { None })
    }

    /// Fails where two texts overlap or one leaves the picture.
    pub(crate) fn assert_texts_are_apart(&self, what: &str) {
        let boxes = self.text_boxes();
        for (index, ([left, top, right, bottom], text)) in boxes.iter().enumerate() {
            let inside = *left >= -0.5 && *top >= -0.5 && *right <= self.width + 0.5 && *bottom <= self.height + 0.5;
            assert!(inside, "{what}: `{text}` leaves the picture: {left:.0},{top:.0} to {right:.0},{bottom:.0}");
            for ([other_left, other_top, other_right, other_bottom], other) in &boxes[index + 1..] {
                let apart = right <= other_left || other_right <= left || bottom <= other_top || other_bottom <= top;
                assert!(apart, "{what}: `{text}` overlaps `{other}`");
            }
        }
    }
}
