//! The words of both languages: none is missing, none is unused, and every id of the worker has its own.

use std::collections::{BTreeMap, BTreeSet};

use hearth_shared::{
    activity::Capabilities,
    report::{event_id, figure_id, group_id, item_id, measure_id, reason, source_lacks, stage_id, suggestion_id},
};

use crate::{questions, words::Words};

/// Message and attribute ids of one language, each with the arguments that it takes.
fn vocabulary(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(language);
    let mut words: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let (mut message, mut word) = (String::new(), String::new());
        for line in std::fs::read_to_string(file.unwrap().path()).unwrap().lines() {
            if line.starts_with('#') {
                continue;
            }
            if let Some((id, _)) = line.split_once(" = ").filter(|_| !line.starts_with([' ', '}'])) {
                message = id.to_owned();
                word = id.to_owned();
            } else if let Some((attribute, _)) = line.trim().strip_prefix('.').and_then(|rest| rest.split_once(" = ")) {
                word = format!("{message}.{attribute}");
            }
            if word.is_empty() {
                continue;
            }
            let arguments = words.entry(word.clone()).or_default();
            let names = line.split('$').skip(1).map(|rest| rest.split([' ', '}']).next().unwrap_or_default());
            arguments.extend(names.map(str::to_owned));
        }
    }
    words
}

#[test]
fn both_languages_know_the_same_words_with_the_same_arguments() {
    let (english, german) = (vocabulary("en"), vocabulary("de"));
    assert!(english.len() > 200, "{}", english.len());
    let keys = |words: &BTreeMap<String, BTreeSet<String>>| words.keys().cloned().collect::<BTreeSet<_>>();
    let differing: Vec<String> = keys(&english).symmetric_difference(&keys(&german)).cloned().collect();
    assert!(differing.is_empty(), "only in one language: {differing:?}");
    for (word, arguments) in &english {
        assert_eq!(&german[word], arguments, "{word}");
    }
}

#[test]
fn every_measure_picture_and_question_has_its_words() {
    for language in ["en", "de"] {
        let words = Words::of(language);
        for question in questions::all() {
            assert!(words.named(&format!("question-{}", question.id), None).is_some(), "{}", question.id);
            for id in question.facts.iter().chain(&questions::HEADLINE) {
                assert_ne!(&words.measure(id), id, "no name in {language}");
                assert!(
                    words.named(&format!("measure-{id}"), Some("label")).is_some(),
                    "no label of {id} in {language}"
                );
                assert!(words.definition(id).is_some(), "no definition of {id} in {language}");
            }
            for id in question.pictures {
                assert_ne!(&words.picture(id), id, "no title in {language}");
            }
        }
        let lacking = Capabilities::all().iter().map(|capability| source_lacks(capability.name()));
        for reason in reason::ALL.iter().map(|reason| (*reason).to_owned()).chain(lacking) {
            assert_ne!(words.reason(Some(&reason)), words.reason(None), "{reason} in {language}");
        }
        for (family, ids) in
            [("stage", stage_id::ALL), ("event", event_id::ALL), ("group", group_id::ALL), ("item", item_id::ALL)]
        {
            for id in ids {
                assert!(words.named(&format!("{family}-{id}"), None).is_some(), "{family} {id} in {language}");
            }
        }
        for month in 1..=12 {
            assert!(words.named(&format!("month-{month}"), Some("short")).is_some());
        }
    }
}

#[test]
fn every_measure_and_picture_of_the_worker_has_one_place_on_the_page() {
    let measures: Vec<&str> =
        questions::all().flat_map(|question| question.facts).chain(&questions::HEADLINE).copied().collect();
    let pictures: Vec<&str> = questions::all().flat_map(|question| question.pictures).copied().collect();
    for (asked, made) in [(measures, measure_id::ALL), (pictures, figure_id::ALL)] {
        assert_eq!(asked.iter().collect::<BTreeSet<_>>(), made.iter().collect());
        assert_eq!(asked.len(), made.len(), "some are asked for twice");
    }
}

#[test]
fn only_measures_and_suggestions_of_the_worker_have_words() {
    let words = vocabulary("en");
    let named = |family: &str| -> BTreeSet<String> {
        let ids = words.keys().filter_map(|word| word.strip_prefix(family));
        ids.filter(|id| *id != "label").map(|id| id.split('.').next().unwrap_or(id).to_owned()).collect()
    };
    assert_eq!(named("measure-"), measure_id::ALL.iter().map(|id| (*id).to_owned()).collect());
    assert_eq!(named("suggest-"), suggestion_id::ALL.iter().map(|id| (*id).to_owned()).collect());
}

#[test]
fn no_word_is_left_unused() {
    let mut code = String::new();
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                code.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
    let by_id = [
        "measure-",
        "picture-",
        "question-",
        "reason-",
        "month-",
        "weekday-",
        "event-",
        "source-",
        "group-",
        "stage-",
        "item-",
        "suggest-",
    ];
    for word in vocabulary("en").keys().filter(|word| *word != "language-name") {
        let function = format!("msg_{}(", word.replace(['-', '.'], "_"));
        assert!(by_id.iter().any(|family| word.starts_with(family)) || code.contains(&function), "{word} is unused");
    }
}
