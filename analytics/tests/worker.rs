//! The worker as its callers see it: a log on disk, a command line, JSON and files, and sentences when it cannot.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    process::{Command, Output},
};

use hearth_analytics::{acts, parquet};
use hearth_shared::{
    month::Month,
    report::{Figure, Report, Status},
};
use jiff::{Timestamp, tz::TimeZone};
use polars::prelude::*;
use rusqlite::{Connection, params};
use serde_json::Value;
use tempfile::TempDir;

const DAY: i64 = 86_400_000;

struct Lab {
    dir: TempDir,
}

impl Lab {
    /// A log of `people` people who each write `1 + person % 7` messages a month for `months` months from 2024-01, in two
    /// rooms, every second one an answer to the one before; person 1 is a bot, person 2 opted out.
    fn new(people: i64, months: i32, capabilities: &str) -> Self {
        let lab = Self { dir: tempfile::tempdir().unwrap() };
        let mut db = hearth_log::open(&lab.db()).unwrap();
        let transaction = db.transaction().unwrap();
        transaction.execute("INSERT INTO community (id, name) VALUES (1, 'Testers'), (2, 'Others')", ()).unwrap();
        transaction.execute("INSERT INTO source VALUES (1, 1, 'lab', ?1)", [capabilities]).unwrap();
        transaction.execute("INSERT INTO room VALUES (1, 1, 'a', 'a'), (2, 1, 'b', 'b')", ()).unwrap();
        for person in 1..=people {
            let row = params![person, [person as u8; 16], person == 1, person == 2];
            transaction
                .execute(
                    "INSERT INTO person (id, community, pseudonym, is_bot, opted_out) VALUES (?1, 1, ?2, ?3, ?4)",
                    row,
                )
                .unwrap();
        }
        let mut id = 0;
        let first: Month = "2024-01".parse().unwrap();
        for month in 0..months {
            let (start, _) = first.plus(month).unwrap().bounds(&TimeZone::UTC);
            for person in 1..=people {
                for message in 0..=person % 7 {
                    id += 1;
                    let ts = start + (message * 3 + person % 3) * DAY + person * 60_000;
                    let reply_to = (id % 2 == 0).then(|| id - 1);
                    let row = params![id, person % 2 + 1, person, ts, reply_to];
                    transaction
                        .execute("INSERT INTO activity (id, community, source, room, person, kind, ts, reply_to) VALUES (?1, 1, 1, ?2, ?3, 0, ?4, ?5)", row)
                        .unwrap();
                }
            }
        }
        transaction.commit().unwrap();
        lab
    }

    fn db(&self) -> PathBuf {
        self.dir.path().join("activity.db")
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hearth-analytics"));
        command.arg(arguments[0]).arg("--db").arg(self.db()).args(&arguments[1..]).output().unwrap()
    }

