//! Taking in what people hand over in confidence: papers of a ballot, dots, notes, answers to a last question.
//!
//! What somebody hands in is a message in the direct room that the bot has with them. A practice says what it means and
//! what is answered; this module does what is the same for all:
//!
//! - **Read**: a message is taken once, however often it is told ([`Paper::take`], [`has_come`]). A later choice replaces an
//!   earlier one by the time at which it was sent, not by the time at which it came: a message whose key was late
//!   undoes nothing that was sent after it.
//! - **Answered**: the bot's answers say what was chosen. So they wait sealed to be sent, and bear names that are drawn
//!   at random and say of nobody that they have one ([`hand_in`]).
//! - **Counted**: whoever has chosen something that holds ([`counted`]); whoever has handed in anything ([`senders`]).
//! - **Taken back**: where a practice lets people take back by removing their message, [`take_back`].
//! - **Published and destroyed**, in one step: [`close`] takes every row of a table out and puts what was chosen into an
//!   order that nobody can tie to people; who took part is in the order of names. With the last row of the scope its
//!   key is destroyed (see [`crate::records`]). What people wrote, what they were answered and what they were asked
//!   with is removed from the direct rooms.
//!
//! A practice embeds [`Paper`] (and [`Asked`], where it matters who was asked) in sealed tables of its own, and says what
//! a row leaves in direct rooms ([`Slip`]). Where what was sealed is lost, [`is_lost`] says of which table, and the practice
//! calls off: what is left would be a wrong count.

mod asked;
mod paper;
mod place;
mod receipt;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::Timestamp;
use rand_chacha::ChaCha20Rng;

use crate::{
    Effect, EventId, Message, MessageKey, Records, RoomId, Spot, To, Tone, UserId,
    records::{Key, drawn},
};

pub use self::{
    asked::{Asked, ask, is_own},
    paper::Paper,
    place::Place,
    receipt::receipt,
};

/// The key of a sealed table of what people hand in, or are asked with. It begins with the number of what is asked about.
pub trait Slip: Key<First = u32> {
    /// What a row leaves in the direct room of whom it belongs to.
    fn traces(&self, row: &Self::Value) -> Traces;

    /// Whether a row is what this message gave, and nothing else.
    fn is_by(&self, _row: &Self::Value, _message: &EventId) -> bool {
        false
    }
}

/// What a row leaves in a direct room, to be removed when the row goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traces {
    /// The person's messages.
    pub said: Vec<Place>,
    /// The practice's names for the bot's.
    pub names: Vec<MessageKey>,
}

/// The key of a table of [`Paper`]s, one a person.
pub trait PaperKey: Slip + Key<Value = Paper<Self::Chosen>> {
    /// What is chosen.
    type Chosen: Clone + Ord;
    /// Whether people find their paper among what is published, by a receipt.
    const RECEIPTS: bool;

    /// The practice's name for one of the bot's answers, with what was drawn for it; `None` where its answers say nothing of what was chosen.
    fn answer(&self, drawn: &str) -> Option<MessageKey>;
}

/// A message by which somebody hands something in.
#[derive(Clone, Copy, Debug)]
pub struct Handed<'a> {
    /// Its room.
    pub room: &'a RoomId,
    /// The message.
    pub event: &'a EventId,
    /// Its thread.
    pub thread: Option<&'a EventId>,
    /// When it was sent, as its server says.
    pub at: Timestamp,
}

impl<'a> From<&'a Spot> for Handed<'a> {
    fn from(spot: &'a Spot) -> Self {
        Self { room: &spot.room, event: &spot.event, thread: spot.thread.as_ref(), at: spot.at }
    }
}

impl Handed<'_> {
    /// Where it is.
    pub fn place(&self) -> Place {
        Place { room: self.room.clone(), event: self.event.clone() }
    }

    /// In answer to it.
    pub fn reply(&self) -> To {
        To::Reply { room: self.room.clone(), event: self.event.clone(), thread: self.thread.cloned() }
    }

    /// Whether it was sent when what is asked about was over.
    pub fn is_late(&self, closes: Timestamp) -> bool {
        self.at >= closes
    }
}

/// What became of a message that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken<T> {
    /// What counts of this person now; `None` where nothing does.
    pub chosen: Option<T>,
    /// What they will find their paper by; empty where there are no receipts.
    pub receipt: String,
    to: To,
    name: Option<MessageKey>,
    scope: Option<String>,
}

impl<T> Taken<T> {
    /// The bot's answer, which waits sealed to be sent and will be removed when the row goes.
    pub fn answer(self, body: impl Into<String>) -> Effect {
        let mut message = Message::new(self.to, Tone::Notice, body);
        message.key = self.name;
        match self.scope {
            Some(scope) => message.send().sealed(scope),
            None => message.send(),
        }
    }
}

