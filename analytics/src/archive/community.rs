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
        let parts: Vec<LazyFrame> = months.map(|(_, part)| part.clone()).collect();
        let empty = || DataFrame::empty_with_schema(&table.schema()).lazy();
        // Only frames of different columns cannot be put together, and these have the table's.
        if parts.is_empty() { empty() } else { concat(parts, UnionArgs::default()).unwrap_or_else(|_| empty()) }
    }

    /// A table of facts, of some months.
    pub fn of_months(&self, table: Table, months: &[i32]) -> LazyFrame {
        let Some((first, last)) = months.iter().min().zip(months.iter().max()) else {
            return self.between(table, i32::MAX, i32::MAX);
        };
        let months: Vec<i32> = (*first..=*last).filter(|month| !months.contains(month)).collect();
        let others = months.into_iter().map(|month| col("month").neq(lit(month)));
        let all = self.between(table, *first, *last);
        others.reduce(Expr::and).map_or(all.clone(), |others| all.filter(others))
    }

    /// The first month of the log, and the last in which it has rows.
    pub fn months(&self) -> Option<(Month, Month)> {
        let months = self.parts.get(&Table::Sources)?;
        let (first, last) = (*months.first_key_value()?.0, *months.last_key_value()?.0);
        Month::from_ordinal(first).zip(Month::from_ordinal(last))
    }
}
