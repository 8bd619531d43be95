//! A room is replaced by another.

use hearth_practices::{Attention, EventId, Message, Outgoing, To};
use jiff::SignedDuration;
use serde_json::json;

use super::{JOINS, joins, rows, welcomed};
use crate::{
    engine::UnitOfWork,
    sending::desk::Desk,
    stage::{Stage, room_id, user},
    store::{Commit, OutboxItem},
};

const PEOPLE: [&str; 6] = ["ana", "ben", "cem", "dora", "eva", "lea"];

fn guild() -> Stage {
    let mut stage = Stage::new(&[("Guild", &["lobby", "leads"])]);
    stage.comes_to("lobby", &PEOPLE);
    stage.comes_to("leads", &["lea"]);
    stage.says("lea", "lobby", "!hearth settings lobby here");
    stage.says("lea", "leads", "!hearth settings leads-room here");
    stage
}

fn votes(stage: &mut Stage, who: &str, room: &str, poll: &EventId, answer: &str) -> Vec<String> {
    let content = json!({
        "m.relates_to": {"rel_type": "m.reference", "event_id": poll.as_str()},
        "org.matrix.msc3381.poll.response": {"answers": [answer]},
    });
    stage.sends(who, room, "org.matrix.msc3381.poll.response", content)
}

fn opens_poll(stage: &mut Stage) -> EventId {
    let before = stage.sent.len();
    let lines = stage.says("ana", "lobby", "!hearth poll \"Lunch?\" Soup | Rice --close 2d");
    let place = lines.iter().position(|line| line.contains("poll Lunch?")).unwrap();
    EventId::from(format!("$s{}", before + place))
}

/// Everything that practices keep of a room, at once.
fn begin_everything(stage: &mut Stage) {
    opens_poll(stage);
    let said = [
        "!hearth ballot \"Where?\" Here | There --close 3d",
        "!hearth topic add Deploys",
        "!hearth topic add Reviews",
        "!hearth topic vote",
        "!hearth action @ana:t book the room by 2026-10-20",
        "!hearth meeting new Exchange every friday 10:00",
        "!hearth meeting find \"Deep dive\" tuesday 10:00 | thursday 15:00",
        "!hearth retro start",
        "!hearth settings icebreakers room !lobby:t",
    ];
    for text in said {
        let answered = stage.says("lea", "lobby", text);
        assert!(!answered.is_empty(), "{text}");
    }
    joins(stage, "kim", "lobby");
    stage.passes(SignedDuration::from_mins(5));
}

/// What the bot keeps that names a room, but for where messages lie.
fn naming(stage: &Stage, room: &str) -> Vec<String> {
    let db = rusqlite::Connection::open(stage.file("bot.db")).unwrap();
    let mut found = Vec::new();
    for (table, columns) in [("record", "key || json"), ("setting", "value"), ("outbox", "lane || item")] {
        let mut rows = db.prepare(&format!("SELECT {columns} FROM {table}")).unwrap();
        let rows = rows.query_map((), |row| row.get::<_, String>(0)).unwrap();
        found.extend(rows.map(Result::unwrap).filter(|text| text.contains(&format!("!{room}:t"))));
    }
    found
}

