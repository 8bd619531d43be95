//! What every month of the log holds, computed once: who posted, who reacted, who is new, who is a member.

use std::{
    cell::OnceCell,
    collections::{BTreeSet, HashMap},
    ops::Range,
};

use hearth_shared::{
    activity::{Capabilities, Capability},
    month::Month,
};
use jiff::{Timestamp, tz::TimeZone};
use polars::prelude::PolarsResult;

use crate::{
    answers::WINDOW,
    calendar,
    cohorts::Cohorts,
    index::Numbering,
    journeys::Journeys,
    log::Log,
    membership::Membership,
    suppress::{self, Cell, Counts, Previous},
    tally::{RoomMonth, Tally, Teller},
};

pub use crate::tally::PersonMonth;

/// For this many months after a log begins, nobody can be told to be new or back again.
pub const SETTLING_MONTHS: usize = 3;

/// Where a month's posters come from, and who of the last month's is gone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Growth {
    /// Who wrote their first message ever.
    pub new: Vec<i32>,
    /// Who posted last month too.
    pub retained: Vec<i32>,
    /// How many posted before, but not last month.
    pub reactivated: u64,
    /// How many posted last month and not in this one.
    pub lapsed: u64,
}

/// What one month holds.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The month.
    pub month: Month,
    /// Its rows in the log.
    pub rows: Range<usize>,
    /// How many months the log had when it began: 0 in the log's first.
    pub age: usize,
    /// Whether the month is over.
    pub complete: bool,
    /// What the sources of its rows can know; joins: what those of all rows up to its end can.
    pub capabilities: Capabilities,
    /// Everybody who posted or reacted, ordered by person.
    pub people: Vec<PersonMonth>,
    /// The same by room, ordered by room and person.
    pub rooms: Vec<RoomMonth>,
    /// Days on which somebody was active, summed over people.
    pub active_days: u64,
    /// Members at its end, with those who took part and left.
    pub members: u64,
    /// Where its posters come from.
    pub growth: Growth,
    /// The counts that must not be published.
    pub hidden: BTreeSet<Cell>,
}

impl Facts {
    /// Everybody who wrote a message.
    pub fn posters(&self) -> impl Iterator<Item = &PersonMonth> + Clone {
        self.people.iter().filter(|person| person.messages > 0)
    }

    /// How many people a cell counts.
    pub fn count(&self, cell: Cell) -> u64 {
        let (active, posters) = (self.people.len() as u64, self.posters().count() as u64);
        match cell {
            Cell::Active => active,
            Cell::Posters => posters,
            Cell::ReactorsOnly => active - posters,
            Cell::Members => self.members,
            Cell::Silent => self.members.saturating_sub(active),
            Cell::New => self.growth.new.len() as u64,
            Cell::Retained => self.growth.retained.len() as u64,
            Cell::Reactivated => self.growth.reactivated,
            Cell::Lapsed => self.growth.lapsed,
        }
    }

    /// Whether a cell can be known at all, before asking whether it may be said.
    pub fn knows(&self, cell: Cell) -> bool {
        let has = |capability| self.capabilities.has(capability);
        match cell {
            Cell::Posters => true,
            Cell::Active | Cell::ReactorsOnly => has(Capability::Reactions),
            Cell::Members | Cell::Silent => has(Capability::Reactions) && has(Capability::Joins),
            Cell::New | Cell::Reactivated => self.age >= SETTLING_MONTHS,
            Cell::Retained | Cell::Lapsed => self.age >= 1,
        }
    }
}

/// A log cut into months, from its first to the last that is wanted.
#[derive(Debug)]
pub struct History<'a> {
    /// The log.
    pub log: &'a Log,
    /// The zone in which it is cut.
    pub zone: TimeZone,
    /// The time of its last row: answers to what was asked in the 72 hours before cannot be known.
    pub end: i64,
    /// The months, consecutive.
    pub months: Vec<Facts>,
    journeys: OnceCell<Journeys>,
    cohorts: OnceCell<Cohorts>,
}

impl<'a> History<'a> {
    /// Cuts `log` into months of `zone` up to `last`. A log without rows has no months.
    ///
    /// # Errors
    /// Where polars cannot compute a table.
    pub fn new(log: &'a Log, zone: TimeZone, last: Month, now: Timestamp) -> PolarsResult<Self> {
        let mut previous = Previous::None;
        Self::cut(log, zone, last, now, |facts| {
            let (hidden, next) = suppress::hidden(&Counts {
                values: Cell::ALL.map(|cell| facts.count(cell)),
                known: Cell::ALL.map(|cell| facts.knows(cell)),
                previous,
            });
            previous = next;
            hidden
        })
    }

