//! The cache of closed months: with it and without it, the log and its reports are the same, whatever happens to it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use hearth_analytics::{cache::Cache, history::History, load, log::Log, publish, rooms::RoomLogs, view::View};
use hearth_shared::{activity, lock};
use jiff::{Timestamp, tz::TimeZone};
use proptest::prelude::*;
use rusqlite::{Connection, params};
use tempfile::TempDir;

const DAY: i64 = 86_400_000;
/// 2024-01-01T00:00:00Z.
const START: i64 = 1_704_067_200_000;
const BOT: i64 = 1;

/// What somebody does: who, in which room, what, on which day, what it answers, in which thread.
type Deed = (i64, i64, i64, i64, Option<i64>, Option<i64>);

fn deed() -> impl Strategy<Value = Deed> {
    let near = prop::option::weighted(0.4, 1..150_i64);
    (
        1..14_i64,
        1..4_i64,
        prop_oneof![5 => Just(0), 2 => Just(1), 1 => Just(2), 1 => Just(3), 1 => Just(20), 1 => Just(40), 1 => Just(41)],
        0..130_i64,
        near.clone(),
        near,
    )
}

struct Lab {
    dir: TempDir,
    db: Connection,
    next: i64,
}

impl Lab {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let db = begin(dir.path());
        Self { dir, db, next: 1 }
    }

    fn write(&mut self, deeds: &[Deed]) {
        self.write_in(1, deeds);
    }

    fn write_in(&mut self, community: i64, deeds: &[Deed]) {
        for deed in deeds {
            write(&self.db, "ours", community, self.next, deed);
            self.next += 1;
        }
    }

    fn file(&self) -> PathBuf {
        self.dir.path().join("activity.db")
    }

    fn folder(&self) -> PathBuf {
        self.dir.path().join("cache")
    }

    /// The log by way of the cache, which is that without it.
    fn agrees(&self, now: Timestamp) {
        self.agrees_for("Test/ers", &TimeZone::UTC, now);
    }

    fn agrees_for(&self, community: &str, zone: &TimeZone, now: Timestamp) {
        let cached = Cache::new(&self.folder(), community).load(&self.file(), community, zone, now).unwrap();
        let plain = load::load(&self.file(), community, now).unwrap();
        assert_eq!(cached.id, plain.id);
        assert_eq!(cached.ts, plain.ts);
        assert_eq!(cached.kind, plain.kind);
        assert_eq!((cached.source, cached.room, cached.person), (plain.source, plain.room, plain.person));
        assert_eq!((cached.reply_to, cached.thread), (plain.reply_to, plain.thread));
        assert_eq!(cached.reply_person, plain.reply_person);
        assert_eq!(cached.first_in_thread, plain.first_in_thread);
        assert_eq!(cached.practices, plain.practices);
        assert_eq!((cached.sources, cached.room_names), (plain.sources, plain.room_names));
    }

    fn parts(&self) -> Vec<PathBuf> {
        let community = self.folder().join("community=Test%2Fers");
        let months = fs::read_dir(community).unwrap().map(|entry| entry.unwrap().path());
        let mut parts: Vec<PathBuf> =
            months.map(|month| month.join("part.parquet")).filter(|part| part.exists()).collect();
        parts.sort();
        parts
    }
}

/// A log of two communities, without acts.
fn begin(dir: &Path) -> Connection {
    let db = activity::open(&dir.join("activity.db")).unwrap();
    db.pragma_update(None, "synchronous", "OFF").unwrap();
    for (community, name) in [(1, "Test/ers"), (2, "Others")] {
        db.execute("INSERT INTO community VALUES (?1, ?2)", params![community, name]).unwrap();
        let knows = "replies,threads,reactions,joins,edits";
        db.execute("INSERT INTO source VALUES (?1, ?1, 'lab', ?2)", params![community, knows]).unwrap();
        for person in 1..14_i64 {
            let row = params![100 * (community - 1) + person, community, [person as u8; 16], person == BOT];
            db.execute("INSERT INTO person (id, community, pseudonym, is_bot) VALUES (?1, ?2, ?3, ?4)", row).unwrap();
        }
    }
    db
}

