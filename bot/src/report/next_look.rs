//! When it is looked whether a report is due.

use jiff::Timestamp;

use crate::store::Commit;

/// When it is to be looked again whether a report is due: at once after something has changed that bears on it, and
/// otherwise once an hour. So a turn of the loop asks the databases nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NextLook(Timestamp);

impl Default for NextLook {
    fn default() -> Self {
        Self(Timestamp::MIN)
    }
}

impl NextLook {
    /// Not before this moment, unless something changes.
    pub(crate) fn at(at: Timestamp) -> Self {
        Self(at)
    }

    /// Whether it is time.
    pub(crate) fn has_come(self, now: Timestamp) -> bool {
        self.0 <= now
    }

    /// Looks at once if a unit of work changed what became of reports, or a setting: the leads' room, the zone.
    pub(crate) fn note(&mut self, commit: &Commit) {
        if !commit.reports.is_empty() || !commit.settings.is_empty() {
            *self = Self::default();
        }
    }
}
