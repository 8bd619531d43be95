//! What was perhaps meant: a command that can be copied says more than a page of help.

use super::{split::split, verb::is_right};
use crate::{
    catalogue::Catalogue,
    words::{Words, is_unseen, nearest},
};

/// The longest command that is shown to be copied, in characters.
const LONGEST: usize = 200;

/// So many words of a message are searched for a command.
const SEARCHED: usize = 20;

/// The command, as it is written in a direct room, that was perhaps meant by words that are none: `opt-out please` and
/// `how do I opt out?` mean `opt-out`, `what is a retro?` is answered by `help retro`, and `hlep` is `help`.
pub fn meant(practices: &Catalogue, text: &str, words: &Words) -> Option<String> {
    let text = text.replace(is_unseen, "");
    let plain = |word: &str| word.trim_matches(|char: char| !char.is_alphanumeric()).to_lowercase();
    let said = text.split_whitespace().map(plain).filter(|word| !word.is_empty());
    let said: Vec<String> = said.take(SEARCHED).collect();
    let spellings = practices.spellings();
    let is_verb = |word: &str| spellings.verb(word).is_some();
    // Words that are joined mean a command wherever they stand.
    let pairs = said.windows(2).map(|pair| pair.join("-"));
    let joined = said.iter().cloned().chain(pairs).find(|word| word.contains('-') && is_verb(word));
    if let Some(found) = joined.or_else(|| said.first().filter(|first| is_verb(first)).cloned()) {
        return Some(alone(practices, &found, words));
    }
    if let Some(found) = said.iter().find(|word| is_verb(word)) {
        return Some(help_on(practices, found, words));
    }
    let near = |written: &str| nearest(written, spellings.known(words)).map(|found| alone(practices, found, words));
    match &said[..] {
        [only] => near(only),
        [first, second] => near(&format!("{first}-{second}")).or_else(|| near(first)),
        _ => None,
    }
}

/// A verb, where it says something by itself; otherwise what tells how it is used.
fn alone(practices: &Catalogue, verb: &str, words: &Words) -> String {
    match is_right(practices, &[verb.to_owned()]) {
        true => verb.to_owned(),
        false => help_on(practices, verb, words),
    }
}

fn help_on(practices: &Catalogue, verb: &str, words: &Words) -> String {
    let help = practices.shown("help", words);
    if practices.spellings().verb(verb) == Some("help") { help.to_owned() } else { format!("{help} {verb}") }
}

/// A line that begins with a verb that nobody knows, with the nearest verb in its place: the whole of it where it can
/// be copied and is a command then, or else the verb.
pub(super) fn mended(practices: &Catalogue, text: &str, meant: &str) -> String {
    let text = text.trim();
    let rest = text.find(char::is_whitespace).map_or("", |end| &text[end..]);
    let whole = format!("{meant}{rest}");
    let fits = is_copied(&whole) && split(&whole).is_some_and(|arguments| is_right(practices, &arguments));
    if fits { whole } else { meant.to_owned() }
}

/// Whether a text stays what it is when it is shown between backticks and copied.
pub(super) fn is_copied(text: &str) -> bool {
    text.chars().count() <= LONGEST && !text.contains(|char: char| char == '`' || char.is_control())
}
