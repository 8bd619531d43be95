//! Every word that the bot says, in the languages of `bot/practices/locales/`.
//!
//! [`Words`] has a typed function for every message (made from the locale files when the crate is built). Messages
//! whose id is only known at run time (a practice's help, a setting's meaning, the prompts of a deck) are found by
//! [`Words::find`].

use std::{ops::Deref, sync::OnceLock};

use fluent_typed::prelude::L10nBundle;

#[expect(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::derivable_impls,
    reason = "generated; its messages are documented in the locale files"
)]
mod l10n {
    include!(concat!(env!("OUT_DIR"), "/l10n.rs"));
}

pub use l10n::{L10n as Language, L10nLanguage};

/// All words of one language.
pub struct Words {
    language: Language,
    typed: L10nLanguage,
}

impl Words {
    /// The words of the language with this tag (`en`, `de`), or `None` where there are none.
    pub fn of(tag: &str) -> Option<&'static Self> {
        Self::all().iter().find(|words| &*words.language == tag)
    }

    /// The words of English, in which everything can be said.
    pub fn english() -> &'static Self {
        &Self::all()[0]
    }

    /// The words of every language, English first.
    pub fn all() -> &'static [Self] {
        static ALL: OnceLock<Vec<Words>> = OnceLock::new();
        ALL.get_or_init(|| {
            let mut all: Vec<_> = Language::iter().map(|&language| Self { language, typed: language.load() }).collect();
            all.sort_by_key(|words| &*words.language != "en");
            all
        })
    }

    /// The language's tag.
    pub fn tag(&self) -> &str {
        &self.language
    }

    /// A message without arguments, by its id.
    pub fn find(&self, id: &str) -> Option<String> {
        bundle(self.language)?.msg(id, None).ok()
    }

    /// An attribute without arguments of a message, by its id and name.
    pub fn find_attribute(&self, id: &str, name: &str) -> Option<String> {
        bundle(self.language)?.attr(id, name, None).ok()
    }
}

impl Deref for Words {
    type Target = L10nLanguage;

    fn deref(&self) -> &L10nLanguage {
        &self.typed
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Words({})", &*self.language)
    }
}

fn bundle(language: Language) -> Option<&'static L10nBundle> {
    static ALL: OnceLock<fluent_typed::prelude::L10nLanguageVec> = OnceLock::new();
    Some(ALL.get_or_init(Language::load_all).get(language))
}

/// Whether a sign changes how what surrounds it is shown, and shows nothing itself: it would let members' words turn
/// around those of the bot.
/// <https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters>
pub fn is_unseen(char: char) -> bool {
    let direction =
        matches!(char, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    direction || (char.is_control() && !char.is_whitespace())
}

/// What a member wrote, escaped so that markdown shows it as it is.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    // Lines end with more than line feeds.
    let ends = |char: char| matches!(char, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    for line in text.split(ends).filter(|line| !line.is_empty()) {
        if !escaped.is_empty() {
            escaped.push(' ');
        }
        for char in line.chars().filter(|char| !is_unseen(*char)) {
            if char.is_ascii_punctuation() && !matches!(char, ',' | '\'' | '"' | '?' | '%' | '/' | ';') {
                escaped.push('\\');
            }
            escaped.push(char);
        }
    }
    escaped
}

/// What the address of a person, a room or a message begins with.
pub const MATRIX_TO: &str = "https://matrix.to/#/";

/// A link to a person or a room.
pub fn link(name: &str, id: &str) -> String {
    format!("[{}]({MATRIX_TO}{})", escape(name), address(id))
}

/// The address of a message. `via` are servers that know the room: an id may say of none.
pub fn permalink(room: &str, event: &str, via: &[&str]) -> String {
    let mut permalink = format!("{MATRIX_TO}{}/{}", address(room), address(event));
    for (place, server) in via.iter().enumerate() {
        permalink.push_str(if place == 0 { "?via=" } else { "&via=" });
        permalink.push_str(&address(server));
    }
    permalink
}

/// An id as it stands in an address. What it may hold that would end the link, or begin another, is written as `%28`.
pub fn address(id: &str) -> String {
    let mut address = String::with_capacity(id.len());
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z'
            | b'A'..=b'Z'
            | b'0'..=b'9'
            | b'@'
            | b'!'
            | b'#'
            | b'$'
            | b':'
            | b'.'
            | b'-'
            | b'_'
            | b'='
            | b'+' => {
                address.push(char::from(byte));
            }
            byte => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_words_and_english_comes_first() {
        assert_eq!(Words::all()[0].tag(), "en");
        assert!(Words::of("de").is_some());
        assert!(Words::of("tlh").is_none());
        assert_eq!(Words::english().find("no-such-message"), None);
    }

    #[test]
    fn what_members_write_stays_what_they_wrote() {
        assert_eq!(escape("*bold* <b>"), r"\*bold\* \<b\>");
        assert_eq!(escape("# a\n- b"), r"\# a \- b");
    }

    #[test]
    fn an_id_cannot_leave_its_link() {
        let id = "@a) [click](https:\u{2f}/evil.example/?x:t";
        let pill = link("a) [click](https", id);
        assert_eq!(pill.matches("](").count(), 1, "{pill}");
        assert!(!pill.contains("//evil") && pill.contains("/#/@a%29%20%5Bclick%5D%28"), "{pill}");
        assert_eq!(link("Tea room", "!x/y:t"), "[Tea room](https://matrix.to/#/!x%2Fy:t)");
    }

    #[test]
    fn a_message_is_found_by_room_event_and_a_server_that_knows_it() {
        let found = permalink("!r:t", "$a/b)c", &["t", "other.example:8448"]);
        assert_eq!(found, "https://matrix.to/#/!r:t/$a%2Fb%29c?via=t&via=other.example:8448");
        assert_eq!(permalink("!r", "$e", &[]), "https://matrix.to/#/!r/$e");
    }

    #[test]
    fn what_members_write_cannot_turn_around_the_words_beside_it() {
        assert_eq!(escape("a\u{202e}b\u{2066}c\u{2069}d\u{200f}e\u{7}f"), "abcdef");
        assert_eq!(escape("one\r\ntwo\u{2028}three"), "one two three");
    }
}
