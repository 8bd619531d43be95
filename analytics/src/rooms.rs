//! The rooms of a community, each with its months.

use std::collections::BTreeSet;

use hearth_shared::month::Month;
use polars::prelude::PolarsResult;

use crate::{
    capabilities::{CapabilityTracker, Heard},
    cohorts::Cohorts,
    exact::Exact,
    history::{History, answering, heard_in},
    month_facts::Facts,
    month_view::MonthView,
    timelines::MemberTimelines,
};

/// A community's rooms and their months.
#[derive(Debug)]
pub struct RoomHistories {
    names: Vec<String>,
    histories: Vec<History>,
}

impl RoomHistories {
    /// The months of each room that anything happened in.
    pub fn of(whole: &History) -> Self {
        let ids: BTreeSet<i32> = whole.heard.values().flatten().map(|heard| heard.room).collect();
        let name = |id: &i32| whole.about.room_names.get(id).cloned().unwrap_or_else(|| id.to_string());
        let names = ids.iter().map(name).collect();
        Self { names, histories: ids.iter().map(|room| history(whole, *room)).collect() }
    }

    /// What measures see of them.
    pub fn views(&self) -> RoomViews<'_> {
        RoomViews { rooms: self, views: self.histories.iter().map(MonthView::all).collect() }
    }
}

/// The months of one room: who wrote and reacted there.
fn history(whole: &History, room: i32) -> History {
    // A quiet room was watched as long as the others.
    let mut history = History {
        room: Some(room),
        about: whole.about.clone(),
        zone: whole.zone.clone(),
        end: whole.end,
        months: Vec::new(),
        practices: whole.practices.clone(),
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
        let posters = history.people(of_all.month).iter().filter(|person| person.messages > 0).count() as u64;
        let facts = Facts {
            month: of_all.month,
            age,
            complete: of_all.complete,
            observed: of_all.observed,
            capabilities: capabilities.next(&here(of_all.month), &of_room(&answering(&whole.heard, of_all.month))),
            posters,
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

    /// The exact measures of every room that the log had begun in by each of `months`, month by month.
    ///
    /// # Errors
    /// Where polars cannot compute a table.
    pub fn exact(&self, months: &[Month], zone: &str) -> PolarsResult<Vec<Exact>> {
        let all = months.iter().flat_map(|month| self.of(*month));
        all.map(|(_, view)| Exact::of(view, zone)).collect()
    }
}
