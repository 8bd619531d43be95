//! The report as data: what the worker knows about a month, for the page, the room, and other machines.
//!
//! Every number in it is [`Released`](crate::published::Released), or follows from such numbers alone, so that whoever holds
//! a report holds nothing to be careful with.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    month::Month,
    published::{Cell, Hours},
};

mod figure;
mod ids;
mod verdict;

pub use crate::published::{MIN_PEOPLE, Status};
pub use figure::*;
pub use ids::*;
pub use verdict::{Comparison, JUDGED, Verdict, comparison};

/// The JSON Schema of `report.json`, for machines that read it.
pub const SCHEMA: &str = include_str!("../report.schema.json");

/// From this age in days on, an open action has been open for a quarter of a year. A class of the figure `actions` begins
/// with it.
pub const QUARTER_OPEN: u32 = 90;

/// The version of `report.json` that this build writes.
pub const VERSION: u32 = 2;

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
    /// How many of the month's hours are known; where too few are, no number is compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// What the sources of the log can know: capability → known. What is `false` makes measures n/a.
    pub source: BTreeMap<String, bool>,
    /// Every measure, by id.
    pub measures: BTreeMap<String, Measure>,
    /// Every picture's data, by id.
    pub figures: BTreeMap<String, Figure>,
    /// What a change would have to be to be noticed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<Notice>,
    /// The id of what leads may try, where there is reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
    /// What the leads chose to try, and what came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub experiment: Option<Experiment>,
}

/// What a change in the number of people who write would have to be to be noticed, at a community's size and scatter.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    /// A month with fewer people than the first, or more than the second, would be more than chance.
    pub month: [f64; 2],
    /// How often, of ten times, a halving over a quarter would be noticed; `null` while there are too few months.
    pub halving: Option<u8>,
}

/// Something that the leads chose to try, with the measure that it aims at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Experiment {
    /// What is tried, in the words of the lead who proposed it: at most 200 letters, no person named.
    pub what: String,
    /// The id of the measure that it aims at.
    pub measure: String,
    /// Whether it aims at more or at less of it.
    pub aim: Aim,
    /// The month in which it was begun, which is left out of the comparison.
    pub since: Month,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of an experiment. It is judged once: three full months after it began, against up to twelve before it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// Three full months after its beginning are not over yet.
    TooEarly {
        /// How many are.
        months: u32,
    },
    /// Fewer than six months before it can be compared with.
    TooLittleBefore,
    /// In some of the months after it too few people took part to say.
    TooFewPeople,
    /// The measure is one of which changes are not judged.
    NotJudged,
    /// It was judged.
    Judged {
        /// How.
        verdict: Verdict,
        /// What was usual before.
        before: f64,
        /// What the three months after it came to.
        after: f64,
    },
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

/// One measure: what was released of it, and how it compares with earlier releases.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// What was released. A share of people stands in every report until the next is released.
    #[serde(flatten)]
    pub cell: Cell,
    /// What is usual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usual: Option<Usual>,
    /// How the month compares with what is usual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<Verdict>,
    /// How the quarter that ends with the month compares with what is usual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quarter: Option<Verdict>,
}

/// What is usual, by the up to twelve releases before.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Usual {
    /// The middle of them.
    pub value: f64,
    /// Between what nine months of ten lie.
    pub range: [f64; 2],
    /// How many months it rests on.
    pub months: u32,
}

impl Measure {
    /// What was released, compared with nothing.
    pub fn alone(cell: Cell) -> Self {
        Self { cell, usual: None, month: None, quarter: None }
    }

    /// It as a point of a picture.
    pub fn point(&self) -> Point {
        let Cell { value, status, interval, .. } = self.cell;
        Point { value, status, interval }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::published::Released;

    #[test]
    fn a_report_is_read_as_it_is_written() {
        let month: Month = "2026-10".parse().unwrap();
        let point = Point::ok(Released::people(12));
        let mark = Mark { month, verdict: Verdict::More };
        let series =
            Series { id: "active_members".into(), unit: "people".into(), points: vec![point], marks: vec![mark] };
        let report = Report {
            version: VERSION,
            community: "Testers".into(),
            room: None,
            month,
            timezone: "Europe/Berlin".into(),
            log_ends: Some(Date::constant(2026, 10, 20)),
            hours: Some(Hours { all: 744, unknown: 61 }),
            source: BTreeMap::from([("joins".into(), false)]),
            measures: BTreeMap::from([
                ("active_members".into(), Measure::alone(Cell::ok(Released::people(12), "people"))),
                ("members".into(), Measure::alone(Cell::na("source_lacks_joins", "people"))),
                ("roti".into(), Measure::alone(Cell::suppressed("too_few_people", "points"))),
            ]),
            figures: BTreeMap::from([(
                "activity".into(),
                Figure::Months(Months { months: vec![month], series: vec![series], events: vec![] }),
            )]),
            notice: None,
            suggestion: None,
            experiment: None,
        };
        let json = serde_json::to_value(&report).unwrap();
        assert_eq!(json["measures"]["members"]["status"], "na");
        assert_eq!(json["figures"]["activity"]["shape"], "months");
        assert_eq!(serde_json::from_value::<Report>(json).unwrap(), report);
    }
}
