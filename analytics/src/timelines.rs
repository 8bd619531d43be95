//! Member timelines: when each person came, and in which months they wrote.
//!
//! These are small facts: a person-month is one entry, however much was written in it. What is asked of a month looks
//! only at what lies before its end.

use std::collections::BTreeMap;

use hearth_shared::month::Month;
use polars::prelude::*;

use crate::{archive::Community, facts::Table};

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
#[derive(Clone, Debug, Default)]
pub struct MemberTimelines {
    people: BTreeMap<i32, MemberTimeline>,
}

impl MemberTimelines {
    /// The timelines that a community's facts tell of; `first` is its log's first month.
    ///
    /// # Errors
    /// Where a table cannot be read.
    pub fn of(community: &Community, first: Month) -> PolarsResult<Self> {
        let came = community.table(Table::Arrivals).select(["person", "joined"].map(col)).collect()?;
        let people = came.column("person")?.i32()?.iter().flatten().zip(came.column("joined")?.i64()?.iter());
        let mut people: BTreeMap<i32, MemberTimeline> =
            people.map(|(person, joined)| (person, MemberTimeline { joined, written: Vec::new() })).collect();
        let wrote = community
            .table(Table::People)
            .filter(col("messages").gt(lit(0)))
            .select(["month", "person", "first", "last"].map(col))
            .collect()?;
        let whose = wrote.column("month")?.i32()?.iter().flatten().zip(wrote.column("person")?.i32()?.iter().flatten());
        let when = wrote.column("first")?.i64()?.iter().flatten().zip(wrote.column("last")?.i64()?.iter().flatten());
        for ((month, person), (began, ended)) in whose.zip(when) {
            let month = usize::try_from(month - first.ordinal()).unwrap_or(0);
            let timeline = people.entry(person).or_default();
            timeline.written.push(Written { month, first: began, last: ended });
        }
        Ok(Self { people })
    }

    /// Everybody, by person.
    pub fn people(&self) -> impl Iterator<Item = (i32, &MemberTimeline)> {
        self.people.iter().map(|(person, timeline)| (*person, timeline))
    }

    /// One person's timeline.
    pub fn of_person(&self, person: i32) -> Option<&MemberTimeline> {
        self.people.get(&person)
    }

    /// Who wrote first in a month.
    pub fn new_in(&self, month: usize) -> impl Iterator<Item = i32> {
        self.people().filter(move |(_, timeline)| timeline.cohort() == Some(month)).map(|(person, _)| person)
    }
}
