//! Telegram Desktop's export.

use serde_json::{Value, json};

use crate::lab::Lab;

const START: i64 = 1_704_182_400_000;

fn message(id: i64, second: i64, by: &str, text: Value, more: Value) -> Value {
    let mut message = json!({"id": id, "type": "message", "date": "2024-01-02T09:00:00",
        "date_unixtime": (START / 1000 + second).to_string(), "from": by, "from_id": format!("user{by}"), "text": text,
        "text_entities": []});
    message.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    message
}

fn service(id: i64, second: i64, by: &str, action: &str, more: Value) -> Value {
    let mut message = json!({"id": id, "type": "service", "date": "2024-01-02T09:00:00",
        "date_unixtime": (START / 1000 + second).to_string(), "actor": by, "actor_id": format!("user{by}"),
        "action": action, "text": "", "text_entities": []});
    message.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    message
}

fn messages() -> Vec<Value> {
    let reacted = json!({"reactions": [{"type": "emoji", "count": 1, "emoji": "🎉",
        "recent": [{"from": "Ben", "from_id": "userBen", "date": "2024-01-02T09:00:30"}]}]});
    vec![
        service(1, 0, "Ana", "create_group", json!({"title": "Lobby", "members": ["Ana"]})),
        service(2, 1, "Ana", "invite_members", json!({"members": ["Ben", "Cai", null, "Nobody"]})),
        service(3, 2, "Dov", "join_group_by_link", json!({"inviter": "Ana"})),
        service(4, 3, "Ana", "topic_created", json!({"title": "Tides"})),
        message(5, 5, "Ana", json!("xyzzy"), reacted),
        message(6, 6, "Ben", json!(["Yes ", {"type": "mention", "text": "@ana"}]), json!({"reply_to_message_id": 5})),
        message(7, 7, "Cai", json!("xyzzy"), json!({"reply_to_message_id": 4})),
        message(8, 8, "Ben", json!("xyzzy"), json!({"reply_to_message_id": 7})),
        message(9, 9, "Dov", json!(""), json!({"media_type": "sticker", "file": "a.webp", "sticker_emoji": "👋"})),
        message(10, 10, "Ana", json!("xyzzy"), json!({"from_id": "channel77", "from": "News"})),
        message(11, 11, "Ana", json!("xyzzy"), json!({"reply_to_message_id": 5, "reply_to_peer_id": "channel9"})),
        service(12, 12, "Ana", "pin_message", json!({"message_id": 5})),
        service(13, 13, "Ana", "remove_members", json!({"members": ["Ben"]})),
    ]
}

fn chat(kind: &str) -> Value {
    json!({"name": "Lobby", "type": kind, "id": 4000, "messages": messages()})
}

pub fn export() -> String {
    chat("public_supergroup").to_string()
}

#[test]
fn a_group_becomes_acts_by_the_rules_of_telegram() {
    let lab = Lab::new();
    let done = lab.imported("telegram", &lab.file("result.json", export()), &["--timezone", "Europe/Berlin"]);
    let at = |second: i64| Some(START + second * 1000);
    let seen: Vec<_> = lab
        .rows()
        .iter()
        .map(|row| (row.kind, (row.ts - START) / 1000, row.is_bot, row.answers, row.n_chars, row.mentions))
        .collect();
    assert_eq!(
        seen,
        [
            (2, 1, false, None, 0, 0),
            (2, 1, false, None, 0, 0),
            (2, 2, false, None, 0, 0),
            (0, 5, false, None, 5, 0),
            (0, 6, false, at(5), 8, 1),
            (0, 7, false, None, 5, 0),
            (0, 8, false, at(7), 5, 0),
            (0, 9, false, None, 0, 0),
            (0, 10, true, None, 5, 0),
            (0, 11, false, None, 5, 0),
            (3, 13, false, None, 0, 0),
            (1, 30, false, at(5), 0, 0),
        ]
    );
    assert_eq!(lab.topics(), 2, "an answer in a topic is in it, too");
    assert_eq!(done.settled.account.problems, 0, "{done}");
    assert_eq!(lab.sources(), ["telegram: replies,threads,reactions,edits"], "who made the group never came");
}

#[test]
fn an_account_gives_its_public_groups_and_no_talk_of_two() {
    let lab = Lab::new();
    let with = |kind: &str, id: i64| {
        let mut chat = chat(kind);
        chat["id"] = json!(id);
        chat["name"] = json!(format!("{kind} {id}"));
        chat
    };
    let account = json!({"about": "…", "personal_information": {"user_id": 1}, "contacts": {"list": [{"name": "x"}]},
        "chats": {"about": "…", "list": [with("saved_messages", 1), with("public_supergroup", 2), with("personal_chat", 3),
            with("private_supergroup", 4)]},
        "left_chats": {"about": "…", "list": [with("private_group", 5), with("public_supergroup", 6)]}});
    let path = lab.file("result.json", account.to_string());
    let done = lab.imported("telegram", &path, &[]);
    let rooms =
        |lab: &Lab| lab.rows().iter().map(|row| row.room.clone()).collect::<std::collections::BTreeSet<_>>().len();
    assert_eq!((rooms(&lab), done.settled.account.private), (2, 4), "{done}");
    lab.imported("telegram", &path, &["--private-channels"]);
    assert_eq!(rooms(&lab), 4);
}

#[test]
fn a_date_alone_is_of_the_zone_that_is_given_and_reactions_may_be_lost() {
    let lab = Lab::new();
    let text = export().replace("date_unixtime", "x").replace("\"count\":1", "\"count\":30");
    lab.imported("telegram", &lab.file("result.json", text), &["--timezone", "Europe/Berlin"]);
    assert_eq!(lab.rows()[0].ts, START);
    assert_eq!(lab.sources(), ["telegram: replies,threads,edits"]);
}

#[test]
fn a_chat_without_a_type_is_refused() {
    let lab = Lab::new();
    let path = lab.file("result.json", chat("some_new_type").to_string());
    let refused = lab.try_import("telegram", &path, &[]).unwrap_err().to_string();
    assert!(refused.contains("--unlisted-channels") && refused.contains("Lobby"), "{refused}");
}
