//! A month's report, put together from releases and nothing else.

use std::collections::BTreeMap;

use hearth_shared::{
    month::Month,
    release::{Cell, Quarter, Release, Released},
    report::{
        Cohort, Cohorts, Dots, Event, Figure, Measure, Months, Point, Report, Room, Rooms, Series, ShareAt,
        ShareOverTime, Shares, Status, VERSION, figure_id, measure_id, reason,
    },
};

use crate::claims::{self, Change, Changes};

/// The shares of people, the most important first. They are gathered over quarters, and stand in every report until the
/// next is released.
const SHARES: [&str; 4] =
    [measure_id::NEWCOMERS_CAME_BACK, measure_id::NEWCOMERS_ANSWERED, measure_id::STAYED, measure_id::ALONE];

/// How many months a picture looks back, its own included.
const WINDOW: usize = 24;
/// How many months a room's line holds.
const SPARKLINE: usize = 13;
/// How many times a picture shows of what is asked again and again.
const TIMES: usize = 6;

/// The report of the release at `index` among all releases of a community, oldest first: what was released, with what
/// earlier releases add to its pictures, and what may be claimed of it beside them.
pub fn report(releases: &[Release], index: usize) -> Option<Report> {
    let release = releases.get(index)?;
    let past = &releases[..=index];
    let changes = claims::changes(releases, index);
    let measure = |id: &&str| {
        let Changes { month, quarter } = changes.get(*id).cloned().unwrap_or_default();
        let usual = month.as_ref().map(|change| change.usual);
        let told = |change: Option<Change>| change.and_then(|change| change.told());
        let measure = Measure { cell: cell(past, release, id), usual, month: told(month), quarter: told(quarter) };
        ((*id).to_owned(), measure)
    };
    let measures = measure_id::ALL.iter().map(measure);
    Some(Report {
        version: VERSION,
        community: release.community.clone(),
        room: release.room.clone(),
        month: release.month,
        timezone: release.timezone.clone(),
        log_ends: release.log_ends,
        hours: release.hours,
        source: release.source.clone(),
        measures: measures.collect(),
        figures: figures(past, release),
        notice: claims::notice(releases, index),
        suggestion: claims::suggestions(past).pop().flatten().map(|suggestion| suggestion.id().to_owned()),
        experiment: None,
    })
}

/// What the report says of a measure: what the month's release says; of one that is told once a quarter, what was
/// released last.
fn cell(past: &[Release], release: &Release, id: &str) -> Cell {
    let said = release.measures.get(id);
    let last = |is_told: fn(&Cell) -> bool| {
        past.iter().rev().take(WINDOW).filter_map(|one| one.measures.get(id)).find(|cell| is_told(cell))
    };
    let cell = match said {
        Some(cell) if is_known(cell) => said,
        // Of the last quarter it may have been said that it cannot be known yet.
        _ if id == measure_id::LIFETIME_SURVIVAL => {
            last(|cell| cell.reason.as_deref() != Some(reason::NO_QUARTER_ENDS)).or(said)
        }
        _ if SHARES.contains(&id) => last(is_known).or(said),
        _ => said,
    };
    let none =
        if SHARES.contains(&id) { Cell::na(reason::GATHERING, "share") } else { Cell::na(reason::UNDEFINED, "") };
    cell.cloned().unwrap_or(none)
}

fn is_known(cell: &Cell) -> bool {
    cell.status == Status::Ok
}

fn figures(past: &[Release], release: &Release) -> BTreeMap<String, Figure> {
    let mut figures = release.figures.clone();
    let lines = [
        (figure_id::ACTIVITY, &[measure_id::POSTERS, measure_id::ACTIVE_MEMBERS, measure_id::MESSAGES][..]),
        (figure_id::VOICES, &[measure_id::EFFECTIVE_VOICES, measure_id::POSTERS]),
        (figure_id::NEWCOMERS, &[measure_id::NEW_POSTERS]),
        (figure_id::ANSWERED, &[measure_id::TAKEN_UP, measure_id::ANSWER_TIME]),
    ];
    for (id, measures) in lines {
        figures.insert(id.to_owned(), months(past, release, id, measures));
    }
    figures.insert(figure_id::PEOPLE.to_owned(), people(past));
    if !release.rooms.is_empty() {
        figures.insert(figure_id::ROOMS.to_owned(), rooms(past, release));
    }
    if let Some(Figure::Dots(dots)) = figures.get(figure_id::PULSE) {
        let pulse = pulse(past, dots);
        figures.insert(figure_id::PULSE.to_owned(), Figure::Dots(pulse));
    }
    let latest = |id: &str| past.iter().rev().take(WINDOW).find_map(|one| one.figures.get(id));
    for id in [figure_id::FUNNEL, figure_id::SURVIVAL] {
        if let Some(figure) = latest(id) {
            figures.insert(id.to_owned(), figure.clone());
        }
    }
    if let Some(retention) = retention(past) {
        figures.insert(figure_id::RETENTION.to_owned(), Figure::Cohorts(retention));
    }
    figures
}

/// The months of a picture: consecutive, up to the release's own.
fn window(past: &[Release], release: &Release, longest: usize) -> Vec<Month> {
    let first = past.first().map_or(release.month, |one| one.month);
    let back = (0..longest).map_while(|back| release.month.plus(-i32::try_from(back).ok()?));
    let mut months: Vec<Month> = back.take_while(|month| *month >= first).collect();
    months.reverse();
    months
}

fn in_month(past: &[Release], month: Month) -> Option<&Release> {
    past.iter().find(|release| release.month == month)
}

