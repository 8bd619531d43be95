//! Discourse: what its API answers, and tables of a backup.

use serde_json::{Value, json};

use crate::lab::{Lab, files};

const START: i64 = 1_704_182_400_000;

fn post(topic: i64, number: i64, by: &str, cooked: &str, more: Value) -> Value {
    let mut post = json!({"id": topic * 100 + number, "username": by, "user_id": 5, "topic_id": topic, "post_number": number,
        "created_at": format!("2024-01-02T08:00:{number:02}.000Z"), "cooked": cooked, "post_type": 1,
        "reply_to_post_number": null, "deleted_at": null, "user_deleted": false, "actions_summary": []});
    post.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    post
}

fn topic(id: i64, category: i64, archetype: &str, posts: &[Value]) -> String {
    let stream: Vec<&Value> = posts.iter().map(|post| &post["id"]).collect();
    json!({"post_stream": {"posts": posts, "stream": stream}, "id": id, "title": "xyzzy", "category_id": category,
        "archetype": archetype})
    .to_string()
}

fn site() -> String {
    json!({"categories": [{"id": 1, "name": "Lobby", "read_restricted": false}, {"id": 2, "name": "Staff", "read_restricted": true}]})
        .to_string()
}

/// A public topic, one of the staff, and a personal message.
pub fn export() -> Vec<(String, Vec<u8>)> {
    let quoting =
        "<aside class=\"quote\" data-post=\"1\" data-topic=\"7\"><blockquote>xyzzy</blockquote></aside><p>Yes</p>";
    let posts = [
        post(7, 1, "ana", "<p>xyzzy</p>", json!({})),
        post(
            7,
            2,
            "ben",
            "<p>Yes, <a class=\"mention\" href=\"/u/ana\">@ana</a></p>",
            json!({"reply_to_post_number": 1}),
        ),
        post(7, 3, "cai", quoting, json!({})),
        post(7, 4, "cai", "<p><img src=\"a.png\"></p>", json!({})),
        post(7, 5, "system", "", json!({"post_type": 3, "user_id": -1, "action_code": "closed.enabled"})),
        post(7, 6, "discobot", "<p>xyzzy</p>", json!({"user_id": -2})),
        post(7, 7, "ben", "<p>xyzzy</p>", json!({"post_type": 4})),
        post(7, 8, "ben", "<p>xyzzy</p>", json!({"user_deleted": true})),
    ];
    let closed = |topic: i64, second: i64| {
        post(topic, 1, "ana", "<p>xyzzy</p>", json!({"created_at": format!("2024-01-02T08:00:{second}.000Z")}))
    };
    files(&[
        ("site.json", &site()),
        ("t/7.json", &topic(7, 1, "regular", &posts)),
        ("t/8.json", &topic(8, 2, "regular", &[closed(8, 21)])),
        ("t/9.json", &topic(9, 1, "private_message", &[closed(9, 22)])),
    ])
}

#[test]
fn topics_become_acts_by_the_rules_of_discourse() {
    let lab = Lab::new();
    let done = lab.imported("discourse", &lab.folder("export", &export()), &[]);
    let first = Some(START + 1000);
    let seen: Vec<_> = lab
        .rows()
        .iter()
        .map(|row| ((row.ts - START) / 1000, row.is_bot, row.answers, row.n_chars, row.mentions))
        .collect();
    assert_eq!(
        seen,
        [
            (1, false, None, 5, 0),
            (2, false, first, 9, 1),
            (3, false, first, 3, 0),
            (4, false, None, 0, 0),
            (6, true, None, 5, 0),
        ]
    );
    assert!(lab.rows().iter().all(|row| row.room == "Lobby"));
    let account = &done.settled.account;
    assert_eq!((lab.topics(), account.private, account.problems), (5, 3, 0), "{done}");
    assert_eq!(lab.sources(), ["discourse: replies,threads,edits"]);
    let path = lab.folder("export", &export());
    assert_eq!(lab.imported("discourse", &path, &["--private-channels"]).settled.account.new, 2, "staff and a whisper");
}

