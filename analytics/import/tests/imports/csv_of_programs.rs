//! Tables as spreadsheets, databases and data-frame libraries write them.

use crate::lab::Lab;

const START: i64 = 1_767_600_000_000;

/// Twelve questions, each answered after ten minutes, and a word of a bot; fields as `write` writes them, given the row's
/// number, the id that it answers and whether it is a bot's.
fn table(header: &str, write: impl Fn(i64, Option<i64>, bool) -> String) -> String {
    let mut rows = vec![header.to_owned()];
    for pair in 0..12 {
        rows.push(write(2 * pair, None, false));
        rows.push(write(2 * pair + 1, Some(100 + 2 * pair), false));
    }
    rows.push(write(24, None, true));
    rows.join("\n") + "\n"
}

const HEADER: &str = "ts_ms,room,event_id,sender,kind,reply_to,is_bot,n_chars";

fn ts(row: i64) -> i64 {
    START + row / 2 * 28_800_000 + row % 2 * 600_000
}

fn good() -> String {
    table(HEADER, |row, to, bot| {
        let to = to.map(|to| to.to_string()).unwrap_or_default();
        format!("{},lobby,{},p{},message,{to},{},{}", ts(row), 100 + row, row % 6, u8::from(bot), 10 + row)
    })
}

/// What the log holds afterwards, but for its numbers of people.
fn acts(lab: &Lab) -> Vec<(i64, bool, Option<i64>, i64)> {
    lab.rows().into_iter().map(|row| (row.ts, row.is_bot, row.answers, row.n_chars)).collect()
}

#[test]
fn what_programs_write_for_numbers_truths_and_nothing_is_read() {
    let lab = Lab::new();
    lab.imported("csv", &lab.file("good.csv", good()), &[]);
    let expected = acts(&lab);
    assert_eq!(expected.iter().filter(|(_, _, answers, _)| answers.is_some()).count(), 12);
    let gaps = table(HEADER, |row, to, bot| {
        let to = to.map(|to| format!("{to}.0")).unwrap_or_default();
        format!("{},lobby,{},p{},message,{to},{}.0,{}", ts(row), 100 + row, row % 6, u8::from(bot), 10 + row)
    });
    let all_floats = table(&format!(",{HEADER}"), |row, to, bot| {
        let to = to.map(|to| format!("{to}.0")).unwrap_or_default();
        let bot = if bot { "True" } else { "False" };
        format!("{row},{}.0,lobby,{}.0,p{},message,{to},{bot},{}.0", ts(row), 100 + row, row % 6, 10 + row)
    });
    let scientific = table(HEADER, |row, to, bot| {
        let to = to.map_or_else(|| "NaN".to_owned(), |to| to.to_string());
        let (ts, bot) = (ts(row).to_string(), u8::from(bot));
        format!("{}.{}e+12,lobby,{},p{},message,{to},{bot},{}", &ts[..1], &ts[1..], 100 + row, row % 6, 10 + row)
    });
    let nothing = |word: &'static str| {
        table("ts_ms,room,event_id,sender,kind,reply_to,thread_id,is_bot,n_chars", move |row, to, bot| {
            let to = to.map_or_else(|| word.to_owned(), |to| to.to_string());
            let bot = if bot { "TRUE" } else { "FALSE" };
            format!("{},lobby,{},p{},message,{to},{word},{bot},{}", ts(row), 100 + row, row % 6, 10 + row)
        })
    };
    for (name, table) in [
        ("gaps", gaps),
        ("floats", all_floats),
        ("scientific", scientific),
        ("None", nothing("None")),
        ("NULL", nothing("NULL")),
        ("<NA>", nothing("<NA>")),
        ("semicolons", good().replace(',', ";")),
        ("tabs", good().replace(',', "\t")),
        ("returns", good().replace('\n', "\r\n")),
    ] {
        let lab = Lab::new();
        let done = lab.imported("csv", &lab.file("log.csv", table), &["--strict"]);
        assert_eq!(acts(&lab), expected, "{name}");
        assert_eq!((done.settled.account.people, done.settled.account.bots), (5, 1), "{name}");
        assert_eq!(done.settled.account.dangling, None, "{name}");
    }
}

