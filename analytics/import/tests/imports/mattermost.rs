//! Mattermost's bulk export.

use serde_json::{Value, json};

use crate::lab::Lab;

const START: i64 = 1_704_182_400_000;

fn post(user: &str, at: i64, more: Value) -> Value {
    let mut post = json!({"team": "t", "channel": "lobby", "user": user, "type": "", "message": "plugh",
                          "create_at": START + at, "edit_at": null, "props": {}});
    post.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({"type": "post", "post": post})
}

fn lines() -> Vec<Value> {
    let reply = |user: &str, at: i64| {
        json!({"user": user, "message": "plugh @ana", "create_at": START + at,
               "reactions": [{"user": "ana", "create_at": START + at + 1, "emoji_name": "tada"}]})
    };
    vec![
        json!({"type": "version", "version": 1, "info": {"generator": "mattermost-server"}}),
        json!({"type": "team", "team": {"name": "t", "display_name": "T", "type": "O"}}),
        json!({"type": "channel", "channel": {"team": "t", "name": "lobby", "display_name": "Lobby", "type": "O"}}),
        json!({"type": "channel", "channel": {"team": "t", "name": "leads", "display_name": "Leads", "type": "P"}}),
        json!({"type": "user", "user": {"username": "ana", "email": "ana@example.org"}}),
        json!({"type": "bot", "bot": {"username": "robot", "owner": "ana"}}),
        post(
            "ana",
            1000,
            json!({"replies": [reply("ben", 2000), reply("robot", 3000)],
            "reactions": [{"user": "ben", "create_at": START + 1500, "emoji_name": "+1"}]}),
        ),
        post("ana", 4000, json!({"props": {"from_webhook": "true", "override_username": "hook"}})),
        post("ben", 5000, json!({"type": "system_join_channel"})),
        post("ben", 6000, json!({"type": "system_header_change"})),
        post("ana", 7000, json!({"channel": "leads"})),
        json!({"type": "direct_channel", "direct_channel": {"members": ["ana", "ben"]}}),
        json!({"type": "direct_post", "direct_post": {"channel_members": ["ana", "ben"], "user": "ana",
            "message": "plugh", "create_at": START}}),
    ]
}

fn export(lines: &[Value]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

#[test]
fn a_server_becomes_acts_by_the_rules_of_mattermost() {
    let lab = Lab::new();
    let done = lab.imported("mattermost", &lab.file("export.jsonl", export(&lines())), &[]);
    let root = Some(START + 1000);
    let rows = lab.rows();
    let seen: Vec<_> = rows.iter().map(|row| (row.kind, row.ts - START, row.is_bot, row.answers)).collect();
    assert_eq!(
        seen,
        [
            (0, 1000, false, None),
            (1, 1500, false, root),
            (0, 2000, false, root),
            (1, 2001, false, Some(START + 2000)),
            (0, 3000, true, root),
            (1, 3001, false, Some(START + 3000)),
            (0, 4000, true, None),
            (2, 5000, false, None),
        ]
    );
    assert!(rows.iter().all(|row| row.room == "Lobby"));
    assert_eq!((rows[2].thread, rows[2].n_chars, rows[2].mentions), (root, 10, 1));
    let account = &done.settled.account;
    assert_eq!((account.private, account.no_act, account.people, account.bots), (3, 1, 2, 2), "{done}");
    assert_eq!(lab.sources(), ["mattermost: replies,threads,reactions,edits"], "when people came is not told");
    assert!(!lab.bytes().windows(5).any(|window| window == b"plugh"));
    assert_eq!(lab.imported("mattermost", &lab.path("export.jsonl"), &[]).settled.account.new, 0);
}

#[test]
fn a_private_channel_comes_only_if_it_is_asked_for() {
    let lab = Lab::new();
    let path = lab.file("export.jsonl", export(&lines()));
    lab.imported("mattermost", &path, &["--private-channels"]);
    assert_eq!(lab.rows().iter().filter(|row| row.room == "Leads").count(), 1);
}

#[test]
fn a_line_that_makes_no_sense_is_named_and_costs_only_itself() {
    let lab = Lab::new();
    let mut text = export(&lines());
    text.push_str("{\"type\":\"post\",\"post\":{\"team\":\"t\"}}\n{\"type\":\"post\",\"po");
    let done = lab.imported("mattermost", &lab.file("export.jsonl", text), &[]);
    let said = done.settled.account.problem_lines();
    assert!(said.contains("line 14: it is not what such a line should be"), "{said}");
    assert!(said.contains("line 15: it is no JSON, or was cut off"), "{said}");
    assert_eq!(lab.rows().len(), 8);
}

#[test]
fn two_posts_of_one_millisecond_are_two_however_often_they_come() {
    let lab = Lab::new();
    let reply = |user: &str, text: &str| json!({"user": user, "message": text, "create_at": START + 2000});
    let mut two = lines()[..6].to_vec();
    two.push(post("ana", 1000, json!({"replies": [reply("ben", "plugh"), reply("ben", "plugh too")]})));
    two.push(post("ana", 1000, json!({})));
    let path = lab.file("export.jsonl", export(&two));
    assert_eq!(lab.imported("mattermost", &path, &[]).settled.account.new, 4);
    let again = lab.imported("mattermost", &path, &[]).settled.account;
    assert_eq!((again.new, again.known), (0, 4));
    // Exports of one server that overlap tell a post in each.
    let both = lab.zip("both.zip", &[("1.jsonl".into(), export(&two).into()), ("2.jsonl".into(), export(&two).into())]);
    let account = lab.imported("mattermost", &both, &[]).settled.account;
    assert_eq!((account.new, account.known, account.repeated), (0, 4, 4));
}
