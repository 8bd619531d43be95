//! The bot is removed from a room, and comes back.

use jiff::SignedDuration;

use super::{JOINS, joins, rows, welcomed};
use crate::stage::Stage;

const PEOPLE: [&str; 3] = ["ana", "ben", "lea"];

fn guild() -> Stage {
    let mut stage = Stage::new(&[("Guild", &["lobby", "craft", "leads"])]).led_by("olga");
    stage.comes_to("lobby", &PEOPLE);
    stage.comes_to("craft", &PEOPLE);
    stage.comes_to("leads", &["lea"]);
    stage.says("lea", "lobby", "!hearth settings lobby here");
    stage.says("lea", "leads", "!hearth settings leads-room here");
    stage
}

#[test]
fn leads_are_told_once_that_the_bot_was_removed_and_other_rooms_go_on() {
    let mut stage = guild();
    let told = stage.has_to_leave("lobby");
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].starts_with("!leads:t") && told[0].contains("no longer in"), "{told:#?}");
    assert!(!stage.says("ana", "craft", "!hearth help").is_empty());
    let mut stage = stage.restart();
    assert!(stage.says("lea", "leads", "!hearth help").len() == 1, "it starts, and says nothing again");
    // Where the leads' own room is lost, those hear of it whom the operator named.
    let told = stage.has_to_leave("leads");
    assert!(told.len() == 1 && told[0].starts_with("!direct-olga:t"), "{told:#?}");
    let told = stage.has_to_leave("craft");
    assert!(told.len() == 1 && told[0].starts_with("!direct-olga:t"), "{told:#?}");
    let mut stage = stage.restart();
    assert!(stage.passes(SignedDuration::from_hours(48)).iter().all(|line| !line.starts_with("!lobby")));
}

#[test]
fn coming_back_restores_everything_and_says_nothing_late_or_twice() {
    let mut stage = guild();
    stage.says("lea", "lobby", "!hearth meeting new Exchange every friday 10:00");
    joins(&mut stage, "kim", "lobby");
    let greeted = stage.passes(SignedDuration::from_hours(1));
    assert!(welcomed(&greeted, "kim"));
    let before = rows(&stage, JOINS);
    stage.has_to_leave("lobby");
    let mut stage = stage.restart();
    stage.passes(SignedDuration::from_hours(24 * 8));
    let back = stage.comes_to("lobby", &["ana", "ben", "kim", "lea"]);
    assert!(back.iter().all(|line| !line.starts_with("!lobby")), "{back:#?}");
    let after = stage.passes(SignedDuration::from_hours(1));
    assert!(after.iter().all(|line| !line.contains("Exchange")), "no meeting is announced late: {after:#?}");
    assert!(PEOPLE.iter().chain(&["kim"]).all(|who| !welcomed(&after, who)), "{after:#?}");
    assert_eq!(rows(&stage, JOINS), before, "who was there has not joined");
    let list = stage.says("ana", "lobby", "!hearth meeting list");
    assert!(list[0].starts_with("!lobby:t") && list[0].contains("Exchange"), "{list:#?}");
    let lobby = stage.core.engine.communities().next().unwrap().1.community.lobby.clone();
    assert_eq!(lobby, Some(crate::stage::room_id("lobby")));
}

#[test]
fn what_waits_for_a_room_goes_with_it() {
    use hearth_practices::{Attention, Message, Outgoing, To};

    use crate::{engine::UnitOfWork, store::OutboxItem};
    let mut stage = guild();
    let mut unit = UnitOfWork::default();
    for (name, to) in [("a", To::Room(crate::stage::room_id("lobby"))), ("b", To::Room(crate::stage::room_id("craft")))]
    {
        let message = Message::new(to, Attention::Answer, "hi");
        unit.commit.items.push(stage.core.own_item(
            None,
            name.to_owned(),
            OutboxItem::Send(Outgoing::Message(message)),
        ));
    }
    stage.core.finish(unit, stage.now).unwrap();
    let said = stage.has_to_leave("lobby");
    assert!(said.iter().any(|line| line.starts_with("!craft:t hi")), "{said:#?}");
    assert!(said.iter().all(|line| !line.starts_with("!lobby:t")), "{said:#?}");
}

/// Who is in a room, as far as the log knows.
fn inside(stage: &Stage) -> i64 {
    let joined = "SELECT sum(CASE kind WHEN 2 THEN 1 ELSE -1 END) FROM activity WHERE kind IN (2, 3)";
    rows(stage, joined)
}

const LEAVES: &str = "SELECT count(*) FROM activity WHERE kind = 3";

