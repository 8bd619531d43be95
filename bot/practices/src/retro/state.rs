//! What is remembered of retrospectives, and under which keys.
//!
//! - `retro/<number>`: one that is going on; it goes when it is over, and the notes with it.
//! - `sealed/retro-<number>/<message>/<place>`: a note, until the reveal. Afterwards the notes are in the
//!   retrospective's record, in drawn order, and nothing says whose they were.
//! - `sealed/retro-<number>-dots/<person>` and `sealed/retro-<number>-worth/<person>`: what somebody chose, until it is
//!   counted.
//! - `told/<person>`: which retrospective they were last told about, until it is over.
//! - `room/<room>`: the labels of the last [`PAST_KEPT`] retrospectives there.
//! - `count`: how many there have been.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{formats::Column, phase::Phase};
use crate::{EventId, Loose, MessageKey, RoomId, Span, To, UserId, ballot::paper::Marks};

/// How many retrospectives of a room keep their themes' labels.
pub const PAST_KEPT: usize = 6;

/// How long a retrospective may lie without anybody moving it before it is closed.
pub const QUIET: SignedDuration = SignedDuration::from_hours(14 * 24);

/// How many commands a retrospective remembers, so that none moves it twice.
const HEARD: usize = 40;

/// One record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Record {
    /// A retrospective.
    Retro(Box<Retro>),
    /// A note, sealed.
    Note(Note),
    /// Dots, sealed.
    Dots(Sealed<Marks>),
    /// Whether it was worth somebody's time, 0 to 4, sealed.
    Worth(Sealed<u8>),
    /// What somebody was last told about.
    Told(Told),
    /// What a room's retrospectives were about.
    Room(Past),
    /// How many there have been.
    Count(u32),
}

/// A retrospective that is going on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retro {
    /// Its number in the community, from 1.
    pub number: u32,
    /// Where it is.
    pub room: RoomId,
    /// The command that started it.
    pub start: EventId,
    /// The thread in which it was started.
    pub thread: Option<EventId>,
    /// The card, once somebody has pointed at it.
    pub card: Option<EventId>,
    /// Who leads it; `None` once they asked to be forgotten.
    pub facilitator: Option<UserId>,
    /// The columns.
    pub columns: Vec<Column>,
    /// How long its phases take.
    pub pace: Pace,
    /// When it was started.
    pub started: Timestamp,
    /// Where it is in its course.
    pub phase: Phase,
    /// When the phase, or the time for the theme, is over.
    pub due: Option<Timestamp>,
    /// When somebody last moved it.
    pub moved: Timestamp,
    /// How often it was moved: makes the names of its messages different.
    pub turn: u32,
    /// How many people were written to, which names the messages.
    pub letters: u32,
    /// How many have sent something in this phase, as the card says.
    pub counted: usize,
    /// Whether notes wait to be shown, because too few people wrote them.
    #[serde(default)]
    pub waits: bool,
    /// Whether somebody waits for a message, because rooms are made one after the other; the card says so.
    #[serde(default)]
    pub held: bool,
    /// Who took part, and whether the log knows.
    pub joined: BTreeMap<UserId, bool>,
    /// Who left the room in the meantime.
    pub left: BTreeSet<UserId>,
    /// The notes, once they are revealed, in drawn order; the number of each is its place from 1.
    pub notes: Vec<Shown>,
    /// Which notes belong together.
    pub groups: Vec<Group>,
    /// What the vote came to.
    pub result: Option<Tally>,
    /// The groups that are discussed, by place, in order.
    pub order: Vec<usize>,
    /// Which of them it is the turn of.
    pub theme: usize,
    /// The commands that moved it.
    pub heard: Vec<EventId>,
}

/// How long phases take that end by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    /// The vote, and the closing vote.
    pub vote: Span,
    /// One theme of the discussion.
    pub theme: Span,
}

/// A note that the room has seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Its column's place.
    pub column: usize,
    /// What it says.
    pub text: String,
}

