//! From events to decisions: which community an event belongs to, what it means to the practices, and everything
//! that follows, collected into one [`UnitOfWork`] that the shell commits. It asks no homeserver and reads no clock.

mod address;
mod adoption;
mod apply;
mod authority;
mod bots;
pub mod bounds;
mod cause;
pub mod content;
mod direct;
mod edits;
mod facts;
mod handled;
mod hint;
mod hinted;
mod item;
mod kept;
pub mod log;
mod logged;
mod members;
mod memory;
mod moment;
mod moving;
mod number;
mod personal;
mod persons;
pub mod ram;
mod rooms;
mod runtime;
mod runtimes;
mod taking;
mod translate;
mod unit;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use hearth_shared::activity::Kind;
use jiff::Timestamp;
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};

use self::{
    apply::{apply, dispatch},
    cause::Cause,
    hinted::Hints,
    log::LogOp,
    runtime::Runtime,
    runtimes::Runtimes,
    translate::KnownMessages,
};
pub use self::{
    authority::Authority,
    facts::{Configured, Constituency, Entry, Membership, NudgeBudgets, Served},
    item::{NewOutboxItem, ONCE, OutboxItem, Posted},
    kept::{ASKED_FOR, Closed, FLOOR_FOR, Floor, GivenCommand, PersonIn, Unread},
    memory::{Memory, Sender},
    number::CommunityNumber,
    unit::{Commit, Scope, UnitOfWork},
};
use crate::{
    Event, Input, PracticeIndex, RoomId, UserId,
    incoming::{Incoming, What},
    records::{Change, scope_of},
    registry::Practices,
};

/// Every community at work.
pub struct Engine {
    practices: &'static Practices,
    runtimes: Runtimes,
    rooms: HashMap<RoomId, Membership>,
    /// The community that adopted a room.
    adopted: HashMap<RoomId, CommunityNumber>,
    /// Rooms that were replaced: by which, and when.
    moved: BTreeMap<RoomId, (RoomId, Timestamp)>,
    /// Rooms that were replaced by others to which the bot has not come yet: since when.
    closed: HashMap<RoomId, Timestamp>,
    /// Rooms of no community in which the bot has said so, and when.
    explained: HashMap<RoomId, Timestamp>,
    /// Who was told lately what the bot is for.
    hints: Hints,
    /// Who in a room is no person, as far as that is known.
    bots: HashMap<RoomId, BTreeSet<UserId>>,
    bot: UserId,
}

impl Engine {
    /// Every community with its settings and records. `secret_seed` is fresh randomness that is kept nowhere.
    ///
    /// # Errors
    /// What the memory says.
    pub fn load<M: Memory>(
        practices: &'static Practices,
        bot: &UserId,
        communities: Vec<Configured>,
        secret_seed: [u8; 32],
        store: &mut M,
    ) -> Result<Self, M::Error> {
        let load = |community: Configured| {
            let secret_rng = secret_rng_of(secret_seed, community.number);
            Runtime::load(practices, community, bot, secret_rng, store)
        };
        let runtimes = communities.into_iter().map(load).collect::<Result<Vec<_>, _>>()?;
        let mut runtimes = Runtimes::new(runtimes);
        let moved = store.moved()?;
        for (from, (to, _)) in &moved {
            // The operator's file may list a room that was replaced since.
            runtimes.iter_mut().for_each(|runtime| runtime.list_instead(from, to));
        }
        let mut engine = Self {
            practices,
            runtimes,
            rooms: HashMap::new(),
            adopted: HashMap::new(),
            moved,
            closed: HashMap::new(),
            explained: HashMap::new(),
            hints: Hints::default(),
            bots: HashMap::new(),
            bot: bot.clone(),
        };
        engine.recall_adopted(store.adopted()?);
        Ok(engine)
    }

    /// Whether what an event means depends on its sender's authority.
    pub fn needs_authority(&self, room: &RoomId, incoming: &Incoming) -> bool {
        if self.moved.contains_key(room) {
            return false;
        }
        match &incoming.what {
            What::PollEnd { .. } => true,
            What::Message(text) | What::Edit { text, .. } => {
                let numbers = self.number_of_room(room).map_or_else(|| self.runtimes.numbers(), |number| vec![number]);
                self.is_direct(room)
                    || numbers.into_iter().any(|number| self.command_text(room, text, number).is_some())
            }
            What::Reaction { .. } | What::PollStart(_) | What::PollEdit { .. } | What::PollVote { .. } => {
                self.is_direct(room)
            }
            What::Redaction { .. } | What::Member { .. } | What::Encrypted(_) | What::Bridge | What::Other => false,
        }
    }

