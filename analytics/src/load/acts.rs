//! The acts of practices: few, and read whole.

use std::collections::{BTreeMap, HashSet};

use hearth_shared::activity::Kind;
use jiff::Timestamp;
use rusqlite::Connection;

use crate::practices::{Act, Practices};

/// One community's acts of practices up to `now`. `people` are those who may be counted: of others it is known that
/// something was done, and not by whom.
pub(super) fn read(
    db: &Connection,
    community: i64,
    now: Timestamp,
    people: &HashSet<i32>,
) -> rusqlite::Result<Practices> {
    let mut statement = db.prepare(
        "SELECT id, room, person, kind, ts, reply_to, thread, value FROM activity
         WHERE community = ?1 AND kind >= ?2 AND ts BETWEEN 0 AND ?3",
    )?;
    let mut rows = statement.query((community, Practices::FIRST_KIND.code(), now.as_millisecond()))?;
    let mut acts = Vec::new();
    while let Some(row) = rows.next()? {
        let Some(kind) = Kind::from_code(row.get(3)?) else { continue };
        let person: i32 = row.get(2)?;
        acts.push(Act {
            id: row.get(0)?,
            room: row.get(1)?,
            person: people.contains(&person).then_some(person),
            kind,
            ts: row.get(4)?,
            reply_to: row.get(5)?,
            thread: row.get(6)?,
            value: row.get(7)?,
        });
    }
    Ok(Practices::new(acts))
}

/// The names that one community's themes were given.
pub(super) fn labels(db: &Connection, community: i64) -> rusqlite::Result<BTreeMap<i64, String>> {
    let mut statement = db.prepare("SELECT id, text FROM label WHERE community = ?1")?;
    statement.query_map([community], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}
