//! "Export chat" of Element as JSON: one file a room, with the room's events in `messages`.
//!
//! Read as the bot reads a room, so that what it has logged already is not logged twice: edits, notices and what was
//! redacted are no messages, a reply is told from a thread's fallback, and a profile change from a join. Such exports may
//! lack the messages in threads, and older ones reactions; where an event's own summary shows that, it is taken note of.

mod polls;

use std::collections::{HashMap, HashSet};

use hearth_shared::activity::Kind;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    account::counted,
    archive::Archive,
    error::ImportError,
    evidence::Format,
    intake::{self, Intake, Place, Told},
    options::Import,
    records::{self, At, Part},
    text::characters,
};
use polls::Polls;

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

/// Where Element puts what members posted, beside `export.json`.
const ATTACHMENTS: [&str; 4] = ["files", "images", "videos", "audio"];

/// The files that are rooms' histories: `export.json`, whose folder holds nothing else of the kind, or else the outermost
/// `.json` files, one a room.
fn histories(names: &[String]) -> HashSet<&str> {
    let folder = |name: &str| name.rfind('/').map_or(0, |at| at + 1);
    let homes: Vec<&str> =
        names.iter().filter(|name| name[folder(name)..] == *"export.json").map(|name| &name[..folder(name)]).collect();
    let is_own = |home: &str| !homes.iter().any(|outer| outer.len() < home.len() && home.starts_with(outer));
    let homes: Vec<&str> = homes.iter().copied().filter(|home| is_own(home)).collect();
    let others: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .filter(|name| name.ends_with(".json") && !homes.iter().any(|home| name.starts_with(home)))
        .filter(|name| !name[..folder(name)].split('/').any(|part| ATTACHMENTS.contains(&part)))
        .collect();
    let depth = |name: &&&str| name.matches('/').count();
    let least = others.iter().map(|name| depth(&name)).min();
    let exports = names
        .iter()
        .map(String::as_str)
        .filter(|name| name[folder(name)..] == *"export.json" && homes.contains(&&name[..folder(name)]));
    others.iter().filter(|name| Some(depth(name)) == least).copied().chain(exports).collect()
}

/// Reads an export of one or more rooms.
///
/// # Errors
/// Where the archive cannot be read, the log not be written, or a problem ends the import.
pub fn read(archive: &Archive, import: &Import, intake: &mut Intake<'_, '_>) -> Result<(), ImportError> {
    let names = archive.names()?;
    let histories = histories(&names);
    let wanted = |name: &str| archive.is_one_file() || histories.contains(name);
    // A redaction takes back what came before it in its room.
    let mut redacted = HashMap::new();
    archive.each(wanted, |file, content| {
        // What is wrong with the file is said when it is read for good.
        let _ = records::json(content, import.max_record, "messages", &[], |part| {
            if let Part::Record(_, json) = part
                && json.contains("m.room.redaction")
                && let Ok(event) = serde_json::from_str::<Event>(json)
                && event.kind == "m.room.redaction"
                && let Some(of) = event.redacts.as_deref().or_else(|| string(&event.content, "redacts"))
            {
                redacted.insert(of.to_owned(), event.room_id.unwrap_or_else(|| stem(file).to_owned()));
            }
            Ok::<(), ImportError>(())
        })?;
        Ok::<(), ImportError>(())
    })?;
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
    })?;
    // What an earlier import or the bot told. What this one told is of another room than the redaction.
    for event in redacted.keys() {
        if !intake.has_told(event) {
            intake.erase(event)?;
        }
    }
    let edited = intake.sources[0].evidence.edited;
    if edited > 0 {
        let edited = counted(edited, "edited message", "edited messages");
        intake.account.notes.push(format!(
            "{edited} may have answered another one: where a room is not encrypted, such an export does not say it"
        ));
    }
    Ok(())
}

/// What stands for a room's id and name, where nothing says them.
fn stem(file: &str) -> &str {
    file.strip_suffix(".json").unwrap_or(file)
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
    /// Whether its relations stand outside the text, where they outlive an edit.
    is_encrypted: bool,
    /// Edited messages without a relation, and with one.
    edited: [u64; 2],
    polls: Polls,
}

impl Room {
    fn of(file: &str) -> Self {
        let file = stem(file).to_owned();
        let name = file.rsplit('/').next().unwrap_or(&file).to_owned();
        Self {
            file,
            name,
            inside: HashMap::new(),
            promised: HashMap::new(),
            threaded: HashMap::new(),
            is_encrypted: false,
            edited: [0; 2],
            polls: Polls::default(),
        }
    }

