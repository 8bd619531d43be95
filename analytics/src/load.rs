//! The activity log as typed columns: the one place in the worker that knows SQLite.
//!
//! People who are bots or who opted out are left out here, so that nothing after this place can count them.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    path::Path,
};

use hearth_shared::activity::{self, Capabilities, CapabilityError, Kind, OpenError};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _};

/// Stands for "answers nothing" and "in no thread" in [`Log`]'s columns.
pub const NOTHING: i64 = -1;

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

/// One act, as [`Log::from_rows`] takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The act's dense id.
    pub id: i64,
    /// Which source it came from.
    pub source: i32,
    /// The room.
    pub room: i32,
    /// Who did it.
    pub person: i32,
    /// What they did.
    pub kind: Kind,
    /// When, in milliseconds since 1970.
    pub ts: i64,
    /// The message that it answers or reacts to, or [`NOTHING`].
    pub reply_to: i64,
    /// Its thread, or [`NOTHING`].
    pub thread: i64,
}

/// One community's log: a column a field, in time order, people only.
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// The community's name.
    pub community: String,
    /// Dense ids.
    pub id: Vec<i64>,
    /// Sources.
    pub source: Vec<i32>,
    /// Rooms.
    pub room: Vec<i32>,
    /// People.
    pub person: Vec<i32>,
    /// What was done.
    pub kind: Vec<Kind>,
    /// When, in milliseconds since 1970; ascending.
    pub ts: Vec<i64>,
    /// The message that a row answers or reacts to, or [`NOTHING`].
    pub reply_to: Vec<i64>,
    /// The thread, or [`NOTHING`].
    pub thread: Vec<i64>,
    /// What each source can know.
    pub sources: BTreeMap<i32, Capabilities>,
    /// Threads whose opening message is no row with the thread's own id: thread → its first message.
    thread_openers: HashMap<i64, i64>,
    /// Row numbers ordered by id; empty where the rows themselves are.
    by_id: Vec<u32>,
}

impl Log {
    /// A log of these rows, sorted by time. `hidden` are ids that exist but are not people's (a bot's messages).
    pub fn from_rows(
        community: &str,
        mut rows: Vec<Row>,
        sources: BTreeMap<i32, Capabilities>,
        hidden: &[i64],
    ) -> Self {
        rows.sort_unstable_by_key(|row| (row.ts, row.id));
        let mut log = Self { community: community.to_owned(), sources, ..Self::default() };
        for row in &rows {
            log.push(row);
        }
        log.index(hidden);
        log
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.ts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ts.is_empty()
    }

    /// The row with this id, where people's rows have one.
    pub fn find(&self, id: i64) -> Option<usize> {
        if self.by_id.is_empty() {
            return self.id.binary_search(&id).ok();
        }
        let at = self.by_id.binary_search_by_key(&id, |row| self.id[*row as usize]).ok()?;
        self.by_id.get(at).map(|row| *row as usize)
    }

    /// The message that opened `thread`, where that is not the message with the thread's own id.
    pub fn thread_opener(&self, thread: i64) -> Option<i64> {
        self.thread_openers.get(&thread).copied()
    }

    /// Whether a row is a message that opens a conversation: no reply, and on the main timeline or first of its thread.
    pub fn is_opener(&self, row: usize) -> bool {
        let (id, thread) = (self.id[row], self.thread[row]);
        self.kind[row] == Kind::Message
            && self.reply_to[row] == NOTHING
            && (thread == NOTHING || thread == id || self.thread_opener(thread) == Some(id))
    }

    fn push(&mut self, row: &Row) {
        self.id.push(row.id);
        self.source.push(row.source);
        self.room.push(row.room);
        self.person.push(row.person);
        self.kind.push(row.kind);
        self.ts.push(row.ts);
        self.reply_to.push(row.reply_to);
        self.thread.push(row.thread);
    }

