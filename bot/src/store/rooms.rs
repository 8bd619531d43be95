//! Rooms and direct rooms.

use hearth_practices::{RoomId, UserId};
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::{Store, StoreError};

pub(super) fn insert(db: &Transaction, room: &RoomId, direct: Option<&UserId>) -> rusqlite::Result<()> {
    db.execute(
        "INSERT INTO room VALUES (?1, ?2) ON CONFLICT DO UPDATE SET direct = coalesce(direct, excluded.direct)",
        params![room.as_str(), direct.map(UserId::as_str)],
    )?;
    if let Some(person) = direct {
        db.execute("INSERT OR IGNORE INTO direct VALUES (?1, ?2)", [person.as_str(), room.as_str()])?;
    }
    Ok(())
}

pub(super) fn adopt(db: &Transaction, room: &RoomId, community: Option<&str>) -> rusqlite::Result<()> {
    match community {
        Some(community) => db.execute("REPLACE INTO adopted VALUES (?1, ?2)", [room.as_str(), community])?,
        None => db.execute("DELETE FROM adopted WHERE room = ?1", [room.as_str()])?,
    };
    Ok(())
}

/// Forgets a room that the bot has left: after a rejoin, what came between is history.
pub(super) fn remove(db: &Transaction, room: &RoomId) -> rusqlite::Result<()> {
    db.execute("DELETE FROM room WHERE room = ?1", [room.as_str()])?;
    db.execute("DELETE FROM direct WHERE room = ?1", [room.as_str()])?;
    db.execute("DELETE FROM unmet WHERE room = ?1", [room.as_str()])?;
    Ok(())
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
        let mut rows = self.db.prepare("SELECT room, direct FROM room")?;
        let rows = rows.query_map((), |row| {
            let direct: Option<String> = row.get(1)?;
            Ok((RoomId::from(row.get::<_, String>(0)?), direct.map(UserId::from)))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The rooms that communities have adopted, with the name of the community. The empty name is that of the one
    /// community that took every room before rooms were adopted.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn adopted(&self) -> Result<Vec<(RoomId, String)>, StoreError> {
        let mut rows = self.db.prepare("SELECT room, community FROM adopted")?;
        let rows = rows.query_map((), |row| Ok((RoomId::from(row.get::<_, String>(0)?), row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Rooms that the bot is in without knowing yet who was there when it came.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn unmet(&self) -> Result<Vec<RoomId>, StoreError> {
        let mut rows = self.db.prepare("SELECT room FROM unmet")?;
        let rows = rows.query_map((), |row| Ok(RoomId::from(row.get::<_, String>(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Remembers a room that the bot is in.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn add_room(&mut self, room: &RoomId, direct: Option<&UserId>) -> Result<(), StoreError> {
        let db = self.db.transaction()?;
        insert(&db, room, direct)?;
        db.commit()?;
        Ok(())
    }

    /// A person's one direct room.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn direct(&self, person: &UserId) -> Result<Option<RoomId>, StoreError> {
        let mut find = self.db.prepare_cached("SELECT room FROM direct WHERE person = ?1")?;
        let room: Option<String> = find.query_row([person.as_str()], |row| row.get(0)).optional()?;
        Ok(room.map(RoomId::from))
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
