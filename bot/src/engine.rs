//! From events to decisions: which community an event belongs to, what it means to the practices, and everything
//! that follows, collected into one [`Step`] that the shell commits. It asks no homeserver and reads no clock.

mod adoption;
mod bots;
mod edits;
mod home;
mod logged;
mod meaning;
mod moving;
mod perform;
mod rooms;
mod taking;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use hearth_practices::{
    Event, Input, Presence, RoomId, UserId,
    records::{Change, vessel_of},
    registry,
};
use hearth_shared::{activity::Kind, bots::Pattern, pseudonym::Key};
use jiff::Timestamp;
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};

use crate::{
    config::{CommunityConfig, Config},
    incoming::{Incoming, What},
    log::LogOp,
    store::{Commit, Store, StoreError},
};
use home::Home;
use perform::{Cause, perform, tell};

/// Every community at work.
pub struct Engine {
    homes: Vec<Home>,
    rooms: HashMap<RoomId, Membership>,
    /// The community that adopted a room, by place.
    adopted: HashMap<RoomId, usize>,
    /// Rooms that were replaced: by which, and when.
    moved: BTreeMap<RoomId, (RoomId, Timestamp)>,
    /// Rooms that were replaced by others to which the bot has not come yet: since when.
    closed: HashMap<RoomId, Timestamp>,
    /// Rooms of no community in which the bot has said so, and when.
    explained: HashMap<RoomId, Timestamp>,
    /// Who in a room is no person, as far as that is known.
    bots: HashMap<RoomId, BTreeSet<UserId>>,
    bot: UserId,
}

/// A room that the bot is in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Membership {
    /// The person, where it is their direct room.
    pub direct: Option<UserId>,
    /// What to call it.
    pub name: String,
    /// How many people are in it, the bot not counted; `None` where that could not be read.
    pub people: Option<u64>,
    /// Whether it is a space: a list of rooms, and no room of a community.
    pub space: bool,
    /// Who may come in.
    pub entry: Entry,
}

/// Who may come into a room by themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Entry {
    /// Everybody.
    Open,
    /// Whoever is in one of these rooms.
    Through(Vec<RoomId>),
    /// Whoever is invited, or let in.
    #[default]
    Closed,
}

/// What somebody is and may do, at the moment of asking.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Authority {
    /// Their communities, by place: all that they are in, where they ask in their direct room, or else the room's. Who
    /// is in none gets help and their privacy, and nothing else.
    pub communities: Vec<usize>,
    /// Those among them that they lead.
    pub leads: Vec<usize>,
    /// Whether they may remove others' messages in this room.
    pub may_redact: bool,
    /// Whether what they edit is their own.
    pub edits_own: bool,
    /// The rooms of these communities in which they are.
    pub rooms: BTreeSet<RoomId>,
    /// Those whom they name who are in the same room; in a direct room, in one of these rooms of a community.
    pub named: BTreeSet<UserId>,
}

impl Authority {
    /// The same as practices see it.
    fn presence(&self) -> Presence {
        Presence { rooms: self.rooms.clone(), named: self.named.clone() }
    }
}

/// Where it shows that somebody belongs to a community, and that they lead it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constituency {
    /// The community's place.
    pub place: usize,
    /// Its rooms: who is in one of them is a member.
    pub rooms: Vec<RoomId>,
    /// The rooms whose moderators lead it.
    pub led_from: Vec<RoomId>,
}

