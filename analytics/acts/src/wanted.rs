//! Which rows of a log are read.

use polars::prelude::PlHashSet;

/// From where on a log is read.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    /// From this id on.
    pub id: i64,
    /// Since this time, in milliseconds since 1970.
    pub ts: i64,
}

impl Start {
    /// The whole log.
    pub const BEGINNING: Self = Self { id: i64::MIN, ts: i64::MIN };
}

/// Which rows are read.
pub(super) struct Wanted {
    /// The community's id in the database.
    pub community: i64,
    /// Whether the log has no other.
    pub is_only: bool,
    /// The last moment: acts from the future are a wrong clock and are left out.
    pub now: i64,
    /// Who may be counted.
    pub people: PlHashSet<i32>,
}

impl Wanted {
    /// Whether a time is one at which something can have happened.
    pub fn is_time(&self, ts: i64) -> bool {
        (0..=self.now).contains(&ts)
    }
}