/// The practices whose records name a room.
fn keeping(stage: &Stage, room: &str) -> Vec<String> {
    let db = rusqlite::Connection::open(stage.file("bot.db")).unwrap();
    let sql = "SELECT DISTINCT practice FROM record WHERE instr(key || json, ?1) > 0 ORDER BY practice";
    let mut rows = db.prepare(sql).unwrap();
    let rows = rows.query_map([format!("!{room}:t")], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn every_practice_goes_on_in_the_room_that_replaced_its_own() {
    let mut stage = guild();
    begin_everything(&mut stage);
    let all = ["actions", "ballot", "icebreakers", "meetings", "poll", "retro", "topics", "welcome"];
    assert_eq!(keeping(&stage, "lobby"), all, "every practice that keeps anything of a room");
    stage.is_replaced("lobby", "lobby2", &["lea"]);
    assert_eq!(naming(&stage, "lobby"), [""; 0]);
    let mut stage = stage.restart();
    assert_eq!(stage.core.engine.community_rooms(), [room_id("leads"), room_id("lobby2")]);
    let help = stage.says("lea", "lobby2", "!hearth settings community");
    assert!(help[0].starts_with("!lobby2:t"), "{help:#?}");
    let later = stage.passes(SignedDuration::from_hours(24 * 9));
    assert!(later.iter().all(|line| !line.starts_with("!lobby:t")), "{later:#?}");
    for expected in ["Where?", "Exchange"] {
        let here = |line: &&String| line.starts_with("!lobby2:t") && line.contains(expected);
        assert!(later.iter().any(|line| here(&line)), "{expected}: {later:#?}");
    }
    assert_eq!(naming(&stage, "lobby"), [""; 0]);
    // Twice replaced, it is still the same room.
    stage.is_replaced("lobby2", "lobby3", &["lea"]);
    let stage = stage.restart();
    assert_eq!((naming(&stage, "lobby"), naming(&stage, "lobby2")), (vec![], vec![]));
    assert_eq!(stage.core.engine.current(&room_id("lobby")), &room_id("lobby3"));
    assert_eq!(rows(&stage, "SELECT count(*) FROM room WHERE external LIKE '!lobby%'"), 1);
}

#[test]
fn whoever_moves_with_the_room_is_not_welcomed_again_and_joins_nothing() {
    let mut stage = guild();
    joins(&mut stage, "kim", "lobby");
    let before = rows(&stage, JOINS);
    stage.is_replaced("lobby", "lobby2", &["lea"]);
    for who in PEOPLE.iter().chain(&["kim"]) {
        joins(&mut stage, who, "lobby2");
        let left = json!({
            "type": "m.room.member", "event_id": format!("$left-{who}"), "sender": user(who), "state_key": user(who),
            "origin_server_ts": stage.now.as_millisecond(), "content": {"membership": "leave"},
            "unsigned": {"prev_content": {"membership": "join"}},
        });
        assert!(stage.takes("lobby", &left, false).is_empty());
    }
    assert_eq!(rows(&stage, JOINS), before);
    assert_eq!(rows(&stage, "SELECT count(*) FROM activity WHERE kind = 3"), 0);
    joins(&mut stage, "zoe", "lobby2");
    assert_eq!(rows(&stage, JOINS), before + 1, "whoever is new is new");
    let said = stage.passes(SignedDuration::from_hours(2));
    let welcomes: Vec<_> = PEOPLE.iter().chain(&["kim", "zoe"]).filter(|who| welcomed(&said, who)).collect();
    assert_eq!(welcomes, [&"kim", &"zoe"], "those who waited for it, once: {said:#?}");
    let again = stage.passes(SignedDuration::from_hours(2));
    assert!(!welcomed(&again, "kim") && !welcomed(&again, "zoe"));
}

#[test]
fn a_poll_in_a_room_that_was_replaced_ends_and_its_result_is_told_in_the_new_one() {
    let mut stage = guild();
    let poll = opens_poll(&mut stage);
    for (who, answer) in [("ana", "1"), ("ben", "1"), ("cem", "2")] {
        votes(&mut stage, who, "lobby", &poll, answer);
    }
    stage.now += SignedDuration::from_secs(1);
    let said = stage.is_replaced("lobby", "lobby2", &["lea"]);
    let results: Vec<_> = said.iter().filter(|line| line.contains("Lunch?")).collect();
    assert_eq!(results.len(), 2, "the result, and what there is to know of it: {said:#?}");
    assert!(results.iter().all(|line| line.starts_with("!lobby2:t")), "{results:#?}");
    assert!(results[0].contains("2 of 3 votes"), "{results:#?}");
    let later = stage.passes(SignedDuration::from_hours(72));
    assert!(!later.iter().any(|line| line.contains("Lunch?")), "it is told once: {later:#?}");
}

#[test]
fn a_ballot_goes_on_in_the_new_room_and_is_counted_there() {
    let mut stage = guild();
    for who in PEOPLE {
        stage.direct(who);
    }
    stage.says("lea", "lobby", "!hearth ballot \"Where?\" Here | There");
    stage.is_replaced("lobby", "lobby2", &PEOPLE);
    for who in PEOPLE {
        stage.says(who, "lobby2", "!hearth vote");
        stage.tells(who, "vote 1");
    }
    let closed = stage.says("lea", "lobby2", "!hearth ballot close");
    let result = closed.iter().find(|line| line.contains("6 of 6"));
    assert!(result.is_some_and(|line| line.starts_with("!lobby2:t")), "{closed:#?}");
    assert!(closed.iter().all(|line| !line.starts_with("!lobby:t")), "{closed:#?}");
}

#[test]
fn whoever_asks_in_the_old_room_hears_where_everybody_is() {
    let mut stage = guild();
    stage.direct("ana");
    stage.is_replaced("lobby", "lobby2", &["lea"]);
    let said = stage.says("ana", "lobby", "!hearth help");
    assert_eq!(said.len(), 1, "{said:#?}");
    assert!(said[0].starts_with("!direct-ana:t") && said[0].contains("!lobby2:t"), "{said:#?}");
    assert!(stage.says("ana", "lobby", "still here").is_empty());
    assert_eq!(rows(&stage, "SELECT count(*) FROM activity WHERE kind = 0"), 1, "words still count");
    assert_eq!(rows(&stage, "SELECT count(DISTINCT room) FROM activity WHERE kind IN (0, 2) AND room != 0"), 2);
}

#[test]
fn a_room_of_version_twelve_needs_no_colon() {
    let mut stage = guild();
    let new = hearth_practices::RoomId::from("!31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM");
    let mut unit = UnitOfWork::default();
    stage.core.move_room(&room_id("lobby"), &new, stage.now, stage.now, &mut unit).unwrap();
    stage.core.finish(unit, stage.now).unwrap();
    let mut stage = stage.restart();
    assert!(stage.core.engine.is_of_community(&new));
    assert_eq!(stage.core.engine.communities().next().unwrap().1.community.lobby.as_ref(), Some(&new));
    let mut unit = UnitOfWork::default();
    let back = stage.core.move_room(&new, &room_id("lobby"), stage.now, stage.now, &mut unit).unwrap();
    assert!(!back && unit.commit.is_empty(), "a room that was left behind takes nobody's place");
}

/// Whether something for a room would be sent after so many hours.
fn is_sent(stage: &mut Stage, room: &str, hours: i64) -> bool {
    let message = Message::new(To::Room(room_id(room)), Attention::Answer, "hi");
    let item = stage.core.own_item(None, format!("{room}-{hours}"), OutboxItem::Send(Outgoing::Message(message)));
    let mut unit = UnitOfWork::default();
    unit.commit.items.push(item);
    stage.core.finish(unit, stage.now).unwrap();
    let errand = stage.core.next_errand(&mut Desk::new(), stage.now + SignedDuration::from_hours(hours)).unwrap();
    let done = stage.core.store.rows_after(0).unwrap().iter().map(|row| row.id).collect();
    stage
        .core
        .finish(UnitOfWork { commit: Commit { done, ..Commit::default() }, ..UnitOfWork::default() }, stage.now)
        .unwrap();
    errand.is_some()
}

#[test]
fn leads_are_told_once_where_the_bot_cannot_follow_and_what_waits_is_kept_for_it() {
    let mut stage = guild();
    let (lobby, new) = (room_id("lobby"), room_id("lobby2"));
    let mut unit = UnitOfWork::default();
    stage.core.note_closed(&lobby, &new, stage.now, &mut unit);
    stage.core.cannot_follow(&lobby, &user("lea"), stage.now, &mut unit);
    let said = stage.finish(unit);
    assert_eq!(said.len(), 1, "{said:#?}");
    assert!(said[0].starts_with("!leads:t") && said[0].contains("!lobby2:t"), "{said:#?}");
    let mut stage = stage.restart();
    let mut unit = UnitOfWork::default();
    stage.core.note_closed(&lobby, &new, stage.now, &mut unit);
    stage.core.cannot_follow(&lobby, &user("lea"), stage.now, &mut unit);
    assert!(stage.finish(unit).is_empty(), "once is enough");
    assert!(!is_sent(&mut stage, "lobby", 0) && !is_sent(&mut stage, "lobby", 23));
    assert!(is_sent(&mut stage, "leads", 0));
    assert!(is_sent(&mut stage, "lobby", 25), "not for ever");
    stage.is_replaced("lobby", "lobby2", &["lea"]);
    assert_eq!(stage.core.closed().count(), 0);
    // Where it is the leads' own room, whoever closed it is told.
    let mut unit = UnitOfWork::default();
    stage.core.note_closed(&room_id("leads"), &room_id("leads2"), stage.now, &mut unit);
    stage.core.cannot_follow(&room_id("leads"), &user("lea"), stage.now, &mut unit);
    let said = stage.finish(unit);
    assert!(said.len() == 1 && said[0].starts_with("!direct-lea:t"), "{said:#?}");
}

#[test]
fn who_leaves_the_old_room_for_the_new_one_before_the_bot_has_followed_has_not_left() {
    let mut stage = guild();
    joins(&mut stage, "kim", "lobby");
    let before = rows(&stage, JOINS);
    let leaves = |stage: &mut Stage, who: &str| {
        let left = json!({
            "type": "m.room.member", "event_id": format!("$left-{who}"), "sender": user(who), "state_key": user(who),
            "origin_server_ts": stage.now.as_millisecond(), "content": {"membership": "leave"},
            "unsigned": {"prev_content": {"membership": "join"}},
        });
        stage.takes("lobby", &left, false);
    };
    leaves(&mut stage, "eva");
    stage.now += SignedDuration::from_mins(1);
    let mut unit = UnitOfWork::default();
    stage.core.note_closed(&room_id("lobby"), &room_id("lobby2"), stage.now, &mut unit);
    stage.finish(unit);
    leaves(&mut stage, "ana");
    let mut stage = stage.restart();
    leaves(&mut stage, "kim");
    leaves(&mut stage, "ben");
    assert_eq!(rows(&stage, "SELECT count(*) FROM activity WHERE kind = 3"), 1, "Eva left before");
    stage.is_replaced("lobby", "lobby2", &["lea"]);
    for who in ["ana", "ben", "kim"] {
        joins(&mut stage, who, "lobby2");
    }
    assert_eq!(rows(&stage, JOINS), before);
    let said = stage.passes(SignedDuration::from_hours(2));
    assert!(welcomed(&said, "kim"), "she waited for it: {said:#?}");
}

#[test]
fn whoever_has_not_come_along_yet_has_not_left() {
    let mut stage = guild();
    stage.is_replaced("lobby", "lobby2", &["lea"]);
    assert_eq!(rows(&stage, "SELECT count(*) FROM activity WHERE kind = 3"), 0);
    // Where it could not be read at first who is there, either.
    let (lobby, next) = (room_id("lobby2"), room_id("lobby3"));
    let mut unit = UnitOfWork::default();
    stage.core.move_room(&lobby, &next, stage.now, stage.now, &mut unit).unwrap();
    stage.core.meet(&next, crate::engine::Membership::default(), None, stage.now, &mut unit);
    stage.finish(unit);
    stage.is_answered("lobby3", &["lea"]);
    assert_eq!(rows(&stage, "SELECT count(*) FROM activity WHERE kind = 3"), 0);
}