/// A vessel of sealed records: its community's place, its practice, and its name.
pub type Vessel = (usize, &'static str, String);

/// What follows from a batch of events or from the passing of time. First `log` is applied, then `commit`.
#[derive(Debug, Default)]
pub struct Step {
    /// For the activity log: the community's place, and what to write.
    pub log: Vec<(usize, LogOp)>,
    /// For the bot's own memory.
    pub commit: Commit,
    /// Rooms that leads have just adopted: who is in them is still to be learned.
    pub adopted: Vec<RoomId>,
    /// Rooms that leads have just let go.
    pub released: Vec<RoomId>,
    /// Who asked to be forgotten, and what names the request.
    pub forgotten: Vec<(String, UserId)>,
    /// Communities whose leads have said anew who is a bot: the place, and what was said before.
    pub sorted: Vec<(usize, Vec<Pattern>)>,
}

impl Engine {
    /// Every community with its settings and records. `keys` are the communities' own, in the configuration's order;
    /// `lots` is fresh randomness that is kept nowhere.
    ///
    /// # Errors
    /// What the store says.
    pub fn load(config: &Config, keys: &[Key], lots: [u8; 32], store: &mut Store) -> Result<Self, StoreError> {
        let bot = UserId::from(&config.user);
        let load = |((community, key), stream): ((&CommunityConfig, &Key), u64)| {
            let mut lots = ChaCha20Rng::from_seed(lots);
            lots.set_stream(stream);
            Home::load(community, &bot, key.clone(), lots, store)
        };
        let all = config.communities.iter().zip(keys).zip(0..);
        let mut homes = all.map(load).collect::<Result<Vec<_>, _>>()?;
        let moved = store.moved()?;
        for (from, (to, _)) in &moved {
            // The operator's file may list a room that was replaced since.
            homes.iter_mut().for_each(|home| home.list_instead(from, to));
        }
        let mut engine = Self {
            homes,
            rooms: HashMap::new(),
            adopted: HashMap::new(),
            moved,
            closed: HashMap::new(),
            explained: HashMap::new(),
            bots: HashMap::new(),
            bot,
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
                let places = self.home_of(room).map_or(0..self.homes.len(), |place| place..place + 1);
                self.is_direct(room) || places.into_iter().any(|place| self.command_text(room, text, place).is_some())
            }
            What::Reaction { .. } | What::PollStart(_) | What::PollEdit { .. } | What::PollVote { .. } => {
                self.is_direct(room)
            }
            What::Redaction { .. } | What::Member { .. } | What::Encrypted(_) | What::Bridge | What::Other => false,
        }
    }

    /// Tells practices of what was sealed and can no longer be read, or has ended since.
    pub fn mourn(&mut self, store: &Store, now: Timestamp, step: &mut Step) {
        self.call_off(|community, (_, practice, vessel)| store.lost_since(community, practice, vessel), now, step);
        step.commit.mourned = true;
    }

    /// The vessels in which sealed records may lie now.
    pub fn vessels(&self) -> BTreeSet<Vessel> {
        let of = |(place, home): (usize, &Home)| -> Vec<Vessel> {
            let vessels = home.vessels().into_iter();
            vessels.map(|(practice, vessel)| (place, registry::ALL[practice].name, vessel)).collect()
        };
        self.homes.iter().enumerate().flat_map(of).collect()
    }

    /// Tells practices of vessels that can no longer be read: those for which `since` gives a number, by which this time
    /// is told from any other.
    pub fn call_off(&mut self, since: impl Fn(&str, &Vessel) -> Option<i64>, now: Timestamp, step: &mut Step) {
        for one in self.vessels() {
            let home = &mut self.homes[one.0];
            let Some(since) = since(&home.name, &one) else { continue };
            let (place, name, vessel) = one;
            let Some(practice) = registry::ALL.place(name) else { continue };
            let id = format!("lost-{name}-{vessel}-{since}");
            let cause = Cause::new(&id, now);
            let effects = home.react(practice, &Input::Event(&Event::SealedLost { vessel }), &cause, now);
            perform(home, place, practice, effects, &cause, now, step);
        }
    }

    /// The bot has come to a room in which these people were already: they are members, and nobody's newcomers. If they
    /// are all who are there, whoever the log knows to have been there before has left it meanwhile.
    pub fn arrive(&mut self, room: &RoomId, people: &[UserId], all: bool, now: Timestamp, step: &mut Step) {
        let Some(place) = self.home_of(room).filter(|_| !self.is_direct(room)) else { return };
        self.sort(room, people, &[], step);
        let mut who: Vec<UserId> = people.iter().filter(|person| **person != self.bot).cloned().collect();
        if all {
            step.log.push((place, LogOp::Here { room: room.clone(), people: who.clone(), at: now }));
        }
        for person in &who {
            // They may have been there before, and have come back while the bot was away.
            let event = format!("present.{room}.{person}.{}", now.as_millisecond());
            let act = LogOp::act(event, person, Some(room), Kind::Join, now).unless_there();
            step.log.push((place, act.by_bot(self.is_bot(place, person))));
        }
        who.retain(|person| !self.is_bot(place, person));
        let cause = format!("present.{room}");
        let cause = Cause::new(&cause, now);
        let event = Event::Present { who, room: room.clone() };
        tell(&mut self.homes[place], place, None, &event, &cause, now, step);
    }

    /// Wakes every practice whose time has come.
    pub fn tick(&mut self, now: Timestamp, step: &mut Step) {
        for (place, home) in self.homes.iter_mut().enumerate() {
            for practice in 0..registry::ALL.len() {
                let Some(at) = home.wake_of(practice).filter(|&at| at <= now) else { continue };
                let id = format!("tick-{}-{}", registry::ALL[practice].name, at.as_millisecond());
                let effects = home.react(practice, &Input::Tick, &Cause::new(&id, at), now);
                let changes = home.changes(practice, now);
                // Several wake-ups may be due at one instant: what they do tells them apart, now and when replayed.
                let unique = format!("{id}-{}", home.hash(&format!("{effects:?}{:?}", unsealed(changes.as_deref()))));
                if let Some(changes) = changes {
                    step.commit.records.push((home.name.clone(), registry::ALL[practice].name, changes));
                }
                perform(home, place, practice, effects, &Cause { log: &id, ..Cause::new(&unique, at) }, now, step);
            }
        }
    }

    /// When the next practice wants to be woken.
    pub fn next_wake(&self) -> Option<Timestamp> {
        self.homes.iter().filter_map(Home::next_wake).min()
    }

    /// What a community is called, what it speaks, where its leads are, and when its days begin.
    pub fn communities(
        &self,
    ) -> impl Iterator<Item = (&str, &'static hearth_practices::Words, &hearth_practices::Community)> {
        self.homes.iter().map(|home| (home.name.as_str(), home.words(), home.community()))
    }

    /// How many nudges a day a person, and a room, may get in a community.
    pub fn nudge_budget(&self, community: &str) -> (u32, u32) {
        self.homes.iter().find(|home| home.name == community).map_or((1, 2), Home::nudge_budget)
    }

    /// Who has opted out in which community, as far as the bot's own memory knows: the log knows of more.
    pub fn opted_out(&self) -> impl Iterator<Item = (usize, UserId)> {
        self.homes.iter().enumerate().flat_map(|(place, home)| home.opted_out().map(move |who| (place, who)))
    }

    /// Whether a practice still has a use for the message that it has named so.
    pub fn needs(&self, community: &str, practice: &str, name: &str) -> bool {
        self.homes.iter().any(|home| home.name == community && home.needs(practice, name))
    }

    /// What a practice of a community lets others see.
    pub fn board<B: hearth_practices::boards::Board>(&self, place: usize) -> B {
        self.homes[place].board()
    }

    /// Every row of every practice of a community, by the practice's name.
    #[cfg(test)]
    pub(crate) fn rows(&self, place: usize) -> Vec<(&'static str, hearth_practices::records::Row)> {
        self.homes[place].rows()
    }

    /// Everything that the practices of a community remember about somebody.
    pub fn records_about(&self, place: usize, who: &UserId) -> serde_json::Value {
        self.homes[place].records_about(who)
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Engine({} communities)", self.homes.len())
    }
}

/// Changes without what sealed records say: an id that is sent and kept must not be a way to try guesses at it.
fn unsealed(changes: Option<&[Change]>) -> Vec<(&str, Option<&str>)> {
    let mut shown = Vec::new();
    for (key, json) in changes.unwrap_or_default() {
        let json = if vessel_of(key).is_some() { json.as_ref().map(|_| "sealed") } else { json.as_deref() };
        shown.push((key.as_str(), json));
    }
    shown
}
