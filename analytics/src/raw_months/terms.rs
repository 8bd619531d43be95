//! What is asked of months beside their log.

use std::collections::BTreeSet;

use polars::prelude::*;

/// What is known beside the log, and from where on a room is too busy to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Rooms for announcements: nobody is expected to answer there.
    pub announcements: BTreeSet<i32>,
    /// With so many messages a month on the main timeline, somebody always speaks: whether anybody answers is not seen.
    pub busy: u32,
}

impl Default for Terms {
    fn default() -> Self {
        Self { announcements: BTreeSet::new(), busy: 600 }
    }
}

impl Terms {
    /// Whether a row with `room` is of a room for announcements.
    pub(super) fn announces(&self) -> Expr {
        self.announcements.iter().fold(lit(false), |any, room| any.or(col("room").eq(lit(*room))))
    }

    /// Whether a row with `main` (messages of its room and month on the main timeline; null is none) is of a busy room.
    pub(super) fn is_busy(&self) -> Expr {
        col("main").fill_null(lit(0)).gt_eq(lit(self.busy))
    }
}
