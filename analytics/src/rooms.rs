//! A report per room, beside the community's, such that neither gives away what the other hides.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};
use strum::VariantArray as _;

use hearth_shared::{
    activity::Capability,
    month::Month,
    report::{Measure, Report, VERSION, reason},
};
use polars::prelude::PolarsResult;

use crate::{
    capabilities::CapabilityTracker,
    counts::{PersonMonth, RoomMonth},
    month_facts::Facts,
    gate,
    growth::Growth,
    history::History,
    load::Log,
    measures::{ALL, Definition},
    month_view::MonthView,
    raw::Raw,
    summary::{self, Heard, MonthSummary},
    suppress::{Cell, is_small, rooms::closed},
};

/// The logs of a community's rooms, each by itself.
#[derive(Debug)]
pub struct RoomLogs {
    rooms: Vec<(i32, String, Log)>,
}

impl RoomLogs {
    /// One log for each room that anything happened in, whether or not rows of it were read.
    pub fn of(whole: &History<'_>) -> Self {
        let (log, months) = (whole.log, &whole.months);
        let ids: BTreeSet<i32> = months.iter().flat_map(|facts| &facts.heard).map(|heard| heard.room).collect();
        let name = |id: i32| log.room_names.get(&id).cloned().unwrap_or_else(|| id.to_string());
        Self { rooms: log.of_rooms(&ids).into_iter().map(|(id, log)| (id, name(id), log)).collect() }
    }

    /// The rooms' months in `whole`, with those closed of which nothing may be said.
    pub fn histories(&self, whole: &History<'_>) -> RoomHistories<'_> {
        let (mut names, mut histories) = (Vec::new(), Vec::new());
        for (room, name, log) in &self.rooms {
            names.push(&**name);
            histories.push(history(whole, *room, log));
        }
        for facts in whole.months.iter().filter(|facts| facts.rooms.is_some()) {
            close(&mut histories, facts);
        }
        RoomHistories { names, histories }
    }
}

/// The months of one room, as far as they are told: who wrote and reacted there.
fn history<'a>(whole: &History<'_>, room: i32, log: &'a Log) -> History<'a> {
    // A quiet room was watched as long as the others.
    let mut history = History::empty(log, whole.zone.clone(), whole.end);
    let mut capabilities = CapabilityTracker::new(&log.sources);
    let here = |heard: &[Heard]| summary::of_room(heard, room, |heard| heard.room).to_vec();
    let months = whole.months.iter().skip_while(|facts| here(&facts.heard).is_empty());
    for (age, of_all) in months.enumerate() {
        let cells = of_all.rooms.as_deref().map(|cells| summary::of_room(cells, room, |cell| cell.room));
        let person = |cell: &RoomMonth| PersonMonth {
            person: cell.person,
            messages: cell.messages,
            reactions: cell.reactions,
            wrote: [0; 2],
        };
        let summary = MonthSummary {
            month: of_all.month,
            rows: of_all.rows.is_some().then(|| summary::rows_of(log, of_all.month, &whole.zone)),
            last: None,
            people: cells.unwrap_or_default().iter().map(person).collect(),
            // All of it is in one room.
            rooms: None,
            active_days: 0,
            members: 0,
            came: Vec::new(),
            heard: here(&of_all.heard),
            answering: here(&of_all.answering),
            answers: None,
        };
        let mut facts = Facts {
            age,
            complete: of_all.complete,
            observed: of_all.observed,
            capabilities: capabilities.next(&summary.heard, &summary.answering),
            growth: Growth::default(),
            hidden: Cell::ALL.into(),
            summary: Rc::new(summary),
        };
        // Of a month whose rooms were not read, nothing is said.
        if of_all.rooms.is_some() {
            facts.hidden = hidden([Cell::Posters, Cell::ReactorsOnly].map(|cell| facts.count(cell)));
        }
        history.months.push(facts);
    }
    history
}

/// A community's rooms and their months.
#[derive(Debug)]
pub struct RoomHistories<'a> {
    names: Vec<&'a str>,
    histories: Vec<History<'a>>,
}

impl RoomHistories<'_> {
    /// What measures see of them.
    pub fn views(&self) -> RoomViews<'_> {
        RoomViews { rooms: self, views: self.histories.iter().map(MonthView::all).collect() }
    }
}

