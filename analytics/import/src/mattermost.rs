//! Mattermost's bulk export: a line each for the version, teams, channels, users and posts, posts with their replies and
//! reactions.
//!
//! Posts have no ids there. A post is known by its channel, its time and its author, as Mattermost's own import does.
//! Direct messages are never read, private channels only if asked for.

use std::collections::{HashMap, HashSet};

use hearth_shared::activity::{Capability, Kind};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::{
    archive::Archive,
    error::ImportError,
    evidence::Format,
    intake::{Intake, Place, Room, Told},
    options::Import,
    records::{self, At},
    text::{self, Text},
};

/// In Mattermost there is no way to reply but in a thread, and its export does not say when people came.
pub const FORMAT: Format = Format { replies_are_threads: true, never: &[Capability::Joins] };

/// The version of the format that this was written for.
const VERSION: i64 = 1;

#[derive(Deserialize)]
struct Line {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    version: Option<i64>,
    #[serde(default)]
    channel: Option<Channel>,
    #[serde(default)]
    bot: Option<Bot>,
    #[serde(default)]
    post: Option<Post>,
}

#[derive(Deserialize)]
struct Channel {
    team: String,
    name: String,
    #[serde(default)]
    display_name: Option<String>,
    /// `O`: open to the team; `P`: private.
    #[serde(default, rename = "type")]
    kind: Option<String>,
}

#[derive(Deserialize)]
struct Bot {
    username: String,
}

/// A post or a reply.
#[derive(Deserialize)]
struct Post {
    /// A reply has its post's.
    #[serde(default)]
    team: String,
    /// A reply has its post's.
    #[serde(default)]
    channel: String,
    user: String,
    #[serde(default, rename = "type")]
    kind: Option<String>,
    #[serde(default, deserialize_with = "text")]
    message: Text,
    create_at: i64,
    #[serde(default)]
    props: Option<Props>,
    #[serde(default)]
    reactions: Option<Vec<Reaction>>,
    #[serde(default)]
    replies: Option<Vec<Post>>,
}

#[derive(Deserialize)]
struct Props {
    #[serde(default)]
    from_webhook: Option<Value>,
    #[serde(default)]
    from_bot: Option<Value>,
}

#[derive(Deserialize)]
struct Reaction {
    user: String,
    create_at: i64,
    emoji_name: String,
}

fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
    text::measure(deserializer, mentions)
}

/// How many people are mentioned: `@ana`, and not those who are meant by `@all`.
fn mentions(text: &[u8]) -> i64 {
    let is_name = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(byte);
    let mut seen = HashSet::new();
    for (at, _) in text.iter().enumerate().filter(|(_, byte)| **byte == b'@') {
        // In an address, somebody stands before it.
        if at.checked_sub(1).and_then(|before| text.get(before)).is_some_and(|byte| byte.is_ascii_alphanumeric()) {
            continue;
        }
        let rest = &text[at + 1..];
        let end = rest.iter().position(|byte| !is_name(byte)).unwrap_or(rest.len());
        // A full stop after a name ends the sentence.
        let name = rest[..end].trim_ascii_end();
        let name = name.strip_suffix(b".").unwrap_or(name);
        if !name.is_empty() && ![&b"all"[..], b"channel", b"here"].contains(&name) {
            seen.insert(name);
        }
    }
    i64::try_from(seen.len()).unwrap_or(i64::MAX)
}

/// What the lines so far said.
#[derive(Default)]
struct Server {
    /// Channels: by `team/name`, what they are called, and whether they are left out.
    channels: HashMap<String, (String, bool)>,
    bots: HashSet<String>,
    /// Whether there was a line that only such an export has.
    is_one: bool,
}

/// Reads an export.
///
/// # Errors
/// Where the archive cannot be read, the log not be written, or a problem ends the import.
pub fn read(archive: &Archive, import: &Import, intake: &mut Intake<'_, '_>) -> Result<(), ImportError> {
    let mut found = false;
    archive.each(
        |name| archive.is_one_file() || name.ends_with(".jsonl"),
        |file, content| {
            found = true;
            let mut server = Server::default();
            let outcome = records::lines(content, import.max_record, |number, line| {
                let place = Place { file, at: At::Line(number) };
                let Some(line) = line else {
                    let most = records::size(import.max_record);
                    return intake.problem(place, format!("it is longer than {most}; --max-record allows more"));
                };
                if line.iter().all(u8::is_ascii_whitespace) {
                    return Ok(());
                }
                intake.account.records += 1;
                match serde_json::from_slice::<Line>(line) {
                    Ok(line) => server.take(line, place, import, intake),
                    Err(error) if error.is_data() => {
                        intake.problem(place, "it is not what such a line should be; it was left out")
                    }
                    Err(_) => intake.problem(place, "it is no JSON, or was cut off; it was left out"),
                }
            })?;
            if let Err(broken) = outcome {
                intake.broken(file, &broken, "line", "lines")?;
            }
            if !server.is_one {
                intake.file_problem(file, "it is no bulk export of Mattermost: there is no line of a version")?;
            }
            Ok::<(), ImportError>(())
        },
    )?;
    if !found {
        let path = import.path.display().to_string();
        intake.file_problem(&path, "there is no .jsonl file in it; a bulk export of Mattermost has one")?;
    }
    Ok(())
}

