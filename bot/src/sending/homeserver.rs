//! What sending asks of a homeserver. Whoever carries items knows no more of it than this: the SDK's client is one
//! of it, a rehearsed homeserver another.

use std::{fmt, future::Future};

use hearth_practices::{EventId, RoomId, UserId};
use serde_json::Value;

use super::{
    gate::Class,
    refusal::{NotNow, Refusal},
};

/// A request that did not do what it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What that means.
    pub refusal: Refusal,
    /// Of which class the request was.
    pub class: Class,
    /// What was said, for the log.
    pub message: String,
}

impl Refused {
    /// A request of that class.
    pub fn new(refusal: Refusal, class: Class, message: impl Into<String>) -> Self {
        Self { refusal, class, message: message.into() }
    }

    /// Something that will never work.
    pub fn never(message: impl Into<String>) -> Self {
        Self::new(Refusal::Permanent, Class::Message, message)
    }

    /// Something that a later sync will have brought.
    pub fn unsynced(class: Class, message: impl Into<String>) -> Self {
        Self::new(Refusal::NotNow(NotNow::Failing), class, message)
    }

    /// The same, of another class.
    #[must_use]
    pub fn in_class(self, class: Class) -> Self {
        Self { class, ..self }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// A homeserver, as the outbox sees it. Every request may be made again: what has a transaction id happens once, and
/// a room with somebody is looked for before it is made.
pub trait Homeserver: Send + Sync {
    /// The bot itself.
    fn me(&self) -> UserId;

    /// Whether the bot is in a room.
    fn is_joined(&self, room: &RoomId) -> bool;

    /// Puts an event into a room, encrypted where the room is.
    fn put(
        &self,
        room: &RoomId,
        kind: &str,
        content: &Value,
        txn: &str,
    ) -> impl Future<Output = Result<EventId, Refused>> + Send;

    /// Removes an event.
    fn redact(
        &self,
        room: &RoomId,
        event: &EventId,
        txn: &str,
    ) -> impl Future<Output = Result<EventId, Refused>> + Send;

    /// Uploads a file for a room, encrypted where the room is. Gives what a message needs to show it: `url`, or `file`
    /// with address and key.
    fn upload(
        &self,
        room: &RoomId,
        mime: &str,
        data: Vec<u8>,
    ) -> impl Future<Output = Result<(&'static str, Value), Refused>> + Send;

    /// Who is in a room or invited to it, the bot, too.
    fn members(&self, room: &RoomId) -> impl Future<Output = Result<Vec<UserId>, Refused>> + Send;

    /// Whether everybody but the bot has left a room: nobody is in it or invited, and somebody was. A room that is being
    /// made for somebody is not deserted before they are invited.
    fn is_deserted(&self, room: &RoomId) -> impl Future<Output = Result<bool, Refused>> + Send;

    /// The rooms that the bot is in and that it once made for somebody. Where it is in rooms of which it does not know
    /// yet what they are, it refuses for now: one of them may be what is asked for.
    fn direct_rooms(&self, person: &UserId) -> impl Future<Output = Result<Vec<RoomId>, Refused>> + Send;

    /// Makes a room for somebody, with the mark by which [`Self::direct_rooms`] finds it. They are not invited yet: no
    /// reason could be given.
    fn create_direct(&self, person: &UserId, encrypt: bool) -> impl Future<Output = Result<RoomId, Refused>> + Send;

    /// Invites somebody to their direct room, and says why.
    fn invite(
        &self,
        room: &RoomId,
        person: &UserId,
        reason: Option<&str>,
    ) -> impl Future<Output = Result<(), Refused>> + Send;

    /// The time zone in somebody's profile (`m.tz`), where a homeserver knows of such.
    fn time_zone(&self, person: &UserId) -> impl Future<Output = Result<Option<String>, Refused>> + Send;

    /// Leaves a room.
    fn leave(&self, room: &RoomId) -> impl Future<Output = Result<(), Refused>> + Send;
}
