//! For tests: everything that decides, with its files in a folder of its own, rooms of the test's making, and nobody at
//! the other end. Events go in as JSON; what would be sent comes out as one line each.

pub(crate) mod stopped;

mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use hearth_practices::{Answer, EventId, Outgoing, RequestKind, RoomId, Target, UserId};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{
    config::{CommunityConfig, Config},
    core::{Core, order},
    engine::{Authority, Entry, Membership, UnitOfWork},
    matrix::intake::{RawEvent, RoomBatch},
    sending::Answered,
    store::{OutboxItem, Posted},
};

/// A bot with communities, and the rooms that it is in.
pub(crate) struct Stage {
    pub(crate) core: Core,
    pub(crate) now: Timestamp,
    /// Who is in which room.
    pub(crate) people: BTreeMap<RoomId, BTreeSet<UserId>>,
    /// The moderators of every room that they are in.
    pub(crate) moderators: BTreeSet<UserId>,
    /// Whom the operator named to lead.
    pub(crate) named_leads: BTreeSet<UserId>,
    /// What profiles say of their people's time zones.
    pub(crate) profiles: BTreeMap<UserId, String>,
    /// Whether the homeserver takes nothing.
    pub(crate) absent: bool,
    /// The event that each message became, by its transaction id.
    pub(crate) sent: BTreeMap<String, EventId>,
    config: Arc<Config>,
    events: u64,
    folder: tempfile::TempDir,
}

/// `ana` → `@ana:t`.
pub(crate) fn user(name: &str) -> UserId {
    UserId::from(format!("@{name}:t"))
}

/// `lobby` → `!lobby:t`.
pub(crate) fn room_id(name: &str) -> RoomId {
    RoomId::from(format!("!{name}:t"))
}

