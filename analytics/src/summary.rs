//! The month summary: what a month's rows come to. These are the small facts by which later months know what was
//! before, without its rows.
//!
//! A summary is a pure function of the rows up to the month's end. Whether it was just worked out or kept beside a closed
//! month (see [`crate::cache`]), a history is made of summaries all the same.

use std::{
    collections::{BTreeMap, HashMap},
    ops::Range,
};

use hearth_shared::{activity::Kind, month::Month};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::{
    answers::WINDOW,
    calendar,
    counts::{ActivityCounter, MonthCounts, PersonMonth, RoomMonth},
    index::Numbering,
    log::Log,
    membership::Membership,
    raw::Raw,
};

/// What one month's rows come to.
#[derive(Clone, Debug, PartialEq)]
pub struct MonthSummary {
    /// The month.
    pub month: Month,
    /// Its rows in the log, where they were read.
    pub rows: Option<Range<usize>>,
    /// The time of its last row, if it has any.
    pub last: Option<i64>,
    /// Everybody who posted or reacted, ordered by person.
    pub people: Vec<PersonMonth>,
    /// The same by room, ordered by room and person, where it was read.
    pub rooms: Option<Vec<RoomMonth>>,
    /// Days on which somebody was active, summed over people.
    pub active_days: u64,
    /// Members at its end, with those who took part and left.
    pub members: u64,
    /// Who was seen for the first time ever.
    pub came: Vec<Came>,
    /// Where its rows come from, ordered by room and source.
    pub heard: Vec<Heard>,
    /// The same of the 72 hours after it.
    pub answering: Vec<Heard>,
    /// What became of its messages, where that was kept.
    pub answers: Option<Answers>,
}

/// Somebody of whom nothing was seen before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Came {
    /// The person.
    pub person: i32,
    /// When they joined, in milliseconds since 1970, where that is the first that was seen of them. Who was there when
    /// the log began has not been seen to come.
    pub joined: Option<i64>,
}

/// Rows of one source in one room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Heard {
    /// The room.
    pub room: i32,
    /// The source.
    pub source: i32,
    /// Whether some of them are in the month's first 72 hours.
    pub early: bool,
}

/// Somebody who is in a room at a month's end and was not before, or the other way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// The person.
    pub person: i32,
    /// The room.
    pub room: i32,
    /// Whether they are in it now.
    pub is_in: bool,
}

/// What became of a month's messages, of which all had their 72 hours.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Answers {
    /// How long openers waited.
    pub waits: Waits,
    /// The new posters whose first message somebody answered in any way, ordered.
    pub welcomed: Vec<i32>,
    /// What the measures of its rows come to, by their ids, where that was kept.
    pub measures: Option<BTreeMap<String, Raw>>,
}

/// How long the openers that were replied to had to wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Waits {
    /// How many there are.
    pub n: u64,
    /// How many people wrote them.
    pub people: u64,
    /// The 10th, 25th, 50th, 75th and 90th percentile, in minutes.
    pub quantiles: Option<[f64; 5]>,
}

/// The summaries of a log's months, from its first to `last`; with what lies in which room where that is wanted.
pub fn all(log: &Log, zone: &TimeZone, last: Month, with_rooms: impl Fn(Month) -> bool) -> Vec<MonthSummary> {
    let Some(first) = log.ts.first().and_then(|ts| calendar::month_of(*ts, zone)) else { return Vec::new() };
    let (people, rooms) = (Numbering::of(&log.person), Numbering::of(&log.room));
    let mut summarizer = Summarizer::new(log, &people, &rooms, zone);
    let summaries = months(first, last).map(|month| {
        let summary = summarizer.month(month);
        MonthSummary { rooms: summary.rooms.filter(|_| with_rooms(month)), ..summary }
    });
    summaries.collect()
}

/// The months from one to another, both included.
pub fn months(first: Month, last: Month) -> impl Iterator<Item = Month> {
    (0..).map_while(move |age| first.plus(age).filter(|month| *month <= last))
}

/// The rows of a month in a log that has all of them, or none.
pub fn rows_of(log: &Log, month: Month, zone: &TimeZone) -> Range<usize> {
    let (from, until) = month.bounds(zone);
    let row = |time: i64| log.ts.partition_point(|ts| *ts < time);
    row(from)..row(until)
}

/// Where the rows of the 72 hours after a time come from.
pub fn answering(log: &Log, since: i64) -> Vec<Heard> {
    let row = |time: i64| log.ts.partition_point(|ts| *ts < time);
    heard(log, row(since)..row(since.saturating_add(WINDOW)), i64::MAX)
}

/// Sums up a log month after month; what it needs for that it keeps from one to the next.
#[derive(Debug)]
pub struct Summarizer<'a> {
    log: &'a Log,
    zone: &'a TimeZone,
    people: &'a Numbering,
    rooms: &'a Numbering,
    counter: ActivityCounter<'a>,
    membership: Membership,
    /// Of whom something was seen before.
    seen: Vec<bool>,
    /// Who came to which room or left it this month, as often as they did.
    moved: Vec<(u32, u32)>,
}

