//! The log as Parquet for other engines: `acts`.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use hearth_acts::{self as acts, parquet};
use jiff::Timestamp;
use polars::prelude::*;
use rusqlite::Connection;

use crate::lab::{ALL, Lab, said};

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
    assert!(output.status.success(), "{}", said(&output));
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
