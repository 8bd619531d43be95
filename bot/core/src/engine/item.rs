//! What waits in the outbox, and what becomes of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Attention, EventId, Message, MessageKey, Outgoing, Request, RequestKey, RoomId, To, UserId};

/// What the outbox carries out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutboxItem {
    /// What a practice wants sent.
    #[serde(rename = "effect")]
    Send(Outgoing),
    /// What a practice asks of the world.
    Ask(Request),
    /// A file of a report: a picture, or the page.
    Attachment {
        /// Where to.
        room: RoomId,
        /// The file.
        path: String,
        /// The name under which it is sent.
        name: String,
        /// What it shows, in words.
        caption: Option<String>,
        /// What is said with it, markdown: picture and words are one message.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        words: Option<String>,
        /// The name of the message.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        key: Option<MessageKey>,
        /// The name of the message in whose thread it stands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        beside: Option<MessageKey>,
    },
    /// Not a message: the point, after the last message to somebody who is to be forgotten, at which their direct
    /// room's mapping goes.
    ForgetDirect {
        /// Who.
        person: UserId,
    },
    /// Leave a room that was somebody's direct room until somebody else came into it, or they went.
    LeaveDirect {
        /// Whose it was.
        person: UserId,
        /// The room.
        room: RoomId,
        /// Whether nothing is said of it: its person has gone.
        #[serde(default)]
        quietly: bool,
    },
    /// Leave a room that is nobody's, if the bot is alone in it then.
    LeaveDeserted {
        /// The room.
        room: RoomId,
    },
    /// What is left of a sealed item whose scope's key was destroyed before it was sent. Its turn comes like any
    /// other's, so that a message that is on its way at that moment still gets its name.
    #[serde(skip)]
    Destroyed,
}

/// An item before it has an id.
#[derive(Clone, Debug, PartialEq)]
pub struct NewOutboxItem {
    /// The transaction id: derived from the cause, so that the same cause sends the same event once.
    pub txn: String,
    /// The community.
    pub community: String,
    /// The practice that wants it sent.
    pub practice: String,
    /// What to send.
    pub item: OutboxItem,
    /// The scope under whose key it is kept while it waits, where nobody may read it in the database. Where the scope
    /// holds nothing (any more), it is not sent.
    pub scope: Option<String>,
    /// The room in which the leads are, for what goes to the leads.
    pub leads: Option<RoomId>,
    /// How much attention it asks for.
    pub attention: Attention,
}

/// Where an item ended up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// The room.
    pub room: RoomId,
    /// The event.
    pub event: EventId,
}

impl OutboxItem {
    /// The practice's name for the message, where the item begins one.
    pub fn key(&self) -> Option<&MessageKey> {
        match self {
            Self::Send(outgoing) => outgoing.key(),
            Self::Attachment { key, .. } => key.as_ref(),
            Self::Ask(_)
            | Self::ForgetDirect { .. }
            | Self::LeaveDirect { .. }
            | Self::LeaveDeserted { .. }
            | Self::Destroyed => None,
        }
    }

    /// The practice's name for the request that it is.
    pub fn request(&self) -> Option<&RequestKey> {
        match self {
            Self::Ask(request) => Some(&request.key),
            Self::Send(_)
            | Self::Attachment { .. }
            | Self::ForgetDirect { .. }
            | Self::LeaveDirect { .. }
            | Self::LeaveDeserted { .. }
            | Self::Destroyed => None,
        }
    }

    /// How much attention it asks for.
    pub fn attention(&self) -> Attention {
        match self {
            Self::Send(outgoing) => outgoing.attention(),
            // Whoever asked the practice waits for what the world says.
            Self::Ask(_) => Attention::Answer,
            Self::Attachment { .. } => Attention::Prompt,
            Self::ForgetDirect { .. } | Self::LeaveDirect { .. } | Self::LeaveDeserted { .. } | Self::Destroyed => {
                Attention::Housekeeping
            }
        }
    }

    /// Whether it asks one person something: it goes to them alone and wants to be noticed, and either its practice has a
    /// name for it, by which it knows the answer, or it is a nudge. A welcome asks nothing.
    pub fn asks(&self) -> bool {
        match self {
            Self::Send(Outgoing::Message(Message { to: To::Person(_), attention, key, .. })) => match attention {
                Attention::Nudge { .. } => true,
                Attention::Prompt => key.is_some(),
                Attention::Answer | Attention::Sign | Attention::Button | Attention::Housekeeping => false,
            },
            Self::Send(Outgoing::AskPerson { .. }) => true,
            _ => false,
        }
    }

    /// From when on it is of no use.
    pub fn useless_from(&self) -> Option<Timestamp> {
        match self {
            Self::Send(outgoing) => outgoing.useless_from(),
            Self::Ask(_)
            | Self::Attachment { .. }
            | Self::ForgetDirect { .. }
            | Self::LeaveDirect { .. }
            | Self::LeaveDeserted { .. }
            | Self::Destroyed => None,
        }
    }

    /// To whom alone it goes, wherever their direct room is.
    pub fn person(&self) -> Option<&UserId> {
        match self {
            Self::Send(outgoing) => outgoing.addressee(),
            // What is done about a direct room is sent to nobody.
            Self::Ask(_)
            | Self::Attachment { .. }
            | Self::ForgetDirect { .. }
            | Self::LeaveDirect { .. }
            | Self::LeaveDeserted { .. }
            | Self::Destroyed => None,
        }
    }
}

/// What the transaction ids of messages begin with that are sent once ever. They hold a keyed hash of what makes the
/// message the same, and nothing else.
pub const ONCE: &str = "once.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nudge_asks_something_and_a_welcome_an_answer_or_a_word_to_a_room_does_not() {
        let until = Timestamp::MAX;
        let is_asked = |to: To, attention: Attention, key: Option<&str>| {
            let message = Message::new(to, attention, "hi");
            let message = key.into_iter().fold(message, |message, key| message.keyed(key));
            OutboxItem::Send(Outgoing::Message(message)).asks()
        };
        let ana = || To::Person(UserId::from("@ana:t"));
        assert!(is_asked(ana(), Attention::Nudge { until }, None));
        assert!(is_asked(ana(), Attention::Prompt, Some("card")));
        assert!(!is_asked(ana(), Attention::Prompt, None), "a welcome");
        assert!(!is_asked(ana(), Attention::Answer, Some("card")));
        assert!(!is_asked(To::Room("!a:t".into()), Attention::Nudge { until }, Some("card")));
    }
}
