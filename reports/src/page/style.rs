//! The page's style: one column, the theme's colours as variables, and the pictures' colours taken from them.

use crate::{
    paint::font_faces,
    theme::{PALETTE, css as color},
};

/// The whole style sheet.
pub(crate) fn css() -> String {
    let variables = |dark: bool| -> String {
        let variable = |(_, name, light, dark_one): &(_, &str, _, _)| {
            format!("--{name}:{};", color(if dark { *dark_one } else { *light }))
        };
        PALETTE.iter().map(variable).collect()
    };
    // Pictures are painted in the light theme; a style rule outranks the attribute that gives a mark its colour.
    let roles: String = PALETTE
        .iter()
        .map(|(_, name, light, _)| {
            let light = color(*light);
            format!("svg [fill=\"{light}\"]{{fill:var(--{name})}}svg [stroke=\"{light}\"]{{stroke:var(--{name})}}")
        })
        .collect();
    let light = variables(false);
    let dark = variables(true);
    format!(
        "{}:root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}{roles}{}",
        font_faces(),
        include_str!("style.css")
    )
}
