//! Closed months as Parquet, so that they need not be read from the database again: a folder a month, which any engine
//! reads (`DIR/community=…/month=2026-10/part.parquet`).
//!
//! It is a copy, and deleting it loses nothing. It is used only as far as it is surely what the database says: made under
//! the same erasures, of the same people and time zone, of as many rows up to the same one, and each file as it was
//! written. Otherwise it is removed and made anew.
//!
//! Beside each month's rows lies its [`Digest`]: what later months ask of it. So a report reads the rows of the months
//! that it is about, and of the others only these small facts; and a month that is over is added without reading the
//! rows of those before it. Names that begin with `_` are not looked at by other engines.

mod files;
mod late;
mod wish;

use std::{
    collections::HashSet,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use hearth_shared::{
    lock::{self, LockError},
    month::Month,
};
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

pub use self::{
    files::Kept,
    wish::{Known, Wish},
};
use self::{
    files::{Written, write},
    late::{late, overlap, pointed_at, pointers},
};
use crate::{
    answers::WINDOW,
    calendar,
    digest::{self, Came, Digest, Digester, Move},
    index::Numbering,
    load::{Before, Hidden, LoadError, Source, Stamp},
    log::Log,
};

/// How the files are laid out; a cache of another layout is made anew.
const LAYOUT: u32 = 3;

const MANIFEST: &str = "_manifest.json";
const LOCKS: &str = "_locks";

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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Which ids from there on rows of the cache point at.
    pointed: Vec<i32>,
    /// How often those were ids of rows after the cache: when it is more often, what they point at has been written since.
    forward: usize,
    /// What practices logged before that id.
    acts: Written,
    /// The months, consecutive.
    months: Vec<Kept>,
}

/// A manifest as it is written.
#[derive(Serialize, Deserialize)]
struct Sealed<'a> {
    crc: u32,
    #[serde(borrow)]
    manifest: &'a RawValue,
}

/// What the cache has, and what the database has beyond it.
struct Found {
    /// The rows from `until` on.
    log: Log,
    months: Vec<Kept>,
    until: i64,
    next: Next,
}

/// What the manifest says about the database, for when another month is over.
struct Next {
    tail: i64,
    overlap: [usize; 2],
    pointed: Vec<i32>,
    /// The rows that are not counted, among those that were read from the database.
    hidden: Vec<Hidden>,
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

    /// Reads one community's whole log up to `now`, closed months from the cache as far as they are in it, and brings the
    /// cache up to date, unless another program is doing that at this moment.
    ///
    /// # Errors
    /// [`CacheError`] where the log cannot be read or the cache not written.
    pub fn load(&self, db: &Path, community: &str, zone: &TimeZone, now: Timestamp) -> Result<Log, CacheError> {
        Ok(self.read(db, community, zone, now, &Wish::everything())?.log)
    }

    /// The same, of a log as far as it is wished for.
    ///
    /// # Errors
    /// [`CacheError`] where the log cannot be read or the cache not written.
    pub fn read(
        &self,
        db: &Path,
        community: &str,
        zone: &TimeZone,
        now: Timestamp,
        wish: &Wish,
    ) -> Result<Known, CacheError> {
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
        let mut found = manifest.map(|manifest| self.find(manifest, &mut source, closed)).transpose()?.flatten();
        if let Some(current) = found.take_if(|found| found.until == closed)
            && let Some(known) = self.known(current, zone, wish, &[])?
        {
            return Ok(known);
        }
        let Some(_lock) = self.lock()? else {
            let known = found.map(|found| self.known(found, zone, wish, &[])).transpose()?.flatten();
            return match known {
                Some(known) => Ok(known),
                None => Ok(Known::whole(source.all()?.0, zone, wish)),
            };
        };
        if let Some(found) = found
            && let Some(known) = self.grow(found, &source, conditions.clone(), zone, closed, wish)?
        {
            return Ok(known);
        }
        self.remove()?;
        let made = self.make(&mut source, conditions, zone, closed, wish);
        if made.is_err() {
            // Months without a manifest would be taken for the whole by other engines.
            let _ = self.remove();
        }
        made
    }

