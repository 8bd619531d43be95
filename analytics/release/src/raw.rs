//! Exact values, which never leave the worker: the input of the policy. Nothing here can be serialised.

use hearth_shared::{month::Month, release::Quarter};

/// A month of a community, or of a room, exactly.
#[derive(Clone, Debug, PartialEq)]
pub struct RawMonth {
    /// The month.
    pub month: Month,
    /// How many times rooms that existed already had come into view by its end.
    pub scope: u64,
    /// People who wrote.
    pub posters: u64,
    /// People who wrote or reacted; `None` where reactions are not known.
    pub active: Option<u64>,
    /// Messages.
    pub messages: u64,
    /// Effective voices of order 2, `(Σx)² / Σx²` over everybody's messages; `None` where nobody wrote.
    pub voices: Option<f64>,
    /// Posters whose first message ever it was and who are known to have come; `None` where it cannot be told who came.
    pub new: Option<u64>,
    /// Posters whose first message it was and of whom nobody saw whether they came.
    pub unknown_origin: u64,
    /// Conversations that began and of which it can be told what became.
    pub conversations: u64,
    /// People who began them.
    pub openers: u64,
    /// Those of them that somebody else took up within 72 hours.
    pub taken: u64,
    /// People who began those.
    pub taken_openers: u64,
    /// The median of the minutes until they were taken up.
    pub answer_minutes: Option<f64>,
    /// Rooms in which somebody wrote.
    pub rooms_active: u64,
    /// Rooms in which five people or more wrote.
    pub rooms_shared: u64,
}

/// A quarter of a community, exactly.
#[derive(Clone, Debug, PartialEq)]
pub struct RawQuarter {
    /// The quarter.
    pub quarter: Quarter,
    /// People who wrote.
    pub posters: u64,
    /// Those of them who were in no conversation, thread or topic with a second person.
    pub alone: u64,
    /// Those of them who wrote in the next quarter; `None` while that is not over.
    pub stayed: Option<u64>,
    /// Newcomers whose first message it holds.
    pub newcomers: u64,
    /// Those of them of whom it can be told whether anybody answered.
    pub welcome_known: u64,
    /// Those of these who were answered within 72 hours.
    pub welcomed: u64,
    /// Newcomers of whom it can be told whether they came back.
    pub back_known: u64,
    /// Those of these who wrote again on another day within 30 days.
    pub back: u64,
}
