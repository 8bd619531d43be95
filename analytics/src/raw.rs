//! What a measure comes to, exactly. It never leaves the worker but for whoever holds the log.

use hearth_shared::report::reason;

use hearth_statistics::samples::wilson;

/// An exact value.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Raw {
    /// The value, or `None` where the formula is undefined.
    pub value: Option<f64>,
    /// The sample that it rests on.
    pub n: u64,
    /// The 95 % interval, where one is defined.
    pub interval: Option<[f64; 2]>,
    /// How many people the value is about.
    pub people: u64,
    /// Why there is no value, where that is not plain.
    pub reason: Option<&'static str>,
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
        Self { people: 1, reason: Some(reason::TOO_FEW_PEOPLE), ..Self::default() }
    }

    /// A share of people with its Wilson interval.
    pub fn share_of_people(part: u64, whole: u64) -> Self {
        Self { people: whole, ..Self::share(part, whole) }
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
