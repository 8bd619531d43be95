//! How often the bot writes to somebody unasked.

use hearth_practices::{Attention, EventId, Message, Outgoing, PersonChange, To};
use jiff::SignedDuration;

use crate::{
    engine::UnitOfWork,
    sending::{
        Carried,
        desk::{Desk, Errand},
    },
    stage::{Stage, room_id, user},
    store::{NewOutboxItem, OutboxItem, Posted},
};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// In hours.
const MONTH: i32 = 24 * 30;

/// Two communities in which Ana is; it is Monday, eleven in the morning.
fn stage() -> Stage {
    let mut stage = Stage::new(&[("Guild", &["lobby", "leads"]), ("Choir", &["hall"])]);
    stage.comes_to("lobby", &["ana", "ben", "lea"]);
    stage.comes_to("hall", &["ana", "lea"]);
    stage.direct("ana");
    stage.now += HOUR * 2;
    stage
}

/// A practice of a community wants to write to Ana unasked, within so many hours.
fn nudges(stage: &mut Stage, name: &str, community: &str, practice: &str, hours: i32) {
    let until = stage.now + HOUR * hours;
    let message = Message::new(To::Person(user("ana")), Attention::Nudge { until }, name).keyed(name);
    let item = OutboxItem::Send(Outgoing::Message(message));
    let number = stage.core.engine.number_of(community);
    let new = stage.core.own_item(number, name.to_owned(), item);
    let mut unit = UnitOfWork::default();
    unit.commit.items.push(NewOutboxItem { practice: practice.to_owned(), ..new });
    stage.core.finish(unit, stage.now).unwrap();
}

/// What is sent until nothing more can be sent at this moment, in order.
fn sent(stage: &mut Stage) -> Vec<String> {
    let (mut desk, mut sent) = (Desk::new(), Vec::new());
    while let Some(errand) = stage.core.next_errand(&mut desk, stage.now).unwrap() {
        let Errand::Send(due) = &errand else { panic!("{errand:?}") };
        sent.push(due.txn.clone());
        let posted = Posted { room: room_id("direct-ana"), event: EventId::from(format!("${}", due.txn)) };
        stage.core.settle(&mut desk, &errand, &Ok(Carried::Done(posted)), stage.now).unwrap();
    }
    sent
}

fn waiting(stage: &Stage) -> i64 {
    stage.count("bot.db", "SELECT count(*) FROM outbox")
}

#[test]
fn two_practices_of_two_communities_together_write_to_somebody_once_a_day_and_three_times_a_week() {
    let mut stage = stage();
    for name in ["1", "2", "3", "4", "5"] {
        let (community, practice) =
            if name == "2" || name == "4" { ("Choir", "actions") } else { ("Guild", "icebreakers") };
        nudges(&mut stage, name, community, practice, MONTH);
    }
    // One that is of no use before there is room for it again.
    nudges(&mut stage, "soon", "Choir", "meetings", 3);
    assert_eq!(sent(&mut stage), ["1"]);
    let mut days = Vec::new();
    for _ in 0..9 {
        // At the moment of being sent, and in between, the bot is stopped and started again.
        stage = stage.restart();
        stage.now += HOUR * 24;
        days.push(sent(&mut stage).join(" "));
    }
    // Tuesday and Wednesday fill the week; then it is Monday again.
    assert_eq!(days, ["2", "3", "", "", "", "", "4", "5", ""]);
    assert_eq!(waiting(&stage), 0);
    assert_eq!(stage.count("bot.db", "SELECT count(*) FROM message WHERE key = 'soon'"), 0, "it is never sent");
}

