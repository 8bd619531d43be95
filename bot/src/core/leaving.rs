//! Who has gone for good. Whoever leaves a room of a community and is seen in none for three months is new when they come
//! back: practices forget that they knew them, and the bot leaves their direct room. It leaves that of a guest, who wrote
//! to it and has come to no community in that time, too, and rooms that are nobody's once it is alone in them.

use std::collections::{BTreeMap, BTreeSet};

use hearth_practices::{Event, RoomId, UserId};
use jiff::Timestamp;

use super::{Core, RunError};
use crate::{
    engine::{CommunityNumber, UnitOfWork},
    store::{OutboxItem, PersonIn, StoreError, prune},
};

/// The community of those who have a direct room and are in none: no name is empty.
const NONE: &str = "";

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
        self.part(&forgotten, now)?;
        self.leave_deserted(now)
    }

    /// The bot leaves rooms that are nobody's and in which it is alone: nobody can be served there. So it leaves the direct
    /// room of whoever asked to be forgotten, and then went.
    pub(super) fn leave_if_deserted(&self, room: &RoomId, unit: &mut UnitOfWork) -> Result<(), StoreError> {
        // Its person can be asked back into the one direct room that they have.
        if self.engine.is_deserted(room) && !self.store.is_direct(room)? {
            let item = OutboxItem::LeaveDeserted { room: room.clone() };
            unit.commit.items.push(self.own_item(None, format!("leave.{room}.deserted"), item));
        }
        Ok(())
    }

    fn leave_deserted(&mut self, now: Timestamp) -> Result<(), RunError> {
        let mut unit = UnitOfWork::default();
        for (room, _) in self.store.rooms()? {
            self.leave_if_deserted(&room, &mut unit)?;
        }
        if !unit.commit.is_empty() {
            self.finish(unit, now)?;
        }
        Ok(())
    }

    /// Notes whom practices remember and who is in no room, though nobody saw them leave: an older Hearth did not look. So
    /// it notes guests.
    fn miss(&mut self, now: Timestamp) -> Result<(), RunError> {
        let mut unit = UnitOfWork::default();
        let communities: Vec<(CommunityNumber, String)> =
            self.engine.communities().map(|(number, served)| (number, served.name.to_owned())).collect();
        for (number, name) in communities {
            if !self.knows_everybody(number)? {
                continue;
            }
            for who in self.engine.remembered(number) {
                let member: PersonIn = (name.clone(), who);
                if !self.engine.remembers(number, &member.1) && self.gone.insert(member.clone()) {
                    unit.commit.gone.push(member);
                }
            }
        }
        for who in self.guests(self.store.have_direct()?)? {
            let member: PersonIn = (NONE.to_owned(), who);
            if self.gone.insert(member.clone()) {
                unit.commit.gone.push(member);
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
        let mut strangers = Vec::new();
        for (community, who) in self.store.gone_for_good(now)? {
            if community == NONE {
                strangers.push(who);
            } else if let Some(number) = self.engine.number_of(&community)
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
                let member: PersonIn = (name.clone(), who.clone());
                self.gone.remove(&member);
                unit.commit.back.push(member);
                if self.engine.remembers(number, &who) {
                    continue;
                }
                let id = format!("gone.{who}.{}", now.as_millisecond());
                self.engine.inform(&name, None, &Event::Gone { who: who.clone() }, &id, now, &mut unit);
                if self.is_elsewhere(Some(number), &who)? {
                    continue;
                }
                self.engine.forget_person(&who, &mut unit);
                self.leave_direct_of(Some(number), &who)?;
            }
        }
        for who in self.guests(strangers)? {
            self.engine.forget_person(&who, &mut unit);
            self.leave_direct_of(None, &who)?;
            let guest: PersonIn = (NONE.to_owned(), who);
            self.gone.remove(&guest);
            unit.commit.back.push(guest);
        }
        if !unit.commit.is_empty() {
            self.finish(unit, now)?;
        }
        Ok(())
    }

    /// Who of some people is a guest: in no community, with none behind them that they left within the time in which they
    /// are no strangers there, and nobody to whom the operator has the bot write. Where it is not known of every room who
    /// is there, nobody is.
    fn guests(&self, some: impl IntoIterator<Item = UserId>) -> Result<Vec<UserId>, RunError> {
        for (number, _) in self.engine.communities() {
            if !self.knows_everybody(number)? {
                return Ok(Vec::new());
            }
        }
        let belongs = |who: &UserId| {
            self.engine.communities().any(|(number, served)| {
                self.engine.remembers(number, who) || self.gone.contains(&(served.name.to_owned(), who.clone()))
            })
        };
        let is_named = |who: &UserId| self.config.leads.iter().any(|lead| lead == who.as_str());
        Ok(some.into_iter().filter(|who| !belongs(who) && !is_named(who)).collect())
    }

    /// Somebody was seen in a community: they are a guest no more.
    pub(super) fn is_no_guest(&mut self, who: &UserId, unit: &mut UnitOfWork) {
        let guest: PersonIn = (NONE.to_owned(), who.clone());
        if self.gone.remove(&guest) {
            unit.commit.back.push(guest);
        }
    }

    /// Whether somebody is, or may be, in a community other than this one.
    fn is_elsewhere(&self, number: Option<CommunityNumber>, who: &UserId) -> Result<bool, RunError> {
        for (other, _) in self.engine.communities().filter(|(other, _)| Some(*other) != number) {
            if self.engine.remembers(other, who) || !self.knows_everybody(other)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The bot leaves the direct room of somebody who is in none of its communities.
    fn leave_direct_of(&mut self, number: Option<CommunityNumber>, who: &UserId) -> Result<(), RunError> {
        let Some(room) = self.store.direct(who)? else { return Ok(()) };
        let item = OutboxItem::LeaveDirect { person: who.clone(), room: room.clone(), quietly: true };
        let leave = self.own_item(number, format!("leave.{room}.gone"), item);
        Ok(self.store.abandon_direct(who, &leave)?)
    }
}
