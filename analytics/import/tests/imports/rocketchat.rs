//! Rocket.Chat: what a server holds, and what people export.

use serde_json::{Value, json};

use crate::lab::{Lab, files};

const START: i64 = 1_704_182_400_000;

fn message(id: &str, room: &str, second: u32, by: &str, text: &str, more: Value) -> String {
    let mut message = json!({"_id": id, "rid": room, "msg": text, "ts": {"$date": format!("2024-01-02T08:00:{second:02}.000Z")},
        "u": {"_id": format!("id{by}"), "username": by, "name": by}, "mentions": null, "urls": []});
    message.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    message.to_string()
}

/// A server's messages, rooms and users.
pub fn export() -> Vec<(String, Vec<u8>)> {
    let quoting = "[ ](https://t/channel/lobby?msg=m1) Yes @ana";
    let named = json!({"mentions": [{"_id": "idana", "username": "ana"}, {"_id": "all", "username": "all"}]});
    let reacted = json!({"reactions": {":tada:": {"usernames": ["ben", "robot"]}}});
    let messages = [
        message("m0", "GENERAL", 0, "ana", "ana", json!({"t": "uj"})),
        message("m1", "GENERAL", 1, "ana", "xyzzy", reacted),
        message("m2", "GENERAL", 2, "ben", quoting, named),
        message("m3", "GENERAL", 3, "ben", "xyzzy", json!({"tmid": "m1"})),
        message("m4", "GENERAL", 4, "robot", "xyzzy", json!({})),
        message("m5", "GENERAL", 5, "ana", "xyzzy", json!({"bot": {"i": "hook"}, "alias": "Hook"})),
        message("m6", "GENERAL", 6, "ana", "", json!({"t": "rm"})),
        message("m7", "GENERAL", 7, "ana", "ben", json!({"t": "au"})),
        message("m8", "GENERAL", 8, "ana", "new topic", json!({"t": "room_changed_topic"})),
        message("m9", "GENERAL", 9, "ana", "xyzzy", json!({"_hidden": true, "parent": "m1"})),
        message("m10", "GENERAL", 10, "ana", "", json!({"file": {"_id": "f"}, "attachments": [{"title": "a.png"}]})),
        message("m11", "GENERAL", 11, "ben", "c2VjcmV0", json!({"t": "e2e"})),
        message("m12", "LEADS", 12, "ben", "xyzzy", json!({})),
        message("m13", "anaben", 13, "ben", "xyzzy", json!({})),
    ];
    let rooms = [
        json!({"_id": "GENERAL", "t": "c", "name": "lobby", "ts": {"$date": "2024-01-01T00:00:00Z"}, "u": {"username": "ana"}}),
        json!({"_id": "LEADS", "t": "p", "name": "leads", "fname": "Leads"}),
        json!({"_id": "anaben", "t": "d", "usernames": ["ana", "ben"]}),
    ];
    let users = json!([{"_id": "idana", "username": "ana", "type": "user", "roles": ["user"]},
        {"_id": "idrobot", "username": "robot", "type": "bot", "roles": ["bot"]}]);
    files(&[
        ("dump/rocketchat_message.json", &messages.join("\n")),
        ("dump/rocketchat_room.json", &rooms.map(|room| room.to_string()).join("\n")),
        ("dump/users.json", &users.to_string()),
        ("dump/assets/posted.json", &message("m99", "GENERAL", 1, "ana", "xyzzy", json!({}))),
    ])
}

#[test]
fn a_server_becomes_acts_by_the_rules_of_rocket_chat() {
    let lab = Lab::new();
    let done = lab.imported("rocketchat", &lab.zip("dump.zip", &export()), &[]);
    let first = Some(START + 1000);
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
            (1, 1, false, first, None, 0, 0),
            (1, 1, true, first, None, 0, 0),
            (0, 2, false, first, None, 8, 1),
            (0, 3, false, first, first, 5, 0),
            (0, 4, true, None, None, 5, 0),
            (0, 5, true, None, None, 5, 0),
            (2, 7, false, None, None, 0, 0),
            (0, 10, false, None, None, 0, 0),
            (0, 11, false, None, None, 0, 0),
        ]
    );
    let account = &done.settled.account;
    assert_eq!((account.private, account.problems, account.people, account.bots), (2, 0, 2, 2), "{done}");
    assert!(lab.rows().iter().all(|row| row.room == "lobby"));
}

#[test]
fn what_was_removed_since_goes() {
    let lab = Lab::new();
    let path = lab.folder("export", &export());
    lab.imported("rocketchat", &path, &[]);
    let mut later = export();
    let gone = message("m3", "GENERAL", 3, "ben", "", json!({"t": "rm"}));
    later[0].1.extend(format!("\n{gone}\n").into_bytes());
    let done = lab.imported("rocketchat", &lab.folder("export", &later), &[]);
    assert_eq!((done.settled.account.erased, lab.rows().len()), (1, 10), "{done}");
}

#[test]
fn what_people_export_has_no_ids() {
    let lab = Lab::new();
    let said = |by: &str, second: u32, more: &str| {
        format!("{{\"msg\":\"xyzzy\",\"username\":\"{by}\",\"ts\":\"2024-01-02T08:00:{second:02}.000Z\"{more}}}\n")
    };
    let lobby = [
        said("ana", 1, ",\"type\":\"uj\""),
        said("ana", 2, ""),
        said("ana", 2, ""),
        said("User_1", 3, ",\"type\":\"au\""),
        said("User_1", 4, ""),
    ];
    let lists = "{\"roomId\":\"GENERAL\",\"roomName\":\"lobby\",\"type\":\"c\"}\n{\"roomId\":\"x\",\"roomName\":\"x\",\"type\":\"d\"}";
    let export = files(&[
        ("channels.json", lists),
        ("user.json", "{\"username\":\"ana\",\"roles\":[\"user\"]}"),
        ("lobby.json", &lobby.concat()),
        ("x.json", &said("ana", 5, "")),
    ]);
    let path = lab.folder("export", &export);
    let done = lab.imported("rocketchat", &path, &[]);
    let kinds: Vec<_> = lab.rows().iter().map(|row| row.kind).collect();
    assert_eq!(
        (kinds, done.settled.account.private),
        (vec![2, 0, 0, 0], 1),
        "two posts of one millisecond are two: {done}"
    );
    assert_eq!(lab.imported("rocketchat", &path, &[]).settled.account.new, 0);
    let one = lab.try_import("rocketchat", &lab.file("alone/lobby.json", lobby.concat()), &[]).unwrap_err().to_string();
    assert!(one.contains("--unlisted-channels") && one.contains("lobby"), "{one}");
}

#[test]
fn a_line_that_makes_no_sense_costs_only_itself() {
    let lab = Lab::new();
    let mut export = export();
    export[0].1.extend(b"\n{\"rid\": 7}\n{\"_id\":\"m\n");
    let done = lab.imported("rocketchat", &lab.folder("export", &export), &[]);
    let said = done.settled.account.problem_lines();
    assert!(said.contains("rocketchat_message.json, line 15: it is no message, room or user"), "{said}");
    assert!(said.contains("line 16: it is no JSON, or was cut off"), "{said}");
    assert_eq!(lab.rows().len(), 11);
}
