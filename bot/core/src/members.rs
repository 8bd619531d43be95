//! Who is in which room of a community, and since when, as far as the bot remembers. It says whom to ask, and never what
//! somebody may do: that is read from the rooms' state when it matters.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::id::{RoomId, UserId};

/// Somebody in a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// When they joined; where that was not seen, when the bot found them there.
    pub since: Timestamp,
    /// Whether it was seen that they joined. Whoever was found there is nobody's newcomer.
    pub joined: bool,
}

/// Who is in each room. What is remembered of a room that the bot is not in, or that was replaced, stays for a while: who
/// was there may come back with it.
#[derive(Clone, Debug, Default)]
pub struct Members {
    rooms: BTreeMap<RoomId, Roster>,
}

/// Who is in one room.
#[derive(Clone, Debug, Default)]
struct Roster {
    people: BTreeMap<UserId, Member>,
    /// Keyed hashes of those who are there and have asked to be forgotten, and when: until they join again they are nobody.
    forgotten: BTreeMap<String, Timestamp>,
    /// Whether it is known that nobody else is there.
    whole: bool,
}

/// One change of what is remembered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MemberChange {
    /// Somebody is in a room.
    Here(RoomId, UserId, Member),
    /// Somebody is not in a room, or never was.
    Away(RoomId, UserId),
    /// Somebody who is in a room has asked to be forgotten: what stands for them, and when.
    Forgotten(RoomId, String, Timestamp),
    /// Whom this stands for is not in a room, or is known there again.
    Unmarked(RoomId, String),
    /// Everybody who is in a room is known.
    Whole(RoomId),
    /// Nothing is remembered of a room.
    Dropped(RoomId),
}

/// How what is remembered of a room differs from what a homeserver says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Who is there and was not.
    pub came: Vec<UserId>,
    /// Who was there and is not.
    pub left: Vec<UserId>,
    /// What was not known before: this room was read for the first time.
    pub first: bool,
}

impl Members {
    /// Whether somebody is in a room.
    pub fn is_in(&self, room: &RoomId, who: &UserId) -> bool {
        self.get(room, who).is_some()
    }

    /// What is known of somebody in a room.
    pub fn get(&self, room: &RoomId, who: &UserId) -> Option<Member> {
        self.rooms.get(room)?.people.get(who).copied()
    }

    /// Everybody in a room.
    pub fn of(&self, room: &RoomId) -> impl Iterator<Item = (&UserId, Member)> {
        self.rooms.get(room).into_iter().flat_map(|roster| &roster.people).map(|(who, member)| (who, *member))
    }

    /// Whether it is known that nobody else is in a room.
    pub fn is_whole(&self, room: &RoomId) -> bool {
        self.rooms.get(room).is_some_and(|roster| roster.whole)
    }

    /// Whether somebody, or what stands for them, is in any room.
    pub fn knows(&self, who: &UserId, mark: &str) -> bool {
        self.rooms.values().any(|roster| roster.people.contains_key(who) || roster.forgotten.contains_key(mark))
    }

    /// Somebody joins a room. Whoever is there has only changed their name. `before` is what is known of them in the room
    /// that this one replaced.
    pub fn join(
        &mut self,
        room: &RoomId,
        who: &UserId,
        mark: &str,
        member: Member,
        before: Option<Member>,
    ) -> Vec<MemberChange> {
        let roster = self.rooms.entry(room.clone()).or_default();
        if roster.people.contains_key(who) {
            return Vec::new();
        }
        let member = before.unwrap_or(member);
        roster.people.insert(who.clone(), member);
        let mut changes = vec![MemberChange::Here(room.clone(), who.clone(), member)];
        if roster.forgotten.remove(mark).is_some() {
            changes.push(MemberChange::Unmarked(room.clone(), mark.to_owned()));
        }
        changes
    }

    /// Somebody leaves a room. In one of which not everybody is known, whoever leaves has been there.
    pub fn leave(&mut self, room: &RoomId, who: &UserId, mark: &str) -> Vec<MemberChange> {
        let roster = self.rooms.entry(room.clone()).or_default();
        let was_known = roster.people.remove(who).is_some();
        let mut changes = Vec::new();
        if roster.forgotten.remove(mark).is_some() {
            changes.push(MemberChange::Unmarked(room.clone(), mark.to_owned()));
        }
        if was_known || !changes.is_empty() || !roster.whole {
            changes.push(MemberChange::Away(room.clone(), who.clone()));
        }
        changes
    }

