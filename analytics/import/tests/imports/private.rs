//! What was never said in public, or was never said here: private conversations, and what members posted as files.

use serde_json::{Value, json};

use crate::lab::{Lab, files};

const START: i64 = 1_767_600_000_000;

fn post(channel: &str, user: &str, at: i64) -> Value {
    json!({"type": "post", "post": {"team": "t", "channel": channel, "user": user, "message": "plugh",
                                    "create_at": START + at}})
}

fn channel(name: &str, kind: &str) -> Value {
    json!({"type": "channel", "channel": {"team": "t", "name": name, "type": kind, "display_name": name}})
}

fn lines(lines: &[Value]) -> String {
    let version = json!({"type": "version", "version": 1});
    std::iter::once(&version).chain(lines).map(|line| format!("{line}\n")).collect()
}

#[test]
fn a_mattermost_server_in_several_files_has_one_list_of_channels() {
    let with_list =
        lines(&[channel("lobby", "O"), channel("board", "P"), post("lobby", "ana", 0), post("board", "ana", 0)]);
    let without = lines(&[post("lobby", "ben", 1000), post("board", "ben", 2000), post("board", "cyd", 3000)]);
    for (first, second) in [(&with_list, &without), (&without, &with_list)] {
        let lab = Lab::new();
        let path = lab.zip("split.zip", &files(&[("part1.jsonl", first), ("part2.jsonl", second)]));
        let done = lab.imported("mattermost", &path, &[]);
        assert_eq!(lab.rooms(), [("lobby".to_owned(), 2)], "nothing of the private board");
        assert_eq!((done.settled.account.people, done.settled.account.problems), (2, 0), "{done}");
    }
}

#[test]
fn a_mattermost_channel_that_no_line_names_is_read_only_if_it_is_asked_for() {
    let lab = Lab::new();
    let path = lab.file("export.jsonl", lines(&[post("lobby", "ana", 0), post("board", "ana", 0)]));
    let said = lab.refused("mattermost", &path, &[]);
    assert!(said.contains("does not say which conversations are public"), "{said}");
    assert!(said.contains("--unlisted-channels: t/board, t/lobby") && !lab.db().exists(), "{said}");
    let some =
        lab.file("some.jsonl", lines(&[channel("lobby", "O"), post("lobby", "ana", 0), post("board", "ana", 0)]));
    let done = lab.imported("mattermost", &some, &[]);
    assert_eq!(lab.rooms(), [("lobby".to_owned(), 1)]);
    assert!(done.settled.account.problem_lines().contains("1 channel of posts that no line names"), "{done}");
    lab.imported("mattermost", &path, &["--unlisted-channels"]);
    assert_eq!(lab.rows().len(), 2);
    let untyped = json!({"type": "channel", "channel": {"team": "t", "name": "den"}});
    let path = lab.file("untyped.jsonl", lines(&[untyped, post("den", "ana", 0)]));
    assert!(lab.refused("mattermost", &path, &[]).contains("nothing to import"));
}

#[test]
fn what_members_posted_in_mattermost_is_no_history() {
    let own = lines(&[channel("lobby", "O"), post("lobby", "ana", 0), post("lobby", "ben", 1000)]);
    let foreign = lines(&[channel("secret", "O"), post("secret", "xen", 0)]);
    for name in ["import.jsonl", "export.json"] {
        let lab = Lab::new();
        let path = lab.zip("20260127_export.zip", &files(&[(name, &own), ("data/20260101/f/old.jsonl", &foreign)]));
        let done = lab.imported("mattermost", &path, &["--strict"]);
        assert_eq!(lab.rooms(), [("lobby".to_owned(), 2)], "{name}");
        assert_eq!(done.settled.account.people, 2);
    }
    let lab = Lab::new();
    lab.imported("mattermost", &lab.file("export.json", own), &["--strict"]);
    assert_eq!(lab.rooms(), [("lobby".to_owned(), 2)]);
}

fn event(room: &str, id: &str, sender: &str) -> Value {
    json!({"type": "m.room.message", "event_id": id, "sender": sender, "origin_server_ts": START, "room_id": room,
           "content": {"msgtype": "m.text", "body": "plugh"}})
}

#[test]
fn what_members_posted_in_a_room_is_no_history_and_takes_nothing_back() {
    let room = |events: &[Value]| json!({"room_name": "Lobby", "messages": events}).to_string();
    let own: Vec<Value> =
        (0..6).map(|number| event("!l:t", &format!("$e{number}"), &format!("@p{}:t", number % 3))).collect();
    let redaction = |id: &str, of: &str| {
        json!({"type": "m.room.redaction", "event_id": id, "sender": "@x:y", "origin_server_ts": 1, "redacts": of,
               "content": {}})
    };
    let taken: Vec<Value> = (0..5).map(|number| redaction(&format!("$r{number}"), &format!("$e{number}"))).collect();
    let elsewhere = room(&[event("!private:elsewhere", "$s1", "@xen:elsewhere")]);
    let zip = files(&[
        ("export.json", &room(&own)),
        ("files/fun-Jan 5.json", &room(&taken)),
        ("files/export.json", &elsewhere),
        ("files/notes.json", r#"{"todo": ["bread"]}"#),
    ]);
    let lab = Lab::new();
    let done = lab.imported("element", &lab.zip("lobby.zip", &zip), &["--strict"]);
    assert_eq!((lab.rows().len(), done.settled.account.people), (6, 3), "{done}");
    // Two rooms' exports side by side: what is taken back in one is not taken back in another.
    let lab = Lab::new();
    let mut other = vec![event("!craft:t", "$c1", "@p0:t")];
    other.extend(taken);
    lab.folder("rooms", &files(&[("lobby.json", &room(&own)), ("craft.json", &room(&other))]));
    lab.imported("element", &lab.path("rooms"), &[]);
    assert_eq!(lab.rows().len(), 7);
}
