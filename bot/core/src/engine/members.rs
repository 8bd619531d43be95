//! Who is in which room of a community: kept with whoever comes and goes, and compared with what the homeserver says.

use std::collections::BTreeSet;

use hearth_shared::activity::Kind;
use jiff::Timestamp;

use super::{CommunityNumber, Engine, UnitOfWork, apply::dispatch, cause::Cause, log::LogOp, runtime::Runtime};
use crate::{
    Event, Member, RoomId, UserId,
    incoming::{Incoming, What},
    members::{Difference, MemberChange},
};

impl Runtime {
    /// What stands for somebody who has asked to be forgotten.
    fn mark(&self, who: &UserId) -> String {
        self.hash(&format!("forgotten {who}"))
    }

    /// Somebody in its rooms asks to be forgotten.
    pub(super) fn forget_member(&mut self, who: &UserId, at: Timestamp, unit: &mut UnitOfWork) {
        let mark = self.mark(who);
        let changes = self.members_mut().forget(who, &mark, at);
        self.note(changes, unit);
    }

    /// Forgets who was in a room that is not its own any more.
    pub(super) fn drop_members(&mut self, room: &RoomId, unit: &mut UnitOfWork) {
        let changes = self.members_mut().drop_room(room);
        self.note(changes, unit);
    }

    fn note(&self, changes: Vec<MemberChange>, unit: &mut UnitOfWork) {
        unit.commit.members.extend(changes.into_iter().map(|change| (self.name.clone(), change)));
    }
}

impl Engine {
    /// Takes over who was in which room when that was last written down, by the community's name.
    pub fn recall_members(&mut self, rows: Vec<(String, MemberChange)>) {
        for (community, change) in rows {
            if let Some(number) = self.runtimes.named(&community) {
                self.runtimes[number].members_mut().recall(change);
            }
        }
    }

    /// Whether somebody is in a room of a community, as far as is remembered; of a room that the bot is not in, or that
    /// was replaced, whether they were.
    pub fn remembers(&self, number: CommunityNumber, who: &UserId) -> bool {
        let runtime = &self.runtimes[number];
        runtime.community().members.knows(who, &runtime.mark(who))
    }

    /// Whether it is known of a room of a community who is in it.
    pub fn has_read(&self, room: &RoomId) -> bool {
        self.number_of_room(room).is_none_or(|number| self.runtimes[number].community().members.is_whole(room))
    }

    /// Whoever practices of a community remember by name, in records that are not about what is kept of them.
    pub fn remembered(&self, number: CommunityNumber) -> BTreeSet<UserId> {
        self.runtimes[number].owners()
    }

    /// Whether somebody came or went before they asked to be forgotten, and that is told again: it was forgotten, too.
    pub(super) fn is_forgotten(&self, number: CommunityNumber, room: &RoomId, incoming: &Incoming) -> bool {
        let What::Member { who, .. } = &incoming.what else { return false };
        let runtime = &self.runtimes[number];
        let asked = runtime.community().members.forgotten_in(room, &runtime.mark(who));
        asked.is_some_and(|asked| incoming.at < asked)
    }

    /// Somebody joins a room, or leaves it.
    pub(super) fn see_member(
        &mut self,
        number: CommunityNumber,
        room: &RoomId,
        incoming: &Incoming,
        unit: &mut UnitOfWork,
    ) {
        let What::Member { who, joined, was_joined } = &incoming.what else { return };
        if *who == self.bot {
            return;
        }
        let mark = self.runtimes[number].mark(who);
        if !*joined {
            let changes = self.runtimes[number].members_mut().leave(room, who, &mark);
            return self.runtimes[number].note(changes, unit);
        }
        let was_there = *was_joined == Some(true);
        // A new name of somebody who has asked to be forgotten.
        if was_there && self.runtimes[number].community().members.forgotten_in(room, &mark).is_some() {
            return;
        }
        let member = Member { since: incoming.at, joined: !was_there };
        self.is_here(number, room, who, member, unit);
    }

    /// Somebody is in a room. Whoever comes along from the room that it replaced has been there for as long as in that one.
    fn is_here(&mut self, number: CommunityNumber, room: &RoomId, who: &UserId, member: Member, unit: &mut UnitOfWork) {
        let replaced: Vec<RoomId> =
            self.moved.iter().filter(|(_, (to, _))| to == room).map(|(from, _)| from.clone()).collect();
        let runtime = &mut self.runtimes[number];
        let mark = runtime.mark(who);
        let (mut before, mut changes) = (None, Vec::new());
        for from in replaced {
            if let Some(known) = runtime.community().members.get(&from, who) {
                before = Some(known);
                changes.extend(runtime.members_mut().leave(&from, who, &mark));
            }
        }
        changes.extend(runtime.members_mut().join(room, who, &mark, member, before));
        runtime.note(changes, unit);
    }

