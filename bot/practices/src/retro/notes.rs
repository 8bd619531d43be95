//! Reading what people write to the bot: `happy: …`, `2: …`, and `7 happy: …` where two retrospectives are open.

use super::formats::{self, Column};

/// How long a note may be, in characters.
pub const LONGEST_NOTE: usize = 300;

/// How many notes one person may write.
pub const MOST_NOTES: usize = 25;

/// How many notes a retrospective may have: what a room can still read.
pub const MOST_IN_ALL: usize = 250;

/// A line that begins with a word and a colon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// The number of a retrospective, where one stands in front.
    pub retro: Option<u32>,
    /// What stands before the colon: a column's name or number, if it is a note.
    pub head: &'a str,
    /// What stands after it.
    pub text: &'a str,
}

/// A line as `[retro] head: text`, or `None` where it is nothing of the kind.
pub fn line(text: &str) -> Option<Line<'_>> {
    let (head, rest) = text.trim().split_once([':', '：'])?;
    let head = head.trim();
    if head.is_empty() || head.chars().count() > formats::LONGEST_COLUMN + 10 || rest.starts_with("//") {
        return None;
    }
    let numbered = head
        .split_once(char::is_whitespace)
        .and_then(|(number, head)| Some((number.trim_start_matches('#').parse().ok()?, head.trim())));
    let (retro, head) = numbered.map_or((None, head), |(number, head)| (Some(number), head));
    Some(Line { retro, head, text: rest.trim() })
}

/// Every note of a message, as column and text. A line that begins with no column goes on with the note before it.
/// `None` where the first line begins with no column.
pub fn read(text: &str, columns: &[Column]) -> Option<Vec<(usize, String)>> {
    let mut notes: Vec<(usize, String)> = Vec::new();
    for row in text.lines().map(str::trim).filter(|row| !row.is_empty()) {
        let begun = line(row).and_then(|line| Some((formats::find(columns, line.head)?, line.text)));
        match (begun, notes.last_mut()) {
            (Some((column, text)), _) => notes.push((column, tidy(text))),
            (None, Some((_, note))) => *note = tidy(&format!("{note} {row}")),
            (None, None) => return None,
        }
    }
    (!notes.is_empty()).then_some(notes)
}

/// One line, without space at its ends.
pub fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> Vec<Column> {
        formats::read("three-columns", crate::registry::ALL.catalogue()).unwrap()
    }

    #[test]
    fn a_note_has_a_column_before_its_colon() {
        let read = |text| read(text, &columns());
        assert_eq!(read("happy: the demo"), Some(vec![(0, "the demo".to_owned())]));
        assert_eq!(read("  3 :  so: long "), Some(vec![(2, "so: long".to_owned())]));
        assert_eq!(read("7 Froh: die Demo"), Some(vec![(0, "die Demo".to_owned())]));
        assert_eq!(read("7 2: hm"), Some(vec![(1, "hm".to_owned())]));
        for talk in ["happy the demo", "gladly: x", "https://a.b", "", ":", "happy to say: x"] {
            assert_eq!(read(talk), None, "{talk}");
        }
    }

    #[test]
    fn a_message_may_hold_several_notes() {
        let text = "happy: the demo\nand the cake\n\nunhappy: the weather";
        let notes = vec![(0, "the demo and the cake".to_owned()), (2, "the weather".to_owned())];
        assert_eq!(read(text, &columns()), Some(notes));
    }

    #[test]
    fn a_number_in_front_names_the_retrospective() {
        assert_eq!(line("7 happy: x"), Some(Line { retro: Some(7), head: "happy", text: "x" }));
        assert_eq!(line("#7 happy: x").and_then(|line| line.retro), Some(7));
        assert_eq!(line("2: x"), Some(Line { retro: None, head: "2", text: "x" }));
        assert_eq!(line("longed for: x").map(|line| line.head), Some("longed for"));
        assert_eq!(line("see https://a.b"), None);
    }
}
