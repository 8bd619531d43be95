//! What a unit of work leaves to be remembered of rooms, commands and questions.

use jiff::{SignedDuration, Timestamp};

use crate::{EventId, MessageKey, RoomId, UserId};

/// How long a command is remembered. People mend a slip soon, and a link preview comes within seconds.
pub const ASKED_FOR: SignedDuration = SignedDuration::from_hours(24 * 7);

/// How long a question stands that nobody has answered: a day later people have something else in mind, and name the
/// community or the message that they mean.
pub const FLOOR_FOR: SignedDuration = SignedDuration::from_hours(24);

/// A command that somebody gave, or an edit into one that was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenCommand {
    /// The message; of an edit, the one that it replaces.
    pub event: EventId,
    /// A keyed hash of who wrote it.
    pub by: String,
    /// A keyed hash of what it says.
    pub said: String,
    /// The thread that it is in.
    pub thread: Option<EventId>,
    /// Whether it is an edit that was answered.
    pub edited: bool,
    /// When it was taken.
    pub at: Timestamp,
}

/// The message with which somebody was last asked something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Floor {
    /// The community.
    pub community: String,
    /// The practice.
    pub practice: String,
    /// The practice's own name for the message, if it has one.
    pub key: Option<MessageKey>,
    /// The message.
    pub event: EventId,
    /// When it arrived.
    pub at: Timestamp,
}

/// A room that was closed in favour of another which the bot is not in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    /// The other.
    pub to: RoomId,
    /// Since when.
    pub at: Timestamp,
    /// Whether leads know that the bot cannot get in there.
    pub told: bool,
}

/// An encrypted event that waits for its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Where it was sent.
    pub room: RoomId,
    /// Its id.
    pub event: EventId,
    /// The session whose key it takes.
    pub session: String,
    /// The event, as it was sent.
    pub json: String,
    /// When it was received.
    pub since: Timestamp,
}

/// Somebody in a community, by its name.
pub type PersonIn = (String, UserId);
