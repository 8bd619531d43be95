//! What a practice wants done. Effects are data: the shell commits them with the records that caused them, then
//! carries them out, once each.

use std::fmt;

use hearth_shared::activity::Kind;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    id::{EventId, MessageKey, RoomId, UserId},
    input::Spot,
};

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Send a message.
    Send(Message),
    /// Replace the text of a message sent under `key`.
    Edit {
        /// The message.
        key: MessageKey,
        /// Its new text, markdown.
        body: String,
    },
    /// React to a message.
    React {
        /// Where.
        room: RoomId,
        /// To what.
        event: EventId,
        /// With what.
        with: String,
    },
    /// Open a poll (MSC3381, single choice: what clients offer).
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
    /// Open a hidden poll (MSC3381, single choice) in the one direct room that the bot has with a person. Nobody ends it.
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
    /// End a poll opened under `key`. The end comes back as `Event::PollEnded`; what came before it counts.
    EndPoll {
        /// The poll.
        key: MessageKey,
        /// What clients that know no polls show.
        body: String,
    },
    /// Remove a message sent under `key`.
    Redact {
        /// The message.
        key: MessageKey,
    },
    /// Remove somebody else's message: in a direct room that the bot made it may. Where it may not, the message stays,
    /// and nobody hears of it.
    RedactEvent {
        /// Where it is.
        room: RoomId,
        /// The message.
        event: EventId,
    },
    /// Forget the names of messages that begin with this: nobody will edit, answer or remove them any more.
    DropNames {
        /// What the names begin with.
        prefix: String,
    },
    /// Something to send that nobody may read in the database while it waits there.
    Sealed(Sealed),
    /// Said by the practice that owns a verb, about a command in a direct room that it has no use for: the others are
    /// told of the message as of any other ([`crate::Event::Said`]), and only where none of them wants anything, this
    /// is done. So several practices can understand `dots 1:2`.
    Otherwise(Box<Effect>),
    /// Send a file.
    SendFile {
        /// Where to.
        to: To,
        /// Its name.
        name: String,
        /// Its type, such as `text/calendar`.
        mime: String,
        /// What it holds.
        text: String,
    },
    /// Write a row to the activity log.
    Log(Entry),
    /// Change a setting of a practice; `None` returns it to its default.
    Set {
        /// The practice.
        practice: String,
        /// The setting.
        key: String,
        /// Its new value.
        value: Option<serde_json::Value>,
    },
    /// Stop logging what somebody does.
    OptOut {
        /// Who.
        who: UserId,
    },
    /// Log again what somebody does.
    OptIn {
        /// Who.
        who: UserId,
    },
    /// Erase every row and record about somebody. Every practice is told with `Event::Forgotten`.
    Forget {
        /// Who.
        who: UserId,
    },
    /// Make a room one of this community's.
    Adopt {
        /// The room.
        room: RoomId,
    },
    /// Let a room go that was adopted. What the operator lists stays.
    Release {
        /// The room.
        room: RoomId,
    },
    /// Tell everybody, in the lobby, what the last reported month was like, once a month; and say here what became of
    /// that.
    ShareReport {
        /// Where it was asked for.
        spot: Spot,
    },
    /// Send somebody everything that is kept about them, as a file in their direct room.
    Export {
        /// Who.
        who: UserId,
    },
}

/// An effect whose words are kept under the key of a vessel (see [`crate::records`]) while it waits to be sent. If the
/// vessel's records go before it was sent, it goes with them; where the vessel has none, it is never sent.
///
/// It prints without its words.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Sealed {
    /// The vessel.
    pub vessel: String,
    /// What is to be sent: a message, an edit, a poll.
    pub effect: Box<Effect>,
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({} ", self.vessel)?;
        match &*self.effect {
            Effect::Send(message) => write!(f, "{:?} {:?})", message.to, message.key),
            Effect::Edit { key, .. } | Effect::OpenPoll { key, .. } => write!(f, "{key})"),
            _ => f.write_str("..)"),
        }
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

/// How much attention a message asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// `m.notice`: an answer or a note. It does not notify.
    Notice,
    /// `m.text`: it notifies those who want to be.
    Prompt,
}

/// A message to send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Where it goes.
    pub to: To,
    /// What it says, markdown. What members wrote is escaped with [`crate::words::escape`].
    pub body: String,
    /// How much attention it asks for.
    pub tone: Tone,
    /// The practice's name for it, where it will be edited, answered or removed.
    pub key: Option<MessageKey>,
    /// Whom it mentions, so that they are notified.
    pub mentions: Vec<UserId>,
    /// What makes it the same message however often it is sent: it is sent once. Otherwise its cause does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub once: Option<String>,
    /// Whether nobody asked for it: the shell holds such messages to a daily budget a room and a person.
    pub nudge: bool,
    /// When it is of no use any more. It is not sent then or later, and the practice that named it is told
    /// ([`crate::Event::Unsent`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
}