fn write(db: &Connection, log: &str, community: i64, id: i64, (person, room, kind, day, reply_to, thread): &Deed) {
    db.execute("INSERT INTO event VALUES (?1, ?2)", params![id, format!("{log}{id}").into_bytes()]).unwrap();
    let person = 100 * (community - 1) + person;
    let ts = START + day * DAY + id * 1000;
    db.execute(
        "INSERT INTO activity (id, community, source, room, person, kind, ts, reply_to, thread)
         VALUES (?1, ?2, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![id, community, room, person, kind, ts, reply_to, thread],
    )
    .unwrap();
}

fn day(day: i64) -> Timestamp {
    Timestamp::from_millisecond(START + day * DAY + 3_600_000).unwrap()
}

fn reports(log: &Log, zone: &TimeZone, now: Timestamp) -> Vec<String> {
    let last = hearth_shared::month::Month::of(now, zone);
    let history = History::new(log, zone.clone(), last, now).unwrap();
    let views = View::all(&history);
    let logs = RoomLogs::of(log);
    let rooms = logs.histories(&history, now).unwrap();
    let rooms = rooms.views();
    let report = |index| publish::report(&views, index, &rooms, "UTC", None).unwrap();
    let report = |index| serde_json::to_string(&report(index)).unwrap();
    (0..views.len()).map(report).collect()
}

/// Everything below, files only.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) })]

    #[test]
    fn a_log_by_way_of_the_cache_is_the_log(
        deeds in prop::collection::vec(deed(), 1..100),
        later in prop::collection::vec(deed(), 0..40),
        forgotten in 2..14_i64,
        opted_out in 2..14_i64,
    ) {
        let mut lab = Lab::new();
        lab.write(&deeds);
        // Made, used, and grown by a month and by two.
        for today in [70, 70, 95, 135] {
            lab.agrees(day(today));
        }
        // Older rows come late, as a backfill writes them.
        lab.write(&later);
        lab.agrees(day(135));
        lab.agrees(day(165));
        // Somebody opts out; somebody is erased.
        lab.db.execute("UPDATE person SET opted_out = 1 WHERE id = ?1", [opted_out]).unwrap();
        lab.agrees(day(165));
        lab.db.execute("DELETE FROM activity WHERE person = ?1", [forgotten]).unwrap();
        lab.db.execute("UPDATE state SET erasure_epoch = erasure_epoch + 1", ()).unwrap();
        lab.agrees(day(166));
        // The clock goes back.
        lab.agrees(day(40));
    }
}

#[test]
fn reports_by_way_of_the_cache_are_the_reports() {
    let (lab, zone) = (busy(), TimeZone::get("America/New_York").unwrap());
    let plain = load::load(&lab.file(), "Test/ers", day(130)).unwrap();
    for _ in 0..2 {
        let cache = Cache::new(&lab.folder(), "Test/ers");
        let cached = cache.load(&lab.file(), "Test/ers", &zone, day(130)).unwrap();
        assert_eq!(reports(&cached, &zone, day(130)), reports(&plain, &zone, day(130)));
    }
}

fn busy() -> Lab {
    let mut lab = Lab::new();
    let deeds: Vec<Deed> =
        (0..300).map(|at| (2 + at % 12, 1 + at % 3, i64::from(at % 5 == 0), at % 120, None, None)).collect();
    lab.write(&deeds);
    lab
}

#[test]
fn whoever_is_erased_is_in_no_file_after_the_next_run() {
    let lab = busy();
    lab.agrees(day(130));
    let holds = |person: i32| {
        lab.parts().iter().any(|part| {
            let table = hearth_analytics::columns::Table::open(fs::read(part).unwrap()).unwrap();
            table.int("person").unwrap().contains(&person)
        })
    };
    assert!(holds(5));
    lab.db.execute("DELETE FROM activity WHERE person = 5", ()).unwrap();
    lab.db.execute("UPDATE state SET erasure_epoch = erasure_epoch + 1", ()).unwrap();
    lab.agrees(day(130));
    assert!(!holds(5) && holds(6));
}

#[test]
fn a_file_that_is_not_as_it_was_written_is_made_again() {
    let lab = busy();
    lab.agrees(day(130));
    let parts = lab.parts();
    assert_eq!(parts.len(), 4);
    let whole = fs::read(&parts[1]).unwrap();
    let mut flipped = whole.clone();
    flipped[100] ^= 1;
    for broken in
        [flipped, whole[..whole.len() / 2].to_vec(), b"of somebody else".to_vec(), fs::read(&parts[0]).unwrap()]
    {
        fs::write(&parts[1], broken).unwrap();
        lab.agrees(day(130));
        assert_eq!(fs::read(&parts[1]).unwrap(), whole);
    }
    fs::remove_file(&parts[2]).unwrap();
    lab.agrees(day(130));
    for manifest in ["", "{}", "[1, 2]"] {
        fs::write(lab.folder().join("community=Test%2Fers/_manifest.json"), manifest).unwrap();
        lab.agrees(day(130));
    }
}

