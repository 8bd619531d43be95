//! Whoever asks to be forgotten.

use super::{Store, StoreError};

impl Store {
    /// Takes every row out in which a person's id stands, but for the mapping to their direct room (see
    /// [`Self::forget_direct`]) and what still waits to be sent to them. Records are the practices' own to clear.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn forget(&mut self, person: &str) -> Result<(), StoreError> {
        let db = self.db.transaction()?;
        db.execute("DELETE FROM undecrypted WHERE instr(json, '\"' || ?1 || '\"') > 0", [person])?;
        let nudges =
            "lane IN (SELECT 'nudge ' || room FROM direct WHERE person = ?1 UNION SELECT 'nudge person ' || ?1)";
        db.execute(&format!("DELETE FROM outbox WHERE {nudges}"), [person])?;
        db.execute("DELETE FROM nudged WHERE whom = 'person ' || ?1", [person])?;
        db.execute("DELETE FROM aside WHERE person = ?1 OR instr(item, '\"' || ?1 || '\"') > 0", [person])?;
        // Nobody can tell who stands in a damaged text: it goes, too.
        let unread = "instr('/' || key || '/', '/' || ?1 || '/') > 0 OR instr(json, '\"' || ?1 || '\"') > 0
                      OR practice LIKE 'table %' AND instr(json, '\"x''') > 0";
        db.execute(&format!("DELETE FROM unread WHERE {unread}"), [person])?;
        db.execute("DELETE FROM once", ())?;
        db.execute("DELETE FROM gone WHERE person = ?1", [person])?;
        db.execute("DELETE FROM person WHERE person = ?1", [person])?;
        db.execute("DELETE FROM member WHERE person = ?1", [person])?;
        db.execute("DELETE FROM floor WHERE person = ?1", [person])?;
        db.execute("DELETE FROM message WHERE instr('/' || key || '/', '/' || ?1 || '/') > 0", [person])?;
        db.commit()?;
        self.turn += 1;
        self.scrub()
    }

    /// Overwrites what was erased in the write-ahead log, too.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn scrub(&self) -> Result<(), StoreError> {
        self.db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
        Ok(())
    }
}
