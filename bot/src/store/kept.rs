//! Encrypted events that wait for their key, a page at a time; and how far gaps have been filled.

use std::collections::HashMap;

use hearth_core::engine::{Commit, Unread};
use hearth_practices::{EventId, RoomId};
use jiff::Timestamp;
use rusqlite::{Params, Row, Transaction, params};

use super::{error::StoreError, opened::Store, rows};

/// How many are read at a time.
pub const PAGE: usize = 100;

/// Which of them are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// All.
    All,
    /// Those of a session.
    Session(RoomId, String),
    /// Those that were received before.
    Before(Timestamp),
}

pub(super) fn write(db: &Transaction, commit: &Commit) -> rusqlite::Result<()> {
    for Unread { room, event, session, json, since } in &commit.undecrypted {
        db.prepare_cached(
            "INSERT OR IGNORE INTO undecrypted (event, room, json, since, session) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![event.as_str(), room.as_str(), json, since.as_millisecond(), session])?;
    }
    for event in &commit.decrypted {
        db.prepare_cached("DELETE FROM undecrypted WHERE event = ?1")?.execute([event.as_str()])?;
    }
    if let Some((room, token)) = &commit.gap {
        db.prepare_cached("REPLACE INTO gap VALUES (?1, ?2)")?.execute([room.as_str(), token])?;
    }
    if let Some(token) = &commit.cursor {
        db.prepare_cached("REPLACE INTO cursor VALUES (1, ?1)")?.execute([token])?;
        // Gaps are about what lies behind the cursor.
        db.prepare_cached("DELETE FROM gap")?.execute(())?;
    }
    Ok(())
}

impl Store {
    /// A page of encrypted events that wait for their key, those that have waited longest first, after the row `after`;
    /// each with its row.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn unread(&self, which: &Which, after: i64) -> Result<Vec<(i64, Unread)>, StoreError> {
        match which {
            Which::All => self.unread_where("rowid > ?1", [after]),
            Which::Session(room, session) => {
                self.unread_where("rowid > ?1 AND room = ?2 AND session = ?3", params![after, room.as_str(), session])
            }
            Which::Before(at) => self.unread_where("rowid > ?1 AND since < ?2", [after, at.as_millisecond()]),
        }
    }

    fn unread_where(&self, condition: &str, values: impl Params) -> Result<Vec<(i64, Unread)>, StoreError> {
        let columns = "rowid, room, event, session, json, since";
        let rest = format!("WHERE {condition} ORDER BY rowid LIMIT {PAGE}");
        Ok(rows::read(self.db(), "undecrypted", columns, &rest, values, |row| {
            let unread = Unread {
                room: RoomId::from(row.get::<_, String>(1)?),
                event: EventId::from(row.get::<_, String>(2)?),
                session: row.get(3)?,
                json: row.get(4)?,
                since: Timestamp::from_millisecond(row.get(5)?).unwrap_or_default(),
            };
            Ok((row.get(0)?, unread))
        })?)
    }

    /// How far the gaps behind the cursor have been filled: where the next page of each room begins.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn gaps(&self) -> Result<HashMap<RoomId, String>, StoreError> {
        let read = |row: &Row| Ok((RoomId::from(row.get::<_, String>(0)?), row.get(1)?));
        Ok(rows::read(self.db(), "gap", "room, token", "", (), read)?.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("bot.db")).unwrap();
        (folder, store)
    }

    fn unread(number: i64, session: &str) -> Unread {
        let (room, event) = (RoomId::from("!a:t"), EventId::from(format!("$e{number}")));
        let since = Timestamp::from_second(number).unwrap();
        Unread { room, event, session: session.to_owned(), json: "{}".to_owned(), since }
    }

    fn numbers(page: &[(i64, Unread)]) -> Vec<i64> {
        page.iter().map(|(_, unread)| unread.since.as_second()).collect()
    }

    #[test]
    fn what_cannot_be_read_is_looked_at_by_session_and_a_page_at_a_time() {
        let (_folder, mut store) = store();
        let session = |number: i64| if number == 250 { "late" } else { "lost" };
        let undecrypted: Vec<_> = (0..500).map(|number| unread(number, session(number))).collect();
        store.commit(&Commit { undecrypted: undecrypted.clone(), ..Commit::default() }).unwrap();
        store.commit(&Commit { undecrypted, ..Commit::default() }).unwrap();
        let late = Which::Session(RoomId::from("!a:t"), "late".to_owned());
        assert_eq!(numbers(&store.unread(&late, 0).unwrap()), [250]);
        let elsewhere = Which::Session(RoomId::from("!b:t"), "late".to_owned());
        assert!(store.unread(&elsewhere, 0).unwrap().is_empty());
        assert_eq!(numbers(&store.unread(&Which::Before(Timestamp::from_second(3).unwrap()), 0).unwrap()), [0, 1, 2]);
        let (mut after, mut seen) = (0, Vec::new());
        loop {
            let page = store.unread(&Which::All, after).unwrap();
            assert!(page.len() <= PAGE);
            let Some((row, _)) = page.last() else { break };
            after = *row;
            seen.extend(numbers(&page));
        }
        assert_eq!(seen, (0..500).collect::<Vec<_>>());
        store.commit(&Commit { decrypted: vec![EventId::from("$e250")], ..Commit::default() }).unwrap();
        assert!(store.unread(&late, 0).unwrap().is_empty());
    }

    #[test]
    fn how_far_a_gap_is_filled_lasts_until_the_cursor_moves() {
        let (folder, mut store) = store();
        let gap =
            |room: &str, token: &str| Commit { gap: Some((RoomId::from(room), token.to_owned())), ..Commit::default() };
        for (room, token) in [("!a:t", "1"), ("!b:t", "1"), ("!a:t", "2")] {
            store.commit(&gap(room, token)).unwrap();
        }
        drop(store);
        let mut store = Store::open(&folder.path().join("bot.db")).unwrap();
        let expected = [("!a:t", "2"), ("!b:t", "1")].map(|(room, token)| (RoomId::from(room), token.to_owned()));
        assert_eq!(store.gaps().unwrap(), HashMap::from(expected));
        store.commit(&Commit { cursor: Some("next".to_owned()), ..Commit::default() }).unwrap();
        assert!(store.gaps().unwrap().is_empty());
    }
}
