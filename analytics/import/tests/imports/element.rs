//! "Export chat" of Element.

use hearth_log::write::{Act, Writer};
use hearth_shared::activity::{Capabilities, Kind};
use serde_json::{Value, json};

use crate::lab::Lab;

const START: i64 = 1_704_182_400_000;

fn event(id: u32, sender: &str, kind: &str, content: Value) -> Value {
    json!({"type": kind, "event_id": format!("${id}"), "sender": sender, "room_id": "!lobby:t",
           "origin_server_ts": START + i64::from(id) * 1000, "content": content})
}

fn says(id: u32, sender: &str, more: Value) -> Value {
    let mut content = json!({"msgtype": "m.text", "body": "plugh"});
    content.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    event(id, sender, "m.room.message", content)
}

fn member(id: u32, who: &str, membership: &str, before: Value) -> Value {
    let mut event = event(id, who, "m.room.member", json!({"membership": membership}));
    event["state_key"] = json!(who);
    event["unsigned"] = json!({"prev_content": before});
    event
}

fn relates(relation: Value) -> Value {
    json!({"m.relates_to": relation})
}

fn export(events: &[Value]) -> String {
    json!({"room_name": "Lobby", "room_creator": "ana", "topic": "", "messages": events}).to_string()
}

fn room() -> Vec<Value> {
    let reaction = relates(json!({"rel_type": "m.annotation", "event_id": "$3", "key": "+1"}));
    vec![
        member(1, "@ana:t", "join", json!({})),
        member(2, "@ben:t", "join", json!({"membership": "invite"})),
        says(3, "@ana:t", json!({})),
        says(
            4,
            "@ben:t",
            json!({"body": "> <@ana:t> plugh\n\nyes", "m.mentions": {"user_ids": ["@ana:t"]},
            "m.relates_to": {"m.in_reply_to": {"event_id": "$3"}}}),
        ),
        says(
            5,
            "@ana:t",
            relates(json!({"rel_type": "m.thread", "event_id": "$4", "is_falling_back": true,
            "m.in_reply_to": {"event_id": "$4"}})),
        ),
        says(6, "@ana:t", relates(json!({"rel_type": "m.replace", "event_id": "$3"}))),
        event(7, "@ben:t", "m.reaction", reaction),
        says(8, "@bot:t", json!({"msgtype": "m.notice"})),
        member(9, "@ben:t", "join", json!({"membership": "join"})),
        says(10, "@ben:t", json!({})),
        event(11, "@ben:t", "m.room.redaction", json!({"redacts": "$10"})),
        event(12, "@ben:t", "m.room.encrypted", json!({"ciphertext": "plugh"})),
        member(13, "@ben:t", "leave", json!({"membership": "join"})),
        event(14, "@ana:t", "m.room.message", json!({})),
    ]
}

#[test]
fn a_room_becomes_acts_by_the_rules_of_matrix() {
    let lab = Lab::new();
    let done = lab.imported("element", &lab.file("lobby.json", export(&room())), &[]);
    let at = |id: i64| START + id * 1000;
    let seen: Vec<_> = lab.rows().iter().map(|row| (row.kind, row.ts - START, row.answers, row.thread)).collect();
    assert_eq!(
        seen,
        [
            (2, 1000, None, None),
            (2, 2000, None, None),
            (0, 3000, None, None),
            (0, 4000, Some(at(3)), None),
            (0, 5000, None, Some(at(4))),
            (1, 7000, Some(at(3)), None),
            (0, 12_000, None, None),
            (3, 13_000, None, None),
        ]
    );
    let reply = &lab.rows()[3];
    assert_eq!((reply.n_chars, reply.mentions, reply.room.as_str()), (3, 1, "Lobby"));
    assert_eq!(lab.sources(), ["element: replies,threads,reactions,joins,edits"], "{done}");
    let bytes = lab.bytes();
    assert!(!bytes.windows(5).any(|window| window == b"plugh"));
    assert!(!bytes.windows(6).any(|window| window == b"@ana:t"));
}

