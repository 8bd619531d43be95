//! Bots, bridges' puppets and relays are greeted by nobody, written to by nobody, and counted nowhere.

use jiff::SignedDuration;
use serde_json::json;

use crate::stage::{Stage, room_id, user};

fn guild() -> Stage {
    let mut stage = Stage::new(&[("Guild", &["lobby", "leads"])]);
    stage.comes_to("lobby", &["ana", "ben", "lea", "_irc_old", "relay"]);
    stage.comes_to("leads", &["lea"]);
    stage.says("lea", "lobby", "!hearth settings lobby here");
    stage.says("lea", "leads", "!hearth settings leads-room here");
    stage
}

fn with_bots() -> Stage {
    let mut stage = guild();
    stage.says("lea", "leads", "!hearth settings bots @_irc_*:t @relay:t");
    stage
}

/// How many are in the log who are no bots, and how many are.
fn logged(stage: &Stage) -> (i64, i64) {
    let count = |is_bot: u8| {
        let question = format!("SELECT count(*) FROM person WHERE is_bot = {is_bot}");
        stage.count("activity.db", &question)
    };
    (count(0), count(1))
}

#[test]
fn a_ghost_gets_no_direct_room_whatever_happens() {
    let mut stage = with_bots();
    stage.says("lea", "lobby", "!hearth action @_irc_nick:t look at the build by tomorrow");
    for number in 0..5 {
        stage.moves(&format!("_irc_{number}"), "lobby", true);
    }
    stage.moves("cem", "lobby", true);
    let mut lines = stage.passes(SignedDuration::from_hours(24 * 10));
    lines.extend(stage.says("_irc_0", "lobby", "!hearth my-data"));
    lines.extend(stage.says("_irc_0", "lobby", "!hearth vote"));
    assert!(lines.iter().any(|line| line.starts_with("!direct-cem:t Welcome")), "{lines:#?}");
    assert!(lines.iter().all(|line| !line.starts_with("!direct-_irc")), "{lines:#?}");
}

#[test]
fn nothing_that_a_bot_says_is_obeyed_or_counted() {
    let mut stage = with_bots();
    let before = logged(&stage);
    assert!(stage.says("relay", "lobby", "!hearth help").is_empty());
    for number in 0..30 {
        assert!(stage.says("relay", "lobby", &format!("<nick{number}> good morning")).is_empty());
    }
    stage.says("lea", "lobby", "!hearth poll \"Tea?\" Yes | No --close 1h");
    let poll = stage
        .sent
        .values()
        .find(|event| stage.core.store.message_of(&room_id("lobby"), event).unwrap().is_some())
        .unwrap()
        .clone();
    for who in ["relay", "_irc_a", "ana"] {
        let vote = json!({
            "m.relates_to": {"rel_type": "m.reference", "event_id": poll},
            "org.matrix.msc3381.poll.response": {"answers": ["1"]},
        });
        stage.sends(who, "lobby", "org.matrix.msc3381.poll.response", vote);
    }
    let voted = "SELECT count(*) FROM activity WHERE kind = 21";
    assert_eq!(stage.count("activity.db", voted), 1, "ana alone");
    let people = "SELECT count(*) FROM activity a JOIN person p ON p.id = a.person WHERE a.kind = 0 AND p.is_bot = 0";
    assert_eq!(stage.count("activity.db", people), 0);
    assert_eq!(logged(&stage), before);
}

#[test]
fn who_is_called_a_bot_later_on_is_one_in_the_whole_log_and_a_mistake_is_undone() {
    let mut stage = guild();
    let everybody = logged(&stage);
    stage.says("lea", "leads", "!hearth settings bots @_irc_*:t @a*:t");
    assert_eq!(logged(&stage), (everybody.0 - 2, everybody.1 + 2));
    stage.says("lea", "leads", "!hearth settings bots @_irc_*:t");
    assert_eq!(logged(&stage), (everybody.0 - 1, everybody.1 + 1));
    assert!(!stage.says("ana", "lobby", "!hearth help").is_empty());
}

#[test]
fn bots_are_no_people_in_a_room_that_asks_how_many_there_are() {
    let mut stage = with_bots();
    let people = |stage: &Stage| {
        let community = stage.core.engine.communities().next().unwrap().1.community;
        community.rooms.values().filter_map(|room| room.people).max().unwrap()
    };
    assert_eq!(people(&stage), 3);
    stage.moves("_irc_new", "lobby", true);
    stage.moves("cem", "lobby", true);
    assert_eq!(people(&stage), 4);
    stage.moves("_irc_new", "lobby", false);
    stage.moves("_irc_old", "lobby", false);
    assert_eq!(people(&stage), 4);
    stage.says("lea", "leads", "!hearth settings bots none");
    assert_eq!(people(&stage), 5, "and the relay");
}

#[test]
fn a_bridge_that_says_so_is_no_person_and_nobody_can_say_it_of_somebody_else() {
    let mut stage = guild();
    let everybody = logged(&stage);
    let bridge = |who: &str, of: &str| {
        json!({
            "type": "m.bridge", "event_id": format!("$bridge-{who}"), "sender": user(who), "state_key": "irc",
            "origin_server_ts": 1_791_190_800_000_u64, "content": {"bridgebot": user(of)},
        })
    };
    stage.takes("lobby", &bridge("ben", "ana"), false);
    assert_eq!(logged(&stage), everybody);
    stage.takes("lobby", &bridge("relay", "relay"), false);
    assert_eq!(logged(&stage), (everybody.0 - 1, everybody.1 + 1));
    assert!(stage.says("relay", "lobby", "!hearth help").is_empty());
    assert!(!stage.says("ana", "lobby", "!hearth help").is_empty());
}

#[test]
fn a_moderators_bot_still_takes_back_what_people_said() {
    let mut stage = with_bots();
    stage.says("ana", "lobby", "spam");
    let messages = "SELECT count(*) FROM activity WHERE kind = 0";
    assert_eq!(stage.count("activity.db", messages), 1);
    let event = json!({
        "type": "m.room.redaction", "event_id": "$gone", "sender": user("relay"), "redacts": stage.last_event(),
        "origin_server_ts": 1_791_190_800_000_u64, "content": {},
    });
    stage.takes("lobby", &event, false);
    assert_eq!(stage.count("activity.db", messages), 0);
}
