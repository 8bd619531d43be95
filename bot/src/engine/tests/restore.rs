//! `bot.db` comes from a backup: nothing is counted wrongly, and nothing is said twice.

use jiff::SignedDuration;
use serde_json::json;

use super::guild;
use crate::stage::{Stage, user};

/// A copy of `bot.db`.
fn backup(stage: &Stage) -> Vec<u8> {
    stage.core.store.scrub().unwrap();
    std::fs::read(stage.file("bot.db")).unwrap()
}

/// Stops the bot, puts the copy back, and starts it; what is said before anything happens.
fn restored(stage: Stage, copy: &[u8]) -> (Stage, String) {
    let stopped = stage.stop();
    for file in ["bot.db-wal", "bot.db-shm"] {
        let _ = std::fs::remove_file(stopped.file(file));
    }
    std::fs::write(stopped.file("bot.db"), copy).unwrap();
    let mut stage = stopped.start(|_| {});
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
    for (nexts, text) in [(0, "happy: tea"), (3, "1 dots 1:1")] {
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
