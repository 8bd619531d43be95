//! Random logs: what the worker makes of them, month by month and with an archive or without, is what a plain reading of
//! the rules says.

use hearth_analytics::{
    archive::Community,
    raw_months::{self, Terms},
};
use hearth_release::raw::RawMonth;
use hearth_shared::activity::Kind;
use jiff::{Timestamp, tz::TimeZone};
use proptest::prelude::*;

use crate::{
    lab::{BOT, Lab, Row},
    plain::{Plain, PlainMonth},
};

const MINUTE: i64 = 60_000;
const DAY: i64 = 86_400_000;
/// 2023-11-20T00:00:00Z.
const START: i64 = 1_700_438_400_000;
const KNOWS: &str = "replies,threads,reactions,joins,edits";

/// What is done: how long after what was done before, who, where, what, and how far back what it points at lies.
type Deed = (i64, i32, i32, u8, Option<(usize, u8)>);

fn deed() -> impl Strategy<Value = Deed> {
    let after = prop_oneof![
        4 => 0..300 * MINUTE,
        2 => 0..30 * 60 * MINUTE,
        // At the borders of six hours, and of three days.
        1 => prop::sample::select(vec![0, 1, 360 * MINUTE - 1, 360 * MINUTE, 3 * DAY, 3 * DAY + 1]),
        1 => 0..6 * DAY,
    ];
    let kind = prop_oneof![12 => Just(0_u8), 3 => Just(1), 3 => Just(2), 1 => Just(3), 1 => Just(82), 1 => Just(83), 2 => Just(84)];
    (after, 1..16_i32, 1..5_i32, kind, prop::option::weighted(0.4, (1..30_usize, 0..8_u8)))
}

fn rows(deeds: &[Deed]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut ts = START;
    for (id, (after, person, room, kind, target)) in (1..).zip(deeds) {
        let kind = Kind::from_code(i64::from(*kind)).unwrap();
        // Several join together, and a room comes into view with those who are in it.
        ts += if kind == Kind::Join && target.is_some() { 7 } else { *after };
        let person = if kind > Kind::Leave || person % 15 == 0 { BOT } else { *person };
        let room = if kind == Kind::Heartbeat { 0 } else { *room };
        let mut row = Row { id, room, person, kind, ts, reply_to: None, thread: None, is_topic: false };
        if let Some((back, how)) = target.filter(|_| kind <= Kind::Reaction)
            && let Some(other) =
                rows.len().checked_sub(back).and_then(|at| rows.get(at)).filter(|it| it.kind == Kind::Message)
        {
            row.room = if how == 7 { row.room } else { other.room };
            match how {
                _ if kind == Kind::Reaction => row.reply_to = Some(other.id),
                0..3 => row.reply_to = Some(other.id),
                3..5 => (row.thread, row.is_topic) = (other.thread.or(Some(other.id)), other.is_topic),
                5 => (row.thread, row.is_topic) = (Some(100_000 + (id / 20)), true),
                // A root that was lost.
                6 => row.thread = Some(200_000 + id / 20),
                _ => row.reply_to = Some(other.id),
            }
        }
        rows.push(row);
    }
    rows
}

fn plain(month: &RawMonth) -> PlainMonth {
    PlainMonth {
        month: month.month.to_string(),
        scope: month.scope,
        people: [month.posters, month.active.unwrap(), month.messages],
        voices: month.voices,
        origins: [month.new.unwrap(), month.unknown_origin],
        conversations: [month.conversations, month.openers, month.taken, month.taken_openers],
        answer_minutes: month.answer_minutes,
        rooms: [month.rooms_active, month.rooms_shared],
    }
}

fn agree(facts: &Community, rules: &Plain<'_>) {
    let terms = Terms { announcements: rules.announcements.clone(), busy: rules.busy as u32 };
    let told: Vec<PlainMonth> = raw_months::months(facts, &terms).unwrap().iter().map(plain).collect();
    same(&told, &rules.months(None), "all rooms");
    let rooms = raw_months::rooms(facts, &terms).unwrap();
    for room in 1..5 {
        let told: Vec<PlainMonth> = rooms.get(&room).into_iter().flatten().map(plain).collect();
        same(&told, &rules.months(Some(room)), &format!("room {room}"));
    }
    let quarters = raw_months::quarters(facts, &terms).unwrap();
    let quarters: Vec<_> = quarters
        .iter()
        .map(|it| {
            let counts = [it.posters, it.alone, it.newcomers, it.welcome_known, it.welcomed, it.back_known, it.back];
            (counts, it.stayed)
        })
        .collect();
    assert_eq!(quarters, rules.quarters());
    assert_eq!(raw_months::lifetimes(facts, facts.log_end().unwrap()).unwrap(), rules.lifetimes());
}

/// The same, but for the last digits of voices and minutes.
#[track_caller]
fn same(told: &[PlainMonth], expected: &[PlainMonth], what: &str) {
    assert_eq!(told.len(), expected.len(), "{what}");
    let is_near = |one: Option<f64>, other: Option<f64>| {
        one.zip(other).map_or(one == other, |(one, other)| (one - other).abs() <= 1e-12 * other.abs())
    };
    for (one, other) in told.iter().zip(expected) {
        assert!(is_near(one.voices, other.voices), "{what}: {one:?} {other:?}");
        assert!(is_near(one.answer_minutes, other.answer_minutes), "{what}: {one:?} {other:?}");
        let exact = |month: &PlainMonth| {
            (month.month.clone(), month.scope, month.people, month.origins, month.conversations, month.rooms)
        };
        assert_eq!(exact(one), exact(other), "{what}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(6) })]

    #[test]
    fn months_and_quarters_are_what_the_rules_say(
        deeds in prop::collection::vec(deed(), 50..300),
        zone in prop::sample::select(vec!["UTC", "Europe/Berlin", "Pacific/Kiritimati", "America/New_York"]),
        announcements in prop::collection::btree_set(1..5_i32, 0..2),
        busy in 8..60_usize,
        steps in prop::collection::btree_set(1..300_usize, 1..3),
    ) {
        let zone = TimeZone::get(zone).unwrap();
        let rows = rows(&deeds);
        let lab = Lab::new(KNOWS, &zone);
        let mut from = 0;
        for to in steps.into_iter().chain([usize::MAX]) {
            let to = to.min(rows.len());
            lab.write(&rows[from..to]);
            from = to;
            let rules = Plain { rows: &rows[..to], zone: &zone, announcements: &announcements, busy };
            let now = Timestamp::from_millisecond(rows[to - 1].ts + 1).unwrap();
            agree(&lab.kept(now), &rules);
            agree(&lab.facts(now), &rules);
        }
    }
}
