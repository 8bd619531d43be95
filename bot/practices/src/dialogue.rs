//! A conversation on paper: all practices, a community, a clock that the test moves, and no homeserver.
//!
//! It does with effects what the shell does (keys become events, the end of a poll comes back, settings change), and
//! shows what the bot would do as one line each, so that a test reads like minutes:
//!
//! ```
//! use hearth_practices::dialogue::Dialogue;
//! let mut talk = Dialogue::new();
//! let lines = talk.says("ana", "lobby", "!hearth dance");
//! assert!(lines[0].starts_with("#lobby notice: I don't know “dance”"));
//! ```

mod committed;

use std::collections::{BTreeMap, BTreeSet};

use clap::ArgMatches;
use hearth_core::registry::Running;
use hearth_shared::activity::Kind;
use jiff::{Timestamp, tz::TimeZone};

use crate::{
    Administration, Answer, Asked, Community, Effect, Event, EventId, Input, MessageKey, MessageRef, Outgoing,
    Overrides, Presence, RequestKey, Room, RoomId, Said, Span, Spot, To, UserId, Words, World,
    boards::{Board, Boards},
    command::{self, Line},
    effect::Entry,
    registry,
};

/// A community, its practices, and what was said so far.
pub struct Dialogue {
    /// The clock. Moving it by hand fires nothing; [`Self::passes`] does.
    pub now: Timestamp,
    /// The community: Testers, with the rooms `lobby`, `craft` and `leads`, ten people each.
    pub community: Community,
    /// What leads have set.
    pub overrides: Overrides,
    /// The language.
    pub words: &'static Words,
    /// Who leads: `lea`.
    pub leads: Vec<UserId>,
    /// Who is not in which room. Everybody else is in every room but the leads', in which are those who lead.
    pub absent: BTreeSet<(UserId, RoomId)>,
    /// What went to the activity log.
    pub logged: Vec<(Kind, UserId, Option<i64>)>,
    /// The same, whole.
    pub entries: Vec<Entry>,
    /// When messages that were sent are of no use any more, where they say so.
    pub expiries: Vec<Timestamp>,
    boards: Boards,
    running: Vec<Box<dyn Running>>,
    /// The rows that a store would keep, by practice and key.
    stored: BTreeMap<(usize, String), String>,
    wanted: Vec<(&'static str, Effect)>,
    /// When events were told that have a number: see [`Self::comes`].
    told: BTreeMap<u64, Timestamp>,
    sent: BTreeMap<(usize, MessageKey), (RoomId, EventId)>,
    /// What was asked of the world and not answered yet: by whom, and under which name.
    asked: Vec<(usize, RequestKey)>,
    events: u64,
    /// Where the author of what happens now is.
    present: Presence,
}

impl Default for Dialogue {
    fn default() -> Self {
        Self::new()
    }
}

impl Dialogue {
    /// Monday, 5 October 2026, nine in the morning, in English and UTC.
    pub fn new() -> Self {
        let room = |name: &str| {
            (
                RoomId::from(format!("!{name}:t")),
                Room { name: name.to_owned(), people: Some(10), open: name != "leads" },
            )
        };
        Self {
            now: Timestamp::from_second(1_791_190_800).unwrap_or_default(),
            community: Community {
                name: "Testers".to_owned(),
                zone: TimeZone::UTC,
                prefix: "!hearth".to_owned(),
                bot: UserId::from("@hearth:t"),
                lobby: Some(RoomId::from("!lobby:t")),
                leads: Some(RoomId::from("!leads:t")),
                rooms: BTreeMap::from([room("lobby"), room("craft"), room("leads")]),
                bots: Vec::new(),
                bridges: BTreeSet::new(),
                members: crate::Members::default(),
                persons: std::sync::Arc::default(),
            },
            overrides: Overrides::new(),
            words: Words::english(),
            leads: vec![user("lea")],
            absent: BTreeSet::new(),
            present: Presence::default(),
            logged: Vec::new(),
            entries: Vec::new(),
            expiries: Vec::new(),
            boards: Boards::default(),
            running: registry::ALL.iter().map(|one| one.start(Vec::new()).0).collect(),
            sent: BTreeMap::new(),
            stored: BTreeMap::new(),
            wanted: Vec::new(),
            told: BTreeMap::new(),
            asked: Vec::new(),
            events: 0,
        }
    }

