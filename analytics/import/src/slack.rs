//! Slack's own export: `channels.json`, `users.json`, and a folder a channel with a file a day.
//! [`workspace`] finds out which folders those are.
//!
//! A message's id is its room's and its `ts`. A `thread_ts` that is not its own `ts` makes it a reply to that message.
//! Reactions carry no time, and take their message's. What an app posts is a bot's, even where it posts in a person's
//! name. Direct messages are never read, private channels only if asked for, and what no list names neither.

mod names;
mod workspace;

use std::{collections::HashSet, io::Read};

use hearth_shared::activity::Kind;
use serde::{Deserialize, Deserializer};

use crate::{
    archive::Archive,
    error::ImportError,
    evidence::Format,
    intake::{Intake, Place, Room, Told},
    options::Import,
    records::{self, At, Part},
    text::{self, Text},
};
use workspace::survey;

/// In Slack there is no way to reply but in a thread.
pub const FORMAT: Format = Format { replies_are_threads: true, never: &[] };

/// When Slack got threads, 2017-01-18, milliseconds since 1970: before, nobody could link an answer.
const THREADS_SINCE: i64 = 1_484_697_600_000;

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
    /// Of a `message_deleted`: which one was.
    #[serde(default)]
    deleted_ts: Option<String>,
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

/// Reads an export.
///
/// # Errors
/// Where the archive cannot be read, the log not be written, or a problem ends the import.
pub fn read(archive: &Archive, import: &Import, intake: &mut Intake<'_, '_>) -> Result<(), ImportError> {
    let export = survey(archive, import, intake)?;
    archive.each(
        |name| export.days.contains_key(name),
        |file, content| {
            let Some((id, name)) = export.days.get(file) else { return Ok(()) };
            day(file, content, Room { id, name }, &export.bots, import, intake)
        },
    )?;
    for member in export.members.difference(&export.bots) {
        let person = intake.person_seen(member);
        intake.attendance.list(person);
    }
    Ok(())
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
        "tombstone" => {
            intake.erase(&event)?;
            None
        }
        "message_deleted" => {
            if let Some(deleted) = &message.deleted_ts {
                intake.erase(&id(deleted))?;
            }
            None
        }
        _ if message.hidden == Some(true) => None,
        "" | "me_message" | "file_share" | "file_comment" | "thread_broadcast" | "bot_message"
        | "slackbot_response" => Some(Kind::Message),
        "channel_join" | "group_join" => Some(Kind::Join),
        "channel_leave" | "group_leave" => Some(Kind::Leave),
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
    fn people_are_mentioned_once_each() {
        let of = |text: &str| mentions(text.as_bytes());
        assert_eq!(of("<@U1> and <@U2|ben>, <@U1>: see <#C1> <!here> <@> <@U"), 2);
        assert_eq!(of(""), 0);
    }
}
