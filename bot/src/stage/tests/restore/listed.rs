//! Communities are listed in another order when the bot comes back: nothing is answered by another one.

use jiff::SignedDuration;
use serde_json::json;

use super::{backup, restored_as};
use crate::stage::{Stage, user};

/// What is said in rooms of three communities and to the bot alone, each as an event with an id of its own.
fn said_in_three_communities() -> Vec<(&'static str, &'static str, &'static str)> {
    vec![
        ("lea", "one", "!hearth poll \"Lunch?\" Soup | Salad --close 1h"),
        ("lea", "two", "!hearth poll \"Lunch?\" Soup | Salad --close 1h"),
        ("ana", "three", "!hearth topic add Tea"),
        ("lea", "three", "!hearth icebreaker"),
        ("ana", "two", "!hearth action write it down"),
        ("ana", "direct-ana", "privacy"),
        ("ben", "direct-ben", "topic add Coffee"),
        ("ben", "direct-ben", "my-data"),
    ]
}

fn takes_all(stage: &mut Stage) {
    for (number, (who, room, text)) in said_in_three_communities().into_iter().enumerate() {
        let event = json!({
            "type": "m.room.message", "event_id": format!("$said{number}"), "sender": user(who),
            "origin_server_ts": 1_791_190_800_000_i64, "content": {"msgtype": "m.text", "body": text},
        });
        stage.takes(room, &event, false);
    }
    // Polls end, and whatever wants to be woken is.
    stage.passes(SignedDuration::from_hours(2));
}

#[test]
fn a_crash_says_and_notes_nothing_twice_though_communities_are_listed_in_another_order_when_it_is_replayed() {
    let mut stage = Stage::new(&[("One", &["one"]), ("Two", &["two"]), ("Three", &["three"]), ("Four", &["four"])]);
    for room in ["one", "two", "three", "four"] {
        stage.comes_to(room, &["ana", "lea"]);
    }
    stage.moves("ben", "two", true);
    for who in ["ana", "ben"] {
        stage.direct(who);
    }
    let (copy, begun) = (backup(&stage), stage.now);
    takes_all(&mut stage);
    let (sent, logged) = (stage.sent.clone(), stage.logged());
    assert!(sent.len() > 8, "{sent:?}");
    // What the log has was committed, and of what bot.db has nothing. One community was given up meanwhile.
    let (mut stage, _) = restored_as(stage, &copy, |config| {
        config.communities.reverse();
        config.communities.retain(|community| community.name != "Four");
        config.retired = vec!["Four".to_owned()];
    });
    stage.now = begun;
    takes_all(&mut stage);
    let new: Vec<_> = stage.sent.keys().filter(|txn| !sent.contains_key(*txn)).collect();
    assert!(new.is_empty(), "sent anew: {new:?}");
    assert_eq!(stage.logged(), logged, "a row was written twice");
}

#[test]
fn whoever_is_in_two_communities_is_answered_by_the_same_one_however_they_are_listed_later() {
    let mut stage = Stage::new(&[("One", &["one"]), ("Two", &["two"])]);
    for room in ["one", "two"] {
        stage.comes_to(room, &["ana"]);
    }
    for who in ["ana", "zoe"] {
        stage.direct(who);
    }
    let copy = backup(&stage);
    let asks = |who: &str, text: &str| {
        json!({
            "type": "m.room.message", "event_id": format!("$asks-{who}-{text}"), "sender": user(who),
            "origin_server_ts": 1_791_190_800_000_i64, "content": {"msgtype": "m.text", "body": text},
        })
    };
    let said = [
        ("ana", "topic add Tea"),
        ("ana", "in Two topic add Tea"),
        ("ana", "forget-me"),
        ("zoe", "vote 1"),
        ("zoe", "my-data"),
    ];
    for (who, text) in said {
        assert!(!stage.takes(&format!("direct-{who}"), &asks(who, text), false).is_empty(), "{who}: {text}");
    }
    let before = stage.sent.clone();
    let (mut stage, _) = restored_as(stage, &copy, |config| config.communities.reverse());
    for (who, text) in said {
        stage.takes(&format!("direct-{who}"), &asks(who, text), false);
    }
    let new: Vec<_> = stage.sent.keys().filter(|txn| !before.contains_key(*txn)).collect();
    assert!(new.is_empty(), "{new:?}");
}
