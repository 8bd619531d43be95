//! What events are called in the database: keyed hashes, which lead whoever has it alone to nobody.

use hearth_practices::EventId;
use hearth_shared::pseudonym::Key;

/// Makes names of event ids that lead whoever has the database alone to nobody.
pub(super) struct Names(Key);

impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Names")
    }
}

impl Names {
    pub(super) fn new(key: &Key) -> Self {
        Self(key.for_community("\0bot.db"))
    }

    /// What an event that had consequences, or was a command, is kept as.
    pub(super) fn handled(&self, event: &EventId) -> String {
        self.0.event_hex(event.as_str())
    }
}
