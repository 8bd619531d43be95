//! Whom the bot has written to unasked, and when: what budgets are counted from.

use hearth_practices::UserId;
use jiff::Timestamp;
use rusqlite::params;

use super::{error::StoreError, opened::Store};

/// So many nudges at most from a moment on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// From when on they are counted.
    pub since: Timestamp,
    /// How many there may be.
    pub most: u32,
}

/// Who gets a nudge, as it is counted: one person, wherever their direct room is and whichever community writes.
pub fn to_person(person: &UserId) -> String {
    format!("person {person}")
}

impl Store {
    /// Counts a nudge for somebody, or for a room, if every budget has room for it. Gives the place of the first that has
    /// not. What was counted under its transaction id is not counted again, however often it is tried.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn spend_nudge(
        &mut self,
        txn: &str,
        whom: &str,
        now: Timestamp,
        budgets: &[Budget],
    ) -> Result<Option<usize>, StoreError> {
        let db = self.db.transaction()?;
        let counted = db.prepare_cached("SELECT 1 FROM nudged WHERE txn = ?1")?.exists([txn])?;
        if counted {
            return Ok(None);
        }
        for (place, budget) in budgets.iter().enumerate() {
            let sent: u32 = db
                .prepare_cached("SELECT count(*) FROM nudged WHERE whom = ?1 AND at >= ?2")?
                .query_row(params![whom, budget.since.as_millisecond()], |row| row.get(0))?;
            if sent >= budget.most {
                return Ok(Some(place));
            }
        }
        db.execute("INSERT INTO nudged VALUES (?1, ?2, ?3)", params![txn, whom, now.as_millisecond()])?;
        db.commit()?;
        Ok(None)
    }
}
