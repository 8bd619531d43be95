//! Who has gone for good. Whoever leaves a room of a community and is seen in none for three months is new when they come
//! back: practices forget that they knew them, and the bot leaves their direct room.

use std::collections::{BTreeMap, BTreeSet};

use hearth_practices::{Event, RoomId, UserId};
use jiff::Timestamp;

use super::{Core, RunError};
use crate::{
    engine::{CommunityNumber, Step},
    incoming::{Incoming, What},
    store::{Member, Parcel, prune},
};

impl Core {
    /// Takes out of the store what is past its time.
    pub(super) fn prune(&mut self, now: Timestamp) -> Result<(), RunError> {
        self.next_prune = now.saturating_add(prune::EVERY).unwrap_or(Timestamp::MAX);
        let engine = &self.engine;
        self.store.prune(now, |community, practice, name| engine.needs(community, practice, name))?;
        let listed = |room: &RoomId| {
            let mut all = self.config.communities.iter().flat_map(|community| &community.rooms);
            all.any(|listed| listed == room.as_str())
        };
        let forgotten = self.store.prune_rooms(now, listed)?;
        let mut kept: BTreeSet<RoomId> = self.store.rooms()?.into_iter().map(|(room, _)| room).collect();
        kept.extend(self.store.adopted()?.into_iter().map(|(room, _)| room));
        self.log.prune_backfill(&kept)?;
        self.part(&forgotten, now)
    }

    /// Notes that somebody has left a room of a community, or does something there again.
    pub(super) fn note_presence(&mut self, room: &RoomId, incoming: &Incoming, step: &mut Step) {
        let left = match &incoming.what {
            What::Member { who, joined: false, .. } => Some(who),
            _ => None,
        };
        if left.is_none() && self.gone.is_empty() {
            return;
        }
        let who = match &incoming.what {
            What::Member { who, .. } => who,
            _ => &incoming.sender,
        };
        let Some((_, name)) = self.engine.community_of(room).filter(|_| who.as_str() != self.config.user) else {
            return;
        };
        let member = (name.to_owned(), who.clone());
        if left.is_some() {
            self.gone.insert(member.clone());
            step.commit.gone.push(member);
        } else if self.gone.remove(&member) {
            step.commit.back.push(member);
        }
    }

    /// Forgets whoever is away for good, and these rooms. The log has the last word: somebody may have been in another room all the time,
    /// without a word.
    fn part(&mut self, rooms: &[RoomId], now: Timestamp) -> Result<(), RunError> {
        let config = self.config.clone();
        let mut all: BTreeMap<CommunityNumber, Vec<UserId>> = BTreeMap::new();
        for (community, who) in self.store.gone_for_good(now)? {
            if let Some(number) = self.engine.number_of(&community) {
                all.entry(number).or_default().push(who);
            }
        }
        let mut step = Step::default();
        for room in rooms {
            self.engine.forget_room(room);
            for community in &config.communities {
                let id = format!("gone.{room}.{}", now.as_millisecond());
                let event = Event::RoomGone { room: room.clone() };
                self.engine.inform(&community.name, None, &event, &id, now, &mut step);
            }
        }
        for (number, people) in all {
            let Some(name) = self.engine.community(number).map(|served| served.name.to_owned()) else { continue };
            let inside = self.log.inside_any(number, &people)?;
            for who in people {
                let member: Member = (name.clone(), who.clone());
                self.gone.remove(&member);
                step.commit.back.push(member);
                if inside.contains(&who) {
                    continue;
                }
                let id = format!("gone.{who}.{}", now.as_millisecond());
                self.engine.inform(&name, None, &Event::Gone { who: who.clone() }, &id, now, &mut step);
                self.leave_direct_of(number, &who)?;
            }
        }
        if !step.commit.is_empty() {
            self.finish(step, now)?;
        }
        Ok(())
    }

    /// The bot leaves the direct room of somebody who is in none of its communities.
    fn leave_direct_of(&mut self, number: CommunityNumber, who: &UserId) -> Result<(), RunError> {
        let Some(room) = self.store.direct(who)? else { return Ok(()) };
        for (other, _) in self.engine.communities().filter(|(other, _)| *other != number) {
            if !self.log.inside_any(other, std::slice::from_ref(who))?.is_empty() {
                return Ok(());
            }
        }
        let parcel = Parcel::LeaveDirect { person: who.clone(), room: room.clone(), quietly: true };
        let leave = self.own_parcel(Some(number), format!("leave.{room}.gone"), parcel);
        Ok(self.store.abandon_direct(who, &leave)?)
    }
}