#[test]
fn posts_that_the_api_promised_are_missed() {
    let lab = Lab::new();
    let mut export = export();
    export[1].1 = String::from_utf8(export[1].1.clone()).unwrap().replace("\"stream\":[", "\"stream\":[1,2,").into();
    let said = lab.imported("discourse", &lab.folder("export", &export), &[]).settled.account.problem_lines();
    assert!(said.contains("2 posts of 1 topics are missing"), "{said}");
}

#[test]
fn without_categories_nothing_says_what_is_public() {
    let lab = Lab::new();
    let path = lab.folder("export", &export()[1..]);
    let refused = lab.try_import("discourse", &path, &[]).unwrap_err().to_string();
    assert!(refused.contains("--unlisted-channels"), "{refused}");
    let done = lab.imported("discourse", &path, &["--unlisted-channels"]);
    assert_eq!(
        (done.settled.account.messages, done.settled.account.private),
        (6, 2),
        "never personal messages: {done}"
    );
}

/// The same forum's tables.
pub fn tables() -> Vec<(String, Vec<u8>)> {
    files(&[
        ("categories.csv", "id,name,read_restricted\n1,Lobby,f\n2,Staff,t\n"),
        (
            "topics.csv",
            "id,title,category_id,archetype,deleted_at\n7,xyzzy,1,regular,\n8,xyzzy,2,regular,\n9,xyzzy,,private_message,\n10,xyzzy,1,regular,2024-01-03 08:00:00\n",
        ),
        ("users.csv", "id,username,email\n5,ana,a@example.org\n6,ben,\n-2,discobot,\n"),
        (
            "posts.csv",
            "id,user_id,topic_id,post_number,created_at,cooked,reply_to_post_number,deleted_at,post_type,user_deleted\n\
            701,5,7,1,2024-01-02 08:00:01,<p>xyzzy</p>,,,1,f\n\
            702,6,7,2,2024-01-02 08:00:02.5,\"<p>Yes, <a class=\"\"mention\"\" href=\"\"/u/ana\"\">@ana</a></p>\",1,,1,f\n\
            703,-2,7,3,2024-01-02 08:00:03,<p>xyzzy</p>,,,1,f\n\
            704,6,7,4,2024-01-02 08:00:04,<p>xyzzy</p>,,2024-01-02 09:00:00,1,f\n\
            801,5,8,1,2024-01-02 08:00:05,<p>xyzzy</p>,,,1,f\n\
            901,5,9,1,2024-01-02 08:00:06,<p>xyzzy</p>,,,1,f\n\
            1001,5,10,1,2024-01-02 08:00:07,<p>xyzzy</p>,,,1,f\n",
        ),
        (
            "post_actions.csv",
            "id,post_id,user_id,post_action_type_id,created_at,deleted_at\n\
            1,701,6,2,2024-01-02 08:01:00,\n2,701,6,3,2024-01-02 08:01:00,\n3,801,6,2,2024-01-02 08:01:00,\n\
            4,702,5,2,2024-01-02 08:02:00,2024-01-02 08:03:00\n",
        ),
    ])
}

#[test]
fn tables_of_a_backup_tell_who_liked_what() {
    let lab = Lab::new();
    let done = lab.imported("discourse", &lab.folder("backup", &tables()), &[]);
    let seen: Vec<_> = lab
        .rows()
        .iter()
        .map(|row| (row.kind, row.ts - START, row.is_bot, row.answers, row.n_chars, row.mentions))
        .collect();
    let first = Some(START + 1000);
    assert_eq!(
        seen,
        [
            (0, 1000, false, None, 5, 0),
            (0, 2500, false, first, 9, 1),
            (0, 3000, true, None, 5, 0),
            (1, 60_000, false, first, 0, 0),
        ]
    );
    let account = &done.settled.account;
    assert_eq!((account.private, account.problems, account.people), (2, 0, 2), "{done}");
    assert_eq!(lab.sources(), ["discourse: replies,threads,reactions,edits"]);
    let lines = String::from_utf8(tables()[3].1.clone()).unwrap().replace("801,5,8,1", "x,5,8,1");
    let mut broken = tables();
    broken[3].1 = lines.into();
    let said = lab.imported("discourse", &lab.folder("backup", &broken), &[]).settled.account.problem_lines();
    assert!(said.contains("posts.csv, line 6: its `id`, `topic_id` or `post_number` is no number"), "{said}");
}
