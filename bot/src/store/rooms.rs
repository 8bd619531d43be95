//! Rooms and direct rooms.

use hearth_core::engine::NewOutboxItem;
use hearth_practices::{RoomId, UserId};
use rusqlite::{Row, Transaction, params};

use super::{error::StoreError, lane, opened::Store, places::direct_of, rows};

/// Remembers a room. Says whether something waited for it to be somebody's direct room.
pub(super) fn insert(db: &Transaction, room: &RoomId, direct: Option<&UserId>) -> rusqlite::Result<bool> {
    db.execute(
        "INSERT INTO room VALUES (?1, ?2) ON CONFLICT DO UPDATE SET direct = coalesce(direct, excluded.direct)",
        params![room.as_str(), direct.map(UserId::as_str)],
    )?;
    if let Some(person) = direct {
        let new = db.execute("INSERT OR IGNORE INTO direct VALUES (?1, ?2)", [person.as_str(), room.as_str()])? > 0;
        if new || direct_of(db, person)?.as_ref() == Some(room) {
            return lane::move_to_room(db, person, room);
        }
    }
    Ok(false)
}

pub(super) fn adopt(db: &Transaction, room: &RoomId, community: Option<&str>) -> rusqlite::Result<()> {
    match community {
        Some(community) => db.execute("REPLACE INTO adopted VALUES (?1, ?2)", [room.as_str(), community])?,
        None => db.execute("DELETE FROM adopted WHERE room = ?1", [room.as_str()])?,
    };
    Ok(())
}

/// Forgets a room that the bot has left: after a rejoin, what came between is history. What waits to be said there would
/// be late then, and goes; what waits for one person finds them elsewhere. Says whether anything went.
pub(super) fn remove(db: &Transaction, room: &RoomId) -> rusqlite::Result<bool> {
    let gone = db
        .prepare_cached("DELETE FROM outbox WHERE lane IN (?1, ?2) AND person IS NULL")?
        .execute([room.as_str(), &lane::of_nudges(room.as_str())])?;
    db.execute("DELETE FROM room WHERE room = ?1", [room.as_str()])?;
    db.execute("DELETE FROM direct WHERE room = ?1", [room.as_str()])?;
    db.execute("DELETE FROM unmet WHERE room = ?1", [room.as_str()])?;
    // Who comes and goes there from now on, the bot does not see.
    db.execute("DELETE FROM roster WHERE room = ?1", [room.as_str()])?;
    Ok(gone > 0)
}

/// Remembers in which rooms it is not known yet who is there.
pub(super) fn set_unmet(db: &Transaction, unmet: &[RoomId], met: &[RoomId]) -> rusqlite::Result<()> {
    for room in unmet {
        db.execute("INSERT OR IGNORE INTO unmet VALUES (?1)", [room.as_str()])?;
    }
    for room in met {
        db.execute("DELETE FROM unmet WHERE room = ?1", [room.as_str()])?;
    }
    Ok(())
}

impl Store {
    /// Every room that the bot has seen itself join, with the person where it is a direct room.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn rooms(&self) -> Result<Vec<(RoomId, Option<UserId>)>, StoreError> {
        Ok(rows::read(&self.db, "room", "room, direct", "", (), |row| {
            let direct: Option<String> = row.get(1)?;
            Ok((RoomId::from(row.get::<_, String>(0)?), direct.map(UserId::from)))
        })?)
    }

    /// The rooms that communities have adopted, with the name of the community. The empty name is that of the one
    /// community that took every room before rooms were adopted.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn adopted(&self) -> Result<Vec<(RoomId, String)>, StoreError> {
        let read = |row: &Row| Ok((RoomId::from(row.get::<_, String>(0)?), row.get(1)?));
        Ok(rows::read(&self.db, "adopted", "room, community", "", (), read)?)
    }

    /// Rooms that the bot is in without knowing yet who was there when it came.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn unmet(&self) -> Result<Vec<RoomId>, StoreError> {
        Ok(rows::read(&self.db, "unmet", "room", "", (), |row| Ok(RoomId::from(row.get::<_, String>(0)?)))?)
    }

    /// Remembers a room that the bot is in.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn add_room(&mut self, room: &RoomId, direct: Option<&UserId>) -> Result<(), StoreError> {
        let db = self.db.transaction()?;
        let moved = insert(&db, room, direct)?;
        db.commit()?;
        self.turn += u64::from(moved);
        Ok(())
    }

    /// A room is nobody's direct room any more, though the bot is still in it: it is not between two. What is for the
    /// person waits for another, and the bot is to leave this one.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn abandon_direct(&mut self, person: &UserId, leave: &NewOutboxItem) -> Result<(), StoreError> {
        let db = self.db.transaction()?;
        db.execute("DELETE FROM direct WHERE person = ?1", [person.as_str()])?;
        db.execute("DELETE FROM floor WHERE person = ?1", [person.as_str()])?;
        super::outbox::insert(&db, &self.vault, leave)?;
        db.commit()?;
        self.wait_for_room(person)
    }

    /// A person's one direct room.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn direct(&self, person: &UserId) -> Result<Option<RoomId>, StoreError> {
        Ok(direct_of(&self.db, person)?)
    }

    /// Whether a room is somebody's one direct room.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn is_direct(&self, room: &RoomId) -> Result<bool, StoreError> {
        Ok(self.db.prepare_cached("SELECT 1 FROM direct WHERE room = ?1")?.exists([room.as_str()])?)
    }

    /// Everybody who has a direct room.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn have_direct(&self) -> Result<Vec<UserId>, StoreError> {
        Ok(rows::read(&self.db, "direct", "person", "", (), |row| Ok(UserId::from(row.get::<_, String>(0)?)))?)
    }

    /// Forgets whose a direct room is. The room's own mark still says so, should they write to the bot again.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn forget_direct(&mut self, person: &UserId) -> Result<(), StoreError> {
        self.db.execute("DELETE FROM direct WHERE person = ?1", [person.as_str()])?;
        self.db.execute("UPDATE room SET direct = NULL WHERE direct = ?1", [person.as_str()])?;
        self.scrub()
    }
}
