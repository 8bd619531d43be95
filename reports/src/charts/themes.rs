//! Which themes came up in which retrospective: a grid, with those in the accent's colour that came back this time.

use hearth_shared::report::{Theme, Themes};

use super::{Size, actions::days, gaps};
use crate::{
    scales::Horizontal,
    scales::count,
    scene::{Anchor, Role, Scene},
    text,
    words::Words,
};

const ROWS: usize = 10;
const LABEL: f64 = 14.0;

/// Draws the figure, or `None` where there is no theme.
pub(crate) fn draw(figure: &Themes, words: &Words, size: Size) -> Option<Scene> {
    let themes = &figure.themes[..figure.themes.len().min(ROWS)];
    themes.iter().flat_map(|theme| &theme.cells).find_map(|cell| cell.number())?;
    let first = figure.retros.len().saturating_sub(size.pick(12, 6));
    let retros = &figure.retros[first..];
    let wide = themes.iter().map(|theme| text::width(&theme.name, LABEL, true)).fold(0.0, f64::max).ceil() + 14.0;
    // On a phone a name stands above its row.
    let (left, row, drop) = match size {
        Size::Wide => (wide.min(300.0), 32.0, 0.0),
        Size::Narrow | Size::Room => (0.0, 52.0, 19.0),
    };
    let axis = Horizontal::new(retros.len(), left, size.width().min(left + 84.0 * count(retros.len())));
    let mut scene = Scene::new(size.width());
    let mut y = 4.0;
    for theme in themes {
        let back = came_back(theme);
        let role = if back { Role::Accent } else { Role::Ink };
        let space = size.pick(left - 14.0, size.width());
        let at = (0.0, size.pick(y + 20.0, y + 14.0));
        scene.write(at, text::fit(&theme.name, LABEL, back, space), (LABEL, back), role, Anchor::Start);
        let middle = y + drop + 15.0;
        scene.line((axis.x(0), middle), (axis.x(retros.len().saturating_sub(1)), middle), 1.0, Role::Grid);
        for (index, cell) in theme.cells.iter().skip(first).take(retros.len()).enumerate() {
            let x = axis.x(index);
            match cell.number() {
                Some(value) if value > 0.0 => {
                    scene.dot((x, middle), 7.0, if back { Role::Accent } else { Role::Second })
                }
                Some(_) => scene.dot((x, middle), 1.5, Role::Axis),
                None => scene.hatch((x - 9.0, middle - 9.0), (x + 9.0, middle + 9.0)),
            }
        }
        y += row;
    }
    scene.line((left, y + 2.0), (axis.start(retros.len()), y + 2.0), 1.0, Role::Axis);
    days(&mut scene, retros, axis, y + 2.0, words);
    scene.height = y + 40.0;
    gaps::write_note(&mut scene, gaps::note(themes.iter().flat_map(|theme| theme.cells.iter().skip(first)), words));
    Some(scene)
}

/// Whether it came up in the last retrospective and in one before.
fn came_back(theme: &Theme) -> bool {
    let up = |cell: &hearth_shared::report::Point| cell.number().is_some_and(|value| value > 0.0);
    theme.cells.last().is_some_and(up) && theme.cells.iter().filter(|cell| up(cell)).count() > 1
}

/// Which themes came back this time.
pub(crate) fn says(figure: &Themes, words: &Words) -> String {
    let back: Vec<String> =
        figure.themes.iter().filter(|theme| came_back(theme)).map(|theme| words.name(&theme.name)).collect();
    let themes = count(figure.themes.len());
    let all = words.l.msg_alt_themes(themes, words.number(themes, 0));
    if back.is_empty() {
        format!("{all} {}", words.l.msg_alt_themes_none())
    } else {
        format!("{all} {}", words.l.msg_alt_themes_back(words.list_of_many(&back)))
    }
}
