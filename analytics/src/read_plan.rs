//! Which months are looked at in full.

use hearth_shared::month::Month;

/// Which months of a community's facts are wanted in full. Of every month it is known how many took part.
#[derive(Clone, Debug, Default)]
pub struct ReadPlan {
    /// The months, or `None` for all.
    months: Option<Vec<Month>>,
}

impl ReadPlan {
    /// Everything.
    pub fn everything() -> Self {
        Self::default()
    }

    /// What is told of these months.
    pub fn months(months: Vec<Month>) -> Self {
        Self { months: Some(months) }
    }

    /// The last month that is wanted, where that is not simply the last.
    pub fn last(&self) -> Option<Month> {
        self.months.as_ref()?.iter().max().copied()
    }

    /// Whether a month is wanted.
    pub(crate) fn has(&self, month: Month) -> bool {
        self.months.as_ref().is_none_or(|months| months.contains(&month))
    }
}
