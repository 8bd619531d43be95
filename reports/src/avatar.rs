//! The bot's picture of itself: a fire on a hearth, in the colours of the report.

use std::io::Cursor;

use image::{
    ColorType, ImageEncoder,
    codecs::png::{CompressionType, FilterType, PngEncoder},
};
use plotters::{
    backend::{BitMapBackend, DrawingBackend},
    style::{Color, RGBColor},
};

use crate::{paint::PaintError, scene::Role, theme::Theme};

/// How many pixels it is wide and high.
const SIDE: u32 = 256;
/// It is drawn so many times as large, for smooth edges.
const SMOOTH: u32 = 4;

/// Half a flame, from its tip to its foot, in parts of its height: how far down, and how wide from the middle.
const FLAME: [(f64, f64); 12] = [
    (0.0, 0.0),
    (0.08, 0.03),
    (0.2, 0.10),
    (0.32, 0.19),
    (0.45, 0.28),
    (0.58, 0.35),
    (0.7, 0.38),
    (0.8, 0.37),
    (0.88, 0.32),
    (0.94, 0.24),
    (0.98, 0.13),
    (1.0, 0.0),
];

/// The picture as a PNG file.
///
/// # Errors
///
/// Where it cannot be painted.
pub fn avatar() -> Result<Vec<u8>, PaintError> {
    let side = SIDE * SMOOTH;
    let paper = Theme::Dark.color(Role::Paper);
    let mut large = [paper.0, paper.1, paper.2].repeat((side * side) as usize);
    {
        let mut backend = BitMapBackend::with_buffer(&mut large, (side, side));
        // Clients cut a circle out of it: everything stays well within.
        flame(&mut backend, (0.5, 0.16), 0.58, Theme::Light.color(Role::Accent))?;
        flame(&mut backend, (0.52, 0.36), 0.36, Theme::Dark.color(Role::Accent))?;
        flame(&mut backend, (0.49, 0.52), 0.19, RGBColor(0xFB, 0xDD, 0xA6))?;
        log(&mut backend)?;
        backend.present().map_err(PaintError::of)?;
    }
    let small = smaller(&large, side as usize);
    let mut bytes = Cursor::new(Vec::new());
    PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::Adaptive)
        .write_image(&small, SIDE, SIDE, ColorType::Rgb8)
        .map_err(PaintError::of)?;
    Ok(bytes.into_inner())
}

/// A point of the picture, whose sides are 1 long, in pixels.
#[expect(clippy::cast_possible_truncation, reason = "a few hundred pixels")]
fn at((x, y): (f64, f64)) -> (i32, i32) {
    let side = f64::from(SIDE * SMOOTH);
    ((x * side).round() as i32, (y * side).round() as i32)
}

/// A flame with its tip at a point, and so high. It leans a little, as by a draught.
fn flame(backend: &mut BitMapBackend, (x, y): (f64, f64), height: f64, color: RGBColor) -> Result<(), PaintError> {
    let lean = |down: f64| 0.09 * height * (down * std::f64::consts::TAU * 0.75).sin() * (1.0 - down);
    let side = |sign: f64| {
        smooth(&FLAME)
            .into_iter()
            .map(move |(down, wide)| at((x + lean(down) + sign * wide * height, y + down * height)))
    };
    let outline: Vec<_> = side(1.0).chain(side(-1.0).rev()).collect();
    backend.fill_polygon(outline, &color.filled()).map_err(PaintError::of)
}

/// The log under the fire.
fn log(backend: &mut BitMapBackend) -> Result<(), PaintError> {
    let color = Theme::Light.color(Role::Axis);
    let (left, right, top, bottom) = (0.27, 0.73, 0.76, 0.83);
    let middle = (top + bottom) / 2.0;
    backend.draw_rect(at((left, top)), at((right, bottom)), &color, true).map_err(PaintError::of)?;
    for end in [left, right] {
        let radius = at(((bottom - top) / 2.0, 0.0)).0.unsigned_abs();
        backend.draw_circle(at((end, middle)), radius, &color, true).map_err(PaintError::of)?;
    }
    Ok(())
}

/// The same line through more points, without corners (Catmull and Rom).
fn smooth(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let point = |place: usize| points[place.clamp(1, points.len()) - 1];
    let between = |a: f64, b: f64, c: f64, d: f64, t: f64| {
        0.5 * (2.0 * b
            + (c - a) * t
            + (2.0 * a - 5.0 * b + 4.0 * c - d) * t * t
            + (3.0 * b - a - 3.0 * c + d) * t * t * t)
    };
    let mut line = Vec::new();
    for place in 1..points.len() {
        let (a, b, c, d) = (point(place - 1), point(place), point(place + 1), point(place + 2));
        for step in 0..12 {
            let t = f64::from(step) / 12.0;
            line.push((between(a.0, b.0, c.0, d.0, t), between(a.1, b.1, c.1, d.1, t).max(0.0)));
        }
    }
    line.extend(points.last());
    line
}

/// Each square of pixels as one.
fn smaller(large: &[u8], side: usize) -> Vec<u8> {
    let (step, row) = (SMOOTH as usize, side * 3);
    let mut small = Vec::with_capacity(large.len() / (step * step));
    for y in (0..side).step_by(step) {
        for x in (0..side).step_by(step) {
            for channel in 0..3 {
                let square = (0..step * step).map(|place| (y + place / step) * row + (x + place % step) * 3 + channel);
                let sum: usize = square.map(|at| usize::from(large[at])).sum();
                small.push(u8::try_from(sum / (step * step)).unwrap_or(u8::MAX));
            }
        }
    }
    small
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bots_picture_is_small_and_lies_in_the_circle_that_clients_cut() {
        let png = avatar().unwrap();
        assert!(png.starts_with(b"\x89PNG") && png.len() < 20_000, "{} bytes", png.len());
        let picture = image::load_from_memory(&png).unwrap().to_rgb8();
        assert_eq!(picture.dimensions(), (SIDE, SIDE));
        let paper = Theme::Dark.color(Role::Paper);
        let (mut inside, middle) = (0, f64::from(SIDE) / 2.0);
        for (x, y, pixel) in picture.enumerate_pixels().filter(|(.., pixel)| pixel.0 != [paper.0, paper.1, paper.2]) {
            let distance = (f64::from(x) - middle).hypot(f64::from(y) - middle);
            assert!(distance < middle * 0.95, "{x} {y} {pixel:?}");
            inside += 1;
        }
        assert!(inside > 10_000, "{inside} pixels");
    }
}
