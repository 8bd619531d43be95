//! A report per room, beside the community's, such that neither gives away what the other hides.

use std::collections::{BTreeMap, BTreeSet};
use strum::VariantArray as _;

use hearth_shared::{
    activity::Capability,
    month::Month,
    report::{Measure, Report, VERSION, reason},
};
use polars::prelude::PolarsResult;

use crate::{
    capabilities::{CapabilityTracker, Heard},
    cohorts::Cohorts,
    gate,
    history::{History, answering, heard_in},
    measures::{ALL, Definition},
    month_facts::Facts,
    month_view::MonthView,
    raw::Raw,
    read_plan::ReadPlan,
    scopes::PersonMonth,
    suppress::{Cell, is_small, rooms::closed},
    timelines::MemberTimelines,
};

/// A community's rooms and their months.
#[derive(Debug)]
pub struct RoomHistories {
    names: Vec<String>,
    histories: Vec<History>,
}

impl RoomHistories {
    /// The months of each room that anything happened in, with those closed of which nothing may be said.
    pub fn of(whole: &History, plan: &ReadPlan) -> Self {
        let ids: BTreeSet<i32> = whole.heard.values().flatten().map(|heard| heard.room).collect();
        let name = |id: &i32| whole.about.room_names.get(id).cloned().unwrap_or_else(|| id.to_string());
        let names = ids.iter().map(name).collect();
        let mut histories: Vec<History> = ids.iter().map(|room| history(whole, *room, plan)).collect();
        for facts in whole.months.iter().filter(|facts| plan.rooms(facts.month)) {
            close(&mut histories, facts);
        }
        Self { names, histories }
    }

    /// What measures see of them.
    pub fn views(&self) -> RoomViews<'_> {
        RoomViews { rooms: self, views: self.histories.iter().map(MonthView::all).collect() }
    }
}

/// The months of one room, as far as they are told: who wrote and reacted there.
fn history(whole: &History, room: i32, plan: &ReadPlan) -> History {
    // A quiet room was watched as long as the others.
    let mut history = History {
        room: Some(room),
        about: whole.about.clone(),
        zone: whole.zone.clone(),
        end: whole.end,
        months: Vec::new(),
        practices: whole.practices.of_room(room),
        scopes: whole.scopes.clone(),
        values: whole.values.clone(),
        heard: whole.heard.clone(),
        timelines: MemberTimelines::default(),
        cohorts: Cohorts::default(),
    };
    let mut capabilities = CapabilityTracker::new(&whole.about.sources);
    let of_room = |heard: &[Heard]| heard.iter().filter(|heard| heard.room == room).copied().collect::<Vec<_>>();
    let here = |month: Month| of_room(heard_in(&whole.heard, month));
    let months = whole.months.iter().skip_while(|facts| here(facts.month).is_empty());
    for (age, of_all) in months.enumerate() {
        let people = history.people(of_all.month);
        let posters = people.iter().filter(|person| person.messages > 0).count() as u64;
        let reactors = people.len() as u64 - posters;
        let count = |cell: &Cell| match cell {
            Cell::Active => posters + reactors,
            Cell::Posters => posters,
            Cell::ReactorsOnly => reactors,
            _ => 0,
        };
        let facts = Facts {
            month: of_all.month,
            age,
            complete: of_all.complete,
            observed: of_all.observed,
            capabilities: capabilities.next(&here(of_all.month), &of_room(&answering(&whole.heard, of_all.month))),
            counts: Cell::ALL.each_ref().map(count),
            active_days: 0,
            // Of a month whose rooms were not read, nothing is said.
            hidden: if plan.rooms(of_all.month) { hidden([posters, reactors]) } else { Cell::ALL.into() },
        };
        history.months.push(facts);
    }
    history
}

/// A community's rooms as measures see them.
pub struct RoomViews<'a> {
    rooms: &'a RoomHistories,
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
        &self.rooms.names[place]
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
            community: history.about.community.clone(),
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
fn close(histories: &mut [History], whole: &Facts) {
    let months: Vec<Option<usize>> = histories.iter().map(|history| history.index(whole.month)).collect();
    let people = |of: fn(&PersonMonth) -> bool| -> Vec<BTreeSet<i32>> {
        let here = |history: &History| {
            let there = history.index(whole.month).map_or(&[][..], |_| history.people(whole.month));
            there.iter().filter(|person| of(person)).map(|person| person.person).collect()
        };
        histories.iter().map(here).collect()
    };
    let (wrote, active) = (people(|person| person.messages > 0), people(|_| true));
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
            let reason = if is_small(view.poster_count()) { reason::TOO_FEW_PEOPLE } else { reason::COMPLEMENTARY };
            judged.push((Measure::suppressed(reason, definition.unit), definition.raw(view)?));
        } else {
            judged.push((gate::measure(definition, view)?, definition.raw(view)?));
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
