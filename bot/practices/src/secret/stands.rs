//! Where somebody stands, said in one place on their paper.
//!
//! - What homeservers have **read** is said by a sign under it: what was tapped, and what was written, or answered in a
//!   poll, in a room that is not encrypted. A sign that is removed leaves no row in any client, as the texts of a message
//!   do that are removed one by one. A second sign has the receipt.
//! - What was **encrypted** is in no sign: homeservers read reactions even in encrypted rooms, and whoever writes may do so
//!   for that reason. The paper's text says it. For the same reason a receipt that stood in a sign is not the receipt of
//!   what is encrypted: it would lead to it in what is published. There is another.
//! - Of an encrypted answer in a **poll**, which the poll shows, the paper's text says that it counts, and the receipt.
//!
//! Whether homeservers have read something is known of each message: what came in no ciphertext they have.
//!
//! Whatever comes after the other, the other goes.

use rand_chacha::ChaCha20Rng;

use super::{
    intake::{Taken, fresh_receipt},
    paper::{Paper, Sign, Text},
    slip::PaperKey,
};
use crate::{
    Effect, MessageKey, Outgoing, Records,
    records::{Key, drawn},
};

/// Where somebody stands, for the text of their paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands<'a, T> {
    /// They have not chosen, or it is said elsewhere.
    Blank,
    /// They have taken back what they chose.
    TakenBack,
    /// Their poll shows it; with a receipt, which may be empty.
    InPoll(&'a str),
    /// They have chosen; with a receipt, which may be empty.
    Chosen(&'a T, &'a str),
}

/// What a practice writes on papers.
pub struct Face<'a, K: PaperKey> {
    /// Its name for the paper that somebody has.
    pub paper: MessageKey,
    /// A sign that says what somebody chose; with names where it is `true`, for nothing else says them.
    pub sign: &'a SignOf<'a, K>,
    /// The paper's text.
    pub text: &'a TextOf<'a, K>,
}

/// What a sign says.
type SignOf<'a, K> = dyn Fn(&Records<<K as Key>::Of>, &<K as PaperKey>::Chosen, bool) -> String + 'a;

/// What a paper says.
type TextOf<'a, K> = dyn Fn(&Records<<K as Key>::Of>, &Stands<<K as PaperKey>::Chosen>) -> String + 'a;

impl<K: PaperKey> Taken<K> {
    /// Says on somebody's paper where they stand. It waits sealed to be sent, and will be removed when the row goes.
    pub fn show(self, records: &mut Records<K::Of>, secret_rng: &mut ChaCha20Rng, face: &Face<K>) -> Vec<Effect> {
        let Some(mut paper) = records.get(&self.key).cloned() else { return Vec::new() };
        let (mut effects, named) = (Vec::new(), |drawn: &str| self.key.answer(drawn));
        // What is encrypted must not be found by what homeservers have seen.
        if paper.receipt_seen && !paper.is_read() {
            (paper.receipt, paper.receipt_seen) = (fresh_receipt(records, secret_rng, &self.key), false);
            let sign = paper.receipt_sign.take().and_then(|sign| named(&sign));
            effects.extend(sign.map(|key| Outgoing::Redact { key }.send()));
        }
        let text = |stands: &Stands<K::Chosen>| (face.text)(records, stands);
        effects.extend(self.text(&mut paper, secret_rng, &face.paper, text));
        let sign = |chosen: &K::Chosen, named: bool| (face.sign)(records, chosen, named);
        effects.extend(self.signs(&mut paper, secret_rng, &face.paper, sign));
        records.insert(self.key, paper);
        effects
    }

    /// The text that says it, or no longer does.
    fn text(
        &self,
        paper: &mut Paper<K::Chosen>,
        rng: &mut ChaCha20Rng,
        key: &MessageKey,
        body: impl Fn(&Stands<K::Chosen>) -> String,
    ) -> Option<Effect> {
        let (text, stands) = match &paper.chosen {
            _ if paper.is_read() => (Text::Blank, Stands::Blank),
            None => (Text::Choice, Stands::TakenBack),
            Some(_) if paper.polled => (Text::Poll, Stands::InPoll(&paper.receipt)),
            Some(chosen) => (Text::Choice, Stands::Chosen(chosen, &paper.receipt)),
        };
        if text == paper.text && !(text == Text::Choice && self.is_new) {
            return None;
        }
        let body = body(&stands);
        paper.text = text;
        let name = match text {
            Text::Blank => None,
            Text::Poll | Text::Choice => Some(self.name.clone().unwrap_or_else(|| {
                let name = drawn(rng);
                paper.names.push(name.clone());
                name
            })),
        };
        let name = match name {
            Some(drawn) => Some(self.key.answer(&drawn)?),
            None => None,
        };
        Some(self.sealed(Outgoing::Reword { key: key.clone(), body, name }))
    }

    /// The signs that say it, or no longer do.
    fn signs(
        &self,
        paper: &mut Paper<K::Chosen>,
        rng: &mut ChaCha20Rng,
        key: &MessageKey,
        sign: impl Fn(&K::Chosen, bool) -> String,
    ) -> Vec<Effect> {
        let key = || key.clone();
        let says = paper.chosen.as_ref().filter(|_| paper.is_read()).map(|chosen| sign(chosen, !paper.tapped));
        let mut effects = Vec::new();
        if paper.sign.as_ref().map(|sign| &sign.says) != says.as_ref() {
            let before = paper.sign.take().and_then(|sign| self.key.answer(&sign.name));
            effects.extend(before.map(|name| Outgoing::Unsign { key: key(), name }.send()));
            if let Some(with) = says.clone() {
                let name = drawn(rng);
                effects.extend(self.key.answer(&name).map(|name| {
                    let (key, with) = (key(), with.clone());
                    self.sealed(Outgoing::Sign { key, with, name })
                }));
                paper.sign = Some(Sign { name, says: with });
            }
        }
        // It comes after the buttons: what counts is said first.
        if says.is_some() && paper.receipt_sign.is_none() && !paper.receipt.is_empty() {
            let name = drawn(rng);
            let (with, key) = (format!("🧾 {}", paper.receipt), key());
            effects.push(self.sealed(Outgoing::Button { key, with, name: self.key.answer(&name) }));
            (paper.receipt_sign, paper.receipt_seen) = (Some(name), true);
        }
        effects
    }

    fn sealed(&self, outgoing: Outgoing) -> Effect {
        match self.key.scope() {
            Some(scope) => outgoing.sealed(scope),
            None => outgoing.send(),
        }
    }
}
