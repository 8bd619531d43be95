//! The font, and how much room words take in it.

use std::sync::OnceLock;

use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};

/// The family under which the shipped font is known to plotters, and the stack that an SVG names.
pub(crate) const FAMILY: &str = "Hearth Sans, Source Sans 3, system-ui, sans-serif";

/// The shipped font, for pages: regular and semibold.
pub(crate) const WOFF2: [&[u8]; 2] =
    [include_bytes!("../fonts/hearth-sans-regular.woff2"), include_bytes!("../fonts/hearth-sans-semibold.woff2")];

/// Makes the shipped font known to plotters, once. Says whether it is a font that plotters reads.
pub(crate) fn register() -> bool {
    static REGISTERED: OnceLock<bool> = OnceLock::new();
    *REGISTERED.get_or_init(|| {
        let regular = include_bytes!("../fonts/hearth-sans-regular.ttf");
        let semibold = include_bytes!("../fonts/hearth-sans-semibold.ttf");
        register_font(FAMILY, FontStyle::Normal, regular).is_ok()
            && register_font(FAMILY, FontStyle::Bold, semibold).is_ok()
    })
}

/// The font at `size` pixels to the em. plotters takes the height of a line, which is 1.24 em in the shipped font.
pub(crate) fn font(size: f64, bold: bool) -> FontDesc<'static> {
    register();
    let style = if bold { FontStyle::Bold } else { FontStyle::Normal };
    FontDesc::new(FontFamily::Name(FAMILY), size * 1.24, style)
}

/// How wide `text` is at `size` pixels to the em.
pub(crate) fn width(text: &str, size: f64, bold: bool) -> f64 {
    // Measured large, because plotters rounds to whole pixels.
    let units = font(1000.0, bold).layout_box(text).map(|((left, _), (right, _))| f64::from(right - left));
    #[expect(clippy::cast_precision_loss, reason = "a text has fewer letters than 2^52")]
    let guess = || text.chars().count() as f64 * 550.0;
    units.unwrap_or_else(|_| guess()) * size / 1000.0
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_font_is_read_and_measures_text() {
        assert!(register());
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
}