    /// Puts rows in time order where the file did not have them so.
    fn sort(&mut self) {
        if self.ts.is_sorted() {
            return;
        }
        let mut order: Vec<usize> = (0..self.len()).collect();
        order.sort_unstable_by_key(|row| (self.ts[*row], self.id[*row]));
        fn take<T: Copy>(column: &mut Vec<T>, order: &[usize]) {
            *column = order.iter().map(|row| column[*row]).collect();
        }
        take(&mut self.id, &order);
        take(&mut self.source, &order);
        take(&mut self.room, &order);
        take(&mut self.person, &order);
        take(&mut self.kind, &order);
        take(&mut self.ts, &order);
        take(&mut self.reply_to, &order);
        take(&mut self.thread, &order);
    }

    fn index(&mut self, hidden: &[i64]) {
        if !self.id.is_sorted() {
            let rows = u32::try_from(self.len()).unwrap_or(u32::MAX);
            let mut by_id: Vec<u32> = (0..rows).collect();
            by_id.sort_unstable_by_key(|row| self.id[*row as usize]);
            self.by_id = by_id;
        }
        let mut openers = HashMap::new();
        for row in (0..self.len()).filter(|row| self.kind[*row] == Kind::Message && self.thread[*row] != NOTHING) {
            openers.entry(self.thread[row]).or_insert(self.id[row]);
        }
        for id in hidden {
            openers.remove(id);
        }
        openers.retain(|thread, _| self.find(*thread).is_none());
        self.thread_openers = openers;
    }
}

/// Reads one community's log up to `now`; acts from the future are a wrong clock and are left out.
///
/// # Errors
/// [`LoadError`] where the file is missing, is no log or a newer one, or has no such community.
pub fn load(path: &Path, community: &str, now: Timestamp) -> Result<Log, LoadError> {
    let shown = path.display().to_string();
    if !path.exists() {
        return Err(LoadError::Missing(shown));
    }
    let failed = |source| LoadError::Read { path: shown.clone(), source };
    let mut db = activity::open_read_only(path)?;
    let transaction = db.transaction().map_err(failed)?;
    let key = community_key(&transaction, &shown, community)?;
    let mut log =
        Log { community: community.to_owned(), sources: sources(&transaction, &shown, key)?, ..Log::default() };
    let people = people(&transaction, key).map_err(failed)?;
    let hidden = rows(&transaction, key, now, &people, &mut log).map_err(failed)?;
    log.sort();
    log.index(&hidden);
    Ok(log)
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
    let names = || {
        let mut statement = db.prepare("SELECT name FROM community ORDER BY name")?;
        statement.query_map((), |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()
    };
    let communities = names().map_err(failed)?;
    Err(LoadError::UnknownCommunity { path: path.to_owned(), wanted: wanted.to_owned(), communities })
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
fn people(db: &Connection, community: i64) -> rusqlite::Result<HashSet<i32>> {
    let mut statement = db.prepare("SELECT id FROM person WHERE community = ?1 AND is_bot = 0 AND opted_out = 0")?;
    statement.query_map([community], |row| row.get(0))?.collect()
}

/// Fills `log` and returns the ids of messages by those who are not counted.
fn rows(
    db: &Connection,
    community: i64,
    now: Timestamp,
    people: &HashSet<i32>,
    log: &mut Log,
) -> rusqlite::Result<Vec<i64>> {
    let mut hidden = Vec::new();
    let mut statement = db.prepare(
        "SELECT id, source, room, person, kind, ts, reply_to, thread FROM activity
         WHERE community = ?1 AND kind <= 3 AND ts BETWEEN 0 AND ?2",
    )?;
    let mut rows = statement.query((community, now.as_millisecond()))?;
    while let Some(row) = rows.next()? {
        let (id, person): (i64, i32) = (row.get(0)?, row.get(3)?);
        let Some(kind) = Kind::from_code(row.get(4)?) else { continue };
        if !people.contains(&person) {
            hidden.push(id);
            continue;
        }
        log.push(&Row {
            id,
            source: row.get(1)?,
            room: row.get(2)?,
            person,
            kind,
            ts: row.get(5)?,
            reply_to: row.get::<_, Option<i64>>(6)?.unwrap_or(NOTHING),
            thread: row.get::<_, Option<i64>>(7)?.unwrap_or(NOTHING),
        });
    }
    Ok(hidden)
}
