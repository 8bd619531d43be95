//! What the schedule is told of, and what it says.

use hearth_practices::UserId;
use jiff::Timestamp;

use crate::sending::Class;

/// How soon something should be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Importance {
    /// Somebody waits for it.
    Answer,
    /// It says without words that something was heard.
    Sign,
    /// It begins something.
    Prompt,
    /// Nobody asked for it.
    Nudge,
    /// It keeps things tidy: edits of cards, removals.
    Housekeeping,
}

impl Importance {
    const ALL: [Self; 5] = [Self::Answer, Self::Sign, Self::Prompt, Self::Nudge, Self::Housekeeping];

    /// As a number, for the store. Their order there is the one in which they came to be.
    pub fn code(self) -> i64 {
        match self {
            Self::Answer => 0,
            Self::Prompt => 1,
            Self::Nudge => 2,
            Self::Housekeeping => 3,
            Self::Sign => 4,
        }
    }

    /// From the store. What nobody knows is housekeeping.
    pub fn from_code(code: i64) -> Self {
        Self::ALL.into_iter().find(|importance| importance.code() == code).unwrap_or(Self::Housekeeping)
    }
}

/// What the schedule knows of a row: everything but its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number; later rows have higher ones.
    pub id: i64,
    /// What it shares an order with.
    pub lane: String,
    /// How soon it should be sent.
    pub importance: Importance,
    /// What kind of request it is.
    pub class: Class,
    /// Whether it goes to one person's direct room.
    pub direct: bool,
    /// How often it was tried.
    pub attempts: u32,
    /// Not to be sent before.
    pub not_before: Timestamp,
    /// Not to be sent at or after.
    pub expires: Option<Timestamp>,
    /// The row that must be gone before: it sends what this one is about.
    pub after: Option<i64>,
    /// Whose direct room it waits for; the same for all rows of a lane.
    pub needs_room: Option<UserId>,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Job {
    /// Send a row.
    Send(i64),
    /// Find or make the direct room of somebody for whom something waits.
    MakeRoom(UserId),
    /// Drop a row whose time has passed.
    Expire(i64),
    /// Accept an invitation.
    Join,
}

/// What is to become of a row, or of a room that was to be made, after a failure that may pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is tried again, not before; whether that counts as an attempt.
    Wait(Timestamp, bool),
    /// It was tried often enough while the homeserver was there.
    GiveUp,
}