    /// Somebody writes in a room; what the bot does, a line each.
    pub fn says(&mut self, who: &str, room: &str, text: &str) -> Vec<String> {
        let spot = self.spot(room, false, None);
        self.hears(who, spot, None, text)
    }

    /// Somebody writes to the bot in their direct room.
    pub fn tells(&mut self, who: &str, text: &str) -> Vec<String> {
        let spot = self.spot(&format!("direct-{who}"), true, None);
        self.hears(who, spot, None, text)
    }

    /// What somebody wrote to the bot a while ago is read only now: its key was late.
    pub fn told(&mut self, who: &str, minutes_ago: i64, text: &str) -> Vec<String> {
        let spot = self.spot(&format!("direct-{who}"), true, None);
        let at = spot.at.checked_sub(jiff::SignedDuration::from_mins(minutes_ago)).unwrap_or(spot.at);
        self.hears(who, Spot { at, ..spot }, None, text)
    }

    /// Somebody answers, in a thread, a message that a practice sent under `key`.
    pub fn answers(&mut self, who: &str, practice: &str, key: &str, text: &str) -> Vec<String> {
        let (room, event, key) = self.message(practice, key);
        let direct = room.as_str().starts_with("!direct-");
        let spot = Spot { room, ..self.spot("lobby", direct, Some(event.clone())) };
        self.hears(who, spot, Some((registry::ALL.place(practice), MessageRef { event, key: Some(key) })), text)
    }

    /// Somebody joins a room.
    pub fn joins(&mut self, who: &str, room: &str) -> Vec<String> {
        self.absent.remove(&(user(who), room_id(room)));
        self.happens(&Event::Joined { by: user(who), room: room_id(room), at: self.at() })
    }

    /// Somebody leaves a room.
    pub fn leaves(&mut self, who: &str, room: &str) -> Vec<String> {
        self.absent.insert((user(who), room_id(room)));
        self.happens(&Event::Left { by: user(who), room: room_id(room) })
    }

    /// Somebody reacts to a message that a practice sent under `key`.
    pub fn reacts(&mut self, who: &str, practice: &str, key: &str, with: &str) -> Vec<String> {
        let (room, event, key) = self.message(practice, key);
        let to = MessageRef { event, key: Some(key) };
        let reaction = self.next_event();
        let event = Event::Reacted {
            by: user(who),
            room,
            event: reaction,
            to,
            with: with.to_owned(),
            author: Some(self.community.bot.clone()),
        };
        self.happens_to(registry::ALL.place(practice), &event)
    }

    /// Somebody votes, by answer ids, in a poll that a practice opened under `key`. The vote's event id is given back
    /// with the lines, so that it can be redacted or delivered again.
    pub fn votes(&mut self, who: &str, practice: &str, key: &str, answers: &[&str]) -> (EventId, Vec<String>) {
        let (room, poll, key) = self.message(practice, key);
        let event = self.next_event();
        let vote = Event::Voted {
            by: user(who),
            room,
            event: event.clone(),
            poll: MessageRef { event: poll, key: Some(key) },
            answers: answers.iter().map(|&answer| answer.to_owned()).collect(),
            at: self.at(),
        };
        (event, self.happens_to(registry::ALL.place(practice), &vote))
    }

    /// The world answers what was asked of it first.
    pub fn world_answers(&mut self, answer: Answer) -> Vec<String> {
        if self.asked.is_empty() {
            return Vec::new();
        }
        let (owner, key) = self.asked.remove(0);
        self.happens_to(Some(owner), &Event::Answered { key, answer })
    }

    /// Time passes; every practice is woken when it asked to be.
    pub fn passes(&mut self, span: Span) -> Vec<String> {
        let until = span.after(self.now);
        let mut lines = Vec::new();
        for _ in 0..10_000 {
            let next = (0..self.running.len())
                .filter_map(|place| Some((self.with_world(|world, running| running[place].wake(world))?, place)))
                .min();
            match next {
                Some((at, place)) if at <= until => {
                    self.now = self.now.max(at);
                    self.present = Presence::default();
                    let effects = self.with_world(|world, running| running[place].react(world, &Input::Tick));
                    self.perform(place, effects, &mut lines);
                }
                _ => {
                    self.now = until;
                    return lines;
                }
            }
        }
        lines.push("a practice asks to be woken again and again".to_owned());
        lines
    }

