//! What a practice remembers: tables of rows, each under a typed key. The store writes only the rows that changed.
//!
//! A practice declares its tables with [`tables!`](crate::tables): what each key says, what a row holds, whose it is if it
//! is somebody's, and whether it is sealed. From that follow `my-data` and `forget-me` for all practices at once: a row
//! that is somebody's goes with them, and in all others they are taken out ([`Forget`]).
//!
//! # Sealed rows
//!
//! A sealed row holds what somebody said in confidence: a vote, a note. It belongs to a *scope*: whatever such rows
//! belong to and end with, one ballot, one retrospective. To the practice they are rows like any other. On the disk they
//! are encrypted, key and value, with a random key of the scope's own that lies in a file outside the database; with the
//! last row of a scope that file is destroyed, and with it every copy of the rows, in the database's free pages, its
//! write-ahead log and its backups. So a practice that ends a vote takes all rows of the scope out, in one step with what
//! it publishes.
//!
//! What else a practice must see to, because the store cannot:
//!
//! - Nothing that outlives the scope may say what a sealed row says: no other row, no [`crate::MessageKey`], no entry in
//!   the activity log, and no *order*. What is published is put in an order by [`crate::World::secret_rng`], never by
//!   [`crate::World::rng`], which anybody can repeat who has the pseudonyms' key.
//! - What it tells a person about their sealed row is sent with [`crate::Effect::SendSealed`], and removed from their
//!   direct room with the scope. Such messages have names that are [`drawn`] and lie in the sealed row: a name is kept
//!   beside the room in which the message is, until the message is removed.
//! - `my-data` shows a member every row that is theirs or names them, but of sealed ones only how many there are.

mod any_table;
mod declare;
mod forget;
mod key;
mod part;
mod stored;
mod table;
#[cfg(test)]
mod tests;

use std::{any::TypeId, collections::BTreeMap, fmt, marker::PhantomData};

use crate::id::{RoomId, UserId};
use rand::Rng;

pub use self::{
    any_table::AnyTable,
    forget::{Forget, Trace},
    key::{Key, Tables, Value},
    part::Part,
    stored::{Change, Row, SEALED, scope_of, sealed_key},
    table::Table,
};

/// A name that says nothing, for a message about a sealed row. It must be drawn by [`crate::World::secret_rng`].
pub fn drawn(secret_rng: &mut impl Rng) -> String {
    format!("{:032x}", secret_rng.random::<u128>())
}

/// The rows of a practice.
pub struct Records<P> {
    tables: BTreeMap<TypeId, Box<dyn AnyTable>>,
    /// Whether a table was given out to be changed since [`RecordSet::changes`]. Most events touch no table of most
    /// practices, and none is looked at then.
    dirty: bool,
    practice: PhantomData<fn() -> P>,
}

impl<P: Tables> Default for Records<P> {
    fn default() -> Self {
        let tables = P::tables().into_iter().map(|table| (table.id(), table)).collect();
        Self { tables, dirty: false, practice: PhantomData }
    }
}

impl<P> Clone for Records<P> {
    fn clone(&self) -> Self {
        let tables = self.tables.iter().map(|(id, table)| (*id, table.copy())).collect();
        Self { tables, dirty: self.dirty, practice: PhantomData }
    }
}

impl<P> fmt::Debug for Records<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(self.tables.values().flat_map(|table| table.dump()).map(|row| (row.key, row.json)))
            .finish()
    }
}

impl<P: Tables> Records<P> {
    fn table<K: Key<Of = P>>(&self) -> Option<&Table<K>> {
        self.tables.get(&TypeId::of::<K>())?.as_any().downcast_ref()
    }

    fn table_mut<K: Key<Of = P>>(&mut self) -> Option<&mut Table<K>> {
        self.dirty = true;
        self.tables.get_mut(&TypeId::of::<K>())?.as_any_mut().downcast_mut()
    }

    /// The row under a key.
    pub fn get<K: Key<Of = P>>(&self, key: &K) -> Option<&K::Value> {
        self.table::<K>()?.rows.get(key)
    }

    /// Whether there is a row under a key.
    pub fn has<K: Key<Of = P>>(&self, key: &K) -> bool {
        self.get(key).is_some()
    }

    /// The row under a key, to be changed. Whoever leaves it as it was has changed nothing.
    pub fn get_mut<K: Key<Of = P>>(&mut self, key: &K) -> Option<&mut K::Value> {
        let table = self.table_mut::<K>()?;
        table.lend(key);
        table.rows.get_mut(key)
    }

    /// The row under a key, to be changed; a new one where there is none.
    pub fn get_or_default<K: Key<Of = P>>(&mut self, key: K) -> Option<&mut K::Value>
    where
        K::Value: Default,
    {
        let table = self.table_mut::<K>()?;
        match table.rows.contains_key(&key) {
            true => table.lend(&key),
            false => drop(table.changed.insert(key.clone())),
        }
        Some(table.rows.entry(key).or_default())
    }

    /// Puts a row under a key and gives back what was there.
    pub fn insert<K: Key<Of = P>>(&mut self, key: K, value: K::Value) -> Option<K::Value> {
        let table = self.table_mut::<K>()?;
        table.changed.insert(key.clone());
        table.rows.insert(key, value)
    }

    /// Takes the row under a key out.
    pub fn remove<K: Key<Of = P>>(&mut self, key: &K) -> Option<K::Value> {
        let table = self.table_mut::<K>()?;
        let row = table.rows.remove(key)?;
        table.changed.insert(key.clone());
        Some(row)
    }

