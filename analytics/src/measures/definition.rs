//! What a measure is: its name, its meaning, what it needs, and how it is computed.

use hearth_shared::activity::Capability;
#[cfg(test)]
use polars::prelude::DataFrame;
use polars::prelude::PolarsResult;

use super::query::Query;
use crate::{month_view::MonthView, raw::Raw};

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
    /// Its key, one of [`exact_id`](hearth_shared::report::exact_id).
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
    /// Whether it is measured room by room, too. Who is new, who stays and who belongs are known of the community only.
    pub per_room: bool,
    /// How it is computed.
    pub formula: Formula,
}

/// How a value is computed.
#[derive(Clone, Copy)]
pub enum Formula {
    /// By a query over facts, for all rooms and months at once.
    Query(fn() -> Query),
    /// By what is no query, from one month.
    Plain(fn(&MonthView<'_>) -> PolarsResult<Raw>),
}

impl Definition {
    /// What its query comes to over some rows, without what is no query.
    #[cfg(test)]
    pub(super) fn over(&self, rows: DataFrame) -> Raw {
        let Formula::Query(query) = self.formula else { panic!("{} is no query", self.id) };
        query().raw_of(rows)
    }

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
