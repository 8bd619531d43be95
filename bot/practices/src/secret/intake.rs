//! Taking messages, and what is known of what was taken.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rand_chacha::ChaCha20Rng;

use super::{
    close::swept,
    paper::{Paper, Tap, Way},
    place::Place,
    receipt::receipt,
    slip::{PaperKey, Slip},
};
use crate::{
    Attention, Effect, EventId, Message, MessageContext, Outgoing, Records, RoomId, To, UserId, records::drawn,
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
    /// Whether homeservers can read it.
    pub cleartext: bool,
}

impl<'a> From<&'a MessageContext> for Handed<'a> {
    fn from(source: &'a MessageContext) -> Self {
        let (thread, cleartext) = (source.thread.as_ref(), source.cleartext);
        Self { room: &source.room, event: &source.event, thread, at: source.at, cleartext }
    }
}

impl<'a> Handed<'a> {
    /// A reaction, which homeservers read in every room.
    pub fn tap(room: &'a RoomId, event: &'a EventId, at: Timestamp) -> Self {
        Self { room, event, thread: None, at, cleartext: true }
    }

    /// Where it is.
    pub fn place(&self) -> Place {
        Place { room: self.room.clone(), event: self.event.clone() }
    }

    /// In answer to it.
    pub fn reply(&self) -> To {
        To::Reply { room: self.room.clone(), event: self.event.clone(), thread: self.thread.cloned() }
    }

    /// Removes it from the direct room.
    pub fn removed(&self) -> Effect {
        Outgoing::RedactEvent { room: self.room.clone(), event: self.event.clone() }.send()
    }

    /// Whether it was sent when what is asked about was over.
    pub fn is_late(&self, closes: Timestamp) -> bool {
        self.at >= closes
    }
}

/// What became of a message that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken<K: PaperKey> {
    /// What counts of this person now; `None` where nothing does.
    pub chosen: Option<K::Chosen>,
    /// What they will find their paper by; empty where there are no receipts.
    pub receipt: String,
    /// Whether that is news.
    pub(super) is_new: bool,
    pub(super) key: K,
    /// What was drawn for the name of an answer.
    pub(super) name: Option<String>,
    to: To,
}

impl<K: PaperKey> Taken<K> {
    /// The bot's answer, which waits sealed to be sent and will be removed when the row goes.
    pub fn answer(self, body: impl Into<String>) -> Effect {
        let mut message = Message::new(self.to, Attention::Answer, body);
        message.key = self.name.and_then(|drawn| self.key.answer(&drawn));
        match self.key.scope() {
            Some(scope) => message.sealed(scope),
            None => message.send(),
        }
    }
}

/// A receipt that no other paper has; empty where there are none.
pub(super) fn fresh_receipt<K: PaperKey>(records: &Records<K::Of>, secret_rng: &mut ChaCha20Rng, key: &K) -> String {
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
) -> Option<Taken<K>> {
    take_in(records, secret_rng, key, handed, chosen, false)
}

/// The same for an answer in a poll of their own, which shows them what they chose.
pub fn answer_in<K: PaperKey>(
    records: &mut Records<K::Of>,
    secret_rng: &mut ChaCha20Rng,
    key: K,
    handed: &Handed,
    chosen: Option<Option<K::Chosen>>,
) -> Option<Taken<K>> {
    take_in(records, secret_rng, key, handed, chosen, true)
}

fn take_in<K: PaperKey>(
    records: &mut Records<K::Of>,
    secret_rng: &mut ChaCha20Rng,
    key: K,
    handed: &Handed,
    chosen: Option<Option<K::Chosen>>,
    polled: bool,
) -> Option<Taken<K>> {
    let fresh = fresh_receipt::<K>(records, secret_rng, &key);
    let before = records.get(&key).cloned().unwrap_or_else(|| Paper::blank(fresh));
    let mut paper = before.clone();
    if !paper.take(handed.place(), handed.at, chosen, Way { polled, cleartext: handed.cleartext }) {
        return None;
    }
    let name = Some(drawn(secret_rng)).filter(|name| key.answer(name).is_some());
    paper.names.extend(name.clone());
    Some(taken(records, key, (&before, paper), handed.reply(), name))
}

