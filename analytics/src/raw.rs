//! A raw value: what a measure comes to, with the sizes of the groups that it is about.

use serde::{Deserialize, Serialize};

use crate::statistics::wilson;

/// A raw value, before it is decided what may be said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Raw {
    /// The value, or `None` where the formula is undefined.
    pub value: Option<f64>,
    /// The sample that it rests on.
    pub n: u64,
    /// The 95 % interval, where one is defined.
    pub interval: Option<[f64; 2]>,
    /// How many people the value is about.
    pub people: u64,
    /// From how many people on the value means anything, where that is more than may be shown anyway.
    pub shown_from: u64,
    /// The sizes of further groups that the value singles out, alone or with what else is published.
    pub groups: Vec<u64>,
    /// The number of posters that there must be at least, if this is the value.
    pub proves_posters: u64,
    /// Whether it would give away what another month's report hides.
    pub gives_away: bool,
    /// Why there is no value, where that is not plain. No measure of rows says so, and only these are kept.
    #[serde(skip)]
    pub reason: Option<&'static str>,
    /// Whether the sample's size, from one month to the next, would give away a count of its own.
    pub keeps_n: bool,
}

impl Raw {
    /// A count of people, which is its own sample.
    pub fn count(people: u64) -> Self {
        Self { value: Some(people as f64), n: people, people, ..Self::default() }
    }

    /// A value about `people` people, who are its sample too.
    pub fn of_people(value: Option<f64>, people: u64) -> Self {
        Self { value, n: people, people, ..Self::default() }
    }

    /// What there is, is about too few people to be measured at all.
    pub fn too_few() -> Self {
        Self { people: 1, ..Self::default() }
    }

    /// A share of people with its Wilson interval; both the part and the rest are groups.
    pub fn share_of_people(part: u64, whole: u64) -> Self {
        Self { people: whole, groups: vec![part, whole.saturating_sub(part)], ..Self::share(part, whole) }
    }

    /// A share with its Wilson interval.
    pub fn share(part: u64, whole: u64) -> Self {
        let value = (whole > 0).then(|| part as f64 / whole as f64);
        Self { value, n: whole, interval: wilson(part, whole), ..Self::default() }
    }

    /// The same with an interval.
    #[must_use]
    pub fn with_interval(mut self, interval: Option<[f64; 2]>) -> Self {
        self.interval = interval;
        self
    }
}
