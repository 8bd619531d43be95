//! An event of a room's timeline as the bot understands it, read from its JSON alone.
//!
//! Reading is lenient where clients differ (stable and unstable polls, old and new redactions) and strict where it
//! matters: what lacks an id, a sender or a type is no event. Nothing here asks a homeserver anything.

mod pills;

use hearth_practices::{EventId, UserId};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

/// The key, in the content of what the bot sends, that names the outbox row it came from.
pub const MARKER: &str = "org.hearth.txn";

/// One event.
#[derive(Clone, Debug, PartialEq)]
pub struct Incoming {
    /// Its id.
    pub event: EventId,
    /// Who sent it.
    pub sender: UserId,
    /// When, as its server says.
    pub at: Timestamp,
    /// The outbox row that it came from, if it says so (only believed of the bot's own events).
    pub marker: Option<String>,
    /// What it is.
    pub what: What,
}

/// What an event is.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A message (not an edit).
    Message(Text),
    /// A replacement of an earlier message.
    Edit,
    /// A reaction.
    Reaction {
        /// To what.
        to: EventId,
        /// With what.
        with: String,
    },
    /// A change of somebody's membership.
    Member {
        /// Whose.
        who: UserId,
        /// Whether they are in the room now.
        joined: bool,
        /// Whether they were before.
        was_joined: bool,
    },
    /// A poll (MSC3381, stable or unstable).
    PollStart {
        /// The question.
        question: String,
        /// The answers: id and text.
        answers: Vec<(String, String)>,
        /// Whether results are hidden until the end.
        hidden: bool,
        /// How many answers one person may choose.
        max: u64,
    },
    /// A vote.
    PollVote {
        /// In which poll.
        poll: EventId,
        /// The chosen answers' ids.
        answers: Vec<String>,
    },
    /// The end of a poll.
    PollEnd {
        /// Of which.
        poll: EventId,
    },
    /// The removal of an event.
    Redaction {
        /// Of which.
        of: EventId,
    },
    /// An encrypted event whose key is not here (yet). What it relates to stands outside the ciphertext; where that
    /// leaves open that it is a message, this is the message without its words.
    Encrypted(Option<Text>),
    /// A bridge says that it serves the room (MSC2346), in its own name.
    Bridge,
    /// Something that the bot has no use for.
    Other,
}

/// A message.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// What it says, without the quotation that old clients put before a reply.
    pub body: String,
    /// The same with people's ids in the place of the names under which clients show them: what commands are read
    /// from.
    pub command: String,
    /// Whether it is a notice, as bots send.
    pub notice: bool,
    /// The message it answers.
    pub reply_to: Option<EventId>,
    /// The root of the thread it is in.
    pub thread: Option<EventId>,
    /// Whom it mentions (`m.mentions`).
    pub mentions: Vec<UserId>,
}

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
}

/// Reads one event. `decrypted` says that it came out of an encrypted payload, where no state may come from.
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
    let marker = envelope.content.get(MARKER).and_then(Value::as_str).map(str::to_owned);
    let what = if envelope.unsigned.redacted_because.is_some() { What::Other } else { what(&envelope) };
    Ok(Incoming { event: EventId::from(&envelope.event_id), sender: UserId::from(&envelope.sender), at, marker, what })
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
        ("m.room.member", Some(who)) => Some(What::Member {
            who: UserId::from(who),
            joined: membership(content) == Some("join"),
            was_joined: envelope.unsigned.prev_content.as_ref().and_then(membership) == Some("join"),
        }),
        ("m.bridge" | "uk.half-shot.bridge", Some(_)) => {
            let bot = content.get("bridgebot").and_then(Value::as_str);
            (bot == Some(envelope.sender.as_str())).then_some(What::Bridge)
        }
        ("m.poll.start" | "org.matrix.msc3381.poll.start", None) => poll_start(content),
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
    let body = content.get("body")?.as_str()?;
    if rel_type(content) == Some("m.replace") {
        return Some(What::Edit);
    }
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
    Some(What::Message(Text { body: body.to_owned(), command, notice, reply_to, thread, mentions }))
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

