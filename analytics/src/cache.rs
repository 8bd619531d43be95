//! Closed months as Parquet, so that they need not be read from the database again: a folder a month, which any engine
//! reads (`DIR/community=…/month=2026-10/part.parquet`).
//!
//! It is a copy, and deleting it loses nothing. It is used only as far as it is surely what the database says: made under
//! the same erasures, of the same people and time zone, of as many rows up to the same one, and each file as it was
//! written. Otherwise it is removed and made anew. Beside each month's rows lies what they come to by room and person (`_rooms.parquet`), so that
//! who was there before is known without the rows of the past. Names that begin with `_` are not looked at by other
//! engines.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    ops::Range,
    path::{Path, PathBuf},
};

use hearth_shared::{
    activity::Kind,
    lock::{self, LockError},
    month::Month,
};
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::{
    columns::{self, Table, Values},
    index::{Index, Numbering},
    load::{Before, Hidden, LoadError, Source, Stamp},
    log::Log,
    tally::{RoomMonth, Teller},
};

/// How the files are laid out; a cache of another layout is made anew.
const LAYOUT: u32 = 2;

const MANIFEST: &str = "_manifest.json";
const ROWS: &str = "part.parquet";
const ROOMS: &str = "_rooms.parquet";
const LOCKS: &str = "_locks";
const FRESH: &str = "_new";

/// Why a log could not be had by way of a cache.
#[derive(Debug, thiserror::Error)]
pub enum CacheError {
    /// The log itself could not be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The cache could not be written.
    #[error("{path} cannot be written: {source}; --cache takes a folder that may be written to, or leave it out")]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A month could not be put into a file.
    #[error("a month could not be kept as Parquet: {0}")]
    Encode(#[from] parquet::errors::ParquetError),
}

/// What a cache was made under; under others it is made anew.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Conditions {
    layout: u32,
    community: String,
    /// The zone in which its months begin and end.
    zone: String,
    stamp: Stamp,
}

/// What a cache holds and under which conditions it was made.
#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    conditions: Conditions,
    /// The first millisecond that is not in it.
    until: i64,
    /// From this id on the database is read: the least among the rows after that.
    tail: i64,
    /// The rows of any kind that the database had before that id.
    before: Before,
    /// How many rows from there on are in the cache all the same, and how many of those are not counted.
    overlap: [usize; 2],
    /// How often rows of the cache point at later ones, which are read from the database: when it is more often, what
    /// they point at has been written since.
    forward: usize,
    months: Vec<Kept>,
}

/// A month's files.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Kept {
    /// Which month.
    pub month: Month,
    rows: usize,
    rows_crc: u32,
    rooms: usize,
    rooms_crc: u32,
}

/// A log of which the months up to `until` are kept.
struct Extended {
    log: Log,
    /// The rows that are not counted, among those that were read from the database.
    hidden: Vec<Hidden>,
    kept: Vec<Kept>,
    until: i64,
}

/// One community's folder in a cache.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    /// Where the lock of whoever writes it lies.
    locks: PathBuf,
}

impl Cache {
    /// The folder of `community` in the cache at `dir`.
    pub fn new(dir: &Path, community: &str) -> Self {
        let name = format!("community={}", escaped(community));
        Self { locks: dir.join(LOCKS).join(&name), folder: dir.join(name) }
    }

    /// Reads one community's log up to `now`, closed months from the cache as far as they are in it, and brings the
    /// cache up to date, unless another program is doing that at this moment.
    ///
    /// # Errors
    /// [`CacheError`] where the log cannot be read or the cache not written.
    pub fn load(&self, db: &Path, community: &str, zone: &TimeZone, now: Timestamp) -> Result<Log, CacheError> {
        let mut source = Source::open(db, community, now)?;
        let closed = Month::of(now, zone).bounds(zone).0;
        let conditions = Conditions {
            layout: LAYOUT,
            community: community.to_owned(),
            zone: zone.iana_name().map_or_else(|| format!("{zone:?}"), str::to_owned),
            stamp: source.stamp()?,
        };
        let usable = |manifest: &Manifest| manifest.conditions == conditions && manifest.until <= closed;
        let manifest = self.manifest().filter(usable);
        let found = manifest.map(|manifest| self.extend(manifest, &mut source)).transpose()?.flatten();
        let found = match found {
            Some(found) if found.until == closed => return Ok(found.log),
            found => found,
        };
        let Some(_lock) = self.lock()? else {
            return match found {
                Some(Extended { log, .. }) => Ok(log),
                None => Ok(source.all()?.0),
            };
        };
        let Extended { log, hidden, kept, .. } = match found {
            Some(found) => found,
            None => {
                self.remove()?;
                let (log, hidden) = source.all()?;
                Extended { log, hidden, kept: Vec::new(), until: i64::MIN }
            }
        };
        let is_new = kept.is_empty();
        let kept = self.keep(&log, zone, closed, kept).and_then(|months| {
            let tail = source.first_since(closed)?;
            let manifest = Manifest {
                conditions,
                until: closed,
                tail,
                before: source.before(tail)?,
                overlap: overlap(&log, &hidden, tail, closed),
                forward: forward(&log, &hidden, closed),
                months,
            };
            let json = serde_json::to_vec_pretty(&manifest).map_err(|error| failed(&self.folder)(error.into()))?;
            write(&self.folder.join(MANIFEST), &json)
        });
        if kept.is_err() && is_new {
            // Months without a manifest would be taken for the whole by other engines.
            let _ = self.remove();
        }
        kept.map(|()| log)
    }

