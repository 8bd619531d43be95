//! A homeserver in memory: rooms, timelines, transaction ids, limits and refusals as Synapse has them, and trouble on
//! the way there and back.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use hearth_practices::{EventId, RoomId, UserId};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{
    dice::Dice,
    trouble::{Fate, Trouble},
};
use crate::{
    engine::Entry,
    sending::{Class, Refusal, Refused, RetryAfter},
};

/// The largest event that Synapse takes, in bytes.
pub(super) const LARGEST: usize = 65_536;

/// How long Synapse remembers transaction ids.
const TXN_MEMORY: SignedDuration = SignedDuration::from_hours(24);

/// Somebody's place in a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Invited,
    Joined,
    Left,
}

/// A room.
#[derive(Clone, Debug)]
pub(super) struct Room {
    pub members: BTreeMap<UserId, Standing>,
    pub powers: BTreeMap<UserId, i64>,
    pub entry: Entry,
    /// Whose direct room it is, as its maker marked it.
    pub mark: Option<UserId>,
    /// Whether reactions need more power than the bot has.
    pub mute_reactions: bool,
    /// The replacement, after an upgrade, and since when.
    pub replaced_by: Option<(RoomId, Timestamp)>,
    /// The room that it replaces.
    pub replaces: Option<RoomId>,
    /// Who has invited the bot to it as to a direct room.
    pub asked_by: Option<UserId>,
}

/// An event.
#[derive(Clone, Debug)]
pub(super) struct Posting {
    pub event: EventId,
    pub room: RoomId,
    pub sender: UserId,
    pub kind: String,
    pub content: Value,
    pub json: Value,
    pub at: Timestamp,
    pub redacted: bool,
    /// Who could read it when it was sent, its sender not counted.
    pub readers: BTreeSet<UserId>,
    /// With which transaction id the bot sent it.
    pub txn: Option<String>,
    /// Whether the bot was in the room.
    pub bot_in: bool,
    /// What is inside, where it is encrypted.
    pub sealed: Option<Ciphertext>,
}

/// The inside of an encrypted event.
#[derive(Clone, Debug)]
pub(super) struct Ciphertext {
    json: Value,
    /// When its key reaches the bot, if ever.
    key_at: Option<Timestamp>,
}

impl Posting {
    /// The event as the bot's client gives it at that time, and whether it could be decrypted.
    pub(super) fn read(&self, now: Timestamp) -> (String, bool) {
        match &self.sealed {
            Some(sealed) if !self.redacted && sealed.key_at.is_some_and(|at| at <= now) => {
                (sealed.json.to_string(), true)
            }
            _ => (self.json.to_string(), false),
        }
    }

    /// Whether the bot can read it at that time.
    pub(super) fn is_readable(&self, now: Timestamp) -> bool {
        self.sealed.is_none() || self.redacted || self.read(now).1
    }
}

/// How often something may be done (a token bucket).
#[derive(Clone, Debug)]
struct Bucket {
    tokens: f64,
    at: Timestamp,
}

/// The homeserver with everything on it.
#[derive(Debug)]
pub(super) struct World {
    pub now: Timestamp,
    pub seed: u64,
    pub dice: Dice,
    pub bot: UserId,
    pub rooms: BTreeMap<RoomId, Room>,
    pub stream: Vec<Posting>,
    pub places: BTreeMap<EventId, usize>,
    pub trouble: Trouble,
    /// The largest event that it takes: its own limit, or that of a proxy before it.
    pub largest: usize,
    /// Whether it limits by itself how often others' messages may be removed.
    pub counts_removals: bool,
    /// How many requests were refused because there were too many.
    pub limited: usize,
    /// How many requests of those kinds were not too many.
    pub allowed: usize,
    /// The rooms that the bot's client knows itself to be in.
    pub view: BTreeSet<RoomId>,
    pub story: Option<Vec<String>>,
    /// What the bot has uploaded.
    pub files: BTreeMap<String, String>,
    txns: BTreeMap<String, (EventId, Timestamp)>,
    buckets: BTreeMap<String, Bucket>,
    pub(super) count: u64,
}

/// What a sync brings.
#[derive(Debug, Default)]
pub(super) struct News {
    pub next: usize,
    pub joined: Vec<(RoomId, Vec<usize>)>,
    pub left: Vec<(RoomId, Vec<usize>)>,
}

