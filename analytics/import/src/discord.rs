//! Discord, as DiscordChatExporter writes it in JSON: a file a channel or thread (or several, where it was told to part
//! them), with `guild`, `channel` and `messages`.
//!
//! A thread and a forum's post belong to the room of the channel that they are in. Reactions carry no time, and take their
//! message's. An author that is marked as a bot is one, webhooks among them. Direct messages are never taken, private
//! threads only if asked for; of a server's channels the export does not say which roles may read them.

use std::collections::{HashMap, HashSet};

use hearth_shared::activity::Kind;
use jiff::Timestamp;
use serde::Deserialize;

use crate::{
    archive::Archive,
    error::ImportError,
    evidence::Format,
    intake::{Intake, Place, Room, Told},
    options::Import,
    paths::{or_default, pieces},
    reach::{Gate, Reach},
    records::At,
    text::characters,
};

/// Discord answers without threads, too.
pub const FORMAT: Format = Format { replies_are_threads: false, never: &[] };

#[derive(Clone, Deserialize)]
struct Channel {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    name: Option<String>,
    /// What the channel lies in; of a thread the channel that it was opened in.
    #[serde(default, rename = "categoryId")]
    parent: Option<String>,
    #[serde(default, rename = "category")]
    parent_name: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    timestamp: String,
    #[serde(default, deserialize_with = "or_default")]
    content: String,
    author: User,
    #[serde(default, deserialize_with = "or_default")]
    mentions: Vec<User>,
    #[serde(default, deserialize_with = "or_default")]
    reactions: Vec<Reaction>,
    #[serde(default)]
    reference: Option<Reference>,
}

#[derive(Deserialize)]
struct User {
    id: String,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    nickname: Option<String>,
    #[serde(default, rename = "isBot", deserialize_with = "or_default")]
    is_bot: bool,
}

#[derive(Deserialize)]
struct Reaction {
    emoji: Emoji,
    #[serde(default, deserialize_with = "or_default")]
    count: u64,
    /// Older versions do not say who.
    #[serde(default, deserialize_with = "or_default")]
    users: Vec<User>,
}

#[derive(Deserialize)]
struct Emoji {
    /// The server's own ones have one.
    #[serde(default)]
    id: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    name: String,
}

#[derive(Deserialize)]
struct Reference {
    #[serde(default, rename = "messageId")]
    message: Option<String>,
}

/// What is looked at in a thread before it is read.
#[derive(Deserialize)]
struct Glance {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    reference: Option<Reference>,
}

/// What opened a thread.
#[derive(Default)]
struct Opening {
    /// The message of the channel, and what stands for it in the thread.
    starter: Option<(String, String)>,
    /// The earliest message in it: ids grow, in length first.
    first: Option<String>,
}

impl Opening {
    fn root(&self) -> Option<&str> {
        self.starter.as_ref().map(|(root, _)| root).or(self.first.as_ref()).map(String::as_str)
    }

    /// The id in the log of a message that another one answers.
    fn answered<'a>(&'a self, id: &'a str) -> &'a str {
        match &self.starter {
            Some((root, stand_in)) if stand_in == id => root,
            _ => id,
        }
    }
}

/// What is known of an export before its messages are read.
#[derive(Default)]
struct Server {
    /// By their files.
    channels: HashMap<String, Channel>,
    /// By their ids.
    threads: HashMap<String, Opening>,
}

