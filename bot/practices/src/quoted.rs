//! What messages quote between backticks, in every language: commands that work, in the words of that language.

use std::{collections::BTreeSet, fs, path::Path};

use crate::{
    Words,
    catalogue::Catalogue,
    command::{self, Line},
    dialogue::Dialogue,
    registry,
    spelling::spellings_of,
};

const PREFIX: &str = "!hearth ";

/// What stands in a message in the place of what is known only when it is said.
const UNKNOWN: &str = "…";

/// Verbs whose first word is read by hand, and the practice that reads it.
const BY_HAND: [(&str, &str); 6] = [
    ("topics", "topic"),
    ("meetings", "meeting"),
    ("actions", "action"),
    ("actions", "actions"),
    ("poll", "poll"),
    ("ballot", "ballot"),
];

/// Everything that the messages of a language quote, as somebody reads it, and in which file.
fn quoted_in(words: &Words) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(words.tag());
    let mut quoted = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let spans = line.split('`').skip(1).step_by(2).map(|span| (name.clone(), filled(words, span)));
            quoted.extend(spans);
        }
    }
    quoted
}

/// A quotation with what is put into it.
fn filled(words: &Words, span: &str) -> String {
    let catalogue = registry::ALL.catalogue();
    let (mut text, mut rest) = (String::new(), span);
    while let Some((before, behind)) = rest.split_once("{ $") {
        let (name, after) = behind.split_once(" }").unwrap();
        let put = match name {
            "prefix" => PREFIX.trim(),
            "help" | "privacy" | "settings" => catalogue.shown(name, words),
            "number" | "first" | "most" => "1",
            "last" => "2",
            _ => UNKNOWN,
        };
        text.push_str(before);
        text.push_str(put);
        rest = after;
    }
    text + rest
}

/// The words of a quotation that is a command; `None` for what is none, or is known only when it is said.
fn command_in<'a>(catalogue: &Catalogue, quoted: &'a str) -> Option<&'a str> {
    let written = quoted.strip_prefix(PREFIX);
    let text = written.unwrap_or(quoted);
    let first = text.split_whitespace().next().filter(|first| !first.starts_with(UNKNOWN))?;
    (written.is_some() || catalogue.owner(first).is_some()).then_some(text)
}

/// Every spelling of the word behind a verb, in a language.
fn inner_of(words: &Words, practice: &str, verb: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales/en").join(format!("{practice}.ftl"));
    let text = fs::read_to_string(folder).unwrap();
    let behind = format!(".verb-{verb}-");
    let inner = text.lines().filter_map(|line| line.trim().strip_prefix(&behind)?.split_once(" = "));
    inner.flat_map(|(inner, _)| spellings_of(words, practice, &format!("{verb}-{inner}"))).collect()
}

#[test]
fn every_command_that_a_message_quotes_is_understood() {
    let catalogue = registry::ALL.catalogue();
    let (mut commands, mut wrong) = (0, Vec::new());
    for words in Words::all() {
        for (file, quoted) in quoted_in(words) {
            let Some(text) = command_in(catalogue, &quoted) else { continue };
            commands += 1;
            let read = command::parse(catalogue, text, true, PREFIX.trim(), words);
            let is_command = matches!(read, Some(Line::Command(..)));
            let mut said = text.split_whitespace();
            let (first, second) = (said.next().unwrap(), said.next().unwrap_or_default());
            let by_hand = BY_HAND
                .iter()
                .find(|(practice, verb)| spellings_of(words, practice, verb).contains(&first.to_lowercase()));
            // Behind these stands a word that they know, a name or a question.
            let plain = !second.is_empty() && second.chars().all(|char| char.is_lowercase() || char == '-');
            let is_known = by_hand.filter(|_| plain).is_none_or(|(practice, verb)| {
                inner_of(words, practice, verb).contains(second) || second == words.actions_somebody()
            });
            if !(is_command && is_known) {
                wrong.push(format!("{} {file}: `{quoted}`", words.tag()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(commands > 400, "{commands}");
}

#[test]
fn a_german_message_quotes_no_english_command_that_has_german_words() {
    let (catalogue, english, german) = (registry::ALL.catalogue(), Words::english(), Words::of("de").unwrap());
    let mut wrong = Vec::new();
    for (file, quoted) in quoted_in(german) {
        let Some(text) = command_in(catalogue, &quoted) else { continue };
        let mut said = text.split_whitespace().map(str::to_lowercase);
        let (first, second) = (said.next().unwrap(), said.next().unwrap_or_default());
        let Some(owner) = catalogue.owner(&first) else { continue };
        let practice = &catalogue[owner];
        let is_foreign = |word: &str, written: &str| {
            let own = spellings_of(german, practice.name, word);
            !own.is_empty() && !own.contains(&written.to_owned())
        };
        for verb in practice.verbs() {
            let spelt: Vec<String> =
                [english, german].into_iter().flat_map(|words| spellings_of(words, practice.name, &verb)).collect();
            if !spelt.contains(&first) {
                continue;
            }
            let inner = inner_of(english, practice.name, &verb);
            let foreign = inner.contains(&second) && !inner_of(german, practice.name, &verb).contains(&second);
            if is_foreign(&verb, &first) || foreign {
                wrong.push(format!("{file}: `{quoted}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_spelling_of_the_word_behind_a_verb_does_what_its_first_does() {
    for words in Words::all() {
        for (practice, verb) in BY_HAND {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales/en").join(format!("{practice}.ftl"));
            let text = fs::read_to_string(path).unwrap();
            let behind = format!(".verb-{verb}-");
            for line in text.lines().filter_map(|line| line.trim().strip_prefix(&behind)) {
                let (inner, _) = line.split_once(" = ").unwrap();
                let answer = |written: &str| {
                    let mut talk = Dialogue::new();
                    talk.words = words;
                    talk.says("lea", "lobby", r#"!hearth meeting new "Tea" every tuesday 10:00"#);
                    talk.says("lea", "lobby", "!hearth topic add Tea");
                    talk.says("lea", "lobby", "!hearth action me buys tea");
                    talk.says("lea", "lobby", &format!("!hearth {verb} {written}")).join("\n")
                };
                let expected = answer(inner);
                let spelt = spellings_of(words, practice, &format!("{verb}-{inner}"));
                assert!(!spelt.is_empty(), "{} {verb} {inner}", words.tag());
                for spelling in spelt {
                    let said = answer(&spelling).replace(&spelling, inner);
                    assert_eq!(said, expected.replace(&spelling, inner), "{} {verb} {spelling}", words.tag());
                }
            }
        }
    }
}
