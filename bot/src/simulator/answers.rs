//! What the homeserver says of who is in a room, until the bot takes it.

use hearth_practices::{RoomId, UserId};

use super::dice::Dice;

/// Answers of the homeserver: who is in a room.
pub(super) struct Answers {
    /// Those that have not been taken yet.
    pub waiting: Vec<(RoomId, Vec<UserId>)>,
    /// What decides when it is asked. It is apart from what decides the life.
    pub dice: Dice,
}

impl Answers {
    pub(super) fn new(seed: u64) -> Self {
        Self { waiting: Vec::new(), dice: Dice::new(seed) }
    }
}
