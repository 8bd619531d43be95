//! What goes wrong between the bot and the homeserver.

use super::homeserver::World;
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

impl World {
    /// What becomes of the next request: whether it arrives, whether its answer does, or how the homeserver fails.
    pub(super) fn fate(&mut self) -> Fate {
        let draw = self.dice.below(100);
        match self.trouble {
            Trouble::None => Fate::Well,
            Trouble::Lossy if draw < 15 => Fate::AnswerLost,
            Trouble::Lossy if draw < 25 => Fate::Refused(NotNow::Absent),
            Trouble::Lossy if draw < 35 => Fate::Refused(NotNow::Failing),
            Trouble::Lossy => Fate::Well,
            Trouble::Failing => Fate::Refused(NotNow::Failing),
            Trouble::Absent => Fate::Refused(NotNow::Absent),
        }
    }
}
