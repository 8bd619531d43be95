//! A memory in RAM, for tests that drive the engine without a database. It keeps what the bot's store promises to the
//! engine, and a test of the bot gives both the same commits and asks both. What only the shell asks of the store
//! (cursors, keys that are waited for, reports, who has left) it does not keep, and what waits for a room that is left or
//! replaced stays as it is.

use std::{
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
};

use jiff::Timestamp;
use serde_json::Value;

use super::{ASKED_FOR, Commit, FLOOR_FOR, Floor, GivenCommand, Memory, NewOutboxItem, OutboxItem, Posted, Sender};
use crate::{
    MessageKey, Outgoing, Overrides, Target,
    id::{EventId, RoomId, UserId},
    members::MemberChange,
    person::Person,
    records::scope_of,
};

/// The memory.
#[derive(Clone, Debug, Default)]
pub struct Ram {
    /// By community and practice: the rows, by key.
    records: BTreeMap<(String, String), BTreeMap<String, String>>,
    aside: Vec<(String, String)>,
    overrides: BTreeMap<String, Overrides>,
    messages: BTreeMap<Sender, Posted>,
    handled: BTreeSet<EventId>,
    asked: BTreeMap<(EventId, String), GivenCommand>,
    floor: BTreeMap<UserId, Floor>,
    moved: BTreeMap<RoomId, (RoomId, Timestamp)>,
    adopted: BTreeMap<RoomId, String>,
    rooms: BTreeMap<RoomId, Option<UserId>>,
    /// Who was in which room of which community, as it was told.
    members: Vec<(String, MemberChange)>,
    persons: BTreeMap<UserId, Person>,
    /// What was seen in its room, by transaction id; where, if that is no direct room.
    seen: BTreeMap<String, Option<Posted>>,
    outbox: BTreeMap<i64, Waiting>,
    rows: i64,
    /// Vessels whose keys are gone, with something in them: community, practice, and name.
    lost: BTreeSet<(String, String, String)>,
}

/// A row of the outbox.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    /// What waits. What was sealed in a scope that has ended is [`OutboxItem::Destroyed`].
    pub new: NewOutboxItem,
    /// The practice's name for the message, where it still has one.
    pub key: Option<MessageKey>,
    /// Whether it is addressed to nobody: it is never sent, and its practice is told.
    pub nowhere: bool,
    /// Whom it asks something.
    asks: Option<UserId>,
    /// To whom alone it goes.
    person: Option<UserId>,
    /// The message of which it is the newest text that waits.
    edits: Option<MessageKey>,
    /// Whether it goes unsent where it would be removed at once.
    moment: bool,
}

impl Waiting {
    /// Its words go, and it waits on.
    fn empty(&mut self) {
        (self.new.item, self.edits, self.moment) = (OutboxItem::Destroyed, None, false);
    }
}

impl Ram {
    /// What waits to be sent, or to be asked of the world, by row.
    pub fn waiting(&self) -> impl Iterator<Item = (i64, &Waiting)> {
        self.outbox.iter().map(|(id, waiting)| (*id, waiting))
    }

    /// Where a practice's message is that was sent.
    pub fn message(&self, community: &str, practice: &str, key: &MessageKey) -> Option<&Posted> {
        self.messages.get(&(community.to_owned(), practice.to_owned(), key.clone()))
    }

    /// Who is in which room, for [`super::Engine::recall_members`].
    pub fn members(&self) -> Vec<(String, MemberChange)> {
        self.members.clone()
    }

    /// What people have said about themselves, for [`super::Engine::spread`].
    pub fn persons(&self) -> Vec<(UserId, Person)> {
        self.persons.clone().into_iter().collect()
    }

    /// The direct rooms that the bot has come to.
    pub fn direct_rooms(&self) -> impl Iterator<Item = (&RoomId, &UserId)> {
        self.rooms.iter().filter_map(|(room, direct)| Some((room, direct.as_ref()?)))
    }

    /// The bot has come to a room, which is somebody's direct room or not.
    pub fn come_to(&mut self, room: &RoomId, direct: Option<&UserId>) {
        let known = self.rooms.entry(room.clone()).or_default();
        *known = known.take().or_else(|| direct.cloned());
    }

    /// The keys of records that could not be read, and why.
    pub fn set_aside(&self) -> &[(String, String)] {
        &self.aside
    }

    /// Somebody asked to be forgotten: everything goes in which they stand, but for records, which are their practices' to
    /// clear.
    pub fn forget(&mut self, person: &UserId) {
        self.outbox.retain(|_, waiting| !(waiting.new.attention.is_nudge() && waiting.person.as_ref() == Some(person)));
        self.seen.clear();
        self.floor.remove(person);
        self.drop_messages(|(_, _, key)| key.as_str().split('/').any(|part| part == person.as_str()));
    }