    /// Every row of a table, in the order of its keys.
    pub fn all<K: Key<Of = P>>(&self) -> impl Iterator<Item = (&K, &K::Value)> {
        self.table::<K>().into_iter().flat_map(|table| &table.rows)
    }

    /// The rows of a table whose keys begin with `first`, in their order.
    pub fn under<'a, K: Key<Of = P>>(
        &'a self,
        first: &K::First,
    ) -> impl Iterator<Item = (&'a K, &'a K::Value)> + use<'a, K, P> {
        let (from, first) = (K::least(first), first.clone());
        let rows = self.table::<K>().into_iter().flat_map(move |table| table.rows.range(from.clone()..));
        rows.take_while(move |(key, _)| *key.first() == first)
    }

    /// The rows of a table from a key on, in their order.
    pub fn from<'a, K: Key<Of = P>>(&'a self, key: &K) -> impl Iterator<Item = (&'a K, &'a K::Value)> + use<'a, K, P> {
        let key = key.clone();
        self.table::<K>().into_iter().flat_map(move |table| table.rows.range(key.clone()..))
    }

    /// The keys of the rows that fit.
    pub fn keys<K: Key<Of = P>>(&self, fits: impl Fn(&K, &K::Value) -> bool) -> Vec<K> {
        self.all::<K>().filter(|(key, row)| fits(key, row)).map(|(key, _)| key.clone()).collect()
    }

    /// Takes out every row of a table that `keep` does not want kept.
    pub fn retain<K: Key<Of = P>>(&mut self, keep: impl Fn(&K, &K::Value) -> bool) {
        for key in self.keys::<K>(|key, row| !keep(key, row)) {
            self.remove(&key);
        }
    }

    /// The rows of a table that have just gone with their owner, for whoever is told with [`crate::Event::Forgotten`].
    pub fn gone<K: Key<Of = P>>(&self) -> Vec<K> {
        self.gone_rows::<K>().map(|(key, _)| key.clone()).collect()
    }

    /// The same with what was in them, for what they left elsewhere.
    pub fn gone_rows<K: Key<Of = P>>(&self) -> impl Iterator<Item = &(K, K::Value)> {
        self.table::<K>().into_iter().flat_map(|table| &table.gone)
    }

    /// The rows of a table out of which somebody has just been taken, and which stay.
    pub fn touched<K: Key<Of = P>>(&self) -> Vec<K> {
        self.table::<K>().map(|table| table.touched.clone()).unwrap_or_default()
    }
}

/// The rows of a practice without its types, for the engine.
pub trait RecordSet: Default + Send {
    /// The rows that a store kept and that can be read; beside them the keys of those that cannot, and why.
    fn load_readable(rows: Vec<(String, String)>) -> (Self, Vec<(String, serde_json::Error)>);

    /// Whether anything changed since the last [`Self::changes`].
    fn is_changed(&self) -> bool;

    /// What changed since the last time, for the store.
    fn changes(&mut self) -> Vec<Change>;

    /// Every row.
    fn dump(&self) -> Vec<Row>;

    /// A room was replaced by another.
    ///
    /// # Errors
    /// The key of a row that cannot be read with the new id, and why. It stays as it was.
    fn move_room(&mut self, from: &RoomId, to: &RoomId) -> Result<(), (String, serde_json::Error)>;

    /// Takes somebody out of every row, and every row of theirs.
    fn forget(&mut self, who: &UserId);

    /// Whether there is a row under a stored key.
    fn has_stored(&self, key: &str) -> bool;
}

impl<P: Tables> RecordSet for Records<P> {
    fn load_readable(rows: Vec<(String, String)>) -> (Self, Vec<(String, serde_json::Error)>) {
        // A row that is written differently is a change.
        let mut records = Self { dirty: true, ..Self::default() };
        let mut unread = Vec::new();
        for (key, json) in rows {
            let table = records.tables.values_mut().find(|table| table.owns(&key));
            let unknown = || Err(serde::de::Error::custom("there is no such table"));
            if let Err(error) = table.map_or_else(unknown, |table| table.load(&key, &json)) {
                unread.push((key, error));
            }
        }
        (records, unread)
    }

    fn is_changed(&self) -> bool {
        self.dirty && self.tables.values().any(|table| table.is_changed())
    }

    fn changes(&mut self) -> Vec<Change> {
        if !std::mem::take(&mut self.dirty) {
            return Vec::new();
        }
        let mut all: Vec<Change> = self.tables.values_mut().flat_map(|table| table.changes()).collect();
        // The order of tables in memory says nothing and differs from build to build.
        all.sort();
        all
    }

    fn dump(&self) -> Vec<Row> {
        let mut all: Vec<Row> = self.tables.values().flat_map(|table| table.dump()).collect();
        all.sort_by(|one, other| one.key.cmp(&other.key));
        all
    }

    fn move_room(&mut self, from: &RoomId, to: &RoomId) -> Result<(), (String, serde_json::Error)> {
        self.dirty = true;
        let failed: Vec<_> = self.tables.values_mut().filter_map(|table| table.move_room(from, to).err()).collect();
        failed.into_iter().next().map_or(Ok(()), Err)
    }

    fn forget(&mut self, who: &UserId) {
        self.dirty = true;
        self.tables.values_mut().for_each(|table| table.forget(who));
    }

    fn has_stored(&self, key: &str) -> bool {
        self.tables.values().any(|table| table.has_stored(key))
    }
}
