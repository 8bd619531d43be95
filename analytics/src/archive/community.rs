//! One community's facts, wherever they come from.

use std::collections::BTreeMap;

use hearth_shared::{month::Month, release::Hours};
use jiff::tz::TimeZone;
use polars::prelude::*;

use crate::{acts::About, calendar::HOUR, facts::Table};

/// One community's facts, and what its log says beside them.
#[derive(Clone)]
pub struct Community {
    /// What its log says beside acts.
    pub about: About,
    /// The zone in which its months begin and end.
    pub zone: TimeZone,
    /// Of each table, what each month has, and how many rows.
    parts: BTreeMap<Table, BTreeMap<i32, (usize, LazyFrame)>>,
}

impl Community {
    /// One without facts yet.
    pub(super) fn new(about: About, zone: TimeZone) -> Self {
        Self { about, zone, parts: BTreeMap::new() }
    }

    /// Adds what a month has in a table, so many rows.
    pub(super) fn add(&mut self, table: Table, month: i32, rows: usize, part: LazyFrame) {
        self.parts.entry(table).or_default().insert(month, (rows, part));
    }

    /// The same months, in spans in which people did something in at most so many rooms, if not in a single month.
    pub fn spans(&self, months: &[Month], at_most: usize) -> Vec<Vec<Month>> {
        let rows = |month: &Month| {
            self.parts.get(&Table::Activity).and_then(|parts| parts.get(&month.ordinal())).map_or(0, |(rows, _)| *rows)
        };
        let mut spans: Vec<(usize, Vec<Month>)> = Vec::new();
        for month in months {
            match spans.last_mut().filter(|(so_far, _)| so_far + rows(month) <= at_most) {
                Some((so_far, span)) => {
                    *so_far += rows(month);
                    span.push(*month);
                }
                None => spans.push((rows(month), vec![*month])),
            }
        }
        spans.into_iter().map(|(_, span)| span).collect()
    }

    /// A table of facts, of all months.
    pub fn table(&self, table: Table) -> LazyFrame {
        self.between(table, i32::MIN, i32::MAX)
    }

    /// A table of facts, of the months from one to another, both included.
    pub fn between(&self, table: Table, first: i32, last: i32) -> LazyFrame {
        let months = self.parts.get(&table).into_iter().flat_map(|months| months.range(first..=last));
        one_after_the_other(table, months.map(|(_, (_, part))| part))
    }

    /// A table of facts, of some months in their order; the files of others are not opened.
    pub fn of_months(&self, table: Table, months: &[i32]) -> LazyFrame {
        let parts = self
            .parts
            .get(&table)
            .into_iter()
            .flat_map(|parts| months.iter().filter_map(|month| Some(&parts.get(month)?.1)));
        one_after_the_other(table, parts)
    }

    /// The months of the log, up to one of them or the last in which it has rows; none where it is empty.
    pub fn months_of(&self, last: Option<Month>) -> Vec<Month> {
        let Some((first, ended)) = self.months() else { return Vec::new() };
        let last = last.unwrap_or(ended);
        (0..).map_while(|age| first.plus(age).filter(|month| *month <= last)).collect()
    }

    /// The time of the log's last row, 0 where it is empty.
    ///
    /// # Errors
    /// Where the counts cannot be read.
    pub fn end(&self) -> PolarsResult<i64> {
        let end = self.table(Table::Counts).select([col("last").max()]).collect()?;
        Ok(end.column("last")?.i64()?.get(0).unwrap_or(0))
    }

    /// The time of the last that the log has, be it a bot's act or a heartbeat, 0 where it is empty: how far it goes.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn log_end(&self) -> PolarsResult<i64> {
        let ends = [(Table::Ends, "last"), (Table::Practices, "ts")].map(|(table, last)| {
            let end = self.table(table).select([col(last).max()]).collect()?;
            PolarsResult::Ok(end.column(last)?.i64()?.get(0).unwrap_or(0))
        });
        let [log, practices] = ends;
        Ok(log?.max(practices?))
    }

    /// The hours of a month in which a heartbeat was due, and those without one: from the log's first heartbeat on. `None`
    /// where that came later than the month, or never.
    ///
    /// # Errors
    /// Where polars cannot read the table.
    pub fn hours(&self, month: Month) -> PolarsResult<Option<Hours>> {
        let (start, end) = month.bounds(&self.zone);
        let ends = self
            .table(Table::Ends)
            .select([col("beat").min(), col("beats").filter(col("month").eq(lit(month.ordinal()))).sum()]);
        let ends = ends.collect()?;
        let Some(first) = ends.column("beat")?.i64()?.get(0).filter(|first| *first < end) else { return Ok(None) };
        let all = u32::try_from((end - start.max(first - first % HOUR)) / HOUR).unwrap_or(u32::MAX);
        let known = ends.column("beats")?.u32()?.get(0).unwrap_or(0);
        Ok(Some(Hours { all, unknown: all.saturating_sub(known) }))
    }

    /// The month in which anything was seen first, be it a bot's act.
    pub fn first_month(&self) -> Option<Month> {
        Month::from_ordinal(*self.parts.get(&Table::Rooms)?.first_key_value()?.0)
    }

    /// The first month of the log, and the last in which it has rows.
    pub fn months(&self) -> Option<(Month, Month)> {
        let months = self.parts.get(&Table::Sources)?;
        let (first, last) = (*months.first_key_value()?.0, *months.last_key_value()?.0);
        Month::from_ordinal(first).zip(Month::from_ordinal(last))
    }
}

fn one_after_the_other<'a>(table: Table, parts: impl Iterator<Item = &'a LazyFrame>) -> LazyFrame {
    let parts: Vec<LazyFrame> = parts.cloned().collect();
    let empty = || DataFrame::empty_with_schema(&table.schema()).lazy();
    // Only frames of different columns cannot be put together, and these have the table's.
    if parts.is_empty() { empty() } else { concat(parts, UnionArgs::default()).unwrap_or_else(|_| empty()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_month_is_in_one_span_and_large_ones_are_alone() {
        let mut community = Community::new(About::default(), TimeZone::UTC);
        let months: Vec<Month> = (1..=6).filter_map(|month| format!("2026-0{month}").parse().ok()).collect();
        for (month, rows) in months.iter().zip([2, 1, 9, 0, 3, 1]) {
            let none = DataFrame::empty_with_schema(&Table::Activity.schema());
            community.add(Table::Activity, month.ordinal(), rows, none.lazy());
        }
        let lengths = |at_most| community.spans(&months, at_most).iter().map(Vec::len).collect::<Vec<_>>();
        assert_eq!(lengths(3), [2, 1, 2, 1]);
        assert_eq!(lengths(100), [6]);
        assert_eq!(community.spans(&months, 0).concat(), months);
    }
}
