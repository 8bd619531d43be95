//! What can happen to a practice: somebody asks it something, something happens in a room, or time passes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    community::Community,
    id::{EventId, MessageKey, RequestKey, RoomId, UserId},
    request::Answer,
};

/// One thing that happened. `C` is the practice's own command.
#[derive(Clone, Debug)]
pub enum Input<'a, C> {
    /// Somebody gave this practice a command.
    Command(Invocation<'a, C>),
    /// Something happened in a room.
    Event(&'a Event),
    /// The time that the practice asked for with `next_tick` has come (or passed, after a pause).
    Tick,
}

/// A command, who gave it, and where.
#[derive(Clone, Debug)]
pub struct Invocation<'a, C> {
    /// Who asks.
    pub by: &'a UserId,
    /// Whether they lead this community, by power level or by the operator's list, at this moment.
    pub lead: bool,
    /// Where they ask, and so where they are answered.
    pub source: &'a MessageContext,
    /// What they ask for.
    pub command: C,
}

/// A place in a conversation: a message and what surrounds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageContext {
    /// The room.
    pub room: RoomId,
    /// The message.
    pub event: EventId,
    /// The root of the thread that the message is in.
    pub thread: Option<EventId>,
    /// Whether the room is the direct room of the bot and one person.
    pub direct: bool,
    /// When the message was sent, as its server says.
    pub at: Timestamp,
    /// Whether homeservers can read it. What was noted before this was known counts as what they cannot.
    #[serde(default)]
    pub cleartext: bool,
    /// Whom it mentions, the bot perhaps among them. In a command their ids stand where clients show names.
    pub mentions: Vec<UserId>,
}

crate::forget!(MessageContext: mentions; room, event, thread, direct, at, cleartext);

/// A message that something points at. `key` is set where the bot sent it for the practice that is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRef {
    /// The message.
    pub event: EventId,
    /// The practice's own name for it.
    pub key: Option<MessageKey>,
}

/// What a poll that somebody opened in their client asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PollText {
    /// The question.
    pub question: String,
    /// The answers: id and text.
    pub answers: Vec<(String, String)>,
    /// Whether results are hidden until the end.
    pub hidden: bool,
    /// How many answers one person may choose.
    pub max: u64,
    /// Whether it was sent in the stable form of polls, which no edit changes.
    pub stable: bool,
}

/// Something that happened in a room, told to every practice of the room's community.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Somebody wrote a message that is not a command.
    Said(Said),
    /// Somebody joined a room in which they were not.
    Joined {
        /// Who.
        by: UserId,
        /// Where.
        room: RoomId,
        /// When, as their server says.
        at: Timestamp,
    },
    /// The bot came to a room, and these people were there already.
    Present {
        /// Who.
        who: Vec<UserId>,
        /// Where.
        room: RoomId,
    },
    /// Somebody left a room, or was removed from it.
    Left {
        /// Who.
        by: UserId,
        /// Where.
        room: RoomId,
    },
    /// Somebody reacted to a message.
    Reacted {
        /// Who.
        by: UserId,
        /// Where.
        room: RoomId,
        /// The reaction itself.
        event: EventId,
        /// To what.
        to: MessageRef,
        /// With what, usually an emoji.
        with: String,
        /// When, as their server says.
        at: Timestamp,
        /// Who wrote that message, where this is known: the bot itself, or somebody who is in the room and is logged.
        author: Option<UserId>,
        /// Whether they lead this community at this moment, where it is a tap: on a message of the bot's in a room of it.
        lead: bool,
    },
    /// Somebody opened a poll in their own client.
    PollOpened {
        /// Who.
        by: UserId,
        /// Where.
        source: MessageContext,
        /// What it asks.
        poll: PollText,
    },
    /// Somebody replaced a poll by another. Whether it was theirs to replace is for the practice to know.
    PollEdited {
        /// Who.
        by: UserId,
        /// Where.
        room: RoomId,
        /// The poll.
        poll: MessageRef,
        /// What it is to ask instead.
        new: PollText,
        /// When, as their server says.
        at: Timestamp,
    },
    /// Somebody answered a poll.
    Voted {
        /// Who.
        by: UserId,
        /// Where.
        room: RoomId,
        /// The vote itself.
        event: EventId,
        /// The poll.
        poll: MessageRef,
        /// The ids of the chosen answers, as sent: they may be none, too many, or unknown.
        answers: Vec<String>,
        /// When, as their server says.
        at: Timestamp,
        /// Whether homeservers can read it.
        cleartext: bool,
    },
    /// Somebody, or the bot itself, ended a poll.
    PollEnded {
        /// Who.
        by: UserId,
        /// Where.
        room: RoomId,
        /// The poll.
        poll: MessageRef,
        /// When, as their server says.
        at: Timestamp,
        /// Whether they may remove others' messages in this room, and so end others' polls.
        may_redact: bool,
    },
    /// A message was removed.
    Redacted {
        /// Where.
        room: RoomId,
        /// What.
        event: EventId,
        /// The practice's own name for it, where the bot sent it for the practice that is told.
        key: Option<MessageKey>,
        /// When, as the server of whoever removed it says.
        at: Timestamp,
    },
    /// What was sealed in a scope can no longer be read, by nobody: the database is an older copy, or the keys are
    /// gone. Told at the start, to the practice whose scope it is.
    SealedLost {
        /// The scope.
        scope: String,
    },
    /// A person asked to be forgotten, and their rows are gone ([`crate::records::Records::gone`]): what was shown of them
    /// may have to change.
    Forgotten {
        /// Who.
        who: UserId,
    },
    /// Somebody has been in no room of the community for so long that they are new should they come back.
    Gone {
        /// Who.
        who: UserId,
    },
    /// The bot has been away from a room for so long that it is no longer the community's.
    RoomGone {
        /// Which.
        room: RoomId,
    },
    /// What the world says to a request of the practice that is told.
    Answered {
        /// The practice's own name for the request.
        key: RequestKey,
        /// What it says.
        answer: Answer,
    },
    /// A message of the practice that is told will not be sent: the homeserver refuses it for good, or its time passed.
    Unsent {
        /// The practice's own name for it.
        key: MessageKey,
    },
    /// Which messages of the practice that is told wait, longer than people like to, because those they are for have
    /// no direct room, and rooms are made one after the other. Whoever writes to the bot is served at once. Told
    /// whenever that changes; empty when nobody waits (any more).
    Held {
        /// The practice's own names for them.
        keys: Vec<MessageKey>,
    },
}

