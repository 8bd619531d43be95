//! The report as data: what the worker knows about a month, for the page, the room, and other machines.
//!
//! Everything in it is about groups of at least [`MIN_PEOPLE`]; what would be about fewer is `suppressed` here
//! already, so that whoever holds a report holds nothing to be careful with.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::month::Month;

/// A cell about fewer people than this is suppressed.
pub const MIN_PEOPLE: u64 = 5;

/// The version of `report.json` that this build writes.
pub const VERSION: u32 = 1;

/// One community's month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// [`VERSION`] of the writer.
    pub version: u32,
    /// The community's name.
    pub community: String,
    /// The month that the report is about.
    pub month: Month,
    /// The IANA name of the zone in which the month was cut.
    pub timezone: String,
    /// What the sources of the log can know: capability → known. What is `false` makes measures n/a.
    pub source: BTreeMap<String, bool>,
    /// Every measure, by id.
    pub measures: BTreeMap<String, Measure>,
    /// Every picture's data, by id.
    pub figures: BTreeMap<String, Figure>,
}

/// Whether a value is there, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// There is a value.
    Ok,
    /// It cannot be known: the source lacks it, or the formula is undefined on this month.
    Na,
    /// Too few people to say.
    Suppressed,
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
    /// The unit: `people`, `messages`, `share`, `minutes`, `index`.
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

/// The data of one picture. The shape says how it is drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "shape", rename_all = "kebab-case")]
pub enum Figure {
    /// Lines over months.
    Months(Months),
    /// Stacked bars over months, some above and some below the zero line.
    Diverging(Diverging),
    /// Lines over a share from 0 to 1, such as a Lorenz curve.
    Curves(Curves),
}

/// Lines over months, oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Months {
    /// The months, consecutive.
    pub months: Vec<Month>,
    /// The lines, the most important first; each has a point for every month.
    pub series: Vec<Series>,
    /// What happened when: months that deserve a mark.
    #[serde(default)]
    pub events: Vec<Event>,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// The measure's id, which the reader's language has a name for.
    pub id: String,
    /// Its unit.
    pub unit: String,
    /// A point a month.
    pub points: Vec<Point>,
}

/// One month of a line.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// The value, `null` unless `status` is `ok`.
    pub value: Option<f64>,
    /// Whether there is a value.
    pub status: Status,
    /// The 95 % interval, where one is defined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<[f64; 2]>,
}

/// A mark in time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The month.
    pub month: Month,
    /// What kind of event, which the reader's language has a word for.
    pub id: String,
}

/// Stacked bars over months, oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Diverging {
    /// The months, consecutive.
    pub months: Vec<Month>,
    /// What is stacked above the zero line, from the line outwards.
    pub above: Vec<Series>,
    /// What is stacked below it, from the line outwards; values are positive.
    pub below: Vec<Series>,
}

/// Lines from (0, 0) to (1, 1), this month's first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Curves {
    /// The lines.
    pub curves: Vec<Curve>,
    /// Whether the picture can be drawn at all; with `suppressed` or `na`, `curves` is empty.
    pub status: Status,
    /// Why not.
    pub reason: Option<String>,
}

/// One line of [`Curves`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Curve {
    /// The month it is about.
    pub month: Month,
    /// Points with x and y from 0 to 1, x ascending. At most eleven, so that no step is a person.
    pub points: Vec<[f64; 2]>,
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
        let point = Point { value: Some(12.0), status: Status::Ok, interval: None };
        let series = Series { id: "active_members".into(), unit: "people".into(), points: vec![point] };
        let report = Report {
            version: VERSION,
            community: "Testers".into(),
            month,
            timezone: "Europe/Berlin".into(),
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
        };
        let json = serde_json::to_value(&report).unwrap();
        assert_eq!(json["measures"]["silent"]["status"], "na");
        assert_eq!(json["figures"]["activity"]["shape"], "months");
        assert_eq!(serde_json::from_value::<Report>(json).unwrap(), report);
    }
}
