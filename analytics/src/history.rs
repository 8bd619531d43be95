//! What every month of the log holds, computed once: who posted, who reacted, who is new, who is a member.

use std::{cell::OnceCell, collections::BTreeSet, rc::Rc};

use hearth_shared::month::Month;
use jiff::{Timestamp, tz::TimeZone};

use crate::{
    capabilities::CapabilityTracker,
    cohorts::Cohorts,
    month_facts::Facts,
    growth::GrowthTracker,
    log::Log,
    summary::{self, MonthSummary},
    suppress::{self, Cell, Counts, Previous},
    timelines::MemberTimelines,
};

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
    timelines: OnceCell<MemberTimelines>,
    cohorts: OnceCell<Cohorts>,
}

impl<'a> History<'a> {
    /// Cuts `log` into months of `zone` up to `last`. A log without rows has no months.
    pub fn new(log: &'a Log, zone: TimeZone, last: Month, now: Timestamp) -> Self {
        let end = log.ts.last().copied().unwrap_or(0);
        let summaries = summary::all(log, &zone, last, |_| true);
        Self::of(log, summaries, end, zone, now)
    }

    /// The history of consecutive months of which these are the summaries, and `log` the rows that were read. `end` is the
    /// time of the log's last row, read or not.
    pub fn of(log: &'a Log, summaries: Vec<MonthSummary>, end: i64, zone: TimeZone, now: Timestamp) -> Self {
        let mut history = Self::empty(log, zone, end);
        let (mut growth, mut capabilities) = (GrowthTracker::default(), CapabilityTracker::new(&log.sources));
        let (mut observed, mut previous) = (0, Previous::None);
        for (age, summary) in summaries.into_iter().enumerate() {
            observed = summary.last.unwrap_or(observed);
            let mut facts = Facts {
                age,
                complete: summary.month.bounds(&history.zone).1 <= now.as_millisecond(),
                observed,
                capabilities: capabilities.next(&summary.heard, &summary.answering),
                growth: growth.next(summary.people.iter().filter(|one| one.messages > 0).map(|one| one.person)),
                hidden: BTreeSet::new(),
                summary: Rc::new(summary),
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
    pub(crate) fn into_summaries(self) -> Vec<MonthSummary> {
        self.months.into_iter().map(|facts| Rc::unwrap_or_clone(facts.summary)).collect()
    }

    /// A history without months yet.
    pub(crate) fn empty(log: &'a Log, zone: TimeZone, end: i64) -> Self {
        Self { log, zone, end, months: Vec::new(), timelines: OnceCell::new(), cohorts: OnceCell::new() }
    }

    /// Everybody's timeline through the months.
    pub fn timelines(&self) -> &MemberTimelines {
        self.timelines.get_or_init(|| MemberTimelines::new(self.months.iter().map(|facts| &*facts.summary)))
    }

    /// Who of those who came in each month wrote in the later ones.
    pub fn cohorts(&self) -> &Cohorts {
        self.cohorts.get_or_init(|| Cohorts::new(self.timelines(), &self.months))
    }

    /// The number of a month in [`History::months`].
    pub fn index(&self, month: Month) -> Option<usize> {
        let first = self.months.first()?.month;
        let index = usize::try_from(month.ordinal() - first.ordinal()).ok()?;
        (index < self.months.len()).then_some(index)
    }
}
