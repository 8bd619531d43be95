//! Telegram Desktop's export in JSON (`result.json`): one chat, or all chats of an account.
//!
//! Groups that have a public link are public, others private. Talks of two, with bots, and what one kept for oneself are
//! never taken. A topic of a forum is a thread that no message opened. Of reactions the export names the last few only.
//! What a channel posts is nobody's, so it counts as a bot's; which members are bots is not told.

use std::collections::{BTreeMap, HashMap, HashSet};

use hearth_shared::activity::Kind;
use jiff::civil::DateTime;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    archive::Archive,
    error::ImportError,
    evidence::Format,
    intake::{Intake, Place, Room, Told},
    options::Import,
    paths::{Found, or_default, pieces},
    reach::{Gate, Reach},
    records::At,
    telegram_escapes::Escapes,
    text::characters,
};

/// Telegram answers without threads, too.
pub const FORMAT: Format = Format { replies_are_threads: false, never: &[] };

/// Where a chat's parts are, in an export of one chat and in one of an account.
const PARTS: [&str; 9] = [
    "id",
    "name",
    "type",
    "chats/list/*/id",
    "chats/list/*/name",
    "chats/list/*/type",
    "left_chats/list/*/id",
    "left_chats/list/*/name",
    "left_chats/list/*/type",
];
const MESSAGES: [&str; 3] = ["messages/*", "chats/list/*/messages/*", "left_chats/list/*/messages/*"];

/// A chat by its list and its place there.
type ChatPlace = (usize, u64);

/// An export of one chat has no list of them.
fn chat_of(list: usize, within: u64) -> ChatPlace {
    (list, if list == 0 { 0 } else { within })
}

#[derive(Default)]
struct Chat {
    id: String,
    name: Option<String>,
    kind: Option<String>,
    /// The topics, and what was written in which: only that is kept of messages.
    topics: HashSet<i64>,
    topic_of: HashMap<i64, i64>,
    /// Members by what they are called; `None` where several are called so.
    called: HashMap<String, Option<String>>,
    moved: Vec<Moved>,
}

/// Somebody whom others let in or out: the export says only what they are called, and who that is may be told later.
struct Moved {
    name: String,
    event: String,
    kind: Kind,
    ts: i64,
    at: At,
}

#[derive(Deserialize)]
struct Message {
    id: i64,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    date: Option<String>,
    /// Seconds since 1970; older exports have none.
    #[serde(default)]
    date_unixtime: Option<String>,
    #[serde(default)]
    from: Option<String>,
    #[serde(default)]
    from_id: Option<String>,
    #[serde(default)]
    actor: Option<String>,
    #[serde(default)]
    actor_id: Option<String>,
    #[serde(default)]
    action: Option<String>,
    /// Who was let in or out, by what they are called.
    #[serde(default, deserialize_with = "or_default")]
    members: Vec<Option<String>>,
    #[serde(default)]
    reply_to_message_id: Option<i64>,
    #[serde(default)]
    reply_to_peer_id: Option<String>,
    #[serde(default)]
    text: Value,
    #[serde(default, deserialize_with = "or_default")]
    reactions: Vec<Reaction>,
}

#[derive(Deserialize)]
struct Reaction {
    #[serde(default)]
    emoji: Option<String>,
    #[serde(default)]
    document_id: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    count: u64,
    #[serde(default, deserialize_with = "or_default")]
    recent: Vec<Reacted>,
}

#[derive(Deserialize)]
struct Reacted {
    #[serde(default)]
    from_id: Option<String>,
    #[serde(default)]
    date: Option<String>,
}

