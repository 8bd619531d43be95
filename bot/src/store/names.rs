//! Names of messages and of events: what is kept so that nothing is done twice must not tell who did what.

use hearth_core::engine::Posted;
use hearth_practices::{EventId, RoomId, UserId};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};

use super::{StoreError, opened::Store, rows};

/// How many messages of the bot's own are remembered at most.
const REMEMBERED: u32 = 10_000;

/// Notes that a message was seen in its room, even though it does not wait to be sent (any more). Where it is, is
/// written down for rooms that are known to be no direct rooms: it would say when somebody was answered.
pub(super) fn note_sent(db: &Connection, txn: &str, posted: &Posted, at: Timestamp) -> Result<(), StoreError> {
    let open = "SELECT 1 FROM room WHERE room = ?1 AND direct IS NULL";
    let place = match db.prepare_cached(open)?.exists([posted.room.as_str()])? {
        true => Some((posted.room.as_str(), posted.event.as_str())),
        false => None,
    };
    db.prepare_cached("INSERT OR IGNORE INTO once (txn, room, event, at) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![txn, place.map(|(room, _)| room), place.map(|(_, event)| event), at.as_millisecond()])?;
    db.prepare_cached("DELETE FROM once WHERE id <= (SELECT max(id) FROM once) - ?1")?.execute([REMEMBERED])?;
    Ok(())
}

/// Whether a message was seen in its room, and where, if that was written down.
pub(super) fn sent(db: &Connection, txn: &str) -> Result<Option<Option<Posted>>, StoreError> {
    let mut find = db.prepare_cached("SELECT room, event FROM once WHERE txn = ?1")?;
    let place = |row: &rusqlite::Row| {
        // Where it is may be damaged; that it was seen is not.
        let text = |column| row.get::<_, Option<String>>(column).unwrap_or_default();
        let (room, event) = (text(0), text(1));
        Ok(room.zip(event).map(|(room, event)| Posted { room: RoomId::from(room), event: EventId::from(event) }))
    };
    Ok(find.query_row([txn], place).optional()?)
}

/// Forgets names of messages, whether they were sent or wait to be. A name that a removal still needs goes with it.
pub(super) fn drop_all(db: &Connection, community: &str, practice: &str, prefix: &str) -> Result<(), StoreError> {
    let place = params![community, practice, prefix];
    let begins = "community = ?1 AND practice = ?2 AND substr(key, 1, length(?3)) = ?3";
    db.execute(&format!("DELETE FROM message WHERE {begins}"), place)?;
    db.execute(&format!("UPDATE outbox SET key = NULL WHERE {begins}"), place)?;
    db.execute(&format!("DELETE FROM floor WHERE {begins}"), place)?;
    Ok(())
}

impl Store {
    /// Where a message was seen, if that was written down.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn place_of(&self, txn: &str) -> Result<Option<Posted>, StoreError> {
        Ok(sent(&self.db, txn)?.flatten())
    }

    /// To whom alone an item goes that waits to be sent.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn addressee_of(&self, txn: &str) -> Result<Option<UserId>, StoreError> {
        let mut find = self.db.prepare_cached("SELECT person FROM outbox WHERE txn = ?1")?;
        // A damaged name is nobody's.
        let person = find.query_row([txn], |row| rows::lossy(row, 0)).optional()?.flatten();
        Ok(person.map(UserId::from))
    }

    /// Names events of earlier layouts, which were kept by their ids, as [`Names::handled`] does.
    pub(super) fn hash_handled(&mut self) -> Result<(), StoreError> {
        let of_earlier = "WHERE event LIKE '$%'";
        let events: Vec<String> = rows::read(&self.db, "handled", "event", of_earlier, (), |row| row.get(0))?;
        let db = self.db.transaction()?;
        for event in &events {
            let name = self.names.handled(&EventId::from(event));
            db.execute("UPDATE OR REPLACE handled SET event = ?2 WHERE event = ?1", [event, &name])?;
        }
        db.commit()?;
        Ok(())
    }
}
