//! Slack's own export: `channels.json`, `users.json`, and a folder a channel with a file a day.
//!
//! A message's id is its room's and its `ts`. A `thread_ts` that is not its own `ts` makes it a reply to that message.
//! Reactions carry no time, and take their message's. What an app posts is a bot's, even where it posts in a person's
//! name. Direct messages are never read, private channels only if asked for.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    io::Read,
};

use hearth_shared::activity::Kind;
use serde::{Deserialize, Deserializer};

use crate::{
    account::{counted, grouped},
    archive::Archive,
    error::ImportError,
    evidence::Format,
    intake::{Intake, Place, Room, Told},
    options::Import,
    records::{self, At, Part},
    text::{self, Text},
};

/// In Slack there is no way to reply but in a thread.
pub const FORMAT: Format = Format { replies_are_threads: true, never: &[] };

/// When Slack got threads, 2017-01-18, milliseconds since 1970: before, nobody could link an answer.
const THREADS_SINCE: i64 = 1_484_697_600_000;

/// A line of `channels.json`, `groups.json`, `mpims.json` or `dms.json`.
#[derive(Deserialize)]
struct Channel {
    id: String,
    /// Direct messages have none.
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    members: Option<Vec<String>>,
}

/// A line of `users.json`.
#[derive(Deserialize)]
struct User {
    id: String,
    #[serde(default)]
    is_bot: Option<bool>,
}

#[derive(Deserialize)]
struct Message {
    ts: String,
    #[serde(default)]
    subtype: Option<String>,
    #[serde(default)]
    user: Option<String>,
    #[serde(default)]
    bot_id: Option<String>,
    #[serde(default)]
    username: Option<String>,
    #[serde(default)]
    thread_ts: Option<String>,
    #[serde(default, deserialize_with = "text")]
    text: Text,
    #[serde(default)]
    reactions: Option<Vec<Reaction>>,
    #[serde(default)]
    comment: Option<Comment>,
    #[serde(default)]
    hidden: Option<bool>,
}

#[derive(Deserialize)]
struct Reaction {
    name: String,
    #[serde(default)]
    users: Vec<String>,
    #[serde(default)]
    count: Option<u64>,
}

#[derive(Deserialize)]
struct Comment {
    #[serde(default)]
    user: Option<String>,
}

fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
    text::measure(deserializer, mentions)
}

/// How many people are mentioned: `<@U024BE7LH>`, `<@U024BE7LH|ana>`.
fn mentions(text: &[u8]) -> i64 {
    let mut seen = HashSet::new();
    let mut rest = text;
    while let Some(at) = rest.windows(2).position(|two| two == b"<@") {
        rest = &rest[at + 2..];
        let end = rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
        if end > 0 && matches!(rest.get(end), Some(b'>' | b'|')) {
            seen.insert(&rest[..end]);
        }
        rest = &rest[end..];
    }
    i64::try_from(seen.len()).unwrap_or(i64::MAX)
}

/// What is known of an export before its messages are read.
#[derive(Default)]
struct Workspace {
    /// Public channels, and private ones where those are wanted: folder → id and members.
    channels: BTreeMap<String, (String, Vec<String>)>,
    /// Folders that are left out.
    private: BTreeSet<String>,
    /// Users that are bots.
    bots: HashSet<String>,
    /// Which of the lists are there.
    lists: BTreeSet<&'static str>,
    /// Folders with at least one day.
    folders: BTreeSet<String>,
}

const LISTS: [&str; 5] = ["channels.json", "groups.json", "mpims.json", "dms.json", "users.json"];

/// Reads an export.
///
/// # Errors
/// Where the archive cannot be read, the log not be written, or a problem ends the import.
pub fn read(archive: &Archive, import: &Import, intake: &mut Intake<'_, '_>) -> Result<(), ImportError> {
    let workspace = survey(archive, import, intake)?;
    report_lists(&workspace, archive.is_one_file(), import, intake)?;
    let has_list = workspace.lists.contains("channels.json");
    let wanted = |name: &str| {
        folder_of_day(name).is_some_and(|folder| {
            !workspace.private.contains(folder) && (!has_list || workspace.channels.contains_key(folder))
        })
    };
    archive.each(wanted, |file, content| {
        let Some(folder) = folder_of_day(file) else { return Ok(()) };
        let room = workspace.channels.get(folder).map_or(folder, |(id, _)| id.as_str());
        day(file, content, Room { id: room, name: folder }, &workspace.bots, import, intake)
    })?;
    let members: HashSet<&String> = workspace.channels.values().flat_map(|(_, members)| members).collect();
    for member in members.difference(&workspace.bots.iter().collect()) {
        let person = intake.person_seen(member);
        intake.attendance.list(person);
    }
    Ok(())
}

