//! Rooms that were between the bot and one person, as what stands in them tells.

use hearth_practices::{RoomId, UserId};

use super::{Core, RunError};
use crate::{
    engine::{Commit, UnitOfWork},
    incoming::Incoming,
    store::Posted,
};

impl Core {
    /// An event of the bot's own says that an item has arrived, even where the answer to its request was lost.
    pub(super) fn recognise(
        &mut self,
        room: &RoomId,
        incoming: &Incoming,
        unit: &mut UnitOfWork,
    ) -> Result<(), RunError> {
        if let Some(txn) = &incoming.marker {
            let posted = Posted { room: room.clone(), event: incoming.event.clone() };
            if let Some(person) = self.store.addressee_of(txn)? {
                self.was_between(room, &person, &mut unit.commit);
            }
            self.store.posted(txn, Some(&posted), incoming.at)?;
            // With a database from a backup, the cause is read again in this very unit of work: its item is not there yet.
            unit.commit.arrived.push((txn.clone(), posted));
        }
        Ok(())
    }

    /// What was sent to somebody alone stands in a room that was between the two. A memory from a backup may not know it,
    /// and others may have come to it since. It is that person's from now on: before anything more is said there, whoever
    /// sends it looks who is in it.
    pub(super) fn was_between(&mut self, room: &RoomId, person: &UserId, commit: &mut Commit) {
        if self.engine.knows(room) && self.engine.direct_person(room).is_none() {
            self.engine.set_direct(room, person);
            commit.rooms.push((room.clone(), Some(person.clone())));
        }
    }

    /// The same for what follows from something that is read once more, and had been sent to somebody before.
    pub(super) fn recall_direct_rooms(&mut self, unit: &mut UnitOfWork) -> Result<(), RunError> {
        let mut found = Vec::new();
        for item in &unit.commit.items {
            let Some(person) = item.item.person() else { continue };
            let here = unit.commit.arrived.iter().find(|(txn, _)| *txn == item.txn);
            let place = match here {
                Some((_, posted)) => Some(posted.clone()),
                None => self.store.place_of(&item.txn)?,
            };
            found.extend(place.map(|posted| (posted.room, person.clone())));
        }
        for (room, person) in found {
            self.was_between(&room, &person, &mut unit.commit);
        }
        Ok(())
    }
}
