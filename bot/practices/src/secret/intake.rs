//! Taking messages, and what is known of what was taken.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rand_chacha::ChaCha20Rng;

use super::{
    paper::Paper,
    place::Place,
    receipt::receipt,
    slip::{PaperKey, Slip},
};
use crate::{
    Attention, Effect, EventId, Message, MessageContext, MessageKey, Records, RoomId, To, UserId, records::drawn,
};

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

impl<'a> From<&'a MessageContext> for Handed<'a> {
    fn from(source: &'a MessageContext) -> Self {
        Self { room: &source.room, event: &source.event, thread: source.thread.as_ref(), at: source.at }
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
        let mut message = Message::new(self.to, Attention::Answer, body);
        message.key = self.name;
        match self.scope {
            Some(scope) => message.sealed(scope),
            None => message.send(),
        }
    }
}

/// Takes what somebody handed in: `chosen` is what it says, `Some(None)` where it takes back what was chosen before, and
/// `None` where it says nothing that could count. Such a message is removed in the end, as all are. `None` where the
/// message has come before.
pub fn hand_in<K: PaperKey>(
    records: &mut Records<K::Of>,
    secret_rng: &mut ChaCha20Rng,
    key: K,
    handed: &Handed,
    chosen: Option<Option<K::Chosen>>,
) -> Option<Taken<K::Chosen>> {
    let fresh = {
        let taken: Vec<&str> = records.under::<K>(key.first()).map(|(_, paper)| paper.receipt.as_str()).collect();
        if K::RECEIPTS { receipt(secret_rng, taken) } else { String::new() }
    };
    let mut paper = records.get(&key).cloned().unwrap_or_else(|| Paper::blank(fresh));
    if !paper.take(handed.place(), handed.at, chosen) {
        return None;
    }
    let name = drawn(secret_rng);
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
