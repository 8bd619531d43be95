//! A table without its types: what the rows of a practice are made of.

use std::any::{Any, TypeId};

use serde_json::Error;

use super::stored::{Change, Row};
use crate::id::{RoomId, UserId};

/// A table without its types.
pub trait AnyTable: Send + Sync {
    /// The type of its keys.
    fn id(&self) -> TypeId;
    /// Itself.
    fn as_any(&self) -> &dyn Any;
    /// Itself, to be changed.
    fn as_any_mut(&mut self) -> &mut dyn Any;
    /// A copy.
    fn copy(&self) -> Box<dyn AnyTable>;
    /// Its name.
    fn name(&self) -> &'static str;
    /// Whether a stored key is of this table.
    fn owns(&self, stored: &str) -> bool;
    /// Whether there is a row under a stored key.
    fn has_stored(&self, stored: &str) -> bool;
    /// Takes over a row that a store kept.
    ///
    /// # Errors
    /// Where it does not hold what rows of this table hold.
    fn load(&mut self, stored: &str, json: &str) -> Result<(), Error>;
    /// See [`super::RecordSet::is_changed`].
    fn is_changed(&self) -> bool;
    /// See [`super::RecordSet::changes`].
    fn changes(&mut self) -> Vec<Change>;
    /// See [`super::RecordSet::dump`].
    fn dump(&self) -> Vec<Row>;
    /// See [`super::RecordSet::move_room`].
    ///
    /// # Errors
    /// See there.
    fn move_room(&mut self, from: &RoomId, to: &RoomId) -> Result<(), (String, Error)>;
    /// See [`super::RecordSet::forget`].
    fn forget(&mut self, who: &UserId);
}
