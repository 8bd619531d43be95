//! Whose a room is: nobody's until a lead or the operator says so.

use serde_json::json;

use crate::stage::{Stage, user};

/// A community that lists no rooms, and whom the operator named to lead it.
fn new_guild() -> Stage {
    let mut stage = Stage::new(&[("Guild", &[])]);
    stage.named_leads.insert(user("kim"));
    stage
}

#[test]
fn a_stranger_who_brings_the_bot_into_a_room_leads_nothing_and_fills_nothing() {
    let mut stage = new_guild();
    // The stranger is the moderator of a room of their own.
    stage.moderators.insert(user("zoe"));
    assert!(stage.brought_by("zoe", "den", &["zoe", "yan"]).is_empty());
    assert_eq!(stage.logged(), 0, "nobody is a member there");
    stage.says("zoe", "den", "good morning");
    stage.sends("yan", "den", "m.room.member", json!({"membership": "join"}));
    assert_eq!(stage.logged(), 0, "nothing is noted there");
    let first = stage.says("zoe", "den", "!hearth settings lobby here");
    assert_eq!(first.len(), 1, "{first:#?}");
    assert!(first[0].contains("not at home in this room"), "{first:#?}");
    for more in ["!hearth settings leads-room here", "!hearth adopt", "!hearth poll \"x?\" a | b", "!hearth help"] {
        assert!(stage.says("zoe", "den", more).is_empty(), "once a day is enough: {more}");
    }
    // Once the guild has its rooms, nothing of theirs is seen from there.
    stage.brought_by("kim", "lobby", &["kim", "ana"]);
    stage.says("kim", "lobby", "!hearth settings lobby here");
    stage.direct("zoe");
    assert!(stage.tells("zoe", "actions all")[0].contains("can't see you"));
}

#[test]
fn a_room_into_which_a_lead_brings_the_bot_is_the_communitys_at_once() {
    let mut stage = new_guild();
    let lines = stage.brought_by("kim", "lobby", &["kim", "ana", "lea"]);
    assert!(lines.iter().any(|line| line.contains("lobby here")), "{lines:#?}");
    assert_eq!(stage.logged(), 3, "who is there already");
    // A moderator leads nothing until the room is one that leads named.
    assert!(stage.says("lea", "lobby", "!hearth settings name Mine")[0].contains("Only leads"));
    assert!(stage.says("kim", "lobby", "!hearth settings lobby here")[0].contains("Done"));
    assert!(stage.says("lea", "lobby", "!hearth settings name Ours")[0].contains("Done"));
    let mut stage = stage.restart();
    assert!(stage.says("ana", "lobby", "!hearth help")[0].contains("poll"));
}

#[test]
fn a_room_is_adopted_and_let_go_by_who_leads() {
    let mut stage = new_guild();
    stage.brought_by("ana", "craft", &["ana", "kim"]);
    assert!(stage.says("ana", "craft", "!hearth adopt")[0].contains("not at home"));
    let adopted = stage.says("kim", "craft", "!hearth adopt");
    assert!(adopted.iter().any(|line| line.contains("at home here now")), "{adopted:#?}");
    assert_eq!(stage.logged(), 2);
    assert!(stage.says("ana", "craft", "!hearth adopt")[0].contains("already"));
    assert!(stage.says("ana", "craft", "!hearth release")[0].contains("Only leads"));
    assert!(stage.says("kim", "craft", "!hearth release")[0].contains("no longer"));
    let before = stage.logged();
    stage.says("ana", "craft", "good morning");
    assert_eq!(stage.logged(), before);
    let mut stage = stage.restart();
    assert!(stage.says("ana", "craft", "!hearth help")[0].contains("not at home"));
}

#[test]
fn who_leads_two_communities_says_which_one_a_room_belongs_to() {
    let mut stage = Stage::new(&[("Guild", &[]), ("Designers", &["studio"])]);
    stage.named_leads.insert(user("kim"));
    stage.comes_to("studio", &["kim", "lea"]);
    stage.brought_by("kim", "craft", &["kim", "lea"]);
    assert!(stage.says("kim", "craft", "!hearth adopt")[0].contains("Guild, Designers"));
    // A lead of one community adopts for that one only.
    assert!(stage.says("lea", "craft", "!hearth adopt Guild")[0].contains("Designers"));
    let adopted = stage.says("kim", "craft", "!hearth adopt guild");
    assert!(adopted.iter().any(|line| line.contains("**Guild**")), "{adopted:#?}");
    assert!(stage.says("lea", "craft", "!hearth adopt Designers")[0].contains("belongs to **Guild**"));
}

#[test]
fn a_room_that_the_bot_had_to_leave_is_still_the_communitys_when_it_comes_back() {
    let mut stage = new_guild();
    stage.brought_by("kim", "lobby", &["kim", "ana"]);
    stage.says("kim", "lobby", "!hearth settings lobby here");
    stage.has_to_leave("lobby");
    stage.brought_by("ana", "lobby", &["kim", "ana"]);
    assert!(stage.says("ana", "lobby", "!hearth help")[0].contains("poll"));
}
