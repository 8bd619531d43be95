//! `bot.db` comes from a backup: nothing is counted wrongly, and nothing is said twice.

mod listed;

use jiff::SignedDuration;
use serde_json::json;

use super::guild;
use crate::{
    config::Config,
    stage::{Stage, room_id, user},
};

/// A copy of `bot.db`.
fn backup(stage: &Stage) -> Vec<u8> {
    stage.core.store.scrub().unwrap();
    std::fs::read(stage.file("bot.db")).unwrap()
}

/// Stops the bot, puts the copy back, and starts it; what is said before anything happens.
fn restored(stage: Stage, copy: &[u8]) -> (Stage, String) {
    restored_as(stage, copy, |_| {})
}

/// The same, while the operator changes the configuration.
fn restored_as(stage: Stage, copy: &[u8], change: impl FnOnce(&mut Config)) -> (Stage, String) {
    let stopped = stage.stop();
    for file in ["bot.db-wal", "bot.db-shm"] {
        let _ = std::fs::remove_file(stopped.file(file));
    }
    std::fs::write(stopped.file("bot.db"), copy).unwrap();
    let mut stage = stopped.start(change);
    let lines = stage.passes(SignedDuration::ZERO).join("\n");
    (stage, lines)
}

const VOTERS: [&str; 5] = ["ana", "ben", "cem", "dora", "eva"];

/// Everybody says something to the bot.
fn all_tell(stage: &mut Stage, text: &str) {
    for who in VOTERS {
        stage.direct(who);
        stage.tells(who, text);
    }
}

#[test]
fn a_ballot_whose_votes_are_lost_is_called_off_and_never_counted() {
    let mut stage = guild();
    stage.says("lea", "lobby", "!hearth ballot \"Where?\" Here | There");
    all_tell(&mut stage, "vote 1");
    let copy = backup(&stage);
    let closed = stage.says("lea", "lobby", "!hearth ballot close").join("\n");
    assert!(closed.contains("5 of 6 took part"), "{closed}");
    let (stage, lines) = restored(stage, &copy);
    assert!(lines.contains("**Ballot 1 is called off.**"), "{lines}");
    let mut stage = stage.restart();
    let later = stage.passes(SignedDuration::from_hours(200)).join("\n");
    assert!(!later.contains("took part") && !later.contains("called off"), "once, and nothing else: {later}");
    assert!(stage.says("lea", "lobby", "!hearth ballot \"Where?\" Here | There").join("\n").contains("Ballot 2"));
}

#[test]
fn a_vote_on_topics_whose_dots_are_lost_is_called_off() {
    let mut stage = guild();
    for topic in ["Tea", "Cake"] {
        stage.says("lea", "lobby", &format!("!hearth topic add {topic}"));
    }
    stage.says("lea", "lobby", "!hearth topic vote");
    all_tell(&mut stage, "topic vote 1:2");
    let copy = backup(&stage);
    stage.says("lea", "lobby", "!hearth topic close");
    let (mut stage, lines) = restored(stage, &copy);
    assert!(lines.contains("**The vote on topics is called off.**"), "{lines}");
    let later = stage.passes(SignedDuration::from_hours(100)).join("\n");
    assert!(!later.contains("took part") && !later.contains("Nobody"), "{later}");
}

#[test]
fn a_retro_whose_notes_or_dots_are_lost_is_called_off() {
    for (nexts, text) in [(0, "happy: tea"), (3, "1 dots A:1")] {
        let mut stage = guild();
        stage.says("lea", "lobby", "!hearth retro start");
        all_tell(&mut stage, "happy: tea");
        all_tell(&mut stage, "unhappy: noise");
        for _ in 0..nexts {
            stage.says("lea", "lobby", "!hearth retro next");
        }
        all_tell(&mut stage, text);
        let copy = backup(&stage);
        stage.says("lea", "lobby", "!hearth retro next");
        let (mut stage, lines) = restored(stage, &copy);
        assert!(lines.contains("Called off: my memory had to be restored"), "{nexts}: {lines}");
        let later = stage.passes(SignedDuration::from_hours(100)).join("\n");
        assert!(!later.contains("Retro 1"), "{later}");
    }
}

