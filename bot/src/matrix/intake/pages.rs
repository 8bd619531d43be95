//! Pages of a room's events, and each event as it can be read: decrypted, with the relation that stands outside.

use hearth_practices::RoomId;
use matrix_sdk::{
    Room,
    deserialized_responses::TimelineEventKind,
    ruma::{
        UInt,
        api::client::message::get_message_events::v3 as messages,
        assign,
        events::{AnySyncTimelineEvent, room::encrypted::OriginalSyncRoomEncryptedEvent},
        serde::Raw,
    },
};
use tracing::debug;

use super::{IntakeError, PAGE, RawEvent, raw};
use crate::{incoming::with_outer_relation, matrix::Matrix, store::Unread};

impl Matrix {
    /// A page of a room's past, oldest first, and where the one before it begins.
    pub(super) async fn page(
        &self,
        room: &Room,
        from: Option<String>,
        limit: u32,
    ) -> Result<(Vec<RawEvent>, Option<String>), IntakeError> {
        let request = assign!(messages::Request::backward(room.room_id().to_owned()), {
            from, limit: UInt::from(limit),
        });
        let page = self.client.send(request).await?;
        let mut events = Vec::with_capacity(page.chunk.len());
        for event in page.chunk.iter().rev() {
            events.push(self.readable(Some(room), event.cast_ref()).await);
        }
        Ok((events, page.end))
    }

    /// A page of what happened in a room after a token, or since it was made, oldest first, and where the next one
    /// begins.
    pub(super) async fn page_on(
        &self,
        room: &Room,
        from: Option<&str>,
        to: Option<String>,
    ) -> Result<(Vec<RawEvent>, Option<String>), IntakeError> {
        let request = assign!(messages::Request::forward(room.room_id().to_owned()), {
            from: from.map(str::to_owned), to, limit: UInt::from(PAGE),
        });
        let page = self.client.send(request).await?;
        let mut events = Vec::with_capacity(page.chunk.len());
        for event in &page.chunk {
            events.push(self.readable(Some(room), event.cast_ref()).await);
        }
        Ok((events, page.end))
    }

    /// An event as the homeserver sent it, decrypted where it can be.
    pub(super) async fn readable(&self, room: Option<&Room>, event: &Raw<AnySyncTimelineEvent>) -> RawEvent {
        let encrypted = event.get_field::<String>("type").ok().flatten().as_deref() == Some("m.room.encrypted");
        let decrypted = match room.filter(|_| encrypted) {
            Some(room) => self.decrypt(room, event).await,
            None => None,
        };
        decrypted.unwrap_or_else(|| RawEvent { json: event.json().get().to_owned(), decrypted: false })
    }

    /// Decrypts an encrypted event, or `None` where its key is not here. What it relates to stands outside.
    pub(crate) async fn decrypt(&self, room: &Room, event: &Raw<AnySyncTimelineEvent>) -> Option<RawEvent> {
        let encrypted: &Raw<OriginalSyncRoomEncryptedEvent> = event.cast_ref_unchecked();
        match room.decrypt_event(encrypted, None).await {
            Ok(read) if matches!(read.kind, TimelineEventKind::Decrypted(_)) => {
                let read = raw(&read);
                let json = with_outer_relation(&read.json, event.json().get()).unwrap_or(read.json);
                Some(RawEvent { json, decrypted: true })
            }
            Ok(_) => None,
            Err(error) => {
                debug!("an event could not be decrypted: {error}");
                None
            }
        }
    }

    /// Tries again to decrypt events that were kept: those whose key has arrived, in their order.
    pub async fn decrypt_kept(&self, kept: Vec<Unread>) -> Vec<(RoomId, RawEvent)> {
        let mut read = Vec::new();
        for Unread { room, json, .. } in kept {
            let Some(found) = self.room(&room) else { continue };
            let Ok(event) = Raw::<AnySyncTimelineEvent>::from_json_string(json) else { continue };
            if let Some(event) = self.decrypt(&found, &event).await {
                read.push((room, event));
            }
        }
        read
    }

    /// A room's whole past, newest page first, each page oldest first, until `keep_on` says no.
    ///
    /// # Errors
    /// [`IntakeError`].
    pub async fn page_back(
        &self,
        room: &RoomId,
        from: Option<&str>,
    ) -> Result<(Vec<RawEvent>, Option<String>), IntakeError> {
        let Some(room) = self.room(room) else { return Ok((Vec::new(), None)) };
        let (events, end) = self.page(&room, from.map(str::to_owned), 1000).await?;
        let end = if events.is_empty() { None } else { end };
        Ok((events, end))
    }
}
