//! A conversation on paper: all practices, a community, a clock that the test moves, and no homeserver.
//!
//! It drives the engine that the bot runs, over a memory in RAM that keeps what the bot's database promises. What the
//! engine wants sent is sent at once, comes back as it does from a homeserver, and is shown as one line each, so that a
//! test reads like minutes:
//!
//! ```
//! use hearth_practices::dialogue::Dialogue;
//! let mut talk = Dialogue::new();
//! let lines = talk.says("ana", "lobby", "!hearth dance");
//! assert!(lines[0].starts_with("#lobby notice: I don't know “dance”"));
//! ```

mod committed;
mod declared;
mod line;
mod posting;
mod settling;
mod telling;

use std::collections::{BTreeMap, BTreeSet};

use hearth_core::{
    engine::{Authority, Configured, Engine, Membership, UnitOfWork, ram::Ram},
    incoming::{Incoming, Text, What},
};
use hearth_shared::activity::Kind;
use jiff::Timestamp;

pub use self::declared::{room_id, user};
use self::{
    declared::{Declared, NAME, NUMBER, direct_room},
    line::{Line, texts},
};
use crate::{
    Answer, Community, Effect, Event, EventId, MessageContext, MessageKey, Overrides, RoomId, Span, UserId, Words,
    boards::Board, effect::Entry,
};

/// A community, its practices, and what was said so far.
///
/// `community`, `overrides` and `words` are as the engine says; what a test changes in them by hand, the engine is told
/// before anything else happens.
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
    /// Whether what people write comes in no ciphertext.
    pub cleartext: bool,
    /// What practices had written to the activity log.
    pub logged: Vec<(Kind, UserId, Option<i64>)>,
    /// The same, whole.
    pub entries: Vec<Entry>,
    /// When messages that were sent are of no use any more, where they say so.
    pub expiries: Vec<Timestamp>,
    engine: Engine,
    memory: Ram,
    config: Configured,
    /// What the engine knows of what tests change by hand.
    known: Declared,
    wanted: Vec<(&'static str, Effect)>,
    /// When events were told that have a number: see [`Self::comes`].
    told: BTreeMap<u64, Timestamp>,
    /// The rows of what was asked of the world and not answered yet.
    asked: Vec<i64>,
    events: u64,
}

impl Default for Dialogue {
    fn default() -> Self {
        Self::new()
    }
}

impl Dialogue {
    /// Monday, 5 October 2026, nine in the morning, in English and UTC.
    pub fn new() -> Self {
        let (config, mut memory, rooms) = declared::begin();
        let engine = declared::start(&config, &mut memory, &rooms);
        let known = Declared::of(&engine, &memory);
        Self {
            now: Timestamp::from_second(1_791_190_800).unwrap_or_default(),
            community: known.community.clone(),
            overrides: known.overrides.clone(),
            words: known.words,
            leads: vec![user("lea")],
            absent: BTreeSet::new(),
            cleartext: false,
            logged: Vec::new(),
            entries: Vec::new(),
            expiries: Vec::new(),
            engine,
            memory,
            config,
            known,
            wanted: Vec::new(),
            told: BTreeMap::new(),
            asked: Vec::new(),
            events: 0,
        }
    }

    /// Somebody writes in a room; what the bot does, a line each.
    pub fn says(&mut self, who: &str, room: &str, text: &str) -> Vec<String> {
        let source = self.source(room, false, None);
        self.hears(who, source, text)
    }

    /// Somebody writes to the bot in their direct room.
    pub fn tells(&mut self, who: &str, text: &str) -> Vec<String> {
        let source = self.source(&format!("direct-{who}"), true, None);
        self.hears(who, source, text)
    }

    /// What somebody wrote to the bot a while ago is read only now: its key was late.
    pub fn told(&mut self, who: &str, minutes_ago: i64, text: &str) -> Vec<String> {
        let source = self.source(&format!("direct-{who}"), true, None);
        let at = source.at.checked_sub(jiff::SignedDuration::from_mins(minutes_ago)).unwrap_or(source.at);
        self.hears(who, MessageContext { at, ..source }, text)
    }

    /// Somebody answers, in a thread, a message that a practice sent under `key`.
    pub fn answers(&mut self, who: &str, practice: &str, key: &str, text: &str) -> Vec<String> {
        let (room, event, _) = self.message(practice, key);
        let direct = room.as_str().starts_with("!direct-");
        let source = MessageContext { room, ..self.source("lobby", direct, Some(event)) };
        self.hears(who, source, text)
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
        let (room, to, _) = self.message(practice, key);
        let reaction = What::Reaction { to, with: with.to_owned() };
        let incoming = self.sent_now(user(who), reaction);
        let known = Authority { author: Some(self.community.bot.clone()), ..Authority::default() };
        texts(self.takes(&room, incoming, known))
    }

    /// Somebody votes, by answer ids, in a poll that a practice opened under `key`. The vote's event id is given back
    /// with the lines, so that it can be redacted or delivered again.
    pub fn votes(&mut self, who: &str, practice: &str, key: &str, answers: &[&str]) -> (EventId, Vec<String>) {
        let (room, poll, _) = self.message(practice, key);
        let answers = answers.iter().map(|&answer| answer.to_owned()).collect();
        let incoming = self.sent_now(user(who), What::PollVote { poll, answers });
        (incoming.event.clone(), texts(self.takes(&room, incoming, Authority::default())))
    }

    /// The world answers what was asked of it first.
    pub fn world_answers(&mut self, answer: Answer) -> Vec<String> {
        if self.asked.is_empty() {
            return Vec::new();
        }
        let row = self.asked.remove(0);
        self.is_answered(row, answer)
    }