#[test]
fn a_ballot_that_is_whole_after_a_restore_goes_on() {
    let mut stage = guild();
    stage.says("lea", "lobby", "!hearth ballot \"Where?\" Here | There");
    all_tell(&mut stage, "vote 1");
    let copy = backup(&stage);
    let (mut stage, lines) = restored(stage, &copy);
    assert!(!lines.contains("called off"), "{lines}");
    let closed = stage.says("lea", "lobby", "!hearth ballot close").join("\n");
    assert!(closed.contains("5 of 6 took part"), "{closed}");
}

#[test]
fn nobody_is_welcomed_twice_after_a_restore() {
    let mut stage = guild();
    let joins = |who: &str, stage: &Stage| {
        json!({
            "type": "m.room.member", "event_id": format!("$joins-{who}"), "sender": user(who), "state_key": user(who),
            "origin_server_ts": stage.now.as_millisecond(), "content": {"membership": "join"},
        })
    };
    let (yan, zoe) = (joins("yan", &stage), joins("zoe", &stage));
    stage.takes("lobby", &zoe, false);
    let copy = backup(&stage);
    let welcomed = |lines: &[String]| lines.iter().filter(|line| line.starts_with("!direct-zoe")).count();
    // Somebody else is welcomed beside her, so that not all is as it was when she was.
    stage.takes("lobby", &yan, false);
    assert_eq!(welcomed(&stage.passes(SignedDuration::from_mins(11))), 1);
    let markers: Vec<String> = stage.sent.keys().filter(|txn| txn.starts_with("once.")).cloned().collect();
    assert_eq!(markers.len(), 2, "hers and his");
    // The homeserver has forgotten the transactions; the bot reads its own messages again.
    let (mut stage, _) = restored(stage, &copy);
    for (number, marker) in markers.iter().enumerate() {
        let own = json!({
            "type": "m.room.message", "event_id": format!("$own{number}"), "sender": "@hearth:t",
            "origin_server_ts": stage.now.as_millisecond(),
            "content": {"msgtype": "m.text", "body": "Welcome", "org.hearth.txn": marker},
        });
        stage.takes("direct-zoe", &own, false);
    }
    assert_eq!(welcomed(&stage.passes(SignedDuration::from_hours(24))), 0);
    assert_eq!(stage.count("bot.db", "SELECT count(*) FROM outbox"), 0);
}

#[test]
fn a_ballot_that_was_closed_since_is_not_closed_again_with_nobodys_votes() {
    let mut stage = guild();
    stage.says("lea", "lobby", "!hearth ballot \"Where?\" Here | There");
    // Nobody has voted yet: there is nothing sealed in this copy that could be missed.
    let copy = backup(&stage);
    all_tell(&mut stage, "vote 1");
    let closed = stage.says("lea", "lobby", "!hearth ballot close").join("\n");
    assert!(closed.contains("5 of 6 took part"), "{closed}");
    let (stage, lines) = restored(stage, &copy);
    assert!(lines.contains("**Ballot 1 is called off.**"), "{lines}");
    let mut stage = stage.restart();
    let later = stage.passes(SignedDuration::from_hours(200)).join("\n");
    assert!(!later.contains("Ballot 1") && !later.contains("too few"), "once, and nothing else: {later}");
    // The next one is a new one, also after another start.
    assert!(stage.says("lea", "lobby", "!hearth ballot \"Where?\" Here | There").join("\n").contains("Ballot 2"));
    let mut stage = stage.restart();
    all_tell(&mut stage, "vote 1");
    let closed = stage.says("lea", "lobby", "!hearth ballot close").join("\n");
    assert!(closed.contains("5 of 6 took part"), "{closed}");
}

