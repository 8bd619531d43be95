//! Months without a value: hatched and said so, never drawn as zero.

use hearth_shared::{
    release::Released,
    report::{Point, Series, Status},
};

use crate::{
    scales::{Horizontal, SMALL},
    scene::{Anchor, Role, Scene, Text},
    text,
    words::Words,
};

/// The stretches of months in which `missing` holds: first and last index of each.
pub(crate) fn stretches(count: usize, missing: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for index in (0..count).filter(|index| missing(*index)) {
        match found.last_mut() {
            Some((_, last)) if *last + 1 == index => *last = index,
            _ => found.push((index, index)),
        }
    }
    found
}

/// The stretches of points with one number, which a line can join: a range is drawn as one.
pub(crate) fn runs(points: &[Point]) -> Vec<(usize, usize)> {
    stretches(points.len(), |index| exact(&points[index]).is_some())
}

/// A point's number, where it is one and no range.
pub(crate) fn exact(point: &Point) -> Option<f64> {
    point.value.and_then(Released::value)
}

/// A point's ends, where a range was released.
pub(crate) fn range(point: &Point) -> Option<[f64; 2]> {
    point.value.filter(|value| value.value().is_none()).map(Released::ends)
}

/// Hatches the months in which no series has a value.
pub(crate) fn hatch(scene: &mut Scene, series: &[&Series], axis: Horizontal, top: f64, bottom: f64) {
    let count = series.iter().map(|line| line.points.len()).max().unwrap_or(0);
    let empty =
        |index: usize| series.iter().all(|line| line.points.get(index).is_none_or(|point| point.value.is_none()));
    for (first, last) in stretches(count, empty) {
        scene.hatch((axis.start(first) + 1.0, top), (axis.start(last + 1) - 1.0, bottom));
    }
}

/// The note that says what hatching means here, where anything is missing.
pub(crate) fn note<'a>(points: impl Iterator<Item = &'a Point>, words: &Words) -> Option<String> {
    let (mut suppressed, mut unknown) = (false, false);
    for point in points.filter(|point| point.value.is_none()) {
        if point.status == Status::Suppressed { suppressed = true } else { unknown = true }
    }
    match (suppressed, unknown) {
        (true, true) => Some(words.l.msg_note_both()),
        (true, false) => Some(words.l.msg_note_suppressed()),
        (false, true) => Some(words.l.msg_note_na()),
        (false, false) => None,
    }
}

/// That a month has no value, and whether it is not known or only not shown.
pub(crate) fn says(status: Status, name: impl Into<String>, month: &str, words: &Words) -> String {
    let (name, month) = (name.into(), month.to_owned());
    match status {
        Status::Suppressed => words.l.msg_alt_last_suppressed(name, month),
        _ => words.l.msg_alt_last_unknown(name, month),
    }
}

/// Writes `note` below the picture, and makes room for it.
pub(crate) fn write_note(scene: &mut Scene, note: Option<String>) {
    let lines = note.map(|note| text::wrap(&note, SMALL, false, scene.width)).unwrap_or_default();
    for line in lines {
        scene.height += 18.0;
        let at = (0.0, scene.height - 4.0);
        scene.text(Text { at, text: line, size: SMALL, bold: false, role: Role::Muted, anchor: Anchor::Start });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_gaps_are_one_stretch() {
        let missing = [true, true, false, true];
        assert_eq!(stretches(4, |index| missing[index]), [(0, 1), (3, 3)]);
        assert!(stretches(0, |_| true).is_empty());
    }
}
