//! What is remembered of a poll: each vote by itself, until [`LATE`] after the poll's close. After that nobody can tell
//! who chose what: only counts remain, and they for [`CLOSED_KEPT`].

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    interface::Poll,
    tally::{Ballot, Choice, Counts, choice},
};
use crate::{
    EventId, MessageKey, Records, RoomId, UserId, forget,
    records::{Forget, Part as _, Trace},
    tables,
};

/// How long the counts of a closed poll are kept, so that what arrives late finds it closed.
const CLOSED_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How long after the close a vote that was cast before it still counts: its key, or its server, may be late.
pub const LATE: SignedDuration = SignedDuration::from_hours(1);

/// How long a poll may stay unended beyond its time (a member's own: at all) before it and its votes are dropped.
const UNENDED_KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);

/// How long votes wait for a poll that has not been seen, because its key is late.
const UNSEEN_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

tables! { for Poll;
    /// A poll. Ours is named after the command that asked for it, a member's own after itself.
    PollAt { event: EventId } => State, in "poll";
    /// A vote in a poll that is not closed, or was a moment ago.
    VoteIn { poll: EventId, person: UserId, vote: EventId } => Vote, in "vote", of person;
}

/// Where a poll is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// People can vote in it.
    Open(Box<Open>),
    /// It is over, or was removed.
    Closed(Closed),
    /// Only votes in it were seen.
    Unseen {
        /// When the first of them came.
        since: Timestamp,
        /// Where they were cast; what is cast elsewhere is no vote.
        room: RoomId,
    },
}

impl Forget for State {
    fn forget(&mut self, who: &UserId) -> Trace {
        match self {
            Self::Open(poll) => poll.forget(who),
            Self::Closed(closed) => closed.recount.as_mut().map_or(Trace::None, |recount| recount.poll.forget(who)),
            Self::Unseen { .. } => Trace::None,
        }
    }
}

/// A poll in which people can vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    /// Where it is.
    pub room: RoomId,
    /// The thread that it is in.
    pub thread: Option<EventId>,
    /// The poll itself; of ours it is known from the first vote on.
    pub event: Option<EventId>,
    /// Who asked for it, or opened it; `None` once they asked to be forgotten.
    pub by: Option<UserId>,
    /// The ids of its answers.
    pub ids: Vec<String>,
    /// Question and answers in words; not kept of members' own polls, unless leads want their results announced.
    pub wording: Option<Wording>,
    /// How many answers one person may choose.
    pub max: u64,
    /// Whether it was sent in the stable form; an edit in the other form is none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stable: bool,
    /// When it was opened, or first seen.
    pub opened: Timestamp,
    /// When it will be closed; `None` for members' own polls, which their owners end.
    pub closes: Option<Timestamp>,
    /// Why it is being closed, once it is.
    pub ending: Option<Ending>,
}

forget!(Open: by; room, thread, event, ids, wording, max, stable, opened, closes, ending);

/// Question and answers in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// The question.
    pub question: String,
    /// The answers, in the poll's order.
    pub answers: Vec<String>,
}

/// Why a poll is being closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// Its time is over.
    Time,
    /// Somebody asked for it, with this command.
    Asked(EventId),
}

/// A poll that is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// Since when.
    pub at: Timestamp,
    /// Votes for each answer; none for a poll that was removed.
    pub counts: Vec<u64>,
    /// How many people's votes count.
    pub voters: u64,
    /// How many people's last vote was spoilt.
    pub spoilt: u64,
    /// The command that asked for the close.
    pub asked: Option<EventId>,
    /// What it takes to count again, as long as late votes are waited for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recount: Option<Box<Recount>>,
}

/// What it takes to count the votes of a closed poll again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recount {
    /// The poll as it was.
    pub poll: Open,
    /// When it ended, by the clock of its end's server.
    pub end: Timestamp,
}

/// A vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// When, as their server says.
    pub at: Timestamp,
    /// The ids of the chosen answers, as sent; `None` once the vote was redacted, so that it does not come back.
    pub answers: Option<Vec<String>>,
}
forget!(Vote; at, answers);

impl Open {
    /// Whether Hearth opened it.
    pub fn is_ours(&self) -> bool {
        self.closes.is_some()
    }

    /// Whether it can still be asked to close.
    pub fn is_closable(&self) -> bool {
        self.is_ours() && self.ending.is_none()
    }
}

