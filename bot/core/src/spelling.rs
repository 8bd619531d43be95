//! How commands are written in the languages that the bot speaks. The locale files of a practice say it: `.verb-poll`
//! lists the spellings of the verb `poll`, and `.verb-retro-next` those of the word behind it. The first is the one that
//! is shown. All of them are understood everywhere, because people mix languages. Where a practice reads the words behind its
//! verb by hand, it knows them all, and its locale files list them as well.

use std::collections::BTreeMap;

use crate::words::Words;

/// How verbs, and the words behind them, are written.
#[derive(Debug, Default)]
pub struct Spellings {
    /// From a spelling to the verb.
    verbs: BTreeMap<String, String>,
    /// From a verb and the spelling of the word behind it to that word.
    inner: BTreeMap<(String, String), String>,
    /// What is shown in a language for each verb: the language's tag, and spellings by verb.
    shown: BTreeMap<String, BTreeMap<String, String>>,
}

impl Spellings {
    /// Of all verbs, given the practice that each belongs to.
    pub(crate) fn new(owned: &[(&str, String)], verbs: &clap::Command) -> Self {
        let mut spellings = Self::default();
        spellings.verbs.extend(owned.iter().map(|(_, verb)| (verb.clone(), verb.clone())));
        for (practice, verb) in owned {
            for words in Words::all() {
                let written = spellings_of(words, practice, verb);
                let shown = written.first().unwrap_or(verb).clone();
                spellings.shown.entry(words.tag().to_owned()).or_default().insert(verb.clone(), shown);
                for spelling in written {
                    spellings.verbs.entry(spelling).or_insert_with(|| verb.clone());
                }
                for inner in inner_words(verbs, verb) {
                    for spelling in spellings_of(words, practice, &format!("{verb}-{inner}")) {
                        spellings.inner.entry((verb.clone(), spelling)).or_insert_with(|| inner.clone());
                    }
                }
            }
        }
        spellings
    }

    /// The verb that is written so.
    pub(crate) fn verb(&self, written: &str) -> Option<&str> {
        self.verbs.get(written).map(String::as_str)
    }

    /// The word behind a verb that is written so; what has no other spelling is itself.
    pub(crate) fn inner(&self, verb: &str, written: String) -> String {
        self.inner.get(&(verb.to_owned(), written.to_lowercase())).cloned().unwrap_or(written)
    }

    /// A verb as it is shown in a language.
    pub(crate) fn shown<'a>(&'a self, verb: &'a str, words: &Words) -> &'a str {
        self.shown.get(words.tag()).and_then(|shown| shown.get(verb)).map_or(verb, String::as_str)
    }

    /// The verbs, and what a language shows for them.
    pub(crate) fn known(&self, words: &Words) -> impl Iterator<Item = &str> + Clone {
        let shown = self.shown.get(words.tag()).into_iter().flatten();
        shown.flat_map(|(verb, shown)| [shown.as_str(), verb.as_str()])
    }
}

/// How a language spells a verb of a practice, or a word behind it (`retro-next`). The first is shown.
pub fn spellings_of(words: &Words, practice: &str, word: &str) -> Vec<String> {
    let listed = words.find_attribute(practice, &format!("verb-{word}")).unwrap_or_default();
    listed.split_whitespace().map(str::to_lowercase).collect()
}

/// A command as a language shows it: its verb, and the word behind it where there is one. `retro next` is `retro weiter`.
pub fn shown(words: &Words, practice: &str, verb: &str, inner: &str) -> String {
    let first = |word: &str| spellings_of(words, practice, word).into_iter().next();
    let verb_shown = first(verb).unwrap_or_else(|| verb.to_owned());
    match inner {
        "" => verb_shown,
        inner => format!("{verb_shown} {}", first(&format!("{verb}-{inner}")).unwrap_or_else(|| inner.to_owned())),
    }
}

/// The words that may stand behind a verb.
pub fn inner_words(verbs: &clap::Command, verb: &str) -> Vec<String> {
    let Some(command) = verbs.find_subcommand(verb) else { return Vec::new() };
    let subcommands = command.get_subcommands().map(|inner| inner.get_name().to_owned());
    let values = command.get_positionals().next().map(clap::Arg::get_possible_values).unwrap_or_default();
    subcommands.chain(values.iter().map(|value| value.get_name().to_owned())).collect()
}