impl Stage {
    /// Communities with the rooms that each lists. The bot is in none yet.
    pub(crate) fn new(communities: &[(&str, &[&str])]) -> Self {
        let community = |(name, rooms): &(&str, &[&str])| CommunityConfig {
            name: (*name).to_owned(),
            formerly: Vec::new(),
            zone: "UTC".to_owned(),
            language: "en".to_owned(),
            prefix: "!hearth".to_owned(),
            rooms: rooms.iter().map(|name| room_id(name).to_string()).collect(),
        };
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            homeserver: "http://127.0.0.1:1".to_owned(),
            user: "@hearth:t".to_owned(),
            data: folder.path().to_owned(),
            invites_from: Vec::new(),
            invites_from_spaces: Vec::new(),
            leads: Vec::new(),
            encrypt_direct_rooms: false,
            worker: Vec::new(),
            retired: Vec::new(),
            communities: communities.iter().map(community).collect(),
        };
        let config = Arc::new(config);
        let now = Timestamp::from_second(1_791_190_800).unwrap();
        let mut core = Core::open(config.clone()).unwrap();
        core.begin(now).unwrap();
        let (people, moderators, sent) = (BTreeMap::new(), BTreeSet::from([user("lea")]), BTreeMap::new());
        let (named_leads, absent) = (BTreeSet::new(), false);
        Self {
            core,
            now,
            people,
            moderators,
            named_leads,
            profiles: BTreeMap::new(),
            absent,
            sent,
            config,
            events: 0,
            folder,
        }
    }

    /// The one number that is the answer to a question to one of the bot's databases.
    pub(crate) fn count(&self, database: &str, question: &str) -> i64 {
        let db = rusqlite::Connection::open(self.folder.path().join(database)).unwrap();
        db.query_row(question, (), |row| row.get(0)).unwrap()
    }

    /// The bot comes to a room in which these people are.
    pub(crate) fn comes_to(&mut self, name: &str, people: &[&str]) -> Vec<String> {
        self.meets(name, None, people)
    }

    /// The bot is removed from a room.
    pub(crate) fn has_to_leave(&mut self, name: &str) -> Vec<String> {
        self.events += 1;
        let kick = json!({
            "type": "m.room.member", "event_id": format!("$e{}", self.events), "sender": user("lea"),
            "state_key": "@hearth:t", "origin_server_ts": self.now.as_millisecond(), "content": {"membership": "leave"},
        });
        let mut unit = UnitOfWork::default();
        self.core.leave(room_id(name), &[RawEvent { json: kick.to_string(), decrypted: false }], self.now, &mut unit);
        self.finish(unit)
    }

    /// The operator names somebody to lead every community.
    pub(crate) fn led_by(self, who: &str) -> Self {
        self.stop().start(|config| config.leads = vec![user(who).to_string()])
    }

    /// How many rows the activity log has that people made.
    pub(crate) fn logged(&self) -> i64 {
        let log = hearth_log::open_read_only(&self.folder.path().join("activity.db")).unwrap();
        let of_people = "SELECT count(*) FROM activity a JOIN person p ON p.id = a.person WHERE NOT p.is_bot";
        log.query_row(of_people, (), |row| row.get(0)).unwrap()
    }

    /// The bot comes to a room of which it cannot learn who is in it.
    pub(crate) fn comes_to_unanswered(&mut self, name: &str) {
        let (room, mut unit) = (room_id(name), UnitOfWork::default());
        let unread = Membership { people: None, ..membership(&room, None, 0) };
        self.core.meet(&room, unread, None, self.now, &mut unit);
        self.finish(unit);
    }

    /// It learns it after all.
    pub(crate) fn is_answered(&mut self, name: &str, people: &[&str]) -> Vec<String> {
        let (room, mut unit) = (room_id(name), UnitOfWork::default());
        let people: Vec<UserId> = people.iter().map(|name| user(name)).collect();
        self.core.arrive(&room, &people, self.now, &mut unit);
        self.people.insert(room, people.into_iter().collect());
        self.finish(unit)
    }

    /// The bot compares who is in a room with what it remembers. `between` happens before the answer comes.
    pub(crate) fn is_compared(&mut self, name: &str, people: &[&str], between: impl FnOnce(&mut Self)) -> Vec<String> {
        let (room, mut unit) = (room_id(name), UnitOfWork::default());
        unit.commit.cursor = Some("now".to_owned());
        self.finish(unit);
        assert_eq!(self.core.look_at(&room).unwrap().as_deref(), Some("now"));
        between(self);
        let here: BTreeSet<UserId> = people.iter().map(|name| user(name)).collect();
        let all: Vec<UserId> = here.iter().cloned().chain([user("hearth")]).collect();
        let mut unit = UnitOfWork::default();
        self.core.looked_at(&room, Some(&all), self.now, &mut unit);
        self.people.insert(room, here);
        self.finish(unit)
    }

    /// Who is in a room, as far as the bot remembers.
    pub(crate) fn remembered_in(&self, name: &str) -> BTreeMap<UserId, hearth_practices::Member> {
        let number = self.core.engine.number_of("Guild").unwrap();
        let community = self.core.engine.community(number).unwrap().community;
        community.people_in(&room_id(name)).map(|(who, member)| (who.clone(), member)).collect()
    }

    /// A room is replaced by another, in which the bot is not yet.
    pub(crate) fn is_closed(&mut self, from: &str, to: &str) {
        let mut unit = UnitOfWork::default();
        self.core.note_closed(&room_id(from), &room_id(to), self.now, &mut unit);
        self.finish(unit);
    }

    /// A room is replaced by another, in which the bot is with these people.
    pub(crate) fn is_replaced(&mut self, from: &str, to: &str, people: &[&str]) -> Vec<String> {
        let (old, new, mut unit) = (room_id(from), room_id(to), UnitOfWork::default());
        self.core.move_room(&old, &new, self.now, self.now, &mut unit).unwrap();
        let here: BTreeSet<UserId> = people.iter().map(|name| user(name)).collect();
        let all: Vec<UserId> = here.iter().cloned().collect();
        self.core.meet(&new, membership(&new, None, here.len()), Some(&all), self.now, &mut unit);
        self.people.insert(new, here);
        self.finish(unit)
    }

    /// One of the bot's files.
    pub(crate) fn file(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// Somebody and the bot have a direct room.
    pub(crate) fn direct(&mut self, who: &str) -> Vec<String> {
        self.meets(&format!("direct-{who}"), Some(user(who)), &[who])
    }

    /// Somebody brings the bot into a room in which these people are.
    pub(crate) fn brought_by(&mut self, who: &str, name: &str, people: &[&str]) -> Vec<String> {
        self.people.insert(room_id(name), people.iter().map(|name| user(name)).collect());
        let mut lines = self.meets(name, None, people);
        let mut unit = UnitOfWork::default();
        if let Some(question) = self.core.question_of_inviter(&room_id(name), &user(who)) {
            let authority = self.authority(&question);
            self.core.engine.adopt_for(&room_id(name), &authority, &mut unit);
            self.arrive(&room_id(name), &mut unit);
        }
        lines.extend(self.finish(unit));
        lines
    }

    fn arrive(&mut self, room: &RoomId, unit: &mut UnitOfWork) {
        let all: Vec<UserId> = self.people.get(room).into_iter().flatten().cloned().collect();
        self.core.engine.arrive(room, &all, true, self.now, unit);
    }

    fn meets(&mut self, name: &str, direct: Option<UserId>, people: &[&str]) -> Vec<String> {
        let room = room_id(name);
        let people: BTreeSet<UserId> = people.iter().map(|name| user(name)).collect();
        let all: Vec<UserId> = people.iter().cloned().collect();
        let mut unit = UnitOfWork::default();
        self.core.meet(&room, membership(&room, direct, people.len()), Some(&all), self.now, &mut unit);
        self.people.insert(room, people);
        self.finish(unit)
    }

    /// Somebody writes in a room.
    pub(crate) fn says(&mut self, who: &str, room: &str, text: &str) -> Vec<String> {
        self.sends(who, room, "m.room.message", json!({"msgtype": "m.text", "body": text}))
    }

    /// Somebody writes to the bot in their direct room.
    pub(crate) fn tells(&mut self, who: &str, text: &str) -> Vec<String> {
        self.says(who, &format!("direct-{who}"), text)
    }

    /// What is past its time is taken out of the store.
    pub(crate) fn tidies_up(&mut self) {
        self.core.store.prune(self.now, |_, _, _| true).unwrap();
    }

    /// Somebody answers a message.
    pub(crate) fn replies(&mut self, who: &str, room: &str, to: &str, text: &str) -> Vec<String> {
        let relation = json!({"m.in_reply_to": {"event_id": to}});
        self.sends(who, room, "m.room.message", json!({"msgtype": "m.text", "body": text, "m.relates_to": relation}))
    }

    /// Somebody reacts to a message.
    pub(crate) fn reacts(&mut self, who: &str, room: &str, to: &str, with: &str) -> Vec<String> {
        let relation = json!({"rel_type": "m.annotation", "event_id": to, "key": with});
        self.sends(who, room, "m.reaction", json!({"m.relates_to": relation}))
    }

    /// The message with which somebody was last asked something.
    pub(crate) fn last_asked(&self, who: &str) -> EventId {
        self.core.store.floor(&user(who), self.now).unwrap().unwrap().event
    }

    /// Somebody joins a room, or leaves it.
    pub(crate) fn moves(&mut self, who: &str, room: &str, joins: bool) -> Vec<String> {
        self.events += 1;
        let (now, before) = if joins { ("join", "leave") } else { ("leave", "join") };
        let event = json!({
            "type": "m.room.member", "event_id": format!("$e{}", self.events), "sender": user(who),
            "state_key": user(who), "origin_server_ts": self.now.as_millisecond(),
            "content": {"membership": now}, "unsigned": {"prev_content": {"membership": before}},
        });
        let (id, mut unit) = (room_id(room), UnitOfWork::default());
        let people = self.people.entry(id.clone()).or_default();
        let _ = if joins { people.insert(user(who)) } else { people.remove(&user(who)) };
        let count = people.len();
        self.core.meet(&id, membership(&id, None, count), None, self.now, &mut unit);
        let mut lines = self.finish(unit);
        lines.extend(self.takes(room, &event, false));
        lines
    }

    /// The id of the last event that somebody sent.
    pub(crate) fn last_event(&self) -> String {
        format!("$e{}", self.events)
    }

    /// Somebody sends an event to a room.
    pub(crate) fn sends(&mut self, who: &str, room: &str, kind: &str, content: Value) -> Vec<String> {
        self.events += 1;
        let event = json!({
            "type": kind, "event_id": format!("$e{}", self.events), "sender": user(who),
            "origin_server_ts": self.now.as_millisecond(), "content": content,
        });
        self.takes(room, &event, false)
    }

    /// An event of a room arrives, as JSON.
    pub(crate) fn takes(&mut self, room: &str, event: &Value, decrypted: bool) -> Vec<String> {
        let mut unit = UnitOfWork::default();
        self.take(&room_id(room), event, decrypted, &mut unit);
        self.finish(unit)
    }

    /// Events of a room arrive together: nothing is committed before the last.
    pub(crate) fn takes_all(&mut self, room: &str, events: &[Value]) -> Vec<String> {
        let mut unit = UnitOfWork::default();
        for event in events {
            self.take(&room_id(room), event, false, &mut unit);
        }
        self.finish(unit)
    }

    /// What would follow from an event that comes (again). Nothing of it is done.
    pub(crate) fn considers(&mut self, room: &str, event: &Value) -> UnitOfWork {
        let mut unit = UnitOfWork::default();
        self.take(&room_id(room), event, false, &mut unit);
        unit
    }

    /// Events of several rooms are read at once.
    pub(crate) fn reads(&mut self, rooms: &[(&str, Vec<Value>)]) -> Vec<String> {
        let raw = |event: &Value| RawEvent { json: event.to_string(), decrypted: false };
        let batch = |(room, events): &(&str, Vec<Value>)| RoomBatch {
            room: room_id(room),
            events: events.iter().map(raw).collect(),
        };
        let mut unit = UnitOfWork::default();
        for (room, event) in order::by_time(rooms.iter().map(batch).collect(), self.now) {
            self.take_raw(&room, &event, &mut unit);
        }
        self.finish(unit)
    }

    fn take(&mut self, room: &RoomId, event: &Value, decrypted: bool, unit: &mut UnitOfWork) {
        self.take_raw(room, &RawEvent { json: event.to_string(), decrypted }, unit);
    }

    fn take_raw(&mut self, room: &RoomId, event: &RawEvent, unit: &mut UnitOfWork) {
        if let Some(pending) = self.core.read(room, event, self.now, unit).unwrap() {
            let authority = match &pending.question {
                Some(question) => self.authority(question),
                None => Authority::default(),
            };
            self.core.take(room, &pending.incoming, &authority, self.now, unit).unwrap();
        }
        for room in std::mem::take(&mut unit.adopted) {
            self.arrive(&room, unit);
        }
    }

    /// Time passes, and practices wake.
    pub(crate) fn passes(&mut self, span: jiff::SignedDuration) -> Vec<String> {
        let until = self.now + span;
        let mut lines = Vec::new();
        for _ in 0..10_000 {
            match self.core.engine.next_tick().filter(|at| *at <= until) {
                Some(at) => self.now = self.now.max(at),
                None => break,
            }
            let mut unit = UnitOfWork::default();
            self.core.tick(self.now, &mut unit);
            lines.extend(self.finish(unit));
        }
        self.now = until;
        lines.extend(self.finish(UnitOfWork::default()));
        lines
    }

    fn authority(&self, question: &crate::core::Question) -> Authority {
        let is_in = |who: &UserId, room: &RoomId| self.people.get(room).is_some_and(|people| people.contains(who));
        let who = &question.who;
        Authority::seen((who, &question.room), &question.concerned, &question.named, is_in, |one| {
            let moderates = self.moderators.contains(who) && one.led_from.iter().any(|room| is_in(who, room));
            moderates || self.named_leads.contains(who)
        })
    }

    /// Commits a unit of work and sends everything that waits: a line each.
    pub(crate) fn finish(&mut self, mut unit: UnitOfWork) -> Vec<String> {
        let sorted = std::mem::take(&mut unit.sorted);
        self.core.finish(unit, self.now).unwrap();
        for (number, before) in sorted {
            let mut unit = UnitOfWork::default();
            for room in self.core.engine.rooms_of(number) {
                let people: Vec<UserId> = self.people.get(&room).into_iter().flatten().cloned().collect();
                self.core.engine.sort(&room, &people, &before, &mut unit);
            }
            self.core.finish(unit, self.now).unwrap();
        }
        let mut lines = Vec::new();
        if self.absent {
            return lines;
        }
        loop {
            let rows = self.core.store.rows_after(0).unwrap();
            if rows.is_empty() {
                return lines;
            }
            for row in rows {
                let Some(due) = self.core.store.item(row.id).unwrap() else { continue };
                if let OutboxItem::Ask(request) = &due.item {
                    let answered = match &request.what {
                        RequestKind::LookUpZone { person } => {
                            let zone = self.profiles.get(person).cloned();
                            Answered { answer: Answer::Zone(zone), items: Vec::new() }
                        }
                        RequestKind::ShareReport => crate::report::share(&self.core, &due.community, self.now).unwrap(),
                    };
                    self.core.tell_answer(&due, &answered, self.now).unwrap();
                    continue;
                }
                let room = match &due.item {
                    OutboxItem::Send(outgoing) => match outgoing.target() {
                        Target::Person(person) => room_id(&format!("direct-{}", person.localpart())),
                        Target::Room(room) | Target::ReactionTo { room, .. } | Target::RemovalOf { room, .. } => {
                            room.clone()
                        }
                        Target::Thread(_) | Target::Leads => RoomId::from(&due.lane),
                        Target::Own(key) => {
                            let card = self.core.store.message(&due.community, &due.practice, key).unwrap();
                            card.map_or_else(|| RoomId::from(&due.lane), |card| card.room)
                        }
                    },
                    _ => RoomId::from(&due.lane),
                };
                // A homeserver answers a transaction that it knows with the event that it became.
                let known = self.sent.get(&due.txn).cloned();
                let event = known.unwrap_or_else(|| EventId::from(format!("$s{}", self.sent.len())));
                let line = match &due.item {
                    OutboxItem::Send(Outgoing::MyData { person }) => {
                        let text = self.core.my_data(&due.community, person).unwrap();
                        format!("file my-data.json for {person}: {text}")
                    }
                    item => shown(item),
                };
                lines.push(format!("{} {line}", room.as_str()));
                self.sent.insert(due.txn.clone(), event.clone());
                // The end of a poll comes back, as everything that the bot sends does.
                let ends = match &due.item {
                    OutboxItem::Send(Outgoing::EndPoll { key, .. }) => {
                        self.core.store.message(&due.community, &due.practice, key).unwrap()
                    }
                    _ => None,
                };
                self.core.store.posted(&due.txn, Some(&Posted { room, event: event.clone() }), self.now).unwrap();
                if let OutboxItem::ForgetDirect { person } = &due.item {
                    self.core.store.forget(person.as_str()).unwrap();
                    self.core.store.forget_direct(person).unwrap();
                }
                if let Some(poll) = ends {
                    let end = json!({
                        "type": "org.matrix.msc3381.poll.end", "event_id": event, "sender": user("hearth"),
                        "origin_server_ts": self.now.as_millisecond(),
                        "content": {"m.relates_to": {"rel_type": "m.reference", "event_id": poll.event}},
                    });
                    let name = poll.room.as_str().trim_start_matches('!').trim_end_matches(":t").to_owned();
                    lines.extend(self.takes(&name, &end, false));
                }
            }
        }
    }
}

fn membership(room: &RoomId, direct: Option<UserId>, people: usize) -> Membership {
    let people = u64::try_from(people).unwrap();
    let entry = if room.as_str().contains("leads") { Entry::Closed } else { Entry::Open };
    let moderated = room.as_str().contains("news");
    Membership { direct, name: room.to_string(), people: Some(people), entry, space: false, moderated }
}

/// What is sent, in a line.
fn shown(item: &OutboxItem) -> String {
    match item {
        OutboxItem::Send(Outgoing::Message(message)) => message.body.clone(),
        OutboxItem::Send(
            Outgoing::Edit { key, body } | Outgoing::Reword { key, body, .. } | Outgoing::Conclude { key, body },
        ) => format!("edit {key}: {body}"),
        OutboxItem::Send(Outgoing::Button { key, with, .. }) => format!("button {key} {with}"),
        OutboxItem::Send(Outgoing::Sign { key, with, .. }) => format!("sign {key} {with}"),
        OutboxItem::Send(Outgoing::React { with, .. }) => format!("react {with}"),
        OutboxItem::Send(Outgoing::OpenPoll { question, .. }) => format!("poll {question}"),
        other => format!("{other:?}"),
    }
}
