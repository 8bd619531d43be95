//! Which months a report is about, and so what of which months is read.

use hearth_shared::month::Month;

use crate::summary::Answers;

/// How far the pictures of a month look back for more than who was active.
const YEAR: i32 = 12;

/// What is wanted of a log.
///
/// Of the months that are reported, the rows are read; of those that they are compared with, too, unless it is kept what
/// measures came to in them; of the year before, what lies in which room; of all others their summaries.
#[derive(Clone, Debug, Default)]
pub struct ReadPlan {
    /// The months that are reported, or `None` for whatever there is.
    months: Option<Vec<Month>>,
    /// The first month in which something was tried, which is compared with the one before.
    since: Option<Month>,
    /// Whether each room is reported by itself.
    per_room: bool,
}

impl ReadPlan {
    /// Everything.
    pub fn everything() -> Self {
        Self::default()
    }

    /// What the reports of these months need, and the account of what has been tried since a month.
    pub fn reports(months: Vec<Month>, since: Option<Month>) -> Self {
        Self { months: Some(months), since, per_room: false }
    }

    /// The same, with reports of each room.
    #[must_use]
    pub fn per_room(self) -> Self {
        Self { per_room: true, ..self }
    }

    /// Whether nothing is left out.
    pub(crate) fn is_everything(&self) -> bool {
        self.months.is_none()
    }

    /// The last month that is reported.
    pub fn last(&self) -> Option<Month> {
        self.months.as_ref()?.iter().max().copied()
    }

    /// Whether a month's rows are looked at, given what is kept of what became of its messages.
    pub(crate) fn rows(&self, month: Month, answers: Option<&Answers>) -> bool {
        let is_reported = self.months.as_ref().is_none_or(|months| months.contains(&month));
        let is_compared = self.compares(month);
        is_reported
            || is_compared && (self.per_room || answers.is_none_or(|answers| answers.measures.is_none()))
            || answers.is_none() && self.is_near(month)
    }

    /// Whether a month is one that a reported one is compared with.
    pub(crate) fn compares(&self, month: Month) -> bool {
        let Some(months) = &self.months else { return false };
        let compared = |asked: &Month| [-1, -YEAR].iter().any(|back| asked.plus(*back) == Some(month));
        self.since.and_then(Month::previous) == Some(month) || months.iter().any(compared)
    }

    /// Whether it is looked at what lies in which of a month's rooms.
    pub(crate) fn rooms(&self, month: Month) -> bool {
        self.is_near(month) || self.compares(month)
    }

    /// Whether a month is one that is reported or lies in the year before.
    pub(crate) fn is_near(&self, month: Month) -> bool {
        let near = |asked: &Month| (asked.plus(-YEAR)..=Some(*asked)).contains(&Some(month));
        self.months.as_ref().is_none_or(|months| months.iter().any(near))
    }
}
