//! Mattermost's bulk export: a line each for the version, teams, channels, users and posts, posts with their replies and
//! reactions.
//!
//! Posts have no ids there. A post is known by its channel, its time and its author, and by how many such there were
//! before it in its file: two of one millisecond are two. Direct messages are never read, private channels only if asked
//! for, and what no line names neither. All lines about channels are read before the first post is.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use hearth_shared::activity::{Capability, Kind};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::{
    account::{counted, some_of},
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

/// What the lines say beside posts.
#[derive(Default)]
struct Server {
    /// Channels by `team/name`.
    channels: HashMap<String, Listed>,
    bots: HashSet<String>,
    /// Whether there was a line that only such an export has.
    is_one: bool,
    /// Posts of one channel, time and author, so far in this file.
    alike: HashMap<u64, u32>,
    /// Channels of posts that no line names.
    unlisted: BTreeSet<String>,
}

/// A channel as a line names it.
struct Listed {
    name: String,
    is_public: bool,
}

/// A line, as far as it says who and what there is.
#[derive(Deserialize)]
struct Heading {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    version: Option<i64>,
    #[serde(default)]
    channel: Option<Channel>,
    #[serde(default)]
    bot: Option<Bot>,
}

/// Where the files lie that members posted.
const ATTACHMENTS: [&str; 4] = ["data", "attachments", "bulk-export-attachments", "files"];

/// The files with lines: the outermost `.jsonl` files, or else an `export.json`, as older servers called it. What lies in
/// a folder of attachments is none, whatever it is called.
fn histories(names: &[String]) -> HashSet<&str> {
    let found = |is_one: fn(&str) -> bool| {
        let all = names.iter().map(String::as_str);
        let outer = all.clone().filter(|name| is_one(name)).filter(|name| {
            let folders = name.rsplit_once('/').map_or("", |(folders, _)| folders);
            !folders.split('/').any(|folder| ATTACHMENTS.contains(&folder))
        });
        let least = outer.clone().map(|name| name.matches('/').count()).min();
        outer.filter(|name| Some(name.matches('/').count()) == least).collect::<HashSet<_>>()
    };
    let lines = found(|name| name.ends_with(".jsonl"));
    if lines.is_empty() { found(|name| name.rsplit('/').next() == Some("export.json")) } else { lines }
}

/// Reads an export.
///
/// # Errors
/// Where the archive cannot be read, the log not be written, or a problem ends the import.
pub fn read(archive: &Archive, import: &Import, intake: &mut Intake<'_, '_>) -> Result<(), ImportError> {
    let names = archive.names()?;
    let histories = histories(&names);
    let wanted = |name: &str| archive.is_one_file() || histories.contains(name);
    if !names.iter().any(|name| wanted(name)) {
        let path = import.path.display().to_string();
        return intake.file_problem(&path, "there is no .jsonl file in it; a bulk export of Mattermost has one");
    }
    let mut server = Server::default();
    archive.each(wanted, |file, content| {
        // What is wrong with lines is said when they are read for good.
        let _ = records::lines(content, import.max_record, |number, line| {
            match line.map(serde_json::from_slice::<Heading>) {
                Some(Ok(heading)) => server.head(heading, Place { file, at: At::Line(number) }, import, intake),
                _ => Ok(()),
            }
        })?;
        Ok::<(), ImportError>(())
    })?;
    archive.each(wanted, |file, content| {
        server.alike.clear();
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
        Ok::<(), ImportError>(())
    })?;
    server.settle(import, intake)
}

impl Server {
    /// Takes note of what there is.
    fn head(
        &mut self,
        heading: Heading,
        place: Place<'_>,
        import: &Import,
        intake: &mut Intake<'_, '_>,
    ) -> Result<(), ImportError> {
        match (heading.kind.as_str(), heading.channel, heading.bot) {
            ("version", ..) => {
                self.is_one = true;
                if heading.version != Some(VERSION) {
                    return intake.problem(place, "its format has another version than 1; it may be misunderstood");
                }
            }
            ("channel", Some(channel), _) => {
                let is_public = match channel.kind.as_deref() {
                    Some("O") => true,
                    // Of one without a type nobody can say what it is.
                    None | Some("") => import.unlisted_channels,
                    Some(_) => import.private_channels,
                };
                let key = format!("{}/{}", channel.team, channel.name);
                let name = channel.display_name.filter(|name| !name.is_empty()).unwrap_or(channel.name);
                // Of two lines about one channel, the one that says less is believed.
                let listed = self.channels.entry(key).or_insert(Listed { name, is_public });
                listed.is_public &= is_public;
            }
            ("bot", _, Some(bot)) => {
                self.bots.insert(bot.username);
            }
            _ => {}
        }
        Ok(())
    }

