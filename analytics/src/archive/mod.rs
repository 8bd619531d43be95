//! The archive: the facts of closed months as Parquet, so that they need not be worked out again: a folder a month, which
//! any engine reads (`DIR/community=…/month=2026-10/activity.parquet`).
//!
//! It is a copy, and deleting it loses nothing. It is used only as far as it is surely what the database says: made under
//! the same erasures, of the same people and time zone, of as many rows up to the same one, and each file as it was
//! written. Otherwise it is made anew, and swapped in whole.
//!
//! A month is closed when it and the 72 hours after it are over, and the log has come so far. Whether facts were just
//! worked out or lay in the archive, what is made of them is the same.

mod community;
mod error;
mod files;
mod manifest;

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use hearth_shared::{
    lock::{self, LockError},
    month::Month,
    private_file,
};
use jiff::{Timestamp, tz::TimeZone};
use polars::prelude::*;
use strum::IntoEnumIterator as _;

pub use self::{community::Community, error::ArchiveError};
use self::{
    error::failed,
    files::Files,
    manifest::{Conditions, Kept, Manifest},
};
use crate::{
    acts::{About, ReadError, Shelf, Source, Start},
    calendar,
    facts::{self, Facts, Past, Table, WINDOW},
};

/// How the files are laid out and who may read them; an archive of another layout is made anew.
const LAYOUT: u32 = 8;

const LOCKS: &str = "_locks";

/// The facts of one community, as far as they have been worked out and as they come from the log.
#[derive(Debug)]
pub struct Archive {
    files: Files,
    /// Where the lock of whoever writes it lies.
    locks: PathBuf,
}

/// The facts of a community's log up to `now`, all worked out anew.
///
/// # Errors
/// [`ArchiveError`] where the log cannot be read or a table not computed.
pub fn without(db: &Path, community: &str, zone: &TimeZone, now: Timestamp) -> Result<Community, ArchiveError> {
    let mut source = Source::open(db, community, now)?;
    let rest = Rest::read(&mut source, Start::BEGINNING, zone)?;
    let mut work = Work::new(Community::new(source.about.clone(), zone.clone()), Vec::new(), None);
    work.add(rest, &source, Past::default(), now)?;
    Ok(work.community)
}

/// What the database says beyond an archive.
struct Rest {
    shelf: Shelf,
    practices: DataFrame,
}

impl Rest {
    fn read(source: &mut Source, start: Start, zone: &TimeZone) -> Result<Self, ReadError> {
        let mut shelf = Shelf::default();
        let practices = source.read(start, zone, &mut shelf)?;
        Ok(Self { shelf, practices })
    }

    /// The time of the last row.
    fn latest(&self) -> PolarsResult<Option<i64>> {
        let latest = self.shelf.all()?.select([col("ts").max()]).collect()?;
        Ok(latest.column("ts")?.i64()?.get(0))
    }
}

/// Facts as they are worked out; those of closed months are kept where they may be.
struct Work {
    community: Community,
    months: Vec<Kept>,
    place: Option<Place>,
}

/// Where facts are kept.
struct Place {
    /// The folder that is filled.
    files: Files,
    /// The one that it becomes.
    will_be: Files,
    /// The first millisecond that is not kept.
    until: i64,
}

impl Work {
    fn new(community: Community, months: Vec<Kept>, place: Option<Place>) -> Self {
        Self { community, months, place }
    }

    /// Adds what the database says beyond the months that are there.
    fn add(&mut self, rest: Rest, source: &Source, past: Past, now: Timestamp) -> Result<(), ArchiveError> {
        let zone = self.community.zone.clone();
        let begun = self.months.last().map(|kept| kept.month + 1).or(rest.shelf.months().map(|(first, _)| first));
        if let Some(first) = begun {
            let last = Month::of(now, &zone).ordinal().max(rest.shelf.months().map_or(first - 1, |(_, last)| last));
            facts::each(rest.shelf, source, &zone, first..=last, past, |month, facts, past| {
                self.take(month, facts)?;
                self.note(month, past)
            })?;
        }
        for acts in rest.practices.partition_by_stable(["month"], true)? {
            let Some(month) = acts.column("month")?.i32()?.get(0) else { continue };
            self.take(month, &Facts::from([(Table::Practices, Table::Practices.of(acts.lazy(), month).collect()?)]))?;
        }
        self.months.sort_by_key(|kept| kept.month);
        Ok(())
    }

