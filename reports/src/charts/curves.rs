//! Lines over a share from 0 to 1: the Lorenz curve, this month's over an earlier one's.

use hearth_shared::report::{Curve, Curves};

use super::Size;
use crate::{
    place::crosses,
    scales::SMALL,
    scene::{Anchor, At, Role, Scene, Text},
    text,
    words::Words,
};

const LABEL: f64 = 14.0;

/// A square from which shares become pixels.
#[derive(Clone, Copy)]
struct Plot {
    left: f64,
    top: f64,
    side: f64,
}

impl Plot {
    fn at(self, [x, y]: [f64; 2]) -> At {
        (self.left + x * self.side, self.top + (1.0 - y) * self.side)
    }
}

/// Draws the figure, or `None` where there is no curve.
pub(crate) fn draw(figure: &Curves, words: &Words, size: Size) -> Option<Scene> {
    let this = figure.curves.first().filter(|curve| curve.points.len() > 1)?;
    let left = text::width(&words.percent(1.0), SMALL, false).ceil() + 8.0;
    let side = size.pick(380.0, 340.0 - left - 12.0);
    let offset = size.pick((720.0 - side) / 2.0 - left / 2.0, left);
    let plot = Plot { left: offset, top: 34.0, side };
    let mut scene = Scene::new(size.width());
    frame(&mut scene, plot, words);

    scene.line(plot.at([0.0, 0.0]), plot.at([1.0, 1.0]), 1.2, Role::Axis);
    let at = |curve: &Curve| curve.points.iter().map(|point| plot.at(*point)).collect::<Vec<_>>();
    let mut lines: Vec<Vec<At>> = vec![vec![plot.at([0.0, 0.0]), plot.at([1.0, 1.0])]];
    for (index, curve) in figure.curves.iter().enumerate().rev() {
        let (width, role) = if index == 0 { (2.6, Role::Accent) } else { (1.6, Role::Context) };
        scene.path(at(curve), width, role);
        lines.push(at(curve));
    }
    let half = half_share(this)?;
    scene.dot(plot.at([0.5, half]), 4.5, Role::Accent);

    // Above the diagonal nothing is drawn, so its label has the place to itself.
    let (x, y) = plot.at([0.5, 0.5]);
    label(&mut scene, (x - 12.0, y - 4.0), words.l.msg_lorenz_equal(), false, Role::Muted, Anchor::End);
    let mut taken: Vec<[f64; 4]> = Vec::new();
    for (index, curve) in figure.curves.iter().enumerate() {
        let (name, role) = (words.month_year(curve.month), if index == 0 { Role::Accent } else { Role::Muted });
        let name = if index == 0 { vec![name, words.l.msg_lorenz_half(words.percent(half))] } else { vec![name] };
        let width = name.iter().map(|line| text::width(line, LABEL, true)).fold(0.0, f64::max);
        let height = if index == 0 { 34.0 } else { 17.0 };
        let spot = spot(curve, plot, (width, height), &lines, &taken, scene.width);
        taken.push([spot.0, spot.1, spot.0 + width, spot.1 + height]);
        for (line, text) in name.into_iter().enumerate() {
            let below = if line == 0 { 0.0 } else { 17.0 };
            label(&mut scene, (spot.0, spot.1 + 13.0 + below), text, line == 0 && index == 0, role, Anchor::Start);
        }
    }
    scene.height = plot.top + plot.side + 44.0;
    Some(scene)
}

/// What the quieter half holds.
pub(crate) fn says(figure: &Curves, words: &Words) -> String {
    let mut said = Vec::new();
    for curve in &figure.curves {
        let Some(half) = half_share(curve) else { continue };
        let (month, share) = (words.month_year(curve.month), words.percent(half));
        said.push(if said.is_empty() {
            words.l.msg_alt_lorenz(month, share)
        } else {
            words.l.msg_alt_lorenz_earlier(month, share)
        });
    }
    said.join(" ")
}

