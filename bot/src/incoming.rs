//! An event of a room's timeline as the bot understands it, read from its JSON alone.
//!
//! Reading is lenient where clients differ (stable and unstable polls, old and new redactions) and strict where it
//! matters: what lacks an id, a sender or a type is no event. Nothing here asks a homeserver anything.

mod pills;
mod relation;

use hearth_practices::{EventId, UserId};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

pub use hearth_core::{
    engine::content::{MARKER, PROMPT},
    incoming::{Incoming, Poll, Text, What},
};
pub use relation::{claims_relation, with_outer_relation};

/// What clients encrypt, and so all that is believed of an encrypted payload. The homeserver checks what it can read:
/// who may remove, rename or admit. It cannot check the same inside a payload, so nothing of that kind is taken there.
const CONFIDENTIAL: [&str; 9] = [
    "m.room.message",
    "m.sticker",
    "m.reaction",
    "m.poll.start",
    "m.poll.response",
    "m.poll.end",
    POLL_START,
    "org.matrix.msc3381.poll.response",
    "org.matrix.msc3381.poll.end",
];

/// A poll in the form that clients send.
const POLL_START: &str = "org.matrix.msc3381.poll.start";

/// Why something in a timeline is no event.
#[derive(Debug, thiserror::Error)]
#[error("not an event: {0}")]
pub struct Malformed(String);

#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "type")]
    kind: String,
    event_id: String,
    sender: String,
    origin_server_ts: i64,
    #[serde(default)]
    state_key: Option<String>,
    #[serde(default)]
    content: Value,
    #[serde(default)]
    redacts: Option<String>,
    #[serde(default)]
    unsigned: Unsigned,
}

#[derive(Default, Deserialize)]
struct Unsigned {
    #[serde(default)]
    prev_content: Option<Value>,
    #[serde(default)]
    redacted_because: Option<Value>,
    /// With which name the bot's own device sent it. What was removed says nothing else of where it came from.
    #[serde(default)]
    transaction_id: Option<Value>,
}

impl Unsigned {
    /// The outbox row of which this was an attempt: one that was sent bare, or that became an apology, has a name of its
    /// own.
    fn row(&self) -> Option<&str> {
        let txn = self.transaction_id.as_ref()?.as_str()?;
        Some(txn.strip_suffix(".bare").or_else(|| txn.strip_suffix(".sorry")).unwrap_or(txn))
    }
}

/// The session with whose key an encrypted event can be read.
pub fn session_of(json: &str) -> Option<String> {
    let event: Value = serde_json::from_str(json).ok()?;
    Some(event.get("content")?.get("session_id")?.as_str()?.to_owned())
}

/// Reads one event. `decrypted` says that it came out of an encrypted payload, where no state may come from, and of
/// which the relation must have been put right: see [`with_outer_relation`].
///
/// # Errors
/// [`Malformed`] where it is no event.
pub fn read(json: &str, decrypted: bool) -> Result<Incoming, Malformed> {
    let envelope: Envelope = serde_json::from_str(json).map_err(|error| Malformed(error.to_string()))?;
    if decrypted && envelope.state_key.is_some() {
        return Err(Malformed("state inside an encrypted payload".to_owned()));
    }
    if !envelope.event_id.starts_with('$') || !envelope.sender.starts_with('@') {
        return Err(Malformed("ids that are none".to_owned()));
    }
    let at = Timestamp::from_millisecond(envelope.origin_server_ts).map_err(|error| Malformed(error.to_string()))?;
    let marker = envelope.content.get(MARKER).and_then(Value::as_str).or_else(|| envelope.unsigned.row());
    let marker = marker.map(str::to_owned);
    let prompt = envelope.content.get(PROMPT).and_then(Value::as_bool) == Some(true);
    let is_nothing =
        envelope.unsigned.redacted_because.is_some() || decrypted && !CONFIDENTIAL.contains(&&*envelope.kind);
    let what = if is_nothing { What::Other } else { what(&envelope) };
    let (event, sender) = (EventId::from(&envelope.event_id), UserId::from(&envelope.sender));
    Ok(Incoming { event, sender, at, marker, prompt, cleartext: !decrypted, what })
}