    /// What is in the cache and what was added to the database since; `None` where it is not what the database says.
    fn find(&self, manifest: Manifest, source: &mut Source, closed: i64) -> Result<Option<Found>, CacheError> {
        let Manifest { until, tail, before, overlap: known, pointed, forward, acts, months, .. } = manifest;
        if source.before(tail)? != before {
            return Ok(None);
        }
        let Some(acts) = self.acts(acts) else { return Ok(None) };
        let (mut log, hidden) = source.rows(tail, acts)?;
        if overlap(&log, &hidden, tail, until) != known {
            return Ok(None);
        }
        // Where a month is over, what will be said of the log as it is now is asked before its old rows are dropped.
        let next = if until < closed { source.first_since(closed, tail)? } else { tail };
        let overlap = overlap(&log, &hidden, next, closed);
        log.retain_from(until);
        log.sort();
        if pointed_at(&pointed, &late(&log, &hidden, until)) != forward {
            return Ok(None);
        }
        let mut broken = false;
        log.relate_to(
            |id| source.look(id),
            || {
                let threads = months.iter().map(|kept| self.threads(kept)).collect::<Option<Vec<_>>>();
                broken = threads.is_none();
                Ok(threads.into_iter().flatten().flatten().collect::<HashSet<i32>>())
            },
        )?;
        let next = Next { tail: next, overlap, pointed, hidden };
        Ok((!broken).then_some(Found { log, months, until, next }))
    }

    /// The log as far as it is wished for, and the rows of `further` months; `None` where a file is not as it was written.
    fn known(
        &self,
        found: Found,
        zone: &TimeZone,
        wish: &Wish,
        further: &[Month],
    ) -> Result<Option<Known>, CacheError> {
        let Found { log: tail, months, until, .. } = found;
        let month_of = |ts: Option<&i64>| ts.and_then(|ts| calendar::month_of(*ts, zone));
        let end = tail.ts.last().copied().or_else(|| months.iter().rev().find_map(|kept| kept.last));
        let last = wish.last().or_else(|| month_of(end.as_ref()));
        let is_wanted = |month: Month| last.is_none_or(|last| month <= last);
        let has_rows = |kept: &Kept| {
            is_wanted(kept.month) && wish.rows(kept.month, kept.answers.as_ref()) || further.contains(&kept.month)
        };
        let first = months.first().map(|kept| kept.month).or_else(|| month_of(tail.ts.first()));
        let mut open: Vec<Digest> = Vec::new();
        if last.is_some_and(|last| last.bounds(zone).1 > until) {
            let digested = self.digest_on(&months, &tail, zone, last, |digest, _| {
                open.push(digest);
                Ok(())
            })?;
            if digested.is_none() {
                return Ok(None);
            }
        }
        let (mut log, mut digests) = (tail.without_rows(), Vec::new());
        let mut after_rows = i64::MIN;
        for (at, kept) in months.iter().enumerate() {
            if has_rows(kept) || kept.month.bounds(zone).0 < after_rows {
                let Some(rows) = self.rows(kept) else { return Ok(None) };
                let (from, to) = kept.month.bounds(zone);
                if !rows.ts.is_sorted() || rows.ts.first().is_some_and(|ts| *ts < from) {
                    return Ok(None);
                }
                let wanted = if has_rows(kept) { to } else { after_rows };
                log.append(rows.slice(0..rows.ts.partition_point(|ts| *ts < wanted)));
                if has_rows(kept) {
                    after_rows = to.saturating_add(WINDOW);
                }
            }
            if is_wanted(kept.month) {
                let Some(mut digest) = self.digest(kept, wish.rooms(kept.month)) else { return Ok(None) };
                digest.answering = match months.get(at + 1) {
                    Some(next) => next.heard.iter().filter(|heard| heard.early).copied().collect(),
                    None => digest::answering(&tail, until),
                };
                digests.push(digest);
            }
        }
        log.append(tail);
        for (digest, _) in digests.iter_mut().zip(&months).filter(|(_, kept)| has_rows(kept)) {
            digest.rows = Some(digest::rows_of(&log, digest.month, zone));
        }
        digests.extend(open.into_iter().map(|digest| {
            let rows = digest::rows_of(&log, digest.month, zone);
            Digest { rows: Some(rows), ..digest }
        }));
        Ok(Some(Known { log, digests, first, end }))
    }

