//! Small logs for tests: rows as one writes them down, in a file as the bot writes it.

use std::collections::{BTreeMap, BTreeSet};

use hearth_shared::{
    activity::{Capabilities, Kind},
    month::Month,
};
use jiff::{Timestamp, tz::TimeZone};
use polars::prelude::*;
use rusqlite::params;

use crate::{
    archive::{self, Community},
    assembly, calendar,
    facts::Practices,
    history::History,
    read_plan::ReadPlan,
};

/// The one who is a bot.
pub const BOT: i32 = 9_999;

/// One act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    pub id: i32,
    pub room: i32,
    pub person: i32,
    pub kind: Kind,
    pub ts: i64,
    pub reply_to: Option<i32>,
    pub thread: Option<i32>,
}

/// One act of a practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PracticeAct {
    pub id: i64,
    pub room: i32,
    pub person: Option<i32>,
    pub kind: Kind,
    pub ts: i64,
    pub reply_to: Option<i64>,
    pub thread: Option<i64>,
    pub value: Option<i64>,
}

/// What these acts come to at the ends of months.
pub fn practices(acts: &[PracticeAct], months: &[&str]) -> Practices {
    fn each<T>(acts: &[PracticeAct], of: impl Fn(&PracticeAct) -> T) -> Vec<T> {
        acts.iter().map(of).collect()
    }
    let table = df!(
        "month" => each(acts, |act| calendar::month_of(act.ts, &TimeZone::UTC).unwrap().ordinal()),
        "id" => each(acts, |act| act.id),
        "room" => each(acts, |act| act.room),
        "person" => each(acts, |act| act.person),
        "kind" => each(acts, |act| act.kind as u8),
        "ts" => each(acts, |act| act.ts),
        "reply_to" => each(acts, |act| act.reply_to),
        "thread" => each(acts, |act| act.thread),
        "value" => each(acts, |act| act.value),
    );
    let months: Vec<Month> = months.iter().map(|month| month.parse().unwrap()).collect();
    Practices::of(&table.unwrap(), &months, &TimeZone::UTC).unwrap()
}

/// A log of one community, `Tiny`.
#[derive(Clone, Debug)]
pub struct Lab {
    pub rows: Vec<Row>,
    pub acts: Vec<PracticeAct>,
    pub knows: Capabilities,
    pub room_names: BTreeMap<i32, String>,
}

impl Lab {
    /// These rows, from a source that knows everything.
    pub fn of(rows: Vec<Row>) -> Self {
        Self { rows, acts: Vec::new(), knows: Capabilities::all(), room_names: BTreeMap::new() }
    }

    /// Its facts, by way of a file.
    pub fn community(&self, now: Timestamp) -> Community {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("activity.db");
        let mut db = hearth_log::open(&path).unwrap();
        db.pragma_update(None, "synchronous", "OFF").unwrap();
        let db = db.transaction().unwrap();
        db.execute("INSERT INTO community (id, name) VALUES (1, 'Tiny')", ()).unwrap();
        db.execute("INSERT INTO source VALUES (1, 1, 'lab', ?1)", [self.knows.to_string()]).unwrap();
        for (room, name) in &self.room_names {
            db.execute("INSERT INTO room (id, community, external, name) VALUES (?1, 1, ?1, ?2)", params![room, name])
                .unwrap();
        }
        let acting = self.acts.iter().filter_map(|act| act.person);
        let people: BTreeSet<i32> = self.rows.iter().map(|row| row.person).chain(acting).chain([BOT]).collect();
        for person in people {
            let row = params![person, person.to_be_bytes(), person == BOT];
            db.execute("INSERT INTO person (id, community, pseudonym, is_bot) VALUES (?1, 1, ?2, ?3)", row).unwrap();
        }
        let insert = "INSERT INTO activity (id, community, source, room, person, kind, ts, reply_to, thread, value)
                      VALUES (?1, 1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let none: Option<i64> = None;
        for row in &self.rows {
            let Row { id, room, person, kind, ts, reply_to, thread } = *row;
            db.execute(insert, params![id, room, person, kind.code(), ts, reply_to, thread, none]).unwrap();
        }
        for act in &self.acts {
            let PracticeAct { id, room, person, kind, ts, reply_to, thread, value } = *act;
            let person = person.unwrap_or(BOT);
            db.execute(insert, params![id, room, person, kind.code(), ts, reply_to, thread, value]).unwrap();
        }
        db.commit().unwrap();
        archive::without(&path, "Tiny", &TimeZone::UTC, now).unwrap()
    }
}

/// The months of a community up to one.
pub fn history(community: &Community, last: &str, now: Timestamp) -> (History, ReadPlan) {
    let last = last.parse().unwrap();
    let (first, _) = community.months().unwrap();
    let months = (0..).map_while(|age| first.plus(age).filter(|month| *month <= last)).collect();
    let plan = ReadPlan::months(months);
    (assembly::history(community, &plan, now).unwrap().unwrap(), plan)
}
