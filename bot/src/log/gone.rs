//! Who, and which rooms, have gone.

use std::collections::{BTreeMap, BTreeSet};

use hearth_practices::{RoomId, UserId};
use hearth_shared::activity::Kind;
use rusqlite::OptionalExtension as _;

use super::ActivityLog;
use crate::engine::CommunityNumber;

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

    /// Those among these people whom the log knows to be in a room of a community. It reads the log once, whoever is
    /// asked about.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn inside_any(&self, community: CommunityNumber, people: &[UserId]) -> rusqlite::Result<BTreeSet<UserId>> {
        let home = self.home(community)?;
        let mut ids: BTreeMap<i64, &UserId> = BTreeMap::new();
        for who in people {
            let find = "SELECT id FROM person WHERE community = ?1 AND pseudonym = ?2";
            let known = self.writer.db().prepare_cached(find)?;
            let id: Option<i64> = { known }
                .query_row(rusqlite::params![home.community, home.key.person(who.as_str())], |row| row.get(0))
                .optional()?;
            ids.extend(id.map(|id| (id, who)));
        }
        let list = ids.keys().map(i64::to_string).collect::<Vec<_>>().join(",");
        let mut rows = self.writer.db().prepare(&format!(
            "SELECT person, room, kind FROM activity WHERE person IN ({list}) AND kind IN (?1, ?2) ORDER BY ts, id"
        ))?;
        let rows = rows.query_map([Kind::Join.code(), Kind::Leave.code()], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)? == Kind::Join.code()))
        })?;
        let mut inside = BTreeSet::new();
        for row in rows {
            let (person, room, joined) = row?;
            let _ = if joined { inside.insert((person, room)) } else { inside.remove(&(person, room)) };
        }
        Ok(inside.iter().filter_map(|(person, _)| ids.get(person).map(|who| (*who).clone())).collect())
    }
}

fn rows_gone<'a>(rooms: &'a [String], kept: &BTreeSet<RoomId>) -> Vec<&'a String> {
    rooms.iter().filter(|room| !kept.contains(&RoomId::from(*room))).collect()
}
