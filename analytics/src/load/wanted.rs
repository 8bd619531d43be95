//! Which rows of a log are read.

use jiff::Timestamp;

use crate::index::Numbering;

/// The rows that are read.
pub(super) struct Wanted {
    /// The community's id in the database.
    pub(super) community: i64,
    /// Whether the log has no other.
    pub(super) is_only: bool,
    /// The last moment.
    pub(super) now: Timestamp,
    /// Who may be counted.
    pub(super) people: Numbering,
}

impl Wanted {
    /// Whether a time is one at which something can have happened.
    pub(super) fn is_time(&self, ts: i64) -> bool {
        (0..=self.now.as_millisecond()).contains(&ts)
    }
}
