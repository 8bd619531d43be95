//! Rocket.Chat: what `mongoexport` writes of a server (messages, rooms and users, a line each or one list), and what people
//! can export of their rooms or of all that they can see (a line a message, without ids).
//!
//! What a record is, its members say. A thread's messages answer the one that opened it, unless they quote another. Rooms
//! are public (`c`), private (`p`), or of a few (`d`, and `l` with visitors), which are never taken. Reactions carry no
//! time, and take their message's.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap, HashSet},
};

use hearth_shared::activity::Kind;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    alike::Alike,
    archive::Archive,
    error::ImportError,
    evidence::Format,
    intake::{Intake, Place, Room, Told},
    options::Import,
    paths::{or_default, rows},
    reach::{Gate, Reach},
    records,
    text::characters,
};

/// Rocket.Chat answers by quoting, too.
pub const FORMAT: Format = Format { replies_are_threads: false, never: &[] };

/// A record of any of the kinds.
#[derive(Deserialize)]
struct Row<'a> {
    #[serde(default, rename = "_id", borrow)]
    id: Option<Cow<'a, str>>,
    /// A message's room.
    #[serde(default, borrow)]
    rid: Option<Cow<'a, str>>,
    #[serde(default)]
    ts: Value,
    #[serde(default)]
    msg: Option<String>,
    #[serde(default)]
    u: Option<Author>,
    /// What a message of the server's own is, or a room.
    #[serde(default, borrow)]
    t: Option<Cow<'a, str>>,
    #[serde(default)]
    tmid: Option<String>,
    #[serde(default, rename = "_hidden", deserialize_with = "or_default")]
    hidden: bool,
    #[serde(default)]
    bot: Value,
    #[serde(default, deserialize_with = "or_default")]
    mentions: Vec<Author>,
    #[serde(default, deserialize_with = "or_default")]
    reactions: BTreeMap<String, Reaction>,
    /// Of a room: what it is called.
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    fname: Option<String>,
    /// Of a user; of a message in what people export: whose it is.
    #[serde(default)]
    username: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    roles: Vec<String>,
    /// Of a user: `bot`; in what people export of a message what `t` is, and of a room, too.
    #[serde(default, rename = "type", borrow)]
    kind: Option<Cow<'a, str>>,
    /// In a list of rooms that people export.
    #[serde(default, rename = "roomId")]
    room_id: Option<String>,
    #[serde(default, rename = "roomName")]
    room_name: Option<String>,
}

#[derive(Deserialize)]
struct Author {
    #[serde(default, rename = "_id")]
    id: Option<String>,
    #[serde(default)]
    username: Option<String>,
}

#[derive(Deserialize)]
struct Reaction {
    #[serde(default, deserialize_with = "or_default")]
    usernames: Vec<String>,
}

/// A room, as a list tells it.
struct Listed {
    name: String,
    reach: Reach,
}

/// What the lists say.
#[derive(Default)]
struct Server {
    /// By their ids, and in what people export by their names, which are those of the files.
    rooms: HashMap<String, Listed>,
    bots: HashSet<String>,
}

/// Reads an export.
///
/// # Errors
/// Where the archive cannot be read, the log not be written, or a problem ends the import.
pub fn read(archive: &Archive, import: &Import, intake: &mut Intake<'_, '_>) -> Result<(), ImportError> {
    // What people uploaded lies in `assets`.
    let is_own = |name: &str| {
        let uploaded = name.rsplit('/').skip(1).any(|folder| folder == "assets");
        archive.is_one_file() || ((name.ends_with(".json") || name.ends_with(".jsonl")) && !uploaded)
    };
    let mut server = Server::default();
    server.bots.insert("rocket.cat".to_owned());
    archive.each(is_own, |_, content| {
        // What is wrong with a file is said when its messages are read.
        let _ = rows(content, import.max_record, |_, row| {
            if let Some(row) = row
                && let Ok(row) = serde_json::from_slice::<Row<'_>>(row)
            {
                server.list(row);
            }
            Ok::<(), ImportError>(())
        })?;
        Ok::<(), ImportError>(())
    })?;
    let (mut gate, mut messages) = (Gate::default(), 0);
    archive.each(is_own, |file, content| {
        let stem = file.rsplit('/').next().unwrap_or(file);
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem).to_owned();
        let mut alike = Alike::default();
        let outcome = rows(content, import.max_record, |at, row| {
            let place = Place { file, at };
            let Some(row) = row else {
                let most = records::size(import.max_record);
                return intake.problem(place, format!("it is longer than {most}; --max-record allows more"));
            };
            if row.iter().all(u8::is_ascii_whitespace) {
                return Ok(());
            }
            intake.account.records += 1;
            match serde_json::from_slice::<Row<'_>>(row) {
                Ok(row) if row.is_message() => {
                    messages += 1;
                    server.message(&row, &stem, &mut alike, place, import, &mut gate, intake)
                }
                Ok(row) if row.is_listed() => Ok(()),
                Ok(_) => intake.problem(place, "it is no message, room or user of Rocket.Chat's; it was left out"),
                Err(error) if error.is_data() => {
                    intake.problem(place, "it is no message, room or user of Rocket.Chat's; it was left out")
                }
                Err(_) => intake.problem(place, "it is no JSON, or was cut off; it was left out"),
            }
        })?;
        match outcome {
            Ok(_) => Ok(()),
            Err(broken) => intake.broken(file, &broken, "record", "records"),
        }
    })?;
    if messages == 0 {
        let what = "there is no message of Rocket.Chat's in it";
        intake.file_problem(&import.path.display().to_string(), what)?;
    }
    gate.settle(import, intake)
}

