//! `bot.db`: what the bot remembers, and the one transaction in which each unit of work is committed.

mod asked;
mod error;
mod floor;
mod forget;
mod gone;
mod kept;
mod keyed;
mod lane;
mod later;
mod losses;
mod members;
mod memory;
mod moved;
mod names;
mod nudges;
mod opened;
mod outbox;
mod persons;
mod places;
pub mod prune;
mod rename;
mod reports;
mod rooms;
mod rows;
mod sealed;
#[cfg(test)]
mod tests;
mod vault;
mod witness;

use std::{collections::BTreeSet, path::Path};

pub use hearth_core::engine::{
    Closed, Commit, Floor, GivenCommand, NewOutboxItem, ONCE, OutboxItem, PersonIn, Posted, Unread,
};
use hearth_log::{
    database::{self, DatabaseError},
    key,
};
use hearth_practices::{
    EventId, MessageKey, Overrides, RoomId,
    records::{Change, scope_of},
};
pub use kept::Which;
pub use losses::{Loss, Lost, Named};
pub use nudges::{Budget, to_person};
pub use outbox::Due;
use rusqlite::{Row, Transaction, params};

pub use self::{error::StoreError, opened::Store};
use self::{
    keyed::Names,
    vault::{Vault, scope_id},
};

/// The layout that this build reads and writes (`PRAGMA user_version`).
const VERSION: i64 = 27;

/// What brings the database from one layout to the next; the first makes it.
const MIGRATIONS: [&str; VERSION as usize] = [
    include_str!("../migrations/001_bot.sql"),
    include_str!("../migrations/002_sealed.sql"),
    include_str!("../migrations/003_adopted.sql"),
    include_str!("../migrations/004_unmet.sql"),
    include_str!("../migrations/005_outbox.sql"),
    include_str!("../migrations/006_asked.sql"),
    include_str!("../migrations/007_names.sql"),
    include_str!("../migrations/008_moved.sql"),
    include_str!("../migrations/009_since.sql"),
    include_str!("../migrations/010_once.sql"),
    include_str!("../migrations/011_backfill.sql"),
    include_str!("../migrations/012_intake.sql"),
    include_str!("../migrations/013_unread.sql"),
    include_str!("../migrations/014_my_data.sql"),
    include_str!("../migrations/015_ended.sql"),
    include_str!("../migrations/016_gone.sql"),
    include_str!("../migrations/017_requests.sql"),
    include_str!("../migrations/018_floor.sql"),
    include_str!("../migrations/019_nudged.sql"),
    include_str!("../migrations/020_members.sql"),
    include_str!("../migrations/021_person.sql"),
    include_str!("../migrations/022_words.sql"),
    include_str!("../migrations/023_quiet.sql"),
    include_str!("../migrations/024_forgotten.sql"),
    include_str!("../migrations/025_concluded.sql"),
    include_str!("../migrations/026_signs.sql"),
    include_str!("../migrations/027_released.sql"),
];

