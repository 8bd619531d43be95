//! Writing the log: interning people, rooms and events, each act once however often it is told.

pub mod aliases;
mod lookups;
mod people;
mod rooms;
#[cfg(test)]
mod tests;

use std::{collections::HashMap, path::Path};

use hearth_shared::{
    activity::{Capabilities, Kind},
    pseudonym::{Key, Pseudonym},
};
use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};

use crate::{OpenError, open};

/// One act, with ids as [`Batch`] gave them out.
#[derive(Clone, Copy, Debug)]
pub struct Act {
    /// The community.
    pub community: i64,
    /// Where the row comes from.
    pub source: i64,
    /// The room; 0 for an act outside any room.
    pub room: i64,
    /// Who.
    pub person: i64,
    /// What.
    pub kind: Kind,
    /// When, milliseconds since 1970.
    pub ts: i64,
    /// The key of the event: what makes the act one act.
    pub event: Pseudonym,
    /// The event that it answers.
    pub reply_to: Option<Pseudonym>,
    /// The root of the thread it is in.
    pub thread: Option<Pseudonym>,
    /// The length of the text, characters.
    pub n_chars: i64,
    /// How many people the text mentions.
    pub mentions: i64,
    /// What the kind says it means.
    pub value: Option<i64>,
}

/// Somebody, as the log knows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    /// The dense id.
    pub id: i64,
    /// Whether they asked not to be logged.
    pub opted_out: bool,
    /// The other id that was asked for, by its number: acts under it are written with [`Batch::act_under`].
    pub alias: Option<i64>,
}

/// When a source says something of a room, at first and at last; milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The room; 0 outside any room.
    pub room: i64,
    /// The source.
    pub source: i64,
    /// The first time.
    pub first: i64,
    /// The last time.
    pub last: i64,
}

/// The one writer of a log.
#[derive(Debug)]
pub struct Writer {
    db: Connection,
    people: HashMap<(i64, Pseudonym), Person>,
    rooms: HashMap<(i64, String), i64>,
}

impl Writer {
    /// Opens the log for writing, making it where there is none.
    ///
    /// # Errors
    /// See [`open`].
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        Ok(Self { db: open(path)?, people: HashMap::new(), rooms: HashMap::new() })
    }

    /// Does `work` in one transaction: all of it is written, or nothing.
    ///
    /// # Errors
    /// What `work` or SQLite says; nothing was written.
    pub fn transact<T, E: From<rusqlite::Error>>(
        &mut self,
        work: impl FnOnce(&mut Batch) -> Result<T, E>,
    ) -> Result<T, E> {
        let outcome = (|| {
            let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut batch = Batch { db: transaction, people: &mut self.people, rooms: &mut self.rooms };
            let value = work(&mut batch)?;
            batch.db.commit()?;
            Ok(value)
        })();
        if outcome.is_err() {
            self.people.clear();
            self.rooms.clear();
        }
        outcome
    }

    /// A connection for questions.
    pub fn db(&self) -> &Connection {
        &self.db
    }
}

/// Writes of one transaction.
#[derive(Debug)]
pub struct Batch<'a> {
    db: Transaction<'a>,
    people: &'a mut HashMap<(i64, Pseudonym), Person>,
    rooms: &'a mut HashMap<(i64, String), i64>,
}

