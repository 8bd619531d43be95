//! Member timelines: when each person came, and in which months they wrote.
//!
//! These are small facts: a person-month is one entry, however much was written in it. What is asked of a month looks
//! only at what lies before its end.

use crate::{
    index::Numbering,
    summary::{Came, MonthSummary},
};

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

/// One person's timeline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemberTimeline {
    /// When they joined, where that is the first thing that the log has of them: who was there before the log began
    /// has not been seen to come.
    pub joined: Option<i64>,
    /// The months in which they wrote, ascending.
    pub written: Vec<Written>,
}

impl MemberTimeline {
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

/// Everybody's timeline.
#[derive(Clone, Debug)]
pub struct MemberTimelines {
    people: Numbering,
    /// Of everybody of whom something was seen.
    timelines: Vec<Option<MemberTimeline>>,
}

impl MemberTimelines {
    /// The timelines that the summaries of consecutive months tell of.
    pub fn new<'a>(summaries: impl Iterator<Item = &'a MonthSummary> + Clone) -> Self {
        let everybody: Vec<i32> = summaries.clone().flat_map(|summary| &summary.came).map(|came| came.person).collect();
        let people = Numbering::of(&everybody);
        let mut timelines: Vec<Option<MemberTimeline>> = vec![None; people.len()];
        for (month, summary) in summaries.enumerate() {
            for Came { person, joined } in &summary.came {
                if let Some(person) = people.number(*person) {
                    timelines[person].get_or_insert_default().joined = *joined;
                }
            }
            for one in summary.people.iter().filter(|one| one.messages > 0) {
                let [first, last] = one.wrote;
                let timeline = people.number(one.person).and_then(|person| timelines[person].as_mut());
                timeline.into_iter().for_each(|timeline| timeline.written.push(Written { month, first, last }));
            }
        }
        Self { people, timelines }
    }

    /// Everybody, by person.
    pub fn people(&self) -> impl Iterator<Item = (i32, &MemberTimeline)> {
        self.timelines.iter().enumerate().filter_map(|(at, timeline)| Some((self.people.id(at), timeline.as_ref()?)))
    }

    /// One person's timeline.
    pub fn of(&self, person: i32) -> Option<&MemberTimeline> {
        self.timelines.get(self.people.number(person)?)?.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use hearth_shared::activity::Kind;
    use jiff::tz::TimeZone;

    use crate::{
        calendar::DAY,
        log::{Log, NOTHING, Row},
        summary,
    };

    /// The timelines of people who did this: who, in which room, what, when.
    fn timelines(acts: &[(i32, i32, Kind, i64)]) -> MemberTimelines {
        let row = |((person, room, kind, ts), id): (&(i32, i32, Kind, i64), i32)| Row {
            id,
            source: 1,
            room: *room,
            person: *person,
            kind: *kind,
            ts: *ts,
            reply_to: NOTHING,
            thread: NOTHING,
        };
        let log = Log::from_rows("Testers", acts.iter().zip(1..).map(row).collect(), Default::default(), &[]);
        MemberTimelines::new(summary::all(&log, &TimeZone::UTC, "1971-01".parse().unwrap(), |_| true).iter())
    }

    #[test]
    fn a_person_came_if_a_join_is_the_first_that_was_seen_of_them() {
        let timelines = timelines(&[
            (1, 10, Kind::Join, 5),
            (2, 10, Kind::Message, 6),
            (2, 10, Kind::Join, 7),
            (1, 11, Kind::Join, 8),
            (2, 10, Kind::Join, 40 * DAY),
        ]);
        let joined = |person| timelines.of(person).unwrap().joined;
        assert_eq!((joined(1), joined(2)), (Some(5), None));
        assert_eq!(timelines.of(3), None);
    }

    #[test]
    fn who_was_there_when_the_log_began_did_not_come() {
        let [one, two, three, four] =
            [(1, 10), (2, 10), (3, 10), (4, 11)].map(|(who, room)| (who, room, Kind::Join, 5));
        let timelines = timelines(&[one, two, three, four]);
        let joined: Vec<_> = timelines.people().map(|(_, timeline)| timeline.joined).collect();
        assert_eq!(joined, [None, None, None, Some(5)]);
    }

    #[test]
    fn a_message_between_two_times_is_found_by_its_months_first_and_last() {
        let timelines = timelines(&[1, 10, 20, 155].map(|day| (1, 10, Kind::Message, day * DAY)));
        let timeline = timelines.of(1).unwrap();
        assert!(timeline.wrote_between(5 * DAY, 95 * DAY));
        assert!(!timeline.wrote_between(21 * DAY, 111 * DAY));
        assert!(timeline.wrote_between(65 * DAY, 155 * DAY));
        assert_eq!(timeline.last_message(4), Some(20 * DAY));
        assert_eq!(timeline.until(4).len(), 1);
    }
}