    /// Digests the months that follow those that are kept, up to `last`, from the rows after them; `None` where a file is
    /// not as it was written.
    fn digest_on(
        &self,
        kept: &[Kept],
        log: &Log,
        zone: &TimeZone,
        last: Option<Month>,
        mut each: impl FnMut(Digest, Vec<Move>) -> Result<(), CacheError>,
    ) -> Result<Option<()>, CacheError> {
        let first = match kept.last() {
            Some(kept) => kept.month.plus(1),
            None => log.ts.first().and_then(|ts| calendar::month_of(*ts, zone)),
        };
        let (Some(first), Some(last)) = (first, last) else { return Ok(Some(())) };
        let before = kept.iter().map(|kept| Some((self.came(kept)?, self.moves(kept)?)));
        let Some(before) = before.collect::<Option<Vec<(Vec<Came>, Vec<Move>)>>>() else { return Ok(None) };
        let ids = |column: &[i32]| Numbering::of(column).ids().to_vec();
        let (mut people, mut rooms) = (ids(&log.person), ids(&log.room));
        for (came, moves) in &before {
            people.extend(came.iter().map(|came| came.person));
            rooms.extend(moves.iter().map(|step| step.room));
        }
        let (people, rooms) = (Numbering::of(&people), Numbering::of(&rooms));
        let mut digester = Digester::new(log, &people, &rooms, zone);
        for (came, moves) in &before {
            digester.resume(came, moves);
        }
        for month in digest::months(first, last) {
            let digest = digester.month(month);
            each(digest, digester.moves())?;
        }
        Ok(Some(()))
    }

    /// Adds the months that are over by now.
    fn grow(
        &self,
        found: Found,
        source: &Source,
        conditions: Conditions,
        zone: &TimeZone,
        closed: i64,
        wish: &Wish,
    ) -> Result<Option<Known>, CacheError> {
        let Found { log, mut months, next, .. } = found;
        let mut kept: Vec<Kept> = Vec::new();
        let mut pointed = next.pointed;
        let digested = self.digest_on(&months, &log, zone, last_before(closed, zone), |digest, moves| {
            pointed.extend(pointers(&log, &digest));
            kept.push(self.keep(&log, &digest, &moves)?);
            Ok(())
        })?;
        if digested.is_none() {
            return Ok(None);
        }
        months.extend(kept);
        let settled = settled(&months, zone);
        let open = log.ts.partition_point(|ts| *ts < closed);
        let mut tail = log.without_rows();
        tail.append(log.slice(open..log.len()));
        let next = Next { pointed, ..next };
        let forward = pointed_at(&next.pointed, &late(&tail, &next.hidden, closed));
        let practices = tail.practices.clone();
        let found =
            Found { log: tail, months: months.clone(), until: closed, next: Next { hidden: Vec::new(), ..next } };
        let (tail, overlap, mut pointed) = (found.next.tail, found.next.overlap, found.next.pointed.clone());
        let Some(mut known) = self.known(found, zone, wish, &settled)? else { return Ok(None) };
        answer(&mut known, &mut months, &settled, zone, wish);
        pointed.retain(|id| i64::from(*id) >= tail);
        let acts = self.keep_acts(&practices.before(tail))?;
        let before = source.before(tail)?;
        self.seal(&Manifest { conditions, until: closed, tail, before, overlap, pointed, forward, acts, months })?;
        Ok(Some(known))
    }

