//! The vocabulary of the activity log: what a row can say, and what a source of rows can know.
//!
//! A row says who did what, where and when, and what it answered: never what was said. The file itself is opened and
//! written by the crate `hearth-log`.

use std::{fmt, str::FromStr};

use strum::{EnumString, FromRepr, IntoStaticStr, VariantArray};

/// What somebody did. The number is what the table holds; it never changes its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, FromRepr, VariantArray)]
#[repr(u8)]
pub enum Kind {
    /// Wrote a message (edits and redacted messages are not in the log); `value`: [`TOPIC`] where `thread` is a topic.
    Message = 0,
    /// Reacted to a message, `reply_to`.
    Reaction = 1,
    /// Joined a room they were not in.
    Join = 2,
    /// Left a room, or was removed.
    Leave = 3,
    /// Was welcomed by the bot.
    Welcomed = 10,
    /// Was given an icebreaker prompt.
    Prompted = 11,
    /// Answered a prompt; `value`: the prompt's number in its deck.
    PromptAnswered = 12,
    /// Passed on a prompt, which is as good.
    PromptPassed = 13,
    /// Opened a poll.
    PollOpened = 20,
    /// Took part in a poll; what they chose is not here.
    PollVoted = 21,
    /// Closed a poll; `value`: how many took part.
    PollClosed = 22,
    /// Started a retrospective and facilitates it. The retrospective is the act's own event: what belongs to it
    /// points there with `thread`.
    RetroStarted = 30,
    /// Took part in the retrospective `thread`: once a person, and never with what.
    RetroJoined = 31,
    /// Published a theme of the retrospective `thread`; `value`: the theme's row in the table `label`.
    RetroTheme = 32,
    /// Closed the retrospective `thread`; `value`: how many took part.
    RetroClosed = 33,
    /// One answer to "was this worth your time?" in the retrospective or meeting `thread`; `value`: 0 to 4. The bot's
    /// act, because whose answer it was is not known.
    RotiAnswered = 34,
    /// Took an action on, in the retrospective or meeting `thread`; `value`: the day it is due, days since 1970-01-01.
    /// The bot's act where nobody has taken it on.
    ActionAgreed = 35,
    /// Did the action `reply_to`.
    ActionDone = 36,
    /// Dropped the action `reply_to`.
    ActionDropped = 37,
    /// Led the retrospective or meeting `thread`; `value`: [`FACILITATOR`] or [`NOTE_TAKER`].
    Facilitated = 38,
    /// A meeting began. What belongs to it points at this act with `thread`. The bot's act.
    MeetingHeld = 40,
    /// Was at the meeting `thread`.
    Attended = 41,
    /// Opened a sealed ballot.
    BallotOpened = 50,
    /// Took part in the sealed ballot `thread`; what they chose is not here.
    BallotCast = 51,
    /// Closed the sealed ballot `thread`; `value`: how many took part.
    BallotClosed = 52,
    /// Proposed a topic. The topic is the act's own event.
    TopicProposed = 60,
    /// Took part in a vote on topics; for which is not here.
    TopicVoted = 61,
    /// Marked the topic `reply_to` as discussed.
    TopicDiscussed = 62,
    /// Asked for a pulse; `value`: how many people were asked. What belongs to it points at this act with `thread`.
    PulseAsked = 70,
    /// One answer on the sheet `reply_to` of the pulse `thread`; `value`: the item's number times 100, and its score.
    /// Items 1 to 7 ask how safe people feel, 1 to 7; item 8 whether they would recommend the community, 0 to 10. The
    /// bot's act: a sheet has no name.
    PulseAnswered = 71,
    /// Changed the community's purpose or rules. The bot's act.
    RulesChanged = 80,
    /// Began to serve the community. The bot's act, once.
    HearthStarted = 81,
    /// The log was being written: the bot read from its homeserver in this hour of UTC, on time. The bot's act, at most
    /// once an hour. An hour without one may lack acts.
    Heartbeat = 82,
    /// A room that existed before came into view: the bot was brought into it, or an import brought it into a log that
    /// had acts already. The bot's act. Whoever joined at this second was there before.
    RoomAdopted = 83,
    /// Posted a prompt of Hearth's own into the room's main timeline, such as an icebreaker or a topic's opening. The
    /// bot's act, and its event is the message.
    PromptPosted = 84,
}