/// Notes that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// What the facilitator called it.
    pub name: Option<String>,
    /// The places of its notes, in order.
    pub notes: Vec<usize>,
}

/// What a vote came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// How many voted.
    pub voters: usize,
    /// The dots of each group; none where too few voted to say.
    pub dots: Option<Vec<u32>>,
}

/// A note before the reveal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Whose.
    pub by: UserId,
    /// The message by which it came.
    pub said: Place,
    /// Its column's place.
    pub column: usize,
    /// What it says.
    pub text: String,
    /// Whether it may be shown though few people wrote.
    #[serde(default)]
    pub consent: Consent,
    /// The message in which its writer was asked that.
    #[serde(default)]
    pub asked_by: Option<MessageKey>,
}

/// Whether a note may be shown though few people wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Consent {
    /// Its writer was not asked.
    #[default]
    Unasked,
    /// They were, and have not answered.
    Asked,
    /// They agreed.
    Agreed,
}

/// What somebody chose, before it is counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed<T> {
    /// Who.
    pub by: UserId,
    /// What.
    pub chosen: T,
    /// The messages by which it came, the latest last.
    pub said: Vec<Place>,
}

/// A message and its room.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The room.
    pub room: RoomId,
    /// The message.
    pub event: EventId,
}

/// What somebody was last told about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The retrospective.
    pub retro: u32,
    /// Its [`Retro::turn`] then.
    pub turn: u32,
}

/// What a room's retrospectives were about, the latest last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    /// The labels of each.
    pub themes: Vec<Vec<String>>,
    /// The command that ended the latest, so that it ends no other.
    pub ended: Option<EventId>,
}

impl Retro {
    /// Its name in the log and on the board.
    pub fn name(&self) -> String {
        retro_key(self.number)
    }

    /// The name of one of its messages.
    pub fn key(&self, what: &str) -> MessageKey {
        MessageKey::from(format!("retro/{}/{what}", self.number))
    }

    /// The name of its card.
    pub fn card_key(&self) -> MessageKey {
        self.key("card")
    }

    /// Where everything but the card is said: in the thread in which it was started, or else in the card's.
    pub fn beside(&self) -> To {
        match &self.thread {
            Some(_) => To::Reply { room: self.room.clone(), event: self.start.clone(), thread: self.thread.clone() },
            None => To::Thread(self.card_key()),
        }
    }

    /// What `what` people send is sealed in.
    pub fn vessel(&self, what: Phase) -> String {
        match what {
            Phase::Vote => format!("retro-{}-dots", self.number),
            Phase::Worth => format!("retro-{}-worth", self.number),
            _ => format!("retro-{}", self.number),
        }
    }

    /// The key of what somebody chose, or of what all chose where it ends with `by` empty.
    pub fn sealed_key(&self, what: Phase, by: &str) -> String {
        format!("sealed/{}/{by}", self.vessel(what))
    }

    /// Whether a command has moved it already, and is only told again; if not, it has now.
    pub fn hears(&mut self, command: &EventId) -> bool {
        if self.has_heard(command) {
            return false;
        }
        if self.heard.len() == HEARD {
            self.heard.remove(0);
        }
        self.heard.push(command.clone());
        true
    }

    /// Whether a command has moved it already.
    pub fn has_heard(&self, command: &EventId) -> bool {
        self.heard.contains(command)
    }

    /// When something is to be done about it.
    pub fn wakes(&self) -> Option<Timestamp> {
        self.due.or_else(|| self.moved.checked_add(QUIET).ok())
    }

    /// The place of the group that a note is in, by the note's number from 1.
    pub fn group_of(&self, note: usize) -> Option<usize> {
        let place = note.checked_sub(1)?;
        self.groups.iter().position(|group| group.notes.contains(&place))
    }

    /// Whether somebody takes part in it or leads it.
    pub fn knows(&self, who: &UserId) -> bool {
        self.joined.contains_key(who) || self.facilitator.as_ref() == Some(who)
    }