impl Event {
    /// Who did it, and where; nobody where it happened to the bot, or where it does not matter who did it.
    pub fn author(&self) -> Option<(&UserId, &RoomId)> {
        match self {
            Self::Said(Said { by, source, .. }) | Self::PollOpened { by, source, .. } => Some((by, &source.room)),
            Self::Joined { by, room, .. }
            | Self::Left { by, room }
            | Self::Reacted { by, room, .. }
            | Self::Voted { by, room, .. }
            | Self::PollEdited { by, room, .. }
            | Self::PollEnded { by, room, .. } => Some((by, room)),
            Self::Present { .. }
            | Self::Redacted { .. }
            | Self::SealedLost { .. }
            | Self::Forgotten { .. }
            | Self::Gone { .. }
            | Self::RoomGone { .. }
            | Self::Answered { .. }
            | Self::Unsent { .. }
            | Self::Held { .. } => None,
        }
    }

    /// The same without those who are no people in the community; `None` where nothing is left that practices hear of.
    /// Who leaves, what is removed and what ends concerns people, whoever did it.
    #[must_use]
    pub fn of_people(&self, community: &Community) -> Option<Self> {
        match self {
            Self::Said(Said { by, .. })
            | Self::Joined { by, .. }
            | Self::Reacted { by, .. }
            | Self::PollOpened { by, .. }
            | Self::Voted { by, .. }
                if community.is_bot(by) =>
            {
                None
            }
            Self::Present { who, room } => {
                let who = who.iter().filter(|one| !community.is_bot(one)).cloned().collect();
                Some(Self::Present { who, room: room.clone() })
            }
            _ => Some(self.clone()),
        }
    }

    /// The event as practices see it that did not send the message it points at.
    #[must_use]
    pub fn without_key(&self) -> Self {
        let mut event = self.clone();
        match &mut event {
            Self::Said(Said { to: Some(to), .. })
            | Self::Reacted { to, .. }
            | Self::Voted { poll: to, .. }
            | Self::PollEdited { poll: to, .. }
            | Self::PollEnded { poll: to, .. } => to.key = None,
            Self::Redacted { key, .. } => *key = None,
            _ => {}
        }
        event
    }
}

/// A message that is not a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Who wrote it.
    pub by: UserId,
    /// Where.
    pub source: MessageContext,
    /// The message it replies to (or the thread's root, for a plain message in a thread).
    pub to: Option<MessageRef>,
    /// What it says. It is for this moment only: a practice keeps none of it, save what it was handed on purpose.
    pub text: String,
}
