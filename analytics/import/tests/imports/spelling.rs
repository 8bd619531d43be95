//! Files that another program saved once more: byte order marks, UTF-16.

use crate::lab::{Lab, files};

const SLACK: [(&str, &str); 3] = [
    ("channels.json", r#"[{"id": "C1", "name": "general"}]"#),
    ("users.json", r#"[{"id": "B1", "is_bot": true}]"#),
    (
        "general/2024-01-02.json",
        r#"[{"user": "U1", "text": "a", "ts": "1704182400.1"}, {"user": "B1", "text": "b", "ts": "1704182401.1"}]"#,
    ),
];
const ELEMENT: &str = r#"{"room_name": "Lobby", "messages": [{"type": "m.room.message", "event_id": "$1", "sender": "@a:t",
    "origin_server_ts": 1704182400000, "content": {"body": "größer"}}]}"#;
const MATTERMOST: &str = r#"{"type": "version", "version": 1}
{"type": "channel", "channel": {"team": "t", "name": "lobby", "type": "O"}}
{"type": "post", "post": {"team": "t", "channel": "lobby", "user": "ana", "message": "größer", "create_at": 1704182400000}}
"#;
const CSV: &str = "ts_ms,room,event_id,sender,kind\n1704182460000,größer,1,ana,message\n";

fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.replace('\n', "\r\n").encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[test]
fn however_a_file_was_saved_it_is_the_same_file() {
    let marked = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes();
    for save in [marked, utf16] {
        for (from, name, text) in
            [("element", "lobby.json", ELEMENT), ("mattermost", "export.jsonl", MATTERMOST), ("csv", "log.csv", CSV)]
        {
            let (plain, saved) = (Lab::new(), Lab::new());
            plain.imported(from, &plain.file(name, text), &["--strict"]);
            saved.imported(from, &saved.file(name, save(text)), &["--strict"]);
            assert_eq!((saved.rows(), saved.rows().len()), (plain.rows(), 1), "{from}");
        }
        let lab = Lab::new();
        let export: Vec<_> =
            files(&SLACK).iter().map(|(name, _)| name.clone()).zip(SLACK.map(|(_, text)| save(text))).collect();
        let done = lab.imported("slack", &lab.zip("export.zip", &export), &["--strict"]);
        assert_eq!((done.settled.account.messages, done.settled.account.bots), (2, 1), "users.json was read");
        assert_eq!(lab.rooms(), [("general".to_owned(), 2)]);
    }
}