fn what(envelope: &Envelope) -> What {
    let content = &envelope.content;
    let found = match (envelope.kind.as_str(), &envelope.state_key) {
        ("m.room.message", None) => message(content),
        ("m.reaction", None) => reaction(content),
        ("m.room.redaction", None) => {
            let of = envelope.redacts.as_deref().or_else(|| content.get("redacts")?.as_str());
            of.map(|of| What::Redaction { of: EventId::from(of) })
        }
        ("m.room.member", Some(who)) => {
            let before = envelope.unsigned.prev_content.as_ref().map(|before| membership(before) == Some("join"));
            let is = membership(content);
            Some(What::Member {
                who: UserId::from(who),
                joined: is == Some("join"),
                // Nobody who is in a room is invited to it.
                was_joined: if matches!(is, Some("join" | "leave" | "ban")) { before } else { Some(false) },
            })
        }
        ("m.bridge" | "uk.half-shot.bridge", Some(_)) => {
            let bot = content.get("bridgebot").and_then(Value::as_str);
            (bot == Some(envelope.sender.as_str())).then_some(What::Bridge)
        }
        ("m.poll.start", None) => poll_start(content, true),
        (POLL_START, None) => poll_start(content, false),
        ("m.poll.response" | "org.matrix.msc3381.poll.response", None) => poll_vote(content),
        ("m.poll.end" | "org.matrix.msc3381.poll.end", None) => reference(content).map(|poll| What::PollEnd { poll }),
        ("m.room.encrypted", None) => Some(What::Encrypted(unread(content))),
        _ => None,
    };
    found.unwrap_or(What::Other)
}

fn membership(content: &Value) -> Option<&str> {
    content.get("membership")?.as_str()
}

fn relation(content: &Value) -> Option<&Value> {
    content.get("m.relates_to")
}

fn reference(content: &Value) -> Option<EventId> {
    let relation = relation(content)?;
    (relation.get("rel_type")?.as_str()? == "m.reference")
        .then(|| relation.get("event_id")?.as_str().map(EventId::from))
        .flatten()
}

fn message(content: &Value) -> Option<What> {
    let Some(of) = replaced(content) else { return text(content).map(What::Message) };
    let text = match content.get("m.new_content") {
        Some(new) => text(new)?,
        // What the spec asks for is missing: what stands there is for clients that know no edits.
        None => text(content).map(|text| Text { command: without_star(&text.command).to_owned(), ..text })?,
    };
    // Where the message stands, an edit cannot change.
    Some(What::Edit { of, text: Text { reply_to: None, thread: None, ..text } })
}

/// The event that this one is to replace.
fn replaced(content: &Value) -> Option<EventId> {
    let relation = relation(content).filter(|_| rel_type(content) == Some("m.replace"))?;
    relation.get("event_id")?.as_str().map(EventId::from)
}

/// Clients put `* ` before an edit for those that show it as a message of its own.
fn without_star(body: &str) -> &str {
    body.trim_start().trim_start_matches('*').trim_start()
}

fn text(content: &Value) -> Option<Text> {
    let body = content.get("body")?.as_str()?;
    let (reply_to, thread) = place(content);
    let mentions = content
        .get("m.mentions")
        .and_then(|mentions| mentions.get("user_ids")?.as_array())
        .map(|ids| ids.iter().filter_map(Value::as_str).map(UserId::from).collect())
        .unwrap_or_default();
    let notice = content.get("msgtype").and_then(Value::as_str) == Some("m.notice");
    let body = if reply_to.is_some() { without_quotation(body) } else { body };
    let html = content.get("formatted_body").and_then(Value::as_str).unwrap_or_default();
    let command = pills::with_ids(body, html);
    Some(Text { body: body.to_owned(), command, notice, reply_to, thread, mentions })
}

