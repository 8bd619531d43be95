//! The columns in which notes are collected: four formats that are known everywhere, and columns of one's own.

use serde::{Deserialize, Serialize};

use crate::{Words, catalogue::Catalogue, words};

/// The known formats and the ids of their columns; the words for them are `retro-column-<id>`.
const KNOWN: [(&str, &[&str]); 4] = [
    ("three-columns", &["happy", "unsure", "unhappy"]),
    ("start-stop-continue", &["start", "stop", "continue"]),
    ("sailboat", &["wind", "anchor", "rocks", "island"]),
    ("4ls", &["liked", "learned", "lacked", "longed-for"]),
];

/// What people call the formats besides.
const ALSO: [(&str, &str); 6] = [
    ("3columns", "three-columns"),
    ("happyunsureunhappy", "three-columns"),
    ("ssc", "start-stop-continue"),
    ("sail", "sailboat"),
    ("fourls", "4ls"),
    ("4l", "4ls"),
];

/// How many columns of one's own there may be.
pub const MOST_COLUMNS: usize = 6;

/// How long the name of such a column may be, in characters.
pub const LONGEST_COLUMN: usize = 40;

/// One column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Column {
    /// Of a known format: it has a name in every language.
    Known(String),
    /// The facilitator's own.
    Own(String),
}

/// What is wrong with a format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// There is none of that name; the one that was perhaps meant.
    Unknown(String, Option<&'static str>),
    /// Too few or too many columns of one's own; how many.
    Count(usize),
    /// A column's name is too long, or has a colon in it.
    Name(String),
    /// Two columns have the same name.
    Twice(String),
    /// A column is called like a command, so that its notes would be taken for one.
    Command(String),
}

impl Column {
    /// What it is called.
    pub fn name(&self, words: &Words) -> String {
        match self {
            Self::Known(id) => words.find(&format!("retro-column-{id}")).unwrap_or_else(|| id.clone()),
            Self::Own(name) => name.clone(),
        }
    }

    /// Whether it is called so, in any language and however it is spelt.
    fn is_called(&self, plain_name: &str) -> bool {
        match self {
            Self::Known(id) => {
                plain(id) == plain_name || Words::all().iter().any(|words| plain(&self.name(words)) == plain_name)
            }
            Self::Own(name) => plain(name) == plain_name,
        }
    }
}

/// The column that somebody means, by its number from 1 or by its name in any language.
pub fn find(columns: &[Column], written: &str) -> Option<usize> {
    if let Ok(number) = written.trim().parse::<usize>() {
        return number.checked_sub(1).filter(|place| *place < columns.len());
    }
    let wanted = plain(written);
    columns.iter().position(|column| !wanted.is_empty() && column.is_called(&wanted))
}

/// The column that somebody who misspelt one probably meant.
pub fn meant(columns: &[Column], written: &str, words: &Words) -> Option<String> {
    let names: Vec<_> = columns.iter().map(|column| column.name(words)).collect();
    words::nearest(written, names.iter().map(String::as_str)).map(str::to_owned)
}

/// Reads a format: the name of a known one, or columns with `|` between them.
///
/// # Errors
/// What is wrong with it.
pub fn read(text: &str, practices: &Catalogue) -> Result<Vec<Column>, Mistake> {
    if text.contains('|') {
        return own(text, practices);
    }
    let name = plain(text);
    let known = |name: &str| KNOWN.iter().find(|(known, _)| plain(known) == name);
    let also = || ALSO.iter().find(|(other, _)| *other == name).and_then(|(_, format)| known(&plain(format)));
    match known(&name).or_else(also) {
        Some((_, ids)) => Ok(ids.iter().map(|&id| Column::Known(id.to_owned())).collect()),
        None => {
            let names = KNOWN.iter().map(|(name, _)| *name);
            Err(Mistake::Unknown(text.to_owned(), words::nearest(text, names)))
        }
    }
}

/// The names of the known formats.
pub fn names() -> String {
    KNOWN.map(|(name, _)| format!("`{name}`")).join(", ")
}

