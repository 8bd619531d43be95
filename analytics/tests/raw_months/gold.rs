//! Logs written down by hand, and what a reference implementation of the rules, in another language, makes of them.
//!
//! In `testdata/raw_months` are a table of acts (`.csv`) and beside it the values (`.json`), under several conditions: with
//! rooms for announcements or without, with two accounts of one person or one, where reactions or joins are not known,
//! where fewer messages make a room busy, and where the log ends earlier.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use hearth_analytics::raw_months::{self, Terms};
use hearth_release::raw::{RawMonth, RawQuarter};
use hearth_shared::activity::Kind;
use jiff::{Timestamp, tz::TimeZone};
use serde::Deserialize;

use crate::lab::{BOT, Lab, Row};

/// What a log comes to under one condition.
#[derive(Deserialize)]
struct Expected {
    announcements: Vec<String>,
    people: BTreeMap<String, String>,
    knows: String,
    busy: u32,
    until: Option<i64>,
    months: Vec<Month>,
    quarters: Vec<Quarter>,
    lifetimes: Vec<(f64, bool)>,
}

#[derive(Deserialize)]
struct Month {
    month: String,
    scope: u64,
    posters: u64,
    active: Option<u64>,
    messages: u64,
    voices: Option<f64>,
    new: Option<u64>,
    unknown_origin: u64,
    conversations: u64,
    openers: u64,
    taken: u64,
    taken_openers: u64,
    answer_minutes: Option<f64>,
    rooms_active: u64,
    rooms_shared: u64,
}

#[derive(Deserialize)]
struct Quarter {
    quarter: String,
    posters: u64,
    alone: u64,
    stayed: Option<u64>,
    newcomers: u64,
    welcome_known: u64,
    welcomed: u64,
    back_known: u64,
    back: u64,
}

/// Whether two numbers agree to 12 significant digits.
fn is_close(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-12 * other.abs().max(1e-3)
}

fn are_close(one: Option<f64>, other: Option<f64>) -> bool {
    one.zip(other).map_or(one == other, |(one, other)| is_close(one, other))
}

#[track_caller]
fn same_month(found: &RawMonth, expected: &Month, what: &str) {
    let Month { voices, answer_minutes, .. } = *expected;
    assert!(are_close(found.voices, voices), "{what} {}: {:?} {voices:?}", found.month, found.voices);
    let minutes = found.answer_minutes;
    assert!(are_close(minutes, answer_minutes), "{what} {}: {minutes:?} {answer_minutes:?}", found.month);
    let expected = RawMonth {
        month: expected.month.parse().unwrap(),
        scope: expected.scope,
        posters: expected.posters,
        active: expected.active,
        messages: expected.messages,
        voices: found.voices,
        new: expected.new,
        unknown_origin: expected.unknown_origin,
        conversations: expected.conversations,
        openers: expected.openers,
        taken: expected.taken,
        taken_openers: expected.taken_openers,
        answer_minutes: found.answer_minutes,
        rooms_active: expected.rooms_active,
        rooms_shared: expected.rooms_shared,
    };
    assert_eq!(*found, expected, "{what}");
}

#[track_caller]
fn same_quarter(found: &RawQuarter, expected: &Quarter, what: &str) {
    assert_eq!(found.quarter.to_string(), expected.quarter);
    let expected = RawQuarter {
        quarter: found.quarter,
        posters: expected.posters,
        alone: expected.alone,
        stayed: expected.stayed,
        newcomers: expected.newcomers,
        welcome_known: expected.welcome_known,
        welcomed: expected.welcomed,
        back_known: expected.back_known,
        back: expected.back,
    };
    assert_eq!(*found, expected, "{what} {}", found.quarter);
}