/// What a [`Kind::Message`] is worth whose thread is a topic, as Zulip has them: it has a name, and no message opened it.
pub const TOPIC: i64 = 1;
/// What a [`Kind::Facilitated`] is worth: they facilitated.
pub const FACILITATOR: i64 = 1;
/// What a [`Kind::Facilitated`] is worth: they took notes.
pub const NOTE_TAKER: i64 = 2;

impl Kind {
    /// The number in the table.
    pub fn code(self) -> i64 {
        self as i64
    }

    /// The kind of a number in the table, or `None` for one from a newer Hearth.
    pub fn from_code(code: i64) -> Option<Self> {
        u8::try_from(code).ok().and_then(Self::from_repr)
    }
}

/// What an origin of rows can know. A measure that needs what a source lacks is n/a, never 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Capability {
    /// Which message a message answers.
    Replies,
    /// Which thread a message is in.
    Threads,
    /// Reactions.
    Reactions,
    /// Joins and leaves, completely: who is a member is known.
    Joins,
    /// Edits, so that they are not counted as messages.
    Edits,
}

impl Capability {
    /// Its name in the table and in reports.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// A set of capabilities, written `replies,threads`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Capabilities(u8);

impl Capabilities {
    /// All of them: what the bot sees in a room it is in.
    pub fn all() -> Self {
        Capability::VARIANTS.iter().copied().collect()
    }

    /// Whether the set holds `capability`.
    pub fn has(self, capability: Capability) -> bool {
        self.0 & 1 << capability as u8 != 0
    }

    /// What both know.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The capabilities in the set, in a fixed order.
    pub fn iter(self) -> impl Iterator<Item = Capability> {
        Capability::VARIANTS.iter().copied().filter(move |capability| self.has(*capability))
    }
}

impl FromIterator<Capability> for Capabilities {
    fn from_iter<I: IntoIterator<Item = Capability>>(set: I) -> Self {
        Self(set.into_iter().fold(0, |bits, capability| bits | 1 << capability as u8))
    }
}

impl fmt::Display for Capabilities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.iter().map(Capability::name).collect();
        f.write_str(&names.join(","))
    }
}

/// A word is no capability.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not something a source can know; choose from replies, threads, reactions, joins, edits")]
pub struct CapabilityError(String);

impl FromStr for Capabilities {
    type Err = CapabilityError;

    fn from_str(text: &str) -> Result<Self, CapabilityError> {
        text.split(',')
            .map(str::trim)
            .filter(|word| !word.is_empty())
            .map(|word| Capability::from_str(word).map_err(|_| CapabilityError(word.to_owned())))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_keeps_its_number() {
        for &kind in Kind::VARIANTS {
            assert_eq!(Kind::from_code(kind.code()), Some(kind));
        }
        assert_eq!((Kind::Leave.code(), Kind::TopicDiscussed.code(), Kind::HearthStarted.code()), (3, 62, 81));
        let of_the_log = [Kind::Heartbeat, Kind::RoomAdopted, Kind::PromptPosted];
        assert_eq!(of_the_log.map(Kind::code), [82, 83, 84]);
        assert_eq!(Kind::from_code(999), None);
    }

    #[test]
    fn capabilities_are_written_as_they_are_read() {
        let set: Capabilities = "threads, replies".parse().unwrap();
        assert_eq!(set.to_string(), "replies,threads");
        assert!("gossip".parse::<Capabilities>().unwrap_err().to_string().contains("gossip"));
        assert_eq!(Capabilities::all().and(set), set);
    }
}
