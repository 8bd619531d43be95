//! Outbox: from parcels to requests. Each parcel has a transaction id derived from its cause, so that sending it
//! again gives the same event; a parcel leaves the store only when the homeserver has it.

use std::time::Duration;

use hearth_practices::{Effect, EventId, RoomId, To, UserId};
use jiff::{SignedDuration, Timestamp};
use matrix_sdk::{
    HttpError, Room, RoomState,
    ruma::{
        OwnedEventId, OwnedRoomId, OwnedTransactionId, OwnedUserId,
        api::{
            client::room::create_room::v3::{Request as CreateRoom, RoomPreset},
            error::ErrorKind,
        },
        assign,
        events::{AnyInitialStateEvent, room::member::MembershipState},
        serde::Raw,
    },
};
use mime::Mime;
use serde_json::{Value, json};

use super::{
    Matrix,
    client::is_token_error,
    content::{self, POLL_END, POLL_START, Relation},
    rooms::DIRECT,
};
use crate::store::{Due, Parcel, Posted};

/// What became of an attempt.
#[derive(Debug)]
pub enum Sent {
    /// The homeserver has it.
    Done(Posted),
    /// There is nothing to send any more (what it refers to is gone).
    Nothing,
}

/// When the homeserver wants to be asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// After so long.
    Delay(Duration),
    /// At that time.
    At(Timestamp),
}

impl From<matrix_sdk::ruma::api::error::RetryAfter> for RetryAfter {
    fn from(asked: matrix_sdk::ruma::api::error::RetryAfter) -> Self {
        use matrix_sdk::ruma::api::error::RetryAfter as Asked;
        match asked {
            Asked::Delay(delay) => Self::Delay(delay),
            // A date beyond the calendar is none.
            Asked::DateTime(at) => Timestamp::try_from(at).map_or(Self::Delay(Duration::from_secs(1)), Self::At),
        }
    }
}

/// Why an attempt failed.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// Try again, not before the homeserver wants it.
    #[error("{message}")]
    Later {
        /// When the homeserver wants to be asked again.
        after: Option<RetryAfter>,
        /// What it said.
        message: String,
    },
    /// The homeserver will never take it.
    #[error("{0}")]
    Never(String),
    /// The access token no longer holds.
    #[error("the access token no longer holds")]
    TokenRevoked,
}

impl From<matrix_sdk::Error> for SendError {
    fn from(error: matrix_sdk::Error) -> Self {
        Self::classify(error.client_api_error_kind(), error.to_string())
    }
}

impl From<HttpError> for SendError {
    fn from(error: HttpError) -> Self {
        Self::classify(error.client_api_error_kind(), error.to_string())
    }
}

impl SendError {
    fn classify(kind: Option<&ErrorKind>, message: String) -> Self {
        match kind {
            Some(ErrorKind::LimitExceeded(limit)) => Self::Later { after: limit.retry_after.map(Into::into), message },
            kind if is_token_error(kind) => Self::TokenRevoked,
            Some(
                ErrorKind::Forbidden
                | ErrorKind::NotFound
                | ErrorKind::TooLarge
                | ErrorKind::BadJson
                | ErrorKind::InvalidParam,
            ) => Self::Never(message),
            _ => Self::Later { after: None, message },
        }
    }
}

/// Where the messages are that parcels refer to, and where people's direct rooms are.
pub trait Addresses {
    /// The event of a practice's message.
    fn message(&self, community: &str, practice: &str, key: &hearth_practices::MessageKey) -> Option<Posted>;
    /// A person's direct room.
    fn direct(&self, person: &UserId) -> Option<RoomId>;
    /// Remembers a person's direct room.
    fn set_direct(&self, person: &UserId, room: &RoomId);
    /// Forgets whose a direct room is.
    fn forget_direct(&self, person: &UserId);
    /// The leads' room of a community.
    fn leads(&self, community: &str) -> Option<RoomId>;
}

/// How long to wait after a failure: what the homeserver asks for, or doubling from a second to five minutes; spread
/// by the row's number, so that many rows do not come back at one instant.
pub fn next_attempt(now: Timestamp, id: i64, attempts: u32, asked: Option<RetryAfter>) -> Timestamp {
    let backoff = Duration::from_secs(1u64 << attempts.min(8)).min(Duration::from_secs(300));
    let wait = match asked {
        Some(RetryAfter::Delay(delay)) => delay,
        Some(RetryAfter::At(at)) => Duration::try_from(at.duration_since(now)).unwrap_or_default(),
        None => backoff,
    };
    let spread = u64::try_from(id).unwrap_or(0).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 44;
    let spread = Duration::from_micros(spread).mul_f64(wait.as_secs_f64().clamp(0.1, 60.0) / 4.0);
    let wait = SignedDuration::try_from(wait + spread).unwrap_or(SignedDuration::from_mins(5));
    now.saturating_add(wait).unwrap_or(now)
}