    /// The log of a cache and of what was added to the database since; `None` where it is not what the database says.
    fn extend(&self, manifest: Manifest, source: &mut Source) -> Result<Option<Extended>, CacheError> {
        let Manifest { until, tail, before, overlap: known, forward: pointed, months, .. } = manifest;
        if source.before(tail)? != before {
            return Ok(None);
        }
        let (mut added, hidden) = source.rows(tail)?;
        if overlap(&added, &hidden, tail, until) != known {
            return Ok(None);
        }
        added.retain_from(until);
        let mut log = source.empty();
        log.practices = std::mem::take(&mut added.practices);
        for kept in &months {
            let Some(rows) = self.rows(kept) else { return Ok(None) };
            log.append(rows);
        }
        if !log.ts.is_sorted() || log.ts.last().is_some_and(|last| *last >= until) {
            return Ok(None);
        }
        added.sort();
        log.append(added);
        if forward(&log, &hidden, until) != pointed {
            return Ok(None);
        }
        log.relate_rest(|id| source.has(id))?;
        Ok(Some(Extended { log, hidden, kept: months, until }))
    }

    /// The right to write this cache, or `None` while another program has it.
    fn lock(&self) -> Result<Option<File>, CacheError> {
        fs::create_dir_all(&self.locks).map_err(failed(&self.locks))?;
        match lock::take(&self.locks) {
            Ok(lock) => Ok(Some(lock)),
            Err(LockError::Held(_)) => Ok(None),
            Err(LockError::Io { path, source }) => Err(failed(&path)(source)),
        }
    }

    /// The months that are kept, oldest first, or `None` where there is no cache of this layout.
    pub fn months(&self) -> Option<Vec<Kept>> {
        self.manifest().filter(|manifest| manifest.conditions.layout == LAYOUT).map(|manifest| manifest.months)
    }

    /// A month's rows, or `None` where the file is not as it was written.
    pub fn rows(&self, kept: &Kept) -> Option<Log> {
        let table = self.table(kept, ROWS, kept.rows_crc)?;
        let kinds = table.int("kind").ok()?;
        let log = Log {
            id: table.int("id").ok()?,
            source: table.int("source").ok()?,
            room: table.int("room").ok()?,
            person: table.int("person").ok()?,
            kind: kinds.into_iter().map(|code| Kind::from_code(code.into())).collect::<Option<_>>()?,
            ts: table.long("ts").ok()?,
            reply_to: table.int("reply_to").ok()?,
            thread: table.int("thread").ok()?,
            reply_person: table.int("reply_person").ok()?,
            first_in_thread: table.bool("first_in_thread").ok()?,
            ..Log::default()
        };
        (log.len() == kept.rows).then_some(log)
    }

    /// What a month came to by room and person, or `None` where the file is not as it was written.
    pub fn rooms(&self, kept: &Kept) -> Option<Vec<RoomMonth>> {
        let table = self.table(kept, ROOMS, kept.rooms_crc)?;
        let (room, person) = (table.int("room").ok()?, table.int("person").ok()?);
        let (messages, reactions) = (table.int("messages").ok()?, table.int("reactions").ok()?);
        let cells = room.into_iter().zip(person).zip(messages).zip(reactions);
        let cells: Vec<RoomMonth> = cells
            .map(|(((room, person), messages), reactions)| {
                let count = |count: i32| u32::try_from(count).unwrap_or(0);
                RoomMonth { room, person, messages: count(messages), reactions: count(reactions) }
            })
            .collect();
        (cells.len() == kept.rooms).then_some(cells)
    }

    fn table(&self, kept: &Kept, name: &str, crc: u32) -> Option<Table> {
        let bytes = fs::read(self.month(kept.month).join(name)).ok()?;
        (crc32fast::hash(&bytes) == crc).then(|| Table::open(bytes).ok()).flatten()
    }

    fn manifest(&self) -> Option<Manifest> {
        serde_json::from_slice(&fs::read(self.folder.join(MANIFEST)).ok()?).ok()
    }

