//! Zulip's public archive: `stream_index.json`, and beside it a folder a channel with a file a topic.
//!
//! Only public channels get into one. It names who wrote by what they are called, and holds neither reactions nor who came.

use std::collections::HashSet;

use hearth_shared::activity::Kind;
use serde::Deserialize;

use crate::{
    archive::Archive,
    error::ImportError,
    html,
    intake::{Intake, Place, Room, Told},
    options::Import,
    paths::pieces,
    records::At,
    zulip_words::{near, topic},
};

/// The server's own bots.
const BOTS: [&str; 4] = ["Notification Bot", "Welcome Bot", "Reminder Bot", "Email Gateway"];

#[derive(Deserialize)]
struct Message {
    id: i64,
    sender_full_name: String,
    /// Seconds since 1970.
    timestamp: i64,
    /// HTML.
    content: String,
}

/// Reads an archive.
///
/// # Errors
/// Where the archive cannot be read, the log not be written, or a problem ends the import.
pub fn read(archive: &Archive, import: &Import, intake: &mut Intake<'_, '_>) -> Result<(), ImportError> {
    let is_topic = |name: &str| name.ends_with(".json") && name.contains('/') && !name.ends_with("/stream_index.json");
    archive.each(is_topic, |file, content| {
        let mut parts = file.rsplit('/');
        let (stem, folder) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        // `7-help.20desk`: the channel's number and its name.
        let Some((id, name)) = folder.split_once('-').filter(|(id, _)| id.bytes().all(|byte| byte.is_ascii_digit()))
        else {
            return intake.file_problem(file, "its folder is not named after a channel, like 7-help; it was left out");
        };
        let name = decoded(name);
        let thread = topic(id, &decoded(stem.strip_suffix(".json").unwrap_or(stem)));
        let room = Room { id, name: &name };
        let outcome = pieces(content, import.max_record, &["*"], |found| {
            intake.account.records += 1;
            let place = Place { file, at: At::Record(found.number) };
            match serde_json::from_str::<Message>(found.json) {
                Ok(message) => take(&message, place, room, &thread, intake),
                Err(_) => intake.problem(place, "it is no message of an archive of Zulip's; it was left out"),
            }
        })?;
        match outcome {
            Ok(_) => Ok(()),
            Err(broken) => intake.broken(file, &broken, "message", "messages"),
        }
    })
}

fn take(
    message: &Message,
    place: Place<'_>,
    room: Room<'_>,
    thread: &str,
    intake: &mut Intake<'_, '_>,
) -> Result<(), ImportError> {
    let event = message.id.to_string();
    // Before what is quoted stands who said it.
    let quotes = message.content.starts_with("<p><span class=\"user-mention silent\"");
    let (said, own) =
        match message.content.split_once("</p>").filter(|(_, rest)| quotes && rest.contains("<blockquote")) {
            Some((said, own)) => (said, own),
            None => ("", message.content.as_str()),
        };
    let mut answers = None;
    html::characters(said, |tag| {
        answers = answers.or_else(|| tag.attribute("href").and_then(near));
        false
    });
    let mut named = HashSet::new();
    let n_chars = html::characters(own, |tag| {
        if tag.has_class("user-mention")
            && !tag.has_class("silent")
            && let Some(user) = tag.attribute("data-user-id").filter(|user| *user != "*")
        {
            named.insert(user.to_owned());
        }
        let is_upload = || tag.attribute("href").is_some_and(|link| link.contains("/user_uploads/"));
        tag.name == "blockquote" || (tag.name == "a" && is_upload())
    });
    let by = &message.sender_full_name;
    let ts = message.timestamp.saturating_mul(1000);
    let act = Told {
        bot: BOTS.contains(&by.as_str()),
        reply_to: answers,
        thread: Some(thread),
        is_topic: true,
        n_chars,
        mentions: i64::try_from(named.len()).unwrap_or(i64::MAX),
        ..Told::new(room, &event, by, Kind::Message, ts)
    };
    intake.tell(place, &act)
}

/// A name as it was before it became one of a file: `help.20desk` is `help desk`.
fn decoded(name: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), name.as_bytes());
    while let [first, after @ ..] = rest {
        let code = after.get(..2).filter(|code| *first == b'.' && code.iter().all(u8::is_ascii_hexdigit));
        let code = code.and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_become_names_again() {
        assert_eq!(decoded("help.20desk"), "help desk");
        assert_eq!(decoded(".E2.9C.94 done.2E"), "✔ done.");
        assert_eq!(decoded("v1.x."), "v1.x.");
        assert_eq!(decoded(".+1"), ".+1".to_owned());
    }
}
