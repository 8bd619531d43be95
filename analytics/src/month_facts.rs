//! What one month holds, and what that means among the others.

use std::collections::BTreeSet;

use hearth_shared::{
    activity::{Capabilities, Capability},
    month::Month,
};

use crate::suppress::Cell;

/// For this many months after a log begins, nobody can be told to be new or back again.
pub const SETTLING_MONTHS: usize = 3;

/// What one month holds, and what that means among the others.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The month.
    pub month: Month,
    /// How many months the log had when it began: 0 in the log's first.
    pub age: usize,
    /// Whether the month is over.
    pub complete: bool,
    /// The time of the last row up to its end: so far was everybody observed.
    pub observed: i64,
    /// What the sources of its rows can know; joins: what those of all rows up to its end can.
    pub capabilities: Capabilities,
    /// How many people each cell counts, in the order of [`Cell::ALL`].
    pub counts: [u64; Cell::ALL.len()],
    /// Days on which somebody was active, summed over people.
    pub active_days: u64,
    /// The counts that must not be published.
    pub hidden: BTreeSet<Cell>,
}

impl Facts {
    /// How many people a cell counts.
    pub fn count(&self, cell: Cell) -> u64 {
        self.counts[cell as usize]
    }

    /// Whether a cell can be known at all, before asking whether it may be said.
    pub fn knows(&self, cell: Cell) -> bool {
        let has = |capability| self.capabilities.has(capability);
        match cell {
            Cell::Posters => true,
            Cell::Active | Cell::ReactorsOnly => has(Capability::Reactions),
            Cell::Members | Cell::Silent => has(Capability::Reactions) && has(Capability::Joins),
            Cell::New | Cell::Reactivated => self.age >= SETTLING_MONTHS,
            Cell::Retained | Cell::Lapsed => self.age >= 1,
        }
    }
}
