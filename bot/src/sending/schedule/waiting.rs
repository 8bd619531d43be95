//! Everything that waits, what is on its way, and who pauses: what is known when it is decided whose turn it is.

use std::collections::{BTreeMap, BTreeSet};

use hearth_practices::{Attention, UserId};
use jiff::{SignedDuration, Timestamp};

use super::row::{Job, Row};
use crate::sending::{
    gate::{Class, Gate},
    refusal::NotNow,
};

const ANSWER: usize = Attention::Answer.rank();
const SIGN: usize = Attention::Sign.rank();
const PROMPT: usize = Attention::Prompt.rank();
const HOUSEKEEPING: usize = Attention::Housekeeping.rank();

/// What has waited so long may take the turn of what has waited longest.
pub(super) const LONG: SignedDuration = SignedDuration::from_secs(30);

/// A failure that the homeserver may get over is tried so often while the homeserver answers others.
const STRIKES: u32 = 15;

#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) row: Row,
    /// Since when it is known here.
    pub(super) since: Timestamp,
    pub(super) failures: Failures,
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Failures {
    pub(super) strikes: u32,
    pub(super) last: Option<Timestamp>,
}

impl Failures {
    /// Counts a failure; one in the homeserver's absence is nobody's fault.
    pub(super) fn strike(&mut self, why: NotNow, answered: Option<Timestamp>, now: Timestamp) -> bool {
        let others_went_through = self.last.is_some_and(|last| answered.is_some_and(|answered| answered > last));
        if why == NotNow::Failing || (why == NotNow::Absent && others_went_through) {
            self.strikes += 1;
        }
        self.last = Some(now);
        self.strikes >= STRIKES
    }
}

#[derive(Clone, Debug)]
pub(super) struct Lane {
    pub(super) rows: BTreeSet<i64>,
    /// Rows of each rank.
    pub(super) counts: [u32; Attention::RANKS],
    /// Whether it leads to one person's direct room.
    pub(super) direct: bool,
    /// Whether the person made that room, and so wrote to the bot first.
    pub(super) eager: bool,
    /// Since when it waits for its turn.
    pub(super) since: Timestamp,
}

impl Lane {
    /// What joins wait in: somebody wants the bot there.
    pub(super) fn of_joins(since: Timestamp) -> Self {
        let mut counts = [0; Attention::RANKS];
        counts[ANSWER] = 1;
        Self { rows: BTreeSet::new(), counts, direct: false, eager: false, since }
    }

    /// The smaller, the sooner its turn comes: whatever is the most important in it takes the rest along. A room waits
    /// for an answer, and a person; those who vote in their direct rooms all at once do not hold up the rooms. Whoever
    /// writes first is answered with what waits for them.
    /// A sign is worth most at once: one that is late waits like an edit, or those of a crowd would hold up its papers.
    pub(super) fn rank(&self, now: Timestamp) -> (usize, bool) {
        let mut rank = self.counts.iter().position(|count| *count > 0).unwrap_or(self.counts.len());
        if self.eager && rank <= PROMPT {
            rank = ANSWER;
        }
        if rank == SIGN && self.waited_long(now) {
            rank = HOUSEKEEPING;
        }
        (rank, self.direct && rank == ANSWER)
    }

    /// Whether it has waited long for its turn.
    pub(super) fn waited_long(&self, now: Timestamp) -> bool {
        now.duration_since(self.since) >= LONG
    }

    /// Its place among the others. The oldest goes first; of signs the newest, which says the most.
    pub(super) fn order(&self, first: i64, now: Timestamp) -> ((usize, bool), i64, i64) {
        let (rank, since) = (self.rank(now), self.since.as_millisecond());
        (rank, if rank.0 == SIGN { -since } else { since }, first)
    }
}

#[derive(Clone, Debug)]
pub(super) struct Flight {
    pub(super) lane: String,
    pub(super) class: Class,
    /// Whether it has the place of what has waited longest.
    pub(super) fair: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Attempt {
    pub(super) attempts: u32,
    pub(super) not_before: Timestamp,
    pub(super) failures: Failures,
}

/// Everything that waits, what is on its way, and who pauses.
#[derive(Clone, Debug, Default)]
pub struct Schedule {
    pub(super) rows: BTreeMap<i64, Entry>,
    /// Rows that are of no use from a moment on, by it.
    pub(super) expiring: BTreeSet<(Timestamp, i64)>,
    pub(super) lanes: BTreeMap<String, Lane>,
    pub(super) flying: BTreeMap<Job, Flight>,
    pub(super) busy: BTreeSet<String>,
    pub(super) gates: BTreeMap<Class, Gate>,
    pub(super) outage: Gate,
    /// What a row was last refused as, where that is not what it is.
    pub(super) classes: BTreeMap<i64, Class>,
    pub(super) rooms: BTreeMap<UserId, Attempt>,
    /// For whom a room was made of which the rows do not know yet.
    pub(super) made: BTreeSet<UserId>,
    /// Invitations that are accepted one by one, where some wait for that.
    pub(super) joins: Option<Lane>,
    pub(super) newest: i64,
    /// How many went through since the turn of what had waited longest.
    pub(super) unfair: u64,
    /// Whether a message went through after the last room that was made.
    pub(super) rooms_turn: bool,
    pub(super) answered: Option<Timestamp>,
}
