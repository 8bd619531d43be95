//! Plain CSV.

use crate::lab::{Lab, gzipped};

const HEADER: &str = "ts_ms,room,event_id,sender,kind,reply_to,thread_id,is_bot,n_chars,mentions\n";
const ROWS: &str = "1704182400000,lobby,1,ana,join,,,0,,\n\
    1704182410000,lobby,2,ben,join,,,0,,\n\
    1704182460000,lobby,3,ana,message,,,0,5,0\n\
    1704182520000,lobby,4,ben,message,3,3,0,7,1\n\
    1704182580000,\"the \"\"craft\"\"\",5,ben,reaction,4,,0,,\n\
    1704182590000,lobby,6,robot,message,,,1,9,0\n\
    1704182600000,lobby,7,ben,leave,,,0,,\n";

#[test]
fn a_table_becomes_acts() {
    let lab = Lab::new();
    lab.imported("csv", &lab.file("log.csv", format!("{HEADER}{ROWS}")), &[]);
    let rows = lab.rows();
    let kinds: Vec<_> = rows.iter().map(|row| row.kind).collect();
    assert_eq!(kinds, [2, 2, 0, 0, 1, 0, 3]);
    assert_eq!((rows[3].answers, rows[3].thread), (Some(rows[2].ts), Some(rows[2].ts)));
    assert_eq!((rows[3].n_chars, rows[3].mentions), (7, 1));
    assert_eq!((rows[4].room.as_str(), rows[4].answers), ("the \"craft\"", Some(rows[3].ts)));
    assert!(rows[5].is_bot && !rows[4].is_bot);
    assert_eq!(lab.sources(), ["csv: replies,threads,reactions,joins,edits"]);
}

#[test]
fn columns_are_found_by_name_and_a_table_may_be_gzipped_and_marked() {
    let lab = Lab::new();
    let table = "\u{feff}kind,note,sender,event_id,room,ts\r\nmessage,plugh,ana,1,lobby,2024-01-02T09:00:00+01:00\r\n";
    let done = lab.imported("csv", &lab.file("log.csv.gz", gzipped(table.as_bytes())), &[]);
    assert_eq!(done.settled.account.problems, 0, "{}", done.settled.account.problem_lines());
    assert_eq!(lab.rows()[0].ts, 1_704_182_400_000);
    assert!(!lab.bytes().windows(5).any(|window| window == b"plugh"));
}

#[test]
fn a_thread_may_be_a_topic_with_a_name() {
    let lab = Lab::new();
    let rows = "1704182400000,harbour,1,ana,message,,topic:tides,0,,\n1704182400001,harbour,2,ben,message,1,1,0,,\n";
    lab.imported("csv", &lab.file("log.csv", format!("{HEADER}{rows}")), &[]);
    let db = rusqlite::Connection::open(lab.db()).unwrap();
    let mut found = db.prepare("SELECT value FROM activity WHERE thread IS NOT NULL ORDER BY ts").unwrap();
    let values = found.query_map((), |row| row.get(0)).unwrap().collect::<Result<Vec<Option<i64>>, _>>().unwrap();
    assert_eq!(values, [Some(hearth_shared::activity::TOPIC), None]);
}

#[test]
fn topics_show_threads_and_no_answers() {
    let lab = Lab::new();
    let row = |number: i64| format!("{},harbour,{number},ana,message,,topic:tides,0,,\n", 1_704_182_400_000 + number);
    let rows: String = (0..40).map(row).collect();
    lab.imported("csv", &lab.file("log.csv", format!("{HEADER}{rows}")), &[]);
    assert_eq!(lab.sources(), ["csv: threads,edits"]);
}

#[test]
fn the_same_id_in_two_sources_is_two_acts() {
    let lab = Lab::new();
    let path = lab.file("log.csv", format!("{HEADER}{ROWS}"));
    lab.imported("csv", &path, &[]);
    lab.imported("csv", &path, &["--source", "forum"]);
    assert_eq!(lab.rows().len(), 14);
    assert_eq!(lab.rows()[0].person, lab.rows()[1].person, "people are the same");
}

