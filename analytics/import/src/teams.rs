//! Microsoft Teams, as people can export it themselves: `messages.json`, with all conversations of one account.
//!
//! Group chats are private. Of a team's channels the export does not say who may read them. Talks of two are never taken.
//! An answer in a channel is in the thread of what it answers; in a chat it quotes it. Who begins with `28:` is a bot.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap, HashSet},
};

use hearth_shared::activity::Kind;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    archive::Archive,
    error::ImportError,
    evidence::Format,
    html,
    intake::{Intake, Place, Room, Told},
    options::Import,
    paths::{or_default, pieces},
    reach::{Gate, Reach},
    records::At,
    text::characters,
};

/// In chats, Teams answers by quoting.
pub const FORMAT: Format = Format { replies_are_threads: false, never: &[] };

const PARTS: [&str; 3] = ["conversations/*/id", "conversations/*/displayName", "conversations/*/threadProperties"];

#[derive(Default)]
struct Conversation {
    id: String,
    name: Option<String>,
}

#[derive(Deserialize)]
struct Properties {
    #[serde(default)]
    topic: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    id: String,
    originalarrivaltime: String,
    messagetype: String,
    #[serde(default, deserialize_with = "or_default")]
    content: String,
    /// With `;messageid=` and the message that opened it in an answer in a channel.
    #[serde(default, deserialize_with = "or_default")]
    conversationid: String,
    from: String,
    #[serde(default)]
    properties: Value,
}

#[derive(Deserialize)]
struct Emotion {
    key: String,
    #[serde(default, deserialize_with = "or_default")]
    users: Vec<Reacted>,
}

#[derive(Deserialize)]
struct Reacted {
    mri: String,
    /// Milliseconds since 1970.
    #[serde(default)]
    time: Value,
}

/// Reads an export.
///
/// # Errors
/// Where the archive cannot be read, the log not be written, or a problem ends the import.
pub fn read(archive: &Archive, import: &Import, intake: &mut Intake<'_, '_>) -> Result<(), ImportError> {
    let is_messages = |name: &str| archive.is_one_file() || name.rsplit('/').next() == Some("messages.json");
    let (mut found, mut gate) = (false, Gate::default());
    let mut files: HashMap<String, BTreeMap<u64, Conversation>> = HashMap::new();
    archive.each(is_messages, |file, content| {
        let conversations = files.entry(file.to_owned()).or_default();
        // What is wrong with the file is said when it is read for good.
        let _ = pieces(content, import.max_record, &PARTS, |found| {
            let conversation = conversations.entry(found.within).or_default();
            match found.place {
                0 => conversation.id = serde_json::from_str(found.json).unwrap_or_default(),
                1 => {
                    conversation.name =
                        conversation.name.take().or(serde_json::from_str(found.json).unwrap_or_default())
                }
                _ => {
                    let properties = serde_json::from_str::<Option<Properties>>(found.json).ok().flatten();
                    let topic = properties.and_then(|properties| properties.topic).filter(|topic| !topic.is_empty());
                    conversation.name = topic.or(conversation.name.take());
                }
            }
            Ok::<(), ImportError>(())
        })?;
        Ok::<(), ImportError>(())
    })?;
    archive.each(is_messages, |file, content| {
        found = true;
        let none = Conversation::default();
        let conversations = &files[file];
        let outcome = pieces(content, import.max_record, &["conversations/*/MessageList/*"], |found| {
            intake.account.records += 1;
            let place = Place { file, at: At::Record(found.number) };
            let conversation = conversations.get(&found.within).unwrap_or(&none);
            let name = conversation.name.as_deref().unwrap_or("a conversation without a name");
            if !gate.takes(reach(&conversation.id), &conversation.id, name, import) {
                return Ok(());
            }
            match serde_json::from_str::<Message>(found.json) {
                Ok(message) => take(&message, place, Room { id: &conversation.id, name }, intake),
                Err(_) => {
                    intake.problem(place, "it is no message of Teams' with `id`, `from` and a time; it was left out")
                }
            }
        })?;
        match outcome {
            Ok(_) => Ok(()),
            Err(broken) => intake.broken(file, &broken, "message", "messages"),
        }
    })?;
    if !found {
        intake.file_problem(&import.path.display().to_string(), "there is no messages.json in it")?;
    }
    gate.settle(import, intake)
}

/// Who may read a conversation: its id says what it is.
fn reach(id: &str) -> Reach {
    match id {
        _ if id.ends_with("@thread.tacv2") => Reach::Untold,
        _ if id.ends_with("@thread.v2") || id.ends_with("@thread.skype") => Reach::Private,
        // One without an id may be of two.
        _ => Reach::Direct,
    }
}

