//! What caused something.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::Presence;

/// What caused something, as text: what makes transaction ids and seeds the same when it is replayed.
pub(super) struct Cause<'a> {
    /// What the transaction ids of its messages begin with.
    pub id: &'a str,
    /// What the rows it leaves in the log are known by.
    pub log: &'a str,
    /// When it came about, as a server says.
    pub at: Timestamp,
    /// When it is taken.
    pub now: Timestamp,
    /// Where its author is. The passing of time has none.
    pub present: &'a Presence,
    /// Whether somebody waits for what comes of it.
    pub awaited: bool,
}

/// Where nobody is.
pub(super) static NOWHERE: Presence = Presence { rooms: BTreeSet::new(), named: BTreeSet::new() };

impl<'a> Cause<'a> {
    pub fn new(id: &'a str, at: Timestamp, now: Timestamp) -> Self {
        Self { id, log: id, at, now, present: &NOWHERE, awaited: false }
    }

    /// The same, with what is known of its author.
    pub fn of(self, present: &'a Presence) -> Self {
        Self { present, ..self }
    }
}
