//! What each source of a log tells of: when people wrote there, and who.

use std::collections::HashSet;

use hearth_shared::activity::Kind;
use rusqlite::{Connection, params};

/// When people first and last wrote, as a source tells; milliseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Life {
    /// The source.
    pub source: i64,
    /// Its name.
    pub name: String,
    /// The first message.
    pub first: i64,
    /// The last message.
    pub last: i64,
}

/// When people wrote, by each source of a community that tells of any. It looks at every row, unless there is one source.
///
/// # Errors
/// What SQLite says.
pub fn lives(db: &Connection, community: &str) -> rusqlite::Result<Vec<Life>> {
    let of = "FROM source s JOIN community c ON c.id = s.community WHERE c.name = ?1";
    let count: i64 = db.query_row(&format!("SELECT count(*) {of}"), [community], |row| row.get(0))?;
    if count < 2 {
        return Ok(Vec::new());
    }
    let mut lives = db.prepare(&format!(
        "SELECT a.source, a.name, a.first, a.last FROM (
           SELECT s.id AS source, s.name AS name, min(a.ts) AS first, max(a.ts) AS last
           FROM activity a JOIN source s ON s.id = a.source
           WHERE a.kind = ?2 AND s.id IN (SELECT s.id {of}) GROUP BY s.id
         ) a ORDER BY a.source"
    ))?;
    let life = |row: &rusqlite::Row| {
        Ok(Life { source: row.get(0)?, name: row.get(1)?, first: row.get(2)?, last: row.get(3)? })
    };
    lives.query_map(params![community, Kind::Message.code()], life)?.collect()
}

/// The people, bots apart, who wrote by what a source tells.
///
/// # Errors
/// What SQLite says.
pub fn writers(db: &Connection, source: i64) -> rusqlite::Result<HashSet<i64>> {
    let mut writers = db.prepare(
        "SELECT DISTINCT a.person FROM activity a JOIN person p ON p.id = a.person
         WHERE a.source = ?1 AND a.kind = ?2 AND NOT p.is_bot",
    )?;
    writers.query_map(params![source, Kind::Message.code()], |row| row.get(0))?.collect()
}