    /// Whether an event is a tap on a message of the bot's in a room of a community: what it may do depends on whether
    /// its sender leads.
    ///
    /// # Errors
    /// What the store says.
    pub fn is_tap<M: Memory>(
        &self,
        store: &M,
        room: &RoomId,
        incoming: &Incoming,
        unit: &UnitOfWork,
    ) -> Result<bool, M::Error> {
        let What::Reaction { to, .. } = &incoming.what else { return Ok(false) };
        if self.moved.contains_key(room) || self.number_of_room(room).is_none() || incoming.sender == self.bot {
            return Ok(false);
        }
        Ok(KnownMessages { store, commit: &unit.commit }.message_of(room, to)?.is_some())
    }

    /// Tells practices of what was sealed and can no longer be read, or has ended since.
    pub fn mourn<M: Memory>(&mut self, store: &M, now: Timestamp, unit: &mut UnitOfWork) {
        self.call_off(|community, (_, practice, scope)| store.lost_since(community, practice, scope), now, unit);
        unit.commit.mourned = true;
    }

    /// The scopes in which sealed records may lie now.
    pub fn scopes(&self) -> BTreeSet<Scope> {
        let of = |runtime: &Runtime| -> Vec<Scope> {
            let scopes = runtime.scopes().into_iter();
            scopes.map(|(practice, scope)| (runtime.number, self.practices[practice].name, scope)).collect()
        };
        self.runtimes.iter().flat_map(of).collect()
    }

    /// Tells practices of scopes that can no longer be read: those for which `since` gives a number, by which this time
    /// is told from any other.
    pub fn call_off(&mut self, since: impl Fn(&str, &Scope) -> Option<i64>, now: Timestamp, unit: &mut UnitOfWork) {
        for one in self.scopes() {
            let runtime = &mut self.runtimes[one.0];
            let Some(since) = since(&runtime.name, &one) else { continue };
            let (_, name, scope) = one;
            let Some(practice) = self.practices.named(name) else { continue };
            let id = format!("lost-{name}-{scope}-{since}");
            let cause = Cause::new(&id, now, now);
            let effects = runtime.react(practice, &Input::Event(&Event::SealedLost { scope }), &cause);
            apply(runtime, practice, effects, &cause, unit);
        }
    }

    /// The bot has come to a room in which these people were already: they are members, and nobody's newcomers. If they
    /// are all who are there, whoever the log knows to have been there before has left it meanwhile.
    pub fn arrive(&mut self, room: &RoomId, people: &[UserId], all: bool, now: Timestamp, unit: &mut UnitOfWork) {
        let Some(number) = self.community_in(room) else { return };
        self.sort(room, people, &[], unit);
        let mut who: Vec<UserId> = people.iter().filter(|person| **person != self.bot).cloned().collect();
        let left = self.meet_members(number, room, &who, &BTreeSet::new(), now, unit).left;
        self.tell_left(number, room, &left, now, unit);
        if all && !self.is_closed(room) {
            let persons = who.iter().filter(|person| !self.is_bot(number, person)).count();
            unit.log.push((number, LogOp::Here { room: room.clone(), people: who.clone(), persons, at: now }));
        }
        for person in &who {
            // They may have been there before, and have come back while the bot was away.
            let event = format!("present.{room}.{person}.{}", now.as_millisecond());
            let act = LogOp::act(event, person, Some(room), Kind::Join, now).unless_there();
            unit.log.push((number, act.by_bot(self.is_bot(number, person))));
        }
        who.retain(|person| !self.is_bot(number, person));
        let cause = format!("present.{room}");
        let cause = Cause::new(&cause, now, now);
        let event = Event::Present { who, room: room.clone() };
        dispatch(&mut self.runtimes[number], None, &event, &cause, unit);
    }

    /// Draws from these secret_rng from here on: for tests in which what is lost in a crash is drawn again as it was.
    pub fn draw_from(&mut self, secret_seed: [u8; 32]) {
        for runtime in self.runtimes.iter_mut() {
            runtime.draw_from(secret_rng_of(secret_seed, runtime.number));
        }
    }

    /// Tells one practice of a community, or every one, what only the shell knows: what became of its messages. `id`
    /// names this telling, and no other.
    pub fn inform(
        &mut self,
        community: &str,
        practice: Option<&str>,
        event: &Event,
        id: &str,
        now: Timestamp,
        unit: &mut UnitOfWork,
    ) {
        let Some(community) = self.runtimes.named(community) else { return };
        let runtime = &mut self.runtimes[community];
        let cause = Cause { awaited: matches!(event, Event::Held { .. }), ..Cause::new(id, now, now) };
        for number in runtime.practices.indices() {
            if practice.is_none_or(|practice| runtime.practices[number].name == practice) {
                let effects = runtime.react(number, &Input::Event(event), &cause);
                apply(runtime, number, effects, &cause, unit);
            }
        }
    }

