//! Which folders of a Slack export are channels: lists, workspaces of a Grid, names as systems spell them, and what is no
//! channel at all.

use serde_json::{Value, json};

use crate::lab::Lab;

const START: i64 = 1_740_996_000;

/// A day on which these users write a message each, a minute apart, `from` minutes after the start.
fn day(from: i64, users: &[&str]) -> String {
    let message = |(number, user): (usize, &&str)| {
        let ts = START + 60 * (from + number as i64);
        json!({"type": "message", "user": user, "text": "plugh", "ts": format!("{ts}.000100")})
    };
    Value::Array(users.iter().enumerate().map(message).collect()).to_string()
}

fn list(channels: &[(&str, &str)]) -> String {
    let channel = |(id, name): &(&str, &str)| json!({"id": id, "name": name, "members": ["U1", "U2"]});
    Value::Array(channels.iter().map(channel).collect()).to_string()
}

fn users(users: &[(&str, bool)]) -> String {
    let user = |(id, is_bot): &(&str, bool)| json!({"id": id, "is_bot": is_bot});
    Value::Array(users.iter().map(user).collect()).to_string()
}

fn export(files: &[(&str, String)]) -> Vec<(String, Vec<u8>)> {
    files.iter().map(|(name, content)| ((*name).to_owned(), content.clone().into_bytes())).collect()
}

/// Two workspaces that each have a `general`, and one channel of all.
fn grid() -> Vec<(String, Vec<u8>)> {
    export(&[
        ("org_users.json", users(&[("U1", false), ("U2", false), ("U3", false), ("B1", true)])),
        ("channels.json", list(&[("C9", "company"), ("C8", "hr")])),
        ("company/2025-03-03.json", day(0, &["U1", "B1"])),
        ("hr/2025-03-03.json", day(0, &["U1"])),
        ("teams/acme/channels.json", list(&[("C1", "general")])),
        ("teams/acme/groups.json", list(&[("G1", "leads")])),
        ("teams/acme/general/2025-03-03.json", day(10, &["U1", "U2"])),
        ("teams/acme/leads/2025-03-03.json", day(20, &["U1"])),
        ("teams/widgets/channels.json", list(&[("C5", "general")])),
        ("teams/widgets/groups.json", list(&[("G7", "hr")])),
        ("teams/widgets/general/2025-03-03.json", day(10, &["U3"])),
        ("teams/widgets/hr/2025-03-03.json", day(30, &["U2", "U3"])),
    ])
}

#[test]
fn the_workspaces_of_a_grid_are_kept_apart_by_their_own_lists() {
    let lab = Lab::new();
    let done = lab.imported("slack", &lab.zip("grid.zip", &grid()), &[]);
    let room = |name: &str, count| (name.to_owned(), count);
    assert_eq!(
        lab.rooms(),
        [room("acme/general", 2), room("company", 2), room("hr", 1), room("widgets/general", 1)],
        "a private channel of one workspace is not the public one of another"
    );
    let account = &done.settled.account;
    assert_eq!((account.people, account.bots, account.private, account.problems), (3, 1, 2, 0), "{done}");
    let one = Lab::new();
    let unpacked = one.folder("grid", &grid()).join("teams/acme");
    one.imported("slack", &unpacked, &["--source", "acme"]);
    assert_eq!(one.rooms(), [room("general", 2)]);
}

#[test]
fn what_no_list_names_is_read_only_if_it_is_asked_for() {
    let files = export(&[
        ("users.json", users(&[("U1", false)])),
        ("groups.json", list(&[("G1", "f\u{fc}hrung")])),
        ("general/2025-02-03.json", day(0, &["U1"])),
        ("fu\u{308}hrung/2025-02-03.json", day(0, &["U1"])),
    ]);
    let lab = Lab::new();
    let path = lab.zip("export.zip", &files);
    let said = lab.refused("slack", &path, &[]);
    assert!(said.contains("does not say which conversations are public: channels.json is missing"), "{said}");
    assert!(said.contains("--unlisted-channels: general") && !said.contains("hrung"), "{said}");
    assert!(!lab.db().exists());
    let done = lab.imported("slack", &path, &["--unlisted-channels"]);
    assert_eq!(lab.rooms(), [("general".to_owned(), 1)], "groups.json says what is private, however it is spelt");
    assert_eq!(done.settled.account.private, 1);
}

