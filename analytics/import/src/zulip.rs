//! Zulip: the export of a server (`realm.json` and `messages-000001.json`), and the public archive (`zulip_archive.rs`).
//!
//! A channel is a room. A message's topic is a thread that has a name and that no message opened. Zulip links an answer to
//! what it answers only where it quotes it. Reactions carry no time, and take their message's. Channels that are
//! `invite_only` are private. Direct messages are never taken.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    io::Read,
};

use hearth_shared::activity::Kind;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    archive::Archive,
    error::ImportError,
    evidence::Format,
    intake::{Intake, Place, Room, Told},
    options::Import,
    paths::{or_default, pieces},
    reach::{Gate, Reach},
    records::{At, Outcome},
    zulip_archive,
    zulip_words::{Words, topic},
};

/// Zulip answers by quoting, too.
pub const FORMAT: Format = Format { replies_are_threads: false, never: &[] };

/// A recipient that is a channel.
const CHANNEL: i64 = 2;

#[derive(Deserialize)]
struct Stream {
    id: i64,
    name: String,
    #[serde(default)]
    invite_only: Option<bool>,
}

#[derive(Deserialize)]
struct Recipient {
    id: i64,
    #[serde(rename = "type")]
    kind: i64,
    type_id: i64,
}

#[derive(Deserialize)]
struct User {
    id: i64,
    #[serde(default, deserialize_with = "or_default")]
    is_bot: bool,
}

#[derive(Deserialize)]
struct Subscription {
    user_profile: i64,
    recipient: i64,
    #[serde(default, deserialize_with = "or_default")]
    active: bool,
}

#[derive(Deserialize)]
struct Message {
    id: i64,
    sender: i64,
    recipient: i64,
    subject: String,
    content: String,
    /// Seconds since 1970.
    date_sent: f64,
}

#[derive(Deserialize)]
struct Reaction {
    user_profile: i64,
    message: i64,
    emoji_name: String,
}

/// A line of the server's diary.
#[derive(Deserialize)]
struct Audit {
    id: i64,
    /// A number; in exports of old servers a word.
    event_type: Value,
    event_time: f64,
    #[serde(default)]
    modified_user: Option<i64>,
    #[serde(default)]
    modified_stream: Option<i64>,
}

/// The tables of `realm.json` that say what is what.
const LISTS: [&str; 6] = [
    "zerver_stream/*",
    "zerver_recipient/*",
    "zerver_userprofile/*",
    "zerver_userprofile_crossrealm/*",
    "zerver_userprofile_mirrordummy/*",
    "zerver_subscription/*",
];

/// A server, as its tables tell it.
#[derive(Default)]
struct Realm {
    streams: HashMap<i64, Stream>,
    /// The channels that recipients are. Those that are none are conversations of a few.
    recipients: HashMap<i64, Option<i64>>,
    bots: HashSet<i64>,
    /// Who is in which channel, by the channel's recipient.
    subscribed: Vec<(i64, i64)>,
    /// When and where messages are: their ids, times and channels.
    messages: Vec<(i64, i64, i64)>,
}

/// Reads an export.
///
/// # Errors
/// Where the archive cannot be read, the log not be written, or a problem ends the import.
pub fn read(archive: &Archive, import: &Import, intake: &mut Intake<'_, '_>) -> Result<(), ImportError> {
    // The outermost one is the export's: what people uploaded lies deeper.
    let mut tops = BTreeSet::new();
    let mut is_archive = false;
    archive.each(
        |name| {
            let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
            is_archive |= file == "stream_index.json";
            if file == "realm.json" {
                tops.insert((folder.matches('/').count(), folder.to_owned()));
            }
            false
        },
        |_, _| Ok::<(), ImportError>(()),
    )?;
    match tops.pop_first() {
        Some((_, folder)) => server(&folder, archive, import, intake),
        None if is_archive => zulip_archive::read(archive, import, intake),
        None => intake.file_problem(
            &import.path.display().to_string(),
            "it is no export of a Zulip server, which has a realm.json, and no public archive, which has a stream_index.json",
        ),
    }
}

