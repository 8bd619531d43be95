//! A table of rooms, each with its months as a sparkline.

use hearth_shared::report::{Point, Room, Rooms};

use super::{Size, gaps, spark::Sparkline};
use crate::{
    scales::{SMALL, count},
    scene::{Anchor, Role, Scene},
    text,
    words::Words,
};

/// The most rooms; those with most people come first.
const ROWS: usize = 12;
const NAME: f64 = 15.0;

/// Draws the figure, or `None` where there is no room.
pub(crate) fn draw(figure: &Rooms, words: &Words, size: Size) -> Option<Scene> {
    figure.rooms.first()?;
    let rooms = &figure.rooms[..figure.rooms.len().min(ROWS)];
    let mut scene = Scene::new(size.width());
    let numbers = [words.l.msg_rooms_people(), words.l.msg_rooms_voices(), words.l.msg_rooms_taken_up()];
    let texts: Vec<[String; 3]> = rooms.iter().map(|room| cells(room, words)).collect();
    // A column of which nothing is known in any room says nothing.
    let told: Vec<usize> =
        (0..3).filter(|column| *column == 0 || texts.iter().any(|row| row[*column] != "–")).collect();
    let pick = |row: [String; 3]| told.iter().map(|column| row[*column].clone()).collect::<Vec<String>>();
    let (numbers, texts) = (pick(numbers), texts.into_iter().map(pick).collect::<Vec<_>>());
    let heads: Vec<Vec<String>> = numbers.iter().map(|head| text::wrap(head, SMALL, false, 66.0)).collect();
    // Each column ends where its widest head or number does; the sparklines take what is left.
    let widths = heads.iter().enumerate().map(|(column, head)| {
        let head = head.iter().map(|line| text::width(line, SMALL, false));
        head.chain(texts.iter().map(|row| text::width(&row[column], 14.0, column == 0))).fold(0.0, f64::max)
    });
    let widths: Vec<f64> = widths.map(|width| width.ceil() + size.pick(24.0, 9.0)).collect();
    let total: f64 = widths.iter().sum();
    let left = size.width() - total;
    let ends: Vec<f64> = (1..=widths.len()).map(|columns| left + widths[..columns].iter().sum::<f64>()).collect();
    let (name, height) = (size.pick(210.0, 0.0), size.pick(32.0, 56.0));
    let spark = (name, (left - name).clamp(20.0, 170.0));
    let lines = heads.iter().map(Vec::len).max().unwrap_or(1);
    for (head, end) in heads.iter().zip(&ends) {
        for (line, text) in head.iter().enumerate() {
            let at = (*end, 12.0 + 15.0 * count(lines - head.len() + line));
            scene.write(at, text, (SMALL, false), Role::Muted, Anchor::End);
        }
    }
    let dashes = texts.iter().flatten().any(|text| text == "–");
    let mut y = 15.0 * count(lines) + 6.0;
    for (room, texts) in rooms.iter().zip(texts) {
        scene.line((0.0, y), (size.width(), y), 1.0, Role::Grid);
        let base = match size {
            Size::Wide => y + 21.0,
            Size::Narrow | Size::Room => y + 42.0,
        };
        let (name_at, space) = match size {
            Size::Wide => ((0.0, base), spark.0 - 14.0),
            Size::Narrow | Size::Room => ((0.0, y + 19.0), size.width()),
        };
        scene.write(name_at, text::fit(&room.name, NAME, true, space), (NAME, true), Role::Ink, Anchor::Start);
        Sparkline { at: (spark.0, base - 15.0), size: (spark.1, 19.0), months: room.people.len() }.draw(
            &mut scene,
            &room.people,
            &[],
        );
        for (column, text) in texts.into_iter().enumerate() {
            let at = (ends[column], base);
            let role = if text == "–" { Role::Muted } else { Role::Ink };
            scene.write(at, text, (14.0, column == 0), role, Anchor::End);
        }
        y += height;
    }
    scene.line((0.0, y), (size.width(), y), 1.0, Role::Grid);
    scene.height = y + 4.0;
    let note = dashes.then(|| words.l.msg_rooms_dash());
    let unlisted = figure.unlisted.filter(|unlisted| *unlisted > 0).map(|unlisted| {
        #[expect(clippy::cast_precision_loss, reason = "rooms of a community")]
        let number = unlisted as f64;
        words.l.msg_rooms_unlisted(number, words.number(number, 0))
    });
    let quieter = count(figure.rooms.len().saturating_sub(ROWS));
    let quieter = (quieter > 0.0).then(|| words.l.msg_rooms_quieter(quieter, words.number(quieter, 0)));
    let notes: Vec<String> = note.into_iter().chain(quieter).chain(unlisted).collect();
    gaps::write_note(&mut scene, (!notes.is_empty()).then(|| notes.join(" ")));
    Some(scene)
}

/// What stands in a room's columns.
fn cells(room: &Room, words: &Words) -> [String; 3] {
    let cell = |point: Option<&Point>, unit: &str| {
        let value = point.and_then(|point| point.value);
        value.map_or_else(|| "–".to_owned(), |value| words.released(value, unit))
    };
    [cell(room.people.last(), "people"), cell(Some(&room.voices), "people"), cell(Some(&room.taken_up), "share")]
}

/// The room with most people, and how many there are.
pub(crate) fn says(figure: &Rooms, words: &Words) -> String {
    let Some(first) = figure.rooms.first() else { return String::new() };
    let rooms = count(figure.rooms.len());
    let all = words.l.msg_alt_rooms(rooms, words.number(rooms, 0));
    match first.people.last().and_then(|point| point.value) {
        Some(people) => {
            format!("{all} {}", words.l.msg_alt_rooms_first(words.name(&first.name), words.told(people, "people")))
        }
        None => all,
    }
}