/// How often a refusal is taken for a passing one before the parcel is given up.
/// With the waits between, that is most of an hour: long enough for a lead to let the bot back in.
pub const PATIENCE: u32 = 15;

impl Matrix {
    /// Sends one parcel.
    ///
    /// # Errors
    /// [`SendError`]: whether, and when, to try again.
    pub async fn send(&self, due: &Due, addresses: &impl Addresses, encrypt: bool) -> Result<Sent, SendError> {
        match &due.parcel {
            Parcel::Effect(effect) => self.send_effect(due, effect, addresses, encrypt).await,
            Parcel::Attachment { room, path, name, caption } => {
                let Ok(data) = std::fs::read(path) else { return Ok(Sent::Nothing) };
                let kind = if path.ends_with(".png") { mime::IMAGE_PNG } else { mime::TEXT_HTML };
                let content = content::file(name, &kind, &data, caption.as_deref(), &Relation::None, &due.txn);
                self.put_file(&self.joined(room)?, content, &kind, data, due).await
            }
            Parcel::File { person, name, text } => {
                let room = self.direct_room(person, addresses, encrypt).await?;
                let (kind, data) = (mime::APPLICATION_JSON, text.clone().into_bytes());
                let content = content::file(name, &kind, &data, None, &Relation::None, &due.txn);
                self.put_file(&room, content, &kind, data, due).await
            }
            Parcel::Destroyed => Ok(Sent::Nothing),
            Parcel::ForgetDirect { person } => {
                addresses.forget_direct(person);
                Ok(Sent::Nothing)
            }
        }
    }

    async fn send_effect(
        &self,
        due: &Due,
        effect: &Effect,
        addresses: &impl Addresses,
        encrypt: bool,
    ) -> Result<Sent, SendError> {
        let message_of = |key| addresses.message(&due.community, &due.practice, key);
        match effect {
            Effect::Send(message) => {
                // Whoever has left their direct room is asked back for what they asked for, not for a nudge.
                if let (true, To::Person(person)) = (message.nudge, &message.to)
                    && self.has_left(person, addresses).await?
                {
                    return Ok(Sent::Nothing);
                }
                let Some((room, relation)) = self.place(due, &message.to, addresses, encrypt).await? else {
                    return Ok(Sent::Nothing);
                };
                let content = content::message(&message.body, message.tone, &message.mentions, &relation, &due.txn);
                self.put(&room, "m.room.message", &content, due).await
            }
            Effect::SendFile { to, name, mime, text } => {
                let Some((room, relation)) = self.place(due, to, addresses, encrypt).await? else {
                    return Ok(Sent::Nothing);
                };
                let (kind, data) = (mime.parse().unwrap_or(mime::TEXT_PLAIN), text.clone().into_bytes());
                let content = content::file(name, &kind, &data, None, &relation, &due.txn);
                self.put_file(&room, content, &kind, data, due).await
            }
            Effect::Edit { key, body } => {
                let Some(target) = message_of(key) else { return Ok(Sent::Nothing) };
                let room = self.joined(&target.room)?;
                self.put(&room, "m.room.message", &content::edit(body, &target.event, &due.txn), due).await
            }
            Effect::React { room, event, with } => {
                let room = self.joined(room)?;
                self.put(&room, "m.reaction", &content::reaction(event, with, &due.txn), due).await
            }
            Effect::OpenPoll { room, thread, question, answers, hidden, .. } => {
                let room = self.joined(room)?;
                let content = content::poll_start(question, answers, *hidden, thread.as_ref(), &due.txn);
                self.put(&room, POLL_START, &content, due).await
            }
            Effect::AskPerson { person, question, answers, .. } => {
                let room = self.direct_room(person, addresses, encrypt).await?;
                let content = content::poll_start(question, answers, true, None, &due.txn);
                self.put(&room, POLL_START, &content, due).await
            }
            Effect::EndPoll { key, body } => {
                let Some(target) = message_of(key) else { return Ok(Sent::Nothing) };
                let room = self.joined(&target.room)?;
                self.put(&room, POLL_END, &content::poll_end(&target.event, body, &due.txn), due).await
            }
            Effect::Redact { key } => {
                let Some(target) = message_of(key) else { return Ok(Sent::Nothing) };
                let room = self.joined(&target.room)?;
                let event = OwnedEventId::try_from(target.event.as_str())
                    .map_err(|error| SendError::Never(error.to_string()))?;
                // It bears no marker and needs none: what is gone cannot go twice.
                let redaction = room.redact(&event, None, Some(txn(due))).await?.event_id;
                Ok(done(&room, &redaction))
            }
            Effect::RedactEvent { room, event } => {
                let Ok(room) = self.joined(room) else { return Ok(Sent::Nothing) };
                let Ok(event) = OwnedEventId::try_from(event.as_str()) else { return Ok(Sent::Nothing) };
                match room.redact(&event, None, Some(txn(due))).await.map_err(SendError::from) {
                    Ok(redaction) => Ok(done(&room, &redaction.event_id)),
                    // Not a room that the bot made, or the message is gone: more attempts would only hold up the lane.
                    Err(SendError::Never(_)) => Ok(Sent::Nothing),
                    Err(error) => Err(error),
                }
            }
            // The rest is the store's business and never becomes a parcel, or comes out of it opened.
            Effect::Sealed(_)
            | Effect::Otherwise(_)
            | Effect::Log(_)
            | Effect::Set { .. }
            | Effect::OptOut { .. }
            | Effect::OptIn { .. }
            | Effect::Forget { .. }
            | Effect::Adopt { .. }
            | Effect::Release { .. }
            | Effect::ShareReport { .. }
            | Effect::Export { .. } => Ok(Sent::Nothing),
        }
    }

