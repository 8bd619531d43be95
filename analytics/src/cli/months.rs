//! What is told of the months that were asked for.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write as _},
    iter,
};

use hearth_shared::{
    month::Month,
    release::{Release, RoomCells},
};
use jiff::{Timestamp, tz::TimeZone};

use super::{
    arguments::{Asked, Per, Write},
    error::CliError,
};
use crate::{
    archive::{self, Archive, Community},
    assembly, calendar,
    exact::Exact,
    facts::WINDOW,
    month_view::MonthView,
    output, publish,
    read_plan::ReadPlan,
    releases::{self, Releases},
    rooms::RoomHistories,
};

/// The time zone of a name.
pub(super) fn zone(name: &str) -> Result<TimeZone, CliError> {
    TimeZone::get(name).map_err(|_| CliError::Zone(name.to_owned()))
}

/// What is known of a community, and the months that were asked for.
struct Known {
    community: Community,
    zone: TimeZone,
    /// The first month of the log.
    first: Month,
    months: Vec<Month>,
}

impl Known {
    /// Reads the log, or what the archive has of it.
    fn read(asked: &Asked, all: bool, now: Timestamp) -> Result<Option<Self>, CliError> {
        let (Some(db), Some(community)) = (&asked.db, &asked.community) else { return Ok(None) };
        let zone = zone(&asked.timezone)?;
        let this_month = Month::of(now, &zone);
        let last_over = this_month.previous().ok_or(CliError::NoMonthBefore(this_month))?;
        if let Some(month) = asked.months.iter().find(|month| **month > this_month) {
            return Err(CliError::Future { month: *month, now: this_month });
        }
        let facts = match &asked.cache {
            Some(dir) => Archive::new(dir, community).read(db, community, &zone, now)?,
            None => archive::without(db, community, &zone, now)?,
        };
        let Some((first, ended)) = facts.months() else { return Err(CliError::EmptyLog(community.clone())) };
        let months: Vec<Month> = match asked.months.as_slice() {
            // A log of the past ends where it ends: there is nothing to say of the years since.
            [] if all => {
                (0..).map_while(|age| first.plus(age).filter(|month| *month <= ended.min(last_over))).collect()
            }
            [] => vec![last_over],
            months => months.to_vec(),
        };
        if let Some(month) = months.iter().find(|month| **month < first) {
            return Err(CliError::BeforeLog { community: community.clone(), month: *month, first });
        }
        Ok(Some(Self { community: facts, zone, first, months }))
    }

    /// The months that were asked for, of those that are due; where one was asked for by name that is not, that is said.
    fn due(&self, due: &[Month], asked: &Asked, all: bool) -> Result<Vec<Month>, CliError> {
        if asked.months.is_empty() && !all {
            return match due.last() {
                Some(month) => Ok(vec![*month]),
                None => Err(self.not_due(self.first)),
            };
        }
        match self.months.iter().find(|month| !due.contains(month)) {
            Some(month) if !all => Err(self.not_due(*month)),
            _ => Ok(self.months.iter().filter(|month| due.contains(month)).copied().collect()),
        }
    }

    fn not_due(&self, month: Month) -> CliError {
        let (_, end) = month.bounds(&self.zone);
        let until = calendar::date(end.saturating_add(WINDOW), &self.zone).unwrap_or_default();
        CliError::NotDue { month, until }
    }
}

/// The exact measures of the months that were asked for: the community's, then its rooms' if they are asked for.
pub(super) fn exact(asked: &Asked, all: bool, per: Option<Per>, now: Timestamp) -> Result<Vec<Exact>, CliError> {
    let Some(Known { community, months, .. }) = Known::read(asked, all, now)? else { return Ok(Vec::new()) };
    let plan = if all { ReadPlan::everything() } else { ReadPlan::months(months.clone()) };
    let Some(history) = assembly::history(&community, &plan, now)? else {
        return Err(CliError::EmptyLog(community.about.community.clone()));
    };
    let views = MonthView::all(&history);
    let of = |month: &Month| history.index(*month).map(|index| Exact::of(&views[index], &asked.timezone));
    let mut exact = months.iter().filter_map(of).collect::<Result<Vec<_>, _>>()?;
    if let Some(Per::Room) = per {
        exact.extend(RoomHistories::of(&history).views().exact(&months, &asked.timezone)?);
    }
    Ok(exact)
}

/// What would be released of the months that were asked for; and of their rooms, if they are asked for.
pub(super) fn preview(asked: &Asked, all: bool, per: Option<Per>, now: Timestamp) -> Result<Vec<Release>, CliError> {
    let Some(known) = Known::read(asked, all, now)? else { return Ok(Vec::new()) };
    let due = known.due(&releases::due(&known.community)?, asked, all)?;
    let releases = Releases::of(&known.community, &due, false, &asked.timezone, now)?;
    let Some(releases) = releases else { return Ok(Vec::new()) };
    let mut told = publish::preview(&releases, &due)?;
    if let Some(Per::Room) = per {
        let rooms: Vec<Release> = told.iter().flat_map(of_rooms).collect();
        told.extend(rooms);
    }
    Ok(told)
}

/// What is released of rooms, a release a room.
fn of_rooms(release: &Release) -> Vec<Release> {
    let of = |room: &RoomCells| Release {
        room: Some(room.name.clone()),
        measures: room.measures.clone(),
        figures: BTreeMap::new(),
        events: Vec::new(),
        rooms: Vec::new(),
        ..release.clone()
    };
    release.rooms.iter().map(of).collect()
}

/// Releases what is due and was not released yet, and writes the reports that were asked for.
pub(super) fn report(write: &Write, now: Timestamp) -> Result<(), CliError> {
    let Write { log, language, experiment, noted, out, index } = write;
    let Some(known) = Known::read(log, false, now)? else { return Ok(()) };
    if let (Some(db), Some(community)) = (&log.db, &log.community)
        && let Some(hint) = hearth_import::moved_hint(db, community)?
    {
        let _ = writeln!(io::stderr().lock(), "hearth-analytics: {hint}");
    }
    let noted: BTreeSet<Month> = noted.iter().copied().collect();
    let open = publish::open(out, &noted)?;
    let all = releases::due(&known.community)?;
    let due = known.due(&all, log, false)?;
    let missing: Vec<Month> = all.into_iter().filter(|month| !open.has(*month)).collect();
    let releases = Releases::of(&known.community, &missing, open.is_begun(), &log.timezone, now)?;
    let Some(releases) = releases else { return Ok(()) };
    let (kept, fresh) = publish::publish(&releases, open, &noted)?;
    for (month, hash) in fresh {
        output::print(&format!("released {month} {hash}"))?;
    }
    for month in due {
        let report = publish::report(&kept.releases, month, experiment.as_ref());
        let Some(report) = report else { return Err(CliError::NotKept { month }) };
        let folder = output::write(&report, language, out)?;
        output::print(&folder.join("index.html").display().to_string())?;
    }
    for folder in iter::once(out).chain(index) {
        output::write_index(folder, language)?;
    }
    Ok(())
}
