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
}

impl<T> Forget for Paper<T> {
    fn forget(&mut self, _: &UserId) -> Trace {
        Trace::None
    }
}

impl<T> Paper<T> {
    /// One on which nothing stands.
    pub fn blank(receipt: String) -> Self {
        Self { chosen: None, at: None, receipt, said: Vec::new(), names: Vec::new() }
    }

    /// Takes a message over, and what it says if it says anything that counts. `false` where it has come before.
    pub fn take(&mut self, place: Place, at: Timestamp, chosen: Option<Option<T>>) -> bool {
        if self.said.contains(&place) {
            return false;
        }
        match chosen {
            Some(chosen) if self.at.is_none_or(|counts| counts <= at) => {
                (self.chosen, self.at) = (chosen, Some(at));
                self.said.push(place);
            }
            _ => self.said.insert(0, place),
        }
        true
    }

    /// Whether what counts came by this message.
    pub fn is_by(&self, message: &EventId) -> bool {
        let counts = self.chosen.is_some() || self.at.is_some();
        counts && self.said.last().is_some_and(|place| place.event == *message)
    }
}
