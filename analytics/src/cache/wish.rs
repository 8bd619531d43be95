//! Which months a report is about, and so what of which months is read.

use hearth_shared::month::Month;
use jiff::tz::TimeZone;

use crate::{
    digest::{self, Digest},
    log::Log,
};

/// How far the pictures of a month look back for more than who was active.
const YEAR: i32 = 12;

/// What is wanted of a log.
///
/// Of the months that are reported, and of those that they are compared with, the rows are read; of the year before,
/// what lies in which room; of all others their digests.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// The months that are reported, or `None` for whatever there is.
    months: Option<Vec<Month>>,
    /// The first month in which something was tried, which is compared with the one before.
    since: Option<Month>,
}

impl Wish {
    /// Everything.
    pub fn everything() -> Self {
        Self::default()
    }

    /// What the reports of these months need, and the account of what has been tried since a month.
    pub fn reports(months: Vec<Month>, since: Option<Month>) -> Self {
        Self { months: Some(months), since }
    }

    /// The last month that is reported.
    pub fn last(&self) -> Option<Month> {
        self.months.as_ref()?.iter().max().copied()
    }

    /// Whether a month's rows are looked at.
    pub(super) fn rows(&self, month: Month) -> bool {
        let compared = |asked: &Month| [0, -1, -YEAR].iter().any(|back| asked.plus(*back) == Some(month));
        self.since.and_then(Month::previous) == Some(month)
            || self.months.as_ref().is_none_or(|months| months.iter().any(compared))
    }

    /// Whether it is looked at what lies in which of a month's rooms.
    pub(super) fn rooms(&self, month: Month) -> bool {
        self.rows(month) || self.is_near(month)
    }

    /// Whether a month is one that is reported or lies in the year before.
    pub(super) fn is_near(&self, month: Month) -> bool {
        let near = |asked: &Month| (asked.plus(-YEAR)..=Some(*asked)).contains(&Some(month));
        self.months.as_ref().is_none_or(|months| months.iter().any(near))
    }
}

/// A log as far as it was read, and what its months come to.
#[derive(Debug)]
pub struct Known {
    /// The rows that were read, and everything that is no row.
    pub log: Log,
    /// The digests of the months from the log's first to the last that is wanted.
    pub digests: Vec<Digest>,
    /// The log's first month.
    pub first: Option<Month>,
    /// The time of the log's last row, read or not.
    pub end: Option<i64>,
}

impl Known {
    /// A log that was read whole, digested up to a month, or to its end.
    pub fn whole(log: Log, zone: &TimeZone, last: Option<Month>) -> Self {
        let month_of = |ts: Option<&i64>| ts.and_then(|ts| crate::calendar::month_of(*ts, zone));
        let last = last.or_else(|| month_of(log.ts.last()));
        let digests = last.map(|last| digest::all(&log, zone, last)).unwrap_or_default();
        Self { first: month_of(log.ts.first()), end: log.ts.last().copied(), digests, log }
    }
}
