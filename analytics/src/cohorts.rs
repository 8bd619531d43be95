//! Who of those who came in one month wrote in later ones, and which of these counts may be said.
//!
//! In each month the cohorts' counts add up to its posters, who are published. So where one count is hidden, others
//! of the same month are hidden with it, until nobody can tell a group of fewer than five. What is decided about a
//! month never changes: all reports together say no more than each.

use hearth_shared::report::MIN_PEOPLE;
use polars::prelude::*;

use crate::{
    month_facts::{Facts, SETTLING_MONTHS},
    suppress::{Cell, is_small},
};

/// The cohorts of a history: a row for each month in which people wrote first, a column for each month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cohorts {
    /// Who wrote in month `m` of those who came in month `c`, by `[c][m - c]`.
    counts: Vec<Vec<u64>>,
    shown: Vec<Vec<bool>>,
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
        Ok(Self::told(counts, months))
    }

    /// Which of these counts may be told.
    fn told(counts: Vec<Vec<u64>>, months: &[Facts]) -> Self {
        let mut shown: Vec<Vec<bool>> = counts.iter().map(|row| vec![false; row.len()]).collect();
        for (month, facts) in months.iter().enumerate() {
            let open = |cohort: usize| cohort >= SETTLING_MONTHS && !months[cohort].hidden.contains(&Cell::New);
            // Those who came this month are all there; what is left of the posters are the others.
            shown[month][0] = open(month);
            let column: Vec<Member> = (0..month)
                .map(|cohort| Member {
                    wrote: counts[cohort][month - cohort],
                    size: counts[cohort][0],
                    open: open(cohort),
                })
                .collect();
            let blank = [Cell::Posters, Cell::New, Cell::Retained, Cell::Reactivated, Cell::Lapsed];
            let may = if blank.iter().any(|cell| facts.hidden.contains(cell)) {
                vec![false; column.len()]
            } else {
                sayable(&column)
            };
            for (cohort, may) in may.into_iter().enumerate() {
                shown[cohort][month - cohort] = may;
            }
        }
        Self { counts, shown }
    }

    /// How many people a cohort is.
    pub fn size(&self, cohort: usize) -> u64 {
        self.counts.get(cohort).and_then(|row| row.first()).copied().unwrap_or(0)
    }

    /// How many of a cohort wrote so many months later.
    pub fn wrote(&self, cohort: usize, later: usize) -> Option<u64> {
        self.counts.get(cohort)?.get(later).copied()
    }

    /// Whether that may be said.
    pub fn is_shown(&self, cohort: usize, later: usize) -> bool {
        self.shown.get(cohort).and_then(|row| row.get(later)).copied().unwrap_or(false)
    }
}

/// A cohort in one month.
#[derive(Clone, Copy, Debug)]
struct Member {
    wrote: u64,
    size: u64,
    /// Whether its size is known to readers.
    open: bool,
}

impl Member {
    fn is_small(self) -> bool {
        is_small(self.wrote) || is_small(self.size - self.wrote)
    }
}

/// Which of one month's counts may be said, given that everybody knows their sum.
fn sayable(column: &[Member]) -> Vec<bool> {
    let mut shown: Vec<bool> = column.iter().map(|member| member.open && !member.is_small()).collect();
    while !is_safe(column, &shown) {
        // The smallest that is still shown costs readers least.
        let next = (0..column.len()).filter(|at| shown[*at]).min_by_key(|at| (column[*at].size, *at));
        let Some(next) = next else { break };
        shown[next] = false;
    }
    shown
}

/// Whether every small count could, for all that the shown ones tell, be nobody and five or more.
fn is_safe(column: &[Member], shown: &[bool]) -> bool {
    let hidden = || column.iter().zip(shown).filter(|(_, shown)| !**shown).map(|(member, _)| *member);
    let total: u64 = hidden().map(|member| member.wrote).sum();
    // Of a cohort whose size is not said there may be any number.
    let most = |member: Member| if member.open { member.size.min(total) } else { total };
    let room: u64 = hidden().map(most).sum();
    let safe = |member: Member| {
        let low = total.saturating_sub(room - most(member));
        let high = most(member);
        let wrote = !is_small(member.wrote) || (low == 0 && high >= MIN_PEOPLE);
        let silent = !member.open
            || !is_small(member.size - member.wrote)
            || (high == member.size && member.size - low >= MIN_PEOPLE);
        wrote && silent
    };
    hidden().all(safe)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn open(size: u64, wrote: u64) -> Member {
        Member { wrote, size, open: true }
    }

    #[test]
    fn large_counts_are_said() {
        assert_eq!(sayable(&[open(20, 10), open(9, 0), open(12, 12)]), [true, true, true]);
    }

    #[test]
    fn a_small_count_is_not_left_alone() {
        let shown = sayable(&[open(20, 10), open(9, 3), open(30, 15)]);
        assert_eq!(shown, [false, false, true], "3 would be what the others lack");
        let unsettled = Member { wrote: 0, size: 40, open: false };
        assert_eq!(sayable(&[unsettled, open(9, 3), open(30, 15)]), [false, false, false]);
    }

    proptest! {
        #![proptest_config(crate::suppress::tests::cases(10_000))]

        /// Whoever knows all sizes, what is shown, and the sum, and tries every assignment of the rest.
        #[test]
        fn no_assignment_that_fits_gives_a_small_group_away(
            column in prop::collection::vec((5u64..10, 0u64..10, prop::bool::weighted(0.7)), 1..4),
        ) {
            let column: Vec<Member> =
                column.into_iter().map(|(size, wrote, open)| Member { wrote: wrote.min(size), size, open }).collect();
            let shown = sayable(&column);
            // Where everything is hidden, the sum is the month's own, which is judged as such.
            if !shown.contains(&true) {
                return Ok(());
            }
            let sum: u64 = column.iter().map(|member| member.wrote).sum();
            let most: Vec<u64> = column.iter().map(|member| if member.open { member.size } else { sum }).collect();
            let mut possible: Vec<std::collections::BTreeSet<u64>> = vec![Default::default(); column.len()];
            let mut guess = vec![0; column.len()];
            loop {
                let fits = guess.iter().sum::<u64>() == sum
                    && (0..column.len()).all(|at| !shown[at] || guess[at] == column[at].wrote);
                if fits {
                    for at in 0..column.len() {
                        possible[at].insert(guess[at]);
                    }
                }
                let Some(at) = (0..column.len()).find(|at| guess[*at] < most[*at]) else { break };
                guess[at] += 1;
                guess[..at].fill(0);
            }
            for (at, member) in column.iter().enumerate() {
                if is_small(member.wrote) {
                    prop_assert!(possible[at].contains(&0) && possible[at].last() >= Some(&MIN_PEOPLE));
                }
                if member.open && is_small(member.size - member.wrote) {
                    prop_assert!(possible[at].contains(&member.size));
                    prop_assert!(possible[at].first() <= Some(&(member.size - MIN_PEOPLE)));
                }
            }
        }
    }
}
