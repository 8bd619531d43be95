//! "Export chat" of Element as JSON: one file a room, with the room's events in `messages`.
//!
//! Read as the bot reads a room, so that what it has logged already is not logged twice: edits, notices and what was
//! redacted are no messages, a reply is told from a thread's fallback, and a profile change from a join. Such exports may
//! lack the messages in threads, and older ones reactions; where an event's own summary shows that, it is taken note of.

use std::collections::{HashMap, HashSet};

use hearth_shared::activity::Kind;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    archive::Archive,
    error::ImportError,
    evidence::Format,
    intake::{self, Intake, Place, Told},
    options::Import,
    records::{self, At, Part},
    text::characters,
};

/// Element answers without threads, too.
pub const FORMAT: Format = Format { replies_are_threads: false, never: &[] };

#[derive(Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: String,
    event_id: String,
    sender: String,
    origin_server_ts: i64,
    #[serde(default)]
    room_id: Option<String>,
    #[serde(default)]
    state_key: Option<String>,
    #[serde(default)]
    content: Value,
    #[serde(default)]
    redacts: Option<String>,
    #[serde(default)]
    unsigned: Value,
}

/// What an event is to the log.
enum What<'a> {
    /// An act of whom, of which kind, with the relation that gives it its place.
    Act(&'a str, Kind),
    /// It was taken back.
    Redacted,
    /// Nothing that counts.
    Nothing,
}

/// Reads an export of one or more rooms.
///
/// # Errors
/// Where the archive cannot be read, the log not be written, or a problem ends the import.
pub fn read(archive: &Archive, import: &Import, intake: &mut Intake<'_, '_>) -> Result<(), ImportError> {
    let wanted = |name: &str| archive.is_one_file() || name.ends_with(".json");
    // A redaction takes back what came before it.
    let mut redacted = HashSet::new();
    archive.each(wanted, |_, content| {
        // What is wrong with the file is said when it is read for good.
        let _ = records::json(content, import.max_record, "messages", &[], |part| {
            if let Part::Record(_, json) = part
                && json.contains("m.room.redaction")
                && let Ok(event) = serde_json::from_str::<Event>(json)
                && event.kind == "m.room.redaction"
            {
                redacted.extend(event.redacts.clone().or_else(|| string(&event.content, "redacts").map(str::to_owned)));
            }
            Ok::<(), ImportError>(())
        })?;
        Ok::<(), ImportError>(())
    })?;
    for event in &redacted {
        intake.erase(event)?;
    }
    archive.each(wanted, |file, content| {
        let mut room = Room::of(file);
        let outcome = records::json(content, import.max_record, "messages", &["room_name"], |part| match part {
            Part::Member(_, json) => {
                if let Ok(name) = serde_json::from_str(json) {
                    room.name = name;
                }
                Ok(())
            }
            Part::Record(number, json) => {
                intake.account.records += 1;
                let place = Place { file, at: At::Record(number) };
                match serde_json::from_str::<Event>(json) {
                    Ok(event) => room.take(&event, place, &redacted, intake),
                    Err(_) => intake.problem(
                        place,
                        "it is no event with `type`, `event_id`, `sender` and `origin_server_ts`; it was left out",
                    ),
                }
            }
        })?;
        room.settle(intake);
        match outcome {
            Ok(_) => Ok(()),
            Err(broken) => intake.broken(file, &broken, "event", "events"),
        }
    })
}

/// A room, as its file tells it.
struct Room {
    /// What stands for its id, where events do not say it: the file.
    file: String,
    name: String,
    inside: HashMap<String, bool>,
    /// Messages in threads that summaries mention, by the threads' roots; and those that are there.
    promised: HashMap<String, u64>,
    threaded: HashMap<String, u64>,
}

impl Room {
    fn of(file: &str) -> Self {
        let stem = file.strip_suffix(".json").unwrap_or(file).to_owned();
        let name = stem.rsplit('/').next().unwrap_or(&stem).to_owned();
        Self { file: stem, name, inside: HashMap::new(), promised: HashMap::new(), threaded: HashMap::new() }
    }

