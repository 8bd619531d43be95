//! What waits in the outbox, and what becomes of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Attention, EventId, MessageKey, Outgoing, Request, RequestKey, RoomId, UserId};

/// What the outbox carries out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Parcel {
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
    /// What is left of a sealed parcel whose vessel's key was destroyed before it was sent. Its turn comes like any
    /// other's, so that a message that is on its way at that moment still gets its name.
    #[serde(skip)]
    Destroyed,
}

/// A parcel before it has an id.
#[derive(Clone, Debug, PartialEq)]
pub struct NewParcel {
    /// The transaction id: derived from the cause, so that the same cause sends the same event once.
    pub txn: String,
    /// The community.
    pub community: String,
    /// The practice that wants it sent.
    pub practice: String,
    /// What to send.
    pub parcel: Parcel,
    /// The scope under whose key it is kept while it waits, where nobody may read it in the database. Where the scope
    /// holds nothing (any more), it is not sent.
    pub scope: Option<String>,
    /// The room in which the leads are, for what goes to the leads.
    pub leads: Option<RoomId>,
    /// How much attention it asks for.
    pub attention: Attention,
}

/// Where a parcel ended up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// The room.
    pub room: RoomId,
    /// The event.
    pub event: EventId,
}

impl Parcel {
    /// The practice's name for the message, where the parcel begins one.
    pub fn key(&self) -> Option<&MessageKey> {
        match self {
            Self::Send(outgoing) => outgoing.key(),
            Self::Ask(_)
            | Self::Attachment { .. }
            | Self::ForgetDirect { .. }
            | Self::LeaveDirect { .. }
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
            Self::ForgetDirect { .. } | Self::LeaveDirect { .. } | Self::Destroyed => Attention::Housekeeping,
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
            | Self::Destroyed => None,
        }
    }
}

/// What the transaction ids of messages begin with that are sent once ever. They hold a keyed hash of what makes the
/// message the same, and nothing else.
pub const ONCE: &str = "once.";
