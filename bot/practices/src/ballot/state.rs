//! What is remembered of ballots, and under which keys.
//!
//! - `ballot/<number>`: a ballot; `last`: the number of the latest.
//! - `sealed/<number>/told/<person>`: that somebody was sent the ballot, and when; `sealed/<number>/<person>`: their paper
//!   (see [`crate::records`]). All of them go, and their key with them, in the step that publishes the result.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    ShownCount,
    paper::{Marks, Rules},
};
use crate::{EventId, Loose, RoomId, UserId, records::sealed_key};

/// How long it is remembered that a ballot was closed, so that what arrives late finds it closed.
const CLOSED_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// One record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Record {
    /// The number of the latest ballot.
    Last(u32),
    /// A ballot in which people can vote.
    Open(Box<Open>),
    /// A ballot that is over.
    Closed {
        /// Since when.
        at: Timestamp,
        /// The command that asked for it.
        event: EventId,
        /// The command that asked for the close.
        asked: Option<EventId>,
    },
    /// Somebody was sent the ballot.
    Sent(Told),
    /// The same, as it was kept in the open once.
    Told(Timestamp),
    /// What somebody chose.
    Paper(Paper),
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
}

/// What somebody chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Who.
    pub by: UserId,
    /// What, or `None` where they have not chosen yet, or took it back.
    pub marks: Option<Marks>,
    /// What they will find their paper by.
    pub receipt: String,
    /// What they wrote to the bot about it, to be removed at the close.
    pub said: Vec<(RoomId, EventId)>,
    /// The names of the bot's answers, to be removed at the close.
    #[serde(default)]
    pub names: Vec<String>,
}

/// That somebody was sent a ballot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// When, the last time.
    pub at: Timestamp,
    /// Whom.
    pub who: UserId,
    /// The name of the poll in which they can vote with one tap.
    pub tap: Option<String>,
}

impl Open {
    /// When something is to be done about it.
    pub fn due(&self) -> Timestamp {
        self.count.due().map_or(self.closes, |due| self.closes.min(due))
    }
}

impl Record {
    /// When something is to be done about it.
    pub fn due(&self) -> Option<Timestamp> {
        match self {
            Self::Open(ballot) => Some(ballot.due()),
            Self::Closed { at, .. } => at.checked_add(CLOSED_KEPT).ok(),
            _ => None,
        }
    }
}

/// The key of a ballot.
pub fn ballot_key(number: u32) -> String {
    format!("ballot/{number}")
}

/// The key of the record that somebody was sent a ballot.
pub fn told_key(number: u32, who: &UserId) -> String {
    sealed_key(&vessel(number), format_args!("told/{who}"))
}

/// The vessel of a ballot.
pub fn vessel(number: u32) -> String {
    number.to_string()
}

/// The key of somebody's paper.
pub fn paper_key(number: u32, who: &UserId) -> String {
    sealed_key(&vessel(number), who)
}

/// The practice's name for a ballot's card.
pub fn card(number: u32) -> String {
    format!("card/{number}")
}

/// The practice's name for the papers that people are sent: one for all, which says of nobody that they have one.
pub fn sheet(number: u32) -> String {
    format!("sheet/{number}")
}

/// The practice's name for one answer to somebody's vote.
pub fn answer(number: u32, drawn: &str) -> String {
    format!("answer/{number}/{drawn}")
}

/// The practice's name for a poll by which somebody can vote with one tap.
pub fn tap(number: u32, drawn: &str) -> String {
    format!("tap/{number}/{drawn}")
}

/// The ballots, open and closed, by number.
pub fn ballots(records: &Loose<Record>) -> Vec<(u32, &Record)> {
    let number = |(key, record): (&str, _)| Some((key.strip_prefix("ballot/")?.parse().ok()?, record));
    let mut all: Vec<_> = records.under("ballot/").filter_map(number).collect();
    all.sort_by_key(|(number, _)| *number);
    all
}

/// The open ballots, oldest first.
pub fn open_ballots(records: &Loose<Record>) -> Vec<(u32, &Open)> {
    ballots(records)
        .into_iter()
        .filter_map(|(number, record)| match record {
            Record::Open(ballot) => Some((number, &**ballot)),
            _ => None,
        })
        .collect()
}

/// The open ballot of this number.
pub fn open(records: &Loose<Record>, number: u32) -> Option<&Open> {
    match records.get(&ballot_key(number)) {
        Some(Record::Open(ballot)) => Some(ballot),
        _ => None,
    }
}

/// The open ballot of this number, to be changed.
pub fn open_mut(records: &mut Loose<Record>, number: u32) -> Option<&mut Open> {
    open(records, number)?;
    match records.get_mut(&ballot_key(number)) {
        Some(Record::Open(ballot)) => Some(ballot),
        _ => None,
    }
}

/// That somebody was sent a ballot.
pub fn told<'a>(records: &'a Loose<Record>, number: u32, who: &UserId) -> Option<&'a Told> {
    match records.get(&told_key(number, who)) {
        Some(Record::Sent(told)) => Some(told),
        _ => None,
    }
}

/// Everybody who was sent a ballot.
pub fn all_told(records: &Loose<Record>, number: u32) -> impl Iterator<Item = &Told> {
    let prefix = sealed_key(&vessel(number), "told/");
    records.iter().filter(move |(key, _)| key.starts_with(&prefix)).filter_map(|(_, record)| match record {
        Record::Sent(told) => Some(told),
        _ => None,
    })
}

/// The papers of a ballot, by person.
pub fn papers(records: &Loose<Record>, number: u32) -> Vec<&Paper> {
    let prefix = sealed_key(&vessel(number), "");
    records
        .under(&prefix)
        .filter_map(|(_, record)| match record {
            Record::Paper(paper) => Some(paper),
            _ => None,
        })
        .collect()
}

/// How many have voted.
pub fn voted(records: &Loose<Record>, number: u32) -> u64 {
    papers(records, number).iter().filter(|paper| paper.marks.is_some()).count() as u64
}
