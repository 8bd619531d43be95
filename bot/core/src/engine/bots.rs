//! Who is no person: bots, bridges' puppets and relays. Practices hear nothing of them, nothing is sent to them, and the
//! log marks what they do.

use std::collections::BTreeSet;

use hearth_shared::bots::Pattern;

use super::{CommunityNumber, Engine, UnitOfWork, log::LogOp};
use crate::{
    RoomId, UserId,
    incoming::{Incoming, What},
};

/// Whose act an event is, where practices hear of it only if that is a person. Who leaves, what is removed and what
/// ends concerns people, whoever did it.
pub(super) fn actor(incoming: &Incoming) -> Option<&UserId> {
    match &incoming.what {
        What::Message(_)
        | What::Edit { .. }
        | What::Reaction { .. }
        | What::PollStart(_)
        | What::PollEdit { .. }
        | What::PollVote { .. } => Some(&incoming.sender),
        What::Member { who, joined: true, .. } => Some(who),
        What::Member { .. }
        | What::Redaction { .. }
        | What::PollEnd { .. }
        | What::Encrypted(_)
        | What::Bridge
        | What::Other => None,
    }
}

impl Engine {
    /// Whether somebody is no person in a community.
    pub(super) fn is_bot(&self, number: CommunityNumber, who: &UserId) -> bool {
        self.runtimes[number].community().is_bot(who)
    }

    /// The communities in which who is no person can be told by their ids, each with the patterns that count.
    pub fn with_bots(&self) -> Vec<(CommunityNumber, Vec<Pattern>)> {
        let patterns = self.runtimes.iter().map(|runtime| (runtime.number, runtime.community().bots.clone()));
        patterns.filter(|(_, patterns)| !patterns.is_empty()).collect()
    }

    /// The rooms of a community.
    pub fn rooms_of(&self, number: CommunityNumber) -> Vec<RoomId> {
        self.runtimes[number].rooms()
    }

    /// Sorts those who are in a room anew, after what says who is a bot has changed from `before`: those who are one are
    /// counted nowhere, and those who were taken for one by mistake are people again.
    pub fn sort(&mut self, room: &RoomId, people: &[UserId], before: &[Pattern], unit: &mut UnitOfWork) {
        let Some(number) = self.community_in(room) else { return };
        let (mut bots, mut log) = (BTreeSet::new(), Vec::new());
        for who in people.iter().filter(|who| **who != self.bot) {
            let is_bot = self.is_bot(number, who);
            if is_bot || before.iter().any(|pattern| pattern.fits(who.as_str())) {
                log.push((number, LogOp::Bot(who.clone(), is_bot)));
            }
            if is_bot {
                bots.insert(who.clone());
            }
        }
        unit.log.extend(log);
        self.bots.insert(room.clone(), bots);
        self.count_people(room);
    }

    /// A bridge says of itself that it is one. Nobody can say it of somebody else.
    pub fn meet_bridge(&mut self, room: &RoomId, bridge: &UserId, unit: &mut UnitOfWork) {
        let Some(number) = self.community_in(room).filter(|_| *bridge != self.bot) else { return };
        if self.runtimes[number].add_bridge(bridge) {
            unit.log.push((number, LogOp::Bot(bridge.clone(), true)));
        }
        self.bots.entry(room.clone()).or_default().insert(bridge.clone());
        self.count_people(room);
    }

    /// Keeps count of the bots in a room.
    pub(super) fn see_bot(&mut self, room: &RoomId, incoming: &Incoming) {
        let What::Member { who, joined, .. } = &incoming.what else { return };
        let is_bot = self.number_of_room(room).is_some_and(|number| self.is_bot(number, who));
        let inside = self.bots.entry(room.clone()).or_default();
        let changed = if is_bot && *joined { inside.insert(who.clone()) } else { inside.remove(who) };
        if changed {
            self.count_people(room);
        }
    }

    /// How many people are in a room, bots not counted.
    pub(super) fn people_of(&self, room: &RoomId, everybody: u64) -> u64 {
        let bots = self.bots.get(room).map_or(0, BTreeSet::len);
        everybody.saturating_sub(u64::try_from(bots).unwrap_or(u64::MAX))
    }

    fn count_people(&mut self, room: &RoomId) {
        if let Some(membership) = self.rooms.get(room).cloned() {
            self.set_room(room, membership);
        }
    }
}
