//! Choosing by tapping on a paper.

use insta::assert_snapshot;

use super::{PEOPLE, asked, passes};
use crate::{
    Event, EventId, Span,
    dialogue::{Dialogue, room_id, user},
};

/// The name of the paper that somebody has.
pub(super) fn paper(talk: &Dialogue, who: &str) -> String {
    let row = talk.records("ballot").into_iter().find(|(key, _)| *key == format!("sealed/1/sent/1/@{who}:t"));
    format!("sheet/1/{}", row.unwrap().1["paper"].as_str().unwrap())
}

/// What lies in the records of somebody's paper; null where nothing does.
pub(super) fn row(talk: &Dialogue, who: &str) -> serde_json::Value {
    let row = talk.records("ballot").into_iter().find(|(key, _)| *key == format!("sealed/1/paper/1/@{who}:t"));
    row.map(|(_, row)| row).unwrap_or_default()
}

/// What somebody has chosen, as it lies in the records.
fn chosen(talk: &Dialogue, who: &str) -> String {
    row(talk, who).get("chosen").map(ToString::to_string).unwrap_or_default()
}

/// Somebody asks for the paper.
pub(super) fn takes(talk: &mut Dialogue, who: &str) -> Vec<String> {
    talk.reacts(who, "ballot", "card/1", "🗳️ Vote")
}

/// Somebody taps on their paper.
pub(super) fn taps(talk: &mut Dialogue, who: &str, with: &str) -> Vec<String> {
    talk.now = Span::minutes(1).after(talk.now);
    let paper = paper(talk, who);
    talk.reacts(who, "ballot", &paper, with)
}

/// The reactions that stand tapped on somebody's paper.
pub(super) fn standing(talk: &Dialogue, who: &str) -> Vec<EventId> {
    let row = talk.records("ballot").into_iter().find(|(key, _)| *key == format!("sealed/1/paper/1/@{who}:t"));
    let taps = row.unwrap().1["taps"].as_array().cloned().unwrap_or_default();
    taps.iter().map(|tap| EventId::from(tap["event"].as_str().unwrap())).collect()
}

/// Somebody removes a reaction.
pub(super) fn removes(talk: &mut Dialogue, who: &str, event: EventId) -> Vec<String> {
    let room = room_id(&format!("direct-{who}"));
    talk.happens(&Event::Redacted { room, event, key: None, at: talk.now })
}

