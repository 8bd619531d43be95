//! What follows from a batch of events or from the passing of time, as plain data.

use hearth_shared::bots::Pattern;
use jiff::Timestamp;

use super::{
    item::{NewOutboxItem, Posted},
    kept::{Closed, GivenCommand, PersonIn, Unread},
    log::LogOp,
    number::CommunityNumber,
};
use crate::{
    id::{EventId, RoomId, UserId},
    members::MemberChange,
    person::Person,
    records::Change,
};

/// A scope of sealed records: its community, its practice, and its name.
pub type Scope = (CommunityNumber, &'static str, String);

/// What follows from a batch of events or from the passing of time. First `log` is applied, then `commit`.
#[derive(Debug, Default)]
pub struct UnitOfWork {
    /// For the activity log: the community, and what to write.
    pub log: Vec<(CommunityNumber, LogOp)>,
    /// For the bot's own memory.
    pub commit: Commit,
    /// Rooms that leads have just adopted: who is in them is still to be learned.
    pub adopted: Vec<RoomId>,
    /// Rooms that leads have just let go.
    pub released: Vec<RoomId>,
    /// Who asked to be forgotten, and what names the request.
    pub forgotten: Vec<(String, UserId)>,
    /// Communities whose leads have said anew who is a bot: which, and what was said before.
    pub sorted: Vec<(CommunityNumber, Vec<Pattern>)>,
}

/// What one unit of work decided. Committed together or not at all.
#[derive(Debug, Default)]
pub struct Commit {
    /// When.
    pub at: Timestamp,
    /// Records that changed: community, practice, rows.
    pub records: Vec<(String, &'static str, Vec<Change>)>,
    /// Settings that changed: community, practice, key, value (`None`: back to the default).
    pub settings: Vec<(String, String, String, Option<serde_json::Value>)>,
    /// Whether practices were told of what was sealed and is lost, so that it can go.
    pub mourned: bool,
    /// Names of messages that are not needed any more: community, practice, what they begin with.
    pub dropped_names: Vec<(String, String, String)>,
    /// What is to be sent.
    pub items: Vec<NewOutboxItem>,
    /// Events that had consequences, and when they were sent.
    pub handled: Vec<(EventId, Timestamp)>,
    /// Commands, and edits of them that were answered.
    pub asked: Vec<GivenCommand>,
    /// Whose commands are not to be remembered: see [`GivenCommand::by`].
    pub unasked: Vec<String>,
    /// Rows of the outbox with which it is over: what they asked is answered, or they will not be sent and their
    /// practices know.
    pub done: Vec<i64>,
    /// The same for rows that cannot be read, or whose sending fails in a way that it should not, and why.
    pub aside: Vec<(i64, String)>,
    /// Items that turned out to have arrived: transaction id, and where.
    pub arrived: Vec<(String, Posted)>,
    /// Encrypted events to be read later.
    pub undecrypted: Vec<Unread>,
    /// Encrypted events that have been read, or given up.
    pub decrypted: Vec<EventId>,
    /// Months reported or given up: community, month, outcome.
    pub reports: Vec<(String, String, String)>,
    /// Months that were released for good: community, month, and the hash of the release, where it is known.
    pub released: Vec<(String, String, Option<String>)>,
    /// Who is in which room, by the community's name.
    pub members: Vec<(String, MemberChange)>,
    /// What people have said about themselves, as it is now.
    pub persons: Vec<(UserId, Person)>,
    /// Who has left the last room of a community.
    pub gone: Vec<PersonIn>,
    /// Who has left before and is back, or need not be remembered.
    pub back: Vec<PersonIn>,
    /// Rooms that the bot is no longer in.
    pub left: Vec<RoomId>,
    /// Rooms that communities have adopted, by the community's name, or let go.
    pub adopted: Vec<(RoomId, Option<String>)>,
    /// Rooms that the bot has come to, with the person where it is a direct room.
    pub rooms: Vec<(RoomId, Option<UserId>)>,
    /// Rooms that were replaced: the old one, the new one, and when.
    pub moved: Vec<(RoomId, RoomId, Timestamp)>,
    /// Rooms that were closed in favour of others which the bot is not in, or are so no more.
    pub closed: Vec<(RoomId, Option<Closed>)>,
    /// Rooms among these whose people could not be read yet.
    pub unmet: Vec<RoomId>,
    /// Rooms whose people have been read after all.
    pub met: Vec<RoomId>,
    /// A room whose gap has been filled further, and where the next page begins.
    pub gap: Option<(RoomId, String)>,
    /// Where intake stands now.
    pub cursor: Option<String>,
}

impl Commit {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
            && self.settings.is_empty()
            && !self.mourned
            && self.dropped_names.is_empty()
            && self.items.is_empty()
            && self.handled.is_empty()
            && self.asked.is_empty()
            && self.unasked.is_empty()
            && self.done.is_empty()
            && self.aside.is_empty()
            && self.arrived.is_empty()
            && self.undecrypted.is_empty()
            && self.decrypted.is_empty()
            && self.reports.is_empty()
            && self.released.is_empty()
            && self.members.is_empty()
            && self.persons.is_empty()
            && self.gone.is_empty()
            && self.back.is_empty()
            && self.left.is_empty()
            && self.rooms.is_empty()
            && self.adopted.is_empty()
            && self.moved.is_empty()
            && self.closed.is_empty()
            && self.unmet.is_empty()
            && self.met.is_empty()
            && self.gap.is_none()
            && self.cursor.is_none()
    }
}
