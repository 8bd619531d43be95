//! What a measure is: its name, its meaning, what it needs, and how its raw value is computed.

use hearth_shared::activity::Capability;
use polars::prelude::PolarsResult;

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
    /// Whether it looks at the month's rows. What such a measure comes to is kept of months that later ones are compared
    /// with, so that their rows need not be read again; what all others look at is kept of every month.
    pub of_rows: bool,
    /// Whether it is measured room by room, too. Who is new, who stays and who belongs are told of the community only: a
    /// person's first message is in one room, and by it the others could be told apart.
    pub per_room: bool,
    /// Computes the raw value.
    pub raw: fn(&MonthView<'_>) -> PolarsResult<Raw>,
}

impl Definition {
    /// What it comes to in a month, before it is decided what may be said: as it was kept, or worked out.
    ///
    /// # Errors
    /// Where polars cannot compute a table.
    pub fn raw_of(&self, view: &MonthView<'_>) -> PolarsResult<Raw> {
        let kept = view.facts.answers.as_ref().and_then(|answers| answers.measures.as_ref()?.get(self.id));
        kept.map_or_else(|| (self.raw)(view), |raw| Ok(raw.clone()))
    }
}
