//! The activity log as typed columns: the one place in the worker that knows SQLite.
//!
//! People who are bots or who opted out are left out here, so that nothing after this place can count them.

mod acts;
mod rooms;
mod wanted;

use std::{collections::BTreeMap, path::Path};

use hearth_log::OpenError;
use hearth_shared::activity::{Capabilities, CapabilityError, Kind};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _};
use serde::{Deserialize, Serialize};

use self::wanted::Wanted;
pub use crate::log::{Log, NOTHING, Row};
use crate::{
    index::Numbering,
    log::Elsewhere,
    practices::{PracticeAct, Practices},
};

/// How often it is tried to get several connections to see the same log.
const ATTEMPTS: usize = 5;

/// Why a log could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file could not be opened as a log.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// There is no such file.
    #[error("{0} does not exist; --db takes the activity.db that hearth-bot or an import made")]
    Missing(String),
    /// The log was opened but not readable to its end.
    #[error("{path} could not be read: {source}; if the file is damaged, restore it from a backup")]
    Read {
        /// The file.
        path: String,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// No community of that name.
    #[error("{path} has no community `{wanted}`; {}", known(.communities))]
    UnknownCommunity {
        /// The file.
        path: String,
        /// The name that was asked for.
        wanted: String,
        /// The names that there are.
        communities: Vec<String>,
    },
    /// A source claims to know what this build has no word for.
    #[error("in {path}, the source `{name}` is described wrongly: {source}")]
    Source {
        /// The file.
        path: String,
        /// The source's name.
        name: String,
        /// What is wrong.
        source: CapabilityError,
    },
}

fn known(communities: &[String]) -> String {
    if communities.is_empty() {
        return "it holds none yet: let the bot run, or import a log first".to_owned();
    }
    format!("it has: {}", communities.join(", "))
}

/// Reads one community's log up to `now`; acts from the future are a wrong clock and are left out.
///
/// # Errors
/// [`LoadError`] where the file is missing, is no log or a newer one, or has no such community.
pub fn load(path: &Path, community: &str, now: Timestamp) -> Result<Log, LoadError> {
    Ok(Source::open(path, community, now)?.all()?.0)
}

/// The names of the communities in a log.
///
/// # Errors
/// [`LoadError`] where the file is no log or a newer one.
pub(crate) fn communities(path: &Path) -> Result<Vec<String>, LoadError> {
    let db = hearth_log::open_read_only(path)?;
    names(&db).map_err(|source| LoadError::Read { path: path.display().to_string(), source })
}

/// One community's log in the database, as it is at one moment.
pub(crate) struct Source {
    path: String,
    readers: Readers,
    /// Everything but the rows.
    empty: Log,
    wanted: Wanted,
}

/// A row by somebody who is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hidden {
    pub id: i32,
    pub ts: i64,
}

/// What a copy of rows was made under: when it is another, the copy is stale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stamp {
    /// Grows with every erasure.
    pub erasure_epoch: i64,
    /// Who is not counted: bots, and who opted out.
    pub left_out: Vec<i32>,
}

/// The rows before an id, of all communities and kinds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Before {
    /// How many there are.
    pub rows: i64,
    /// The key of the last one's event: another log has another.
    pub last: Option<String>,
}

impl Source {
    /// Opens the log and finds the community.
    pub fn open(path: &Path, community: &str, now: Timestamp) -> Result<Self, LoadError> {
        let shown = path.display().to_string();
        if !path.exists() {
            return Err(LoadError::Missing(shown));
        }
        let readers = Readers::open(path, readers())?;
        let db = readers.first();
        let key = community_key(db, &shown, community)?;
        let sources = sources(db, &shown, key)?;
        let failed = |source| LoadError::Read { path: shown.clone(), source };
        let people = people(db, key).map_err(failed)?;
        let room_names = rooms::read(db, key).map_err(failed)?;
        let labels = acts::labels(db, key).map_err(failed)?;
        let is_only = names(db).map_err(failed)?.len() == 1;
        let wanted = Wanted { community: key, is_only, now, people };
        let community = community.to_owned();
        let empty = Log { community, sources, room_names, labels, ..Log::default() };
        Ok(Self { path: shown, readers, empty, wanted })
    }

    /// The wanted rows from an id on, in the order of their ids, and those by people who are not counted. With them,
    /// everything that practices logged: from that id on, and `earlier`.
    pub fn rows(&mut self, from: i64, earlier: Vec<PracticeAct>) -> Result<(Log, Vec<Hidden>), LoadError> {
        let mut read = || {
            let Part { log: rows, hidden, acts } = self.readers.rows(&self.wanted, from)?;
            let mut log = self.empty.clone();
            log.append(rows);
            let mut all = earlier.clone();
            all.extend(acts::read(self.readers.first(), &self.wanted, &acts)?);
            log.practices = Practices::new(all);
            Ok((log, hidden))
        };
        read().map_err(|source| LoadError::Read { path: self.path.clone(), source })
    }

