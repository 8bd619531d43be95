//! Rooms that are replaced by others: what is known of them, and what is done when the bot has got into the new one.

use std::collections::BTreeMap;

use hearth_practices::{MessageRef, Outgoing, RoomId, Target, UserId};
use jiff::{SignedDuration, Timestamp};
use tracing::error;

use super::{Core, RunError};
use crate::{
    engine::UnitOfWork,
    store::{Closed, Due, OutboxItem, Store, StoreError},
};

/// How long what is to be sent waits for the bot to get into the room that replaced its own.
const HELD_FOR: SignedDuration = SignedDuration::from_hours(24);

/// How often it is looked at meanwhile.
const LOOK_AGAIN: SignedDuration = SignedDuration::from_secs(30);

/// Until when something waits that is to be sent to a room which was replaced, while the bot is not in the new one.
pub(super) fn held(
    closed: &BTreeMap<RoomId, Closed>,
    store: &Store,
    due: &Due,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    if closed.is_empty() {
        return Ok(None);
    }
    let lane = due.lane.rsplit_once(' ').map_or(due.lane.as_str(), |(_, room)| room);
    let room = match &due.item {
        OutboxItem::Send(outgoing) => match outgoing.target() {
            Target::Own(key) => store.message(&due.community, &due.practice, key)?.map(|posted| posted.room),
            Target::ReactionTo { room, .. } | Target::RemovalOf { room, .. } => Some(room.clone()),
            Target::Room(_) | Target::Person(_) | Target::Thread(_) | Target::Leads => Some(RoomId::from(lane)),
        },
        OutboxItem::Attachment { .. } | OutboxItem::LeaveDirect { .. } | OutboxItem::LeaveDeserted { .. } => {
            Some(RoomId::from(lane))
        }
        OutboxItem::Ask(_) | OutboxItem::ForgetDirect { .. } | OutboxItem::Destroyed => None,
    };
    let Some(closed) = room.and_then(|room| closed.get(&room)) else { return Ok(None) };
    Ok((now.duration_since(closed.at) < HELD_FOR).then(|| now.saturating_add(LOOK_AGAIN).unwrap_or(now)))
}

impl Core {
    /// A room of a community was replaced by one in which the bot is. Gives whether that is news.
    ///
    /// # Errors
    /// [`RunError`].
    pub fn move_room(
        &mut self,
        from: &RoomId,
        to: &RoomId,
        at: Timestamp,
        now: Timestamp,
        unit: &mut UnitOfWork,
    ) -> Result<bool, RunError> {
        let Some((_, community)) = self.engine.community_of(from) else { return Ok(false) };
        let messages = self.store.messages_in(community, from)?;
        let before = unit.commit.moved.len();
        self.engine.move_room(from, to, messages, at, now, unit);
        self.closed.remove(from);
        if self.unmet.remove(from) {
            unit.commit.met.push(from.clone());
        }
        Ok(unit.commit.moved.len() > before)
    }

    /// A room of a community was replaced by one in which the bot is not (yet).
    pub fn note_closed(&mut self, room: &RoomId, to: &RoomId, at: Timestamp, unit: &mut UnitOfWork) {
        if self.closed.get(room).is_some_and(|closed| closed.to == *to) {
            return;
        }
        self.engine.close(room, at);
        let closed = Closed { to: to.clone(), at, told: false };
        unit.commit.closed.push((room.clone(), Some(closed.clone())));
        self.closed.insert(room.clone(), closed);
    }

    /// The rooms that were replaced by others in which the bot is not yet: the old one, and what is known.
    pub fn closed(&self) -> impl Iterator<Item = (&RoomId, &Closed)> {
        self.closed.iter()
    }

    /// The bot was refused in the room that replaced one. Leads are told once, or else whoever did it.
    pub fn cannot_follow(&mut self, room: &RoomId, by: &UserId, now: Timestamp, unit: &mut UnitOfWork) {
        let Some(closed) = self.closed.get_mut(room).filter(|closed| !closed.told) else { return };
        closed.told = true;
        unit.commit.closed.push((room.clone(), Some(closed.clone())));
        let to = closed.to.clone();
        self.engine.cannot_follow(room, &to, by, now, unit);
    }

    /// Somebody's direct room was replaced: from now on they have none, or the one that comes next.
    pub fn drop_closed_direct(&mut self, person: &UserId) {
        let closed = self.store.direct(person).ok().flatten().filter(|room| self.engine.is_closed(room));
        if closed.is_some()
            && let Err(error) = self.store.forget_direct(person)
        {
            error!("a direct room that was replaced could not be given up: {error}");
        }
    }

    /// A poll that lies in a room which was replaced cannot be ended there. It is over all the same, and counted.
    pub(super) fn end_left_behind(&mut self, now: Timestamp, unit: &mut UnitOfWork) -> Result<(), RunError> {
        let mut ended = Vec::new();
        for new in &unit.commit.items {
            let OutboxItem::Send(Outgoing::EndPoll { key, .. }) = &new.item else { continue };
            let Some(poll) = self.store.message(&new.community, &new.practice, key)? else { continue };
            let Some(room) = self.engine.moved_to(&poll.room) else { continue };
            let reference = MessageRef { event: poll.event, key: Some(key.clone()) };
            ended.push((new.practice.clone(), room.clone(), reference));
        }
        for (practice, room, poll) in ended {
            self.engine.end_poll(&practice, &room, poll, now, now, unit);
        }
        Ok(())
    }

    /// Forgets that a room was replaced: the bot is no longer in it.
    pub(super) fn forget_closed(&mut self, room: &RoomId, unit: &mut UnitOfWork) {
        if self.closed.remove(room).is_some() {
            unit.commit.closed.push((room.clone(), None));
        }
    }
}
