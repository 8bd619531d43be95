//! What is remembered from one unit of work to the next, as the engine sees it. The bot's memory is a database; a
//! test's is not.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    kept::{Floor, GivenCommand},
    unit::Commit,
};
use crate::{
    community::Overrides,
    id::{EventId, MessageKey, RoomId, UserId},
};

/// Who sent a message of the bot's: the community, the practice, and its name for it.
pub type Sender = (String, String, MessageKey);

/// What the engine reads while it decides, and at its start. What it decides is committed by whoever drives it.
pub trait Memory {
    /// Why it could not be read.
    type Error;

    /// The rows of a practice's records in a community, the sealed ones opened.
    ///
    /// # Errors
    /// It cannot be read.
    fn records(&self, community: &str, practice: &str) -> Result<Vec<(String, String)>, Self::Error>;

    /// What leads of a community have set.
    ///
    /// # Errors
    /// It cannot be read.
    fn overrides(&self, community: &str) -> Result<Overrides, Self::Error>;

    /// Rooms that were replaced: by which, and when.
    ///
    /// # Errors
    /// It cannot be read.
    fn moved(&self) -> Result<BTreeMap<RoomId, (RoomId, Timestamp)>, Self::Error>;

    /// Rooms that were adopted, and by which community.
    ///
    /// # Errors
    /// It cannot be read.
    fn adopted(&self) -> Result<Vec<(RoomId, String)>, Self::Error>;

    /// Who sent a message of the bot's, where a practice has a name for it.
    ///
    /// # Errors
    /// It cannot be read.
    fn message_of(&self, room: &RoomId, event: &EventId) -> Result<Option<Sender>, Self::Error>;

    /// Whether an event has had consequences.
    ///
    /// # Errors
    /// It cannot be read.
    fn is_handled(&self, event: &EventId) -> Result<bool, Self::Error>;

    /// The commands that were given in a message, and edits of them.
    ///
    /// # Errors
    /// It cannot be read.
    fn asked(&self, event: &EventId) -> Result<Vec<GivenCommand>, Self::Error>;

    /// What somebody was last asked, if they may be answering it at this time.
    ///
    /// # Errors
    /// It cannot be read.
    fn floor(&self, person: &UserId, said: Timestamp) -> Result<Option<Floor>, Self::Error>;

    /// A number for the time at which what was sealed in a scope was lost; `None` where it can be read.
    fn lost_since(&self, community: &str, practice: &str, scope: &str) -> Option<i64>;

    /// A record cannot be read, and is kept apart from those that can.
    ///
    /// # Errors
    /// It cannot be written.
    fn set_record_aside(&mut self, community: &str, practice: &str, key: &str, why: &str) -> Result<(), Self::Error>;

    /// Keeps what was decided.
    ///
    /// # Errors
    /// It cannot be written.
    fn commit(&mut self, commit: &Commit) -> Result<(), Self::Error>;
}
