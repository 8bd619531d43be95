//! A log as far as a report needs it, and what its months come to.

use std::collections::BTreeMap;

use hearth_shared::month::Month;
use jiff::{Timestamp, tz::TimeZone};
use polars::prelude::PolarsResult;

use crate::{
    answers::WINDOW,
    calendar,
    history::History,
    log::Log,
    measures,
    month_view::MonthView,
    raw::Raw,
    read_plan::ReadPlan,
    summary::{self, Answers, MonthSummary},
};

/// A log as far as it was read, and what its months come to.
#[derive(Debug)]
pub struct LoadedLog {
    /// The rows that were read, and everything that is no row.
    pub log: Log,
    /// The summaries of the months from the log's first to the last that is wanted.
    pub summaries: Vec<MonthSummary>,
    /// The log's first month.
    pub first: Option<Month>,
    /// The time of the log's last row, read or not.
    pub end: Option<i64>,
}

impl LoadedLog {
    /// A log that was read whole, as far as a plan needs it.
    pub fn whole(log: Log, zone: &TimeZone, plan: &ReadPlan) -> Self {
        let month_of = |ts: Option<&i64>| ts.and_then(|ts| calendar::month_of(*ts, zone));
        let (first, end) = (month_of(log.ts.first()), log.ts.last().copied());
        let last = plan.last().or_else(|| month_of(log.ts.last()));
        let mut summaries =
            last.map(|last| summary::all(&log, zone, last, |month| plan.rooms(month))).unwrap_or_default();
        let loaded = |summaries| Self { log, summaries, first, end };
        if plan.is_everything() {
            return loaded(summaries);
        }
        summaries.retain(|summary| last.is_some_and(|last| summary.month <= last));
        let mut loaded = loaded(summaries);
        loaded.answer(zone, |summary| plan.is_near(summary.month), |_| false);
        loaded.only(zone, plan)
    }

    /// Works out what became of the messages of some months, and what measures come to in some of these.
    pub(crate) fn answer(
        &mut self,
        zone: &TimeZone,
        is_asked: impl Fn(&MonthSummary) -> bool,
        is_measured: impl Fn(Month) -> bool,
    ) {
        let (summaries, end) = (std::mem::take(&mut self.summaries), self.end.unwrap_or(0));
        let history = History::of(&self.log, summaries, end, zone.clone(), Timestamp::MAX);
        // One after the other, so that only one holds what it worked out.
        let answers: Vec<Option<Answers>> = MonthView::all(&history)
            .into_iter()
            .map(|view| is_asked(&view.facts.summary).then(|| answers_of(&view, is_measured(view.facts.month))))
            .collect();
        self.summaries = history.into_summaries();
        for (summary, answers) in self.summaries.iter_mut().zip(answers).filter(|(_, answers)| answers.is_some()) {
            summary.answers = answers;
        }
    }

    /// Lets go of the rows that are not looked at; the 72 hours after each month's stay.
    #[must_use]
    pub(crate) fn only(self, zone: &TimeZone, plan: &ReadPlan) -> Self {
        let Self { log: all, mut summaries, first, end } = self;
        let mut log = all.without_rows();
        let mut after = 0;
        for summary in summaries.iter_mut().filter(|summary| summary.rows.is_some()) {
            if !plan.rows(summary.month, summary.answers.as_ref()) {
                summary.rows = None;
                continue;
            }
            let rows = summary::rows_of(&all, summary.month, zone);
            let until = summary.month.bounds(zone).1.saturating_add(WINDOW);
            let to = all.ts.partition_point(|ts| *ts < until);
            log.append(all.slice(rows.start.max(after)..to));
            after = to;
        }
        drop(all);
        for summary in summaries.iter_mut().filter(|summary| summary.rows.is_some()) {
            summary.rows = Some(summary::rows_of(&log, summary.month, zone));
        }
        Self { log, summaries, first, end }
    }
}

/// What became of a month's messages, to be kept; with what the measures of its rows come to, if they are wanted.
fn answers_of(view: &MonthView<'_>, with_measures: bool) -> Answers {
    let all = || -> PolarsResult<BTreeMap<String, Raw>> {
        let of_rows = measures::ALL.iter().filter(|measure| measure.of_rows);
        of_rows.map(|measure| Ok((measure.id.to_owned(), measure.raw_of(view)?))).collect()
    };
    // Where a table cannot be computed, nothing is kept, and the report will say so.
    let measures = if with_measures { all().ok() } else { None };
    Answers { waits: view.waits(), welcomed: view.welcomed().into_owned(), measures }
}