    fn take(
        &mut self,
        event: &Event,
        place: Place<'_>,
        redacted: &HashSet<String>,
        intake: &mut Intake<'_, '_>,
    ) -> Result<(), ImportError> {
        let what = if redacted.contains(&event.event_id) { What::Redacted } else { self.what(event) };
        let (by, kind) = match what {
            What::Act(by, kind) => (by, kind),
            What::Redacted => {
                intake.account.no_act += 1;
                return intake.erase(&event.event_id);
            }
            What::Nothing => {
                intake.account.no_act += 1;
                return Ok(());
            }
        };
        let (mut reply_to, mut thread) = (None, None);
        match kind {
            Kind::Message => (reply_to, thread) = answers(&event.content),
            Kind::Reaction => reply_to = relation(&event.content).and_then(|relation| string(relation, "event_id")),
            _ => {}
        }
        let (mut n_chars, mut mentions) = (0, 0);
        if kind == Kind::Message {
            let body = string(&event.content, "body").unwrap_or_default();
            n_chars = characters(if reply_to.is_some() { without_quotation(body) } else { body }.as_bytes());
            let named = event.content.pointer("/m.mentions/user_ids").and_then(Value::as_array);
            let named: HashSet<_> = named.into_iter().flatten().filter_map(Value::as_str).collect();
            mentions = i64::try_from(named.len()).unwrap_or(i64::MAX);
            if let Some(promised) = event.unsigned.pointer("/m.relations/m.thread/count").and_then(Value::as_u64) {
                self.promised.insert(event.event_id.clone(), promised);
            }
        }
        if let Some(root) = thread {
            *self.threaded.entry(root.to_owned()).or_default() += 1;
        }
        let room = intake::Room { id: event.room_id.as_deref().unwrap_or(&self.file), name: &self.name };
        let act = Told::new(room, &event.event_id, by, kind, event.origin_server_ts);
        let act = Told { reply_to, thread, n_chars, mentions, ..act };
        intake.tell(place, &act)
    }

    fn what<'a>(&mut self, event: &'a Event) -> What<'a> {
        let content = &event.content;
        let was_redacted = event.unsigned.get("redacted_because").is_some_and(|because| !because.is_null());
        let is = |relation: &str| rel_type(content) == Some(relation);
        match (event.kind.as_str(), &event.state_key) {
            ("m.room.member", Some(who)) => {
                let joined = string(content, "membership") == Some("join");
                let before = event.unsigned.get("prev_content");
                let before = before.map(|before| string(before, "membership") == Some("join"));
                // Where an event does not say what was before, the last one does.
                let was_inside = self.inside.insert(who.clone(), joined);
                match (before.or(was_inside).unwrap_or(false), joined) {
                    (false, true) => What::Act(who, Kind::Join),
                    (true, false) => What::Act(who, Kind::Leave),
                    _ => What::Nothing,
                }
            }
            ("m.room.message" | "m.room.encrypted" | "m.reaction", None) if was_redacted => What::Redacted,
            ("m.room.message", None) => {
                // What redaction emptied has no body.
                let counts = string(content, "body").is_some()
                    && string(content, "msgtype") != Some("m.notice")
                    && !is("m.replace");
                if counts { What::Act(&event.sender, Kind::Message) } else { What::Nothing }
            }
            // What it relates to stands outside the ciphertext.
            ("m.room.encrypted", None) if is("m.replace") || is("m.reference") || is("m.annotation") => What::Nothing,
            ("m.room.encrypted", None) => What::Act(&event.sender, Kind::Message),
            ("m.reaction", None) if is("m.annotation") => What::Act(&event.sender, Kind::Reaction),
            _ => What::Nothing,
        }
    }

    /// Tells how many messages in threads the file should hold and does not.
    fn settle(&self, intake: &mut Intake<'_, '_>) {
        let lost = self
            .promised
            .iter()
            .map(|(root, promised)| promised.saturating_sub(self.threaded.get(root).copied().unwrap_or(0)));
        intake.sources[0].evidence.lost_threaded += lost.sum::<u64>();
    }
}

fn string<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str()
}

fn relation(content: &Value) -> Option<&Value> {
    content.get("m.relates_to")
}

fn rel_type(content: &Value) -> Option<&str> {
    string(relation(content)?, "rel_type")
}

/// What a message answers, and the root of its thread. In a thread, old clients are shown a reply that nobody meant.
fn answers(content: &Value) -> (Option<&str>, Option<&str>) {
    let Some(relation) = relation(content) else { return (None, None) };
    let thread = string(relation, "event_id").filter(|_| rel_type(content) == Some("m.thread"));
    let falls_back = relation.get("is_falling_back").and_then(Value::as_bool).unwrap_or(false);
    let reply_to = relation.get("m.in_reply_to").and_then(|reply| string(reply, "event_id"));
    (reply_to.filter(|_| thread.is_none() || !falls_back), thread)
}

/// A reply's text without the quotation that old clients put before it.
fn without_quotation(body: &str) -> &str {
    match body.split_once("\n\n") {
        Some((quotation, rest)) if quotation.lines().all(|line| line.starts_with('>')) => rest,
        _ => body,
    }
}
