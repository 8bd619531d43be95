//! Which months a report is about, and so what of which months is read.

use hearth_shared::month::Month;
use jiff::{Timestamp, tz::TimeZone};

use crate::{
    answers::WINDOW,
    calendar,
    digest::{self, Answers, Digest},
    history::History,
    log::Log,
    view::View,
};

/// How far the pictures of a month look back for more than who was active.
const YEAR: i32 = 12;

/// What is wanted of a log.
///
/// Of the months that are reported, the rows are read; of those that they are compared with, too, unless it is kept what
/// measures came to in them; of the year before, what lies in which room; of all others their digests.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// The months that are reported, or `None` for whatever there is.
    months: Option<Vec<Month>>,
    /// The first month in which something was tried, which is compared with the one before.
    since: Option<Month>,
    /// Whether each room is reported by itself.
    per_room: bool,
}

impl Wish {
    /// Everything.
    pub fn everything() -> Self {
        Self::default()
    }

    /// What the reports of these months need, and the account of what has been tried since a month.
    pub fn reports(months: Vec<Month>, since: Option<Month>) -> Self {
        Self { months: Some(months), since, per_room: false }
    }

    /// The same, with reports of each room.
    #[must_use]
    pub fn per_room(self) -> Self {
        Self { per_room: true, ..self }
    }

    /// The last month that is reported.
    pub fn last(&self) -> Option<Month> {
        self.months.as_ref()?.iter().max().copied()
    }

    /// Whether a month's rows are looked at, given what is kept of what became of its messages.
    pub(super) fn rows(&self, month: Month, answers: Option<&Answers>) -> bool {
        let is_reported = self.months.as_ref().is_none_or(|months| months.contains(&month));
        let is_compared = self.compares(month);
        is_reported
            || is_compared && (self.per_room || answers.is_none_or(|answers| answers.measures.is_none()))
            || answers.is_none() && self.is_near(month)
    }

    /// Whether a month is one that a reported one is compared with.
    pub(super) fn compares(&self, month: Month) -> bool {
        let Some(months) = &self.months else { return false };
        let compared = |asked: &Month| [-1, -YEAR].iter().any(|back| asked.plus(*back) == Some(month));
        self.since.and_then(Month::previous) == Some(month) || months.iter().any(compared)
    }

    /// Whether it is looked at what lies in which of a month's rooms.
    pub(super) fn rooms(&self, month: Month) -> bool {
        self.is_near(month) || self.compares(month)
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
    /// A log that was read whole, as far as it is wished for.
    pub fn whole(log: Log, zone: &TimeZone, wish: &Wish) -> Self {
        let month_of = |ts: Option<&i64>| ts.and_then(|ts| calendar::month_of(*ts, zone));
        let (first, end) = (month_of(log.ts.first()), log.ts.last().copied());
        let last = wish.last().or_else(|| month_of(log.ts.last()));
        let mut digests = last.map(|last| digest::all(&log, zone, last, |month| wish.rooms(month))).unwrap_or_default();
        let known = |digests| Self { log, digests, first, end };
        if wish.months.is_none() {
            return known(digests);
        }
        digests.retain(|digest| last.is_some_and(|last| digest.month <= last));
        let mut known = known(digests);
        known.answer(zone, |digest| wish.is_near(digest.month), |_| false);
        known.only(zone, wish)
    }

    /// Works out what became of the messages of some months, and what measures come to in some of these.
    pub(super) fn answer(
        &mut self,
        zone: &TimeZone,
        is_asked: impl Fn(&Digest) -> bool,
        is_measured: impl Fn(Month) -> bool,
    ) {
        let (digests, end) = (std::mem::take(&mut self.digests), self.end.unwrap_or(0));
        let history = History::of(&self.log, digests, end, zone.clone(), Timestamp::MAX);
        // One after the other, so that only one holds what it worked out.
        let answers: Vec<Option<Answers>> = View::all(&history)
            .into_iter()
            .map(|view| is_asked(&view.facts.digest).then(|| view.answers(is_measured(view.facts.month))))
            .collect();
        self.digests = history.into_digests();
        for (digest, answers) in self.digests.iter_mut().zip(answers).filter(|(_, answers)| answers.is_some()) {
            digest.answers = answers;
        }
    }

    /// Lets go of the rows that are not looked at; the 72 hours after each month's stay.
    #[must_use]
    pub(super) fn only(self, zone: &TimeZone, wish: &Wish) -> Self {
        let Self { log: all, mut digests, first, end } = self;
        let mut log = all.without_rows();
        let mut after = 0;
        for digest in digests.iter_mut().filter(|digest| digest.rows.is_some()) {
            if !wish.rows(digest.month, digest.answers.as_ref()) {
                digest.rows = None;
                continue;
            }
            let rows = digest::rows_of(&all, digest.month, zone);
            let until = digest.month.bounds(zone).1.saturating_add(WINDOW);
            let to = all.ts.partition_point(|ts| *ts < until);
            log.append(all.slice(rows.start.max(after)..to));
            after = to;
        }
        drop(all);
        for digest in digests.iter_mut().filter(|digest| digest.rows.is_some()) {
            digest.rows = Some(digest::rows_of(&log, digest.month, zone));
        }
        Self { log, digests, first, end }
    }
}