    fn take(&mut self, month: i32, facts: &Facts) -> Result<(), ArchiveError> {
        for (table, rows) in facts.iter().filter(|(_, rows)| rows.height() > 0) {
            let kept = match &self.place {
                Some(place) if self.ends(month) <= place.until => {
                    let kept = kept_of(&mut self.months, month);
                    place.files.keep(kept, *table, &mut rows.clone())?;
                    place.will_be.scan(kept, *table)?
                }
                _ => rows.clone().lazy(),
            };
            self.community.add(*table, month, rows.height(), kept);
        }
        Ok(())
    }

    /// Keeps how things stood at the end of the last month that is kept.
    fn note(&mut self, month: i32, past: &Past) -> Result<(), ArchiveError> {
        let Some(place) = &self.place else { return Ok(()) };
        if self.ends(month) <= place.until && self.ends(month + 1) > place.until {
            for (table, mut rows) in past.facts(month)? {
                place.files.keep(kept_of(&mut self.months, month), table, &mut rows)?;
            }
        }
        Ok(())
    }

    /// The first millisecond after a month.
    fn ends(&self, month: i32) -> i64 {
        facts::begin(month + 1, &self.community.zone)
    }

    /// Notes what is kept.
    fn seal(mut self, source: &Source, conditions: Conditions, from: i64) -> Result<Community, ArchiveError> {
        if let Some(Place { files, until, .. }) = &self.place {
            // How things stood at the ends of earlier months is not needed any more.
            let earlier = self.months.len().saturating_sub(1);
            let old: Vec<Kept> = self.months[..earlier].iter_mut().filter_map(Kept::without_states).collect();
            let tail = source.first_since(*until, from)?;
            files.seal(&Manifest {
                conditions,
                until: *until,
                tail,
                before: source.before(tail)?,
                settled: source.settled(tail, until.saturating_add(WINDOW))?,
                months: self.months,
            })?;
            old.iter().for_each(|kept| files.forget(kept));
        }
        Ok(self.community)
    }
}

/// What is kept of a month.
fn kept_of(months: &mut Vec<Kept>, month: i32) -> &mut Kept {
    let at = months.iter().position(|kept| kept.month == month).unwrap_or_else(|| {
        months.push(Kept::of(month));
        months.len() - 1
    });
    &mut months[at]
}

impl Archive {
    /// The folder of `community` in the archive at `dir`.
    pub fn new(dir: &Path, community: &str) -> Self {
        let name = format!("community={}", escaped(community));
        Self { locks: dir.join(LOCKS).join(&name), files: Files::new(dir.join(name)) }
    }

    /// The facts of the community's log up to `now`, those of closed months from the archive as far as they are in it;
    /// and brings it up to date, unless another program is doing that at this moment.
    ///
    /// # Errors
    /// [`ArchiveError`] where the log cannot be read or the archive not written.
    pub fn read(&self, db: &Path, community: &str, zone: &TimeZone, now: Timestamp) -> Result<Community, ArchiveError> {
        let mut source = Source::open(db, community, now)?;
        let conditions = Conditions {
            layout: LAYOUT,
            community: community.to_owned(),
            zone: zone.iana_name().map_or_else(|| format!("{zone:?}"), str::to_owned),
            stamp: source.stamp()?,
        };
        let lock = self.lock()?;
        let usable = |manifest: &Manifest| {
            manifest.conditions == conditions && manifest.until.saturating_add(WINDOW) <= now.as_millisecond()
        };
        if let Some(manifest) = self.files.manifest().filter(usable)
            && let Some(found) = self.found(manifest, &mut source, zone, now, lock.is_some())?
        {
            return Ok(found);
        }
        if lock.is_none() {
            return without(db, community, zone, now);
        }
        let rest = Rest::read(&mut source, Start::BEGINNING, zone)?;
        let fresh = self.files.fresh();
        fresh.remove()?;
        let until = rest.latest()?.map_or(i64::MIN, |latest| closed_until(latest, zone));
        let community = Community::new(source.about.clone(), zone.clone());
        let mut work =
            Work::new(community, Vec::new(), Some(Place { files: fresh.clone(), will_be: self.files.clone(), until }));
        let made =
            work.add(rest, &source, Past::default(), now).and_then(|()| work.seal(&source, conditions, i64::MIN));
        match made {
            Ok(community) => {
                self.files.replace_with(&fresh)?;
                Ok(community)
            }
            // Nobody should take a part for the whole.
            Err(error) => {
                let _ = fresh.remove();
                Err(error)
            }
        }
    }