/// The rows of a table up to a time, and the numbers of rooms. Of one instant, rows come in the order of their events.
fn rows(table: &str, people: &BTreeMap<String, String>, until: Option<i64>) -> (Vec<Row>, BTreeMap<String, i32>) {
    let mut lines: Vec<(i64, Vec<&str>)> = table
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let ts = cells[0].parse().unwrap_or_else(|_| cells[0].parse::<Timestamp>().unwrap().as_millisecond());
            (ts, cells)
        })
        .filter(|(ts, _)| until.is_none_or(|until| *ts <= until))
        .collect();
    lines.sort_by_key(|(ts, cells)| (*ts, cells[2]));
    let number = |names: &mut BTreeMap<String, i32>, name: &str| -> i32 {
        let next = names.len() as i32 + 1;
        *names.entry(name.to_owned()).or_insert(next)
    };
    let (mut ids, mut numbers, mut rooms) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (_, cells) in &lines {
        number(&mut ids, cells[2]);
    }
    let told = lines.iter().map(|(ts, cells)| {
        let [_, room, event, sender, kind, reply_to, thread, is_bot] = cells[..].try_into().unwrap();
        let mut id = |name: &str| (!name.is_empty()).then(|| number(&mut ids, name));
        let sender = people.get(sender).map_or(sender, String::as_str);
        Row {
            id: id(event).unwrap(),
            room: if room.is_empty() { 0 } else { number(&mut rooms, room) },
            person: if is_bot == "1" || sender.is_empty() { BOT } else { number(&mut numbers, sender) },
            kind: match kind {
                "message" => Kind::Message,
                "reaction" => Kind::Reaction,
                "join" => Kind::Join,
                "leave" => Kind::Leave,
                "prompt" => Kind::PromptPosted,
                "adopted" => Kind::RoomAdopted,
                "heartbeat" => Kind::Heartbeat,
                other => panic!("{other}"),
            },
            ts: *ts,
            reply_to: id(reply_to),
            thread: id(thread),
            is_topic: thread.starts_with("topic:"),
        }
    });
    (told.collect(), rooms)
}

fn agrees(table: &Path) -> usize {
    let values: BTreeMap<String, Expected> =
        serde_json::from_slice(&fs::read(table.with_extension("json")).unwrap()).unwrap();
    let table = fs::read_to_string(table).unwrap();
    for (condition, expected) in &values {
        let (rows, rooms) = rows(&table, &expected.people, expected.until);
        let lab = Lab::new(&expected.knows, &TimeZone::UTC);
        lab.write(&rows);
        let now = Timestamp::from_millisecond(rows.iter().map(|row| row.ts).max().unwrap() + 1).unwrap();
        let announcements: BTreeSet<i32> = expected.announcements.iter().map(|name| rooms[name]).collect();
        let terms = Terms { announcements, busy: expected.busy };
        // One condition is enough to see that the archive changes nothing.
        let kept = if expected.until.is_some() { vec![lab.kept(now), lab.kept(now)] } else { Vec::new() };
        for facts in [lab.facts(now)].into_iter().chain(kept) {
            let months = raw_months::months(&facts, &terms).unwrap();
            assert_eq!(months.len(), expected.months.len(), "{condition}");
            months.iter().zip(&expected.months).for_each(|(found, expected)| same_month(found, expected, condition));
            let quarters = raw_months::quarters(&facts, &terms).unwrap();
            assert_eq!(quarters.len(), expected.quarters.len(), "{condition}");
            let pairs = quarters.iter().zip(&expected.quarters);
            pairs.for_each(|(found, expected)| same_quarter(found, expected, condition));
            let mut lifetimes = raw_months::lifetimes(&facts, facts.log_end().unwrap()).unwrap();
            lifetimes.sort_by(|one, other| one.0.total_cmp(&other.0));
            assert_eq!(lifetimes.len(), expected.lifetimes.len(), "{condition}");
            for (found, expected) in lifetimes.iter().zip(&expected.lifetimes) {
                assert!(is_close(found.0, expected.0) && found.1 == expected.1, "{condition}: {found:?} {expected:?}");
            }
        }
    }
    values.len()
}

#[test]
fn months_quarters_and_lifetimes_agree_with_the_reference() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/raw_months");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let tables: Vec<_> = files.filter(|path| path.extension().is_some_and(|it| it == "csv")).collect();
    for table in &tables {
        let conditions = agrees(table);
        println!("{} agrees under {conditions} conditions", table.display());
        assert!(conditions >= 1);
    }
    assert!(!tables.is_empty());
}