fn unread(content: &Value) -> Option<Text> {
    if matches!(rel_type(content), Some("m.replace" | "m.reference" | "m.annotation")) {
        return None;
    }
    let (reply_to, thread) = place(content);
    let (body, command) = (String::new(), String::new());
    Some(Text { body, command, notice: false, reply_to, thread, mentions: Vec::new() })
}

fn rel_type(content: &Value) -> Option<&str> {
    relation(content)?.get("rel_type")?.as_str()
}

/// What a message answers, and the thread it is in.
fn place(content: &Value) -> (Option<EventId>, Option<EventId>) {
    let Some(relation) = relation(content) else { return (None, None) };
    let id = |value: &Value| value.get("event_id")?.as_str().map(EventId::from);
    let thread = id(relation).filter(|_| rel_type(content) == Some("m.thread"));
    let falls_back = relation.get("is_falling_back").and_then(Value::as_bool).unwrap_or(false);
    let reply_to = relation.get("m.in_reply_to").and_then(id).filter(|_| thread.is_none() || !falls_back);
    (reply_to, thread)
}

/// Old clients begin a reply with the quoted message: lines that begin with `> `, then an empty one.
fn without_quotation(body: &str) -> &str {
    let Some((head, rest)) = body.split_once("\n\n") else { return body };
    if head.lines().all(|line| line.starts_with('>')) { rest } else { body }
}

fn reaction(content: &Value) -> Option<What> {
    let relation = relation(content)?;
    if relation.get("rel_type")?.as_str()? != "m.annotation" {
        return None;
    }
    let to = EventId::from(relation.get("event_id")?.as_str()?);
    Some(What::Reaction { to, with: relation.get("key")?.as_str()?.to_owned() })
}

/// The text of an extensible event: a plain `m.text` string, or the first plain representation of a list.
fn extensible_text(value: &Value) -> Option<String> {
    for key in ["m.text", "org.matrix.msc1767.text", "body"] {
        match value.get(key) {
            Some(Value::String(text)) => return Some(text.clone()),
            Some(Value::Array(forms)) => {
                return forms.iter().find_map(|form| form.get("body")?.as_str()).map(str::to_owned);
            }
            _ => {}
        }
    }
    None
}

fn poll_start(content: &Value, stable: bool) -> Option<What> {
    match replaced(content) {
        Some(of) => Some(What::PollEdit { of, poll: poll(content.get("m.new_content")?, stable)? }),
        None => poll(content, stable).map(What::PollStart),
    }
}

fn poll(content: &Value, stable: bool) -> Option<Poll> {
    let poll = content.get("m.poll").or_else(|| content.get(POLL_START))?;
    let answers: Option<Vec<_>> = poll
        .get("answers")?
        .as_array()?
        .iter()
        .map(|answer| {
            let id = answer.get("m.id").or_else(|| answer.get("id"))?.as_str()?;
            Some((id.to_owned(), extensible_text(answer)?))
        })
        .collect();
    let kind = poll.get("kind").and_then(Value::as_str).unwrap_or_default();
    Some(Poll {
        question: extensible_text(poll.get("question")?)?,
        answers: answers?,
        hidden: !matches!(kind, "m.disclosed" | "org.matrix.msc3381.poll.disclosed"),
        max: poll.get("max_selections").and_then(Value::as_u64).unwrap_or(1).max(1),
        stable,
    })
}

fn poll_vote(content: &Value) -> Option<What> {
    let poll = reference(content)?;
    let chosen = content
        .get("m.selections")
        .or_else(|| content.get("org.matrix.msc3381.poll.response")?.get("answers"))
        .and_then(Value::as_array);
    // A vote without readable answers is still a vote: it spoils.
    let answers =
        chosen.map(|ids| ids.iter().map(|id| id.as_str().unwrap_or_default().to_owned()).collect()).unwrap_or_default();
    Some(What::PollVote { poll, answers })
}

#[cfg(test)]
mod tests;