    /// What is in the archive with what was added to the database since, which is kept where it is closed by now; `None`
    /// where the archive is not what the database says.
    fn found(
        &self,
        manifest: Manifest,
        source: &mut Source,
        zone: &TimeZone,
        now: Timestamp,
        may_write: bool,
    ) -> Result<Option<Community>, ArchiveError> {
        let Manifest { conditions, until, tail, before, settled, months } = manifest;
        let is_same = source.before(tail)? == before
            && source.settled(tail, until.saturating_add(WINDOW))? == settled
            && self.files.are_whole(&months);
        if !is_same {
            return Ok(None);
        }
        let community = self.scanned(Community::new(source.about.clone(), zone.clone()), &months)?;
        let rest = Rest::read(source, Start { id: tail, ts: until }, zone)?;
        let late = rest.shelf.all()?.select([col("id")]);
        if community.table(Table::Dangling).semi_join(late, col("id"), col("id")).collect()?.height() > 0 {
            return Ok(None);
        }
        let closed = rest.latest()?.map_or(until, |latest| closed_until(latest, zone));
        let grows = may_write && closed > until;
        let past = self.files.past(months.last())?;
        let mut work = Work::new(
            community,
            months,
            grows.then(|| Place { files: self.files.clone(), will_be: self.files.clone(), until: closed }),
        );
        work.add(rest, source, past, now)?;
        work.seal(source, conditions, tail).map(Some)
    }

    /// What is kept of closed months, without a look at the log; `None` where there is no archive of this layout.
    ///
    /// # Errors
    /// Where a file cannot be opened.
    pub fn kept(&self) -> PolarsResult<Option<Community>> {
        let usable = |manifest: &Manifest| manifest.conditions.layout == LAYOUT;
        let Some(manifest) = self.files.manifest().filter(usable) else { return Ok(None) };
        let about = About { community: manifest.conditions.community, ..About::default() };
        self.scanned(Community::new(about, TimeZone::UTC), &manifest.months).map(Some)
    }

    /// A community with what is kept of these months.
    fn scanned(&self, mut community: Community, months: &[Kept]) -> PolarsResult<Community> {
        for kept in months {
            for table in Table::iter().filter(|table| kept.has(*table) && !table.is_state()) {
                community.add(table, kept.month, kept.rows(table), self.files.scan(kept, table)?);
            }
        }
        Ok(community)
    }

    /// The right to write this archive, or `None` while another program has it.
    fn lock(&self) -> Result<Option<File>, ArchiveError> {
        private_file::folder(&self.locks).map_err(failed(&self.locks))?;
        match lock::take(&self.locks) {
            Ok(lock) => Ok(Some(lock)),
            Err(LockError::Held(_)) => Ok(None),
            Err(LockError::Io { path, source }) => Err(failed(&path)(source)),
        }
    }
}

/// The first millisecond after the last month that is closed where the log's last row is at `latest`.
fn closed_until(latest: i64, zone: &TimeZone) -> i64 {
    calendar::month_of(latest.saturating_sub(WINDOW), zone).map_or(i64::MIN, |month| month.bounds(zone).0)
}

/// A name as a part of a path, as Hive writes it.
pub(crate) fn escaped(name: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    name.bytes().map(|byte| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
