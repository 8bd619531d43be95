//! What it remembers.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{interface::Welcome, queue::Pace};
use crate::{EventId, MessageKey, RoomId, UserId, forget, tables};

tables! { for Welcome;
    /// Somebody who will be welcomed.
    WaitingOf { person: UserId } => Waiting, in "waiting", of person;
    /// Somebody who was welcomed, or was there before.
    KnownOf { person: UserId } => (), in "known", of person;
    /// When welcomes were sent, for an hour back.
    Sent {} => Pace, in "pace";
    /// A newcomer who has not written yet, and when they joined; only while leads want to know.
    SilentOf { person: UserId } => Timestamp, in "silent", of person;
    /// A newcomer whose first message has no answer yet.
    FirstOf { person: UserId } => First, in "first", of person;
    /// The list of them in the leads' room.
    Listed {} => List, in "list";
    /// When leads are told next.
    Looks {} => Timestamp, in "looks";
}

/// Somebody who will be welcomed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Waiting {
    /// When they joined.
    pub(super) joined: Timestamp,
    /// The rooms that they joined and have not left.
    pub(super) rooms: BTreeSet<RoomId>,
}
forget!(Waiting; joined, rooms);

pub(super) fn waiting(who: &UserId) -> WaitingOf {
    WaitingOf { person: who.clone() }
}

pub(super) fn known(who: &UserId) -> KnownOf {
    KnownOf { person: who.clone() }
}

/// A newcomer's first message, without an answer so far.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct First {
    pub(super) room: RoomId,
    pub(super) event: EventId,
    pub(super) thread: Option<EventId>,
    pub(super) at: Timestamp,
}
forget!(First; room, event, thread, at);

/// The list as it stands in the leads' room.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct List {
    pub(super) key: MessageKey,
    pub(super) posted: Timestamp,
    pub(super) shown: Vec<EventId>,
}
forget!(List; key, posted, shown);

impl List {
    /// Whether this is the name of its message.
    pub(super) fn is_called(&self, name: &str) -> bool {
        self.key.as_str() == name
    }
}

impl First {
    /// Whether somebody else's words are an answer: a reply to it, or whatever follows it in the same thread, or outside of
    /// threads.
    pub(super) fn is_answered_by(&self, said: &crate::Said) -> bool {
        let source = &said.source;
        let to_it = said.to.as_ref().is_some_and(|to| to.event == self.event);
        let after_it = source.thread == self.thread && source.at >= self.at;
        source.room == self.room && (to_it || source.thread.as_ref() == Some(&self.event) || after_it)
    }
}
