//! What a test declares: the community's rooms, settings and language. The engine learns of it as it does of what an
//! operator configures and what leads set.

use std::collections::BTreeMap;

use hearth_core::{
    community::OWN,
    engine::{Commit, Configured, Engine, Entry, Membership, Memory as _, ram::Ram},
};
use hearth_shared::pseudonym::Key;
use serde_json::{Value, json};

use super::{Dialogue, NAME, NUMBER, room_id};
use crate::{Community, Overrides, Room, RoomId, UserId, Words, registry};

/// What a test may change by hand, as the engine knows it.
pub(super) struct Declared {
    pub community: Community,
    pub overrides: Overrides,
    pub words: &'static Words,
}

impl Declared {
    #[expect(clippy::expect_used, reason = "the only community there is")]
    pub(super) fn of(engine: &Engine, memory: &Ram) -> Self {
        let served = engine.community(NUMBER).expect("the community of the dialogue");
        let Ok(overrides) = memory.overrides(NAME);
        Self { community: served.community.clone(), overrides, words: served.words }
    }
}

/// The configuration, a memory in which leads have named their rooms, and the rooms.
pub(super) fn begin() -> (Configured, Ram, BTreeMap<RoomId, Room>) {
    let room = |name: &str| (room_id(name), Room { name: name.to_owned(), people: Some(10), open: name != "leads" });
    let rooms = BTreeMap::from(["lobby", "craft", "leads"].map(room));
    let config = Configured {
        name: NAME.to_owned(),
        number: NUMBER,
        zone: "UTC".to_owned(),
        language: Words::english().tag().to_owned(),
        prefix: "!hearth".to_owned(),
        rooms: rooms.keys().map(ToString::to_string).collect(),
        key: Key::new(&[7; 32]),
    };
    let mut memory = Ram::default();
    let own = |key: &str, room: &str| (NAME.to_owned(), OWN.to_owned(), key.to_owned(), Some(json!(room_id(room))));
    let settings = vec![own("lobby", "lobby"), own("leads-room", "leads")];
    let Ok(()) = memory.commit(&Commit { settings, ..Commit::default() });
    (config, memory, rooms)
}

/// The engine as it starts, in the rooms in which it is.
pub(super) fn start(config: &Configured, memory: &mut Ram, rooms: &BTreeMap<RoomId, Room>) -> Engine {
    let bot = UserId::from("@hearth:t");
    let Ok(mut engine) = Engine::load(&registry::ALL, &bot, vec![config.clone()], [0; 32], memory);
    engine.recall_members(memory.members());
    engine.spread(&memory.persons());
    for (room, known) in rooms {
        engine.set_room(room, membership(known));
    }
    for (room, person) in memory.direct_rooms() {
        engine.set_room(room, Membership { direct: Some(person.clone()), ..Membership::default() });
    }
    engine
}

fn membership(room: &Room) -> Membership {
    let entry = if room.open { Entry::Open } else { Entry::Closed };
    Membership { name: room.name.clone(), people: room.people, entry, ..Membership::default() }
}

impl Dialogue {
    /// Tells the engine what the test has changed by hand since.
    pub(super) fn settle(&mut self) {
        let (now, before) = (&self.community, &self.known.community);
        let mut overrides = self.overrides.clone();
        let own = overrides.entry(OWN.to_owned()).or_default();
        let mut set = |key: &str, value: Option<Value>| match value {
            Some(value) => drop(own.insert(key.to_owned(), value)),
            None => drop(own.remove(key)),
        };
        if now.lobby != before.lobby {
            set("lobby", now.lobby.as_ref().map(|room| json!(room)));
        }
        if now.leads != before.leads {
            set("leads-room", now.leads.as_ref().map(|room| json!(room)));
        }
        if now.bots != before.bots {
            set("bots", Some(json!(now.bots)));
        }
        let mut config = self.config.clone();
        if now.zone != before.zone {
            now.zone.iana_name().unwrap_or("UTC").clone_into(&mut config.zone);
        }
        config.prefix.clone_from(&now.prefix);
        if self.words.tag() != self.known.words.tag() {
            self.words.tag().clone_into(&mut config.language);
        }
        config.rooms = now.rooms.keys().map(ToString::to_string).collect();
        let is_new = |new: &Configured, old: &Configured| {
            (&new.zone, &new.prefix, &new.language, &new.rooms) != (&old.zone, &old.prefix, &old.language, &old.rooms)
        };
        let settings = changed(&self.known.overrides, &overrides);
        if is_new(&config, &self.config) || !settings.is_empty() {
            let Ok(()) = self.memory.commit(&Commit { settings, ..Commit::default() });
            self.config = config;
            self.start();
        } else if now.rooms != before.rooms {
            for (room, known) in &now.rooms {
                self.engine.set_room(room, membership(known));
            }
            self.look();
        }
    }

    /// The engine starts, with what the memory holds.
    pub(super) fn start(&mut self) {
        self.engine = start(&self.config, &mut self.memory, &self.community.rooms);
        self.look();
    }

    /// Takes over how the community is for the engine.
    pub(super) fn look(&mut self) {
        self.known = Declared::of(&self.engine, &self.memory);
        self.community = self.known.community.clone();
        self.overrides = self.known.overrides.clone();
        self.words = self.known.words;
    }
}

/// What has to be set, or is no longer.
fn changed(before: &Overrides, after: &Overrides) -> Vec<(String, String, String, Option<Value>)> {
    let all = |overrides: &Overrides| -> BTreeMap<(String, String), Value> {
        let flat = overrides.iter().flat_map(|(practice, set)| {
            set.iter().map(move |(key, value)| ((practice.clone(), key.clone()), value.clone()))
        });
        flat.collect()
    };
    let (before, after) = (all(before), all(after));
    let gone = before.keys().filter(|name| !after.contains_key(*name)).map(|name| (name, None));
    let new = after.iter().filter(|(name, value)| before.get(*name) != Some(*value));
    let new = new.map(|(name, value)| (name, Some(value.clone())));
    gone.chain(new).map(|((practice, key), value)| (NAME.to_owned(), practice.clone(), key.clone(), value)).collect()
}
