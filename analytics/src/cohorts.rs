//! Who of those who came in one month wrote in later ones.

use polars::prelude::*;

use crate::month_facts::Facts;

/// The cohorts of a history: a row for each month in which people wrote first, a column for each month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cohorts {
    /// Who wrote in month `m` of those who came in month `c`, by `[c][m - c]`.
    counts: Vec<Vec<u64>>,
}

impl Cohorts {
    /// The cohorts of months whose facts these are, from their table. Who wrote in the log's first months may have come
    /// before it: of them nothing is said.
    ///
    /// # Errors
    /// Where the table lacks a column.
    pub fn of(table: &DataFrame, months: &[Facts]) -> PolarsResult<Self> {
        let mut counts: Vec<Vec<u64>> = (0..months.len()).map(|cohort| vec![0; months.len() - cohort]).collect();
        let first = months.first().map_or(0, |facts| facts.month.ordinal());
        let [month, cohort] = ["month", "cohort"].map(|name| table.column(name));
        let (month, cohort, wrote) = (month?.i32()?, cohort?.i32()?, table.column("wrote")?.u32()?);
        for (month, (cohort, wrote)) in month.iter().flatten().zip(cohort.iter().flatten().zip(wrote.iter().flatten()))
        {
            let place = |at: i32| usize::try_from(at).ok();
            let row = place(cohort - first).and_then(|cohort| counts.get_mut(cohort));
            if let Some(count) = row.zip(place(month - cohort)).and_then(|(row, later)| row.get_mut(later)) {
                *count = u64::from(wrote);
            }
        }
        Ok(Self { counts })
    }

    /// How many people a cohort is.
    pub fn size(&self, cohort: usize) -> u64 {
        self.counts.get(cohort).and_then(|row| row.first()).copied().unwrap_or(0)
    }

    /// How many of a cohort wrote so many months later.
    pub fn wrote(&self, cohort: usize, later: usize) -> Option<u64> {
        self.counts.get(cohort)?.get(later).copied()
    }
}
