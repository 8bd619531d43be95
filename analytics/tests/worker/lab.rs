//! A log on disk, and the worker as a process that reads it.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use hearth_shared::{activity::Kind, month::Month};
use jiff::{Timestamp, tz::TimeZone};
use rusqlite::{Connection, params};
use serde_json::Value;
use tempfile::TempDir;

pub const ALL: &str = "replies,threads,reactions,joins,edits";

const DAY: i64 = 86_400_000;
const BOT: i64 = 1;

pub struct Lab {
    pub dir: TempDir,
}

impl Lab {
    /// A log of `people` people who each write `1 + person % 7` messages a month for `months` months from 2024-01, in two
    /// rooms, every second one an answer to the one before; person 1 is a bot, person 2 opted out. It ends in the last of
    /// these months, which is therefore not due.
    pub fn new(people: i64, months: i32, capabilities: &str) -> Self {
        Self::of(people, months, capabilities, |person, _| 1 + person % 7)
    }

    /// The same, where a person writes `count` messages in each month, given their number and the month's.
    pub fn of(people: i64, months: i32, capabilities: &str, count: impl Fn(i64, i32) -> i64) -> Self {
        let lab = Self { dir: tempfile::tempdir().unwrap() };
        let mut db = hearth_log::open(&lab.db()).unwrap();
        db.pragma_update(None, "synchronous", "OFF").unwrap();
        let db = db.transaction().unwrap();
        db.execute("INSERT INTO community (id, name) VALUES (1, 'Testers'), (2, 'Others')", ()).unwrap();
        db.execute("INSERT INTO source VALUES (1, 1, 'lab', ?1)", [capabilities]).unwrap();
        let rooms = "INSERT INTO room (id, community, external, name) VALUES (1, 1, 'a', 'a'), (2, 1, 'b', 'b')";
        db.execute(rooms, ()).unwrap();
        for person in 1..=people {
            let row = params![person, [person as u8; 16], person == BOT, person == 2];
            let insert = "INSERT INTO person (id, community, pseudonym, is_bot, opted_out) VALUES (?1, 1, ?2, ?3, ?4)";
            db.execute(insert, row).unwrap();
        }
        let mut id = 0;
        let mut insert = db
            .prepare("INSERT INTO activity (id, community, source, room, person, kind, ts, reply_to) VALUES (?1, 1, 1, ?2, ?3, 0, ?4, ?5)")
            .unwrap();
        for month in 0..months {
            let (start, _) = first().plus(month).unwrap().bounds(&TimeZone::UTC);
            for person in 1..=people {
                for message in 0..count(person, month) {
                    id += 1;
                    let ts = start + (message % 7 * 3 + person % 3) * DAY + person * 60_000 + message / 7 * 50_000;
                    let reply_to = (id % 2 == 0).then(|| id - 1);
                    insert.execute(params![id, person % 2 + 1, person, ts, reply_to]).unwrap();
                }
            }
        }
        drop(insert);
        db.commit().unwrap();
        lab
    }

    /// The log goes on to this time: the bot says that it is there.
    pub fn goes_on_to(&self, time: &str) {
        self.beats(&[time.parse().unwrap()]);
    }

    /// The bot says at these times that it is there.
    pub fn beats(&self, times: &[Timestamp]) {
        let mut db = self.open();
        let transaction = db.transaction().unwrap();
        let insert = "INSERT INTO activity (community, source, room, person, kind, ts) VALUES (1, 1, 0, ?1, ?2, ?3)";
        for time in times {
            let row = params![BOT, Kind::Heartbeat.code(), time.as_millisecond()];
            transaction.execute(insert, row).unwrap();
        }
        transaction.commit().unwrap();
    }

    pub fn open(&self) -> Connection {
        Connection::open(self.db()).unwrap()
    }

    pub fn db(&self) -> PathBuf {
        self.dir.path().join("activity.db")
    }

    pub fn out(&self) -> PathBuf {
        self.dir.path().join("reports")
    }

    /// What is worked out once need not be again.
    fn cache(&self) -> String {
        self.dir.path().join("cache").to_str().unwrap().to_owned()
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hearth-analytics"));
        command.arg(arguments[0]).arg("--db").arg(self.db()).args(&arguments[1..]).output().unwrap()
    }

    pub fn measured(&self, arguments: &[&str]) -> Value {
        let cache = self.cache();
        let output = self.run(&[&["measure", "--community", "Testers", "--cache", &cache], arguments].concat());
        assert!(output.status.success(), "{}", said(&output));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// `report` into [`Lab::out`].
    pub fn reported(&self, arguments: &[&str]) -> Output {
        let (out, cache) = (self.out(), self.cache());
        let fixed = ["report", "--community", "Testers", "--cache", &cache, "--out", out.to_str().unwrap()];
        self.run(&[&fixed, arguments].concat())
    }

    /// What it prints, line by line, where it succeeds.
    pub fn reports(&self, arguments: &[&str]) -> Vec<String> {
        let output = self.reported(arguments);
        assert!(output.status.success(), "{}", said(&output));
        String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
    }

    /// The files of releases, by the months in their names.
    pub fn kept(&self) -> BTreeMap<String, Vec<u8>> {
        let Ok(entries) = fs::read_dir(self.out().join("releases")) else { return BTreeMap::new() };
        let named = entries.filter_map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name()?.to_str()?.strip_suffix(".json")?.to_owned();
            Some((name, fs::read(path).unwrap()))
        });
        named.collect()
    }

    /// What is said when it cannot be done.
    pub fn refusal(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert!(output.stdout.is_empty());
        said(&output)
    }
}

/// 2024-01.
pub fn first() -> Month {
    "2024-01".parse().unwrap()
}

pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The one sentence with which something is refused.
#[track_caller]
pub fn refused(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{}", said(output));
    assert!(output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!(said(output).trim().lines().count(), 1, "{}", said(output));
    said(output)
}

/// Every file below a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}
