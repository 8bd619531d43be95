//! Rooms of a log: which there are, what they are called, and since when they are seen.

use hearth_shared::activity::Kind;
use rusqlite::{OptionalExtension as _, params};

use super::Batch;

impl Batch<'_> {
    /// The id of a room, and its name from now on.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn room(&mut self, community: i64, external: &str, name: &str) -> rusqlite::Result<i64> {
        if let Some(&id) = self.rooms.get(&(community, external.to_owned())) {
            return Ok(id);
        }
        let id = self.db.query_row(
            "INSERT INTO room (community, external, name) VALUES (?1, ?2, ?3)
             ON CONFLICT (community, external) DO UPDATE SET name = excluded.name RETURNING id",
            params![community, external, name],
            |row| row.get(0),
        )?;
        self.rooms.insert((community, external.to_owned()), id);
        Ok(id)
    }

    /// The id of a room, whose name stays as it is where the log has one.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn known_room(&mut self, community: i64, external: &str, name: &str) -> rusqlite::Result<i64> {
        let known = self
            .db
            .prepare_cached("SELECT id FROM room WHERE community = ?1 AND external = ?2")?
            .query_row(params![community, external], |row| row.get(0))
            .optional()?;
        known.map_or_else(|| self.room(community, external, name), Ok)
    }

    /// Calls a room something else.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn rename_room(&mut self, room: i64, name: &str) -> rusqlite::Result<()> {
        self.db
            .prepare_cached("UPDATE room SET name = ?2 WHERE id = ?1 AND name != ?2")?
            .execute(params![room, name])?;
        Ok(())
    }

    /// Says of a room whether it is for announcements. One that is not, and of which the log knows nothing, stays unknown.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn set_announcements(
        &mut self,
        community: i64,
        external: &str,
        name: &str,
        announcements: bool,
    ) -> rusqlite::Result<()> {
        if announcements {
            self.room(community, external, name)?;
        }
        self.db
            .prepare_cached(
                "UPDATE room SET announcements = ?3 WHERE community = ?1 AND external = ?2 AND announcements != ?3",
            )?
            .execute(params![community, external, announcements])?;
        Ok(())
    }

    /// A room was replaced by another: from now on the new one's id stands for the same room. What was already written
    /// under it belongs to that room, too.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn move_room(&mut self, community: i64, from: &str, to: &str) -> rusqlite::Result<()> {
        let mut find = self.db.prepare_cached("SELECT id FROM room WHERE community = ?1 AND external = ?2")?;
        let old: Option<i64> = find.query_row(params![community, from], |row| row.get(0)).optional()?;
        let new: Option<i64> = find.query_row(params![community, to], |row| row.get(0)).optional()?;
        drop(find);
        let Some(old) = old else { return Ok(()) };
        if let Some(new) = new {
            self.db.execute("UPDATE activity SET room = ?1 WHERE room = ?2", [old, new])?;
            self.db.execute("DELETE FROM room WHERE id = ?1", [new])?;
            self.new_epoch()?;
        }
        self.db.execute("UPDATE room SET external = ?2 WHERE id = ?1", params![old, to])?;
        for external in [from, to] {
            self.rooms.remove(&(community, external.to_owned()));
        }
        Ok(())
    }

    /// The past of a room was read as far as `since`, or to its beginning: it came into view then, or was in view all its
    /// life, and not when the bot came to it.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn set_seen_since(&mut self, room: i64, since: Option<i64>) -> rusqlite::Result<()> {
        let adopted = Kind::RoomAdopted.code();
        let changed = match since {
            Some(since) => self.db.execute(
                "UPDATE activity SET ts = ?3 WHERE room = ?1 AND kind = ?2 AND ts > ?3",
                params![room, adopted, since],
            )?,
            None => self.db.execute("DELETE FROM activity WHERE room = ?1 AND kind = ?2", [room, adopted])?,
        };
        if changed > 0 {
            self.new_epoch()?;
        }
        Ok(())
    }
}
