//! What the log says of itself: when it was written, since when it sees a room, and what the bot began.

use hearth_shared::activity::Kind;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::guild;
use crate::{
    engine::UnitOfWork,
    log::LogOp,
    stage::{Stage, room_id, user},
};

/// When something of a kind happened, by the bot itself.
fn times(stage: &Stage, kind: Kind) -> Vec<Timestamp> {
    let log = hearth_log::open_read_only(&stage.file("activity.db")).unwrap();
    let find =
        "SELECT a.ts FROM activity a JOIN person p ON p.id = a.person WHERE a.kind = ?1 AND p.is_bot ORDER BY a.ts";
    let mut find = log.prepare(find).unwrap();
    let at = |ts: i64| Timestamp::from_millisecond(ts).unwrap();
    find.query_map([kind.code()], |row| row.get(0).map(at)).unwrap().collect::<Result<_, _>>().unwrap()
}

/// Time passes in which the bot reads, a minute at a time.
fn reads_for(stage: &mut Stage, minutes: i64) {
    for _ in 0..minutes {
        stage.now += SignedDuration::from_mins(1);
        let mut unit = UnitOfWork::default();
        if stage.core.tick(stage.now, &mut unit) {
            stage.finish(unit);
        }
    }
}

#[test]
fn a_heartbeat_an_hour_says_that_the_log_is_being_written() {
    let mut stage = Stage::new(&[("Guild", &["lobby"]), ("Choir", &["choir"])]);
    let beats = |stage: &Stage| times(stage, Kind::Heartbeat).iter().map(ToString::to_string).collect::<Vec<_>>();
    assert!(beats(&stage).is_empty(), "nothing was read yet");
    reads_for(&mut stage, 150);
    let hours = ["2026-10-05T09:01:00Z", "2026-10-05T10:00:00Z", "2026-10-05T11:00:00Z"];
    assert_eq!(beats(&stage), hours.map(|hour| [hour, hour]).concat(), "one in the log of each community");
    stage = stage.restart();
    reads_for(&mut stage, 20);
    assert_eq!(beats(&stage).len(), 6, "a restart writes no second one");
    // For three hours nothing can be read.
    stage.now += SignedDuration::from_hours(3);
    reads_for(&mut stage, 5);
    assert_eq!(beats(&stage).last().map(String::as_str), Some("2026-10-05T14:51:00Z"));
    assert_eq!(beats(&stage).len(), 8, "nobody makes up for what was not seen");
    assert_eq!(stage.logged(), 0, "they are nobody's acts");
}

#[test]
fn heartbeats_alone_are_no_past_and_say_how_far_the_log_reaches() {
    let mut stage = Stage::new(&[("Guild", &["lobby"])]);
    reads_for(&mut stage, 1);
    let begun = "DELETE FROM activity WHERE kind = 81";
    rusqlite::Connection::open(stage.file("activity.db")).unwrap().execute(begun, ()).unwrap();
    let number = stage.core.engine.number_of("Guild").unwrap();
    let later = stage.now + SignedDuration::from_hours(1);
    assert!(!stage.core.log.reaches_before(number, later.as_millisecond()).unwrap());
    assert!(stage.core.log.reaches(number, stage.now).unwrap());
    assert!(!stage.core.log.reaches(number, later).unwrap());
}

#[test]
fn the_bot_is_woken_for_a_heartbeat_when_an_hour_begins() {
    let mut stage = Stage::new(&[("Guild", &["lobby"])]);
    assert_eq!(stage.core.next_tick(stage.now), stage.now);
    reads_for(&mut stage, 1);
    assert_eq!(stage.core.next_tick(stage.now).to_string(), "2026-10-05T10:00:00Z");
}

#[test]
fn a_room_that_existed_before_is_noted_with_those_who_are_there() {
    let mut stage = Stage::new(&[("Guild", &["lobby", "craft", "garden", "attic"])]);
    stage.comes_to("lobby", &["ana", "ben", "lea"]);
    let first = stage.now;
    assert_eq!(times(&stage, Kind::RoomAdopted), [first]);
    let joined = format!("SELECT count(*) FROM activity WHERE kind = 2 AND ts = {}", first.as_millisecond());
    assert_eq!(stage.count("activity.db", &joined), 3, "in the same moment");
    stage.now += SignedDuration::from_hours(1);
    stage.comes_to("garden", &["lea"]);
    assert_eq!(times(&stage, Kind::RoomAdopted), [first], "she made it for the bot to come");
    // Removed and back, the bot finds the same people, and then one more.
    for (people, adopted) in [(vec!["ana", "ben", "lea"], 1), (vec!["ana", "ben", "cem", "lea"], 2)] {
        stage.has_to_leave("lobby");
        stage.now += SignedDuration::from_hours(1);
        stage.comes_to("lobby", &people);
        assert_eq!(times(&stage, Kind::RoomAdopted).len(), adopted);
    }
    // Where it could not be read who is there, it is noted when it is.
    stage.comes_to_unanswered("craft");
    assert_eq!(times(&stage, Kind::RoomAdopted).len(), 2);
    stage.now += SignedDuration::from_mins(1);
    stage.is_answered("craft", &["ana", "lea"]);
    assert_eq!(times(&stage, Kind::RoomAdopted).last(), Some(&stage.now));
    // A room that takes the place of another is the same one.
    stage.now += SignedDuration::from_mins(1);
    stage.is_replaced("craft", "new-craft", &["ana", "lea", "dora"]);
    assert_eq!(times(&stage, Kind::RoomAdopted).len(), 3);
}