#[test]
fn a_room_of_a_later_import_existed_before_and_an_import_that_is_repeated_changes_nothing() {
    let lab = Lab::new();
    let first = lab.file("log.csv", format!("{HEADER}{ROWS}"));
    lab.imported("csv", &first, &[]);
    let adopted = |lab: &Lab| -> Vec<(i64, String, bool)> {
        let rows = lab.rows().into_iter().filter(|row| row.kind == 83);
        rows.map(|row| (row.ts, row.room, row.is_bot)).collect()
    };
    assert_eq!(adopted(&lab), [], "the log begins with it");
    let later = "1704182700000,forum,1,cem,message,,,0,5,0\n1704182650000,forum,2,dora,message,,,0,5,0\n";
    let later = lab.file("forum.csv", format!("{HEADER}{later}"));
    for _ in 0..2 {
        lab.imported("csv", &later, &["--source", "forum"]);
        assert_eq!(adopted(&lab), [(1_704_182_650_000, "forum".to_owned(), true)]);
        assert_eq!(lab.rows().len(), 10);
    }
    let past = lab.file("past.csv", format!("{HEADER}1700000000000,attic,1,ana,message,,,0,5,0\n"));
    lab.imported("csv", &past, &["--source", "attic"]);
    let more = "1704182600000,cellar,3,ana,message,,,0,5,0\n1704182800000,balcony,4,ana,message,,,0,5,0\n";
    lab.imported("csv", &lab.file("more.csv", format!("{HEADER}{more}")), &["--source", "forum"]);
    let rooms: Vec<String> = adopted(&lab).into_iter().map(|(_, room, _)| room).collect();
    assert_eq!(rooms, ["cellar", "forum"], "the attic is older than the log, and the balcony was built since");
}

/// What is said of a table with these rows among good ones, and how many acts are written.
fn said(rows: &str) -> (String, u64) {
    let lab = Lab::new();
    let path = lab.file("log.csv", format!("{HEADER}{ROWS}{rows}"));
    let account = lab.imported("csv", &path, &[]).settled.account;
    let strict = Lab::new().try_import("csv", &path, &["--strict"]).map(|_| ()).unwrap_err();
    assert!(strict.to_string().contains("line 9") && strict.to_string().contains("--strict"), "{strict}");
    (account.problem_lines(), account.new)
}

#[test]
fn a_row_that_makes_no_sense_is_named_and_costs_only_itself() {
    for (row, words) in [
        ("1704182400,lobby,8,ana,message,,,0,5,0", "line 9: its time is in seconds"),
        ("1704182400000000,lobby,8,ana,message,,,0,5,0", "in microseconds"),
        ("0,lobby,8,ana,message,,,0,5,0", "before 1990"),
        ("4102444800000,lobby,8,ana,message,,,0,5,0", "in the future"),
        ("yesterday,lobby,8,ana,message,,,0,5,0", "no whole number of milliseconds"),
        ("1704182400000,lobby,3,ben,message,,,0,5,0", "its id was used before for something else"),
        ("1704182400000,lobby,8,ana,shout,,,0,5,0", "its `kind` is none of"),
        ("1704182400000,lobby,8,,message,,,0,5,0", "it has no `sender`"),
        ("1704182400000,lobby,8,ana,message,,,maybe,5,0", "`is_bot`"),
        ("1704182400000,lobby,8,ana", "it has 4 fields, and the first row has 10"),
    ] {
        let (said, new) = said(&format!("{row}\n"));
        assert!(said.contains(words) && said.contains("line 9"), "{said}");
        assert_eq!(new, 7, "{said}");
    }
}

#[test]
fn an_act_that_is_told_twice_is_written_once_and_no_mistake() {
    let lab = Lab::new();
    let account = lab.imported("csv", &lab.file("log.csv", format!("{HEADER}{ROWS}{ROWS}")), &[]).settled.account;
    assert_eq!((account.new, account.repeated, account.problems), (7, 7, 0));
}

#[test]
fn a_table_without_its_columns_is_refused_in_words() {
    let lab = Lab::new();
    for (table, words) in [
        ("ts_ms|room|event_id|sender|kind\n1|2|3|4|5\n", "fields are parted by commas"),
        ("ts_ms,room,event_id,kind\n1,2,3,4\n", "no column `sender`"),
        ("ts_ms,room,event_id,sender,kind,kind\n", "`kind` twice"),
        ("", "no column"),
        ("just text", "no column"),
    ] {
        let refused = lab.try_import("csv", &lab.file("log.csv", table), &[]).unwrap_err().to_string();
        assert!(refused.contains(words) && refused.contains("nothing was written"), "{refused}");
    }
}
