//! What a writer asks of the log.

use std::collections::HashSet;

use hearth_shared::{activity::Kind, pseudonym::Pseudonym};
use rusqlite::params;

use super::{Batch, Span};

impl Batch<'_> {
    /// Whether an act is in the log.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn has_act(&self, event: Pseudonym) -> rusqlite::Result<bool> {
        self.db
            .prepare_cached("SELECT 1 FROM activity WHERE id = (SELECT id FROM event WHERE key = ?1)")?
            .exists([event])
    }

    /// Polls that were opened or ended, whatever name the log has for that: when, in which room, by whom, and which of both
    /// (the kind's number). It looks at every row.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn polls(&self, community: i64) -> rusqlite::Result<HashSet<(i64, i64, i64, i64)>> {
        let mut polls =
            self.db.prepare("SELECT ts, room, person, kind FROM activity WHERE community = ?1 AND kind IN (?2, ?3)")?;
        let kinds = params![community, Kind::PollOpened.code(), Kind::PollClosed.code()];
        polls.query_map(kinds, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?.collect()
    }

    /// Whether an act was taken back.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn is_erased(&self, event: Pseudonym) -> rusqlite::Result<bool> {
        self.db
            .prepare_cached("SELECT 1 FROM erased WHERE event = (SELECT id FROM event WHERE key = ?1)")?
            .exists([event])
    }

    /// From when to when each source of a community says something of each room. It looks at every row.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn spans(&self, community: i64) -> rusqlite::Result<Vec<Span>> {
        let mut spans = self.db.prepare(
            "SELECT room, source, min(ts), max(ts) FROM activity WHERE community = ?1 GROUP BY room, source",
        )?;
        let span = |row: &rusqlite::Row| {
            Ok(Span { room: row.get(0)?, source: row.get(1)?, first: row.get(2)?, last: row.get(3)? })
        };
        spans.query_map([community], span)?.collect()
    }

    /// The people who are in a room, as far as the log knows.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn inside(&self, room: i64) -> rusqlite::Result<HashSet<i64>> {
        let mut rows = self
            .db
            .prepare_cached("SELECT person, kind FROM activity WHERE room = ?1 AND kind IN (?2, ?3) ORDER BY ts, id")?;
        let rows = rows.query_map(params![room, Kind::Join.code(), Kind::Leave.code()], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))
        })?;
        let mut inside = HashSet::new();
        for row in rows {
            let (person, kind) = row?;
            if kind == Kind::Join.code() {
                inside.insert(person)
            } else {
                inside.remove(&person)
            };
        }
        Ok(inside)
    }

    /// Those of some people who did not ask not to be logged, in the order of their ids.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn of_these_logged(&self, people: impl IntoIterator<Item = i64>) -> rusqlite::Result<Vec<i64>> {
        let mut silent = self.db.prepare_cached("SELECT opted_out FROM person WHERE id = ?1")?;
        let mut logged = Vec::new();
        for person in people {
            if !silent.query_row([person], |row| row.get::<_, bool>(0))? {
                logged.push(person);
            }
        }
        logged.sort_unstable();
        Ok(logged)
    }
}