    /// The same, with the counts of each month hidden that `hide` says, in the order of months.
    ///
    /// # Errors
    /// Where polars cannot compute a table.
    pub fn cut(
        log: &'a Log,
        zone: TimeZone,
        last: Month,
        now: Timestamp,
        mut hide: impl FnMut(&Facts) -> BTreeSet<Cell>,
    ) -> PolarsResult<Self> {
        let end = log.ts.last().copied().unwrap_or(0);
        let mut history =
            Self { log, zone, end, months: Vec::new(), journeys: OnceCell::new(), cohorts: OnceCell::new() };
        let first = log.ts.first().and_then(|ts| calendar::month_of(*ts, &history.zone));
        let Some(first) = first.filter(|first| *first <= last) else { return Ok(history) };

        let (numbers, rooms) = (Numbering::of(&log.person), Numbering::of(&log.room));
        let mut teller = Teller::new(log, &numbers);
        let mut growth = GrowthSoFar::default();
        let mut membership = Membership::of(numbers.len(), rooms.len());
        let mut seen_sources = BTreeSet::new();
        let mut from = 0;
        for age in 0.. {
            let Some(month) = i32::try_from(age).ok().and_then(|age| first.plus(age)).filter(|month| *month <= last)
            else {
                break;
            };
            let (_, until) = month.bounds(&history.zone);
            let to = from + log.ts[from..].partition_point(|ts| *ts < until);
            for row in from..to {
                if let (Some(person), Some(room)) = (numbers.number(log.person[row]), rooms.number(log.room[row])) {
                    membership.see(person, room, log.kind[row]);
                }
            }
            let Tally { people, rooms, active_days } = teller.count(from..to, &history.zone);
            let mut facts = Facts {
                month,
                rows: from..to,
                age,
                complete: until <= now.as_millisecond(),
                capabilities: capabilities(log, from..to, until, &mut seen_sources),
                members: membership.count_with(people.iter().filter_map(|one| numbers.number(one.person))),
                growth: growth.next(people.iter().filter(|person| person.messages > 0).map(|person| person.person)),
                people,
                rooms,
                active_days,
                hidden: BTreeSet::new(),
            };
            facts.hidden = hide(&facts);
            history.months.push(facts);
            from = to;
        }
        Ok(history)
    }

    /// Everybody's way through the months.
    pub fn journeys(&self) -> &Journeys {
        self.journeys.get_or_init(|| {
            let mut journeys = Journeys::of_people(Numbering::of(&self.log.person));
            for (month, facts) in self.months.iter().enumerate() {
                for row in facts.rows.clone() {
                    let (person, room) = (self.log.person[row], self.log.room[row]);
                    journeys.see(month, person, room, self.log.kind[row], self.log.ts[row]);
                }
            }
            journeys
        })
    }

    /// Who of those who came in each month wrote in the later ones.
    pub fn cohorts(&self) -> &Cohorts {
        self.cohorts.get_or_init(|| Cohorts::new(self.journeys(), &self.months))
    }

    /// The number of a month in [`History::months`].
    pub fn index(&self, month: Month) -> Option<usize> {
        let first = self.months.first()?.month;
        let index = usize::try_from(month.ordinal() - first.ordinal()).ok()?;
        (index < self.months.len()).then_some(index)
    }
}

/// What the sources of a month's rows, and of the answers to them, can know; of joins: of all rows so far.
fn capabilities(log: &Log, rows: Range<usize>, until: i64, seen: &mut BTreeSet<i32>) -> Capabilities {
    let answers = rows.end + log.ts[rows.end..].partition_point(|ts| *ts < until.saturating_add(WINDOW));
    let distinct = |range: Range<usize>| -> BTreeSet<i32> {
        log.source[range].chunk_by(|one, other| one == other).map(|run| run[0]).collect()
    };
    let of = |source: &i32| log.sources.get(source).copied().unwrap_or_default();
    let every = |sources: &BTreeSet<i32>| sources.iter().map(of).fold(Capabilities::all(), Capabilities::and);
    seen.extend(distinct(rows.clone()));
    let now = distinct(rows.start..answers);
    let here = if now.is_empty() { every(seen) } else { every(&now) };
    let ever = every(seen);
    here.iter().filter(|capability| *capability != Capability::Joins || ever.has(Capability::Joins)).collect()
}

/// Everybody's months of posting, as months go by.
#[derive(Debug, Default)]
pub(crate) struct GrowthSoFar {
    /// The first and the last month in which somebody posted.
    posted: HashMap<i32, [usize; 2]>,
    month: usize,
    previous_posters: u64,
}

impl GrowthSoFar {
    /// Where the posters of the month that follows come from.
    pub(crate) fn next(&mut self, posters: impl Iterator<Item = i32>) -> Growth {
        self.month += 1;
        let (mut growth, mut count) = (Growth::default(), 0);
        for person in posters {
            count += 1;
            let known = self.posted.entry(person).or_insert([self.month, 0]);
            match std::mem::replace(&mut known[1], self.month) {
                0 => growth.new.push(person),
                last if last + 1 == self.month => growth.retained.push(person),
                _ => growth.reactivated += 1,
            }
        }
        growth.lapsed = self.previous_posters - growth.retained.len() as u64;
        self.previous_posters = count;
        growth
    }

    /// How many months ago somebody posted first.
    pub(crate) fn age(&self, person: i32) -> Option<usize> {
        self.posted.get(&person).map(|[first, _]| self.month - first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_new_once_and_then_stay_leave_or_come_back() {
        let mut growth = GrowthSoFar::default();
        assert_eq!(growth.next([1, 2].into_iter()), Growth { new: vec![1, 2], ..Growth::default() });
        let second = growth.next([2, 3].into_iter());
        assert_eq!(second, Growth { new: vec![3], retained: vec![2], reactivated: 0, lapsed: 1 });
        let third = growth.next([1].into_iter());
        assert_eq!(third, Growth { new: vec![], retained: vec![], reactivated: 1, lapsed: 2 });
        let fourth = growth.next([].into_iter());
        assert_eq!(fourth, Growth { lapsed: 1, ..Growth::default() });
    }
}