#[test]
fn a_ballot_that_was_opened_and_closed_since_is_not_opened_again() {
    let mut stage = guild();
    let copy = backup(&stage);
    let ask = |at: jiff::Timestamp| {
        json!({
            "type": "m.room.message", "event_id": "$asks", "sender": user("lea"), "origin_server_ts": at.as_millisecond(),
            "content": {"msgtype": "m.text", "body": "!hearth ballot \"Where?\" Here | There"},
        })
    };
    let ask = ask(stage.now);
    stage.takes("lobby", &ask, false);
    all_tell(&mut stage, "vote 1");
    stage.passes(SignedDuration::from_mins(5));
    stage.says("lea", "lobby", "!hearth ballot close");
    let (mut stage, lines) = restored(stage, &copy);
    assert!(!lines.contains("Ballot"), "{lines}");
    // What was said since is read again; the votes are gone from the direct rooms.
    let again = stage.takes("lobby", &ask, false).join("\n");
    assert!(again.contains("**Ballot 1 is called off.**"), "{again}");
    let later = stage.passes(SignedDuration::from_hours(200)).join("\n");
    assert!(!later.contains("Ballot 1") && !later.contains("too few"), "{later}");
    // Somebody who asks anew is served.
    assert!(stage.says("lea", "lobby", "!hearth ballot \"Where?\" Here | There").join("\n").contains("Ballot 2"));
    all_tell(&mut stage, "vote 1");
    assert!(stage.says("lea", "lobby", "!hearth ballot close").join("\n").contains("5 of 6 took part"));
}

#[test]
fn without_the_folder_of_keys_everything_that_is_open_in_confidence_is_called_off() {
    let mut stage = guild();
    stage.says("lea", "lobby", "!hearth ballot \"Where?\" Here | There");
    stage.says("lea", "lobby", "!hearth retro start");
    for said in ["topic add Tea", "topic add Cake", "topic vote"] {
        stage.says("lea", "lobby", &format!("!hearth {said}"));
    }
    let stopped = stage.stop();
    std::fs::remove_dir_all(stopped.file("sealed")).unwrap();
    let mut stage = stopped.start(|_| {});
    let lines = stage.passes(SignedDuration::ZERO).join("\n");
    let called_off =
        ["**Ballot 1 is called off.**", "**The vote on topics is called off.**", "Called off: my memory had"];
    assert!(called_off.iter().all(|said| lines.contains(said)), "{lines}");
    // And it is as good as new.
    stage.passes(SignedDuration::from_secs(1));
    stage.says("lea", "lobby", "!hearth ballot \"Where?\" Here | There");
    let mut stage = stage.restart();
    all_tell(&mut stage, "vote 1");
    assert!(stage.says("lea", "lobby", "!hearth ballot close").join("\n").contains("5 of 6 took part"));
}

#[test]
fn votes_that_are_lost_are_called_off_under_a_new_name_of_their_community_too() {
    for voted_before in [true, false] {
        let mut stage = guild();
        stage.says("lea", "lobby", "!hearth ballot \"Where?\" Here | There");
        if voted_before {
            all_tell(&mut stage, "vote 2");
        }
        let copy = backup(&stage);
        all_tell(&mut stage, "vote 1");
        stage.says("lea", "lobby", "!hearth ballot close");
        let (stage, lines) = restored_as(stage, &copy, |config| {
            config.communities[0].name = "Makers".to_owned();
            config.communities[0].formerly = vec!["Guild".to_owned()];
        });
        assert!(lines.contains("**Ballot 1 is called off.**"), "{voted_before}: {lines}");
        let later = stage.restart().passes(SignedDuration::from_hours(200)).join("\n");
        assert!(!later.contains("Ballot 1"), "{voted_before}: {later}");
    }
}

#[test]
fn a_poll_that_was_closed_since_is_not_closed_a_second_time() {
    let mut stage = guild();
    stage.says("lea", "lobby", "!hearth poll \"Tea?\" Yes | No --close 3h");
    let copy = backup(&stage);
    let closed = stage.passes(SignedDuration::from_hours(4)).join("\n");
    assert!(closed.contains("The poll is closed"), "{closed}");
    let sent: Vec<(String, String)> = stage.sent.iter().map(|(txn, event)| (txn.clone(), event.to_string())).collect();
    // Days later the homeserver has forgotten the transactions; the bot reads its own messages before it goes on.
    stage.now += SignedDuration::from_hours(70);
    let stopped = stage.stop();
    for file in ["bot.db-wal", "bot.db-shm"] {
        let _ = std::fs::remove_file(stopped.file(file));
    }
    std::fs::write(stopped.file("bot.db"), copy).unwrap();
    let mut stage = stopped.start(|_| {});
    for (txn, event) in sent {
        let own = json!({
            "type": "m.room.message", "event_id": event, "sender": "@hearth:t",
            "origin_server_ts": stage.now.as_millisecond(),
            "content": {"msgtype": "m.text", "body": "said before", "org.hearth.txn": txn},
        });
        stage.takes("lobby", &own, false);
    }
    let lines = stage.passes(SignedDuration::from_hours(1)).join("\n");
    assert!(!lines.contains("The poll is closed"), "{lines}");
}