/// Takes what somebody handed in: `chosen` is what it says, `Some(None)` where it takes back what was chosen before, and
/// `None` where it says nothing that could count. Such a message is removed in the end, as all are. `None` where the
/// message has come before.
pub fn hand_in<K: PaperKey>(
    records: &mut Records<K::Of>,
    lots: &mut ChaCha20Rng,
    key: K,
    handed: &Handed,
    chosen: Option<Option<K::Chosen>>,
) -> Option<Taken<K::Chosen>> {
    let fresh = {
        let taken: Vec<&str> = records.under::<K>(key.first()).map(|(_, paper)| paper.receipt.as_str()).collect();
        if K::RECEIPTS { receipt(lots, taken) } else { String::new() }
    };
    let mut paper = records.get(&key).cloned().unwrap_or_else(|| Paper::blank(fresh));
    if !paper.take(handed.place(), handed.at, chosen) {
        return None;
    }
    let name = drawn(lots);
    let answer = key.answer(&name);
    paper.names.extend(answer.is_some().then_some(name));
    let (chosen, receipt) = (paper.chosen.clone(), paper.receipt.clone());
    let taken = Taken { chosen, receipt, to: handed.reply(), name: answer, scope: key.scope() };
    records.insert(key, paper);
    Some(taken)
}

/// How many have chosen something that holds.
pub fn counted<K: PaperKey>(records: &Records<K::Of>, number: u32) -> u64 {
    records.under::<K>(&number).filter(|(_, paper)| paper.chosen.is_some()).count() as u64
}

/// Who has handed in anything.
pub fn senders<K: Slip>(records: &Records<K::Of>, number: u32) -> BTreeSet<UserId> {
    records.under::<K>(&number).filter_map(|(key, _)| key.owner().cloned()).collect()
}

/// Whether a message has given a row already.
pub fn has_come<K: Slip>(records: &Records<K::Of>, number: u32, message: &EventId) -> bool {
    let is_of = |(key, row): (&K, &K::Value)| key.traces(row).said.iter().any(|place| place.event == *message);
    records.under::<K>(&number).any(is_of)
}

/// Takes out what a message gave that somebody removed, and says whether there was anything.
pub fn take_back<K: Slip>(records: &mut Records<K::Of>, message: &EventId) -> bool {
    let gone = records.keys::<K>(|key, row| key.is_by(row, message));
    gone.iter().for_each(|key| drop(records.remove(key)));
    !gone.is_empty()
}

/// Whether the rows of a table lay in a scope that is lost.
pub fn is_lost<K: Slip>(number: u32, lost: &str) -> bool {
    K::least(&number).scope().as_deref() == Some(lost)
}

/// What was chosen, and that it is over.
#[derive(Clone, Debug, PartialEq)]
pub struct Closed<T> {
    /// Who has chosen, in the order of names.
    pub voters: Vec<UserId>,
    /// What was chosen, with the receipts: in the order of receipts, which were drawn by lot, and where there are none in
    /// the order of what was chosen.
    pub papers: Vec<(String, T)>,
    /// Removes from the direct rooms what was written there.
    pub sweep: Vec<Effect>,
}

impl<T> Closed<T> {
    /// What was chosen, without the receipts.
    pub fn chosen(&self) -> impl Iterator<Item = &T> {
        self.papers.iter().map(|(_, chosen)| chosen)
    }
}

/// Takes every paper out.
pub fn close<K: PaperKey>(records: &mut Records<K::Of>, number: u32) -> Closed<K::Chosen> {
    let (rows, sweep) = destroy::<K>(records, number);
    let (mut voters, mut papers) = (Vec::new(), Vec::new());
    for (key, paper) in rows {
        if let (Some(who), Some(chosen)) = (key.owner(), paper.chosen) {
            voters.push(who.clone());
            papers.push((paper.receipt, chosen));
        }
    }
    papers.sort();
    Closed { voters, papers, sweep }
}

/// Takes every row of a table out, and removes from the direct rooms what was written there: each message once, for
/// several rows may have come by one.
pub fn destroy<K: Slip>(records: &mut Records<K::Of>, number: u32) -> (Vec<(K, K::Value)>, Vec<Effect>) {
    let keys: Vec<K> = records.under::<K>(&number).map(|(key, _)| key.clone()).collect();
    let rows: Vec<_> = keys.into_iter().filter_map(|key| records.remove(&key).map(|row| (key, row))).collect();
    let (mut said, mut names) = (BTreeSet::new(), BTreeSet::new());
    for traces in rows.iter().map(|(key, row)| key.traces(row)) {
        said.extend(traces.said);
        names.extend(traces.names);
    }
    let removed = said.into_iter().map(|Place { room, event }| Effect::RedactEvent { room, event });
    let unsaid = names.into_iter().map(|key| Effect::Redact { key });
    (rows, removed.chain(unsaid).collect())
}
