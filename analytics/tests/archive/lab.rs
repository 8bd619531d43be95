//! A log of two communities beside an archive, and what people do in it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use hearth_analytics::{
    archive::{self, Archive, Community},
    facts::Table,
};
use hearth_shared::activity::TOPIC;
use jiff::{Timestamp, tz::TimeZone};
use proptest::prelude::*;
use rusqlite::{Connection, params};
use strum::IntoEnumIterator as _;
use tempfile::TempDir;

pub const DAY: i64 = 86_400_000;
/// 2024-01-01T00:00:00Z.
pub const START: i64 = 1_704_067_200_000;
pub const BOT: i64 = 1;

/// What somebody does: who, in which room, what, on which day, what it answers, in which thread.
pub type Deed = (i64, i64, i64, i64, Option<i64>, Option<i64>);

pub fn deed() -> impl Strategy<Value = Deed> {
    let near = prop::option::weighted(0.4, 1..150_i64);
    (
        1..14_i64,
        1..4_i64,
        prop_oneof![
            5 => Just(0), 2 => Just(1), 1 => Just(2), 1 => Just(3), 1 => Just(20), 1 => Just(40), 1 => Just(41),
            1 => Just(82), 1 => Just(83), 2 => Just(84)
        ],
        0..130_i64,
        near.clone(),
        near,
    )
}

pub struct Lab {
    pub dir: TempDir,
    pub db: Connection,
    pub next: i64,
}

impl Lab {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let db = begin(dir.path());
        Self { dir, db, next: 1 }
    }

    pub fn write(&mut self, deeds: &[Deed]) {
        self.write_in(1, deeds);
    }

    pub fn write_in(&mut self, community: i64, deeds: &[Deed]) {
        for deed in deeds {
            write(&self.db, "ours", community, self.next, deed);
            self.next += 1;
        }
    }

    pub fn file(&self) -> PathBuf {
        self.dir.path().join("activity.db")
    }

    pub fn folder(&self) -> PathBuf {
        self.dir.path().join("cache")
    }

    /// The facts by way of the archive, which are those without it.
    pub fn agrees(&self, now: Timestamp) {
        self.agrees_for("Test/ers", &TimeZone::UTC, now);
    }

    pub fn agrees_for(&self, community: &str, zone: &TimeZone, now: Timestamp) {
        let kept = Archive::new(&self.folder(), community).read(&self.file(), community, zone, now).unwrap();
        let plain = archive::without(&self.file(), community, zone, now).unwrap();
        same(&kept, &plain, now);
    }

    /// The files of a table, a month each.
    pub fn parts(&self) -> Vec<PathBuf> {
        let community = self.folder().join("community=Test%2Fers");
        let months = fs::read_dir(community).unwrap().map(|entry| entry.unwrap().path());
        let mut parts: Vec<PathBuf> =
            months.map(|month| month.join("activity.parquet")).filter(|part| part.exists()).collect();
        parts.sort();
        parts
    }
}

/// Two communities have the same facts.
#[track_caller]
pub fn same(one: &Community, other: &Community, now: Timestamp) {
    assert_eq!(one.about, other.about);
    assert_eq!(one.months(), other.months());
    for table in Table::iter() {
        // Within a month each table has an order of its own.
        let [one, other] = [one, other].map(|it| it.table(table).collect().unwrap());
        assert_eq!(one.shape(), other.shape(), "{table:?} at {now}");
        for (one, other) in one.columns().iter().zip(other.columns()) {
            let [one, other] = [one, other].map(|column| {
                let cells = (0..column.len()).map(|row| column.get(row).unwrap().to_string());
                cells.collect::<Vec<_>>()
            });
            assert_eq!(one, other, "{table:?} at {now}");
        }
    }
}

/// A log of two communities, without acts.
pub fn begin(dir: &Path) -> Connection {
    let db = hearth_log::open(&dir.join("activity.db")).unwrap();
    db.pragma_update(None, "synchronous", "OFF").unwrap();
    for (community, name) in [(1, "Test/ers"), (2, "Others")] {
        db.execute("INSERT INTO community (id, name) VALUES (?1, ?2)", params![community, name]).unwrap();
        let knows = "replies,threads,reactions,joins,edits";
        db.execute("INSERT INTO source VALUES (?1, ?1, 'lab', ?2)", params![community, knows]).unwrap();
        for person in 1..14_i64 {
            let row = params![100 * (community - 1) + person, community, [person as u8; 16], person == BOT];
            db.execute("INSERT INTO person (id, community, pseudonym, is_bot) VALUES (?1, ?2, ?3, ?4)", row).unwrap();
        }
    }
    db
}

pub fn write(db: &Connection, log: &str, community: i64, id: i64, (person, room, kind, day, reply_to, thread): &Deed) {
    db.execute("INSERT INTO event VALUES (?1, ?2)", params![id, format!("{log}{id}").into_bytes()]).unwrap();
    let person = 100 * (community - 1) + person;
    let ts = START + day * DAY + id * 1000;
    // Some threads are topics.
    let value = thread.filter(|thread| *kind == 0 && thread % 5 == 0).map(|_| TOPIC);
    db.execute(
        "INSERT INTO activity (id, community, source, room, person, kind, ts, reply_to, thread, value)
         VALUES (?1, ?2, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![id, community, room, person, kind, ts, reply_to, thread, value],
    )
    .unwrap();
}

pub fn day(day: i64) -> Timestamp {
    Timestamp::from_millisecond(START + day * DAY + 3_600_000).unwrap()
}