/// Reads an export of a chat or of an account.
///
/// # Errors
/// Where the archive cannot be read, the log not be written, or a problem ends the import.
pub fn read(archive: &Archive, import: &Import, intake: &mut Intake<'_, '_>) -> Result<(), ImportError> {
    let is_result = |name: &str| archive.is_one_file() || name == "result.json" || name.ends_with("/result.json");
    let (mut found, mut gate) = (false, Gate::default());
    let mut files: HashMap<String, BTreeMap<ChatPlace, Chat>> = HashMap::new();
    archive.each(is_result, |file, content| {
        let chats = files.entry(file.to_owned()).or_default();
        // What is wrong with the file is said when it is read for good.
        let _ = pieces(Escapes::new(content), import.max_record, &PARTS, |found| {
            let chat = chats.entry(chat_of(found.place / 3, found.within)).or_default();
            match found.place % 3 {
                0 => chat.id = found.json.trim_matches('"').to_owned(),
                1 => chat.name = serde_json::from_str(found.json).ok(),
                _ => chat.kind = serde_json::from_str(found.json).ok(),
            }
            Ok::<(), ImportError>(())
        })?;
        Ok::<(), ImportError>(())
    })?;
    archive.each(is_result, |file, content| {
        found = true;
        let chats = files.entry(file.to_owned()).or_default();
        let outcome = pieces(Escapes::new(content), import.max_record, &MESSAGES, |found: Found<'_>| {
            intake.account.records += 1;
            let place = Place { file, at: At::Record(found.number) };
            let chat = chats.entry(chat_of(found.place, found.within)).or_default();
            let shown = chat.name.as_deref().unwrap_or("a chat without a name");
            if !gate.takes(reach(chat.kind.as_deref()), &format!("{file} {} {shown}", chat.id), shown, import) {
                return Ok(());
            }
            match serde_json::from_str::<Message>(found.json) {
                Ok(message) => chat.take(&message, place, import, intake),
                Err(_) => intake.problem(place, "it is no message of Telegram's with `id` and `type`; it was left out"),
            }
        })?;
        for chat in chats.values() {
            chat.settle(file, intake)?;
        }
        match outcome {
            Ok(_) => Ok(()),
            // An account's export without chats holds none of the lists, and one of a chat always does.
            Err(broken) => intake.broken(file, &broken, "message", "messages"),
        }
    })?;
    if !found {
        intake.file_problem(
            &import.path.display().to_string(),
            "there is no result.json in it; an export as JSON has one",
        )?;
    }
    gate.settle(import, intake)
}

/// Who may read a chat of this type.
fn reach(kind: Option<&str>) -> Reach {
    match kind {
        Some("public_supergroup" | "public_channel") => Reach::Public,
        Some("private_group" | "private_supergroup" | "private_channel") => Reach::Private,
        Some("personal_chat" | "bot_chat" | "saved_messages" | "replies" | "verification_codes") => Reach::Direct,
        _ => Reach::Untold,
    }
}

impl Chat {
    fn take(
        &mut self,
        message: &Message,
        place: Place<'_>,
        import: &Import,
        intake: &mut Intake<'_, '_>,
    ) -> Result<(), ImportError> {
        let Some(ts) = time(message.date_unixtime.as_deref(), message.date.as_deref(), import) else {
            return intake.problem(place, "its `date` is no time; it was left out");
        };
        for (name, id) in [(&message.from, &message.from_id), (&message.actor, &message.actor_id)] {
            if let (Some(name), Some(id)) = (name, id) {
                let called = self.called.entry(name.clone()).or_insert_with(|| Some(id.clone()));
                if called.as_ref().is_some_and(|known| known != id) {
                    *called = None;
                }
            }
        }
        let room_id = self.id.clone();
        let room = Room { id: &room_id, name: self.name.as_deref().unwrap_or(&room_id) };
        let id = |number: i64| format!("{}/{number}", room.id);
        let event = id(message.id);
        if message.kind != "message" {
            self.topics.extend((message.action.as_deref() == Some("topic_created")).then_some(message.id));
            let name = self.name.clone().unwrap_or_else(|| room_id.clone());
            return self.membership(message, &event, Room { id: &room_id, name: &name }, ts, place, intake);
        }
        let Some(by) = message.from_id.as_deref().filter(|by| !by.is_empty()) else {
            intake.account.no_act += 1;
            return Ok(());
        };
        // What answers something of another chat answers nothing here.
        let answers = message.reply_to_message_id.filter(|_| message.reply_to_peer_id.is_none());
        let topic =
            answers.and_then(|to| if self.topics.contains(&to) { Some(to) } else { self.topic_of.get(&to).copied() });
        if let Some(topic) = topic {
            self.topic_of.insert(message.id, topic);
        }
        let reply_to = answers.filter(|to| !self.topics.contains(to)).map(id);
        let thread = topic.map(|topic| format!("topic:{}", id(topic)));
        let (n_chars, mentions) = text(&message.text);
        let act = Told {
            bot: is_channel(by),
            reply_to: reply_to.as_deref(),
            thread: thread.as_deref(),
            is_topic: thread.is_some(),
            n_chars,
            mentions,
            ..Told::new(room, &event, by, Kind::Message, ts)
        };
        intake.tell(place, &act)?;
        for reaction in &message.reactions {
            let emoji = reaction.emoji.as_deref().or(reaction.document_id.as_deref()).unwrap_or("paid");
            let named = reaction.recent.iter().filter(|one| one.from_id.is_some()).count() as u64;
            intake.sources[0].evidence.lost_reactions += reaction.count.saturating_sub(named);
            for one in &reaction.recent {
                let Some(by) = one.from_id.as_deref() else { continue };
                let own = format!("{event} {emoji} {by}");
                let when = time(None, one.date.as_deref(), import).unwrap_or(ts);
                let act = Told::new(room, &own, by, Kind::Reaction, when);
                intake.tell(place, &Told { reply_to: Some(&event), bot: is_channel(by), ..act })?;
            }
        }
        Ok(())
    }

