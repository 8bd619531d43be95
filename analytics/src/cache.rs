//! Closed months as Parquet, so that they need not be read from the database again: a folder a month, which any engine
//! reads (`DIR/community=…/month=2026-10/part.parquet`).
//!
//! It is a copy, and deleting it loses nothing. It is used only as far as it is surely what the database says: made under
//! the same erasures, of the same people and time zone, of as many rows up to the same one, and each file as it was
//! written. Otherwise it is removed and made anew.
//!
//! Beside each month's rows lies its [`MonthSummary`]: what later months ask of it. So a report reads the rows of the
//! months that it is about, and of the others only these small facts; and a month that is over is added without reading the
//! rows of those before it. Names that begin with `_` are not looked at by other engines.

mod error;
mod files;
mod late;

use std::{
    collections::HashSet,
    fs::{self, File},
    path::{Path, PathBuf},
};

use hearth_shared::{
    lock::{self, LockError},
    month::Month,
};
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

pub use self::{error::CacheError, files::Kept};
use self::{
    error::failed,
    files::{Folder, Written, write},
    late::{late, overlap, pointed_at, pointers},
};
use crate::{
    answers::WINDOW,
    calendar,
    counts::RoomMonth,
    index::Numbering,
    load::{Before, Hidden, Source, Stamp},
    loaded_log::LoadedLog,
    log::Log,
    read_plan::ReadPlan,
    summary::{self, Came, MonthSummary, Move, Summarizer},
};

/// How the files are laid out; a cache of another layout is made anew.
const LAYOUT: u32 = 3;

const MANIFEST: &str = "_manifest.json";
const LOCKS: &str = "_locks";

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
struct ManifestFile<'a> {
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
    folder: Folder,
    /// Where the lock of whoever writes it lies.
    locks: PathBuf,
}

impl Cache {
    /// The folder of `community` in the cache at `dir`.
    pub fn new(dir: &Path, community: &str) -> Self {
        let name = format!("community={}", escaped(community));
        Self { locks: dir.join(LOCKS).join(&name), folder: Folder::new(dir.join(name)) }
    }

    /// Reads one community's whole log up to `now`, closed months from the cache as far as they are in it, and brings the
    /// cache up to date, unless another program is doing that at this moment.
    ///
    /// # Errors
    /// [`CacheError`] where the log cannot be read or the cache not written.
    pub fn load(&self, db: &Path, community: &str, zone: &TimeZone, now: Timestamp) -> Result<Log, CacheError> {
        Ok(self.read(db, community, zone, now, &ReadPlan::everything())?.log)
    }

    /// The same, of a log as far as a plan needs it.
    ///
    /// # Errors
    /// [`CacheError`] where the log cannot be read or the cache not written.
    pub fn read(
        &self,
        db: &Path,
        community: &str,
        zone: &TimeZone,
        now: Timestamp,
        plan: &ReadPlan,
    ) -> Result<LoadedLog, CacheError> {
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
            && let Some(loaded) = self.loaded(current, zone, plan, &[])?
        {
            return Ok(loaded);
        }
        let Some(_lock) = self.lock()? else {
            let loaded = found.map(|found| self.loaded(found, zone, plan, &[])).transpose()?.flatten();
            return match loaded {
                Some(loaded) => Ok(loaded),
                None => Ok(LoadedLog::whole(source.all()?.0, zone, plan)),
            };
        };
        if let Some(found) = found
            && let Some(loaded) = self.grow(found, &source, conditions.clone(), zone, closed, plan)?
        {
            return Ok(loaded);
        }
        self.folder.remove()?;
        let made = self.make(&mut source, conditions, zone, closed, plan);
        if made.is_err() {
            // Months without a manifest would be taken for the whole by other engines.
            let _ = self.folder.remove();
        }
        made
    }