#[test]
fn threads_and_reactions_that_the_export_lost_are_not_taken_for_silence() {
    let lab = Lab::new();
    let mut events = room();
    events.retain(|event| event["event_id"] != "$5" && event["event_id"] != "$7");
    events[3]["unsigned"] = json!({"m.relations": {"m.thread": {"count": 1}}});
    let done = lab.imported("element", &lab.file("lobby.json", export(&events)), &[]);
    assert_eq!(lab.sources(), ["element: joins,edits"]);
    let said = done.to_string();
    assert!(said.contains("not replies: answers in threads were lost"), "{said}");
    assert!(said.contains("not reactions: the export holds none"), "{said}");
}

#[test]
fn what_the_bot_has_logged_already_is_not_logged_twice_and_what_was_taken_back_since_goes() {
    let lab = Lab::new();
    let key = hearth_log::key::open_or_create(&lab.path("pseudonym.key")).unwrap().for_community("Testers");
    let mut writer = Writer::open(&lab.db()).unwrap();
    writer
        .transact(|batch| {
            let community = batch.community("Testers")?;
            let source = batch.source(community, "matrix", Capabilities::all())?;
            let room = batch.room(community, "!lobby:t", "Lobby")?;
            for (event, who, ts) in [("$3", "@ana:t", START + 3000), ("$10", "@ben:t", START + 10_000)] {
                let person = batch.person(community, key.person(who), false)?.id;
                let (kind, event) = (Kind::Message, key.event(event));
                let (reply_to, thread, n_chars, mentions, value) = (None, None, 5, 0, None);
                batch.act(&Act {
                    community,
                    source,
                    room,
                    person,
                    kind,
                    ts,
                    event,
                    reply_to,
                    thread,
                    n_chars,
                    mentions,
                    value,
                })?;
            }
            Ok::<(), rusqlite::Error>(())
        })
        .unwrap();
    drop(writer);
    let done = lab.imported("element", &lab.file("lobby.json", export(&room())), &[]);
    let account = &done.settled.account;
    assert_eq!((account.known, account.new, account.erased), (1, 7, 1), "{done}");
    assert_eq!(lab.rows().len(), 8);
    assert_eq!(lab.imported("element", &lab.path("lobby.json"), &[]).settled.account.erased, 0);
}

#[test]
fn whoever_opted_out_stays_out() {
    let lab = Lab::new();
    let key = hearth_log::key::open_or_create(&lab.path("pseudonym.key")).unwrap().for_community("Testers");
    let mut writer = Writer::open(&lab.db()).unwrap();
    let opted_out: rusqlite::Result<()> = writer.transact(|batch| {
        let community = batch.community("Testers")?;
        batch.set_opted_out(community, key.person("@ben:t"), true)
    });
    opted_out.unwrap();
    drop(writer);
    let done = lab.imported("element", &lab.file("lobby.json", export(&room())), &[]);
    assert_eq!(lab.rows().len(), 3);
    assert_eq!(done.settled.account.opted_out, 5);
}

#[test]
fn who_is_a_bot_can_be_said() {
    let lab = Lab::new();
    let done = lab.imported("element", &lab.file("lobby.json", export(&room())), &["--bot", "@ben:t"]);
    assert_eq!((done.settled.account.people, done.settled.account.bots), (1, 1));
    assert_eq!(lab.rows().iter().filter(|row| row.is_bot).count(), 5);
}

#[test]
fn who_is_a_bridges_puppet_can_be_said_by_a_pattern() {
    let lab = Lab::new();
    let done = lab.imported("element", &lab.file("lobby.json", export(&room())), &["--bots", "@b*:t"]);
    assert_eq!((done.settled.account.people, done.settled.account.bots), (1, 1));
    assert_eq!(lab.rows().iter().filter(|row| row.is_bot).count(), 5);
}

#[test]
fn an_import_with_another_key_makes_no_strangers_of_those_who_opted_out() {
    let lab = Lab::new();
    lab.imported("element", &lab.file("lobby.json", export(&room())), &[]);
    let rows = lab.rows();
    std::fs::write(lab.path("other.key"), "ab".repeat(32)).unwrap();
    let key = lab.path("other.key");
    let path = lab.path("lobby.json");
    let refused = lab.try_import("element", &path, &["--key", key.to_str().unwrap()]).unwrap_err().to_string();
    assert!(refused.contains("is not the key") && refused.contains("--key"), "{refused}");
    assert_eq!(lab.rows(), rows);
}

