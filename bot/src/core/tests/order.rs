//! What somebody tells the bot alone, and the end of what it is for, are in two rooms, and may be read at once.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::stage::{Stage, user};

const VOTERS: [&str; 6] = ["ana", "ben", "cem", "dora", "eva", "fay"];

fn guild() -> Stage {
    let mut stage = Stage::new(&[("Guild", &["lobby"])]);
    stage.comes_to("lobby", &[VOTERS.as_slice(), &["lea"]].concat());
    stage.says("lea", "lobby", "!hearth settings lobby here");
    VOTERS.iter().for_each(|who| drop(stage.direct(who)));
    stage
}

/// A message that was sent so many seconds after now.
fn sent(stage: &Stage, who: &str, text: &str, seconds: i64) -> Value {
    let at = stage.now + SignedDuration::from_secs(seconds);
    json!({
        "type": "m.room.message", "event_id": format!("${who}-{seconds}"), "sender": user(who),
        "origin_server_ts": at.as_millisecond(), "content": {"msgtype": "m.text", "body": text},
    })
}

/// Eva chooses before the command that ends it was sent, fay after that; the bot reads all of it at once, in this order
/// and in the other one.
fn read_at_once(begin: impl Fn(&mut Stage), text: &str, end: &str) -> [String; 2] {
    [false, true].map(|turned| {
        let mut stage = guild();
        begin(&mut stage);
        let mut rooms = [
            ("direct-eva", vec![sent(&stage, "eva", text, 1)]),
            ("lobby", vec![sent(&stage, "lea", end, 2)]),
            ("direct-fay", vec![sent(&stage, "fay", text, 3)]),
        ];
        if turned {
            rooms.reverse();
        }
        stage.now += SignedDuration::from_secs(5);
        stage.reads(&rooms).join("\n")
    })
}

#[test]
fn a_vote_that_is_read_together_with_the_close_counts_by_its_time_whichever_room_is_read_first() {
    let opens = |stage: &mut Stage| {
        stage.says("lea", "lobby", "!hearth ballot \"Where?\" Here | There");
        VOTERS[..4].iter().for_each(|who| drop(stage.tells(who, "vote 1")));
    };
    for text in ["vote 2", "vote #1 2"] {
        for lines in read_at_once(opens, text, "!hearth ballot close") {
            assert!(lines.contains("5 of 7 took part") && lines.contains("1 · There"), "{lines}");
            let told = if text == "vote 2" { "no ballot that is open for you" } else { "That came after the close" };
            assert!(lines.contains(told), "{text}: {lines}");
        }
    }
}

#[test]
fn dots_that_are_read_together_with_the_close_count_by_their_time_whichever_room_is_read_first() {
    let topics = |stage: &mut Stage| {
        for topic in ["Tea", "Cake"] {
            stage.says("lea", "lobby", &format!("!hearth topic add {topic}"));
        }
        stage.says("lea", "lobby", "!hearth topic vote");
        VOTERS[..4].iter().for_each(|who| drop(stage.tells(who, "topic vote 1:2")));
    };
    for lines in read_at_once(topics, "topic vote 2:2", "!hearth topic close") {
        assert!(lines.contains("8 · **1** · Tea") && lines.contains("2 · **2** · Cake"), "{lines}");
        assert!(lines.contains("!direct-fay:t No vote on topics"), "whoever is late is told: {lines}");
    }
    let retro = |stage: &mut Stage| {
        stage.says("lea", "lobby", "!hearth retro start");
        for text in ["happy: tea", "unhappy: noise"] {
            VOTERS.iter().for_each(|who| drop(stage.tells(who, text)));
        }
        (0..3).for_each(|_| drop(stage.says("lea", "lobby", "!hearth retro next")));
        VOTERS[..4].iter().for_each(|who| drop(stage.tells(who, "dots A:1")));
    };
    for lines in read_at_once(retro, "dots B:1", "!hearth retro next") {
        assert!(lines.contains("5 people gave their dots") && lines.contains("“noise” ● 1"), "{lines}");
        assert!(lines.contains("!direct-fay:t The vote of retro 1 is closed"), "{lines}");
    }
}

#[test]
fn what_comes_twice_leads_to_nothing_twice_wherever_it_was_said() {
    let mut stage = guild();
    stage.comes_to("den", &["zoe"]);
    stage.people.entry(crate::stage::room_id("direct-zoe")).or_default();
    stage.direct("zoe");
    stage.is_replaced("lobby", "lobby2", &VOTERS);
    let places = [("zoe", "direct-zoe", "actions"), ("zoe", "den", "!hearth help"), ("ana", "lobby", "!hearth help")];
    let later = [("ana", "lobby2", "!hearth help"), ("ana", "direct-ana", "help")];
    for ((who, room, text), number) in places.into_iter().chain(later).zip(0..) {
        let event = sent(&stage, who, text, number);
        let once = stage.reads(&[(room, vec![event.clone(), event.clone()])]);
        assert_eq!(once.len(), 1, "{room}: {once:?}");
        // What is sent is known by its name; so it is asked what the unit of work holds, not what arrives.
        let unit = stage.considers(room, &event);
        assert!(unit.commit.items.is_empty() && unit.commit.records.is_empty(), "{room}: {unit:?}");
        let mut restarted = stage.restart();
        let unit = restarted.considers(room, &event);
        assert!(unit.commit.items.is_empty() && unit.commit.records.is_empty(), "{room}: {unit:?}");
        stage = restarted;
        stage.now += SignedDuration::from_secs(60);
    }
}