#[test]
fn a_list_of_private_channels_that_is_broken_makes_all_unlisted_ones_private() {
    for groups in [r#"[{"id": "G1", "na"#, r#"[{"id": "G1", "name": null}]"#, r#"[{"id": "G1"}]"#] {
        let files = export(&[
            ("channels.json", list(&[("C1", "general")])),
            ("groups.json", groups.to_owned()),
            ("general/2025-02-03.json", day(0, &["U1"])),
            ("leads/2025-02-03.json", day(0, &["U1"])),
        ]);
        let lab = Lab::new();
        let done = lab.imported("slack", &lab.zip("export.zip", &files), &["--unlisted-channels"]);
        assert_eq!(lab.rooms(), [("general".to_owned(), 1)], "{groups}");
        assert!(done.settled.account.problem_lines().contains("private ones cannot be read"), "{done}");
    }
}

#[test]
fn names_are_compared_as_people_read_them() {
    let werkstaetten = ("C1", "werkst\u{e4}tten");
    let design = ("C2", "\u{30c7}\u{30b6}\u{30a4}\u{30f3}");
    let with = |first: &str, second: &str| {
        export(&[
            ("channels.json", list(&[werkstaetten, design])),
            ("users.json", users(&[("U1", false), ("U2", false)])),
            (&format!("{first}/2025-05-05.json"), day(0, &["U1", "U2", "U1"])),
            (&format!("{second}/2025-05-05.json"), day(30, &["U2", "U1"])),
        ])
    };
    let lab = Lab::new();
    let half_width = "\u{ff83}\u{ff9e}\u{ff7b}\u{ff9e}\u{ff72}\u{ff9d}";
    for (number, files) in [
        with(werkstaetten.1, design.1),
        with("werksta\u{308}tten", "\u{30c6}\u{3099}\u{30b5}\u{3099}\u{30a4}\u{30f3}"),
        with("Werkst\u{e4}tten", half_width),
    ]
    .iter()
    .enumerate()
    {
        let done = lab.imported("slack", &lab.folder(&format!("export{number}"), files), &[]);
        assert_eq!(done.settled.account.problems, 0, "{}", done.settled.account.problem_lines());
        assert!(!done.to_string().contains("no messages"), "{done}");
        assert_eq!(done.settled.account.new, if number == 0 { 5 } else { 0 });
        assert_eq!(lab.rooms(), [(werkstaetten.1.to_owned(), 3), (design.1.to_owned(), 2)]);
    }
}

#[test]
fn comments_on_files_and_uploads_are_no_channels() {
    let general = || ("general/2025-02-03.json", day(0, &["U1", "U2"]));
    for comments in ["FC:F07CHARTER1:Team charter", "FC_F07CHARTER1_Team charter"] {
        let lab = Lab::new();
        let files = export(&[
            ("channels.json", list(&[("C1", "general")])),
            ("users.json", users(&[])),
            ("canvases.json", "[]".to_owned()),
            general(),
            (&format!("{comments}/2025-02-03.json"), day(9, &["U7"])),
        ]);
        let done = lab.imported("slack", &lab.zip("export.zip", &files), &[]);
        let said = done.to_string();
        assert!(said.contains("comments on 1 canvas or file were left out") && !said.contains("private"), "{said}");
        assert_eq!((done.settled.account.problems, lab.rows().len()), (0, 2));
    }
    let uploads = [
        ("users.json", users(&[("U1", false)])),
        general(),
        ("__uploads/F0AAA/2024-01-31.json", day(9, &["U7", "U8"])),
        ("__uploads/F0AAB/channels.json", list(&[("C7", "elsewhere")])),
        ("general/attachments/2024-01-31.json", day(9, &["U7", "U8"])),
        ("general/attachments/channels.json", list(&[("C7", "elsewhere")])),
    ];
    for listed in [true, false] {
        let lab = Lab::new();
        let mut files = export(&uploads);
        if listed {
            files.extend(export(&[("channels.json", list(&[("C1", "general")]))]));
        }
        let done = lab.imported("slack", &lab.zip("export.zip", &files), &["--unlisted-channels"]);
        assert_eq!(lab.rooms(), [("general".to_owned(), 2)]);
        assert_eq!((done.settled.account.problems, done.settled.account.people), (0, 2), "{done}");
    }
}

