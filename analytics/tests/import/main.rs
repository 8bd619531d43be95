//! `import` as a process: what it prints, and its exit codes.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod sources;

use std::{fs, process::Command};

const HEADER: &str = "ts_ms,room,event_id,sender,kind,n_chars\n";
const ROW: &str = "1704182460000,lobby,1,ana,message,5\n";

#[test]
fn the_program_says_what_it_did_and_by_its_exit_code_how_it_went() {
    let dir = tempfile::tempdir().unwrap();
    let db = dir.path().join("activity.db");
    let run = |content: &str, more: &[&str]| {
        let path = dir.path().join("log.csv");
        fs::write(&path, content).unwrap();
        let must = ["import", "csv", path.to_str().unwrap(), "--db", db.to_str().unwrap(), "--community", "Testers"];
        let output =
            Command::new(env!("CARGO_BIN_EXE_hearth-analytics")).args([&must[..], more].concat()).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let broken = format!("{HEADER}{ROW}1704182461000,lobby,2,ana,shout,5\n");
    let (code, out, said) = run(&broken, &["--strict"]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(said.contains("line 3") && !db.exists(), "{said}");
    assert!(!db.with_file_name("pseudonym.key").exists(), "nor is a key left that names nobody");
    let (code, out, said) = run(&broken, &[]);
    assert_eq!(code, Some(3));
    assert!(out.contains("1 new in the log") && out.contains("which is new there"), "{out}");
    assert!(said.contains("1 thing could not be imported") && said.contains("line 3"), "{said}");
    let (code, out, said) = run(&format!("{HEADER}{ROW}"), &[]);
    assert_eq!((code, said.as_str()), (Some(0), ""));
    assert!(out.contains("0 new in the log, 1 there already"), "{out}");
    let (code, _, said) = run(HEADER, &[]);
    assert_eq!(code, Some(1));
    assert!(said.contains("there is nothing to import"), "{said}");
    let (code, _, said) = run(&format!("{HEADER}{ROW}"), &["--capabilities", "gossip"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("gossip") && said.contains("reactions"), "{said}");
}

#[test]
fn who_may_have_moved_is_said_before_a_report_says_that_they_left() {
    let dir = tempfile::tempdir().unwrap();
    let db = dir.path().join("activity.db");
    let run = |arguments: &[&str]| {
        let log = ["--db", db.to_str().unwrap(), "--community", "Testers"];
        let output = Command::new(env!("CARGO_BIN_EXE_hearth-analytics")).args([arguments, &log].concat()).output();
        String::from_utf8(output.unwrap().stderr).unwrap()
    };
    for (source, weeks) in [("old", 0..8), ("new", 8..24)] {
        let rows = weeks.flat_map(|week: i64| {
            (0..5).map(move |person| {
                let ts = 1_704_182_400_000 + week * 604_800_000 + person;
                format!("{ts},lobby,{week}.{person},{source}{person},message,5\n")
            })
        });
        let path = dir.path().join(format!("{source}.csv"));
        fs::write(&path, format!("{HEADER}{}", rows.collect::<String>())).unwrap();
        run(&["import", "csv", path.to_str().unwrap(), "--source", source]);
    }
    let out = dir.path().join("reports");
    let report = || run(&["report", "--month", "2024-03", "--out", out.to_str().unwrap()]);
    let said = report();
    assert!(said.contains("`old` ends on 2024-02-20 and `new` begins on 2024-02-27"), "{said}");
    let table = dir.path().join("people.csv");
    fs::write(&table, (0..5).map(|person| format!("old{person},new{person}\n")).collect::<String>()).unwrap();
    run(&["import", "--people", table.to_str().unwrap()]);
    assert_eq!(report(), "");
}
