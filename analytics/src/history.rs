//! What every month of the log holds, computed once: who posted, who reacted, who is new, who is a member.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
    ops::Deref,
    rc::Rc,
};

use hearth_shared::{
    activity::{Capabilities, Capability},
    month::Month,
};
use jiff::{Timestamp, tz::TimeZone};

use crate::{
    cohorts::Cohorts,
    digest::{self, Digest, Heard},
    journeys::Journeys,
    log::Log,
    suppress::{self, Cell, Counts, Previous},
    tally::RoomMonth,
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

/// What one month holds, and what that means among the others.
#[derive(Clone, Debug)]
pub struct Facts {
    /// What its rows come to.
    pub digest: Rc<Digest>,
    /// How many months the log had when it began: 0 in the log's first.
    pub age: usize,
    /// Whether the month is over.
    pub complete: bool,
    /// The time of the last row up to its end: so far was everybody observed.
    pub observed: i64,
    /// What the sources of its rows can know; joins: what those of all rows up to its end can.
    pub capabilities: Capabilities,
    /// Where its posters come from.
    pub growth: Growth,
    /// The counts that must not be published.
    pub hidden: BTreeSet<Cell>,
}

impl Deref for Facts {
    type Target = Digest;

    fn deref(&self) -> &Digest {
        &self.digest
    }
}

impl Facts {
    /// Who did how much in which room.
    ///
    /// # Panics
    /// Where that was not read (see [`crate::cache::Wish`]): a value without it would be wrong.
    pub fn cells(&self) -> &[RoomMonth] {
        assert!(self.rooms.is_some(), "the rooms of {} were not read", self.month);
        self.rooms.as_deref().unwrap_or_default()
    }

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
    pub fn new(log: &'a Log, zone: TimeZone, last: Month, now: Timestamp) -> Self {
        let end = log.ts.last().copied().unwrap_or(0);
        let digests = digest::all(log, &zone, last, |_| true);
        Self::of(log, digests, end, zone, now)
    }

    /// The history of consecutive months of which these are the digests, and `log` the rows that were read. `end` is the
    /// time of the log's last row, read or not.
    pub fn of(log: &'a Log, digests: Vec<Digest>, end: i64, zone: TimeZone, now: Timestamp) -> Self {
        let mut history = Self::empty(log, zone, end);
        let (mut growth, mut knowing) = (GrowthSoFar::default(), Knowing::new(&log.sources));
        let (mut observed, mut previous) = (0, Previous::None);
        for (age, digest) in digests.into_iter().enumerate() {
            observed = digest.last.unwrap_or(observed);
            let mut facts = Facts {
                age,
                complete: digest.month.bounds(&history.zone).1 <= now.as_millisecond(),
                observed,
                capabilities: knowing.next(&digest.heard, &digest.answering),
                growth: growth.next(digest.people.iter().filter(|one| one.messages > 0).map(|one| one.person)),
                hidden: BTreeSet::new(),
                digest: Rc::new(digest),
            };
            (facts.hidden, previous) = suppress::hidden(&Counts {
                values: Cell::ALL.map(|cell| facts.count(cell)),
                known: Cell::ALL.map(|cell| facts.knows(cell)),
                previous,
            });
            history.months.push(facts);
        }
        history
    }

    /// What its months come to.
    pub(crate) fn into_digests(self) -> Vec<Digest> {
        self.months.into_iter().map(|facts| Rc::unwrap_or_clone(facts.digest)).collect()
    }

    /// A history without months yet.
    pub(crate) fn empty(log: &'a Log, zone: TimeZone, end: i64) -> Self {
        Self { log, zone, end, months: Vec::new(), journeys: OnceCell::new(), cohorts: OnceCell::new() }
    }

    /// Everybody's way through the months.
    pub fn journeys(&self) -> &Journeys {
        self.journeys.get_or_init(|| Journeys::new(self.months.iter().map(|facts| &*facts.digest)))
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

/// What sources can know, as months go by.
#[derive(Debug)]
pub(crate) struct Knowing<'a> {
    sources: &'a BTreeMap<i32, Capabilities>,
    seen: BTreeSet<i32>,
}

impl<'a> Knowing<'a> {
    pub(crate) fn new(sources: &'a BTreeMap<i32, Capabilities>) -> Self {
        Self { sources, seen: BTreeSet::new() }
    }

    /// What the sources of the next month's rows, and of the answers to them, can know; of joins: of all rows so far.
    pub(crate) fn next(&mut self, heard: &[Heard], answering: &[Heard]) -> Capabilities {
        let of = |source: &i32| self.sources.get(source).copied().unwrap_or_default();
        let every = |sources: &BTreeSet<i32>| sources.iter().map(of).fold(Capabilities::all(), Capabilities::and);
        self.seen.extend(heard.iter().map(|heard| heard.source));
        let now: BTreeSet<i32> = heard.iter().chain(answering).map(|heard| heard.source).collect();
        let here = if now.is_empty() { every(&self.seen) } else { every(&now) };
        let ever = every(&self.seen);
        here.iter().filter(|capability| *capability != Capability::Joins || ever.has(Capability::Joins)).collect()
    }
}

/// Everybody's months of posting, as months go by.
#[derive(Debug, Default)]
pub(crate) struct GrowthSoFar {
    /// Ordered by person: a month's posters are found by going through both, and not by looking each up.
    posted: Vec<Posted>,
    /// How many months ago each of the last month's posters posted first.
    ages: Vec<u32>,
    month: u32,
}

/// The first and the last month in which somebody posted.
#[derive(Clone, Copy, Debug)]
struct Posted {
    person: i32,
    first: u32,
    last: u32,
}

impl GrowthSoFar {
    /// Where the posters of the month that follows come from; they are ordered.
    pub(crate) fn next(&mut self, posters: impl Iterator<Item = i32>) -> Growth {
        let mut growth = Growth::default();
        let previous_posters = self.ages.len() as u64;
        self.month += 1;
        self.ages.clear();
        let before = std::mem::take(&mut self.posted);
        let mut before = before.as_slice();
        self.posted.reserve(before.len() + posters.size_hint().0);
        for person in posters {
            // Most of those who ever posted do not post this month: they are gone over in one step.
            let others = before.iter().position(|one| one.person >= person).unwrap_or(before.len());
            self.posted.extend_from_slice(&before[..others]);
            before = &before[others..];
            let first = match before.split_first().filter(|(one, _)| one.person == person) {
                None => {
                    growth.new.push(person);
                    self.month
                }
                Some((Posted { first, last, .. }, rest)) => {
                    before = rest;
                    if last + 1 == self.month {
                        growth.retained.push(person);
                    } else {
                        growth.reactivated += 1;
                    }
                    *first
                }
            };
            self.posted.push(Posted { person, first, last: self.month });
            self.ages.push(self.month - first);
        }
        self.posted.extend_from_slice(before);
        growth.lapsed = previous_posters - growth.retained.len() as u64;
        growth
    }

    /// How many months ago each of the last month's posters posted first, in their order.
    pub(crate) fn ages(&self) -> &[u32] {
        &self.ages
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
