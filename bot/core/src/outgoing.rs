//! What leaves the bot: messages, edits, reactions, polls, files, removals. The outbox sends each once, and matches on
//! all of them.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    attention::Attention,
    id::{EventId, MessageKey, RoomId, UserId},
    input::MessageContext,
};

/// One thing to send. As JSON it waits in the outbox, so what is written there must stay readable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outgoing {
    /// A message.
    #[serde(rename = "send")]
    Message(Message),
    /// A new text for a message sent under `key`.
    Edit {
        /// The message.
        key: MessageKey,
        /// Its new text, markdown.
        body: String,
    },
    /// The same for a message in which nothing may stay of what it says in between: this text has a name of its own, by
    /// which it is removed again ([`Self::Redact`]).
    Reword {
        /// The message.
        key: MessageKey,
        /// Its new text, markdown.
        body: String,
        /// The practice's name for this text; none where it says nothing that must be removed.
        name: Option<MessageKey>,
    },
    /// The last text of a message sent under `key`: with it the name goes, as with a removal.
    Conclude {
        /// The message.
        key: MessageKey,
        /// Its new text, markdown.
        body: String,
    },
    /// A reaction to a message.
    React {
        /// Where.
        room: RoomId,
        /// To what.
        event: EventId,
        /// With what.
        with: String,
    },
    /// A button: a reaction of the bot's own to a message sent under `key`, so that a tap on it is an answer
    /// ([`crate::Event::Reacted`] with the same text). It is sent as soon as it is known which event the message is.
    Button {
        /// The message.
        key: MessageKey,
        /// What stands on it: see [`crate::words::label`].
        with: String,
        /// The practice's name for it, where it will be taken off again ([`Self::Redact`]).
        name: Option<MessageKey>,
    },
    /// A sign: a reaction of the bot's own that tells whoever reads the message sent under `key` something of it, and is
    /// nothing to tap. It is sent as soon as it is known which event the message is, and no button is waited for.
    Sign {
        /// The message.
        key: MessageKey,
        /// What it says, in about twenty characters.
        with: String,
        /// The practice's name for it.
        name: MessageKey,
    },
    /// The removal of a sign, in order with the message's other signs. One that was not sent yet never is.
    Unsign {
        /// The message.
        key: MessageKey,
        /// The sign.
        name: MessageKey,
    },
    /// A poll (MSC3381, single choice: what clients offer).
    OpenPoll {
        /// The practice's name for it.
        key: MessageKey,
        /// Where.
        room: RoomId,
        /// The thread in which it was asked for.
        thread: Option<EventId>,
        /// The question.
        question: String,
        /// The answers: id and text. Clients show at most 20.
        answers: Vec<(String, String)>,
        /// Whether clients hide results until the end.
        hidden: bool,
    },
    /// A hidden poll (MSC3381, single choice) in the one direct room that the bot has with a person. Nobody ends it.
    AskPerson {
        /// The practice's name for it.
        key: MessageKey,
        /// Whom to ask.
        person: UserId,
        /// The question.
        question: String,
        /// The answers: id and text. Clients show at most 20.
        answers: Vec<(String, String)>,
    },
    /// The end of a poll opened under `key`. It comes back as [`crate::Event::PollEnded`]; what came before it counts.
    EndPoll {
        /// The poll.
        key: MessageKey,
        /// What clients that know no polls show.
        body: String,
    },
    /// The removal of a message sent under `key`. A button or a text of a message that was not sent yet never is.
    Redact {
        /// The message.
        key: MessageKey,
    },
    /// The removal of somebody else's message: in a direct room that the bot made it may. Where it may not, the message
    /// stays, and nobody hears of it.
    RedactEvent {
        /// Where it is.
        room: RoomId,
        /// The message.
        event: EventId,
    },
    /// A file.
    #[serde(rename = "send-file")]
    File {
        /// Where to.
        to: To,
        /// Its name.
        name: String,
        /// Its type, such as `text/calendar`.
        mime: String,
        /// What it holds.
        text: String,
    },
    /// Everything that is kept about somebody in this community, as a file in their direct room. What it holds is put
    /// together when it is sent, so that nothing of it waits on the disk a second time. Tries may therefore differ; they
    /// have one transaction id, and the first that arrives is the one that counts.
    MyData {
        /// Whose.
        person: UserId,
    },
}

