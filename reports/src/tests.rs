//! The whole of a report, read as a lead reads it.

mod communities;
mod layout;
mod schema;
mod tiny;

use std::collections::{BTreeMap, BTreeSet};

use hearth_shared::{
    activity::Capabilities,
    report::{
        Figure, Measure, Report, event_id, figure_id, group_id, item_id, measure_id, reason, source_lacks, stage_id,
    },
};

use crate::{
    Size, Theme, chart_png, chart_svg, page,
    pictures::{Picture, pictures},
    questions, room_summary,
    sentences::sentences,
    words::Words,
    write,
};

/// A believable month of a guild of forty.
fn guild() -> Report {
    let mut report: Report = serde_json::from_str(include_str!("../examples/report.json")).unwrap();
    let more: BTreeMap<String, Figure> = serde_json::from_str(include_str!("../examples/figures.json")).unwrap();
    report.figures.extend(more);
    report
}

/// The guild's picture `id`.
fn outline(id: &str, size: Size) -> String {
    let (report, words) = (guild(), Words::of("en"));
    let pictures = pictures(&report, &words);
    let picture = pictures.iter().find(|picture| picture.id == id).unwrap();
    format!("{}\n{}", picture.says, picture.scene(&words, size).unwrap().outline())
}

#[test]
fn each_picture_says_and_shows_what_the_month_was() {
    insta::assert_snapshot!("activity", outline("activity", Size::Wide));
    insta::assert_snapshot!("voices", outline("voices", Size::Narrow));
    insta::assert_snapshot!("lorenz", outline("lorenz", Size::Narrow));
    insta::assert_snapshot!("growth", outline("growth", Size::Wide));
    insta::assert_snapshot!("answered", outline("answered", Size::Narrow));
    for id in ["retention", "response", "rooms", "network", "actions", "pulse"] {
        insta::assert_snapshot!(id, outline(id, Size::Narrow));
    }
    for id in ["survival", "week", "funnel", "themes"] {
        insta::assert_snapshot!(id, outline(id, Size::Wide));
    }
}

#[test]
fn the_month_in_short_says_how_sure_we_are() {
    insta::assert_snapshot!("room_en", room_summary(&guild(), "en").markdown);
    insta::assert_snapshot!("room_de", room_summary(&guild(), "de").markdown);
}

#[test]
fn the_room_gets_two_pictures_in_one_and_what_they_show() {
    let summary = room_summary(&guild(), "en");
    let picture = summary.picture.unwrap();
    assert!(picture.alt.contains("34 in October 2026") && picture.alt.contains("voices"), "{}", picture.alt);
    let folder = tempfile::tempdir().unwrap();
    write(&guild(), "en", folder.path()).unwrap();
    let side = |file: &str| {
        let png = image::load_from_memory(&std::fs::read(folder.path().join(file)).unwrap()).unwrap();
        (f64::from(png.width()), f64::from(png.height()))
    };
    let ((width, height), (lies, stands)) = (side(picture.file), side("members.room.png"));
    assert!((width / height - 0.75).abs() < 0.01, "two of 3:2, one below the other: {width} to {height}");
    assert!((lies / stands - 1.5).abs() < 0.01, "one of them: {lies} to {stands}");
    assert!(folder.path().join(picture.instead).exists());
    assert!(summary.markdown.lines().filter(|line| !line.is_empty()).count() <= 6);
}

#[test]
fn where_too_few_people_are_the_page_says_so_and_draws_nothing() {
    let report = communities::of_three();
    for (language, words) in [("en", "Too few people to say."), ("de", "Zu wenige Menschen, um etwas zu sagen.")] {
        let page = page(&report, language).unwrap();
        assert!(page.contains(words));
        assert!(!page.contains("<svg") && !page.contains("id=\"q-"), "{page}");
        let summary = room_summary(&report, language);
        assert_eq!(summary.picture, None);
        assert!(summary.markdown.contains(["Too few people", "zu wenige Menschen"][usize::from(language == "de")]));
        assert_eq!(summary.markdown.lines().filter(|line| !line.is_empty()).count(), 2, "{}", summary.markdown);
    }
    let folder = tempfile::tempdir().unwrap();
    assert!(write(&report, "en", folder.path()).unwrap().pictures.is_empty());
}

#[test]
fn a_rooms_page_says_so_and_asks_nothing_that_is_told_of_the_community_only() {
    let mut report = guild();
    (report.room, report.figures) = (Some("Kiln & glaze".into()), BTreeMap::new());
    for id in ["new_posters", "retained", "reactivated", "lapsed", "cohort_retention", "rooms_active"] {
        report.measures.insert(id.into(), Measure::na("community_only", "people"));
    }
    for (language, of, only) in [
        ("en", "A room of Rust Potters’ Guild.", "told of the whole community only"),
        ("de", "Ein Raum von Rust Potters’ Guild.", "nur von der ganzen Gemeinschaft gesagt"),
    ] {
        let page = page(&report, language).unwrap();
        assert!(page.contains("<h1><bdi>Kiln &amp; glaze</bdi>") && page.contains(of), "{language}");
        assert_eq!(page.matches(only).count(), 1, "said once for all: {language}");
        assert!(!page.contains("new_posters") && !page.contains("id=\"q-growth\""));
        let summary = room_summary(&report, language).markdown;
        assert!(summary.starts_with("**Kiln \\& glaze "), "{summary}");
        assert!(!summary.contains(only), "{summary}");
    }
}

