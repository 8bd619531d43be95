//! What a practice says of its sealed tables.

use super::{paper::Paper, place::Place};
use crate::{EventId, MessageKey, records::Key};

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

    /// The practice's name for one of the bot's answers, or of its signs, with what was drawn for it; `None` where its
    /// answers say nothing of what was chosen.
    fn answer(&self, drawn: &str) -> Option<MessageKey>;
}

impl<T> Paper<T> {
    /// What it left in the direct room; `answer` gives the practice's name for one of the bot's answers.
    pub fn traces(&self, answer: impl Fn(&str) -> Option<MessageKey>) -> Traces {
        Traces { said: self.said.clone(), names: self.drawn().filter_map(|drawn| answer(drawn)).collect() }
    }
}
