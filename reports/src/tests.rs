//! The whole of a report, read as a lead reads it.

mod communities;
mod layout;
mod schema;
mod tiny;
mod vocabulary;

use std::collections::BTreeMap;

use hearth_shared::{
    release::{Cell, Hours, Released},
    report::{Figure, Mark, Measure, Report, Verdict},
};

use crate::{
    charts::Size,
    page,
    pictures::{Picture, pictures},
    room_summary,
    sentences::{notice, sentences},
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
    for id in ["activity", "newcomers", "survival", "week", "funnel", "themes"] {
        insta::assert_snapshot!(id, outline(id, Size::Wide));
    }
    for id in ["voices", "answered", "people", "retention", "rooms", "network", "actions", "pulse"] {
        insta::assert_snapshot!(id, outline(id, Size::Narrow));
    }
}

#[test]
fn the_month_in_short_says_how_sure_we_are() {
    insta::assert_snapshot!("room_en", room_summary(&guild(), "en").markdown);
    insta::assert_snapshot!("room_de", room_summary(&guild(), "de").markdown);
    for (name, report) in communities::examples() {
        for language in ["en", "de"] {
            insta::assert_snapshot!(
                format!("room_{}_{language}", name.replace(' ', "_")),
                room_summary(&report, language).markdown
            );
        }
    }
}

#[test]
fn what_changed_comes_first_and_nothing_is_said_twice() {
    let (report, words) = (guild(), Words::of("en"));
    let said = sentences(&report, &words);
    assert!(said[0].text.contains("more than usual") && said[0].picture == "voices", "{said:?}");
    let claims = said.iter().filter(|it| it.text.contains("than usual")).count();
    assert_eq!(claims, 1, "what is usual is no claim: {said:?}");
    let mut quiet = report.clone();
    quiet.measures.get_mut("effective_voices").unwrap().month = Some(Verdict::Usual);
    assert_eq!(sentences(&quiet, &words)[0].picture, "activity");
}

#[test]
fn the_page_says_what_it_could_notice() {
    let words = Words::of("en");
    insta::assert_snapshot!(
        notice(&communities::of("twelve"), &words).unwrap(),
        @"With about 11 people who write, only a month with fewer than 5 or more than 27 would be more than chance. If half of them stopped for a quarter, this page would notice 5 times in ten."
    );
    let mut early = communities::of("twelve");
    early.notice.as_mut().unwrap().halving = None;
    assert!(notice(&early, &words).unwrap().ends_with("once there are six months before them."));
    assert_eq!(notice(&communities::of_nothing(), &words), None);
}

#[test]
fn a_month_with_too_many_unknown_hours_says_so_on_the_page_and_in_the_room() {
    let mut report = communities::of("twelve");
    let said = |report: &Report| {
        let [page, room] = [page(report, "en").unwrap(), room_summary(report, "en").markdown];
        [page, room].map(|text| text.contains("did not see 61 of the month’s 744 hours"))
    };
    report.hours = Some(Hours { all: 744, unknown: 61 });
    assert_eq!(said(&report), [true; 2]);
    report.hours = Some(Hours { all: 744, unknown: 30 });
    assert_eq!(said(&report), [false; 2]);
    assert!(!room_summary(&report, "en").markdown.contains("30"));
}

#[test]
fn earlier_months_that_were_said_to_be_unusual_are_marked_and_named() {
    let mut report = communities::of("twelve");
    let Some(Figure::Months(activity)) = report.figures.get_mut("activity") else { panic!("no months") };
    let month = activity.months[activity.months.len() - 3];
    activity.series[0].marks = vec![Mark { month, verdict: Verdict::More }];
    let drawn = |report: &Report| {
        let words = Words::of("en");
        let all = pictures(report, &words);
        let picture = all.iter().find(|picture| picture.id == "activity").unwrap();
        (picture.says.clone(), picture.scene(&words, Size::Wide).unwrap().outline())
    };
    let ((says, scene), (_, before)) = (drawn(&report), drawn(&communities::of("twelve")));
    assert!(says.contains(&format!("More than usual before: {}.", Words::of("en").month_year(month))), "{says}");
    let areas = |outline: &str| outline.matches("area").count();
    assert_eq!(areas(&scene), areas(&before) + 1, "{scene}");
    assert!(scene.contains("Triangle: more or less than usual."));
}