impl Row<'_> {
    fn is_message(&self) -> bool {
        let of_server = self.rid.is_some() && self.u.is_some();
        let of_people = self.username.is_some() && self.msg.is_some() && self.room_id.is_none();
        !self.ts.is_null() && (of_server || of_people)
    }

    fn is_listed(&self) -> bool {
        let room = self.room_id.is_some() || (self.id.is_some() && self.t.is_some());
        room || self.username.is_some() || (self.id.is_some() && self.kind.is_some())
    }
}

fn reach(kind: &str) -> Reach {
    match kind {
        "c" => Reach::Public,
        "p" => Reach::Private,
        "d" | "l" | "v" => Reach::Direct,
        _ => Reach::Untold,
    }
}

impl Server {
    fn list(&mut self, row: Row<'_>) {
        if row.is_message() {
            return;
        }
        if let (Some(id), Some(name)) = (row.room_id, row.room_name) {
            let reach = reach(row.kind.as_deref().unwrap_or_default());
            self.rooms.insert(name.clone(), Listed { name: name.clone(), reach });
            self.rooms.insert(id, Listed { name, reach });
        } else if let (Some(id), Some(kind), None) = (&row.id, &row.t, &row.username) {
            let name = row.fname.or(row.name).unwrap_or_else(|| id.clone().into_owned());
            self.rooms.insert(id.clone().into_owned(), Listed { name, reach: reach(kind) });
        } else if let Some(username) = row.username
            && (row.kind.as_deref() == Some("bot") || row.roles.iter().any(|role| role == "bot"))
        {
            self.bots.insert(username);
        }
    }