/// What the bot has sent, as it comes back to its own device when it was removed since: nothing but its transaction is
/// left.
fn removed_again(stage: &Stage, room: &str) -> Vec<(String, serde_json::Value)> {
    let own = |(txn, event): (&String, &hearth_practices::EventId)| {
        let json = json!({
            "type": "m.room.message", "event_id": event, "sender": "@hearth:t",
            "origin_server_ts": stage.now.as_millisecond(), "content": {},
            "unsigned": {"redacted_because": {"event_id": "$r"}, "transaction_id": txn},
        });
        (room.to_owned(), json)
    };
    stage.sent.iter().map(own).collect()
}

#[test]
fn an_answer_that_was_removed_is_not_given_again_after_a_restore() {
    let mut stage = guild();
    let copy = backup(&stage);
    let before = stage.sent.clone();
    let asks = json!({
        "type": "m.room.message", "event_id": "$asks", "sender": user("ana"),
        "origin_server_ts": stage.now.as_millisecond(), "content": {"msgtype": "m.text", "body": "!hearth help"},
    });
    assert_eq!(stage.takes("lobby", &asks, false).len(), 1);
    let own: Vec<_> = removed_again(&stage, "lobby")
        .into_iter()
        .filter(|(_, own)| !before.values().any(|event| own["event_id"] == event.as_str()))
        .collect();
    assert_eq!(own.len(), 1);
    let (mut stage, _) = restored(stage, &copy);
    // The bot reads its own message before it says anything, whichever comes first.
    for (room, own) in own {
        stage.takes(&room, &own, false);
    }
    assert!(stage.takes("lobby", &asks, false).is_empty());
}

#[test]
fn votes_and_the_end_of_a_poll_count_that_are_read_together_with_what_opened_it() {
    let mut stage = guild();
    let at = stage.now.as_millisecond();
    let copy = backup(&stage);
    let asks = json!({
        "type": "m.room.message", "event_id": "$asks", "sender": user("ana"), "origin_server_ts": at,
        "content": {"msgtype": "m.text", "body": "!hearth poll \"Tea?\" Yes | No"},
    });
    let before = stage.sent.clone();
    stage.takes("lobby", &asks, false);
    let opened: Vec<String> = stage.sent.keys().filter(|txn| !before.contains_key(*txn)).cloned().collect();
    let (mut stage, _) = restored(stage, &copy);
    // Everything comes in one batch: nothing of it is committed before the last.
    let mut events = vec![asks];
    for (number, txn) in opened.iter().enumerate() {
        events.push(json!({
            "type": "org.matrix.msc3381.poll.start", "event_id": format!("$own{number}"), "sender": user("hearth"),
            "origin_server_ts": at + 1, "content": {"org.hearth.txn": txn},
        }));
    }
    let about = |kind: &str, who: &str, of: usize| {
        json!({
            "type": format!("org.matrix.msc3381.poll.{kind}"), "event_id": format!("${kind}{who}{of}"), "sender": user(who),
            "origin_server_ts": at + 2, "content": {
                "m.relates_to": {"rel_type": "m.reference", "event_id": format!("$own{of}")},
                "org.matrix.msc3381.poll.response": {"answers": ["1"]},
            },
        })
    };
    for of in 0..opened.len() {
        events.extend([about("response", "ben", of), about("end", "hearth", of)]);
    }
    let lines = stage.takes_all("lobby", &events).join("\n");
    assert!(lines.contains("The poll is closed: Tea?") && lines.contains("1 · Yes"), "{lines}");
    let later = stage.passes(SignedDuration::from_hours(200)).join("\n");
    assert!(!later.contains("The poll is closed"), "{later}");
}

