//! What goes wrong between the bot and the homeserver.

use crate::sending::NotNow;

/// What goes wrong on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    None,
    /// Requests and answers get lost, some fail.
    Lossy,
    /// The homeserver fails at everything.
    Failing,
    /// Nobody answers.
    Absent,
}

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is done, and the answer arrives.
    Well,
    /// It is done, and nobody learns of it.
    AnswerLost,
    /// It is not done.
    Refused(NotNow),
}

impl Trouble {
    /// What becomes of a request, by a draw from a hundred: whether it arrives, whether its answer does, or how the
    /// homeserver fails.
    pub(super) fn fate(self, draw: usize) -> Fate {
        match self {
            Self::None => Fate::Well,
            Self::Lossy if draw < 15 => Fate::AnswerLost,
            Self::Lossy if draw < 25 => Fate::Refused(NotNow::Absent),
            Self::Lossy if draw < 35 => Fate::Refused(NotNow::Failing),
            Self::Lossy => Fate::Well,
            Self::Failing => Fate::Refused(NotNow::Failing),
            Self::Absent => Fate::Refused(NotNow::Absent),
        }
    }
}
