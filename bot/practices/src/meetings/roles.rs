//! Who facilitates and who takes notes: in turn among those who volunteered, the least recent first.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{UserId, forget};

/// Somebody who volunteered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Volunteer {
    /// Who.
    pub who: UserId,
    /// To facilitate.
    pub facilitate: bool,
    /// To take notes.
    pub notes: bool,
}

forget!(Volunteer: who; facilitate, notes);

/// When somebody last did what, by the meeting's day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Led {
    /// Facilitated.
    pub facilitated: Option<Date>,
    /// Took notes.
    pub noted: Option<Date>,
}

forget!(Led; facilitated, noted);

/// Who leads a meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roles {
    /// Who facilitates.
    pub facilitator: Option<UserId>,
    /// Who takes notes.
    pub note_taker: Option<UserId>,
}

forget!(Roles: facilitator, note_taker);

impl Roles {
    /// Everybody in it.
    pub fn people(&self) -> impl Iterator<Item = &UserId> {
        self.facilitator.iter().chain(&self.note_taker)
    }
}
