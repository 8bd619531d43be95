//! What one month holds, and what that means among the others.

use std::{collections::BTreeSet, ops::Deref, rc::Rc};

use hearth_shared::activity::{Capabilities, Capability};

use crate::{
    counts::{PersonMonth, RoomMonth},
    growth::{Growth, SETTLING_MONTHS},
    summary::MonthSummary,
    suppress::Cell,
};

/// What one month holds, and what that means among the others.
#[derive(Clone, Debug)]
pub struct Facts {
    /// What its rows come to.
    pub summary: Rc<MonthSummary>,
    /// How many months the log had when it began: 0 in the log's first.
    pub age: usize,
    /// Whether the month is over.
    pub complete: bool,
    /// The time of the last row up to its end: so far was everybody observed.
    pub observed: i64,
    /// What the sources of its rows can know; joins: what those of all rows up to its end can.
    pub capabilities: Capabilities,
    /// Where its posters come from.
    pub growth: Growth,
    /// The counts that must not be published.
    pub hidden: BTreeSet<Cell>,
}

impl Deref for Facts {
    type Target = MonthSummary;

    fn deref(&self) -> &MonthSummary {
        &self.summary
    }
}

impl Facts {
    /// Who did how much in which room.
    ///
    /// # Panics
    /// Where that was not read (see [`crate::read_plan::ReadPlan`]): a value without it would be wrong.
    pub fn cells(&self) -> &[RoomMonth] {
        assert!(self.rooms.is_some(), "the rooms of {} were not read", self.month);
        self.rooms.as_deref().unwrap_or_default()
    }

    /// Everybody who wrote a message.
    pub fn posters(&self) -> impl Iterator<Item = &PersonMonth> + Clone {
        self.people.iter().filter(|person| person.messages > 0)
    }

    /// How many people a cell counts.
    pub fn count(&self, cell: Cell) -> u64 {
        let (active, posters) = (self.people.len() as u64, self.posters().count() as u64);
        match cell {
            Cell::Active => active,
            Cell::Posters => posters,
            Cell::ReactorsOnly => active - posters,
            Cell::Members => self.members,
            Cell::Silent => self.members.saturating_sub(active),
            Cell::New => self.growth.new.len() as u64,
            Cell::Retained => self.growth.retained.len() as u64,
            Cell::Reactivated => self.growth.reactivated,
            Cell::Lapsed => self.growth.lapsed,
        }
    }

    /// Whether a cell can be known at all, before asking whether it may be said.
    pub fn knows(&self, cell: Cell) -> bool {
        let has = |capability| self.capabilities.has(capability);
        match cell {
            Cell::Posters => true,
            Cell::Active | Cell::ReactorsOnly => has(Capability::Reactions),
            Cell::Members | Cell::Silent => has(Capability::Reactions) && has(Capability::Joins),
            Cell::New | Cell::Reactivated => self.age >= SETTLING_MONTHS,
            Cell::Retained | Cell::Lapsed => self.age >= 1,
        }
    }
}
