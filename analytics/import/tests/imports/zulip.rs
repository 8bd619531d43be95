//! A Zulip server's export, and the public archive.

use serde_json::{Value, json};

use crate::lab::{Lab, files};

const START: i64 = 1_704_182_400_000;

/// A server with a public and a private channel, and a talk of two.
pub fn export() -> Vec<(String, Vec<u8>)> {
    let message = |id: i64, sender: i64, recipient: i64, after: f64, content: &str| {
        json!({"id": id, "sender": sender, "recipient": recipient, "subject": "✔ Tides", "content": content,
            "rendered_content": null, "date_sent": 1_704_182_400.0 + after, "edit_history": null})
    };
    let audit = |id: i64, kind: Value, user: i64, stream: i64| {
        json!({"id": id, "event_type": kind, "event_time": 1_704_182_400.0 + id as f64, "modified_user": user,
            "modified_stream": stream, "acting_user": user})
    };
    let quoting = "@_**Ana|8** [said](https://t/#narrow/channel/1-lobby/topic/Tides/near/101):\n```quote\nxyzzy\n```\nYes, @**Ana**";
    let realm = json!({
        "zerver_realm": [{"id": 1}],
        "zerver_stream": [{"id": 1, "name": "lobby", "invite_only": false}, {"id": 2, "name": "leads", "invite_only": true}],
        "zerver_recipient": [{"id": 11, "type": 2, "type_id": 1}, {"id": 12, "type": 2, "type_id": 2},
            {"id": 13, "type": 1, "type_id": 8}, {"id": 14, "type": 3, "type_id": 5}],
        "zerver_userprofile": [{"id": 8, "is_bot": false}, {"id": 9, "is_bot": false}, {"id": 10, "is_bot": true}],
        "zerver_userprofile_crossrealm": [{"id": 3, "email": "notification-bot@zulip.com"}],
        "zerver_subscription": [{"user_profile": 8, "recipient": 11, "active": true},
            {"user_profile": 9, "recipient": 11, "active": true}, {"user_profile": 10, "recipient": 11, "active": true},
            {"user_profile": 7, "recipient": 12, "active": true}],
        "zerver_reaction": [
            {"id": 1, "user_profile": 9, "message": 101, "emoji_name": "tada"},
            {"id": 2, "user_profile": 9, "message": 105, "emoji_name": "tada"}],
        "zerver_realmauditlog": [audit(1, json!(301), 8, 1), audit(2, json!("subscription_created"), 9, 1),
            audit(3, json!(303), 9, 1), audit(4, json!(101), 9, 1), audit(5, json!(301), 9, 2)],
    });
    let first = json!({"zerver_message": [message(101, 8, 11, 60.25, "xyzzy"), message(102, 9, 11, 70.0, quoting),
        message(103, 10, 11, 80.0, "xyzzy"), message(104, 3, 11, 90.0, "xyzzy"), message(105, 8, 12, 95.0, "xyzzy")],
        "zerver_usermessage": [{"id": 1}]});
    let second = json!({"zerver_message": [message(106, 8, 11, 100.0, "[plan.png](/user_uploads/1/plan.png)"),
        message(107, 9, 11, 110.0, "(deleted)"), message(108, 8, 13, 120.0, "xyzzy"), message(109, 8, 14, 120.0, "xyzzy")]});
    let uploaded = json!({"zerver_message": [message(201, 8, 11, 60.0, "xyzzy")]});
    files(&[
        ("t/realm.json", &realm.to_string()),
        ("t/messages-000001.json", &first.to_string()),
        ("t/messages-000002.json", &second.to_string()),
        ("t/uploads/1/realm.json", &json!({"zerver_stream": []}).to_string()),
        ("t/uploads/1/messages-000001.json", &uploaded.to_string()),
    ])
}

#[test]
fn a_server_becomes_acts_by_the_rules_of_zulip() {
    let lab = Lab::new();
    let done = lab.imported("zulip", &lab.tar_gz("export.tar.gz", &export()), &[]);
    let first = Some(START + 60_250);
    let seen: Vec<_> = lab
        .rows()
        .iter()
        .map(|row| (row.kind, row.ts - START, row.is_bot, row.answers, row.n_chars, row.mentions))
        .collect();
    assert_eq!(
        seen,
        [
            (2, 1000, false, None, 0, 0),
            (2, 2000, false, None, 0, 0),
            (3, 3000, false, None, 0, 0),
            (0, 60_250, false, None, 5, 0),
            (1, 60_250, false, first, 0, 0),
            (0, 70_000, false, first, 13, 1),
            (0, 80_000, true, None, 5, 0),
            (0, 90_000, true, None, 5, 0),
            (0, 100_000, false, None, 0, 0),
        ]
    );
    assert_eq!(lab.topics(), 5, "every message is in a topic");
    assert!(lab.rows().iter().all(|row| row.room == "lobby"));
    let account = &done.settled.account;
    assert_eq!((account.private, account.problems, account.people, account.bots), (3, 0, 2, 2), "{done}");
    assert_eq!(lab.sources(), ["zulip: replies,threads,reactions,joins,edits"]);
}

#[test]
fn a_private_channel_comes_only_if_it_is_asked_for() {
    let lab = Lab::new();
    lab.imported("zulip", &lab.folder("export", &export()), &["--private-channels"]);
    assert_eq!(lab.rows().iter().filter(|row| row.room == "leads").count(), 3, "a message, a reaction and a join");
}

#[test]
fn a_channel_that_does_not_say_who_may_read_it_is_refused() {
    let lab = Lab::new();
    let mut export = export();
    export[0].1 = String::from_utf8(export[0].1.clone()).unwrap().replace("\"invite_only\":false", "\"x\":0").into();
    let path = lab.folder("export", &export);
    let refused = lab.try_import("zulip", &path, &[]).unwrap_err().to_string();
    assert!(refused.contains("--unlisted-channels") && refused.contains("lobby"), "{refused}");
    assert_eq!(lab.imported("zulip", &path, &["--unlisted-channels"]).settled.account.messages, 5);
}

#[test]
fn a_public_archive_has_messages_topics_and_quotations() {
    let lab = Lab::new();
    let quoting = "<p><span class=\"user-mention silent\" data-user-id=\"8\">Ana</span> <a \
        href=\"/#narrow/stream/7-help-desk/topic/Tides/near/101\">said</a>:</p>\n<blockquote>\n<p>xyzzy</p>\n</blockquote>\n\
        <p>Yes, <span class=\"user-mention\" data-user-id=\"8\">@Ana</span></p>";
    let topic = json!([
        {"id": 101, "sender_full_name": "Ana", "timestamp": 1_704_182_400, "content": "<p>xyzzy</p>"},
        {"id": 102, "sender_full_name": "Ben", "timestamp": 1_704_182_410, "content": quoting},
        {"id": 103, "sender_full_name": "Notification Bot", "timestamp": 1_704_182_420, "content": "<p>xyzzy</p>"}]);
    let index = json!({"streams": {"help desk": {"id": 7, "latest_id": 103, "topic_data": {}}}, "time": 1});
    let export = files(&[
        ("archive/stream_index.json", &index.to_string()),
        ("archive/7-help.20desk/Tides.json", &topic.to_string()),
    ]);
    let done = lab.imported("zulip", &lab.folder("export", &export), &[]);
    let rows = lab.rows();
    assert_eq!((rows[1].answers, rows[1].n_chars, rows[1].mentions), (Some(START), 9, 1));
    assert!(rows[2].is_bot && rows.iter().all(|row| row.room == "help desk"));
    assert_eq!((lab.topics(), done.settled.account.problems), (3, 0), "{done}");
}
