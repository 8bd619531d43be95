//! People who moved: one person under two ids.

use std::collections::BTreeSet;

use crate::lab::Lab;

const DAY: i64 = 86_400_000;
/// 2026-01-01.
const START: i64 = 1_767_225_600_000;

/// Five people write once a week for so many weeks, under ids that begin with `prefix`, whose row numbers do, too.
fn weeks(prefix: &str, from: i64, weeks: i64) -> String {
    let mut table = "ts_ms,room,event_id,sender,kind\n".to_owned();
    for week in from..from + weeks {
        for person in 0..5 {
            let ts = START + 7 * week * DAY + person;
            table += &format!("{ts},lobby,{prefix}{week}.{person},{prefix}{person},message\n");
        }
    }
    table
}

const PEOPLE: &str = "old,new\nU0,@p0\nU1,@p1\nU2,@p2\nU3,@p3\nU4,@p4\n";

fn moved(lab: &Lab, more: &[&str]) -> String {
    lab.imported("csv", &lab.file("old.csv", weeks("U", 0, 8)), &["--source", "old"]);
    let new = lab.file("new.csv", weeks("@p", 8, 8));
    lab.imported("csv", &new, &[&["--source", "new"], more].concat()).to_string()
}

/// The people in the log, and how many acts the first has.
fn people(lab: &Lab) -> (usize, usize) {
    let rows = lab.rows();
    let people: BTreeSet<i64> = rows.iter().map(|row| row.person).collect();
    (people.len(), rows.iter().filter(|row| row.person == rows[0].person).count())
}

#[test]
fn a_source_that_ends_as_another_begins_is_said_to_have_moved() {
    let lab = Lab::new();
    let said = moved(&lab, &[]);
    let words =
        "`old` ends on 2026-02-19 and `new` begins on 2026-02-26, and of 5 people there and 5 here 0 wrote in both";
    assert!(said.contains(words) && said.contains("--people"), "{said}");
    assert_eq!(people(&lab), (10, 8));
    let other = Lab::new();
    other.imported("csv", &other.file("a.csv", weeks("U", 0, 16)), &["--source", "a"]);
    let beside = other.imported("csv", &other.file("b.csv", weeks("@p", 0, 16)), &["--source", "b"]).to_string();
    assert!(!beside.contains("moved"), "{beside}");
}

#[test]
fn people_are_one_when_a_table_says_so_with_the_import_or_after_it() {
    for after in [false, true] {
        let lab = Lab::new();
        let table = lab.file("people.csv", PEOPLE);
        let table = table.to_str().unwrap();
        let said = if after {
            moved(&lab, &[]);
            lab.imported_people(&["--people", table]).to_string()
        } else {
            moved(&lab, &["--people", table])
        };
        assert!(said.contains("5 pairs of ids were joined, 0 were one before; its first row was taken for"), "{said}");
        assert!(!said.contains("if a community moved"), "{said}");
        assert_eq!(people(&lab), (5, 16), "{after}");
        // What was said once holds for what comes under either id, and is no news.
        let late = lab.file("late.csv", weeks("U", 20, 1));
        lab.imported("csv", &late, &["--source", "old"]);
        assert_eq!(people(&lab), (5, 17));
        let again = lab.imported_people(&["--people", table]).to_string();
        assert!(again.contains("0 pairs of ids were joined, 5 were one before"), "{again}");
        let undone = lab.imported_people(&["--people", table, "--undo"]).to_string();
        assert!(undone.contains("5 pairs of ids were parted"), "{undone}");
        assert_eq!(people(&lab), (10, 9), "with what came meanwhile");
        lab.imported("csv", &late, &["--source", "old"]);
        assert_eq!(people(&lab), (10, 9));
    }
}

#[test]
fn no_id_of_a_table_reaches_the_log() {
    let lab = Lab::new();
    let table = lab.file("people.csv", PEOPLE.replace("@p", "@plugh").replace('U', "xyzzy"));
    let new = lab.file("new.csv", weeks("xyzzy", 0, 1) + weeks("@plugh", 1, 1).split_once('\n').unwrap().1);
    lab.imported("csv", &new, &["--people", table.to_str().unwrap()]);
    assert_eq!(people(&lab), (5, 2));
    let bytes = lab.bytes();
    for id in ["plugh", "xyzzy"] {
        assert!(!bytes.windows(id.len()).any(|window| window == id.as_bytes()), "{id}");
    }
}

#[test]
fn who_opted_out_under_one_id_is_silent_under_both() {
    let lab = Lab::new();
    lab.imported("csv", &lab.file("old.csv", weeks("U", 0, 1)), &[]);
    let key = hearth_log::key::open_or_create(&lab.path("pseudonym.key")).unwrap().for_community("Testers");
    let mut writer = hearth_log::write::Writer::open(&lab.db()).unwrap();
    let opted_out: rusqlite::Result<()> = writer.transact(|batch| {
        let community = batch.community("Testers")?;
        batch.set_opted_out(community, key.person("U0"), true)
    });
    opted_out.unwrap();
    drop(writer);
    let table = lab.file("people.csv", PEOPLE);
    let new = lab.file("new.csv", weeks("@p", 1, 1));
    let done = lab.imported("csv", &new, &["--people", table.to_str().unwrap()]);
    assert_eq!((done.settled.account.new, done.settled.account.opted_out), (4, 1), "{done}");
}

#[test]
fn what_contradicts_itself_is_named_and_left_out() {
    let lab = Lab::new();
    moved(&lab, &[]);
    let table = lab.file("people.csv", "U0,@p0\nU0,@p1\nU2\nU3;@p3\n");
    let done = lab.imported_people(&["--people", table.to_str().unwrap()]);
    let said = format!("{done}\n{}", done.settled.account.problem_lines());
    assert!(said.contains("2 pairs of ids were joined"), "{said}");
    assert!(said.contains("line 2: its first id was said to be somebody else's"), "{said}");
    assert!(said.contains("line 3: it does not name two ids"), "{said}");
    let none = Lab::new();
    let table = none.file("people.csv", PEOPLE);
    assert!(
        none.try_people(&["--people", table.to_str().unwrap()]).unwrap_err().to_string().contains("import a log first")
    );
    assert!(lab.try_people(&["--people", "nowhere.csv"]).unwrap_err().to_string().contains("nowhere.csv"));
    let undo = lab.try_import("csv", &lab.path("new.csv"), &["--undo"]).map(|_| ()).unwrap_err().to_string();
    assert!(undo.contains("--undo takes back"), "{undo}");
}
