//! One community's facts, wherever they come from.

use std::collections::BTreeMap;

use hearth_shared::month::Month;
use jiff::tz::TimeZone;
use polars::prelude::*;

use crate::{acts::About, facts::Table};

/// One community's facts, and what its log says beside them.
#[derive(Clone)]
pub struct Community {
    /// What its log says beside acts.
    pub about: About,
    /// The zone in which its months begin and end.
    pub zone: TimeZone,
    /// Of each table, what each month has.
    parts: BTreeMap<Table, BTreeMap<i32, LazyFrame>>,
}

impl Community {
    /// One without facts yet.
    pub(super) fn new(about: About, zone: TimeZone) -> Self {
        Self { about, zone, parts: BTreeMap::new() }
    }

    /// Adds what a month has in a table.
    pub(super) fn add(&mut self, table: Table, month: i32, part: LazyFrame) {
        self.parts.entry(table).or_default().insert(month, part);
    }

    /// A table of facts, of all months.
    pub fn table(&self, table: Table) -> LazyFrame {
        self.between(table, i32::MIN, i32::MAX)
    }

    /// A table of facts, of the months from one to another, both included.
    pub fn between(&self, table: Table, first: i32, last: i32) -> LazyFrame {
        let months = self.parts.get(&table).into_iter().flat_map(|months| months.range(first..=last));
        one_after_the_other(table, months.map(|(_, part)| part))
    }

    /// A table of facts, of some months in their order; the files of others are not opened.
    pub fn of_months(&self, table: Table, months: &[i32]) -> LazyFrame {
        let parts =
            self.parts.get(&table).into_iter().flat_map(|parts| months.iter().filter_map(|month| parts.get(month)));
        one_after_the_other(table, parts)
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