    fn month(&self, month: Month) -> PathBuf {
        self.folder.join(format!("month={month}"))
    }

    fn remove(&self) -> Result<(), CacheError> {
        match fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(&self.folder)(error)),
            _ => Ok(()),
        }
    }

    /// Writes the months before `closed` that are not among `kept`.
    fn keep(&self, log: &Log, zone: &TimeZone, closed: i64, mut kept: Vec<Kept>) -> Result<Vec<Kept>, CacheError> {
        let people = Numbering::of(&log.person);
        let mut teller = Teller::new(log, &people);
        let mut from: usize = kept.iter().map(|kept| kept.rows).sum();
        while let Some(ts) = log.ts.get(from).filter(|ts| **ts < closed) {
            let Some(month) = crate::calendar::month_of(*ts, zone) else { break };
            let until = month.bounds(zone).1.min(closed);
            let to = from + log.ts[from..].partition_point(|ts| *ts < until);
            let folder = self.month(month);
            fs::create_dir_all(&folder).map_err(failed(&folder))?;
            let rows = columns::encode(&rows(log, from..to))?;
            write(&folder.join(ROWS), &rows)?;
            let cells = teller.count(from..to, zone).rooms;
            let rooms = columns::encode(&room_months(&cells))?;
            write(&folder.join(ROOMS), &rooms)?;
            kept.push(Kept {
                month,
                rows: to - from,
                rows_crc: crc32fast::hash(&rows),
                rooms: cells.len(),
                rooms_crc: crc32fast::hash(&rooms),
            });
            from = to;
        }
        Ok(kept)
    }
}

/// How many rows from an id on lie before a time, and how many of them are not counted.
fn overlap(log: &Log, hidden: &[Hidden], tail: i64, until: i64) -> [usize; 2] {
    let rows = log.id.iter().zip(&log.ts).filter(|(id, ts)| i64::from(**id) >= tail && **ts < until);
    [rows.count(), hidden.iter().filter(|hidden| i64::from(hidden.id) >= tail && hidden.ts < until).count()]
}

/// How often a log's rows before a time point at later ones: an answer whose clock went slow, a thread whose root came
/// afterwards.
fn forward(log: &Log, hidden: &[Hidden], until: i64) -> usize {
    let from = log.ts.partition_point(|ts| *ts < until);
    let late = hidden.iter().filter(|hidden| hidden.ts >= until).map(|hidden| hidden.id);
    let late = Index::new(log.id[from..].iter().copied().chain(late).map(|id| (i64::from(id), 0)));
    let points = |column: &[i32]| column[..from].iter().filter(|id| late.get(i64::from(**id)).is_some()).count();
    points(&log.reply_to) + points(&log.thread)
}

fn rows(log: &Log, rows: Range<usize>) -> [(&'static str, Values); 10] {
    let at = || rows.clone();
    [
        ("id", Values::Int(log.id[at()].to_vec())),
        ("source", Values::Few(log.source[at()].to_vec())),
        ("room", Values::Few(log.room[at()].to_vec())),
        ("person", Values::Int(log.person[at()].to_vec())),
        ("kind", Values::Few(log.kind[at()].iter().map(|kind| *kind as i32).collect())),
        ("ts", Values::Time(log.ts[at()].to_vec())),
        ("reply_to", Values::MaybeInt(log.reply_to[at()].to_vec())),
        ("thread", Values::MaybeInt(log.thread[at()].to_vec())),
        ("reply_person", Values::MaybeInt(log.reply_person[at()].to_vec())),
        ("first_in_thread", Values::Bool(log.first_in_thread[at()].to_vec())),
    ]
}

fn room_months(cells: &[RoomMonth]) -> [(&'static str, Values); 4] {
    let count = |count: u32| i32::try_from(count).unwrap_or(i32::MAX);
    [
        ("room", Values::Few(cells.iter().map(|cell| cell.room).collect())),
        ("person", Values::Int(cells.iter().map(|cell| cell.person).collect())),
        ("messages", Values::Int(cells.iter().map(|cell| count(cell.messages)).collect())),
        ("reactions", Values::Int(cells.iter().map(|cell| count(cell.reactions)).collect())),
    ]
}

/// A name as a part of a path, as Hive writes it.
fn escaped(name: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    name.bytes().map(|byte| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// Writes a file beside its place and moves it there, so that there is never half of it.
fn write(path: &Path, bytes: &[u8]) -> Result<(), CacheError> {
    let fresh = path.with_file_name(FRESH);
    let written = || {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&fresh)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&fresh, path)
    };
    written().map_err(|error| {
        let _ = fs::remove_file(&fresh);
        failed(path)(error)
    })
}

fn failed(path: &Path) -> impl Fn(io::Error) -> CacheError {
    move |source| CacheError::Write { path: path.to_owned(), source }
}
