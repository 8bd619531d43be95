//! Who is in which room, compared with what the homeserver says; and who is in none any more.

use std::collections::BTreeSet;

use hearth_practices::{RoomId, UserId, members::MemberChange};
use jiff::Timestamp;

use super::{Core, RunError};
use crate::{
    engine::{CommunityNumber, UnitOfWork},
    incoming::{Incoming, What},
    store::PersonIn,
};

impl Core {
    /// It is to be asked who is in a room: gives the point up to which everything was taken, for which the answer must
    /// hold. Nothing may be on its way meanwhile from an event to what is committed. Of a room that was replaced nothing
    /// is asked.
    ///
    /// # Errors
    /// What the store says.
    pub fn look_at(&mut self, room: &RoomId) -> Result<Option<String>, RunError> {
        if self.engine.is_closed(room) {
            return Ok(None);
        }
        let is_met = self.engine.is_of_community(room) && !self.unmet.contains(room);
        let cursor = if self.ahead || !is_met { None } else { self.store.cursor()? };
        if cursor.is_some() {
            self.looking.insert(room.clone(), BTreeSet::new());
        }
        Ok(cursor)
    }

    /// Takes the answer, if there is one. Whoever came or went since it was asked for is where later news says.
    pub fn looked_at(&mut self, room: &RoomId, people: Option<&[UserId]>, now: Timestamp, unit: &mut UnitOfWork) {
        let Some(passed_over) = self.looking.remove(room) else { return };
        if let Some(people) = people {
            self.engine.compare(room, people, &passed_over, now, unit);
        }
    }

    /// Notes of whom there is news while it is asked who is in their room.
    pub(super) fn note_news(&mut self, room: &RoomId, incoming: &Incoming) {
        if let What::Member { who, .. } = &incoming.what
            && let Some(passed_over) = self.looking.get_mut(room)
        {
            passed_over.insert(who.clone());
        }
    }

    /// Notes who is in no room of a community any more, and who is back.
    pub(super) fn note_gone(&mut self, unit: &mut UnitOfWork) {
        let mut moved: BTreeSet<PersonIn> = BTreeSet::new();
        for (community, change) in &unit.commit.members {
            if let MemberChange::Here(_, who, _) | MemberChange::Away(_, who) = change {
                moved.insert((community.clone(), who.clone()));
            }
        }
        for member in moved {
            self.is_no_guest(&member.1, unit);
            let number = self.engine.number_of(&member.0);
            if number.is_some_and(|number| self.engine.remembers(number, &member.1)) {
                if self.gone.remove(&member) {
                    unit.commit.back.push(member);
                }
            } else if self.gone.insert(member.clone()) {
                unit.commit.gone.push(member);
            }
        }
    }

    /// Whether it is known of all rooms of a community who is there.
    pub(super) fn knows_everybody(&self, number: CommunityNumber) -> Result<bool, RunError> {
        let rooms = self.store.rooms()?;
        let mut theirs = rooms.iter().filter(|(room, direct)| {
            direct.is_none() && self.engine.community_of(room).is_some_and(|(other, _)| other == number)
        });
        Ok(theirs.all(|(room, _)| self.engine.has_read(room)))
    }
}
