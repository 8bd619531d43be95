//! One table: its rows, and which of them changed.

use std::{
    any::{Any, TypeId},
    collections::{BTreeMap, BTreeSet},
};

use serde_json::{Error, Value};

use super::{
    any_table::AnyTable,
    forget::{Forget as _, Trace},
    key::Key,
    part::Part as _,
    stored::{Change, Row, SEALED},
};
use crate::{
    id::{RoomId, UserId},
    moving::move_value,
};

/// The rows of one table.
#[derive(Clone, Debug)]
pub struct Table<K: Key> {
    pub(super) rows: BTreeMap<K, K::Value>,
    pub(super) changed: BTreeSet<K>,
    /// Rows that were given out to be changed, and what was in them before.
    lent: BTreeMap<K, String>,
    /// The rows that have just gone with their owner.
    pub(super) gone: Vec<(K, K::Value)>,
    /// The rows that have just lost somebody, and stay.
    pub(super) touched: Vec<K>,
    /// Under which keys rows were stored that are written differently, so that no row is stored twice.
    misspelt: Vec<String>,
}

impl<K: Key> Default for Table<K> {
    fn default() -> Self {
        Self {
            rows: BTreeMap::new(),
            changed: BTreeSet::new(),
            lent: BTreeMap::new(),
            gone: Vec::new(),
            touched: Vec::new(),
            misspelt: Vec::new(),
        }
    }
}

impl<K: Key> Table<K> {
    /// An empty one, without its types.
    pub fn boxed() -> Box<dyn AnyTable> {
        Box::new(Self::default())
    }

    /// Notes what is in a row before somebody may change it.
    pub(super) fn lend(&mut self, key: &K) {
        if !self.changed.contains(key) && !self.lent.contains_key(key) {
            self.lent.extend(self.json(key).map(|json| (key.clone(), json)));
        }
    }

    fn json(&self, key: &K) -> Option<String> {
        self.rows.get(key).map(|row| serde_json::to_string(row).unwrap_or_default())
    }
}

/// The key under which a row is stored.
fn stored<K: Key>(key: &K) -> String {
    let mut path = key.scope().map(|scope| format!("{SEALED}{scope}/")).unwrap_or_default();
    path.push_str(K::TABLE);
    for part in key.write() {
        path.push('/');
        path.push_str(&part);
    }
    path
}

/// The key that is stored so, where it is of this table.
fn read<K: Key>(stored: &str) -> Option<K> {
    let path = match stored.strip_prefix(SEALED) {
        Some(sealed) => sealed.split_once('/')?.1,
        None => stored,
    };
    let rest = path.strip_prefix(K::TABLE)?;
    let parts: Vec<String> = match rest.strip_prefix('/') {
        // The last part may hold a `/` that was written as it is, before such were escaped.
        Some(rest) => rest.splitn(K::count(), '/').map(str::to_owned).collect(),
        None if rest.is_empty() => Vec::new(),
        None => return None,
    };
    if parts.len() != K::count() {
        return None;
    }
    let key = K::read(&parts)?;
    (key.scope().is_some() == stored.starts_with(SEALED)).then_some(key)
}

/// Reads what a row holds. Once a row said beside its value of which kind it is.
fn value<K: Key>(json: &str) -> Result<K::Value, Error> {
    let error = match serde_json::from_str(json) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    let inner = match serde_json::from_str(json)? {
        Value::Object(fields) if fields.len() == 1 => fields.into_values().next(),
        Value::String(_) => Some(Value::Null),
        _ => None,
    };
    inner.and_then(|inner| serde_json::from_value(inner).ok()).ok_or(error)
}

impl<K: Key> AnyTable for Table<K> {
    fn id(&self) -> TypeId {
        TypeId::of::<K>()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }

    fn copy(&self) -> Box<dyn AnyTable> {
        Box::new(self.clone())
    }

    fn name(&self) -> &'static str {
        K::TABLE
    }

    fn owns(&self, stored: &str) -> bool {
        read::<K>(stored).is_some()
    }

    fn has_stored(&self, stored: &str) -> bool {
        read::<K>(stored).is_some_and(|key| self.rows.contains_key(&key))
    }

    fn load(&mut self, key: &str, json: &str) -> Result<(), Error> {
        let row = read::<K>(key).ok_or_else(|| serde::de::Error::custom("there is no such table"))?;
        let value = value::<K>(json)?;
        // `round/000002` is written `round/2`.
        if stored(&row) != key {
            self.misspelt.push(key.to_owned());
            self.changed.insert(row.clone());
        }
        self.rows.insert(row, value);
        Ok(())
    }

    fn is_changed(&self) -> bool {
        !self.changed.is_empty() || self.lent.iter().any(|(key, before)| self.json(key).as_ref() != Some(before))
    }

    fn changes(&mut self) -> Vec<Change> {
        self.gone.clear();
        self.touched.clear();
        let mut changed = std::mem::take(&mut self.changed);
        let lent = std::mem::take(&mut self.lent);
        let differs = |(key, before): &(K, String)| self.json(key).as_ref() != Some(before);
        changed.extend(lent.into_iter().filter(differs).map(|(key, _)| key));
        let misspelt = std::mem::take(&mut self.misspelt).into_iter().map(|key| (key, None));
        let change = |key: K| (stored(&key), self.json(&key));
        misspelt.chain(changed.into_iter().map(change)).collect()
    }

    fn dump(&self) -> Vec<Row> {
        let row = |(key, value): (&K, &K::Value)| Row {
            table: K::TABLE,
            key: stored(key),
            json: serde_json::to_value(value).unwrap_or_default(),
            owner: key.owner().cloned(),
            alone: K::ALONE,
        };
        self.rows.iter().map(row).collect()
    }

    fn move_room(&mut self, from: &RoomId, to: &RoomId) -> Result<(), (String, Error)> {
        let mut failed = None;
        for row in self.dump() {
            let (Some(key), mut json) = (read::<K>(&row.key), row.json) else { continue };
            let moved = move_value(&mut json, from, to);
            let parts = key.write();
            let part = |part: &String| if *part == from.write() { to.write() } else { part.clone() };
            let new: Vec<String> = parts.iter().map(part).collect();
            let new = if new == parts { None } else { K::read(&new) };
            if !moved && new.is_none() {
                continue;
            }
            match serde_json::from_value(json) {
                Ok(value) => {
                    if new.is_some() {
                        self.rows.remove(&key);
                        self.changed.insert(key.clone());
                    }
                    let key = new.unwrap_or(key);
                    self.changed.insert(key.clone());
                    self.rows.insert(key, value);
                }
                Err(error) => failed = Some((row.key, error)),
            }
        }
        failed.map_or(Ok(()), Err)
    }

    fn forget(&mut self, who: &UserId) {
        self.gone.clear();
        self.touched.clear();
        let (changed, gone, touched) = (&mut self.changed, &mut self.gone, &mut self.touched);
        self.rows.retain(|key, row| {
            // A row is about whoever stands in its key, whose ever it is.
            let theirs = key.owner() == Some(who) || key.write().contains(&who.write());
            let trace = if theirs { Trace::Whole } else { row.forget(who) };
            if trace != Trace::None {
                changed.insert(key.clone());
            }
            match trace {
                Trace::Whole => gone.push((key.clone(), row.clone())),
                Trace::Out => touched.push(key.clone()),
                Trace::None => {}
            }
            trace != Trace::Whole
        });
    }
}
