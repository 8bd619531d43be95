//! What the key of a row says, and what a row may hold.

use std::fmt;

use serde::{Serialize, de::DeserializeOwned};

use super::{any_table::AnyTable, forget::Forget, part::Part};
use crate::id::UserId;

/// What a row holds.
pub trait Value: Forget + Serialize + DeserializeOwned + Clone + fmt::Debug + Send + Sync + 'static {}

impl<T: Forget + Serialize + DeserializeOwned + Clone + fmt::Debug + Send + Sync + 'static> Value for T {}

/// The key of a row: it knows its table, what a row there holds, and whose it is. Made by [`tables!`](crate::tables).
pub trait Key: Clone + Ord + fmt::Debug + Send + Sync + 'static {
    /// The practice whose table it is.
    type Of: Tables;
    /// What a row holds.
    type Value: Value;
    /// What the key begins with.
    type First: Part;
    /// The table's name.
    const TABLE: &'static str;
    /// Whether the row is its owner's alone, so that nobody else who stands in it is shown it.
    const ALONE: bool;

    /// The scope under whose key the row is sealed, where it is.
    fn scope(&self) -> Option<String>;

    /// Whose the row is, where it is somebody's.
    fn owner(&self) -> Option<&UserId>;

    /// What the key begins with.
    fn first(&self) -> &Self::First;

    /// The least key that begins so.
    fn least(first: &Self::First) -> Self;

    /// Its parts as text.
    fn write(&self) -> Vec<String>;

    /// The key that consists of these parts.
    fn read(parts: &[String]) -> Option<Self>;

    /// How many parts it has.
    fn count() -> usize;
}

/// A practice with its tables. Made by [`tables!`](crate::tables).
pub trait Tables: Sized + 'static {
    /// Its tables, empty.
    fn tables() -> Vec<Box<dyn AnyTable>>;
}
