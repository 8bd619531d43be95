//! Rooms that the bot is no longer in though no sync says so: an administrator of the homeserver has purged them, or
//! everything that told of it was purged.

use std::{
    collections::HashSet,
    sync::{MutexGuard, PoisonError},
};

use hearth_practices::RoomId;
use matrix_sdk::ruma::{OwnedRoomId, api::client::membership::joined_rooms};
use tracing::warn;

use super::{Matrix, backoff::asked};
use crate::sending::RetryAfter;

impl Matrix {
    /// Asks the homeserver which rooms the bot is in, and gives those of `known` that are not among them. What the SDK
    /// remembers of these grants nothing.
    ///
    /// # Errors
    /// Where it does not say: when it wants to be asked again, if it says that.
    pub async fn gone(&self, known: Vec<RoomId>) -> Result<Vec<RoomId>, Option<RetryAfter>> {
        // Before it is asked: a room that the bot comes to in the meantime is not missed.
        let remembered: Vec<_> = self.client.joined_rooms().iter().map(|room| room.room_id().to_owned()).collect();
        let joined = match self.client.send(joined_rooms::v3::Request::new()).await {
            Ok(answer) => answer.joined_rooms.into_iter().collect::<HashSet<_>>(),
            Err(error) => {
                warn!("the homeserver does not say which rooms the bot is in, will ask again: {error}");
                return Err(asked(error.client_api_error_kind()));
            }
        };
        *self.without() = remembered.into_iter().filter(|room| !joined.contains(room)).collect();
        let is_in = |room: &RoomId| OwnedRoomId::try_from(room.as_str()).is_ok_and(|room| joined.contains(&room));
        Ok(known.into_iter().filter(|room| !is_in(room)).collect())
    }

    /// A sync told of a room: the bot is in it.
    pub fn is_back(&self, room: &RoomId) {
        if let Ok(room) = OwnedRoomId::try_from(room.as_str()) {
            self.without().remove(&room);
        }
    }

    /// The rooms that the SDK remembers and the homeserver does not.
    pub(super) fn without(&self) -> MutexGuard<'_, HashSet<OwnedRoomId>> {
        self.without.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
