//! A retrospective by taps: whoever facilitates leads it, everybody answers, and nobody else moves it.

use super::{minutes, sealed, tell_all};
use crate::{
    Event, EventId, MessageRef, Span, Words,
    choosing::{
        paper::PAPER_ROWS,
        screen::{PHONE, WEB, rows},
    },
    dialogue::{Dialogue, room_id, user},
    spelling::shown,
};

const NEXT: &str = "▶ next";

/// The message whose buttons were put up last, and what is on it.
fn last_buttons(lines: &[String]) -> Option<String> {
    let button =
        |line: &String| line.strip_prefix("button ").and_then(|rest| Some(rest.split_once(": ")?.0.to_owned()));
    lines.iter().rev().filter_map(button).find(|key| !key.contains("/to/"))
}

fn phase(talk: &Dialogue) -> String {
    let records = talk.records("retro");
    let retro = records.iter().find(|(key, _)| key.starts_with("retro/"));
    retro.map_or_else(|| "over".to_owned(), |(_, row)| row["phase"].as_str().unwrap().to_owned())
}

/// A retro with three notes, and the message that carries its buttons.
fn begun(talk: &mut Dialogue) -> String {
    let opened = talk.says("ana", "lobby", "!hearth retro start");
    let card = last_buttons(&opened).expect("buttons from the first moment");
    let asked = talk.reacts("ben", "retro", &card, "✍️ I have a note");
    assert!(asked.len() == 1 && asked[0].starts_with("@ben prompt: "), "one tap, and then the note: {asked:?}");
    tell_all(talk, &[("ben", "happy: tea"), ("cem", "unhappy: noise"), ("dia", "unsure: chairs")]);
    card
}

#[test]
fn a_retro_is_led_from_its_first_note_to_its_end_by_taps_alone() {
    let mut talk = Dialogue::new();
    let mut carrier = begun(&mut talk);
    let mut way = vec![phase(&talk)];
    for _ in 0..12 {
        let button = if phase(&talk) == "reveal" { "▶ group" } else { NEXT };
        let lines = talk.reacts("ana", "retro", &carrier, button);
        way.push(phase(&talk));
        assert!(!lines.is_empty(), "{way:?}");
        match last_buttons(&lines) {
            Some(next) => carrier = next,
            None => break,
        }
    }
    let expected = ["collect", "reveal", "group", "vote", "discuss", "discuss", "discuss", "actions", "worth", "over"];
    assert_eq!(way, expected);
}

#[test]
fn nobody_else_leads_a_retro_by_tapping_its_buttons_and_all_they_get_is_silence() {
    let mut talk = Dialogue::new();
    let mut carrier = begun(&mut talk);
    for _ in 0..9 {
        let before = talk.records("retro");
        for who in ["ben", "cem", "zoe"] {
            for button in [NEXT, "▶ group", "◀ back", "+5 min", "❤️", "next", "🎉"] {
                assert!(talk.reacts(who, "retro", &carrier, button).is_empty(), "{who} {button} {}", phase(&talk));
            }
        }
        assert_eq!(talk.records("retro"), before, "{}", phase(&talk));
        let lines = talk.reacts("ana", "retro", &carrier, NEXT);
        carrier = last_buttons(&lines).unwrap_or(carrier);
    }
}