#[test]
fn who_left_or_came_while_the_bot_was_away_is_known_when_it_is_back_and_greeted_by_nobody() {
    let mut stage = guild();
    joins(&mut stage, "kim", "craft");
    stage.passes(SignedDuration::from_hours(1));
    assert_eq!(inside(&stage), 8);
    stage.has_to_leave("craft");
    let mut stage = stage.restart();
    stage.passes(SignedDuration::from_hours(24 * 3));
    // Ben and Kim have gone, Zoe and Yan have come.
    let back = stage.comes_to("craft", &["ana", "lea", "yan", "zoe"]);
    let later = stage.passes(SignedDuration::from_hours(24));
    assert!(["kim", "yan", "zoe"].iter().all(|who| !welcomed(&back, who) && !welcomed(&later, who)), "{later:#?}");
    assert_eq!((rows(&stage, LEAVES), inside(&stage)), (2, 8));
    // When they left nobody saw: it is known from the moment at which the bot was back.
    let then = (stage.now - SignedDuration::from_hours(24)).as_millisecond();
    assert_eq!(rows(&stage, &format!("SELECT count(*) FROM activity WHERE kind = 3 AND ts != {then}")), 0);
    // Read once more after a crash, it is the same.
    let mut stage = stage.restart();
    stage.comes_to("craft", &["ana", "lea", "yan", "zoe"]);
    assert_eq!((rows(&stage, LEAVES), inside(&stage)), (2, 8));
    // And who comes back while the bot is away a second time is there again.
    stage.has_to_leave("craft");
    stage.passes(SignedDuration::from_hours(24));
    stage.comes_to("craft", &["ana", "ben", "lea", "yan", "zoe"]);
    assert_eq!((rows(&stage, LEAVES), inside(&stage)), (2, 9));
}

#[test]
fn nothing_is_written_of_who_opted_out_when_they_leave_unseen() {
    let mut stage = guild();
    stage.direct("ben");
    stage.tells("ben", "opt-out");
    let before = stage.logged();
    stage.has_to_leave("craft");
    stage.comes_to("craft", &["ana", "lea"]);
    assert_eq!(stage.logged(), before);
}

#[test]
fn a_new_name_is_no_join_where_the_homeserver_does_not_say_what_was_before() {
    let mut stage = guild();
    let member = |stage: &mut Stage, who: &str, membership: &str| {
        let event = serde_json::json!({
            "type": "m.room.member", "event_id": format!("$m-{who}-{}", stage.now), "sender": crate::stage::user(who),
            "state_key": crate::stage::user(who), "origin_server_ts": stage.now.as_millisecond(),
            "content": {"membership": membership, "displayname": "Somebody"},
        });
        stage.takes("lobby", &event, false);
        stage.now += SignedDuration::from_secs(1);
    };
    let joined = rows(&stage, JOINS);
    member(&mut stage, "ana", "join");
    assert_eq!(rows(&stage, JOINS), joined, "she was there");
    member(&mut stage, "zoe", "join");
    member(&mut stage, "zoe", "join");
    assert_eq!(rows(&stage, JOINS), joined + 1);
    member(&mut stage, "ben", "invite");
    assert_eq!(rows(&stage, LEAVES), 0, "whoever is invited has left nothing");
    member(&mut stage, "zoe", "leave");
    member(&mut stage, "kim", "leave");
    assert_eq!(rows(&stage, LEAVES), 1, "who declines an invitation has left nothing");
    member(&mut stage, "zoe", "join");
    assert_eq!(rows(&stage, JOINS), joined + 2);
    assert!(stage.passes(SignedDuration::from_hours(1)).iter().all(|line| !line.starts_with("!direct-ana")));
}

#[test]
fn whoever_was_forgotten_is_met_anew_where_the_bot_comes_back() {
    let mut stage = guild();
    stage.says("ben", "lobby", "!hearth topic add Tea");
    stage.direct("ben");
    stage.tells("ben", "forget-me");
    stage.tells("ben", "forget-me yes");
    let rows = "SELECT count(*) FROM activity a JOIN person p ON p.id = a.person WHERE NOT p.is_bot";
    let of_others = |stage: &Stage| stage.count("activity.db", rows);
    let before = of_others(&stage);
    stage.has_to_leave("lobby");
    stage.passes(SignedDuration::from_hours(48));
    let lines = stage.comes_to("lobby", &["ana", "ben", "lea"]);
    assert!(lines.iter().all(|line| !line.contains("ben")), "{lines:#?}");
    let later = stage.passes(SignedDuration::from_hours(24 * 9)).join("\n");
    assert!(!later.contains("Welcome") && !later.contains("ben"), "they were there before: {later}");
    assert!(of_others(&stage) <= before + 1, "that they are there, and nothing of before");
    // What they say from now on is somebody's who was never heard before.
    let said = stage.says("ben", "lobby", "!hearth help");
    assert!(said[0].contains("Hello"), "{said:#?}");
    assert!(!stage.says("lea", "lobby", "!hearth topic list").join("\n").contains("Tea"));
}
