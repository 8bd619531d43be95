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

pub use crate::published::{Cell, Quarter, QuarterError, Released, grid};

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
    /// What it says of a measure, where it says anything.
    pub fn value(&self, measure: &str) -> Option<Released> {
        self.measures.get(measure).and_then(|cell| cell.value)
    }
}
