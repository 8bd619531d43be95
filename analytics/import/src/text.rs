//! What is kept of a text: how long it is, and how many people it mentions. The text itself is never held.

use std::fmt;

use serde::{Deserializer, de::Visitor};

/// A text, measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Its length, characters.
    pub characters: i64,
    /// How many people it mentions, each counted once.
    pub mentions: i64,
}

/// The length of a text in characters.
pub fn characters(text: &[u8]) -> i64 {
    // Each character has one byte that is no continuation.
    let characters = text.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
    i64::try_from(characters).unwrap_or(i64::MAX)
}

/// Measures a JSON string while it is read; `mentions` counts whom it mentions. No text is one without characters.
///
/// # Errors
/// Where there is something that is no text.
pub fn measure<'de, D: Deserializer<'de>>(deserializer: D, mentions: fn(&[u8]) -> i64) -> Result<Text, D::Error> {
    deserializer.deserialize_option(Measured(mentions))
}

struct Measured(fn(&[u8]) -> i64);

impl<'de> Visitor<'de> for Measured {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_none<E>(self) -> Result<Text, E> {
        Ok(Text::default())
    }

    fn visit_unit<E>(self) -> Result<Text, E> {
        Ok(Text::default())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Text, D::Error> {
        // As bytes: half of an emoji, which some exports hold, is no character.
        deserializer.deserialize_bytes(self)
    }

    fn visit_bytes<E>(self, text: &[u8]) -> Result<Text, E> {
        Ok(Text { characters: characters(text), mentions: self.0(text) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(json: &str) -> Option<Text> {
        measure(&mut serde_json::Deserializer::from_str(json), |_| 0).ok()
    }

    #[test]
    fn characters_are_counted_and_nothing_is_none() {
        let long = |characters| Some(Text { characters, mentions: 0 });
        assert_eq!(measured("\"naïve 🙂\\n\""), long(8));
        assert_eq!(measured("\"half an emoji: \\ud83d\""), long(16));
        assert_eq!(measured("null"), long(0));
        assert_eq!(measured("7"), None);
    }
}
