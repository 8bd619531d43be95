//! Taking messages, and what is known of what was taken.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rand_chacha::ChaCha20Rng;

use super::{
    paper::{Paper, Tap},
    place::Place,
    receipt::receipt,
    slip::{PaperKey, Slip},
};
use crate::{
    Attention, Effect, EventId, Message, MessageContext, MessageKey, Outgoing, Records, RoomId, To, UserId,
    records::drawn,
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
    /// The same as a new text of the paper that they have, which says where they stand: it waits sealed to be sent, and
    /// will be removed when the row goes. `None` where answers say nothing of what was chosen.
    pub fn reword(self, paper: MessageKey, body: impl Into<String>) -> Option<Effect> {
        let text = Outgoing::Reword { key: paper, body: body.into(), name: self.name? };
        Some(match self.scope {
            Some(scope) => text.sealed(scope),
            None => text.send(),
        })
    }

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

/// A receipt that no other paper has; empty where there are none.
fn fresh_receipt<K: PaperKey>(records: &Records<K::Of>, secret_rng: &mut ChaCha20Rng, key: &K) -> String {
    let taken: Vec<&str> = records.under::<K>(key.first()).map(|(_, paper)| paper.receipt.as_str()).collect();
    if K::RECEIPTS { receipt(secret_rng, taken) } else { String::new() }
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
    let fresh = fresh_receipt::<K>(records, secret_rng, &key);
    let mut paper = records.get(&key).cloned().unwrap_or_else(|| Paper::blank(fresh));
    if !paper.take(handed.place(), handed.at, chosen) {
        return None;
    }
    Some(taken(records, secret_rng, key, paper, handed.reply()))
}

/// Notes a paper, and what is known of it.
fn taken<K: PaperKey>(
    records: &mut Records<K::Of>,
    secret_rng: &mut ChaCha20Rng,
    key: K,
    mut paper: Paper<K::Chosen>,
    to: To,
) -> Taken<K::Chosen> {
    let name = drawn(secret_rng);
    let answer = key.answer(&name);
    paper.names.extend(answer.is_some().then_some(name));
    let (chosen, receipt) = (paper.chosen.clone(), paper.receipt.clone());
    let taken = Taken { chosen, receipt, to, name: answer, scope: key.scope() };
    records.insert(key, paper);
    taken
}

/// Takes a tap on an option of the paper that somebody has; `choose` says what is chosen where these options stand
/// tapped, in the order of taps. `None` where the tap has come before.
pub fn tap<K: PaperKey>(
    records: &mut Records<K::Of>,
    secret_rng: &mut ChaCha20Rng,
    key: K,
    (handed, option): (&Handed, u32),
    choose: impl FnOnce(&[u32]) -> Option<K::Chosen>,
) -> Option<Taken<K::Chosen>> {
    let fresh = fresh_receipt::<K>(records, secret_rng, &key);
    let mut paper = records.get(&key).cloned().unwrap_or_else(|| Paper::blank(fresh));
    let tap = Tap { at: handed.at, event: handed.event.clone(), option };
    let is_new = paper.tap(handed.place(), tap, choose);
    is_new.then(|| taken(records, secret_rng, key, paper, handed.reply()))
}

/// Takes a tap back that somebody removed; `None` where it is none that stands.
pub fn untap<K: PaperKey>(
    records: &mut Records<K::Of>,
    secret_rng: &mut ChaCha20Rng,
    key: K,
    reaction: (&RoomId, &EventId),
    choose: impl FnOnce(&[u32]) -> Option<K::Chosen>,
) -> Option<Taken<K::Chosen>> {
    let mut paper = records.get(&key)?.clone();
    let (room, event) = (reaction.0.clone(), reaction.1.clone());
    let is_new = paper.untap(&event, choose);
    is_new.then(|| taken(records, secret_rng, key, paper, To::Reply { room, event, thread: None }))
}

/// What is known of what somebody has handed in before, to be told once more; `None` where nothing counts.
pub fn again<K: PaperKey>(
    records: &mut Records<K::Of>,
    secret_rng: &mut ChaCha20Rng,
    key: K,
    to: To,
) -> Option<Taken<K::Chosen>> {
    let paper = records.get(&key).filter(|paper| paper.chosen.is_some())?.clone();
    Some(taken(records, secret_rng, key, paper, to))
}

/// Whose tap a reaction is, and in what.
pub fn tapper<K: PaperKey>(records: &Records<K::Of>, reaction: &EventId) -> Option<K> {
    records.keys::<K>(|_, paper| paper.taps.iter().any(|tap| tap.event == *reaction)).pop()
}

/// Somebody has another paper: what they tapped on the one before counts as if they had written it.
pub fn turn<K: PaperKey>(records: &mut Records<K::Of>, key: &K) {
    if let Some(paper) = records.get_mut(key) {
        paper.turn();
    }
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