impl Server {
    fn take(
        &mut self,
        line: Line,
        place: Place<'_>,
        import: &Import,
        intake: &mut Intake<'_, '_>,
    ) -> Result<(), ImportError> {
        match (line.kind.as_str(), line.channel, line.bot, line.post) {
            ("version", ..) => {
                self.is_one = true;
                if line.version != Some(VERSION) {
                    return intake.problem(place, "its format has another version than 1; it may be misunderstood");
                }
            }
            ("channel", Some(channel), ..) => {
                let left_out = channel.kind.as_deref().is_some_and(|kind| kind != "O") && !import.private_channels;
                intake.account.private += u64::from(left_out);
                let key = format!("{}/{}", channel.team, channel.name);
                let name = channel.display_name.filter(|name| !name.is_empty()).unwrap_or(channel.name);
                self.channels.insert(key, (name, left_out));
            }
            ("bot", _, Some(bot), _) => {
                self.bots.insert(bot.username);
            }
            ("post", _, _, Some(post)) => return self.post(&post, place, intake),
            ("direct_channel" | "direct_post", ..) => intake.account.private += 1,
            ("channel" | "bot" | "post", ..) => {
                return intake.problem(place, "it is not what such a line should be; it was left out");
            }
            _ => {}
        }
        Ok(())
    }

    fn post(&self, post: &Post, place: Place<'_>, intake: &mut Intake<'_, '_>) -> Result<(), ImportError> {
        if post.team.is_empty() || post.channel.is_empty() {
            return intake.problem(place, "it has no `team` and `channel`; it was left out");
        }
        let room = format!("{}/{}", post.team, post.channel);
        let name = match self.channels.get(&room) {
            Some((_, true)) => return Ok(()),
            Some((name, false)) => name,
            None => &post.channel,
        };
        let room = Room { id: &room, name };
        let root = id_of(room, post);
        self.entry(post, &root, None, room, place, intake)?;
        for reply in post.replies.iter().flatten() {
            self.entry(reply, &id_of(room, reply), Some(&root), room, place, intake)?;
        }
        Ok(())
    }

    /// A post, or a reply to the post `root`.
    fn entry(
        &self,
        post: &Post,
        id: &str,
        root: Option<&str>,
        room: Room<'_>,
        place: Place<'_>,
        intake: &mut Intake<'_, '_>,
    ) -> Result<(), ImportError> {
        let kind = match post.kind.as_deref().unwrap_or_default() {
            "" | "me" | "slack_attachment" => Some(Kind::Message),
            "system_join_channel" => Some(Kind::Join),
            "system_leave_channel" => Some(Kind::Leave),
            _ => None,
        };
        let says = |value: &Option<Value>| matches!(value, Some(Value::Bool(true))) || *value == Some("true".into());
        let props = post.props.as_ref();
        // What comes through a webhook bears the name of whoever made the webhook.
        let webhook = props.is_some_and(|props| says(&props.from_webhook)).then(|| format!("webhook {}", post.user));
        let by = webhook.as_deref().unwrap_or(&post.user);
        match kind {
            Some(kind) => {
                let act = Told::new(room, id, by, kind, post.create_at);
                let is_bot = webhook.is_some() || props.is_some_and(|props| says(&props.from_bot));
                let mut act = Told { bot: is_bot || self.bots.contains(by), ..act };
                if kind == Kind::Message {
                    (act.reply_to, act.thread) = (root, root);
                    (act.n_chars, act.mentions) = (post.message.characters, post.message.mentions);
                }
                intake.tell(place, &act)?;
            }
            None => intake.account.no_act += 1,
        }
        for reaction in post.reactions.iter().flatten() {
            let own = format!("{id} {} {}", reaction.emoji_name, reaction.user);
            let act = Told::new(room, &own, &reaction.user, Kind::Reaction, reaction.create_at);
            let bot = self.bots.contains(&reaction.user);
            intake.tell(place, &Told { reply_to: Some(id), bot, ..act })?;
        }
        Ok(())
    }
}

fn id_of(room: Room<'_>, post: &Post) -> String {
    format!("{} {} {}", room.id, post.create_at, post.user)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_mentioned_once_each() {
        let of = |text: &str| mentions(text.as_bytes());
        assert_eq!(of("@ana, @ben.b and @ana. @all @here @ mail@example.org"), 2);
        assert_eq!(of("@"), 0);
    }
}