    /// These people, and nobody else, are in a room, but for `passed_over`, of whom later news was taken. Gives what is
    /// different from what was remembered.
    pub(super) fn meet_members(
        &mut self,
        number: CommunityNumber,
        room: &RoomId,
        people: &[UserId],
        passed_over: &BTreeSet<UserId>,
        now: Timestamp,
        unit: &mut UnitOfWork,
    ) -> Difference {
        let runtime = &self.runtimes[number];
        let people: Vec<UserId> = people.iter().filter(|who| **who != self.bot).cloned().collect();
        let mut found = runtime.community().members.differs(room, &people, |who| runtime.mark(who));
        found.came.retain(|who| !passed_over.contains(who));
        found.left.retain(|who| !passed_over.contains(who));
        if self.is_closed(room) {
            // Whoever is not here any more has moved on before the bot did.
            found.left.clear();
        }
        for who in &found.came {
            self.is_here(number, room, who, Member { since: now, joined: false }, unit);
        }
        let runtime = &mut self.runtimes[number];
        for who in &found.left {
            let mark = runtime.mark(who);
            let changes = runtime.members_mut().leave(room, who, &mark);
            runtime.note(changes, unit);
        }
        let changes = runtime.members_mut().complete(room);
        runtime.note(changes, unit);
        found
    }

    /// What the homeserver says of who is in a room. Whoever has left it without a word has left it now; whoever has come
    /// was there, and is nobody's newcomer.
    pub fn compare(
        &mut self,
        room: &RoomId,
        people: &[UserId],
        passed_over: &BTreeSet<UserId>,
        now: Timestamp,
        unit: &mut UnitOfWork,
    ) {
        // An answer without the bot in it is about another time; who comes and goes in a room that was replaced says nothing.
        let says_something = people.contains(&self.bot) && !self.is_closed(room);
        let Some(number) = self.community_in(room).filter(|_| says_something) else { return };
        let found = self.meet_members(number, room, people, passed_over, now, unit);
        let came = if found.first { Vec::new() } else { found.came };
        if came.is_empty() && found.left.is_empty() {
            return;
        }
        self.sort(room, people, &[], unit);
        let at = now.as_millisecond();
        for who in &found.left {
            let left = LogOp::act(format!("left.{room}.{who}.{at}"), who, Some(room), Kind::Leave, now).if_there();
            unit.log.push((number, left.by_bot(self.is_bot(number, who))));
        }
        self.tell_left(number, room, &found.left, now, unit);
        for who in &came {
            let join =
                LogOp::act(format!("present.{room}.{who}.{at}"), who, Some(room), Kind::Join, now).unless_there();
            unit.log.push((number, join.by_bot(self.is_bot(number, who))));
        }
        let who: Vec<UserId> = came.into_iter().filter(|who| !self.is_bot(number, who)).collect();
        if !who.is_empty() {
            let id = format!("came.{room}.{at}");
            let event = Event::Present { who, room: room.clone() };
            dispatch(&mut self.runtimes[number], None, &event, &Cause::new(&id, now, now), unit);
        }
    }

    /// Tells practices who has left a room while nobody saw it.
    pub(super) fn tell_left(
        &mut self,
        number: CommunityNumber,
        room: &RoomId,
        left: &[UserId],
        now: Timestamp,
        unit: &mut UnitOfWork,
    ) {
        for who in left {
            let id = format!("left.{room}.{who}.{}", now.as_millisecond());
            let event = Event::Left { by: who.clone(), room: room.clone() };
            dispatch(&mut self.runtimes[number], None, &event, &Cause::new(&id, now, now), unit);
        }
    }

    /// Forgets who was in a room.
    pub fn forget_members(&mut self, room: &RoomId, unit: &mut UnitOfWork) {
        self.runtimes.iter_mut().for_each(|runtime| runtime.drop_members(room, unit));
    }

    /// The rooms of a community in which somebody is, by name, and since when: for their own eyes.
    pub fn rooms_about(&self, number: CommunityNumber, who: &UserId) -> serde_json::Value {
        let community = self.runtimes[number].community();
        let rooms = community.rooms.iter().filter_map(|(room, known)| {
            let member = community.members.get(room, who)?;
            Some(serde_json::json!({"room": known.name, "since": member.since.to_string(), "joined": member.joined}))
        });
        rooms.collect()
    }
}