#[test]
fn a_dump_of_slackdump_is_called_that() {
    let lab = Lab::new();
    let dump = json!({"channel_id": "C01DUMP0001", "name": "everyone", "messages": []}).to_string();
    let one = lab.file("one/C01DUMP0001.json", &dump);
    let zip = lab.zip("dump.zip", &export(&[("C01DUMP0001.json", dump)]));
    for path in [one, zip] {
        let said = lab.refused("slack", &path, &[]);
        assert!(said.contains("slackdump") && said.contains("convert -f export"), "{said}");
    }
    assert!(!lab.db().exists());
}

#[test]
fn a_channel_without_messages_in_the_range_is_no_fault() {
    let lab = Lab::new();
    let files = export(&[
        ("channels.json", list(&[("C1", "general"), ("C2", "quiet")])),
        ("users.json", users(&[])),
        ("general/2025-02-03.json", day(0, &["U1"])),
    ]);
    let done = lab.imported("slack", &lab.zip("export.zip", &files), &["--strict"]);
    assert!(done.to_string().contains("1 channel of the list has no messages in this export: quiet"), "{done}");
}

#[test]
fn a_channel_is_its_id_and_its_name_that_of_the_newest_export() {
    let tombstone = |ts: i64| {
        json!([{"type": "message", "subtype": "tombstone", "hidden": true, "user": "USLACKBOT", "text": "gone",
                "ts": format!("{ts}.000100")}])
        .to_string()
    };
    let older = export(&[
        ("channels.json", list(&[("C1", "general"), ("C2", "craft"), ("C3", "events")])),
        ("users.json", users(&[])),
        ("general/2025-07-01.json", day(0, &["U1", "U2", "U3"])),
        ("craft/2025-07-01.json", day(100, &["U1"])),
        ("events/2025-07-01.json", day(200, &["U2"])),
    ]);
    let newer = export(&[
        ("channels.json", list(&[("C1", "lobby"), ("C2", "events"), ("C3", "craft")])),
        ("users.json", users(&[])),
        ("lobby/2025-07-01.json", day(0, &["U1"])),
        ("lobby/2025-07-02.json", tombstone(START + 60)),
        ("lobby/2025-07-03.json", day(2000, &["U2"])),
        ("events/2025-07-01.json", day(100, &["U1"])),
        ("events/2025-07-03.json", day(2000, &["U2"])),
        ("craft/2025-07-01.json", day(200, &["U2"])),
        ("craft/2025-07-03.json", day(2000, &["U1"])),
    ]);
    let counts = |lab: &Lab, files: &[(String, Vec<u8>)]| {
        let account = lab.imported("slack", &lab.zip("export.zip", files), &[]).settled.account;
        (account.new, account.known, account.erased, account.deleted)
    };
    let room = |name: &str, count| (name.to_owned(), count);
    let both = [room("craft", 2), room("events", 2), room("lobby", 3)];
    let lab = Lab::new();
    assert_eq!(counts(&lab, &older), (5, 0, 0, 0));
    assert_eq!(counts(&lab, &newer), (3, 3, 1, 0), "what is merely absent stays");
    assert_eq!(lab.rooms(), both);
    assert_eq!(counts(&lab, &older), (0, 4, 0, 1), "what was deleted does not come back");
    assert_eq!(lab.rooms(), both);
    let other = Lab::new();
    assert_eq!(counts(&other, &newer), (6, 0, 0, 0));
    assert_eq!(counts(&other, &older), (1, 3, 0, 1));
    assert_eq!(other.rooms(), both);
}