    /// Time passes; every practice is woken when it asked to be.
    pub fn passes(&mut self, span: Span) -> Vec<String> {
        let until = span.after(self.now);
        let mut lines = Vec::new();
        for _ in 0..10_000 {
            let Some(at) = self.next_tick().filter(|at| *at <= until) else {
                self.now = until;
                return lines;
            };
            self.now = self.now.max(at);
            let mut unit = UnitOfWork::default();
            self.engine.tick(self.now, &mut unit);
            lines.extend(texts(self.finish(unit)));
        }
        lines.push("a practice asks to be woken again and again".to_owned());
        lines
    }

    /// Something happens in a room; every practice is told.
    pub fn happens(&mut self, event: &Event) -> Vec<String> {
        self.tell(None, event)
    }

    /// Something happens to a message of a practice's; it alone is told what became of it.
    pub fn happens_for(&mut self, practice: &str, event: &Event) -> Vec<String> {
        self.tell(Some(practice), event)
    }

    /// The records of a practice, as JSON.
    pub fn records(&self, practice: &str) -> Vec<(String, serde_json::Value)> {
        let rows = self.engine.rows(NUMBER).into_iter().filter(|(name, _)| *name == practice);
        rows.map(|(_, row)| (row.key, row.json)).collect()
    }

    /// What a practice lets the others see.
    pub fn board<B: Board>(&self) -> B {
        self.engine.board(NUMBER)
    }

    /// The event of a message that a practice sent under `key`.
    ///
    /// # Panics
    /// Where the practice has sent no such message: a mistake in the test.
    #[expect(clippy::expect_used, reason = "a mistake in a test should be loud")]
    pub fn message(&self, practice: &str, key: &str) -> (RoomId, EventId, MessageKey) {
        let key = MessageKey::from(key);
        let sent = self.memory.message(NAME, practice, &key).expect("a message under that key");
        (sent.room.clone(), sent.event.clone(), key)
    }

    /// A place to write at.
    pub fn source(&mut self, room: &str, direct: bool, thread: Option<EventId>) -> MessageContext {
        MessageContext {
            room: room_id(room),
            event: self.next_event(),
            thread,
            direct,
            at: self.at(),
            cleartext: self.cleartext,
            mentions: Vec::new(),
        }
    }

    fn next_event(&mut self) -> EventId {
        self.events += 1;
        EventId::from(format!("$e{}", self.events))
    }

    fn sent_now(&mut self, sender: UserId, what: What) -> Incoming {
        let cleartext = self.cleartext;
        Incoming { event: self.next_event(), sender, at: self.at(), marker: None, prompt: false, cleartext, what }
    }

    fn hears(&mut self, who: &str, source: MessageContext, text: &str) -> Vec<String> {
        let mentions = text.split_whitespace().filter(|word| word.starts_with('@') && word.ends_with(":t"));
        let words = Text {
            body: text.to_owned(),
            command: text.to_owned(),
            notice: false,
            reply_to: None,
            thread: source.thread,
            mentions: mentions.map(UserId::from).collect(),
        };
        let what = What::Message(words);
        let (event, at, cleartext) = (source.event, source.at, source.cleartext);
        let incoming = Incoming { event, sender: user(who), at, marker: None, prompt: false, cleartext, what };
        texts(self.takes(&source.room, incoming, Authority::default()))
    }

    /// The engine takes an event of a room, as it would from a homeserver. `known` is what the rooms' state does not say.
    fn takes(&mut self, room: &RoomId, incoming: Incoming, known: Authority) -> Vec<Line> {
        self.settle();
        self.come_to(room);
        let incoming = incoming.received(self.now);
        let mut unit = UnitOfWork::default();
        let Ok(tap) = self.engine.is_tap(&self.memory, room, &incoming, &unit);
        let authority = match tap || self.engine.needs_authority(room, &incoming) {
            true => {
                let Authority { may_redact, author, .. } = known;
                Authority { may_redact, author, ..self.authority(room, &incoming) }
            }
            false => known,
        };
        let Ok(()) = self.engine.take(&self.memory, room, &incoming, &authority, self.now, &mut unit);
        self.finish(unit)
    }

    /// What is known of whoever sent an event.
    fn authority(&self, room: &RoomId, incoming: &Incoming) -> Authority {
        let (who, mut named) = (&incoming.sender, Vec::new());
        if let What::Message(text) = &incoming.what {
            named = UserId::all_named(&text.command, who);
            named.extend(text.mentions.iter().cloned());
        }
        let concerned = self.engine.constituencies(room);
        Authority::seen(
            (who, room),
            &concerned,
            &named,
            |who, room| self.is_in(who, room),
            |_| self.leads.contains(who),
        )
    }

    /// Whether somebody is in a room of the community.
    fn is_in(&self, who: &UserId, room: &RoomId) -> bool {
        let may = self.community.leads.as_ref() != Some(room) || self.leads.contains(who);
        may && !self.absent.contains(&(who.clone(), room.clone()))
    }

    /// The bot is in a room before anything happens there: in somebody's direct room, or in one of no community.
    fn come_to(&mut self, room: &RoomId) {
        if self.engine.knows(room) {
            return;
        }
        let name = room.as_str().trim_start_matches('!').trim_end_matches(":t");
        let direct = name.strip_prefix("direct-").map(user);
        self.memory.come_to(room, direct.as_ref());
        self.engine.set_room(room, Membership { direct, name: name.to_owned(), ..Membership::default() });
    }
}

impl std::fmt::Debug for Dialogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Dialogue at {}", self.now)
    }
}
