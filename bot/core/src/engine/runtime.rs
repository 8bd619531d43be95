//! One community at work: its practices, their settings and records, and the next tick of each.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use clap::ArgMatches;
use jiff::{Timestamp, tz::TimeZone};
use rand_chacha::{ChaCha20Rng, rand_core::RngCore as _};
use serde_json::{Map, Value};
use tracing::error;

use super::{
    Commit, CommunityNumber, Memory,
    address::Names,
    cause::Cause,
    facts::{Configured, Entry, Membership, NudgeBudgets, Served},
};
use crate::{
    Community, Effect, Expects, Input, Members, Overrides, PracticeIndex, Presence, Room, RoomId, Said, UserId, Words,
    World,
    boards::{Board, Boards},
    community::settings,
    index::ByPractice,
    moving::move_value,
    person::Persons,
    records::{Change, Row, scope_of},
    registry::{Practices, Running},
};

/// One community at work.
pub(super) struct Runtime {
    /// Its name in the configuration, the store and the log.
    pub(super) name: String,
    /// What it is known by.
    pub(super) number: CommunityNumber,
    pub(super) practices: &'static Practices,
    config: Configured,
    overrides: Overrides,
    community: Community,
    words: &'static Words,
    boards: Boards,
    running: ByPractice<Box<dyn Running>>,
    next_ticks: ByPractice<Option<Timestamp>>,
    secret_rng: ChaCha20Rng,
}

impl Runtime {
    pub(super) fn load<M: Memory>(
        practices: &'static Practices,
        config: Configured,
        bot: &UserId,
        secret_rng: ChaCha20Rng,
        store: &mut M,
    ) -> Result<Self, M::Error> {
        let mut running = Vec::new();
        for practice in practices.iter() {
            let (mut one, unread) = practice.start(store.records(&config.name, practice.name)?);
            // Rows whose keys were written otherwise.
            if one.is_changed() {
                let records = vec![(config.name.clone(), practice.name, one.changes())];
                store.commit(&Commit { records, ..Commit::default() })?;
            }
            running.push(one);
            for (key, why) in unread {
                error!("a record of {} is set aside, because it cannot be read: {key}: {why}", practice.name);
                store.set_record_aside(&config.name, practice.name, &key, &why.to_string())?;
            }
        }
        let mut runtime = Self {
            name: config.name.clone(),
            number: config.number,
            practices,
            overrides: store.overrides(&config.name)?,
            community: Community {
                name: config.name.clone(),
                zone: TimeZone::UTC,
                prefix: config.prefix.clone(),
                bot: bot.clone(),
                lobby: None,
                leads: None,
                rooms: BTreeMap::new(),
                announcements: BTreeMap::new(),
                bots: Vec::new(),
                rests: Vec::new(),
                bridges: BTreeSet::new(),
                members: Members::default(),
                persons: Arc::default(),
            },
            words: Words::english(),
            boards: Boards::default(),
            next_ticks: ByPractice::new(vec![None; running.len()]),
            running: ByPractice::new(running),
            secret_rng,
            config,
        };
        runtime.refresh();
        for practice in runtime.running.indices() {
            runtime.boards.put(runtime.running[practice].board());
            runtime.set_next_tick(practice, Timestamp::UNIX_EPOCH);
        }
        Ok(runtime)
    }

    /// Takes over what leads have set about the community itself.
    fn refresh(&mut self) {
        let settings = settings(&self.overrides);
        self.community.name = settings.name.clone().unwrap_or_else(|| self.config.name.clone());
        let zone = settings.time_zone().or_else(|| TimeZone::get(&self.config.zone).ok());
        self.community.zone = zone.unwrap_or(TimeZone::UTC);
        self.words = settings.words().or_else(|| Words::of(&self.config.language)).unwrap_or_else(Words::english);
        self.community.lobby = settings.lobby;
        self.community.leads = settings.leads_room;
        self.community.announcements = settings.announcements;
        self.community.bots = settings.bots;
        self.community.rests = settings.holidays;
    }

    /// Takes one room for another in what the operator lists.
    pub(super) fn list_instead(&mut self, from: &RoomId, to: &RoomId) {
        for listed in self.config.rooms.iter_mut().filter(|listed| *listed == from.as_str()) {
            to.as_str().clone_into(listed);
        }
    }

