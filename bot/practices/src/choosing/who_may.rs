//! Who may begin something.

use serde::{Deserialize, Serialize};

/// Who may begin something: open a poll, plan a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhoMay {
    /// Everybody.
    Everyone,
    /// Leads only.
    Leads,
}

impl WhoMay {
    /// Whether somebody may who is a lead, or is not.
    pub fn allows(self, lead: bool) -> bool {
        lead || self == Self::Everyone
    }
}
