//! Rooms that have gone.

use std::collections::BTreeSet;

use hearth_practices::RoomId;

use super::ActivityLog;

impl ActivityLog {
    /// Forgets how far the past has been read of rooms that are not among these.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn prune_backfill(&mut self, kept: &BTreeSet<RoomId>) -> rusqlite::Result<()> {
        let rooms: Vec<String> = {
            let mut rows = self.writer.db().prepare("SELECT DISTINCT room FROM backfill")?;
            rows.query_map((), |row| row.get(0))?.collect::<Result<_, _>>()?
        };
        for room in rows_gone(&rooms, kept) {
            self.writer.db().execute("DELETE FROM backfill WHERE room = ?1", [room])?;
        }
        Ok(())
    }
}

fn rows_gone<'a>(rooms: &'a [String], kept: &BTreeSet<RoomId>) -> Vec<&'a String> {
    rooms.iter().filter(|room| !kept.contains(&RoomId::from(*room))).collect()
}
