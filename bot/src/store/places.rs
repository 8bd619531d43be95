//! Where messages were sent, and where people are written to.

use hearth_core::engine::Posted;
use hearth_practices::{EventId, RoomId, UserId};
use rusqlite::{Connection, Row};

use super::rows;

/// Somebody's one direct room.
pub(super) fn direct_of(db: &Connection, person: &UserId) -> rusqlite::Result<Option<RoomId>> {
    let read = |row: &Row| row.get::<_, String>(1);
    let room = rows::read(db, "direct", "person, room", "WHERE person = ?1", [person.as_str()], read)?.pop();
    Ok(room.map(RoomId::from))
}

/// Where a practice's message is that was sent: by community, practice and key.
pub(super) fn sent(db: &Connection, place: [&str; 3]) -> rusqlite::Result<Option<Posted>> {
    let (columns, of) =
        ("community, practice, key, room, event", "WHERE community = ?1 AND practice = ?2 AND key = ?3");
    let sent = rows::read(db, "message", columns, of, place, |row| {
        Ok(Posted { room: RoomId::from(row.get::<_, String>(3)?), event: EventId::from(row.get::<_, String>(4)?) })
    });
    Ok(sent?.pop())
}