/// The share that the quieter half holds.
pub(crate) fn half_share(curve: &Curve) -> Option<f64> {
    curve.points.windows(2).find_map(|pair| {
        let [[x0, y0], [x1, y1]] = [pair[0], pair[1]];
        (x0 <= 0.5 && 0.5 <= x1 && x1 > x0).then(|| y0 + (y1 - y0) * (0.5 - x0) / (x1 - x0))
    })
}

fn frame(scene: &mut Scene, plot: Plot, words: &Words) {
    for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
        let role = if share == 0.0 { Role::Axis } else { Role::Grid };
        scene.line(plot.at([0.0, share]), plot.at([1.0, share]), 1.0, role);
        scene.line(plot.at([share, 0.0]), plot.at([share, 1.0]), 1.0, role);
        let tick = words.percent(share);
        let (x, y) = plot.at([0.0, share]);
        small(scene, (x - 8.0, y + 4.3), tick.clone(), Anchor::End);
        let (x, y) = plot.at([share, 0.0]);
        let anchor = if share == 1.0 { Anchor::End } else { Anchor::Middle };
        let x = if share == 1.0 { x + 8.0 } else { x };
        if share > 0.0 {
            small(scene, (x, y + 18.0), tick, anchor);
        }
    }
    let (x, y) = plot.at([0.0, 1.0]);
    small(
        scene,
        (x - 8.0 - text::width(&words.percent(1.0), SMALL, false), y - 16.0),
        words.l.msg_lorenz_y(),
        Anchor::Start,
    );
    let (x, y) = plot.at([1.0, 0.0]);
    small(scene, (x + 8.0, y + 37.0), words.l.msg_lorenz_x(), Anchor::End);
}

/// Where a curve's label lies free: below it to the right, from its middle upwards, then on its other side.
fn spot(
    curve: &Curve,
    plot: Plot,
    (width, height): (f64, f64),
    lines: &[Vec<At>],
    taken: &[[f64; 4]],
    room: f64,
) -> At {
    let along = |share: f64| {
        curve.points.windows(2).find_map(|pair| {
            let [[x0, y0], [x1, y1]] = [pair[0], pair[1]];
            (x0 <= share && share <= x1 && x1 > x0).then(|| y0 + (y1 - y0) * (share - x0) / (x1 - x0))
        })
    };
    let candidates = [0.5, 0.56, 0.62, 0.68, 0.74, 0.8, 0.86, 0.92, 0.44, 0.38, 0.32, 0.26, 0.2].into_iter();
    let spots = candidates
        .filter_map(|share| along(share).map(|y| plot.at([share, y])))
        .flat_map(|(x, y)| [(x + 10.0, y + 4.0), (x + 10.0, y - height / 2.0), (x - width - 10.0, y - height - 4.0)]);
    let free = |&(x, y): &At| {
        let (own, padded) = ([x, y, x + width, y + height], [x - 3.0, y - 1.0, x + width + 3.0, y + height + 1.0]);
        let inside = x > plot.left && own[2] < room && own[3] < plot.top + plot.side - 3.0;
        let crossed = lines.iter().flat_map(|line| line.windows(2)).any(|pair| crosses(pair[0], pair[1], padded));
        let covered = taken.iter().any(|other| {
            own[0] < other[2] + 4.0 && other[0] < own[2] + 4.0 && own[1] < other[3] + 2.0 && other[1] < own[3] + 2.0
        });
        inside && !crossed && !covered
    };
    // Above the diagonal's label there is always room.
    let fallback = (plot.left + 10.0, plot.top + 10.0 + 38.0 * u32::try_from(taken.len()).map_or(0.0, f64::from));
    spots.into_iter().find(free).unwrap_or(fallback)
}

fn small(scene: &mut Scene, at: At, text: String, anchor: Anchor) {
    scene.text(Text { at, text, size: SMALL, bold: false, role: Role::Muted, anchor });
}

fn label(scene: &mut Scene, at: At, text: String, bold: bool, role: Role, anchor: Anchor) {
    scene.text(Text { at, text, size: LABEL, bold, role, anchor });
}
