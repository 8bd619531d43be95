//! Keys from the backup, for what the bot's device has never had a key for. The SDK asks for them by itself, but later;
//! a backfill, which counts what it cannot read, waits for them.

use std::{collections::HashSet, time::Duration};

use hearth_practices::RoomId;
use matrix_sdk::ruma::{api::error::ErrorKind, events::AnySyncTimelineEvent, serde::Raw};
use tracing::debug;

use super::{
    Matrix,
    intake::{IntakeError, RawEvent},
};
use crate::incoming::session_of;

/// How long the SDK may take to find out whether there is a backup.
const BACKUP_WAIT: Duration = Duration::from_secs(60);

impl Matrix {
    /// Waits until it is known whether there is a backup, and it can be used.
    pub async fn wait_for_backup(&self) {
        let ready = async { self.client.encryption().wait_for_e2ee_initialization_tasks().await };
        if tokio::time::timeout(BACKUP_WAIT, ready).await.is_err() {
            debug!("it took too long to find out whether there is a key backup");
        }
    }

    /// The events with those decrypted of which the backup has the key. `asked` are the sessions of the room that were
    /// asked for; each is asked for once.
    ///
    /// # Errors
    /// [`IntakeError`] where the homeserver does not answer; that it has no such key is an answer.
    pub async fn read_with_backup(
        &self,
        room: &RoomId,
        mut events: Vec<RawEvent>,
        asked: &mut HashSet<String>,
    ) -> Result<Vec<RawEvent>, IntakeError> {
        let Some(found) = self.room(room) else { return Ok(events) };
        for event in &mut events {
            let Some(session) = session_of(&event.json).filter(|_| !event.decrypted) else { continue };
            if !asked.contains(&session) {
                self.ask_backup(found.room_id(), &session).await?;
                asked.insert(session);
            }
            if let Ok(encrypted) = Raw::<AnySyncTimelineEvent>::from_json_string(event.json.clone())
                && let Some(read) = self.decrypt(&found, &encrypted).await
            {
                *event = read;
            }
        }
        Ok(events)
    }

    async fn ask_backup(&self, room: &matrix_sdk::ruma::RoomId, session: &str) -> Result<(), IntakeError> {
        match self.client.encryption().backups().download_room_key(room, session).await {
            Ok(_) => Ok(()),
            Err(error) if matches!(error.client_api_error_kind(), Some(ErrorKind::NotFound)) => Ok(()),
            Err(error @ matrix_sdk::Error::Http(_)) => Err(error.into()),
            Err(error) => {
                debug!("a key from the backup cannot be used: {error}");
                Ok(())
            }
        }
    }
}