/// Reads an export of one or more channels.
///
/// # Errors
/// Where the archive cannot be read, the log not be written, or a problem ends the import.
pub fn read(archive: &Archive, import: &Import, intake: &mut Intake<'_, '_>) -> Result<(), ImportError> {
    // What people posted lies in folders that are called after the files.
    let is_channel = |name: &str| {
        let posted = name.rsplit('/').skip(1).any(|folder| folder.ends_with("_Files"));
        archive.is_one_file() || (name.ends_with(".json") && !posted)
    };
    let server = survey(archive, import, is_channel)?;
    let mut gate = Gate::default();
    archive.each(is_channel, |file, content| {
        let Some(channel) = server.channels.get(file) else {
            // Where the file is broken, reading it says how.
            let outcome = pieces::<ImportError>(content, import.max_record, &["messages/*"], |_| Ok(()))?;
            let what = "it is no export of DiscordChatExporter with a `channel`; nothing of it was imported".to_owned();
            return intake.file_problem(file, outcome.err().map_or(what, |broken| broken.why));
        };
        let Some(reach) = reach(&channel.kind) else {
            let what = "its channel is of a type that is not known here; nothing of it was imported";
            return intake.file_problem(file, what);
        };
        let opening = server.threads.get(&channel.id);
        // What a thread is called is what somebody wrote: it is in its channel's room, or in one without a name.
        let (id, name) = match (&channel.parent, opening) {
            (Some(parent), Some(_)) => (parent.as_str(), channel.parent_name.as_deref().unwrap_or(parent)),
            (None, Some(_)) => (channel.id.as_str(), channel.id.as_str()),
            (_, None) => (channel.id.as_str(), channel.name.as_deref().unwrap_or(&channel.id)),
        };
        let room = Room { id, name };
        if !gate.takes(reach, &channel.id, name, import) {
            return Ok(());
        }
        let outcome = pieces(content, import.max_record, &["messages/*"], |found| {
            intake.account.records += 1;
            let place = Place { file, at: At::Record(found.number) };
            match serde_json::from_str::<Message>(found.json) {
                Ok(message) => take(&message, place, room, opening, intake),
                Err(_) => intake
                    .problem(place, "it is no message with `id`, `type`, `timestamp` and `author`; it was left out"),
            }
        })?;
        match outcome {
            Ok(_) => Ok(()),
            Err(broken) => intake.broken(file, &broken, "message", "messages"),
        }
    })?;
    gate.settle(import, intake)
}

/// Which channels there are, and what opened each thread. What is wrong with a file is said when it is read for good.
fn survey(archive: &Archive, import: &Import, is_channel: impl Fn(&str) -> bool) -> Result<Server, ImportError> {
    let mut server = Server::default();
    archive.each(&is_channel, |file, content| {
        let _ = pieces(content, import.max_record, &["channel"], |found| {
            if let Ok(channel) = serde_json::from_str::<Channel>(found.json) {
                server.channels.insert(file.to_owned(), channel);
            }
            Ok::<(), ImportError>(())
        })?;
        Ok::<(), ImportError>(())
    })?;
    let is_thread = |name: &str| server.channels.get(name).is_some_and(|channel| channel.kind.ends_with("Thread"));
    let mut threads: HashMap<String, Opening> = HashMap::new();
    archive.each(
        |name| is_channel(name) && is_thread(name),
        |file, content| {
            let Some(channel) = server.channels.get(file) else { return Ok(()) };
            let opening = threads.entry(channel.id.clone()).or_default();
            let _ = pieces(content, import.max_record, &["messages/*"], |found| {
                let Ok(glance) = serde_json::from_str::<Glance>(found.json) else { return Ok(()) };
                if is_starter(&glance.kind) {
                    let root = glance.reference.and_then(|reference| reference.message);
                    opening.starter = Some((root.unwrap_or_else(|| channel.id.clone()), glance.id));
                } else if is_message(&glance.kind)
                    && opening.first.as_ref().is_none_or(|first| earlier(&glance.id, first))
                {
                    opening.first = Some(glance.id);
                }
                Ok::<(), ImportError>(())
            })?;
            Ok::<(), ImportError>(())
        },
    )?;
    server.threads = threads;
    Ok(server)
}

fn earlier(one: &str, other: &str) -> bool {
    (one.len(), one) < (other.len(), other)
}

/// Who may read a channel of this type. Which roles may, no export says. Of a type that is not known here nobody can say
/// whether it is private, nor whether its name is what somebody wrote, as that of a thread is.
fn reach(kind: &str) -> Option<Reach> {
    match kind {
        "DirectTextChat" | "DirectGroupTextChat" => Some(Reach::Direct),
        "GuildPrivateThread" => Some(Reach::Private),
        "GuildTextChat" | "GuildVoiceChat" | "GuildNews" | "GuildStageVoice" => Some(Reach::Untold),
        "GuildPublicThread" | "GuildNewsThread" => Some(Reach::Untold),
        _ => None,
    }
}

