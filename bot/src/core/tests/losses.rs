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
    let lobby = stage.core.engine.communities().next().unwrap().2.lobby.clone();
    assert_eq!(lobby, Some(crate::stage::room_id("lobby")));
}

#[test]
fn what_waits_for_a_room_goes_with_it() {
    use hearth_practices::{Message, To, Tone};

    use crate::{engine::Step, store::Parcel};
    let mut stage = guild();
    let mut step = Step::default();
    for (name, to) in [("a", To::Room(crate::stage::room_id("lobby"))), ("b", To::Room(crate::stage::room_id("craft")))]
    {
        let message = Message::new(to, Tone::Notice, "hi").send();
        step.commit.parcels.push(stage.core.own_parcel(0, name.to_owned(), Parcel::Effect(message)));
    }
    stage.core.finish(step, stage.now).unwrap();
    let said = stage.has_to_leave("lobby");
    assert!(said.iter().any(|line| line.starts_with("!craft:t hi")), "{said:#?}");
    assert!(said.iter().all(|line| !line.starts_with("!lobby:t")), "{said:#?}");
}