/// Questions, each answered by somebody else, as a room that is not encrypted exports them: of some answers, which were
/// edited, it does not say what they answer.
fn edited(count: u32, lost: u32, more: Value) -> Vec<Value> {
    (0..count)
        .flat_map(|number| {
            let question = says(10 + 2 * number, "@ana:t", json!({}));
            let is_lost = number < lost;
            let relation = relates(json!({"m.in_reply_to": {"event_id": format!("${}", 10 + 2 * number)}}));
            let mut answer = says(11 + 2 * number, "@ben:t", if is_lost { more.clone() } else { relation });
            if is_lost {
                answer["unsigned"] = json!({"m.relations": {"m.replace": {"event_id": "$edit"}}});
            }
            [question, answer]
        })
        .collect()
}

#[test]
fn where_edits_took_what_was_answered_replies_are_unknown() {
    let knows = |events: &[Value]| {
        let lab = Lab::new();
        let done = lab.imported("element", &lab.file("lobby.json", export(events)), &[]);
        (lab.sources(), done.to_string())
    };
    let (sources, said) = knows(&edited(15, 6, json!({})));
    assert_eq!(sources, ["element: edits"]);
    assert!(said.contains("not replies: 6 edited messages lost what they answered"), "{said}");
    let mut threaded = edited(15, 6, json!({}));
    threaded.push(says(90, "@cem:t", relates(json!({"rel_type": "m.thread", "event_id": "$10"}))));
    assert_eq!(knows(&threaded).0, ["element: edits"], "threads neither");
    let (sources, said) = knows(&edited(15, 1, json!({})));
    assert_eq!(sources, ["element: replies,edits"], "one in thirty changes little");
    assert!(said.contains("1 edited message may have answered another one"), "{said}");
    let encrypted = [vec![event(1, "@ana:t", "m.room.encryption", json!({}))], edited(15, 6, json!({}))].concat();
    assert_eq!(knows(&encrypted).0, ["element: replies,edits"], "there an edit changes no relation");
}

#[test]
fn only_what_somebody_said_has_a_length() {
    let lab = Lab::new();
    let said = [
        says(1, "@ana:t", json!({"msgtype": "m.image", "body": "IMG_2031.jpg"})),
        says(2, "@ana:t", json!({"msgtype": "m.image", "body": "look", "filename": "IMG_2031.jpg"})),
        says(3, "@ana:t", json!({"msgtype": "m.bad.encrypted", "body": "** Unable to decrypt **"})),
        says(4, "@ana:t", json!({})),
    ];
    lab.imported("element", &lab.file("lobby.json", export(&said)), &[]);
    assert_eq!(lab.rows().iter().map(|row| row.n_chars).collect::<Vec<_>>(), [0, 4, 0, 5]);
}

#[test]
fn polls_that_members_open_are_logged_as_the_bot_logs_them() {
    let lab = Lab::new();
    let answers = json!({"answers": [{"id": "a"}, {"id": "b"}]});
    let vote = |id: u32, who: &str, answer: &str| {
        let mut vote = relates(json!({"rel_type": "m.reference", "event_id": "$1"}));
        vote["org.matrix.msc3381.poll.response"] = json!({"answers": [answer]});
        event(id, who, "org.matrix.msc3381.poll.response", vote)
    };
    let poll = [
        event(1, "@ana:t", "org.matrix.msc3381.poll.start", json!({"org.matrix.msc3381.poll.start": answers})),
        vote(2, "@ben:t", "a"),
        vote(3, "@ben:t", "b"),
        vote(4, "@cem:t", "b"),
        event(
            5,
            "@ana:t",
            "org.matrix.msc3381.poll.end",
            relates(json!({"rel_type": "m.reference", "event_id": "$1"})),
        ),
        says(6, "@ana:t", json!({})),
    ];
    let done = lab.imported("element", &lab.file("lobby.json", export(&poll)), &[]);
    assert_eq!(lab.rows().iter().map(|row| row.kind).collect::<Vec<_>>(), [20, 21, 21, 22, 0]);
    assert_eq!((done.settled.account.messages, done.settled.account.polls), (1, 4), "{done}");
}
