//! Events and commands as nobody means them. Whatever arrives, the bot does not panic, answers briefly, and nothing that
//! it stores or sends is larger than it may be. `PROPTEST_CASES=100000 cargo test -p hearth-bot --lib fuzz` runs as long
//! as one likes.

use proptest::{prelude::*, sample::Index};
use serde_json::{Value, json};

use crate::{
    incoming::{self, What},
    stage::Stage,
};

/// How many events one case has: the stage is set once for all of them.
const EVENTS: std::ops::Range<usize> = 1..8;

/// What a single message may cost its readers, in messages of the bot.
const ANSWERS: usize = 12;

/// The homeserver's limit for one event.
const EVENT: usize = 65_536;

/// Values that have surprised programs before.
const VALUES: [&str; 22] = [
    "null",
    "true",
    "-1",
    "1e999",
    "9223372036854775808",
    "\"\"",
    "\"@\"",
    "\"$\"",
    "\"\\u0000\"",
    "\"\\u202e\"",
    "\"@ana:t\"",
    "\"$e1\"",
    "\"m.replace\"",
    "\"m.thread\"",
    "\"m.annotation\"",
    "\"m.reference\"",
    "[]",
    "{}",
    "[null]",
    "{\"event_id\": \"$e1\"}",
    "{\"body\": 7}",
    "[[[[]]]]",
];

/// Words that commands are made of.
const WORDS: [&str; 64] = [
    "!hearth",
    "poll",
    "ballot",
    "vote",
    "dots",
    "topic",
    "add",
    "list",
    "claim",
    "meeting",
    "new",
    "every",
    "tuesday",
    "10:00",
    "find",
    "can",
    "adopt",
    "release",
    "action",
    "actions",
    "done",
    "take",
    "move",
    "drop",
    "retro",
    "start",
    "next",
    "back",
    "close",
    "group",
    "split",
    "name",
    "hand-over",
    "icebreaker",
    "icebreakers",
    "welcome",
    "preview",
    "report",
    "try",
    "settings",
    "community",
    "lobby",
    "here",
    "privacy",
    "my-data",
    "opt-out",
    "forget-me",
    "yes",
    "help",
    "@ben:t",
    "@stranger:elsewhere",
    "by",
    "tomorrow",
    "in",
    "two",
    "weeks",
    "1",
    "2:3",
    "|",
    "\"",
    "--close",
    "2d",
    "99999999999999999999",
    "#1",
];

fn content() -> impl Strategy<Value = (String, Value)> {
    let kinds = [
        (
            "m.room.message",
            json!({"msgtype": "m.text", "body": "!hearth help", "formatted_body": "<b>x</b>",
            "format": "org.matrix.custom.html", "m.mentions": {"user_ids": ["@ben:t"]},
            "m.relates_to": {"rel_type": "m.thread", "event_id": "$e1", "is_falling_back": true,
                "m.in_reply_to": {"event_id": "$e1"}}, "m.new_content": {"body": "x"}}),
        ),
        ("m.reaction", json!({"m.relates_to": {"rel_type": "m.annotation", "event_id": "$e1", "key": "👍"}})),
        ("m.room.redaction", json!({"redacts": "$e1", "reason": "x"})),
        ("m.room.member", json!({"membership": "join", "displayname": "Ana", "is_direct": true})),
        (
            "org.matrix.msc3381.poll.start",
            json!({"org.matrix.msc3381.poll.start": {
            "kind": "org.matrix.msc3381.poll.disclosed", "max_selections": 1,
            "question": {"org.matrix.msc1767.text": "Q?"},
            "answers": [{"id": "a", "org.matrix.msc1767.text": "A"}]}}),
        ),
        (
            "org.matrix.msc3381.poll.response",
            json!({"m.relates_to": {"rel_type": "m.reference", "event_id": "$e1"},
            "org.matrix.msc3381.poll.response": {"answers": ["a"]}}),
        ),
        (
            "org.matrix.msc3381.poll.end",
            json!({"m.relates_to": {"rel_type": "m.reference", "event_id": "$e1"},
            "org.matrix.msc3381.poll.end": {}}),
        ),
        (
            "m.room.encrypted",
            json!({"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "x", "session_id": "s",
            "m.relates_to": {"rel_type": "m.thread", "event_id": "$e1"}}),
        ),
        ("m.room.tombstone", json!({"replacement_room": "!craft:t", "body": "x"})),
    ];
    let kinds = kinds.map(|(kind, content)| (kind.to_owned(), content));
    prop::sample::select(kinds.to_vec())
}

