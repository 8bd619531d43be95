//! Each person's way through the community: when they came, and in which months they wrote.
//!
//! These are small facts: a person-month is one entry, however much was written in it. What is asked of a month looks
//! only at what lies before its end.

use hearth_shared::activity::Kind;

use crate::index::Numbering;

/// One person's messages in one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// The month's number in the history.
    pub month: usize,
    /// When they wrote first in it, in milliseconds since 1970.
    pub first: i64,
    /// When they wrote last in it.
    pub last: i64,
}

/// One person's way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journey {
    /// When they joined, where that is the first thing that the log has of them: who was there before the log began
    /// has not been seen to come.
    pub joined: Option<i64>,
    /// The months in which they wrote, ascending.
    pub written: Vec<Written>,
}

impl Journey {
    /// Their first message ever.
    pub fn first_message(&self) -> Option<i64> {
        self.written.first().map(|month| month.first)
    }

    /// The month of their first message ever.
    pub fn cohort(&self) -> Option<usize> {
        self.written.first().map(|month| month.month)
    }

    /// Their last message up to the end of a month.
    pub fn last_message(&self, month: usize) -> Option<i64> {
        self.until(month).last().map(|written| written.last)
    }

    /// Whether they wrote between two times, both included, which lie more than a month apart.
    pub fn wrote_between(&self, from: i64, to: i64) -> bool {
        // No month is longer than what is asked about: if it holds such a message, its first or its last is one.
        let inside = |ts: i64| (from..=to).contains(&ts);
        self.written.iter().any(|month| inside(month.first) || inside(month.last))
    }

    /// The months in which they wrote, up to one.
    pub fn until(&self, month: usize) -> &[Written] {
        &self.written[..self.written.partition_point(|written| written.month <= month)]
    }
}

/// Everybody's way.
#[derive(Clone, Debug)]
pub struct Journeys {
    people: Numbering,
    /// Of everybody of whom something was seen.
    ways: Vec<Option<Journey>>,
    last_join: Option<(i32, i64, usize)>,
}

impl Journeys {
    /// Nothing has been seen of these people yet.
    pub fn of_people(people: Numbering) -> Self {
        Self { ways: vec![None; people.len()], people, last_join: None }
    }

    /// Takes note of one act; acts come in time order.
    pub fn see(&mut self, month: usize, person: i32, room: i32, kind: Kind, ts: i64) {
        let Some(person) = self.people.number(person) else { return };
        let is_first = self.ways[person].is_none();
        let journey = self.ways[person].get_or_insert_default();
        if kind == Kind::Join {
            self.join(person, room, ts, is_first);
        } else if kind == Kind::Message {
            match journey.written.last_mut().filter(|written| written.month == month) {
                Some(written) => written.last = ts,
                None => journey.written.push(Written { month, first: ts, last: ts }),
            }
        }
    }

    /// Everybody, by person.
    pub fn people(&self) -> impl Iterator<Item = (i32, &Journey)> {
        self.ways.iter().enumerate().filter_map(|(at, way)| Some((self.people.id(at), way.as_ref()?)))
    }

    /// One person's way.
    pub fn of(&self, person: i32) -> Option<&Journey> {
        self.ways.get(self.people.number(person)?)?.as_ref()
    }

    /// Several who join a room at one instant were there when the log began: nobody saw them come.
    fn join(&mut self, person: usize, room: i32, ts: i64, is_first: bool) {
        let together = self.last_join.filter(|(last_room, last_ts, _)| (*last_room, *last_ts) == (room, ts));
        self.last_join = Some((room, ts, person));
        if let (true, None, Some(journey)) = (is_first, together, &mut self.ways[person]) {
            journey.joined = Some(ts);
        }
        if let Some((_, _, other)) = together
            && let Some(other) = &mut self.ways[other]
            && other.joined == Some(ts)
        {
            other.joined = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400_000;

    #[test]
    fn a_person_came_if_a_join_is_the_first_that_was_seen_of_them() {
        let mut journeys = Journeys::of_people(Numbering::of(&[1, 2, 3, 4]));
        journeys.see(0, 1, 10, Kind::Join, 5);
        journeys.see(0, 2, 10, Kind::Message, 6);
        journeys.see(0, 2, 10, Kind::Join, 7);
        journeys.see(0, 1, 11, Kind::Join, 8);
        let joined = |person| journeys.of(person).unwrap().joined;
        assert_eq!((joined(1), joined(2)), (Some(5), None));
        assert_eq!(journeys.of(3), None);
    }

    #[test]
    fn who_was_there_when_the_log_began_did_not_come() {
        let mut journeys = Journeys::of_people(Numbering::of(&[1, 2, 3, 4]));
        for person in [1, 2, 3] {
            journeys.see(0, person, 10, Kind::Join, 5);
        }
        journeys.see(0, 4, 11, Kind::Join, 5);
        let joined: Vec<_> = journeys.people().map(|(_, journey)| journey.joined).collect();
        assert_eq!(joined, [None, None, None, Some(5)]);
    }

    #[test]
    fn a_message_between_two_times_is_found_by_its_months_first_and_last() {
        let mut journeys = Journeys::of_people(Numbering::of(&[1, 2, 3, 4]));
        for (month, day) in [(0, 1), (0, 10), (0, 20), (5, 155)] {
            journeys.see(month, 1, 10, Kind::Message, day * DAY);
        }
        let journey = journeys.of(1).unwrap();
        assert!(journey.wrote_between(5 * DAY, 95 * DAY));
        assert!(!journey.wrote_between(21 * DAY, 111 * DAY));
        assert!(journey.wrote_between(65 * DAY, 155 * DAY));
        assert_eq!(journey.last_message(4), Some(20 * DAY));
        assert_eq!(journey.until(4).len(), 1);
    }
}
