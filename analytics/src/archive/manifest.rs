//! What an archive says of itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use strum::IntoEnumIterator as _;

use crate::{
    acts::{Before, Stamp},
    facts::Table,
};

/// What an archive was made under; under others it is made anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Conditions {
    pub layout: u32,
    pub community: String,
    /// The zone in which its months begin and end.
    pub zone: String,
    pub stamp: Stamp,
}

/// What an archive holds and under which conditions it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub conditions: Conditions,
    /// The first millisecond that is not in it.
    pub until: i64,
    /// From this id on the database is read: the least among the rows since `until`.
    pub tail: i64,
    /// The rows of any kind that the database had before that id.
    pub before: Before,
    /// How many rows from there on lie before the end of the 72 hours after `until`: when it is another number, some came
    /// late.
    pub settled: i64,
    /// The months, oldest first.
    pub months: Vec<Kept>,
}

/// What is kept of a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    pub month: i32,
    /// How many rows each of its files has, and its checksum; by the names of their tables.
    pub tables: BTreeMap<String, (usize, u32)>,
}

impl Kept {
    /// Nothing yet.
    pub fn of(month: i32) -> Self {
        Self { month, tables: BTreeMap::new() }
    }

    /// Lets go of the tables that say how things stand at its end, and gives them, where there are any.
    pub fn without_states(&mut self) -> Option<Self> {
        let is_state = |name: &str| Table::iter().any(|table| table.is_state() && table.name() == name);
        let (old, tables) = std::mem::take(&mut self.tables).into_iter().partition(|(name, _)| is_state(name));
        self.tables = tables;
        Some(Self { month: self.month, tables: old }).filter(|old| !old.tables.is_empty())
    }

    /// How many rows it has in a table.
    pub fn rows(&self, table: Table) -> usize {
        self.tables.get(table.name()).map_or(0, |(rows, _)| *rows)
    }

    /// Whether it has rows in a table.
    pub fn has(&self, table: Table) -> bool {
        self.tables.contains_key(table.name())
    }
}