#[test]
fn a_leads_tap_moves_somebody_elses_retro_as_their_words_do_and_not_once_they_lead_no_more() {
    let mut talk = Dialogue::new();
    let card = begun(&mut talk);
    let more = talk.reacts("lea", "retro", &card, "+5 min");
    assert!(more[0].starts_with("edit retro/1/card: ") && more[0].contains("09:15"), "{more:?}");
    let revealed = last_buttons(&talk.reacts("lea", "retro", &card, NEXT)).unwrap();
    assert_eq!(phase(&talk), "reveal");
    talk.says("lea", "lobby", "!hearth retro next");
    assert_eq!(phase(&talk), "group", "nobody took over, in words either");
    assert!(talk.says("ben", "lobby", "!hearth retro next")[0].contains("facilitates this retro"));
    let carrier = last_buttons(&talk.says("ana", "lobby", "!hearth retro back")).unwrap_or(revealed);
    talk.leads.clear();
    for button in [NEXT, "▶ group", "◀ back", "+5 min"] {
        assert!(talk.reacts("lea", "retro", &carrier, button).is_empty(), "{button}");
    }
    assert!(talk.says("lea", "lobby", "!hearth retro next")[0].contains("facilitates this retro"));
    assert_eq!(phase(&talk), "reveal");
}

#[test]
fn a_button_of_a_phase_that_is_over_moves_nothing_and_neither_does_the_same_tap_told_twice() {
    let mut talk = Dialogue::new();
    let card = begun(&mut talk);
    let revealed = last_buttons(&talk.reacts("ana", "retro", &card, NEXT)).unwrap();
    let sorted = last_buttons(&talk.reacts("ana", "retro", &revealed, NEXT)).unwrap();
    assert_eq!(phase(&talk), "group");
    assert!(talk.reacts("ana", "retro", &revealed, NEXT).is_empty(), "that was the reveal's");
    let (room, event, key) = talk.message("retro", &sorted);
    let tap = Event::Reacted {
        by: user("ana"),
        room,
        event: EventId::from("$tap"),
        to: MessageRef { event, key: Some(key) },
        with: NEXT.to_owned(),
        at: talk.now,
        author: None,
        lead: false,
    };
    assert!(!talk.happens_for("retro", &tap).is_empty());
    assert_eq!(phase(&talk), "vote");
    assert!(talk.happens_for("retro", &tap).is_empty());
    assert_eq!(phase(&talk), "vote");
}

#[test]
fn a_tap_goes_back_and_a_tap_gives_five_minutes_that_are_shown_where_the_end_was() {
    let mut talk = Dialogue::new();
    let card = begun(&mut talk);
    let more = minutes(&talk.reacts("ana", "retro", &card, "+5 min"));
    assert!(more.starts_with("edit retro/1/card: **Retro 1 · notes**, until Mon 5 Oct, 09:15"), "{more}");
    let mut carrier = card;
    for _ in 0..3 {
        carrier = last_buttons(&talk.reacts("ana", "retro", &carrier, NEXT)).unwrap();
    }
    let more = talk.reacts("ana", "retro", &carrier, "+5 min");
    assert!(more[0].starts_with("edit retro/1/vote/") && more[0].contains("09:10"), "{more:?}");
    assert_eq!(more.len(), 2, "the call and the card, and no message more: {more:?}");
    assert!(!talk.reacts("ana", "retro", &carrier, "◀ back").is_empty());
    assert_eq!(phase(&talk), "group");
    for _ in 0..2 {
        let carrier = last_buttons(&talk.says("ana", "lobby", "!hearth retro next")).unwrap();
        assert!(!carrier.is_empty());
    }
    let over = talk.passes(Span::minutes(8));
    let carrier = last_buttons(&over).unwrap();
    let more = talk.reacts("ana", "retro", &carrier, "+5 min");
    assert!(more.iter().any(|line| line.starts_with(&format!("edit {carrier}: Gladly: until"))), "{more:?}");
    let again = last_buttons(&talk.passes(Span::minutes(5))).unwrap();
    assert_ne!(again, carrier, "what is said anew has buttons of its own");
}

#[test]
fn buttons_are_understood_in_every_language_that_they_were_written_in() {
    let mut talk = Dialogue::new();
    let card = begun(&mut talk);
    talk.words = Words::of("de").unwrap();
    assert!(!talk.reacts("eve", "retro", &card, "✍ I have a note").is_empty(), "without what makes it colourful");
    assert!(!talk.reacts("fay", "retro", &card, "✍️ Ich habe etwas").is_empty());
    talk.reacts("ana", "retro", &card, "▶ weiter");
    assert_eq!(phase(&talk), "reveal");
}