impl World {
    pub(super) fn new(seed: u64, now: Timestamp, bot: UserId, tell: bool) -> Self {
        Self {
            now,
            seed,
            dice: Dice::new(seed),
            bot,
            rooms: BTreeMap::new(),
            stream: Vec::new(),
            places: BTreeMap::new(),
            trouble: Trouble::None,
            largest: LARGEST,
            counts_removals: seed.is_multiple_of(4),
            limited: 0,
            allowed: 0,
            view: BTreeSet::new(),
            story: tell.then(Vec::new),
            files: BTreeMap::new(),
            txns: BTreeMap::new(),
            buckets: BTreeMap::new(),
            count: 0,
        }
    }

    /// What becomes of the next request.
    pub(super) fn fate(&mut self) -> Fate {
        self.trouble.fate(self.dice.below(100))
    }

    /// Whether a room was somebody's direct room.
    pub(super) fn is_direct(&self, room: &RoomId) -> bool {
        self.rooms.get(room).is_some_and(|room| room.mark.is_some() || room.asked_by.is_some())
    }

    /// Writes a line of the story, if it is told.
    pub(super) fn tell(&mut self, line: impl FnOnce() -> String) {
        if let Some(story) = &mut self.story {
            story.push(format!("{} {}", self.now.strftime("%d %H:%M:%S"), line()));
        }
    }

    pub(super) fn is_in(&self, who: &UserId, room: &RoomId) -> bool {
        self.rooms.get(room).is_some_and(|room| room.members.get(who) == Some(&Standing::Joined))
    }

    /// Those in a room, the bot not counted.
    pub(super) fn people(&self, room: &RoomId) -> Vec<UserId> {
        let Some(room) = self.rooms.get(room) else { return Vec::new() };
        let joined = room.members.iter().filter(|(who, standing)| **who != self.bot && **standing == Standing::Joined);
        joined.map(|(who, _)| who.clone()).collect()
    }

    pub(super) fn make_room(&mut self, id: &str, entry: Entry, lead: Option<&UserId>) -> RoomId {
        let id = RoomId::from(format!("!{id}:t"));
        let powers = lead.map(|lead| (lead.clone(), 50)).into_iter().collect();
        let room = Room {
            members: BTreeMap::new(),
            powers,
            entry,
            mark: None,
            mute_reactions: false,
            replaced_by: None,
            replaces: None,
            asked_by: None,
        };
        self.rooms.insert(id.clone(), room);
        id
    }

    /// Puts an event into a room, whoever may do what.
    pub(super) fn post(&mut self, room: &RoomId, sender: &UserId, kind: &str, content: Value, more: Value) -> EventId {
        self.count += 1;
        self.now += SignedDuration::from_millis(1);
        let event = EventId::from(format!("$e{}", self.count));
        let mut json = json!({
            "type": kind, "event_id": event, "sender": sender,
            "origin_server_ts": self.now.as_millisecond(), "content": content,
        });
        if let (Some(fields), Value::Object(more)) = (json.as_object_mut(), more) {
            fields.extend(more);
        }
        let members = self.rooms.get(room).map(|room| room.members.clone()).unwrap_or_default();
        let bot_in = members.get(&self.bot) == Some(&Standing::Joined);
        let readers = members
            .into_iter()
            .filter(|(who, standing)| who != sender && *standing != Standing::Left)
            .map(|(who, _)| who)
            .collect();
        self.places.insert(event.clone(), self.stream.len());
        self.tell(|| format!("{room} {sender} {kind} {event} {content}"));
        self.stream.push(Posting {
            event: event.clone(),
            room: room.clone(),
            sender: sender.clone(),
            kind: kind.to_owned(),
            content,
            json,
            at: self.now,
            redacted: false,
            readers,
            txn: None,
            bot_in,
            sealed: None,
        });
        event
    }

    pub(super) fn posting(&self, event: &EventId) -> Option<&Posting> {
        self.stream.get(*self.places.get(event)?)
    }

    /// Whether whoever sent something has left its room since, even if they have come back.
    pub(super) fn has_left_since(&self, posting: &Posting) -> bool {
        let after = self.places.get(&posting.event).map_or(0, |place| place + 1);
        self.stream.iter().skip(after).any(|later| {
            later.kind == "m.room.member"
                && later.room == posting.room
                && later.content["membership"] == "leave"
                && later.json["state_key"] == posting.sender.as_str()
        })
    }

    /// Whether something that the bot sent under this name is there.
    pub(super) fn has_sent(&self, txn: &str) -> bool {
        self.stream.iter().any(|posting| posting.txn.as_deref() == Some(txn))
    }

    /// Somebody says something.
    pub(super) fn say(&mut self, who: &UserId, room: &RoomId, text: &str) -> EventId {
        self.post(room, who, "m.room.message", json!({"msgtype": "m.text", "body": text}), Value::Null)
    }