/// A community's rooms as measures see them.
pub struct RoomViews<'a> {
    rooms: &'a RoomHistories<'a>,
    views: Vec<Vec<MonthView<'a>>>,
}

impl<'a> RoomViews<'a> {
    /// The rooms whose log had begun by a month, by their places, as they were in it.
    pub fn of(&self, month: Month) -> Vec<(usize, &MonthView<'a>)> {
        let histories = self.rooms.histories.iter().zip(&self.views).enumerate();
        histories.filter_map(|(at, (history, views))| Some((at, &views[history.index(month)?]))).collect()
    }

    /// What a room is called.
    pub fn name(&self, place: usize) -> &'a str {
        self.rooms.names[place]
    }

    /// The reports of every room that the log had begun in by each of `months`, month by month.
    ///
    /// # Errors
    /// Where polars cannot compute a table.
    pub fn reports(&self, months: &[Month], zone: &str) -> PolarsResult<Vec<Report>> {
        let mut reports = Vec::new();
        for month in months {
            let earlier = |back: i32| {
                month.plus(back).map(|month| said(&self.of(month))).transpose().map(Option::unwrap_or_default)
            };
            let (now, last_month, last_year) = (said(&self.of(*month))?, earlier(-1)?, earlier(-12)?);
            for (at, mut measures) in now {
                for (id, measure) in &mut measures {
                    let find = |said: &Said| Some(said.get(&at)?.get(id)?.earlier());
                    (measure.last_month, measure.last_year) = (find(&last_month), find(&last_year));
                }
                reports.push(self.report(at, *month, zone, measures));
            }
        }
        Ok(reports)
    }

    fn report(&self, at: usize, month: Month, zone: &str, measures: BTreeMap<String, Measure>) -> Report {
        let history = &self.rooms.histories[at];
        let facts = history.index(month).map(|index| &history.months[index]);
        let has = |capability| facts.is_some_and(|facts| facts.capabilities.has(capability));
        let known = |capability: Capability| (capability.name().to_owned(), has(capability));
        Report {
            version: VERSION,
            community: history.log.community.clone(),
            room: Some(self.name(at).to_owned()),
            month,
            timezone: zone.to_owned(),
            log_ends: None,
            source: Capability::VARIANTS.iter().copied().map(known).collect(),
            measures,
            figures: BTreeMap::new(),
            experiment: None,
        }
    }
}

/// What may not be said of a room for its own sake. Only how many wrote and reacted is told of it: who is new there, or
/// stayed, cannot be worked out from months of which neither is said.
fn hidden([posters, reactors]: [u64; 2]) -> BTreeSet<Cell> {
    let told = [Cell::Active, Cell::Posters, Cell::ReactorsOnly];
    let mut hidden: BTreeSet<Cell> = Cell::ALL.into_iter().filter(|cell| !told.contains(cell)).collect();
    if is_small(reactors) || is_small(posters) {
        // All who were active, less those who wrote, are those who only reacted.
        hidden.extend([Cell::Active, Cell::ReactorsOnly]);
    }
    if is_small(posters) {
        hidden.insert(Cell::Posters);
    }
    hidden
}

/// What is said of each room, by its place.
type Said = BTreeMap<usize, BTreeMap<String, Measure>>;

