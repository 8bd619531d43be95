//! What is remembered of a time that is looked for.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::{
    EventId, MessageKey, RoomId, Span, UserId,
    choosing::ShownCount,
    forget,
    records::{Forget, Trace},
    schedule::Rhythm,
};

/// How long a result waits for being adopted.
pub const RESULT_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How many times there can be to choose from: more are more than anybody compares, or taps.
pub const MOST_TIMES: usize = 8;

/// A time that is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Find {
    /// Its number in the community.
    pub id: u32,
    /// What the series will be called.
    pub name: String,
    /// The times to choose from; their numbers are their places, from 1.
    pub times: Vec<Rhythm>,
    /// In which zone they are meant, as IANA names it.
    pub zone: String,
    /// In which zones they are shown, too.
    pub zones: Vec<String>,
    /// Where people will call in.
    pub link: Option<String>,
    /// How long a meeting will be.
    pub length: Span,
    /// Its room.
    pub room: RoomId,
    /// Who asked.
    pub by: Option<UserId>,
    /// With which command.
    pub event: EventId,
    /// Where it stands.
    pub stage: Stage,
}

forget!(Find: by, stage; id, name, times, zone, zones, link, length, room, event);

/// Where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// People mark what suits them.
    Open {
        /// Until when.
        closes: Timestamp,
        /// Who can when.
        marks: BTreeMap<UserId, Marks>,
        /// The count on the card.
        count: ShownCount,
        /// Whether the times stand under the card as buttons.
        offered: bool,
    },
    /// It is over: how many can when.
    Closed {
        /// Since when.
        at: Timestamp,
        /// How many can at each time.
        counts: Vec<u64>,
    },
}

impl Forget for Stage {
    fn forget(&mut self, who: &UserId) -> Trace {
        let Self::Open { marks, count, .. } = self else { return Trace::None };
        let trace = marks.forget(who);
        if trace != Trace::None {
            count.fall_behind();
        }
        trace
    }
}

/// When somebody can: by their reactions, and by what they said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// The times of their reactions.
    pub reacted: BTreeMap<EventId, usize>,
    /// The times that they named.
    pub said: BTreeSet<usize>,
}

forget!(Marks; reacted, said);

impl Marks {
    /// The times, each once.
    pub fn times(&self) -> BTreeSet<usize> {
        self.reacted.values().chain(&self.said).copied().collect()
    }
}

impl Find {
    /// The practice's name for its card.
    pub fn card(&self) -> MessageKey {
        MessageKey::from(format!("find/{}", self.id))
    }

    /// The zone in which its times are meant.
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }

    /// When something is to be done about it.
    pub fn due(&self) -> Timestamp {
        match &self.stage {
            Stage::Open { closes, count, .. } => count.due().map_or(*closes, |due| due.min(*closes)),
            Stage::Closed { at, .. } => at.saturating_add(RESULT_KEPT).unwrap_or(Timestamp::MAX),
        }
    }

    /// How many can at each time, and how many said anything.
    pub fn counts(&self) -> (Vec<u64>, u64) {
        let mut counts = vec![0; self.times.len()];
        let mut people = 0;
        match &self.stage {
            Stage::Open { marks, .. } => {
                for times in marks.values().map(Marks::times).filter(|times| !times.is_empty()) {
                    people += 1;
                    for time in times {
                        if let Some(count) = time.checked_sub(1).and_then(|place| counts.get_mut(place)) {
                            *count += 1;
                        }
                    }
                }
            }
            Stage::Closed { counts: closed, .. } => counts.clone_from(closed),
        }
        (counts, people)
    }

    /// Whether people can mark what suits them.
    pub fn is_open(&self) -> bool {
        matches!(self.stage, Stage::Open { .. })
    }
}

/// The times that suit most, by number, the first of them first; none where nobody can at all.
pub fn best(counts: &[u64]) -> Vec<usize> {
    let most = counts.iter().copied().max().unwrap_or(0);
    (1..).zip(counts).filter(|(_, count)| most > 0 && **count == most).map(|(number, _)| number).collect()
}

/// The number that a reaction means which is one: cards of an earlier Hearth had numbers to react with.
pub fn number_of(with: &str) -> Option<usize> {
    match with.trim() {
        "🔟" => Some(10),
        sign => sign.trim_end_matches(['\u{20e3}', '\u{fe0f}']).parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_people_react_with_are_numbers() {
        for (with, number) in [("1\u{fe0f}\u{20e3}", 1), ("3\u{20e3}", 3), ("3", 3), ("🔟", 10)] {
            assert_eq!(number_of(with), Some(number), "{with}");
        }
        assert_eq!(number_of("👍"), None);
    }

    #[test]
    fn equals_are_all_best_and_nothing_is_none() {
        assert_eq!(best(&[1, 3, 0, 3]), [2, 4]);
        assert!(best(&[0, 0]).is_empty());
    }
}
