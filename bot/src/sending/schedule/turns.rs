//! Whose turn it is.

use hearth_practices::UserId;
use jiff::{SignedDuration, Timestamp};

use super::{
    row::Job,
    waiting::{Entry, Lane, Schedule},
};
use crate::sending::gate::Class;

/// How many rows are on their way at once, each of another lane.
pub const AT_ONCE: usize = 4;

/// Whoever's turn it is, and may go so soon, goes first: what was refused earlier waits a moment longer than what was
/// refused later, and would always find the next place taken.
const SOON: SignedDuration = SignedDuration::from_secs(1);

/// What may count against one limit: a homeserver that limits messages may count removals, rooms and joins among them.
const SHARED: [Class; 4] = [Class::Message, Class::Removal, Class::Room, Class::Join];

/// What might be done next.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate<'a> {
    pub(super) what: What<'a>,
    /// The row that is sent, or for which a room is made.
    pub(super) id: i64,
    pub(super) lane: &'a Lane,
    /// From when it may be.
    opens: Timestamp,
}

/// What that is.
#[derive(Clone, Copy, Debug)]
pub(super) enum What<'a> {
    Row,
    Room(&'a UserId),
    Join,
}

impl Schedule {
    /// What is done next, if anything may be done now. With `fair`, what has waited longest.
    pub(super) fn choose(&self, fair: bool, now: Timestamp) -> Option<Candidate<'_>> {
        let next = match (self.next_room(now), self.next_row(fair, now)) {
            (Some(room), Some(row)) if self.goes_first(room, row, fair, now) => room,
            (room, row) => row.or(room)?,
        };
        (next.opens <= now).then_some(next)
    }

    /// The first row of each lane that is not busy.
    pub(super) fn heads(&self) -> impl Iterator<Item = (&Lane, &Entry)> {
        self.lanes
            .iter()
            .filter(|(name, _)| !self.busy.contains(*name))
            .filter_map(|(_, lane)| Some((lane, self.rows.get(lane.rows.first()?)?)))
    }

    /// A row whose time has passed, wherever it is in its lane. While another row of the lane is on its way, it waits.
    pub(super) fn expired(&self, now: Timestamp) -> Option<i64> {
        let mut over = self.expiring.iter().take_while(|(at, _)| *at <= now).map(|(_, id)| *id);
        over.find(|id| self.rows.get(id).is_some_and(|entry| !self.busy.contains(&entry.row.lane)))
    }

    /// From when a request of a class may go, where that is soon. Of what was refused and may count against one limit
    /// one goes at a time, or those that are quicker would always be there first.
    fn opens(&self, class: Class, now: Timestamp) -> Option<Timestamp> {
        let Some(gate) = self.gates.get(&class) else { return Some(now) };
        let careful = || SHARED.iter().filter_map(|class| self.gates.get(class)).filter(|gate| gate.is_careful());
        if gate.is_careful() && SHARED.contains(&class) && careful().any(|gate| gate.flying > 0) {
            return None;
        }
        gate.is_open_from(now).filter(|opens| opens.duration_since(now) <= SOON)
    }

    /// The same for a row. Most homeservers count removals among messages: while those pause, they do, too. Where they
    /// have a limit of their own, messages do not wait for them.
    fn opens_for(&self, id: i64, now: Timestamp) -> Option<Timestamp> {
        let class = self.class_of(id);
        let opens = self.opens(class, now)?;
        match class {
            Class::Removal => Some(opens.max(self.opens(Class::Message, now)?)),
            _ => Some(opens),
        }
    }

    /// One room is made at a time.
    fn next_room(&self, now: Timestamp) -> Option<Candidate<'_>> {
        if self.gates.get(&Class::Room).is_some_and(|gate| gate.flying > 0) {
            return None;
        }
        // Its person is invited to it: where invitations pause, each attempt would be counted against that person.
        let opens = self.opens(Class::Room, now)?.max(self.opens(Class::Invitation, now)?);
        let may = |entry: &Entry, person: &UserId| {
            entry.row.not_before <= now && self.rooms.get(person).is_none_or(|tried| tried.not_before <= now)
        };
        self.heads()
            .filter_map(|(lane, entry)| Some((lane, entry, entry.row.needs_room.as_ref()?)))
            .filter(|(_, entry, person)| may(entry, person))
            .map(|(lane, entry, person)| Candidate { what: What::Room(person), id: entry.row.id, lane, opens })
            .min_by_key(|next| next.lane.order(next.id, now))
    }

    /// A message, or a join: those wait for each other as rooms do that wait for an answer.
    fn next_row(&self, fair: bool, now: Timestamp) -> Option<Candidate<'_>> {
        let may_send = self.flying.keys().filter(|job| matches!(job, Job::Send(_))).count() < AT_ONCE;
        let is_ready = |entry: &Entry| {
            entry.row.needs_room.is_none()
                && entry.row.not_before <= now
                && entry.row.after.is_none_or(|after| !self.rows.contains_key(&after))
        };
        let ready = || {
            let rows = self.heads().filter(|(_, entry)| may_send && is_ready(entry)).filter_map(|(lane, entry)| {
                let id = entry.row.id;
                let opens = self.opens_for(id, now)?;
                Some(Candidate { what: What::Row, id, lane, opens })
            });
            rows.chain(self.next_join(now))
        };
        let waited = fair
            .then(|| ready().filter(|next| next.lane.waited_long(now)).min_by_key(|next| (next.lane.since, next.id)))
            .flatten();
        waited.or_else(|| ready().min_by_key(|next| next.lane.order(next.id, now)))
    }

    fn next_join(&self, now: Timestamp) -> Option<Candidate<'_>> {
        let lane = self.joins.as_ref().filter(|_| !self.flying.contains_key(&Job::Join))?;
        Some(Candidate { what: What::Join, id: 0, lane, opens: self.opens(Class::Join, now)? })
    }

    /// Whether a room is made before a message is sent.
    fn goes_first(&self, room: Candidate, row: Candidate, fair: bool, now: Timestamp) -> bool {
        if fair && (room.lane.waited_long(now) || row.lane.waited_long(now)) {
            return room.lane.since < row.lane.since;
        }
        let (room, row) = (room.lane.rank(now), row.lane.rank(now));
        room < row || (room == row && self.rooms_turn)
    }
}