    /// What is in the cache and what was added to the database since; `None` where it is not what the database says.
    fn find(&self, manifest: Manifest, source: &mut Source, closed: i64) -> Result<Option<Found>, CacheError> {
        let Manifest { until, tail, before, overlap: counted, pointed, forward, acts, months, .. } = manifest;
        if source.before(tail)? != before {
            return Ok(None);
        }
        let Some(acts) = self.folder.acts(acts) else { return Ok(None) };
        let (mut log, hidden) = source.rows(tail, acts)?;
        if overlap(&log, &hidden, tail, until) != counted {
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
                let threads = months.iter().map(|kept| self.folder.threads(kept)).collect::<Option<Vec<_>>>();
                broken = threads.is_none();
                Ok(threads.into_iter().flatten().flatten().collect::<HashSet<i32>>())
            },
        )?;
        let next = Next { tail: next, overlap, pointed, hidden };
        Ok((!broken).then_some(Found { log, months, until, next }))
    }

    /// The log as far as the plan needs it, and the rows of `further` months; `None` where a file is not as it was
    /// written.
    fn loaded(
        &self,
        found: Found,
        zone: &TimeZone,
        plan: &ReadPlan,
        further: &[Month],
    ) -> Result<Option<LoadedLog>, CacheError> {
        let Found { log: tail, months, until, .. } = found;
        let month_of = |ts: Option<&i64>| ts.and_then(|ts| calendar::month_of(*ts, zone));
        let end = tail.ts.last().copied().or_else(|| months.iter().rev().find_map(|kept| kept.last));
        let last = plan.last().or_else(|| month_of(end.as_ref()));
        let is_wanted = |month: Month| last.is_none_or(|last| month <= last);
        let has_rows = |kept: &Kept| {
            is_wanted(kept.month) && plan.rows(kept.month, kept.answers.as_ref()) || further.contains(&kept.month)
        };
        let first = months.first().map(|kept| kept.month).or_else(|| month_of(tail.ts.first()));
        let mut open: Vec<MonthSummary> = Vec::new();
        if last.is_some_and(|last| last.bounds(zone).1 > until) {
            let summarized = self.summarize_after(&months, &tail, zone, last, |summary, _| {
                open.push(summary);
                Ok(())
            })?;
            if summarized.is_none() {
                return Ok(None);
            }
        }
        let (mut log, mut summaries) = (tail.without_rows(), Vec::new());
        let mut after_rows = i64::MIN;
        for (at, kept) in months.iter().enumerate() {
            if has_rows(kept) || kept.month.bounds(zone).0 < after_rows {
                let Some(rows) = self.folder.rows(kept) else { return Ok(None) };
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
                let Some(mut summary) = self.folder.summary(kept, plan.rooms(kept.month)) else { return Ok(None) };
                summary.answering = match months.get(at + 1) {
                    Some(next) => next.heard.iter().filter(|heard| heard.early).copied().collect(),
                    None => summary::answering(&tail, until),
                };
                summaries.push(summary);
            }
        }
        log.append(tail);
        for (summary, _) in summaries.iter_mut().zip(&months).filter(|(_, kept)| has_rows(kept)) {
            summary.rows = Some(summary::rows_of(&log, summary.month, zone));
        }
        summaries.extend(open.into_iter().map(|summary| {
            let rows = summary::rows_of(&log, summary.month, zone);
            MonthSummary { rows: Some(rows), ..summary }
        }));
        Ok(Some(LoadedLog { log, summaries, first, end }))
    }

    /// Sums up the months that follow those that are kept, up to `last`, from the rows after them; `None` where a file is
    /// not as it was written.
    fn summarize_after(
        &self,
        kept: &[Kept],
        log: &Log,
        zone: &TimeZone,
        last: Option<Month>,
        mut each: impl FnMut(MonthSummary, Vec<Move>) -> Result<(), CacheError>,
    ) -> Result<Option<()>, CacheError> {
        let first = match kept.last() {
            Some(kept) => kept.month.plus(1),
            None => log.ts.first().and_then(|ts| calendar::month_of(*ts, zone)),
        };
        let (Some(first), Some(last)) = (first, last) else { return Ok(Some(())) };
        let before = kept.iter().map(|kept| Some((self.folder.came(kept)?, self.folder.moves(kept)?)));
        let Some(before) = before.collect::<Option<Vec<(Vec<Came>, Vec<Move>)>>>() else { return Ok(None) };
        let ids = |column: &[i32]| Numbering::of(column).ids().to_vec();
        let (mut people, mut rooms) = (ids(&log.person), ids(&log.room));
        for (came, moves) in &before {
            people.extend(came.iter().map(|came| came.person));
            rooms.extend(moves.iter().map(|step| step.room));
        }
        let (people, rooms) = (Numbering::of(&people), Numbering::of(&rooms));
        let mut summarizer = Summarizer::new(log, &people, &rooms, zone);
        for (came, moves) in &before {
            summarizer.resume(came, moves);
        }
        for month in summary::months(first, last) {
            let summary = summarizer.month(month);
            each(summary, summarizer.moves())?;
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
        plan: &ReadPlan,
    ) -> Result<Option<LoadedLog>, CacheError> {
        let Found { log, mut months, next, .. } = found;
        let mut kept: Vec<Kept> = Vec::new();
        let mut pointed = next.pointed;
        let summarized = self.summarize_after(&months, &log, zone, last_before(closed, zone), |summary, moves| {
            pointed.extend(pointers(&log, &summary));
            kept.push(self.folder.keep(&log, &summary, &moves)?);
            Ok(())
        })?;
        if summarized.is_none() {
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
        let Some(mut loaded) = self.loaded(found, zone, plan, &settled)? else { return Ok(None) };
        answer(&mut loaded, &mut months, &settled, zone, plan);
        pointed.retain(|id| i64::from(*id) >= tail);
        let acts = self.folder.keep_acts(&practices.before(tail))?;
        let before = source.before(tail)?;
        self.seal(&Manifest { conditions, until: closed, tail, before, overlap, pointed, forward, acts, months })?;
        Ok(Some(loaded))
    }

    /// Makes the cache from the whole log.
    fn make(
        &self,
        source: &mut Source,
        conditions: Conditions,
        zone: &TimeZone,
        closed: i64,
        plan: &ReadPlan,
    ) -> Result<LoadedLog, CacheError> {
        let (log, hidden) = source.all()?;
        let end = log.ts.last().copied();
        let month_of = |ts: Option<&i64>| ts.and_then(|ts| calendar::month_of(*ts, zone));
        let (first, last) = (month_of(log.ts.first()), plan.last().or_else(|| month_of(log.ts.last())));
        let (mut months, mut summaries, mut pointed) = (Vec::new(), Vec::new(), Vec::new());
        let tail = source.first_since(closed, i64::MIN)?;
        self.summarize_after(&[], &log, zone, last.max(last_before(closed, zone)), |mut summary, moves| {
            if summary.month.bounds(zone).1 <= closed {
                months.push(self.folder.keep(&log, &summary, &moves)?);
                pointed.extend(pointers(&log, &summary).filter(|id| i64::from(*id) >= tail));
            }
            summary.rooms = summary.rooms.filter(|_| plan.rooms(summary.month));
            summaries.push(summary);
            Ok(())
        })?;
        let settled = settled(&months, zone);
        let forward = pointed_at(&pointed, &late(&log, &hidden, closed));
        let overlap = overlap(&log, &hidden, tail, closed);
        let acts = self.folder.keep_acts(&log.practices.before(tail))?;
        let mut loaded = LoadedLog { log, summaries, first, end };
        answer(&mut loaded, &mut months, &settled, zone, plan);
        loaded.summaries.retain(|summary| last.is_some_and(|last| summary.month <= last));
        let loaded = loaded.only(zone, plan);
        let before = source.before(tail)?;
        self.seal(&Manifest { conditions, until: closed, tail, before, overlap, pointed, forward, acts, months })?;
        Ok(loaded)
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

    /// A month's rows, or `None` where the file is not as it was written.
    pub fn rows(&self, kept: &Kept) -> Option<Log> {
        self.folder.rows(kept)
    }

    /// What a month came to by room and person, or `None` where the file is not as it was written.
    pub fn rooms(&self, kept: &Kept) -> Option<Vec<RoomMonth>> {
        self.folder.rooms(kept)
    }

    fn manifest(&self) -> Option<Manifest> {
        let text = fs::read(self.folder.path().join(MANIFEST)).ok()?;
        let ManifestFile { crc, manifest } = serde_json::from_slice(&text).ok()?;
        let is_whole = crc32fast::hash(manifest.get().as_bytes()) == crc;
        is_whole.then(|| serde_json::from_str(manifest.get()).ok()).flatten()
    }

    fn seal(&self, manifest: &Manifest) -> Result<(), CacheError> {
        let failed = |error: serde_json::Error| failed(self.folder.path())(error.into());
        let manifest = serde_json::value::to_raw_value(manifest).map_err(failed)?;
        let sealed = ManifestFile { crc: crc32fast::hash(manifest.get().as_bytes()), manifest: &manifest };
        write(&self.folder.path().join(MANIFEST), &serde_json::to_vec(&sealed).map_err(failed)?)
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
fn answer(loaded: &mut LoadedLog, kept: &mut [Kept], settled: &[Month], zone: &TimeZone, plan: &ReadPlan) {
    let is_unmeasured =
        |summary: &MonthSummary| summary.answers.as_ref().is_some_and(|answers| answers.measures.is_none());
    let is_asked = |summary: &MonthSummary| {
        let is_measured = plan.compares(summary.month) && is_unmeasured(summary);
        summary.rows.is_some() && (is_measured || settled.contains(&summary.month))
    };
    loaded.answer(zone, is_asked, |month| plan.compares(month));
    for (summary, kept) in
        loaded.summaries.iter().zip(kept).filter(|(_, kept)| kept.answers.is_some() || settled.contains(&kept.month))
    {
        kept.answers = summary.answers.clone();
    }
}

/// A name as a part of a path, as Hive writes it.
fn escaped(name: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    name.bytes().map(|byte| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
