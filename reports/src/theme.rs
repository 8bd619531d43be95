//! Colours: one accent, one context, two more kinds; told apart by the colour-blind and in grey.

use plotters::style::RGBColor;

use crate::scene::Role;

/// Light paper or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Theme {
    /// Dark ink on light paper.
    Light,
    /// Light ink on dark paper.
    Dark,
}

/// Every role with the name of its CSS variable, its light and its dark colour.
///
/// Text roles and the accent keep a contrast of 4.5 to 1 on the paper, lines and areas 3 to 1 where they carry meaning;
/// the lightness of accent, second and third differs by at least a fifth of the scale between neighbours in a stack.
pub(crate) const PALETTE: [(Role, &str, RGBColor, RGBColor); 9] = [
    (Role::Paper, "paper", rgb(0xFDFCFA), rgb(0x17191C)),
    (Role::Ink, "ink", rgb(0x1F2328), rgb(0xECEAE6)),
    (Role::Muted, "muted", rgb(0x5A6068), rgb(0xA9AFB7)),
    (Role::Grid, "grid", rgb(0xE6E3DE), rgb(0x2C3035)),
    (Role::Axis, "axis", rgb(0x9C9A95), rgb(0x686E76)),
    (Role::Accent, "accent", rgb(0xB8431A), rgb(0xF08A5C)),
    (Role::Context, "context", rgb(0x858C94), rgb(0x7F868E)),
    (Role::Second, "second", rgb(0x1F5C87), rgb(0x5B9BC9)),
    (Role::Third, "third", rgb(0x9DBAD0), rgb(0x3F6382)),
];

const fn rgb(hex: u32) -> RGBColor {
    let [_, red, green, blue] = hex.to_be_bytes();
    RGBColor(red, green, blue)
}

impl Theme {
    /// The colour of `role`.
    pub(crate) fn color(self, role: Role) -> RGBColor {
        let entry = PALETTE.iter().find(|(known, ..)| *known == role);
        entry.map_or(RGBColor(0, 0, 0), |(_, _, light, dark)| if self == Self::Light { *light } else { *dark })
    }
}

/// A colour as CSS writes it, in the upper case in which plotters writes it too.
pub(crate) fn css(RGBColor(red, green, blue): RGBColor) -> String {
    format!("#{red:02X}{green:02X}{blue:02X}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(RGBColor(red, green, blue): RGBColor) -> f64 {
        let linear = |channel: u8| {
            let channel = f64::from(channel) / 255.0;
            if channel <= 0.039_28 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    fn contrast(a: RGBColor, b: RGBColor) -> f64 {
        let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
        a.max(b) / a.min(b)
    }

    #[test]
    fn text_and_meaning_stand_out_from_the_paper() {
        for theme in [Theme::Light, Theme::Dark] {
            let paper = theme.color(Role::Paper);
            for role in [Role::Ink, Role::Muted, Role::Accent, Role::Second] {
                assert!(contrast(theme.color(role), paper) >= 4.5, "{theme:?} {role:?}");
            }
            assert!(contrast(theme.color(Role::Context), paper) >= 3.0, "{theme:?} context");
        }
    }

    #[test]
    fn neighbours_in_a_stack_differ_in_grey() {
        for theme in [Theme::Light, Theme::Dark] {
            for (a, b) in [(Role::Accent, Role::Third), (Role::Third, Role::Second)] {
                assert!(contrast(theme.color(a), theme.color(b)) >= 1.8, "{theme:?} {a:?} {b:?}");
            }
        }
    }

    #[test]
    fn no_two_roles_share_a_colour() {
        // The page finds a role by its light colour.
        for (index, (_, name, light, _)) in PALETTE.iter().enumerate() {
            assert!(PALETTE[index + 1..].iter().all(|(_, _, other, _)| other != light), "{name}");
        }
    }
}
