//! Who is welcomed, when, and with what words.

use jiff::Timestamp;
use serde_json::json;

use super::queue::{InLine, Pace};
use crate::{
    Event, Span, UserId, Words,
    dialogue::{Dialogue, room_id, user},
    spelling,
};
use hearth_shared::activity::Kind;

fn set(talk: &mut Dialogue, key: &str, value: impl Into<serde_json::Value>) {
    talk.overrides.entry("welcome".into()).or_default().insert(key.into(), value.into());
    // Only welcomes in these minutes.
    talk.overrides.entry("icebreakers".into()).or_default().insert("newcomers".into(), json!(false));
    talk.overrides.entry("icebreakers".into()).or_default().insert("room-rhythm".into(), json!("off"));
}

fn talk() -> Dialogue {
    let mut talk = Dialogue::new();
    set(&mut talk, "after", "10m");
    talk
}

fn welcomed(talk: &Dialogue) -> Vec<&str> {
    talk.logged.iter().filter(|(kind, ..)| *kind == Kind::Welcomed).map(|(_, who, _)| who.localpart()).collect()
}

#[test]
fn a_newcomer_is_welcomed_once_a_little_later() {
    let mut talk = talk();
    set(&mut talk, "purpose", "We help each other *test* better.");
    set(&mut talk, "rules", "Be kind.");
    assert!(talk.joins("ana", "craft").is_empty());
    assert!(talk.passes(Span::minutes(9)).is_empty());
    let lines = talk.passes(Span::minutes(1));
    insta::assert_snapshot!(lines.join("\n---\n"), @r"
    @ana prompt: Welcome to **Testers**! Good to have you. We help each other \*test\* better\. I'm Hearth, the bot that keeps the fire going here.

    **How we treat each other:** Be kind\.

    **Say hello** in [lobby](https://matrix.to/#/!lobby:t) when you feel like it: what you work on, what you'd like to learn, what people may ask you about. Two sentences are plenty, and just reading along is fine too.

    **What I note:** who is active when and who answers whom, never what is said. It becomes a monthly report without names. `!hearth opt-out` stops it, `!hearth privacy` tells you more.
    ");
    assert_eq!(welcomed(&talk), ["ana"]);
    assert!(talk.passes(Span::days(3)).is_empty());
    talk.joins("ana", "lobby");
    talk.leaves("ana", "lobby");
    talk.leaves("ana", "craft");
    talk.joins("ana", "craft");
    assert!(talk.passes(Span::days(3)).is_empty(), "not for a second room, not on a rejoin");
}

#[test]
fn the_welcome_is_short_in_every_language() {
    for words in Words::all() {
        let mut talk = talk();
        talk.words = words;
        talk.joins("ana", "lobby");
        let line = talk.passes(Span::hours(1)).join("\n");
        let count = line.split_whitespace().count();
        assert!(count <= 125, "{count} words in {}", words.tag());
        let out = spelling::shown(words, "privacy", "opt-out", "");
        assert!(line.contains(&format!("!hearth {out}")) && line.contains("Testers"), "{line}");
    }
}

#[test]
fn who_leaves_before_the_welcome_gets_it_when_they_come_back() {
    let mut talk = talk();
    talk.joins("ana", "lobby");
    talk.joins("ana", "craft");
    talk.leaves("ana", "craft");
    talk.joins("ben", "lobby");
    talk.leaves("ben", "lobby");
    assert_eq!(talk.passes(Span::hours(1)).len(), 1);
    assert_eq!(welcomed(&talk), ["ana"], "she left one of two rooms, he left");
    talk.joins("ben", "lobby");
    talk.passes(Span::hours(1));
    assert_eq!(welcomed(&talk), ["ana", "ben"]);
}

#[test]
fn who_was_there_before_the_bot_is_not_welcomed() {
    let mut talk = talk();
    talk.happens(&Event::Present { who: vec![user("old"), user("hearth")], room: room_id("lobby") });
    talk.joins("old", "craft");
    talk.joins("hearth", "craft");
    talk.joins("guest", "elsewhere");
    assert!(talk.passes(Span::days(1)).is_empty());
}

#[test]
fn old_joins_and_long_downtimes_welcome_nobody_late() {
    let mut talk = talk();
    let long_ago = talk.now - jiff::SignedDuration::from_hours(49);
    talk.happens(&Event::Joined { by: user("history"), room: room_id("lobby"), at: long_ago });
    talk.joins("missed", "lobby");
    talk.now = Span::days(3).after(talk.now);
    assert!(talk.passes(Span::hours(1)).is_empty());
    talk.joins("missed", "craft");
    assert!(talk.passes(Span::hours(1)).is_empty());
    talk.joins("ana", "lobby");
    talk.now = Span::days(1).after(talk.now);
    assert_eq!(talk.passes(Span::minutes(1)).len(), 1, "a day late is not too late");
    assert_eq!(welcomed(&talk), ["ana"]);
}

#[test]
fn many_at_once_are_paced_in_order_and_leads_hear_of_it_once() {
    let mut talk = talk();
    set(&mut talk, "per-hour", 4);
    for number in 10..20 {
        talk.joins(&format!("p{number}"), "lobby");
        talk.now += jiff::SignedDuration::from_secs(1);
    }
    let first = talk.passes(Span::minutes(30));
    assert_eq!(welcomed(&talk), ["p10", "p11", "p12", "p13"]);
    assert_eq!(
        first.iter().filter(|line| line.starts_with("#leads")).collect::<Vec<_>>(),
        ["#leads notice: 6 more people are waiting for a welcome. I send 4 an hour, so the last one goes out around \
          Mon 5 Oct, 11:10. Nobody is left out."]
    );
    talk.passes(Span::hours(1));
    assert_eq!(welcomed(&talk).len(), 8);
    let rest = talk.passes(Span::days(1));
    assert_eq!(welcomed(&talk).len(), 10);
    assert!(rest.iter().all(|line| line.starts_with("@p")));
    assert!(talk.records("welcome").iter().all(|(key, _)| key.starts_with("known/") || key == "pace"));
}

#[test]
fn a_line_that_takes_days_leaves_nobody_out() {
    let mut talk = talk();
    set(&mut talk, "per-hour", 1);
    for number in 0..60 {
        talk.joins(&format!("p{number}"), "lobby");
    }
    talk.passes(Span::days(3));
    assert_eq!(welcomed(&talk).len(), 60);
}

#[test]
fn no_hour_has_more_welcomes_than_leads_allow() {
    let at = |second: i64| Timestamp::from_second(second).unwrap();
    let mut line: Vec<InLine> =
        (0..50).map(|n| InLine { joined: at(n * 97), who: UserId::from(format!("@p{n}:t")) }).collect();
    let (mut pace, mut sent) = (Pace::default(), Vec::new());
    for second in (0..60_000).step_by(60) {
        let taken = pace.take(&mut line, at(second), Span::minutes(10), 7);
        sent.extend(taken.iter().map(|_| second));
    }
    assert_eq!(sent.len(), 50);
    for window in sent.windows(8) {
        assert!(window[7] - window[0] >= 3600);
    }
}

#[test]
fn a_forgotten_person_is_a_stranger() {
    let mut talk = talk();
    talk.joins("ana", "lobby");
    talk.passes(Span::hours(2));
    talk.happens(&Event::Forgotten { who: user("ana") });
    assert!(talk.records("welcome").iter().all(|(key, _)| !key.contains("ana")));
    talk.joins("ana", "lobby");
    assert_eq!(talk.passes(Span::hours(2)).len(), 1);
}

#[test]
fn leads_preview_and_others_are_told_kindly() {
    let mut talk = talk();
    let lines = talk.says("lea", "leads", "!hearth welcome preview");
    assert_eq!(lines[0], "react: 📨");
    assert!(
        lines[1].starts_with("@lea notice: This is what newcomers get:\n\nWelcome to **Testers**!"),
        "{}",
        lines[1]
    );
    assert_eq!(
        talk.says("ana", "lobby", "!hearth welcome preview"),
        ["#lobby notice: The preview is for leads. You got the real thing, or will soon!"]
    );
}

#[test]
fn switched_off_it_is_silent_and_stays_silent_about_those_days() {
    let mut talk = talk();
    set(&mut talk, "enabled", false);
    talk.joins("ana", "lobby");
    assert!(talk.passes(Span::days(1)).is_empty());
    set(&mut talk, "enabled", true);
    talk.joins("ana", "craft");
    assert!(talk.passes(Span::days(1)).is_empty());
}

/// 150 ghosts of a bridge join within a second, and three people a minute later.
fn netjoin(talk: &mut Dialogue) {
    for number in 0..150 {
        talk.joins(&format!("_oftc_nick{number:03}"), "lobby");
    }
    assert!(talk.passes(Span::minutes(1)).is_empty());
    for name in ["ana", "ben", "cem"] {
        talk.joins(name, "lobby");
    }
}

#[test]
fn three_people_behind_a_hundred_and_fifty_ghosts_are_welcomed_in_time() {
    let mut talk = talk();
    talk.community.bots = vec!["@_oftc_*:t".parse().unwrap()];
    netjoin(&mut talk);
    let lines = talk.passes(Span::minutes(10));
    assert_eq!(welcomed(&talk), ["ana", "ben", "cem"]);
    assert_eq!(lines.len(), 3, "leads hear of no line: {lines:#?}");
    // They are lost in a netsplit, and come back.
    for number in 0..150 {
        talk.leaves(&format!("_oftc_nick{number:03}"), "lobby");
    }
    for number in 0..150 {
        talk.joins(&format!("_oftc_nick{number:03}"), "lobby");
    }
    assert!(talk.passes(Span::days(3)).is_empty());
    assert!(talk.records("welcome").iter().all(|(key, _)| !key.contains("oftc")));
}

#[test]
fn ghosts_that_wait_stop_nobody_once_leads_say_that_they_are_some() {
    let mut talk = talk();
    netjoin(&mut talk);
    talk.community.bots = vec!["@_oftc_*:t".parse().unwrap()];
    talk.passes(Span::minutes(10));
    assert_eq!(welcomed(&talk), ["ana", "ben", "cem"]);
    assert!(talk.records("welcome").iter().all(|(key, _)| !key.contains("oftc")));
}
