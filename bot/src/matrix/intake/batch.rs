//! What a sync brings, in batches.

use hearth_practices::RoomId;
use matrix_sdk::ruma::OwnedRoomId;

/// Events of one sync, of one room each, oldest first.
#[derive(Debug, Default)]
pub struct Batch {
    /// The cursor to commit with them; `None` while there is more of the same sync to come.
    pub next: Option<String>,
    /// Where the next page of a gap begins, of which these events are one.
    pub gap: Option<(RoomId, String)>,
    /// Rooms with what happened in them.
    pub rooms: Vec<RoomBatch>,
    /// Rooms that the bot is no longer in, with what happened before it had to go.
    pub left: Vec<RoomBatch>,
    /// Which keys have arrived for what could not be decrypted.
    pub keys: Keys,
}

/// Keys that have arrived.
#[derive(Debug, PartialEq, Eq)]
pub enum Keys {
    /// Those of these sessions.
    Of(Vec<(RoomId, String)>),
    /// It is not known which: the SDK has taken some in of which it did not tell.
    Any,
}

impl Default for Keys {
    fn default() -> Self {
        Self::Of(Vec::new())
    }
}

/// What happened in one room.
#[derive(Debug)]
pub struct RoomBatch {
    /// The room.
    pub room: RoomId,
    /// Its events, oldest first; none from before the bot joined, unless the room took the place of another.
    pub events: Vec<RawEvent>,
}

/// One event as JSON.
#[derive(Clone, Debug)]
pub struct RawEvent {
    /// The event, decrypted where it could be.
    pub json: String,
    /// Whether it came out of an encrypted payload.
    pub decrypted: bool,
}

/// What a sync brought, before the gaps in it are filled.
#[derive(Debug)]
pub(super) struct Unfilled {
    pub(super) next: String,
    pub(super) joined: Vec<UnfilledRoom>,
    pub(super) left: Vec<UnfilledRoom>,
    pub(super) keys: Keys,
    /// Whether encrypted events lack the relation that counts.
    pub(super) hides_relations: bool,
}

/// What it brought of one room.
#[derive(Debug)]
pub(super) struct UnfilledRoom {
    pub(super) room: OwnedRoomId,
    pub(super) limited: bool,
    pub(super) prev_batch: Option<String>,
    pub(super) events: Vec<RawEvent>,
    /// Whether all of it counts, also what is from before the bot joined.
    pub(super) whole: bool,
    /// Whether the bot has come to it because it took the place of another.
    pub(super) replaces: bool,
}