#[test]
fn an_empty_report_is_a_page_too() {
    let report = Report { measures: BTreeMap::new(), figures: BTreeMap::new(), ..guild() };
    assert!(page(&report, "en").unwrap().contains("Every measure"));
    assert!(!room_summary(&report, "de").markdown.is_empty());
}

#[test]
fn unknown_measures_figures_units_and_reasons_are_shown_by_their_ids() {
    let mut report = guild();
    report.measures.insert("warp_factor".into(), Measure::ok(9.0, "parsecs", 7));
    report.measures.insert("dilithium".into(), Measure::na("sunspots", "index"));
    let activity = report.figures["activity"].clone();
    report.figures.insert("holodeck".into(), activity.clone());
    report.figures.insert("../escape".into(), activity);
    let page = page(&report, "en").unwrap();
    assert!(page.contains("warp_factor") && page.contains("dilithium") && page.contains("holodeck"));
    assert!(page.contains("It is not known."));
    let folder = tempfile::tempdir().unwrap();
    let written = write(&report, "en", &folder.path().join("2026-10")).unwrap();
    assert!(written.pictures.iter().any(|picture| picture.id == "holodeck"));
    assert!(!folder.path().join("escape.svg").exists());
}

#[test]
fn names_from_a_room_are_text_never_markup() {
    let report = Report { community: "<script>alert('&')</script>".into(), ..guild() };
    let page = page(&report, "en").unwrap();
    assert!(!page.contains("<script"));
    assert!(page.contains("&lt;script&gt;"));
    assert!(room_summary(&report, "en").markdown.starts_with("**\\<script\\>"));
}

#[test]
fn german_numbers_have_a_comma() {
    let page = page(&guild(), "de").unwrap();
    assert!(page.contains("9,4") && page.contains("42\u{a0}%") && page.contains("lang=\"de\""));
    assert!(!page.contains(">9.4"));
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let [first, second] = folders.each_ref().map(|folder| write(&guild(), "en", folder.path()).unwrap());
    let files = |written: &crate::Written| -> Vec<Vec<u8>> {
        let pictures = written.pictures.iter().flat_map(|picture| [&picture.svg, &picture.png]);
        std::iter::once(&written.page).chain(pictures).map(|path| std::fs::read(path).unwrap()).collect()
    };
    assert_eq!(files(&first).len(), 31);
    assert!(files(&first) == files(&second));
}

#[test]
fn a_page_needs_nothing_beside_itself() {
    let page = page(&guild(), "en").unwrap();
    for outside in ["src=\"", "@import", "url(http", "<link", "<script"] {
        assert!(!page.contains(outside), "{outside}");
    }
    for link in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(page.contains(&format!("id=\"{link}\"")), "nothing is called {link}");
    }
}

#[test]
fn a_chart_is_drawn_from_its_figure_alone() {
    let report = guild();
    let figure = &report.figures["voices"];
    let light = chart_svg("voices", figure, "en", Theme::Light, Size::Narrow).unwrap().unwrap();
    let dark = chart_svg("voices", figure, "en", Theme::Dark, Size::Narrow).unwrap().unwrap();
    assert!(light.contains("<desc>Effective voices: 9.4") && light != dark);
    let png = chart_png("voices", figure, "en", Theme::Dark, Size::Narrow).unwrap().unwrap();
    assert!(png.starts_with(b"\x89PNG"));
}

#[test]
fn every_picture_states_its_message_in_words() {
    let report = guild();
    for language in ["en", "de"] {
        let words = Words::of(language);
        for Picture { id, title, says, .. } in pictures(&report, &words) {
            assert_ne!(id, title, "no title in {language}");
            assert!(says.chars().any(|letter| letter.is_ascii_digit()), "{id} says nothing: {says}");
            assert!(words.reading(&id).is_some(), "nobody explains {id} in {language}");
        }
    }
}

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
        for question in questions::ALL {
            assert!(words.named(&format!("question-{}", question.id), None).is_some(), "{}", question.id);
            for id in question.measures() {
                assert_ne!(words.measure(id), id, "no name in {language}");
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
fn every_measure_and_picture_of_the_worker_belongs_to_one_question_and_no_other_is_asked_for() {
    let measures: Vec<&str> = questions::ALL.iter().flat_map(questions::Question::measures).collect();
    let pictures: Vec<&str> = questions::ALL.iter().flat_map(|question| question.pictures).copied().collect();
    let made =
        |ids: &[&'static str], more: &[&'static str]| -> BTreeSet<&str> { [ids, more].concat().into_iter().collect() };
    for (asked, made) in
        [(measures, made(measure_id::ALL, &[])), (pictures, made(figure_id::ALL, &[questions::ANSWERED_PICTURE]))]
    {
        assert_eq!(asked.iter().copied().collect::<BTreeSet<_>>(), made);
        assert_eq!(asked.len(), made.len(), "some are asked for twice");
    }
}

#[test]
fn every_measure_that_has_words_belongs_to_a_question() {
    let asked: BTreeSet<&str> = questions::ALL.iter().flat_map(questions::Question::measures).collect();
    for word in vocabulary("en").keys().filter_map(|word| word.strip_prefix("measure-")) {
        let id = word.split('.').next().unwrap_or(word);
        assert!(asked.contains(id), "{id} is asked for by no question");
    }
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

#[test]
fn every_sentence_leads_to_a_picture() {
    let (report, words) = (guild(), Words::of("en"));
    let sentences = sentences(&report, &words);
    assert_eq!(sentences.len(), 5);
    let pictures = pictures(&report, &words);
    for sentence in sentences {
        assert!(pictures.iter().any(|picture| picture.id == sentence.picture), "{}", sentence.picture);
    }
}
