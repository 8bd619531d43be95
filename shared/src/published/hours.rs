//! How much of a month a log can know.

use serde::{Deserialize, Serialize};

/// The hours of a month, counted from the log's first entry where that lies inside of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// All of them.
    pub all: u32,
    /// Those in which the log has no heartbeat: whether anything happened in them is not known.
    pub unknown: u32,
}

impl Hours {
    /// Of so many hours one may be unknown, so that a month is still compared with others.
    const ONE_OF: u32 = 20;

    /// Whether so much of the month is unknown (more than 5 %) that it is not compared with others.
    pub fn are_too_few(self) -> bool {
        u64::from(self.unknown) * u64::from(Self::ONE_OF) > u64::from(self.all)
    }
}
