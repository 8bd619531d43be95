//! What the worker says when it cannot.

use std::{path::Path, process::Command};

use rusqlite::Connection;

use crate::lab::{ALL, Lab, said};

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
    let wrong = lab.run(&["measure", "--community", "Testers", "--month", "october"]);
    assert_eq!(wrong.status.code(), Some(2), "the command is wrong");
    assert!(said(&wrong).contains("october") && said(&wrong).contains("2026-10"), "{}", said(&wrong));
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
