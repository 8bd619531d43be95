//! The verb that a line begins with.

use crate::catalogue::Catalogue;

/// Whether the text begins with a command.
pub fn is_verb(practices: &Catalogue, text: &str) -> bool {
    let words: Vec<_> = text.split_whitespace().take(2).map(str::to_owned).collect();
    verb_of(practices, &words).is_some()
}

/// The verb that the words begin with, and how many of them it takes: `opt out` is `opt-out`, `Help!` is `help`.
pub(super) fn verb_of<'a>(practices: &'a Catalogue, words: &[String]) -> Option<(&'a str, usize)> {
    let known = |word: &str| practices.spellings().verb(word);
    let lower = |word: &String| word.trim_end_matches(['.', ',', ':', '!', '?', '…']).to_lowercase();
    let first = lower(words.first()?);
    if let Some(verb) = known(&first) {
        return Some((verb, 1));
    }
    Some((known(&format!("{first}-{}", lower(words.get(1)?)))?, 2))
}

/// A command in the words by which it is known: `retro weiter` is `retro next`.
pub(super) fn canonical(practices: &Catalogue, verb: &str, rest: &[String]) -> Vec<String> {
    let mut rest = rest.iter().cloned();
    let inner = rest.next().map(|inner| practices.spellings().inner(verb, inner));
    std::iter::once(verb.to_owned()).chain(inner).chain(rest).collect()
}

/// Whether these words are a command without a mistake.
pub(super) fn is_right(practices: &Catalogue, words: &[String]) -> bool {
    let Some((verb, used)) = verb_of(practices, words) else { return false };
    practices.verbs().clone().try_get_matches_from(canonical(practices, verb, &words[used..])).is_ok()
}
