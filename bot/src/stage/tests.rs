//! Who is heard, and by whom they are answered.

mod adoption;
mod bots;
mod direct;
mod forgetting;
mod fuzz;
mod gone;
mod log;
mod members;
mod my_data;
mod persons;
mod restore;
mod taps;
mod unread;

use crate::stage::{Stage, user};

fn guild() -> Stage {
    let mut stage = Stage::new(&[("Guild", &["lobby", "craft", "leads"])]);
    stage.comes_to("lobby", &["ana", "ben", "cem", "dora", "eva", "lea"]);
    stage.comes_to("craft", &["ana", "lea"]);
    stage.comes_to("leads", &["lea"]);
    stage.says("lea", "lobby", "!hearth settings lobby here");
    stage.says("lea", "leads", "!hearth settings leads-room here");
    stage
}

#[test]
fn somebody_in_no_community_gets_help_and_privacy_only() {
    let mut stage = guild();
    stage.says("lea", "lobby", "!hearth ballot \"Where?\" Here | There");
    stage.says("lea", "lobby", "!hearth action @ana:t book the room by 2027-01-31");
    stage.direct("zoe");
    for nothing in ["vote 1", "1", "hello there", "happy: the new build"] {
        let lines = stage.tells("zoe", nothing);
        assert!(lines.iter().all(|line| line.contains("can't see you in any room")), "{nothing}: {lines:#?}");
    }
    for closed in ["actions all", "topic history", "meeting ics", "vote", "settings", "poll \"x?\" a | b"] {
        let lines = stage.tells("zoe", closed);
        assert_eq!(lines.len(), 1, "{closed}: {lines:#?}");
        assert!(lines[0].contains("can't see you in any room"), "{closed}: {lines:#?}");
    }
    assert!(stage.tells("zoe", "help")[0].contains("poll"));
    assert!(stage.tells("zoe", "privacy")[0].contains("opt-out"));
    assert!(stage.tells("zoe", "my-data").iter().any(|line| line.contains("file my-data.json")));
    let result = stage.restart().passes(jiff::SignedDuration::from_hours(96));
    assert!(result.iter().any(|line| line.contains("Where?")), "{result:#?}");
    assert!(result.iter().all(|line| !line.contains("zoe")), "{result:#?}");
}

#[test]
fn who_somebody_is_that_could_not_be_read_counts_as_nobody() {
    let mut stage = guild();
    stage.says("lea", "lobby", "!hearth ballot \"Where?\" Here | There");
    stage.direct("lea");
    // No room's state can be read.
    let people = std::mem::take(&mut stage.people);
    for asked in ["actions all", "settings language de", "vote 1"] {
        let lines = stage.tells("lea", asked);
        assert!(lines.len() == 1 && lines[0].contains("can't see you in any room"), "{asked}: {lines:#?}");
    }
    let refused = stage.says("lea", "lobby", "!hearth settings language de").join("\n");
    assert!(!refused.contains("Done") && !refused.contains("Erledigt"), "{refused}");
    stage.people = people;
    assert!(stage.tells("lea", "vote 1").join("\n").contains("Your vote"));
}

#[test]
fn whoever_leaves_the_last_room_can_still_erase_themselves() {
    let mut stage = guild();
    stage.direct("ben");
    for people in stage.people.values_mut().filter(|people| people.len() > 1) {
        people.remove(&user("ben"));
    }
    assert!(stage.tells("ben", "forget-me")[0].contains("yes"));
    let lines = stage.tells("ben", "forget-me yes");
    assert!(lines.iter().any(|line| line.contains("ForgetDirect")), "{lines:#?}");
}

#[test]
fn a_third_person_in_a_direct_room_is_not_heard() {
    let mut stage = guild();
    stage.direct("ana");
    assert!(stage.says("ben", "direct-ana", "my-data").is_empty());
    assert!(stage.says("lea", "direct-ana", "!hearth settings community name Mine").is_empty());
    assert!(!stage.tells("ana", "help").is_empty());
}

#[test]
fn a_question_about_oneself_is_answered_once_however_many_communities_there_are() {
    let mut stage = Stage::new(&[("One", &["one"]), ("Two", &["two"]), ("Three", &["three"])]);
    for room in ["one", "two", "three"] {
        stage.comes_to(room, &["ana"]);
    }
    stage.direct("ana");
    for command in ["privacy", "opt-out", "opt-in", "forget-me"] {
        assert_eq!(stage.tells("ana", command).len(), 1, "{command}");
    }
    let erased = stage.tells("ana", "forget-me yes");
    assert_eq!(erased.iter().filter(|line| !line.contains("ForgetDirect")).count(), 1, "{erased:#?}");
}

#[test]
fn what_somebody_chose_in_confidence_is_not_in_their_data_while_it_is_open() {
    let mut stage = guild();
    stage.direct("ana");
    stage.says("lea", "lobby", "!hearth ballot \"Where?\" Marmalade | Marzipan");
    stage.says("lea", "lobby", "!hearth retro start");
    stage.tells("ana", "vote 2");
    stage.tells("ana", "happy: the rhubarb");
    let lines = stage.tells("ana", "my-data").join("\n");
    assert!(lines.contains("file my-data.json"), "{lines}");
    for secret in ["marks", "receipt", "rhubarb"] {
        assert!(!lines.contains(secret), "{secret}: {lines}");
    }
    assert!(lines.contains("\"sealed/1\": \"2 sealed") && lines.contains("\"sealed/retro-1\": \"1 sealed"), "{lines}");
}

#[test]
fn a_card_is_pointed_at_in_its_own_room_only() {
    let mut stage = guild();
    stage.direct("ben");
    stage.says("lea", "craft", "!hearth retro start");
    let card = stage.core.store.message("Guild", "retro", &"retro/1/card".into()).unwrap().unwrap().event;
    let reaction =
        |card: &str| serde_json::json!({"m.relates_to": {"rel_type": "m.annotation", "event_id": card, "key": "👍"}});
    for room in ["lobby", "direct-ben"] {
        let lines = stage.sends("ben", room, "m.reaction", reaction(card.as_str()));
        assert!(lines.is_empty(), "{room}: {lines:#?}");
    }
    let lines = stage.sends("ana", "craft", "m.reaction", reaction(card.as_str()));
    assert!(lines[0].starts_with("!direct-ana:t"), "{lines:#?}");
}

#[test]
fn what_is_sent_carries_no_id_of_what_led_to_it() {
    let mut stage = guild();
    stage.direct("ana");
    stage.says("lea", "lobby", "!hearth ballot \"Where?\" Here | There");
    stage.tells("ana", "vote 2");
    stage.tells("ana", "my-data");
    stage.passes(jiff::SignedDuration::from_hours(1));
    assert!(stage.sent.len() > 4);
    assert!(stage.sent.keys().all(|txn| !txn.contains('$')), "{:#?}", stage.sent);
}