    /// Makes the cache from the whole log.
    fn make(
        &self,
        source: &mut Source,
        conditions: Conditions,
        zone: &TimeZone,
        closed: i64,
        wish: &Wish,
    ) -> Result<Known, CacheError> {
        let (log, hidden) = source.all()?;
        let end = log.ts.last().copied();
        let month_of = |ts: Option<&i64>| ts.and_then(|ts| calendar::month_of(*ts, zone));
        let (first, last) = (month_of(log.ts.first()), wish.last().or_else(|| month_of(log.ts.last())));
        let (mut months, mut digests, mut pointed) = (Vec::new(), Vec::new(), Vec::new());
        let tail = source.first_since(closed, i64::MIN)?;
        self.digest_on(&[], &log, zone, last.max(last_before(closed, zone)), |mut digest, moves| {
            if digest.month.bounds(zone).1 <= closed {
                months.push(self.keep(&log, &digest, &moves)?);
                pointed.extend(pointers(&log, &digest).filter(|id| i64::from(*id) >= tail));
            }
            digest.rooms = digest.rooms.filter(|_| wish.rooms(digest.month));
            digests.push(digest);
            Ok(())
        })?;
        let settled = settled(&months, zone);
        let forward = pointed_at(&pointed, &late(&log, &hidden, closed));
        let overlap = overlap(&log, &hidden, tail, closed);
        let acts = self.keep_acts(&log.practices.before(tail))?;
        let mut known = Known { log, digests, first, end };
        answer(&mut known, &mut months, &settled, zone, wish);
        known.digests.retain(|digest| last.is_some_and(|last| digest.month <= last));
        let known = known.only(zone, wish);
        let before = source.before(tail)?;
        self.seal(&Manifest { conditions, until: closed, tail, before, overlap, pointed, forward, acts, months })?;
        Ok(known)
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

    /// The months that are kept and have rows, oldest first, or `None` where there is no cache of this layout.
    pub fn months(&self) -> Option<Vec<Kept>> {
        let mut months = self.manifest().filter(|manifest| manifest.conditions.layout == LAYOUT)?.months;
        months.retain(|kept| kept.rows.lines > 0);
        Some(months)
    }

    fn manifest(&self) -> Option<Manifest> {
        let text = fs::read(self.folder.join(MANIFEST)).ok()?;
        let Sealed { crc, manifest } = serde_json::from_slice(&text).ok()?;
        let is_whole = crc32fast::hash(manifest.get().as_bytes()) == crc;
        is_whole.then(|| serde_json::from_str(manifest.get()).ok()).flatten()
    }

    fn seal(&self, manifest: &Manifest) -> Result<(), CacheError> {
        let failed = |error: serde_json::Error| failed(&self.folder)(error.into());
        let manifest = serde_json::value::to_raw_value(manifest).map_err(failed)?;
        let sealed = Sealed { crc: crc32fast::hash(manifest.get().as_bytes()), manifest: &manifest };
        write(&self.folder.join(MANIFEST), &serde_json::to_vec(&sealed).map_err(failed)?)
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
}

/// The last month that is over at the first moment of another.
fn last_before(closed: i64, zone: &TimeZone) -> Option<Month> {
    calendar::month_of(closed, zone).and_then(Month::previous)
}

/// The months of which nothing is kept yet of what became of their messages, though all had their 72 hours, and though
/// everything that came in them is kept.
fn settled(months: &[Kept], zone: &TimeZone) -> Vec<Month> {
    let end = months.iter().rev().find_map(|kept| kept.last).unwrap_or(i64::MIN);
    let has_settled = |kept: &&Kept| kept.month.bounds(zone).1.saturating_add(WINDOW - 1) <= end;
    months.iter().filter(|kept| kept.answers.is_none()).filter(has_settled).map(|kept| kept.month).collect()
}

/// Keeps what became of the messages of these months, and of those that are compared what measures came to in them.
fn answer(known: &mut Known, kept: &mut [Kept], settled: &[Month], zone: &TimeZone, wish: &Wish) {
    let is_unmeasured = |digest: &Digest| digest.answers.as_ref().is_some_and(|answers| answers.measures.is_none());
    let is_asked = |digest: &Digest| {
        let is_measured = wish.compares(digest.month) && is_unmeasured(digest);
        digest.rows.is_some() && (is_measured || settled.contains(&digest.month))
    };
    known.answer(zone, is_asked, |month| wish.compares(month));
    for (digest, kept) in
        known.digests.iter().zip(kept).filter(|(_, kept)| kept.answers.is_some() || settled.contains(&kept.month))
    {
        kept.answers = digest.answers.clone();
    }
}

/// A name as a part of a path, as Hive writes it.
fn escaped(name: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    name.bytes().map(|byte| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

fn failed(path: &Path) -> impl Fn(io::Error) -> CacheError {
    move |source| CacheError::Write { path: path.to_owned(), source }
}
