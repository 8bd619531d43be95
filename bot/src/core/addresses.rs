//! What sending needs to know of engine and store, asked while requests are on their way: each question takes the lock
//! for a moment.

use std::sync::{Mutex, MutexGuard, PoisonError};

use hearth_practices::{MessageKey, Outgoing, RoomId, UserId, Words, words::is_unseen};
use jiff::Timestamp;
use tracing::error;

use super::Core;
use crate::{
    report,
    sending::{Addresses, Answered},
    store::{OutboxItem, Posted},
};

/// How long the reason of an invitation may be, in characters.
const LONGEST_REASON: usize = 300;

fn held(core: &Mutex<Core>) -> MutexGuard<'_, Core> {
    core.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Addresses for Mutex<Core> {
    fn message(&self, community: &str, practice: &str, key: &MessageKey) -> Option<Posted> {
        held(self).store.message(community, practice, key).ok().flatten()
    }

    fn is_quiet(&self, community: &str, practice: &str, key: &MessageKey) -> bool {
        held(self).store.is_quiet(community, practice, key).unwrap_or_default()
    }

    fn direct(&self, person: &UserId) -> Option<RoomId> {
        let core = held(self);
        // One that was replaced by another takes no more messages.
        core.store.direct(person).ok().flatten().filter(|room| !core.engine.is_closed(room))
    }

    fn person_of(&self, room: &RoomId) -> Option<UserId> {
        held(self).engine.direct_person(room)
    }

    fn set_direct(&self, person: &UserId, room: &RoomId) -> RoomId {
        let mut core = held(self);
        core.drop_closed_direct(person);
        if let Err(error) = core.store.add_room(room, Some(person)) {
            error!("a direct room could not be remembered: {error}");
        }
        let theirs = core.store.direct(person).ok().flatten().unwrap_or_else(|| room.clone());
        core.engine.set_direct(&theirs, person);
        theirs
    }

    fn abandon_direct(&self, person: &UserId, room: &RoomId) {
        let mut core = held(self);
        let item = OutboxItem::LeaveDirect { person: person.clone(), room: room.clone(), quietly: false };
        let leave = core.own_item(None, format!("leave.{room}"), item);
        if let Err(error) = core.store.abandon_direct(person, &leave) {
            error!("a direct room could not be given up: {error}");
        }
    }

    fn forget_direct(&self, person: &UserId) {
        let core = &mut *held(self);
        // What a crash after the commit may have left undone comes first: it asks where the direct room is.
        let forgotten = core.store.forget(person.as_str()).and_then(|()| core.store.forget_direct(person));
        if let Err(error) = forgotten {
            error!("a person could not be forgotten: {error}");
        }
        if let Err(error) = core.log.scrub() {
            error!("what was erased from the log could not be overwritten: {error}");
        }
    }

    fn leads(&self, community: &str) -> Option<RoomId> {
        let core = held(self);
        core.engine.served(community)?.community.leads.clone()
    }

    fn my_data(&self, community: &str, person: &UserId) -> Option<String> {
        held(self)
            .my_data(community, person)
            .inspect_err(|error| error!("my-data cannot be put together: {error}"))
            .ok()
    }

    fn share_report(&self, community: &str, now: Timestamp) -> Option<Answered> {
        let core = held(self);
        report::share(&core, community, now).inspect_err(|error| error!("a report cannot be shared: {error}")).ok()
    }

    fn words(&self, community: &str) -> &'static Words {
        let core = held(self);
        core.engine.served(community).map_or_else(Words::english, |served| served.words)
    }

    fn why(&self, person: &UserId) -> Option<String> {
        let core = held(self);
        let due = core.store.first_for(person).ok().flatten()?;
        let served = core.engine.served(&due.community)?;
        let words = served.community.persons.get(person).words().unwrap_or(served.words);
        let given = match due.item {
            OutboxItem::Send(Outgoing::Message(message)) => message.why,
            _ => None,
        };
        let why = match given {
            Some(why) => why,
            None => words.sending_why(&served.community.name, words.find(&due.practice)?),
        };
        Some(why.chars().filter(|char| !char.is_control() && !is_unseen(*char)).take(LONGEST_REASON).collect())
    }
}