fn poll_start(content: &Value) -> Option<What> {
    let poll = content.get("m.poll").or_else(|| content.get("org.matrix.msc3381.poll.start"))?;
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
    Some(What::PollStart {
        question: extensible_text(poll.get("question")?)?,
        answers: answers?,
        hidden: !matches!(kind, "m.disclosed" | "org.matrix.msc3381.poll.disclosed"),
        max: poll.get("max_selections").and_then(Value::as_u64).unwrap_or(1).max(1),
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
mod tests {
    use super::*;
    use serde_json::json;

    fn event(kind: &str, content: Value) -> Value {
        json!({"type": kind, "event_id": "$e", "sender": "@ana:t", "origin_server_ts": 1000, "content": content})
    }

    fn what_of(json: &Value) -> What {
        read(&json.to_string(), false).unwrap().what
    }

    #[test]
    fn a_reply_in_a_thread_is_told_from_a_fallback() {
        let relation = |falls_back: bool| {
            json!({"rel_type": "m.thread", "event_id": "$root", "is_falling_back": falls_back,
                   "m.in_reply_to": {"event_id": "$m"}})
        };
        let text = |falls_back| {
            let content =
                json!({"msgtype": "m.text", "body": "> <@b:t> x\n\nhi", "m.relates_to": relation(falls_back)});
            match what_of(&event("m.room.message", content)) {
                What::Message(text) => text,
                other => panic!("{other:?}"),
            }
        };
        assert_eq!((text(true).reply_to, text(true).thread), (None, Some(EventId::from("$root"))));
        assert_eq!(text(false).reply_to, Some(EventId::from("$m")));
        assert_eq!(text(false).body, "hi");
    }

    #[test]
    fn an_edit_is_no_message() {
        let content =
            json!({"msgtype": "m.text", "body": "* x", "m.relates_to": {"rel_type": "m.replace", "event_id": "$m"}});
        assert_eq!(what_of(&event("m.room.message", content)), What::Edit);
    }

    #[test]
    fn a_profile_change_is_no_join() {
        let mut member = event("m.room.member", json!({"membership": "join"}));
        member["state_key"] = json!("@ana:t");
        assert!(matches!(what_of(&member), What::Member { joined: true, was_joined: false, .. }));
        member["unsigned"] = json!({"prev_content": {"membership": "join"}});
        assert!(matches!(what_of(&member), What::Member { joined: true, was_joined: true, .. }));
    }

    #[test]
    fn a_bridge_speaks_for_itself_only() {
        let mut bridge = event("uk.half-shot.bridge", json!({"bridgebot": "@ana:t", "protocol": {"id": "irc"}}));
        assert_eq!(what_of(&bridge), What::Other, "no state");
        bridge["state_key"] = json!("org.matrix.irc://irc/craft");
        assert_eq!(what_of(&bridge), What::Bridge);
        bridge["sender"] = json!("@lea:t");
        assert_eq!(what_of(&bridge), What::Other, "said of somebody else");
    }

    #[test]
    fn polls_are_read_in_both_forms() {
        let answer = |id: &str| json!({"id": id, "org.matrix.msc1767.text": id});
        let unstable = json!({"org.matrix.msc3381.poll.start": {"kind": "org.matrix.msc3381.poll.disclosed",
            "question": {"org.matrix.msc1767.text": "Q?"}, "answers": [answer("a"), answer("b")]}});
        let stable = json!({"m.poll": {"kind": "m.undisclosed", "max_selections": 2,
            "question": {"m.text": [{"body": "Q?"}]}, "answers": [{"m.id": "a", "m.text": [{"body": "A"}]}]}});
        assert!(matches!(what_of(&event("org.matrix.msc3381.poll.start", unstable)),
            What::PollStart { hidden: false, max: 1, answers, .. } if answers.len() == 2));
        assert!(matches!(what_of(&event("m.poll.start", stable)), What::PollStart { hidden: true, max: 2, .. }));
        let vote = json!({"m.relates_to": {"rel_type": "m.reference", "event_id": "$p"},
            "org.matrix.msc3381.poll.response": {"answers": ["a", 7]}});
        assert_eq!(
            what_of(&event("org.matrix.msc3381.poll.response", vote)),
            What::PollVote { poll: EventId::from("$p"), answers: vec!["a".into(), String::new()] }
        );
    }

    #[test]
    fn what_is_no_event_is_refused_and_what_is_odd_is_other() {
        assert!(read("{}", false).is_err());
        assert!(read("[1, 2", false).is_err());
        assert_eq!(what_of(&event("m.room.message", json!({"body": 7}))), What::Other);
        assert_eq!(what_of(&event("m.room.member", json!({"membership": "join"}))), What::Other, "no state key");
        let mut state = event("m.room.member", json!({"membership": "join"}));
        state["state_key"] = json!("@ana:t");
        assert!(read(&state.to_string(), true).is_err(), "state from an encrypted payload");
        let mut redacted = event("m.room.message", json!({}));
        redacted["unsigned"] = json!({"redacted_because": {}});
        assert_eq!(what_of(&redacted), What::Other);
    }
}