fn server(folder: &str, archive: &Archive, import: &Import, intake: &mut Intake<'_, '_>) -> Result<(), ImportError> {
    let own = |name: &str| match name.rsplit_once('/') {
        Some((above, file)) if above == folder => Some(file.to_owned()),
        None if folder.is_empty() => Some(name.to_owned()),
        _ => None,
    };
    let (mut realm, mut gate) = (Realm::default(), Gate::default());
    let is_realm = |name: &str| own(name).is_some_and(|file| file == "realm.json");
    archive.each(is_realm, |file, content| {
        let outcome = each(file, content, import, &LISTS, |list, place, json| realm.list(list, json, place, intake))?;
        broken(outcome, file, "row", "rows", intake)
    })?;
    let is_messages =
        |name: &str| own(name).is_some_and(|file| file.starts_with("messages-") && file.ends_with(".json"));
    let mut found = false;
    archive.each(is_messages, |file, content| {
        found = true;
        let outcome = each(file, content, import, &["zerver_message/*"], |_, place, json| {
            intake.account.records += 1;
            match understood::<Message>(json) {
                Some(message) => realm.message(&message, place, import, &mut gate, intake),
                None => intake.problem(place, "it is no message of Zulip's; it was left out"),
            }
        })?;
        broken(outcome, file, "message", "messages", intake)
    })?;
    if !found {
        let what = "there is no messages-000001.json beside realm.json";
        intake.file_problem(&import.path.display().to_string(), what)?;
    }
    realm.messages.sort_unstable();
    archive.each(is_realm, |file, content| {
        // What is wrong with the file was said when it was read first.
        let _ = each(file, content, import, &["zerver_reaction/*", "zerver_realmauditlog/*"], |list, place, json| {
            intake.account.records += 1;
            match list {
                0 => realm.reaction(json, place, intake),
                _ => realm.audit(json, place, import, intake),
            }
        })?;
        Ok::<(), ImportError>(())
    })?;
    realm.members(import, intake);
    gate.settle(import, intake)
}