impl Store {
    /// Opens `bot.db`, making it where there is none, and the keys of what is sealed in it, in the folder `sealed`
    /// beside it.
    ///
    /// # Errors
    /// [`StoreError`], in words for the operator.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let shown = || path.display().to_string();
        let db = database::open(path, &MIGRATIONS).map_err(|error| match error {
            DatabaseError::Sqlite(source) => StoreError::Open { path: shown(), source },
            DatabaseError::Newer(found) => StoreError::Newer { path: shown(), found, known: VERSION },
            DatabaseError::Stranger => StoreError::Stranger(shown()),
        })?;
        // As many statements as there are here, and some more.
        db.set_prepared_statement_cache_capacity(80);
        let vault = Vault::open(&path.with_file_name("sealed"))?;
        let names = Names::new(&key::open_or_create(&path.with_file_name("pseudonym.key"))?);
        let mut store = Self { db, vault, names, turn: 0, lost: Vec::new(), later: Default::default() };
        store.hash_handled()?;
        store.mend_sealed()?;
        Ok(store)
    }

    /// Writes what one unit of work decided.
    ///
    /// # Errors
    /// What SQLite says; nothing was written.
    pub fn commit(&mut self, commit: &Commit) -> Result<(), StoreError> {
        // Keys first: what is sealed with them must never be on the disk without them.
        self.vault.prepare(&commit.records)?;
        let db = self.db.transaction()?;
        let mut turned = false;
        let mut touched = BTreeSet::new();
        // First of all: what follows may still be addressed to the old room.
        for moved in &commit.moved {
            moved::insert(&db, &self.vault, moved)?;
            turned = true;
        }
        for (community, practice, changes) in &commit.records {
            write_records(&db, &self.vault, (community, practice), changes, &mut touched)?;
        }
        for (community, practice, key, value) in &commit.settings {
            match value {
                Some(value) => db.prepare_cached("REPLACE INTO setting VALUES (?1, ?2, ?3, ?4)")?.execute(params![
                    community,
                    practice,
                    key,
                    value.to_string()
                ])?,
                None => db
                    .prepare_cached("DELETE FROM setting WHERE community = ?1 AND practice = ?2 AND key = ?3")?
                    .execute([community, practice, key])?,
            };
        }
        for (community, practice, prefix) in &commit.dropped_names {
            names::drop_all(&db, community, practice, prefix)?;
        }
        if commit.mourned {
            sealed::drop_lost(&db, &self.lost)?;
            witness::told(&db)?;
        }
        for item in &commit.items {
            match names::sent(&db, &item.txn)? {
                Some(place) => outbox::name(&db, item, place)?,
                None => turned |= outbox::insert(&db, &self.vault, item)?,
            }
        }
        losses::end(&db, &commit.done, &commit.aside)?;
        for (txn, posted) in &commit.arrived {
            turned |= outbox::arrived(&db, txn, Some(posted), commit.at)?;
            names::note_sent(&db, txn, posted, commit.at)?;
        }
        for (event, at) in &commit.handled {
            db.prepare_cached("INSERT OR IGNORE INTO handled VALUES (?1, ?2)")?
                .execute(params![self.names.handled(event), at.as_millisecond()])?;
        }
        asked::write(&db, &self.names, &commit.asked, &commit.unasked)?;
        kept::write(&db, commit)?;
        for (community, month, outcome) in &commit.reports {
            db.execute("REPLACE INTO report VALUES (?1, ?2, ?3)", [community, month, outcome])?;
        }
        for (community, month, hash) in &commit.released {
            // What was noted first holds: a release is made once.
            db.execute("INSERT OR IGNORE INTO released VALUES (?1, ?2, ?3)", params![community, month, hash])?;
        }
        members::write(&db, &commit.members)?;
        persons::write(&db, &commit.persons)?;
        gone::write(&db, &commit.gone, &commit.back, commit.at)?;
        for room in &commit.left {
            turned |= rooms::remove(&db, room)?;
        }
        for (room, direct) in &commit.rooms {
            turned |= rooms::insert(&db, room, direct.as_ref())?;
        }
        for (room, community) in &commit.adopted {
            rooms::adopt(&db, room, community.as_deref())?;
        }
        for (room, closed) in &commit.closed {
            moved::set_closed(&db, room, closed.as_ref())?;
        }
        rooms::set_unmet(&db, &commit.unmet, &commit.met)?;
        let mut empty = Vec::new();
        for id in touched {
            if !sealed::holds(&db, &id)? {
                if self.vault.has(&id) {
                    witness::end(&db, &id, commit.at)?;
                }
                empty.push(id);
            }
        }
        db.commit()?;
        self.turn += u64::from(turned);
        if commit.mourned {
            self.lost.clear();
            self.later.is_told();
        }
        for id in empty {
            if self.vault.has(&id) {
                self.vault.note_ended(&id, commit.at);
            }
            self.vault.destroy(&id);
        }
        Ok(())
    }

    /// Where intake stands, or `None` before the first sync.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn cursor(&self) -> Result<Option<String>, StoreError> {
        Ok(rows::read(&self.db, "cursor", "one, token", "", (), |row| row.get(1))?.pop())
    }

    /// The rows of a practice's records in a community, the sealed ones opened.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn records(&self, community: &str, practice: &str) -> Result<Vec<(String, String)>, StoreError> {
        let (columns, of) = ("community, practice, key, json", "WHERE community = ?1 AND practice = ?2");
        let read = |row: &Row| Ok((row.get(2)?, row.get(3)?));
        let mut records = rows::read(&self.db, "record", columns, of, [community, practice], read)?;
        records.extend(self.sealed_records(community, practice)?);
        Ok(records)
    }

    /// A record cannot be read. What is open is set aside, for the operator to look at; what is sealed counts as lost,
    /// because nothing must be counted without it.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn set_record_aside(
        &mut self,
        community: &str,
        practice: &str,
        key: &str,
        why: &str,
    ) -> Result<(), StoreError> {
        if let Some(scope) = scope_of(key) {
            let id = scope_id(community, practice, scope);
            let name = self.vault.row_name(&id, key).unwrap_or_default();
            self.lost.push((id, name));
            return Ok(());
        }
        let db = self.db.transaction()?;
        let of = "community = ?1 AND practice = ?2 AND key = ?3";
        db.execute(
            &format!("INSERT OR REPLACE INTO unread SELECT community, practice, key, json, ?4 FROM record WHERE {of}"),
            [community, practice, key, why],
        )?;
        db.execute(&format!("DELETE FROM record WHERE {of}"), [community, practice, key])?;
        db.commit()?;
        Ok(())
    }

    /// What leads have set in a community.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn overrides(&self, community: &str) -> Result<Overrides, StoreError> {
        let columns = "community, practice, key, value";
        let read = |row: &Row| -> rusqlite::Result<(String, String, serde_json::Value)> {
            let value = serde_json::from_str(&row.get::<_, String>(3)?).map_err(|why| rows::malformed(3, why))?;
            Ok((row.get(1)?, row.get(2)?, value))
        };
        let mut overrides = Overrides::new();
        let settings = rows::read(&self.db, "setting", columns, "WHERE community = ?1", [community], read)?;
        for (practice, key, value) in settings {
            overrides.entry(practice).or_default().insert(key, value);
        }
        Ok(overrides)
    }

    /// What an event is called here: a keyed hash, which leads whoever has the database alone to nobody.
    pub fn name_of(&self, event: &EventId) -> String {
        self.names.handled(event)
    }

    /// Whether an event has had its consequences.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn is_handled(&self, event: &EventId) -> Result<bool, StoreError> {
        let mut find = self.db.prepare_cached("SELECT 1 FROM handled WHERE event = ?1")?;
        Ok(find.exists([self.names.handled(event)])?)
    }

    /// The practice's message that an event of a room is: community, practice, key. Whoever points at it from another
    /// room points at nothing.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn message_of(
        &self,
        room: &RoomId,
        event: &EventId,
    ) -> Result<Option<(String, String, MessageKey)>, StoreError> {
        let columns = "community, practice, key, room, event";
        let place = [room.as_str(), event.as_str()];
        let of = "WHERE room = ?1 AND event = ?2";
        let named = rows::read(&self.db, "message", columns, of, place, |row| {
            Ok((row.get(0)?, row.get(1)?, MessageKey::from(row.get::<_, String>(2)?)))
        });
        Ok(named?.pop())
    }
}

/// Writes records; the scopes of those that are sealed are added to `touched`.
fn write_records(
    db: &Transaction,
    vault: &Vault,
    (community, practice): (&str, &str),
    changes: &[Change],
    touched: &mut BTreeSet<String>,
) -> Result<(), StoreError> {
    for change in changes {
        let (key, json) = change;
        if let Some(scope) = scope_of(key) {
            let id = scope_id(community, practice, scope);
            sealed::write(db, vault, (community, practice, &id), change)?;
            touched.insert(id);
            continue;
        }
        match json {
            Some(json) => db
                .prepare_cached("REPLACE INTO record VALUES (?1, ?2, ?3, ?4)")?
                .execute([community, practice, key, json])?,
            None => db
                .prepare_cached("DELETE FROM record WHERE community = ?1 AND practice = ?2 AND key = ?3")?
                .execute([community, practice, key])?,
        };
    }
    Ok(())
}
