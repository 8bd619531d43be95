//! When the bot compares who is in its communities' rooms with what it remembers: at each start and once a day, a room at
//! a time.

use std::{collections::VecDeque, time::Duration};

use hearth_practices::{RoomId, UserId};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc;
use tracing::error;

use super::{App, RunError, news::News};
use crate::engine::UnitOfWork;

/// How often it looks at every room.
const EVERY: SignedDuration = SignedDuration::from_hours(24);

/// How long it rests between two rooms: a homeserver has other things to do.
const REST: SignedDuration = SignedDuration::from_secs(1);

/// How long it rests where only rooms are left of which nobody could say who is there.
const LATER: SignedDuration = SignedDuration::from_mins(1);

/// Rounds through all rooms.
#[derive(Debug)]
pub(super) struct Rounds {
    rooms: VecDeque<RoomId>,
    round: Timestamp,
    next: Timestamp,
}

impl Default for Rounds {
    fn default() -> Self {
        Self { rooms: VecDeque::new(), round: Timestamp::MIN, next: Timestamp::MIN }
    }
}

impl Rounds {
    /// How long until the next room has its turn.
    pub(super) fn wait(&self, now: Timestamp) -> Duration {
        let at = if self.rooms.is_empty() { self.round } else { self.next };
        Duration::try_from(at.duration_since(now)).unwrap_or(Duration::ZERO)
    }

    /// The room whose turn it is. `all` gives those of a new round.
    fn next(&mut self, now: Timestamp, all: impl FnOnce() -> Vec<RoomId>) -> Option<RoomId> {
        if now < self.next {
            return None;
        }
        if self.rooms.is_empty() && self.round <= now {
            self.rooms = all().into();
            self.round = now.saturating_add(EVERY).unwrap_or(Timestamp::MAX);
        }
        let room = self.rooms.pop_front()?;
        self.next = now.saturating_add(REST).unwrap_or(Timestamp::MAX);
        Some(room)
    }

    /// Nobody could say who is in a room: it has another turn in this round, after all others.
    pub(super) fn again(&mut self, room: RoomId, now: Timestamp) {
        if self.rooms.is_empty() {
            self.next = now.saturating_add(LATER).unwrap_or(Timestamp::MAX);
        }
        self.rooms.push_back(room);
    }
}

impl App {
    /// The room whose turn it is to be compared, and the point at which: everything up to there was taken.
    pub(super) fn next_comparison(&self, rounds: &mut Rounds) -> Option<(RoomId, String)> {
        let mut core = self.core();
        let room = rounds.next(self.clock.now(), || core.engine.community_rooms())?;
        match core.look_at(&room) {
            Ok(Some(at)) => Some((room, at)),
            // A gap is being filled, or the bot has just come.
            Ok(None) => {
                if core.engine.knows(&room) && !core.engine.is_closed(&room) {
                    rounds.again(room, self.clock.now());
                }
                None
            }
            Err(fault) => {
                error!("{fault}");
                None
            }
        }
    }

    /// Asks who was in a room at a point, and hands it to the loop.
    pub(super) async fn compare(self, room: RoomId, at: String, found: mpsc::Sender<News>) {
        let people = self.matrix.people_at(&room, &at, self.clock.now()).await;
        let _ = found.send(News::Compared { room, people }).await;
    }

    /// Takes who is in a room.
    pub(super) fn compared(&self, room: &RoomId, people: Option<&[UserId]>) -> Result<(), RunError> {
        let mut unit = UnitOfWork::default();
        self.core().looked_at(room, people, self.clock.now(), &mut unit);
        self.finish(unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_room_has_its_turn_at_a_start_and_once_a_day_and_again_where_nobody_answered() {
        let (mut rounds, mut now) = (Rounds::default(), Timestamp::from_second(1_800_000_000).unwrap());
        let rooms = || ["!a:t", "!b:t", "!c:t"].map(RoomId::from).to_vec();
        let mut seen = Vec::new();
        for _ in 0..4 {
            assert_eq!(rounds.wait(now), Duration::ZERO);
            let room = rounds.next(now, rooms).unwrap();
            assert_eq!(rounds.next(now, rooms), None, "a rest between two rooms");
            if room.as_str() == "!a:t" && seen.is_empty() {
                rounds.again(room.clone(), now);
            }
            seen.push(room.to_string());
            now += REST;
        }
        assert_eq!(seen, ["!a:t", "!b:t", "!c:t", "!a:t"]);
        assert_eq!(rounds.next(now, rooms), None, "the round is over");
        rounds.again(RoomId::from("!a:t"), now);
        assert_eq!(rounds.wait(now).as_secs(), 60, "nobody else waits");
        assert_eq!(rounds.next(now + LATER, rooms).unwrap().as_str(), "!a:t");
        now += SignedDuration::try_from(rounds.wait(now)).unwrap();
        assert_eq!(now.duration_since(Timestamp::from_second(1_800_000_000).unwrap()), EVERY);
        assert_eq!(rounds.next(now, rooms).unwrap().as_str(), "!a:t");
    }
}
