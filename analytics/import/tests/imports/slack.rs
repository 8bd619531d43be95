//! Slack's own export.

use crate::lab::{Lab, Row, files};

const LISTS: [(&str, &str); 5] = [
    (
        "export/channels.json",
        r#"[{"id":"C1","name":"general","members":["U1","U2","U3"]},{"id":"C2","name":"craft","members":["U1"]}]"#,
    ),
    ("export/groups.json", r#"[{"id":"G1","name":"leads","members":["U1"]}]"#),
    ("export/mpims.json", r#"[{"id":"G2","name":"mpdm-a--b-1","members":["U1","U2"]}]"#),
    ("export/dms.json", r#"[{"id":"D0000000A","members":["U1","U2"]}]"#),
    ("export/users.json", r#"[{"id":"U1","name":"ana"},{"id":"U2","name":"ben"},{"id":"U7","is_bot":true}]"#),
];

const DAY: &str = r#"[
  {"type":"message","subtype":"channel_join","user":"U1","text":"joined","ts":"1704182400.000100"},
  {"type":"message","subtype":"channel_join","user":"U2","text":"joined","ts":"1704182401.000100"},
  {"type":"message","subtype":"channel_join","user":"U3","text":"joined","ts":"1704182402.000100"},
  {"type":"message","user":"U1","text":"plugh","ts":"1704182460.000200","thread_ts":"1704182460.000200",
   "reply_count":1,"edited":{"user":"U1","ts":"1704182470.0"},
   "reactions":[{"name":"tada","users":["U2","U3"],"count":2},{"name":"+1","users":["U2"],"count":1}]},
  {"type":"message","user":"U2","text":"plugh <@U1>","ts":"1704182520.000300","thread_ts":"1704182460.000200"},
  {"type":"message","subtype":"thread_broadcast","user":"U3","text":"plugh","ts":"1704182530.000300",
   "thread_ts":"1704182460.000200"},
  {"type":"message","user":"U1","bot_id":"B1","text":"plugh","ts":"1704182540.000400"},
  {"type":"message","user":"U7","text":"plugh","ts":"1704182550.000400"},
  {"type":"message","subtype":"bot_message","username":"hook","text":"plugh","ts":"1704182560.000400"},
  {"type":"message","subtype":"channel_topic","user":"U1","text":"plugh","ts":"1704182570.000400"},
  {"type":"message","subtype":"message_changed","hidden":true,"user":"U1","ts":"1704182575.000400"},
  {"type":"message","subtype":"file_comment","text":"plugh","comment":{"user":"U2"},"ts":"1704182580.000400"},
  {"type":"message","subtype":"channel_leave","user":"U3","text":"left","ts":"1704182590.000400"}
]"#;

fn export() -> Vec<(String, Vec<u8>)> {
    let mut export = files(&LISTS);
    export.extend(files(&[
        ("export/general/2024-01-02.json", DAY),
        (
            "export/craft/2016-03-04.json",
            r#"[{"type":"message","subtype":"channel_join","user":"U1","text":"joined","ts":"1457049500.000001"},
                {"type":"message","user":"U1","text":"plugh","ts":"1457049600.000001"}]"#,
        ),
        ("export/leads/2024-01-02.json", r#"[{"type":"message","user":"U1","text":"plugh","ts":"1704182400.000100"}]"#),
        (
            "export/mpdm-a--b-1/2024-01-02.json",
            r#"[{"type":"message","user":"U1","text":"plugh","ts":"1704182400.000100"}]"#,
        ),
        (
            "export/D0000000A/2024-01-02.json",
            r#"[{"type":"message","user":"U1","text":"plugh","ts":"1704182400.000100"}]"#,
        ),
        ("export/integration_logs.json", "[]"),
        ("__MACOSX/export/general/._2024-01-02.json", "no JSON"),
    ]));
    export
}

/// Rows of a kind, as time, room, who, whether a bot, and what it answers.
fn of_kind(rows: &[Row], kind: i64) -> Vec<(i64, &str, bool, Option<i64>)> {
    let rows = rows.iter().filter(|row| row.kind == kind);
    rows.map(|row| (row.ts % 1_000_000_000, row.room.as_str(), row.is_bot, row.answers)).collect()
}

#[test]
fn a_workspace_becomes_acts_by_the_rules_of_slack() {
    let lab = Lab::new();
    let done = lab.imported("slack", &lab.zip("export.zip", &export()), &[]);
    let rows = lab.rows();
    let root = Some(1_704_182_460_000);
    assert_eq!(
        of_kind(&rows, 0),
        [
            (49_600_000, "craft", false, None),
            (182_460_000, "general", false, None),
            (182_520_000, "general", false, root),
            (182_530_000, "general", false, root),
            (182_540_000, "general", true, None),
            (182_550_000, "general", true, None),
            (182_560_000, "general", true, None),
            (182_580_000, "general", false, None),
        ]
    );
    let reaction = (182_460_000, "general", false, root);
    assert_eq!(of_kind(&rows, 1), [reaction; 3], "reactions take their message's time");
    assert_eq!((of_kind(&rows, 2).len(), of_kind(&rows, 3).len()), (4, 1));
    let reply = rows.iter().find(|row| row.n_chars == 11).unwrap();
    assert_eq!((reply.thread, reply.mentions), (root, 1));
    let account = &done.settled.account;
    assert_eq!((account.people, account.bots, account.private, account.problems), (3, 3, 3, 0), "{done}");
    assert_eq!((account.no_act, account.new), (2, rows.len() as u64));
    // The person in whose name an app posted is still a person.
    assert!(rows.iter().filter(|row| row.ts == 1_704_182_460_000).all(|row| !row.is_bot));
    // One of two sources is from before Slack had threads, and can know none.
    assert_eq!(lab.sources(), ["slack before threads: joins,edits", "slack: replies,threads,reactions,joins,edits"]);
}

#[test]
fn it_is_the_same_export_however_it_is_wrapped_and_however_often_it_comes() {
    let first = Lab::new();
    first.imported("slack", &first.zip("export.zip", &export()), &[]);
    let rows = first.rows();
    let again = [
        first.zip("again.zip", &export()),
        first.tar_gz("export.tar.gz", &export()),
        first.folder("folder", &export()),
    ];
    for path in again {
        let done = first.imported("slack", &path, &[]);
        assert_eq!(done.settled.account.new, 0, "{done}");
        assert_eq!(done.settled.account.known, rows.len() as u64);
        assert_eq!(first.rows(), rows);
    }
    let other = Lab::new();
    other.imported("slack", &other.tar_gz("export.tar.gz", &export()), &[]);
    let known = |rows: &[Row]| rows.iter().map(|row| (row.ts, row.kind, row.answers, row.n_chars)).collect::<Vec<_>>();
    assert_eq!(known(&other.rows()), known(&rows));
}

#[test]
fn no_word_and_no_name_reaches_the_log() {
    let lab = Lab::new();
    let done = lab.imported("slack", &lab.folder("export", &export()), &[]);
    let bytes = lab.bytes();
    for word in ["plugh", "mpdm-a--b-1", "hook"] {
        assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word}");
        assert!(!done.to_string().contains(word), "{word}");
    }
    assert!(!bytes.windows(3).any(|window| window == b"C1/"), "ids of messages are keyed");
}

#[test]
fn private_channels_come_only_if_they_are_asked_for_and_direct_messages_never() {
    let lab = Lab::new();
    let done = lab.imported("slack", &lab.folder("export", &export()), &["--private-channels"]);
    assert_eq!(done.settled.account.private, 2);
    assert_eq!(lab.rows().iter().filter(|row| row.room == "leads").count(), 1);
}

#[test]
fn hardly_any_threads_are_no_knowledge_of_replies() {
    let lab = Lab::new();
    let mut day = String::from("[");
    for number in 0..60 {
        let thread = if number == 59 { r#","thread_ts":"1704182400.000000""# } else { "" };
        let ts = 1_704_182_400 + number;
        day += &format!(r#"{{"type":"message","user":"U{}","text":"plugh","ts":"{ts}.000000"{thread}}},"#, number % 7);
    }
    let day = day.trim_end_matches(',').to_owned() + "]";
    let day = lab.file("general/2024-01-02.json", &day);
    let done = lab.imported("slack", &day, &["--unlisted-channels"]);
    assert!(done.to_string().contains("not replies: 1 of 60 messages answer another one"), "{done}");
    assert_eq!(lab.sources(), ["slack: edits"]);
    // Whoever knows better can say so.
    lab.imported("slack", &day, &["--unlisted-channels", "--capabilities", "replies,threads,edits"]);
    assert_eq!(lab.sources(), ["slack: replies,threads,edits"]);
}

#[test]
fn what_is_missing_from_an_export_is_named_and_the_rest_imported() {
    let lab = Lab::new();
    let without = |name: &str| {
        let mut export = export();
        export.retain(|(file, _)| !file.contains(name));
        export
    };
    let says = |folder: &str, missing: &str, words: &[&str]| {
        let path = lab.folder(folder, &without(missing));
        let lab = Lab::new();
        let done = lab.imported("slack", &path, &[]);
        let said = format!("{done}\n{}", done.settled.account.problem_lines());
        for word in words {
            assert!(said.contains(word), "{said}");
        }
        assert!(done.settled.account.new > 0);
        (done.settled.account.problems, lab.try_import("slack", &path, &["--strict"]).is_err())
    };
    assert_eq!(says("a", "craft/2016", &["1 channel of the list has no messages in this export: craft"]), (0, false));
    assert_eq!(says("c", "users.json", &["users.json is missing: bots"]), (0, false));
    let unlisted = ["1 folder in no list of channels", "--unlisted-channels imports them: leads"];
    assert_eq!(says("d", "groups.json", &unlisted), (1, true));
}
