//! The newcomers' series: which prompt is due when, for one person. Plain values; who takes part is for the practice.
//!
//! A prompt that is more than an hour late waits for the next waking hour. Of several that were missed one is sent,
//! the lightest; none is sent once the latest of them is a week late. Two never come on one local day.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::deck::{Deck, Prompt};
use crate::{
    MessageKey, RoomId,
    schedule::{DAYTIME, LocalTime, day_at},
};

/// The days of the series, counted from the day of joining: ascending, 1 to 365.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<u16>", into = "Vec<u16>")]
pub struct Days(Vec<u16>);

impl Default for Days {
    fn default() -> Self {
        Self(vec![1, 3, 7, 14])
    }
}

impl TryFrom<Vec<u16>> for Days {
    type Error = String;

    fn try_from(mut days: Vec<u16>) -> Result<Self, String> {
        days.sort_unstable();
        days.dedup();
        match days.iter().find(|day| !(1..=365).contains(*day)) {
            Some(day) => Err(format!("day {day} is out of reach; count from 1, the day after joining, to 365")),
            None if days.len() > 30 => Err("more than 30 questions are too many for anybody".to_owned()),
            None => Ok(Self(days)),
        }
    }
}

impl From<Days> for Vec<u16> {
    fn from(days: Days) -> Self {
        days.0
    }
}

/// What leads decided about the series.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan<'a> {
    /// The days.
    pub days: &'a Days,
    /// The time of day.
    pub hour: LocalTime,
    /// The community's zone.
    pub zone: &'a TimeZone,
}

/// Where somebody is in the series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// When it began: at their first join.
    pub joined: Timestamp,
    /// The last of the days that is behind them, 0 at the beginning.
    pub behind: u16,
    /// The rooms that they joined and have not left.
    pub rooms: BTreeSet<RoomId>,
    /// Whether they asked for it themselves; taking part then does not end it.
    pub asked: bool,
}

/// What is remembered about somebody's prompts, during the series and after.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// Those they were given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seen: Vec<Prompt>,
    /// The one that waits for an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<Open>,
    /// When the last one was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Timestamp>,
}

/// A prompt that waits for an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    /// Which.
    pub prompt: Prompt,
    /// The message.
    pub key: MessageKey,
    /// When it was sent.
    pub at: Timestamp,
}

const ON_TIME: SignedDuration = SignedDuration::from_hours(1);
const TOO_LATE: SignedDuration = SignedDuration::from_hours(7 * 24);
const ANSWERABLE: SignedDuration = SignedDuration::from_hours(14 * 24);

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_add(by).unwrap_or(Timestamp::MAX)
}

impl Series {
    /// The series of somebody who joined then.
    pub(super) fn new(joined: Timestamp, asked: bool) -> Self {
        Self { joined, behind: 0, rooms: BTreeSet::new(), asked }
    }

    /// When the next prompt is to be sent, `None` where the series is over. `last` is when the one before was.
    pub(super) fn due(&self, last: Option<Timestamp>, plan: &Plan, now: Timestamp) -> Option<Timestamp> {
        let day = plan.days.0.iter().find(|day| **day > self.behind)?;
        let mut due = self.day(*day, plan);
        if let Some(last) = last {
            due = due.max(day_at(last, 1, plan.hour, plan.zone));
        }
        Some(if later(due, ON_TIME) < now { DAYTIME.next(now, plan.zone) } else { due })
    }

    /// Steps over every day that has come, and says from which deck a prompt is to be sent for them, if one is.
    pub(super) fn step(&mut self, plan: &Plan, now: Timestamp) -> Option<Deck> {
        let days = &plan.days.0;
        let first = days.iter().position(|day| *day > self.behind)?;
        let latest = *days[first..].iter().take_while(|day| self.day(**day, plan) <= now).last()?;
        self.behind = latest;
        (later(self.day(latest, plan), TOO_LATE) >= now).then(|| Deck::of_step(first, days.len()))
    }

    /// Whether no day of the series can still come, at `now`.
    pub(super) fn is_over(&self, plan: &Plan, now: Timestamp) -> bool {
        match plan.days.0.last() {
            Some(last) => *last <= self.behind || later(self.day(*last, plan), TOO_LATE) < now,
            None => true,
        }
    }

    fn day(&self, day: u16, plan: &Plan) -> Timestamp {
        day_at(self.joined, day, plan.hour, plan.zone)
    }
}

impl Given {
    /// The prompt that can still be answered.
    pub(super) fn answerable(&self, now: Timestamp) -> Option<&Open> {
        self.open.as_ref().filter(|open| later(open.at, ANSWERABLE) >= now)
    }
}