    /// Who came or went. Whom others let in is known by name only.
    fn membership(
        &mut self,
        message: &Message,
        event: &str,
        room: Room<'_>,
        ts: i64,
        place: Place<'_>,
        intake: &mut Intake<'_, '_>,
    ) -> Result<(), ImportError> {
        let kind = match message.action.as_deref() {
            Some("join_group_by_link" | "join_group_by_request" | "invite_members") => Kind::Join,
            Some("remove_members") => Kind::Leave,
            _ => {
                intake.account.no_act += 1;
                return Ok(());
            }
        };
        if message.members.is_empty()
            && kind == Kind::Join
            && let Some(by) = &message.actor_id
        {
            return intake.tell(place, &Told::new(room, event, by, kind, ts));
        }
        for name in message.members.iter().flatten() {
            let name = name.clone();
            self.moved.push(Moved { name, event: event.to_owned(), kind, ts, at: place.at });
        }
        Ok(())
    }

    /// Tells of those whom others let in or out, when all is read that says who is called what.
    fn settle(&self, file: &str, intake: &mut Intake<'_, '_>) -> Result<(), ImportError> {
        let room = Room { id: &self.id, name: self.name.as_deref().unwrap_or(&self.id) };
        for Moved { name, event, kind, ts, at } in &self.moved {
            match self.called.get(name) {
                Some(Some(by)) => {
                    let own = format!("{event} {by}");
                    intake.tell(Place { file, at: *at }, &Told::new(room, &own, by, *kind, *ts))?;
                }
                _ => intake.account.no_act += 1,
            }
        }
        Ok(())
    }
}

/// Whether an author is a channel, or a group that speaks as one.
fn is_channel(by: &str) -> bool {
    by.starts_with("channel") || by.starts_with("chat")
}

/// When it was, milliseconds since 1970. A date alone is in the zone of whoever exported.
fn time(seconds: Option<&str>, date: Option<&str>, import: &Import) -> Option<i64> {
    if let Some(seconds) = seconds {
        return seconds.parse::<i64>().ok()?.checked_mul(1000);
    }
    let date: DateTime = date?.parse().ok()?;
    Some(date.to_zoned(import.zone()).ok()?.timestamp().as_millisecond())
}

/// How long a text is and how many it mentions. It is a string, or a list of strings and of parts with a `text`.
fn text(text: &Value) -> (i64, i64) {
    let mut named = HashSet::new();
    let mut long = 0;
    let parts = match text {
        Value::Array(parts) => parts.as_slice(),
        one => std::slice::from_ref(one),
    };
    for part in parts {
        let own = part.as_str().or_else(|| part.get("text")?.as_str()).unwrap_or_default();
        long += characters(own.as_bytes());
        if matches!(part.get("type").and_then(Value::as_str), Some("mention" | "mention_name")) {
            named.insert(own);
        }
    }
    (long, i64::try_from(named.len()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_text_is_a_string_or_parts() {
        assert_eq!(text(&json!("naïve")), (5, 0));
        assert_eq!(text(&json!("")), (0, 0));
        assert_eq!(text(&Value::Null), (0, 0));
        let parts = json!(["Hi ", {"type": "mention", "text": "@ana"}, " and ", {"type": "mention_name", "text": "Ben"},
            {"type": "mention", "text": "@ana"}, {"type": "bold", "text": "!"}]);
        assert_eq!(text(&parts), (20, 2));
    }
}
