//! Writing the log: interning people, rooms and events, each act once however often it is told.

use std::{collections::HashMap, path::Path};

use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};

use super::{Capabilities, Kind, OpenError, open};
use crate::pseudonym::Pseudonym;

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
    /// The id of a community, new or known.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn community(&mut self, name: &str) -> rusqlite::Result<i64> {
        self.db.execute("INSERT INTO community (name) VALUES (?1) ON CONFLICT DO NOTHING", [name])?;
        self.db.query_row("SELECT id FROM community WHERE name = ?1", [name], |row| row.get(0))
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

    /// The id of a room, and its name from now on.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn room(&mut self, community: i64, external: &str, name: &str) -> rusqlite::Result<i64> {
        if let Some(&id) = self.rooms.get(&(community, external.to_owned())) {
            return Ok(id);
        }
        let id = self.db.query_row(
            "INSERT INTO room (community, external, name) VALUES (?1, ?2, ?3)
             ON CONFLICT (community, external) DO UPDATE SET name = excluded.name RETURNING id",
            params![community, external, name],
            |row| row.get(0),
        )?;
        self.rooms.insert((community, external.to_owned()), id);
        Ok(id)
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

    /// Somebody, new or known. A bot once is a bot for good.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn person(&mut self, community: i64, pseudonym: Pseudonym, is_bot: bool) -> rusqlite::Result<Person> {
        // Whoever turns out to be a bot may have been taken for a person before.
        if let Some(&person) = self.people.get(&(community, pseudonym))
            && !is_bot
        {
            return Ok(person);
        }
        let person = self.db.query_row(
            "INSERT INTO person (community, pseudonym, is_bot) VALUES (?1, ?2, ?3)
             ON CONFLICT (community, pseudonym) DO UPDATE SET is_bot = max(is_bot, excluded.is_bot)
             RETURNING id, opted_out",
            params![community, pseudonym, is_bot],
            |row| Ok(Person { id: row.get(0)?, opted_out: row.get(1)? }),
        )?;
        self.people.insert((community, pseudonym), person);
        Ok(person)
    }

    /// Writes an act, unless it is there already. Says whether it was new.
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
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
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

    /// Takes an act out, as a redaction does. Says whether it was there.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn erase_act(&mut self, event: Pseudonym) -> rusqlite::Result<bool> {
        let erased = self
            .db
            .prepare_cached("DELETE FROM activity WHERE id = (SELECT id FROM event WHERE key = ?1)")?
            .execute([event])?;
        if erased > 0 {
            self.new_epoch()?;
        }
        Ok(erased > 0)
    }

    /// Remembers whether somebody wants to be logged.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn set_opted_out(&mut self, community: i64, pseudonym: Pseudonym, opted_out: bool) -> rusqlite::Result<()> {
        let person = self.person(community, pseudonym, false)?;
        self.db.execute("UPDATE person SET opted_out = ?2 WHERE id = ?1", params![person.id, opted_out])?;
        self.people.insert((community, pseudonym), Person { opted_out, ..person });
        Ok(())
    }

    /// Takes everything about somebody out, the person's row too, unless it must remember that they opted out.
    /// Gives the number of acts erased.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn forget(&mut self, community: i64, pseudonym: Pseudonym) -> rusqlite::Result<usize> {
        let found: Option<(i64, bool)> = self
            .db
            .query_row(
                "SELECT id, opted_out FROM person WHERE community = ?1 AND pseudonym = ?2",
                params![community, pseudonym],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        let Some((id, opted_out)) = found else { return Ok(0) };
        self.db.execute(
            "DELETE FROM event WHERE id IN (SELECT id FROM activity WHERE person = ?1)
             AND id NOT IN (SELECT reply_to FROM activity WHERE reply_to IS NOT NULL AND person != ?1)
             AND id NOT IN (SELECT thread FROM activity WHERE thread IS NOT NULL AND person != ?1)",
            [id],
        )?;
        let erased = self.db.execute("DELETE FROM activity WHERE person = ?1", [id])?;
        if !opted_out {
            self.db.execute("DELETE FROM person WHERE id = ?1", [id])?;
            self.people.remove(&(community, pseudonym));
        }
        self.new_epoch()?;
        Ok(erased)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pseudonym::Key;

    fn log() -> (tempfile::TempDir, Writer, Key) {
        let dir = tempfile::tempdir().unwrap();
        let writer = Writer::open(&dir.path().join("activity.db")).unwrap();
        (dir, writer, Key::new(&[1; 32]))
    }

    fn write(writer: &mut Writer, key: &Key, who: &str, event: &str, reply_to: Option<&str>) -> bool {
        writer
            .transact(|batch| {
                let community = batch.community("Testers")?;
                let source = batch.source(community, "live", Capabilities::all())?;
                let room = batch.room(community, "!lobby:t", "Lobby")?;
                let person = batch.person(community, key.person(who), false)?.id;
                batch.act(&Act {
                    community,
                    source,
                    room,
                    person,
                    kind: Kind::Message,
                    ts: 1,
                    event: key.event(event),
                    reply_to: reply_to.map(|id| key.event(id)),
                    thread: None,
                    n_chars: 5,
                    mentions: 0,
                    value: None,
                })
            })
            .map_err(|error: rusqlite::Error| error)
            .unwrap()
    }

    fn count(writer: &Writer, table: &str) -> i64 {
        writer.db().query_row(&format!("SELECT count(*) FROM {table}"), (), |row| row.get(0)).unwrap()
    }

    #[test]
    fn an_act_told_three_times_is_written_once_and_a_reply_points_at_its_row() {
        let (_dir, mut writer, key) = log();
        assert!(write(&mut writer, &key, "@ana:t", "$1", None));
        assert!(!write(&mut writer, &key, "@ana:t", "$1", None));
        assert!(write(&mut writer, &key, "@ben:t", "$2", Some("$1")));
        let pointed: i64 = writer
            .db()
            .query_row("SELECT a.id FROM activity b JOIN activity a ON a.id = b.reply_to", (), |row| row.get(0))
            .unwrap();
        assert_eq!((count(&writer, "activity"), pointed), (2, 1));
    }

    #[test]
    fn whoever_is_forgotten_leaves_no_row_and_the_epoch_grows() {
        let (_dir, mut writer, key) = log();
        write(&mut writer, &key, "@ana:t", "$1", None);
        write(&mut writer, &key, "@ben:t", "$2", Some("$1"));
        let erased: rusqlite::Result<usize> = writer.transact(|batch| batch.forget(1, key.person("@ana:t")));
        assert_eq!(erased.unwrap(), 1);
        assert_eq!((count(&writer, "activity"), count(&writer, "person")), (1, 1));
        let epoch: i64 = writer.db().query_row("SELECT erasure_epoch FROM state", (), |row| row.get(0)).unwrap();
        assert_eq!(epoch, 1);
    }

    #[test]
    fn who_turns_out_to_be_a_bot_is_one_for_good() {
        let (_dir, mut writer, key) = log();
        let ids: rusqlite::Result<Vec<i64>> = writer.transact(|batch| {
            let community = batch.community("Testers")?;
            let mut told = |is_bot| batch.person(community, key.person("@ana:t"), is_bot);
            Ok(vec![told(false)?.id, told(true)?.id, told(false)?.id])
        });
        assert_eq!(ids.unwrap(), [1, 1, 1]);
        let bots: i64 = writer.db().query_row("SELECT sum(is_bot) FROM person", (), |row| row.get(0)).unwrap();
        assert_eq!(bots, 1);
    }

    #[test]
    fn a_label_has_one_row_however_it_is_written() {
        let (_dir, mut writer, _key) = log();
        let labels: rusqlite::Result<Vec<i64>> = writer.transact(|batch| {
            let (ours, theirs) = (batch.community("Testers")?, batch.community("Others")?);
            Ok(vec![batch.label(ours, "Deploys")?, batch.label(ours, " deploys ")?, batch.label(theirs, "deploys")?])
        });
        assert_eq!(labels.unwrap(), [1, 1, 2]);
    }

    #[test]
    fn a_failed_transaction_leaves_nothing_not_even_in_memory() {
        let (_dir, mut writer, key) = log();
        let failed: rusqlite::Result<()> = writer.transact(|batch| {
            let community = batch.community("Testers")?;
            batch.person(community, key.person("@ana:t"), false)?;
            Err(rusqlite::Error::InvalidQuery)
        });
        assert!(failed.is_err());
        assert_eq!((count(&writer, "person"), writer.people.len()), (0, 0));
    }
}