#[test]
fn a_time_that_was_rounded_is_refused_in_one_sentence() {
    let lab = Lab::new();
    let rounded = table(HEADER, |row, _, bot| {
        format!("1.76{:02}E+12,lobby,{},p{},message,,{},10", row, 100 + row, row % 6, u8::from(bot))
    });
    let said = lab.refused("csv", &lab.file("log.csv", rounded), &[]);
    assert!(said.contains("was rounded") && said.contains("and 24 more like it"), "{said}");
    assert_eq!(said.lines().count(), 2, "{said}");
}

#[test]
fn answers_that_all_lead_nowhere_stop_the_import_and_few_are_counted() {
    let lab = Lab::new();
    let with = |id: fn(i64) -> String| {
        table(HEADER, move |row, to, bot| {
            let to = to.map(id).unwrap_or_default();
            format!("{},lobby,{},p{},message,{to},{},10", ts(row), 100 + row, row % 6, u8::from(bot))
        })
    };
    for (table, looks) in [
        (with(|to| format!("m{to}")), "look like `a999`, those of events like `999`"),
        (with(|_| "0".to_owned()), "look like `0`"),
    ] {
        let said = lab.refused("csv", &lab.file("log.csv", table), &[]);
        assert!(said.contains("12 of 12 answers point at no event") && said.contains(looks), "{said}");
        assert!(!lab.db().exists());
    }
    let threads = table("ts_ms,room,event_id,sender,kind,thread_id", |row, _, _| {
        format!("{},lobby,{},p{},message,lobby", ts(row), 100 + row, row % 6)
    });
    assert!(lab.refused("csv", &lab.file("log.csv", threads), &[]).contains("`topic:`"));
    let some = with(|to| if to < 108 { format!("{}", to - 100) } else { to.to_string() });
    let done = lab.imported("csv", &lab.file("log.csv", some), &[]);
    let said = "4 of 12 answers and reactions point at nothing that is in the export or in the log";
    assert!(done.to_string().contains(said), "{done}");
    // What an earlier import brought is there.
    let later = format!(
        "{HEADER}\n{}\n",
        (0..6)
            .map(|row| { format!("{},lobby,{},p1,message,{},0,10", ts(30 + row), 130 + row, 100 + 2 * row) })
            .collect::<Vec<_>>()
            .join("\n")
    );
    let done = lab.imported("csv", &lab.file("later.csv", later), &[]);
    assert_eq!(done.settled.account.dangling, None, "{done}");
}

#[test]
fn a_column_that_few_measures_need_costs_no_row() {
    let lab = Lab::new();
    let named = table("ts_ms,room,event_id,sender,kind,reply_to,is_bot,n_chars,mentions", |row, to, bot| {
        let to = to.map(|to| to.to_string()).unwrap_or_default();
        let bot = u8::from(bot);
        format!("{},lobby,{},p{},message,{to},{bot},about 10,\"['ana', 'ben']\"", ts(row), 100 + row, row % 6)
    });
    let done = lab.imported("csv", &lab.file("log.csv", named), &["--strict"]);
    assert_eq!(lab.rows().len(), 25);
    for column in ["`n_chars`", "`mentions`"] {
        let said = format!("{column} is no whole number in 25 rows, where 0 stands for it");
        assert!(done.to_string().contains(&said), "{done}");
    }
}

#[test]
fn lines_are_counted_as_editors_count_them() {
    let rows = "1704182460000,lobby,1,ana,message\n1704182460000,lobby,2,,message\n";
    let table = format!("ts_ms,room,event_id,sender,kind\n{rows}");
    for table in [table.clone(), table.replace('\n', "\r\n"), table.replace('\n', "\r")] {
        let lab = Lab::new();
        let done = lab.imported("csv", &lab.file("log.csv", table), &[]);
        assert!(done.settled.account.problem_lines().contains("line 3: it has no `sender`"), "{done}");
    }
}

#[test]
fn what_help_says_is_a_table() {
    let example: Vec<&str> = hearth_import::help::TABLE
        .lines()
        .skip_while(|line| !line.contains("For example"))
        .skip(1)
        .take_while(|line| line.starts_with("  "))
        .map(str::trim)
        .collect();
    let lab = Lab::new();
    lab.imported("csv", &lab.file("log.csv", example.join("\n")), &["--strict"]);
    assert_eq!(lab.rows().iter().map(|row| row.kind).collect::<Vec<_>>(), [2, 0, 0, 1]);
    assert_eq!(lab.rows()[2].answers, Some(lab.rows()[1].ts));
}
