//! Folders, locale files and registry agree, and every word is there in every language.

#![expect(clippy::unwrap_used, reason = "tests, and the helpers that read their files")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser,
};
use hearth_practices::{
    Words,
    command::{Line, addressed, parse},
    dialogue::Dialogue,
    registry,
};

/// Ids (`poll-opened`, `poll.help`) and the arguments that each uses.
type Messages = BTreeMap<String, BTreeSet<String>>;

fn here(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn names(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(here(folder)).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn messages(tag: &str) -> BTreeMap<String, Messages> {
    let files = names(&format!("locales/{tag}"));
    let read = |file: String| {
        let text = fs::read_to_string(here(&format!("locales/{tag}/{file}"))).unwrap();
        let resource = parser::parse(text).unwrap_or_else(|(_, errors)| panic!("{tag}/{file}: {errors:?}"));
        let mut messages = Messages::new();
        for entry in &resource.body {
            match entry {
                Entry::Message(message) => {
                    let id = &message.id.name;
                    messages.insert(id.clone(), message.value.as_ref().map(arguments).unwrap_or_default());
                    for attribute in &message.attributes {
                        messages.insert(format!("{id}.{}", attribute.id.name), arguments(&attribute.value));
                    }
                }
                Entry::Junk { content } => panic!("{tag}/{file}: {content}"),
                _ => {}
            }
        }
        (file.trim_end_matches(".ftl").to_owned(), messages)
    };
    files.into_iter().map(read).collect()
}

fn arguments(pattern: &Pattern<String>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            in_expression(expression, &mut found);
        }
    }
    found
}

fn in_expression(expression: &Expression<String>, found: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => in_inline(inline, found),
        Expression::Select { selector, variants } => {
            in_inline(selector, found);
            variants.iter().for_each(|variant| found.extend(arguments(&variant.value)));
        }
    }
}

fn in_inline(inline: &InlineExpression<String>, found: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            found.insert(id.name.clone());
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.iter().for_each(|argument| in_inline(argument, found));
            arguments.named.iter().for_each(|argument| in_inline(&argument.value, found));
        }
        InlineExpression::Placeable { expression } => in_expression(expression, found),
        _ => {}
    }
}

#[test]
fn every_language_has_the_same_messages_with_the_same_arguments() {
    let english = messages("en");
    let tags = names("locales");
    assert_eq!(tags.len(), Words::all().len());
    for tag in tags {
        let other = messages(&tag);
        assert_eq!(english.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "files of {tag}");
        for (file, expected) in &english {
            let found = &other[file];
            for (id, arguments) in expected {
                assert_eq!(Some(arguments), found.get(id), "{tag}/{file}.ftl: {id}");
            }
            for id in found.keys() {
                assert!(expected.contains_key(id), "{tag}/{file}.ftl says {id}, which English does not");
            }
        }
    }
}

/// The functions made of the messages take their arguments in the order in which the English text uses them. Where
/// the comments that type them say another order, and the types do not tell, a caller swaps words unnoticed.
#[test]
fn english_comments_list_arguments_in_the_order_in_which_the_message_uses_them() {
    let mut swapped = Vec::new();
    for file in names("locales/en") {
        let text = fs::read_to_string(here(&format!("locales/en/{file}"))).unwrap();
        let Ok(resource) = parser::parse(text.as_str()) else { panic!("{file} cannot be read") };
        for entry in &resource.body {
            let Entry::Message(message) = entry else { continue };
            let Some(comment) = &message.comment else { continue };
            let typed: Vec<(&str, &str)> = comment
                .content
                .iter()
                .filter_map(|line| line.strip_prefix('$')?.split_once(" - ")?.0.split_once(' '))
                .collect();
            let Some(start) = text.find(&format!("\n{} =", message.id.name)) else { continue };
            let mut used = typed.clone();
            used.sort_by_key(|(name, _)| text[start..].find(&format!("${name}")));
            let types = |arguments: &[(&str, &str)]| arguments.iter().map(|one| one.1.to_owned()).collect::<Vec<_>>();
            if used != typed && types(&used) == types(&typed) {
                swapped.push(format!("{file}: {} uses {used:?}, its comment says {typed:?}", message.id.name));
            }
        }
    }
    assert!(swapped.is_empty(), "{}", swapped.join("\n"));
}