    async fn put(&self, room: &Room, kind: &str, content: &Value, due: &Due) -> Result<Sent, SendError> {
        let response = room.send_raw(kind, content.clone()).with_transaction_id(&txn(due)).await?;
        Ok(done(room, &response.response.event_id))
    }

    /// The room where something belongs, and what it refers to there; `None` where there is no such place any more.
    async fn place(
        &self,
        due: &Due,
        to: &To,
        addresses: &impl Addresses,
        encrypt: bool,
    ) -> Result<Option<(Room, Relation)>, SendError> {
        Ok(match to {
            To::Room(room) => Some((self.joined(room)?, Relation::None)),
            To::Reply { room, event, thread } => {
                let relation = match thread {
                    Some(root) => Relation::ReplyInThread { root: root.clone(), to: event.clone() },
                    None => Relation::Reply(event.clone()),
                };
                Some((self.joined(room)?, relation))
            }
            To::Thread(key) => match addresses.message(&due.community, &due.practice, key) {
                Some(root) => Some((self.joined(&root.room)?, Relation::Thread(root.event))),
                None => None,
            },
            To::Person(person) => Some((self.direct_room(person, addresses, encrypt).await?, Relation::None)),
            To::Leads => match addresses.leads(&due.community) {
                Some(room) => Some((self.joined(&room)?, Relation::None)),
                None => None,
            },
        })
    }

    /// Uploads a file and sends a message that shows it. The SDK's own way of sending attachments would leave no place
    /// for the marker that tells the bot, later than the homeserver remembers the transaction, that it has arrived.
    async fn put_file(
        &self,
        room: &Room,
        mut content: Value,
        kind: &Mime,
        data: Vec<u8>,
        due: &Due,
    ) -> Result<Sent, SendError> {
        if room.latest_encryption_state().await?.is_encrypted() {
            let file = self.client.upload_encrypted_file(&mut data.as_slice()).await?;
            content["file"] = serde_json::to_value(file).map_err(|error| SendError::Never(error.to_string()))?;
        } else {
            content["url"] = json!(self.client.media().upload(kind, data, None).await?.content_uri);
        }
        self.put(room, "m.room.message", &content, due).await
    }

    fn joined(&self, room: &RoomId) -> Result<Room, SendError> {
        let never = |why: &str| SendError::Never(format!("{why}; the message is given up"));
        let found = self.room(room).ok_or_else(|| never("the bot is not in that room"))?;
        match found.state() {
            RoomState::Joined => Ok(found),
            _ => Err(never("the bot is no longer in that room")),
        }
    }

