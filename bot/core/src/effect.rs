//! What a practice wants done. Effects are data: the shell commits them with the records that caused them, then
//! carries them out, once each. They are split by who carries them out, and each of those matches on all that can reach
//! it, so that nothing that can be written down is dropped.

use hearth_shared::activity::Kind;
use serde::{Deserialize, Serialize};

use crate::{
    attention::Attention,
    id::{MessageKey, RoomId, UserId},
    input::MessageContext,
    outgoing::{Message, Outgoing, Sealed, To},
    person::PersonChange,
    request::Request,
};

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// The outbox sends it.
    Send(Outgoing),
    /// The same, and nobody may read it in the database while it waits there.
    SendSealed(Sealed),
    /// Said by the practice that owns a verb, about a command in a direct room that it has no use for: the others are
    /// told of the message as of any other ([`crate::Event::Said`]), and only where none of them wants anything, this
    /// is sent. So several practices can understand `dots 1:2`. Beside other effects, or where no command was given,
    /// nobody else is asked, and it is sent.
    Fallback(Outgoing),
    /// The outbox asks the world, and the practice is told what it answers.
    Ask(Request),
    /// The log writes a row.
    Log(Entry),
    /// The engine and the store carry it out, in one step with everything else.
    Administer(Administration),
}

/// What changes how the community is served.
#[derive(Clone, Debug, PartialEq)]
pub enum Administration {
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
    /// Note what somebody says about themselves, for all communities.
    Person {
        /// Who.
        who: UserId,
        /// What.
        change: PersonChange,
    },
    /// Erase every row and record about somebody. Every practice is told with [`crate::Event::Forgotten`].
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
    /// Forget the names of messages that begin with this: nobody will edit, answer or remove them any more.
    DropNames {
        /// What the names begin with.
        prefix: String,
    },
}

impl Administration {
    /// The effect that carries it out.
    pub fn effect(self) -> Effect {
        Effect::Administer(self)
    }
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
    pub fn answer(source: &MessageContext, body: impl Into<String>) -> Self {
        Message::answer(source, body).send()
    }

    /// Tells the leads, without notifying anybody.
    pub fn leads(body: impl Into<String>) -> Self {
        Message::new(To::Leads, Attention::Answer, body).send()
    }

    /// Acknowledges a message with a reaction, where words would be noise.
    pub fn acknowledge(source: &MessageContext, with: &str) -> Self {
        Outgoing::React { room: source.room.clone(), event: source.event.clone(), with: with.to_owned() }.send()
    }

    /// Logs what somebody did.
    pub fn log(kind: Kind, by: &UserId, room: Option<&RoomId>, value: Option<i64>) -> Self {
        Self::Log(Entry { value, ..Entry::new(kind, by, room) })
    }

    /// What it sends, sealed or not.
    pub fn outgoing(&self) -> Option<&Outgoing> {
        match self {
            Self::Send(outgoing) | Self::SendSealed(Sealed { outgoing, .. }) | Self::Fallback(outgoing) => {
                Some(outgoing)
            }
            Self::Ask(_) | Self::Log(_) | Self::Administer(_) => None,
        }
    }
}

/// Buttons under a message of the practice's own, in this order: see [`Outgoing::Button`].
pub fn buttons<L: Into<String>>(key: &MessageKey, labels: impl IntoIterator<Item = L>) -> Vec<Effect> {
    let button = |label: L| Outgoing::Button { key: key.clone(), with: label.into(), name: None }.send();
    labels.into_iter().map(button).collect()
}

impl Outgoing {
    /// The effect that sends it.
    pub fn send(self) -> Effect {
        Effect::Send(self)
    }

    /// The effect that sends it, kept under the key of a scope while it waits: see [`Sealed`].
    pub fn sealed(self, scope: impl Into<String>) -> Effect {
        Effect::SendSealed(Sealed { scope: scope.into(), outgoing: self })
    }

    /// The effect that sends it unless another practice has a use for what was said: see [`Effect::Fallback`].
    pub fn fallback(self) -> Effect {
        Effect::Fallback(self)
    }
}

impl Message {
    /// The effect that sends it.
    pub fn send(self) -> Effect {
        Outgoing::Message(self).send()
    }

    /// The effect that sends it, kept under the key of a scope while it waits: see [`Sealed`].
    pub fn sealed(self, scope: impl Into<String>) -> Effect {
        Outgoing::Message(self).sealed(scope)
    }

    /// The effect that sends it unless another practice has a use for what was said: see [`Effect::Fallback`].
    pub fn fallback(self) -> Effect {
        Outgoing::Message(self).fallback()
    }
}

impl Request {
    /// The effect that asks.
    pub fn ask(self) -> Effect {
        Effect::Ask(self)
    }
}
