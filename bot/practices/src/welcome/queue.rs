//! The line of those who wait for their welcome, and how fast it moves: never more than so many in any hour.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Span, UserId, forget};

/// Somebody who waits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct InLine {
    /// When they joined.
    pub joined: Timestamp,
    /// Who.
    pub who: UserId,
}

/// When welcomes were sent, for an hour back, and whether leads know that there is a line.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Pace {
    sent: VecDeque<Timestamp>,
    told: bool,
}

forget!(Pace; sent, told);

/// What leads are told about a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Estimate {
    /// How many wait.
    pub people: usize,
    /// When the last of them will be welcomed.
    pub last: Timestamp,
}

const HOUR: SignedDuration = SignedDuration::from_hours(1);

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_add(by).unwrap_or(Timestamp::MAX)
}

impl Pace {
    /// The first moment from `due` on at which one more may be sent.
    pub(super) fn free(&self, due: Timestamp, per_hour: u16) -> Timestamp {
        let limit = usize::from(per_hour.max(1));
        match self.sent.len().checked_sub(limit).and_then(|first| self.sent.get(first)) {
            Some(sent) => due.max(later(*sent, HOUR)),
            None => due,
        }
    }

    /// Takes out of the line, in order, those who can be welcomed now.
    pub(super) fn take(&mut self, line: &mut Vec<InLine>, now: Timestamp, after: Span, per_hour: u16) -> Vec<UserId> {
        line.sort();
        let ready = line
            .iter()
            .take_while(|one| {
                let free = self.free(after.after(one.joined), per_hour) <= now;
                if free {
                    self.sent.push_back(now);
                }
                free
            })
            .count();
        self.sent.retain(|sent| later(*sent, HOUR) > now);
        line.drain(..ready).map(|one| one.who).collect()
    }

    /// What to tell leads: once for a line that is longer than an hour may take, counted when it first stands still.
    pub(super) fn estimate(&mut self, line: &[InLine], now: Timestamp, after: Span, per_hour: u16) -> Option<Estimate> {
        let held = line.first().is_some_and(|one| {
            let due = after.after(one.joined);
            self.free(due, per_hour) > due
        });
        if self.told || !held {
            self.told &= !line.is_empty();
            return None;
        }
        self.told = true;
        let mut ahead = self.clone();
        let mut at = now;
        for one in line {
            at = ahead.free(after.after(one.joined).max(at), per_hour);
            ahead.sent.push_back(at);
        }
        Some(Estimate { people: line.len(), last: at })
    }

    /// Whether there is nothing to remember.
    pub(super) fn is_idle(&self, now: Timestamp) -> bool {
        self.sent.iter().all(|sent| later(*sent, HOUR) <= now)
    }
}