    /// Takes one room for another in what the operator lists and in every setting. Gives the settings that changed:
    /// practice, key, value.
    pub(super) fn point_at(&mut self, from: &RoomId, to: &RoomId) -> Vec<(String, String, Value)> {
        self.list_instead(from, to);
        let mut changed = Vec::new();
        for (practice, settings) in &mut self.overrides {
            for (key, value) in settings.iter_mut() {
                if move_value(value, from, to) {
                    changed.push((practice.clone(), key.clone(), value.clone()));
                }
            }
        }
        self.refresh();
        changed
    }

    /// Takes one room for another in the records of a practice.
    pub(super) fn move_records(
        &mut self,
        practice: PracticeIndex,
        from: &RoomId,
        to: &RoomId,
    ) -> Result<(), (String, serde_json::Error)> {
        self.running[practice].move_room(from, to)
    }

    /// Draws from these secret_rng from here on.
    pub(super) fn draw_from(&mut self, secret_rng: ChaCha20Rng) {
        self.secret_rng = secret_rng;
    }

    /// Asks every practice for its next tick.
    pub(super) fn set_next_ticks(&mut self, now: Timestamp) {
        for practice in self.running.indices() {
            self.set_next_tick(practice, now);
        }
    }

    pub(super) fn set(&mut self, practice: &str, key: &str, value: Option<Value>, now: Timestamp) {
        let settings: &mut Map<String, Value> = self.overrides.entry(practice.to_owned()).or_default();
        match value {
            Some(value) => settings.insert(key.to_owned(), value),
            None => settings.remove(key),
        };
        self.refresh();
        // A schedule may have changed.
        self.set_next_ticks(now);
    }

    pub(super) fn react(&mut self, practice: PracticeIndex, input: &Input<ArgMatches>, cause: &Cause) -> Vec<Effect> {
        let digest = self.config.key.event(&format!("{}.{}", self.number, cause.id));
        let mut seed = [0; 8];
        seed.copy_from_slice(&digest[..8]);
        let mut secret_seed = [0; 32];
        self.secret_rng.fill_bytes(&mut secret_seed);
        let world = World {
            now: cause.now,
            seed: u64::from_le_bytes(seed),
            secret_seed,
            words: self.words,
            community: &self.community,
            practices: self.practices.catalogue(),
            overrides: &self.overrides,
            boards: &self.boards,
            present: cause.present,
        };
        self.running[practice].react(&world, input)
    }

    /// What a practice waits for: see [`crate::Practice::expects`].
    pub(super) fn expects(&self, practice: PracticeIndex, said: &Said, cause: &Cause) -> Expects {
        self.running[practice].expects(&self.unseeded(cause.now, cause.present), said)
    }

    /// The world for a question that decides nothing.
    fn unseeded<'a>(&'a self, now: Timestamp, present: &'a Presence) -> World<'a> {
        World {
            now,
            seed: 0,
            secret_seed: [0; 32],
            words: self.words,
            community: &self.community,
            practices: self.practices.catalogue(),
            overrides: &self.overrides,
            boards: &self.boards,
            present,
        }
    }

    /// What it may be called in a message.
    pub(super) fn names(&self) -> Names {
        let names = vec![self.name.clone(), self.community.name.clone()];
        Names { prefix: self.community.prefix.clone(), names }
    }

    /// The scopes in which sealed records may lie now, by practice.
    pub(super) fn scopes(&self) -> Vec<(PracticeIndex, String)> {
        let of = |practice| self.running[practice].scopes().into_iter().map(move |scope| (practice, scope));
        self.running.indices().flat_map(of).collect()
    }

    /// A name for a text, the same whenever it is asked for, another one in every community, and meaningless outside this
    /// installation.
    pub(super) fn hash(&self, text: &str) -> String {
        self.config.key.event_hex(&format!("{}.{text}", self.number))
    }

    /// A name for who gives a command here.
    pub(super) fn asker(&self, who: &UserId) -> String {
        self.hash(&format!("asker {who}"))
    }

