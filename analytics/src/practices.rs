//! What practices logged: retrospectives and meetings, what was agreed there, and pulses.
//!
//! Many of these acts are the bot's own, because whose they were is not known or nobody's business. So they are kept
//! apart from the log's messages, with the person only where it is one who may be counted.
//!
//! What is counted here are whole groups: a gathering of fewer than five people, or a pulse of fewer than ten answers,
//! is left out of every sum. Whatever is subtracted from whatever, what remains is about groups that large.

pub mod actions;
pub mod gatherings;
pub mod pulses;
pub mod themes;

use hearth_shared::activity::Kind;

/// One act of a practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PracticeAct {
    /// The act's dense id.
    pub id: i64,
    /// The room.
    pub room: i32,
    /// Who did it, where that is a person who may be counted.
    pub person: Option<i32>,
    /// What was done.
    pub kind: Kind,
    /// When, in milliseconds since 1970.
    pub ts: i64,
    /// What it points at.
    pub reply_to: Option<i64>,
    /// The gathering or pulse that it belongs to.
    pub thread: Option<i64>,
    /// What the kind says it means.
    pub value: Option<i64>,
}

/// A community's acts of practices, in time order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Practices {
    acts: Vec<PracticeAct>,
}

impl Practices {
    /// The least kind that is one of these: what is below is about messages, welcomes, prompts and polls.
    pub const FIRST_KIND: Kind = Kind::RetroStarted;

    /// These acts, in any order.
    pub fn new(mut acts: Vec<PracticeAct>) -> Self {
        acts.sort_unstable_by_key(|act| (act.ts, act.id));
        Self { acts }
    }

    /// The acts whose id is less than one.
    pub fn before(&self, id: i64) -> Vec<PracticeAct> {
        self.acts.iter().filter(|act| act.id < id).copied().collect()
    }

    /// The acts before a time.
    pub fn until(&self, ts: i64) -> &[PracticeAct] {
        &self.acts[..self.acts.partition_point(|act| act.ts < ts)]
    }

    /// The same, of one room.
    #[must_use]
    pub fn of_room(&self, room: i32) -> Self {
        Self { acts: self.acts.iter().filter(|act| act.room == room).copied().collect() }
    }
}