    /// Something happens in a room; every practice is told.
    pub fn happens(&mut self, event: &Event) -> Vec<String> {
        self.happens_to(None, event)
    }

    /// Something happens to a message that a practice sent; it alone sees the message's key.
    pub fn happens_for(&mut self, practice: &str, event: &Event) -> Vec<String> {
        self.happens_to(registry::ALL.place(practice), event)
    }

    /// The records of a practice, as JSON.
    pub fn records(&self, practice: &str) -> Vec<(String, serde_json::Value)> {
        let rows = registry::ALL.place(practice).map(|place| self.running[place].dump()).unwrap_or_default();
        rows.into_iter().map(|row| (row.key, row.json)).collect()
    }

    /// What a practice lets the others see.
    pub fn board<B: Board>(&self) -> B {
        self.boards.read()
    }

    /// The event of a message that a practice sent under `key`.
    ///
    /// # Panics
    /// Where the practice has sent no such message: a mistake in the test.
    #[expect(clippy::expect_used, reason = "a mistake in a test should be loud")]
    pub fn message(&self, practice: &str, key: &str) -> (RoomId, EventId, MessageKey) {
        let place = registry::ALL.place(practice).expect("a practice of that name");
        let key = MessageKey::from(key);
        let (room, event) = self.sent.get(&(place, key.clone())).expect("a message under that key");
        (room.clone(), event.clone(), key)
    }

    /// A place to write at.
    pub fn spot(&mut self, room: &str, direct: bool, thread: Option<EventId>) -> Spot {
        Spot { room: room_id(room), event: self.next_event(), thread, direct, at: self.at(), mentions: Vec::new() }
    }

    /// Whether somebody is in a room of the community.
    fn is_in(&self, who: &UserId, room: &RoomId) -> bool {
        let may = self.community.leads.as_ref() != Some(room) || self.leads.contains(who);
        may && !self.absent.contains(&(who.clone(), room.clone()))
    }

    /// Reads from the rooms where somebody is, and who of those that they name is with them.
    fn look(&mut self, who: &UserId, room: &RoomId, named: &[UserId]) {
        let rooms = self.community.rooms.keys();
        let here = self.community.rooms.contains_key(room);
        let with = |other: &&UserId| match here {
            true => self.is_in(other, room),
            false => self.community.rooms.keys().any(|room| self.is_in(other, room)),
        };
        self.present = Presence {
            rooms: rooms.filter(|room| self.is_in(who, room)).cloned().collect(),
            named: named.iter().filter(with).cloned().collect(),
        };
    }

    fn next_event(&mut self) -> EventId {
        self.events += 1;
        EventId::from(format!("$e{}", self.events))
    }

    fn hears(&mut self, who: &str, spot: Spot, to: Option<(Option<usize>, MessageRef)>, text: &str) -> Vec<String> {
        let by = user(who);
        if self.community.is_bot(&by) {
            return Vec::new();
        }
        let lead = self.leads.contains(&by);
        let mentions = text.split_whitespace().filter(|word| word.starts_with('@') && word.ends_with(":t"));
        let spot = Spot { mentions: mentions.map(UserId::from).collect(), ..spot };
        self.look(&by, &spot.room, &UserId::all_named(text, &by));
        let addressed = command::addressed(registry::ALL.catalogue(), text, &self.community.prefix, &["hearth"]);
        let line = match addressed {
            Some(rest) => command::parse(registry::ALL.catalogue(), rest, true, &self.community.prefix, self.words),
            None if spot.direct => {
                command::parse(registry::ALL.catalogue(), text, false, &self.community.prefix, self.words)
            }
            None => None,
        };
        let mut lines = Vec::new();
        match line {
            Some(Line::Command(place, command)) => {
                let asked = Asked { by: &by, lead, spot: &spot, command };
                let effects = self.with_world(|world, running| running[place].react(world, &Input::Command(asked)));
                let effects = match <[Effect; 1]>::try_from(effects) {
                    Ok([Effect::Fallback(answer)]) => {
                        let said = Said { by, spot, to: to.map(|(_, to)| to), text: text.to_owned() };
                        let taken = self.happens(&Event::Said(said));
                        if !taken.is_empty() {
                            return taken;
                        }
                        vec![answer.send()]
                    }
                    Ok([effect]) => vec![effect],
                    Err(effects) => effects,
                };
                self.perform(place, effects, &mut lines);
            }
            Some(Line::Mistake(words)) => self.perform(0, vec![Effect::answer(&spot, words)], &mut lines),
            None => {
                let (owner, to) = to.map_or((None, None), |(owner, to)| (owner, Some(to)));
                return self.happens_to(owner, &Event::Said(Said { by, spot, to, text: text.to_owned() }));
            }
        }
        lines
    }