    /// Takes somebody out of what every practice remembers.
    pub(super) fn forget(&mut self, who: &UserId) {
        self.running.iter_mut().for_each(|running| running.forget(who));
    }

    /// Every row of every practice, by the practice's name.
    pub(super) fn rows(&self) -> Vec<(&'static str, Row)> {
        let all = self.practices.iter().zip(self.running.iter());
        all.flat_map(|(practice, running)| running.dump().into_iter().map(|row| (practice.name, row))).collect()
    }

    pub(super) fn is_changed(&self, practice: PracticeIndex) -> bool {
        self.running[practice].is_changed()
    }

    /// The records that a practice changed, and with them its next tick.
    pub(super) fn changes(&mut self, practice: PracticeIndex, now: Timestamp) -> Option<Vec<Change>> {
        // Asked even where nothing changed: what was lent is compared no more.
        let changes = self.running[practice].changes();
        let changed = !changes.is_empty();
        if changed || self.next_ticks[practice].is_some_and(|at| at <= now) {
            self.set_next_tick(practice, now);
        }
        if changed {
            self.boards.put(self.running[practice].board());
        }
        changed.then_some(changes)
    }

    fn set_next_tick(&mut self, practice: PracticeIndex, now: Timestamp) {
        let nowhere = Presence::default();
        let next = self.running[practice].next_tick(&self.unseeded(now, &nowhere));
        self.next_ticks[practice] = next;
    }

    pub(super) fn board<B: Board>(&self) -> B {
        self.boards.read()
    }

    /// See [`crate::Practice::needs`].
    pub(super) fn needs(&self, practice: &str, name: &str) -> bool {
        self.practices.named(practice).is_some_and(|place| self.running[place].needs(name))
    }

    pub(super) fn next_tick_of(&self, practice: PracticeIndex) -> Option<Timestamp> {
        self.next_ticks[practice]
    }

    pub(super) fn next_tick(&self) -> Option<Timestamp> {
        self.next_ticks.iter().flatten().min().copied()
    }