    /// The whole log, and the rows of it that are not counted.
    pub fn all(&mut self) -> Result<(Log, Vec<Hidden>), LoadError> {
        let (mut log, hidden) = self.rows(i64::MIN, Vec::new())?;
        log.sort();
        log.relate(hidden.iter().map(|hidden| hidden.id).collect());
        Ok((log, hidden))
    }

    /// What a copy of rows is made under at this moment.
    pub fn stamp(&self) -> Result<Stamp, LoadError> {
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
    pub fn before(&self, id: i64) -> Result<Before, LoadError> {
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

    /// The least id, from `from` on, of a row at or after a time, also one whose time has not come; behind all ids where
    /// there is none.
    pub fn first_since(&self, ts: i64, from: i64) -> Result<i64, LoadError> {
        let look = "SELECT coalesce(min(id), (SELECT coalesce(max(id), 0) + 1 FROM activity))
                    FROM activity WHERE id >= ?3 AND community = ?1 AND ts >= ?2";
        let found = self.readers.first().query_row(look, (self.wanted.community, ts, from), |row| row.get(0));
        found.map_err(|source| self.failed(source))
    }

    /// What the log has under an id.
    pub fn look(&self, id: i32) -> Result<Elsewhere, LoadError> {
        let look = "SELECT person, kind FROM activity
                    WHERE id = ?1 AND community = ?2 AND kind <= 3 AND ts BETWEEN 0 AND ?3";
        let read = || {
            let mut statement = self.readers.first().prepare_cached(look)?;
            let row = (id, self.wanted.community, self.wanted.now.as_millisecond());
            statement.query_row(row, |row| Ok((row.get(0)?, row.get(1)?))).optional()
        };
        let Some((person, kind)): Option<(i32, i64)> = read().map_err(|source| self.failed(source))? else {
            return Ok(Elsewhere::Nowhere);
        };
        let counted = self.wanted.people.number(person).is_some();
        Ok(match Kind::from_code(kind).filter(|_| counted) {
            Some(kind) => Elsewhere::Row { person, kind },
            None => Elsewhere::NotCounted,
        })
    }

    fn failed(&self, source: rusqlite::Error) -> LoadError {
        LoadError::Read { path: self.path.clone(), source }
    }
}

/// How many connections read one log: a second one halves the time, more only wait for the disk.
fn readers() -> usize {
    std::thread::available_parallelism().map_or(1, |threads| threads.get().min(4))
}

/// What was read from a range of ids, in their order.
#[derive(Default)]
struct Part {
    log: Log,
    hidden: Vec<Hidden>,
    /// The ids of what practices logged.
    acts: Vec<i64>,
}

/// Connections that all see the log as it was at one moment.
struct Readers(Vec<Connection>);

impl Readers {
    /// Opens `count` connections, or one where the log is written to so often that they never agree.
    fn open(path: &Path, count: usize) -> Result<Self, LoadError> {
        let failed = |source| LoadError::Read { path: path.display().to_string(), source };
        let witness = hearth_log::open_read_only(path)?;
        for _ in 0..ATTEMPTS {
            let before = version(&witness).map_err(failed)?;
            let readers = Self::begin(path, count)?;
            if count < 2 || version(&witness).map_err(failed)? == before {
                return Ok(readers);
            }
        }
        Self::begin(path, 1)
    }

    fn begin(path: &Path, count: usize) -> Result<Self, LoadError> {
        let failed = |source| LoadError::Read { path: path.display().to_string(), source };
        let begun = (0..count.max(1)).map(|_| {
            let db = hearth_log::open_read_only(path)?;
            // The transaction begins with its first look.
            db.execute_batch("BEGIN; SELECT erasure_epoch FROM state;").map_err(failed)?;
            Ok(db)
        });
        Ok(Self(begun.collect::<Result<_, LoadError>>()?))
    }

    fn first(&self) -> &Connection {
        &self.0[0]
    }

    /// The wanted rows from an id on.
    fn rows(&mut self, wanted: &Wanted, from: i64) -> rusqlite::Result<Part> {
        // Each by itself is one step; both together would look at every row.
        let ends =
            "SELECT (SELECT min(id) FROM activity WHERE id >= ?1), (SELECT max(id) FROM activity WHERE id >= ?1)";
        let ends = self.first().query_row(ends, [from], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (Some(first), Some(last)): (Option<i64>, Option<i64>) = ends else { return Ok(Part::default()) };
        let readers = self.0.len() as i64;
        let step = last.saturating_sub(first) / readers + 1;
        let parts: Vec<rusqlite::Result<Part>> = std::thread::scope(|scope| {
            let parts: Vec<_> = (0..readers)
                .zip(&mut self.0)
                .map(|(number, db)| {
                    let from = first.saturating_add(step.saturating_mul(number));
                    let to = if number + 1 == readers { last } else { from.saturating_add(step - 1) };
                    scope.spawn(move || rows(db, wanted, from, to))
                })
                .collect();
            let panicked = |_| Err(rusqlite::Error::InvalidQuery);
            parts.into_iter().map(|part| part.join().unwrap_or_else(panicked)).collect()
        });
        let mut whole = Part::default();
        for part in parts {
            let Part { log, hidden, acts } = part?;
            whole.log.append(log);
            whole.hidden.extend(hidden);
            whole.acts.extend(acts);
        }
        Ok(whole)
    }
}

/// Changes when somebody else has written.
fn version(db: &Connection) -> rusqlite::Result<i64> {
    db.query_row("PRAGMA data_version", (), |row| row.get(0))
}

fn community_key(db: &Connection, path: &str, wanted: &str) -> Result<i64, LoadError> {
    let failed = |source| LoadError::Read { path: path.to_owned(), source };
    let found = db
        .query_row("SELECT id FROM community WHERE name = ?1", [wanted], |row| row.get(0))
        .optional()
        .map_err(failed)?;
    if let Some(key) = found {
        return Ok(key);
    }
    let communities = names(db).map_err(failed)?;
    Err(LoadError::UnknownCommunity { path: path.to_owned(), wanted: wanted.to_owned(), communities })
}

fn names(db: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = db.prepare("SELECT name FROM community ORDER BY name")?;
    statement.query_map((), |row| row.get(0))?.collect()
}

fn sources(db: &Connection, path: &str, community: i64) -> Result<BTreeMap<i32, Capabilities>, LoadError> {
    let read = || {
        let mut statement = db.prepare("SELECT id, name, capabilities FROM source WHERE community = ?1")?;
        let rows = statement.query_map([community], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        rows.collect::<rusqlite::Result<Vec<(i32, String, String)>>>()
    };
    let rows = read().map_err(|source| LoadError::Read { path: path.to_owned(), source })?;
    rows.into_iter()
        .map(|(id, name, text)| match text.parse() {
            Ok(set) => Ok((id, set)),
            Err(source) => Err(LoadError::Source { path: path.to_owned(), name, source }),
        })
        .collect()
}

/// The people who may be counted.
fn people(db: &Connection, community: i64) -> rusqlite::Result<Numbering> {
    let mut statement = db.prepare("SELECT id FROM person WHERE community = ?1 AND is_bot = 0 AND opted_out = 0")?;
    let ids: Vec<i32> = statement.query_map([community], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(Numbering::of(&ids))
}

/// The wanted rows with ids in a range. Times and kinds are looked at here and not in SQL, where it takes longer; a
/// community is not looked at where there is only one.
fn rows(db: &Connection, wanted: &Wanted, from: i64, to: i64) -> rusqlite::Result<Part> {
    let mut part = Part::default();
    let mut select = "SELECT id, source, room, person, kind, ts, reply_to, thread FROM activity
                      WHERE id BETWEEN ?1 AND ?2"
        .to_owned();
    if !wanted.is_only {
        select += " AND community = ?3";
    }
    let mut statement = db.prepare(&select)?;
    let community = (!wanted.is_only).then_some(wanted.community);
    let mut rows = statement.query(rusqlite::params_from_iter([from, to].into_iter().chain(community)))?;
    while let Some(row) = rows.next()? {
        let ts = row.get(5)?;
        let Some(kind) = Kind::from_code(row.get(4)?).filter(|_| wanted.is_time(ts)) else { continue };
        if kind >= Practices::FIRST_KIND {
            part.acts.push(row.get(0)?);
        }
        if kind > Kind::Leave {
            continue;
        }
        let (id, person) = (row.get(0)?, row.get(3)?);
        if wanted.people.number(person).is_none() {
            part.hidden.push(Hidden { id, ts });
            continue;
        }
        part.log.push(&Row {
            id,
            source: row.get(1)?,
            room: row.get(2)?,
            person,
            kind,
            ts,
            reply_to: row.get::<_, Option<i32>>(6)?.unwrap_or(NOTHING),
            thread: row.get::<_, Option<i32>>(7)?.unwrap_or(NOTHING),
        });
    }
    Ok(part)
}
