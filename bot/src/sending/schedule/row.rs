//! What the schedule is told of, and what it says.

use hearth_practices::{Attention, UserId};
use jiff::Timestamp;

use crate::sending::Class;

/// What the schedule knows of a row: everything but its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number; later rows have higher ones.
    pub id: i64,
    /// What it shares an order with.
    pub lane: String,
    /// How much attention it asks for.
    pub attention: Attention,
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