    pub(super) fn served(&self) -> Served<'_> {
        Served { name: &self.name, words: self.words, community: &self.community }
    }

    pub(super) fn community(&self) -> &Community {
        &self.community
    }

    /// What people have said about themselves.
    pub(super) fn persons_mut(&mut self) -> &mut Persons {
        Arc::make_mut(&mut self.community.persons)
    }

    /// Who is in which of its rooms.
    pub(super) fn members_mut(&mut self) -> &mut Members {
        &mut self.community.members
    }

    /// Whose rows practices keep, those aside that are about what is kept.
    pub(super) fn owners(&self) -> BTreeSet<UserId> {
        let practices = self.practices.iter().zip(self.running.iter()).filter(|(practice, _)| !practice.personal);
        practices.flat_map(|(_, running)| running.dump()).filter_map(|row| row.owner).collect()
    }

    pub(super) fn words(&self) -> &'static Words {
        self.words
    }

    pub(super) fn rooms(&self) -> Vec<RoomId> {
        self.community.rooms.keys().cloned().collect()
    }

    /// The rooms whose moderators lead the community: those that the operator lists, its lobby and its leads' room.
    /// Until it has any of these, only those lead whom the operator named: of a room that the bot was invited to,
    /// anybody may be the moderator.
    pub(super) fn led_from(&self) -> Vec<RoomId> {
        let listed = self.config.rooms.iter().map(RoomId::from);
        let named = [&self.community.lobby, &self.community.leads].into_iter().flatten().cloned();
        listed.chain(named).collect()
    }

    pub(super) fn set_room(&mut self, room: &RoomId, membership: &Membership) {
        let open = match &membership.entry {
            Entry::Open => true,
            Entry::Through(rooms) => rooms.iter().any(|room| self.community.is_open(room)),
            Entry::Closed => false,
        };
        // What could not be read is what it was: nobody has gone because nobody could be asked.
        let people = membership.people.or_else(|| self.community.rooms.get(room)?.people);
        let now = Room { name: membership.name.clone(), people, open, moderated: membership.moderated };
        if self.community.rooms.insert(room.clone(), now).is_none() {
            // What is kept in a room is due from when the bot is there.
            self.set_next_ticks(Timestamp::UNIX_EPOCH);
        }
    }

    /// Remembers a bridge. Says whether it was new.
    pub(super) fn add_bridge(&mut self, bridge: &UserId) -> bool {
        self.community.bridges.insert(bridge.clone())
    }

    pub(super) fn drop_room(&mut self, room: &RoomId) {
        if self.community.rooms.remove(room).is_some() {
            self.set_next_ticks(Timestamp::UNIX_EPOCH);
        }
    }

    pub(super) fn lists(&self, room: &RoomId) -> bool {
        self.config.rooms.iter().any(|listed| listed == room.as_str())
    }

    /// Whether the operator lists rooms for it.
    pub(super) fn lists_any(&self) -> bool {
        !self.config.rooms.is_empty()
    }

    /// Who has opted out, as far as the bot's own memory knows.
    pub(super) fn opted_out(&self) -> impl Iterator<Item = UserId> {
        self.running.iter().flat_map(|running| running.opted_out())
    }

    pub(super) fn nudge_budgets(&self) -> NudgeBudgets {
        let settings = settings(&self.overrides);
        NudgeBudgets {
            person_a_day: settings.nudges_per_person,
            person_a_week: settings.nudges_per_person_a_week,
            room_a_day: settings.nudges_per_room,
        }
    }

    /// What the practices remember about somebody; whoever else stands in the same record is not named. Of what they
    /// said in confidence it says only how much there is: the file lies open in their room, and a vote must not.
    pub(super) fn records_about(&self, who: &UserId) -> Value {
        let mut about = Map::new();
        for (practice, running) in self.practices.iter().zip(self.running.iter()) {
            let theirs = |row: &Row| match &row.owner {
                Some(owner) if owner == who => true,
                Some(_) if row.alone => false,
                _ => row.has_in_key(who) || names(&row.json, who),
            };
            let mut mine = Map::new();
            let mut sealed: BTreeMap<String, usize> = BTreeMap::new();
            for row in running.dump().into_iter().filter(theirs) {
                match scope_of(&row.key) {
                    Some(scope) => *sealed.entry(scope.to_owned()).or_default() += 1,
                    None => drop(mine.insert(row.key, without_others(row.json, who))),
                }
            }
            for (scope, count) in sealed {
                let said = format!("{count} sealed: kept in confidence until it closes, and not shown here");
                mine.insert(format!("sealed/{scope}"), Value::String(said));
            }
            if !mine.is_empty() {
                about.insert(practice.name.to_owned(), Value::Object(mine));
            }
        }
        Value::Object(about)
    }
}

/// Whether somebody stands in a record.
fn names(record: &Value, who: &UserId) -> bool {
    match record {
        Value::String(text) => text == who.as_str(),
        Value::Array(items) => items.iter().any(|item| names(item, who)),
        Value::Object(fields) => fields.iter().any(|(key, value)| key == who.as_str() || names(value, who)),
        _ => false,
    }
}

/// The record with everybody but one person taken out.
fn without_others(record: Value, who: &UserId) -> Value {
    let is_other = |text: &str| text.starts_with('@') && text.contains(':') && text != who.as_str();
    match record {
        Value::String(text) if is_other(&text) => Value::String("somebody else".to_owned()),
        Value::Array(items) => Value::Array(items.into_iter().map(|item| without_others(item, who)).collect()),
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .filter(|(key, _)| !is_other(key))
                .map(|(key, value)| (key, without_others(value, who)))
                .collect(),
        ),
        record => record,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_kept_about_one_person_names_nobody_else() {
        let ana = UserId::from("@ana:t");
        let record = json!({"answered": ["@ana:t", "@ben:t"], "by": {"@ana:t": 1, "@ben:t": 2}, "note": "@ana:t:8448"});
        assert!(names(&record, &ana));
        assert!(!names(&json!({"note": "@ana:t:8448"}), &ana));
        let mine = without_others(record, &ana);
        assert_eq!(mine["answered"], json!(["@ana:t", "somebody else"]));
        assert_eq!(mine["by"], json!({"@ana:t": 1}));
        assert!(!mine.to_string().contains("@ben"));
    }
}
