//! The acts of practices: few, and read whole.

use std::collections::BTreeMap;

use hearth_shared::activity::Kind;
use rusqlite::{Connection, Row};

use super::Wanted;
use crate::practices::{Act, Practices};

/// One community's acts of practices: those before the id `from`, and `further` ones. Of people who are not counted it
/// is known that something was done, and not by whom.
pub(super) fn read(db: &Connection, wanted: &Wanted, from: i64, further: &[i64]) -> rusqlite::Result<Practices> {
    let mut acts = Vec::new();
    let mut take = |row: &Row<'_>| {
        let Some(kind) = Kind::from_code(row.get(3)?) else { return Ok(()) };
        let person: i32 = row.get(2)?;
        acts.push(Act {
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
    let columns = "SELECT id, room, person, kind, ts, reply_to, thread, value FROM activity";
    if from > 0 {
        let before = "id < ?1 AND community = ?2 AND kind >= ?3 AND ts BETWEEN 0 AND ?4";
        let mut statement = db.prepare(&format!("{columns} WHERE {before}"))?;
        let mut rows =
            statement.query((from, wanted.community, Practices::FIRST_KIND.code(), wanted.now.as_millisecond()))?;
        while let Some(row) = rows.next()? {
            take(row)?;
        }
    }
    let mut statement = db.prepare(&format!("{columns} WHERE id = ?1"))?;
    for id in further {
        statement.query_row([id], |row| take(row))?;
    }
    Ok(Practices::new(acts))
}

/// The names that one community's themes were given.
pub(super) fn labels(db: &Connection, community: i64) -> rusqlite::Result<BTreeMap<i64, String>> {
    let mut statement = db.prepare("SELECT id, text FROM label WHERE community = ?1")?;
    statement.query_map([community], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}