#[test]
fn the_room_the_members_and_the_page_say_the_same_numbers() {
    for (name, report) in communities::examples().into_iter().chain([("guild", guild())]) {
        if name == "four" {
            continue;
        }
        for language in ["en", "de"] {
            let words = Words::of(language);
            let page = page(&report, language).unwrap();
            let room = room_summary(&report, language).markdown;
            for id in ["posters", "new_posters", "effective_voices", "taken_up"] {
                let measure = &report.measures[id];
                if measure.cell.value.is_some() {
                    let said = words.cell(&measure.cell);
                    assert!(page.contains(&format!(">{said}</span>")), "{name} {id}: {said}");
                    assert!(room.to_lowercase().contains(&said.to_lowercase()), "{name} {id}: {said} in {room}");
                }
            }
            for sentence in sentences(&report, &words) {
                let html = sentence.text.replace('&', "&amp;").replace('"', "&quot;");
                assert!(page.contains(&html), "{name}: {html}");
            }
            let members = crate::members_summary(&report, &[], language).unwrap().markdown;
            let posters = words.cell(&report.measures["posters"].cell);
            assert!(members.contains(&format!("- {posters} ")), "{members}");
        }
    }
}

#[test]
fn no_page_says_how_sure_in_per_cent_but_where_it_is_explained() {
    for (name, report) in communities::examples().into_iter().chain([("guild", guild())]) {
        for language in ["en", "de"] {
            let page = page(&report, language).unwrap();
            for never in ["95%", "95\u{a0}%", "95‑%", "95 %", "about the same", "etwa so viel wie"] {
                assert!(!page.contains(never), "{name}, {language}: {never}");
            }
            assert_eq!(page.matches(" 95 ").count(), 1, "{name}, {language}: the explainer alone");
        }
    }
}

#[test]
fn headings_stand_over_something_and_links_lead_somewhere() {
    let all = communities::examples().into_iter().chain([
        ("guild", guild()),
        ("nothing", communities::of_nothing()),
        ("no replies", communities::without_replies()),
    ]);
    for (name, report) in all {
        let page = page(&report, "en").unwrap();
        for section in page.split("<section").skip(1) {
            let body = section.split_once("</h2>").unwrap().1.split("</section>").next().unwrap();
            assert!(
                body.contains("<p") || body.contains("<ul") || body.contains("<dl") || body.contains("<table"),
                "{name}: {section}"
            );
        }
        for link in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(page.contains(&format!("id=\"{link}\"")), "{name}: nothing is called {link}");
        }
    }
}

#[test]
fn closer_looks_are_folded_away() {
    let page = page(&communities::of("four hundred"), "en").unwrap();
    let (open, folded) = page.split_once("<details").unwrap();
    assert!(!open.contains("id=\"week\"") && folded.contains("id=\"week\"") && folded.contains("id=\"survival\""));
    assert!(!page.contains("<details open"));
    let headline = open.split_once("facts headline").unwrap().1.split("</dl>").next().unwrap();
    assert_eq!(headline.matches("<dt>").count(), 6);
}

#[test]
fn where_reactions_are_not_known_people_who_wrote_are_drawn_alone() {
    let (report, words) = (communities::without_replies(), Words::of("en"));
    let pictures = pictures(&report, &words);
    let activity = pictures.iter().find(|picture| picture.id == "activity").unwrap();
    assert!(activity.says.contains("“Took part” is not drawn: this log does not know reactions."), "{}", activity.says);
    let scene = activity.scene(&words, Size::Wide).unwrap();
    assert!(scene.texts().all(|text| !text.text.contains("took part") && !text.text.contains("Hatched")));
    let why = "How often a conversation is taken up · Time to an answer: this log does not know who replied to what.";
    assert!(page(&report, "en").unwrap().contains(why));
}