/// A line for each measure, with a point for each month; a month that was not kept is not known.
fn months(past: &[Release], release: &Release, id: &str, measures: &[&str]) -> Figure {
    let months = window(past, release, WINDOW);
    let line = |id: &&str| {
        let of =
            |month: &Month| in_month(past, *month).and_then(|one| one.measures.get(*id)).map_or(Point::na(), point);
        let points = months.iter().map(of).collect();
        let unit = release.measures.get(*id).map(|cell| cell.unit.clone()).unwrap_or_default();
        // Marked in the picture that is about the measure, and not where its line stands beside another's.
        let marks = if *id == measures[0] { claims::marks(past, past.len() - 1, id) } else { Vec::new() };
        Series { id: (*id).to_owned(), unit, points, marks }
    };
    let marks = |month: &Month| {
        let events = in_month(past, *month).map_or(&[][..], |one| &one.events);
        events.iter().map(|id| Event { month: *month, id: id.clone() }).collect::<Vec<_>>()
    };
    let events = if id == figure_id::ACTIVITY { months.iter().flat_map(marks).collect() } else { Vec::new() };
    Figure::Months(Months { series: measures.iter().map(line).collect(), months, events })
}

fn point(cell: &Cell) -> Point {
    Point { value: cell.value, status: cell.status, interval: cell.interval }
}

/// The shares of people, each at the times at which it was released.
fn people(past: &[Release]) -> Figure {
    let at = |cell: &Cell| {
        let (first, last) = (cell.quarters.first()?, cell.quarters.last()?);
        Some(ShareAt { quarters: [*first, *last], share: point(cell), about: cell.about? })
    };
    let share = |id: &&str| {
        let cells = past.iter().rev().take(WINDOW).rev().filter_map(|one| one.measures.get(*id));
        let times: Vec<ShareAt> = cells.filter(|cell| is_known(cell)).filter_map(at).collect();
        (!times.is_empty()).then(|| ShareOverTime { id: (*id).to_owned(), times })
    };
    let shares: Vec<ShareOverTime> = SHARES.iter().filter_map(share).collect();
    if shares.is_empty() { Figure::nothing(Status::Na, reason::GATHERING) } else { Figure::Shares(Shares { shares }) }
}

/// The rooms of which may be said how many wrote there, the one with most people first.
fn rooms(past: &[Release], release: &Release) -> Figure {
    let months = window(past, release, SPARKLINE);
    let said = |one: &Release, name: &str, id: &str| {
        let room = one.rooms.iter().find(|room| room.name == name)?;
        room.measures.get(id).map(point)
    };
    let line = |name: &str, id: &str| -> Vec<Point> {
        let of = |month: &Month| in_month(past, *month).and_then(|one| said(one, name, id)).unwrap_or(Point::na());
        months.iter().map(of).collect()
    };
    let now = |name: &str, id: &str| said(release, name, id).unwrap_or(Point::na());
    let listed = release.rooms.iter().filter(|room| {
        let people = room.measures.get(measure_id::POSTERS).and_then(|cell| cell.value);
        people.is_some_and(|people| people.ends()[0] > 0.0)
    });
    let mut rooms: Vec<Room> = listed
        .map(|room| Room {
            name: room.name.clone(),
            people: line(&room.name, measure_id::POSTERS),
            voices: now(&room.name, measure_id::EFFECTIVE_VOICES),
            taken_up: now(&room.name, measure_id::TAKEN_UP),
        })
        .collect();
    if rooms.is_empty() {
        return Figure::nothing(Status::Suppressed, reason::TOO_FEW_PEOPLE);
    }
    let here = |room: &Room| room.people.last().and_then(Point::number).unwrap_or(0.0);
    rooms.sort_by(|one, other| here(other).total_cmp(&here(one)).then_with(|| one.name.cmp(&other.name)));
    let active = release.value(measure_id::ROOMS_ACTIVE).and_then(Released::value);
    let unlisted = active.map(|active| (active as u64).saturating_sub(rooms.len() as u64));
    Figure::Rooms(Rooms { months, rooms, unlisted })
}

/// The answers to a pulse, this time and before, the latest first.
fn pulse(past: &[Release], now: &Dots) -> Dots {
    let mut dots = now.clone();
    for item in &mut dots.items {
        let earlier = past.iter().rev().skip(1).filter_map(|one| match one.figures.get(figure_id::PULSE) {
            Some(Figure::Dots(dots)) => dots.items.iter().find(|other| other.id == item.id),
            _ => None,
        });
        let times: Vec<_> = earlier.flat_map(|other| other.times.iter().copied()).collect();
        item.times.extend(times);
        item.times.truncate(TIMES);
    }
    dots
}

/// Who stayed, cohort by cohort: each release tells one quarter more of each. A quarter that was not kept is not known.
fn retention(past: &[Release]) -> Option<Cohorts> {
    let mut cohorts: BTreeMap<Quarter, Cohort> = BTreeMap::new();
    for one in past.iter().rev().take(WINDOW).rev() {
        let Some(Figure::Cohorts(told)) = one.figures.get(figure_id::RETENTION) else { continue };
        for cohort in &told.cohorts {
            let known = cohorts.entry(cohort.quarter).or_insert_with(|| Cohort { cells: Vec::new(), ..cohort.clone() });
            let quarters = (one.month.ordinal() - cohort.quarter.last().ordinal()) / 3;
            let Some(place) = usize::try_from(quarters - 1).ok() else { continue };
            known.cells.resize(place.max(known.cells.len()), Point::na());
            known.cells.extend(&cohort.cells);
        }
    }
    (!cohorts.is_empty()).then(|| Cohorts { cohorts: cohorts.into_values().collect() })
}
