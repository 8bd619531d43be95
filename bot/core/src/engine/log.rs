//! What goes into the activity log.

use hearth_shared::activity::Kind;
use jiff::Timestamp;

use crate::{
    effect,
    id::{EventId, RoomId, UserId},
};

/// One thing to write, in a community given by its number.
#[derive(Clone, Debug, PartialEq)]
pub enum LogOp {
    /// Somebody did something.
    Act {
        /// What makes it one act: an event id, or a cause and a number.
        event: String,
        /// Who.
        by: UserId,
        /// Where; `None` outside the community's rooms.
        room: Option<RoomId>,
        /// What.
        kind: Kind,
        /// When.
        at: Timestamp,
        /// The event it answers.
        reply_to: Option<EventId>,
        /// The thread it is in.
        thread: Option<EventId>,
        /// The length of its text.
        n_chars: i64,
        /// How many people it mentions.
        mentions: i64,
        /// What the kind says it means.
        value: Option<i64>,
        /// A label, whose number becomes the value.
        label: Option<String>,
        /// Whether whoever does it is a bot: not counted, from now on or ever.
        bot: bool,
        /// Whether it is written only if the log knows them to be in the room, or only if it does not.
        inside: Option<bool>,
        /// The practice that wants it written; `None` where it is what the engine saw.
        practice: Option<&'static str>,
    },
    /// Whether somebody in the log is a bot, whatever they do.
    Bot(UserId, bool),
    /// A room was replaced by another, and is the same one in the log.
    MoveRoom {
        /// The old one.
        from: RoomId,
        /// The new one.
        to: RoomId,
    },
    /// The bot has come to a room in which these people are: whoever else the log knows to be there has left it while
    /// nobody looked. If there are several, and any of them the log does not know to be there, the room existed before it
    /// came into view.
    Here {
        /// The room.
        room: RoomId,
        /// Everybody who is there.
        people: Vec<UserId>,
        /// How many of them are no bots.
        persons: usize,
        /// When that was read.
        at: Timestamp,
    },
    /// The past of a room is in the log since then, or from its beginning: so it came into view then, or has been in view
    /// all its life.
    SeenSince(RoomId, Option<Timestamp>),
    /// Whether a room is for announcements.
    Announcements(RoomId, bool),
    /// A redaction takes an act out.
    Erase(EventId),
    /// Somebody does, or does not, want to be logged.
    OptedOut(UserId, bool),
    /// Somebody wants to be forgotten.
    Forget(UserId),
    /// The past of a room has been read as far as this page: where the one before it begins, or that there is none.
    Backfilled(RoomId, Option<String>),
}

/// What makes an act one act that a practice has a name for. No event id begins like this.
pub fn named(name: &str) -> String {
    format!("{NAME}{name}")
}

const NAME: &str = "name ";

impl LogOp {
    /// An act without text.
    pub fn act(event: String, by: &UserId, room: Option<&RoomId>, kind: Kind, at: Timestamp) -> Self {
        Self::Act {
            event,
            by: by.clone(),
            room: room.cloned(),
            kind,
            at,
            reply_to: None,
            thread: None,
            n_chars: 0,
            mentions: 0,
            value: None,
            label: None,
            bot: false,
            inside: None,
            practice: None,
        }
    }

    /// The same, done by a bot or not.
    #[must_use]
    pub fn by_bot(mut self, is_bot: bool) -> Self {
        if let Self::Act { bot, .. } = &mut self {
            *bot = is_bot;
        }
        self
    }

    /// The same, but not of somebody whom the log knows to be in the room.
    #[must_use]
    pub fn unless_there(mut self) -> Self {
        if let Self::Act { inside, .. } = &mut self {
            *inside = Some(false);
        }
        self
    }

    /// The same, but only of somebody whom the log knows to be in the room.
    #[must_use]
    pub fn if_there(mut self) -> Self {
        if let Self::Act { inside, .. } = &mut self {
            *inside = Some(true);
        }
        self
    }

    /// The same, in answer to an event.
    #[must_use]
    pub fn answering(mut self, event: &EventId) -> Self {
        if let Self::Act { reply_to, .. } = &mut self {
            *reply_to = Some(event.clone());
        }
        self
    }

    /// An act that a practice wants written. `unnamed` is what makes it one act where the practice has no name for it.
    pub fn entry(practice: &'static str, entry: effect::Entry, unnamed: String, at: Timestamp) -> Self {
        let event = |name: String| EventId::from(named(&name));
        let own = entry.name.as_deref().map_or(unnamed, named);
        Self::Act {
            event: own,
            by: entry.by,
            room: entry.room,
            kind: entry.kind,
            at,
            reply_to: entry.about.map(event),
            thread: entry.within.map(event),
            n_chars: 0,
            mentions: 0,
            value: entry.value,
            label: entry.label,
            bot: false,
            inside: None,
            practice: Some(practice),
        }
    }

    /// What a practice wanted written, and which one did.
    pub fn wanted(&self) -> Option<(&'static str, effect::Entry)> {
        let Self::Act { event, by, room, kind, reply_to, thread, value, label, practice, .. } = self else {
            return None;
        };
        let name = |event: &str| event.strip_prefix(NAME).map(str::to_owned);
        let of = |event: &Option<EventId>| event.as_ref().and_then(|event| name(event.as_str()));
        let entry = effect::Entry {
            kind: *kind,
            by: by.clone(),
            room: room.clone(),
            value: *value,
            name: name(event),
            about: of(reply_to),
            within: of(thread),
            label: label.clone(),
        };
        Some(((*practice)?, entry))
    }
}
