//! The report as data: what the worker knows about a month, for the page, the room, and other machines.
//!
//! Everything in it is about groups of at least [`MIN_PEOPLE`]; what would be about fewer is `suppressed` here
//! already, so that whoever holds a report holds nothing to be careful with.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::month::Month;

mod figure;
mod ids;
mod status;

pub use figure::*;
pub use ids::*;
pub use status::Status;

/// The JSON Schema of `report.json`, for machines that read it.
pub const SCHEMA: &str = include_str!("../report.schema.json");

/// A cell about fewer people than this is suppressed.
pub const MIN_PEOPLE: u64 = 5;

/// From this age in days on, an open action has been open for a quarter of a year. A class of the figure `actions` begins
/// with it.
pub const QUARTER_OPEN: u32 = 90;

/// The version of `report.json` that this build writes.
pub const VERSION: u32 = 1;

/// One community's month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// [`VERSION`] of the writer.
    pub version: u32,
    /// The community's name.
    pub community: String,
    /// The room that it is about, where it is not about the whole community.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<String>,
    /// The month that the report is about.
    pub month: Month,
    /// The IANA name of the zone in which the month was cut.
    pub timezone: String,
    /// The day of the log's last entry, where it lies more than three days before the month's end: what came later is
    /// not in the measures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log_ends: Option<Date>,
    /// What the sources of the log can know: capability → known. What is `false` makes measures n/a.
    pub source: BTreeMap<String, bool>,
    /// Every measure, by id.
    pub measures: BTreeMap<String, Measure>,
    /// Every picture's data, by id.
    pub figures: BTreeMap<String, Figure>,
    /// What the leads chose to try, and what came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub experiment: Option<Experiment>,
}

/// Something that the leads chose to try in this month, with the measure that it aims at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Experiment {
    /// What is tried, in the words of the lead who proposed it: at most 200 letters, no person named.
    pub what: String,
    /// The id of the measure that it aims at.
    pub measure: String,
    /// That measure's unit.
    pub unit: String,
    /// Whether it aims at more or at less of it.
    pub aim: Aim,
    /// The first month in which it was tried: this month, or an earlier one where it goes on.
    pub since: Month,
    /// The measure in the month before `since`.
    pub before: Point,
    /// The measure in the report's month.
    pub after: Point,
}

/// Which way an experiment wants a measure to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Aim {
    /// Up.
    More,
    /// Down.
    Less,
}

/// One measured value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// The value in `unit`; `null` unless `status` is `ok`. Zero is a real zero.
    pub value: Option<f64>,
    /// Whether there is a value.
    pub status: Status,
    /// Why not, as a key that the reader's language has words for (`too_few_people`, `source_lacks_joins`, …).
    pub reason: Option<String>,
    /// The unit: `people`, `messages`, `share`, `minutes`, `index`, `days`, `rooms`, `points`, `replies`.
    pub unit: String,
    /// The 95 % interval, where one is defined.
    pub interval: Option<[f64; 2]>,
    /// The sample that the value rests on: people, openers, …; `null` where it is suppressed or unknown.
    pub n: Option<u64>,
    /// The same measure a month earlier, where the log reaches back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_month: Option<Earlier>,
    /// The same measure in the same month a year earlier, where the log reaches back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_year: Option<Earlier>,
}

/// A measure's value in an earlier month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Earlier {
    /// The value, `null` unless `status` is `ok`.
    pub value: Option<f64>,
    /// Whether there is a value.
    pub status: Status,
    /// The 95 % interval, where one is defined.
    pub interval: Option<[f64; 2]>,
}

impl Measure {
    /// A value.
    pub fn ok(value: f64, unit: &str, n: u64) -> Self {
        Self { value: Some(value), status: Status::Ok, reason: None, n: Some(n), ..Self::nothing(unit) }
    }

    /// What cannot be known, and why.
    pub fn na(reason: &str, unit: &str) -> Self {
        Self { status: Status::Na, reason: Some(reason.to_owned()), ..Self::nothing(unit) }
    }

    /// Too few people to say.
    pub fn suppressed(reason: &str, unit: &str) -> Self {
        Self { status: Status::Suppressed, reason: Some(reason.to_owned()), ..Self::nothing(unit) }
    }

    /// The same with a 95 % interval.
    #[must_use]
    pub fn with_interval(mut self, interval: Option<[f64; 2]>) -> Self {
        self.interval = interval;
        self
    }

    /// It as a point of a picture.
    pub fn point(&self) -> Point {
        Point { value: self.value, status: self.status, interval: self.interval }
    }

    /// It as what a later month is compared with.
    pub fn earlier(&self) -> Earlier {
        Earlier { value: self.value, status: self.status, interval: self.interval }
    }

    fn nothing(unit: &str) -> Self {
        Self {
            value: None,
            status: Status::Na,
            reason: None,
            unit: unit.to_owned(),
            interval: None,
            n: None,
            last_month: None,
            last_year: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_read_as_it_is_written() {
        let month: Month = "2026-10".parse().unwrap();
        let point = Point::ok(12.0);
        let series = Series { id: "active_members".into(), unit: "people".into(), points: vec![point] };
        let report = Report {
            version: VERSION,
            community: "Testers".into(),
            room: None,
            month,
            timezone: "Europe/Berlin".into(),
            log_ends: Some(Date::constant(2026, 10, 20)),
            source: BTreeMap::from([("joins".into(), false)]),
            measures: BTreeMap::from([
                ("active_members".into(), Measure::ok(12.0, "people", 12)),
                ("silent".into(), Measure::na("source_lacks_joins", "people")),
                ("gini".into(), Measure::suppressed("too_few_people", "index")),
            ]),
            figures: BTreeMap::from([(
                "activity".into(),
                Figure::Months(Months { months: vec![month], series: vec![series], events: vec![] }),
            )]),
            experiment: None,
        };
        let json = serde_json::to_value(&report).unwrap();
        assert_eq!(json["measures"]["silent"]["status"], "na");
        assert_eq!(json["figures"]["activity"]["shape"], "months");
        assert_eq!(serde_json::from_value::<Report>(json).unwrap(), report);
    }
}