    /// Tells everybody; only `owner` sees the key of its message.
    fn happens_to(&mut self, owner: Option<usize>, event: &Event) -> Vec<String> {
        let Some(event) = &event.of_people(&self.community) else { return Vec::new() };
        match event.author() {
            Some((by, room)) => self.look(&by.clone(), &room.clone(), &[]),
            None => self.present = Presence::default(),
        }
        if let Event::Forgotten { who } = event {
            self.running.iter_mut().for_each(|one| one.forget(who));
        }
        let mut lines = Vec::new();
        for place in 0..self.running.len() {
            // What became of a message is its practice's business alone.
            let private = matches!(event, Event::Held { .. } | Event::Unsent { .. } | Event::Answered { .. });
            if private && owner != Some(place) {
                continue;
            }
            let seen = if owner == Some(place) { event.clone() } else { event.without_key() };
            let effects =
                self.with_world(|world, running| running[place].react(world, &Input::<ArgMatches>::Event(&seen)));
            self.perform(place, effects, &mut lines);
        }
        lines
    }

    fn with_world<T>(&mut self, act: impl FnOnce(&World, &mut [Box<dyn Running>]) -> T) -> T {
        self.events += 1;
        let world = World {
            now: self.now,
            seed: self.events,
            lot: std::array::from_fn(|place| self.events.to_le_bytes()[place % 8].wrapping_mul(31)),
            words: self.words,
            community: &self.community,
            practices: registry::ALL.catalogue(),
            overrides: &self.overrides,
            boards: &self.boards,
            present: &self.present,
        };
        act(&world, &mut self.running)
    }

    fn perform(&mut self, place: usize, effects: Vec<Effect>, lines: &mut Vec<String>) {
        self.commit(place, &effects);
        for effect in effects {
            match effect {
                Effect::Send(outgoing) | Effect::Fallback(outgoing) => self.send(place, outgoing, lines),
                Effect::SendSealed(sealed) => {
                    let before = lines.len();
                    self.send(place, sealed.outgoing, lines);
                    lines[before..].iter_mut().for_each(|line| line.insert_str(0, "sealed "));
                }
                Effect::Ask(request) => {
                    lines.push(format!("ask {:?}", request.what));
                    self.asked.push((place, request.key));
                }
                Effect::Log(entry) => {
                    self.logged.push((entry.kind, entry.by.clone(), entry.value));
                    self.entries.push(entry);
                }
                Effect::Administer(administration) => self.administer(place, administration, lines),
            }
        }
    }

