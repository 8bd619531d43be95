//! Rooms that the bot makes, and whom it invites.

use hearth_practices::{RoomId, UserId};

use super::homeserver::{Standing, World};
use crate::{
    engine::Entry,
    sending::{Class, Refusal, Refused},
};

impl World {
    /// The bot makes a room for somebody, and invites nobody yet: a sync may come in between.
    pub(super) fn create(&mut self, person: &UserId) -> Result<RoomId, Refused> {
        self.limit(Class::Room, "rooms", 0.016, 10.0)?;
        self.count += 1;
        let id = self.make_room(&format!("made{}", self.count), Entry::Closed, None);
        let bot = self.bot.clone();
        if let Some(room) = self.rooms.get_mut(&id) {
            room.powers.insert(bot.clone(), 100);
            room.powers.insert(person.clone(), 100);
            room.mark = Some(person.clone());
        }
        self.stand(&bot, &id, Standing::Joined, &bot);
        Ok(id)
    }

    /// The bot invites somebody.
    pub(super) fn invite(&mut self, room: &RoomId, person: &UserId) -> Result<(), Refused> {
        if !self.is_in(&self.bot, room) {
            let refusal = Refusal::of(403, Some("M_FORBIDDEN"), None);
            return Err(Refused::new(refusal, Class::Invitation, "403 M_FORBIDDEN"));
        }
        self.limit(Class::Invitation, &format!("invites {room}"), 0.3, 10.0)?;
        self.limit(Class::Invitation, &format!("invited {person}"), 0.003, 5.0)?;
        let bot = self.bot.clone();
        self.stand(person, room, Standing::Invited, &bot);
        Ok(())
    }
}
