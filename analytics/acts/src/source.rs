//! `activity.db`, and how it is read: in order of ids, by several connections that see the same moment.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use hearth_shared::activity::Capabilities;
use jiff::{Timestamp, tz::TimeZone};
use polars::prelude::*;
use rusqlite::{Connection, OptionalExtension as _};
use serde::{Deserialize, Serialize};

use crate::{
    error::ReadError,
    practices::PracticeRows,
    readers::{Readers, readers},
    shelf::Shelf,
    wanted::{Start, Wanted},
};

/// The names of the communities in a log.
///
/// # Errors
/// [`ReadError`] where the file is no log or a newer one.
pub fn communities(path: &Path) -> Result<Vec<String>, ReadError> {
    let db = hearth_log::open_read_only(path)?;
    names(&db).map_err(|source| ReadError::Read { path: path.display().to_string(), source })
}

/// What a log says of a community beside its acts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct About {
    /// Its name.
    pub community: String,
    /// What each source can know.
    pub sources: BTreeMap<i32, Capabilities>,
    /// What its rooms are called.
    pub room_names: BTreeMap<i32, String>,
    /// Those of its rooms that are for announcements, which nobody is expected to answer.
    pub announcements: BTreeSet<i32>,
    /// The names that themes of retrospectives were given, by their rows.
    pub labels: BTreeMap<i64, String>,
}

/// What facts were made under: when it is another, they are stale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Grows with every erasure.
    pub erasure_epoch: i64,
    /// Who is not counted: bots, and who opted out.
    pub left_out: Vec<i32>,
}

/// The rows before an id, of all communities and kinds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// How many there are.
    pub rows: i64,
    /// The key of the last one's event: another log has another.
    pub last: Option<String>,
}

/// One community's log in the database, as it is at one moment.
pub struct Source {
    path: String,
    readers: Readers,
    wanted: Wanted,
    /// What it says beside the acts.
    pub about: About,
}

impl Source {
    /// Opens the log and finds the community.
    pub fn open(path: &Path, community: &str, now: Timestamp) -> Result<Self, ReadError> {
        let shown = path.display().to_string();
        if !path.exists() {
            return Err(ReadError::Missing(shown));
        }
        let readers = Readers::open(path, readers())?;
        let db = readers.first();
        let key = community_key(db, &shown, community)?;
        let failed = |source| ReadError::Read { path: shown.clone(), source };
        let people = people(db, key).map_err(failed)?;
        let about = About {
            community: community.to_owned(),
            sources: sources(db, &shown, key)?,
            room_names: room_names(db, key).map_err(failed)?,
            announcements: announcements(db, key).map_err(failed)?,
            labels: labels(db, key).map_err(failed)?,
        };
        let is_only = names(db).map_err(failed)?.len() == 1;
        let wanted = Wanted { community: key, is_only, now: now.as_millisecond(), people };
        Ok(Self { path: shown, readers, wanted, about })
    }

    /// Puts the acts from an id and since a time upon a shelf, and gives what practices logged.
    ///
    /// # Errors
    /// [`ReadError`] where the log cannot be read to its end.
    pub fn read(&mut self, from: Start, zone: &TimeZone, shelf: &mut Shelf) -> Result<DataFrame, ReadError> {
        let ids = self.readers.rows(&self.path, &self.wanted, from, zone, shelf)?;
        let mut acts = PracticeRows::default();
        acts.read(self.readers.first(), &ids, zone, |person| self.wanted.people.contains(&person))
            .map_err(|source| self.failed(source))?;
        Ok(acts.finish()?)
    }

    /// What a copy of rows is made under at this moment.
    pub fn stamp(&self) -> Result<Stamp, ReadError> {
        let read = || {
            let db = self.readers.first();
            let erasure_epoch = db.query_row("SELECT erasure_epoch FROM state", (), |row| row.get(0))?;
            let mut statement =
                db.prepare("SELECT id FROM person WHERE community = ?1 AND (is_bot OR opted_out) ORDER BY id")?;
            let left_out = statement.query_map([self.wanted.community], |row| row.get(0))?.collect::<Result<_, _>>()?;
            Ok(Stamp { erasure_epoch, left_out })
        };
        read().map_err(|source| self.failed(source))
    }

    /// What the log has before an id. To count all rows, SQLite looks at none of them; so those before the id are all
    /// but the few after it.
    pub fn before(&self, id: i64) -> Result<Before, ReadError> {
        let read = || {
            let db = self.readers.first();
            let all: i64 = db.query_row("SELECT count(*) FROM activity", (), |row| row.get(0))?;
            let since: i64 = db.query_row("SELECT count(*) FROM activity WHERE id >= ?1", [id], |row| row.get(0))?;
            let rows = all - since;
            let last = "SELECT (SELECT hex(key) FROM event WHERE id = (SELECT max(id) FROM activity WHERE id < ?1))";
            Ok(Before { rows, last: db.query_row(last, [id], |row| row.get(0))? })
        };
        read().map_err(|source| self.failed(source))
    }

    /// How many rows of the community, from an id on, lie before a time.
    ///
    /// # Errors
    /// [`ReadError`] where the log cannot be read.
    pub fn settled(&self, from: i64, until: i64) -> Result<i64, ReadError> {
        let count = "SELECT count(*) FROM activity WHERE id >= ?1 AND community = ?2 AND ts < ?3";
        let row = (from, self.wanted.community, until);
        self.readers.first().query_row(count, row, |row| row.get(0)).map_err(|source| self.failed(source))
    }

