//! Where a message is.

use serde::{Deserialize, Serialize};

use crate::{EventId, RoomId};

/// A message and its room.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct Place {
    /// The room.
    pub room: RoomId,
    /// The message.
    pub event: EventId,
}

/// As it may stand in a database: some practices wrote a pair.
#[derive(Deserialize)]
#[serde(untagged)]
enum Stored {
    Named { room: RoomId, event: EventId },
    Pair(RoomId, EventId),
}

impl From<Stored> for Place {
    fn from(stored: Stored) -> Self {
        match stored {
            Stored::Named { room, event } | Stored::Pair(room, event) => Self { room, event },
        }
    }
}
