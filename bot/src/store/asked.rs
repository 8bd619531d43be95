//! Commands that were given, as far as it takes to understand an edit of one.

use hearth_core::engine::{ASKED_FOR, GivenCommand};
use hearth_practices::EventId;
use jiff::Timestamp;
use rusqlite::{Transaction, params};

use super::{error::StoreError, keyed::Names, opened::Store, rows};

/// Writes what was asked, and takes out what is old or is not to be remembered.
pub(super) fn write(
    db: &Transaction,
    names: &Names,
    asked: &[GivenCommand],
    unasked: &[String],
) -> rusqlite::Result<()> {
    for one in asked {
        db.prepare_cached("REPLACE INTO asked VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?.execute(params![
            names.handled(&one.event),
            one.by,
            one.said,
            one.thread.as_ref().map(EventId::as_str),
            one.edited,
            one.at.as_millisecond()
        ])?;
    }
    for by in unasked {
        db.execute("DELETE FROM asked WHERE by = ?1", [by])?;
    }
    if let Some(oldest) = asked.iter().filter_map(|one| one.at.checked_sub(ASKED_FOR).ok()).max() {
        db.prepare_cached("DELETE FROM asked WHERE at < ?1")?.execute([oldest.as_millisecond()])?;
    }
    Ok(())
}

impl Store {
    /// The command that a message is, and the edits of that message that were answered.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn asked(&self, event: &EventId) -> Result<Vec<GivenCommand>, StoreError> {
        let columns = "event, by, said, thread, edited, at";
        Ok(rows::read(&self.db, "asked", columns, "WHERE event = ?1", [self.names.handled(event)], |row| {
            Ok(GivenCommand {
                event: event.clone(),
                by: row.get(1)?,
                said: row.get(2)?,
                thread: row.get::<_, Option<String>>(3)?.map(EventId::from),
                edited: row.get(4)?,
                at: Timestamp::from_millisecond(row.get(5)?).unwrap_or_default(),
            })
        })?)
    }
}
