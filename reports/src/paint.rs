//! Paints a scene with plotters, as SVG or as PNG.

use std::io::Cursor;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use image::{
    ColorType, ImageEncoder,
    codecs::png::{CompressionType, FilterType, PngEncoder},
};
use plotters::{
    backend::{BitMapBackend, DrawingBackend, SVGBackend},
    style::{
        Color, ShapeStyle, TextStyle,
        text_anchor::{HPos, Pos, VPos},
    },
};

use crate::{
    scene::{Anchor, At, Mark, Role, Scene, Text},
    text,
    theme::{Theme, css},
};

/// plotters places in whole pixels: an SVG is drawn ten times as large and shown at a tenth, so lines stay smooth.
const SVG_SCALE: f64 = 10.0;
/// A PNG has two pixels for one, for sharp screens, and is drawn with two more to each for smooth edges.
const PNG_SCALE: u32 = 4;
/// Of those, how many become one.
const PNG_SMOOTH: u32 = 2;

/// The picture could not be painted.
#[derive(Debug, thiserror::Error)]
#[error("a picture could not be painted: {0}")]
pub struct PaintError(String);

impl PaintError {
    pub(crate) fn of(error: impl std::fmt::Display) -> Self {
        Self(error.to_string())
    }
}

/// What an SVG is drawn for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum SvgTarget<'a> {
    /// For a page, which brings colours and font, and shows it at one width only.
    Page { class: &'a str, alt: &'a str },
    /// For a file of its own.
    File { title: &'a str, alt: &'a str },
}

