//! The report in a few lines, for the room of those who facilitate.

use hearth_shared::report::{Report, figure_id};

use crate::{
    paint::{self, PaintError},
    pictures::{Picture, pictures},
    scene::Scene,
    sentences::{gaps, sentences},
    theme::Theme,
    words::Words,
};

/// What is posted in a room: words, and the picture that goes with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// At most seven lines of markdown: a heading, what changed and how sure we are, and whether much is unknown.
    pub markdown: String,
    /// The picture, where there is something to draw.
    pub picture: Option<RoomPicture>,
}

/// A picture for the timeline of a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomPicture {
    /// Its file in the report's folder.
    pub file: &'static str,
    /// The file to be shown instead where that is missing: a report that an earlier Hearth made has none for a room.
    pub instead: String,
    /// What it shows, in words.
    pub alt: String,
}

/// The picture for the leads: the two most telling, one below the other.
pub(crate) const LEADS: &str = "leads.room.png";
/// The picture for everybody: how many wrote.
pub(crate) const MEMBERS: &str = "members.room.png";

/// The pictures for a room, the most telling first; the first two that can be drawn are taken.
pub(crate) const TELLING: &[&str] =
    &[figure_id::ACTIVITY, figure_id::VOICES, figure_id::NEWCOMERS, figure_id::ANSWERED];

/// How many pictures the leads get. An event carries one image, and clients show it in the timeline as wide whether it
/// stands or lies (Element: 324 pixels): two that lie, one below the other, are read like one.
const FOR_LEADS: usize = 2;

/// The most telling of these pictures that can be drawn for a room, with what is drawn.
fn telling<'a, 'b>(all: &'b [Picture<'a>], words: &Words) -> Vec<(&'b Picture<'a>, Scene)> {
    let drawn = |id: &&str| {
        let picture = all.iter().find(|picture| picture.id == **id)?;
        Some((picture, picture.for_room(words)?))
    };
    TELLING.iter().filter_map(drawn).take(FOR_LEADS).collect()
}

/// The files of a report that are made for the timeline of a room.
pub(crate) fn files(all: &[Picture<'_>], words: &Words) -> Result<Vec<(&'static str, Vec<u8>)>, PaintError> {
    let leads = telling(all, words).into_iter().map(|(_, scene)| scene).reduce(Scene::above);
    let members = all.iter().find(|picture| picture.id == figure_id::ACTIVITY).and_then(|it| it.for_room(words));
    let scenes = [(LEADS, leads), (MEMBERS, members)].into_iter().filter_map(|(file, scene)| Some((file, scene?)));
    scenes.map(|(file, scene)| Ok((file, paint::png(&scene, Theme::Light)?))).collect()
}

/// The month in a few lines of `language`.
pub fn room_summary(report: &Report, language: &str) -> Summary {
    let words = Words::of(language);
    let title = words.title(report);
    let said = sentences(report, &words).into_iter().map(|sentence| sentence.text).chain(gaps(report, &words));
    let points = said.map(|text| format!("- {}", escaped(&text)));
    let lines: Vec<String> = std::iter::once(format!("**{}**\n", escaped(&title))).chain(points).collect();

    let all = pictures(report, &words);
    let drawn = telling(&all, &words);
    let says: Vec<&str> = drawn.iter().map(|(picture, _)| picture.says.as_str()).collect();
    let picture = drawn.first().map(|(first, _)| RoomPicture {
        file: LEADS,
        instead: format!("{}.png", first.id),
        alt: says.join(" "),
    });
    Summary { markdown: lines.join("\n"), picture }
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
