//! A practice's memory: serde records under keys of its own. The store writes only those that changed.
//!
//! # Sealed records
//!
//! A record whose key begins with `sealed/<vessel>/` (see [`sealed_key`]) holds what somebody said in confidence: a
//! vote, a note. A *vessel* is whatever such records belong to and end with: one ballot, one retrospective. To the
//! practice they are records like any other. On the disk they are encrypted, key and value, with a random key of the
//! vessel's own that lies in a file outside the database; with the last record of a vessel that file is destroyed, and
//! with it every copy of the records, in the database's free pages, its write-ahead log and its backups. So a practice
//! that ends a vote takes all records of the vessel out, in one step with what it publishes.
//!
//! What else a practice must see to, because the store cannot:
//!
//! - Nothing that outlives the vessel may say what a sealed record says: no other record, no [`crate::MessageKey`], no
//!   row in the activity log, and no *order*. What is published is put in an order by [`crate::World::lots`], never by
//!   [`crate::World::rng`], which anybody can repeat who has the pseudonyms' key.
//! - What it tells a person about their sealed record is sent with [`crate::Effect::sealed`], and removed from their
//!   direct room with the vessel. Such messages have names that are [`drawn`] and lie in the sealed record: a name is
//!   kept beside the room in which the message is, until the message is removed.
//! - `my-data` shows a member every record in whose key or value they are named, but of sealed ones only how many there
//!   are; `forget-me` asks the practice to take theirs out, as always.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Bound,
};

use rand::Rng;
use serde::{Serialize, de::DeserializeOwned};

/// A practice's records, in key order.
#[derive(Clone, Debug)]
pub struct Records<R> {
    rows: BTreeMap<String, R>,
    changed: BTreeSet<String>,
}

impl<R> Default for Records<R> {
    fn default() -> Self {
        Self { rows: BTreeMap::new(), changed: BTreeSet::new() }
    }
}

/// What the keys of sealed records begin with.
pub const SEALED: &str = "sealed/";

/// The key of a sealed record. Neither part is readable on the disk but the vessel's name, which holds no `/`.
pub fn sealed_key(vessel: &str, rest: impl std::fmt::Display) -> String {
    format!("{SEALED}{vessel}/{rest}")
}

/// The vessel of a sealed record, or `None` for any other.
pub fn vessel_of(key: &str) -> Option<&str> {
    let (vessel, rest) = key.strip_prefix(SEALED)?.split_once('/')?;
    (!vessel.is_empty() && !rest.is_empty()).then_some(vessel)
}

/// A name that says nothing, for a message about a sealed record. It must be drawn by [`crate::World::lots`].
pub fn drawn(lots: &mut impl Rng) -> String {
    format!("{:032x}", lots.random::<u128>())
}

/// A row as the store keeps it: key, and JSON or `None` where the record is gone.
pub type Change = (String, Option<String>);

impl<R> Records<R> {
    /// The record under `key`.
    pub fn get(&self, key: &str) -> Option<&R> {
        self.rows.get(key)
    }

    /// The record under `key`, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut R> {
        let record = self.rows.get_mut(key)?;
        self.changed.insert(key.to_owned());
        Some(record)
    }

    /// Puts a record under `key` and gives back what was there.
    pub fn insert(&mut self, key: impl Into<String>, record: R) -> Option<R> {
        let key = key.into();
        self.changed.insert(key.clone());
        self.rows.insert(key, record)
    }

    /// Takes the record under `key` out.
    pub fn remove(&mut self, key: &str) -> Option<R> {
        let record = self.rows.remove(key)?;
        self.changed.insert(key.to_owned());
        Some(record)
    }

    /// Every record, in key order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &R)> {
        self.rows.iter().map(|(key, record)| (key.as_str(), record))
    }

    /// The records whose keys begin with `prefix`, in key order.
    pub fn under<'a, 'p>(&'a self, prefix: &'p str) -> impl Iterator<Item = (&'a str, &'a R)> + use<'a, 'p, R> {
        let from: (Bound<&str>, Bound<&str>) = (Bound::Included(prefix), Bound::Unbounded);
        self.rows
            .range::<str, _>(from)
            .map(|(key, record)| (key.as_str(), record))
            .take_while(move |(key, _)| key.starts_with(prefix))
    }

    /// Takes out every record that `keep` does not want kept.
    pub fn retain(&mut self, mut keep: impl FnMut(&str, &R) -> bool) {
        let gone: Vec<String> =
            self.rows.iter().filter(|(key, record)| !keep(key, record)).map(|(key, _)| key.clone()).collect();
        for key in gone {
            self.remove(&key);
        }
    }
}