/// Notes a paper, and what is known of it.
fn taken<K: PaperKey>(
    records: &mut Records<K::Of>,
    key: K,
    (before, paper): (&Paper<K::Chosen>, Paper<K::Chosen>),
    to: To,
    name: Option<String>,
) -> Taken<K> {
    let (chosen, receipt) = (paper.chosen.clone(), paper.receipt.clone());
    let is_new = chosen != before.chosen || paper.tapped != before.tapped || paper.polled != before.polled;
    records.insert(key.clone(), paper);
    Taken { chosen, receipt, is_new, key, name, to }
}

/// Takes a tap on an option of the paper that somebody has; `choose` says what is chosen where these options stand
/// tapped, in the order of taps. `None` where the tap has come before.
pub fn tap<K: PaperKey>(
    records: &mut Records<K::Of>,
    secret_rng: &mut ChaCha20Rng,
    key: K,
    (handed, option): (&Handed, u32),
    choose: impl FnOnce(&[u32]) -> Option<K::Chosen>,
) -> Option<Taken<K>> {
    let fresh = fresh_receipt::<K>(records, secret_rng, &key);
    let before = records.get(&key).cloned().unwrap_or_else(|| Paper::blank(fresh));
    let mut paper = before.clone();
    let tap = Tap { at: handed.at, event: handed.event.clone(), option };
    let is_news = paper.tap(handed.place(), tap, choose);
    is_news.then(|| taken(records, key, (&before, paper), handed.reply(), None))
}

/// Takes a tap back that somebody removed; `None` where it is none that stands.
pub fn untap<K: PaperKey>(
    records: &mut Records<K::Of>,
    key: K,
    reaction: (&RoomId, &EventId),
    choose: impl FnOnce(&[u32]) -> Option<K::Chosen>,
) -> Option<Taken<K>> {
    let before = records.get(&key)?.clone();
    let mut paper = before.clone();
    let (room, event) = (reaction.0.clone(), reaction.1.clone());
    let is_news = paper.untap(&event, choose);
    is_news.then(|| taken(records, key, (&before, paper), To::Reply { room, event, thread: None }, None))
}

/// What is known of what somebody has handed in before, to be told on another paper; `None` where nothing counts.
pub fn again<K: PaperKey>(records: &mut Records<K::Of>, key: K, to: To) -> Option<Taken<K>> {
    let paper = records.get(&key).filter(|paper| paper.chosen.is_some())?.clone();
    Some(taken(records, key, (&paper.clone(), paper), to, None))
}

/// Whose tap a reaction is, and in what.
pub fn tapper<K: PaperKey>(records: &Records<K::Of>, reaction: &EventId) -> Option<K> {
    records.keys::<K>(|_, paper| paper.taps.iter().any(|tap| tap.event == *reaction)).pop()
}

/// Somebody has another paper: what they tapped on the one before counts, and cannot be taken back by a tap. The signs on
/// the one before go.
pub fn turn<K: PaperKey>(records: &mut Records<K::Of>, key: &K) -> Vec<Effect> {
    let signs = records.get_mut(key).map(Paper::turn).unwrap_or_default();
    let names = signs.iter().filter_map(|drawn| key.answer(drawn));
    names.map(|key| Outgoing::Redact { key }.send()).collect()
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

/// The same for what they chose: what else they sent, and what the bot said of it, goes with it. `None` where there was
/// nothing.
pub fn take_back_choice<K: PaperKey>(records: &mut Records<K::Of>, message: &EventId) -> Option<Vec<Effect>> {
    let keys = records.keys::<K>(|key, row| key.is_by(row, message));
    let gone: Vec<_> = keys.into_iter().filter_map(|key| records.remove(&key).map(|row| (key, row))).collect();
    let removed =
        |effect: &Effect| matches!(effect.outgoing(), Some(Outgoing::RedactEvent { event, .. }) if event == message);
    (!gone.is_empty()).then(|| swept(&gone).into_iter().filter(|effect| !removed(effect)).collect())
}

/// Removes what people have left who were just forgotten: what they sent, and what the bot said of it.
pub fn forgotten<K: Slip>(records: &Records<K::Of>) -> Vec<Effect> {
    swept(records.gone_rows::<K>())
}

/// Takes out what a message gave that somebody removed, and says whether there was anything.
pub fn take_back<K: Slip>(records: &mut Records<K::Of>, message: &EventId) -> bool {
    let gone = records.keys::<K>(|key, row| key.is_by(row, message));
    gone.iter().for_each(|key| drop(records.remove(key)));
    !gone.is_empty()
}
