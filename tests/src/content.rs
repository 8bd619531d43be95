//! What events contain, as clients write it: plain functions from values to JSON.

use serde_json::{Value, json};

/// The type of a poll's beginning, in the form that clients send and render (MSC3381, unstable).
pub const POLL_START: &str = "org.matrix.msc3381.poll.start";
/// The type of a vote.
pub const POLL_RESPONSE: &str = "org.matrix.msc3381.poll.response";
/// The type of a poll's end.
pub const POLL_END: &str = "org.matrix.msc3381.poll.end";
/// The type of an event that only devices in the room can read.
pub const ENCRYPTED: &str = "m.room.encrypted";

/// One answer of a poll.
#[derive(Debug, Clone, Copy)]
pub struct Choice<'a> {
    /// What a vote names.
    pub id: &'a str,
    /// What people read.
    pub text: &'a str,
}

/// A plain message that mentions nobody.
#[must_use]
pub fn message(body: &str) -> Value {
    json!({"msgtype": "m.text", "body": body, "m.mentions": {}})
}

/// A message that answers another.
#[must_use]
pub fn reply(to: &str, body: &str) -> Value {
    with_relation(message(body), json!({"m.in_reply_to": {"event_id": to}}))
}

/// A message in the thread below `root`.
#[must_use]
pub fn in_thread(root: &str, body: &str) -> Value {
    let relation = json!({
        "rel_type": "m.thread", "event_id": root, "is_falling_back": true, "m.in_reply_to": {"event_id": root},
    });
    with_relation(message(body), relation)
}

/// A new text for a message.
#[must_use]
pub fn edit(target: &str, body: &str) -> Value {
    let mut content = message(&format!("* {body}"));
    if let Some(object) = content.as_object_mut() {
        object.insert("m.new_content".into(), message(body));
    }
    with_relation(content, json!({"rel_type": "m.replace", "event_id": target}))
}

/// A reaction to an event.
#[must_use]
pub fn reaction(target: &str, key: &str) -> Value {
    with_relation(json!({}), json!({"rel_type": "m.annotation", "event_id": target, "key": key}))
}

/// A poll.
#[must_use]
pub fn poll_start(question: &str, answers: &[Choice<'_>], hidden: bool, max_selections: u32) -> Value {
    let kind = if hidden { "undisclosed" } else { "disclosed" };
    let lines: Vec<String> = answers.iter().enumerate().map(|(n, c)| format!("{}. {}", n + 1, c.text)).collect();
    let choices: Vec<Value> =
        answers.iter().map(|choice| json!({"id": choice.id, "org.matrix.msc1767.text": choice.text})).collect();
    json!({
        POLL_START: {
            "question": {"body": question, "msgtype": "m.text", "org.matrix.msc1767.text": question},
            "kind": format!("org.matrix.msc3381.poll.{kind}"),
            "max_selections": max_selections,
            "answers": choices,
        },
        "org.matrix.msc1767.text": format!("{question}\n{}", lines.join("\n")),
        "m.mentions": {},
    })
}

/// A vote.
#[must_use]
pub fn poll_response(poll: &str, answers: &[&str]) -> Value {
    with_relation(json!({POLL_RESPONSE: {"answers": answers}}), reference(poll))
}

/// The end of a poll.
#[must_use]
pub fn poll_end(poll: &str) -> Value {
    let text = "The poll has ended.";
    with_relation(json!({POLL_END: {}, "org.matrix.msc1767.text": text, "body": text}), reference(poll))
}

fn reference(target: &str) -> Value {
    json!({"rel_type": "m.reference", "event_id": target})
}

fn with_relation(mut content: Value, relation: Value) -> Value {
    if let Some(object) = content.as_object_mut() {
        object.insert("m.relates_to".into(), relation);
    }
    content
}