    /// Who takes part, and is still there.
    pub fn present(&self) -> impl Iterator<Item = &UserId> {
        self.joined.keys().filter(|who| !self.left.contains(*who))
    }
}

/// The key of a retrospective, and its name in the log.
pub fn retro_key(number: u32) -> String {
    format!("retro/{number}")
}

/// The number of the retrospective that sent a message under this name.
pub fn number_of(key: &MessageKey) -> Option<u32> {
    key.as_str().strip_prefix("retro/")?.split('/').next()?.parse().ok()
}

/// The retrospectives that are going on.
pub fn retros(records: &Loose<Record>) -> impl Iterator<Item = &Retro> {
    records.under("retro/").filter_map(|(_, record)| match record {
        Record::Retro(retro) => Some(&**retro),
        _ => None,
    })
}

/// The retrospective of this number.
pub fn retro(records: &Loose<Record>, number: u32) -> Option<&Retro> {
    match records.get(&retro_key(number)) {
        Some(Record::Retro(retro)) => Some(retro),
        _ => None,
    }
}

/// The retrospective of this number, to be changed.
pub fn retro_mut(records: &mut Loose<Record>, number: u32) -> Option<&mut Retro> {
    retro(records, number)?;
    match records.get_mut(&retro_key(number)) {
        Some(Record::Retro(retro)) => Some(retro),
        _ => None,
    }
}

/// The retrospective that is going on in a room.
pub fn here<'a>(records: &'a Loose<Record>, room: &RoomId) -> Option<&'a Retro> {
    retros(records).find(|retro| retro.room == *room)
}

/// The notes that are sealed.
pub fn sealed_notes<'a>(records: &'a Loose<Record>, retro: &Retro) -> Vec<(&'a str, &'a Note)> {
    let prefix = retro.sealed_key(Phase::Collect, "");
    let rows = records.iter().filter(|(key, _)| key.starts_with(&prefix));
    rows.filter_map(|(key, record)| match record {
        Record::Note(note) => Some((key, note)),
        _ => None,
    })
    .collect()
}

/// How many have sent something in a phase that is sealed.
pub fn senders(records: &Loose<Record>, retro: &Retro, phase: Phase) -> usize {
    let prefix = retro.sealed_key(phase, "");
    let by: BTreeSet<_> = records.under(&prefix).filter_map(|(_, record)| sender(record)).collect();
    by.len()
}

/// Whose sealed record it is.
pub fn sender(record: &Record) -> Option<&UserId> {
    match record {
        Record::Note(note) => Some(&note.by),
        Record::Dots(Sealed { by, .. }) | Record::Worth(Sealed { by, .. }) => Some(by),
        _ => None,
    }
}

/// The message in which somebody was asked whether their note may be shown.
pub fn asked_by(record: &Record) -> Option<&MessageKey> {
    match record {
        Record::Note(note) => note.asked_by.as_ref(),
        _ => None,
    }
}

/// The messages by which a sealed record came.
pub fn said(record: &Record) -> &[Place] {
    match record {
        Record::Note(note) => std::slice::from_ref(&note.said),
        Record::Dots(Sealed { said, .. }) | Record::Worth(Sealed { said, .. }) => said,
        _ => &[],
    }
}

/// What somebody was last told about.
pub fn told(records: &Loose<Record>, who: &UserId) -> Option<Told> {
    match records.get(&told_key(who)) {
        Some(Record::Told(told)) => Some(*told),
        _ => None,
    }
}

/// The key of what somebody was last told about.
pub fn told_key(who: &UserId) -> String {
    format!("told/{who}")
}

/// The key of what a room's retrospectives were about.
pub fn room_key(room: &RoomId) -> String {
    format!("room/{room}")
}

/// What a room's retrospectives were about.
pub fn past<'a>(records: &'a Loose<Record>, room: &RoomId) -> Option<&'a Past> {
    match records.get(&room_key(room)) {
        Some(Record::Room(past)) => Some(past),
        _ => None,
    }
}