    /// The least id, from `from` on, of a row at or after a time, also one whose time has not come; behind all ids where
    /// there is none.
    pub fn first_since(&self, ts: i64, from: i64) -> Result<i64, ReadError> {
        let look = "SELECT coalesce(min(id), (SELECT coalesce(max(id), 0) + 1 FROM activity))
                    FROM activity WHERE id >= ?3 AND community = ?1 AND ts >= ?2";
        let found = self.readers.first().query_row(look, (self.wanted.community, ts, from), |row| row.get(0));
        found.map_err(|source| self.failed(source))
    }

    /// What the log has under these ids: columns `id`, `room`, `person` (null where they are not counted), `kind` and
    /// `ts`.
    ///
    /// # Errors
    /// [`ReadError`] where the log cannot be read.
    pub fn look(&self, ids: &Int32Chunked) -> Result<DataFrame, ReadError> {
        let look = "SELECT room, person, kind, ts FROM activity
                    WHERE id = ?1 AND community = ?2 AND kind <= 3 AND ts BETWEEN 0 AND ?3";
        let mut id = PrimitiveChunkedBuilder::<Int32Type>::new("id".into(), ids.len());
        let mut room = PrimitiveChunkedBuilder::<Int32Type>::new("room".into(), ids.len());
        let mut person = PrimitiveChunkedBuilder::<Int32Type>::new("person".into(), ids.len());
        let mut kind = PrimitiveChunkedBuilder::<UInt8Type>::new("kind".into(), ids.len());
        let mut ts = PrimitiveChunkedBuilder::<Int64Type>::new("ts".into(), ids.len());
        let mut read = || {
            let mut statement = self.readers.first().prepare_cached(look)?;
            for wanted in ids.iter().flatten() {
                let row = (wanted, self.wanted.community, self.wanted.now);
                let found = statement.query_row(row, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)));
                let Some((place, who, what, when)): Option<(i32, i32, u8, i64)> = found.optional()? else { continue };
                id.append_value(wanted);
                room.append_value(place);
                person.append_option(Some(who).filter(|who| self.wanted.people.contains(who)));
                kind.append_value(what);
                ts.append_value(when);
            }
            Ok(())
        };
        read().map_err(|source| self.failed(source))?;
        let columns = [
            id.finish().into_column(),
            room.finish().into_column(),
            person.finish().into_column(),
            kind.finish().into_column(),
            ts.finish().into_column(),
        ];
        Ok(DataFrame::new_infer_height(columns.into())?)
    }

    fn failed(&self, source: rusqlite::Error) -> ReadError {
        ReadError::Read { path: self.path.clone(), source }
    }
}

fn community_key(db: &Connection, path: &str, wanted: &str) -> Result<i64, ReadError> {
    let failed = |source| ReadError::Read { path: path.to_owned(), source };
    let found = db
        .query_row("SELECT id FROM community WHERE name = ?1", [wanted], |row| row.get(0))
        .optional()
        .map_err(failed)?;
    if let Some(key) = found {
        return Ok(key);
    }
    let communities = names(db).map_err(failed)?;
    Err(ReadError::UnknownCommunity { path: path.to_owned(), wanted: wanted.to_owned(), communities })
}

fn names(db: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = db.prepare("SELECT name FROM community ORDER BY name")?;
    statement.query_map((), |row| row.get(0))?.collect()
}

fn sources(db: &Connection, path: &str, community: i64) -> Result<BTreeMap<i32, Capabilities>, ReadError> {
    let read = || {
        let mut statement = db.prepare("SELECT id, name, capabilities FROM source WHERE community = ?1")?;
        let rows = statement.query_map([community], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        rows.collect::<rusqlite::Result<Vec<(i32, String, String)>>>()
    };
    let rows = read().map_err(|source| ReadError::Read { path: path.to_owned(), source })?;
    rows.into_iter()
        .map(|(id, name, text)| match text.parse() {
            Ok(set) => Ok((id, set)),
            Err(source) => Err(ReadError::Source { path: path.to_owned(), name, source }),
        })
        .collect()
}

/// The people who may be counted.
fn people(db: &Connection, community: i64) -> rusqlite::Result<PlHashSet<i32>> {
    let mut statement = db.prepare("SELECT id FROM person WHERE community = ?1 AND is_bot = 0 AND opted_out = 0")?;
    statement.query_map([community], |row| row.get(0))?.collect()
}

/// The names of one community's rooms.
fn room_names(db: &Connection, community: i64) -> rusqlite::Result<BTreeMap<i32, String>> {
    let mut statement = db.prepare("SELECT id, name FROM room WHERE community = ?1")?;
    statement.query_map([community], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// One community's rooms for announcements.
fn announcements(db: &Connection, community: i64) -> rusqlite::Result<BTreeSet<i32>> {
    let mut statement = db.prepare("SELECT id FROM room WHERE community = ?1 AND announcements")?;
    statement.query_map([community], |row| row.get(0))?.collect()
}

/// The names that one community's themes were given.
fn labels(db: &Connection, community: i64) -> rusqlite::Result<BTreeMap<i64, String>> {
    let mut statement = db.prepare("SELECT id, text FROM label WHERE community = ?1")?;
    statement.query_map([community], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}
