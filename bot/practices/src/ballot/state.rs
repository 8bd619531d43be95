//! What is remembered of ballots. What people chose is sealed with its ballot, and all of it goes, and its key with it, in
//! the step that publishes the result.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::interface::Ballot;
use crate::{
    EventId, MessageKey, Records, RoomId, UserId,
    choosing::{Marks, Rules, ShownCount},
    records::{Forget, Trace},
    secret::{Asked, Paper, PaperKey, Slip, Traces},
    tables,
};

/// How long it is remembered that a ballot was closed, so that what arrives late finds it closed.
const CLOSED_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

tables! { for Ballot;
    /// The number of the latest ballot.
    Latest {} => u32, in "last";
    /// A ballot.
    BallotAt { number: u32 } => State, in "ballot";
    /// Somebody was sent a ballot.
    SentTo { ballot: u32, person: UserId } => Asked, in "sent", of person, sealed by |key| scope(key.ballot);
    /// What somebody chose.
    PaperOf { ballot: u32, person: UserId } => Paper<Marks>, in "paper", of person, sealed by |key| scope(key.ballot);
}

/// Where a ballot is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// People can vote in it.
    Open(Box<Open>),
    /// It is over.
    Closed {
        /// Since when.
        at: Timestamp,
        /// The command that asked for it.
        event: EventId,
        /// The command that asked for the close.
        asked: Option<EventId>,
    },
}

impl Forget for State {
    fn forget(&mut self, who: &UserId) -> Trace {
        match self {
            Self::Open(ballot) => ballot.forget(who),
            Self::Closed { .. } => Trace::None,
        }
    }
}

/// A ballot in which people can vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    /// Where it was asked for.
    pub room: RoomId,
    /// The command that asked for it.
    pub event: EventId,
    /// Who asked for it; `None` once they asked to be forgotten.
    pub by: Option<UserId>,
    /// The question.
    pub question: String,
    /// The options in words; their numbers are their places, from 1.
    pub options: Vec<String>,
    /// How people choose.
    pub rules: Rules,
    /// When it was opened.
    pub opened: Timestamp,
    /// When it will be closed.
    pub closes: Timestamp,
    /// The count on the card.
    pub count: ShownCount,
    /// Whether it was given more time, because too few had voted.
    #[serde(default)]
    pub extended: bool,
    /// The command that would have closed it with too few votes, and was asked back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warned: Option<EventId>,
}

crate::forget!(Open: by; room, event, question, options, rules, opened, closes, count, extended, warned);

impl Slip for PaperOf {
    fn traces(&self, paper: &Paper<Marks>) -> Traces {
        paper.traces(|drawn| self.answer(drawn))
    }
}

impl PaperKey for PaperOf {
    type Chosen = Marks;
    const RECEIPTS: bool = true;

    fn answer(&self, drawn: &str) -> Option<MessageKey> {
        Some(format!("answer/{}/{drawn}", self.ballot).into())
    }
}

impl Slip for SentTo {
    fn traces(&self, asked: &Asked) -> Traces {
        let names = asked.tap.iter().map(|drawn| tap(self.ballot, drawn).into());
        Traces { names: names.collect(), ..Traces::default() }
    }
}

impl Open {
    /// When something is to be done about it.
    pub fn due(&self) -> Timestamp {
        self.count.due().map_or(self.closes, |due| self.closes.min(due))
    }
}

impl State {
    /// When something is to be done about it.
    pub fn due(&self) -> Option<Timestamp> {
        match self {
            Self::Open(ballot) => Some(ballot.due()),
            Self::Closed { at, .. } => at.checked_add(CLOSED_KEPT).ok(),
        }
    }
}

/// The scope in which what people chose is sealed.
pub fn scope(number: u32) -> String {
    number.to_string()
}

/// The practice's name for a ballot's card.
pub fn card(number: u32) -> String {
    format!("card/{number}")
}

/// The practice's name for the paper that somebody is sent.
pub fn sheet(number: u32, drawn: &str) -> MessageKey {
    format!("sheet/{number}/{drawn}").into()
}

/// The practice's name for a button of a paper, by its place from 1; for place 0, what the names of all begin with.
pub fn button(number: u32, drawn: &str, place: usize) -> MessageKey {
    match place {
        0 => format!("button/{number}/{drawn}/").into(),
        place => format!("button/{number}/{drawn}/{place}").into(),
    }
}

/// The practice's name for a poll by which somebody can vote with one tap.
pub fn tap(number: u32, drawn: &str) -> String {
    format!("tap/{number}/{drawn}")
}

/// The open ballots, oldest first.
pub fn open_ballots(records: &Records<Ballot>) -> impl Iterator<Item = (u32, &Open)> {
    records.all::<BallotAt>().filter_map(|(key, state)| match state {
        State::Open(ballot) => Some((key.number, &**ballot)),
        State::Closed { .. } => None,
    })
}

/// The open ballot of this number.
pub fn open(records: &Records<Ballot>, number: u32) -> Option<&Open> {
    match records.get(&BallotAt { number })? {
        State::Open(ballot) => Some(ballot),
        State::Closed { .. } => None,
    }
}

/// Whether a ballot of this number was open a while ago.
pub fn is_closed(records: &Records<Ballot>, number: u32) -> bool {
    matches!(records.get(&BallotAt { number }), Some(State::Closed { .. }))
}

/// The open ballot of this number, to be changed.
pub fn open_mut(records: &mut Records<Ballot>, number: u32) -> Option<&mut Open> {
    open(records, number)?;
    match records.get_mut(&BallotAt { number })? {
        State::Open(ballot) => Some(ballot),
        State::Closed { .. } => None,
    }
}
