//! Closed months as Parquet, so that they need not be read from the database again: a folder a month, which any engine
//! reads (`DIR/community=…/month=2026-10/part.parquet`).
//!
//! It is a copy, and deleting it loses nothing. It is used only as far as it is surely what the database says: made under
//! the same erasures, of the same people and time zone, of as many rows, and each file as it was written. Otherwise it is
//! removed and made anew. Beside each month's rows lies what they come to by room and person (`_rooms.parquet`), so that
//! who was there before is known without the rows of the past. Names that begin with `_` are not looked at by other
//! engines.

use std::{
    fs,
    io::{self, Write as _},
    ops::Range,
    path::{Path, PathBuf},
};

use hearth_shared::{activity::Kind, month::Month};
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::{
    columns::{self, Table, Values},
    index::Numbering,
    load::{LoadError, Source, Stamp},
    log::Log,
    tally::{RoomMonth, Teller},
};

/// How the files are laid out; a cache of another layout is made anew.
const LAYOUT: u32 = 1;

const MANIFEST: &str = "_manifest.json";
const ROWS: &str = "part.parquet";
const ROOMS: &str = "_rooms.parquet";

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

/// What a cache holds and under which conditions it was made.
#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    layout: u32,
    community: String,
    /// The zone in which its months begin and end.
    zone: String,
    stamp: Stamp,
    /// The first millisecond that is not in it.
    until: i64,
    /// From this id on the database is read: the least among the rows after that.
    tail: i64,
    /// How many rows of any kind the database had before that id.
    before_tail: i64,
    /// How many rows from there on are in the cache all the same, and how many of those are not counted.
    overlap: [usize; 2],
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

/// One community's folder in a cache.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// The folder of `community` in the cache at `dir`.
    pub fn new(dir: &Path, community: &str) -> Self {
        Self { folder: dir.join(format!("community={}", escaped(community))) }
    }

    /// Reads one community's log up to `now`, closed months from the cache as far as they are in it, and brings the
    /// cache up to date.
    ///
    /// # Errors
    /// [`CacheError`] where the log cannot be read or the cache not written.
    pub fn load(&self, db: &Path, community: &str, zone: &TimeZone, now: Timestamp) -> Result<Log, CacheError> {
        let mut source = Source::open(db, community, now)?;
        let zone_name = zone.iana_name().unwrap_or_default().to_owned();
        let closed = Month::of(now, zone).bounds(zone).0;
        let stamp = source.stamp()?;
        let usable = |manifest: &Manifest| {
            manifest.layout == LAYOUT
                && manifest.community == community
                && manifest.zone == zone_name
                && manifest.stamp == stamp
                && manifest.until <= closed
        };
        let manifest = self.manifest().filter(usable);
        let (log, kept) = match manifest.map(|manifest| self.extend(manifest, &mut source)).transpose()?.flatten() {
            Some((log, kept, until)) if until == closed => {
                drop(kept);
                return Ok(log);
            }
            Some((log, kept, _)) => (log, kept),
            None => {
                self.remove()?;
                let (mut log, hidden) = source.rows(i64::MIN)?;
                log.sort();
                log.relate(hidden.into_iter().map(|hidden| hidden.id).collect());
                (log, Vec::new())
            }
        };
        let months = self.keep(&log, zone, closed, kept)?;
        let tail = source.first_since(closed)?;
        let overlap = overlap(&mut source, tail, closed)?;
        let before_tail = source.count_before(tail)?;
        let community = community.to_owned();
        let manifest = Manifest {
            layout: LAYOUT,
            community,
            zone: zone_name,
            stamp,
            until: closed,
            tail,
            before_tail,
            overlap,
            months,
        };
        let json = serde_json::to_vec_pretty(&manifest).map_err(|error| failed(&self.folder)(error.into()))?;
        write(&self.folder.join(MANIFEST), &json)?;
        Ok(log)
    }

    /// The log of a cache and of what was added to the database since; `None` where it is not what the database says.
    #[expect(clippy::type_complexity, reason = "one caller")]
    fn extend(&self, manifest: Manifest, source: &mut Source) -> Result<Option<(Log, Vec<Kept>, i64)>, CacheError> {
        if source.count_before(manifest.tail)? != manifest.before_tail {
            return Ok(None);
        }
        let (mut tail, mut hidden) = source.rows(manifest.tail)?;
        let all = [tail.len(), hidden.len()];
        tail.retain_from(manifest.until);
        hidden.retain(|hidden| hidden.ts >= manifest.until);
        if [all[0] - tail.len(), all[1] - hidden.len()] != manifest.overlap {
            return Ok(None);
        }
        let mut log = source.empty();
        for kept in &manifest.months {
            let Some(rows) = self.rows(kept) else { return Ok(None) };
            log.append(rows);
        }
        if !log.ts.is_sorted() || log.ts.last().is_some_and(|last| *last >= manifest.until) {
            return Ok(None);
        }
        tail.sort();
        log.append(tail);
        log.relate_rest(|id| source.has(id))?;
        Ok(Some((log, manifest.months, manifest.until)))
    }

    /// The months that are kept, oldest first, or `None` where there is no cache of this layout.
    pub fn months(&self) -> Option<Vec<Kept>> {
        self.manifest().filter(|manifest| manifest.layout == LAYOUT).map(|manifest| manifest.months)
    }

    /// A month's rows, or `None` where the file is not as it was written.
    pub fn rows(&self, kept: &Kept) -> Option<Log> {
        let table = self.table(kept, ROWS, kept.rows_crc)?;
        let kinds = table.int("kind").ok()?;
        let log = Log {
            id: table.long("id").ok()?,
            source: table.int("source").ok()?,
            room: table.int("room").ok()?,
            person: table.int("person").ok()?,
            kind: kinds.into_iter().map(|code| Kind::from_code(code.into())).collect::<Option<_>>()?,
            ts: table.long("ts").ok()?,
            reply_to: table.long("reply_to").ok()?,
            thread: table.long("thread").ok()?,
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
fn overlap(source: &mut Source, tail: i64, until: i64) -> Result<[usize; 2], LoadError> {
    let (log, hidden) = source.rows(tail)?;
    let counted = log.ts.iter().filter(|ts| **ts < until).count();
    Ok([counted, hidden.iter().filter(|hidden| hidden.ts < until).count()])
}

fn rows(log: &Log, rows: Range<usize>) -> [(&'static str, Values); 10] {
    let at = || rows.clone();
    [
        ("id", Values::Long(log.id[at()].to_vec())),
        ("source", Values::Few(log.source[at()].to_vec())),
        ("room", Values::Few(log.room[at()].to_vec())),
        ("person", Values::Int(log.person[at()].to_vec())),
        ("kind", Values::Few(log.kind[at()].iter().map(|kind| *kind as i32).collect())),
        ("ts", Values::Time(log.ts[at()].to_vec())),
        ("reply_to", Values::MaybeLong(log.reply_to[at()].to_vec())),
        ("thread", Values::MaybeLong(log.thread[at()].to_vec())),
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
    let fresh = path.with_extension("new");
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
