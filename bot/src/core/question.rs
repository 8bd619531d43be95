//! What is asked of the rooms' state.

use hearth_practices::{EventId, RoomId, UserId};

use crate::engine::Constituency;

/// What must be known of an event's author before anything follows from it.
#[derive(Debug)]
pub struct Question {
    /// Who.
    pub who: UserId,
    /// Where they did it.
    pub room: RoomId,
    /// The communities that it may concern.
    pub concerned: Vec<Constituency>,
    /// The people whom they name.
    pub named: Vec<UserId>,
    /// The message that they edit.
    pub edits: Option<EventId>,
}
