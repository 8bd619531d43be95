//! Whether what acts point at is there: an id that was written in two ways makes every answer an answer to nothing.

use std::collections::HashMap;

use hearth_shared::pseudonym::Pseudonym;

/// Fewer answers than this prove nothing.
const ENOUGH: u64 = 5;

/// What acts of an import point at.
#[derive(Debug, Default)]
pub struct References {
    /// How many times something was pointed at.
    count: u64,
    /// What had not been told by then.
    open: Vec<Pseudonym>,
    /// What the ids of those look like.
    shapes: HashMap<String, u64>,
    /// What the first event's id looks like.
    event: Option<String>,
}

/// References that lead nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dangling {
    /// How many.
    pub lost: u64,
    /// Of how many.
    pub of: u64,
    /// What most of them look like.
    pub shape: String,
    /// What ids of events look like.
    pub event: String,
}

impl Dangling {
    /// Whether so many lead nowhere that something is wrong with all of them.
    pub fn is_most(&self) -> bool {
        self.of >= ENOUGH && self.lost * 2 > self.of
    }
}

impl References {
    /// Takes note of an event's id.
    pub fn event(&mut self, id: &str) {
        self.event.get_or_insert_with(|| shape(id));
    }

    /// Takes note that an act points at something; `told`: which the export told before.
    pub fn point(&mut self, id: &str, at: Pseudonym, told: bool) {
        self.count += 1;
        if !told {
            self.open.push(at);
            // So many shapes are no shape.
            if self.shapes.len() < 100 {
                *self.shapes.entry(shape(id)).or_default() += 1;
            }
        }
    }

    /// Those that lead nowhere, when everything was told; `is_there` looks an event up.
    ///
    /// # Errors
    /// What `is_there` says.
    pub fn dangling<E>(&self, mut is_there: impl FnMut(Pseudonym) -> Result<bool, E>) -> Result<Option<Dangling>, E> {
        let mut lost = 0;
        for at in &self.open {
            lost += u64::from(!is_there(*at)?);
        }
        let most = self.shapes.iter().max_by_key(|(shape, count)| (**count, std::cmp::Reverse(*shape)));
        let shape = most.map(|(shape, _)| shape.clone()).unwrap_or_default();
        let event = self.event.clone().unwrap_or_default();
        Ok((lost > 0).then_some(Dangling { lost, of: self.count, shape, event }))
    }
}

/// Words that programs write for nothing.
const NOTHING: [&str; 10] = ["none", "nan", "null", "nil", "na", "n/a", "<na>", "nat", "undefined", "\\n"];

/// Whether a field says that there is nothing, in the words of databases, spreadsheets and data-frame libraries.
pub fn is_nothing(field: &str) -> bool {
    field.is_empty() || NOTHING.iter().any(|nothing| field.eq_ignore_ascii_case(nothing))
}

/// What an id looks like, without what it says: `9` for a digit, `a` for a letter.
fn shape(id: &str) -> String {
    if is_nothing(id) || matches!(id, "0" | "-1" | "0.0" | "-1.0") {
        return id.to_owned();
    }
    let letter = |letter: char| match letter {
        _ if letter.is_numeric() => '9',
        _ if letter.is_alphabetic() => 'a',
        _ if letter.is_ascii_graphic() => letter,
        _ => ' ',
    };
    let shape: String = id.chars().take(24).map(letter).collect();
    if id.chars().count() > 24 { format!("{shape}…") } else { shape }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_shown_by_its_shape() {
        assert_eq!(shape("100.5"), "999.9");
        assert_eq!(shape("$abc:example.org"), "$aaa:aaaaaaa.aaa");
        assert_eq!((shape("None"), shape("-1")), ("None".to_owned(), "-1".to_owned()));
        assert_eq!(shape(&"x".repeat(30)), format!("{}…", "a".repeat(24)));
    }

    #[test]
    fn what_is_told_later_or_is_in_the_log_is_there() {
        let mut references = References::default();
        references.event("100");
        for number in 0..6_u8 {
            references.point(&format!("10{number}.5"), [number; 16], number < 2);
        }
        let dangling = |there: u8| references.dangling(|at| Ok::<_, ()>(at[0] < there)).unwrap();
        assert_eq!(dangling(6), None);
        let some = dangling(4).unwrap();
        assert_eq!((some.lost, some.of, some.is_most()), (2, 6, false));
        let most = dangling(0).unwrap();
        assert_eq!((most.lost, most.is_most(), most.shape.as_str(), most.event.as_str()), (4, true, "999.9", "999"));
    }
}