/// One message, and the reactions to it.
fn take(message: &Message, place: Place<'_>, room: Room<'_>, intake: &mut Intake<'_, '_>) -> Result<(), ImportError> {
    let Ok(time) = message.originalarrivaltime.parse::<Timestamp>() else {
        return intake.problem(place, "its `originalarrivaltime` is no time; it was left out");
    };
    let ts = time.as_millisecond();
    let id = |message: &str| format!("{}/{message}", room.id);
    let event = id(&message.id);
    let kind = match message.messagetype.as_str() {
        _ if !message.properties["deletetime"].is_null() => {
            intake.account.no_act += 1;
            return intake.erase(&event);
        }
        "Text" | "Poll" => Kind::Message,
        "ThreadActivity/AddMember" | "ThreadActivity/MemberJoined" => Kind::Join,
        "ThreadActivity/DeleteMember" | "ThreadActivity/MemberLeft" => Kind::Leave,
        other if other.starts_with("RichText") && !other.ends_with("CallRecording") => Kind::Message,
        _ => {
            intake.account.no_act += 1;
            return Ok(());
        }
    };
    if kind != Kind::Message {
        for by in moved(&message.content) {
            let own = format!("{event} {by}");
            intake.tell(place, &Told { bot: is_bot(&by), ..Told::new(room, &own, &by, kind, ts) })?;
        }
        return Ok(());
    }
    // Some exports have an address, which ends with who it is.
    let by = message.from.rsplit('/').next().unwrap_or(&message.from);
    let words = Words::of(message);
    let root =
        message.conversationid.split_once(";messageid=").map(|(_, root)| root).filter(|root| *root != message.id);
    let (root, quoted) = (root.map(id), words.answers.as_deref().map(id));
    let act = Told {
        bot: is_bot(by),
        reply_to: quoted.as_deref().or(root.as_deref()),
        thread: root.as_deref(),
        n_chars: words.characters,
        mentions: words.mentions,
        ..Told::new(room, &event, by, Kind::Message, ts)
    };
    intake.tell(place, &act)?;
    for emotion in listed::<Emotion>(&message.properties["emotions"]) {
        for user in &emotion.users {
            let own = format!("{event} {} {}", emotion.key, user.mri);
            let when = user.time.as_i64().or_else(|| user.time.as_str()?.parse().ok()).unwrap_or(ts);
            let act = Told::new(room, &own, &user.mri, Kind::Reaction, when);
            intake.tell(place, &Told { reply_to: Some(&event), bot: is_bot(&user.mri), ..act })?;
        }
    }
    Ok(())
}

fn is_bot(id: &str) -> bool {
    id.starts_with("28:")
}

/// A list, which some exports put into a string as JSON.
fn listed<T: for<'de> Deserialize<'de>>(value: &Value) -> Vec<T> {
    let elements = match value {
        Value::String(text) => Cow::Owned(serde_json::from_str(text).unwrap_or_default()),
        value => Cow::Borrowed(value),
    };
    let elements = elements.as_array().map(Vec::as_slice).unwrap_or_default();
    elements.iter().filter_map(|one| T::deserialize(one).ok()).collect()
}

/// Who came or went: `<target>8:ana</target>`, or members in JSON.
fn moved(content: &str) -> Vec<String> {
    if let Ok(told) = serde_json::from_str::<Value>(content) {
        let members = told["members"].as_array().map(Vec::as_slice).unwrap_or_default();
        return members.iter().filter_map(|member| member["id"].as_str().map(str::to_owned)).collect();
    }
    let targets = content.split("<target>").skip(1);
    targets
        .filter_map(|rest| Some(rest.split_once("</target>")?.0.trim().to_owned()))
        .filter(|id| !id.is_empty())
        .collect()
}

/// What a message is made of.
struct Words {
    characters: i64,
    mentions: i64,
    /// The message that it quotes.
    answers: Option<String>,
}

impl Words {
    fn of(message: &Message) -> Self {
        let mut words = Self { characters: 0, mentions: 0, answers: None };
        let mut named = HashSet::new();
        let kind = message.messagetype.as_str();
        match kind {
            "Text" => words.characters = characters(message.content.as_bytes()),
            "RichText" | "RichText/Html" => {
                words.characters = html::characters(&message.content, |tag| match tag.name {
                    "quote" | "legacyquote" => {
                        words.answers = words.answers.take().or(tag.attribute("messageid").map(str::to_owned));
                        true
                    }
                    "blockquote" => {
                        let is_reply = tag.attribute("itemtype").is_some_and(|kind| kind.ends_with("/Reply"));
                        if let Some(id) = tag.attribute("itemid").filter(|_| is_reply) {
                            words.answers.get_or_insert_with(|| id.to_owned());
                        }
                        is_reply
                    }
                    "at" => {
                        named.extend(tag.attribute("id").map(str::to_owned));
                        false
                    }
                    _ => false,
                });
            }
            // Pictures, files, places and the like have a text that nobody wrote.
            _ => {}
        }
        let listed: HashSet<String> =
            listed::<Reacted>(&message.properties["mentions"]).into_iter().map(|one| one.mri).collect();
        let named = if listed.is_empty() { named } else { listed };
        words.mentions = i64::try_from(named.len()).unwrap_or(i64::MAX);
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_says_what_a_conversation_is() {
        for (id, reach_of) in [
            ("19:abc@thread.tacv2", Reach::Untold),
            ("19:abc@thread.skype", Reach::Private),
            ("19:meeting_abc@thread.v2", Reach::Private),
            ("19:a_b@unq.gbl.spaces", Reach::Direct),
            ("8:live:ana", Reach::Direct),
            ("48:notes", Reach::Direct),
            ("", Reach::Direct),
        ] {
            assert_eq!(reach(id), reach_of, "{id}");
        }
    }

    #[test]
    fn who_came_is_told_in_two_ways() {
        assert_eq!(moved("<addmember><target>8:ana</target><target>8:ben</target></addmember>"), ["8:ana", "8:ben"]);
        assert_eq!(moved(r#"{"eventtime":1,"members":[{"id":"8:ana"}]}"#), ["8:ana"]);
        assert_eq!(moved("<target>"), [""; 0]);
    }
}