/// What something outgoing is addressed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'a> {
    /// A room, whether by itself or in answer to somebody.
    Room(&'a RoomId),
    /// One person, in the one direct room that the bot has with them.
    Person(&'a UserId),
    /// The thread that a message of the practice's own opens.
    Thread(&'a MessageKey),
    /// The leads' room.
    Leads,
    /// A message of the practice's own, which it changes, ends or removes.
    Own(&'a MessageKey),
    /// A message to which it reacts.
    ReactionTo {
        /// Where it is.
        room: &'a RoomId,
        /// The message.
        event: &'a EventId,
    },
    /// Somebody's message, which it removes.
    RemovalOf {
        /// Where it is.
        room: &'a RoomId,
        /// The message.
        event: &'a EventId,
    },
}

impl Outgoing {
    /// What it is addressed to.
    pub fn target(&self) -> Target<'_> {
        match self {
            Self::Message(Message { to, .. }) | Self::File { to, .. } => match to {
                To::Reply { room, .. } | To::Room(room) => Target::Room(room),
                To::Thread(key) => Target::Thread(key),
                To::Person(person) => Target::Person(person),
                To::Leads => Target::Leads,
            },
            Self::OpenPoll { room, .. } => Target::Room(room),
            Self::AskPerson { person, .. } | Self::MyData { person } => Target::Person(person),
            Self::Edit { key, .. }
            | Self::Reword { key, .. }
            | Self::Conclude { key, .. }
            | Self::Button { key, .. }
            | Self::Sign { key, .. }
            | Self::Unsign { key, .. }
            | Self::EndPoll { key, .. }
            | Self::Redact { key } => Target::Own(key),
            Self::React { room, event, .. } => Target::ReactionTo { room, event },
            Self::RedactEvent { room, event } => Target::RemovalOf { room, event },
        }
    }

    /// The practice's name for the message, where it begins one.
    pub fn key(&self) -> Option<&MessageKey> {
        match self {
            Self::Message(message) => message.key.as_ref(),
            Self::Button { name, .. } | Self::Reword { name, .. } => name.as_ref(),
            Self::Sign { name, .. } => Some(name),
            Self::OpenPoll { key, .. } | Self::AskPerson { key, .. } => Some(key),
            Self::Edit { .. }
            | Self::Conclude { .. }
            | Self::React { .. }
            | Self::EndPoll { .. }
            | Self::Redact { .. }
            | Self::Unsign { .. }
            | Self::RedactEvent { .. }
            | Self::File { .. }
            | Self::MyData { .. } => None,
        }
    }

    /// The practice's name for what it removes.
    pub fn removes(&self) -> Option<&MessageKey> {
        match self {
            Self::Redact { key } | Self::Unsign { name: key, .. } => Some(key),
            _ => None,
        }
    }

    /// Whether nothing hangs on it: it can be left unsent where it would be removed at once.
    pub fn is_for_the_moment(&self) -> bool {
        matches!(self, Self::Reword { .. } | Self::Button { .. } | Self::Sign { .. })
    }

    /// The new text of a message, and the message.
    pub fn edits(&self) -> Option<(&MessageKey, &String)> {
        match self {
            Self::Edit { key, body } | Self::Reword { key, body, .. } | Self::Conclude { key, body } => {
                Some((key, body))
            }
            _ => None,
        }
    }

    /// How much attention it asks for.
    pub fn attention(&self) -> Attention {
        match self {
            Self::Message(message) => message.attention,
            Self::React { .. } => Attention::Sign,
            Self::Button { .. } => Attention::Button,
            Self::OpenPoll { .. } | Self::AskPerson { .. } | Self::EndPoll { .. } => Attention::Prompt,
            Self::Edit { .. } | Self::Conclude { .. } | Self::Redact { .. } | Self::RedactEvent { .. } => {
                Attention::Housekeeping
            }
            // Somebody waits to read that it was understood.
            Self::Reword { .. } | Self::Sign { .. } | Self::Unsign { .. } => Attention::Sign,
            Self::File { .. } | Self::MyData { .. } => Attention::Answer,
        }
    }

    /// From when on it is of no use.
    pub fn useless_from(&self) -> Option<Timestamp> {
        match self {
            Self::Message(message) => message.useless_from(),
            Self::Edit { .. }
            | Self::Reword { .. }
            | Self::Conclude { .. }
            | Self::React { .. }
            | Self::Button { .. }
            | Self::Sign { .. }
            | Self::Unsign { .. }
            | Self::OpenPoll { .. }
            | Self::AskPerson { .. }
            | Self::EndPoll { .. }
            | Self::Redact { .. }
            | Self::RedactEvent { .. }
            | Self::File { .. }
            | Self::MyData { .. } => None,
        }
    }

    /// The one person whom it is addressed to, in their direct room.
    pub fn addressee(&self) -> Option<&UserId> {
        match self.target() {
            Target::Person(person) => Some(person),
            Target::Room(_)
            | Target::Thread(_)
            | Target::Leads
            | Target::Own(_)
            | Target::ReactionTo { .. }
            | Target::RemovalOf { .. } => None,
        }
    }
}

/// Something to send whose words are kept under the key of a scope (see [`crate::records`]) while it waits. If the
/// scope's records go before it was sent, it goes with them; where the scope has none, it is never sent.
///
/// It prints without its words.
#[derive(Clone, PartialEq)]
pub struct Sealed {
    /// The scope.
    pub scope: String,
    /// What is to be sent.
    pub outgoing: Outgoing,
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({} {:?} {:?})", self.scope, self.outgoing.target(), self.outgoing.key())
    }
}

/// Where a message goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum To {
    /// In answer to a message: in its thread, if it is in one, and as a reply to it.
    Reply {
        /// The room.
        room: RoomId,
        /// The message.
        event: EventId,
        /// Its thread.
        thread: Option<EventId>,
    },
    /// To a room's main timeline.
    Room(RoomId),
    /// To the thread that a message sent under this key opens.
    Thread(MessageKey),
    /// To one person, in the one direct room that the bot has with them.
    Person(UserId),
    /// To the leads' room; where a community has none, nobody hears it.
    Leads,
}