    /// The key of a scope is gone, as with a copy of the database that is older: what is in it can be read by nobody.
    pub fn lose_key(&mut self, community: &str, practice: &str, scope: &str) {
        if self.holds(community, practice, scope) {
            self.rows_of(community, practice).retain(|key, _| scope_of(key) != Some(scope));
            self.lost.insert((community.to_owned(), practice.to_owned(), scope.to_owned()));
            self.destroy(community, practice, scope);
        }
    }

    fn rows_of(&mut self, community: &str, practice: &str) -> &mut BTreeMap<String, String> {
        self.records.entry((community.to_owned(), practice.to_owned())).or_default()
    }

    fn holds(&self, community: &str, practice: &str, scope: &str) -> bool {
        let rows = self.records.get(&(community.to_owned(), practice.to_owned()));
        rows.is_some_and(|rows| rows.keys().any(|key| scope_of(key) == Some(scope)))
    }

    /// A scope has ended: nobody reads what waits under its key.
    fn destroy(&mut self, community: &str, practice: &str, scope: &str) {
        let sealed = |new: &NewOutboxItem| {
            new.scope.as_deref() == Some(scope) && new.community == community && new.practice == practice
        };
        for waiting in self.outbox.values_mut().filter(|waiting| sealed(&waiting.new)) {
            waiting.new.item = OutboxItem::Destroyed;
        }
    }

    /// A message that is gone asks nothing any more.
    fn drop_messages(&mut self, goes: impl Fn(&Sender) -> bool) {
        let gone: Vec<Posted> =
            self.messages.extract_if(.., |sender, _| goes(sender)).map(|(_, posted)| posted).collect();
        self.floor.retain(|_, floor| gone.iter().all(|posted| posted.event != floor.event));
    }

    fn write_records(&mut self, commit: &Commit) {
        let mut touched = BTreeSet::new();
        for (community, practice, changes) in &commit.records {
            for (key, json) in changes {
                touched.extend(scope_of(key).map(|scope| (community.clone(), *practice, scope.to_owned())));
                match json {
                    Some(json) => drop(self.rows_of(community, practice).insert(key.clone(), json.clone())),
                    None => drop(self.rows_of(community, practice).remove(key)),
                }
            }
        }
        // What waits is put in before a scope ends with its last record.
        for item in &commit.items {
            self.put(item);
        }
        for (community, practice, scope) in touched {
            if !self.holds(&community, practice, &scope) {
                self.destroy(&community, practice, &scope);
            }
        }
    }

    fn set(&mut self, (community, practice, key, value): &(String, String, String, Option<Value>)) {
        let all = self.overrides.entry(community.clone()).or_default();
        match value {
            Some(value) => drop(all.entry(practice.clone()).or_default().insert(key.clone(), value.clone())),
            None => drop(all.get_mut(practice).and_then(|set| set.remove(key))),
        }
        all.retain(|_, set| !set.is_empty());
    }

    fn drop_names(&mut self, (community, practice, prefix): &(String, String, String)) {
        let begins = |key: &MessageKey| key.as_str().starts_with(prefix);
        self.drop_messages(|(of, by, key)| of == community && by == practice && begins(key));
        let theirs = |waiting: &&mut Waiting| waiting.new.community == *community && waiting.new.practice == *practice;
        for waiting in self.outbox.values_mut().filter(theirs) {
            waiting.key.take_if(|key| begins(key));
        }
        let here = |floor: &Floor| floor.community == *community && floor.practice == *practice;
        self.floor.retain(|_, floor| !(here(floor) && floor.key.as_ref().is_some_and(begins)));
    }

    /// A row that waits under a practice's name for its message: the newest.
    fn named(&self, new: &NewOutboxItem, key: &MessageKey) -> Option<&Waiting> {
        let here = |waiting: &&Waiting| {
            waiting.key.as_ref() == Some(key)
                && waiting.new.community == new.community
                && waiting.new.practice == new.practice
        };
        self.outbox.values().rev().find(here)
    }

