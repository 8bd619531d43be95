//! Outbox: the SDK's client as a [`Homeserver`], and what its errors mean.

use std::time::Duration;

use hearth_practices::{EventId, RoomId, UserId};
use jiff::Timestamp;
use matrix_sdk::{
    Error, HttpError, Room, RoomMemberships, RoomState,
    config::RequestConfig,
    ruma::{
        OwnedEventId, OwnedRoomId, OwnedTransactionId, OwnedUserId,
        api::{
            client::{
                membership::joined_rooms::v3::Request as JoinedRooms,
                profile::{TimeZone, get_profile_field},
                room::create_room::v3::{Request as CreateRoom, RoomPreset},
                uiaa::UiaaResponse,
            },
            error::{ErrorKind, FromHttpResponseError, RetryAfter as Wait},
        },
        assign,
        events::{AnyInitialStateEvent, room::member::MembershipState},
        serde::Raw,
    },
};
use serde_json::{Value, json};
use tracing::warn;

use super::{Matrix, rooms::DIRECT};
use crate::sending::{Class, Homeserver, NotNow, Refusal, Refused, RetryAfter};

/// What an answer of the homeserver means.
fn refusal(error: &HttpError) -> Refusal {
    let absent = Refusal::NotNow(NotNow::Absent);
    match error {
        HttpError::Api(api) => match api.as_ref() {
            FromHttpResponseError::Server(UiaaResponse::MatrixError(answer)) => {
                let (kind, status) = (answer.error_kind(), answer.status_code.as_u16());
                let after = match kind {
                    Some(ErrorKind::LimitExceeded(limit)) => limit.retry_after.map(RetryAfter::from),
                    _ => None,
                };
                let code = kind.map(|kind| kind.errcode().to_string());
                Refusal::of(status, code.as_deref(), after)
            }
            // A demand for a password: a bot that is at work is not asked that by a homeserver.
            FromHttpResponseError::Server(_) => absent,
            // It may have been taken; the transaction id makes asking again harmless.
            _ => absent,
        },
        HttpError::Cached(error) => refusal(error),
        HttpError::IntoHttp(_) => Refusal::Permanent,
        _ => absent,
    }
}

impl From<Wait> for RetryAfter {
    fn from(asked: Wait) -> Self {
        match asked {
            Wait::Delay(delay) => Self::Delay(delay),
            // A date beyond the calendar is none.
            Wait::DateTime(at) => Timestamp::try_from(at).map_or(Self::Delay(Duration::from_secs(1)), Self::At),
        }
    }
}

fn of_http(class: Class) -> impl Fn(HttpError) -> Refused {
    move |error| Refused::new(refusal(&error), class, error.to_string())
}

fn of_sdk(class: Class) -> impl Fn(Error) -> Refused {
    move |error| {
        let refusal = match &error {
            Error::Http(error) => refusal(error),
            Error::SerdeJson(_) | Error::Identifier(_) | Error::Url(_) | Error::WrongRoomState(_) => Refusal::Permanent,
            Error::Timeout | Error::ConcurrentRequestFailed => Refusal::NotNow(NotNow::Absent),
            // Something in the SDK's own stores: it may get over it, and it is not the homeserver's absence.
            _ => Refusal::NotNow(NotNow::Failing),
        };
        Refused::new(refusal, class, error.to_string())
    }
}

fn user(person: &UserId) -> Result<OwnedUserId, Refused> {
    OwnedUserId::try_from(person.as_str()).map_err(|error| Refused::never(error.to_string()))
}

fn raw<T>(content: &Value) -> Result<Raw<T>, Refused> {
    let content = serde_json::value::to_raw_value(content).map_err(|error| Refused::never(error.to_string()))?;
    Ok(Raw::from_json(content))
}

impl Matrix {
    fn joined(&self, room: &RoomId) -> Result<Room, Refused> {
        self.room(room)
            .filter(|room| room.state() == RoomState::Joined)
            .ok_or_else(|| Refused::never("the bot is not in that room"))
    }
}

impl Homeserver for Matrix {
    fn me(&self) -> UserId {
        UserId::from(&self.me)
    }

    fn is_joined(&self, room: &RoomId) -> bool {
        self.joined(room).is_ok()
    }

    async fn put(&self, room: &RoomId, kind: &str, content: &Value, txn: &str) -> Result<EventId, Refused> {
        let room = self.joined(room)?;
        let txn = OwnedTransactionId::from(txn);
        let sent = room.send_raw(kind, content.clone()).with_transaction_id(&txn).await;
        Ok(EventId::from(sent.map_err(of_sdk(Class::Message))?.response.event_id))
    }

    async fn redact(&self, room: &RoomId, event: &EventId, txn: &str) -> Result<EventId, Refused> {
        let room = self.joined(room)?;
        let event = OwnedEventId::try_from(event.as_str()).map_err(|error| Refused::never(error.to_string()))?;
        let redaction = room.redact(&event, None, Some(OwnedTransactionId::from(txn))).await;
        Ok(EventId::from(redaction.map_err(of_http(Class::Message))?.event_id))
    }

    /// The SDK's own way of sending attachments would leave no place for the marker that tells the bot, later than the
    /// homeserver remembers the transaction, that it has arrived.
    async fn upload(&self, room: &RoomId, mime: &str, data: Vec<u8>) -> Result<(&'static str, Value), Refused> {
        let room = self.joined(room)?;
        let failed = of_sdk(Class::Message);
        if room.latest_encryption_state().await.map_err(&failed)?.is_encrypted() {
            let file = self.client.upload_encrypted_file(&mut data.as_slice()).await.map_err(failed)?;
            let file = serde_json::to_value(file).map_err(|error| Refused::never(error.to_string()))?;
            return Ok(("file", file));
        }
        let mime = mime.parse().unwrap_or(mime::APPLICATION_OCTET_STREAM);
        let uploaded = self.client.media().upload(&mime, data, None).await.map_err(failed)?;
        Ok(("url", json!(uploaded.content_uri)))
    }