    fn send(&mut self, place: usize, outgoing: Outgoing, lines: &mut Vec<String>) {
        if outgoing.addressee().is_some_and(|who| self.community.is_bot(who)) {
            return;
        }
        match outgoing {
            Outgoing::Message(message) => {
                let Some(room) = self.room_of(place, &message.to) else { return };
                let event = self.next_event();
                self.expiries.extend(message.useless_from());
                let tone = if message.attention.notifies() { "prompt" } else { "notice" };
                let nudge = if message.attention.is_nudge() { " (nudge)" } else { "" };
                lines.push(format!("{} {tone}{nudge}: {}", self.shown(&room), message.body));
                if let Some(key) = message.key {
                    self.sent.insert((place, key), (room, event));
                }
            }
            Outgoing::OpenPoll { key, room, question, answers, hidden, .. } => {
                let event = self.next_event();
                let texts: Vec<_> = answers.iter().map(|(_, text)| text.as_str()).collect();
                let hidden = if hidden { " (hidden)" } else { "" };
                lines.push(format!("{} poll{hidden}: {question} [{}]", self.shown(&room), texts.join(" | ")));
                self.sent.insert((place, key), (room, event));
            }
            Outgoing::AskPerson { key, person, question, answers } => {
                let room = direct_room(&person);
                let open = Outgoing::OpenPoll { key, room, thread: None, question, answers, hidden: true };
                self.send(place, open, lines);
            }
            Outgoing::EndPoll { key, .. } => {
                let Some((room, poll)) = self.sent.get(&(place, key.clone())).cloned() else { return };
                lines.push(format!("{} end of poll", self.shown(&room)));
                let (by, at) = (self.community.bot.clone(), self.now);
                let poll = MessageRef { event: poll, key: Some(key) };
                let ended = Event::PollEnded { by, room, poll, at, may_redact: true };
                lines.extend(self.happens_to(Some(place), &ended));
            }
            Outgoing::Edit { key, body } => lines.push(format!("edit {key}: {body}")),
            Outgoing::File { to, name, mime, .. } => {
                let Some(room) = self.room_of(place, &to) else { return };
                lines.push(format!("{} file: {name} ({mime})", self.shown(&room)));
            }
            Outgoing::Redact { key } => lines.push(format!("redact {key}")),
            Outgoing::RedactEvent { room, event } => lines.push(format!("{} redact {event}", self.shown(&room))),
            Outgoing::React { with, .. } => lines.push(format!("react: {with}")),
            Outgoing::MyData { person } => lines.push(format!("export {}", person.localpart())),
        }
    }

    fn administer(&mut self, place: usize, administration: Administration, lines: &mut Vec<String>) {
        match administration {
            Administration::DropNames { prefix } => {
                self.sent.retain(|(owner, key), _| *owner != place || !key.as_str().starts_with(&prefix));
            }
            Administration::Set { practice, key, value } => {
                let settings = self.overrides.entry(practice).or_default();
                match value {
                    Some(value) => settings.insert(key, value),
                    None => settings.remove(&key),
                };
            }
            Administration::Adopt { room } => lines.push(format!("adopt {}", self.shown(&room))),
            Administration::Release { room } => lines.push(format!("release {}", self.shown(&room))),
            Administration::OptOut { who } => lines.push(format!("opt out {}", who.localpart())),
            Administration::OptIn { who } => lines.push(format!("opt in {}", who.localpart())),
            Administration::Person { who, change } => {
                lines.push(format!("of {}: {change:?}", who.localpart()));
                let persons = std::sync::Arc::make_mut(&mut self.community.persons);
                persons.set(&who, persons.get(&who).with(change));
            }
            Administration::Forget { who } => {
                lines.push(format!("forget {}", who.localpart()));
                lines.extend(self.happens_to(None, &Event::Forgotten { who }));
            }
        }
    }

    fn room_of(&self, place: usize, to: &To) -> Option<RoomId> {
        match to {
            To::Reply { room, .. } | To::Room(room) => Some(room.clone()),
            To::Thread(key) => self.sent.get(&(place, key.clone())).map(|(room, _)| room.clone()),
            To::Person(who) => Some(direct_room(who)),
            To::Leads => self.community.leads.clone(),
        }
    }

    fn shown(&self, room: &RoomId) -> String {
        let name = room.as_str().trim_start_matches('!').trim_end_matches(":t");
        match name.strip_prefix("direct-") {
            Some(person) => format!("@{person}"),
            None => format!("#{name}"),
        }
    }
}

impl std::fmt::Debug for Dialogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Dialogue at {}", self.now)
    }
}

/// `ana` → `@ana:t`.
pub fn user(name: &str) -> UserId {
    UserId::from(format!("@{name}:t"))
}

/// `lobby` → `!lobby:t`.
pub fn room_id(name: &str) -> RoomId {
    RoomId::from(format!("!{name}:t"))
}

fn direct_room(who: &UserId) -> RoomId {
    room_id(&format!("direct-{}", who.localpart()))
}
