//! What the folder `sealed` says of the past. It is never backed up, so it is as new as anything that was ever done: it
//! lists which scopes have ended, and when. A database that knows of fewer is an older copy. What it still takes for
//! open, or opens once more because it reads again what was said, has been counted and published: its votes are gone
//! from the rooms, too, and what it would count now is wrong. Practices are told, as of everything sealed that is lost.
//!
//! Where the folder itself is gone, or is another one, nobody knows what has ended: everything sealed that is open is
//! called off.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{self, Write as _},
    path::PathBuf,
};

use hearth_shared::private_file;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};
use tracing::{error, warn};

use super::{
    error::StoreError,
    later::{ANY, Ended},
    opened::Store,
    rows,
    vault::{Vault, make_private_folder, sync_folder},
};

/// How much is remembered of what has ended, at most.
const REMEMBERED: u32 = 10_000;

/// What the folder says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Witness {
    /// Which folder it is.
    id: String,
    /// What ended before, in milliseconds, it does not say any more.
    since: i64,
    ended: BTreeSet<Ended>,
}

impl Witness {
    /// A line that a crash has torn is none.
    fn read(text: &str) -> Self {
        let mut witness = Self::default();
        for (name, value) in text.lines().filter_map(|line| line.split_once(' ')) {
            match (name, value.parse::<i64>()) {
                ("folder", _) => value.clone_into(&mut witness.id),
                ("since", Ok(since)) => witness.since = since,
                (scope, Ok(at)) => drop(witness.ended.insert((scope.to_owned(), at))),
                _ => {}
            }
        }
        witness
    }

    fn written(&self) -> String {
        let ended: String = self.ended.iter().map(|(scope, at)| format!("{scope} {at}\n")).collect();
        format!("folder {}\nsince {}\n{ended}", self.id, self.since)
    }
}

impl Vault {
    fn witness(&self) -> PathBuf {
        self.folder().join("ended")
    }

    fn read_witness(&self) -> Result<Option<Witness>, StoreError> {
        match fs::read_to_string(self.witness()) {
            Ok(text) => Ok(Some(Witness::read(&text))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(StoreError::Vault { path: self.witness().display().to_string(), source }),
        }
    }

    fn write_witness(&self, witness: &Witness) -> Result<(), StoreError> {
        let write = || -> io::Result<()> {
            make_private_folder(self.folder())?;
            private_file::write(&self.witness(), witness.written().as_bytes())?;
            sync_folder(self.folder())
        };
        write().map_err(|source| StoreError::Vault { path: self.witness().display().to_string(), source })
    }

    /// Writes down that a scope has ended. What cannot be written is made up for when the two are next compared.
    pub(super) fn note_ended(&self, scope: &str, at: Timestamp) {
        let note = || -> io::Result<()> {
            let mut file = fs::OpenOptions::new().append(true).open(self.witness())?;
            // The line before may be torn.
            file.write_all(format!("\n{scope} {}\n", at.as_millisecond()).as_bytes())?;
            file.sync_all()
        };
        match note() {
            Ok(()) => {}
            // It is made when the two are first compared.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => error!("{} cannot be written: {error}", self.witness().display()),
        }
    }
}

/// Writes down that this memory has ended a scope.
pub(super) fn end(db: &Transaction, scope: &str, at: Timestamp) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT OR IGNORE INTO ended VALUES (?1, ?2, 1)")?
        .execute(params![scope, at.as_millisecond()])
        .map(drop)
}

/// A damaged row does not say of which scope it was. Nothing must be counted without it, so everything that is open is
/// called off.
pub(super) fn call_all_off(db: &Transaction) -> rusqlite::Result<()> {
    db.execute("INSERT OR IGNORE INTO ended VALUES (?1, 0, 0)", [ANY]).map(drop)
}

/// Practices have been told of what a later memory has ended.
pub(super) fn told(db: &Connection) -> rusqlite::Result<()> {
    db.execute("UPDATE ended SET known = 2 WHERE known = 0", ()).map(drop)
}

impl Store {
    /// Remembers what communities were called before: what has ended under an old name has ended.
    pub fn called_before(&mut self, former: BTreeMap<String, Vec<String>>) {
        self.later.former = former;
    }

