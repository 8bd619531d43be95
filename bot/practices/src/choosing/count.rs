//! A count on a card, which follows what is counted at some distance: homeservers allow few messages a minute.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How often a card is brought up to date at most.
const EVERY: SignedDuration = SignedDuration::from_secs(20);

/// When a card last showed how many have voted, and whether that is still true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownCount {
    at: Timestamp,
    behind: bool,
    /// Whether somebody waits for their paper, because rooms are made one after the other.
    #[serde(default)]
    held: bool,
}

impl ShownCount {
    /// It was shown just now.
    pub fn new(now: Timestamp) -> Self {
        Self { at: now, behind: false, held: false }
    }

    /// The same, shown just now.
    #[must_use]
    pub fn shown(self, now: Timestamp) -> Self {
        Self { at: now, behind: false, ..self }
    }

    /// Whether the card says how to be served at once.
    pub fn is_held(&self) -> bool {
        self.held
    }

    /// The same, of a card that says, or does not say, how to be served at once.
    #[must_use]
    pub fn hold(self, held: bool) -> Self {
        Self { held, ..self }
    }

    /// It is no longer true.
    pub fn fall_behind(&mut self) {
        self.behind = true;
    }

    /// When the card is to be brought up to date, if it is behind.
    pub fn due(&self) -> Option<Timestamp> {
        self.behind.then(|| self.at.saturating_add(EVERY).unwrap_or(Timestamp::MAX))
    }

    /// Whether the card is to be brought up to date now.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.due().is_some_and(|due| due <= now)
    }
}