    fn put(&mut self, new: &NewOutboxItem) {
        if let Some(place) = self.seen.get(&new.txn).cloned() {
            // It is there already, though what led to it is only told now.
            if let (Some(key), Some(posted)) = (new.item.key(), place) {
                let name = (new.community.clone(), new.practice.clone(), key.clone());
                self.messages.entry(name).or_insert(posted);
            }
            return;
        }
        // What is told about a scope that holds nothing (any more) is told to nobody.
        let ended = new.scope.as_ref().is_some_and(|scope| !self.holds(&new.community, &new.practice, scope));
        if ended || self.outbox.values().any(|waiting| waiting.new.txn == new.txn) {
            return;
        }
        let target = if let OutboxItem::Send(outgoing) = &new.item { Some(outgoing.target()) } else { None };
        let mut person = new.item.person().cloned();
        let mut hangs = false;
        let nowhere = match target {
            Some(Target::Leads) => new.leads.is_none(),
            Some(Target::Thread(key) | Target::Own(key)) => match self.named(new, key) {
                Some(waiting) => {
                    let is_thread = matches!(target, Some(Target::Thread(_)));
                    person = waiting.person.clone().filter(|_| is_thread);
                    // What hangs on what goes nowhere goes nowhere, and with it.
                    hangs = is_thread && waiting.nowhere;
                    hangs
                }
                None => self.message(&new.community, &new.practice, key).is_none(),
            },
            Some(Target::Room(_) | Target::Person(_) | Target::ReactionTo { .. } | Target::RemovalOf { .. }) => false,
            None => new.item == OutboxItem::Destroyed,
        };
        if nowhere && !hangs && new.item.key().is_none() {
            return;
        }
        let outgoing = if let OutboxItem::Send(outgoing) = &new.item { Some(outgoing) } else { None };
        if let Some(name) = outgoing.and_then(Outgoing::removes) {
            self.leave_unsent(new, name);
        }
        let edits = outgoing.and_then(Outgoing::edits).map(|(key, _)| key.clone()).filter(|_| !nowhere);
        if edits.is_some() {
            self.replace(new, &edits);
        }
        self.rows += 1;
        let (key, asks) = (new.item.key().cloned(), person.clone().filter(|_| new.item.asks()));
        let moment = !nowhere && outgoing.is_some_and(Outgoing::is_for_the_moment);
        self.outbox.insert(self.rows, Waiting { new: new.clone(), key, nowhere, asks, person, edits, moment });
    }

    /// What a card said in between, nobody needs to read. What has a name waits on, without its words.
    fn replace(&mut self, new: &NewOutboxItem, edits: &Option<MessageKey>) {
        let same = |waiting: &Waiting| {
            let theirs = waiting.new.community == new.community && waiting.new.practice == new.practice;
            theirs && waiting.edits == *edits
        };
        self.outbox.retain(|_, waiting| !same(waiting) || waiting.key.is_some());
        self.outbox.values_mut().filter(|waiting| same(waiting)).for_each(Waiting::empty);
    }

    /// What is to be removed and waits to be sent is not sent, where nothing hangs on it.
    fn leave_unsent(&mut self, new: &NewOutboxItem, name: &MessageKey) {
        let named = |waiting: &&mut Waiting| {
            waiting.key.as_ref() == Some(name)
                && waiting.new.community == new.community
                && waiting.new.practice == new.practice
        };
        let newest = self.outbox.values_mut().rev().find(named);
        newest.filter(|waiting| waiting.moment).into_iter().for_each(Waiting::empty);
    }

    /// Takes a row out of the outbox. A message that was removed, or said its last, needs its name no more.
    fn take_out(&mut self, id: i64) -> Option<Waiting> {
        let row = self.outbox.remove(&id)?;
        if let OutboxItem::Send(
            Outgoing::Redact { key } | Outgoing::Unsign { name: key, .. } | Outgoing::Conclude { key, .. },
        ) = &row.new.item
        {
            self.messages.remove(&(row.new.community.clone(), row.new.practice.clone(), key.clone()));
        }
        Some(row)
    }

    fn arrived(&mut self, txn: &str, posted: &Posted, at: Timestamp) {
        let found = self.outbox.iter().find(|(_, waiting)| waiting.new.txn == txn).map(|(id, _)| *id);
        if let Some(Waiting { new, key, asks, .. }) = found.and_then(|id| self.take_out(id)) {
            if let Some(person) = asks {
                let (community, practice) = (new.community.clone(), new.practice.clone());
                let floor = Floor { community, practice, key: key.clone(), event: posted.event.clone(), at };
                if self.floor.get(&person).is_none_or(|before| before.at <= at) {
                    self.floor.insert(person, floor);
                }
            }
            if let Some(key) = key {
                self.messages.insert((new.community, new.practice, key), posted.clone());
            }
        }
        let open = self.rooms.get(&posted.room).is_some_and(Option::is_none);
        self.seen.entry(txn.to_owned()).or_insert_with(|| open.then(|| posted.clone()));
    }

