//! The report in a few lines, for the room of those who facilitate.

use hearth_shared::report::{Report, figure_id};

use crate::{pictures::pictures, sentences::sentences, words::Words};

/// What is posted in a room: words, and which pictures go with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// At most six lines of markdown: a heading, and what changed and how sure we are.
    pub markdown: String,
    /// The ids of at most two pictures, the most telling first.
    pub pictures: Vec<String>,
    /// What each of them shows, in words.
    pub alt: Vec<String>,
}

/// The pictures for a room, the most telling first; the first two that can be drawn are taken.
pub(crate) const TELLING: &[&str] = &[figure_id::ACTIVITY, figure_id::VOICES, figure_id::GROWTH, figure_id::LORENZ];

/// The month in a few lines of `language`.
pub fn room_summary(report: &Report, language: &str) -> Summary {
    let words = Words::of(language);
    let title = words.title(report);
    let points = sentences(report, &words).into_iter().map(|sentence| format!("- {}", escaped(&sentence.text)));
    let lines: Vec<String> = std::iter::once(format!("**{}**\n", escaped(&title))).chain(points).collect();

    let all = pictures(report, &words);
    let drawn = |id: &&str| {
        let picture = all.iter().find(|picture| picture.id == **id)?;
        picture.for_room(&words)?;
        Some((picture.id.clone(), picture.says.clone()))
    };
    let (pictures, alt) = TELLING.iter().filter_map(drawn).take(2).unzip();
    Summary { markdown: lines.join("\n"), pictures, alt }
}

/// The text with everything that markdown or HTML would take for markup marked as text.
pub(crate) fn escaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' => plain.extend(['\\', letter]),
            letter if letter.is_control() => plain.push(' '),
            letter => plain.push(letter),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_community_name_is_text_not_markup() {
        assert_eq!(escaped("a *b*\n<i>"), "a \\*b\\* \\<i\\>");
    }
}