/// Dots by number of theme, as they lie sealed.
fn dots_of(talk: &Dialogue, who: &str) -> serde_json::Value {
    let mine = |(key, row): (String, serde_json::Value)| {
        (key.contains("/dots/") && key.ends_with(&format!("/@{who}:t"))).then(|| row["chosen"].clone())
    };
    talk.records("retro").into_iter().find_map(mine).unwrap_or_default()
}

#[test]
fn dots_are_given_by_tapping_themes_on_the_paper_and_taken_back_by_taking_a_tap_away() {
    let mut talk = Dialogue::new();
    let mut carrier = begun(&mut talk);
    let mut lines = Vec::new();
    for _ in 0..3 {
        lines = talk.reacts("ana", "retro", &carrier, NEXT);
        carrier = last_buttons(&lines).unwrap();
    }
    let at = lines.iter().position(|line| line.starts_with("@ben prompt: ")).unwrap();
    let themes: Vec<_> = lines[at + 1..at + 4].iter().map(|line| line.strip_prefix("button ").unwrap()).collect();
    let labels = themes.iter().map(|line| line.split_once(": ").unwrap().1).collect::<Vec<_>>();
    assert_eq!(labels, ["A tea", "B chairs", "C noise"]);
    let paper = themes[0].split_once(": ").unwrap().0.to_owned();
    let one = minutes(&talk.reacts("ben", "retro", &paper, "A tea"));
    assert!(one.starts_with(&format!("sealed sign {paper}: ✅ A●●●●●\n")) && !one.contains("🧾"), "{one}");
    talk.now = Span::minutes(1).after(talk.now);
    let two = minutes(&talk.reacts("ben", "retro", &paper, "C noise"));
    assert!(
        two.starts_with("sign gone retro/1/answer/") && two.ends_with(&format!("sealed sign {paper}: ✅ A●●● C●●"))
    );
    assert!(!two.contains("edit retro/1/to/"), "a tap leaves no text behind: {two}");
    let own_sign = talk.reacts("ben", "retro", &paper, "✅ A●●● C●●");
    assert!(own_sign.len() == 1 && own_sign[0].starts_with("@ben redact $"), "it counts for nothing: {own_sign:?}");
    assert_eq!(dots_of(&talk, "ben"), serde_json::json!([[1, 3], [3, 2]]));
    for nothing in ["D", "A", "1", "👍", "A noise", NEXT] {
        assert!(talk.reacts("ben", "retro", &paper, nothing).is_empty(), "{nothing}");
    }
    talk.now = Span::minutes(1).after(talk.now);
    let words = talk.tells("ben", "dots B:5");
    assert_eq!(words[0], "react: ✅", "in words as well, and the paper says it");
    let said = minutes(&words);
    assert!(said.contains("●●●●● “chairs”") && said.contains("sign gone ") && !said.contains("sealed sign"), "{said}");
    assert_eq!(dots_of(&talk, "ben"), serde_json::json!([[2, 5]]));
    let (room, event, key) = talk.message("retro", &paper);
    let (tap, to) = (EventId::from("$tap"), MessageRef { event, key: Some(key) });
    let (with, at) = ("B chairs".to_owned(), Span::minutes(1).after(talk.now));
    talk.now = at;
    talk.happens_for(
        "retro",
        &Event::Reacted {
            by: user("ben"),
            room: room.clone(),
            event: tap.clone(),
            to,
            with,
            at,
            author: None,
            lead: false,
        },
    );
    assert_ne!(dots_of(&talk, "ben"), serde_json::json!([[2, 5]]), "what was tapped last counts");
    let back = minutes(&talk.happens(&Event::Redacted { room, event: tap, key: None, at: talk.now }));
    assert!(back.contains("sealed sign "), "and the paper says where they stand: {back}");
    talk.now = Span::minutes(1).after(talk.now);
    talk.tells("ben", "dots A:1");
    let event = talk.records("retro").into_iter().find(|(key, _)| key.contains("/dots/")).unwrap().1["said"]
        .as_array()
        .and_then(|said| said.last().cloned())
        .unwrap()["event"]
        .as_str()
        .map(EventId::from)
        .unwrap();
    let lines =
        minutes(&talk.happens(&Event::Redacted { room: room_id("direct-ben"), event, key: None, at: talk.now }));
    assert!(lines.contains("redact retro/1/answer/") && dots_of(&talk, "ben").is_null(), "{lines}");
    assert!(lines.matches("@ben redact $").count() >= 3, "what else they sent counts no more, and goes: {lines}");
    talk.now = Span::minutes(1).after(talk.now);
    talk.reacts("ben", "retro", &paper, "C noise");
    let over = minutes(&talk.reacts("ana", "retro", &carrier, NEXT));
    assert!(over.contains("@ben redact $"), "taps and words are removed: {over}");
    assert!(sealed(&talk).is_empty());
}

