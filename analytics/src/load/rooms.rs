//! What a community calls its rooms.

use std::collections::BTreeMap;

use rusqlite::Connection;

/// The names of one community's rooms.
pub(super) fn read(db: &Connection, community: i64) -> rusqlite::Result<BTreeMap<i32, String>> {
    let mut statement = db.prepare("SELECT id, name FROM room WHERE community = ?1")?;
    statement.query_map([community], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}
