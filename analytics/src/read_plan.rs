//! Which months a report is about, and so of which months more is read than counts.

use hearth_shared::month::Month;

/// How far the pictures of a month look back for what lies in which room, and how long answers took.
const YEAR: i32 = 12;

/// How far the pictures of a month look back for how evenly messages are shared.
const TWO_YEARS: i32 = 23;

/// What is wanted of a community's facts.
///
/// Of every month it is known how many took part. Of the months that are reported, and of those that they are compared
/// with, everything is read; of those that a picture looks back at, what it needs.
#[derive(Clone, Debug, Default)]
pub struct ReadPlan {
    /// The months that are reported, or `None` for all.
    months: Option<Vec<Month>>,
    /// The first month in which something was tried, which is compared with the one before.
    since: Option<Month>,
}

impl ReadPlan {
    /// Everything.
    pub fn everything() -> Self {
        Self::default()
    }

    /// What the reports of these months need, and the account of what has been tried since a month.
    pub fn reports(months: Vec<Month>, since: Option<Month>) -> Self {
        Self { months: Some(months), since }
    }

    /// The last month that is reported, where that is not simply the last.
    pub fn last(&self) -> Option<Month> {
        self.months.as_ref()?.iter().max().copied()
    }

    /// Whether a month is one that is reported, or that a reported one is compared with.
    pub(crate) fn measures(&self, month: Month) -> bool {
        let Some(months) = &self.months else { return true };
        let compared = |asked: &Month| [0, -1, -YEAR].iter().any(|back| asked.plus(*back) == Some(month));
        self.since.and_then(Month::previous) == Some(month) || months.iter().any(compared)
    }

    /// Whether of a month it is looked at what lies in which room, and how long answers took.
    pub(crate) fn rooms(&self, month: Month) -> bool {
        self.measures(month) || self.looks_back(month, YEAR)
    }

    /// Whether of a month it is looked at how evenly messages are shared.
    pub(crate) fn people(&self, month: Month) -> bool {
        self.measures(month) || self.looks_back(month, TWO_YEARS)
    }

    fn looks_back(&self, month: Month, far: i32) -> bool {
        let near = |asked: &Month| (asked.plus(-far)..=Some(*asked)).contains(&Some(month));
        self.months.as_ref().is_none_or(|months| months.iter().any(near))
    }
}
