//! Names of messages and of events: what is kept so that nothing is done twice must not tell who did what.

use hearth_practices::EventId;
use hearth_shared::pseudonym::Key;
use rusqlite::{Connection, params};

use super::{Store, StoreError};

/// Makes names of event ids that lead whoever has the database alone to nobody.
pub(super) struct Names(Key);

impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Names")
    }
}

impl Names {
    pub(super) fn new(key: &Key) -> Self {
        Self(key.for_community("\0bot.db"))
    }

    /// What an event that had consequences, or was a command, is kept as.
    pub(super) fn handled(&self, event: &EventId) -> String {
        self.0.event(event.as_str()).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// What the transaction ids of messages begin with that are sent once ever. They hold a keyed hash of what makes the
/// message the same, and nothing else.
pub const ONCE: &str = "once.";

/// How many such messages are remembered. They are asked for after a restore only, soon after they were seen.
const REMEMBERED: u32 = 10_000;

/// Notes that a message that is sent once was seen in its room, even though it does not wait to be sent (any more).
pub(super) fn note_sent(db: &Connection, txn: &str) -> Result<(), StoreError> {
    if txn.starts_with(ONCE) {
        db.execute("INSERT OR IGNORE INTO once (txn) VALUES (?1)", [txn])?;
        db.execute("DELETE FROM once WHERE id <= (SELECT max(id) FROM once) - ?1", [REMEMBERED])?;
    }
    Ok(())
}

/// Whether a message that is sent once was seen in its room.
pub(super) fn was_sent(db: &Connection, txn: &str) -> Result<bool, StoreError> {
    Ok(txn.starts_with(ONCE) && db.prepare_cached("SELECT 1 FROM once WHERE txn = ?1")?.exists([txn])?)
}

/// Forgets names of messages, whether they were sent or wait to be. A name that a removal still needs goes with it.
pub(super) fn drop_all(db: &Connection, community: &str, practice: &str, prefix: &str) -> Result<(), StoreError> {
    let place = params![community, practice, prefix];
    let begins = "community = ?1 AND practice = ?2 AND substr(key, 1, length(?3)) = ?3";
    db.execute(&format!("DELETE FROM message WHERE {begins}"), place)?;
    db.execute(&format!("UPDATE outbox SET key = NULL WHERE {begins}"), place)?;
    Ok(())
}

impl Store {
    /// Names events of earlier layouts, which were kept by their ids, as [`Names::handled`] does.
    pub(super) fn hash_handled(&mut self) -> Result<(), StoreError> {
        let events: Vec<String> = {
            let mut rows = self.db.prepare("SELECT event FROM handled WHERE event LIKE '$%'")?;
            let rows = rows.query_map((), |row| row.get(0))?;
            rows.collect::<Result<_, _>>()?
        };
        let db = self.db.transaction()?;
        for event in &events {
            let name = self.names.handled(&EventId::from(event));
            db.execute("UPDATE OR REPLACE handled SET event = ?2 WHERE event = ?1", [event, &name])?;
        }
        db.commit()?;
        Ok(())
    }
}