fn own(text: &str, practices: &Catalogue) -> Result<Vec<Column>, Mistake> {
    let names: Vec<String> = text
        .split('|')
        .map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|name| !name.is_empty())
        .collect();
    if !(2..=MOST_COLUMNS).contains(&names.len()) {
        return Err(Mistake::Count(names.len()));
    }
    for (place, name) in names.iter().enumerate() {
        let spelt = plain(name);
        if name.chars().count() > LONGEST_COLUMN || name.contains(':') || !spelt.contains(char::is_alphabetic) {
            return Err(Mistake::Name(name.clone()));
        }
        if names[..place].iter().any(|earlier| plain(earlier) == spelt) {
            return Err(Mistake::Twice(name.clone()));
        }
        let first = name.split_whitespace().next().unwrap_or_default().to_lowercase();
        if practices.owner(&first).is_some() {
            return Err(Mistake::Command(name.clone()));
        }
    }
    Ok(names.into_iter().map(Column::Own).collect())
}

/// A name as it is compared: letters and digits only, in lower case.
fn plain(name: &str) -> String {
    name.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry;

    fn read(text: &str) -> Result<Vec<Column>, Mistake> {
        super::read(text, registry::ALL.catalogue())
    }

    fn of(text: &str) -> Vec<Column> {
        read(text).unwrap()
    }

    #[test]
    fn formats_are_known_however_they_are_spelt() {
        for text in ["three-columns", "Three Columns", "3 columns", "threecolumns"] {
            assert_eq!(of(text).len(), 3, "{text}");
        }
        assert_eq!(of("4Ls").len(), 4);
        assert_eq!(of("start stop continue"), of("ssc"));
        assert_eq!(read("sailbaot"), Err(Mistake::Unknown("sailbaot".into(), Some("sailboat"))));
        assert_eq!(read("xyz"), Err(Mistake::Unknown("xyz".into(), None)));
    }

    #[test]
    fn columns_are_known_by_number_and_in_every_language() {
        let columns = of("three-columns");
        for (written, place) in [("happy", 0), ("Froh", 0), ("2", 1), ("UNHAPPY", 2), ("*unsure*", 1)] {
            assert_eq!(find(&columns, written), Some(place), "{written}");
        }
        for written in ["", "4", "0", "glad", ":)"] {
            assert_eq!(find(&columns, written), None, "{written}");
        }
        assert_eq!(find(&of("4ls"), "longed for"), Some(3));
        assert_eq!(find(&of("Went well | Puzzles"), "went-well"), Some(0));
    }

    #[test]
    fn every_column_has_a_name_in_every_language_and_no_two_of_a_format_the_same() {
        for (format, _) in KNOWN {
            for words in Words::all() {
                let columns = of(format);
                for (place, column) in columns.iter().enumerate() {
                    let name = column.name(words);
                    assert!(matches!(column, Column::Known(id) if *id != name || words.tag() == "en"), "{name}");
                    assert_eq!(find(&columns, &name), Some(place), "{name} of {format}");
                    let first = name.split_whitespace().next().unwrap_or_default().to_lowercase();
                    assert_eq!(registry::ALL.catalogue().owner(&first), None, "{name} is a command");
                }
            }
        }
    }

    #[test]
    fn columns_of_ones_own_are_checked() {
        assert_eq!(of(" Went  well | Puzzles|Ideas ").len(), 3);
        assert_eq!(read("Only | "), Err(Mistake::Count(1)));
        assert_eq!(read("a|b|c|d|e|f|g"), Err(Mistake::Count(7)));
        assert_eq!(read("A: b | c"), Err(Mistake::Name("A: b".into())));
        assert_eq!(read("Good | good!"), Err(Mistake::Twice("good!".into())));
        assert_eq!(read("1 | 2"), Err(Mistake::Name("1".into())));
        assert_eq!(read("Privacy | Fun"), Err(Mistake::Command("Privacy".into())));
    }
}
