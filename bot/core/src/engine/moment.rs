//! What the engine takes: an event of a room, and what surrounds it.

use jiff::Timestamp;

use super::{
    Authority,
    cause::{Cause, NOWHERE},
    translate::source_of,
};
use crate::{
    MessageContext, Presence, RoomId,
    incoming::{Incoming, Text},
};

/// An event of a room, what is known of whoever sent it, and when it is taken.
#[derive(Clone, Copy)]
pub(super) struct Moment<'a> {
    pub room: &'a RoomId,
    pub incoming: &'a Incoming,
    /// What its sender may do.
    pub authority: &'a Authority,
    /// Where its sender is, as practices see it.
    pub presence: &'a Presence,
    pub now: Timestamp,
}

impl<'a> Moment<'a> {
    /// The same, of somebody of whom it is not known where they are.
    pub fn of_nowhere(self) -> Self {
        Self { presence: &NOWHERE, ..self }
    }

    /// The cause of whatever follows from it.
    pub fn cause(&self) -> Cause<'a> {
        Cause::new(self.incoming.event.as_str(), self.incoming.at, self.now).of(self.presence)
    }

    /// The place at which a message of it was written.
    pub fn source(&self, direct: bool, text: &Text) -> MessageContext {
        source_of(self.room, direct, self.incoming, text)
    }
}