impl Batch<'_> {
    /// The log as it is within the transaction, for questions.
    pub fn db(&self) -> &Connection {
        &self.db
    }

    /// Whether the log is written with this key. A log that has not met its key takes this one for it.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn is_keyed(&mut self, key: &Key) -> rusqlite::Result<bool> {
        let present = key.fingerprint();
        self.db.execute("UPDATE state SET key_fingerprint = ?1 WHERE key_fingerprint IS NULL", [present])?;
        self.db.query_row("SELECT key_fingerprint = ?1 FROM state", [present], |row| row.get(0))
    }

    /// The id of a community, new or known.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn community(&mut self, name: &str) -> rusqlite::Result<i64> {
        let known = self.db.query_row("SELECT id FROM community WHERE name = ?1", [name], |row| row.get(0));
        if let Some(id) = known.optional()? {
            return Ok(id);
        }
        self.db.execute("INSERT INTO community (name) VALUES (?1)", [name])?;
        let id = self.db.last_insert_rowid();
        // Another community may have begun under this name: the same people must be others here.
        self.db.execute(
            "UPDATE community SET keyed_as = ?2 || char(10) || id
             WHERE id = ?1 AND EXISTS (SELECT 1 FROM community WHERE keyed_as = ?2)",
            params![id, name],
        )?;
        Ok(id)
    }

    /// The key with which a community's pseudonyms are made: the same under whatever name.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn key_of(&self, community: i64, key: &Key) -> rusqlite::Result<Key> {
        let find = "SELECT coalesce(keyed_as, name) FROM community WHERE id = ?1";
        let keyed_as: String = self.db.query_row(find, [community], |row| row.get(0))?;
        Ok(key.for_community(&keyed_as))
    }

    /// Calls a community something else. Its people keep their pseudonyms.
    ///
    /// # Errors
    /// What SQLite says: there may be a community of the new name.
    pub fn rename(&mut self, from: &str, to: &str) -> rusqlite::Result<()> {
        let rename = "UPDATE community SET keyed_as = coalesce(keyed_as, name), name = ?2 WHERE name = ?1";
        self.db.execute(rename, [from, to]).map(drop)
    }

    /// The id of a source of rows, and what it can know from now on.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn source(&mut self, community: i64, name: &str, capabilities: Capabilities) -> rusqlite::Result<i64> {
        self.db.query_row(
            "INSERT INTO source (community, name, capabilities) VALUES (?1, ?2, ?3)
             ON CONFLICT (community, name) DO UPDATE SET capabilities = excluded.capabilities RETURNING id",
            params![community, name, capabilities.to_string()],
            |row| row.get(0),
        )
    }

    /// The id of a label, new or known. Case and space around it make no difference.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn label(&mut self, community: i64, text: &str) -> rusqlite::Result<i64> {
        let text = text.trim().to_lowercase();
        self.db
            .prepare_cached("INSERT INTO label (community, text) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
            .execute(params![community, text])?;
        self.db.query_row("SELECT id FROM label WHERE community = ?1 AND text = ?2", params![community, text], |row| {
            row.get(0)
        })
    }

    /// Writes an act that somebody did under another id of theirs: see [`Batch::act`].
    ///
    /// # Errors
    /// What SQLite says.
    pub fn act_under(&mut self, act: &Act, alias: Option<i64>) -> rusqlite::Result<bool> {
        let is_new = self.act(act)?;
        if let Some(alias) = alias.filter(|_| is_new) {
            let id = self.event(act.event)?;
            self.db.prepare_cached("INSERT INTO act_of_alias VALUES (?1, ?2)")?.execute([id, alias])?;
        }
        Ok(is_new)
    }

    /// Writes an act, unless it is there already or was taken back. Says whether it was new.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn act(&mut self, act: &Act) -> rusqlite::Result<bool> {
        let reply_to = act.reply_to.map(|key| self.event(key)).transpose()?;
        let thread = act.thread.map(|key| self.event(key)).transpose()?;
        let id = self.event(act.event)?;
        let mut insert = self.db.prepare_cached(
            "INSERT OR IGNORE INTO activity
             (id, community, source, room, person, kind, ts, reply_to, thread, n_chars, mentions, value)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12
             WHERE NOT EXISTS (SELECT 1 FROM erased WHERE event = ?1)",
        )?;
        let rows = insert.execute(params![
            id,
            act.community,
            act.source,
            act.room,
            act.person,
            act.kind.code(),
            act.ts,
            reply_to,
            thread,
            act.n_chars,
            act.mentions,
            act.value,
        ])?;
        Ok(rows > 0)
    }

    /// Takes an act out, as a redaction does, so that it does not come in again. Says whether it was there.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn erase_act(&mut self, event: Pseudonym) -> rusqlite::Result<bool> {
        let id = self.event(event)?;
        self.db.prepare_cached("INSERT OR IGNORE INTO erased VALUES (?1)")?.execute([id])?;
        self.db.prepare_cached("DELETE FROM act_of_alias WHERE act = ?1")?.execute([id])?;
        let erased = self.db.prepare_cached("DELETE FROM activity WHERE id = ?1")?.execute([id])?;
        if erased > 0 {
            self.new_epoch()?;
        }
        Ok(erased > 0)
    }

    /// Remembers how far back the past of a room has been read: where the next page begins, or that there is none.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn set_backfilled(&mut self, community: i64, room: &str, next: Option<&str>) -> rusqlite::Result<()> {
        self.db.prepare_cached("REPLACE INTO backfill VALUES (?1, ?2, ?3)")?.execute(params![community, room, next])?;
        Ok(())
    }

    fn new_epoch(&mut self) -> rusqlite::Result<()> {
        self.db.prepare_cached("UPDATE state SET erasure_epoch = erasure_epoch + 1")?.execute(())?;
        Ok(())
    }

    fn event(&mut self, key: Pseudonym) -> rusqlite::Result<i64> {
        let mut find = self.db.prepare_cached("SELECT id FROM event WHERE key = ?1")?;
        if let Some(id) = find.query_row([key], |row| row.get(0)).optional()? {
            return Ok(id);
        }
        self.db.prepare_cached("INSERT INTO event (key) VALUES (?1)")?.execute([key])?;
        Ok(self.db.last_insert_rowid())
    }
}
