//! Records under hand-made keys.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Bound,
};

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    id::{RoomId, UserId},
    moving::{move_value, moved_key},
    records::{Change, RecordSet, Row},
};

/// A practice's records, in key order.
#[derive(Clone, Debug)]
pub struct Loose<R> {
    rows: BTreeMap<String, R>,
    changed: BTreeSet<String>,
}

impl<R> Default for Loose<R> {
    fn default() -> Self {
        Self { rows: BTreeMap::new(), changed: BTreeSet::new() }
    }
}

impl<R> Loose<R> {
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

impl<R: Serialize + DeserializeOwned> Loose<R> {
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
}

impl<R: Serialize + DeserializeOwned + Send> RecordSet for Loose<R> {
    fn load_readable(rows: Vec<(String, String)>) -> (Self, Vec<(String, serde_json::Error)>) {
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

    fn is_changed(&self) -> bool {
        !self.changed.is_empty()
    }

    fn changes(&mut self) -> Vec<Change> {
        let json = |record: &R| serde_json::to_string(record).unwrap_or_default();
        std::mem::take(&mut self.changed)
            .into_iter()
            .map(|key| {
                let row = self.rows.get(&key).map(json);
                (key, row)
            })
            .collect()
    }

    fn dump(&self) -> Vec<Row> {
        let row = |(key, record): (&str, &R)| Row {
            table: "",
            key: key.to_owned(),
            json: serde_json::to_value(record).unwrap_or_default(),
            owner: None,
            alone: false,
        };
        self.iter().map(row).collect()
    }

    fn move_room(&mut self, from: &RoomId, to: &RoomId) -> Result<(), (String, serde_json::Error)> {
        let mut failed = None;
        for Row { key, json: mut value, .. } in self.dump() {
            let moved = move_value(&mut value, from, to);
            let new_key = moved_key(&key, from, to);
            if !moved && new_key.is_none() {
                continue;
            }
            match serde_json::from_value(value) {
                Ok(record) => {
                    if new_key.is_some() {
                        self.remove(&key);
                    }
                    self.insert(new_key.unwrap_or(key), record);
                }
                Err(error) => failed = Some((key, error)),
            }
        }
        failed.map_or(Ok(()), Err)
    }

    fn forget(&mut self, _: &UserId) {}

    fn has_stored(&self, key: &str) -> bool {
        self.rows.contains_key(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_is_written() {
        let mut records = Loose::<u32>::load([("a".into(), "1".into()), ("b".into(), "2".into())]).unwrap();
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
        let mut records = Loose::default();
        for key in ["poll/1", "poll/1/vote", "poll/2", "q"] {
            records.insert(key, ());
        }
        assert_eq!(records.under("poll/1").map(|(key, ())| key).collect::<Vec<_>>(), ["poll/1", "poll/1/vote"]);
        records.retain(|key, ()| !key.starts_with("poll/"));
        assert_eq!(records.iter().count(), 1);
    }

    #[test]
    fn a_row_that_does_not_fit_is_named() {
        assert_eq!(Loose::<u32>::load([("a".into(), "\"x\"".into())]).unwrap_err().0, "a");
    }
}
