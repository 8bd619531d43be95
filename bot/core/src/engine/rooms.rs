//! The rooms that the bot is in, and whose they are.

use super::{CommunityNumber, Constituency, Engine, Membership};
use crate::{RoomId, UserId};

impl Engine {
    /// Says what a room is now: called when the bot learns of a room and when its name or size changes.
    pub fn set_room(&mut self, room: &RoomId, membership: Membership) {
        match (&membership.direct, self.number_of_room(room)) {
            // It may have been met before it was known to be one.
            (Some(_), _) => self.runtimes.iter_mut().for_each(|runtime| runtime.drop_room(room)),
            (None, Some(number)) => {
                let people = membership.people.map(|everybody| self.people_of(room, everybody));
                self.runtimes[number].set_room(room, &Membership { people, ..membership.clone() });
            }
            (None, None) => {}
        }
        self.rooms.insert(room.clone(), membership);
    }

    /// Which rooms of all communities are for announcements, and which are not.
    pub fn announcements(&self) -> impl Iterator<Item = (CommunityNumber, &RoomId, bool)> {
        self.communities().flat_map(|(number, served)| {
            let rooms = served.community.rooms.keys();
            rooms.map(move |room| (number, room, served.community.is_for_announcements(room)))
        })
    }

    /// Whether the bot knows itself to be in a room.
    pub fn knows(&self, room: &RoomId) -> bool {
        self.rooms.contains_key(room)
    }

    /// The person whose direct room this is.
    pub fn direct_person(&self, room: &RoomId) -> Option<UserId> {
        self.rooms.get(room)?.direct.clone()
    }

    /// Learns whose direct room a room is.
    pub fn set_direct(&mut self, room: &RoomId, person: &UserId) {
        self.rooms.entry(room.clone()).or_default().direct = Some(person.clone());
        self.runtimes.iter_mut().for_each(|runtime| runtime.drop_room(room));
    }

    /// The bot has left a room. Whose it is stays known: it may come back.
    pub fn drop_room(&mut self, room: &RoomId) {
        self.rooms.remove(room);
        self.closed.remove(room);
        self.bots.remove(room);
        for runtime in self.runtimes.iter_mut() {
            runtime.drop_room(room);
            runtime.members_mut().lose_sight(room);
        }
    }

    /// Whether a room is no community's and, as far as the bot knows, nobody is in it but itself.
    pub fn is_deserted(&self, room: &RoomId) -> bool {
        let is_empty = self.rooms.get(room).is_some_and(|membership| membership.people == Some(0));
        let is_replaced = self.is_closed(room) || self.moved.contains_key(room);
        is_empty && self.number_of_room(room).is_none() && !is_replaced
    }

    /// What a room is called, for the log.
    pub fn room_name(&self, room: &RoomId) -> Option<&str> {
        self.rooms.get(room).map(|membership| membership.name.as_str())
    }

    /// The communities that something said in a room may concern: the room's, or every one for a direct room.
    pub fn constituencies(&self, room: &RoomId) -> Vec<Constituency> {
        let numbers = match self.number_of_room(room) {
            Some(number) if !self.is_direct(room) => vec![number],
            // In a direct room, and in one that is no community's, it depends on who asks.
            _ => self.runtimes.numbers(),
        };
        let of = |number: CommunityNumber| {
            let runtime = &self.runtimes[number];
            Constituency { community: number, rooms: runtime.rooms(), led_from: runtime.led_from() }
        };
        numbers.into_iter().map(of).collect()
    }

    /// A room that the bot has left is nobody's any more.
    pub fn forget_room(&mut self, room: &RoomId) {
        self.adopted.remove(room);
        self.moved.remove(room);
        self.drop_room(room);
    }

    pub(super) fn is_direct(&self, room: &RoomId) -> bool {
        self.rooms.get(room).is_some_and(|membership| membership.direct.is_some())
    }

    /// The community of a room: the one that the operator lists it for, or the one that adopted it. A room that the bot
    /// was merely invited to is nobody's.
    pub(super) fn number_of_room(&self, room: &RoomId) -> Option<CommunityNumber> {
        let listed = self.runtimes.find(|runtime| runtime.lists(room));
        listed.or_else(|| self.adopted.get(room).copied())
    }
}