/// What people and bots write. Types that the exporter has no name for come as numbers.
fn is_message(kind: &str) -> bool {
    matches!(kind, "Default" | "Reply" | "20" | "ChatInputCommand" | "23" | "ContextMenuCommand")
}

/// What stands in a thread for the message that it was opened from.
fn is_starter(kind: &str) -> bool {
    matches!(kind, "21" | "ThreadStarterMessage")
}

/// One message, and the reactions to it.
fn take(
    message: &Message,
    place: Place<'_>,
    room: Room<'_>,
    thread: Option<&Opening>,
    intake: &mut Intake<'_, '_>,
) -> Result<(), ImportError> {
    let Ok(time) = message.timestamp.parse::<Timestamp>() else {
        return intake.problem(place, "its `timestamp` is no time; it was left out");
    };
    let ts = time.as_millisecond();
    let (by, bot) = (&message.author.id, message.author.is_bot);
    let kind = match message.kind.as_str() {
        "GuildMemberJoin" => Some(Kind::Join),
        kind if is_message(kind) => Some(Kind::Message),
        _ => None,
    };
    match kind {
        Some(kind) => {
            let mut act = Told { bot, ..Told::new(room, &message.id, by, kind, ts) };
            if kind == Kind::Message {
                let referred = message.reference.as_ref().and_then(|reference| reference.message.as_deref());
                let referred = referred.filter(|_| message.kind == "Reply");
                act.reply_to = referred.map(|id| thread.map_or(id, |thread| thread.answered(id)));
                act.thread = thread.and_then(Opening::root);
                act.n_chars = characters(message.content.as_bytes());
                act.mentions = mentions(message);
            }
            intake.tell(place, &act)?;
        }
        None => intake.account.no_act += 1,
    }
    // What stands for a message has the reactions to it.
    let to = thread.map_or(message.id.as_str(), |thread| thread.answered(&message.id));
    for reaction in message.reactions.iter().filter(|_| kind == Some(Kind::Message)) {
        let lost = reaction.count.saturating_sub(reaction.users.len() as u64);
        intake.sources[0].evidence.lost_reactions += lost;
        let emoji = reaction.emoji.id.as_deref().filter(|id| !id.is_empty()).unwrap_or(&reaction.emoji.name);
        for user in &reaction.users {
            let event = format!("{to} {emoji} {}", user.id);
            let act = Told::new(room, &event, &user.id, Kind::Reaction, ts);
            intake.tell(place, &Told { reply_to: Some(to), bot: user.is_bot, ..act })?;
        }
    }
    Ok(())
}

/// How many people its text mentions. Discord lists whom it answers among them.
fn mentions(message: &Message) -> i64 {
    let content = message.content.as_str();
    let called = |name: &Option<String>| {
        name.as_ref().is_some_and(|name| !name.is_empty() && content.contains(&format!("@{name}")))
    };
    let is_named = |user: &&User| {
        let by_id = ["<@", "<@!"].iter().any(|start| content.contains(&format!("{start}{}>", user.id)));
        by_id || called(&user.name) || called(&user.nickname)
    };
    let named: HashSet<&str> = message.mentions.iter().filter(is_named).map(|user| user.id.as_str()).collect();
    i64::try_from(named.len()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_as_old_as_their_numbers() {
        assert!(earlier("999", "1000") && earlier("1000", "1001") && !earlier("5", "5"));
    }

    #[test]
    fn no_channel_of_a_server_says_who_may_read_it() {
        assert_eq!(reach("GuildTextChat"), Some(Reach::Untold));
        assert_eq!(reach("GuildPrivateThread"), Some(Reach::Private));
        assert_eq!(reach("DirectGroupTextChat"), Some(Reach::Direct));
        assert_eq!(reach("some new type"), None);
    }
}
