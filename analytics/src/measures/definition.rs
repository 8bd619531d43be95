//! What a measure is: its name, its meaning, what it needs, and how its raw value is computed.

use hearth_shared::activity::Capability;
use polars::prelude::PolarsResult;

use super::query::Query;
use crate::{month_view::MonthView, raw::Raw, suppress::Cell};

/// Where in the report a measure stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    /// Among the first numbers.
    Headline,
    /// In a section.
    Section,
    /// For who looks deeper.
    Explorer,
}

impl Tier {
    /// Its name in lists.
    pub fn name(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Section => "section",
            Self::Explorer => "explorer",
        }
    }
}

/// One measure.
pub struct Definition {
    /// Its key in `report.json`, one of [`measure_id`](hearth_shared::report::measure_id).
    pub id: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Where it stands.
    pub tier: Tier,
    /// What is computed, in a sentence.
    pub definition: &'static str,
    /// Where the definition comes from.
    pub source: &'static str,
    /// What a lead may conclude, and what not.
    pub caveat: &'static str,
    /// What a source must know for the measure to be known.
    pub needs: &'static [Capability],
    /// The months that the log must reach back before the month itself.
    pub reach: usize,
    /// The counts that the published value would give away.
    pub reveals: &'static [Cell],
    /// The count that the sample size is, where it is one.
    pub sample: Option<Cell>,
    /// Whether it is measured room by room, too. Who is new, who stays and who belongs are told of the community only: a
    /// person's first message is in one room, and by it the others could be told apart.
    pub per_room: bool,
    /// How the raw value is computed, before it is decided what may be said.
    pub formula: Formula,
}

/// How a raw value is computed.
#[derive(Clone, Copy)]
pub enum Formula {
    /// By a query over facts, for all rooms and months at once.
    Query(fn() -> Query),
    /// By what is no query, from one month.
    Plain(fn(&MonthView<'_>) -> PolarsResult<Raw>),
}

impl Definition {
    /// What it comes to in a month.
    ///
    /// # Errors
    /// Where polars cannot compute a table.
    pub fn raw(&self, view: &MonthView<'_>) -> PolarsResult<Raw> {
        match self.formula {
            Formula::Query(query) => query().raw(self.id, view),
            Formula::Plain(raw) => raw(view),
        }
    }
}
