//! People and rooms that have gone: after [`ABSENCE`] nothing is remembered of them that would make a difference if they
//! came back.

use hearth_core::engine::PersonIn;
use hearth_practices::{RoomId, UserId};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Row, Transaction, params};

use super::{error::StoreError, opened::Store, rows};

/// How long somebody, or a room, must be away until they are new when they come back: whoever comes back sooner is not
/// welcomed again, and a room is still its community's.
pub const ABSENCE: SignedDuration = SignedDuration::from_hours(24 * 90);

/// The rooms of which something is remembered that is of use when the bot comes back.
const REMEMBERED: &str = "SELECT room FROM adopted UNION SELECT old FROM moved UNION SELECT room FROM member
    UNION SELECT room FROM nameless";

fn before(now: Timestamp) -> i64 {
    now.saturating_sub(ABSENCE).unwrap_or(Timestamp::UNIX_EPOCH).as_millisecond()
}

/// Writes down who has left, and who is back.
pub(super) fn write(db: &Transaction, gone: &[PersonIn], back: &[PersonIn], at: Timestamp) -> rusqlite::Result<()> {
    for (community, person) in gone {
        db.prepare_cached("REPLACE INTO gone VALUES (?1, ?2, ?3)")?.execute(params![
            community,
            person.as_str(),
            at.as_millisecond()
        ])?;
    }
    for (community, person) in back {
        db.prepare_cached("DELETE FROM gone WHERE community = ?1 AND person = ?2")?
            .execute([community, person.as_str()])?;
    }
    Ok(())
}

impl Store {
    /// Everybody who has left and was not seen since.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn gone(&self) -> Result<Vec<PersonIn>, StoreError> {
        self.gone_before(i64::MAX)
    }

    /// Those who have been away for so long that they would be new.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn gone_for_good(&self, now: Timestamp) -> Result<Vec<PersonIn>, StoreError> {
        self.gone_before(before(now))
    }

    fn gone_before(&self, before: i64) -> Result<Vec<PersonIn>, StoreError> {
        let read = |row: &Row| Ok((row.get(0)?, UserId::from(row.get::<_, String>(1)?)));
        Ok(rows::read(&self.db, "gone", "community, person", "WHERE since < ?1 ORDER BY 1, 2", [before], read)?)
    }

    /// The rooms of which it is remembered who was there, though the bot has not been in them for long, or they were
    /// replaced as long ago.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn past_rosters(&self, now: Timestamp) -> Result<Vec<RoomId>, StoreError> {
        let find = "SELECT room FROM (SELECT room FROM member UNION SELECT room FROM nameless)
                    WHERE room IN (SELECT room FROM absent WHERE since < ?1 UNION SELECT old FROM moved WHERE at < ?1)";
        let mut find = self.db.prepare_cached(find)?;
        let rooms = find.query_map([before(now)], |row| Ok(RoomId::from(row.get::<_, String>(0)?)))?;
        Ok(rooms.collect::<Result<_, _>>()?)
    }

    /// Forgets which community a room is of that the bot has not been in for long, and that it replaced another one, where
    /// nothing points there any more. What the operator lists stays. Gives the rooms.
    ///
    /// # Errors
    /// What SQLite says; nothing was forgotten.
    pub fn prune_rooms(
        &mut self,
        now: Timestamp,
        is_listed: impl Fn(&RoomId) -> bool,
    ) -> Result<Vec<RoomId>, StoreError> {
        let mut forgotten = Vec::new();
        let db = self.db.transaction()?;
        db.execute(
            &format!("INSERT OR IGNORE INTO absent SELECT room, ?1 FROM ({REMEMBERED}) WHERE room NOT IN (SELECT room FROM room)"),
            [now.as_millisecond()],
        )?;
        db.execute(
            &format!("DELETE FROM absent WHERE room IN (SELECT room FROM room) OR room NOT IN ({REMEMBERED})"),
            (),
        )?;
        let away: Vec<String> = rows::read(&db, "absent", "room", "WHERE since < ?1", [before(now)], |row| row.get(0))?;
        for room in away.iter().filter(|room| !is_listed(&RoomId::from(*room))) {
            if db.prepare_cached("SELECT 1 FROM message WHERE room = ?1")?.exists([room])? {
                continue;
            }
            for forget in [
                "DELETE FROM adopted WHERE room = ?1",
                "DELETE FROM moved WHERE old = ?1",
                "DELETE FROM absent WHERE room = ?1",
            ] {
                db.prepare_cached(forget)?.execute([room])?;
            }
            forgotten.push(RoomId::from(room));
        }
        db.commit()?;
        Ok(forgotten)
    }
}
