//! What one person has handed in.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::place::Place;
use crate::{
    EventId, UserId,
    records::{Forget, Trace},
};

/// What one person has handed in, and what it left in their direct room.
///
/// Its key says whose it is; nobody stands in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper<T> {
    /// What counts; `None` where they have not chosen yet, or took it back.
    #[serde(alias = "marks")]
    pub chosen: Option<T>,
    /// When what counts was sent: what was sent before it, and comes late, changes nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// What they will find their paper by; empty where there are no receipts.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub receipt: String,
    /// What they wrote, the message that counts last.
    pub said: Vec<Place>,
    /// What was drawn for the names of the bot's answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// What stands tapped on the paper that they have, in the order of taps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taps: Vec<Tap>,
    /// Whether what counts was tapped, there or on a paper before, and not written.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub tapped: bool,
    /// Whether what counts was answered in a poll, which shows it to them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub polled: bool,
    /// Whether what counts was written or answered where homeservers read it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cleartext: bool,
    /// The sign on the paper that they have, which says what they chose where homeservers have read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign: Option<Sign>,
    /// What was drawn for the name of the sign that says the receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt_sign: Option<String>,
    /// Whether the receipt has stood in a sign, where homeservers can read it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub receipt_seen: bool,
    /// What the text of the paper that they have says.
    #[serde(default)]
    pub text: Text,
}

/// A sign that stands on a paper, or waits to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sign {
    /// What was drawn for its name.
    pub name: String,
    /// What it says.
    pub says: String,
}

/// What the text of a paper says of where somebody stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Text {
    /// Nothing.
    Blank,
    /// That their poll shows it.
    Poll,
    /// What they chose, or that they took it back. What papers say from before this was noted, is not known.
    #[default]
    Choice,
}

/// How a message says what somebody chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Way {
    /// Whether it is an answer in a poll, which shows it to them.
    pub polled: bool,
    /// Whether homeservers can read it.
    pub cleartext: bool,
}

/// An option that somebody tapped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tap {
    /// When, as their server says.
    pub at: Timestamp,
    /// The reaction.
    pub event: EventId,
    /// The option.
    pub option: u32,
}

impl<T> Forget for Paper<T> {
    fn forget(&mut self, _: &UserId) -> Trace {
        Trace::None
    }
}

impl<T> Paper<T> {
    /// One on which nothing stands.
    pub fn blank(receipt: String) -> Self {
        Self {
            chosen: None,
            at: None,
            receipt,
            said: Vec::new(),
            names: Vec::new(),
            taps: Vec::new(),
            tapped: false,
            polled: false,
            cleartext: false,
            sign: None,
            receipt_sign: None,
            receipt_seen: false,
            text: Text::Blank,
        }
    }

    /// Takes a message over, or an answer in a poll, and what it says if it says anything that counts. `false` where it
    /// has come before.
    pub fn take(&mut self, place: Place, at: Timestamp, chosen: Option<Option<T>>, way: Way) -> bool {
        if self.said.contains(&place) {
            return false;
        }
        match chosen {
            Some(chosen) if self.at.is_none_or(|counts| counts <= at) => {
                (self.chosen, self.at, self.tapped) = (chosen, Some(at), false);
                (self.polled, self.cleartext) = (way.polled, way.cleartext);
                self.said.push(place);
            }
            _ => self.said.insert(0, place),
        }
        true
    }

    /// Takes a tap on an option over. What stands tapped is what counts from then on; what was written later than that
    /// stays. `false` where it has come before.
    pub fn tap(&mut self, place: Place, tap: Tap, choose: impl FnOnce(&[u32]) -> Option<T>) -> bool {
        if self.said.contains(&place) {
            return false;
        }
        self.said.insert(0, place);
        let is_last = self.at.is_none_or(|counts| counts <= tap.at);
        let counts = self.at.max(Some(tap.at));
        self.taps.push(tap);
        self.taps.sort_by(|one, other| (one.at, &one.event).cmp(&(other.at, &other.event)));
        if is_last || self.tapped {
            (self.at, self.tapped, self.polled, self.cleartext) = (counts, true, false, false);
            self.chosen = choose(&self.options());
        }
        true
    }

    /// Takes a tap back that somebody removed. `false` where it is none that stands.
    pub fn untap(&mut self, event: &EventId, choose: impl FnOnce(&[u32]) -> Option<T>) -> bool {
        let before = self.taps.len();
        self.taps.retain(|tap| tap.event != *event);
        if self.taps.len() == before {
            return false;
        }
        self.said.retain(|place| place.event != *event);
        if self.tapped {
            self.chosen = choose(&self.options());
        }
        true
    }

    /// They have another paper, on which nothing stands yet: what counts is what it was. Gives what was drawn for the
    /// names of the signs on the one before.
    pub fn turn(&mut self) -> Vec<String> {
        let (sign, receipt) = (self.sign.take().map(|sign| sign.name), self.receipt_sign.take());
        (self.taps, self.text) = (Vec::new(), Text::Blank);
        sign.into_iter().chain(receipt).collect()
    }

    /// What was drawn for the names of everything of the bot's that says what they chose, or leads to it.
    pub fn drawn(&self) -> impl Iterator<Item = &String> {
        self.names.iter().chain(self.sign.iter().map(|sign| &sign.name)).chain(&self.receipt_sign)
    }

    /// Whether homeservers have read what counts, so that a reaction may say it.
    pub fn is_read(&self) -> bool {
        self.tapped || self.cleartext
    }

    fn options(&self) -> Vec<u32> {
        self.taps.iter().map(|tap| tap.option).collect()
    }

    /// Whether what counts came by this message.
    pub fn is_by(&self, message: &EventId) -> bool {
        let counts = !self.tapped && (self.chosen.is_some() || self.at.is_some());
        counts && self.said.last().is_some_and(|place| place.event == *message)
    }
}
