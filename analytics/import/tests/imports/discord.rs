//! What DiscordChatExporter writes.

use serde_json::{Value, json};

use crate::lab::{Lab, files};

const START: i64 = 1_704_182_400_000;

fn user(id: &str) -> Value {
    json!({"id": id, "name": format!("name{id}"), "nickname": format!("Nick {id}"), "isBot": id == "9", "roles": []})
}

fn message(id: &str, kind: &str, second: u32, by: &str, content: &str, more: Value) -> Value {
    let mut message = json!({"id": id, "type": kind, "timestamp": format!("2024-01-02T09:00:{second:02}.25+01:00"),
        "timestampEdited": null, "callEndedTimestamp": null, "isPinned": false, "content": content, "author": user(by),
        "attachments": [], "embeds": [], "stickers": [], "reactions": [], "mentions": []});
    message.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    message
}

fn file(channel: Value, messages: &[Value]) -> String {
    json!({"guild": {"id": "1", "name": "Testers"}, "channel": channel, "dateRange": {"after": null, "before": null},
        "messages": messages, "messageCount": messages.len()})
    .to_string()
}

/// A channel, a thread of it, a forum's post, a private thread, and a direct message.
pub fn export() -> Vec<(String, Vec<u8>)> {
    let reference = |id: &str| json!({"reference": {"messageId": id, "channelId": "50", "guildId": "1"}});
    let reactions =
        json!({"reactions": [{"emoji": {"id": "", "name": "🎉"}, "count": 2, "users": [user("2"), user("9")]}]});
    let reply = json!({"reference": {"messageId": "101"}, "mentions": [user("1"), user("3")]});
    let lobby = file(
        json!({"id": "50", "type": "GuildTextChat", "categoryId": "40", "category": "Text", "name": "lobby", "topic": null}),
        &[
            message("100", "GuildMemberJoin", 0, "2", "Joined the server.", json!({})),
            message("101", "Default", 1, "1", "xyzzy", reactions),
            message("102", "Reply", 2, "2", "Yes, @Nick 3", reply),
            message("103", "Default", 3, "9", "xyzzy", json!({})),
            message("104", "ChannelPinnedMessage", 4, "1", "Pinned a message.", json!({})),
            message("105", "Default", 5, "1", "", json!({"stickers": [{"id": "7", "name": "wave"}]})),
            message("106", "ThreadCreated", 6, "1", "Started a thread.", reference("101")),
        ],
    );
    let thread =
        json!({"id": "101", "type": "GuildPublicThread", "categoryId": "50", "category": "lobby", "name": "xyzzy"});
    let thread = file(
        thread,
        &[
            message("110", "21", 10, "1", "", reference("101")),
            message("111", "Default", 11, "2", "xyzzy", json!({})),
            message("112", "Reply", 12, "1", "xyzzy", reference("110")),
        ],
    );
    let post =
        json!({"id": "120", "type": "GuildPublicThread", "categoryId": "60", "category": "ideas", "name": "xyzzy"});
    let post = file(
        post,
        &[
            message("121", "Default", 21, "2", "xyzzy", json!({})),
            message("120", "Default", 20, "1", "xyzzy", json!({})),
        ],
    );
    let closed =
        json!({"id": "130", "type": "GuildPrivateThread", "categoryId": "50", "category": "lobby", "name": "closed"});
    let direct = json!({"id": "140", "type": "DirectTextChat", "name": "ben"});
    let one = |id: &str| message(id, "Default", 30, "1", "xyzzy", json!({}));
    files(&[
        ("lobby.json", &lobby),
        ("lobby.json_Files/posted.json", &lobby.replace("\"id\":\"1", "\"id\":\"77")),
        ("thread.json", &thread),
        ("post.json", &post),
        ("closed.json", &file(closed, &[one("131")])),
        ("direct.json", &file(direct, &[one("141")])),
    ])
}

