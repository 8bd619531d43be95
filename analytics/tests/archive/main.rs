//! The archive of closed months: with it and without it, facts and reports are the same, whatever happens to it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use hearth_acts::parquet;
use hearth_analytics::archive::Archive;
use hearth_shared::lock;
use jiff::tz::TimeZone;
use proptest::prelude::*;

mod lab;
mod reports;

use lab::*;

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
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(8) })]

    #[test]
    fn facts_by_way_of_the_archive_are_the_facts(
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
            let table = parquet::read(fs::read(part).unwrap()).unwrap();
            table.column("person").unwrap().i32().unwrap().iter().any(|one| one == Some(person))
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
    assert_eq!(parts.len(), 3, "of April, nobody knows yet what becomes of it");
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
    assert_eq!(files(&others).iter().filter(|file| file.ends_with("activity.parquet")).count(), 1);
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
fn while_another_program_writes_the_archive_the_log_is_read_and_nothing_written() {
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
    fs::write(lab.parts()[0].with_file_name("activity.new"), b"half").unwrap();
    lab.agrees(day(130));
    assert!(files(&lab.folder()).iter().all(|file| !file.ends_with("activity.new")));
    // Where the archive cannot be written, that is said, and nothing is left of it.
    let blocked = lab.dir.path().join("blocked");
    fs::write(&blocked, b"a file").unwrap();
    let said =
        Archive::new(&blocked, "Test/ers").read(&lab.file(), "Test/ers", &TimeZone::UTC, day(130)).err().unwrap();
    assert!(said.to_string().contains("--cache"), "{said}");
}