/// The scene as SVG.
pub(crate) fn svg(scene: &Scene, theme: Theme, target: SvgTarget) -> Result<String, PaintError> {
    let mut drawn = String::new();
    let [width, height] = [scene.width, scene.height].map(|side| pixels(side, SVG_SCALE).unsigned_abs());
    let mut backend = SVGBackend::with_string(&mut drawn, (width, height));
    let brush = Brush { theme, scale: SVG_SCALE, outlines: false };
    brush.paint(&mut backend, scene)?;
    backend.present().map_err(PaintError::of)?;
    drop(backend);
    let marks = drawn.split_once(">\n").map_or("", |(_, marks)| marks);
    let size = format!(r#"width="{}" height="{}" viewBox="0 0 {width} {height}""#, scene.width, scene.height);
    let root = format!(r#"<svg xmlns="http://www.w3.org/2000/svg" role="img" stroke-linejoin="round" {size}"#);
    let head = match target {
        SvgTarget::Page { class, alt } => format!("{root} class=\"{class}\" aria-label=\"{}\">", escape(alt)),
        SvgTarget::File { title, alt } => {
            let faces: String = font_faces();
            let paper = css(theme.color(Role::Paper));
            format!(
                "{root}>\n<title>{}</title>\n<desc>{}</desc>\n<style>{faces}</style>\n\
                 <rect width=\"{width}\" height=\"{height}\" fill=\"{paper}\"/>",
                escape(title),
                escape(alt),
            )
        }
    };
    Ok(format!("{head}\n{}", tidied(marks)))
}

/// The scene as PNG.
pub(crate) fn png(scene: &Scene, theme: Theme) -> Result<Vec<u8>, PaintError> {
    let scale = f64::from(PNG_SCALE);
    let [width, height] = [scene.width, scene.height].map(|side| pixels(side.round(), scale).unsigned_abs());
    let paper = theme.color(Role::Paper);
    let mut large = [paper.0, paper.1, paper.2].repeat(width as usize * height as usize);
    {
        let mut backend = BitMapBackend::with_buffer(&mut large, (width, height));
        let brush = Brush { theme, scale, outlines: true };
        brush.paint(&mut backend, scene)?;
        backend.present().map_err(PaintError::of)?;
    }
    let small = smoothed(&large, width as usize);
    let mut bytes = Cursor::new(Vec::new());
    // Flat colours: one filter for all rows does as well as trying each, in a third of the time.
    PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Up)
        .write_image(&small, width / PNG_SMOOTH, height / PNG_SMOOTH, ColorType::Rgb8)
        .map_err(PaintError::of)?;
    Ok(bytes.into_inner())
}

/// CSS that brings the shipped font along.
pub(crate) fn font_faces() -> String {
    let face = |(weight, bytes): (&str, &[u8])| {
        let data = BASE64_STANDARD.encode(bytes);
        format!(
            "@font-face{{font-family:\"Hearth Sans\";font-weight:{weight};\
             src:url(data:font/woff2;base64,{data}) format(\"woff2\")}}"
        )
    };
    let [regular, semibold] = text::WOFF2;
    [("400", regular), ("600 700", semibold)].map(face).concat()
}

struct Brush {
    theme: Theme,
    scale: f64,
    /// Whether text is painted letter by letter, or passed on as text.
    outlines: bool,
}

impl Brush {
    fn paint<B: DrawingBackend>(&self, backend: &mut B, scene: &Scene) -> Result<(), PaintError> {
        scene.marks.iter().try_for_each(|mark| self.mark(backend, mark))
    }

    fn mark<B: DrawingBackend>(&self, backend: &mut B, mark: &Mark) -> Result<(), PaintError> {
        let points = |points: &[At]| points.iter().map(|at| self.at(*at)).collect::<Vec<_>>();
        match mark {
            Mark::Text(text) => return self.text(backend, text),
            Mark::Line { points: line, width, role, opacity } => {
                let style = self.style(*role, *opacity, *width);
                let line = points(line);
                match line.as_slice() {
                    [from, to] => backend.draw_line(*from, *to, &style),
                    _ => backend.draw_path(line, &style),
                }
            }
            Mark::Area { points: area, role, opacity } => {
                backend.fill_polygon(points(area), &self.style(*role, *opacity, 0.0))
            }
            Mark::Rect { from, to, role, opacity } => {
                backend.draw_rect(self.at(*from), self.at(*to), &self.style(*role, *opacity, 0.0), true)
            }
            Mark::Dot { at, radius, role } => {
                let radius = pixels(*radius, self.scale).unsigned_abs();
                backend.draw_circle(self.at(*at), radius, &self.style(*role, 1.0, 0.0), true)
            }
        }
        .map_err(PaintError::of)
    }

    fn text<B: DrawingBackend>(&self, backend: &mut B, text: &Text) -> Result<(), PaintError> {
        /// How far below its top, in em, plotters' SVG puts a text's baseline.
        const ASCENT: f64 = 0.76;
        let color = self.theme.color(text.role);
        let (size, (x, y)) = (text.size * self.scale, text.at);
        if self.outlines {
            let width = text::width(&text.text, size, text.bold);
            let left = match text.anchor {
                Anchor::Start => x * self.scale,
                Anchor::Middle => x * self.scale - width / 2.0,
                Anchor::End => x * self.scale - width,
            };
            let (across, down) = backend.get_size();
            let inside = |x: i32, y: i32| x.unsigned_abs() < across && y.unsigned_abs() < down && x >= 0 && y >= 0;
            let pixel = |x: i32, y: i32, coverage: f32| {
                if !inside(x, y) {
                    return Ok(());
                }
                backend.draw_pixel((x, y), color.mix(f64::from(coverage)).to_backend_color())
            };
            return text::pixels(&text.text, size, text.bold, (left, y * self.scale), pixel).map_err(PaintError::of);
        }
        let horizontal = match text.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let style = TextStyle::from(text::font(size, text.bold)).color(&color).pos(Pos::new(horizontal, VPos::Top));
        backend.draw_text(&text.text, &style, self.at((x, y - ASCENT * text.size))).map_err(PaintError::of)
    }

    fn at(&self, (x, y): At) -> (i32, i32) {
        (pixels(x, self.scale), pixels(y, self.scale))
    }

    fn style(&self, role: Role, opacity: f64, width: f64) -> ShapeStyle {
        let stroke_width = pixels(width, self.scale).unsigned_abs().max(1);
        ShapeStyle { color: self.theme.color(role).mix(opacity), filled: true, stroke_width }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "saturates far outside of any picture")]
fn pixels(length: f64, scale: f64) -> i32 {
    (length * scale).round() as i32
}

/// Averages squares of two times two RGB pixels.
fn smoothed(large: &[u8], width: usize) -> Vec<u8> {
    let row = width * 3;
    let mut small = Vec::with_capacity(large.len() / 4);
    for rows in large.chunks_exact(row * 2) {
        let (upper, lower) = rows.split_at(row);
        for (above, below) in upper.chunks_exact(6).zip(lower.chunks_exact(6)) {
            for channel in 0..3 {
                let four = [above[channel], above[channel + 3], below[channel], below[channel + 3]];
                let sum: u16 = four.into_iter().map(u16::from).sum();
                small.push(u8::try_from(sum / 4).unwrap_or(u8::MAX));
            }
        }
    }
    small
}

/// plotters' marks without what says nothing: full opacity, line breaks around texts.
fn tidied(marks: &str) -> String {
    let mut tidy = String::with_capacity(marks.len());
    let mut inside = false;
    for line in marks.lines() {
        inside = (inside || line.starts_with("<text")) && line != "</text>";
        tidy.push_str(&line.replacen(" opacity=\"1\"", "", 1));
        if !inside {
            tidy.push('\n');
        }
    }
    tidy
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scene() -> Scene {
        let mut scene = Scene::new(100.0);
        scene.height = 50.0;
        scene.path(vec![(10.0, 10.0), (50.04, 20.0), (90.0, 10.0)], 2.0, Role::Accent);
        let text = "5 < 6 & \"7\"".to_owned();
        scene.text(Text { at: (50.0, 40.0), text, size: 12.0, bold: true, role: Role::Ink, anchor: Anchor::Middle });
        scene
    }

    #[test]
    fn an_svg_holds_text_as_text_and_says_what_it_shows() {
        let target = SvgTarget::File { title: "A <title>", alt: "Says \"what\" it shows." };
        let svg = svg(&scene(), Theme::Light, target).unwrap();
        assert!(svg.contains("<title>A &lt;title&gt;</title>\n<desc>Says &quot;what&quot; it shows.</desc>"));
        assert!(svg.contains(">5 &lt; 6 &amp; &quot;7&quot;</text>"), "{}", &svg[svg.len() - 600..]);
        assert!(svg.contains(r#"width="100" height="50" viewBox="0 0 1000 500""#));
        assert!(svg.contains("font-weight=\"bold\""));
        assert!(svg.trim_end().ends_with("</svg>"));
    }

    #[test]
    fn a_png_has_two_pixels_for_one_and_paper_in_the_corners() {
        let png = png(&scene(), Theme::Dark).unwrap();
        let picture = image::load_from_memory(&png).unwrap().to_rgb8();
        assert_eq!(picture.dimensions(), (200, 100));
        let paper = Theme::Dark.color(Role::Paper);
        assert_eq!(picture.get_pixel(0, 0).0, [paper.0, paper.1, paper.2]);
        assert!(picture.pixels().any(|pixel| pixel.0 != [paper.0, paper.1, paper.2]));
    }

    #[test]
    fn the_same_scene_gives_the_same_bytes() {
        assert_eq!(png(&scene(), Theme::Light).unwrap(), png(&scene(), Theme::Light).unwrap());
    }
}
