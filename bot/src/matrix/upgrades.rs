//! Room upgrades: which room was replaced by which, as the rooms' own state says, and how the bot gets into the new one.

use hearth_practices::{RoomId, UserId};
use jiff::Timestamp;
use matrix_sdk::{
    deserialized_responses::RawAnySyncOrStrippedState,
    ruma::{
        OwnedRoomOrAliasId, OwnedServerName, OwnedUserId,
        events::{StateEventType, room::history_visibility::HistoryVisibility},
    },
};
use serde::Deserialize;

use super::{
    Matrix,
    joins::{self, Became, Course},
    rooms::{JOIN_TAKES, is_lead},
};

/// How often getting into a room may fail without a plain refusal before somebody is told.
const PATIENCE: u32 = 4;

/// How long a chain of upgrades is looked at.
const LONGEST_CHAIN: usize = 16;

/// What a room says of its replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// The room.
    pub to: RoomId,
    /// Who replaced it.
    pub by: UserId,
    /// When, as their server says.
    pub at: Timestamp,
}

/// Whether the bot got into a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follow {
    /// It did; the next sync brings the room.
    In,
    /// Not now.
    Later,
    /// It is not let in.
    Refused,
}

#[derive(Deserialize)]
struct Tombstone {
    sender: String,
    origin_server_ts: i64,
    content: TombstoneContent,
}

#[derive(Deserialize)]
struct TombstoneContent {
    replacement_room: String,
}

impl Matrix {
    /// The room that replaced a room, as the room's state says now. It counts from moderators only, whatever the room
    /// lets others do.
    pub async fn replacement(&self, room: &RoomId) -> Option<Replacement> {
        let found = self.joined_room(room).filter(|room| room.is_tombstoned())?;
        let event = found.get_state_event(StateEventType::RoomTombstone, "").await.ok()??;
        let RawAnySyncOrStrippedState::Sync(event) = event else { return None };
        let Tombstone { sender, origin_server_ts, content } = serde_json::from_str(event.json().get()).ok()?;
        let by = OwnedUserId::try_from(sender).ok()?;
        if !is_lead(&found.power_levels_or_default().await.for_user(&by)) {
            return None;
        }
        let at = Timestamp::from_millisecond(origin_server_ts).ok()?;
        Some(Replacement { to: RoomId::from(content.replacement_room), by: UserId::from(&by), at })
    }

    /// Whether a room says that it was replaced.
    pub fn is_replaced(&self, room: &RoomId) -> bool {
        self.joined_room(room).is_some_and(|room| room.is_tombstoned())
    }

    /// The room that a room replaces, as it says itself.
    pub fn predecessor(&self, room: &RoomId) -> Option<RoomId> {
        Some(RoomId::from(self.joined_room(room)?.predecessor_room()?.room_id.as_str()))
    }

    /// How many rooms a room took the place of, one after the other.
    pub fn generation(&self, room: &RoomId) -> usize {
        let older = |room: &RoomId| self.predecessor(room);
        std::iter::successors(older(room), older).take(LONGEST_CHAIN).count()
    }

    /// Whether a room took the place of one in which the bot is, as both of them say.
    pub async fn is_replacement(&self, room: &RoomId) -> bool {
        let Some(old) = self.predecessor(room) else { return false };
        self.replacement(&old).await.is_some_and(|replacement| replacement.to == *room)
    }

    /// Whether whoever is in a room may read what happened in it before.
    pub fn shows_its_past(&self, room: &RoomId) -> bool {
        let visibility = self.joined_room(room).map(|room| room.history_visibility_or_default());
        matches!(visibility, Some(HistoryVisibility::Shared | HistoryVisibility::WorldReadable))
    }

    /// Tries to get into the room that replaced one, less often each time. Where the homeserver limits joins, it waits for
    /// its turn among them: see [`Self::join_next`].
    pub async fn follow(&self, replacement: &Replacement, now: Timestamp) -> Follow {
        if self.joined_room(&replacement.to).is_some() {
            return Follow::In;
        }
        let Ok(room) = OwnedRoomOrAliasId::try_from(replacement.to.as_str()) else { return Follow::Refused };
        // Ids of version 12 say nothing of a server: whoever made the room is in it.
        let theirs = replacement.by.as_str().split_once(':').map(|(_, server)| server.to_owned());
        let servers = [theirs, Some(self.me.server_name().to_string())];
        let via: Vec<OwnedServerName> = servers.into_iter().flatten().filter_map(|name| name.try_into().ok()).collect();
        let followed = (room, via);
        let course = self.following().course(&self.backoff(), &followed, now);
        if course != Course::Join {
            return Follow::Later;
        }
        let name = joins::name_of(&followed.0);
        let join = self.client.join_room_by_id_or_alias(&followed.0, &followed.1);
        let outcome = tokio::time::timeout(JOIN_TAKES, join).await;
        let (became, _) = self.told(&name, &outcome, now);
        self.following().note(&mut self.backoff(), followed, became, now);
        match became {
            Became::In => Follow::In,
            Became::Limited(_) => Follow::Later,
            Became::Refused => Follow::Refused,
            Became::Later(_) if self.backoff().failures(&name) >= PATIENCE => Follow::Refused,
            Became::Later(_) => Follow::Later,
        }
    }
}
