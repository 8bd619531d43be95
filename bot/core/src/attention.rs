//! How much attention something outgoing asks for. It decides whether people are notified, what is sent first, and what
//! is held to a budget.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How much attention something outgoing asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Attention {
    /// An answer, or a note for those who look: somebody waits for it. It notifies nobody.
    Answer,
    /// It says without words that something was heard.
    Sign,
    /// It begins something, and notifies those who want to be.
    Prompt,
    /// A place to tap under a message that can be answered in words, too. It notifies nobody.
    Button,
    /// It begins something, nobody asked for it: people and rooms get so many at most.
    Nudge {
        /// From when on it is of no use. It is not sent then or later, and the practice that named it is told
        /// ([`crate::Event::Unsent`]).
        until: Timestamp,
    },
    /// It keeps things tidy: edits of cards, removals.
    Housekeeping,
}

impl Attention {
    /// How many ranks there are.
    pub const RANKS: usize = 6;

    /// Its rank: the smaller, the sooner it is sent.
    pub const fn rank(self) -> usize {
        match self {
            Self::Answer => 0,
            Self::Sign => 1,
            Self::Prompt => 2,
            Self::Button => 3,
            Self::Nudge { .. } => 4,
            Self::Housekeeping => 5,
        }
    }

    /// Whether it is a nudge.
    pub const fn is_nudge(self) -> bool {
        matches!(self, Self::Nudge { .. })
    }

    /// Whether people are notified who want to be.
    pub const fn notifies(self) -> bool {
        matches!(self, Self::Prompt | Self::Nudge { .. })
    }

    /// From when on it is of no use.
    pub const fn until(self) -> Option<Timestamp> {
        match self {
            Self::Nudge { until } => Some(until),
            Self::Answer | Self::Sign | Self::Prompt | Self::Button | Self::Housekeeping => None,
        }
    }

    /// The one of the two that is sent sooner.
    #[must_use]
    pub fn sooner(self, other: Self) -> Self {
        if other.rank() < self.rank() { other } else { self }
    }

    /// As a number, for whoever stores it; the date of a nudge is stored beside it. The order of the numbers is the one
    /// in which the kinds came to be.
    pub const fn code(self) -> i64 {
        match self {
            Self::Answer => 0,
            Self::Prompt => 1,
            Self::Nudge { .. } => 2,
            Self::Housekeeping => 3,
            Self::Sign => 4,
            Self::Button => 5,
        }
    }

    /// From what was stored. What nobody knows is housekeeping.
    pub fn from_code(code: i64, until: Option<Timestamp>) -> Self {
        match code {
            0 => Self::Answer,
            1 => Self::Prompt,
            2 => Self::Nudge { until: until.unwrap_or(Timestamp::MAX) },
            4 => Self::Sign,
            5 => Self::Button,
            _ => Self::Housekeeping,
        }
    }
}