    fn take(
        &mut self,
        line: Line,
        place: Place<'_>,
        import: &Import,
        intake: &mut Intake<'_, '_>,
    ) -> Result<(), ImportError> {
        match (line.kind.as_str(), line.post) {
            ("post", Some(post)) => self.post(&post, place, import, intake),
            ("direct_channel" | "direct_post", _) => {
                intake.account.private += 1;
                Ok(())
            }
            ("post", None) => intake.problem(place, "it is not what such a line should be; it was left out"),
            _ => Ok(()),
        }
    }

    fn post(
        &mut self,
        post: &Post,
        place: Place<'_>,
        import: &Import,
        intake: &mut Intake<'_, '_>,
    ) -> Result<(), ImportError> {
        if post.team.is_empty() || post.channel.is_empty() {
            return intake.problem(place, "it has no `team` and `channel`; it was left out");
        }
        let id = format!("{}/{}", post.team, post.channel);
        let name = match self.channels.get(&id) {
            Some(Listed { is_public: false, .. }) => return Ok(()),
            Some(Listed { name, .. }) => name.clone(),
            None if import.unlisted_channels => post.channel.clone(),
            None => {
                self.unlisted.insert(id);
                return Ok(());
            }
        };
        let room = Room { id: &id, name: &name };
        let root = self.id_of(room, post);
        self.entry(post, &root, None, room, place, intake)?;
        for reply in post.replies.iter().flatten() {
            let id = self.id_of(room, reply);
            self.entry(reply, &id, Some(&root), room, place, intake)?;
        }
        Ok(())
    }

    /// What makes a post one post.
    fn id_of(&mut self, room: Room<'_>, post: &Post) -> String {
        let id = format!("{} {} {}", room.id, post.create_at, post.user);
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        let alike = self.alike.entry(hasher.finish()).or_default();
        *alike += 1;
        if *alike == 1 { id } else { format!("{id} {alike}") }
    }

    /// Says what was left out.
    fn settle(&self, import: &Import, intake: &mut Intake<'_, '_>) -> Result<(), ImportError> {
        let path = import.path.display().to_string();
        intake.account.private += self.channels.values().filter(|channel| !channel.is_public).count() as u64;
        if !self.is_one {
            intake.file_problem(&path, "it is no bulk export of Mattermost: there is no line of a version")?;
        }
        let unlisted: Vec<String> = self.unlisted.iter().cloned().collect();
        if unlisted.is_empty() {
            return Ok(());
        }
        if self.channels.is_empty() {
            let (path, list) = (import.path.clone(), "the lines about channels");
            return Err(ImportError::Unlisted { path, list, most: some_of(&unlisted) });
        }
        let count = counted(unlisted.len() as u64, "channel", "channels");
        let what = format!(
            "{count} of posts that no line names, perhaps private; left out; --unlisted-channels imports them: {}",
            some_of(&unlisted)
        );
        intake.file_problem(&path, what)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_mentioned_once_each() {
        let of = |text: &str| mentions(text.as_bytes());
        assert_eq!(of("@ana, @ben.b and @ana. @all @here @ mail@example.org"), 2);
        assert_eq!(of("@"), 0);
    }

    #[test]
    fn what_members_posted_is_no_history() {
        let of = |names: &[&str]| {
            let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
            let mut found: Vec<_> = histories(&names).into_iter().map(str::to_owned).collect();
            found.sort();
            found
        };
        assert_eq!(of(&["import.jsonl", "data/20260101/x/import.jsonl", "old/part.jsonl"]), ["import.jsonl"]);
        assert_eq!(of(&["a/part1.jsonl", "a/part2.jsonl", "a/data/b.jsonl"]), ["a/part1.jsonl", "a/part2.jsonl"]);
        assert_eq!(of(&["export.json", "data/x/dump.jsonl", "data/export.json"]), ["export.json"]);
        assert_eq!(of(&["data/x/dump.jsonl"]), [""; 0]);
    }
}