#[test]
fn folders_locale_files_and_registry_agree() {
    let registered: BTreeSet<_> = registry::ALL.iter().map(|practice| practice.name.to_owned()).collect();
    assert_eq!(registered.len(), registry::ALL.len(), "two practices of one name");
    let is_practice = |name: &String| {
        fs::read_to_string(here(&format!("src/{name}/mod.rs"))).is_ok_and(|text| text.contains("impl Practice for"))
    };
    let folders = names("src").into_iter().filter(is_practice);
    assert_eq!(folders.collect::<BTreeSet<_>>(), registered);
    let files = messages("en");
    for name in &registered {
        let messages = files.get(name).unwrap_or_else(|| panic!("locales/en/{name}.ftl is missing"));
        for id in messages.keys() {
            let own =
                id.strip_prefix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '.']));
            assert!(own, "locales/en/{name}.ftl: {id} should begin with {name}");
        }
    }
}

#[test]
fn no_verb_belongs_to_two_practices() {
    let mut verbs: Vec<_> = registry::ALL.iter().flat_map(|one| one.verbs()).collect();
    verbs.sort();
    let count = verbs.len();
    verbs.dedup();
    assert_eq!(verbs.len(), count);
}

#[test]
fn every_practice_says_what_it_is_how_it_is_used_and_what_its_settings_mean() {
    for words in Words::all() {
        for practice in registry::ALL.iter() {
            let at = format!("{} in {}", practice.name, words.tag());
            let attribute = |name: &str| {
                words.find_attribute(practice.name, name).unwrap_or_else(|| panic!(".{name} of {at} is missing"))
            };
            assert!(words.find(practice.name).is_some(), "the title of {at} is missing");
            let about = attribute("about");
            assert!(about.chars().count() <= 100 && !about.contains('\n'), ".about of {at} is too long: {about}");
            let help = attribute("help").replace('`', "");
            let room = if words.tag() == "en" { 300 } else { 330 };
            assert!(help.chars().count() <= room, ".help of {at} has {} characters", help.chars().count());
            for key in practice.defaults().keys() {
                assert!(
                    key.chars().all(|char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-'),
                    "{key} of {at} is not kebab-case"
                );
                attribute(&format!("set-{key}"));
            }
            let meanings = messages(words.tag())[practice.name].keys().cloned().collect::<Vec<_>>();
            for meaning in meanings.iter().filter_map(|id| id.strip_prefix(&format!("{}.set-", practice.name))) {
                assert!(practice.defaults().contains_key(meaning), "{at} explains {meaning}, which cannot be set");
            }
        }
    }
}

#[test]
fn defaults_fit_their_own_settings() {
    for practice in registry::ALL.iter() {
        assert_eq!(practice.check(&practice.defaults()), Ok(()), "{}", practice.name);
    }
}

/// All that help shows of a practice.
fn shown(words: &Words, practice: &str) -> String {
    ["help", "help-more"].map(|part| words.find_attribute(practice, part).unwrap_or_default()).join("\n")
}

#[test]
fn every_setting_that_help_shows_can_be_set() {
    for words in Words::all() {
        for practice in registry::ALL.iter() {
            let help = shown(words, practice.name);
            let settings = format!("!hearth {} ", registry::ALL.catalogue().shown("settings", words));
            for example in help.split('`').skip(1).step_by(2).filter(|code| code.starts_with(&settings)) {
                let mut talk = Dialogue::new();
                talk.words = words;
                let before = talk.says("lea", "lobby", "!hearth settings nonsense");
                let said = talk.says("lea", "lobby", example).join("\n");
                let mistakes = [
                    "There is no",
                    "gibt es nicht",
                    "does not fit",
                    "passt nicht",
                    "kenne ich nicht",
                    "I know nothing",
                ];
                assert!(mistakes.iter().any(|mistake| before[0].contains(mistake)), "{before:?}");
                assert!(!mistakes.iter().any(|mistake| said.contains(mistake)), "{example}: {said}");
            }
        }
    }
}

#[test]
fn every_command_that_help_shows_can_be_said() {
    for words in Words::all() {
        for practice in registry::ALL.iter() {
            let help = shown(words, practice.name);
            for example in help.split('`').skip(1).step_by(2).filter(|code| code.starts_with("!hearth ")) {
                let rest = addressed(registry::ALL.catalogue(), example, "!hearth", &[]).unwrap();
                match parse(registry::ALL.catalogue(), rest, true, "!hearth", words) {
                    Some(Line::Command(..)) => {}
                    other => panic!("{} in {}: {example}: {other:?}", practice.name, words.tag()),
                }
            }
        }
    }
}
