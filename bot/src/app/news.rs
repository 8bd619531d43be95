//! What is found out beside the loop.

use hearth_practices::{RoomId, UserId};

use super::looks::Look;

/// What is found out beside the loop, and told to it: only the loop decides.
#[derive(Debug)]
pub(super) enum News {
    /// Who is in a room that the bot has come to.
    Arrived {
        /// The room.
        room: RoomId,
        /// Who.
        people: Vec<UserId>,
    },
    /// It was asked who is in a room, at some point; nobody knows how, or nobody answered.
    Compared {
        /// The room.
        room: RoomId,
        /// Who, if anybody said so.
        people: Option<Vec<UserId>>,
    },
    /// It was asked for rooms that the bot is no longer in, and of which no sync told.
    Looked(Look),
    /// The bot is not let into the room that replaced one.
    Refused {
        /// The old room.
        room: RoomId,
        /// Who replaced it.
        by: UserId,
    },
}