/// A retro at its last question, and the papers on which it asks.
fn asks_what_it_was_worth(talk: &mut Dialogue) -> Vec<(String, String)> {
    let mut carrier = begun(talk);
    let mut lines = Vec::new();
    for _ in 0..8 {
        lines = talk.reacts("ana", "retro", &carrier, NEXT);
        carrier = last_buttons(&lines).unwrap();
    }
    assert_eq!(phase(talk), "worth");
    let asked: Vec<&String> = lines.iter().filter(|line| line.starts_with('@')).collect();
    let papers = lines.iter().filter_map(|line| line.strip_prefix("button ")?.strip_suffix(": 0"));
    asked.iter().zip(papers).map(|(line, key)| (line[1..4].to_owned(), key.to_owned())).collect()
}

#[test]
fn whether_it_was_worth_it_is_one_tap_that_lies_sealed_and_goes_at_the_end() {
    let mut talk = Dialogue::new();
    let papers = asks_what_it_was_worth(&mut talk);
    assert_eq!(papers.iter().map(|(who, _)| who.as_str()).collect::<Vec<_>>(), ["ben", "cem", "dia"]);
    let mut gone = Vec::new();
    for (who, paper) in &papers {
        let said = minutes(&talk.reacts(who, "retro", paper, "3"));
        assert!(said.is_empty() || said.starts_with("edit retro/1/card"), "a tap needs no answer: {said}");
        gone.extend(talk.reacts(who, "retro", paper, "4"));
        for nothing in ["5", "👍", "-1", "four"] {
            assert!(talk.reacts(who, "retro", paper, nothing).is_empty(), "{nothing}");
        }
    }
    assert_eq!(gone.iter().filter(|line| line.contains(" redact $")).count(), 3, "the tap before goes: {gone:?}");
    assert_eq!(sealed(&talk).len(), 3);
    for who in ["eve", "fay"] {
        talk.tells(who, "2");
    }
    let over = minutes(&talk.says("ana", "lobby", "!hearth retro next"));
    assert!(over.contains("Worth the time: 3.2 of 4"), "{over}");
    for who in ["ben", "cem", "dia", "eve", "fay"] {
        assert!(over.contains(&format!("@{who} redact $")), "{who}: {over}");
    }
}

#[test]
fn a_tap_that_was_taken_away_does_not_count() {
    let mut talk = Dialogue::new();
    let papers = asks_what_it_was_worth(&mut talk);
    let (who, paper) = &papers[0];
    let (room, event, key) = talk.message("retro", paper);
    let to = MessageRef { event, key: Some(key) };
    let tap = EventId::from("$tap");
    let (with, at) = ("0".to_owned(), talk.now);
    talk.happens_for(
        "retro",
        &Event::Reacted { by: user(who), room, event: tap.clone(), to, with, at, author: None, lead: false },
    );
    assert_eq!(sealed(&talk).len(), 1);
    talk.happens(&Event::Redacted { room: room_id(&format!("direct-{who}")), event: tap, key: None, at: talk.now });
    assert!(sealed(&talk).is_empty());
}