    /// When somebody who is in a room has asked to be forgotten. What they did before went with it, and is not learned
    /// anew where it is told again.
    pub fn forgotten_in(&self, room: &RoomId, mark: &str) -> Option<Timestamp> {
        self.rooms.get(room)?.forgotten.get(mark).copied()
    }

    /// How a room differs from what the homeserver says of it. `mark` gives what stands for somebody who has asked to be
    /// forgotten: they are not met again.
    pub fn differs(&self, room: &RoomId, people: &[UserId], mark: impl Fn(&UserId) -> String) -> Difference {
        let nothing = Roster::default();
        let roster = self.rooms.get(room).unwrap_or(&nothing);
        let here: BTreeSet<&UserId> = people.iter().collect();
        let is_forgotten = |who: &UserId| !roster.forgotten.is_empty() && roster.forgotten.contains_key(&mark(who));
        let came = here.iter().filter(|who| !roster.people.contains_key(**who) && !is_forgotten(who));
        let left = roster.people.keys().filter(|who| !here.contains(who));
        Difference {
            came: came.map(|who| (*who).clone()).collect(),
            left: left.cloned().collect(),
            first: !roster.whole,
        }
    }

    /// Everybody who is in a room is known.
    pub fn complete(&mut self, room: &RoomId) -> Vec<MemberChange> {
        let roster = self.rooms.entry(room.clone()).or_default();
        let is_news = !std::mem::replace(&mut roster.whole, true);
        is_news.then(|| MemberChange::Whole(room.clone())).into_iter().collect()
    }

    /// The bot is in a room no longer: who comes and goes there, it does not learn.
    pub fn lose_sight(&mut self, room: &RoomId) {
        if let Some(roster) = self.rooms.get_mut(room) {
            roster.whole = false;
        }
    }

    /// Nothing is remembered of a room any more.
    pub fn drop_room(&mut self, room: &RoomId) -> Vec<MemberChange> {
        let Some(roster) = self.rooms.remove(room) else { return Vec::new() };
        let away = roster.people.into_keys().map(|who| MemberChange::Away(room.clone(), who));
        away.chain([MemberChange::Dropped(room.clone())]).collect()
    }

    /// Somebody asks to be forgotten. They are still where they are, and are not met there as if they were new.
    pub fn forget(&mut self, who: &UserId, mark: &str, at: Timestamp) -> Vec<MemberChange> {
        let mut changes = Vec::new();
        for (room, roster) in &mut self.rooms {
            if roster.people.remove(who).is_some() {
                roster.forgotten.insert(mark.to_owned(), at);
                changes.push(MemberChange::Away(room.clone(), who.clone()));
                changes.push(MemberChange::Forgotten(room.clone(), mark.to_owned(), at));
            }
        }
        changes
    }

