//! The font, and how much room words take in it.

use std::sync::OnceLock;

use ab_glyph::{Font, FontRef, ScaleFont};
use plotters::style::{FontDesc, FontFamily, FontStyle};

/// The family that an SVG names; the first is the shipped font.
pub(crate) const FAMILY: &str = "Hearth Sans,system-ui,sans-serif";

/// The shipped font, for pages: regular and semibold.
pub(crate) const WOFF2: [&[u8]; 2] =
    [include_bytes!("../fonts/hearth-sans-regular.woff2"), include_bytes!("../fonts/hearth-sans-semibold.woff2")];

/// A line of the shipped font is this high in em; fonts are scaled by the height of a line.
const LINE: f64 = 1.24;

/// The shipped font, for measuring and for painting pixels; `None` only where the build is broken, which a test denies.
fn face(bold: bool) -> Option<&'static FontRef<'static>> {
    static FACES: OnceLock<[Option<FontRef<'static>>; 2]> = OnceLock::new();
    let faces = FACES.get_or_init(|| {
        [
            FontRef::try_from_slice(include_bytes!("../fonts/hearth-sans-regular.ttf")).ok(),
            FontRef::try_from_slice(include_bytes!("../fonts/hearth-sans-semibold.ttf")).ok(),
        ]
    });
    faces[usize::from(bold)].as_ref()
}

/// The font by name, as plotters passes it to an SVG, at `size` pixels to the em.
pub(crate) fn font(size: f64, bold: bool) -> FontDesc<'static> {
    let style = if bold { FontStyle::Bold } else { FontStyle::Normal };
    FontDesc::new(FontFamily::Name(FAMILY), size * LINE, style)
}

/// How wide `text` is at `size` pixels to the em.
pub(crate) fn width(text: &str, size: f64, bold: bool) -> f64 {
    let Some(face) = face(bold) else { return 0.0 };
    let units: f32 = text.chars().map(|letter| face.h_advance_unscaled(face.glyph_id(letter))).sum();
    f64::from(units) * size / f64::from(face.units_per_em().unwrap_or(1000.0))
}

/// Paints `text` from `at` on its baseline: calls `pixel` with position and coverage.
///
/// plotters' own way to paint letters leaves out the room that a letter has on its left, which shows as uneven gaps.
pub(crate) fn pixels<E>(
    text: &str,
    size: f64,
    bold: bool,
    at: (f64, f64),
    mut pixel: impl FnMut(i32, i32, f32) -> Result<(), E>,
) -> Result<(), E> {
    let Some(face) = face(bold) else { return Ok(()) };
    #[expect(clippy::cast_possible_truncation, reason = "pixels of a picture")]
    let (scaled, mut x, y) = (face.as_scaled((size * LINE) as f32), at.0 as f32, at.1 as f32);
    for letter in text.chars() {
        let mut glyph = scaled.scaled_glyph(letter);
        glyph.position = ab_glyph::point(x, y);
        x += scaled.h_advance(glyph.id);
        let Some(outline) = scaled.outline_glyph(glyph) else { continue };
        let corner = outline.px_bounds().min;
        let mut covered = Vec::new();
        outline.draw(|right, down, coverage| covered.push((right, down, coverage)));
        for (right, down, coverage) in covered.into_iter().filter(|(.., coverage)| *coverage > 0.0) {
            #[expect(clippy::cast_possible_truncation, reason = "pixels of a picture")]
            let (left, top) = (corner.x as i32, corner.y as i32);
            pixel(left.saturating_add_unsigned(right), top.saturating_add_unsigned(down), coverage.min(1.0))?;
        }
    }
    Ok(())
}

/// Breaks `text` into lines at most `room` wide. A word that is wider stands alone.
pub(crate) fn wrap(text: &str, size: f64, bold: bool, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), size, bold) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// `text`, or as much of its beginning as fits into `room`, with an ellipsis.
pub(crate) fn fit(text: &str, size: f64, bold: bool, room: f64) -> String {
    if width(text, size, bold) <= room {
        return text.to_owned();
    }
    let mut letters: Vec<char> = text.chars().collect();
    loop {
        letters.pop();
        let shorter = letters.iter().collect::<String>().trim_end().to_owned() + "…";
        if letters.is_empty() || width(&shorter, size, bold) <= room {
            return shorter;
        }
    }
}

/// Whether the shipped font has every letter of `text`: a page falls back to the reader's fonts, a PNG cannot.
pub(crate) fn is_covered(text: &str) -> bool {
    face(false).is_some_and(|face| text.chars().all(|letter| face.glyph_id(letter).0 != 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_font_is_read_and_measures_text() {
        assert!(face(false).is_some() && face(true).is_some());
        let (narrow, wide) = (width("ill", 13.0, false), width("mmm", 13.0, false));
        assert!(narrow > 5.0 && wide > 2.0 * narrow, "{narrow} {wide}");
        assert!(width("Stimmen", 13.0, true) > width("Stimmen", 13.0, false));
    }

    #[test]
    fn lines_break_between_words_only() {
        assert_eq!(wrap("wirksame Stimmen", 13.0, false, 60.0), ["wirksame", "Stimmen"]);
        assert_eq!(wrap("wirksame Stimmen", 13.0, false, 600.0), ["wirksame Stimmen"]);
        assert_eq!(wrap("Zentralisierung", 13.0, false, 10.0), ["Zentralisierung"]);
        assert!(wrap("", 13.0, false, 10.0).is_empty());
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        assert_eq!(fit("Kiln talk", 13.0, false, 600.0), "Kiln talk");
        let short = fit("Water cooler and other small talk", 13.0, false, 100.0);
        assert!(short.starts_with("Water") && short.ends_with('…') && width(&short, 13.0, false) <= 100.0, "{short}");
        assert_eq!(fit("Kiln", 13.0, false, 1.0), "…");
    }

    #[test]
    fn the_font_says_which_letters_it_has() {
        assert!(is_covered("Töpferei, 95 %: 8 – 10") && !is_covered("ورشة"));
    }
}