    /// Compares this memory with the folder `sealed`, and finds what a later copy of it has ended. Done once, at the
    /// start.
    ///
    /// # Errors
    /// What SQLite says, or where the folder cannot be used.
    pub fn look_back(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let now = now.as_millisecond();
        let found = self.vault.read_witness()?;
        let read = |row: &Row| Ok((row.get(1)?, row.get(2)?));
        let own: Option<(String, i64)> = rows::read(&self.db, "folder", "one, id, seen", "", (), read)?.pop();
        let is_whole = match (&own, &found) {
            (Some((id, seen)), Some(found)) => *id == found.id && *seen >= found.since,
            (Some(_), None) => false,
            // From before there was such a list: its past is unknown, unless it has none.
            (None, Some(_)) => self.cursor()?.is_none(),
            (None, None) => true,
        };
        let mut witness = match &found {
            Some(found) => found.clone(),
            None => Witness { id: random_id()?, since: 0, ended: BTreeSet::new() },
        };
        let db = self.db.transaction()?;
        for (scope, at) in &witness.ended {
            db.execute("INSERT OR IGNORE INTO ended VALUES (?1, ?2, 0)", params![scope, at])?;
        }
        if !is_whole {
            warn!(
                "the folder of sealed keys is not the one that belongs to bot.db: what is open in confidence is called off"
            );
            db.execute("INSERT OR IGNORE INTO ended VALUES (?1, ?2, 0)", params![ANY, now])?;
        }
        db.execute("REPLACE INTO folder VALUES (1, ?1, ?2)", params![witness.id, now])?;
        witness.ended.extend(ended_where(&db, "known = 1")?);
        db.commit()?;
        if found.as_ref() != Some(&witness) {
            self.vault.write_witness(&witness)?;
        }
        let fresh = ended_where(&self.db, "known = 0")?.into_iter().map(|ended| (ended, true));
        let told = ended_where(&self.db, "known = 2")?.into_iter().map(|ended| (ended, false));
        self.later.ended = fresh.chain(told).collect();
        if self.later.any_fresh() {
            warn!(
                "what was told in confidence has ended since, or is damaged: it is called off where it is still open"
            );
        }
        Ok(())
    }

    /// Whether a later copy of this memory has ended anything that this one may open once more.
    pub fn is_behind(&self) -> bool {
        !self.later.ended.is_empty()
    }

    /// Whether something of a scope is lost, or a later copy of this memory has ended it: since when, in milliseconds,
    /// where that is known.
    pub fn lost_since(&self, community: &str, practice: &str, scope: &str) -> Option<i64> {
        let ids = self.later.ids(community, practice, scope);
        let ended = self.later.last(&ids, |(_, fresh)| *fresh);
        ended.or_else(|| self.lost.iter().any(|(lost, _)| ids.contains(lost)).then_some(0))
    }

    /// When a later copy of this memory has ended a scope that was opened at that time, in milliseconds.
    pub fn ended_since(&self, community: &str, practice: &str, scope: &str, opened: Timestamp) -> Option<i64> {
        let ids = self.later.ids(community, practice, scope);
        self.later.last(&ids, |((_, at), _)| *at >= opened.as_millisecond())
    }

    /// Forgets, here and in the folder, what ended before that time, and the oldest of what is too much.
    pub(super) fn prune_ended(&mut self, now: Timestamp, before: Timestamp) -> Result<(), StoreError> {
        let newest = "SELECT at FROM ended WHERE known != 0 ORDER BY at DESC LIMIT 1 OFFSET ?1";
        let oldest: Option<i64> = self.db.query_row(newest, [REMEMBERED - 1], |row| row.get(0)).optional()?;
        let before = oldest.unwrap_or(i64::MIN).max(before.as_millisecond());
        let gone = self.db.execute("DELETE FROM ended WHERE at < ?1 AND known != 0", [before])?;
        self.db.execute("UPDATE folder SET seen = ?1", [now.as_millisecond()])?;
        if gone > 0
            && let Some(mut witness) = self.vault.read_witness()?
        {
            witness.ended.retain(|(_, at)| *at >= before);
            witness.since = before;
            self.vault.write_witness(&witness)?;
        }
        self.later.ended.retain(|((_, at), fresh)| *at >= before || *fresh);
        Ok(())
    }
}

fn ended_where(db: &Connection, which: &str) -> rusqlite::Result<Vec<Ended>> {
    rows::read(db, "ended", "scope, at", &format!("WHERE {which}"), (), |row| Ok((row.get(0)?, row.get(1)?)))
}

fn random_id() -> Result<String, StoreError> {
    let mut id = [0; 16];
    getrandom::fill(&mut id).map_err(|_| StoreError::Unsealable)?;
    Ok(hex::encode(id))
}