    fn take(
        &mut self,
        event: &Event,
        place: Place<'_>,
        redacted: &HashMap<String, String>,
        intake: &mut Intake<'_, '_>,
    ) -> Result<(), ImportError> {
        if event.kind == "m.room.encryption" {
            self.is_encrypted = true;
        }
        let id = event.room_id.as_deref().unwrap_or(&self.file);
        let was_redacted = redacted.get(&event.event_id).is_some_and(|room| room == id);
        let what = if was_redacted { What::Redacted } else { self.what(event) };
        let (by, kind) = match what {
            What::Act(by, kind) => (by, kind),
            What::Redacted => {
                intake.account.no_act += 1;
                return intake.erase(&event.event_id);
            }
            What::Nothing => match self.polls.act(&event.kind, &event.content, &event.event_id, &event.sender) {
                Some(act) => {
                    let room = intake::Room { id: event.room_id.as_deref().unwrap_or(&self.file), name: &self.name };
                    let told = Told::new(room, &act.event, &act.by, act.kind, event.origin_server_ts);
                    return intake.tell(place, &Told { value: act.value, ..told });
                }
                None => {
                    intake.account.no_act += 1;
                    return Ok(());
                }
            },
        };
        let (mut reply_to, mut thread) = (None, None);
        match kind {
            Kind::Message => (reply_to, thread) = answers(&event.content),
            Kind::Reaction => reply_to = relation(&event.content).and_then(|relation| string(relation, "event_id")),
            _ => {}
        }
        let (mut n_chars, mut mentions) = (0, 0);
        if kind == Kind::Message {
            let body = said(&event.content);
            if event.unsigned.pointer("/m.relations/m.replace").is_some_and(|edit| !edit.is_null()) {
                self.edited[usize::from(reply_to.is_some() || thread.is_some())] += 1;
            }
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
        let evidence = &mut intake.sources[0].evidence;
        evidence.lost_threaded += lost.sum::<u64>();
        if let [without, 0] = self.edited
            && !self.is_encrypted
        {
            evidence.edited += without;
        }
    }
}

/// What a message says. A file's name and what stands for a text that could not be decrypted are not said by anybody.
fn said(content: &Value) -> &str {
    let body = string(content, "body").unwrap_or_default();
    match string(content, "msgtype") {
        Some("m.image" | "m.file" | "m.audio" | "m.video" | "m.sticker" | "m.location") => {
            let named = string(content, "filename").is_some_and(|file| file != body);
            if named { body } else { "" }
        }
        Some("m.bad.encrypted") => "",
        _ => body,
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(names: &[&str]) -> Vec<String> {
        let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut found: Vec<_> = histories(&names).into_iter().map(str::to_owned).collect();
        found.sort();
        found
    }

    #[test]
    fn attachments_are_no_histories() {
        assert_eq!(of(&["export.json", "files/a.json", "images/export.json", "b.json"]), ["export.json"]);
        assert_eq!(of(&["x/export.json", "x/files/export.json", "y/export.json"]), ["x/export.json", "y/export.json"]);
        assert_eq!(of(&["lobby.json", "craft.json", "files/a.json", "old/b.json"]), ["craft.json", "lobby.json"]);
        assert_eq!(of(&["x/export.json", "lobby.json", "files/c.json"]), ["lobby.json", "x/export.json"]);
        assert_eq!(of(&["files/a.json"]), [""; 0]);
    }

    #[test]
    fn the_name_of_a_file_is_nothing_that_somebody_said() {
        let length = |content: Value| said(&content).len();
        assert_eq!(length(json!({"msgtype": "m.text", "body": "plugh"})), 5);
        assert_eq!(length(json!({"msgtype": "m.emote", "body": "plugh"})), 5);
        assert_eq!(length(json!({"msgtype": "m.image", "body": "plugh.png"})), 0);
        assert_eq!(length(json!({"msgtype": "m.image", "body": "plugh.png", "filename": "plugh.png"})), 0);
        assert_eq!(length(json!({"msgtype": "m.file", "body": "plugh", "filename": "plugh.pdf"})), 5);
        assert_eq!(length(json!({"msgtype": "m.bad.encrypted", "body": "** Unable to decrypt **"})), 0);
    }
}