#[test]
fn the_room_gets_two_pictures_in_one_and_what_they_show() {
    let summary = room_summary(&guild(), "en");
    let picture = summary.picture.unwrap();
    assert!(picture.alt.contains("38 in October 2026") && picture.alt.contains("voices"), "{}", picture.alt);
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
fn of_fewer_than_five_one_sentence_is_said_and_what_retrospectives_did() {
    let report = communities::of("four");
    for (language, words, never) in [
        ("en", "Fewer than five people wrote", "Took part"),
        ("de", "weniger als fünf Menschen geschrieben", "Waren dabei"),
    ] {
        let page = page(&report, language).unwrap();
        let shown = page.split("<details").next().unwrap();
        assert_eq!(page.matches(words).count(), 1);
        assert!(shown.contains("id=\"q-retros\"") && shown.contains("id=\"actions\"") && shown.contains("67"));
        assert_eq!(shown.matches("id=\"q-").count(), 1);
        assert!(!shown.contains("id=\"activity\"") && !shown.contains(never), "{shown}");
        let summary = room_summary(&report, language);
        assert_eq!(summary.markdown.lines().filter(|line| !line.is_empty()).count(), 2, "{}", summary.markdown);
        assert_eq!(crate::members_summary(&report, &[], language), None);
    }
}

#[test]
fn where_nothing_may_be_said_the_page_says_so_and_draws_nothing() {
    let report = communities::of_nothing();
    for (language, words) in [("en", "too few people to say."), ("de", "zu wenige Menschen, um etwas zu sagen.")] {
        let page = page(&report, language).unwrap();
        assert!(page.contains(words));
        assert!(!page.contains("<svg") && !page.contains("id=\"q-"), "{page}");
        let summary = room_summary(&report, language);
        assert_eq!(summary.picture, None);
        assert_eq!(summary.markdown.lines().filter(|line| !line.is_empty()).count(), 2, "{}", summary.markdown);
    }
    let folder = tempfile::tempdir().unwrap();
    assert!(write(&report, "en", folder.path()).unwrap().pictures.is_empty());
}

#[test]
fn a_rooms_page_says_so_and_asks_nothing_that_is_told_of_the_community_only() {
    let mut report = guild();
    (report.room, report.figures) = (Some("Kiln & glaze".into()), BTreeMap::new());
    for id in ["new_posters", "newcomers_came_back", "newcomers_answered", "stayed", "rooms_active"] {
        report.measures.insert(id.into(), Measure::alone(Cell::na("community_only", "people")));
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
    assert!(page(&report, "en").unwrap().contains("Every number"));
    assert!(!room_summary(&report, "de").markdown.is_empty());
    assert!(sentences(&report, &Words::of("en")).is_empty());
}

#[test]
fn unknown_measures_figures_units_and_reasons_are_shown_by_their_ids() {
    let mut report = guild();
    report.measures.insert("warp_factor".into(), Measure::alone(Cell::ok(Released::things(9), "parsecs")));
    report.measures.insert("dilithium".into(), Measure::alone(Cell::na("sunspots", "index")));
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
    assert!(page.contains("6,3") && page.contains("70\u{a0}%") && page.contains("lang=\"de\""));
    assert!(!page.contains(">6.3"));
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let [first, second] = folders.each_ref().map(|folder| write(&guild(), "en", folder.path()).unwrap());
    let files = |written: &crate::Written| -> Vec<Vec<u8>> {
        let pictures = written.pictures.iter().flat_map(|picture| [&picture.svg, &picture.png]);
        std::iter::once(&written.page).chain(pictures).map(|path| std::fs::read(path).unwrap()).collect()
    };
    assert_eq!(files(&first).len(), 29);
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