    /// Tells every practice whose next tick has come.
    pub fn tick(&mut self, now: Timestamp, unit: &mut UnitOfWork) {
        for runtime in self.runtimes.iter_mut() {
            for practice in runtime.practices.indices() {
                if let Some(at) = runtime.next_tick_of(practice).filter(|&at| at <= now) {
                    tick(runtime, practice, at, now, unit);
                }
            }
        }
    }

    /// Wakes every practice, whether its time has come or not: for tests of what must not depend on that.
    pub fn tick_all(&mut self, now: Timestamp, unit: &mut UnitOfWork) {
        for runtime in self.runtimes.iter_mut() {
            runtime.practices.indices().for_each(|practice| tick(runtime, practice, now, now, unit));
        }
    }

    /// When the next tick of any practice is.
    pub fn next_tick(&self) -> Option<Timestamp> {
        self.runtimes.iter().filter_map(Runtime::next_tick).min()
    }

    /// What each community is called in the store, what it speaks, where its leads are, and when its days begin.
    pub fn communities(&self) -> impl Iterator<Item = (CommunityNumber, Served<'_>)> {
        self.runtimes.iter().map(|runtime| (runtime.number, runtime.served()))
    }

    /// The same of one community.
    pub fn community(&self, number: CommunityNumber) -> Option<Served<'_>> {
        self.runtimes.get(number).map(Runtime::served)
    }

    /// The same of the one that has this name in the configuration.
    pub fn served(&self, name: &str) -> Option<Served<'_>> {
        self.community(self.number_of(name)?)
    }

    /// The community of that name in the configuration.
    pub fn number_of(&self, name: &str) -> Option<CommunityNumber> {
        self.runtimes.named(name)
    }

    /// How many nudges a community allows.
    pub fn nudge_budgets(&self, community: &str) -> NudgeBudgets {
        self.runtimes.named(community).map(|number| self.runtimes[number].nudge_budgets()).unwrap_or_default()
    }

    /// Who has opted out in which community, as far as the bot's own memory knows: the log knows of more.
    pub fn opted_out(&self) -> impl Iterator<Item = (CommunityNumber, UserId)> {
        self.runtimes.iter().flat_map(|runtime| runtime.opted_out().map(move |who| (runtime.number, who)))
    }

    /// Whether a practice still has a use for the message that it has named so.
    pub fn needs(&self, community: &str, practice: &str, name: &str) -> bool {
        self.runtimes.iter().any(|runtime| runtime.name == community && runtime.needs(practice, name))
    }

    /// What a practice of a community lets others see.
    pub fn board<B: crate::boards::Board>(&self, number: CommunityNumber) -> B {
        self.runtimes[number].board()
    }

    /// Every row of every practice of a community, by the practice's name.
    pub fn rows(&self, number: CommunityNumber) -> Vec<(&'static str, crate::records::Row)> {
        self.runtimes[number].rows()
    }

    /// Everything that the practices of a community remember about somebody.
    pub fn records_about(&self, number: CommunityNumber, who: &UserId) -> serde_json::Value {
        self.runtimes[number].records_about(who)
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Engine({:?})", self.runtimes.numbers())
    }
}

/// Tells a practice that its next tick has come.
fn tick(runtime: &mut Runtime, practice: PracticeIndex, at: Timestamp, now: Timestamp, unit: &mut UnitOfWork) {
    let name = runtime.practices[practice].name;
    let id = format!("tick-{name}-{}", at.as_millisecond());
    let effects = runtime.react(practice, &Input::Tick, &Cause::new(&id, at, now));
    let changes = runtime.changes(practice, now);
    // Several ticks may be due at one instant: what they do tells them apart, now and when replayed.
    let unique = format!("{id}-{}", runtime.hash(&format!("{effects:?}{:?}", unsealed(changes.as_deref()))));
    if let Some(changes) = changes {
        unit.commit.records.push((runtime.name.clone(), name, changes));
    }
    apply(runtime, practice, effects, &Cause { log: &id, ..Cause::new(&unique, at, now) }, unit);
}

/// A community's own secret_rng.
fn secret_rng_of(secret_seed: [u8; 32], community: CommunityNumber) -> ChaCha20Rng {
    let mut secret_rng = ChaCha20Rng::from_seed(secret_seed);
    secret_rng.set_stream(community.get().unsigned_abs());
    secret_rng
}

/// Changes without what sealed records say: an id that is sent and kept must not be a way to try guesses at it.
fn unsealed(changes: Option<&[Change]>) -> Vec<(&str, Option<&str>)> {
    let mut shown = Vec::new();
    for (key, json) in changes.unwrap_or_default() {
        let json = if scope_of(key).is_some() { json.as_ref().map(|_| "sealed") } else { json.as_deref() };
        shown.push((key.as_str(), json));
    }
    shown
}
