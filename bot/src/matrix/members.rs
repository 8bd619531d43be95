//! Who was in a room at a point of its timeline, as the homeserver says past the SDK.

use hearth_practices::{RoomId, UserId};
use jiff::Timestamp;
use matrix_sdk::ruma::{
    OwnedUserId,
    api::client::membership::get_member_events,
    assign,
    events::room::member::{MembershipState, RoomMemberEvent},
    serde::Raw,
};
use tracing::warn;

use super::{Matrix, backoff::asked};

impl Matrix {
    /// Who was in a room at the point up to which everything was read, or `None` where the homeserver does not say.
    pub async fn people_at(&self, room: &RoomId, at: &str, now: Timestamp) -> Option<Vec<UserId>> {
        let name = format!("people {room}");
        if !self.backoff().is_due(&name, now) {
            return None;
        }
        let request = assign!(get_member_events::v3::Request::new(self.joined_room(room)?.room_id().to_owned()), {
            at: Some(at.to_owned()),
            membership: Some(MembershipState::Join),
        });
        match self.client.send(request).await {
            Ok(answer) => {
                self.backoff().done(&name);
                let who = |event: &Raw<RoomMemberEvent>| event.get_field::<OwnedUserId>("state_key").ok().flatten();
                let is_in = |event: &&Raw<RoomMemberEvent>| {
                    let content = event.get_field::<serde_json::Value>("content").ok().flatten();
                    content.is_some_and(|content| content["membership"] == "join")
                };
                Some(answer.chunk.iter().filter(is_in).filter_map(who).map(|who| UserId::from(&who)).collect())
            }
            Err(error) => {
                warn!("who is in a room could not be compared, will try again: {error}");
                self.backoff().failed(&name, now, asked(error.client_api_error_kind()));
                None
            }
        }
    }
}
