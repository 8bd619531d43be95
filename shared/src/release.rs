//! What a month's report said, as data: the only thing about people that leaves the worker.
//!
//! A number leaves on a coarse grid ([`Released`]), once, in a release that is written at the month's end and three days
//! and never made again. So whoever holds everything that was ever published cannot work out how much one person wrote,
//! and what people take back later (an opt-out, an erasure) shows in no earlier month. Which number may leave depends on
//! how many people it is about, never on its value; that is decided in the crate `hearth-release`. The page, the room's
//! words and the comparisons of later months are made of releases alone.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{month::Month, report::Figure};

pub use crate::published::{Cell, Hours, Quarter, QuarterError, Released, grid};

/// The version of a release's file that this build writes.
pub const VERSION: u32 = 1;

/// One community's month, or one of its rooms', as it was published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Release {
    /// [`VERSION`] of the writer.
    pub version: u32,
    /// The community's name.
    pub community: String,
    /// The room that it is about, where it is not about the whole community.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<String>,
    /// The month.
    pub month: Month,
    /// The IANA name of the zone in which the month was cut.
    pub timezone: String,
    /// The day of the log's last entry, where it lies more than three days before the month's end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log_ends: Option<Date>,
    /// How many of the month's hours the log was being written in; `None` where its source does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// How many times rooms that existed already had come into view by the month's end. Months of different scopes are
    /// not compared.
    pub scope: u64,
    /// SHA-256, in hexadecimal, of the file of the release before, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What the sources of the log can know: capability → known.
    pub source: BTreeMap<String, bool>,
    /// Every measure, by id.
    pub measures: BTreeMap<String, Cell>,
    /// The data of pictures that are about this month alone, by id.
    pub figures: BTreeMap<String, Figure>,
    /// What happened in the month that deserves a mark in pictures, by [`event_id`](crate::report::event_id).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<String>,
    /// Its rooms in which somebody wrote, by name; empty in a room's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rooms: Vec<RoomCells>,
}

/// What is said of a room beside its community.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoomCells {
    /// Its name.
    pub name: String,
    /// Every measure that rooms have, by id.
    pub measures: BTreeMap<String, Cell>,
}

impl Release {
    /// A community's month of which nothing is said yet.
    pub fn empty(community: &str, month: Month, timezone: &str) -> Self {
        Self {
            version: VERSION,
            community: community.to_owned(),
            room: None,
            month,
            timezone: timezone.to_owned(),
            log_ends: None,
            hours: None,
            scope: 0,
            before: None,
            source: BTreeMap::new(),
            measures: BTreeMap::new(),
            figures: BTreeMap::new(),
            events: Vec::new(),
            rooms: Vec::new(),
        }
    }

    /// Whether its numbers may be compared with those of other months: the log was being written nearly all the time.
    pub fn is_whole(&self) -> bool {
        !self.hours.is_some_and(Hours::are_too_few)
    }

    /// What it says of a measure, where it says anything.
    pub fn value(&self, measure: &str) -> Option<Released> {
        self.measures.get(measure).and_then(|cell| cell.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_whole_up_to_one_unknown_hour_of_twenty() {
        let mut release = Release::empty("Potters", "2026-10".parse().unwrap(), "UTC");
        assert!(release.is_whole(), "a source without heartbeats does not say");
        for (unknown, whole) in [(0, true), (37, true), (38, false), (744, false)] {
            release.hours = Some(Hours { all: 744, unknown });
            assert_eq!(release.is_whole(), whole, "{unknown}");
        }
    }
}