#[test]
fn in_a_plain_direct_room_dots_that_are_written_are_a_sign_and_no_edit_of_the_paper() {
    let mut talk = Dialogue::new();
    let mut carrier = begun(&mut talk);
    while phase(&talk) != "vote" {
        carrier = last_buttons(&talk.reacts("ana", "retro", &carrier, NEXT)).unwrap();
    }
    talk.cleartext = true;
    let lines = talk.tells("ben", "dots A:2 B:1");
    assert!(lines[1].starts_with("sealed sign retro/1/to/") && lines[1].contains(": ✅ A●● B● · "), "{lines:?}");
    let changed = talk.tells("ben", "dots C:1").join("\n");
    assert!(changed.contains("sign gone ") && changed.contains(": ✅ C●"), "{changed}");
    assert!(!lines.concat().contains("edit retro/1/to/") && !changed.contains("edit retro/1/to/"), "{changed}");
}

#[test]
fn what_stands_in_direct_rooms_becomes_one_line_when_it_is_over() {
    let mut talk = Dialogue::new();
    let mut carrier = begun(&mut talk);
    let mut all = Vec::new();
    let mut papers = 3;
    for _ in 0..9 {
        let lines = talk.reacts("ana", "retro", &carrier, NEXT);
        papers += lines.iter().filter(|line| line.starts_with('@') && line.contains(" prompt: ")).count();
        carrier = last_buttons(&lines).unwrap_or(carrier);
        all.extend(lines);
    }
    assert_eq!(phase(&talk), "over");
    let edits: Vec<&String> = all.iter().filter(|line| line.starts_with("last edit retro/1/to/")).collect();
    assert_eq!(edits.len(), papers, "each once: {edits:?}");
    assert!(edits.iter().all(|line| line.lines().count() == 1), "{edits:?}");
    assert!(edits.last().unwrap().ends_with("it is over. 3 people took part, 3 notes, 3 themes."), "{edits:?}");
}

#[test]
fn papers_and_cards_fit_on_a_phone() {
    for language in ["en", "de"] {
        let mut talk = Dialogue::new();
        talk.words = Words::of(language).unwrap();
        let mut all = talk.says("ana", "lobby", "!hearth retro start --format 4ls");
        all.extend(talk.reacts("ben", "retro", "retro/1/card", "👍"));
        tell_all(&mut talk, &[("cem", "2: noise"), ("dia", "3: chairs"), ("ben", "1: tea")]);
        for word in ["quokkas", "wombats", "xylophones", "yaks", "zebras", "kiwis"] {
            let note = format!("1: {}", format!("{word} ").repeat(9));
            tell_all(&mut talk, &[("eve", &note)]);
        }
        for _ in 0..14 {
            all.extend(talk.says("ana", "lobby", "!hearth retro next"));
        }
        let of = |start: &str| -> Vec<&str> {
            let lines = all.iter().filter(|line| line.starts_with(start));
            lines.filter_map(|line| Some(line.split_once(": ")?.1)).collect()
        };
        let (papers, cards) = (of("@"), of("edit retro/1/card: "));
        let dots = format!("{} A:2", shown(talk.words, "ballot", "dots", ""));
        assert!(papers.len() + cards.len() > 10 && papers.iter().any(|body| body.contains(&dots)), "{papers:#?}");
        assert!(cards.iter().any(|body| body.contains("quokkas quokkas")), "{cards:#?}");
        let all = papers.iter().map(|body| (body, WEB)).chain(cards.iter().map(|body| (body, PHONE)));
        for (body, line) in all {
            assert!(rows(body, line) <= PAPER_ROWS, "{language}: {} lines: {body}", rows(body, line));
        }
    }
}
