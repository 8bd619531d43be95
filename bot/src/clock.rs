//! The one place where the bot looks at the time.

use jiff::{SignedDuration, Timestamp};

/// A clock, set ahead of the machine's only to show what a later day brings.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock {
    ahead: SignedDuration,
}

impl Clock {
    /// A clock that runs so far ahead.
    pub fn ahead(ahead: SignedDuration) -> Self {
        Self { ahead }
    }

    /// Now.
    #[expect(clippy::disallowed_methods, reason = "the one place")]
    pub fn now(self) -> Timestamp {
        Timestamp::now().saturating_add(self.ahead).unwrap_or(Timestamp::MAX)
    }
}
