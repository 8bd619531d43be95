//! What a past is made of: rooms, people, and what they did.

/// Where an event lies in [`History::events`](super::History::events).
pub type EventIndex = usize;

/// A room of the community.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastRoom {
    /// A short name, as for an alias.
    pub key: &'static str,
    /// What people read.
    pub name: &'static str,
}

/// The rooms, in the order that [`PastEvent::room`] counts.
pub const ROOMS: [PastRoom; 4] = [
    PastRoom { key: "lobby", name: "Lobby" },
    PastRoom { key: "craft", name: "Craft" },
    PastRoom { key: "help", name: "Help" },
    PastRoom { key: "random", name: "Random" },
];

/// Somebody of the cast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The first part of the user id.
    pub localpart: String,
    /// The name that others see.
    pub name: String,
    /// Whether they lead the community.
    pub lead: bool,
}

/// What somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PastAct {
    /// Entered the room.
    Join,
    /// Left the room for good.
    Leave,
    /// Wrote a message.
    Say(String),
    /// Answered a message.
    Reply {
        /// The message.
        to: EventIndex,
        /// The answer.
        text: String,
    },
    /// Wrote in a thread.
    Thread {
        /// The message that the thread hangs on.
        root: EventIndex,
        /// The text.
        text: String,
    },
    /// Reacted with an emoji.
    React {
        /// The message.
        to: EventIndex,
        /// The emoji.
        key: String,
    },
    /// Changed an own message.
    Edit {
        /// The message.
        of: EventIndex,
        /// Its new text.
        text: String,
    },
    /// Opened a poll.
    Poll {
        /// What is asked.
        question: String,
        /// What can be chosen; the id of a choice is its place.
        choices: Vec<String>,
    },
    /// Voted.
    Vote {
        /// The poll.
        poll: EventIndex,
        /// Which choice.
        choice: usize,
    },
    /// Closed an own poll.
    EndPoll {
        /// The poll.
        poll: EventIndex,
    },
}

impl PastAct {
    /// The earlier event that this one is about.
    #[must_use]
    pub fn target(&self) -> Option<EventIndex> {
        match self {
            Self::Join | Self::Leave | Self::Say(_) | Self::Poll { .. } => None,
            Self::Reply { to, .. } | Self::React { to, .. } => Some(*to),
            Self::Thread { root, .. } => Some(*root),
            Self::Edit { of, .. } => Some(*of),
            Self::Vote { poll, .. } | Self::EndPoll { poll } => Some(*poll),
        }
    }

    pub(super) fn target_mut(&mut self) -> Option<&mut EventIndex> {
        match self {
            Self::Join | Self::Leave | Self::Say(_) | Self::Poll { .. } => None,
            Self::Reply { to, .. } | Self::React { to, .. } => Some(to),
            Self::Thread { root, .. } => Some(root),
            Self::Edit { of, .. } => Some(of),
            Self::Vote { poll, .. } | Self::EndPoll { poll } => Some(poll),
        }
    }

    /// Whether it is a message that people read (no edit, no vote, no reaction).
    #[must_use]
    pub fn is_message(&self) -> bool {
        matches!(self, Self::Say(_) | Self::Reply { .. } | Self::Thread { .. })
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastEvent {
    /// When, in milliseconds since 1970; every event has a time of its own.
    pub at: i64,
    /// Where, counted in [`ROOMS`].
    pub room: usize,
    /// Who, counted in [`History::people`](super::History::people).
    pub who: usize,
    /// What.
    pub act: PastAct,
}