    fn measured(&self, arguments: &[&str]) -> Value {
        let output = self.run(arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// What is said when it cannot be done.
    fn refusal(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(!output.status.success());
        assert!(output.stdout.is_empty());
        String::from_utf8(output.stderr).unwrap()
    }
}

const ALL: &str = "replies,threads,reactions,joins,edits";

#[test]
fn a_month_is_measured_without_bots_and_without_who_opted_out() {
    let report = Lab::new(40, 8, ALL).measured(&["measure", "--community", "Testers", "--month", "2024-06"]);
    assert_eq!(report["community"], "Testers");
    assert_eq!(report["month"], "2024-06");
    assert_eq!(report["timezone"], "UTC");
    assert_eq!(report["source"]["replies"], true);
    let measure = |id: &str| &report["measures"][id];
    assert_eq!(measure("active_members")["value"], 38.0);
    assert_eq!(measure("active_members")["unit"], "people");
    assert_eq!(measure("reactors_only")["value"], 0.0);
    assert_eq!(measure("effective_voices")["status"], "ok");
    assert_eq!(measure("effective_voices")["n"], 38);
    let interval: Vec<f64> = serde_json::from_value(measure("effective_voices")["interval"].clone()).unwrap();
    assert!(interval[0] < interval[1]);
    assert_eq!(measure("retained")["last_month"]["status"], "ok");
    assert_eq!(measure("opener_reply_rate")["status"], "ok");
}

#[test]
fn what_the_source_lacks_is_not_zero() {
    let report = Lab::new(40, 8, "threads").measured(&["measure", "--community", "Testers", "--month", "2024-06"]);
    for (id, reason) in [
        ("active_members", "source_lacks_reactions"),
        ("silent", "source_lacks_reactions"),
        ("opener_reply_rate", "source_lacks_replies"),
    ] {
        let measure = &report["measures"][id];
        assert_eq!(measure["status"], "na", "{id}");
        assert_eq!(measure["reason"], reason, "{id}");
        assert_eq!(measure["value"], Value::Null, "{id}");
    }
    assert_eq!(report["measures"]["posters"]["value"], 38.0);
}

#[test]
fn several_months_are_an_array_and_the_first_ones_know_no_newcomers() {
    let arguments = ["measure", "--community", "Testers", "--month", "2024-02", "--month", "2024-06"];
    let reports = Lab::new(40, 8, ALL).measured(&arguments);
    assert_eq!(reports[0]["measures"]["new_posters"]["reason"], "log_starts_here");
    assert_eq!(reports[1]["measures"]["new_posters"]["value"], 0.0);
}

#[test]
fn a_month_without_anything_is_reported_honestly() {
    let report = Lab::new(40, 3, ALL).measured(&["measure", "--community", "Testers", "--month", "2024-09"]);
    assert_eq!(report["measures"]["active_members"]["value"], 0.0);
    assert_eq!(report["measures"]["effective_voices"]["reason"], "no_messages");
    assert_eq!(report["figures"]["lorenz"]["status"], "na");
}

#[test]
fn four_people_are_too_few() {
    let report = Lab::new(6, 8, ALL).measured(&["measure", "--community", "Testers", "--month", "2024-06"]);
    for id in ["active_members", "posters", "effective_voices", "messages", "opener_reply_rate", "gini"] {
        let measure = &report["measures"][id];
        assert_eq!(measure["status"], "suppressed", "{id}");
        assert!(measure["value"].is_null() && measure["n"].is_null() && measure["interval"].is_null(), "{id}");
    }
}

#[test]
fn figures_look_back_and_hold_the_lorenz_curve_of_a_year_ago() {
    let json = Lab::new(40, 15, ALL).measured(&["measure", "--community", "Testers", "--month", "2025-02"]);
    let report: Report = serde_json::from_value(json).unwrap();
    let Figure::Months(activity) = &report.figures["activity"] else { panic!() };
    assert_eq!(activity.months.len(), 14);
    assert!(activity.series.iter().all(|series| series.points.len() == 14));
    let Figure::Curves(lorenz) = &report.figures["lorenz"] else { panic!() };
    assert_eq!(lorenz.status, Status::Ok);
    assert_eq!(lorenz.curves.len(), 2);
    assert!(lorenz.curves.iter().all(|curve| curve.points.len() <= 11 && curve.points[0] == [0.0, 0.0]));
    let Figure::Diverging(growth) = &report.figures["growth"] else { panic!() };
    assert_eq!(growth.above.len() + growth.below.len(), 4);
}

#[test]
fn a_report_is_a_folder_of_json_page_and_pictures() {
    let lab = Lab::new(40, 8, ALL);
    let out = lab.dir.path().join("reports");
    let out_text = out.to_str().unwrap();
    let arguments = ["report", "--community", "Testers", "--month", "2024-06", "--out", out_text];
    for _ in 0..2 {
        let output = lab.run(&arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let folder = out.join("2024-06");
    let report: Report = serde_json::from_slice(&std::fs::read(folder.join("report.json")).unwrap()).unwrap();
    assert_eq!(report.community, "Testers");
    for name in ["index.html", "measures.csv", "measures.parquet", "voices.svg", "voices.png"] {
        assert!(folder.join(name).exists(), "{name}");
    }
    let beside = std::fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let left: Vec<String> = beside.filter(|name| name.starts_with('.')).collect();
    assert!(left.is_empty(), "nothing half-made is left beside it: {left:?}");
}

#[test]
fn what_is_wrong_is_said_in_a_sentence() {
    let lab = Lab::new(6, 3, ALL);
    let says = |arguments: &[&str], words: &[&str]| {
        let said = lab.refusal(arguments);
        assert_eq!(said.trim().lines().count(), 1, "{said}");
        for word in words {
            assert!(said.contains(word), "{said}");
        }
    };
    says(&["measure", "--community", "Nobody"], &["Nobody", "Others, Testers"]);
    says(&["measure", "--community", "Testers", "--timezone", "Mars/Base"], &["Mars/Base", "Europe/Berlin"]);
    says(&["measure", "--community", "Testers", "--month", "2999-01"], &["2999-01", "not begun"]);
    says(&["measure", "--community", "Testers", "--month", "2023-12"], &["2023-12", "2024-01"]);
    says(&["measure", "--community", "Others"], &["Others", "nothing has been logged"]);
    let file = lab.db();
    let below_a_file = file.join("reports");
    let arguments = ["report", "--community", "Testers", "--month", "2024-02", "--out", below_a_file.to_str().unwrap()];
    says(&arguments, &["cannot be written", "--out"]);
    says(&["acts", "--community", "Testers", "--out", below_a_file.to_str().unwrap()], &["cannot be written", "--out"]);
    says(&["acts", "--community", "Nobody", "--out", "acts"], &["Nobody", "Others, Testers"]);
    says(&["acts", "--community", "Testers", "--timezone", "Mars/Base", "--out", "acts"], &["Mars/Base"]);
    let said = lab.refusal(&["measure", "--community", "Testers", "--month", "october"]);
    assert!(said.contains("october") && said.contains("2026-10"), "{said}");
}

#[test]
fn what_is_no_log_is_said_in_a_sentence() {
    let dir = tempfile::tempdir().unwrap();
    let refused = |path: &Path| {
        let output = Command::new(env!("CARGO_BIN_EXE_hearth-analytics"))
            .args(["measure", "--community", "Testers", "--db"])
            .arg(path)
            .output()
            .unwrap();
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(refused(&dir.path().join("none.db")).contains("does not exist"));
    let text = dir.path().join("notes.txt");
    std::fs::write(&text, "no database, but long enough to be looked at by SQLite as if it were one".repeat(20))
        .unwrap();
    assert!(refused(&text).contains("cannot be read as an activity log"));
    let stranger = dir.path().join("stranger.db");
    Connection::open(&stranger).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    assert!(refused(&stranger).contains("is not an activity log"));
    let newer = dir.path().join("newer.db");
    hearth_log::open(&newer).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert!(refused(&newer).contains("newer Hearth"));
}

#[test]
fn the_list_explains_and_needs_no_log() {
    let output = Command::new(env!("CARGO_BIN_EXE_hearth-analytics")).args(["measure", "--list"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success());
    assert!(text.contains("effective_voices (people, headline)") && text.contains("Hill 1973"));
}

/// What is in a folder of acts: the months' rows, by the names of their folders.
fn acts_in(out: &Path) -> BTreeMap<String, DataFrame> {
    let months = std::fs::read_dir(out.join("community=Testers")).unwrap().map(|entry| entry.unwrap().path());
    let rows = |month: &Path| parquet::read(std::fs::read(month.join("acts.parquet")).unwrap()).unwrap();
    months.map(|month| (month.file_name().unwrap().to_string_lossy().into_owned(), rows(&month))).collect()
}

#[test]
fn acts_are_a_file_a_month_and_whose_those_of_bots_are_and_of_who_opted_out_is_not_in_it() {
    let lab = Lab::new(9, 3, ALL);
    let out = lab.dir.path().join("acts");
    let output =
        lab.run(&["acts", "--community", "Testers", "--timezone", "Europe/Berlin", "--out", out.to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("community=Testers: 99 acts in 3 months"), "{said}");
    let months = acts_in(&out);
    assert_eq!(months.keys().collect::<Vec<_>>(), ["month=2024-01", "month=2024-02", "month=2024-03"]);
    // What the documentation says, without the month.
    let mut schema = acts::schema();
    schema.shift_remove("month");
    schema.insert("begin".into(), DataType::Int64);
    let march = &months["month=2024-03"];
    assert_eq!(**march.schema(), schema);
    assert_eq!(march.height(), 33);
    let people: BTreeSet<Option<i32>> = march.column("person").unwrap().i32().unwrap().iter().collect();
    assert_eq!(people, [None].into_iter().chain((3..=9).map(Some)).collect());
    let begin: Timestamp = "2024-02-29T23:00:00Z".parse().unwrap();
    assert!(march.column("begin").unwrap().i64().unwrap().iter().all(|at| at == Some(begin.as_millisecond())));
    let times: Vec<i64> = march.column("ts").unwrap().i64().unwrap().iter().flatten().collect();
    assert!(times.is_sorted());
}

#[test]
fn acts_are_replaced_whole_or_not_at_all() {
    let lab = Lab::new(9, 3, ALL);
    let out = lab.dir.path().join("acts");
    let arguments = ["acts", "--community", "Testers", "--out", out.to_str().unwrap()];
    assert!(lab.run(&arguments).status.success());
    let before = acts_in(&out);
    // Somebody is erased, and with them a month.
    let db = Connection::open(lab.db()).unwrap();
    db.execute("DELETE FROM activity WHERE person = 5 OR ts >= 1709251200000", ()).unwrap();
    assert!(lab.run(&arguments).status.success());
    let after = acts_in(&out);
    assert_eq!(after.keys().collect::<Vec<_>>(), ["month=2024-01", "month=2024-02"]);
    assert_eq!(after["month=2024-01"].height(), before["month=2024-01"].height() - 6);
    // The log cannot be read to its end.
    db.execute_batch("ALTER TABLE activity RENAME COLUMN thread TO strand").unwrap();
    let said = lab.refusal(&arguments);
    assert!(said.contains("could not be read"), "{said}");
    assert_eq!(acts_in(&out), after);
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 1, "nothing half done is left");
}