#[test]
fn each_tap_is_the_next_rank_and_a_tap_that_is_removed_is_taken_back() {
    let mut talk = Dialogue::new();
    asked(&mut talk, "--kind ranked");
    let key = |talk: &Dialogue| paper(talk, "ben");
    let handed = takes(&mut talk, "ben").join("\n");
    assert_snapshot!(handed.replace(&key(&talk), "sheet/1/0"), @"
    @ben prompt: 🗳️ **1: Where do we meet?**
    Until **Mon 5 Oct, 11:00**

    **1** Park
    **2** Café
    **3** Online

    Tap best first, or `vote 3 > 1`.
    Sealed, yet servers see taps.
    button sheet/1/0: 1 Park
    button sheet/1/0: 2 Café
    button sheet/1/0: 3 Online
    ");
    let paper = key(&talk);
    let lines = taps(&mut talk, "ben", "2 Café");
    let receipt = row(&talk, "ben")["receipt"].as_str().unwrap().to_owned();
    let signs = [format!("sealed sign {paper}: ✅ 2"), format!("sealed button {paper}: 🧾 {receipt}")];
    assert_eq!(lines[..2], signs, "{lines:?}");
    let before = row(&talk, "ben")["sign"]["name"].as_str().unwrap().to_owned();
    let lines = taps(&mut talk, "ben", "1 Park");
    let moved = [format!("sign gone answer/1/{before}"), format!("sealed sign {paper}: ✅ 2 › 1")];
    assert_eq!(lines, moved, "nothing else is said");
    let first = standing(&talk, "ben")[0].clone();
    assert!(removes(&mut talk, "ben", first.clone()).join("\n").ends_with("✅ 1"));
    assert!(removes(&mut talk, "ben", first).is_empty(), "it is taken back once");
    let last = standing(&talk, "ben")[0].clone();
    let lines = removes(&mut talk, "ben", last);
    assert!(lines[0].starts_with("sign gone answer/1/") && chosen(&talk, "ben") == "null", "{lines:?}");
    assert!(!lines.concat().contains("sealed"), "and none takes its place: {lines:?}");
}

#[test]
fn dots_are_shared_by_tapping_and_what_was_done_last_counts() {
    let mut talk = Dialogue::new();
    asked(&mut talk, "--dots 3");
    takes(&mut talk, "ben");
    assert!(taps(&mut talk, "ben", "1 Park").join("\n").contains(": ✅ 1●●●\n"));
    assert!(taps(&mut talk, "ben", "3 Online").join("\n").ends_with(": ✅ 1●● 3●"));
    talk.now = Span::minutes(1).after(talk.now);
    assert!(talk.tells("ben", "dots 2:3").join("\n").contains("✅ **●●● Café**"));
    // What stands tapped on the paper is what one sees; it counts again when something is tapped.
    assert!(taps(&mut talk, "ben", "2 Café").join("\n").contains(": ✅ 1● 2● 3●\n"));
    talk.now = Span::minutes(1).after(talk.now);
    talk.tells("ben", "dots 2:3");
    let gone = standing(&talk, "ben")[0].clone();
    assert!(removes(&mut talk, "ben", gone).is_empty(), "what was written later stays");
    assert_eq!(chosen(&talk, "ben"), "[[2,3]]");
}

#[test]
fn a_tap_counts_on_ones_own_paper_only_while_one_is_in_the_room_and_before_the_close() {
    let mut talk = Dialogue::new();
    asked(&mut talk, "--kind several");
    takes(&mut talk, "ben");
    let own = paper(&talk, "ben");
    for unknown in ["👍", "4 Moon", "Park", "1"] {
        assert!(taps(&mut talk, "ben", unknown).is_empty(), "{unknown}");
    }
    assert!(talk.reacts("cem", "ballot", &own, "1 Park").is_empty());
    talk.absent.insert((user("ben"), room_id("lobby")));
    let lines = taps(&mut talk, "ben", "1 Park").join("\n");
    assert!(chosen(&talk, "ben").is_empty(), "{lines}");
    talk.absent.clear();
    for who in &PEOPLE[2..] {
        talk.tells(who, "vote 1");
    }
    talk.now = Span::hours(2).after(talk.now);
    assert!(taps(&mut talk, "ben", "1 Park").is_empty() && chosen(&talk, "ben").is_empty());
    passes(&mut talk, Span::minutes(1));
    assert!(talk.records("ballot").iter().all(|(key, _)| !key.starts_with("sealed/")));
}

#[test]
fn a_tap_in_the_moment_in_which_a_ballot_would_end_counts_where_it_goes_on() {
    let mut talk = Dialogue::new();
    asked(&mut talk, "--kind several");
    takes(&mut talk, "ben");
    talk.now = Span::hours(2).after(talk.now);
    let lines = taps(&mut talk, "ben", "1 Park").join("\n");
    assert!(lines.contains("stays open until") && lines.contains(": ✅ 1\n"), "{lines}");
}

#[test]
fn who_asks_again_has_one_paper_and_keeps_their_vote() {
    let mut talk = Dialogue::new();
    asked(&mut talk, "--kind several");
    takes(&mut talk, "ben");
    let old = paper(&talk, "ben");
    taps(&mut talk, "ben", "1 Park");
    let lines = takes(&mut talk, "ben").join("\n");
    let new = paper(&talk, "ben");
    assert!(lines.contains(&format!("redact {old}")) && lines.contains(&format!("sign {new}: ✅ 1")), "{lines}");
    assert_eq!(lines.matches("redact answer/1/").count(), 2, "what stood on the old one goes: {lines}");
    assert!(old != new && chosen(&talk, "ben") == "[[1,1]]");
    let lines = taps(&mut talk, "ben", "3 Online").join("\n");
    assert!(lines.ends_with("✅ 3"), "on the new paper one thing stands tapped: {lines}");
}

#[test]
fn at_the_close_each_paper_says_how_it_ended_and_nothing_says_who_tapped_what() {
    let mut talk = Dialogue::new();
    asked(&mut talk, "--dots 3");
    let mut tapped = Vec::new();
    for who in PEOPLE {
        takes(&mut talk, who);
        taps(&mut talk, who, "1 Park");
        taps(&mut talk, who, "2 Café");
        tapped.extend(standing(&talk, who).into_iter().map(|event| format!("@{who} redact {event}")));
    }
    let lines = passes(&mut talk, Span::hours(3));
    assert!(tapped.iter().all(|removed| lines.contains(removed)), "{tapped:?} {lines:?}");
    let last: Vec<_> = lines.iter().filter(|line| line.starts_with("last edit sheet/1/")).collect();
    assert_eq!(last.len(), PEOPLE.len());
    assert!(
        last.iter().all(|line| line.ends_with("🏆 **Park**, 14 of 21 dots, 10 in the room · Where do we meet?")),
        "{last:?}"
    );
    // What says what somebody chose is removed, with the receipt and the buttons.
    assert_eq!(lines.iter().filter(|line| line.starts_with("redact answer/1/")).count(), 2 * PEOPLE.len());
    assert_eq!(lines.iter().filter(|line| line.starts_with("redact button/1/")).count(), 3 * PEOPLE.len());
    let list = lines.iter().find(|line| line.contains("Every ballot with its receipt")).unwrap();
    assert_eq!(list.replace('\\', "").matches("1:2 2:1").count(), PEOPLE.len(), "{list}");
    let kept = format!("{:?}", talk.records("ballot"));
    assert!(!PEOPLE.iter().any(|who| kept.contains(&format!("@{who}:t")) && *who != "ana"), "{kept}");
}

#[test]
fn where_options_are_many_none_has_a_button() {
    let mut talk = Dialogue::new();
    let options: Vec<_> = (1..=9).map(|number| format!("Place {number}")).collect();
    talk.says("ana", "lobby", &format!("!hearth ballot \"Where?\" {} --kind ranked", options.join(" | ")));
    let handed = takes(&mut talk, "ben").join("\n");
    assert!(!handed.contains("button sheet/") && handed.contains("- **9** · Place 9"), "{handed}");
}

#[test]
fn a_tap_that_is_taken_back_after_the_end_counts_all_the_same() {
    let mut talk = Dialogue::new();
    asked(&mut talk, "--kind ranked");
    for who in PEOPLE {
        takes(&mut talk, who);
        taps(&mut talk, who, "2 Café");
    }
    let tap = standing(&talk, "ben").remove(0);
    // The bot reads it before it has closed the ballot.
    talk.now = Span::hours(3).after(talk.now);
    assert_eq!(removes(&mut talk, "ben", tap), [""; 0]);
    assert_eq!(standing(&talk, "ben").len(), 1);
}