    fn write_asked(&mut self, commit: &Commit) {
        for one in &commit.asked {
            self.asked.insert((one.event.clone(), one.by.clone()), one.clone());
        }
        self.asked.retain(|_, one| !commit.unasked.contains(&one.by));
        if let Some(oldest) = commit.asked.iter().filter_map(|one| one.at.checked_sub(ASKED_FOR).ok()).max() {
            self.asked.retain(|_, one| one.at >= oldest);
        }
    }

    fn write_rooms(&mut self, commit: &Commit) {
        self.members.extend(commit.members.iter().cloned());
        self.persons.extend(commit.persons.iter().cloned());
        for room in &commit.left {
            self.rooms.remove(room);
        }
        for (room, direct) in &commit.rooms {
            self.come_to(room, direct.as_ref());
        }
        for (room, community) in &commit.adopted {
            match community {
                Some(community) => drop(self.adopted.insert(room.clone(), community.clone())),
                None => drop(self.adopted.remove(room)),
            }
        }
    }
}

impl Memory for Ram {
    type Error = Infallible;

    fn records(&self, community: &str, practice: &str) -> Result<Vec<(String, String)>, Infallible> {
        let rows = self.records.get(&(community.to_owned(), practice.to_owned())).into_iter().flatten();
        Ok(rows.map(|(key, json)| (key.clone(), json.clone())).collect())
    }

    fn overrides(&self, community: &str) -> Result<Overrides, Infallible> {
        Ok(self.overrides.get(community).cloned().unwrap_or_default())
    }

    fn moved(&self) -> Result<BTreeMap<RoomId, (RoomId, Timestamp)>, Infallible> {
        Ok(self.moved.clone())
    }

    fn adopted(&self) -> Result<Vec<(RoomId, String)>, Infallible> {
        Ok(self.adopted.clone().into_iter().collect())
    }

    fn message_of(&self, room: &RoomId, event: &EventId) -> Result<Option<Sender>, Infallible> {
        let here = |(_, posted): &(&Sender, &Posted)| posted.room == *room && posted.event == *event;
        Ok(self.messages.iter().find(here).map(|(sender, _)| sender.clone()))
    }

    fn is_handled(&self, event: &EventId) -> Result<bool, Infallible> {
        Ok(self.handled.contains(event))
    }

    fn asked(&self, event: &EventId) -> Result<Vec<GivenCommand>, Infallible> {
        let of = self.asked.range((event.clone(), String::new())..);
        Ok(of.take_while(|((of, _), _)| of == event).map(|(_, one)| one.clone()).collect())
    }

    fn floor(&self, person: &UserId, said: Timestamp) -> Result<Option<Floor>, Infallible> {
        let after = said.saturating_sub(FLOOR_FOR).unwrap_or(Timestamp::UNIX_EPOCH);
        Ok(self.floor.get(person).filter(|floor| floor.at > after).cloned())
    }

    fn lost_since(&self, community: &str, practice: &str, scope: &str) -> Option<i64> {
        let lost = (community.to_owned(), practice.to_owned(), scope.to_owned());
        self.lost.contains(&lost).then_some(0)
    }

    fn set_record_aside(&mut self, community: &str, practice: &str, key: &str, why: &str) -> Result<(), Infallible> {
        match scope_of(key) {
            Some(scope) => drop(self.lost.insert((community.to_owned(), practice.to_owned(), scope.to_owned()))),
            None => drop(self.rows_of(community, practice).remove(key)),
        }
        self.aside.push((key.to_owned(), why.to_owned()));
        Ok(())
    }

    fn commit(&mut self, commit: &Commit) -> Result<(), Infallible> {
        for (old, new, at) in &commit.moved {
            self.moved.values_mut().filter(|(to, _)| to == old).for_each(|(to, _)| *to = new.clone());
            self.moved.insert(old.clone(), (new.clone(), *at));
        }
        commit.settings.iter().for_each(|setting| self.set(setting));
        commit.dropped_names.iter().for_each(|names| self.drop_names(names));
        if commit.mourned {
            self.lost.clear();
        }
        self.write_records(commit);
        commit.done.iter().chain(commit.aside.iter().map(|(id, _)| id)).for_each(|id| drop(self.take_out(*id)));
        commit.arrived.iter().for_each(|(txn, posted)| self.arrived(txn, posted, commit.at));
        self.handled.extend(commit.handled.iter().map(|(event, _)| event.clone()));
        self.write_asked(commit);
        self.write_rooms(commit);
        Ok(())
    }
}