#[test]
fn another_zone_makes_other_months() {
    let lab = busy();
    let months = |zone: &str| {
        lab.agrees_for("Test/ers", &TimeZone::get(zone).unwrap(), day(130));
        lab.parts().iter().map(|part| fs::read(part).unwrap()).collect::<Vec<_>>()
    };
    // Where it is still yesterday; New York's clocks change in March.
    let utc = months("UTC");
    assert!(months("America/New_York") != utc && months("Pacific/Pago_Pago") != utc);
    assert_eq!(months("UTC"), utc);
}

#[test]
fn two_communities_of_one_log_do_not_meet() {
    let mut lab = busy();
    lab.write_in(2, &[(4, 7, 0, 20, None, None), (5, 7, 0, 50, Some(2), None), (4, 7, 0, 60, None, Some(3))]);
    for today in [70, 95, 130] {
        lab.agrees(day(today));
        lab.agrees_for("Others", &TimeZone::UTC, day(today));
    }
    let others = lab.folder().join("community=Others");
    assert_eq!(files(&others).iter().filter(|file| file.ends_with("part.parquet")).count(), 3);
    // What one of them does late makes nothing of the other wrong.
    lab.write_in(2, &[(6, 7, 0, 30, None, None)]);
    lab.agrees(day(131));
    lab.agrees_for("Others", &TimeZone::UTC, day(131));
}

#[test]
fn what_a_closed_month_points_at_may_be_written_later() {
    let mut lab = Lab::new();
    // A thread whose root (row 13) is not there yet, an answer to it (clocks differ), and enough people around.
    let mut deeds: Vec<Deed> = (2..13).map(|person| (person, 1, 0, 10, None, None)).collect();
    deeds.push((3, 1, 0, 40, Some(13), Some(13)));
    lab.write(&deeds);
    lab.agrees(day(65));
    lab.write(&[(5, 1, 0, 62, None, None)]);
    for today in [65, 66, 95] {
        lab.agrees(day(today));
    }
    // The same of somebody who is not counted.
    lab.write(&[(4, 1, 0, 85, None, Some(16)), (6, 1, 0, 86, None, None)]);
    lab.agrees(day(100));
    lab.write(&[(BOT, 1, 0, 101, None, None)]);
    lab.agrees(day(102));
    lab.agrees(day(140));
}

#[test]
fn another_log_of_the_same_size_is_not_taken_for_this_one() {
    let lab = busy();
    lab.agrees(day(130));
    drop(lab.db);
    for file in ["activity.db", "activity.db-wal", "activity.db-shm"] {
        let _ = fs::remove_file(lab.dir.path().join(file));
    }
    let db = begin(lab.dir.path());
    for (at, id) in (0..300).zip(1..) {
        write(&db, "another", 1, id, &(2 + at % 12, 1 + at % 2, 0, at % 120, None, None));
    }
    Lab { dir: lab.dir, db, next: 301 }.agrees(day(130));
}

#[test]
fn while_another_program_writes_the_cache_the_log_is_read_and_nothing_written() {
    let mut lab = busy();
    let reports = |lab: &Lab| {
        lab.agrees(day(130));
        files(&lab.folder()).iter().map(|file| fs::read(file).unwrap()).collect::<Vec<_>>()
    };
    let locks = lab.folder().join("_locks/community=Test%2Fers");
    fs::create_dir_all(&locks).unwrap();
    let held = lock::take(&locks).unwrap();
    assert_eq!(reports(&lab), [b""], "the lock alone");
    drop(held);
    let made = reports(&lab);
    assert!(made.len() > 8);
    let _held = lock::take(&locks).unwrap();
    lab.write(&[(4, 1, 0, 20, None, None)]);
    assert_eq!(reports(&lab), made);
}

#[test]
fn an_interrupted_write_leaves_no_half_file_and_is_not_trusted() {
    let lab = busy();
    lab.agrees(day(130));
    // A run that stopped before its last file: the months are there, the manifest is not; and one was being written.
    fs::remove_file(lab.folder().join("community=Test%2Fers/_manifest.json")).unwrap();
    fs::write(lab.parts()[0].with_file_name("_new"), b"half").unwrap();
    lab.agrees(day(130));
    assert!(files(&lab.folder()).iter().all(|file| !file.ends_with("_new")));
    // Where the cache cannot be written, that is said, and nothing is left of it.
    let blocked = lab.dir.path().join("blocked");
    fs::write(&blocked, b"a file").unwrap();
    let said = Cache::new(&blocked, "Test/ers").load(&lab.file(), "Test/ers", &TimeZone::UTC, day(130)).unwrap_err();
    assert!(said.to_string().contains("--cache"), "{said}");
}
