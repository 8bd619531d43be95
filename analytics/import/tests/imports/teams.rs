//! What people can export of Teams.

use serde_json::{Value, json};

use crate::lab::Lab;

const START: i64 = 1_704_182_400_000;
const CHANNEL: &str = "19:lobby@thread.tacv2";

fn message(id: i64, second: u32, by: &str, kind: &str, content: &str, more: Value) -> Value {
    let mut message = json!({"id": id.to_string(), "displayName": null, "messagetype": kind, "version": 1,
        "originalarrivaltime": format!("2024-01-02T08:00:{second:02}.5Z"), "content": content, "conversationid": CHANNEL,
        "from": by, "properties": null, "amsreferences": null});
    message.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    message
}

pub fn export() -> String {
    let emotions =
        json!([{"key": "like", "users": [{"mri": "8:ben", "time": START + 30_000, "value": "x"}]}]).to_string();
    let quoting = "<blockquote itemscope itemtype=\"http://schema.skype.com/Reply\" itemid=\"1001\"><b>Ana</b><p>xyzzy</p>\
        </blockquote><p>Yes, <at id=\"8:ana\">Ana</at></p>";
    let skype = "<quote author=\"ana\" messageid=\"1001\"><legacyquote>[1] Ana: </legacyquote>xyzzy</quote>No";
    let messages = [
        message(
            1000,
            0,
            "8:ana",
            "ThreadActivity/AddMember",
            "<addmember><target>8:ana</target></addmember>",
            json!({}),
        ),
        message(
            1001,
            1,
            "https://t/contacts/8:ana",
            "RichText/Html",
            "<p>xyzzy</p>",
            json!({"properties": {"emotions": emotions}}),
        ),
        message(1002, 2, "8:ben", "RichText/Html", quoting, json!({})),
        message(1003, 3, "8:ben", "RichText", skype, json!({"conversationid": format!("{CHANNEL};messageid=1001")})),
        message(1004, 4, "28:bot", "Text", "xyzzy", json!({})),
        message(1005, 5, "8:ana", "RichText/UriObject", "<URIObject>To view this, go to…</URIObject>", json!({})),
        message(1006, 6, "8:ana", "Text", "", json!({"properties": {"deletetime": "1704182500000"}})),
        message(1007, 7, "8:ana", "Event/Call", "<ended/>", json!({})),
    ];
    let of = |id: &str, topic: Value| {
        json!({"id": id, "displayName": null, "version": 1, "properties": {}, "threadProperties": topic,
            "MessageList": [message(2000, 9, "8:ana", "Text", "xyzzy", json!({"conversationid": id}))]})
    };
    json!({"userId": "8:ana", "exportDate": "2024-02-01T00:00", "conversations": [
        of("48:notes", Value::Null),
        {"id": CHANNEL, "displayName": "Lobby", "threadProperties": {"topic": ""}, "MessageList": messages},
        of("19:a_b@unq.gbl.spaces", Value::Null),
        of("19:group@thread.v2", json!({"topic": "Leads"})),
    ]})
    .to_string()
}

#[test]
fn a_channel_becomes_acts_by_the_rules_of_teams() {
    let lab = Lab::new();
    let path = lab.file("messages.json", export());
    let done = lab.imported("teams", &path, &["--unlisted-channels"]);
    let first = Some(START + 1500);
    let seen: Vec<_> = lab
        .rows()
        .iter()
        .map(|row| (row.kind, (row.ts - START) / 1000, row.is_bot, row.answers, row.thread, row.n_chars, row.mentions))
        .collect();
    assert_eq!(
        seen,
        [
            (2, 0, false, None, None, 0, 0),
            (0, 1, false, None, None, 5, 0),
            (0, 2, false, first, None, 8, 1),
            (0, 3, false, first, first, 2, 0),
            (0, 4, true, None, None, 5, 0),
            (0, 5, false, None, None, 0, 0),
            (1, 30, false, first, None, 0, 0),
        ]
    );
    assert!(lab.rows().iter().all(|row| row.room == "Lobby"));
    let account = &done.settled.account;
    assert_eq!((account.private, account.problems, account.people), (3, 0, 2), "{done}");
    lab.imported("teams", &path, &["--unlisted-channels", "--private-channels"]);
    assert_eq!(lab.rows().iter().filter(|row| row.room == "Leads" && row.kind == 0).count(), 1);
}

#[test]
fn a_channel_does_not_say_who_may_read_it() {
    let lab = Lab::new();
    let refused = lab.try_import("teams", &lab.file("messages.json", export()), &[]).unwrap_err().to_string();
    assert!(refused.contains("--unlisted-channels") && refused.contains("Lobby"), "{refused}");
}

#[test]
fn a_message_that_makes_no_sense_is_named() {
    let lab = Lab::new();
    let text =
        export().replacen("\"originalarrivaltime\":\"2024-01-02T08:00:04.5Z\"", "\"originalarrivaltime\":\"soon\"", 1);
    let done = lab.imported("teams", &lab.file("messages.json", text), &["--unlisted-channels"]);
    let said = done.settled.account.problem_lines();
    assert!(said.contains("messages.json, record 6: its `originalarrivaltime` is no time"), "{said}");
}