    /// One message, and the reactions to it.
    #[expect(clippy::too_many_arguments, reason = "a message, where it stands, and what is known so far")]
    fn message(
        &self,
        row: &Row<'_>,
        stem: &str,
        alike: &mut Alike,
        place: Place<'_>,
        import: &Import,
        gate: &mut Gate,
        intake: &mut Intake<'_, '_>,
    ) -> Result<(), ImportError> {
        let room_id = row.rid.as_deref().unwrap_or(stem);
        let listed = self.rooms.get(room_id);
        let name = listed.map_or(room_id, |listed| listed.name.as_str());
        if !gate.takes(listed.map_or(Reach::Untold, |listed| listed.reach), room_id, name, import) {
            return Ok(());
        }
        let Some(ts) = time(&row.ts) else {
            return intake.problem(place, "its `ts` is no time; it was left out");
        };
        let author = row.u.as_ref().and_then(|author| author.username.as_ref().or(author.id.as_ref()));
        let Some(by) = author.or(row.username.as_ref()) else {
            return intake.problem(place, "nobody wrote it; it was left out");
        };
        let event = match &row.id {
            Some(id) => id.clone().into_owned(),
            None => format!("{room_id} {ts} {by} {}", alike.number(ts, by)),
        };
        let room = Room { id: room_id, name };
        let text = row.msg.as_deref().unwrap_or_default();
        // What people export has a sentence there, in their language.
        let other = (!text.is_empty() && row.u.is_some()).then_some(text);
        let (kind, who) = match row.t.as_deref().or(row.kind.as_deref()).unwrap_or_default() {
            _ if row.hidden => (None, None),
            "" | "e2e" => (Some(Kind::Message), None),
            "uj" | "ujt" | "ut" => (Some(Kind::Join), None),
            "ul" | "ult" => (Some(Kind::Leave), None),
            "au" | "added-user-to-team" => (other.map(|_| Kind::Join), other),
            "ru" | "removed-user-from-team" => (other.map(|_| Kind::Leave), other),
            "rm" => {
                intake.erase(&event)?;
                (None, None)
            }
            _ => (None, None),
        };
        let Some(kind) = kind else {
            intake.account.no_act += 1;
            return Ok(());
        };
        let by = who.unwrap_or(by);
        let known_bot = self.bots.contains(by);
        // What an integration posts bears the name of whoever made it.
        let integration =
            (kind == Kind::Message && !known_bot && row.bot.is_object()).then(|| format!("integration {by}"));
        let by = integration.as_deref().unwrap_or(by);
        let mut act = Told { bot: known_bot || integration.is_some(), ..Told::new(room, &event, by, kind, ts) };
        let is_plain = row.t.as_deref().unwrap_or_default().is_empty();
        if kind == Kind::Message {
            let (quoted, own) = quotation(text);
            act.thread = row.tmid.as_deref();
            act.reply_to = quoted.or(act.thread);
            act.n_chars = if is_plain { characters(own.as_bytes()) } else { 0 };
            act.mentions = mentions(&row.mentions);
        }
        intake.tell(place, &act)?;
        for (emoji, reaction) in row.reactions.iter().filter(|_| kind == Kind::Message) {
            for user in &reaction.usernames {
                let own = format!("{event} {emoji} {user}");
                let act = Told::new(room, &own, user, Kind::Reaction, ts);
                intake.tell(place, &Told { reply_to: Some(&event), bot: self.bots.contains(user), ..act })?;
            }
        }
        Ok(())
    }
}

/// The message that a text quotes, and the text after that: it begins with links without words, `[ ](https://…?msg=ID)`.
fn quotation(text: &str) -> (Option<&str>, &str) {
    let (mut quoted, mut own) = (None, text);
    while let Some((link, rest)) = own.trim_start().strip_prefix("[ ](").and_then(|rest| rest.split_once(')')) {
        let Some((_, id)) = link.rsplit_once("msg=") else { break };
        quoted = quoted.or(Some(id.split('&').next().unwrap_or(id)));
        own = rest.trim_start();
    }
    (quoted.filter(|id| !id.is_empty()), own)
}

fn mentions(named: &[Author]) -> i64 {
    let names = named.iter().filter_map(|one| one.username.as_deref().or(one.id.as_deref()));
    let named: HashSet<&str> = names.filter(|name| !["all", "here"].contains(name)).collect();
    i64::try_from(named.len()).unwrap_or(i64::MAX)
}

/// A time as MongoDB's tools and JavaScript write it, milliseconds since 1970.
fn time(ts: &Value) -> Option<i64> {
    match ts {
        Value::String(text) => Some(text.parse::<Timestamp>().ok()?.as_millisecond()),
        Value::Number(number) => number.as_i64(),
        Value::Object(members) => match (members.get("$date"), members.get("$numberLong")) {
            (Some(date), _) => time(date),
            (None, Some(number)) => number.as_str()?.parse().ok(),
            (None, None) => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn times_come_as_several_tools_write_them() {
        let at = Some(1_704_182_400_000);
        assert_eq!(time(&json!({"$date": "2024-01-02T08:00:00.000Z"})), at);
        assert_eq!(time(&json!({"$date": {"$numberLong": "1704182400000"}})), at);
        assert_eq!(time(&json!("2024-01-02T08:00:00.000Z")), at);
        assert_eq!(time(&json!(1_704_182_400_000_i64)), at);
        for none in [json!(null), json!({}), json!("soon"), json!({"$date": {"$date": []}})] {
            assert_eq!(time(&none), None);
        }
    }

    #[test]
    fn what_is_quoted_is_answered_and_not_counted() {
        assert_eq!(quotation("[ ](https://t/channel/lobby?msg=abc) yes"), (Some("abc"), "yes"));
        assert_eq!(quotation("[ ](https://t/channel/lobby?msg=a) [ ](https://t/x?msg=b)\nyes"), (Some("a"), "yes"));
        assert_eq!(quotation("[ ](https://t) yes"), (None, "[ ](https://t) yes"));
        assert_eq!(quotation("yes"), (None, "yes"));
    }
}
