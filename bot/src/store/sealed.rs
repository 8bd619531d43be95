//! Sealed records and items: encrypted in the database, with a key for each scope that lies in a file beside it.
//!
//! When the last record of a scope goes, its key file is overwritten and unlinked, after the commit. From then on
//! nothing that is left of its rows (free pages, write-ahead log, backups of the database) can be read by anybody. How
//! thoroughly a disk forgets the 64 bytes of a key is its own affair: a copy-on-write file system or a backup of the
//! folder `sealed` keeps them. That folder is therefore never backed up.
//!
//! What a crash leaves is mended when the store is opened: keys that no record needs are destroyed. Records whose key is
//! gone (the database is an older copy) are dropped once the practices that they belonged to were told.

use std::collections::BTreeSet;

use hearth_practices::records::Change;
use rusqlite::{Connection, Transaction, params};
use tracing::warn;
use zeroize::Zeroizing;

use super::{
    error::StoreError,
    opened::Store,
    rows,
    vault::{RECORD, Vault},
    witness,
};

/// Writes a record of a scope, or takes it out.
pub(super) fn write(
    db: &Transaction,
    vault: &Vault,
    (community, practice, id): (&str, &str, &str),
    (key, json): &Change,
) -> Result<(), StoreError> {
    // Without a key there is no row to take out.
    let Some(name) = vault.row_name(id, key) else { return Ok(()) };
    match json {
        Some(json) => {
            let pair =
                Zeroizing::new(serde_json::to_string(&(key, json)).map_err(|source| StoreError::Row {
                    place: "a sealed record".to_owned(),
                    source: source.into(),
                })?);
            let boxed = vault.seal(id, &name, &pair, RECORD)?;
            db.prepare_cached("REPLACE INTO sealed VALUES (?1, ?2, ?3, ?4, ?5)")?
                .execute(params![community, practice, id, name, boxed])?;
        }
        None => {
            db.prepare_cached("DELETE FROM sealed WHERE scope = ?1 AND name = ?2")?.execute(params![id, name])?;
        }
    }
    Ok(())
}

/// Takes out rows that nobody can open.
pub(super) fn drop_lost(db: &Connection, lost: &[(String, Vec<u8>)]) -> rusqlite::Result<()> {
    for (id, name) in lost {
        db.execute("DELETE FROM sealed WHERE scope = ?1 AND name = ?2", params![id, name])?;
    }
    Ok(())
}

/// Whether a scope holds anything.
pub(super) fn holds(db: &Connection, id: &str) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM sealed WHERE scope = ?1 LIMIT 1")?.exists([id])
}

impl Store {
    /// The sealed rows of a practice's records in a community, opened.
    pub(super) fn sealed_records(&self, community: &str, practice: &str) -> Result<Vec<(String, String)>, StoreError> {
        let mut rows = self.db.prepare("SELECT scope, name, box FROM sealed WHERE community = ?1 AND practice = ?2")?;
        let rows = rows.query_map([community, practice], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let mut records = Vec::new();
        for row in rows {
            let (id, name, boxed): (String, Vec<u8>, Vec<u8>) = row?;
            if let Some(text) = self.vault.unseal(&id, &name, &boxed) {
                // What says nothing is lost, and was found to be so at the start.
                records.extend(serde_json::from_str::<(String, String)>(&text).ok());
            }
        }
        Ok(records)
    }

    /// Whether there is anything sealed that nobody can open any more. It stays until practices were told.
    pub fn has_lost(&self) -> bool {
        !self.lost.is_empty() || self.later.any_fresh()
    }

    /// Mends what a crash left between a commit and a key, and finds what nobody can open.
    pub(super) fn mend_sealed(&mut self) -> Result<(), StoreError> {
        let db = self.db.transaction()?;
        let all: usize = db.query_row("SELECT count(*) FROM sealed", (), |row| row.get(0))?;
        let columns = "scope, name, box, community, practice";
        let rows: Vec<(String, Vec<u8>, Vec<u8>)> = rows::read(&db, "sealed", columns, "", (), |row| {
            let _of: (String, String) = (row.get(3)?, row.get(4)?);
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
        if rows.len() < all {
            witness::call_all_off(&db)?;
        }
        db.commit()?;
        let mut alive = BTreeSet::new();
        for (id, name, boxed) in rows {
            let text = self.vault.unseal(&id, &name, &boxed).map(Zeroizing::new);
            if text.is_some_and(|text| serde_json::from_str::<(String, String)>(&text).is_ok()) {
                alive.insert(id);
            } else {
                self.lost.push((id, name));
            }
        }
        if !self.lost.is_empty() {
            let lost = self.lost.len();
            warn!("{lost} sealed records are lost: their keys are gone, and nobody can read them any more");
        }
        let needless: Vec<_> = self.vault.keys.keys().filter(|id| !alive.contains(*id)).cloned().collect();
        for id in needless {
            self.vault.destroy(&id);
        }
        Ok(())
    }
}
