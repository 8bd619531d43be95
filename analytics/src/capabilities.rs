//! What the sources of a month's rows can know.

use std::collections::{BTreeMap, BTreeSet};

use hearth_shared::activity::{Capabilities, Capability};

/// Rows of one source in one room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heard {
    /// The room.
    pub room: i32,
    /// The source.
    pub source: i32,
    /// Whether some of them are in the month's first 72 hours.
    pub early: bool,
}

/// What sources can know, as months go by.
#[derive(Debug)]
pub(crate) struct CapabilityTracker<'a> {
    sources: &'a BTreeMap<i32, Capabilities>,
    seen: BTreeSet<i32>,
}

impl<'a> CapabilityTracker<'a> {
    pub(crate) fn new(sources: &'a BTreeMap<i32, Capabilities>) -> Self {
        Self { sources, seen: BTreeSet::new() }
    }

    /// What the sources of the next month's rows, and of the answers to them, can know; of joins: of all rows so far.
    pub(crate) fn next(&mut self, heard: &[Heard], answering: &[Heard]) -> Capabilities {
        let of = |source: &i32| self.sources.get(source).copied().unwrap_or_default();
        let every = |sources: &BTreeSet<i32>| sources.iter().map(of).fold(Capabilities::all(), Capabilities::and);
        self.seen.extend(heard.iter().map(|heard| heard.source));
        let now: BTreeSet<i32> = heard.iter().chain(answering).map(|heard| heard.source).collect();
        let here = if now.is_empty() { every(&self.seen) } else { every(&now) };
        let ever = every(&self.seen);
        here.iter().filter(|capability| *capability != Capability::Joins || ever.has(Capability::Joins)).collect()
    }
}