/// The channel of a file of a day: `general` of `export/general/2024-01-31.json`.
fn folder_of_day(name: &str) -> Option<&str> {
    let (path, file) = name.rsplit_once('/')?;
    let folder = path.rsplit('/').next()?;
    let date = file.strip_suffix(".json")?.as_bytes();
    let is_date = date.len() == 10
        && date.iter().enumerate().all(|(place, byte)| match place {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    is_date.then_some(folder)
}

/// What Slack calls direct messages and those of a group, where no list says so.
fn is_direct(folder: &str) -> bool {
    let is_id = folder.len() >= 9 && folder.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    folder.starts_with("mpdm-") || (folder.starts_with('D') && is_id)
}

fn survey(archive: &Archive, import: &Import, intake: &mut Intake<'_, '_>) -> Result<Workspace, ImportError> {
    let mut workspace = Workspace::default();
    let mut folders = BTreeSet::new();
    archive.each(
        |name| {
            if let Some(folder) = folder_of_day(name) {
                folders.insert(folder.to_owned());
            }
            list_of(name).is_some()
        },
        |file, content| {
            let Some(list) = list_of(file) else { return Ok(()) };
            // A channel may be called like a list; only the outermost is one.
            if !workspace.lists.insert(list) {
                return Ok(());
            }
            let outcome = records::json(content, import.max_record, "", &[], |part| {
                let Part::Record(number, json) = part else { return Ok(()) };
                let place = Place { file, at: At::Record(number) };
                if list == "users.json" {
                    match serde_json::from_str::<User>(json) {
                        Ok(user) if user.is_bot == Some(true) => workspace.bots.insert(user.id),
                        Ok(_) => true,
                        Err(_) => return intake.problem(place, "it is no user with an `id`"),
                    };
                    return Ok(());
                }
                let Ok(channel) = serde_json::from_str::<Channel>(json) else {
                    return intake.problem(place, "it is no channel with an `id`");
                };
                let folder = channel.name.unwrap_or_else(|| channel.id.clone());
                if list == "channels.json" || (list == "groups.json" && import.private_channels) {
                    workspace.channels.insert(folder, (channel.id, channel.members.unwrap_or_default()));
                } else {
                    workspace.private.insert(folder);
                }
                Ok(())
            })?;
            match outcome {
                Ok(_) => Ok(()),
                Err(broken) => intake.broken(file, &broken, "record", "records"),
            }
        },
    )?;
    workspace.bots.insert("USLACKBOT".to_owned());
    workspace.private.extend(folders.iter().filter(|folder| is_direct(folder)).cloned());
    intake.account.private = folders.intersection(&workspace.private).count() as u64;
    workspace.folders = folders;
    Ok(workspace)
}

fn list_of(name: &str) -> Option<&'static str> {
    let file = name.rsplit('/').next()?;
    LISTS.into_iter().find(|list| *list == file)
}

/// Says what is missing.
fn report_lists(
    workspace: &Workspace,
    is_one_day: bool,
    import: &Import,
    intake: &mut Intake<'_, '_>,
) -> Result<(), ImportError> {
    let shown = import.path.display().to_string();
    if workspace.folders.is_empty() {
        return intake
            .file_problem(&shown, "it is no Slack export: there is no file in it like general/2024-01-31.json");
    }
    if is_one_day {
        return Ok(());
    }
    if !workspace.lists.contains("users.json") {
        intake.account.notes.push("users.json is missing: bots are known by what they posted only".to_owned());
    }
    if !workspace.lists.contains("channels.json") {
        return intake.file_problem(
            &shown,
            "channels.json is missing: channels are known by their folders only, and private ones cannot be told from public ones",
        );
    }
    let open: BTreeSet<&String> = workspace.channels.keys().collect();
    let there: BTreeSet<&String> = workspace.folders.iter().collect();
    let missing: Vec<_> = open.difference(&there).map(|name| name.as_str()).collect();
    if !missing.is_empty() {
        let count = counted(missing.len() as u64, "channel", "channels");
        let what = format!(
            "{count} of channels.json without a folder, so that nothing of it was imported: {}",
            some_of(&missing)
        );
        intake.file_problem(&shown, what)?;
    }
    let unlisted: Vec<_> =
        there.difference(&open).filter(|name| !workspace.private.contains(**name)).map(|name| name.as_str()).collect();
    if !unlisted.is_empty() {
        let count = counted(unlisted.len() as u64, "folder", "folders");
        let what = format!("{count} in no list of channels, perhaps private; left out: {}", some_of(&unlisted));
        intake.file_problem(&shown, what)?;
    }
    Ok(())
}

/// The first few names.
fn some_of(names: &[&str]) -> String {
    let shown = names[..names.len().min(5)].join(", ");
    if names.len() > 5 { format!("{shown} and {} more", grouped(names.len() as u64 - 5)) } else { shown }
}

/// One day of one channel.
fn day(
    file: &str,
    content: &mut dyn Read,
    room: Room<'_>,
    bots: &HashSet<String>,
    import: &Import,
    intake: &mut Intake<'_, '_>,
) -> Result<(), ImportError> {
    let outcome = records::json(content, import.max_record, "messages", &[], |part| {
        let Part::Record(number, json) = part else { return Ok(()) };
        intake.account.records += 1;
        let place = Place { file, at: At::Record(number) };
        match serde_json::from_str::<Message>(json) {
            Ok(message) => take(&message, place, room, bots, intake),
            Err(_) => intake.problem(place, "it is no message of Slack's with a `ts`; it was left out"),
        }
    })?;
    match outcome {
        Ok(_) => Ok(()),
        Err(broken) => intake.broken(file, &broken, "record", "records"),
    }
}

/// One message, and the reactions to it.
fn take(
    message: &Message,
    place: Place<'_>,
    room: Room<'_>,
    bots: &HashSet<String>,
    intake: &mut Intake<'_, '_>,
) -> Result<(), ImportError> {
    let Some(ts) = milliseconds(&message.ts) else {
        return intake.problem(place, "its `ts` is no time; it was left out");
    };
    let id = |ts: &str| format!("{}/{ts}", room.id);
    let event = id(&message.ts);
    let kind = match message.subtype.as_deref().unwrap_or_default() {
        _ if message.hidden == Some(true) => None,
        "" | "me_message" | "file_share" | "file_comment" | "thread_broadcast" | "bot_message"
        | "slackbot_response" => Some(Kind::Message),
        "channel_join" | "group_join" => Some(Kind::Join),
        "channel_leave" | "group_leave" => Some(Kind::Leave),
        "tombstone" => {
            intake.erase(&event)?;
            None
        }
        _ => None,
    };
    let before_threads = ts < THREADS_SINCE;
    match kind.zip(author(message)) {
        Some((kind, (by, posted_by_app))) => {
            let bot = posted_by_app || bots.contains(by);
            let root = message.thread_ts.as_deref().filter(|root| *root != message.ts).map(id);
            let text = if kind == Kind::Message { message.text } else { Text::default() };
            let act = Told {
                reply_to: root.as_deref().filter(|_| kind == Kind::Message),
                thread: root.as_deref().filter(|_| kind == Kind::Message),
                n_chars: text.characters,
                mentions: text.mentions,
                bot,
                before_threads,
                ..Told::new(room, &event, by, kind, ts)
            };
            intake.tell(place, &act)?;
        }
        None => intake.account.no_act += 1,
    }
    for reaction in message.reactions.iter().flatten() {
        let lost = reaction.count.unwrap_or(0).saturating_sub(reaction.users.len() as u64);
        intake.sources[usize::from(before_threads)].evidence.lost_reactions += lost;
        for user in &reaction.users {
            let own = format!("{event} {} {user}", reaction.name);
            let act = Told::new(room, &own, user, Kind::Reaction, ts);
            let act = Told { reply_to: Some(&event), bot: bots.contains(user), before_threads, ..act };
            intake.tell(place, &act)?;
        }
    }
    Ok(())
}

/// Whose a message is, and whether an app posted it.
fn author(message: &Message) -> Option<(&str, bool)> {
    let is = |id: &&str| !id.is_empty();
    let app = message.bot_id.as_deref().filter(is);
    if app.is_some() || message.subtype.as_deref() == Some("bot_message") {
        let by = app.or(message.user.as_deref().filter(is)).or(message.username.as_deref()).unwrap_or("bot");
        return Some((by, true));
    }
    let commented = || message.comment.as_ref()?.user.as_deref();
    message.user.as_deref().or_else(commented).filter(is).map(|by| (by, false))
}

/// `1452213413.780964`, seconds, as milliseconds.
fn milliseconds(ts: &str) -> Option<i64> {
    let (seconds, fraction) = ts.split_once('.').unwrap_or((ts, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if seconds.is_empty() || !digits(seconds) || !digits(fraction) {
        return None;
    }
    let thousandths =
        fraction.bytes().chain([b'0'; 3]).take(3).fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    seconds.parse::<i64>().ok()?.checked_mul(1000)?.checked_add(thousandths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_seconds_with_a_fraction() {
        assert_eq!(milliseconds("1452213413.780964"), Some(1_452_213_413_780));
        assert_eq!(milliseconds("1452213413.5"), Some(1_452_213_413_500));
        assert_eq!(milliseconds("1452213413"), Some(1_452_213_413_000));
        for none in ["", ".5", "-1.0", "1e9", "99999999999999999999.0", "9223372036854775807.9"] {
            assert_eq!(milliseconds(none), None, "{none}");
        }
    }

    #[test]
    fn a_file_of_a_day_names_its_channel() {
        assert_eq!(folder_of_day("raw/general/2024-01-31.json"), Some("general"));
        assert_eq!(folder_of_day("general/2024-01-31.json"), Some("general"));
        for none in ["2024-01-31.json", "raw/channels.json", "general/2024-1-31.json", "general/2024-01-31.txt"] {
            assert_eq!(folder_of_day(none), None, "{none}");
        }
    }

    #[test]
    fn people_are_mentioned_once_each() {
        let of = |text: &str| mentions(text.as_bytes());
        assert_eq!(of("<@U1> and <@U2|ben>, <@U1>: see <#C1> <!here> <@> <@U"), 2);
        assert_eq!(of(""), 0);
    }

    #[test]
    fn direct_messages_are_told_by_their_folder() {
        assert!(is_direct("mpdm-ana--ben-1") && is_direct("D024BE91L"));
        assert!(!is_direct("design") && !is_direct("DEV") && !is_direct("Discussions"));
    }
}
