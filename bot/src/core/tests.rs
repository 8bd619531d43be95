//! The rooms that the bot comes to, and what it knows of them.

mod damage;
mod losses;
mod nudges;
mod order;
mod requests;
mod upgrades;

use jiff::SignedDuration;
use serde_json::json;

use crate::{
    engine::{Membership, UnitOfWork},
    stage::{Stage, room_id, user},
};

fn welcomed(lines: &[String], who: &str) -> bool {
    lines.iter().any(|line| line.starts_with(&format!("!direct-{who}:t")) && line.contains("Welcome"))
}

fn joins(stage: &mut Stage, who: &str, room: &str) -> Vec<String> {
    let event = json!({
        "type": "m.room.member", "event_id": format!("$join-{who}-{room}"), "sender": user(who), "state_key": user(who),
        "origin_server_ts": stage.now.as_millisecond(), "content": {"membership": "join"},
    });
    stage.people.entry(room_id(room)).or_default().insert(user(who));
    stage.takes(room, &event, false)
}

fn rows(stage: &Stage, sql: &str) -> i64 {
    let log = hearth_log::open_read_only(&stage.file("activity.db")).unwrap();
    log.query_row(sql, (), |row| row.get(0)).unwrap()
}

/// How many joins the log holds.
const JOINS: &str = "SELECT count(*) FROM activity WHERE kind = 2";

#[test]
fn whoever_was_there_before_the_bot_is_no_newcomer_though_it_could_not_ask_at_first() {
    let mut stage = Stage::new(&[("Guild", &["lobby", "craft"])]);
    stage.comes_to_unanswered("lobby");
    stage.comes_to("craft", &["lea"]);
    assert_eq!(rows(&stage, JOINS), 1, "that nobody could be asked does not mean that nobody is there");
    // It is asked again after a restart, too.
    let mut stage = stage.restart();
    assert_eq!(stage.core.unmet().collect::<Vec<_>>(), [&room_id("lobby")]);
    stage.is_answered("lobby", &["ana", "lea"]);
    assert_eq!(stage.core.unmet().count(), 0);
    assert_eq!(rows(&stage, JOINS), 3);
    joins(&mut stage, "ana", "craft");
    joins(&mut stage, "ben", "craft");
    let said = stage.passes(SignedDuration::from_hours(1));
    assert!(!welcomed(&said, "ana") && welcomed(&said, "ben"), "{said:#?}");
    let mut stage = stage.restart();
    assert_eq!(stage.core.unmet().count(), 0);
    let mut unit = UnitOfWork::default();
    stage.core.arrive(&room_id("lobby"), &[user("eva")], stage.now, &mut unit);
    assert!(unit.log.is_empty(), "a late answer is not taken twice");
}

#[test]
fn a_room_whose_size_could_not_be_read_keeps_the_one_it_had_and_votes_are_held_there() {
    let mut stage = Stage::new(&[("Guild", &["lobby"])]);
    stage.comes_to("lobby", &["ana", "ben", "cem", "dora", "eva", "lea"]);
    let unread = Membership { name: "Lobby".to_owned(), ..Membership::default() };
    stage.core.engine.set_room(&room_id("lobby"), unread.clone());
    let said = stage.says("ana", "lobby", "!hearth ballot \"Where?\" Here | There");
    assert!(said.iter().any(|line| line.contains("Where?")), "{said:#?}");
    let mut stage = Stage::new(&[("Guild", &["lobby"])]);
    stage.comes_to_unanswered("lobby");
    stage.core.engine.set_room(&room_id("lobby"), unread);
    let said = stage.says("ana", "lobby", "!hearth ballot \"Where?\" Here | There");
    assert!(said.iter().any(|line| line.contains("Where?")), "{said:#?}");
}

#[test]
fn a_space_is_no_room_of_a_community() {
    let mut stage = Stage::new(&[("Guild", &["lobby", "space"])]);
    stage.comes_to("lobby", &["ana", "lea"]);
    let space = Membership { name: "Guild".to_owned(), people: Some(2), space: true, ..Membership::default() };
    let mut unit = UnitOfWork::default();
    stage.core.meet(&room_id("space"), space, Some(&[user("zoe")]), stage.now, &mut unit);
    assert!(unit.log.is_empty() && unit.commit.is_empty());
    assert_eq!(stage.core.engine.room_name(&room_id("space")), None);
    stage.people.entry(room_id("space")).or_default().insert(user("lea"));
    assert!(stage.says("lea", "space", "!hearth help").is_empty());
    joins(&mut stage, "kim", "space");
    assert!(stage.passes(SignedDuration::from_hours(1)).is_empty(), "who comes to a space is welcomed in a room");
    assert_eq!(rows(&stage, JOINS), 2);
    let (mut unit, left) = (
        UnitOfWork::default(),
        json!({
            "type": "m.room.member", "event_id": "$left", "sender": user("kim"), "state_key": user("kim"),
            "origin_server_ts": 1, "content": {"membership": "leave"}, "unsigned": {"prev_content": {"membership": "join"}},
        }),
    );
    let raw = crate::matrix::intake::RawEvent { json: left.to_string(), decrypted: false };
    stage.core.leave(room_id("space"), &[raw], stage.now, &mut unit);
    assert!(unit.log.is_empty());
}
