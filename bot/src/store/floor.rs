//! Who was last asked something, and by whom: what somebody says in their direct room without pointing at anything
//! answers that, and is for its community.

use hearth_core::engine::{FLOOR_FOR, Floor, Posted};
use hearth_practices::{EventId, MessageKey, UserId};
use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::{error::StoreError, opened::Store, rows};

const COLUMNS: &str = "person, community, practice, key, event, at";

/// Notes that somebody was asked something.
pub(super) fn note(
    db: &Connection,
    person: &str,
    (community, practice, key): (&str, &str, Option<&str>),
    posted: &Posted,
    at: Timestamp,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO floor VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET
         community = ?2, practice = ?3, key = ?4, event = ?5, at = ?6 WHERE at <= ?6",
    )?
    .execute(params![person, community, practice, key, posted.event.as_str(), at.as_millisecond()])?;
    Ok(())
}

/// Takes out what nobody will answer any more.
pub(super) fn prune(db: &Connection, now: Timestamp) -> rusqlite::Result<()> {
    // What was said long ago may only be read today.
    let before = now.saturating_sub(FLOOR_FOR * 3).unwrap_or(Timestamp::UNIX_EPOCH);
    db.execute("DELETE FROM floor WHERE at < ?1", [before.as_millisecond()])?;
    Ok(())
}

impl Store {
    /// What somebody was last asked, if they may be answering it at this time.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn floor(&self, person: &UserId, said: Timestamp) -> Result<Option<Floor>, StoreError> {
        let after = said.saturating_sub(FLOOR_FOR).unwrap_or(Timestamp::UNIX_EPOCH);
        let which = params![person.as_str(), after.as_millisecond()];
        let found = rows::read(&self.db, "floor", COLUMNS, "WHERE person = ?1 AND at > ?2", which, |row| {
            row.get::<_, String>(0)?;
            Ok(Floor {
                community: row.get(1)?,
                practice: row.get(2)?,
                key: row.get::<_, Option<String>>(3)?.map(MessageKey::from),
                event: EventId::from(row.get::<_, String>(4)?),
                at: Timestamp::from_millisecond(row.get(5)?).unwrap_or(Timestamp::UNIX_EPOCH),
            })
        });
        Ok(found?.pop())
    }

    /// The practice that last asked somebody something in a community, and when, for their own eyes.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn last_asked(&self, community: &str, person: &UserId) -> Result<Option<serde_json::Value>, StoreError> {
        let which = [community, person.as_str()];
        let found = rows::read(&self.db, "floor", COLUMNS, "WHERE community = ?1 AND person = ?2", which, |row| {
            let at = Timestamp::from_millisecond(row.get(5)?).unwrap_or(Timestamp::UNIX_EPOCH);
            Ok(serde_json::json!({"by": row.get::<_, String>(2)?, "at": at.to_string()}))
        });
        Ok(found?.pop())
    }
}