    async fn members(&self, room: &RoomId) -> Result<Vec<UserId>, Refused> {
        let room = self.joined(room)?;
        let members = room.members(RoomMemberships::JOIN | RoomMemberships::INVITE).await;
        let members = members.map_err(of_sdk(Class::Message))?;
        Ok(members.iter().map(|member| UserId::from(member.user_id())).collect())
    }

    async fn is_deserted(&self, room: &RoomId) -> Result<bool, Refused> {
        let room = self.joined(room)?;
        let members = room.members(RoomMemberships::all()).await.map_err(of_sdk(Class::Message))?;
        let here = RoomMemberships::JOIN | RoomMemberships::INVITE | RoomMemberships::KNOCK;
        let mut others = members.iter().filter(|member| !member.is_account_user()).peekable();
        Ok(others.peek().is_some() && others.all(|member| !here.matches(member.membership())))
    }

    async fn direct_rooms(&self, person: &UserId) -> Result<Vec<RoomId>, Refused> {
        let joined = self.client.send(JoinedRooms::new()).await.map_err(of_http(Class::Room))?;
        // A room may have been made in an attempt whose answer was lost; the next sync will bring it.
        let unseen = joined.joined_rooms.iter().any(|room: &OwnedRoomId| self.client.get_room(room).is_none());
        if unseen {
            return Err(Refused::unsynced(Class::Room, "waiting for the next sync to find a direct room"));
        }
        Ok(self.find_direct(person).await)
    }

    async fn create_direct(&self, person: &UserId, encrypt: bool) -> Result<RoomId, Refused> {
        let user = user(person)?;
        // Both may do everything, as in a room with an invitation from the first moment. In newer versions of rooms that
        // is what creators may, and no level may be theirs.
        let versions = self.client.homeserver_capabilities().room_versions().await.map_err(of_sdk(Class::Room))?;
        let rules = versions.default.rules();
        let creators = rules.is_some_and(|rules| rules.authorization.explicitly_privilege_room_creators);
        let (content, levels) = match creators {
            true => (json!({"additional_creators": [user]}), json!({})),
            false => (json!({}), json!({"users": {self.me.as_str(): 100, user.as_str(): 100}})),
        };
        let mut state = vec![
            json!({"type": DIRECT, "state_key": "", "content": {"person": person}}),
            // Whoever comes later does not read what was said before.
            json!({"type": "m.room.history_visibility", "state_key": "", "content": {"history_visibility": "invited"}}),
        ];
        if encrypt {
            let content = json!({"algorithm": "m.megolm.v1.aes-sha2"});
            state.push(json!({"type": "m.room.encryption", "state_key": "", "content": content}));
        }
        let initial: Vec<Raw<AnyInitialStateEvent>> =
            state.iter().filter_map(|event| serde_json::value::to_raw_value(event).ok().map(Raw::from_json)).collect();
        let request = assign!(CreateRoom::new(), {
            is_direct: true,
            preset: Some(RoomPreset::TrustedPrivateChat),
            initial_state: initial,
            creation_content: Some(raw(&content)?),
            power_level_content_override: Some(raw(&levels)?),
        });
        let room = self.client.create_room(request).await.map_err(of_sdk(Class::Room))?;
        if let Err(error) = self.client.account().mark_as_dm(room.room_id(), std::slice::from_ref(&user)).await {
            warn!("a direct room could not be marked as one in the bot's account: {error}");
        }
        Ok(RoomId::from(room.room_id()))
    }

    /// The SDK's own way of inviting has no place for a reason, nor for the mark of a direct room.
    async fn invite(&self, room: &RoomId, person: &UserId, reason: Option<&str>) -> Result<(), Refused> {
        let (room, user) = (self.joined(room)?, user(person)?);
        let mut content = json!({"membership": "invite", "is_direct": true});
        if let Some(reason) = reason {
            content["reason"] = json!(reason);
        }
        room.send_state_event_raw("m.room.member", user.as_str(), content).await.map_err(of_sdk(Class::Invitation))?;
        see_member(&room, &user).await;
        Ok(())
    }

    async fn time_zone(&self, person: &UserId) -> Result<Option<String>, Refused> {
        let request = get_profile_field::v3::Request::new_static::<TimeZone>(user(person)?);
        // Some homeservers show profiles only to whom they know.
        let config = RequestConfig::new().disable_retry().force_auth();
        match self.client.send(request).with_request_config(config).await {
            Ok(answer) => Ok(answer.value),
            Err(error) => match refusal(&error) {
                // No such person, no such field, or a homeserver that knows of no fields.
                Refusal::Permanent | Refusal::TooLarge | Refusal::DoneAlready => Ok(None),
                refusal @ (Refusal::NotNow(_) | Refusal::TokenRevoked) => {
                    Err(Refused::new(refusal, Class::Message, error.to_string()))
                }
            },
        }
    }

    async fn leave(&self, room: &RoomId) -> Result<(), Refused> {
        self.joined(room)?.leave().await.map_err(of_sdk(Class::Message))
    }
}

/// Makes the SDK see somebody who was just invited. It may have read the room's members a moment before, while the
/// homeserver was still making the room, and would then give the key of the first message to nobody. Where it fails,
/// the members are read again before the message.
async fn see_member(room: &Room, user: &OwnedUserId) {
    for _ in 0..20 {
        room.mark_members_missing();
        let member = room.get_member(user).await.ok().flatten();
        if member.is_some_and(|member| *member.membership() != MembershipState::Leave) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