/// A row for the activity log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// What was done.
    #[serde(with = "kind_code")]
    pub kind: Kind,
    /// By whom.
    pub by: UserId,
    /// Where; `None` in a direct room, which the log does not know.
    pub room: Option<RoomId>,
    /// What the kind says it means.
    pub value: Option<i64>,
    /// The practice's name for what this act begins, such as `retro/7`, so that later acts can point at it. It is one
    /// name in the whole community; an act with a name is written once.
    pub name: Option<String>,
    /// The name of the act that this one is about, such as the action that was done.
    pub about: Option<String>,
    /// The name of the act that this one belongs to, such as the retrospective.
    pub within: Option<String>,
    /// A label that the room has published; its number becomes the value.
    pub label: Option<String>,
}

impl Entry {
    /// Somebody did something, in a room or outside any.
    pub fn new(kind: Kind, by: &UserId, room: Option<&RoomId>) -> Self {
        Self {
            kind,
            by: by.clone(),
            room: room.cloned(),
            value: None,
            name: None,
            about: None,
            within: None,
            label: None,
        }
    }

    /// The same with what the kind says its value means.
    #[must_use]
    pub fn worth(self, value: i64) -> Self {
        Self { value: Some(value), ..self }
    }

    /// The same with a name for what it begins.
    #[must_use]
    pub fn named(self, name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    /// The same, about the act of that name.
    #[must_use]
    pub fn about(self, name: impl Into<String>) -> Self {
        Self { about: Some(name.into()), ..self }
    }

    /// The same, belonging to the act of that name.
    #[must_use]
    pub fn within(self, name: impl Into<String>) -> Self {
        Self { within: Some(name.into()), ..self }
    }

    /// The same with a label that the room has published.
    #[must_use]
    pub fn labelled(self, label: impl Into<String>) -> Self {
        Self { label: Some(label.into()), ..self }
    }

    /// The effect that writes it.
    pub fn log(self) -> Effect {
        Effect::Log(self)
    }
}

mod kind_code {
    use hearth_shared::activity::Kind;
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub fn serialize<S: Serializer>(kind: &Kind, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(kind.code())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Kind, D::Error> {
        let code = i64::deserialize(deserializer)?;
        Kind::from_code(code).ok_or_else(|| D::Error::custom(format!("unknown activity kind {code}")))
    }
}

impl Effect {
    /// Answers a message where it was written, without notifying anybody.
    pub fn answer(spot: &Spot, body: impl Into<String>) -> Self {
        Message::new(To::reply(spot), Tone::Notice, body).send()
    }

    /// Tells the leads, without notifying anybody.
    pub fn leads(body: impl Into<String>) -> Self {
        Message::new(To::Leads, Tone::Notice, body).send()
    }

    /// The one person whom it is addressed to, in their direct room.
    pub fn addressee(&self) -> Option<&UserId> {
        match self {
            Self::Send(Message { to: To::Person(who), .. })
            | Self::SendFile { to: To::Person(who), .. }
            | Self::AskPerson { person: who, .. } => Some(who),
            Self::Sealed(sealed) => sealed.effect.addressee(),
            Self::Otherwise(effect) => effect.addressee(),
            _ => None,
        }
    }

    /// Acknowledges a message with a reaction, where words would be noise.
    pub fn acknowledge(spot: &Spot, with: &str) -> Self {
        Self::React { room: spot.room.clone(), event: spot.event.clone(), with: with.to_owned() }
    }

    /// The same, kept under the key of a vessel while it waits to be sent: see [`Sealed`].
    #[must_use]
    pub fn sealed(self, vessel: impl Into<String>) -> Self {
        Self::Sealed(Sealed { vessel: vessel.into(), effect: Box::new(self) })
    }

    /// The same, unless another practice has a use for what was said: see [`Self::Otherwise`].
    #[must_use]
    pub fn otherwise(self) -> Self {
        Self::Otherwise(Box::new(self))
    }

    /// Logs what somebody did.
    pub fn log(kind: Kind, by: &UserId, room: Option<&RoomId>, value: Option<i64>) -> Self {
        Self::Log(Entry { value, ..Entry::new(kind, by, room) })
    }
}

impl To {
    /// In answer to the message at `spot`.
    pub fn reply(spot: &Spot) -> Self {
        Self::Reply { room: spot.room.clone(), event: spot.event.clone(), thread: spot.thread.clone() }
    }
}

impl Message {
    /// A message that somebody asked for, without key or mentions.
    pub fn new(to: To, tone: Tone, body: impl Into<String>) -> Self {
        let mentions = Vec::new();
        Self { to, body: body.into(), tone, key: None, mentions, once: None, nudge: false, expires: None }
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

    /// The same, counted against the daily budget because nobody asked for it.
    #[must_use]
    pub fn as_nudge(mut self) -> Self {
        self.nudge = true;
        self
    }

    /// The same, of no use from a moment on: see [`Self::expires`].
    #[must_use]
    pub fn until(mut self, expires: Timestamp) -> Self {
        self.expires = Some(expires);
        self
    }

    /// The effect that sends it.
    pub fn send(self) -> Effect {
        Effect::Send(self)
    }
}
