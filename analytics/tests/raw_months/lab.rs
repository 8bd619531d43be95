//! A log as one writes it down, in a file as the bot writes it.

use std::{collections::BTreeSet, path::PathBuf};

use hearth_analytics::archive::{self, Archive, Community};
use hearth_shared::activity::{Kind, TOPIC};
use jiff::{Timestamp, tz::TimeZone};
use rusqlite::params;
use tempfile::TempDir;

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
    pub is_topic: bool,
}

/// A log of one community, and an archive beside it.
pub struct Lab {
    dir: TempDir,
    zone: TimeZone,
}

impl Lab {
    /// An empty log whose source knows so much.
    pub fn new(knows: &str, zone: &TimeZone) -> Self {
        let lab = Self { dir: tempfile::tempdir().unwrap(), zone: zone.clone() };
        let db = hearth_log::open(&lab.file()).unwrap();
        db.execute("INSERT INTO community (id, name) VALUES (1, 'Tiny')", ()).unwrap();
        db.execute("INSERT INTO source VALUES (1, 1, 'lab', ?1)", [knows]).unwrap();
        lab
    }

    pub fn write(&self, rows: &[Row]) {
        let mut db = hearth_log::open(&self.file()).unwrap();
        db.pragma_update(None, "synchronous", "OFF").unwrap();
        let db = db.transaction().unwrap();
        let people: BTreeSet<i32> = rows.iter().map(|row| row.person).collect();
        for person in people {
            let insert =
                "INSERT INTO person (id, community, pseudonym, is_bot) VALUES (?1, 1, ?2, ?3) ON CONFLICT DO NOTHING";
            db.execute(insert, params![person, person.to_be_bytes(), person == BOT]).unwrap();
        }
        for Row { id, room, person, kind, ts, reply_to, thread, is_topic } in rows {
            db.execute("INSERT INTO event VALUES (?1, ?2)", params![id, id.to_be_bytes()]).unwrap();
            let insert = "INSERT INTO activity (id, community, source, room, person, kind, ts, reply_to, thread, value)
                          VALUES (?1, 1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
            let value = is_topic.then_some(TOPIC);
            db.execute(insert, params![id, room, person, kind.code(), ts, reply_to, thread, value]).unwrap();
        }
        db.commit().unwrap();
    }

    fn file(&self) -> PathBuf {
        self.dir.path().join("activity.db")
    }

    /// Its facts.
    pub fn facts(&self, now: Timestamp) -> Community {
        archive::without(&self.file(), "Tiny", &self.zone, now).unwrap()
    }

    /// Its facts by way of the archive.
    pub fn kept(&self, now: Timestamp) -> Community {
        let archive = Archive::new(&self.dir.path().join("cache"), "Tiny");
        archive.read(&self.file(), "Tiny", &self.zone, now).unwrap()
    }
}