#[test]
fn what_may_not_be_sent_before_it_is_useless_goes_at_once_and_what_comes_after_it_does_not_wait() {
    let mut stage = stage();
    nudges(&mut stage, "1", "Guild", "icebreakers", 3);
    nudges(&mut stage, "2", "Choir", "actions", 3);
    nudges(&mut stage, "3", "Guild", "icebreakers", 48);
    assert_eq!(sent(&mut stage), ["1"]);
    assert_eq!(waiting(&stage), 1, "the second is given up, the third waits for tomorrow");
    stage.now += HOUR * 24 * 3;
    let mut stage = stage.restart();
    assert_eq!(sent(&mut stage), [""; 0], "in the meantime its time has passed");
    assert_eq!(waiting(&stage), 0);
}

#[test]
fn the_week_begins_on_monday_in_the_communitys_own_zone() {
    let mut stage = stage();
    stage.says("lea", "lobby", "!hearth settings community zone Pacific/Auckland");
    stage.says("lea", "lobby", "!hearth settings community nudges-per-person 5");
    // When it is still Sunday elsewhere, it is Monday in New Zealand, where nudges come at ten in the morning.
    stage.now = "2026-10-10T08:00:00Z".parse().unwrap();
    for name in ["1", "2", "3", "4"] {
        nudges(&mut stage, name, "Guild", "icebreakers", MONTH);
    }
    assert_eq!(sent(&mut stage), ["1", "2", "3"]);
    stage.now = "2026-10-11T10:59:00Z".parse().unwrap();
    assert_eq!(sent(&mut stage), [""; 0]);
    stage.now = "2026-10-11T21:00:00Z".parse().unwrap();
    assert_eq!(sent(&mut stage), ["4"]);
}

#[test]
fn a_community_that_allows_less_is_silent_earlier_and_silences_nobody_else() {
    let mut stage = stage();
    stage.says("lea", "lobby", "!hearth settings community nudges-per-person 3");
    nudges(&mut stage, "guild 1", "Guild", "icebreakers", MONTH);
    nudges(&mut stage, "guild 2", "Guild", "actions", MONTH);
    assert_eq!(sent(&mut stage), ["guild 1", "guild 2"]);
    nudges(&mut stage, "choir", "Choir", "actions", MONTH);
    assert_eq!(sent(&mut stage), [""; 0], "the choir allows one a day, whoever sent it");
}

#[test]
fn whoever_is_forgotten_leaves_no_count_of_what_they_were_sent() {
    let mut stage = stage();
    nudges(&mut stage, "1", "Guild", "icebreakers", MONTH);
    assert_eq!(sent(&mut stage), ["1"]);
    assert_eq!(stage.count("bot.db", "SELECT count(*) FROM nudged"), 1);
    stage.tells("ana", "forget-me");
    stage.tells("ana", "forget-me yes");
    assert_eq!(stage.count("bot.db", "SELECT count(*) FROM nudged"), 0);
}

#[test]
fn whoever_wants_quiet_or_is_away_is_written_to_by_nobody_unasked() {
    let mut stage = stage();
    let says = |stage: &mut Stage, change: PersonChange| {
        let mut unit = UnitOfWork::default();
        stage.core.engine.note_person(&user("ana"), change, &mut unit);
        stage.core.finish(unit, stage.now).unwrap();
    };
    says(&mut stage, PersonChange::Quiet(true));
    nudges(&mut stage, "1", "Guild", "icebreakers", 3);
    nudges(&mut stage, "2", "Choir", "actions", MONTH);
    assert_eq!(sent(&mut stage), [""; 0]);
    assert_eq!(waiting(&stage), 0, "they are given up at once, and their practices know");
    let back = stage.now.to_zoned(jiff::tz::TimeZone::UTC).date().tomorrow().unwrap();
    says(&mut stage, PersonChange::Quiet(false));
    says(&mut stage, PersonChange::Away(Some(back)));
    let mut stage = stage.restart();
    nudges(&mut stage, "3", "Guild", "icebreakers", 3);
    nudges(&mut stage, "4", "Choir", "actions", MONTH);
    assert_eq!(sent(&mut stage), [""; 0]);
    assert_eq!(waiting(&stage), 1, "what is of use when she is back waits for her");
    stage.now += HOUR * 24;
    assert_eq!(sent(&mut stage), ["4"]);
}
