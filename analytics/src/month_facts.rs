//! What one month holds, and what that means among the others.

use hearth_shared::{activity::Capabilities, month::Month};

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
    /// How many people wrote.
    pub posters: u64,
}
