//! Who has gone for good. Whoever leaves a room of a community and is seen in none for three months is new when they come
//! back: practices forget that they knew them, and the bot leaves their direct room.

use std::collections::{BTreeMap, BTreeSet};

use hearth_practices::{Event, RoomId, UserId};
use jiff::Timestamp;

use super::{Core, RunError};
use crate::{
    engine::{CommunityNumber, UnitOfWork},
    store::{Member, OutboxItem, prune},
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
        self.miss(now)?;
        self.part(&forgotten, now)
    }

    /// Notes whom practices remember and who is in no room, though nobody saw them leave: an older Hearth did not look.
    fn miss(&mut self, now: Timestamp) -> Result<(), RunError> {
        let mut unit = UnitOfWork::default();
        let communities: Vec<(CommunityNumber, String)> =
            self.engine.communities().map(|(number, served)| (number, served.name.to_owned())).collect();
        for (number, name) in communities {
            if !self.knows_everybody(number)? {
                continue;
            }
            for who in self.engine.remembered(number) {
                let member: Member = (name.clone(), who);
                if !self.engine.remembers(number, &member.1) && self.gone.insert(member.clone()) {
                    unit.commit.gone.push(member);
                }
            }
        }
        if unit.commit.gone.is_empty() {
            return Ok(());
        }
        unit.commit.at = now;
        Ok(self.store.commit(&unit.commit)?)
    }

    /// Forgets whoever is away for good, and these rooms. Where it is not known of every room who is there, nobody is away.
    fn part(&mut self, rooms: &[RoomId], now: Timestamp) -> Result<(), RunError> {
        let config = self.config.clone();
        let mut all: BTreeMap<CommunityNumber, Vec<UserId>> = BTreeMap::new();
        for (community, who) in self.store.gone_for_good(now)? {
            if let Some(number) = self.engine.number_of(&community)
                && self.knows_everybody(number)?
            {
                all.entry(number).or_default().push(who);
            }
        }
        let mut unit = UnitOfWork::default();
        for room in self.store.past_rosters(now)?.iter().chain(rooms) {
            self.engine.forget_members(room, &mut unit);
        }
        for room in rooms {
            self.engine.forget_room(room);
            for community in &config.communities {
                let id = format!("gone.{room}.{}", now.as_millisecond());
                let event = Event::RoomGone { room: room.clone() };
                self.engine.inform(&community.name, None, &event, &id, now, &mut unit);
            }
        }
        for (number, people) in all {
            let Some(name) = self.engine.community(number).map(|served| served.name.to_owned()) else { continue };
            for who in people {
                let member: Member = (name.clone(), who.clone());
                self.gone.remove(&member);
                unit.commit.back.push(member);
                if self.engine.remembers(number, &who) {
                    continue;
                }
                let id = format!("gone.{who}.{}", now.as_millisecond());
                self.engine.inform(&name, None, &Event::Gone { who: who.clone() }, &id, now, &mut unit);
                if self.is_elsewhere(number, &who)? {
                    continue;
                }
                self.engine.forget_person(&who, &mut unit);
                self.leave_direct_of(number, &who)?;
            }
        }
        if !unit.commit.is_empty() {
            self.finish(unit, now)?;
        }
        Ok(())
    }

    /// Whether somebody is, or may be, in another community.
    fn is_elsewhere(&self, number: CommunityNumber, who: &UserId) -> Result<bool, RunError> {
        for (other, _) in self.engine.communities().filter(|(other, _)| *other != number) {
            if self.engine.remembers(other, who) || !self.knows_everybody(other)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The bot leaves the direct room of somebody who is in none of its communities.
    fn leave_direct_of(&mut self, number: CommunityNumber, who: &UserId) -> Result<(), RunError> {
        let Some(room) = self.store.direct(who)? else { return Ok(()) };
        let item = OutboxItem::LeaveDirect { person: who.clone(), room: room.clone(), quietly: true };
        let leave = self.own_item(Some(number), format!("leave.{room}.gone"), item);
        Ok(self.store.abandon_direct(who, &leave)?)
    }
}