/// One value of an event, wherever it is, becomes another.
fn spoil(value: &mut Value, at: &Index, with: &str) {
    let Ok(with) = serde_json::from_str::<Value>(with) else { return };
    let mut paths = Vec::new();
    let mut open = vec![String::new()];
    while let Some(path) = open.pop() {
        match value.pointer(&path) {
            Some(Value::Object(fields)) => {
                open.extend(fields.keys().map(|key| format!("{path}/{}", key.replace('~', "~0").replace('/', "~1"))));
            }
            Some(Value::Array(items)) => open.extend((0..items.len()).map(|place| format!("{path}/{place}"))),
            _ => {}
        }
        paths.push(path);
    }
    // The event itself stays one.
    let path = &paths[at.index(paths.len())];
    if let Some(place) = value.pointer_mut(path).filter(|_| !path.is_empty()) {
        *place = with;
    }
}

fn event() -> impl Strategy<Value = (Value, bool)> {
    let senders = prop::sample::select(vec!["@ana:t", "@lea:t", "@zoe:elsewhere", "@hearth:t", "@", "", "@x"]);
    let spoilt = prop::collection::vec((any::<Index>(), prop::sample::select(VALUES.to_vec())), 0..4);
    let state = prop::option::weighted(0.2, prop::sample::select(vec!["", "@ana:t", "@hearth:t"]));
    (content(), senders, any::<i64>(), state, spoilt, any::<bool>()).prop_map(
        |((kind, content), sender, at, state, spoilt, decrypted)| {
            let mut event = json!({"type": kind, "sender": sender, "origin_server_ts": at, "content": content,
                "event_id": "$f", "unsigned": {"prev_content": {"membership": "leave"}}});
            if let Some(state) = state {
                event["state_key"] = state.into();
            }
            for (at, with) in &spoilt {
                spoil(&mut event, at, with);
            }
            (event, decrypted)
        },
    )
}

fn line() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => prop::sample::select(WORDS.to_vec()).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "\\PC{0,40}",
        1 => prop::sample::select(vec!["😀", "é", "x"]).prop_map(|part| part.repeat(9_000)),
    ];
    (prop::collection::vec(word, 0..9), any::<bool>()).prop_map(|(words, addressed)| {
        let text = words.join(" ");
        if addressed { format!("!hearth {text}") } else { text }
    })
}

fn stage() -> Stage {
    let mut stage = Stage::new(&[("Guild", &["lobby", "craft"])]);
    stage.comes_to("lobby", &["ana", "ben", "lea"]);
    stage.comes_to("craft", &["ana", "lea"]);
    stage.direct("ana");
    stage.says("lea", "lobby", "!hearth settings lobby here");
    stage
}

fn check(lines: &[String], of: &str) -> Result<(), TestCaseError> {
    prop_assert!(lines.len() <= ANSWERS, "{of:?} is answered with {} messages", lines.len());
    for line in lines {
        // Encrypted, it grows by a third, and what it shows stands in it twice.
        prop_assert!(line.contains(" file ") || line.len() < EVENT / 2, "{of:?} is answered with {} bytes", line.len());
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_event_makes_the_bot_panic_and_no_ciphertext_commands(events in prop::collection::vec(event(), EVENTS)) {
        let mut stage = stage();
        for (mut event, decrypted) in events {
            if let Ok(read) = incoming::read(&event.to_string(), decrypted) {
                prop_assert!(read.event.as_str().starts_with('$') && read.sender.as_str().starts_with('@'));
                let state = matches!(read.what, What::Member { .. } | What::Redaction { .. });
                prop_assert!(!(decrypted && state), "{event}");
            }
            for (number, room) in ["lobby", "craft", "direct-ana", "nowhere"].into_iter().enumerate() {
                if event["event_id"] == "$f" {
                    event["event_id"] = format!("$f{number}-{}", stage.sent.len()).into();
                }
                let lines = stage.takes(room, &event, decrypted);
                check(&lines, &event.to_string())?;
            }
        }
        stage.passes(jiff::SignedDuration::from_hours(24 * 8));
    }

    #[test]
    fn no_words_make_the_bot_panic_or_talk_too_much(lines in prop::collection::vec((line(), any::<bool>()), EVENTS)) {
        let mut stage = stage();
        for (text, lead) in lines {
            let who = if lead { "lea" } else { "ana" };
            check(&stage.says(who, "lobby", &text), &text)?;
            check(&stage.tells("ana", &text), &text)?;
        }
        for line in stage.passes(jiff::SignedDuration::from_hours(24 * 8)) {
            prop_assert!(line.len() < EVENT / 2, "{} bytes at once", line.len());
        }
    }
}
