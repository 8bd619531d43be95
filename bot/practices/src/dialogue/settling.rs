//! How the engine learns what a test has changed by hand, and the test how things are for the engine.

use std::collections::BTreeMap;

use hearth_core::{
    community::OWN,
    engine::{Commit, Configured, Memory as _},
};
use serde_json::{Value, json};

use super::{
    Dialogue,
    declared::{Declared, NAME, membership, start},
};
use crate::Overrides;

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