impl State {
    /// When something is to be done about it: see [`Poll`]'s tick.
    pub fn due(&self) -> Option<Timestamp> {
        let (at, kept) = match self {
            Self::Open(poll) if poll.is_closable() => return poll.closes,
            Self::Open(poll) => (poll.closes.unwrap_or(poll.opened), UNENDED_KEPT),
            Self::Closed(closed) if closed.recount.is_some() => (closed.at, LATE),
            Self::Closed(closed) => (closed.at, CLOSED_KEPT),
            Self::Unseen { since, .. } => (*since, UNSEEN_KEPT),
        };
        at.checked_add(kept).ok()
    }
}

impl PollAt {
    /// The poll that this event opened, or asked for.
    pub fn of(event: &EventId) -> Self {
        Self { event: event.clone() }
    }

    /// The poll whose message has this name.
    pub fn named(name: &MessageKey) -> Option<Self> {
        name.as_str().strip_prefix("poll/").map(|event| Self { event: EventId::from(event) })
    }

    /// The practice's name for the poll's message, and for the poll in the log.
    pub fn name(&self) -> String {
        format!("poll/{}", self.event)
    }
}

/// The open poll under this key.
pub fn open<'a>(records: &'a Records<Poll>, key: &PollAt) -> Option<&'a Open> {
    match records.get(key)? {
        State::Open(poll) => Some(poll),
        _ => None,
    }
}

/// The open poll under this key, to be changed.
pub fn open_mut<'a>(records: &'a mut Records<Poll>, key: &PollAt) -> Option<&'a mut Open> {
    open(records, key)?;
    match records.get_mut(key)? {
        State::Open(poll) => Some(poll),
        _ => None,
    }
}

/// The votes in a poll.
pub fn votes<'a>(records: &'a Records<Poll>, poll: &PollAt) -> impl Iterator<Item = (&'a VoteIn, &'a Vote)> {
    records.under::<VoteIn>(&poll.event)
}

/// The result of an open poll that ended at `end`.
pub fn count(records: &Records<Poll>, key: &PollAt, poll: &Open, end: Timestamp) -> Counts {
    let ballots = votes(records, key).filter_map(|(key, vote)| {
        let answers = vote.answers.as_deref()?;
        Some(Ballot { by: &key.person, at: vote.at, event: key.vote.as_str(), answers })
    });
    super::tally::tally(&poll.ids, poll.max, end, ballots)
}

/// Whether somebody took part in a poll: whether they ever chose something, even if they took it back.
pub fn took_part(records: &Records<Poll>, key: &PollAt, poll: &Open, by: &UserId) -> bool {
    let first = VoteIn { poll: key.event.clone(), person: by.clone(), vote: EventId::least() };
    let theirs = records.from(&first).take_while(|(vote, _)| vote.poll == key.event && vote.person == *by);
    theirs.map(|(_, vote)| vote).any(|vote| chose(poll, vote))
}

/// Whether a vote chose something that the poll has; a redacted one did.
pub fn chose(poll: &Open, vote: &Vote) -> bool {
    let Some(answers) = &vote.answers else { return true };
    matches!(choice(&poll.ids, poll.max, answers), Choice::For(_))
}

/// Votes may come before it is known which event a poll of ours became: the homeserver has it, and we do not know yet.
/// They were kept under the event; this moves them to the poll, and gives back who took part by them.
pub fn adopt(records: &mut Records<Poll>, key: &PollAt, event: &EventId) -> BTreeSet<UserId> {
    let unseen = PollAt::of(event);
    let Some(poll) = open(records, key)
        .filter(|poll| matches!(records.get(&unseen), Some(State::Unseen { room, .. }) if *room == poll.room))
        .cloned()
    else {
        return BTreeSet::new();
    };
    records.remove(&unseen);
    let early: Vec<_> = votes(records, &unseen).map(|(row, vote)| (row.clone(), vote.clone())).collect();
    let voters = early.iter().filter(|(_, vote)| chose(&poll, vote)).map(|(row, _)| row.person.clone());
    let voters = voters.filter(|by| !took_part(records, key, &poll, by)).collect();
    for (row, vote) in early {
        records.remove(&row);
        records.insert(VoteIn { poll: key.event.clone(), ..row }, vote);
    }
    voters
}

/// Takes every vote in a poll out.
pub fn drop_votes(records: &mut Records<Poll>, key: &PollAt) {
    let gone: Vec<VoteIn> = votes(records, key).map(|(row, _)| row.clone()).collect();
    for row in gone {
        records.remove(&row);
    }
}