    /// Whether somebody has left the direct room that the bot made for them.
    async fn has_left(&self, person: &UserId, addresses: &impl Addresses) -> Result<bool, SendError> {
        let user = OwnedUserId::try_from(person.as_str()).map_err(|error| SendError::Never(error.to_string()))?;
        let Some(room) = addresses.direct(person).and_then(|room| self.room(&room)) else { return Ok(false) };
        let member = room.get_member(&user).await?;
        Ok(member.is_some_and(|member| *member.membership() == MembershipState::Leave))
    }

    /// The one direct room with a person: known, found by its mark, or made.
    async fn direct_room(&self, person: &UserId, addresses: &impl Addresses, encrypt: bool) -> Result<Room, SendError> {
        let user = OwnedUserId::try_from(person.as_str()).map_err(|error| SendError::Never(error.to_string()))?;
        // One after the other: two messages to one person, on their way at once, must not make two rooms.
        let _alone = self.directs.lock().await;
        let known = match addresses.direct(person) {
            Some(room) => Some(room),
            None => self.find_direct(person).await,
        };
        if let Some(known) = known {
            addresses.set_direct(person, &known);
            if let Ok(room) = self.joined(&known) {
                let member = room.get_member(&user).await?;
                let gone = member.is_none_or(|member| *member.membership() == MembershipState::Leave);
                if gone {
                    room.invite_user_by_id(&user).await?;
                    see_member(&room, &user).await?;
                }
                return Ok(room);
            }
        }
        // A room may have been made in an attempt whose answer was lost; the next sync will bring it.
        let joined =
            self.client.send(matrix_sdk::ruma::api::client::membership::joined_rooms::v3::Request::new()).await?;
        let unseen = joined.joined_rooms.iter().any(|room: &OwnedRoomId| self.client.get_room(room).is_none());
        if unseen {
            let message = "waiting for the next sync to find a direct room".to_owned();
            return Err(SendError::Later { after: Some(RetryAfter::Delay(Duration::from_secs(1))), message });
        }
        let mut state = vec![json!({"type": DIRECT, "state_key": "", "content": {"person": person}})];
        if encrypt {
            let content = json!({"algorithm": "m.megolm.v1.aes-sha2"});
            state.push(json!({"type": "m.room.encryption", "state_key": "", "content": content}));
        }
        let initial: Vec<Raw<AnyInitialStateEvent>> =
            state.iter().filter_map(|event| serde_json::value::to_raw_value(event).ok().map(Raw::from_json)).collect();
        let request = assign!(CreateRoom::new(), {
            is_direct: true,
            preset: Some(RoomPreset::TrustedPrivateChat),
            invite: vec![user.clone()],
            initial_state: initial,
        });
        let room = self.client.create_room(request).await?;
        addresses.set_direct(person, &RoomId::from(room.room_id()));
        see_member(&room, &user).await?;
        Ok(room)
    }
}

/// Makes the SDK see somebody who was just invited. It may have read the room's members a moment before, while the
/// homeserver was still making the room, and would then give the key of the first message to nobody.
async fn see_member(room: &Room, user: &OwnedUserId) -> Result<(), SendError> {
    for _ in 0..20 {
        room.mark_members_missing();
        let member = room.get_member(user).await?;
        if member.is_some_and(|member| *member.membership() != MembershipState::Leave) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}

fn txn(due: &Due) -> OwnedTransactionId {
    OwnedTransactionId::from(due.txn.as_str())
}

fn done(room: &Room, event: &OwnedEventId) -> Sent {
    Sent::Done(Posted { room: RoomId::from(room.room_id()), event: EventId::from(event) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_doubles_to_five_minutes_and_obeys_the_homeserver() {
        let now = Timestamp::UNIX_EPOCH;
        let wait = |attempts, asked| next_attempt(now, 7, attempts, asked).as_second();
        assert!((1..=2).contains(&wait(0, None)));
        assert!((8..=11).contains(&wait(3, None)));
        assert!((256..=340).contains(&wait(30, None)));
        assert!(wait(0, Some(RetryAfter::Delay(Duration::from_secs(20)))) >= 20);
        let at = Timestamp::from_second(40).unwrap();
        assert!((40..=50).contains(&wait(0, Some(RetryAfter::At(at)))));
        assert_eq!(wait(0, Some(RetryAfter::At(Timestamp::from_second(-40).unwrap()))), 0);
    }

    #[test]
    fn rows_do_not_come_back_at_one_instant() {
        let at = |id| next_attempt(Timestamp::UNIX_EPOCH, id, 5, None);
        let all: std::collections::BTreeSet<_> = (1..100).map(at).collect();
        assert!(all.len() > 90);
    }
}