    /// Takes over what was written down.
    pub fn recall(&mut self, change: MemberChange) {
        match change {
            MemberChange::Here(room, who, member) => {
                self.rooms.entry(room).or_default().people.insert(who, member);
            }
            MemberChange::Away(room, who) => drop(self.rooms.entry(room).or_default().people.remove(&who)),
            MemberChange::Forgotten(room, mark, at) => {
                self.rooms.entry(room).or_default().forgotten.insert(mark, at);
            }
            MemberChange::Unmarked(room, mark) => {
                self.rooms.entry(room).or_default().forgotten.remove(&mark);
            }
            MemberChange::Whole(room) => self.rooms.entry(room).or_default().whole = true,
            MemberChange::Dropped(room) => drop(self.rooms.remove(&room)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn user(number: u8) -> UserId {
        UserId::from(format!("@p{number}:t"))
    }

    fn room(number: u8) -> RoomId {
        RoomId::from(format!("!r{number}:t"))
    }

    fn mark(who: &UserId) -> String {
        format!("mark {}", who.localpart())
    }

    fn joins(members: &mut Members, room: &RoomId, who: &UserId, second: i64) -> Vec<MemberChange> {
        members.join(room, who, &mark(who), Member { since: at(second), joined: true }, None)
    }

    #[test]
    fn whoever_changes_their_name_is_there_for_as_long_as_before() {
        let mut members = Members::default();
        joins(&mut members, &room(0), &user(1), 0);
        assert!(joins(&mut members, &room(0), &user(1), 9).is_empty());
        assert_eq!(members.get(&room(0), &user(1)), Some(Member { since: at(0), joined: true }));
    }

    #[test]
    fn whoever_asked_to_be_forgotten_is_not_met_again_until_they_join_again() {
        let (mut members, ana) = (Members::default(), user(1));
        joins(&mut members, &room(0), &ana, 0);
        members.complete(&room(0));
        let forgotten = members.forget(&ana, &mark(&ana), at(5));
        let expected = [MemberChange::Away(room(0), ana.clone()), MemberChange::Forgotten(room(0), mark(&ana), at(5))];
        assert_eq!(forgotten, expected);
        assert!(!members.is_in(&room(0), &ana) && members.knows(&ana, &mark(&ana)));
        assert_eq!(members.differs(&room(0), std::slice::from_ref(&ana), mark), Difference::default());
        members.leave(&room(0), &ana, &mark(&ana));
        assert!(!members.knows(&ana, &mark(&ana)));
        joins(&mut members, &room(0), &ana, 9);
        assert!(members.is_in(&room(0), &ana));
    }

    #[test]
    fn what_a_room_says_of_itself_is_told_from_what_was_remembered() {
        let mut members = Members::default();
        joins(&mut members, &room(0), &user(1), 0);
        joins(&mut members, &room(0), &user(2), 0);
        let found = members.differs(&room(0), &[user(2), user(3)], mark);
        assert_eq!(found, Difference { came: vec![user(3)], left: vec![user(1)], first: true });
        members.complete(&room(0));
        assert!(!members.differs(&room(0), &[], mark).first);
    }

    proptest! {
        /// A storm of joins, leaves, forgetting and comparisons: what is written down, row by row, gives the same back, and
        /// says of each room who is there.
        #[test]
        fn after_a_storm_of_coming_and_going_the_rows_say_who_is_there(
            acts in proptest::collection::vec((0u8..5, 0u8..3, 0u8..6), 0..80),
        ) {
            let (mut members, mut written) = (Members::default(), Members::default());
            let mut there: BTreeSet<(RoomId, UserId)> = BTreeSet::new();
            let mut nameless: BTreeSet<(RoomId, UserId)> = BTreeSet::new();
            for (second, (act, place, person)) in (0..).zip(acts) {
                let (room, who) = (room(place), user(person));
                let changes = match act {
                    0 | 1 => {
                        there.insert((room.clone(), who.clone()));
                        nameless.remove(&(room.clone(), who.clone()));
                        joins(&mut members, &room, &who, second)
                    }
                    2 => {
                        there.remove(&(room.clone(), who.clone()));
                        nameless.remove(&(room.clone(), who.clone()));
                        members.leave(&room, &who, &mark(&who))
                    }
                    3 => {
                        let rooms = there.iter().filter(|(_, one)| *one == who);
                        nameless.extend(rooms.cloned());
                        members.forget(&who, &mark(&who), at(second))
                    }
                    _ => {
                        let people: Vec<_> = there.iter().filter(|(at, _)| *at == room).map(|(_, one)| one.clone()).collect();
                        let found = members.differs(&room, &people, mark);
                        prop_assert!(found.came.is_empty() && found.left.is_empty(), "{found:?}");
                        members.complete(&room)
                    }
                };
                changes.into_iter().for_each(|change| written.recall(change));
            }
            for place in 0..3 {
                let all: BTreeSet<_> = members.of(&room(place)).map(|(who, member)| (who.clone(), member.since)).collect();
                let same: BTreeSet<_> = written.of(&room(place)).map(|(who, member)| (who.clone(), member.since)).collect();
                prop_assert_eq!(&all, &same);
                let names: BTreeSet<_> = all.into_iter().map(|(who, _)| (room(place), who)).collect();
                let expected: BTreeSet<_> =
                    there.difference(&nameless).filter(|(at, _)| *at == room(place)).cloned().collect();
                prop_assert_eq!(names, expected);
            }
        }
    }
}