/// Gives each piece with its place in the file.
fn each(
    file: &str,
    content: &mut dyn Read,
    import: &Import,
    lists: &[&str],
    mut give: impl FnMut(usize, Place<'_>, &str) -> Result<(), ImportError>,
) -> Result<Outcome, ImportError> {
    pieces(content, import.max_record, lists, |found| {
        give(found.place, Place { file, at: At::Record(found.number) }, found.json)
    })
}

fn broken(outcome: Outcome, file: &str, one: &str, many: &str, intake: &mut Intake<'_, '_>) -> Result<(), ImportError> {
    match outcome {
        Ok(_) => Ok(()),
        Err(broken) => intake.broken(file, &broken, one, many),
    }
}

fn understood<T: DeserializeOwned>(json: &str) -> Option<T> {
    serde_json::from_str(json).ok()
}

/// Seconds with a fraction as milliseconds; the log refuses what is no time.
fn milliseconds(seconds: f64) -> i64 {
    (seconds * 1000.0).round() as i64
}

/// A user's id: it must be none of another source's.
fn person(id: i64) -> String {
    format!("zulip:{id}")
}

impl Realm {
    fn list(
        &mut self,
        list: usize,
        json: &str,
        place: Place<'_>,
        intake: &mut Intake<'_, '_>,
    ) -> Result<(), ImportError> {
        let known = match list {
            0 => understood::<Stream>(json).map(|stream| {
                self.streams.insert(stream.id, stream);
            }),
            1 => understood::<Recipient>(json).map(|recipient| {
                let stream = (recipient.kind == CHANNEL).then_some(recipient.type_id);
                self.recipients.insert(recipient.id, stream);
            }),
            5 => understood::<Subscription>(json).map(|one| {
                if one.active {
                    self.subscribed.push((one.user_profile, one.recipient));
                }
            }),
            _ => understood::<User>(json).map(|user| {
                // Those that belong to no realm are the server's own bots.
                if user.is_bot || list == 3 {
                    self.bots.insert(user.id);
                }
            }),
        };
        match known {
            Some(()) => Ok(()),
            None => intake.problem(place, "it is not what such a row should be"),
        }
    }

    /// A channel that is taken.
    fn taken(&self, id: i64, import: &Import, gate: &mut Gate) -> Option<&Stream> {
        let stream = self.streams.get(&id)?;
        gate.takes(reach(stream), &id.to_string(), &stream.name, import).then_some(stream)
    }

    fn message(
        &mut self,
        message: &Message,
        place: Place<'_>,
        import: &Import,
        gate: &mut Gate,
        intake: &mut Intake<'_, '_>,
    ) -> Result<(), ImportError> {
        let stream = match self.recipients.get(&message.recipient) {
            Some(Some(stream)) => *stream,
            Some(None) => {
                gate.takes(Reach::Direct, &format!("to {}", message.recipient), "", import);
                return Ok(());
            }
            None => return intake.problem(place, "realm.json lists no recipient of it; it was left out"),
        };
        if !self.streams.contains_key(&stream) {
            return intake.problem(place, "realm.json does not list its channel; it was left out");
        }
        let Some(stream) = self.taken(stream, import, gate) else { return Ok(()) };
        let event = message.id.to_string();
        if message.content.trim() == "(deleted)" {
            // So it was deleted before servers took messages away.
            intake.account.no_act += 1;
            return intake.erase(&event);
        }
        let (stream_id, room_id, ts) = (stream.id, stream.id.to_string(), milliseconds(message.date_sent));
        let words = Words::of(&message.content);
        let thread = topic(&room_id, &message.subject);
        let by = person(message.sender);
        let room = Room { id: &room_id, name: &stream.name };
        let act = Told {
            bot: self.bots.contains(&message.sender),
            reply_to: words.answers,
            thread: Some(&thread),
            is_topic: true,
            n_chars: words.characters,
            mentions: words.mentions,
            ..Told::new(room, &event, &by, Kind::Message, ts)
        };
        intake.tell(place, &act)?;
        self.messages.push((message.id, ts, stream_id));
        Ok(())
    }

    fn reaction(&self, json: &str, place: Place<'_>, intake: &mut Intake<'_, '_>) -> Result<(), ImportError> {
        let Some(reaction) = understood::<Reaction>(json) else {
            return intake.problem(place, "it is no reaction of Zulip's; it was left out");
        };
        // One to a message that was left out is left out, too.
        let Ok(at) = self.messages.binary_search_by_key(&reaction.message, |one| one.0) else { return Ok(()) };
        let (_, ts, stream) = self.messages[at];
        let Some(stream) = self.streams.get(&stream) else { return Ok(()) };
        let (to, room, by) = (reaction.message.to_string(), stream.id.to_string(), person(reaction.user_profile));
        let event = format!("{to} {} {by}", reaction.emoji_name);
        let act = Told::new(Room { id: &room, name: &stream.name }, &event, &by, Kind::Reaction, ts);
        let bot = self.bots.contains(&reaction.user_profile);
        intake.tell(place, &Told { reply_to: Some(&to), bot, ..act })
    }

    /// Who came into a channel or left it.
    fn audit(
        &self,
        json: &str,
        place: Place<'_>,
        import: &Import,
        intake: &mut Intake<'_, '_>,
    ) -> Result<(), ImportError> {
        let Some(audit) = understood::<Audit>(json) else {
            return intake.problem(place, "it is no line of the server's diary; it was left out");
        };
        let kind = match (audit.event_type.as_i64(), audit.event_type.as_str()) {
            (Some(301 | 302), _) | (_, Some("subscription_created" | "subscription_activated")) => Kind::Join,
            (Some(303), _) | (_, Some("subscription_deactivated")) => Kind::Leave,
            _ => {
                intake.account.no_act += 1;
                return Ok(());
            }
        };
        let (Some(user), Some(stream)) = (audit.modified_user, audit.modified_stream) else { return Ok(()) };
        // Nothing was written in it perhaps: so it is not counted as left out.
        let Some(stream) = self.taken(stream, import, &mut Gate::default()) else { return Ok(()) };
        let (event, room, by) = (format!("audit {}", audit.id), stream.id.to_string(), person(user));
        let room = Room { id: &room, name: &stream.name };
        let act = Told::new(room, &event, &by, kind, milliseconds(audit.event_time));
        intake.tell(place, &Told { bot: self.bots.contains(&user), ..act })
    }

    /// Tells who is in the channels that were taken.
    fn members(&self, import: &Import, intake: &mut Intake<'_, '_>) {
        let mut members = HashSet::new();
        for (user, recipient) in &self.subscribed {
            let stream = self.recipients.get(recipient).copied().flatten();
            let is_taken = stream.is_some_and(|id| self.taken(id, import, &mut Gate::default()).is_some());
            if is_taken && !self.bots.contains(user) {
                members.insert(*user);
            }
        }
        for member in members {
            let seen = intake.person_seen(&person(member));
            intake.attendance.list(seen);
        }
    }
}

fn reach(stream: &Stream) -> Reach {
    match stream.invite_only {
        Some(false) => Reach::Public,
        Some(true) => Reach::Private,
        None => Reach::Untold,
    }
}