#[test]
fn a_room_that_a_lead_adopts_by_a_word_existed_before_and_what_is_told_again_is_noted_once() {
    let mut stage = guild();
    let before = times(&stage, Kind::RoomAdopted).len();
    stage.brought_by("zoe", "club", &["zoe", "lea"]);
    assert_eq!(times(&stage, Kind::RoomAdopted).len(), before, "a guest notes nothing");
    stage.says("lea", "club", "!hearth adopt");
    assert_eq!(times(&stage, Kind::RoomAdopted).len(), before + 1);
    // A crash came before the bot's memory was written.
    let club = room_id("club");
    for _ in 0..2 {
        stage.now += SignedDuration::from_mins(1);
        let mut unit = UnitOfWork::default();
        stage.core.engine.arrive(&club, &[user("zoe"), user("lea")], true, stage.now, &mut unit);
        stage.finish(unit);
    }
    assert_eq!(times(&stage, Kind::RoomAdopted).len(), before + 1);
}

#[test]
fn a_room_whose_past_is_read_came_into_view_with_it() {
    let mut stage = Stage::new(&[("Guild", &["lobby", "craft"])]);
    stage.comes_to("lobby", &["ana", "lea"]);
    stage.comes_to("craft", &["ana", "lea"]);
    let number = stage.core.engine.number_of("Guild").unwrap();
    let since: Timestamp = "2026-01-31T00:00:00Z".parse().unwrap();
    let seen = |room: &str, since| (number, LogOp::SeenSince(room_id(room), since));
    let log = vec![seen("lobby", None), seen("craft", Some(since))];
    stage.finish(UnitOfWork { log, ..UnitOfWork::default() });
    assert_eq!(times(&stage, Kind::RoomAdopted), [since], "the lobby has been in view all its life");
    let log = vec![seen("craft", Some(stage.now))];
    stage.finish(UnitOfWork { log, ..UnitOfWork::default() });
    assert_eq!(times(&stage, Kind::RoomAdopted), [since]);
}

/// A message as it stands in a room.
fn message(stage: &Stage, id: &str, sender: &str, thread: Option<&str>, prompt: bool) -> serde_json::Value {
    let mut content = json!({"msgtype": "m.text", "body": "What made you laugh lately?"});
    if prompt {
        content["org.hearth.prompt"] = json!(true);
    }
    if let Some(root) = thread {
        content["m.relates_to"] = json!({"rel_type": "m.thread", "event_id": root});
    }
    json!({
        "type": "m.room.message", "event_id": id, "sender": user(sender),
        "origin_server_ts": stage.now.as_millisecond(), "content": content,
    })
}

#[test]
fn a_prompt_is_noted_when_it_comes_back_from_the_room_and_only_the_bots() {
    let mut stage = guild();
    for (id, sender, thread, prompt) in [
        ("$prompt", "hearth", None, true),
        ("$prompt", "hearth", None, true),
        ("$answer", "hearth", None, false),
        ("$threaded", "hearth", Some("$prompt"), true),
        ("$forged", "ana", None, true),
    ] {
        let event = message(&stage, id, sender, thread, prompt);
        stage.takes("lobby", &event, false);
    }
    assert_eq!(times(&stage, Kind::PromptPosted), [stage.now]);
    let event = message(&stage, "$elsewhere", "hearth", None, true);
    stage.direct("ana");
    stage.takes("direct-ana", &event, false);
    assert_eq!(times(&stage, Kind::PromptPosted).len(), 1, "a direct room is nobody's timeline");
    let removed = json!({
        "type": "m.room.redaction", "event_id": "$removal", "sender": user("lea"), "redacts": "$prompt",
        "origin_server_ts": stage.now.as_millisecond(), "content": {"redacts": "$prompt"},
    });
    stage.takes("lobby", &removed, false);
    assert!(times(&stage, Kind::PromptPosted).is_empty());
}

#[test]
fn the_log_knows_which_rooms_are_for_announcements() {
    let mut stage = Stage::new(&[("Guild", &["lobby", "news", "leads"])]);
    for room in ["lobby", "news", "leads"] {
        stage.comes_to(room, &["ana", "lea"]);
    }
    let rooms = |stage: &Stage| {
        let log = hearth_log::open_read_only(&stage.file("activity.db")).unwrap();
        let mut find = log.prepare("SELECT external FROM room WHERE announcements ORDER BY external").unwrap();
        find.query_map((), |row| row.get(0)).unwrap().collect::<Result<Vec<String>, _>>().unwrap()
    };
    assert_eq!(rooms(&stage), ["!news:t"], "only moderators may write there");
    stage.says("lea", "lobby", "!hearth settings announcements on");
    stage.says("lea", "news", "!hearth settings announcements off");
    assert_eq!(rooms(&stage), ["!lobby:t"], "what leads say holds");
    stage = stage.restart();
    for room in ["lobby", "news", "leads"] {
        stage.comes_to(room, &["ana", "lea"]);
    }
    stage.is_replaced("lobby", "new-lobby", &["ana", "lea"]);
    assert_eq!(rooms(&stage), ["!new-lobby:t"]);
    stage.says("lea", "leads", "!hearth settings announcements !new-lobby:t default");
    stage.says("lea", "leads", "!hearth settings announcements !news:t default");
    assert_eq!(rooms(&stage), ["!news:t"]);
}
