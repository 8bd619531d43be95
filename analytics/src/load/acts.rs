//! The acts of practices: few, and read whole.

use std::collections::BTreeMap;

use hearth_shared::activity::Kind;
use rusqlite::{Connection, Row};

use super::wanted::Wanted;
use crate::practices::PracticeAct;

/// The acts of practices with these ids. Of people who are not counted it is known that something was done, and not by
/// whom.
pub(super) fn read(db: &Connection, wanted: &Wanted, ids: &[i64]) -> rusqlite::Result<Vec<PracticeAct>> {
    let mut acts = Vec::with_capacity(ids.len());
    let mut take = |row: &Row<'_>| {
        let Some(kind) = Kind::from_code(row.get(3)?) else { return Ok(()) };
        let person: i32 = row.get(2)?;
        acts.push(PracticeAct {
            id: row.get(0)?,
            room: row.get(1)?,
            person: wanted.people.number(person).map(|_| person),
            kind,
            ts: row.get(4)?,
            reply_to: row.get(5)?,
            thread: row.get(6)?,
            value: row.get(7)?,
        });
        rusqlite::Result::Ok(())
    };
    let mut statement =
        db.prepare("SELECT id, room, person, kind, ts, reply_to, thread, value FROM activity WHERE id = ?1")?;
    for id in ids {
        statement.query_row([id], |row| take(row))?;
    }
    Ok(acts)
}

/// The names that one community's themes were given.
pub(super) fn labels(db: &Connection, community: i64) -> rusqlite::Result<BTreeMap<i64, String>> {
    let mut statement = db.prepare("SELECT id, text FROM label WHERE community = ?1")?;
    statement.query_map([community], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}