impl<R: Serialize + DeserializeOwned> Records<R> {
    /// The records that a store kept.
    ///
    /// # Errors
    /// The key of a row that does not hold such a record, and why.
    pub fn load(rows: impl IntoIterator<Item = (String, String)>) -> Result<Self, (String, serde_json::Error)> {
        let mut records = Self::default();
        for (key, json) in rows {
            match serde_json::from_str(&json) {
                Ok(record) => records.rows.insert(key, record),
                Err(error) => return Err((key, error)),
            };
        }
        Ok(records)
    }

    /// The records that a store kept and that can be read; beside them the keys of those that cannot, and why.
    pub fn load_readable(rows: impl IntoIterator<Item = (String, String)>) -> (Self, Vec<(String, serde_json::Error)>) {
        let mut records = Self::default();
        let mut unread = Vec::new();
        for (key, json) in rows {
            match serde_json::from_str(&json) {
                Ok(record) => drop(records.rows.insert(key, record)),
                Err(error) => unread.push((key, error)),
            }
        }
        (records, unread)
    }

    /// Whether anything changed since the last [`Self::changes`].
    pub fn is_changed(&self) -> bool {
        !self.changed.is_empty()
    }

    /// What changed since the last time, for the store.
    pub fn changes(&mut self) -> Vec<Change> {
        let json = |record: &R| serde_json::to_string(record).unwrap_or_default();
        std::mem::take(&mut self.changed)
            .into_iter()
            .map(|key| {
                let row = self.rows.get(&key).map(json);
                (key, row)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_is_written() {
        let mut records = Records::<u32>::load([("a".into(), "1".into()), ("b".into(), "2".into())]).unwrap();
        assert!(!records.is_changed());
        *records.get_mut("b").unwrap() = 3;
        records.insert("c", 4);
        records.remove("a");
        records.remove("never there");
        assert_eq!(
            records.changes(),
            [("a".into(), None), ("b".into(), Some("3".into())), ("c".into(), Some("4".into()))]
        );
        assert!(records.changes().is_empty());
    }

    #[test]
    fn records_are_found_by_the_beginning_of_their_key() {
        let mut records = Records::default();
        for key in ["poll/1", "poll/1/vote", "poll/2", "q"] {
            records.insert(key, ());
        }
        assert_eq!(records.under("poll/1").map(|(key, ())| key).collect::<Vec<_>>(), ["poll/1", "poll/1/vote"]);
        records.retain(|key, ()| !key.starts_with("poll/"));
        assert_eq!(records.iter().count(), 1);
    }

    #[test]
    fn a_sealed_record_says_which_vessel_it_is_in() {
        assert_eq!(vessel_of(&sealed_key("retro-7", "note/@ana:t")), Some("retro-7"));
        for key in ["retro/7", "sealed/", "sealed/7", "sealed/7/", "sealed//x"] {
            assert_eq!(vessel_of(key), None, "{key}");
        }
    }

    #[test]
    fn a_row_that_does_not_fit_is_named() {
        assert_eq!(Records::<u32>::load([("a".into(), "\"x\"".into())]).unwrap_err().0, "a");
    }
}