    /// Somebody sends something encrypted, whose key reaches the bot at that time, if ever.
    pub(super) fn seal(
        &mut self,
        who: &UserId,
        room: &RoomId,
        kind: &str,
        content: &Value,
        key_at: Option<Timestamp>,
    ) -> EventId {
        let cipher = json!({"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "A", "session_id": "S"});
        let event = self.post(room, who, "m.room.encrypted", cipher, Value::Null);
        self.tell(|| format!("   inside {event}: {kind} {content}, key at {key_at:?}"));
        if let Some(posting) = self.stream.last_mut() {
            let mut json = posting.json.clone();
            (json["type"], json["content"]) = (json!(kind), content.clone());
            posting.sealed = Some(Ciphertext { json, key_at });
        }
        event
    }

    /// Somebody's membership changes.
    pub(super) fn stand(&mut self, who: &UserId, room: &RoomId, standing: Standing, by: &UserId) {
        let name = |standing: Standing| match standing {
            Standing::Invited => "invite",
            Standing::Joined => "join",
            Standing::Left => "leave",
        };
        let Some(found) = self.rooms.get_mut(room) else { return };
        let before = found.members.get(who).copied().unwrap_or(Standing::Left);
        if before == standing {
            return;
        }
        // Whoever goes still reads that they went.
        if standing != Standing::Left {
            found.members.insert(who.clone(), standing);
        }
        let more = json!({"state_key": who, "unsigned": {"prev_content": {"membership": name(before)}}});
        self.post(room, by, "m.room.member", json!({"membership": name(standing)}), more);
        if let Some(found) = self.rooms.get_mut(room) {
            found.members.insert(who.clone(), standing);
        }
    }

    /// Removes an event.
    pub(super) fn redact(&mut self, who: &UserId, room: &RoomId, event: &EventId) -> EventId {
        if let Some(place) = self.places.get(event) {
            let posting = &mut self.stream[*place];
            posting.redacted = true;
            posting.json["content"] = json!({});
            posting.json["unsigned"]["redacted_because"] = json!({});
        }
        self.post(room, who, "m.room.redaction", json!({"redacts": event}), json!({"redacts": event}))
    }

    /// Somebody replaces a room by another, into which all but the bot go at once.
    pub(super) fn upgrade(&mut self, by: &UserId, room: &RoomId) -> RoomId {
        self.count += 1;
        let entry = self.rooms[room].entry.clone();
        let new = self.make_room(&format!("new{}", self.count), entry, None);
        let people = self.people(room);
        self.post(room, by, "m.room.tombstone", json!({"replacement_room": new}), json!({"state_key": ""}));
        let (powers, now) = (self.rooms[room].powers.clone(), self.now);
        if let Some(found) = self.rooms.get_mut(room) {
            found.replaced_by = Some((new.clone(), now));
        }
        if let Some(found) = self.rooms.get_mut(&new) {
            (found.powers, found.replaces) = (powers, Some(room.clone()));
        }
        for who in people {
            self.stand(&who, &new, Standing::Joined, &who);
        }
        new
    }

    /// What a request of that class would cost.
    fn spend(&mut self, name: String, rate: f64, burst: f64) -> Result<(), Duration> {
        let now = self.now;
        let bucket = self.buckets.entry(name).or_insert(Bucket { tokens: burst, at: now });
        let passed = now.duration_since(bucket.at).as_secs_f64().max(0.0);
        bucket.tokens = (bucket.tokens + passed * rate).min(burst);
        bucket.at = now;
        if bucket.tokens < 1.0 {
            return Err(Duration::from_secs_f64((1.0 - bucket.tokens) / rate));
        }
        bucket.tokens -= 1.0;
        Ok(())
    }

    pub(super) fn limit(&mut self, class: Class, name: &str, rate: f64, burst: f64) -> Result<(), Refused> {
        let spent = self.spend(name.to_owned(), rate, burst);
        self.allowed += usize::from(spent.is_ok());
        spent.map_err(|wait| {
            self.limited += 1;
            let after = Some(RetryAfter::Delay(wait));
            Refused::new(Refusal::of(429, Some("M_LIMIT_EXCEEDED"), after), class, "429 M_LIMIT_EXCEEDED")
        })
    }

    /// The bot puts an event into a room.
    pub(super) fn put(&mut self, room: &RoomId, kind: &str, content: &Value, txn: &str) -> Result<EventId, Refused> {
        self.txns.retain(|_, (_, at)| self.now.duration_since(*at) < TXN_MEMORY);
        if let Some((event, _)) = self.txns.get(&format!("{room}/{kind}/{txn}")) {
            return Ok(event.clone());
        }
        let refuse = |status, code: &str| {
            Err(Refused::new(Refusal::of(status, Some(code), None), Class::Message, format!("{status} {code}")))
        };
        let Some(found) = self.rooms.get(room) else { return refuse(404, "M_NOT_FOUND") };
        if found.members.get(&self.bot) != Some(&Standing::Joined) || found.replaced_by.is_some() {
            return refuse(403, "M_FORBIDDEN");
        }
        if kind == "m.reaction" && found.mute_reactions {
            return refuse(403, "M_FORBIDDEN");
        }
        if content.to_string().len() + 1_000 > self.largest {
            return refuse(413, "M_TOO_LARGE");
        }
        self.limit(Class::Message, "messages", 0.2, 10.0)?;
        let relation = &content["m.relates_to"];
        if let (Some(kind), Some(of)) = (relation["rel_type"].as_str(), relation["event_id"].as_str()) {
            let of = EventId::from(of);
            match self.posting(&of) {
                Some(posting) if posting.room == *room => {}
                _ => return refuse(400, "M_UNKNOWN"),
            }
            let same = |one: &Posting| {
                !one.redacted && one.room == *room && one.sender == self.bot && one.content["m.relates_to"] == *relation
            };
            if kind == "m.annotation" && self.stream.iter().any(same) {
                return refuse(400, "M_DUPLICATE_ANNOTATION");
            }
        }
        let bot = self.bot.clone();
        let event = self.post(room, &bot, kind, content.clone(), Value::Null);
        self.remember(format!("{room}/{kind}/{txn}"), txn, &event);
        Ok(event)
    }

    fn remember(&mut self, path: String, txn: &str, event: &EventId) {
        self.txns.insert(path, (event.clone(), self.now));
        if let Some(posting) = self.places.get(event).and_then(|place| self.stream.get_mut(*place)) {
            posting.txn = Some(txn.to_owned());
            // Who sent it sees the name that they gave it, also when it is removed, and for ever.
            posting.json["unsigned"]["transaction_id"] = json!(txn);
        }
    }

    /// The bot removes an event.
    pub(super) fn take_back(&mut self, room: &RoomId, event: &EventId, txn: &str) -> Result<EventId, Refused> {
        if let Some((event, _)) = self.txns.get(&format!("{room}/redact/{event}/{txn}")) {
            return Ok(event.clone());
        }
        let refuse = |status, code: &str| {
            Err(Refused::new(Refusal::of(status, Some(code), None), Class::Message, format!("{status} {code}")))
        };
        if !self.is_in(&self.bot, room) {
            return refuse(403, "M_FORBIDDEN");
        }
        let Some(target) = self.posting(event) else { return refuse(404, "M_NOT_FOUND") };
        let own = target.sender == self.bot;
        let power = self.rooms.get(room).and_then(|room| room.powers.get(&self.bot)).copied().unwrap_or(0);
        if !own && power < 50 {
            return refuse(403, "M_FORBIDDEN");
        }
        let bucket = if self.counts_removals && !own { "removals" } else { "messages" };
        self.limit(Class::Message, bucket, 0.2, 10.0)?;
        let bot = self.bot.clone();
        let redaction = self.redact(&bot, room, event);
        self.remember(format!("{room}/redact/{event}/{txn}"), txn, &redaction);
        Ok(redaction)
    }

    /// What has happened since, in the rooms that the bot is in and in those that it has left.
    pub(super) fn sync(&mut self, since: Option<usize>, known: &BTreeSet<RoomId>) -> News {
        let mut news = News { next: self.stream.len(), ..News::default() };
        for (id, room) in &self.rooms {
            let standing = room.members.get(&self.bot).copied();
            let events = |from: usize| -> Vec<usize> {
                let here = |place: &usize| self.stream[*place].room == *id && self.stream[*place].bot_in;
                (from..self.stream.len()).filter(here).collect()
            };
            match standing {
                Some(Standing::Joined) => {
                    let mut found = since.map(&events).unwrap_or_default();
                    if !known.contains(id) {
                        let own = |place: &usize| {
                            let posting = &self.stream[*place];
                            posting.json["state_key"] == self.bot.as_str() && posting.content["membership"] == "join"
                        };
                        if let Some(join) = found.iter().rposition(own) {
                            found.drain(..=join);
                        }
                    }
                    if !found.is_empty() || !known.contains(id) {
                        news.joined.push((id.clone(), found));
                    }
                }
                Some(Standing::Left) if known.contains(id) => {
                    news.left.push((id.clone(), since.map(&events).unwrap_or_default()));
                }
                _ => {}
            }
        }
        self.view = self.rooms.keys().filter(|room| self.is_in(&self.bot, room)).cloned().collect();
        news
    }
}