impl<'a> Summarizer<'a> {
    /// Sums up `log`; `people` and `rooms` are those of its rows, and of the rows before it.
    pub fn new(log: &'a Log, people: &'a Numbering, rooms: &'a Numbering, zone: &'a TimeZone) -> Self {
        Self {
            log,
            zone,
            people,
            rooms,
            counter: ActivityCounter::new(log),
            membership: Membership::of(people.len(), rooms.len()),
            seen: vec![false; people.len()],
            moved: Vec::new(),
        }
    }

    /// Goes on after a month of which this is known.
    pub fn resume(&mut self, came: &[Came], moves: &[Move]) {
        for person in came.iter().filter_map(|came| self.people.number(came.person)) {
            self.seen[person] = true;
        }
        for step in moves {
            let kind = if step.is_in { Kind::Join } else { Kind::Leave };
            if let (Some(person), Some(room)) = (self.people.number(step.person), self.rooms.number(step.room)) {
                self.membership.see(person, room, kind);
            }
        }
    }

    /// What the next month's rows come to.
    pub fn month(&mut self, month: Month) -> MonthSummary {
        let (from, until) = month.bounds(self.zone);
        let rows = rows_of(self.log, month, self.zone);
        let came = self.came(rows.clone());
        let MonthCounts { people, rooms, active_days } = self.counter.count(rows.clone(), self.zone);
        MonthSummary {
            month,
            last: self.log.ts[rows.clone()].last().copied(),
            members: self.membership.count_with(people.iter().filter_map(|one| self.people.number(one.person))),
            people,
            rooms: Some(rooms),
            active_days,
            came,
            heard: heard(self.log, rows.clone(), from.saturating_add(WINDOW)),
            answering: answering(self.log, until),
            answers: None,
            rows: Some(rows),
        }
    }

    /// Who is, since that month, in a room or no longer in it.
    pub fn moves(&mut self) -> Vec<Move> {
        self.moved.sort_unstable();
        // Who came and left again an even number of times is where they were.
        let runs = self.moved.chunk_by(|one, other| one == other).filter(|run| run.len() % 2 == 1);
        runs.map(|run| {
            let (person, room) = (run[0].0 as usize, run[0].1 as usize);
            let is_in = self.membership.is_in(person, room);
            Move { person: self.people.id(person), room: self.rooms.id(room), is_in }
        })
        .collect()
    }

    /// Who is seen for the first time in these rows. On the way, notes who is where.
    fn came(&mut self, rows: Range<usize>) -> Vec<Came> {
        self.moved.clear();
        let mut came: Vec<Came> = Vec::new();
        // Those who joined, by their places in it; and the last join: its room, its time, and whose.
        let mut joined: HashMap<i32, usize> = HashMap::new();
        let mut last_join: Option<(i32, i64, i32)> = None;
        for row in rows {
            let (id, kind, ts) = (self.log.person[row], self.log.kind[row], self.log.ts[row]);
            let (Some(person), Some(room)) = (self.people.number(id), self.rooms.number(self.log.room[row])) else {
                continue;
            };
            if self.membership.see(person, room, kind) {
                self.moved.push((person as u32, room as u32));
            }
            let is_first = !std::mem::replace(&mut self.seen[person], true);
            if is_first {
                came.push(Came { person: id, joined: None });
            }
            if kind != Kind::Join {
                continue;
            }
            // Several who join a room at one instant were there when the log began: nobody saw them come.
            let together = last_join.filter(|(room, at, _)| (*room, *at) == (self.log.room[row], ts));
            last_join = Some((self.log.room[row], ts, id));
            if let (true, None, Some(last)) = (is_first, together, came.len().checked_sub(1)) {
                came[last].joined = Some(ts);
                joined.insert(id, last);
            }
            let other = together.and_then(|(_, _, other)| joined.get(&other));
            if let Some(other) = other.map(|at| &mut came[*at]).filter(|other| other.joined == Some(ts)) {
                other.joined = None;
            }
        }
        came
    }
}

/// Where rows come from, ordered; early are those before a time.
fn heard(log: &Log, rows: Range<usize>, early_until: i64) -> Vec<Heard> {
    let mut heard: Vec<Heard> = Vec::new();
    // A room mostly has one source: what was said of it last is looked at first.
    let mut last: HashMap<i32, Heard> = HashMap::new();
    for row in rows {
        let here = Heard { room: log.room[row], source: log.source[row], early: log.ts[row] < early_until };
        if last.get(&here.room) != Some(&here) {
            last.insert(here.room, here);
            heard.push(here);
        }
    }
    // The early one comes first, and it alone is kept.
    heard.sort_unstable_by_key(|heard| (heard.room, heard.source, !heard.early));
    heard.dedup_by_key(|heard| (heard.room, heard.source));
    heard
}

/// What lies in one room, of facts that are ordered by room.
pub fn of_room<T>(facts: &[T], room: i32, room_of: impl Fn(&T) -> i32) -> &[T] {
    let from = facts.partition_point(|fact| room_of(fact) < room);
    let until = from + facts[from..].partition_point(|fact| room_of(fact) == room);
    &facts[from..until]
}