#[test]
fn channels_and_threads_become_acts_by_the_rules_of_discord() {
    let lab = Lab::new();
    let path = lab.folder("export", &export());
    let done = lab.imported("discord", &path, &["--unlisted-channels"]);
    let at = |second: i64| START + second * 1000 + 250;
    let rows = lab.rows();
    let seen: Vec<_> = rows
        .iter()
        .map(|row| (row.kind, (row.ts - START) / 1000, row.room.as_str(), row.is_bot, row.answers, row.thread))
        .collect();
    let root = Some(at(1));
    assert_eq!(
        seen,
        [
            (2, 0, "lobby", false, None, None),
            (0, 1, "lobby", false, None, None),
            (1, 1, "lobby", false, root, None),
            (1, 1, "lobby", true, root, None),
            (0, 2, "lobby", false, root, None),
            (0, 3, "lobby", true, None, None),
            (0, 5, "lobby", false, None, None),
            (0, 11, "lobby", false, None, root),
            (0, 12, "lobby", false, root, root),
            (0, 20, "ideas", false, None, None),
            (0, 21, "ideas", false, None, Some(at(20))),
        ]
    );
    assert_eq!((rows[4].n_chars, rows[4].mentions), (12, 1), "whom it answers is not mentioned");
    assert_eq!(rows[6].n_chars, 0, "a sticker");
    let account = &done.settled.account;
    assert_eq!((account.private, account.problems, account.people, account.bots), (2, 0, 2, 1), "{done}");
    assert_eq!(lab.sources(), ["discord: replies,threads,reactions,edits"], "the first was there before anybody came");
}

#[test]
fn what_the_export_does_not_say_to_be_public_is_refused() {
    let lab = Lab::new();
    let path = lab.folder("export", &export());
    let refused = lab.try_import("discord", &path, &[]).unwrap_err().to_string();
    assert!(refused.contains("--unlisted-channels") && refused.contains("lobby"), "{refused}");
    assert!(!lab.db().exists());
    let all = lab.imported("discord", &path, &["--unlisted-channels", "--private-channels"]);
    assert_eq!((all.settled.account.messages, all.settled.account.private), (9, 1), "never direct messages");
}

#[test]
fn reactions_without_names_are_lost() {
    let lab = Lab::new();
    let mut export = export();
    let text = String::from_utf8(export[0].1.clone()).unwrap();
    export[0].1 = text.replace("\"count\":2", "\"count\":50").into();
    lab.imported("discord", &lab.folder("export", &export), &["--unlisted-channels"]);
    assert_eq!(lab.sources(), ["discord: replies,threads,edits"]);
}

#[test]
fn a_file_of_something_else_is_named() {
    let lab = Lab::new();
    let mut export = export();
    export.push(("other.json".to_owned(), b"{\"messages\": []}".to_vec()));
    export.push((
        "cut.json".to_owned(),
        b"{\"channel\": {\"id\": \"1\", \"type\": \"GuildNews\"}, \"messages\": [{".to_vec(),
    ));
    let said = lab.imported("discord", &lab.folder("export", &export), &["--unlisted-channels"]);
    let said = said.settled.account.problem_lines();
    assert!(said.contains("other.json: it is no export of DiscordChatExporter"), "{said}");
    assert!(said.contains("cut.json: it ends in the middle (line 1"), "{said}");
}

#[test]
fn a_thread_that_names_no_channel_is_a_room_without_a_name() {
    let lab = Lab::new();
    let mut export = export();
    let post = String::from_utf8(export[3].1.clone()).unwrap();
    export[3].1 = post.replace("categoryId", "parentId").into();
    lab.imported("discord", &lab.folder("export", &export), &["--unlisted-channels"]);
    assert_eq!(lab.rooms(), [("120".to_owned(), 2), ("lobby".to_owned(), 9)]);
}

#[test]
fn a_channel_of_an_unknown_type_is_left_out_whatever_it_is_called() {
    let lab = Lab::new();
    let mut export = export();
    let post = String::from_utf8(export[3].1.clone()).unwrap();
    export[3].1 = post.replace("GuildPublicThread", "GuildSomeThreadOrOther").into();
    let done = lab.imported("discord", &lab.folder("export", &export), &["--unlisted-channels"]);
    let said = done.settled.account.problem_lines();
    assert!(said.contains("post.json: its channel is of a type that is not known here"), "{said}");
    assert_eq!(lab.rooms(), [("lobby".to_owned(), 9)], "what a thread is called is what somebody wrote");
}
