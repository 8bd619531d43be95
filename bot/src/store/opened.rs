//! The open database, and what is known of it while it is open.

use rusqlite::Connection;

use super::{keyed::Names, later::Later, vault::Vault};

/// The open database. There is one writer: whoever holds it.
#[derive(Debug)]
pub struct Store {
    pub(super) db: Connection,
    pub(super) vault: Vault,
    pub(super) names: Names,
    /// See [`Self::outbox_turn`].
    pub(super) turn: u64,
    /// Sealed rows that nobody can open any more: scope and name.
    pub(super) lost: Vec<(String, Vec<u8>)>,
    /// What a later copy of this memory has ended.
    pub(super) later: Later,
}

impl Store {
    pub(super) fn db(&self) -> &Connection {
        &self.db
    }
}