/// Hides in every room's month what the others and the community's report would give away.
fn close(histories: &mut [History<'_>], whole: &Facts) {
    let months: Vec<Option<usize>> = histories.iter().map(|history| history.index(whole.month)).collect();
    let people = |of: fn(&Facts) -> BTreeSet<i32>| -> Vec<BTreeSet<i32>> {
        let facts = histories.iter().zip(&months).map(|(history, month)| month.map(|month| &history.months[month]));
        facts.map(|facts| facts.map(of).unwrap_or_default()).collect()
    };
    let wrote = people(|facts| facts.posters().map(|person| person.person).collect());
    let active = people(|facts| facts.people.iter().map(|person| person.person).collect());
    let (by_writing, by_acting) = (closed(&wrote), closed(&active));
    let reactors = [Cell::Active, Cell::ReactorsOnly];
    for (at, (history, month)) in histories.iter_mut().zip(months).enumerate() {
        let Some(facts) = month.and_then(|month| history.months.get_mut(month)) else { continue };
        if by_writing[at] || by_acting[at] || whole.hidden.contains(&Cell::Posters) {
            facts.hidden.extend(Cell::ALL);
        }
        if reactors.iter().any(|cell| whole.hidden.contains(cell)) {
            facts.hidden.extend(reactors);
        }
    }
}

/// What may be said of each room in a month.
fn said(rooms: &[(usize, &MonthView<'_>)]) -> PolarsResult<Said> {
    let mut said: Said = rooms.iter().map(|(at, _)| (*at, BTreeMap::new())).collect();
    for definition in ALL {
        let measures = of_rooms(definition, rooms)?;
        for ((at, _), measure) in rooms.iter().zip(measures) {
            if let Some(room) = said.get_mut(at) {
                room.insert(definition.id.to_owned(), measure);
            }
        }
    }
    Ok(said)
}

/// One measure of each room. What is added up over rooms and taken from the community's must be about enough people,
/// so where one room's is hidden, that of others is hidden with it.
///
/// # Errors
/// Where polars cannot compute a table.
pub fn of_rooms(definition: &Definition, rooms: &[(usize, &MonthView<'_>)]) -> PolarsResult<Vec<Measure>> {
    if !definition.per_room {
        return Ok(vec![Measure::na(reason::COMMUNITY_ONLY, definition.unit); rooms.len()]);
    }
    let mut judged = Vec::with_capacity(rooms.len());
    for (_, view) in rooms {
        // All cells are hidden where the room is closed, and then nothing is said of it.
        if Cell::ALL.iter().all(|cell| view.facts.hidden.contains(cell)) {
            let reason = if is_small(view.posters()) { reason::TOO_FEW_PEOPLE } else { reason::COMPLEMENTARY };
            judged.push((Measure::suppressed(reason, definition.unit), (definition.raw)(view)?));
        } else {
            judged.push((gate::measure(definition, view)?, (definition.raw)(view)?));
        }
    }
    loop {
        let hidden: Vec<&Raw> =
            judged.iter().filter(|(measure, raw)| is_hidden(measure, raw)).map(|(_, raw)| raw).collect();
        if hidden.is_empty() || is_large(&hidden) {
            break;
        }
        let next = judged.iter_mut().filter(|(measure, raw)| !is_hidden(measure, raw) && raw.people > 0);
        let Some((measure, _)) = next.min_by_key(|(_, raw)| raw.people) else { break };
        *measure = Measure::suppressed(reason::COMPLEMENTARY, definition.unit);
    }
    Ok(judged.into_iter().map(|(measure, _)| measure).collect())
}

fn is_hidden(measure: &Measure, raw: &Raw) -> bool {
    raw.people > 0 && measure.status == hearth_shared::report::Status::Suppressed
}

/// Whether several rooms' hidden values, taken together, are about enough people in every group.
fn is_large(hidden: &[&Raw]) -> bool {
    // A person may be in several rooms: there are at least as many as in the fullest.
    let most = |of: &dyn Fn(&Raw) -> u64| hidden.iter().map(|raw| of(raw)).max().unwrap_or(0);
    let groups = hidden.iter().map(|raw| raw.groups.len()).max().unwrap_or(0);
    hidden.len() > 1
        && !is_small(most(&|raw| raw.people))
        && (0..groups).all(|at| !is_small(most(&|raw| raw.groups.get(at).copied().unwrap_or(0))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suppress::{self, Counts, Previous};

    #[test]
    fn a_room_hides_no_less_for_its_own_sake_than_the_search_for_the_cheapest_does() {
        let told = [Cell::Active, Cell::Posters, Cell::ReactorsOnly];
        for (posters, reactors) in [(0, 0), (0, 3), (0, 9), (3, 0), (4, 3), (4, 8), (9, 0), (9, 3), (9, 7)] {
            let value = |cell| match cell {
                Cell::Active => posters + reactors,
                Cell::Posters | Cell::Retained => posters,
                Cell::ReactorsOnly => reactors,
                _ => 0,
            };
            let known = Cell::ALL.map(|cell| told.contains(&cell));
            let counts = Counts { values: Cell::ALL.map(value), known, previous: Previous::None };
            let (found, _) = suppress::hidden(&counts);
            assert!(found.is_subset(&hidden([posters, reactors])), "{posters} wrote and {reactors} reacted: {found:?}");
        }
    }
}
