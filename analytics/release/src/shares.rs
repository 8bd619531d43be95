//! Shares of few people, gathered over whole quarters that never overlap.
//!
//! A share is told once, in the release of the month in which it falls due: with the quarter's last month; with the next
//! one where newcomers have thirty days to come back; with the next quarter's last where that quarter must be over. The
//! two about newcomers gather quarters until they are about [`POOLED`] people, and are told from [`LEAST`] when
//! [`QUARTERS`] quarters are gathered. Which quarters were told is read from the releases: what the log says of them later
//! may be something else, and windows that overlap could be subtracted.

use std::collections::{BTreeMap, BTreeSet};

use hearth_shared::{
    month::Month,
    release::{Cell, Quarter, Release},
    report::{measure_id as id, reason},
};

use crate::{policy::cells, raw::RawQuarter};

/// A share of newcomers is told as soon as it is about so many.
pub const POOLED: u64 = 20;
/// It waits no longer when so many quarters are gathered.
pub const QUARTERS: usize = 4;
/// Then, and at once for the others, it is told from so many people on.
pub const LEAST: u64 = 10;

/// What the shares are made of.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The quarters that are over, in any order.
    pub quarters: &'a [RawQuarter],
    /// The scope at the end of each month of the log; 0 before the first.
    pub scopes: &'a BTreeMap<Month, u64>,
    /// All releases of earlier months that are there.
    pub earlier: &'a [Release],
    /// Earlier months whose releases were written and are lost. What fell due with them counts as told.
    pub lost: &'a BTreeSet<Month>,
}

/// One of the four shares: how many months after its last quarter it is told, whether it gathers quarters, and of how many
/// it counts how many.
struct Share {
    id: &'static str,
    months_later: i32,
    gathers: bool,
    count: fn(&RawQuarter) -> Option<[u64; 2]>,
}

const SHARES: [Share; 4] = [
    Share { id: id::ALONE, months_later: 0, gathers: false, count: |it| Some([it.alone, it.posters]) },
    Share { id: id::STAYED, months_later: 3, gathers: false, count: |it| it.stayed.map(|stayed| [stayed, it.posters]) },
    Share {
        id: id::NEWCOMERS_ANSWERED,
        months_later: 0,
        gathers: true,
        count: |it| Some([it.welcomed, it.welcome_known]),
    },
    Share { id: id::NEWCOMERS_CAME_BACK, months_later: 1, gathers: true, count: |it| Some([it.back, it.back_known]) },
];

/// The four shares' cells in the release of `month`. Those that do not fall due with it are *n/a*.
pub fn month(month: Month, known: Known<'_>) -> BTreeMap<String, Cell> {
    SHARES.iter().map(|share| (share.id.to_owned(), share.cell(month, known))).collect()
}

impl Share {
    fn cell(&self, month: Month, known: Known<'_>) -> Cell {
        let Some(last) = self.falls_due(month) else { return Cell::na(reason::NO_QUARTER_ENDS, "share") };
        let from = if self.gathers { self.first_untold(known, last) } else { last };
        let window: Vec<&RawQuarter> = gathered(known.quarters, from, last);
        if window.last().is_none_or(|it| it.quarter != last) {
            return Cell::na(reason::LOG_STARTS_HERE, "share");
        }
        if self.id == id::STAYED && scope_changes(last, known.scopes) {
            return Cell::na(reason::SCOPE_CHANGED, "share");
        }
        let counts: Option<Vec<_>> = window.iter().map(|it| (self.count)(it)).collect();
        let Some(counts) = counts else { return Cell::na(reason::INCOMPLETE_MONTH, "share") };
        let [part, whole] = [0, 1].map(|place| counts.iter().map(|count| count[place]).sum());
        if self.gathers && whole < POOLED && window.len() < QUARTERS {
            return Cell::suppressed(reason::GATHERING, "share");
        }
        let cell = match whole {
            0..LEAST => Cell::suppressed(reason::TOO_FEW_PEOPLE, "share"),
            _ => cells::people_share(part, whole),
        };
        Cell { quarters: window.iter().map(|it| it.quarter).collect(), ..cell }
    }

    /// The last quarter of what is told with a month.
    fn falls_due(&self, month: Month) -> Option<Quarter> {
        let quarter = Quarter::of(month.plus(-self.months_later)?)?;
        (quarter.last().plus(self.months_later) == Some(month)).then_some(quarter)
    }

    /// The first quarter that is not told yet: after all quarters that a release names, and all that fell due with a
    /// release that is lost.
    fn first_untold(&self, known: Known<'_>, last: Quarter) -> Quarter {
        let told = known.earlier.iter().filter_map(|release| release.measures.get(self.id));
        let told = told.filter_map(|cell| cell.quarters.iter().max().copied());
        let lost = known.lost.iter().filter_map(|month| self.falls_due(*month));
        let next = told.chain(lost).max().and_then(|quarter| quarter.plus(1));
        let first = known.quarters.iter().map(|it| it.quarter).min();
        next.or(first).unwrap_or(last)
    }
}

/// The quarters from one to another that are known, in order.
fn gathered(quarters: &[RawQuarter], from: Quarter, to: Quarter) -> Vec<&RawQuarter> {
    let mut window: Vec<_> = quarters.iter().filter(|it| (from..=to).contains(&it.quarter)).collect();
    window.sort_by_key(|it| it.quarter);
    window
}

/// Whether rooms that existed already came into view in a quarter or the next: people of theirs would seem to have come
/// or to have stayed.
fn scope_changes(quarter: Quarter, scopes: &BTreeMap<Month, u64>) -> bool {
    let at_end =
        |month: Option<Month>| month.and_then(|month| scopes.range(..=month).next_back()).map_or(0, |it| *it.1);
    at_end(quarter.first().previous()) != at_end(quarter.last().plus(3))
}
