//! What a published number is: on a grid, with whether it is known and what it is about.

pub mod grid;
mod hours;
mod quarter;
mod released;
mod status;

use serde::{Deserialize, Serialize};

pub use grid::MIN_PEOPLE;
pub use hours::Hours;
pub use quarter::{Quarter, QuarterError};
pub use released::Released;
pub use status::Status;

/// One measure's value in a release, or why there is none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// The value in `unit`, or the ends of a range; `null` unless `status` is `ok`.
    pub value: Option<Released>,
    /// Whether there is a value.
    pub status: Status,
    /// Why not, as a key that the reader's language has words for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The unit, as a measure's.
    pub unit: String,
    /// Grows when the way in which the measure is worked out or rounded changes. Values of different methods are not
    /// compared.
    pub method: u32,
    /// The 95 % interval of a share, which follows from what is published alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<[f64; 2]>,
    /// How many a share or a mean is about: people on the scale 10, 20, 50, 100 … (at least so many), conversations on
    /// the scale of [`Released::ratio`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<f64>,
    /// Whether a share of conversations is about so many *or more*: the messages would be known too well by their number.
    /// Numbers of people are always meant so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub or_more: bool,
    /// The quarters that a share of people was gathered from, oldest first; empty for what is about the month.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quarters: Vec<Quarter>,
}

impl Cell {
    /// A value.
    pub fn ok(value: Released, unit: &str) -> Self {
        Self { value: Some(value), status: Status::Ok, ..Self::nothing(unit) }
    }

    /// What cannot be known, and why.
    pub fn na(reason: &str, unit: &str) -> Self {
        Self { reason: Some(reason.to_owned()), ..Self::nothing(unit) }
    }

    /// Too few people to say, and why.
    pub fn suppressed(reason: &str, unit: &str) -> Self {
        Self { status: Status::Suppressed, reason: Some(reason.to_owned()), ..Self::nothing(unit) }
    }

    fn nothing(unit: &str) -> Self {
        Self {
            value: None,
            status: Status::Na,
            reason: None,
            unit: unit.to_owned(),
            method: 1,
            interval: None,
            about: None,
            or_more: false,
            quarters: Vec::new(),
        }
    }
}
