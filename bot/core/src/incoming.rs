//! An event of a room's timeline as the bot understands it.

use jiff::Timestamp;

use crate::id::{EventId, UserId};

/// One event.
#[derive(Clone, Debug, PartialEq)]
pub struct Incoming {
    /// Its id.
    pub event: EventId,
    /// Who sent it.
    pub sender: UserId,
    /// When, as its server says.
    pub at: Timestamp,
    /// The outbox row that it came from, if it says so (only believed of the bot's own events).
    pub marker: Option<String>,
    /// Whether it says that it asks a room to talk (only believed of the bot's own events).
    pub prompt: bool,
    /// Whether homeservers can read it: it came in no ciphertext.
    pub cleartext: bool,
    /// What it is.
    pub what: What,
}

/// What an event is.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A message (not an edit).
    Message(Text),
    /// A replacement of an earlier message. Whether it counts is not for the homeserver to say.
    Edit {
        /// Of which.
        of: EventId,
        /// What it is to say instead.
        text: Text,
    },
    /// A reaction.
    Reaction {
        /// To what.
        to: EventId,
        /// With what.
        with: String,
    },
    /// A change of somebody's membership.
    Member {
        /// Whose.
        who: UserId,
        /// Whether they are in the room now.
        joined: bool,
        /// Whether they were before; `None` where the homeserver does not say.
        was_joined: Option<bool>,
    },
    /// A poll (MSC3381, stable or unstable).
    PollStart(Poll),
    /// A replacement of a poll.
    PollEdit {
        /// Of which.
        of: EventId,
        /// The poll as it is to be.
        poll: Poll,
    },
    /// A vote.
    PollVote {
        /// In which poll.
        poll: EventId,
        /// The chosen answers' ids.
        answers: Vec<String>,
    },
    /// The end of a poll.
    PollEnd {
        /// Of which.
        poll: EventId,
    },
    /// The removal of an event.
    Redaction {
        /// Of which.
        of: EventId,
    },
    /// An encrypted event whose key is not here (yet). What it relates to stands outside the ciphertext; where that
    /// leaves open that it is a message, this is the message without its words.
    Encrypted(Option<Text>),
    /// A bridge says that it serves the room (MSC2346), in its own name.
    Bridge,
    /// Something that the bot has no use for.
    Other,
}

/// A message.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// What it says, without the quotation that old clients put before a reply.
    pub body: String,
    /// The same with people's ids in the place of the names under which clients show them: what commands are read
    /// from.
    pub command: String,
    /// Whether it is a notice, as bots send.
    pub notice: bool,
    /// The message it answers.
    pub reply_to: Option<EventId>,
    /// The root of the thread it is in.
    pub thread: Option<EventId>,
    /// Whom it mentions (`m.mentions`).
    pub mentions: Vec<UserId>,
}

/// A poll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poll {
    /// The question.
    pub question: String,
    /// The answers: id and text.
    pub answers: Vec<(String, String)>,
    /// Whether results are hidden until the end.
    pub hidden: bool,
    /// How many answers one person may choose.
    pub max: u64,
    /// Whether it was sent in the stable form. An edit in the other form is none.
    pub stable: bool,
}

impl Incoming {
    /// The event as it was received at `now`. A server may say of its events what it likes: none is from later than now,
    /// and one that claims to be from before there was such a thing as a bot is from now. Any other past is believed,
    /// because servers come back after days, and bridges bring histories along; to them the answer is that commands
    /// can be too late.
    #[must_use]
    pub fn received(self, now: Timestamp) -> Self {
        Self { at: believed(self.at, now), ..self }
    }
}

/// When something was sent that claims this time and was received now.
pub fn believed(at: Timestamp, now: Timestamp) -> Timestamp {
    if at > now || at.as_second() < OLDEST { now } else { at }
}

/// The first second of the year 2000: nothing that is bridged into a room is older.
const OLDEST: i64 = 946_684_800;