/// A message to send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct Message {
    /// Where it goes.
    pub to: To,
    /// What it says, markdown. What members wrote is escaped with [`crate::words::escape`].
    pub body: String,
    /// How much attention it asks for.
    pub attention: Attention,
    /// The practice's name for it, where it will be edited, answered or removed.
    pub key: Option<MessageKey>,
    /// Whom it mentions, so that they are notified.
    pub mentions: Vec<UserId>,
    /// What makes it the same message however often it is sent: it is sent once. Otherwise its cause does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub once: Option<String>,
    /// When it is of no use any more, where it is no nudge: see [`Self::useless_from`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
    /// Why somebody is invited for it to their direct room, where they have none yet: see [`Self::because`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Whether it asks a room to talk: see [`Self::to_talk_about`].
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub to_talk_about: bool,
}

/// A message as it is read from where it waits: an earlier Hearth said in two fields what attention it asks for.
#[derive(Deserialize)]
struct Stored {
    to: To,
    body: String,
    attention: Option<Attention>,
    tone: Option<Tone>,
    #[serde(default)]
    nudge: bool,
    key: Option<MessageKey>,
    mentions: Vec<UserId>,
    once: Option<String>,
    expires: Option<Timestamp>,
    #[serde(default)]
    why: Option<String>,
    #[serde(default)]
    to_talk_about: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Tone {
    Notice,
    Prompt,
}

impl From<Stored> for Message {
    fn from(stored: Stored) -> Self {
        let Stored { to, body, attention, tone, nudge, key, mentions, once, expires, why, to_talk_about } = stored;
        let attention = attention.unwrap_or(match tone {
            _ if nudge => Attention::Nudge { until: expires.unwrap_or(Timestamp::MAX) },
            Some(Tone::Prompt) => Attention::Prompt,
            Some(Tone::Notice) | None => Attention::Answer,
        });
        let expires = expires.filter(|_| !attention.is_nudge());
        Self { to, body, attention, key, mentions, once, expires, why, to_talk_about }
    }
}

impl To {
    /// In answer to the message at `source`, in a thread: the one it is in, or one that it opens.
    pub fn beside(source: &MessageContext) -> Self {
        let thread = source.thread.clone().unwrap_or_else(|| source.event.clone());
        Self::Reply { room: source.room.clone(), event: source.event.clone(), thread: Some(thread) }
    }

    /// In answer to the message at `source`.
    pub fn reply(source: &MessageContext) -> Self {
        Self::Reply { room: source.room.clone(), event: source.event.clone(), thread: source.thread.clone() }
    }
}

impl Message {
    /// An answer to the message at `source`, which notifies nobody.
    pub fn answer(source: &MessageContext, body: impl Into<String>) -> Self {
        Self::new(To::reply(source), Attention::Answer, body)
    }

    /// A message without key or mentions.
    pub fn new(to: To, attention: Attention, body: impl Into<String>) -> Self {
        Self {
            to,
            body: body.into(),
            attention,
            key: None,
            mentions: Vec::new(),
            once: None,
            expires: None,
            why: None,
            to_talk_about: false,
        }
    }

    /// The same under a name, to be edited, answered or removed later.
    #[must_use]
    pub fn keyed(mut self, key: impl Into<MessageKey>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// The same, mentioning somebody so that they are notified.
    #[must_use]
    pub fn mentioning(mut self, who: &UserId) -> Self {
        self.mentions.push(who.clone());
        self
    }

    /// The same, as a message that is sent once ever: `name` is what makes it the same, in this practice and community.
    #[must_use]
    pub fn once(mut self, name: impl Into<String>) -> Self {
        self.once = Some(name.into());
        self
    }

    /// The same, with the reason that is given to somebody who is invited to their direct room for it: plain text, which
    /// their homeserver can read. It tells nothing that is sealed.
    #[must_use]
    pub fn because(mut self, why: impl Into<String>) -> Self {
        self.why = Some(why.into());
        self
    }

    /// The same, as a prompt of Hearth's own to a room: talk that follows it was not begun by a member. When it comes back
    /// from the room's main timeline, that is noted ([`hearth_shared::activity::Kind::PromptPosted`]).
    #[must_use]
    pub fn to_talk_about(mut self) -> Self {
        self.to_talk_about = true;
        self
    }

    /// The same, of no use from a moment on. It is not sent then or later, and the practice that named it is told
    /// ([`crate::Event::Unsent`]).
    #[must_use]
    pub fn until(mut self, expires: Timestamp) -> Self {
        match &mut self.attention {
            Attention::Nudge { until } => *until = expires,
            Attention::Answer | Attention::Sign | Attention::Prompt | Attention::Button | Attention::Housekeeping => {
                self.expires = Some(expires);
            }
        }
        self
    }

    /// From when on it is of no use.
    pub fn useless_from(&self) -> Option<Timestamp> {
        self.attention.until().or(self.expires)
    }
}