#[test]
fn late_notes_that_are_lost_are_missed_aloud_and_the_retro_goes_on() {
    let mut stage = guild();
    stage.says("lea", "lobby", "!hearth retro start");
    all_tell(&mut stage, "happy: tea");
    stage.says("lea", "lobby", "!hearth retro next");
    stage.says("lea", "lobby", "!hearth retro back");
    for who in ["ana", "ben"] {
        stage.tells(who, "unhappy: noise");
    }
    let waits = stage.says("lea", "lobby", "!hearth retro next").join("\n");
    assert!(waits.contains("I show none yet"), "{waits}");
    stage.says("lea", "lobby", "!hearth retro next");
    let copy = backup(&stage);
    for _ in 0..2 {
        stage.says("lea", "lobby", "!hearth retro back");
    }
    stage.tells("cem", "unhappy: noise");
    let shown = stage.says("lea", "lobby", "!hearth retro next").join("\n");
    assert!(shown.contains("noise"), "{shown}");
    let (stage, lines) = restored(stage, &copy);
    assert!(lines.contains("Notes that had come since the last reveal are lost"), "{lines}");
    assert!(!lines.contains("Called off"), "{lines}");
    let mut again = stage.restart();
    let later = again.passes(SignedDuration::from_secs(1)).join("\n");
    assert!(!later.contains("are lost"), "once: {later}");
    let next = again.says("lea", "lobby", "!hearth retro next").join("\n");
    assert!(next.contains("Retro 1 · discussion"), "it goes on: {next}");
}

/// What the bot sent under these transactions, as it reads it again in a room.
fn own(stage: &Stage, markers: &[String]) -> Vec<serde_json::Value> {
    let event = |marker: &String| {
        json!({
            "type": "m.room.message", "event_id": stage.sent[marker], "sender": "@hearth:t",
            "origin_server_ts": stage.now.as_millisecond(),
            "content": {"msgtype": "m.text", "body": "A paper", "org.hearth.txn": marker},
        })
    };
    markers.iter().map(event).collect()
}

#[test]
fn a_room_that_was_between_two_is_theirs_after_a_restore_though_a_third_has_come_to_it() {
    // Its own paper is read with what led to it, before that, or while it waits to be sent once more.
    for order in ["with", "before", "after"] {
        let mut stage = guild();
        let copy = backup(&stage);
        let ask = json!({
            "type": "m.room.message", "event_id": "$asks", "sender": user("lea"),
            "origin_server_ts": stage.now.as_millisecond(),
            "content": {"msgtype": "m.text", "body": "!hearth ballot \"Where?\" Here | There --kind several"},
        });
        stage.takes("lobby", &ask, false);
        let key = "card/1".into();
        let card = stage.core.store.message("Guild", "ballot", &key).unwrap().unwrap().event;
        let wants = json!({
            "type": "m.reaction", "event_id": "$wants", "sender": user("ana"),
            "origin_server_ts": stage.now.as_millisecond(),
            "content": {"m.relates_to": {"rel_type": "m.annotation", "event_id": card, "key": "🗳️ Vote"}},
        });
        stage.direct("ana");
        let opened: Vec<String> = stage.sent.keys().cloned().collect();
        let papers = stage.takes("lobby", &wants, false).join("\n");
        assert!(papers.contains("!direct-ana:t 🗳️ **1: Where?"), "{papers}");
        let since: Vec<String> = stage.sent.keys().filter(|txn| !opened.contains(txn)).cloned().collect();
        let (mut stage, _) = restored(stage, &copy);
        stage.comes_to("direct-ana", &["ana", "ben"]);
        assert_eq!(stage.core.engine.direct_person(&room_id("direct-ana")), None, "it may be any room");
        let (of_card, of_paper) = (own(&stage, &opened), own(&stage, &since));
        stage.absent = true;
        match order {
            "before" => {
                stage.takes_all("direct-ana", &of_paper);
                stage.reads(&[("lobby", [vec![ask.clone()], of_card, vec![wants.clone()]].concat())]);
            }
            "with" => {
                stage.takes_all("lobby", &[vec![ask.clone()], of_card].concat());
                stage.reads(&[("lobby", vec![wants.clone()]), ("direct-ana", of_paper)]);
            }
            _ => {
                stage.takes_all("lobby", &[vec![ask.clone()], of_card].concat());
                stage.takes("lobby", &wants, false);
                stage.takes_all("direct-ana", &of_paper);
            }
        }
        let theirs = stage.core.engine.direct_person(&room_id("direct-ana"));
        assert_eq!(theirs, Some(user("ana")), "{order}");
        let stage = stage.restart();
        assert_eq!(stage.core.engine.direct_person(&room_id("direct-ana")), theirs, "{order}: after a start");
    }
}
